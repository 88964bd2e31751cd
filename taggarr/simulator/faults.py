"""Faults on order: what networks, proxies and busy databases do to a request."""

import json
import random
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fnmatch import fnmatchcase

from taggarr.simulator.http_messages import Body, Ending, Reply, Request


class FaultKind(StrEnum):
    """What happens to a request. Whether the change was applied is part of the kind."""

    ERROR = "error"
    """500, not applied."""
    UNAVAILABLE = "unavailable"
    """503, not applied."""
    THROTTLED = "throttled"
    """429 with `Retry-After`, not applied."""
    CLOSED = "closed"
    """The connection is closed without an answer, not applied."""
    REFUSED = "refused"
    """The server goes away, not applied: connections are closed, and refused for `seconds`."""
    RESET = "reset"
    """The connection is reset, not applied."""
    RESET_AFTER = "reset-after"
    """The connection is reset, but the change was applied."""
    TRUNCATED = "truncated"
    """Applied; the body ends half-way."""
    NOT_JSON = "not-json"
    """Applied; the body is not JSON although its type says so."""
    HTML = "html"
    """200 with a page of some proxy, not applied."""
    REDIRECT = "redirect"
    """302 to /login, not applied."""
    MOVED = "moved"
    """307 to another path, not applied."""
    DRIPPING = "dripping"
    """Applied; the body comes byte by byte for at most `seconds`, and never ends."""
    SLOW = "slow"
    """Applied; the answer comes after `seconds`."""
    HALF_APPLIED = "half-applied"
    """A bulk edit that stops half-way with 500 "database is locked"; elsewhere 500 without effect."""
    UNDONE = "undone"
    """A bulk edit that something undoes in the same breath: 202 with the tags as they were; else nothing happens."""


def _error(status: int, message: str, **more: str) -> Reply:
    return Reply(status, Body(json.dumps({"message": message, **more}, indent=2).encode()))


_NULL = "Object reference not set to an instance of an object."


_HTML = b"<!doctype html><html><head><title>Gateway</title></head><body>Please wait</body></html>"
_INSTEAD = {
    FaultKind.ERROR: _error(500, _NULL, description=f"System.NullReferenceException: {_NULL}"),
    FaultKind.UNAVAILABLE: _error(503, "Service Unavailable"),
    FaultKind.THROTTLED: _error(429, "Too Many Requests"),
    FaultKind.CLOSED: Reply(500, ending=Ending.CLOSED),
    FaultKind.REFUSED: Reply(500, ending=Ending.DOWN),
    FaultKind.RESET: Reply(500, ending=Ending.RESET),
    FaultKind.HTML: Reply(200, Body(_HTML), "text/html; charset=utf-8"),
    FaultKind.REDIRECT: Reply(302, headers=(("Location", "/login?returnUrl=%2F"),)),
    FaultKind.MOVED: Reply(307, headers=(("Location", "/elsewhere"),)),
}
_ENDINGS = {
    FaultKind.RESET_AFTER: Ending.RESET,
    FaultKind.TRUNCATED: Ending.HALF,
    FaultKind.DRIPPING: Ending.DRIP,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault.

    `seconds` is for `SLOW`, `DRIPPING` and `REFUSED`, `retry_after` for `THROTTLED` and `UNAVAILABLE`.
    """

    kind: FaultKind
    seconds: float = 5.0
    retry_after: str | None = "1"

    def disturb(self, request: Request, answer: Callable[[Request], Reply]) -> Reply:
        """What the client gets instead of the answer; `answer` is called by the kinds that apply."""
        if self.kind in _INSTEAD:
            reply = _INSTEAD[self.kind]
            if self.kind in (FaultKind.THROTTLED, FaultKind.UNAVAILABLE) and self.retry_after is not None:
                reply = replace(reply, headers=(("Retry-After", self.retry_after),))
            elif self.kind is FaultKind.REFUSED:
                reply = replace(reply, seconds=self.seconds)
        else:
            reply = self._spoilt(request, answer)
        return replace(reply, fault=self.kind.value)

    def _spoilt(self, request: Request, answer: Callable[[Request], Reply]) -> Reply:
        if self.kind is FaultKind.HALF_APPLIED:
            return answer(replace(request, interrupted=True))
        if self.kind is FaultKind.UNDONE:
            return answer(replace(request, undone=True))
        reply = answer(request)
        if self.kind is FaultKind.NOT_JSON:
            return replace(reply, status=200, body=Body(b"upstream connect error"))
        return replace(reply, ending=_ENDINGS.get(self.kind, Ending.WHOLE), seconds=self.seconds)


@dataclass(slots=True)
class _Script:
    fault: Fault
    method: str
    path: str
    first: int
    last: int
    seen: int = 0

    def due(self, method: str, path: str) -> bool:
        if not (fnmatchcase(method, self.method) and fnmatchcase(path, self.path)):
            return False
        self.seen += 1
        return self.first <= self.seen <= self.last


@dataclass(frozen=True, slots=True)
class _Scatter:
    seed: int
    rate: float
    faults: tuple[Fault, ...]
    method: str
    path: str


class Faults:
    """Which request meets which fault: scripted ones first, then at random. Thread-safe.

    Paths have no URL base and no query; patterns are those of file names (`*` also spans `/`).
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._scripts: list[_Script] = []
        self._scatter: _Scatter | None = None
        self._calls: Counter[tuple[str, str, str]] = Counter()

    def script(
        self,
        kind: FaultKind,
        *,
        method: str = "*",
        path: str = "*",
        nth: int = 1,
        times: int = 1,
        seconds: float = 5.0,
        retry_after: str | None = "1",
    ) -> None:
        """Disturb the `nth` matching call from now on, and the `times - 1` after it."""
        fault = Fault(kind, seconds, retry_after)
        with self._lock:
            self._scripts.append(_Script(fault, method, path, nth, nth + times - 1))

    def scatter(
        self,
        seed: int,
        rate: float,
        *,
        kinds: Sequence[FaultKind] = tuple(FaultKind),
        method: str = "*",
        path: str = "/api/*",
        seconds: float = 0.2,
        retry_after: str | None = "0",
    ) -> None:
        """Disturb this share (0 to 1) of the matching calls.

        Chance depends on the seed, the call and how often it came, not on the order of parallel calls.
        """
        faults = tuple(Fault(kind, seconds, retry_after) for kind in kinds)
        with self._lock:
            self._calls.clear()
            self._scatter = _Scatter(seed, rate, faults, method, path)

    def clear(self) -> None:
        """No faults from now on."""
        with self._lock:
            self._scripts.clear()
            self._scatter = None

    def take(self, method: str, path: str, query: str = "") -> Fault | None:
        """The fault for this call, if any; each call is counted once."""
        if not self._scripts and self._scatter is None:
            return None
        with self._lock:
            due = [script.fault for script in self._scripts if script.due(method, path)]
            if due:
                return due[0]
            return self._by_chance(method, path, query)

    def _by_chance(self, method: str, path: str, query: str) -> Fault | None:
        scatter = self._scatter
        if scatter is None or not (fnmatchcase(method, scatter.method) and fnmatchcase(path, scatter.path)):
            return None
        call = (method, path, query)
        self._calls[call] += 1
        chance = random.Random(f"{scatter.seed} {call} {self._calls[call]}")  # noqa: S311 - no secret, a test
        return chance.choice(scatter.faults) if chance.random() < scatter.rate else None
