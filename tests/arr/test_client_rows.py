"""Lists in which single rows are broken: the others are taken, and the broken ones are named."""

from typing import Any

import pytest

from taggarr.core.arr import Listing, OddRow
from taggarr.core.errors import ArrOddRow, ArrProtocol, ArrUnreachable
from taggarr.core.media import Item, Kind

GOOD = {"id": 3, "path": "/tv/Good"}
PLAIN = Item(instance="tv", kind=Kind.SERIES, id=3, title="", path="/tv/Good", root="/tv")
ODD = {"id": 7, "path": "/tv/Odd"}

ROWS: list[tuple[Any, OddRow]] = [
    (ODD | {"path": None}, OddRow(7, "path is null")),
    ({"id": 7}, OddRow(7, "path is missing")),
    (ODD | {"path": 5}, OddRow(7, "path is a number and not a text")),
    (ODD | {"title": None}, OddRow(7, "title is null")),
    (ODD | {"monitored": "yes"}, OddRow(7, "monitored is a text and not true or false")),
    (ODD | {"tags": {}}, OddRow(7, "tags is an object and not a list")),
    (ODD | {"tags": [1.5]}, OddRow(7, "tags[0] is a fraction and not a number")),
    (
        ODD | {"tags": [1 << 64]},
        OddRow(7, "tags[0] is not as expected (Expected `int` <= 9223372036854775807)"),
    ),
    (ODD | {"seasons": [{}]}, OddRow(7, "seasons[0].seasonNumber is missing")),
    (ODD | {"genres": [False]}, OddRow(7, "genres[0] is true or false and not a text")),
    ({"path": "/tv/Odd"}, OddRow(None, "id is missing")),
    (ODD | {"id": None}, OddRow(None, "id is null")),
    (ODD | {"id": 1 << 63}, OddRow(None, "id is not as expected (Expected `int` <= 9223372036854775807)")),
    ([], OddRow(None, "it is a list and not an object")),
    (None, OddRow(None, "it is null")),
]


@pytest.mark.parametrize(("row", "odd"), ROWS, ids=[odd.problem for _, odd in ROWS])
def test_an_odd_row_spoils_no_other(fake, sonarr, row, odd):
    """It is named by its id, where that can be read, with what is wrong in a person's words."""
    fake.on("GET", "/tag", fake.json([]))
    fake.on("GET", "/series", fake.json([row, GOOD, row]))
    assert sonarr.items() == Listing((PLAIN,), (odd, odd))


def test_a_text_that_is_no_text_spoils_its_row_alone(fake, sonarr):
    """Bytes that are not UTF-8."""
    rows = b'[{"id":3,"path":"/tv/Good"},{"id":7,"path":"/tv/Odd","title":"\xff"}]'
    fake.on("GET", "/tag", fake.json([]))
    fake.on("GET", "/series", fake.reply(200, rows))
    assert sonarr.items() == Listing((PLAIN,), (OddRow(7, "it holds a text that is no text"),))


@pytest.mark.parametrize("answer", [{}, None, "no", {"items": [GOOD]}, [[]], [None], [{"id": 7}]])
def test_what_is_no_list_of_series_is_no_answer(fake, sonarr, answer):
    """Another shape, or not one row that is understood."""
    fake.on("GET", "/tag", fake.json([]))
    fake.on("GET", "/series", fake.json(answer))
    with pytest.raises(ArrProtocol, match="is not the one that Sonarr gives"):
        sonarr.items()


def test_an_empty_list_is_an_answer(fake, sonarr):
    """An arr without a title."""
    fake.on("GET", "/tag", fake.json([]))
    fake.on("GET", "/series", fake.json([]))
    assert sonarr.items() == Listing()


def test_a_cut_list_is_not_saved_row_by_row(fake, sonarr, naps):
    """What came before the cut is not the list: it is asked for again, odd rows or not."""
    fake.on("GET", "/tag", fake.json([]))
    fake.on("GET", "/series", fake.reply(200, b'[{"id":7},{"id":3,"path":"/tv/Good"},{"id":4,"pa'))
    with pytest.raises(ArrUnreachable, match="was cut off or damaged"):
        sonarr.items()
    assert len(naps) == 2


MOVIE = {"id": 4, "path": "/movies/Film", "hasFile": True}
FILE = {"id": 9, "relativePath": "Film.mkv", "path": "/movies/Film/Film.mkv", "size": 5}


@pytest.mark.parametrize("file", [[], {}, FILE | {"size": None}, FILE | {"mediaInfo": "no"}])
def test_an_odd_file_leaves_its_movie_listed(fake, radarr, file):
    """The movie is known, its files are not: they are asked for by themselves."""
    fake.on("GET", "/tag", fake.json([]))
    fake.on("GET", "/movie", fake.json([MOVIE | {"movieFile": file}, MOVIE | {"id": 5, "movieFile": FILE}]))
    fake.on("GET", "/moviefile?movieId=4", fake.json([FILE]))
    listing = radarr.items()
    assert [(item.id, item.files is None) for item in listing.items] == [(4, True), (5, False)]
    assert listing.odd == ()
    assert radarr.files(listing.items[0]) == listing.items[1].files


@pytest.mark.parametrize("rows", [[FILE, FILE | {"size": None}], [FILE | {"size": None}]])
def test_a_list_of_files_with_an_odd_row_says_half(fake, sonarr, radarr, rows):
    """It is refused as a whole, with the row named, and is no sign that the arr is another."""
    item = Item(instance="tv", kind=Kind.SERIES, id=3, title="", path="/tv/Good", root="/tv")
    fake.on("GET", "/episodefile", fake.json(rows))
    fake.on("GET", "/moviefile", fake.json(rows))
    for arr in (sonarr, radarr):
        with pytest.raises(ArrOddRow, match=r"could not be understood \(id 9, size is null\)"):
            arr.files(item)
