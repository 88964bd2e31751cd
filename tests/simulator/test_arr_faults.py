"""Faults on order: what reaches the client, and what was applied nevertheless."""

import http.client
import json
import socket
import threading

import pytest

from taggarr.simulator import FaultKind, RadarrSimulator
from taggarr.simulator.http_messages import Ending, Reply
from taggarr.simulator.http_server import HttpServer

TAG = "/api/v3/tag"


@pytest.mark.parametrize(
    ("kind", "status", "headers", "start"),
    [
        (FaultKind.ERROR, 500, {}, b'{\n  "message"'),
        (FaultKind.UNAVAILABLE, 503, {"Retry-After": "7"}, b'{\n  "message"'),
        (FaultKind.THROTTLED, 429, {"Retry-After": "7"}, b'{\n  "message"'),
        (FaultKind.HTML, 200, {"Content-Type": "text/html; charset=utf-8"}, b"<!doctype html>"),
        (FaultKind.REDIRECT, 302, {"Location": "/login?returnUrl=%2F"}, b""),
        (FaultKind.MOVED, 307, {"Location": "/elsewhere"}, b""),
        (FaultKind.HALF_APPLIED, 500, {}, b'{\n  "message": "database is locked'),
    ],
)
def test_answers_in_place_of_the_real_one(sonarr, ask, kind, status, headers, start):
    """The request never reached the arr; the next one does."""
    sonarr.faults.script(kind, method="POST", path=TAG, retry_after="7")
    answer = ask(sonarr.url, TAG, "POST", {"label": "dub"})
    assert (answer.status, answer.body[: len(start)]) == (status, start)
    assert {name: answer.headers[name] for name in headers} == headers
    assert ask(sonarr.url, TAG).json == []
    assert [entry.fault for entry in sonarr.log.entries] == [kind.value, None]
    assert ask(sonarr.url, TAG, "POST", {"label": "dub"}).status == 201


def test_an_error_has_the_form_of_the_arrs_own(sonarr, ask):
    """Message and stack."""
    sonarr.faults.script(FaultKind.ERROR)
    assert set(ask(sonarr.url, TAG).json) == {"message", "description"}


def test_retry_after_is_a_choice(sonarr, ask):
    """A 429 may come without it."""
    sonarr.faults.script(FaultKind.THROTTLED, retry_after=None)
    assert ask(sonarr.url, TAG).headers["Retry-After"] is None


@pytest.mark.parametrize(
    ("kind", "error", "applied"),
    [
        (FaultKind.CLOSED, http.client.RemoteDisconnected, False),
        (FaultKind.RESET, ConnectionResetError, False),
        (FaultKind.RESET_AFTER, ConnectionResetError, True),
        (FaultKind.TRUNCATED, http.client.IncompleteRead, True),
        (FaultKind.DRIPPING, http.client.IncompleteRead, True),
    ],
)
def test_connections_that_break(sonarr, ask, kind, error, applied):
    """Before or after the change was applied; the server goes on."""
    sonarr.faults.script(kind, method="POST", seconds=0.1)
    with pytest.raises(error):
        ask(sonarr.url, TAG, "POST", {"label": "dub"})
    assert [tag["label"] for tag in ask(sonarr.url, TAG).json] == (["dub"] if applied else [])
    first = sonarr.log.entries[0]
    assert (first.fault, first.status) == (kind.value, 201 if first.bytes_sent else None)


def test_a_body_that_is_not_json(sonarr, ask):
    """The type says JSON, the change was applied, the body is a sentence."""
    sonarr.faults.script(FaultKind.NOT_JSON)
    answer = ask(sonarr.url, TAG, "POST", {"label": "dub"})
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json; charset=utf-8")
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.body)
    assert len(ask(sonarr.url, TAG).json) == 1


def test_a_slow_answer_is_whole(sonarr, ask):
    """It comes later, and the connection stays."""
    sonarr.faults.script(FaultKind.SLOW, seconds=0.02)
    assert ask(sonarr.url, TAG).json == []
    assert sonarr.log.entries[0].fault == "slow"


def test_an_arr_that_goes_away_refuses_connections(sonarr, ask):
    """Nothing was applied, everybody else's connection is closed as well, and after a while it is back."""
    port = int(sonarr.url.rpartition(":")[2])
    other = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    other.request("GET", TAG, headers={"X-Api-Key": sonarr.api_key})
    other.getresponse().read()
    sonarr.faults.script(FaultKind.REFUSED, method="POST", seconds=600)
    with pytest.raises(http.client.RemoteDisconnected):
        ask(sonarr.url, TAG, "POST", {"label": "dub"})
    for _ in range(2):
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port)).close()
    assert other.sock.recv(1) == b""
    sonarr.come_back()
    assert ask(sonarr.url, TAG).json == []
    other.close()


def test_an_arr_that_went_away_comes_back_by_itself(sonarr, ask):
    """After the seconds that it was given."""
    sonarr.faults.script(FaultKind.REFUSED, seconds=0.01)
    with pytest.raises(http.client.RemoteDisconnected):
        ask(sonarr.url, TAG)
    sonarr.come_back()
    assert ask(sonarr.url, TAG).json == []


def test_two_calls_may_take_a_server_away():
    """The second finds it gone already, and is closed as well."""

    def answer(request):
        if request.path == "/second":
            asked.set()
            while _listens(server.port):
                pass
        return Reply(500, ending=Ending.DOWN, seconds=600)

    asked = threading.Event()
    server = HttpServer(answer)
    server.start()
    second = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    second.request("GET", "/second")
    assert asked.wait(5)
    first = http.client.HTTPConnection("127.0.0.1", server.port, timeout=5)
    first.request("GET", "/first")
    for connection in (first, second):
        with pytest.raises(ConnectionError):
            connection.getresponse()
        connection.close()
    server.stop()


def _listens(port):
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except ConnectionRefusedError:
        return False
    return True


@pytest.mark.parametrize("kind", [FaultKind.SLOW, FaultKind.DRIPPING, FaultKind.REFUSED])
def test_stopping_does_not_wait_for_a_slow_answer(sonarr, kind):
    """Minutes of waiting end with the server."""
    sonarr.faults.script(kind, seconds=600)
    connection = http.client.HTTPConnection("127.0.0.1", int(sonarr.url.rpartition(":")[2]), timeout=5)
    connection.request("GET", TAG, headers={"X-Api-Key": sonarr.api_key})
    if kind is FaultKind.DRIPPING:
        assert connection.getresponse().status == 200
    with sonarr.down():
        pass
    connection.close()


def test_scripts_count_matching_calls(sonarr, ask):
    """The nth call of a method and path, for so many times; scripts count side by side."""
    sonarr.faults.script(FaultKind.ERROR, method="GET", path="/api/v3/t*", nth=2, times=2)
    sonarr.faults.script(FaultKind.UNAVAILABLE, method="GET", path=TAG, nth=4)
    paths = [TAG, "/api/v3/series", TAG, TAG, TAG, TAG]
    assert [ask(sonarr.url, path).status for path in paths] == [200, 200, 500, 500, 503, 200]
    sonarr.faults.script(FaultKind.ERROR)
    sonarr.faults.clear()
    assert ask(sonarr.url, TAG).status == 200


def test_scripted_paths_have_no_url_base(ask):
    """A path means the same with and without a base."""
    with RadarrSimulator(url_base="/radarr") as radarr:
        radarr.faults.script(FaultKind.ERROR, path=TAG)
        assert ask(radarr.url, TAG).status == 500


def statuses(sonarr, ask, calls=60):
    """The statuses of so many equal calls, and the faults that were injected."""
    sonarr.log.clear()
    found = [ask(sonarr.url, TAG).status for _ in range(calls)]
    return found, [entry.fault for entry in sonarr.log.entries]


def test_random_faults_follow_their_seed(sonarr, ask):
    """The same seed disturbs the same calls; about the given share; nothing at rate 0, all at rate 1."""
    kinds = [FaultKind.ERROR, FaultKind.UNAVAILABLE]
    sonarr.faults.scatter(1, 0.25, kinds=kinds)
    first, faults = statuses(sonarr, ask)
    assert 5 <= sum(status != 200 for status in first) <= 30
    assert {"error", "unavailable", None} == set(faults)
    sonarr.faults.scatter(2, 0, kinds=kinds)
    assert set(statuses(sonarr, ask, 5)[0]) == {200}
    sonarr.faults.scatter(2, 1, kinds=kinds, method="POST")
    assert set(statuses(sonarr, ask, 5)[0]) == {200}
    sonarr.faults.scatter(2, 1, kinds=kinds)
    assert 200 not in statuses(sonarr, ask, 5)[0]
    assert ask(sonarr.url, "/ping").status == 200
    sonarr.faults.clear()
    sonarr.faults.scatter(1, 0.25, kinds=kinds)
    assert statuses(sonarr, ask)[0] == first


@pytest.mark.parametrize("kind", [FaultKind.TRUNCATED, FaultKind.DRIPPING])
def test_an_empty_answer_cannot_be_cut(sonarr, ask, kind):
    """Where there is no body, only the connection ends."""
    sonarr.faults.script(kind, seconds=0.1)
    assert ask(sonarr.url, TAG, headers={}).status == 401
