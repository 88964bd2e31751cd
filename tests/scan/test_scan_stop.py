"""A scan that is told to stop: it ends soon, keeps what it knows, and the next one does the rest."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from taggarr.core.errors import StoreError
from taggarr.core.language import Language
from taggarr.core.media import Reading
from taggarr.core.policy import Policy, Rules
from taggarr.probe.disk import LocalDisk
from taggarr.scan.claims import WAIT_S, Claims, written_before
from taggarr.scan.events import Phase, Progress
from taggarr.scan.places import Places
from taggarr.scan.pool import Pool
from taggarr.simulator import FaultKind
from taggarr.simulator.collection import audio

if TYPE_CHECKING:
    from conftest import House

DUBBED = audio("jpn", "eng")
NFO = "<tvshow><title>A</title></tvshow>"


def library(house: "House") -> None:
    for number in range(3):
        episodes = {f"Season 01/S01E{episode:03}.mkv": DUBBED for episode in range(1, 101)}
        house.shelf.series(f"Show {number}", episodes, nfo=NFO)


class Counting(LocalDisk):
    """A disk that says when the n-th file is read."""

    def __init__(self, nth: int, then: Callable[[], None]) -> None:
        self._left = nth
        self._then = then
        self._lock = threading.Lock()

    def read(self, path: str) -> Reading:
        with self._lock:
            self._left -= 1
            if self._left == 0:
                self._then()
        return super().read(path)


def test_a_stop_while_reading_keeps_what_was_read(house: "House") -> None:
    """Nothing is judged on half of an item's files, nothing is changed, and few files are read again."""
    library(house)
    house.disk = Counting(150, house.stop.set)
    summary = house.scan("tv")
    assert summary.interrupted
    stopped = summary.instances["tv"]
    assert (stopped.planned, stopped.error, house.writes()) == (0, None, [])
    assert 0 < stopped.files_read < 300
    assert house.records("tv") == {}
    house.stop.clear()
    house.disk = LocalDisk()
    again = house.scan("tv").instances["tv"]
    assert stopped.files_read + again.files_read <= 300 + 4 * 16, "what was in hand is read again"
    assert again.verdicts["dub"] == 3


@pytest.mark.parametrize("phase", [Phase.FETCH, Phase.DECIDE])
def test_a_stop_between_the_steps_changes_nothing(house: "House", phase: Phase) -> None:
    """Told before the first file, or before the first change: the arr hears of nothing."""
    library(house)

    def stop(progress: Progress) -> None:
        if progress.phase is phase:
            house.stop.set()

    stopped = house.scan("tv", listen=stop).instances["tv"]
    assert (stopped.planned, stopped.applied, house.writes()) == (0, 0, [])
    house.stop.clear()
    assert house.scan("tv").instances["tv"].applied == 6


def test_a_stop_does_not_wait_for_a_slow_list(house: "House") -> None:
    """An arr that takes its time over a list of files does not hold the scan."""
    library(house)
    house.sonarr.faults.script(FaultKind.SLOW, path="*/episodefile", times=9, seconds=2)
    threading.Timer(0.3, house.stop.set).start()
    stopped = house.scan("tv").instances["tv"]
    assert (stopped.planned, stopped.files_read) == (0, 0)


def test_a_stop_before_the_nfo_files_leaves_them_to_the_next_scan(house: "House") -> None:
    """The tags are set; the NFO files follow when the next scan sees that they lack the tag."""
    library(house)

    def stop(progress: Progress) -> None:
        if progress.phase is Phase.APPLY and progress.done:
            house.stop.set()

    assert house.scan("tv", listen=stop).instances["tv"].applied == 3
    house.stop.clear()
    summary = house.scan("tv").instances["tv"]
    assert (summary.applied, summary.planned) == (3, 3)


def test_nobody_waits_for_an_instance_when_told_to_stop() -> None:
    """The second in the configuration waits for the first one's folders, but not against a stop."""
    stop = threading.Event()
    claims = Claims(["first", "second"], {}, stop)
    answers: list[dict[str, str]] = []
    thread = threading.Thread(target=lambda: answers.append(claims.writer_before("second")))
    thread.start()
    assert answers == []
    stop.set()
    thread.join(10)
    assert answers == [{}]


def test_the_second_waits_for_the_first() -> None:
    """However long the first one's list takes: it comes, or fails, within its time-outs."""
    claims = Claims(["first", "second"], {}, threading.Event())
    announcing = threading.Timer(2 * WAIT_S, claims.announce, ("first", ["/a"]))
    announcing.start()
    assert claims.writer_before("second") == {"/a": "first"}
    announcing.join()


def test_a_database_that_fails_claims_nothing() -> None:
    """Whoever asks has the same database, and says what is wrong with it."""

    class Broken:
        def records(self) -> None:
            raise StoreError("/data/taggarr.db", "it is damaged")

    places = Places(LocalDisk(), Pool(1))
    rules = Rules(Policy((Language("en"),)))
    assert written_before(rules, Broken(), places) == frozenset()


def test_claims_know_the_order() -> None:
    """The first word of an instance counts; those before it are asked, those behind it are not."""
    claims = Claims(["first", "absent", "last"], {"absent": lambda: ["/b", "/c"]}, threading.Event())
    claims.announce("first", {"/a", "/b"})
    claims.announce("first", {"/z"})
    claims.announce("stranger", {"/x"})
    assert claims.announced("stranger")
    assert claims.announced("first")
    assert not claims.announced("last")
    assert claims.writer_before("first") == {}
    assert claims.writer_before("stranger") == {}
    assert claims.writer_before("last") == {"/a": "first", "/b": "first", "/c": "absent"}
