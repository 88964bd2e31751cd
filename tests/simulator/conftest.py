"""A plain HTTP client, simulated arrs, and a receiver of their webhooks."""

import http.client
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import pytest

from taggarr.simulator import RadarrSimulator, RequestLog, SonarrSimulator
from taggarr.simulator.http_messages import Reply, Request
from taggarr.simulator.http_server import HttpServer

KEY = {"X-Api-Key": "0123456789abcdef0123456789abcdef"}


@dataclass(frozen=True)
class Answer:
    """Status, headers and body of one answer."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        """The body, decoded; its type must say JSON."""
        assert "json" in self.headers["Content-Type"]
        return json.loads(self.body)


def ask(
    url: str, path: str, method: str = "GET", body: Any = None, headers: dict[str, str] | None = None
) -> Answer:
    """One request on a connection of its own; a body that is not bytes goes out as JSON."""
    scheme, _, rest = url.partition("://")
    assert scheme == "http"
    host, _, base = rest.partition("/")
    connection = http.client.HTTPConnection(host, timeout=5)
    data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
    sent = ({"Content-Type": "application/json"} if body is not None else {}) | (
        KEY if headers is None else headers
    )
    try:
        connection.request(method, f"/{base}{path}" if base else path, data, sent)
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


@pytest.fixture(name="ask")
def _ask() -> Callable[..., Answer]:
    return ask


@pytest.fixture
def sonarr() -> Iterator[SonarrSimulator]:
    with SonarrSimulator(roots=["/tv"]) as simulator:
        yield simulator


@pytest.fixture
def radarr() -> Iterator[RadarrSimulator]:
    with RadarrSimulator(roots=["/movies"]) as simulator:
        yield simulator


class Receiver:
    """A real HTTP server that takes webhooks. `status` is its answer; `react` is called with each request."""

    def __init__(self) -> None:
        self.status = 200
        self.react: Callable[[Request], None] = lambda _: None
        self._server = HttpServer(self._take)
        self._server.start()

    @property
    def url(self) -> str:
        """Where to send them."""
        return f"http://127.0.0.1:{self._server.port}/hook?a=b"

    @property
    def log(self) -> RequestLog:
        """What came."""
        return self._server.log

    def down(self) -> AbstractContextManager[None]:
        """A stretch of time in which nobody listens."""
        return self._server.down()

    def stop(self) -> None:
        """No more."""
        self._server.stop()

    def _take(self, request: Request) -> Reply:
        self.react(request)
        return Reply(self.status)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.stop()


@pytest.fixture
def webhook(receiver: Receiver) -> Callable[..., dict[str, Any]]:
    """The body that registers the receiver for some events; settings by name, `tags` as ids."""

    def make(events: Iterable[str], tags: Sequence[int] = (), **settings: Any) -> dict[str, Any]:
        fields = {"url": receiver.url, "method": 1} | settings
        return {
            **dict.fromkeys(events, True),
            "name": "Taggarr",
            "implementation": "Webhook",
            "configContract": "WebhookSettings",
            "tags": list(tags),
            "fields": [{"name": name, "value": value} for name, value in fields.items()],
        }

    return make


@pytest.fixture
def register(webhook: Callable[..., dict[str, Any]]) -> Callable[..., Any]:
    """Register the receiver; the resource."""

    def post(simulator: SonarrSimulator | RadarrSimulator, events: Iterable[str], **more: Any) -> Any:
        answer = ask(simulator.url, "/api/v3/notification", "POST", webhook(events, **more))
        assert answer.status == 201, answer.body
        return answer.json

    return post
