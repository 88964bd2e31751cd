"""The readers that are compared, how long one takes over a file, and what it asks of the operating system."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pymediainfo import MediaInfo

from taggarr import probe

OURS, PARSE, FAST = "taggarr", "MediaInfo.parse", "parse_speed=0"
READERS: Mapping[str, Callable[[str], object]] = {
    OURS: probe.read,
    PARSE: MediaInfo.parse,
    FAST: partial(MediaInfo.parse, parse_speed=0),
}

_MARK = "/what-follows-reads-file-"
_MEMORY = frozenset({"brk", "mmap", "munmap", "mremap", "madvise"})
"""Calls by which a program gets memory: nothing of a file's."""
_CALL = re.compile(r"\d+ +(\w+)\(.* = (-?\d+)")


@dataclass(frozen=True, slots=True)
class Time:
    """What one file took."""

    wall_s: float
    cpu_s: float


@dataclass(frozen=True, slots=True)
class Count:
    """What one file took of the operating system."""

    calls: int
    bytes_read: int


def timed(reader: str, paths: Sequence[str], passes: int) -> Time:
    """The mean over all of the files, each read `passes` times."""
    read = READERS[reader]
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(passes):
        for path in paths:
            read(path)
    files = passes * len(paths)
    return Time((time.perf_counter() - wall) / files, (time.process_time() - cpu) / files)


def counted(reader: str, paths: Sequence[str]) -> list[Count] | None:
    """For each file what one reading of it takes, counted by strace; None where that cannot be had."""
    if shutil.which("strace") is None:
        return None
    with tempfile.NamedTemporaryFile("r", encoding="utf-8", errors="replace") as log:
        command = ["strace", "-f", "-o", log.name, sys.executable, "-m", "bench.readers", reader]
        done = subprocess.run(
            [*command, *paths], cwd=Path(__file__).parents[1], check=False, capture_output=True
        )
        return list(counts_of(log)) if done.returncode == 0 else None


def counts_of(log: Iterator[str]) -> Iterator[Count]:
    """What a trace has between the two marks of each file."""
    calls: list[tuple[str, int]] | None = None
    for line in log:
        if _MARK in line:
            if calls is not None:
                read = sum(result for name, result in calls if name in ("read", "pread64") and result > 0)
                yield Count(len(calls), read)
            calls = [] if calls is None else None
        elif calls is not None and (call := _CALL.match(line)) and call[1] not in _MEMORY:
            calls.append((call[1], int(call[2])))


def main() -> None:
    """Read each file twice, the second time between marks that a trace shows."""
    read = READERS[sys.argv[1]]
    for path in sys.argv[2:]:
        read(path)
        os.access(_MARK, os.F_OK)
        read(path)
        os.access(_MARK, os.F_OK)


if __name__ == "__main__":
    main()
