"""A small threaded HTTP/1.1 server on 127.0.0.1: keep-alive, gzip, TLS, and connections that break on order."""

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator

from taggarr.simulator.http_log import LoggedRequest, RequestLog
from taggarr.simulator.http_messages import Ending, Reply, Request, encode, read_request

_DRIP_INTERVAL_S = 0.02
_UNREADABLE = Reply(400)


class HttpServer:
    """Answers each request with what `answer` returns. `url_base` is taken off the logged paths."""

    def __init__(
        self,
        answer: Callable[[Request], Reply],
        *,
        url_base: str = "",
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self.log = RequestLog()
        self.port = 0
        self.clock_skew_s = 0.0
        self._answer = answer
        self._url_base = url_base
        self._ssl_context = ssl_context
        self._stopping = threading.Event()
        self._threads: set[threading.Thread] = set()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._hurry = threading.Event()
        self._ended = False
        self._switching = threading.Lock()
        self._listening = False
        self._away = False

    def start(self) -> None:
        """Listen, the second time on the port of the first."""
        self._ended = False
        self._hurry = threading.Event()
        self._listen()

    def stop(self) -> None:
        """Close the port and every connection: from now on, connecting is refused."""
        self._ended = True
        self._hurry.set()
        with self._switching:
            self._stop_listening()
            self._close_connections()

    def _listen(self) -> None:
        self._stopping.clear()
        listener = socket.create_server(("127.0.0.1", self.port), backlog=128)
        self.port = listener.getsockname()[1]
        self._listening = True
        self._acceptor = self._spawn(self._accept, listener)

    def _stop_listening(self) -> None:
        if not self._listening:
            return
        self._listening = False
        self._stopping.set()
        # closing a socket does not wake the thread that accepts on it everywhere; a connection does
        with contextlib.suppress(ConnectionError):
            socket.create_connection(("127.0.0.1", self.port)).close()
        self._acceptor.join()

    def _close_connections(self) -> None:
        with self._lock:
            connections, threads = list(self._open), list(self._threads)
        for connection in connections:
            with contextlib.suppress(OSError):  # the peer was faster
                connection.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join()

    @contextlib.contextmanager
    def down(self) -> Iterator[None]:
        """A stretch of time in which connections are refused."""
        self.stop()
        try:
            yield
        finally:
            self.start()

    def come_back(self) -> None:
        """End an outage that a fault began."""
        self._hurry.set()
        with self._switching:
            self._hurry = threading.Event()

    def _go_away(self, seconds: float) -> None:
        """Be down for so long; returns once nobody can connect. One that is going already goes no second time."""
        with self._lock:
            first, self._away, hurry = not self._away, True, self._hurry
        if first:
            gone = threading.Event()
            threading.Thread(
                target=self._be_down, args=(seconds, hurry, gone), name="simulator", daemon=True
            ).start()
            # Whoever stops the server at this moment waits for this very thread, and lets no outage begin.
            while not gone.wait(0.02) and not hurry.is_set():
                pass

    def _be_down(self, seconds: float, hurry: threading.Event, gone: threading.Event) -> None:
        with self._switching:
            if not hurry.is_set():
                self._stop_listening()
                gone.set()
                self._close_connections()
                hurry.wait(seconds)
                if not self._ended:
                    self._listen()
            self._away = False

    def _spawn(self, target: Callable[[socket.socket], None], subject: socket.socket) -> threading.Thread:
        thread = threading.Thread(target=target, args=(subject,), name="simulator", daemon=True)
        with self._lock:
            self._threads = {each for each in self._threads if each.is_alive()} | {thread}
            thread.start()
        return thread

    def _accept(self, listener: socket.socket) -> None:
        with listener:
            while True:
                connection, _ = listener.accept()
                if self._stopping.is_set():
                    connection.close()
                    return
                self._spawn(self._converse, connection)

    def _secured(self, accepted: socket.socket) -> socket.socket:
        """Under TLS if asked for; the first read shakes hands."""
        if self._ssl_context is None:
            return accepted
        return self._ssl_context.wrap_socket(accepted, server_side=True, do_handshake_on_connect=False)

    def _converse(self, accepted: socket.socket) -> None:
        number = self.log.connected()
        with contextlib.suppress(OSError), accepted, self._secured(accepted) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._open.add(connection)
            try:
                self._answer_all(connection, number)
            finally:
                with self._lock:
                    self._open.discard(connection)

    def _answer_all(self, connection: socket.socket, number: int) -> None:
        with connection.makefile("rb") as stream:
            try:
                # a connection that stop() did not see yet sees that it stops
                while not self._stopping.is_set() and (request := read_request(stream)):
                    if not self._respond(connection, request, number):
                        return
            except ValueError:
                connection.sendall(encode(_UNREADABLE, Request("GET", "/"))[0])

    def _respond(self, connection: socket.socket, request: Request, number: int) -> bool:
        """Answer one request; True while the connection stays open."""
        reply = self._answer(request)
        head, body = encode(reply, request, self.clock_skew_s)
        if reply.ending is Ending.HALF:
            body = body[: len(body) // 2]
        silent = reply.ending in (Ending.CLOSED, Ending.RESET, Ending.DOWN)
        path = request.path.removeprefix(self._url_base) or "/"
        entry = LoggedRequest(
            number,
            request.method,
            path,
            request.query_string,
            request.headers,
            request.body,
            None if silent else reply.status,
            0 if silent else len(head) + (0 if reply.ending is Ending.DRIP else len(body)),
            reply.fault,
        )
        self.log.add(entry)
        if reply.ending is Ending.RESET:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif reply.ending is Ending.DOWN:
            self._go_away(reply.seconds)
        elif reply.ending is Ending.DRIP:
            connection.sendall(head)
            self._drip(connection, body, reply.seconds, entry)
        elif reply.ending is not Ending.CLOSED:
            if reply.seconds:
                self._stopping.wait(reply.seconds)
            connection.sendall(head + body)
        return reply.ending is Ending.WHOLE and not request.final

    def _drip(self, connection: socket.socket, body: bytes, seconds: float, entry: LoggedRequest) -> None:
        """Byte by byte for so many seconds, whatever the length, and never to the end."""
        pause = max(_DRIP_INTERVAL_S, seconds / max(len(body), 1))
        for index in range(min(len(body) - 1, int(seconds / pause))):
            connection.sendall(body[index : index + 1])
            entry.bytes_sent += 1
            self._stopping.wait(pause)
