"""What went wrong in a call, as a sentence that says what to do: the seam where foreign errors end.

A sentence names the address without its user name and password, and quotes what a server said only with
the secrets taken out. `statuses` does the same for answers that are no success.
"""

import socket
import ssl
from dataclasses import dataclass

import httpcore2
import msgspec

from taggarr.arr.address import Address
from taggarr.arr.deadline import NotConnected, NotHttp
from taggarr.core.errors import ArrError, ArrProtocol, ArrRejected, ArrUnauthorized, ArrUnreachable


@dataclass(frozen=True, slots=True)
class Limits:
    """How long connecting, one read and the whole call may take, in seconds."""

    connect_s: float
    read_s: float
    total_s: float


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer as it came; the names of its headers are lower-case."""

    status: int
    headers: dict[bytes, bytes]
    body: bytes

    def header(self, name: bytes) -> bytes:
        return self.headers.get(name, b"")


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed try: what to raise, whether the same call may succeed soon, and when the server says so."""

    error: ArrError
    transient: bool = False
    retry_after_s: float | None = None


def later(address: Address, problem: str, retry_after_s: float | None = None) -> Failure:
    """Nobody is to blame: the same call may succeed soon."""
    return Failure(ArrUnreachable(address.instance, problem), transient=True, retry_after_s=retry_after_s)


def wrong(address: Address, problem: str) -> Failure:
    """The address is not the API that the configuration says."""
    return Failure(ArrProtocol(address.instance, problem))


def in_doubt(error: ArrError) -> ArrError:
    """What to raise for a change that was refused after a try without an answer: that one may have come through.

    A refusal because of single rows stands: with such a row, no try comes through. A 500 says nothing anyway.
    """
    refused = isinstance(error, ArrRejected) and error.status < 500 and not error.rows
    if refused or isinstance(error, ArrUnauthorized):
        return ArrUnreachable(error.instance, f"{error.problem}; an earlier try got no answer")
    return error


def of_network(address: Address, error: Exception, limits: Limits, *, expired: bool) -> Failure:
    """No whole HTTP answer came; `expired` where the call's time is used up."""
    url = address.url
    if expired:
        return later(
            address,
            f"{url} gave no complete answer within {limits.total_s:g} s: raise timeout_s if it is only slow",
        )
    if isinstance(error, NotHttp):
        if error.tls:
            return expects_tls(address)
        return wrong(address, f"{url} does not speak HTTP: check host and port")
    if isinstance(error, NotConnected):
        return _of_connecting(address, error.reason)
    if isinstance(error, httpcore2.ConnectTimeout):
        problem = f"{url} did not answer within {limits.connect_s:g} s: check host, port and firewall"
    elif isinstance(error, httpcore2.TimeoutException):
        problem = f"{url} sent nothing for {limits.read_s:g} s: {address.app} is busy or stuck"
    else:
        hint = "; where the port expects TLS, write https:// in url" if address.scheme == "http" else ""
        problem = f"{url} broke off the connection: {address.app} may be restarting{hint}"
    return later(address, problem)


def expects_tls(address: Address) -> Failure:
    """Plain HTTP was sent to a port with TLS."""
    return wrong(address, f"{address.url} expects TLS: write https:// in url")


def _of_connecting(address: Address, reason: OSError) -> Failure:
    url = address.url
    match reason:
        case socket.gaierror():
            return later(address, f"no host named {address.host} is known: check url, or the name service")
        case ssl.SSLCertVerificationError():
            why = address.quoted(reason.verify_message)
            return wrong(
                address,
                f"the certificate of {url} is not trusted ({why}): set tls_verify to the file of its authority, or to false",
            )
        case ssl.SSLEOFError():
            return later(
                address, f"{url} broke off the TLS handshake: if it has no TLS, write http:// in url"
            )
        case ssl.SSLError():
            why = address.quoted(reason.reason or "no reason given")
            return wrong(address, f"{url} answers without TLS ({why}): if it has none, write http:// in url")
        case ConnectionRefusedError():
            return later(
                address, f"nothing listens at {url}: is {address.app} running, and is the port right?"
            )
    return later(
        address, f"{url} cannot be reached ({reason.strerror or 'no reason given'}): check host and network"
    )


def of_cut(address: Address, request: str) -> Failure:
    """An answer of which the end is missing."""
    return later(
        address, f"the answer to {request} was cut off or damaged on its way: {address.app} may be restarting"
    )


def of_size(address: Address, request: str, max_bytes: int) -> Failure:
    """An answer larger than any list."""
    return wrong(
        address,
        f"the answer to {request} is larger than {max_bytes >> 20} MiB: {address.url} is not {address.app}, or is broken",
    )


def of_page(address: Address, request: str, answer: Answer) -> Failure:
    """A success that is not JSON: the arrs' own page for paths that they do not know, or another server's."""
    sort = answer.header(b"content-type").decode("latin-1")
    what = "a web page" if "html" in sort else address.quoted(sort) or "something unnamed"
    return wrong(
        address,
        f"{address.url} answers {request} with {what} instead of JSON: check port and URL base in url",
    )


def of_json(address: Address, request: str, error: Exception) -> Failure:
    """A success whose JSON is not what the products send."""
    if isinstance(error, msgspec.ValidationError):
        why = address.quoted(str(error))
        return wrong(
            address,
            f"the answer to {request} is not the one that {address.app} gives ({why}): check url and the version",
        )
    if "truncated" in str(error):
        return of_cut(address, request)
    return wrong(
        address, f"the answer to {request} is not valid JSON: check what stands in front of {address.app}"
    )
