"""One scanner per data folder: a lock that the kernel holds, so that a kill leaves none behind."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from taggarr.core.errors import Conflict, StoreError

FILE_NAME = "taggarr.lock"


@contextmanager
def scanner(data_dir: Path, purpose: str) -> Iterator[None]:
    """Hold the data folder for one scanner. `purpose` is shown to whoever comes second.

    Raises `Conflict`, naming the holder, where somebody has it, and `StoreError` where the folder cannot
    be used.
    """
    path = data_dir / FILE_NAME
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreError(str(path), f"the data folder cannot be used: {error.strerror}") from error
    try:
        if not _try_lock(descriptor):
            raise Conflict(str(data_dir), _held_by(path))
        holder = {
            "pid": os.getpid(),
            "purpose": purpose,
            "since": datetime.now(UTC).isoformat("T", "seconds"),
        }
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(holder).encode(), 0)
        yield
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)  # which lets the lock go


def _try_lock(descriptor: int) -> bool:
    import fcntl  # noqa: PLC0415 (not there on Windows, where this module must still import)

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _held_by(path: Path) -> str:
    holder: dict[str, object] = {}
    with suppress(OSError, ValueError):
        holder = json.loads(path.read_text("utf-8"))
    who = (
        f"`{holder['purpose']}` (process {holder['pid']}, since {holder['since']})"
        if {"pid", "purpose", "since"} <= holder.keys()
        else "another process"
    )
    return f"the data folder {path.parent} is in use by {who}: wait until it is done, or stop it"
