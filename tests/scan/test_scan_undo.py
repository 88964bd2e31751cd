"""`undo`: the inverse of what a scan changed, with the guarantees of a scan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taggarr.simulator.collection import audio

if TYPE_CHECKING:
    from tests.scan.conftest import House

DUBBED = audio("jpn", "eng")
ORIGINAL = audio("jpn")
NFO = "<tvshow>\n  <title>Dub</title>\n  <tag>mine</tag>\n</tvshow>\n"


def library(house: House) -> None:
    house.shelf.series("Dub", {"Season 01/S01E01.mkv": DUBBED}, tags=["wrong-dub", "keep"], nfo=NFO)
    house.shelf.series("Half", {"Season 01/S01E01.mkv": DUBBED, "Season 01/S01E02.mkv": ORIGINAL})
    house.shelf.series("Original", {"Season 01/S01E01.mkv": ORIGINAL}, tags=["dub"])
    house.shelf.movie("Film", DUBBED)


BEFORE = {"Dub": {"wrong-dub", "keep"}, "Half": set(), "Original": {"dub"}, "Film": set()}
AFTER = {"Dub": {"dub", "keep"}, "Half": {"semi-dub"}, "Original": set(), "Film": {"dub"}}


def test_everything_is_as_it_was_before_the_scan(house: House) -> None:
    """Tags come back and go, foreign ones stay, and the NFO is byte for byte what it was."""
    library(house)
    house.scan()
    nfo = house.shelf.tv / "Dub" / "tvshow.nfo"
    assert (house.tags(), nfo.read_text() == NFO) == (AFTER, False)
    undone = house.undo()
    assert (house.tags(), nfo.read_text()) == (BEFORE, NFO)
    assert (undone.number, undone.scan, undone.complete) == (2, 1, True)
    tv = undone.instances["tv"]
    assert (tv.summary.planned, tv.summary.applied, tv.summary.failed, tv.left) == (5, 5, 0, [])


def test_an_undone_title_is_held(house: House) -> None:
    """The next scans do not write the same again, and tell why."""
    library(house)
    house.scan()
    house.undo()
    for _ in range(2):
        summary = house.scan()
        assert house.tags() == BEFORE
        assert {one.rest for each in summary.instances.values() for one in each.plans} == {"held"}
        assert not any(each.planned or each.failed for each in summary.instances.values())


def test_an_undo_can_be_undone(house: House) -> None:
    """The undo of the undo writes everything again and holds nothing; its own undo does hold."""
    library(house)
    house.scan()
    house.undo()
    nfo = house.shelf.tv / "Dub" / "tvshow.nfo"
    again = house.undo()
    assert (again.number, again.scan) == (3, 2)
    assert house.tags() == AFTER
    assert "<tag>dub</tag>" in nfo.read_text()
    assert house.scan().instances["tv"].plans == []
    house.undo(3)
    assert (house.tags(), nfo.read_text()) == (BEFORE, NFO)
    house.scan()
    assert house.tags() == BEFORE
