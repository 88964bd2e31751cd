"""`dev.py bench probe`: our readers beside libmediainfo, on the same files in one run."""

import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.encoded import available
from bench.films import FILM, SMALL, TINY, Sort, sorts
from bench.judged import FILES, judged
from bench.readers import OURS, PARSE, READERS, Count, Time, counted, timed

RUNS = 5
OUR_READINGS = 1000
"""How often our readers read in one run: they are too fast to be timed over a few files."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One sort of file: by reader the times of each run, and what was counted, if it was."""

    sort: Sort
    times: Mapping[str, Sequence[Time]]
    counts: Mapping[str, Count]

    def median(self, reader: str, value: Callable[[Time], float]) -> float:
        """Of the runs of one reader."""
        return statistics.median(map(value, self.times[reader]))

    def ratio(self, reader: str, value: Callable[[Time], float]) -> float:
        """How many times as long as ours it takes: the median of what each run, side by side, gave."""
        pairs = zip(self.times[reader], self.times[OURS], strict=True)
        return statistics.median(value(theirs) / value(ours) for theirs, ours in pairs)


def probe(folder: Path | None = None) -> None:
    """Make the files, read them with each reader, and print the figures beside what they have to reach."""
    place = Path(tempfile.mkdtemp(prefix="taggarr-bench-", dir=folder))
    try:
        files = {
            sort: [str(path) for path in sort.make(place / str(number))]
            for number, sort in enumerate(sorts(place))
        }
        measured = _measure(files)
        library = judged(place / "library")
    finally:
        shutil.rmtree(place)
    _table(measured)
    print(*bars(measured), *_library_bars(*library), sep="\n")


def _measure(files: Mapping[Sort, Sequence[str]]) -> list[Measured]:
    firsts = [paths[0] for paths in files.values()]
    counts = {reader: counted(reader, firsts) for reader in READERS}
    found = []
    for number, (sort, paths) in enumerate(files.items()):
        passes = {reader: OUR_READINGS // len(paths) if reader == OURS else 1 for reader in READERS}
        times: dict[str, list[Time]] = {reader: [] for reader in READERS}
        for run in range(RUNS + 1):
            for reader in READERS:
                time = timed(reader, paths, passes[reader])
                if run:  # the first fills the caches
                    times[reader].append(time)
        of_this = {reader: all_of[number] for reader, all_of in counts.items() if all_of}
        found.append(Measured(sort, times, of_this))
    return found


def _wall(time: Time) -> float:
    return time.wall_s


def _cpu(time: Time) -> float:
    return time.cpu_s


def _table(measured: Sequence[Measured]) -> None:
    print(
        f"{'files':<32}{'reader':<16}{'files/s':>9}{'ms/file':>10}{'CPU ms':>10}"
        f"{'calls':>8}{'KB read':>10}{'times ours':>12}{'by CPU':>9}"
    )
    for one in measured:
        name = f"{one.sort.group} {one.sort.name}"
        for reader in READERS:
            wall, cpu = one.median(reader, _wall), one.median(reader, _cpu)
            line = f"{name:<32}{reader:<16}{1 / wall:>9.0f}{wall * 1e3:>10.3f}{cpu * 1e3:>10.3f}"
            count = one.counts.get(reader)
            line += f"{count.calls:>8}{count.bytes_read / 1024:>10.1f}" if count else f"{'-':>8}{'-':>10}"
            if reader != OURS:
                line += f"{one.ratio(reader, _wall):>12.0f}{one.ratio(reader, _cpu):>9.0f}"
            print(line)
            name = ""
    if not all(one.counts for one in measured):
        print("Calls and bytes are not counted: strace is not installed, or may not trace here.")
    if not available():
        print(
            "Without ffmpeg and mkvmerge the films are simulated: libmediainfo has less to do than with real ones."
        )
    print()


def bars(measured: Sequence[Measured]) -> Iterator["Bar"]:
    """Each bar beside the worst figure of the files that it is about. Ratios and rates are by CPU time."""
    tiny = [one for one in measured if one.sort.group == TINY]
    if tiny:
        cpu_s = max(one.median(OURS, _cpu) for one in tiny)
        wall_s = max(one.median(OURS, _wall) for one in tiny)
        yield Bar(f"files/s of one core, {TINY}", 1 / cpu_s, 15_000, note=f"{1 / wall_s:.0f} by the clock")
        yield Bar(f"CPU µs a file, {TINY}", cpu_s * 1e6, 70, at_most=True)
    for group, times in ((TINY, 50), (SMALL, 100), (FILM, 500)):
        some = [one for one in measured if one.sort.group == group]
        if some:
            worst = min(some, key=lambda one: one.ratio(PARSE, _cpu))
            note = f"{worst.sort.name}; {worst.ratio(PARSE, _wall):.0f} by the clock"
            yield Bar(f"times as fast as {PARSE}, {group}", worst.ratio(PARSE, _cpu), times, note=note)
    ours = [one.counts[OURS] for one in measured if OURS in one.counts]
    if ours:
        yield Bar("system calls a file", max(count.calls for count in ours), 9, at_most=True)
        yield Bar("KB read a file", max(count.bytes_read for count in ours) / 1024, 64, at_most=True)


def _library_bars(first: Time, again: Time) -> Iterator["Bar"]:
    for name, time, limit_s in (("walked, read, judged", first, 10), ("unchanged", again, 1)):
        note = f"{time.wall_s:.1f} by the clock, in one thread"
        yield Bar(f"seconds for {FILES} files, {name}", time.cpu_s, limit_s, at_most=True, note=note)


@dataclass(frozen=True, slots=True)
class Bar:
    """What has to be reached, and what was."""

    name: str
    value: float
    limit: float
    at_most: bool = False
    note: str = ""

    @property
    def reached(self) -> bool:
        """Whether the value lies on the right side of the limit."""
        return self.value <= self.limit if self.at_most else self.value >= self.limit

    def __str__(self) -> str:
        limit = f"{'≤' if self.at_most else '≥'} {self.limit:g}"
        note = f"  ({self.note})" if self.note else ""
        value = f"{self.value:.0f}" if self.value >= 100 else f"{self.value:.1f}"
        return f"{self.name:<46}{limit:>9}{value:>10}  {'reached' if self.reached else 'MISSED'}{note}"
