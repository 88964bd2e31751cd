"""The NFO files of judged items: looked at, and edited."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from taggarr.core.media import Cause, Stat, Unreadable
from taggarr.core.nfo_edit import NfoCause, NfoContent, NfoEdited, NfoOutcome, NfoProblem, same_text
from taggarr.core.paths import folder_name, parent
from taggarr.core.plan import GENRE, NfoChange, NfoState
from taggarr.core.record import NfoRecord
from taggarr.scan.job import World
from taggarr.scan.locate import Located
from taggarr.scan.places import Places
from taggarr.scan.pool import Job, Pool
from taggarr.scan.ports import Disk, NfoFiles, NfoMemory


@dataclass(slots=True)
class ItemNfos:
    """The NFO files of one item as they are now: `records` of those that were seen.

    `changed` are the records to keep, `gone` paths that are none of the item's any more. `unseen`: some file
    could not be looked at.
    """

    records: list[NfoRecord] = field(default_factory=list)
    changed: list[NfoRecord] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    unseen: bool = False

    def keep(self, record: NfoRecord) -> None:
        """Put a record in the place of the one for the same file."""
        for records in (self.records, self.changed):
            records[:] = [record if one.state.path == record.state.path else one for one in records]

    @property
    def unclear(self) -> bool:
        """Whether some file could not be looked at or read for reasons outside it: it may hold anything."""
        return self.unseen or any(one.problem is not None and one.stat is None for one in self.records)

    @property
    def editable(self) -> tuple[NfoState, ...]:
        return tuple(record.state for record in self.records if record.problem is None)


@dataclass(frozen=True, slots=True)
class _Look:
    """One NFO file to look at, and what was known of it; `genre_ours`: our genre, if it is there."""

    located: Located
    path: str
    known: NfoRecord | None
    genre_ours: bool


class NfoDesk:
    """Looks at NFO files and edits them, through the pool: they lie on the same disks as the media."""

    def __init__(self, world: World, pool: Pool, places: Places) -> None:
        self._world = world
        self._pool = pool
        self._places = places

    def look(
        self,
        wanted: Iterable[tuple[Located, Sequence[str]]],
        known: Mapping[int, Sequence[NfoRecord]],
        genres_ours: frozenset[str] = frozenset(),
        *,
        afresh: bool = False,
    ) -> dict[int, ItemNfos]:
        """The NFO files of items, each with their paths, by item id; read only where they changed.

        `genres_ours` are NFO files that a scan which was cut off was about to add our genre to. What is known
        of a file that is not there stays known: its share may not be mounted.
        """
        found: dict[int, ItemNfos] = {}
        jobs = []
        for located, paths in wanted:
            records = {record.state.path: record for record in known.get(located.item.id, ())}
            left = [record for path, record in records.items() if path not in paths]
            found[located.item.id] = ItemNfos(gone=[record.state.path for record in left])
            moved = any(record.state.genre_ours for record in left)  # the file was renamed, and it with it
            for path in paths:
                record = records.get(path)
                ours = path in genres_ours or (moved if record is None else record.state.genre_ours)
                held = None if afresh else record
                work = partial(_look_at, self._world.disk, self._world.nfos, path, held)
                jobs.append(Job(_Look(located, path, record, ours), located.share, path, work))
        for done in self._pool.run(jobs):
            nfos = found[done.job.key.located.item.id]
            if done.lost:
                nfos.unseen = True
            else:
                _file(nfos, done.job.key, *done.result)
        return found

    def gone(self, paths: Mapping[str, Located]) -> set[str]:
        """Those of the files that are not there whose folders are: they are gone, and no disk is."""
        jobs = [
            Job(path, one.share, path, partial(self._world.disk.is_folder, parent(path)))
            for path, one in paths.items()
        ]
        return {done.job.key for done in self._pool.run(jobs) if not done.lost and done.result}

    def take_over(self, found: Mapping[int, ItemNfos], memory: NfoMemory) -> list[str]:
        """Know our genre in files that another title or instance wrote before, maybe by another path.

        The paths under which those are still known, and shall be no longer. Raises `StoreError`.
        """
        fresh = {
            record.state.path: (nfos, record)
            for nfos in found.values()
            for record in nfos.changed
            if not record.state.genre_ours
        }
        names = {folder_name(path) for path in fresh}
        held = {path for path in memory.genres_ours() if folder_name(path) in names} if fresh else set()
        if not held:
            return []
        places = self._places.of_files({path: parent(parent(path)) for path in (*fresh, *held)})
        before: dict[str, list[str]] = defaultdict(list)
        for path in held:
            before[places[path]].append(path)
        former: list[str] = []
        for path, (nfos, record) in fresh.items():
            if places[path] in before:
                former += before[places[path]]
                nfos.keep(replace(record, state=replace(record.state, genre_ours=_may_hold(record))))
        return former

    def refused(self, changes: Sequence[tuple[Located, NfoChange]]) -> dict[str, NfoProblem]:
        """The changes that this process would not be allowed to make, by path."""
        jobs = [
            Job(change, one.share, change.path, partial(self._world.nfos.refusal, change.path))
            for one, change in changes
        ]
        return {
            done.job.path: _no_answer(done.job.path) if done.lost else done.result
            for done in self._pool.run(jobs)
            if done.lost or done.result is not None
        }

    def edit(
        self, changes: Sequence[tuple[Located, NfoChange]]
    ) -> Iterable[tuple[NfoChange, NfoOutcome, Stat | None]]:
        """Carry out changes; each comes back with its outcome and what a `stat` says afterwards.

        An edit of a share that does not answer may yet come through: its outcome is not known.
        """
        jobs = [
            Job(change, one.share, change.path, partial(self._edit_one, change)) for one, change in changes
        ]
        for done in self._pool.run(jobs):
            if done.lost:
                yield done.job.key, _no_answer(done.job.path), None
            else:
                yield done.job.key, *done.result

    def _edit_one(self, change: NfoChange) -> tuple[NfoOutcome, Stat | None]:
        outcome = self._world.nfos.edit(change.path, change.edit)
        stat = self._world.disk.stat(change.path)
        return outcome, None if isinstance(stat, Unreadable) else stat


def _no_answer(path: str) -> NfoProblem:
    reason = "the disk or share did not answer in time; the next scan tries again"
    return NfoProblem(path, NfoCause.NO_ANSWER, reason)


def _look_at(
    disk: Disk, nfos: NfoFiles, path: str, known: NfoRecord | None
) -> tuple[Stat | Unreadable, NfoContent | NfoProblem | None]:
    stat = disk.stat(path)
    if isinstance(stat, Unreadable) or (known is not None and known.stat == stat):
        return stat, None
    return stat, nfos.read(path)


def _file(
    nfos: ItemNfos, look: _Look, stat: Stat | Unreadable, content: NfoContent | NfoProblem | None
) -> None:
    if isinstance(stat, Unreadable):
        nfos.unseen = nfos.unseen or stat.cause is not Cause.MISSING
        return
    record = look.known
    if content is not None or record is None:
        record = _record(look, stat, content)
    nfos.records.append(record)
    if record != look.known:
        nfos.changed.append(record)


def _record(look: _Look, stat: Stat, content: NfoContent | NfoProblem | None) -> NfoRecord:
    item_id = look.located.item.id
    if isinstance(content, NfoContent):
        ours = look.genre_ours and has_genre(content)
        return NfoRecord(item_id, NfoState(look.path, content.tags, content.genres, ours), stat)
    # What could not be read for reasons outside the file is read again by the next scan.
    lasting = content is not None and content.cause is NfoCause.UNEDITABLE
    reason = content.reason if content is not None else None
    state = NfoState(look.path, genre_ours=look.genre_ours)
    return NfoRecord(item_id, state, stat if lasting else None, reason)


def _may_hold(record: NfoRecord) -> bool:
    """Whether an NFO holds our genre, as far as its text could be read."""
    return record.problem is not None or has_genre(record.state)


def has_genre(content: NfoContent | NfoState) -> bool:
    """Whether an NFO holds the genre that `add_tag_to_genre` writes, whoever wrote it."""
    return any(same_text(genre, GENRE) for genre in content.genres)


def after_edit(
    item_id: int, before: NfoState, change: NfoChange, edited: NfoEdited, stat: Stat | None
) -> NfoRecord:
    """What to keep of an NFO file that was edited. The genre is ours only if this edit put it there."""
    added = bool(change.edit.add_genres) and not has_genre(edited.before)
    ours = (before.genre_ours or added) and not change.edit.remove_genres
    state = replace(before, tags=edited.after.tags, genres=edited.after.genres, genre_ours=ours)
    return NfoRecord(item_id, state, stat)
