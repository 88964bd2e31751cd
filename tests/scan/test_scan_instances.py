"""One instance that fails never stops another, and loses nothing by it."""

import contextlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from taggarr.simulator import FaultKind, RadarrSimulator
from taggarr.simulator.collection import audio

if TYPE_CHECKING:
    from conftest import House

DUBBED, WRONG = audio("jpn", "eng"), audio("jpn", "ger")


def library(house: "House") -> None:
    for number in range(5):
        house.shelf.series(f"Show {number}", {"Season 01/S01E01.mkv": DUBBED}, tags=["wrong-dub"])
    house.shelf.movie("Film", DUBBED)


def _closed_port() -> int:
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as server:
        port: int = server.getsockname()[1]
    return port


def _wrong_key(house: "House") -> None:
    house.instances["tv"]["api_key"] = "f" * 32


def _wrong_port(house: "House") -> None:
    house.instances["tv"]["url"] = f"http://127.0.0.1:{_closed_port()}"


def _swapped(house: "House") -> None:
    house.instances["tv"]["url"] = house.radarr.url.replace("127.0.0.1", "localhost")


def _starting(house: "House") -> None:
    house.sonarr.starting = True


def _faulty(kind: FaultKind) -> Callable[["House"], None]:
    def disturb(house: "House") -> None:
        house.sonarr.faults.script(kind, times=999, retry_after="0", seconds=5)

    return disturb


WAYS = {
    "wrong key": (_wrong_key, "unauthorized", "refuses the API key (401)"),
    "wrong port": (_wrong_port, "unreachable", "http://127.0.0.1:"),
    "Radarr under Sonarr": (_swapped, "protocol", "is Radarr, not Sonarr: check url and type"),
    "starting": (_starting, "unreachable", "Sonarr is starting up, please try again later"),
    "html": (_faulty(FaultKind.HTML), "protocol", ""),
    "login page": (_faulty(FaultKind.REDIRECT), "protocol", "login page"),
    "unavailable": (_faulty(FaultKind.UNAVAILABLE), "unreachable", "(503)"),
    "not json": (_faulty(FaultKind.NOT_JSON), "protocol", ""),
    "dripping": (_faulty(FaultKind.DRIPPING), "unreachable", ""),
}


@pytest.mark.parametrize(("disturb", "code", "says"), WAYS.values(), ids=WAYS.keys())
def test_the_other_instance_goes_on(
    house: "House", disturb: Callable[["House"], None], code: str, says: str
) -> None:
    """Whatever is wrong with Sonarr is said in its own sentence; Radarr is scanned; nothing of Sonarr's is lost."""
    library(house)
    house.scan("tv")
    records = house.records("tv")
    tags = house.tags()
    house.forget_requests()
    url = dict(house.instances["tv"])
    house.instances["tv"]["timeout_s"] = 1
    disturb(house)
    summary = house.scan().instances
    assert summary["tv"].error is not None
    assert summary["tv"].error[0] == code
    assert summary["tv"].error[1].startswith("tv: ")
    assert says in summary["tv"].error[1]
    assert (summary["films"].error, summary["films"].applied) == (None, 1)
    assert house.sonarr.log.writes == []
    assert house.tags() == tags | {"Film": {"dub"}}
    house.instances["tv"] = url
    house.sonarr.starting = False
    house.sonarr.faults.clear()
    assert house.records("tv") == records
    healed = house.scan("tv").instances["tv"]
    assert (healed.error, healed.files_read, healed.planned) == (None, 0, 0)


def test_one_list_that_fails_is_one_title_unknown(house: "House") -> None:
    """A series whose files the arr cannot list keeps its tags; the others are done, and it is asked again."""
    library(house)
    house.settings["workers"] = 1  # one list at a time, so that the second fails whatever happens
    house.sonarr.faults.script(FaultKind.UNAVAILABLE, path="*/episodefile", nth=2, times=3, retry_after="0")
    summary = house.scan("tv").instances["tv"]
    ((title, reason),) = summary.attention
    assert (title, summary.applied) == ("Show 1", 8)
    assert "its list of files could not be fetched" in reason
    assert house.tags()["Show 1"] == {"wrong-dub"}
    house.scan("tv")
    assert house.tags()["Show 1"] == {"dub"}


def test_an_arr_that_goes_down_meanwhile_is_not_asked_for_every_title(house: "House") -> None:
    """Three lists running without an answer: the instance failed, and says why."""
    library(house)
    for number in range(5, 30):
        house.shelf.series(f"Show {number}", {"Season 01/S01E01.mkv": DUBBED})
    house.settings["workers"] = 1
    house.sonarr.faults.script(FaultKind.UNAVAILABLE, path="*/episodefile", times=999, retry_after="0")
    summary = house.scan("tv").instances["tv"]
    assert summary.error is not None
    assert summary.error[0] == "unreachable"
    assert house.asked("tv").count("episodefile") <= 15
    assert house.sonarr.log.writes == []


def test_a_series_that_is_gone_meanwhile_is_not_the_arrs_end(house: "House") -> None:
    """An answer that says no is an answer, however many there are."""
    library(house)
    house.scan("tv")

    def delete(progress: Any) -> None:
        if progress.phase == "fetch":
            for number in range(1, 5):
                house.sonarr.rows[number].path += "!"  # another fingerprint
                house.sonarr.rows[number].text = None
            house.sonarr._list = None

    house.sonarr.faults.script(FaultKind.ERROR, path="*/episodefile", times=999)
    house.settings["workers"] = 4
    summary = house.scan("tv", listen=delete).instances["tv"]
    assert summary.error is None
    assert [title for title, _ in summary.attention] == ["Show 0", "Show 1", "Show 2", "Show 3"]


# The log


def run(house: "House", *arguments: str) -> subprocess.CompletedProcess[str]:
    """`taggarr scan` in a process of its own."""
    house.config()
    data = str(house.folder / "data")
    command = [sys.executable, "-m", "taggarr", "scan", "--data-dir", data, "-c", f"{data}/config.yaml"]
    return subprocess.run(
        [*command, *arguments],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )


@pytest.fixture
def troubled(house: "House") -> Iterator["House"]:
    """A library in which one title fails and one needs attention, beside an instance that is down."""
    house.shelf.movie("Good", DUBBED)
    house.shelf.movie("Odd", WRONG, quality_profile_id=7)
    house.shelf.movie("Broken", b"")
    with RadarrSimulator() as other:
        house.instances["other"] = {"type": "radarr", "url": other.url, "api_key": "f" * 32}
        yield house


def test_a_log_file_has_instance_and_item_on_each_line(troubled: "House") -> None:
    """Begin and end of each instance, what was written, and each failure with whom it is about."""
    path = troubled.folder / "taggarr.log"
    troubled.logging = {"path": str(path), "format": "json", "level": "debug"}
    ended = run(troubled)
    assert ended.returncode == 1
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    ours = [line for line in lines if line["logger"].startswith("taggarr.scan")]
    assert {line["instance"] for line in ours} == {"tv", "films", "other"}
    films = [(line["level"], line["item"], line["message"]) for line in ours if line["instance"] == "films"]
    assert films[0] == ("info", None, "the scan begins")
    assert ("info", None, "added dub on 1 items") in films
    assert ("debug", "Good", "added tag dub: Japanese and English are heard") in films
    assert films[-1][2].startswith("the scan ends: 3 items, 3 of 3 files read, ")
    (failure,) = [line for line in films if line[0] == "warning"]
    assert failure[1] == "Odd"
    assert failure[2].startswith("add tag wrong-dub: failed: ")
    errors = [line["message"] for line in ours if line["level"] == "error"]
    assert len(errors) == 1
    assert "refuses the API key" in errors[0]


def test_standard_error_says_nothing_twice(troubled: "House") -> None:
    """The command shows failures itself; the log on standard error does not repeat them."""
    ended = run(troubled)
    assert ended.returncode == 1
    everything = ended.stdout + ended.stderr
    assert everything.count("Quality Profile does not exist") == 1
    assert everything.count("refuses the API key") == 1
    assert everything.count("needs attention: Broken") == 1
    assert "INFO" not in ended.stderr
    told = run(troubled, "--log-level", "debug")
    assert "DEBUG" in told.stderr
