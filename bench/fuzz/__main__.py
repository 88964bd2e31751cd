"""`python3 dev.py fuzz`: damage media files without end, and see that the readers never do more than refuse them."""

import argparse
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from bench.fuzz.shapes import Shape, own_shapes, shapes_of_programs
from bench.fuzz.trial import lost_tracks, mutant, read
from taggarr.core.media import Reading, Unreadable
from taggarr.probe.source import DEADLINE_S

FOLDER = Path(".fuzz")
"""Where findings are kept."""
MOST_MEMORY_KB = 64 << 10
"""How much one file may make the process grow."""


class TooLong(Exception):
    """A reader went on past its deadline, of its own computing time."""


def main() -> int:
    """The exit code: 1 where anything was found."""
    parser = argparse.ArgumentParser(prog="dev.py fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", default="1", help="another one damages the files in other ways")
    parser.add_argument("--format", help="mkv, webm, mp4, mov, avi, ts or m2ts; all if none is named")
    parser.add_argument("--repeat", metavar="FINDING", help="try once more what an earlier run found")
    parser.add_argument("--note-every", type=float, default=10, metavar="SECONDS")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        name, _, attempt = (options.repeat or "").partition("@")
        shapes = {shape.name: shape for shape in own_shapes()}
        if name not in shapes:
            made = shapes_of_programs(Path(folder), name.partition("-")[0] or options.format)
            shapes |= {shape.name: shape for shape in made}
        run = Run(Path(folder) / "film")
        if options.repeat:
            seed, _, number = attempt.rpartition("@")
            if name not in shapes or not number.isdecimal():
                parser.error(f"nothing is called {options.repeat} here; ffmpeg or mkvmerge may be missing")
            run.attempt(shapes[name], seed, int(number))
        else:
            chosen = [shape for shape in shapes.values() if options.format in (None, shape.format)]
            if not chosen:
                parser.error(f"no files of format {options.format} are made here")
            run.go(chosen, options.seed, options.minutes * 60, options.note_every)
    return run.summary()


class Run:
    """Attempts, and what became of them."""

    def __init__(self, path: Path) -> None:
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT)
        self._originals: dict[str, Reading | None] = {}
        self._answers: Counter[str] = Counter()
        self._findings: list[str] = []
        self._started = time.monotonic()
        resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
        signal.signal(signal.SIGVTALRM, _too_long)

    def go(self, shapes: list[Shape], seed: str, for_s: float, note_s: float) -> None:
        """Damage these files in turn until the time is over or somebody interrupts."""
        noted = self._started
        try:
            for shape, number in _turns(shapes):
                self.attempt(shape, seed, number)
                now = time.monotonic()
                if now - noted >= note_s:
                    print(self._state(), flush=True)
                    noted = now
                if now - self._started >= for_s:
                    break
        except KeyboardInterrupt:
            print("interrupted")

    def attempt(self, shape: Shape, seed: str, number: int) -> None:
        """Damage a file once and have it read."""
        if shape.name not in self._originals:
            whole = shape.whole(shape.data) if shape.whole else shape.data
            self._originals[shape.name] = read(self._fd, whole)[0]
        done, data = mutant(shape, seed, number)
        before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        signal.setitimer(signal.ITIMER_VIRTUAL, DEADLINE_S)
        try:
            reading, wrong = read(self._fd, data)
        except Exception:  # noqa: BLE001 - whatever a reader lets out is what is looked for
            reading, wrong = None, traceback.format_exc()
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        grown_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kb
        if grown_kb > MOST_MEMORY_KB:
            wrong = wrong or f"it took {grown_kb >> 10} MB of memory"
        wrong = wrong or lost_tracks(shape, self._originals[shape.name], done, data, reading)
        self._answers[_answer(reading)] += 1
        if wrong:
            self._keep(f"{shape.name}@{seed}@{number}", data, f"{', '.join(done)}: {wrong}")

    def _keep(self, name: str, data: bytes, wrong: str) -> None:
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / name).write_bytes(data)
        self._findings.append(name)
        print(f"{FOLDER / name}: {wrong}\n  again: python3 dev.py fuzz --repeat {name}", flush=True)

    def summary(self) -> int:
        """Say what became of it all; the exit code."""
        os.close(self._fd)
        answers = ", ".join(f"{count:,} {answer}" for answer, count in sorted(self._answers.items()))
        print(f"{self._state()}: {answers}")
        return 1 if self._findings else 0

    def _state(self) -> str:
        taken_s = max(time.monotonic() - self._started, 0.001)
        files = self._answers.total()
        return f"{taken_s:5.0f} s  {files:,} files  {files / taken_s:,.0f} files/s  {len(self._findings)} findings"


def _turns(shapes: list[Shape]) -> Iterator[tuple[Shape, int]]:
    number = 0
    while True:
        for shape in shapes:
            yield shape, number
        number += 1


def _answer(reading: Reading | None) -> str:
    if isinstance(reading, Unreadable):
        return "unreadable"
    return "left to libmediainfo" if reading is None else "read" if reading.tracks else "read as silent"


def _too_long(_signal: int, _frame: FrameType | None) -> None:
    raise TooLong(f"more than {DEADLINE_S} s of computing")


if __name__ == "__main__":
    sys.exit(main())
