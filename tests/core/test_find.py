"""Items by what people call them."""

import pytest

from taggarr.core.find import is_named, near
from taggarr.core.media import Item, Kind

AMELIE = Item("films", Kind.MOVIE, 12, "Amélie", "/films/Amelie (2001)", year=2001)
WAR = Item("films", Kind.MOVIE, 3, "1917", "C:\\Films\\1917", year=2019)
UNDATED = Item("tv", Kind.SERIES, 4, "Dark", "/tv/Dark")


@pytest.mark.parametrize(
    ("item", "name", "named"),
    [
        (AMELIE, "Amélie", True),
        (AMELIE, "  aMÉLIE ", True),
        (AMELIE, "Amélie (2001)", True),
        (AMELIE, "Amélie (2002)", False),
        (AMELIE, "Amelie", False),
        (AMELIE, "Amél", False),
        (AMELIE, "12", True),
        (AMELIE, "012", False),
        (AMELIE, "1", False),
        (AMELIE, "²", False),
        (AMELIE, "9" * 5000, False),
        (AMELIE, "/films/Amelie (2001)", True),
        (AMELIE, "/films/Amelie (2001)/", True),
        (AMELIE, "/films/Amelie (2001)/Amelie.mkv", True),
        (AMELIE, "/films/Amelie (2001) Extended", False),
        (AMELIE, "/films", False),
        (AMELIE, "/", False),
        (AMELIE, "/mnt/Amelie", True),
        (AMELIE, "/mnt/Amelie/movie.nfo", True),
        (AMELIE, "/mnt", False),
        (AMELIE, "", False),
        (AMELIE, "  ", False),
        (WAR, "1917", True),
        (WAR, "3", True),
        (WAR, "c:\\films\\1917\\a.mkv", True),
        (WAR, "2019", False),
        (UNDATED, "dark", True),
        (UNDATED, "Dark (None)", False),
    ],
)
def test_what_an_item_is_called(item: Item, name: str, named: bool):
    """A title with or without its year, an id, a folder there or here, or a path in it, mean an item."""
    assert is_named(item, "/mnt/Amelie" if item is AMELIE else "/mnt/x", [name]) is named


@pytest.mark.parametrize(("names", "named"), [([], False), (["no", "Dark"], True), (["no", "none"], False)])
def test_any_of_several_names_will_do(names: list[str], named: bool):
    """One name of several is enough."""
    assert is_named(UNDATED, "/mnt/x", names) is named


def test_an_item_without_a_folder_here_is_not_every_path():
    """An item whose folder is not known here is not meant by any path."""
    assert is_named(UNDATED, "", ["/mnt/x"]) is False


TITLES = ["Dark", "Dark Matter", "The Dark Knight", "Darkwing Duck", "Amélie", "Frieren", "Friends"]


@pytest.mark.parametrize(
    ("name", "most", "found"),
    [
        ("dark", 5, ["Dark", "Dark Matter", "Darkwing Duck", "The Dark Knight"]),
        ("dark", 2, ["Dark", "Dark Matter"]),
        ("Amelie", 5, ["Amélie"]),
        ("friren", 5, ["Frieren", "Friends"]),
        (" DARK MATER ", 1, ["Dark Matter"]),
        ("Solaris", 5, []),
        ("", 5, []),
        ("  ", 5, []),
    ],
)
def test_titles_that_may_have_been_meant(name: str, most: int, found: list[str]):
    """Titles that hold the name come first, the shortest before, then those that look like it."""
    assert near(name, TITLES, most) == found
