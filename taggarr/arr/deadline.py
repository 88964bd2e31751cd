"""One deadline over a whole call, retries included: every socket operation gets what is left of it.

The time-outs of HTTP clients bound single operations, so a peer that drips a byte now and then is never
late. httpcore2 lets its network be supplied, which is where the deadline belongs.
"""

import contextlib
import ssl
import threading
import time
from collections.abc import Iterable, Iterator

import httpcore2


class Expired(httpcore2.TimeoutException):
    """The call's whole time is used up."""


class NotHttp(httpcore2.ProtocolError):
    """The first bytes of the answer are not HTTP; `tls` where they are an alert of a TLS server."""

    def __init__(self, *, tls: bool) -> None:
        super().__init__("not HTTP")
        self.tls = tls


class NotConnected(httpcore2.ConnectError):
    """Connecting or the TLS handshake failed; `reason` is the system's own error (the pool drops causes)."""

    def __init__(self, reason: OSError) -> None:
        super().__init__(str(reason))
        self.reason = reason


@contextlib.contextmanager
def _keep_reason() -> Iterator[None]:
    try:
        yield
    except httpcore2.ConnectError as error:
        reason = error.__cause__
        raise NotConnected(reason if isinstance(reason, OSError) else OSError()) from error


class DeadlineBackend(httpcore2.NetworkBackend):
    """Sockets that know when the calling thread's call has to be over."""

    def __init__(self) -> None:
        self._sockets = httpcore2.SyncBackend()
        self._thread = threading.local()

    def start(self, total_s: float) -> None:
        """Begin a call of this thread that may take `total_s` seconds."""
        self._thread.until = time.monotonic() + total_s

    def left_s(self) -> float:
        """The seconds that are left for this thread's call, negative where it is over."""
        until: float = self._thread.until
        return until - time.monotonic()

    def within(self, timeout: float | None) -> float:
        """The smaller of `timeout` and what is left."""
        left_s = self.left_s()
        if left_s <= 0:
            raise Expired
        return left_s if timeout is None else min(timeout, left_s)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        with _keep_reason():
            stream = self._sockets.connect_tcp(
                host, port, self.within(timeout), local_address, socket_options
            )
        return _DeadlineStream(stream, self)


class _DeadlineStream(httpcore2.NetworkStream):
    def __init__(self, stream: httpcore2.NetworkStream, backend: DeadlineBackend) -> None:
        self._stream = stream
        self._backend = backend
        self._answered = False

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._stream.read(max_bytes, self._backend.within(timeout))
        if not self._answered and data:
            if data[:5] != b"HTTP/"[: len(data)]:
                raise NotHttp(tls=data[:2] == b"\x15\x03")
            self._answered = True
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._backend.within(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        with _keep_reason():
            stream = self._stream.start_tls(ssl_context, server_hostname, self._backend.within(timeout))
        return _DeadlineStream(stream, self._backend)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
