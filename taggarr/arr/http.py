"""Calls to one arr's API: one deadline, up to three tries, and every failure in the words of `ArrError`.

Proxies of the environment (`HTTP_PROXY`) are not used, redirects are not followed: arrs live on the local
network, and a key goes nowhere but to the address of the configuration.
"""

import email.utils
import logging
import os
import random
import threading
import time
import zlib
from collections.abc import Callable, Iterable
from datetime import UTC
from typing import TypeVar

import httpcore2
import msgspec

from taggarr import __version__
from taggarr.arr import faults, statuses
from taggarr.arr.address import read_address, tls_context
from taggarr.arr.deadline import DeadlineBackend
from taggarr.arr.faults import Answer, Failure, Limits
from taggarr.arr.rows import Decoder

T = TypeVar("T")

CONNECT_S = 5.0
READ_S = 30.0
TRIES = 3
MAX_BYTES = 256 << 20
"""The largest answer that is taken, decoded: the list of some 50,000 movies."""

_FIRST_WAIT_S = 0.25
_LONGEST_WAIT_S = 30.0
_GZIP = zlib.MAX_WBITS | 16
_HEADERS = (
    (b"Accept", b"application/json"),
    (b"Accept-Encoding", b"gzip"),
    (b"User-Agent", f"Taggarr/{__version__}".encode()),
)
_JSON_BODY = (b"Content-Type", b"application/json")
_log = logging.getLogger(__name__)


class Api:
    """The v3 API of one instance. Every request may be repeated: once or twice, the same state comes of it.

    `timeout_s` bounds a whole call, tries and waits included (how long a host's name is looked up is the
    system's business); a bulk edit gets twice that, also for a single read. `sleep` waits between tries.
    """

    def __init__(
        self,
        instance: str,
        app: str,
        url: str,
        api_key: str,
        *,
        timeout_s: float = 60,
        tls_verify: bool | str | os.PathLike[str] = True,
        sleep: Callable[[float], object] = time.sleep,
        connect_s: float = CONNECT_S,
        read_s: float = READ_S,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        self.address = read_address(instance, app, url, api_key)
        self._headers = (*_HEADERS, *self.address.headers)
        self._limits = Limits(connect_s, read_s, timeout_s)
        self._bulk_limits = Limits(connect_s, 2 * timeout_s, 2 * timeout_s)
        self._sleep = sleep
        self._max_bytes = max_bytes
        self._counting = threading.Lock()
        self._requests = 0
        self.ahead_s: float | None = None
        """By how much the server's clock is ahead of ours, by the `Date` of its last answer; to the second."""
        self._deadline = DeadlineBackend()
        # No limit on connections: each calling thread holds one at a time.
        self._pool = httpcore2.ConnectionPool(
            ssl_context=tls_context(instance, tls_verify) if self.address.scheme == "https" else None,
            max_connections=None,
            keepalive_expiry=30,
            network_backend=self._deadline,
        )

    def close(self) -> None:
        self._pool.close()

    @property
    def requests(self) -> int:
        """How many requests were sent, every try counted."""
        return self._requests

    def get(self, path: str, decoder: Decoder[T]) -> T:
        """GET an API path such as `/episodefile?seriesId=3`. Raises `ArrError`."""
        return self._call("GET", path, None, decoder, self._limits)

    def post(self, path: str, body: object, decoder: Decoder[T]) -> T:
        """POST `body` as JSON. Raises `ArrError`."""
        return self._call("POST", path, msgspec.json.encode(body), decoder, self._limits)

    def put_bulk(self, path: str, body: object, decoder: Decoder[T]) -> T:
        """PUT `body` to a bulk editor, which may work for minutes. Raises `ArrError`."""
        return self._call("PUT", path, msgspec.json.encode(body), decoder, self._bulk_limits)

    def _call(self, method: str, path: str, body: bytes | None, decoder: Decoder[T], limits: Limits) -> T:
        self._deadline.start(limits.total_s)
        attempt = 0
        lost = False
        while True:
            attempt += 1
            outcome = self._once(method, path, body, decoder, limits)
            if not isinstance(outcome, Failure):
                return outcome
            wait_s = outcome.retry_after_s
            if wait_s is None:
                wait_s = _FIRST_WAIT_S * 2 ** (attempt - 1) * random.uniform(0.5, 1.5)  # noqa: S311 -- spreads calls, guards nothing
            too_long = wait_s > min(_LONGEST_WAIT_S, self._deadline.left_s())
            if not outcome.transient or too_long or attempt == TRIES:
                raise faults.in_doubt(outcome.error) if lost and method == "PUT" else outcome.error
            lost = True
            _log.info("%s (trying again in %.1f s)", outcome.error.problem, wait_s)
            self._sleep(wait_s)

    def _once(
        self, method: str, path: str, body: bytes | None, decoder: Decoder[T], limits: Limits
    ) -> T | Failure:
        address = self.address
        request = f"{method} {path.partition('?')[0]}"
        try:
            answer = self._exchange(method, path, body, limits)
        except (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            return faults.of_network(address, error, limits, expired=self._deadline.left_s() <= 0)
        content = self._content(request, answer)
        if isinstance(content, Failure):
            return content
        if not 200 <= answer.status < 300:
            return statuses.of_status(address, request, answer, content)
        if b"json" not in answer.header(b"content-type"):
            return faults.of_page(address, request, answer)
        try:
            return decoder.decode(content)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            return faults.of_json(address, request, error)

    def _exchange(self, method: str, path: str, body: bytes | None, limits: Limits) -> Answer:
        with self._counting:
            self._requests += 1
        timeouts = {"connect": limits.connect_s, "read": limits.read_s, "write": limits.read_s, "pool": None}
        with self._pool.stream(
            method,
            self.address.target(path),
            headers=self._headers if body is None else (*self._headers, _JSON_BODY),
            content=body,
            extensions={"timeout": timeouts},
        ) as response:
            self.ahead_s = _ahead_s(response.headers)
            chunks: list[bytes] = []
            size = 0
            for chunk in response.iter_stream():
                chunks.append(chunk)
                size += len(chunk)
                if size > self._max_bytes:  # leaving the block closes the connection
                    break
            return Answer(
                response.status, {name.lower(): value for name, value in response.headers}, b"".join(chunks)
            )

    def _content(self, request: str, answer: Answer) -> bytes | Failure:
        content = answer.body
        if answer.header(b"content-encoding") == b"gzip":
            inflating = zlib.decompressobj(_GZIP)
            try:
                content = inflating.decompress(content, self._max_bytes + 1)
            except zlib.error:
                return faults.of_cut(self.address, request)
            if not inflating.eof and len(content) <= self._max_bytes:
                return faults.of_cut(self.address, request)
        if len(content) > self._max_bytes:
            return faults.of_size(self.address, request, self._max_bytes)
        return content


def _ahead_s(headers: Iterable[tuple[bytes, bytes]]) -> float | None:
    dates = [value for name, value in headers if name.lower() == b"date"]
    if not dates:
        return None
    try:
        moment = email.utils.parsedate_to_datetime(dates[0].decode("latin-1"))
    except ValueError:
        return None
    if moment.tzinfo is None:  # `-0000`
        moment = moment.replace(tzinfo=UTC)
    return moment.timestamp() - time.time()
