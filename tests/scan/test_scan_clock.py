"""A clock that jumps: times are written down, and nothing is decided by them."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from taggarr.simulator import FaultKind
from taggarr.simulator.collection import audio, write

if TYPE_CHECKING:
    from conftest import House

DUBBED, ORIGINAL = audio("jpn", "eng"), audio("jpn")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("then", [NOON.replace(year=2025), NOON.replace(year=2031)], ids=["back", "ahead"])
def test_a_clock_that_jumps_changes_nothing(house: "House", then: datetime) -> None:
    """What is new is read, what is known is not; the history keeps its order, and the last scan is the one undone."""
    house.now = lambda: NOON
    house.shelf.movie("First", DUBBED)
    house.shelf.movie("Second", DUBBED)
    house.scan()
    house.now = lambda: then
    write(house.shelf.movies / "First" / "First.mkv", ORIGINAL)
    films = house.scan().instances["films"]
    assert (films.files_read, films.applied) == (1, 1)
    assert house.tags() == {"First": set(), "Second": {"dub"}}
    house.forget_requests()
    assert house.scan().instances["films"].files_read == 0
    assert house.writes() == []
    assert [(change.intent.title, change.at) for change in house.history()] == [
        ("First", NOON),
        ("Second", NOON),
        ("First", then),
    ]
    assert house.undo().scan == 2
    assert house.tags() == {"First": {"dub"}, "Second": {"dub"}}


@pytest.mark.parametrize("then", [NOON.replace(year=2025), NOON.replace(year=2031)], ids=["back", "ahead"])
def test_a_cut_off_scan_is_settled_whatever_the_time(house: "House", then: datetime) -> None:
    """A change of which no answer came is looked at by the next scan, be that before or after it."""
    house.now = lambda: NOON
    house.shelf.movie("Film", DUBBED)
    house.radarr.faults.script(FaultKind.RESET_AFTER, method="PUT", path="*/editor", times=3)
    assert house.scan().instances["films"].failed == 1
    house.now = lambda: then
    assert house.scan().instances["films"].failed == 0
    (change,) = house.history()
    assert change.outcome is not None
    assert (change.outcome.result, change.settled_at) == ("applied", then)
