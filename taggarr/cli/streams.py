"""Standard streams that are not there, or cannot be written any more: no reason to leave a scan."""

import io
import os
import select
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from taggarr.core.errors import TaggarrError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


def prepare() -> None:
    """Make the three standard streams fit for a process that may run for years."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started us (`2>&-`)
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - kept to the end
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout is sys.__stdout__:
        sys.stdout = Output(sys.stdout.buffer, sys.stdout.encoding)
    if isinstance(sys.stderr, io.TextIOWrapper) and sys.stderr is sys.__stderr__:
        encoding = sys.stderr.encoding
        sys.stderr = Unheard(sys.stderr.buffer, encoding, errors="backslashreplace", line_buffering=True)


def unread() -> bool:
    """Whether the reader of standard output has gone (`taggarr probe … | head`): whatever is printed is lost."""
    return isinstance(sys.stdout, Output) and sys.stdout.unread


class Unwritable(TaggarrError):
    """Standard output has no room, or is not to be written: `cause` says why, `advice` what to do or to know."""

    code = "output"

    def __init__(self, cause: OSError, advice: str = "make room, or send the output elsewhere") -> None:
        super().__init__(cause, advice)
        self.cause = cause
        self.advice = advice

    def __str__(self) -> str:
        return f"standard output cannot be written: {self.cause.strerror or self.cause}; {self.advice}"


class Output(io.TextIOWrapper):
    """Standard output. Without a reader it loses what is written; any other failure is `Unwritable`.

    Nothing waits in a buffer for the end of the process, where a failure could be told to nobody.
    """

    def __init__(self, buffer: Any, encoding: str) -> None:
        self._raw = _Raw(getattr(buffer, "raw", buffer))  # under `python -u` there is no buffer
        # Terminals exist that know no `●`.
        super().__init__(self._raw, encoding, errors="backslashreplace", write_through=True)

    @property
    def unread(self) -> bool:
        """Whether the reader has gone."""
        return self._raw.unread


class _Raw(io.RawIOBase):
    """Writes everything that it is given, or raises."""

    name = "<stdout>"

    def __init__(self, inner: io.RawIOBase) -> None:
        self._inner = inner
        self.unread = False

    def write(self, data: "ReadableBuffer", /) -> int:
        whole = memoryview(data).cast("B")
        rest = whole
        while rest and not self.unread:
            try:
                written = self._inner.write(rest)
            except ConnectionError:  # EPIPE of a pipe; a socket may be reset as well
                self.unread = True
            except OSError as error:
                raise Unwritable(error) from error
            else:
                if written is None:  # whoever shares the pipe with us has made it non-blocking
                    select.select([], [self._inner], [])
                rest = rest[written or 0 :]
        return len(whole)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._inner.fileno()

    def isatty(self) -> bool:
        return self._inner.isatty()


class Unheard(io.TextIOWrapper):
    """Standard error: when its reader has gone or its disk is full, what it says is lost, and nothing else."""

    def write(self, text: str, /) -> int:
        with suppress(OSError):
            return super().write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            super().flush()
