"""What stands before the API: keys, URL base, start-up, the UI, content types, and HTTP itself."""

import gzip
import http.client
import json
import socket
import ssl

import pytest
import trustme

from taggarr.simulator import RadarrSimulator, SonarrSimulator

KEY = "0123456789abcdef0123456789abcdef"


def test_ping_needs_no_key(sonarr, ask):
    """/ping is the one address of the API that answers to everybody, also to HEAD."""
    answer = ask(sonarr.url, "/ping", headers={})
    assert (answer.status, answer.json) == (200, {"status": "OK"})
    head = ask(sonarr.url, "/ping", "HEAD", headers={})
    assert (head.status, head.body) == (200, b"")


@pytest.mark.parametrize(
    ("query", "headers", "status"),
    [
        ("", {}, 401),
        ("", {"X-Api-Key": "wrong"}, 401),
        ("", {"X-Api-Key": KEY}, 200),
        ("", {"Authorization": f"Bearer {KEY}"}, 200),
        ("", {"Authorization": "Bearer wrong"}, 401),
        ("?apikey=" + KEY, {}, 200),
        ("?apikey=" + KEY, {"X-Api-Key": "wrong"}, 200),
        ("?apikey=wrong", {"X-Api-Key": KEY}, 401),
        ("", {"X-Api-Key": KEY, "Authorization": "Bearer wrong"}, 200),
        ("", {"X-Api-Key": "wrong", "Authorization": f"Bearer {KEY}"}, 401),
    ],
)
def test_the_query_beats_the_header_beats_the_bearer(sonarr, ask, query, headers, status):
    """The first key that is given decides."""
    assert ask(sonarr.url, f"/api/v3/tag{query}", headers=headers).status == status


def test_a_missing_key_gets_an_empty_401(sonarr, ask):
    """There is no body and no WWW-Authenticate, and the version is not told."""
    answer = ask(sonarr.url, "/api/v3/system/status", headers={})
    assert (answer.status, answer.body) == (401, b"")
    assert answer.headers["WWW-Authenticate"] is None
    assert answer.headers["X-Application-Version"] is None


@pytest.mark.parametrize(
    ("simulator", "app", "api", "version"),
    [
        (SonarrSimulator(), "Sonarr", {"current": "v3", "deprecated": []}, "4.0.19.2979"),
        (
            SonarrSimulator(version="5.0.0.100"),
            "Sonarr",
            {"current": "v5", "deprecated": ["v3"]},
            "5.0.0.100",
        ),
        (RadarrSimulator(), "Radarr", {"current": "v3", "deprecated": []}, "6.1.0.10500"),
        (
            RadarrSimulator(version="5.28.0.10274"),
            "Radarr",
            {"current": "v3", "deprecated": []},
            "5.28.0.10274",
        ),
    ],
)
def test_each_product_says_what_it_is(ask, simulator, app, api, version):
    """Application, version and API versions can be told apart, in the body and in the header."""
    with simulator:
        status = ask(simulator.url, "/api/v3/system/status")
        assert (status.json["appName"], status.json["version"]) == (app, version)
        assert status.headers["X-Application-Version"] == version
        assert ask(simulator.url, "/api").json == api


@pytest.mark.parametrize(("postgres", "kind"), [(False, "sqLite"), (True, "postgreSQL")])
def test_the_status_names_the_database(ask, postgres, kind):
    """SQLite and PostgreSQL behave differently, and say which they are."""
    with RadarrSimulator(postgres=postgres) as radarr:
        assert ask(radarr.url, "/api/v3/system/status").json["databaseType"] == kind


def test_a_forgotten_url_base_is_redirected_after_the_key_was_checked(ask):
    """The redirect keeps path and query; without a key there is only the 401."""
    with SonarrSimulator(url_base="/sonarr") as sonarr:
        host = sonarr.url.removesuffix("/sonarr")
        answer = ask(host, "/api/v3/series?tvdbId=1")
        assert (answer.status, answer.headers["Location"]) == (307, "/sonarr/api/v3/series?tvdbId=1")
        assert ask(host, "/login").headers["Location"] == "/sonarr/login"
        assert ask(host, "/api/v3/series", headers={}).status == 401
        assert ask(sonarr.url, "/api/v3/series").json == []
        assert [entry.path for entry in sonarr.log.entries][-1] == "/api/v3/series"
        assert ask(host, "/sonarrs/api/v3/series").status == 307


def test_a_wrong_path_is_the_ui(sonarr, ask):
    """Whatever is not the API answers 200 with a page, as a wrong URL base does."""
    answer = ask(sonarr.url, "/radarr/api/v3/series")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert b"<title>Sonarr</title>" in answer.body


def test_a_wrong_path_may_be_the_login_page(ask):
    """With forms login, the same path is a redirect."""
    with RadarrSimulator(ui="login", url_base="/r") as radarr:
        answer = ask(radarr.url, "/other")
        assert (answer.status, answer.headers["Location"]) == (302, "/r/login?returnUrl=/other")


def test_a_starting_server_says_so(sonarr, ask):
    """503 with a JSON sentence, to /ping too, until it is up."""
    sonarr.starting = True
    answer = ask(sonarr.url, "/api/v3/series")
    assert (answer.status, answer.json) == (
        503,
        {"errorMessage": "Sonarr is starting up, please try again later"},
    )
    assert ask(sonarr.url, "/ping").status == 503
    sonarr.starting = False
    assert ask(sonarr.url, "/api/v3/series").status == 200


def test_unknown_routes_and_methods(sonarr, ask):
    """An API path that is none is 404, a method that a path lacks is 405 and names the others."""
    assert ask(sonarr.url, "/api/v3/movie").status == 404
    assert ask(sonarr.url, "/API/v3/Series/").status == 200
    assert ask(sonarr.url, "/api/v3/series/x").status == 404
    answer = ask(sonarr.url, "/api/v3/tag/1", "PATCH")
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, PUT, DELETE")


def test_types_that_are_not_json_are_refused(sonarr, ask):
    """415 for a body of another type, 406 for a client that accepts no JSON."""
    key = {"X-Api-Key": KEY}
    form = ask(sonarr.url, "/api/v3/tag", "POST", b"label=dub", key | {"Content-Type": "text/plain"})
    assert (form.status, form.json["title"]) == (415, "Unsupported Media Type")
    assert ask(sonarr.url, "/api/v3/tag", headers=key | {"Accept": "text/html"}).status == 406
    for accepted in ("application/json", "text/html, */*;q=0.1", "application/*"):
        assert ask(sonarr.url, "/api/v3/tag", headers=key | {"Accept": accepted}).status == 200


@pytest.mark.parametrize("body", [b"{", b"[]"])
def test_broken_json_is_a_problem(sonarr, ask, body):
    """A body that is no JSON object gets the ProblemDetails form of 400."""
    answer = ask(sonarr.url, "/api/v3/tag", "POST", body)
    assert (answer.status, answer.headers["Content-Type"]) == (400, "application/problem+json; charset=utf-8")
    assert set(answer.json) == {"type", "title", "status", "traceId", "errors"}


def test_gzip_only_when_asked(sonarr, ask):
    """The same list, compressed for those who ask."""
    for number in range(20):
        sonarr.add_series(f"Series {number}", f"/tv/{number}")
    plain = ask(sonarr.url, "/api/v3/series")
    packed = ask(sonarr.url, "/api/v3/series", headers={"X-Api-Key": KEY, "Accept-Encoding": "gzip, br"})
    assert plain.headers["Content-Encoding"] is None
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) * 4 < len(plain.body)


def test_a_connection_is_kept_and_counted(sonarr):
    """Requests share a connection until one says close."""
    connection = http.client.HTTPConnection("127.0.0.1", int(sonarr.url.rpartition(":")[2]), timeout=5)
    connection.request("HEAD", "/ping")
    assert connection.getresponse().read() == b""
    for _ in range(2):
        connection.request("GET", "/ping")
        assert connection.getresponse().read() == b'{\n  "status": "OK"\n}'
    assert sonarr.log.connections == 1
    connection.request("GET", "/ping", headers={"Connection": "close"})
    connection.getresponse().read()
    connection.request("GET", "/ping")
    connection.getresponse().read()
    connection.close()
    assert sonarr.log.connections == 2
    assert [entry.connection for entry in sonarr.log.entries] == [1, 1, 1, 1, 2]


def test_the_log_holds_what_was_asked_and_sent(sonarr, ask):
    """Method, path, query, status, body and the exact number of bytes on the wire are kept."""
    ask(sonarr.url, "/api/v3/series?tvdbId=5")
    ask(sonarr.url, "/api/v3/tag", "POST", {"label": "dub"})
    ask(sonarr.url, "/ping", "HEAD")
    read, written, head = sonarr.log.entries
    assert (read.method, read.path, read.query_string, read.status) == (
        "GET",
        "/api/v3/series",
        "tvdbId=5",
        200,
    )
    assert (written.status, written.json, written.fault) == (201, {"label": "dub"}, None)
    assert sonarr.log.writes == [written]
    assert sonarr.log.of("*", "/api/*") == [read, written]
    assert sonarr.log.of("HEAD", "*") == [head]
    assert sonarr.log.bytes_sent == sum(entry.bytes_sent for entry in (read, written, head))

    with socket.create_connection(("127.0.0.1", int(sonarr.url.rpartition(":")[2]))) as raw:
        raw.sendall(b"GET /ping HTTP/1.1\r\nConnection: close\r\n\r\n")
        received = b"".join(iter(lambda: raw.recv(4096), b""))
    assert sonarr.log.entries[-1].bytes_sent == len(received)
    sonarr.log.clear()
    assert (sonarr.log.entries, sonarr.log.connections, sonarr.log.bytes_sent) == ([], 0, 0)


def test_what_is_not_http_gets_a_400(sonarr):
    """Garbage ends the connection and nothing else."""
    with socket.create_connection(("127.0.0.1", int(sonarr.url.rpartition(":")[2]))) as raw:
        raw.sendall(b"hello\r\n\r\n")
        assert raw.recv(4096).startswith(b"HTTP/1.1 400 Bad Request")
    assert sonarr.log.entries == []


def test_down_refuses_connections_and_comes_back_on_the_same_port(sonarr, ask):
    """While it is down nobody listens; the state survives."""
    sonarr.add_series("Mushishi", "/tv/Mushishi")
    url = sonarr.url
    idle = socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])))
    ask(url, "/ping")
    with idle, sonarr.down():
        assert idle.recv(10) == b""
        with pytest.raises(ConnectionRefusedError):
            ask(url, "/ping")
    assert sonarr.url == url
    assert len(ask(url, "/api/v3/series").json) == 1


def test_tls_with_the_context_that_was_given():
    """A client that trusts the authority is served, one that does not is not."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    trusting = ssl.create_default_context()
    with RadarrSimulator(ssl_context=context) as radarr:
        assert radarr.url.startswith("https://127.0.0.1:")
        port = int(radarr.url.rpartition(":")[2])
        stranger = http.client.HTTPSConnection("127.0.0.1", port, timeout=5, context=trusting)
        with pytest.raises(ssl.SSLCertVerificationError):
            stranger.request("GET", "/ping")
        stranger.close()
        authority.configure_trust(trusting)
        client = http.client.HTTPSConnection("127.0.0.1", port, timeout=5, context=trusting)
        client.request("GET", "/ping")
        assert json.loads(client.getresponse().read()) == {"status": "OK"}
    client.close()  # after the server, which does not wait for idle clients


def test_a_plain_client_of_a_tls_server_gets_nothing(ask):
    """Plain HTTP against TLS ends the connection; the server goes on."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with RadarrSimulator(ssl_context=context) as radarr:
        with pytest.raises((http.client.HTTPException, OSError)):
            ask(radarr.url.replace("https", "http"), "/ping")
        assert radarr.log.connections == 1
