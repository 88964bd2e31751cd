"""One scanner per data folder: a lock that the kernel holds, so that a kill leaves none behind."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from taggarr.core.errors import Conflict
from taggarr.store import problems

FILE_NAME = "taggarr.lock"


@contextmanager
def scanner(data_dir: Path, purpose: str) -> Iterator[None]:
    """Hold the data folder for one scanner. `purpose` is shown to whoever comes second.

    Raises `Conflict`, naming the holder, where somebody has it, and `StoreError` where the folder cannot
    be used.
    """
    with ExitStack() as stack:
        try:
            data_dir.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(data_dir / FILE_NAME, os.O_RDWR | os.O_CREAT, 0o600)
            stack.callback(os.close, descriptor)  # which lets the lock go
            locked = _try_lock(descriptor)
        except OSError as error:
            raise problems.of_folder(data_dir, error) from error
        if not locked:
            raise Conflict(str(data_dir), _held(data_dir))
        stack.callback(_write, descriptor, None)
        _write(descriptor, purpose)
        yield


def holder(data_dir: Path) -> str | None:
    """Who holds the data folder, as a phrase; None where nobody does. Nothing is made.

    Only where the file names somebody is the lock tried, for an instant: a killed process leaves its name.
    """
    try:
        descriptor = os.open(data_dir / FILE_NAME, os.O_RDWR)
    except OSError:  # nobody was ever here, or the folder's own check says what is wrong with it
        return None
    try:
        if not os.fstat(descriptor).st_size or _try_lock(descriptor):
            return None
    finally:
        os.close(descriptor)
    return _named(data_dir)


if sys.platform == "win32":  # pragma: no cover - the other branch is what the tests' systems have
    import msvcrt

    _FAR = 1 << 30
    """Windows keeps others from reading what is locked, so the lock lies behind the text."""

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _write(descriptor: int, purpose: str | None) -> None:
    """Say in the file who holds it; None: nobody does. On a full disk it is left unsaid."""
    holder = {"pid": os.getpid(), "purpose": purpose, "since": datetime.now(UTC).isoformat("T", "seconds")}
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, b"" if purpose is None else json.dumps(holder).encode())


def _held(data_dir: Path) -> str:
    named = _named(data_dir)
    endless = "--loop" in named
    way_on = "stop it, and start it again afterwards" if endless else "wait until it is done, or stop it"
    return f"the data folder {data_dir} is in use by {named}: {way_on}"


def _named(data_dir: Path) -> str:
    with suppress(OSError, ValueError, KeyError, TypeError):  # it is being written, or somebody else wrote it
        told = json.loads((data_dir / FILE_NAME).read_text("utf-8"))
        return f"`{told['purpose']}` (process {told['pid']}, since {told['since']})"
    return "another process"
