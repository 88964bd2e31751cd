"""Which files are due to be read, and which reading of a file stands.

The disk is looked at by the caller; these functions decide from what it saw.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from taggarr.core.media import (
    ARR,
    ArrAudio,
    AudioTrack,
    Cause,
    File,
    Heard,
    Item,
    Kind,
    LanguageSource,
    Reading,
    Stat,
    Unreadable,
)
from taggarr.core.policy import AudioSource, Counted, Policy


class Mode(IntEnum):
    """The write modes of a scan."""

    UPDATE = 0  # what is new or changed
    REWRITE = 1  # forget readings, read and apply everything again, then refresh
    REMOVE = 2  # take away managed labels, NFO tags and genres, and the stored state


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as the last scan knew it.

    `reading` is the last one that rests on the content (`Heard`, or `Unreadable` by content), and `stat`
    what the disk said when it was made; both are None for a file that was never read. `local` is where
    it lay on this machine.
    """

    file: File
    local: str = ""
    stat: Stat | None = None
    reading: Reading | None = None


class KnownFiles:
    """The known files of one item, found by arr id first and by path where the id is new."""

    def __init__(self, known: Iterable[KnownFile] = ()) -> None:
        self.files = tuple(known)
        self._by_id = {k.file.id: k for k in self.files}
        self._by_path = {k.file.path: k for k in self.files}

    def of(self, file: File, stat: Stat | None = None) -> KnownFile | None:
        """What is known of `file`: by its id (a rename keeps that), else by (path, size, mtime)."""
        known = self._by_id.get(file.id)
        if known is None or (stat is not None and known.stat != stat):
            at_path = self._by_path.get(file.path)
            if at_path is not None and (known is None or at_path.stat == stat):
                return at_path
        return known


def is_due(known: KnownFile | None, stat: Stat, mode: Mode = Mode.UPDATE) -> bool:
    """Whether a file has to be read: new, changed, never read, or everything is read again."""
    if mode is Mode.REWRITE or known is None or known.reading is None:
        return True
    return known.stat != stat


def sample(item: Item, files: Sequence[File], policy: Policy, known: Mapping[int, Reading]) -> list[File]:
    """Quick mode: the files to read next, at most one of each counted season.

    A season is sampled by its first readable file, so a file whose reading is known to be `Unreadable`
    passes the turn to the next one. Ask again with the new readings until nothing is left.
    """
    turn: list[File] = []
    for season in _counted_seasons(item, files, policy):
        for file in sorted((f for f in files if f.season == season), key=_listed_order):
            reading = known.get(file.id)
            if reading is None:
                turn.append(file)
            if not isinstance(reading, Unreadable):
                break
    return turn


def _counted_seasons(item: Item, files: Sequence[File], policy: Policy) -> Sequence[int | None]:
    if item.kind is Kind.MOVIE:
        return [None]
    return sorted({f.season for f in files if f.season is not None and season_counts(item, f.season, policy)})


def season_counts(item: Item, number: int, policy: Policy) -> bool:
    """Whether a season takes part in the verdict: Specials by one policy, unmonitored ones by another."""
    if number == 0:
        return policy.specials is Counted.INCLUDE
    if policy.unmonitored_seasons is Counted.INCLUDE:
        return True
    return next((s.monitored for s in item.seasons if s.number == number), True)


def _listed_order(file: File) -> tuple[int, str]:
    return (file.episodes[0] if file.episodes else 1_000_000, file.relative_path)


def remember(
    file: File, local: str, stat: Stat | None, fresh: Reading | None, known: KnownFile | None
) -> KnownFile:
    """What to keep of a file after it was looked at; `fresh` is None where it was not read.

    A reading by circumstance is not kept: the last one that rests on the content of the same arr file is.
    """
    if fresh is not None and (isinstance(fresh, Heard) or fresh.cause.by_content):
        return KnownFile(file, local, stat, fresh)
    if known is None or (fresh is not None and known.file.id != file.id):
        return KnownFile(file, local)
    return KnownFile(file, local, known.stat, known.reading)


def standing(
    file: File, fresh: Reading, disk_size: int | None, known: KnownFile | None, source: AudioSource
) -> Reading:
    """The reading that stands for a file, given the one just made (or still held) from the disk.

    `disk_size` is what the disk shows, None where it shows nothing. Under `auto`, a file that could not be
    read for a reason outside it, or whose format nobody knows, keeps the last `Heard` of the same arr file,
    else takes the arr's data; both only while the arr speaks of the file that is on the disk.
    """
    if source is AudioSource.ARR:
        return heard_by_arr(file)
    if isinstance(fresh, Heard) or source is AudioSource.FILES or fresh.cause is Cause.DAMAGED:
        return fresh
    if disk_size is not None and disk_size != file.size_bytes:
        return fresh
    last = _last_heard(file, known)
    if last is not None:
        return last
    by_arr = heard_by_arr(file)
    return by_arr if isinstance(by_arr, Heard) else fresh


def _last_heard(file: File, known: KnownFile | None) -> Heard | None:
    """The last time that the same arr file (id and size) was heard."""
    if known is None or known.stat is None or not isinstance(known.reading, Heard):
        return None
    same = known.file.id == file.id and known.stat.size_bytes == file.size_bytes
    return known.reading if same else None


def heard_by_arr(file: File) -> Reading:
    """The reading that the arr's own data give: languages in no particular order of tracks."""
    if file.audio is None:
        return Unreadable("the arr has no audio data for this file", Cause.NO_DATA)
    return _from_arr(file.audio)


def _from_arr(audio: ArrAudio) -> Heard:
    if audio.stream_count == 0:
        return Heard((), ARR)
    silent = max(0, audio.stream_count - len(audio.languages))
    languages: list[str | None] = [*audio.languages, *([None] * silent)]
    return Heard(
        tuple(
            AudioTrack(
                position=position,
                language=language,
                language_source=LanguageSource.STATED if language else LanguageSource.NONE,
            )
            for position, language in enumerate(languages, start=1)
        ),
        ARR,
    )
