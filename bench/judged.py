"""A library walked, read and judged, and the same files looked at again: by themselves, without arr or database."""

import os
import time
from pathlib import Path

from bench import library
from bench.readers import Time
from taggarr.core.evidence import Original
from taggarr.core.finding import judge_file
from taggarr.core.language import Language
from taggarr.core.media import Stat, Unreadable
from taggarr.core.policy import Policy
from taggarr.probe.disk import LocalDisk

SERIES, FILES_EACH = 2000, 25
FILES = SERIES * FILES_EACH


def judged(folder: Path) -> tuple[Time, Time]:
    """What `FILES` files take in one thread the first time, and again when none has changed."""
    library.write(folder, library.series(SERIES, FILES_EACH), "tvshow.nfo", "tvshow")
    started = _now()
    known = _first(folder)
    between = _now()
    changed = _again(known)
    ended = _now()
    if len(known) != FILES or changed:
        raise SystemExit(
            f"{len(known)} files were found instead of {FILES}, and {changed} of them had changed"
        )
    return _taken(started, between), _taken(between, ended)


def _first(folder: Path) -> dict[str, Stat | Unreadable]:
    disk = LocalDisk()
    policy, original = Policy(targets=(Language("en"),)), Original(Language("ja"))
    known = {}
    for here, _, names in os.walk(folder):
        for name in names:
            if name.endswith((".mkv", ".mp4")):
                path = f"{here}/{name}"
                known[path] = disk.stat(path)
                judge_file(disk.read(path), policy, original)
    return known


def _again(known: dict[str, Stat | Unreadable]) -> int:
    """How many files are not what they were: one `stat` each."""
    disk = LocalDisk()
    return sum(disk.stat(path) != before for path, before in known.items())


def _now() -> Time:
    return Time(time.perf_counter(), time.process_time())


def _taken(start: Time, end: Time) -> Time:
    return Time(end.wall_s - start.wall_s, end.cpu_s - start.cpu_s)
