"""How far a scan is, in steps as small as its files."""

import time
from itertools import pairwise
from typing import TYPE_CHECKING

from taggarr.core.media import Stat, Unreadable
from taggarr.probe.disk import LocalDisk
from taggarr.scan.events import Phase, Progress
from taggarr.scan.pace import Pace
from taggarr.simulator import FaultKind
from taggarr.simulator.collection import audio

if TYPE_CHECKING:
    from conftest import House


def test_ten_times_a_second_is_enough() -> None:
    """However many files come in; what was left untold is told with the next."""
    now, told = 0.0, []
    pace = Pace(told.append, lambda: now)
    pace.take(100)
    for step in range(1, 1025):
        now = step / 1024
        pace.reach(step / 1024)
    assert told == [10, 20, 30, 40, 50, 60, 70, 80, 90]
    pace.take(50)
    for now, part in ((1.0, 0.5), (1.2, 0.5), (1.4, 0.2), (1.6, 1.0)):  # noqa: B007 - the clock reads it
        pace.reach(part)
    assert told[9:] == [125, 125, 150], "it never goes back"


class Slow(LocalDisk):
    """A disk that takes its time."""

    def stat(self, path: str) -> Stat | Unreadable:
        time.sleep(0.02)
        return super().stat(path)


def _read(house: "House") -> list[int]:
    """How many titles were told of while one instance was read."""
    told: list[int] = []

    def listen(event: Progress) -> None:
        if event.phase is Phase.READ:
            assert event.total == 40
            told.append(event.done)

    house.scan("tv", listen=listen)
    return told


def test_the_titles_come_in_one_by_one(house: "House") -> None:
    """Less than a hundred titles on a slow disk: it is told how far it is, and never that it went back."""
    for number in range(40):
        house.shelf.series(f"Show {number}", {"S01E01.mkv": audio("jpn")})
    house.disk = Slow()
    house.settings["workers"] = 1
    told = _read(house)
    assert told[0] == 0
    assert len(set(told) - {0, 40}) >= 3
    assert all(before <= after for before, after in pairwise(told))


def test_lists_that_come_slowly_are_told_of(house: "House") -> None:
    """Half of the way of a title is its list of files."""
    for number in range(40):
        house.shelf.series(f"Show {number}", {"S01E01.mkv": audio("jpn")})
    house.sonarr.faults.script(FaultKind.SLOW, path="*/episodefile", times=99, seconds=0.02)
    house.settings["workers"] = 1
    assert set(_read(house)) & set(range(1, 20))


def test_the_end_is_told(house: "House") -> None:
    """Also of an instance that failed."""
    house.shelf.movie("Film", audio("jpn"))
    house.sonarr.api_key = "another"
    told: list[Progress] = []
    house.scan(listen=told.append)
    ends = {event.instance: event.done for event in told if event.phase is Phase.END}
    assert ends == {"tv": 0, "films": 1}
