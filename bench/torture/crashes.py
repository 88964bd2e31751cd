"""Scans that are killed at one step after the other, each with one healthy scan behind it.

A crash point is a pair: a step, and how many times it has come when the process is killed. The steps are
counted in a scan that nobody disturbs.
"""

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from bench.torture import right
from bench.torture.house import WORKERS, House
from bench.torture.right import End
from taggarr.core.selection import Mode

CHECKPOINT_FILES = 200
"""What may be read again: the last batch, and what the workers had in hand."""


@dataclass(frozen=True, slots=True)
class Point:
    """Where a scan is killed."""

    began: str
    step: str
    nth: int
    mode: Mode = Mode.UPDATE

    def __str__(self) -> str:
        return f"{self.began}, mode {self.mode.value}: {self.step}, time {self.nth}"


NASTY = {
    "inside the first migration": Point(
        "new", "after store/migrations/versions/0001_first_schema.py:upgrade", 1
    ),
    "before a new database gets its name": Point("new", "before posix.link", 1),
    "between intent and request": Point("new", "after store/journal.py:InstanceJournal.intend", 1),
    "between the arr's answer and the outcome": Point("new", "after arr/tags.py:Tags.edit", 1),
    "the same, later": Point("known", "after arr/tags.py:Tags.edit", 3),
    "between two batches": Point("new", "after store/journal.py:InstanceJournal.settle", 2),
    "between additions and removals": Point("new", "after scan/apply.py:TagWriter._carry_out", 1),
    "between all tags and what is kept of them": Point(
        "new", "before scan/records.py:Records.remember_tags", 1
    ),
    "between an NFO's temporary file and its rename": Point("new", "before posix.replace", 3),
    "between an NFO's rename and its record": Point("new", "after posix.replace", 3),
    "the same, of the last NFO of a batch": Point("new", "before scan/nfos.py:after_edit", 1),
    "between an NFO's record and its outcome": Point("new", "after store/items.py:InstanceMemory.save", 6),
    "inside pruning": Point("known", "before store/items.py:_outdate_state_files", 1),
    "after pruning": Point("known", "after store/items.py:InstanceMemory.forget", 1),
    "between two removals in mode 2": Point(
        "known", "after store/journal.py:InstanceJournal.settle", 2, Mode.REMOVE
    ),
    "before what was removed is forgotten": Point(
        "known", "before store/items.py:InstanceMemory.forget", 1, Mode.REMOVE
    ),
    "between tags and NFO files in mode 1": Point(
        "known", "before scan/finish.py:NfoWriter.write", 1, Mode.REWRITE
    ),
    "at the very end": Point("known", "before store/scans.py:end", 1),
}
"""Points that are always tried."""


class Crashes:
    """Kills scans in one house. A context manager.

    `killed` counts the scans that were: a step need not come as often as the first time, for threads take turns.
    """

    killed = 0
    files = 0
    """How many files the last scan that nobody disturbed has opened."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._undisturbed: dict[tuple[str, Mode], tuple[End, int, Mapping[str, int]]] = {}

    def __enter__(self) -> Self:
        self._victim = subprocess.Popen(
            [sys.executable, "-m", "bench.torture.victim"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
            # What is killed tells coverage nothing, and is slow to count.
            env=os.environ | {"COVERAGE_PROCESS_START": "", "COVERAGE_PROCESS_CONFIG": ""},
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._victim.communicate()

    def points(self, began: str, mode: Mode = Mode.UPDATE) -> list[Point]:
        """Every crash point of a scan that begins so."""
        counts = self._counted(began, mode)[2]
        return [
            Point(began, step, nth, mode) for step in sorted(counts) for nth in range(1, counts[step] + 1)
        ]

    def run(self, point: Point) -> list[str]:
        """What went wrong, in sentences; nothing, if all is well, or if the step did not come so often."""
        undisturbed, files, _ = self._counted(point.began, point.mode)
        self._house.begin(point.began)
        code, opened = self._scan(point.step, point.nth, point.mode)
        if code == 0:
            return []
        if code != -signal.SIGKILL:
            return [f"the scan ended with {code}: {self._path('errors').read_text()}"]
        self.killed += 1
        remove = point.mode is Mode.REMOVE
        healthy = self._house.scan(Mode.REMOVE if remove else Mode.UPDATE)
        wrong = [
            f"the healthy scan of {name}: {summary.error} {summary.failures}"
            for name, summary in healthy.instances.items()
            if summary.error is not None or summary.failures
        ]
        again = opened + sum(one.files_read for one in healthy.instances.values()) - files
        if again > CHECKPOINT_FILES + WORKERS:
            wrong.append(f"{again} of {files} files were read again")
        return wrong + list(right.wrong_at_the_end(self._house, point.began, undisturbed, {}, remove=remove))

    def _counted(self, began: str, mode: Mode) -> tuple[End, int, Mapping[str, int]]:
        """The end of a scan that nobody disturbs, how many files it opens, and its steps."""
        if (began, mode) not in self._undisturbed:
            self._house.begin(began)
            code, opened = self._scan(None, 0, mode)
            assert code == 0, self._path("errors").read_text()
            counts = json.loads(self._path("counts").read_text())
            self.files = opened
            self._undisturbed[began, mode] = right.end_of(self._house), opened, counts
        return self._undisturbed[began, mode]

    def _scan(self, step: str | None, nth: int, mode: Mode) -> tuple[int, int]:
        """The exit code of a scan, and how many times it opened a video."""
        config = self._house.config()
        order = {
            "step": step,
            "nth": nth,
            "mode": mode,
            "config": str(config.data_dir / "config.yaml"),
            **{name: str(self._path(name)) for name in ("errors", "opened", "counts")},
        }
        assert self._victim.stdin is not None
        assert self._victim.stdout is not None
        self._victim.stdin.write(json.dumps(order) + "\n")
        self._victim.stdin.flush()
        code = int(self._victim.stdout.readline())
        return code, self._path("opened").stat().st_size

    def _path(self, name: str) -> Path:
        return self._house.folder / f"victim-{name}"


def some(points: Sequence[Point], seed: int) -> Iterator[Point]:
    """All the points, as chance has it: each step once before any of them twice."""
    chance = random.Random(seed)
    by_step: dict[tuple[str, Mode, str], list[Point]] = {}
    for point in points:
        by_step.setdefault((point.began, point.mode, point.step), []).append(point)
    turns = [chance.sample(each, len(each)) for each in by_step.values()]
    chance.shuffle(turns)
    for at in range(max(map(len, turns), default=0)):
        yield from (turn[at] for turn in turns if at < len(turn))
