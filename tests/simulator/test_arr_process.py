"""The simulated arr in a process of its own."""

import multiprocessing
import threading

import pytest

from taggarr.simulator import RadarrSimulator, SonarrSimulator, in_process
from taggarr.simulator.arr_process import RemoteSimulator, serve


def test_a_simulator_in_another_process(ask):
    """It serves HTTP there; state and log are read and changed from here."""
    with in_process(SonarrSimulator, roots=["/tv"]) as remote:
        number = remote.call("add_series", "Mushishi", "/tv/Mushishi", tags=["mine"])
        assert [item["title"] for item in ask(remote.url, "/api/v3/series").json] == ["Mushishi"]
        assert remote.call("tags_of", number) == {"mine"}
        assert [entry.path for entry in remote.call("log.entries")] == ["/api/v3/series"]
        url = remote.url
    with pytest.raises(ConnectionRefusedError):
        ask(url, "/ping")


def test_calls_raise_what_the_other_side_raised(ask):
    """A wrong call is an error here and leaves the other side working."""
    ours, theirs = multiprocessing.Pipe()
    child = threading.Thread(target=serve, args=(theirs, RadarrSimulator, (), {"api_key": "k"}))
    child.start()
    remote = RemoteSimulator(ours)
    assert remote.api_key == "k"
    with pytest.raises(KeyError):
        remote.call("tags_of", 5)
    with pytest.raises(AttributeError):
        remote.call("no_such_thing")
    remote.call("add_movie", "Akira", "/movies/Akira")
    remote.call("log.clear")
    assert remote.call("all_tags") == {1: set()}
    assert ask(remote.url, "/ping").status == 200
    ours.close()
    child.join()
