"""The process in which libmediainfo runs, so that a file it never comes back from can be given up.

Started by path, without Taggarr on its import path. Speaks length-prefixed messages (four bytes, big-endian)
over standard input and output: first it says "ready" or why libmediainfo is not available, then it answers
each path (file-system bytes) with libmediainfo's JSON, or with the error that opening the file gave.
"""

import os
import signal
import sys
from collections.abc import Callable
from typing import BinaryIO

READY = b"ready"
JSON, ERROR = b"j", b"e"

MAX_READS = 400
MAX_BYTES = 8 * 1024 * 1024
READ_BYTES = 64 * 1024
ABANDONED_S = 30
"""A worker whose parent is gone ends itself after that long inside libmediainfo."""


class Capped:
    """The file as libmediainfo reads it: it ends where a cap is reached."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._reads_left = MAX_READS
        self._left = MAX_BYTES

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def read(self, size: int) -> bytes:
        self._reads_left -= 1
        if self._reads_left < 0:
            return b""
        data = self._file.read(min(size, self._left)) or b""
        self._left -= len(data)
        return data


def main() -> None:
    """Answer until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    try:
        import pymediainfo  # noqa: PLC0415 - its absence is an answer, not a crash

        parse = pymediainfo.MediaInfo.parse
        available = pymediainfo.MediaInfo.can_parse()
    except ImportError as error:
        _send(answers, f"pymediainfo is not installed ({error})".encode())
        return
    if not available:
        _send(answers, b"pymediainfo is installed without the library libmediainfo")
        return
    _send(answers, READY)
    while (path := _receive(requests)) is not None:
        _arm(ABANDONED_S)
        _send(answers, _answer(path, parse))
        _arm(0)


def _answer(path: bytes, parse: Callable[..., object]) -> bytes:
    try:
        fd = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(fd, "rb", buffering=0) as file:
            # By file object and not by name: libmediainfo opens neighbours of a named file (sequences, disc
            # structures) and cannot open every name.
            answer = parse(Capped(file), parse_speed=0, output="JSON", full=False, buffer_size=READ_BYTES)
    except (OSError, RuntimeError) as error:
        return ERROR + str(error).encode("utf-8", "replace")
    return JSON + str(answer).encode("utf-8", "replace")


def _arm(seconds: int) -> None:
    if hasattr(signal, "alarm"):  # pragma: no branch - Windows has none
        signal.alarm(seconds)


def _receive(stream: BinaryIO) -> bytes | None:
    size = stream.read(4)
    return stream.read(int.from_bytes(size, "big")) if len(size) == 4 else None


def _send(stream: BinaryIO, message: bytes) -> None:
    stream.write(len(message).to_bytes(4, "big") + message)
    stream.flush()


if __name__ == "__main__":
    main()
