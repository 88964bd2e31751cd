"""An NFO on the disk: read whole, and replaced whole or not at all.

A new file takes the old one's place in one step (`rename`), so a reader or a power loss sees either the old or
the new bytes. It has the old one's owner, group, mode and extended attributes (access lists are among them);
where these cannot be kept, nothing is written: nobody asked for an edit that changes who may use a file, and
writing into the old file instead could leave half of it. Another hard link to the old file keeps the old bytes,
on purpose: it is often the copy that a torrent client still shares.
"""

import contextlib
import hashlib
import os
import stat
import sys
from pathlib import Path
from typing import Final

from taggarr.nfo.document import NotEditableError

MAX_BYTES: Final = 8 * 1024 * 1024
"""NFO files measure kilobytes; what is larger is not one, or is damaged."""

_BINARY: Final[int] = getattr(os, "O_BINARY", 0)  # Windows would translate line endings


def load(path: Path) -> tuple[bytes, os.stat_result]:
    """Return the file's bytes, and its `stat` from before they were read."""
    seen = path.stat()
    if stat.S_ISDIR(seen.st_mode):
        raise NotEditableError("it is a folder")
    if not stat.S_ISREG(seen.st_mode):
        raise NotEditableError("it is not a regular file")
    if seen.st_size > MAX_BYTES:
        raise NotEditableError(f"it is larger than {MAX_BYTES // 1024**2} MB")
    return path.read_bytes(), seen


def replace(path: Path, raw: bytes, seen: os.stat_result) -> bool:
    """Put `raw` in the place of the file at `path` (no symbolic link), durably.

    Return False, with nothing changed, if that file is no longer the one that `seen` describes. A leftover of
    an earlier edit is in the way: see `discard_leftover`.
    """
    os.close(os.open(path, os.O_WRONLY | _BINARY))  # a rename would not ask whether the file may be written
    temporary = _temporary(path)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            _keep_attributes(path, descriptor, seen)
            file.write(raw)
            file.flush()
            os.fsync(descriptor)
        now = path.stat()
        if (now.st_size, now.st_mtime_ns) != (seen.st_size, seen.st_mtime_ns):
            return False
        temporary.replace(path)
    finally:
        discard_leftover(path)
    _sync_folder(path.parent)
    return True


def create(path: Path, raw: bytes) -> None:
    """Make a file at `path`, where there is none, durably. Who may read or write the folder may do so with it.

    Not for NFO files, which are never created: for the state file that earlier versions kept beside them.
    """
    discard_leftover(path)
    temporary = _temporary(path)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            if sys.platform != "win32":  # pragma: no branch - the folder's access list applies there
                os.fchmod(descriptor, stat.S_IMODE(path.parent.stat().st_mode) & 0o666)
            file.write(raw)
            file.flush()
            os.fsync(descriptor)
        temporary.replace(path)
    finally:
        discard_leftover(path)
    _sync_folder(path.parent)


def discard_leftover(path: Path) -> None:
    """Delete the temporary file of an edit that was killed. An NFO has one writer, so it is nobody else's."""
    with contextlib.suppress(OSError):  # a leftover that cannot be deleted does no harm
        _temporary(path).unlink()


def _temporary(path: Path) -> Path:
    """One name for each NFO, of a fixed length: the NFO's own name may be as long as names can be."""
    digest = hashlib.sha256(os.fsencode(path.name)).hexdigest()[:12]
    return path.with_name(f".taggarr-{digest}.tmp")


def _keep_attributes(path: Path, descriptor: int, seen: os.stat_result) -> None:
    if sys.platform == "win32":  # pragma: no cover - the folder's access list applies there
        return
    made = os.fstat(descriptor)
    if (made.st_uid, made.st_gid) != (seen.st_uid, seen.st_gid):
        try:
            os.fchown(descriptor, seen.st_uid, seen.st_gid)
        except PermissionError as error:
            owner = f"user {seen.st_uid}, group {seen.st_gid}"
            raise PermissionError(
                error.errno, f"it belongs to {owner}, and an edited file of this process would not"
            ) from error
    _keep_extended_attributes(path, descriptor)
    os.fchmod(descriptor, stat.S_IMODE(seen.st_mode))  # last: both steps before may change the mode


def _keep_extended_attributes(path: Path, descriptor: int) -> None:
    if sys.platform != "linux":  # pragma: no cover - Python offers them on Linux alone
        return
    wanted = _extended_attributes(path)
    inherited = _extended_attributes(descriptor)  # an access list that the folder hands down, for one
    for name in inherited.keys() - wanted.keys():
        os.removexattr(descriptor, name)
    for name, value in wanted.items():
        os.setxattr(descriptor, name, value)


def _extended_attributes(file: Path | int) -> dict[str, bytes]:
    """What users attach (`user.`) and their access lists (`system.`); the rest is the kernel's own business."""
    try:
        names = os.listxattr(file)
    except OSError:  # the file system has none
        return {}
    return {name: os.getxattr(file, name) for name in names if name.startswith(("user.", "system."))}


def _sync_folder(folder: Path) -> None:
    """Make the rename last. The new file is in place already, so a folder that cannot be synced is no failure."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
