"""How far a scan is among its titles, told as their lists and files come in."""

import time
from collections.abc import Callable

TELL_EVERY_S = 0.1
"""Eyes follow no more, and a library of small files would tell a thousand times a second."""


class Pace:
    """Tells how many titles are looked at, ten times a second at most.

    Titles are taken by the hundred; `reach` says how far those in hand are.
    """

    def __init__(self, tell: Callable[[int], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._tell = tell
        self._clock = clock
        self._told_at = clock()
        self._before = 0
        self._in_hand = 0
        self._done = 0

    def take(self, titles: int) -> None:
        """Those before are done, and so many more are in hand."""
        self._before += self._in_hand
        self._in_hand = titles

    def reach(self, part: float) -> None:
        """`part` (0 to 1) of what there is to do for the titles in hand is done; it never goes back."""
        self._done = max(self._done, self._before + int(self._in_hand * part))
        now = self._clock()
        if now - self._told_at >= TELL_EVERY_S:
            self._told_at = now
            self._tell(self._done)
