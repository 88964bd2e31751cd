"""Work with a time limit: a share or a server that hangs keeps its thread, and nobody waits for it.

The threads are daemons, so the process ends although one of them never does (docs/decisions/0004).
"""

import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

T = TypeVar("T")


class Late(Exception):
    """The work was not done within its limit, which was so many seconds."""

    def __init__(self, limit_s: float) -> None:
        super().__init__(limit_s)
        self.limit_s = limit_s


class Task(Generic[T]):
    """Work that goes on in a thread of its own from now on, for at most `limit_s` seconds."""

    def __init__(self, work: Callable[[], T], limit_s: float) -> None:
        self._work = work
        self._limit_s = limit_s
        self._until = time.monotonic() + limit_s
        self._answers: SimpleQueue[tuple[T, None] | tuple[None, Exception]] = SimpleQueue()
        threading.Thread(target=self._run, name="taggarr-doctor", daemon=True).start()

    def result(self) -> T:
        """What came of the work, once. Raises `Late`, and what the work raised."""
        try:
            value, error = self._answers.get(timeout=max(0.0, self._until - time.monotonic()))
        except Empty:
            raise Late(self._limit_s) from None
        if error is not None:
            raise error
        return value  # type: ignore[return-value]  # the two go together

    def _run(self) -> None:
        try:
            self._answers.put((self._work(), None))
        except Exception as error:  # noqa: BLE001 (it is raised where the result is asked for)
            self._answers.put((None, error))
