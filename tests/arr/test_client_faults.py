"""Every way in which an instance can fail to answer has its own sentence, its type, and its number of tries."""

import contextlib
import gzip
import json
import re
import socket
import ssl
import threading
import traceback
import tracemalloc

import pytest
import trustme

from taggarr.arr import SonarrClient
from taggarr.arr.wire import TAGS
from taggarr.core.errors import (
    ArrError,
    ArrProtocol,
    ArrRejected,
    ArrUnauthorized,
    ArrUnreachable,
    ConfigError,
)

KEY = "c0ffee00c0ffee00c0ffee00c0ffee00"
STATUS = "/system/status"
LOGIN = "http://user:pa55word@"


def _said(**fields):
    return json.dumps(fields).encode()


def _answer(status, body=b"", content_type="application/json", **headers):
    return (status, body, content_type, headers)


STARTING = _said(errorMessage="Sonarr is starting up, please try again later")
VALIDATION = json.dumps(
    [{"propertyName": "Label", "errorMessage": "Allowed characters a-z, 0-9 and -", "severity": "error"}]
).encode()
HTTPS_PORT = b"<html>The plain HTTP request was sent to HTTPS port</html>"

ANSWERS = {
    "wrong key": (
        _answer(401),
        ArrUnauthorized,
        "{url} refuses the API key (401): copy it from Sonarr > Settings > General > Security",
    ),
    "login of a proxy": (
        _answer(401, WWW_Authenticate="Basic"),
        ArrUnauthorized,
        "a proxy in front of {url} wants a login (401): name in url an address of Sonarr that has none in front",
    ),
    "forbidden": (
        _answer(403),
        ArrUnauthorized,
        "{url} forbids GET /system/status (403): check the API key and what stands in front of Sonarr",
    ),
    "URL base left out": (
        _answer(307, location="/sonarr/api/v3/system/status"),
        ArrProtocol,
        "{url} is not the whole address: write {url}/sonarr in url",
    ),
    "moved to https": (
        _answer(301, location="https://user:pw@media.example:8443/api/v3/system/status?apikey=" + KEY),
        ArrProtocol,
        "{url} is not the whole address: write https://media.example:8443 in url",
    ),
    "sent to a login page": (
        _answer(302, location="/login?returnUrl=/api/v3/system/status"),
        ArrProtocol,
        "{url} sends GET /system/status to a login page: the URL base in url is wrong, or a proxy in front wants a login",
    ),
    "sent elsewhere": (
        _answer(308, location="http://other.example/home"),
        ArrProtocol,
        "{url} redirects GET /system/status to http://other.example/home (308): write the address of Sonarr itself in url",
    ),
    "sent nowhere": (
        _answer(302, location="http://[broken"),
        ArrProtocol,
        "{url} redirects GET /system/status to nowhere (302): write the address of Sonarr itself in url",
    ),
    "a web page": (
        _answer(200, b"<!doctype html><title>Sonarr</title>", "text/html; charset=utf-8"),
        ArrProtocol,
        "{url} answers GET /system/status with a web page instead of JSON: check port and URL base in url",
    ),
    "plain text": (
        _answer(200, b"OK", "text/plain"),
        ArrProtocol,
        "{url} answers GET /system/status with text/plain instead of JSON: check port and URL base in url",
    ),
    "no content type": (
        _answer(200, b"{}", ""),
        ArrProtocol,
        "{url} answers GET /system/status with something unnamed instead of JSON: check port and URL base in url",
    ),
    "starting": (
        _answer(503, STARTING),
        ArrUnreachable,
        "Sonarr is not ready (503): Sonarr is starting up, please try again later",
    ),
    "nothing behind the proxy": (
        _answer(502, b"<html>Bad Gateway</html>", "text/html"),
        ArrUnreachable,
        "{url} does not reach Sonarr (502): is it running behind its proxy?",
    ),
    "unavailable without a word": (
        _answer(503),
        ArrUnreachable,
        "{url} does not reach Sonarr (503): is it running behind its proxy?",
    ),
    "gateway time-out": (
        _answer(504),
        ArrUnreachable,
        "{url} does not reach Sonarr (504): is it running behind its proxy?",
    ),
    "request time-out": (
        _answer(408),
        ArrUnreachable,
        "{url} does not reach Sonarr (408): is it running behind its proxy?",
    ),
    "too many requests": (
        _answer(429),
        ArrUnreachable,
        "{url} gets too many requests (429): try again later",
    ),
    "truncated JSON": (
        _answer(200, b'{"appName": "Son'),
        ArrUnreachable,
        "the answer to GET /system/status was cut off or damaged on its way: Sonarr may be restarting",
    ),
    "invalid JSON": (
        _answer(200, b'{"appName": nope}'),
        ArrProtocol,
        "the answer to GET /system/status is not valid JSON: check what stands in front of Sonarr",
    ),
    "not UTF-8": (
        _answer(200, b'{"appName": "\xff\xfe", "version": "4"}'),
        ArrProtocol,
        "the answer to GET /system/status is not valid JSON: check what stands in front of Sonarr",
    ),
    "other JSON": (
        _answer(200, b'{"status": "OK"}'),
        ArrProtocol,
        "the answer to GET /system/status is not the one that Sonarr gives "
        "(Object missing required field `appName`): check url and the version",
    ),
    "gzip cut off": (
        _answer(200, gzip.compress(b'{"appName": "Sonarr"}')[:-9], content_encoding="gzip"),
        ArrUnreachable,
        "the answer to GET /system/status was cut off or damaged on its way: Sonarr may be restarting",
    ),
    "gzip damaged": (
        _answer(200, b"no gzip at all", content_encoding="gzip"),
        ArrUnreachable,
        "the answer to GET /system/status was cut off or damaged on its way: Sonarr may be restarting",
    ),
    "not there": (
        _answer(404, b"<html>nginx</html>", "text/html"),
        ArrProtocol,
        "{url} knows no GET /system/status (404): check port and URL base in url, and that Sonarr is not too old",
    ),
    "gone": (
        _answer(404, _said(message="Series with ID 999 does not exist", description="at …")),
        ArrRejected,
        "GET /system/status names something that is gone (404): Series with ID 999 does not exist; the next scan lists anew",
    ),
    "not valid": (
        _answer(400, VALIDATION),
        ArrRejected,
        "Sonarr refuses GET /system/status (400): Label: Allowed characters a-z, 0-9 and -",
    ),
    "not understood": (
        _answer(
            400,
            _said(
                type="https://tools.ietf.org/html/rfc7231", title="One or more validation errors occurred."
            ),
        ),
        ArrRejected,
        "Sonarr refuses GET /system/status (400): One or more validation errors occurred.",
    ),
    "bad request": (
        _answer(
            400, _said(message="BadRequest: seriesId must be provided", content="seriesId must be provided")
        ),
        ArrRejected,
        "Sonarr refuses GET /system/status (400): BadRequest: seriesId must be provided",
    ),
    "bad request without a word": (_answer(400), ArrRejected, "Sonarr refuses GET /system/status (400)"),
    "plain http to the https port of nginx": (
        _answer(400, HTTPS_PORT, "text/html"),
        ArrProtocol,
        "{url} expects TLS: write https:// in url",
    ),
    "conflict": (
        _answer(409, _said(message="constraint failed\nUNIQUE constraint failed: Tags.Label")),
        ArrRejected,
        "GET /system/status conflicts with what Sonarr holds (409): "
        "constraint failed UNIQUE constraint failed: Tags.Label; the next scan tries again",
    ),
    "wrong content type": (
        _answer(415),
        ArrProtocol,
        "GET /system/status arrived without its content type (415): check what stands in front of Sonarr",
    ),
    "a row is gone": (
        _answer(500, _said(message="Expected query to return 3 rows but returned 2")),
        ArrRejected,
        "GET /system/status names items that are gone (500): "
        "Expected query to return 3 rows but returned 2; the next scan lists anew",
    ),
    "database locked": (
        _answer(500, _said(message="database is locked\r\ndatabase is locked")),
        ArrUnreachable,
        "the database of Sonarr is locked, so GET /system/status failed (500): try again when it is less busy",
    ),
    "failed": (
        _answer(500, _said(message="Object reference not set", description="at NzbDrone…")),
        ArrRejected,
        "Sonarr failed on GET /system/status (500): Object reference not set; its log (System > Logs) tells more",
    ),
    "failed without a word": (
        _answer(500),
        ArrUnreachable,
        "Sonarr failed on GET /system/status (500); its log (System > Logs) tells more",
    ),
    "too old": (
        _answer(200, _said(appName="Sonarr", version="3.0.10.1567")),
        ArrProtocol,
        "Sonarr 3.0.10.1567 is too old: version 4 or later is needed",
    ),
    "Radarr's address": (
        _answer(200, _said(appName="Radarr", version="6.1.0.10217")),
        ArrProtocol,
        "{url} is Radarr, not Sonarr: check url and type",
    ),
    "nobody's address": (
        _answer(200, _said(appName="", version="1")),
        ArrProtocol,
        "{url} is another product, not Sonarr: check url and type",
    ),
    "a server that repeats what it was sent": (
        _answer(400, _said(message=f"key {KEY}\x1b[31m and pa55word are {'long' * 100}")),
        ArrRejected,
        "Sonarr refuses GET /system/status (400): key *** [31m and *** are " + "long" * 68 + "lon…",
    ),
}
TRIED_AGAIN = {
    *(
        "starting",
        "nothing behind the proxy",
        "unavailable without a word",
        "gateway time-out",
        "request time-out",
    ),
    *("too many requests", "truncated JSON", "gzip cut off", "gzip damaged"),
    *("database locked", "failed", "failed without a word"),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_an_answer_that_is_no_answer_is_named(fake, connect, case):
    """Status, type and sentence of each bad answer; transient ones are tried three times, others once; no secret is told."""
    (status, body, content_type, headers), kind, sentence = ANSWERS[case]
    fake.on("GET", STATUS, fake.reply(status, body, content_type, **headers))
    with pytest.raises(ArrError) as caught:
        connect(fake.url.replace("http://", LOGIN)).check()
    assert type(caught.value) is kind
    assert str(caught.value) == "tv: " + sentence.format(url=fake.url)
    assert len(fake.requests) == (3 if case in TRIED_AGAIN else 1)
    assert {request.headers["authorization"] for request in fake.requests} == {"Basic dXNlcjpwYTU1d29yZA=="}
    told = repr(caught.value) + "".join(traceback.format_exception(caught.value))
    assert KEY not in told
    assert "pa55word" not in told


def test_a_refusal_keeps_its_status(fake, sonarr):
    """The caller can tell a lost id from a value that is not valid."""
    fake.on("GET", STATUS, fake.reply(404, _said(message="gone")))
    with pytest.raises(ArrRejected) as caught:
        sonarr.check()
    assert caught.value.status == 404


@pytest.mark.parametrize(
    ("refusal", "error"),
    [
        (_answer(401), ArrUnreachable),
        (_answer(409, _said(message="busy")), ArrUnreachable),
        (_answer(400, VALIDATION), ArrRejected),
    ],
)
def test_a_refusal_says_nothing_of_a_try_before_it(fake, sonarr, refusal, error):
    """A bulk edit whose first answer was lost may be done; only where rows are to blame did no try come through."""
    fake.on("POST", "/tag", fake.json({"id": 1, "label": "dub"}))
    status, body, content_type, headers = refusal
    fake.on("PUT", "/series/editor", _reset, fake.reply(status, body, content_type, **headers))
    with pytest.raises(ArrError) as caught:
        sonarr.edit([1], "dub", add=True)
    assert type(caught.value) is error
    assert caught.value.problem.endswith("; an earlier try got no answer") is (error is ArrUnreachable)


def _cut(connection, _over):
    connection.sendall(
        b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"appName"'
    )


def _reset(connection, _over):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")


def _late(connection, over):
    over.wait(2)
    body = _said(appName="Sonarr", version="4.0.19.2979")
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    connection.sendall(head.encode() + body)


def _endless(connection, over):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while not over.is_set():
        connection.sendall(b" " * 65536)


def _drip_body(connection, over):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n")
    while not over.wait(0.02):
        connection.sendall(b" ")


def _drip_header(connection, over):
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not over.wait(0.02):
        connection.sendall(b".")


def _banner(connection, _over):
    connection.sendall(b"220 mail.example ESMTP\r\n")


def _tls_alert(connection, _over):
    connection.sendall(b"\x15\x03\x01\x00\x02\x02\x46")


BROKEN_OFF = "{url} broke off the connection: Sonarr may be restarting; where the port expects TLS, write https:// in url"
CONNECTIONS = {
    "cut": (_cut, ArrUnreachable, BROKEN_OFF, 3),
    "reset": (_reset, ArrUnreachable, BROKEN_OFF, 3),
    "closed": (lambda _connection, _over: None, ArrUnreachable, BROKEN_OFF, 3),
    "another protocol": (_banner, ArrProtocol, "{url} does not speak HTTP: check host and port", 1),
    "plain http to a port with TLS": (_tls_alert, ArrProtocol, "{url} expects TLS: write https:// in url", 1),
}


@pytest.mark.parametrize("case", CONNECTIONS)
def test_a_broken_connection_is_named(fake, sonarr, case):
    """What happens to the connection decides the sentence and whether it is worth another try."""
    step, kind, sentence, tries = CONNECTIONS[case]
    fake.on("GET", STATUS, step)
    with pytest.raises(ArrError) as caught:
        sonarr.check()
    assert type(caught.value) is kind
    assert str(caught.value) == "tv: " + sentence.format(url=fake.url)
    assert len(fake.requests) == tries


@pytest.mark.parametrize("step", [_late, _drip_body, _drip_header])
def test_the_whole_call_has_one_deadline(fake, connect, naps, step):
    """Silence, a dripping body and dripping headers all end when the call's time is over, without another try."""
    fake.on("GET", STATUS, step)
    with pytest.raises(ArrUnreachable) as caught:
        connect(fake.url, timeout_s=0.2).check()
    assert (
        str(caught.value)
        == f"tv: {fake.url} gave no complete answer within 0.2 s: raise timeout_s if it is only slow"
    )
    assert (len(fake.requests), naps) == (1, [])


def test_no_time_at_all_is_over_at_once(fake, connect):
    """A call whose time is used up does not even connect."""
    with pytest.raises(ArrUnreachable) as caught:
        connect(fake.url, timeout_s=0).check()
    assert (
        str(caught.value)
        == f"tv: {fake.url} gave no complete answer within 0 s: raise timeout_s if it is only slow"
    )
    assert fake.requests == []


def test_silence_ends_one_try_and_not_the_call(fake, api, naps):
    """A server that sends nothing is asked again, as long as the call's time lasts."""
    fake.on("GET", "/tag", lambda _connection, over: over.wait(30))
    with pytest.raises(ArrUnreachable) as caught:
        api(fake.url, read_s=0.05, timeout_s=20).get("/tag", TAGS)
    assert str(caught.value) == f"tv: {fake.url} sent nothing for 0.05 s: Sonarr is busy or stuck"
    assert len(fake.requests) == 3


def test_a_full_house_is_a_connect_time_out(api):
    """Where connecting itself gets no answer, the sentence speaks of host, port and firewall."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        port = full.getsockname()[1]
        waiting = []
        for _ in range(8):  # more than any backlog of 0 takes: connecting hangs from there on
            one = socket.socket()
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
            waiting.append(one)
        with pytest.raises(ArrUnreachable) as caught:
            api(f"http://127.0.0.1:{port}", connect_s=0.1).get("/tag", TAGS)
        for one in waiting:
            one.close()
    assert (
        str(caught.value)
        == f"tv: http://127.0.0.1:{port} did not answer within 0.1 s: check host, port and firewall"
    )


def test_nobody_listens(connect, naps):
    """A refused connection asks whether the product runs, after three tries."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(ArrUnreachable) as caught:
        connect(f"http://127.0.0.1:{port}").check()
    assert (
        str(caught.value)
        == f"tv: nothing listens at http://127.0.0.1:{port}: is Sonarr running, and is the port right?"
    )
    assert len(naps) == 2


def test_no_such_host(connect):
    """An unknown host is named. (A name of this length is refused without asking a name server.)"""
    host = ".".join(["a" * 60] * 5)
    with pytest.raises(ArrUnreachable) as caught:
        connect(f"http://{host}:8989").check()
    assert str(caught.value) == f"tv: no host named {host} is known: check url, or the name service"


def test_no_way_to_the_host(connect):
    """Other failures to connect quote the system (here: connecting to a broadcast address)."""
    with pytest.raises(ArrUnreachable) as caught:
        connect("http://255.255.255.255:8989").check()
    assert str(caught.value).startswith("tv: http://255.255.255.255:8989 cannot be reached (")
    assert str(caught.value).endswith("): check host and network")


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def secure(start, authority):
    """A fake with TLS, whose certificate is for 127.0.0.1."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    fake = start(context)
    fake.on("GET", STATUS, fake.json({"appName": "Sonarr", "version": "4.0.19.2979"}))
    return fake


def test_a_certificate_of_nobody_known_is_refused(secure, connect):
    """The sentence names tls_verify, and there is no second try."""
    with pytest.raises(ArrProtocol) as caught:
        connect(secure.url).check()
    assert str(caught.value) == (
        f"tv: the certificate of {secure.url} is not trusted (unable to get local issuer certificate): "
        "set tls_verify to the file of its authority, or to false"
    )
    assert secure.requests == []


def test_tls_verify_takes_a_file_a_folder_or_false(secure, connect, authority, tmp_path):
    """The file of the authority makes the certificate good; false asks no questions; an empty folder knows nobody."""
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    assert connect(secure.url, tls_verify=str(tmp_path / "ca.pem")).check().version == "4.0.19.2979"
    assert connect(secure.url, tls_verify=tmp_path / "ca.pem").check().version == "4.0.19.2979"
    assert connect(secure.url, tls_verify=False).check().version == "4.0.19.2979"
    (tmp_path / "empty").mkdir()
    with pytest.raises(ArrProtocol):
        connect(secure.url, tls_verify=tmp_path / "empty").check()


def test_a_connection_with_tls_that_breaks_off(secure, connect):
    """Where TLS is spoken already, the sentence does not propose it."""
    secure.on("GET", STATUS, lambda _connection, _over: None)
    with pytest.raises(ArrUnreachable) as caught:
        connect(secure.url, tls_verify=False).check()
    assert str(caught.value) == f"tv: {secure.url} broke off the connection: Sonarr may be restarting"


def test_a_token_in_the_url_is_not_told(fake, connect):
    """A user name without a password is one, and is sent as one."""
    fake.on("GET", STATUS, fake.reply(400, _said(message="no such user: t0ken")))
    with pytest.raises(ArrRejected) as caught:
        connect(fake.url.replace("http://", "http://t0ken@")).check()
    assert str(caught.value) == "tv: Sonarr refuses GET /system/status (400): no such user: ***"
    assert fake.requests[0].headers["authorization"] == "Basic dDBrZW46"


def test_an_empty_login_is_sent_and_hides_nothing(fake, connect):
    """An address such as http://@nas is odd, and no reason to fail or to blank what the server says."""
    fake.on("GET", STATUS, fake.reply(400, _said(message="no such user")))
    with pytest.raises(ArrRejected, match="no such user"):
        connect(fake.url.replace("http://", "http://@")).check()


def test_a_certificate_for_another_host_is_refused(start, connect, authority, tmp_path):
    """A trusted authority is not enough: the name has to be the one in the URL."""
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("media.example").configure_cert(context)
    with pytest.raises(ArrProtocol, match=r"not valid for '127\.0\.0\.1'"):
        connect(start(context).url, tls_verify=tmp_path / "ca.pem").check()


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_certificates_that_cannot_be_read_are_a_wrong_setting(connect, tmp_path, content):
    """A missing or odd file is found when the client is made, and named with its key."""
    path = tmp_path / "ca.pem"
    if content:
        path.write_text(content)
    with pytest.raises(ConfigError) as caught:
        connect("https://127.0.0.1:1", tls_verify=path)
    assert caught.value.where == "instances.tv.tls_verify"
    assert caught.value.problem.startswith(f"{path} cannot be used as certificates: ")


@pytest.fixture
def plain():
    """Make a listener without TLS that meets any greeting with the same bytes and hangs up; gives its port."""
    threads, listeners = [], []

    def begin(words):
        def serve():
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    with connection:
                        connection.recv(65536)
                        connection.sendall(words)

        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)
        threads.append(threading.Thread(target=serve))
        threads[-1].start()
        return listener.getsockname()[1]

    yield begin
    for listener in listeners:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
    for thread in threads:
        thread.join()


def test_https_to_a_port_without_tls(plain, connect, naps):
    """A plain answer to a TLS greeting says to write http://, and is final."""
    port = plain(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    with pytest.raises(ArrProtocol) as caught:
        connect(f"https://127.0.0.1:{port}").check()
    assert re.fullmatch(
        rf"tv: https://127\.0\.0\.1:{port} answers without TLS \(\w+\): if it has none, write http:// in url",
        str(caught.value),
    )
    assert naps == []


def test_a_tls_handshake_that_is_broken_off(plain, connect, naps):
    """A server that hangs up on the greeting may be restarting: tried again, and http:// proposed."""
    port = plain(b"")
    with pytest.raises(ArrUnreachable) as caught:
        connect(f"https://127.0.0.1:{port}").check()
    assert (
        str(caught.value)
        == f"tv: https://127.0.0.1:{port} broke off the TLS handshake: if it has no TLS, write http:// in url"
    )
    assert len(naps) == 2


def test_an_answer_without_end_is_given_up(fake, api):
    """More bytes than any list has are not waited for, and a small answer that inflates to as many is refused."""
    for answer in (_endless, fake.reply(200, gzip.compress(b" " * (1 << 21)), content_encoding="gzip")):
        fake.on("GET", "/tag", answer)
        with pytest.raises(ArrProtocol) as caught:
            api(fake.url, max_bytes=1 << 20).get("/tag", TAGS)
        assert (
            str(caught.value)
            == f"tv: the answer to GET /tag is larger than 1 MiB: {fake.url} is not Sonarr, or is broken"
        )


def test_a_bomb_is_not_unpacked(fake, api):
    """An answer that inflates a thousandfold costs no more memory than the largest list would."""
    fake.on("GET", "/tag", fake.reply(200, gzip.compress(b" " * (1 << 25)), content_encoding="gzip"))
    tracemalloc.start()
    try:
        with pytest.raises(ArrProtocol):
            api(fake.url, max_bytes=1 << 20).get("/tag", TAGS)
        assert tracemalloc.get_traced_memory()[1] < 1 << 23
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:8989",
        "ftp://nas",
        "http://",
        "http://nas:port",
        "http://nas:0",
        "http://[::1",
        "http://" + "a" * 64,
    ],
)
def test_what_is_no_address_is_a_wrong_setting(connect, url):
    """The key of the configuration is named, and an example given."""
    with pytest.raises(ConfigError) as caught:
        connect(url)
    assert str(caught.value) == "instances.tv.url: write an address such as http://localhost:8989"


@pytest.mark.parametrize("key", ["", "two words", "line\nbreak", "schlüssel"])
def test_what_is_no_key_is_a_wrong_setting(key):
    """A key that cannot be sent is named before any call, and not shown."""
    with pytest.raises(ConfigError) as caught:
        SonarrClient("tv", "http://localhost", key)
    assert str(caught.value) == (
        "instances.tv.api_key: this is not a key: copy it from Sonarr > Settings > General > Security"
    )
