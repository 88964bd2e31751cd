"""The pool that does everything that touches a disk: stats, readings, NFO edits, for all instances.

A share that stopped answering keeps a thread for as long as it likes: nothing can take it back. So the
threads are daemons, a job that takes too long is given up (its thread is written off and replaced), and
after a few such losses the rest of that share's jobs is not even tried.
"""

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any

from taggarr.core.media import Cause, Unreadable

JOB_DEADLINE_S = 30.0
"""A sleeping disk takes up to 15 s to spin up; what takes twice that does not answer."""

LOSSES_PER_SHARE = 2
"""How many jobs of one share may be lost in a scan before the others are given up untried."""

NO_ANSWER = Unreadable(
    "the disk or share did not answer in time: see that it is mounted and that its server runs",
    Cause.DEADLINE,
)
"""What is known of a file whose job was lost."""

TURN = 16
"""How many jobs a thread takes at once: handing over costs more than a small job."""


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work on the file `path`; `share` is what hangs together with it (a root folder).

    `work` returns its result as a value; a foreseen failure is a value, too.
    """

    key: Any
    share: str
    path: str
    work: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Done:
    """A finished job with its result, or one that was `lost`: it did not answer in time, or was not tried."""

    job: Job
    result: Any = None
    lost: bool = False


@dataclass(slots=True, eq=False)
class _Run:
    """One caller's jobs on their way through the pool; `left` are those that have not come back."""

    waiting: deque[Job]
    left: int
    wanted: bool = True
    done: "SimpleQueue[list[Done] | Exception]" = field(default_factory=SimpleQueue)


@dataclass(slots=True, eq=False)
class _Worker:
    """A thread and what it is at. Once it is written off (`lost_in` a share), what it still says is not heard."""

    run: _Run | None = None
    turn: list[Job] = field(default_factory=list)
    finished: list[Done] = field(default_factory=list)
    since: float = 0.0
    lost_in: str | None = None


class Pool:
    """A bounded number of threads that work through jobs of any number of callers at once."""

    def __init__(self, workers: int, deadline_s: float = JOB_DEADLINE_S) -> None:
        self._deadline_s = deadline_s
        self._lock = threading.Condition()
        self._runs: deque[_Run] = deque()
        self._workers: list[_Worker] = []
        self._hanging: Counter[str] = Counter()
        self._losses: Counter[str] = Counter()
        self._closed = False
        with self._lock:
            for _ in range(workers):
                self._hire()

    def close(self) -> None:
        """Let the idle threads go. A thread that hangs is left to the end of the process."""
        with self._lock:
            self._closed = True
            self._lock.notify_all()

    def forgive(self) -> None:
        """Try every share again, but for those in which threads of earlier scans still hang."""
        with self._lock:
            self._losses = Counter(self._hanging)

    def run(self, jobs: Iterable[Job]) -> Iterator[Done]:
        """Work through `jobs`; each comes back once, in the order in which they are finished.

        An exception that a job raises is raised here.
        """
        waiting = deque(jobs)
        run = _Run(waiting, left=len(waiting))
        with self._lock:
            self._runs.append(run)
            self._lock.notify_all()
        try:
            while run.left:
                finished = self._next(run)
                run.left -= len(finished)
                yield from finished
        finally:
            with self._lock:
                run.wanted = False
                run.waiting.clear()

    def _next(self, run: _Run) -> list[Done]:
        while True:
            try:
                finished = run.done.get(timeout=min(1.0, self._deadline_s / 4))
            except Empty:
                self._write_off()
                continue
            if isinstance(finished, Exception):
                raise finished
            return finished

    def _write_off(self) -> None:
        """Give up the jobs that hang, whoever waits for them: a caller that went away cannot."""
        now = time.monotonic()
        with self._lock:
            for worker in list(self._workers):
                finished = list(worker.finished)  # the thread may come back at this very moment
                unfinished = worker.turn[len(finished) :]
                if worker.run is None or not unfinished or now - worker.since < self._deadline_s:
                    continue
                share = worker.lost_in = unfinished[0].share
                self._workers.remove(worker)
                self._hanging[share] += 1
                self._losses[share] += 1
                worker.run.done.put([*finished, Done(unfinished[0], lost=True)])
                self._put_back(worker.run, unfinished[1:])
                self._hire()
            self._lock.notify_all()

    def _put_back(self, run: _Run, jobs: list[Job]) -> None:
        if run.wanted and jobs:
            run.waiting.extendleft(reversed(jobs))
            if run not in self._runs:
                self._runs.append(run)

    def _hire(self) -> None:
        worker = _Worker()
        self._workers.append(worker)
        threading.Thread(target=self._work, args=(worker,), name="taggarr-reader", daemon=True).start()

    def _work(self, worker: _Worker) -> None:
        while self._take_turn(worker):
            error: Exception | None = None
            try:
                for job in worker.turn:
                    if worker.lost_in is not None:
                        break
                    worker.since = time.monotonic()
                    worker.finished.append(Done(job, job.work()))
            except Exception as raised:  # noqa: BLE001 (the worker loop: it is raised where the job came from)
                error = raised
            with self._lock:
                if worker.lost_in is not None:
                    self._hanging[worker.lost_in] -= 1
                    return
                run, finished = worker.run, worker.finished
                worker.run, worker.turn, worker.finished = None, [], []
            assert run is not None  # a turn has a caller
            run.done.put(error or finished)

    def _take_turn(self, worker: _Worker) -> bool:
        """Give `worker` jobs of the caller whose turn it is; False once there is nothing left to wait for."""
        with self._lock:
            while True:
                while self._runs and not self._runs[0].waiting:
                    self._runs.popleft()
                if self._runs:
                    run = self._runs[0]
                    self._runs.rotate(-1)  # callers take turns
                    if self._deal(run, worker):
                        return True
                elif self._closed:
                    return False
                else:
                    self._lock.wait()

    def _deal(self, run: _Run, worker: _Worker) -> bool:
        untried: list[Done] = []
        wanted = min(TURN, max(1, len(run.waiting) // (2 * max(1, len(self._workers)))))
        while run.waiting and len(worker.turn) < wanted:
            job = run.waiting.popleft()
            if self._losses[job.share] < LOSSES_PER_SHARE:
                worker.turn.append(job)
            else:
                untried.append(Done(job, lost=True))
        if untried:
            run.done.put(untried)
        if not worker.turn:
            return False
        worker.since, worker.run = time.monotonic(), run
        return True
