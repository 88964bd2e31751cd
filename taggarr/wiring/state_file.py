"""`taggarr.json` files on this machine: read within bounds, written whole or not at all."""

import errno
import os
import stat
from pathlib import Path

from taggarr.core.media import Stat
from taggarr.core.state_file import FILE_NAME, MAX_BYTES, StateContent, StateProblem
from taggarr.nfo import disk

_FLAGS = os.O_RDONLY
for _name in ("O_NONBLOCK", "O_NOCTTY", "O_BINARY"):  # a FIFO must not hang the open; the last is Windows'
    _FLAGS |= getattr(os, _name, 0)

_CHANGED = StateProblem("another program wrote it meanwhile; the next scan looks again")


class LocalStateFiles:
    """State files by their paths as texts. Nothing raises."""

    def path(self, root: str) -> str | None:
        """Where the state file of a root folder lies; None for a folder that is no whole path here."""
        return os.path.join(root, FILE_NAME) if os.path.isabs(root) else None  # noqa: PTH117, PTH118 (paths are texts here, as the arr gives them)

    def read(self, path: str) -> StateContent | StateProblem:
        """The content of a file, links followed."""
        try:
            descriptor = os.open(path, _FLAGS)
            try:
                return _content(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            return _problem(error)

    def write(self, path: str, raw: bytes, seen: Stat | None) -> Stat | StateProblem:
        """Put `raw` in the place of the file that `seen` describes, or make one where there was none.

        The owner and the mode of a file that is there are kept; a new one may be read and written by whom
        its folder may. A link stays, its target is written.
        """
        try:
            written = _made(Path(path), raw) if seen is None else _replaced(Path(path), raw, seen)
            return _stat(Path(path).stat()) if written else _CHANGED
        except OSError as error:
            return _problem(error)

    def remove(self, path: str, seen: Stat) -> StateProblem | None:
        """Delete the file, if it is still the one that `seen` describes."""
        try:
            if _stat(Path(path).stat()) != seen:
                return _CHANGED
            Path(path).unlink()
        except OSError as error:
            return _problem(error)
        return None


def _content(descriptor: int) -> StateContent | StateProblem:
    before = os.fstat(descriptor)
    if stat.S_ISDIR(before.st_mode):
        return StateProblem("it is a folder", _stat(before))
    if not stat.S_ISREG(before.st_mode):
        return StateProblem("it is no regular file", _stat(before))
    if before.st_size > MAX_BYTES:
        return StateProblem(f"it is larger than {MAX_BYTES // 1024**2} MB", _stat(before))
    with os.fdopen(descriptor, "rb", closefd=False) as file:
        raw = file.read(MAX_BYTES + 1)
    if len(raw) != before.st_size or _stat(os.fstat(descriptor)) != _stat(before):
        return _CHANGED
    return StateContent(raw, _stat(before))


def _replaced(path: Path, raw: bytes, seen: Stat) -> bool:
    target = path.resolve(strict=True)
    now = target.stat()
    if _stat(now) != seen:
        return False
    disk.discard_leftover(target)
    return disk.replace(target, raw, now)


def _made(path: Path, raw: bytes) -> bool:
    if os.path.lexists(path):  # a file of the last moment, or a link that leads nowhere
        return False
    disk.create(path, raw)
    return True


def _stat(seen: os.stat_result) -> Stat:
    return Stat(seen.st_size, seen.st_mtime_ns)


def _problem(error: OSError) -> StateProblem:
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return StateProblem(
            f"this process may not ({error.strerror}): give the user that runs Taggarr access to the file and "
            "its folder"
        )
    return StateProblem(f"the system says: {error.strerror}")
