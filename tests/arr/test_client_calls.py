"""How calls are made: what is sent, what is tried again and when, and what is never done."""

import contextlib
import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from email.utils import format_datetime

import pytest

from taggarr import __version__
from taggarr.arr.http import Api
from taggarr.arr.wire import EDITED, TAGS
from taggarr.core.errors import ArrProtocol, ArrUnauthorized, ArrUnreachable
from taggarr.core.media import Item, Kind

KEY = "c0ffee00c0ffee00c0ffee00c0ffee00"
STATUS = "/system/status"
SONARR = {"appName": "Sonarr", "version": "4.0.19.2979"}


def test_a_request_says_who_asks_and_what_it_takes(fake, sonarr):
    """The key goes into a header, gzip and JSON are asked for, and Taggarr gives its version."""
    fake.on("GET", STATUS, fake.json(SONARR, zipped=True))
    info = sonarr.check()
    (request,) = fake.requests
    assert (info.app, info.version) == ("Sonarr", "4.0.19.2979")
    assert request.target == "/api/v3/system/status"
    assert request.headers == {
        "host": f"127.0.0.1:{fake.port}",
        "accept": "application/json",
        "accept-encoding": "gzip",
        "user-agent": f"Taggarr/{__version__}",
        "x-api-key": KEY,
    }


def test_a_key_from_a_file_may_end_with_a_line_break(fake):
    """Blanks around a key are not part of it."""
    fake.on("GET", "/tag", fake.json([]))
    with contextlib.closing(Api("tv", "Sonarr", fake.url, f" {KEY}\n")) as client:
        client.get("/tag", TAGS)
    assert fake.requests[0].headers["x-api-key"] == KEY


@pytest.mark.parametrize("base", ["/sonarr", "/sonarr/", "/sonarr//"])
def test_the_url_base_stands_before_the_path(fake, connect, base):
    """A URL base is kept, slashes at its end are not."""
    fake.on("GET", STATUS, fake.json(SONARR), base="/sonarr")
    assert connect(fake.url + base).check().version == "4.0.19.2979"


def test_a_url_base_that_is_wrong_is_corrected_in_the_sentence(fake, connect):
    """Where the arr knows another URL base, that one is written out, not both."""
    fake.on("GET", STATUS, fake.reply(307, b"", location="/sonarr/api/v3/system/status"), base="/tv")
    with pytest.raises(ArrProtocol) as caught:
        connect(fake.url + "/tv").check()
    assert str(caught.value) == f"tv: {fake.url}/tv is not the whole address: write {fake.url}/sonarr in url"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://localhost", "http://localhost"),
        ("https://media.example:443/radarr/", "https://media.example/radarr"),
        ("http://me:pa%3Ass@nas:8989", "http://nas:8989"),
        ("http://token@nas:8989", "http://nas:8989"),
        ("http://[::1]:8989", "http://[::1]:8989"),
        ("http://My_NAS:8989/", "http://my_nas:8989"),
        ("http://bücher.example", "http://xn--bcher-kva.example"),
        (" http://nas:8989/tv shows ", "http://nas:8989/tv%20shows"),
    ],
)
def test_an_address_is_shown_as_it_is_meant(api, url, shown):
    """Default ports, user names and passwords are left out of what is shown."""
    address = api(url).address
    assert address.url == shown
    assert KEY not in repr(address)
    assert "pa:ss" not in repr(address)
    assert "token" not in repr(address)


def test_a_transient_failure_is_tried_again_after_a_growing_wait(fake, sonarr, naps):
    """Two refusals, then an answer: the waits are around a quarter and half a second, never the same for all."""
    starting = fake.json({"errorMessage": "Sonarr is starting up"}, 503)
    fake.on("GET", STATUS, starting, starting, fake.json(SONARR))
    assert sonarr.check().version == "4.0.19.2979"
    first, second = naps
    assert 0.125 <= first <= 0.375
    assert 0.25 <= second <= 0.75


@pytest.mark.parametrize("client", ["sonarr", "radarr"])
def test_requests_are_counted_with_every_try(fake, request, client):
    """Two tries that fail and one that does not are three requests."""
    arr = request.getfixturevalue(client)
    busy = fake.json({"message": "Service Unavailable"}, 503)
    fake.on("GET", "/command", busy, busy, fake.json([]))
    assert arr.requests == 0
    arr.busy()
    assert arr.requests == len(fake.requests) == 3


def test_an_edit_whose_answer_was_lost_is_sent_again(fake, sonarr):
    """A connection that is lost after the change was applied makes the same change once more, which changes nothing."""
    fake.on("POST", "/tag", fake.json({"id": 3, "label": "dub"}, 201))
    fake.on(
        "PUT", "/series/editor", lambda _connection, _over: None, fake.json([{"id": 1, "tags": [3]}], 202)
    )
    assert sonarr.edit([1], "dub", add=True) == {1: ("dub",)}
    sent = [request.body for request in fake.requests if request.method == "PUT"]
    assert sent == [b'{"seriesIds":[1],"tags":[3],"applyTags":"add"}'] * 2


@pytest.mark.parametrize("add", [True, False])
def test_an_answer_without_tags_says_nothing_of_an_edit(fake, sonarr, add):
    """It is no more than an answer that leaves the item out; an empty list does say that there are none."""
    fake.on("POST", "/tag", fake.json({"id": 3, "label": "dub"}, 201))
    fake.on(
        "PUT", "/series/editor", fake.json([{"id": 1}, {"id": 2, "tags": None}, {"id": 4, "tags": []}], 202)
    )
    assert sonarr.edit([1, 2, 4], "dub", add=add) == {4: ()}


def test_a_wrong_key_is_not_tried_again(fake, sonarr, naps):
    """Asking again with the same key could only lock somebody out."""
    fake.on("GET", STATUS, fake.reply(401, b"", ""), fake.json(SONARR))
    with pytest.raises(ArrUnauthorized):
        sonarr.check()
    assert (len(fake.requests), naps) == (1, [])


@pytest.mark.parametrize(
    ("said", "waits"),
    [
        ("7", [7.0]),
        ("0", [0.0]),
        ("Wed, 21 Oct 2015 07:28:00 GMT", [0.0]),
        ("Wed, 21 Oct 2015 07:28:00 -0000", [0.0]),
    ],
)
def test_retry_after_is_honoured(fake, sonarr, naps, said, waits):
    """The wait is the one that the server asks for, in seconds or as a date."""
    fake.on("GET", STATUS, fake.reply(429, b"", "", retry_after=said), fake.json(SONARR))
    sonarr.check()
    assert naps == waits


def test_retry_after_may_be_a_date_to_come(fake, sonarr, naps):
    """A date in the near future is waited for."""
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=25)
    fake.on(
        "GET",
        STATUS,
        fake.reply(503, b"", "", retry_after=format_datetime(soon, usegmt=True)),
        fake.json(SONARR),
    )
    sonarr.check()
    assert 0 < naps[0] <= 25


@pytest.mark.parametrize("said", ["soon", "²", ""])
def test_a_retry_after_that_cannot_be_read_is_none(fake, sonarr, naps, said):
    """Then the usual wait applies."""
    fake.on(
        "GET", STATUS, fake.reply(429, b"", "", retry_after=said).replace(b"\xc2", b""), fake.json(SONARR)
    )
    sonarr.check()
    assert 0.125 <= naps[0] <= 0.375


@pytest.mark.parametrize("said", ["31", "3600", "9" * 400])
def test_a_server_that_wants_a_long_rest_gets_it(fake, sonarr, naps, said):
    """Nobody is asked again before the time: the call fails instead of waiting more than 30 s."""
    fake.on("GET", STATUS, fake.reply(429, b"", "", retry_after=said), fake.json(SONARR))
    with pytest.raises(ArrUnreachable):
        sonarr.check()
    assert (len(fake.requests), naps) == (1, [])


def test_a_wait_beyond_the_deadline_is_not_begun(fake, connect, naps):
    """Tries and waits share the time of the call."""
    fake.on("GET", STATUS, fake.reply(503, b"", "", retry_after="6"), fake.json(SONARR))
    with pytest.raises(ArrUnreachable):
        connect(fake.url, timeout_s=5).check()
    assert (len(fake.requests), naps) == (1, [])


def test_a_bulk_edit_has_twice_the_time(fake, api):
    """An edit may be silent for longer than any other call may last: read and total are twice `timeout_s`."""

    def slow(connection, over):
        over.wait(1.2)
        connection.sendall(fake.json([]))

    fake.on("GET", "/tag", slow)
    fake.on("PUT", "/series/editor", slow)
    client = api(fake.url, timeout_s=1, read_s=0.1)
    assert client.put_bulk("/series/editor", {}, EDITED) == []
    with pytest.raises(ArrUnreachable):
        client.get("/tag", TAGS)


def test_a_bulk_edit_ends_too(fake, api):
    """Twice the time is the end of a bulk edit, which the sentence says."""
    fake.on("PUT", "/series/editor", lambda _connection, over: over.wait(30))
    with pytest.raises(ArrUnreachable, match=r"no complete answer within 0\.2 s"):
        api(fake.url, timeout_s=0.1).put_bulk("/series/editor", {}, EDITED)


def test_proxies_of_the_environment_are_not_used(fake, sonarr, monkeypatch):
    """A proxy for the internet does not stand between Taggarr and an arr at home."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    fake.on("GET", STATUS, fake.json(SONARR))
    assert sonarr.check().app == "Sonarr"


def test_a_redirect_is_not_followed(fake, start, sonarr):
    """The key goes to nobody but the address of the configuration."""
    other = start()
    fake.on("GET", STATUS, fake.reply(302, b"", location=f"{other.url}/api/v3/system/status"))
    with pytest.raises(ArrProtocol, match="write http"):
        sonarr.check()
    assert other.requests == []


def test_calls_share_a_connection(fake, sonarr):
    """Keep-alive: one connection serves one thread's calls, and one that the server closed is replaced."""
    connections = set()

    def closing(connection, _over):
        connections.add(connection.getpeername())
        connection.sendall(fake.json(SONARR))

    fake.on("GET", STATUS, fake.json(SONARR), fake.json(SONARR), closing, closing)
    for _ in range(4):
        sonarr.check()
    assert len(connections) == 2  # the third call on the first connection, the fourth on a new one
    assert len(fake.requests) == 4


def test_threads_do_not_get_in_each_others_way(fake, sonarr):
    """Eight threads ask at once; each call gets its own answer, and its own deadline."""
    together = threading.Barrier(8, timeout=10)
    for series_id in range(1, 41):
        file = {"id": series_id * 10, "path": f"/tv/{series_id}/e.mkv", "relativePath": "e.mkv", "size": 1}
        fake.on("GET", f"/episodefile?seriesId={series_id}", fake.json([file], zipped=True))
    items = [_series(series_id) for series_id in range(1, 41)]

    def ask(item):
        if item.id <= 8:
            together.wait()
        return [file.id for file in sonarr.files(item)]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, items)) == [[series_id * 10] for series_id in range(1, 41)]


def _series(series_id):
    return Item("tv", Kind.SERIES, series_id, "", f"/tv/{series_id}")


def test_a_closed_client_can_be_closed_again(fake, sonarr):
    """Closing is safe at any time, also twice."""
    fake.on("GET", STATUS, fake.json(SONARR))
    sonarr.check()
    sonarr.close()
    sonarr.close()
