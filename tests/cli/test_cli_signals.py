"""SIGINT and SIGTERM: the item in hand is finished, or given up in time."""

import json
import signal
import subprocess
import sys
import time

import pytest

from taggarr.simulator import FaultKind
from taggarr.simulator.collection import audio

DUBBED = audio("jpn", "eng")
AT_ONCE = "from taggarr.cli import scan, main; scan.OUT_AFTER_S = 0.2; main()"
"""The same program with a shorter patience, so that nobody has to wait for it."""


def wait_until_asked(process, simulator, path):
    """Until the running scan has sent this request."""
    deadline = time.monotonic() + 20
    while not any(entry.path == path for entry in simulator.log.entries):
        assert process.poll() is None, process.communicate(timeout=20)
        assert time.monotonic() < deadline
        time.sleep(0.01)


def wait_until_stopping(process):
    """Until the running scan has said that it was told to stop."""
    while (
        line := process.stderr.readline()
    ) != "taggarr: stopping after the item in hand (Ctrl-C again: at once)\n":
        assert line, "the process has ended"


@pytest.mark.measured
def test_a_scan_finishes_what_it_has_in_hand(place):
    """The answer that is on its way is taken, the state is saved, and then it ends; SIGTERM may come twice."""
    place.collection.movie("Film", DUBBED)
    place.radarr.faults.script(FaultKind.SLOW, method="PUT", path="*/editor", seconds=0.5)
    process = place.start("scan", "--json", "-i", "films")
    wait_until_asked(process, place.radarr, "/api/v3/movie/editor")
    process.send_signal(signal.SIGTERM)
    wait_until_stopping(process)
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=20)
    assert process.returncode == 143
    assert json.loads(out)["instances"]["films"]["changes"]["applied"] == 1
    (change,) = place.run("history", "--json").json
    assert (change["name"], change["result"]) == ("dub", "applied")


def test_an_arr_that_drips_its_answer_is_given_up(place):
    """Nobody waits for the whole time-out of a call; the next scan settles what was open."""
    place.collection.movie("Film", DUBBED)
    place.radarr.faults.script(FaultKind.DRIPPING, method="PUT", path="*/editor", seconds=60)
    command = [sys.executable, "-c", AT_ONCE, "scan", "--data-dir", place.data, "-i", "films"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    wait_until_asked(process, place.radarr, "/api/v3/movie/editor")
    process.send_signal(signal.SIGINT)
    err = process.communicate(timeout=20)[1]
    assert process.returncode == 130
    assert "taggarr: stopped at once; the next scan settles what was open" in err
    assert place.run("history", "--json").json[0]["result"] is None
    assert place.run("scan").code == 0
    assert place.run("history", "--json").json[0]["result"] == "applied"


@pytest.mark.measured
def test_a_second_ctrl_c_ends_it_at_once(place):
    """Whatever it has in hand."""
    place.collection.movie("Film", DUBBED)
    place.radarr.faults.script(FaultKind.DRIPPING, path="/api/v3/movie", seconds=60)
    process = place.start("scan", "-i", "films")
    wait_until_asked(process, place.radarr, "/api/v3/movie")
    process.send_signal(signal.SIGINT)
    wait_until_stopping(process)
    process.send_signal(signal.SIGINT)
    assert "stopped at once" in process.communicate(timeout=20)[1]
    assert process.returncode == 130


def test_a_stop_comes_before_the_guard_and_before_a_failure(place):
    """Several reasons in one scan: 143 before 3 before 1."""
    place.sonarr.api_key = "changed"
    place.radarr.faults.script(FaultKind.SLOW, path="/api/v3/movie", seconds=0.5)
    process = place.start("scan")
    wait_until_asked(process, place.radarr, "/api/v3/movie")
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert process.returncode == 143


@pytest.mark.measured
def test_explain_ends_as_a_scan_does(place):
    """It is a preview of one."""
    place.radarr.faults.script(FaultKind.SLOW, path="/api/v3/movie", seconds=0.5)
    process = place.start("explain", "Film")
    wait_until_asked(process, place.radarr, "/api/v3/movie")
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=20)
    assert (process.returncode, out) == (143, "")


AT_THE_WORST_MOMENT = """
import signal, sys, threading
from taggarr.cli.scan import stopping

def interrupt(frame, event, _):
    if event == "call" and frame.f_code is threading.Condition.wait.__code__:
        sys.setprofile(None)
        signal.raise_signal(signal.SIGTERM)

with stopping() as stop:
    sys.setprofile(interrupt)
    print(stop.wait(60), stop.code, flush=True)
"""
"""A signal that comes while the main thread is about to wait for it, and holds the lock of what it waits for."""


def test_a_signal_in_the_moment_before_the_wait_ends_the_wait(place):
    """Whoever handles a signal is the thread that was interrupted, and may hold any lock."""
    command = [sys.executable, "-c", AT_THE_WORST_MOMENT]
    process = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert process.stdout == "True 143\n"
    assert process.stderr == "taggarr: stopping after the item in hand (Ctrl-C again: at once)\n"
