"""A scripted HTTP server on a real socket, the recorded answers of the arrs, and clients that do not wait."""

import contextlib
import gzip
import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from taggarr.arr import RadarrClient, SonarrClient
from taggarr.arr.http import Api

KEY = "c0ffee00c0ffee00c0ffee00c0ffee00"
Step = bytes | Callable[[socket.socket, threading.Event], None]


@dataclass(frozen=True)
class Request:
    """One request as it arrived; header names are lower-case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Fake:
    """Answers a path with the steps that `on` sets, the last again and again; everything else with 404.

    A step is the raw answer, or a function that does as it likes with the connection, which is closed after it.
    """

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.requests: list[Request] = []
        self.script: dict[tuple[str, str], list[Step]] = {}
        self._tls = tls
        self._over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    @property
    def port(self) -> int:
        return self._listener.getsockname()[1]

    @property
    def url(self) -> str:
        return f"http{'s' if self._tls else ''}://127.0.0.1:{self.port}"

    def on(self, method: str, path: str, *steps: Step, base: str = "") -> None:
        self.script[method, f"{base}/api/v3{path}"] = list(steps)

    def close(self) -> None:
        self._over.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self._open.append(connection)
                thread = threading.Thread(target=self._serve, args=(connection,))
                self._threads.append(thread)
            thread.start()

    def _serve(self, raw: socket.socket) -> None:
        with raw, contextlib.suppress(OSError):
            raw.settimeout(30)
            connection = self._tls.wrap_socket(raw, server_side=True) if self._tls else raw
            with connection, connection.makefile("rb") as reader:
                while request := self._read(reader):
                    step = self._next(request)
                    if callable(step):
                        step(connection, self._over)
                        return
                    connection.sendall(step)

    def _read(self, reader: Any) -> Request | None:
        words = reader.readline().decode("latin-1").split()
        if len(words) != 3:
            return None
        headers = {}
        while line := reader.readline().decode("latin-1").strip():
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        return Request(words[0], words[1], headers, reader.read(int(headers.get("content-length", 0))))

    def _next(self, request: Request) -> Step:
        with self._lock:
            self.requests.append(request)
            script = self.script
            found = script.get((request.method, request.target))
            steps = found or script.get((request.method, request.target.partition("?")[0]))
            if not steps:
                return self.reply(404, b"")
            return steps.pop(0) if len(steps) > 1 else steps[0]

    @staticmethod
    def request(method: str, target: str, body: bytes) -> Request:
        """A request that nobody sent."""
        return Request(method, target, {"content-type": "application/json"}, body)

    @staticmethod
    def reply(status: int, body: bytes, content_type: str = "application/json", **headers: str) -> bytes:
        """A raw answer; `retry_after="3"` becomes the header Retry-After."""
        lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}"]
        if content_type:
            lines.append(f"Content-Type: {content_type}")
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def json(self, value: object, status: int = 200, *, zipped: bool = False) -> bytes:
        """An answer as the arrs give it: JSON, gzipped where asked for."""
        body = json.dumps(value).encode()
        if zipped:
            return self.reply(status, gzip.compress(body), content_encoding="gzip")
        return self.reply(status, body, "application/json; charset=utf-8")


@pytest.fixture
def start() -> Iterator[Callable[..., Fake]]:
    """Start another fake, with TLS where a context is given."""
    with contextlib.ExitStack() as stack:

        def begin(tls: ssl.SSLContext | None = None) -> Fake:
            fake = Fake(tls)
            stack.callback(fake.close)
            return fake

        yield begin


@pytest.fixture
def fake(start: Callable[..., Fake]) -> Fake:
    return start()


@pytest.fixture
def naps() -> list[float]:
    """The waits between tries, which are noted instead of slept."""
    return []


@pytest.fixture
def connect(naps: list[float]) -> Iterator[Callable[..., Any]]:
    """Make a client of either product that is closed at the end and never sleeps."""
    with contextlib.ExitStack() as stack:

        def make(url: str, client: type = SonarrClient, **options: Any) -> Any:
            return stack.enter_context(client("tv", url, KEY, sleep=naps.append, **options))

        yield make


@pytest.fixture
def api(naps: list[float]) -> Iterator[Callable[..., Api]]:
    """Make a bare `Api`, whose limits can be set."""
    with contextlib.ExitStack() as stack:

        def make(url: str, **options: Any) -> Api:
            return stack.enter_context(
                contextlib.closing(Api("tv", "Sonarr", url, KEY, sleep=naps.append, **options))
            )

        yield make


@pytest.fixture
def sonarr(fake: Fake, connect: Callable[..., Any]) -> SonarrClient:
    return connect(fake.url)


@pytest.fixture
def radarr(fake: Fake, connect: Callable[..., Any]) -> RadarrClient:
    return connect(fake.url, RadarrClient)
