"""From the arrs' words to the product's: paths, audio and items, where both products say the same."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from taggarr.arr import wire
from taggarr.arr.rows import Rows
from taggarr.core.arr import Listing
from taggarr.core.errors import ArrOddRow
from taggarr.core.media import ArrAudio, File, Item

UNKNOWN = "Unknown"
"""The arrs' name of an original language that they do not know."""


Listed = TypeVar("Listed", Item, File)
Row = TypeVar("Row")


def listing_of(listed: Rows[Row], item_of: Callable[[Row], Item]) -> Listing:
    """What an arr lists: the items of the rows that are understood, and the others."""
    return Listing(by_id(map(item_of, listed.rows)), listed.odd)


def whole(instance: str, listed: Rows[wire.VideoFile]) -> list[wire.VideoFile]:
    """All files of a list. Raises `ArrOddRow` where one is not understood: the others say only half."""
    if listed.odd:
        raise ArrOddRow(
            instance,
            f"it holds a file that could not be understood ({listed.odd[0]}); refresh the title in the arr",
        )
    return listed.rows


def by_id(listed: Iterable[Listed]) -> tuple[Listed, ...]:
    """Rows ordered by id, each id once: a database that was restored or repaired may list one twice."""
    return tuple(one for _, one in sorted({one.id: one for one in listed}.items()))


def file_of(folder: str, listed: wire.VideoFile, episodes: tuple[int, ...] = ()) -> File:
    """A listed file of the item in `folder`; its path is the arr's, or folder and relative path joined."""
    separator = _separator(folder)
    path = listed.path or f"{folder}{separator}{listed.relative_path or ''}"
    return File(
        id=listed.id,
        path=path,
        relative_path=listed.relative_path or path.removeprefix(folder + separator),
        size_bytes=listed.size,
        season=listed.season_number,
        episodes=episodes,
        audio=_audio_of(listed.media_info),
    )


def _audio_of(info: wire.MediaInfo | None) -> ArrAudio | None:
    """Languages come as `jpn/eng`; untagged tracks are left out of them, so the count may be higher."""
    if info is None:
        return None
    languages = tuple(filter(None, (code.strip() for code in (info.audio_languages or "").split("/"))))
    count = info.audio_stream_count
    if count is None:
        return ArrAudio(languages, len(languages)) if languages else None
    return ArrAudio(languages, count)


def original_of(listed: wire.Listed) -> str:
    """The original language as the arr names it."""
    language = listed.original_language
    return (language.name if language else None) or UNKNOWN


def folder_of(listed: wire.Listed) -> str:
    """The item's folder, without a separator at its end."""
    return without_separator(listed.path)


def root_of(listed: wire.Listed) -> str:
    """The root folder, without the separator that older builds put at its end; else the folder's parent."""
    if listed.root_folder_path:
        return without_separator(listed.root_folder_path)
    folder = folder_of(listed)
    separator = _separator(folder)
    return without_separator(folder.rpartition(separator)[0] + separator)


def without_separator(path: str) -> str:
    """`/tv/` as `/tv`; the root of a disk (`/`, `C:\\`) stays."""
    shorter = path.rstrip(_separator(path))
    return path if not shorter or shorter.endswith(":") else shorter


def _separator(path: str) -> str:
    return "\\" if "\\" in path and not path.startswith("/") else "/"
