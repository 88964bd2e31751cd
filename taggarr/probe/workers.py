"""A few processes in which libmediainfo runs, shared by all reader threads.

libmediainfo may hang or crash on a broken file and cannot be interrupted inside a thread. Here it costs one
process, which is killed after the deadline and replaced when the next file needs it.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Semaphore, Thread

from taggarr.probe.mediainfo_worker import READY
from taggarr.probe.source import DEADLINE_S

WORKERS = 2
START_S = 15.0
"""How long a worker may take to say hello; an overloaded machine needs seconds."""
END_S = 1.0
"""How long a worker may take to end by itself, and again after it was killed."""

_COMMAND = (sys.executable or "python3", "-P", str(Path(__file__).with_name("mediainfo_worker.py")))


class Unavailable(Exception):
    """No worker can be had; the message says why."""


class TimedOut(Exception):
    """The worker did not answer in time, and was killed."""


class Died(Exception):
    """The worker ended instead of answering."""


class Workers:
    """Asks `count` processes at most, one file each at a time; further threads wait for their turn."""

    def __init__(
        self, command: Sequence[str] = _COMMAND, *, count: int = WORKERS, deadline_s: float = DEADLINE_S
    ) -> None:
        self._command = command
        self._deadline_s = deadline_s
        self._turns = Semaphore(count)
        self._lock = Lock()
        self._idle: list[_Worker] = []
        self._missing: str | None = None

    def ask(self, path: str) -> bytes:
        """What the worker says of the file. Raises `Unavailable`, `TimedOut` or `Died`."""
        request = os.fsencode(Path(path).absolute())
        with self._turns:
            # A worker may have been ended from outside while it was idle: the file gets a new one, once.
            for fresh in (False, True):
                worker = self._take(fresh=fresh)
                try:
                    answer = worker.ask(request, self._deadline_s)
                except TimedOut:
                    worker.end(at_once=True)
                    raise
                except Died:
                    worker.end(at_once=True)
                    continue
                with self._lock:
                    self._idle.append(worker)
                return answer
        raise Died

    def check(self) -> None:
        """See that a worker can be had. Raises `Unavailable`."""
        worker = self._take()
        with self._lock:
            self._idle.append(worker)

    def close(self) -> None:
        """End the idle workers. The next file starts new ones."""
        with self._lock:
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.end()

    def _take(self, *, fresh: bool = False) -> "_Worker":
        with self._lock:
            if self._missing:
                raise Unavailable(self._missing)
            if self._idle and not fresh:
                return self._idle.pop()
        try:
            worker = _Worker(self._command)
        except (OSError, RuntimeError) as error:  # no memory, no thread, no such program
            raise Unavailable(f"its process could not be started: {error}") from error
        try:
            hello = worker.answer(START_S)
        except (Died, TimedOut) as error:
            worker.end(at_once=True)
            raise Unavailable("its process did not start") from error
        if hello != READY:
            worker.end()
            with self._lock:
                self._missing = hello.decode("utf-8", "replace")
            raise Unavailable(self._missing)
        return worker


class _Worker:
    """One process, and a thread that waits for what it says (pipes have no portable time-out)."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own file
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._answers: SimpleQueue[bytes | None] = SimpleQueue()
        self._listener = Thread(target=self._listen, name="libmediainfo", daemon=True)
        self._listener.start()

    def ask(self, request: bytes, timeout_s: float) -> bytes:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(len(request).to_bytes(4, "big") + request)
            self._process.stdin.flush()
        except OSError as error:
            raise Died from error
        return self.answer(timeout_s)

    def answer(self, timeout_s: float) -> bytes:
        try:
            answer = self._answers.get(timeout=timeout_s)
        except Empty:
            raise TimedOut from None
        if answer is None:
            raise Died
        return answer

    def end(self, *, at_once: bool = False) -> None:
        """End the process, by force where it does not end by itself. One that hangs in the kernel stays."""
        assert self._process.stdin is not None
        if at_once:
            self._process.kill()
        with suppress(OSError):  # what was not sent yet cannot be sent any more
            self._process.stdin.close()
        try:
            self._process.wait(END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(END_S)
        self._listener.join(END_S)

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        with stream:
            while len(head := stream.read(4)) == 4:
                size = int.from_bytes(head, "big")
                answer = stream.read(size)
                if len(answer) < size:
                    break
                self._answers.put(answer)
        self._answers.put(None)
