"""What a simulated server was asked, and what it sent."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any


@dataclass(slots=True)
class LoggedRequest:
    """One request. `path` has no URL base; `status` is None where no answer was sent.

    `bytes_sent` counts what left for the client: head, framing and (compressed) body.
    `connection` numbers the connections from 1; `fault` names the injected fault.
    """

    connection: int
    method: str
    path: str
    query_string: str
    headers: Mapping[str, str]
    body: bytes
    status: int | None
    bytes_sent: int
    fault: str | None = None

    @property
    def json(self) -> Any:
        """The request's body, decoded."""
        return json.loads(self.body)


@dataclass
class RequestLog:
    """All requests since the start or the last `clear()`; an entry stands before its answer leaves."""

    _entries: list[LoggedRequest] = field(default_factory=list)
    _connections: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def connected(self) -> int:
        """Count a new connection; its number."""
        with self._lock:
            self._connections += 1
            return self._connections

    def add(self, entry: LoggedRequest) -> None:
        """Append one request."""
        with self._lock:
            self._entries.append(entry)

    def clear(self) -> None:
        """Forget the requests and the connections so far."""
        with self._lock:
            self._entries.clear()
            self._connections = 0

    @property
    def entries(self) -> list[LoggedRequest]:
        """The requests in the order in which they were answered."""
        with self._lock:
            return list(self._entries)

    @property
    def writes(self) -> list[LoggedRequest]:
        """The requests that may change something: everything but GET and HEAD."""
        return [entry for entry in self.entries if entry.method not in ("GET", "HEAD")]

    def of(self, method: str, path: str) -> list[LoggedRequest]:
        """The requests whose method and path match these patterns (`*` and `?` as in file names)."""
        return [e for e in self.entries if fnmatchcase(e.method, method) and fnmatchcase(e.path, path)]

    @property
    def connections(self) -> int:
        """How many connections were opened."""
        with self._lock:
            return self._connections

    @property
    def bytes_sent(self) -> int:
        """Bytes sent in all."""
        return sum(entry.bytes_sent for entry in self.entries)
