"""The rows of a simulated arr: items, their files, and the rules that tag them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple


def now() -> str:
    """The moment as the arrs write it: UTC, whole seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(slots=True, eq=False)
class Audio:
    """`mediaInfo.audioLanguages` and `audioStreamCount`."""

    languages: str
    streams: int


@dataclass(slots=True, eq=False)
class Row:
    """A series or a movie. `tags` are ids in the order in which they came; an id may dangle.

    `folder` is the folder on this machine, where `path` is only what the arr believes. `catalogue` is the
    title's id at TheTVDB or TMDb, None for one made up from the row's id.
    """

    id: int
    title: str
    path: str
    original: str
    genres: tuple[str, ...]
    tags: list[int]
    monitored: bool
    year: int
    quality_profile_id: int
    folder: Path | None
    added: str = field(default_factory=now)
    text: str | None = None
    catalogue: int | None = None

    @property
    def local(self) -> Path | None:
        """The folder on this machine, if there is one."""
        folder = self.folder or Path(self.path)
        return folder if folder.is_dir() else None

    @property
    def imdb_id(self) -> str:
        """A text that looks like IMDb's, the same for the same row."""
        return f"tt{2_000_000 + self.id * 31}"

    @property
    def slug(self) -> str:
        """The title in a URL."""
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")

    @property
    def sort_title(self) -> str:
        """The title without its leading article, in lower case."""
        return re.sub(r"^(a|an|the) ", "", self.title.lower())


@dataclass(slots=True, eq=False)
class MediaFile:
    """A file of an item. `relative_path` starts at the item's folder; `audio` None: no mediaInfo."""

    id: int
    item_id: int
    relative_path: str
    size: int
    audio: Audio | None
    release_group: str
    added: str

    @property
    def scene_name(self) -> str:
        """The name without folder and ending, for want of the release's own."""
        return self.relative_path.rpartition("/")[2].rpartition(".")[0]


class Event(NamedTuple):
    """One line of the history; `kind` is `imported`, `deleted` or `renamed`."""

    date: str
    kind: str
    item_id: int
    file: MediaFile


@dataclass(frozen=True, slots=True)
class AutoTagRule:
    """Adds `tags` to items with one of `genres` and with `tag` (both where both are given; all, where none).

    Genres are compared without case.
    """

    id: int
    name: str
    tags: tuple[int, ...]
    remove_automatically: bool
    genres: tuple[str, ...]
    tag: int | None

    def matches(self, row: Row) -> bool:
        """Whether the item, as it would be stored, falls under the rule."""
        genres = {genre.lower() for genre in row.genres}
        by_genre = not self.genres or any(genre.lower() in genres for genre in self.genres)
        return by_genre and (self.tag is None or self.tag in row.tags)


def auto_tagged(row: Row, rules: Sequence[AutoTagRule]) -> list[int]:
    """The tags of an item after `AutoTaggingService.GetTagChanges`."""
    added: list[int] = []
    removed: set[int] = set()
    for rule in rules:
        if rule.matches(row):
            added += rule.tags
        elif rule.remove_automatically:
            removed.update(rule.tags)
    return list(dict.fromkeys([*(tag for tag in row.tags if tag not in removed), *added]))


def join(folder: str, relative: str) -> str:
    """A path below a folder, in the folder's own manner (Windows servers use backslashes)."""
    separator = "\\" if "\\" in folder else "/"
    return folder.rstrip("\\/") + separator + relative.replace("/", separator)


def parent(path: str) -> str:
    """The folder above."""
    return re.sub(r"[\\/][^\\/]*$", "", path.rstrip("\\/")) or "/"


def audio_of(
    languages: str | Sequence[str | None] | None, streams: int | None, *, keep_untagged: bool
) -> Audio | None:
    """Audio from a joined string as it is, or from the languages of the tracks (None: untagged).

    Untagged tracks are dropped from the string (v4, Radarr) or kept as `und` (Sonarr 5); `streams`
    defaults to the number of tracks.
    """
    if languages is None:
        return None
    if isinstance(languages, str):
        count = len(languages.split("/")) if languages else 0
        return Audio(languages, count if streams is None else streams)
    named = [language or "und" for language in languages if language or keep_untagged]
    return Audio("/".join(named), len(languages) if streams is None else streams)
