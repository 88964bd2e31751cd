"""Paths as an arr names them and as this machine does; pure, on strings.

An arr may run on another machine, in a container or on Windows, so neither `os.path` nor the disk is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from taggarr.core.media import File, Item


@dataclass(frozen=True, slots=True)
class PathMapping:
    """What the arr calls `arr` is `local` here; both are folders."""

    arr: str
    local: str


def tidy(path: str) -> str:
    """The path with `/` between its parts and none at its end: `C:\\TV\\` -> `C:/TV`.

    A backslash separates only in Windows paths (a drive letter or `\\\\server` in front); elsewhere it is
    a character of a name.
    """
    if path[1:3] in (":\\", ":/") or path.startswith("\\\\"):
        path = path.replace("\\", "/")
    return path.rstrip("/") or path[:1]


def is_under(path: str, folder: str) -> bool:
    """Whether `path` is `folder` or lies below it. Windows paths are compared without case."""
    path, folder = tidy(path), tidy(folder)
    if path[1:2] == ":" or path.startswith("//"):
        path, folder = path.casefold(), folder.casefold()
    return path == folder or path.startswith(folder if folder == "/" else folder + "/")


def overlap(one: str, other: str) -> bool:
    """Whether one of two folders holds the other."""
    return is_under(one, other) or is_under(other, one)


def to_local(path: str, mappings: Sequence[PathMapping]) -> str:
    """The path on this machine: by the longest mapping that holds it, else as the arr names it."""
    best = max((m for m in mappings if is_under(path, m.arr)), key=lambda m: len(tidy(m.arr)), default=None)
    if best is None:
        return path
    return _join(best.local, tidy(path)[len(tidy(best.arr)) :])


def folder_name(path: str) -> str:
    """The last part of a path, whichever way it is written."""
    return tidy(path).rpartition("/")[2]


def parent(path: str) -> str:
    """The folder that holds `path`."""
    return tidy(path).rpartition("/")[0] or "/"


def file_below(item: Item, file: File, folder: str, mappings: Sequence[PathMapping]) -> str:
    """Where a file of `item` lies on this machine, when the item's folder is `folder` here."""
    if is_under(file.path, item.path):
        return _join(folder, tidy(file.path)[len(tidy(item.path)) :])
    return to_local(file.path, mappings)


def _join(folder: str, rest: str) -> str:
    rest = rest.lstrip("/")
    if not rest:
        return folder
    return f"{folder.rstrip('/')}/{rest}"
