"""Reading a small file that somebody named, without ever waiting for it."""

import os
import re
import stat
from pathlib import Path

_OPEN_ALREADY = re.compile(r"/dev/stdin|/dev/fd/\d+")
_KINDS = (
    (stat.S_ISDIR, "folder"),
    (stat.S_ISFIFO, "named pipe"),
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISCHR, "device"),
    (stat.S_ISBLK, "device"),
)


class NotAFile(OSError):
    """What stands there is `kind`, which nobody can read to its end, or only by waiting."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"it is a {kind}")
        self.kind = kind
        self.strerror = f"it is a {kind}, not a file"


def content(path: Path, limit: int, *, pipes: bool = False) -> bytes:
    """The first `limit` bytes of the file at `path`. Raises `OSError`, `NotAFile` among them.

    `pipes`: standard input and what a shell writes for `<(…)` may be a pipe, which is read to its end.
    """
    pipes = pipes and _OPEN_ALREADY.fullmatch(str(path)) is not None
    _look(path.stat().st_mode, pipes=pipes)
    waiting = 0 if pipes else getattr(os, "O_NONBLOCK", 0)
    flags = os.O_RDONLY | waiting | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags), "rb") as file:  # noqa: PTH123 - a descriptor, not a path
        _look(os.fstat(file.fileno()).st_mode, pipes=pipes)  # it may have been another a moment ago
        return file.read(limit)


def _look(mode: int, *, pipes: bool) -> None:
    if pipes and stat.S_ISFIFO(mode):
        return
    for is_kind, kind in _KINDS:
        if is_kind(mode):
            raise NotAFile(kind)
