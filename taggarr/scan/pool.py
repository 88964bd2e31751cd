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

JOB_DEADLINE_S = 30.0
"""A sleeping disk takes up to 15 s to spin up; what takes twice that does not answer."""

LOSSES_PER_SHARE = 2
"""How many jobs of one share may be lost before the others are given up untried."""

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
    """A finished job with its result, or one that was `lost`: it did not answer in time."""

    job: Job
    result: Any = None
    lost: bool = False


@dataclass(slots=True)
class _Run:
    """One caller's jobs on their way through the pool."""

    waiting: deque[Job]
    done: "SimpleQueue[list[Done] | Exception]" = field(default_factory=SimpleQueue)
    left: int = 0


@dataclass(slots=True, eq=False)
class _Worker:
    """A thread and what it is at. Once `written_off`, whatever it still says is not heard."""

    run: _Run | None = None
    turn: list[Job] = field(default_factory=list)
    finished: list[Done] = field(default_factory=list)
    since: float = 0.0
    written_off: bool = False


class Pool:
    """A bounded number of threads that work through jobs of any number of callers at once."""

    def __init__(self, workers: int, deadline_s: float = JOB_DEADLINE_S) -> None:
        self._deadline_s = deadline_s
        self._lock = threading.Condition()
        self._runs: deque[_Run] = deque()
        self._workers: list[_Worker] = []
        self._lost: Counter[str] = Counter()
        self._closed = False
        with self._lock:
            for _ in range(workers):
                self._hire()

    def close(self) -> None:
        """Let the idle threads go. A thread that hangs is left to the end of the process."""
        with self._lock:
            self._closed = True
            self._lock.notify_all()

    def run(self, jobs: Iterable[Job]) -> Iterator[Done]:
        """Work through `jobs`; each comes back once, in the order in which they are finished.

        An exception that a job raises is raised here.
        """
        run = _Run(deque(jobs))
        run.left = len(run.waiting)
        if not run.left:
            return
        with self._lock:
            self._runs.append(run)
            self._lock.notify_all()
        try:
            while run.left:
                yield from self._next(run)
        finally:
            with self._lock:
                run.waiting.clear()

    def _next(self, run: _Run) -> list[Done]:
        try:
            batch = run.done.get(timeout=min(1.0, self._deadline_s / 4))
        except Empty:
            batch = self._write_off(run)
        if isinstance(batch, Exception):
            raise batch
        run.left -= len(batch)
        return batch

    def _write_off(self, run: _Run) -> list[Done]:
        """Give up what hangs: the job it hangs in, and what waits for a share that is as good as gone."""
        given_up: list[Done] = []
        now = time.monotonic()
        with self._lock:
            for worker in [w for w in self._workers if w.run is run]:
                if now - worker.since < self._deadline_s:
                    continue
                unfinished = worker.turn[len(worker.finished) :]
                if not unfinished:
                    continue  # it has just finished
                worker.written_off = True
                self._workers.remove(worker)
                self._lost[unfinished[0].share] += 1
                given_up += [*worker.finished, Done(unfinished[0], lost=True)]
                run.waiting.extendleft(reversed(unfinished[1:]))
                self._hire()
            dead = {share for share, times in self._lost.items() if times >= LOSSES_PER_SHARE}
            if dead:
                given_up += [Done(job, lost=True) for job in run.waiting if job.share in dead]
                run.waiting = deque(job for job in run.waiting if job.share not in dead)
            self._lock.notify_all()
        return given_up

    def _hire(self) -> None:
        worker = _Worker()
        self._workers.append(worker)
        threading.Thread(target=self._work, args=(worker,), name="taggarr-reader", daemon=True).start()

    def _work(self, worker: _Worker) -> None:
        while (run := self._take_turn(worker)) is not None:
            try:
                for job in worker.turn:
                    worker.since = time.monotonic()
                    result = job.work()
                    worker.finished.append(Done(job, result))
            except Exception as error:  # noqa: BLE001 (the worker loop: it is raised where the job came from)
                run.done.put(error)
            with self._lock:
                if worker.written_off:
                    return
                finished, worker.run, worker.turn, worker.finished = worker.finished, None, [], []
            run.done.put(finished)

    def _take_turn(self, worker: _Worker) -> _Run | None:
        with self._lock:
            while True:
                while self._runs and not self._runs[0].waiting:
                    self._runs.popleft()
                if self._runs:
                    break
                if self._closed:
                    return None
                self._lock.wait()
            run = self._runs[0]
            self._runs.rotate(-1)  # callers take turns
            worker.turn = [run.waiting.popleft() for _ in range(min(TURN, self._fair_share(run)))]
            worker.since, worker.run = time.monotonic(), run
            return run

    def _fair_share(self, run: _Run) -> int:
        return max(1, len(run.waiting) // (2 * max(1, len(self._workers))))
