"""A plain HTTP client and simulated arrs."""

import http.client
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from taggarr.simulator import RadarrSimulator, SonarrSimulator

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
