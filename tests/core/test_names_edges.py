"""Names of files, folders and titles where small differences decide."""

import pytest

from taggarr.core import episodes, find
from taggarr.core.arr import Busy
from taggarr.core.media import File
from taggarr.core.paths import PathMapping, tidy, to_local


@pytest.mark.parametrize("name", ["Show 05.mkv", "Show 05.MKV", "Show 05.Mp4"])
def test_extension_in_capitals_is_one(name: str):
    """What follows the last dot is no part of the name, however it is written."""
    assert episodes.numbers(name) == episodes.Numbers(None, (5,))


def test_name_that_speaks_of_another_season_gives_no_order():
    """A file of season 1 that is named for season 2 is put where files without a number are."""
    file = File(1, "/tv/Show/S02E05.mkv", "S02E05.mkv", 1000, season=1)
    assert episodes.reading_order(file) == (1, True, 0, "S02E05.mkv")


@pytest.mark.parametrize("path", ["/tv/Malcolm X", "/tv/XX"])
def test_only_slashes_are_taken_from_an_end(path: str):
    """A name may end in any letter."""
    assert tidy(path + "/") == path
    assert to_local("/tv/Show", [PathMapping("/tv", path + "/")]) == path + "/Show"


def test_longest_mapping_is_the_one_with_most_parts():
    """What is left of the path is measured, not compared by letter."""
    mappings = [PathMapping("/tv", "/one"), PathMapping("/tv/a", "/two")]
    assert to_local("/tv/a/z", mappings) == "/two/z"
    assert to_local("/tv/a/z", mappings[::-1]) == "/two/z"


def test_titles_that_hold_the_name_come_shortest_first():
    """The closest title is the one with the least besides the name; titles of one length go by letter."""
    titles = ["A Long Story of Dark", "Dark Zone", "Darkness", "Dark Area"]
    assert find.near("dark", titles) == ["Darkness", "Dark Area", "Dark Zone", "A Long Story of Dark"]


def test_five_titles_are_proposed_unless_asked_otherwise():
    """Neither more nor fewer, whether they hold the name or only look like it."""
    holding = [f"Dark {number}" for number in range(1, 8)]
    assert find.near("dark", holding) == holding[:5]
    alike = [f"Stark Trak {number}" for number in range(1, 8)]
    assert len(find.near("Stork Trak", alike)) == 5
    assert len(find.near("Stork Trak", alike, 2)) == 2


def test_busy_arr_holds_all_items_or_those_it_names():
    """A command without items is about the whole library."""
    assert Busy(everything=True).holds(7)
    assert Busy(ids=frozenset({7})).holds(7)
    assert not Busy(ids=frozenset({7})).holds(8)
