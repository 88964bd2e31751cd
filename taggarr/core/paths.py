"""Paths as an arr names them and as this machine does; pure, on strings.

An arr may run on another machine, in a container or on Windows, so neither `os.path` nor the disk is asked.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from taggarr.core.media import File, Item

_DRIVE = re.compile(r"[A-Za-z]:(?=[/\\]|$)")


@dataclass(frozen=True, slots=True)
class PathMapping:
    """What the arr calls `arr` is `local` here; both are folders."""

    arr: str
    local: str


def tidy(path: str) -> str:
    """The path with one `/` between its parts and none at its end: `C:\\TV\\` -> `C:/TV`.

    Only roots end in one: `/`, `C:/`. A backslash separates only in Windows paths (a drive letter or
    `\\\\server` in front); elsewhere it is a character of a name.
    """
    drive = _DRIVE.match(path) is not None
    if drive or path.startswith("\\\\"):
        path = path.replace("\\", "/")
    if "//" in path:
        share = path.startswith("//")
        path = ("/" if share else "") + re.sub("/+", "/", path)
    bare = path.rstrip("/")
    return bare + "/" if path and (not bare or (drive and len(bare) == 2)) else bare


def is_under(path: str, folder: str) -> bool:
    """Whether `path` is `folder` or lies below it. Windows paths are compared without case."""
    return _below(path, folder) is not None


def overlap(one: str, other: str) -> bool:
    """Whether one of two folders holds the other."""
    return is_under(one, other) or is_under(other, one)


def to_local(path: str, mappings: Sequence[PathMapping]) -> str:
    """The path on this machine: by the longest mapping that holds it, else as the arr names it."""
    held = [(rest, m.local) for m in mappings if (rest := _below(path, m.arr)) is not None]
    if not held:
        return path
    rest, local = min(held, key=lambda one: len(one[0]))
    return _join(local, rest)


def folder_name(path: str) -> str:
    """The last part of a path, whichever way it is written; empty for a root."""
    return tidy(path).rpartition("/")[2]


def parent(path: str) -> str:
    """The folder that holds `path`; a root is its own."""
    path = tidy(path)
    return tidy(path[: path.rindex("/") + 1]) if "/" in path else path


def file_below(item: Item, file: File, folder: str, mappings: Sequence[PathMapping]) -> str:
    """Where a file of `item` lies on this machine, when the item's folder is `folder` here."""
    front = f"{item.path}/"
    if item.path and file.path.startswith(front) and "//" not in file.path and "\\" not in file.path:
        return _join(folder, file.path[len(front) :].rstrip("/"))  # nearly always, 50,000 times a scan
    rest = _below(file.path, item.path)
    return to_local(file.path, mappings) if rest is None else _join(folder, rest)


def _below(path: str, folder: str) -> str | None:
    """What follows `folder` in `path`, without a slash in front; None where it does not lie below."""
    path, folder = tidy(path), tidy(folder)
    if not folder:
        return None
    front = folder if folder.endswith("/") else folder + "/"
    compared = _as_compared(path)
    if compared == _as_compared(folder):
        return ""
    if not compared.startswith(_as_compared(front)) or path.startswith("//") != front.startswith("//"):
        return None  # a share's `//` does not begin with the root `/`
    # By parts, not by length: lower-casing may change a text's length.
    return path.split("/", front.count("/"))[-1]


def _as_compared(path: str) -> str:
    return path.lower() if _DRIVE.match(path) or path.startswith("//") else path


def _join(folder: str, rest: str) -> str:
    return f"{folder.rstrip('/')}/{rest}" if rest else folder
