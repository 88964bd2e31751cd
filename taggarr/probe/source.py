"""Bytes of one file, read within hard caps, and how a header reader says no.

Everything a header reader touches comes through `Source.load`: positioned reads, counted, never a seek. A
reader moves a window over the file (`buf`, which starts at `base`) and skips what it does not need.
"""

import os
from time import monotonic

from taggarr.core.media import Cause

MAX_READS = 400
MAX_BYTES = 8 * 1024 * 1024
DEADLINE_S = 2.0
MAX_TRACKS = 10_000
"""Far above any real film; keeps a crafted file from filling the memory."""

FIRST_BYTES = 16 * 1024
"""The first read: holds the whole header of nearly every file."""
STEP_BYTES = 8 * 1024
"""Later reads in an MP4 file, one a track: seven reads stay within 64 KB."""
TEXT_BYTES = 16 * 1024
"""A text or code longer than this is cut."""

LAST_OFFSET = 1 << 62
"""No file reaches this far; a larger offset is a lie, and the system call would refuse it."""


class Unread(Exception):
    """A header reader claimed the file and cannot read it: the answer is `Unreadable`, nobody else guesses."""

    def __init__(self, reason: str, cause: Cause = Cause.DAMAGED) -> None:
        super().__init__(reason)
        self.reason = reason
        self.cause = cause


class Refused(Unread):
    """What stands at this place is damaged."""


class Capped(Unread):
    """A hard cap was passed: no other place of the file may be tried."""


class Ambiguous(Exception):
    """The header alone does not say what is in the file: libmediainfo may look."""


if hasattr(os, "pread"):
    _pread = os.pread
else:  # pragma: no cover - Windows has no pread; the descriptor belongs to one reader, so seeking is safe

    def _pread(fd: int, size: int, offset: int, /) -> bytes:
        os.lseek(fd, offset, os.SEEK_SET)
        return os.read(fd, size)


class Window:
    """Bytes that were read already: `buf` begins at offset `base` of the file."""

    __slots__ = ("base", "buf")

    def __init__(self, buf: bytes = b"") -> None:
        self.buf = buf
        self.base = 0

    def load(self, offset: int, need: int, ahead: int = 0) -> None:
        """Move the window to `offset`; afterwards it holds `need` bytes, or fewer where the file ends.

        `ahead` is how many bytes are worth taking with the same read.
        """
        del need, ahead
        self.buf = self.buf[offset - self.base :]
        self.base = offset


class Source(Window):
    """An open file. Raises `Capped` past a cap, and lets `OSError` through."""

    __slots__ = ("_deadline", "_fd", "bytes_read", "known_end", "reads")

    def __init__(self, fd: int, deadline_s: float = DEADLINE_S) -> None:
        super().__init__()
        self._fd = fd
        self._deadline = monotonic() + deadline_s
        self.reads = 0
        self.bytes_read = 0
        self.known_end: int | None = None
        """The size of the file, where a read went past it."""

    def lacks(self, end: int) -> bool:
        """Whether what is said to reach up to `end` is known to be cut: costs nothing unless it is."""
        if self.known_end is None or end <= self.known_end or end == LAST_OFFSET:
            return False
        self.load(end - 1, 1)
        return not self.buf

    def load(self, offset: int, need: int, ahead: int = FIRST_BYTES) -> None:
        data = self._read(offset, max(need, ahead))
        while len(data) < need:  # a network file system may give less than was asked for
            more = self._read(offset + len(data), need - len(data))
            if not more:
                break
            data += more
        if len(data) < max(need, ahead):
            self.known_end = offset + len(data) if data else self.known_end
        self.buf = data
        self.base = offset

    def _read(self, offset: int, size: int) -> bytes:
        if self.reads and monotonic() > self._deadline:
            raise Capped("reading it took too long; the storage may be slow or overloaded", Cause.DEADLINE)
        if self.reads >= MAX_READS or self.bytes_read + size > MAX_BYTES:
            raise Capped("its header is scattered over too many places: it is damaged")
        self.reads += 1
        if offset >= LAST_OFFSET:
            return b""
        data = _pread(self._fd, size, offset)
        self.bytes_read += len(data)
        return data
