"""What Taggarr knows about a title and its files: items, files, tracks and readings.

All values are frozen; conversion from wire formats happens at the edges.
"""

from dataclasses import dataclass
from enum import StrEnum

ARR = "arr"
"""`Heard.source` of a reading that rests on the arr's own data instead of the file."""


class Kind(StrEnum):
    """What an item is."""

    SERIES = "series"
    MOVIE = "movie"


class LanguageSource(StrEnum):
    """Where a track's language comes from."""

    STATED = "stated"  # the container says so
    DEFAULT = "default"  # the container is silent, and its format's specification names a default
    NONE = "none"  # no language is known


@dataclass(frozen=True, slots=True)
class AudioTrack:
    """One audio track, as its container states it: nothing folded, nothing guessed.

    `position` counts audio tracks from 1 in file order. `language` (the old code: ISO 639-2 in Matroska and
    MP4) and `bcp47` are verbatim, None where the container states none. A flag is None where the format
    cannot state it. `enabled` is False only where the container disables the track.
    """

    position: int
    language: str | None = None
    bcp47: str | None = None
    language_source: LanguageSource = LanguageSource.NONE
    title: str | None = None
    codec: str | None = None
    channels: int | None = None
    default: bool | None = None
    original: bool | None = None
    commentary: bool | None = None
    visual_impaired: bool | None = None
    hearing_impaired: bool | None = None
    forced: bool | None = None
    enabled: bool = True
    dub: bool | None = None


class Cause(StrEnum):
    """Why a file could not be read.

    The first two are about the content and hold until the file changes; the others are about the
    circumstances and are tried again by every scan.
    """

    DAMAGED = "damaged"  # a known format, broken; an empty file too
    FORMAT = "format"  # no reader knows the format (disc images and folders, .strm)
    MISSING = "missing"  # listed by the arr, not on the disk
    DENIED = "denied"  # no permission
    FAILED = "failed"  # input/output error, not a regular file, a link loop
    DEADLINE = "deadline"  # the reading took too long
    READER = "reader"  # only libmediainfo could read it, and that is not available here
    NO_DATA = "no-data"  # the arr was to tell, and has no audio data for the file

    @property
    def by_content(self) -> bool:
        """Whether the file itself is the cause: true until the file changes."""
        return self in (Cause.DAMAGED, Cause.FORMAT)


@dataclass(frozen=True, slots=True)
class Heard:
    """The audio tracks of a file that was read; no tracks means that it has no audio.

    `source` names the reader that answered (`matroska`, `mp4`, `avi`, `mpegts`, `mediainfo`) or is `ARR`. Tracks from arr
    data carry a language and nothing else, and their order says nothing about positions in the file.
    """

    tracks: tuple[AudioTrack, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file whose audio is not known, and the sentence that says why."""

    reason: str
    cause: Cause


Reading = Heard | Unreadable


@dataclass(frozen=True, slots=True)
class Stat:
    """What one `stat` says of a file: a reading holds as long as these and the path are the same."""

    size_bytes: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class ArrAudio:
    """The arr's own `mediaInfo`: languages as listed (`eng`, `und`; untagged tracks may be left out)."""

    languages: tuple[str, ...]
    stream_count: int


@dataclass(frozen=True, slots=True)
class File:
    """One video file that the arr lists for an item.

    `id` is the arr's file id, `path` the absolute path as the arr names it, `relative_path` the same below
    the item's folder, `size_bytes` the arr's. `season` is None for movies. `episodes` are the numbers of
    the episodes that it holds, empty where they are not known.
    """

    id: int
    path: str
    relative_path: str
    size_bytes: int
    season: int | None = None
    episodes: tuple[int, ...] = ()
    audio: ArrAudio | None = None


@dataclass(frozen=True, slots=True)
class Season:
    """A season as the arr lists it; number 0 holds the Specials."""

    number: int
    monitored: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """A series or a movie of one instance, as the arr lists it.

    `original` is the arr's name of the original language, verbatim (`Portuguese (Brazil)`, `Unknown`).
    `tags` are labels, lower-case, in the arr's order. `fingerprint` changes whenever the arr's list of
    files may have changed (path, file count, size on disk). `files` is None where the list does not carry
    them and they have to be asked for (Sonarr). The ids in public catalogues are None where the arr has none.
    """

    instance: str
    kind: Kind
    id: int
    title: str
    path: str
    root: str = ""
    year: int | None = None
    original: str = "Unknown"
    monitored: bool = True
    series_type: str | None = None
    genres: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    seasons: tuple[Season, ...] = ()
    fingerprint: str = ""
    files: tuple[File, ...] | None = None
    tvdb_id: int | None = None
    tmdb_id: int | None = None
    imdb_id: str | None = None

    @property
    def catalogue_id(self) -> int | None:
        """The id by which its arr knows the title for ever, whatever row it is: TheTVDB's, for a movie TMDb's."""
        return self.tvdb_id if self.kind is Kind.SERIES else self.tmdb_id


def same_title(catalogue_id: int | None, item: Item) -> bool:
    """Whether an arr's id that meant the title `catalogue_id` still does, now that it is `item`'s.

    An arr that was restored from an old backup gives ids to other titles. Where the catalogue's id is not known,
    the arr's has to do.
    """
    return catalogue_id is None or item.catalogue_id is None or catalogue_id == item.catalogue_id
