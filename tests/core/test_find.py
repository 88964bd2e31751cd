"""Items by what people call them."""

import pytest

from taggarr.core.find import called, is_named, near
from taggarr.core.media import Item, Kind

AMELIE = Item(
    "films", Kind.MOVIE, 12, "Amélie", "/films/Amelie (2001)", year=2001, tmdb_id=194, imdb_id="tt0211915"
)
WAR = Item("films", Kind.MOVIE, 3, "1917", "C:\\Films\\1917", year=2019, imdb_id="TT8579674")
UNDATED = Item("tv", Kind.SERIES, 4, "Dark", "/tv/Dark", tvdb_id=334824)


@pytest.mark.parametrize(
    ("item", "name", "named"),
    [
        (AMELIE, "Amélie", True),
        (AMELIE, "  aMÉLIE ", True),
        (AMELIE, "Amélie (2001)", True),
        (AMELIE, "Amélie (2002)", False),
        (AMELIE, "amélie 2001", True),
        (AMELIE, "Amélie 2002", False),
        (AMELIE, "tmdb:194", True),
        (AMELIE, "TMDB: 194", True),
        (AMELIE, "tmdb:19", False),
        (AMELIE, "tvdb:194", False),
        (AMELIE, "tvdb:None", False),
        (AMELIE, "imdb:TT0211915", True),
        (AMELIE, "imdb:", False),
        (AMELIE, "194", False),
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
        (WAR, "imdb:tt8579674", True),
        (WAR, "c:\\films\\1917\\a.mkv", True),
        (WAR, "2019", False),
        (UNDATED, "dark", True),
        (UNDATED, "Dark (None)", False),
        (UNDATED, "Dark None", False),
        (UNDATED, "tvdb:334824", True),
        (UNDATED, "imdb:none", False),
    ],
)
def test_what_an_item_is_called(item: Item, name: str, named: bool):
    """A title with or without its year, an id of the arr's or of a catalogue, a folder, a path in it."""
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
        ("matter dark", 1, ["Dark Matter"]),
        ("mater dark", 1, ["Dark Matter"]),
        ("Dark Knight", 1, ["The Dark Knight"]),
        ("Dark Knight, The", 1, ["The Dark Knight"]),
        ("The Dark", 1, ["Dark"]),
        ("A Frieren (2023)", 1, ["Frieren"]),
        ("darkwing-duck 1991", 5, ["Darkwing Duck"]),
        ("/mnt/media/television/Dak", 1, ["Dark"]),
        ("Solaris", 5, []),
        ("", 5, []),
        ("  ", 5, []),
    ],
)
def test_titles_that_may_have_been_meant(name: str, most: int, found: list[str]):
    """The same words come first, then what holds the name, the shortest before, then what looks like it."""
    assert near(name, TITLES, most) == found


YEARS = [
    "Dune (1984)",
    "Dune (2021)",
    "Dune: Part Two (2024)",
    "1917 (2019)",
    "The Who",
    "Who",
    "2049",
    "The",
]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Dune 1985", ["Dune (1984)", "Dune (2021)", "Dune: Part Two (2024)"]),
        ("Part Two Dune", ["Dune: Part Two (2024)"]),
        ("1918", ["1917 (2019)"]),
        ("1917", ["1917 (2019)"]),
        ("2049", ["2049"]),
        ("the", ["The", "The Who"]),
        ("(2021)", []),
    ],
)
def test_years_and_articles_do_not_hide_a_title(name: str, found: list[str]):
    """A wrong year is passed over; a title that is nothing but a year or an article keeps it."""
    assert near(name, YEARS) == found


@pytest.mark.parametrize(
    ("name", "titles", "found"),
    [
        ("dark", ["Dark Y", "dark x"], ["dark x", "Dark Y"]),
        ("fate/zer0", ["Fate/Zero", "Zero"], ["Fate/Zero"]),
        ("zlpha beta", ["Beta Zulpha", "Alpha Beta"], ["Alpha Beta", "Beta Zulpha"]),
        ("abcde", ["abcxy", "abwxy"], ["abcxy"]),
        ("It (1899)", ["It (1990)"], ["It (1990)"]),
        ("the", ["A", "The"], ["The"]),
        ("An It", ["It"], ["It"]),
        ("A It", ["It"], ["It"]),
    ],
)
def test_which_of_several_is_nearest(name: str, titles: list[str], found: list[str]):
    """By the title as it is written first, then by its words in whatever order."""
    assert near(name, titles) == found


@pytest.mark.parametrize(
    ("item", "text"), [(AMELIE, "Amélie (2001)"), (UNDATED, "Dark"), (WAR, "1917 (2019)")]
)
def test_a_title_with_its_year(item: Item, text: str):
    """Where the year is known; the text names the item again."""
    assert called(item) == text
    assert is_named(item, "", [text])
