"""Foreign errors as sentences for the user: what is wrong with the file or folder, and the way back."""

import errno
import os
import sqlite3
import sys
from collections.abc import Collection
from pathlib import Path

from taggarr.core.errors import StoreError
from taggarr.store.tables import metadata

_WAY_BACK = (
    "put the newest backup in its place, or move it away (with the `-wal` and `-shm` files beside it) to "
    "start anew: everything is read again then, and the labels in the arrs stay as they are"
)

_BROKEN = f"it does not hold together: {_WAY_BACK}"

_FULL = "the disk is full: make room and scan again; what was stored before is kept"

_BY_SQLITE = {
    sqlite3.SQLITE_ERROR: f"it lacks what a database of Taggarr has: {_WAY_BACK}",
    sqlite3.SQLITE_BUSY: "another process holds it: end that process and try again",
    sqlite3.SQLITE_READONLY: "it cannot be written: give this user the right to write the file and its folder",
    sqlite3.SQLITE_IOERR: "the disk reports an error: check the disk and the mount",
    sqlite3.SQLITE_CORRUPT: f"it is damaged: {_WAY_BACK}",
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened: give this user the right to read and write the file and its folder",
    sqlite3.SQLITE_NOTADB: f"it is not an SQLite database: {_WAY_BACK}",
}

_BY_DISK = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
"""What SQLite says where the disk may be to blame, without saying how."""

_NO_LOCKS = "its file system keeps no locks: name a folder on a local disk with --data-dir"

_READ_ONLY = (
    "its file system is read-only: mount it so that it can be written, or name another folder with --data-dir"
)

_ROOM = 1 << 16
"""Bytes: SQLite needs some 40 kB beside a database merely to open it, and calls it an I/O error where they lack."""

_BY_SYSTEM = {
    errno.EROFS: _READ_ONLY,
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EEXIST: "a file is in the way of the folder: move it away",
    errno.ENOLCK: _NO_LOCKS,
    errno.EOPNOTSUPP: _NO_LOCKS,
    errno.ENOTDIR: "a part of the path is a file: name another folder with --data-dir",
}


class Replaced(StoreError):
    """Another file, or none, is in the place of the database that is open."""

    def __init__(self, path: str) -> None:
        super().__init__(
            path,
            "the database was removed or replaced while Taggarr had it open; nothing more was changed; start "
            "Taggarr again, and it takes what is there then: without a database everything is read again, and "
            "the labels in the arrs stay as they are",
        )


def of_folder(folder: Path, error: OSError) -> StoreError:
    """What the operating system says of the data folder."""
    rights = "give this user the right to read and write it, or name another folder with --data-dir"
    advice = _BY_SYSTEM.get(error.errno or 0, rights)
    return StoreError(str(folder), f"the data folder cannot be used: {advice} ({error.strerror})")


def without_version(path: Path, tables: Collection[str]) -> StoreError:
    """What is said of a database with these tables that does not tell its schema."""
    if not tables:
        return StoreError(str(path), f"it is empty: {_WAY_BACK}")
    if metadata.tables.keys() & tables or "alembic_version" in tables:
        return StoreError(str(path), f"it is damaged (it does not tell its schema): {_WAY_BACK}")
    foreign = "it is a database of another program: move it away, or name another folder with --data-dir"
    return StoreError(str(path), foreign)


def damaged(path: Path, finding: str) -> StoreError:
    """What is said of a database in which a look at all of it has found something."""
    return StoreError(str(path), f"it is damaged ({finding.splitlines()[-1]}): {_WAY_BACK}")


def of_database(path: Path, error: Exception) -> StoreError:
    """What SQLite or SQLAlchemy says of the database file; values that cannot be kept or read back, too."""
    if isinstance(error, ValueError | OverflowError | RecursionError):
        return StoreError(str(path), f"a value could not be kept or read back ({error}): {_WAY_BACK}")
    cause = getattr(error, "orig", None) or error
    if path.is_dir():
        return StoreError(str(path), "a folder is in the place of the database: move it away")
    # The extended codes carry the primary one in their lowest byte.
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    advice = _BY_SQLITE.get(code, _BROKEN)
    if code == sqlite3.SQLITE_READONLY and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        advice = _BROKEN  # its own header says so
    if code in _BY_DISK:
        advice = _of_disk(path.parent) or advice
    return StoreError(str(path), f"{advice} ({cause})")


def _of_disk(folder: Path) -> str | None:
    """What is the matter with the disk under a folder; None where nothing is seen, or it cannot be asked."""
    if sys.platform == "win32":  # pragma: no cover - the tests' systems are others
        return None
    try:
        disk = os.statvfs(folder)
    except OSError:
        return None
    if disk.f_flag & os.ST_RDONLY:
        return _READ_ONLY
    return _FULL if disk.f_bavail * disk.f_frsize < _ROOM else None
