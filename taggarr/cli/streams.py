"""Standard streams that are not there, or cannot be written any more: no reason to leave a scan."""

import io
import os
import sys
from contextlib import suppress


def prepare() -> None:
    """Make the three standard streams fit for a process that may run for years."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started us (`2>&-`)
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - kept to the end
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # terminals exist that know no `●`
    if isinstance(sys.stderr, io.TextIOWrapper) and sys.stderr is sys.__stderr__:
        encoding = sys.stderr.encoding
        sys.stderr = Unheard(sys.stderr.buffer, encoding, errors="backslashreplace", line_buffering=True)


class Unheard(io.TextIOWrapper):
    """Standard error: when its reader has gone or its disk is full, what it says is lost, and nothing else."""

    def write(self, text: str, /) -> int:
        with suppress(OSError):
            return super().write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            super().flush()
