"""HTTP/1.1 messages as the simulated servers read and write them."""

import gzip
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from enum import Enum, auto
from functools import cached_property
from http import HTTPStatus
from io import BufferedIOBase
from urllib.parse import parse_qs, unquote

_MAX_LINE = 65_536


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `path` is decoded and without the query; header names are lower-case.

    `interrupted`: a write must stop half-way, as a locked database makes it; `undone`: a bulk edit must have no effect,
    as where a rule takes the tags away at once. `number` is the id that the
    path ends with, once a route was found.
    """

    method: str
    path: str
    query_string: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    interrupted: bool = False
    undone: bool = False
    number: int = 0

    @property
    def final(self) -> bool:
        """Whether the client wants the connection closed after this one."""
        return self.headers.get("connection", "").lower() == "close"

    @property
    def query(self) -> dict[str, list[str]]:
        """The query's values by lower-case name: ASP.NET compares the names without case."""
        found: dict[str, list[str]] = {}
        for name, values in parse_qs(self.query_string, keep_blank_values=True).items():
            found.setdefault(name.lower(), []).extend(values)
        return found

    def flag(self, name: str) -> bool:
        """Whether a parameter of the query says true."""
        return self.query.get(name.lower(), [""])[0].lower() == "true"


class Body:
    """A body that is compressed once, however often it is sent."""

    def __init__(self, plain: bytes) -> None:
        self.plain = plain

    @cached_property
    def gzipped(self) -> bytes:
        """Level 1, as ASP.NET's response compression has it unless told otherwise."""
        return gzip.compress(self.plain, compresslevel=1, mtime=0)


class Ending(Enum):
    """How a reply leaves: whole, or cut in one of the ways that networks know."""

    WHOLE = auto()
    CLOSED = auto()
    """Nothing is sent; the connection is closed."""
    RESET = auto()
    """Nothing is sent; the connection is reset."""
    DOWN = auto()
    """Nothing is sent; every connection is closed, and others are refused for `Reply.seconds`."""
    HALF = auto()
    """The head and half of the body, then the connection is closed."""
    DRIP = auto()
    """The head, then single bytes for `Reply.seconds` at most, then the connection is closed."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. `seconds` is the wait before a whole answer, how long one drips at most, or nobody is there."""

    status: int
    body: Body | None = None
    content_type: str = "application/json; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    ending: Ending = Ending.WHOLE
    seconds: float = 0.0
    fault: str | None = None


def read_request(stream: BufferedIOBase) -> Request | None:
    """The next request of a connection, None where it ended. Raises ValueError for what is not HTTP."""
    line = stream.readline(_MAX_LINE)
    if not line:
        return None
    method, target, _ = line.decode("latin-1").split()
    headers: dict[str, str] = {}
    while (line := stream.readline(_MAX_LINE)) not in (b"\r\n", b"\n", b""):
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.lower()] = value.strip()
    length = int(headers.get("content-length", 0))
    path, _, query = target.partition("?")
    body = stream.read(length) if length else b""
    return Request(method, unquote(path), query, headers, body)


def encode(reply: Reply, request: Request, clock_skew_s: float = 0) -> tuple[bytes, bytes]:
    """Head and framed body. JSON goes out chunked, as Kestrel sends what it writes on the fly.

    `clock_skew_s`: by how much the server's clock goes before ours.
    """
    lines = [f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}"]
    lines += ["Server: Kestrel", f"Date: {formatdate(time.time() + clock_skew_s, usegmt=True)}"]
    lines += [f"{name}: {value}" for name, value in reply.headers]
    lines += ["Connection: close"] if request.final else []
    framed = b""
    if reply.body is None:
        lines.append("Content-Length: 0")
    else:
        lines += [
            f"Content-Type: {reply.content_type}",
            "Vary: Accept-Encoding",
            "Transfer-Encoding: chunked",
        ]
        payload = reply.body.plain
        if "gzip" in request.headers.get("accept-encoding", ""):
            lines.append("Content-Encoding: gzip")
            payload = reply.body.gzipped
        if request.method != "HEAD":
            framed = b"%x\r\n%b\r\n0\r\n\r\n" % (len(payload), payload)
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"), framed
