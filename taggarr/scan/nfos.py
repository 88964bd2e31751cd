"""The NFO files of judged items: looked at, planned for, edited."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from taggarr.core.media import Cause, Kind, Stat, Unreadable
from taggarr.core.nfo_edit import NfoCause, NfoContent, NfoEdited, NfoOutcome, NfoProblem
from taggarr.core.plan import GENRE, NfoChange, NfoState
from taggarr.core.record import NfoRecord
from taggarr.scan.job import World
from taggarr.scan.locate import Located
from taggarr.scan.pool import Job, Pool
from taggarr.scan.ports import Disk, NfoFiles


@dataclass(slots=True)
class ItemNfos:
    """The NFO files of one item as they are now: `records` of those that exist, `gone` the paths of others."""

    records: list[NfoRecord] = field(default_factory=list)
    changed: list[NfoRecord] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    @property
    def editable(self) -> tuple[NfoState, ...]:
        return tuple(record.state for record in self.records if record.problem is None)


@dataclass(frozen=True, slots=True)
class NfoLook:
    """One NFO file to look at, of an item, and what was known of it."""

    located: Located
    path: str
    known: NfoRecord | None


class NfoDesk:
    """Looks at NFO files and edits them, through the pool: they lie on the same disks as the media."""

    def __init__(self, world: World, pool: Pool) -> None:
        self._world = world
        self._pool = pool

    def look(
        self,
        wanted: Iterable[tuple[Located, str | None]],
        known: Mapping[int, Sequence[NfoRecord]],
        genres_ours: frozenset[str],
        *,
        afresh: bool = False,
    ) -> dict[int, ItemNfos]:
        """The NFO files of items (with the video of a movie), by item id; read only where they changed.

        `genres_ours` are NFO files that a scan which was cut off was about to add our genre to.
        """
        found: dict[int, ItemNfos] = {}
        jobs = []
        for located, video in wanted:
            item = located.item
            found[item.id] = ItemNfos()
            records = {record.state.path: record for record in known.get(item.id, ())}
            for path in self._world.nfos.paths(item.kind, located.folder, video):
                record = records.pop(path, None)
                look = NfoLook(located, path, record)
                held = None if afresh else record
                work = partial(_look_at, self._world.disk, self._world.nfos, path, held)
                jobs.append(Job(look, item.root or located.folder, path, work))
            found[item.id].gone += records
        for done in self._pool.run(jobs):
            nfos = found[done.job.key.located.item.id]
            if not done.lost:  # a share that does not answer: what was known of its NFO files is kept
                stat, content = done.result
                _file(nfos, done.job.key, stat, content, genres_ours)
        return found

    def edit(
        self, changes: Sequence[tuple[Located, NfoChange]]
    ) -> Iterable[tuple[NfoChange, NfoOutcome, Stat | None]]:
        """Carry out changes; each comes back with its outcome and what a `stat` says afterwards."""
        jobs = [
            Job(change, one.item.root or one.folder, change.path, partial(self._edit_one, change))
            for one, change in changes
        ]
        for done in self._pool.run(jobs):
            if done.lost:
                reason = "the disk or share did not answer in time; the next scan tries again"
                yield done.job.key, NfoProblem(done.job.path, NfoCause.FAILED, reason), None
            else:
                yield done.job.key, *done.result

    def _edit_one(self, change: NfoChange) -> tuple[NfoOutcome, Stat | None]:
        outcome = self._world.nfos.edit(change.path, change.edit)
        stat = self._world.disk.stat(change.path)
        return outcome, None if isinstance(stat, Unreadable) else stat


def _look_at(
    disk: Disk, nfos: NfoFiles, path: str, known: NfoRecord | None
) -> tuple[Stat | Unreadable, NfoContent | NfoProblem | None]:
    stat = disk.stat(path)
    if isinstance(stat, Unreadable) or (known is not None and known.stat == stat):
        return stat, None
    return stat, nfos.read(path)


def _file(
    nfos: ItemNfos,
    look: NfoLook,
    stat: Stat | Unreadable,
    content: NfoContent | NfoProblem | None,
    genres_ours: frozenset[str],
) -> None:
    if isinstance(stat, Unreadable):
        if look.known is not None:
            if stat.cause is Cause.MISSING:
                nfos.gone.append(look.path)
            return
        if stat.cause is not Cause.MISSING:
            problem = NfoRecord(look.located.item.id, NfoState(look.path), None, stat.reason)
            nfos.records.append(problem)
        return
    record = look.known
    if content is not None or record is None:
        record = _record(look, stat, content, genres_ours)
    nfos.records.append(record)
    if record != look.known:
        nfos.changed.append(record)


def _record(
    look: NfoLook, stat: Stat, content: NfoContent | NfoProblem | None, genres_ours: frozenset[str]
) -> NfoRecord:
    item_id = look.located.item.id
    if not isinstance(content, NfoContent):
        reason = content.reason if content is not None else None
        by_content = content is not None and content.cause is NfoCause.UNEDITABLE
        return NfoRecord(item_id, NfoState(look.path), stat if by_content else None, reason)
    ours = look.path in genres_ours or (look.known is not None and look.known.state.genre_ours)
    has_genre = GENRE.lower() in {genre.lower() for genre in content.genres}
    return NfoRecord(item_id, NfoState(look.path, content.tags, content.genres, ours and has_genre), stat)


def after_edit(
    item_id: int, before: NfoState, change: NfoChange, edited: NfoEdited, stat: Stat | None
) -> NfoRecord:
    """What to keep of an NFO file that was edited. The genre is ours only if this edit put it there."""
    added = bool(change.edit.add_genres) and GENRE not in edited.before.genres
    ours = (before.genre_ours or added) and not change.edit.remove_genres
    state = replace(before, tags=edited.after.tags, genres=edited.after.genres, genre_ours=ours)
    return NfoRecord(item_id, state, stat)


def video_of(located: Located, local_files: Sequence[str]) -> str | None:
    """The video beside which a movie's own NFO lies."""
    if located.item.kind is Kind.SERIES or not local_files:
        return None
    return local_files[0]
