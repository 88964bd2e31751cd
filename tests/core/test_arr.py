"""What an arr's list says of items, and what it does not."""

import pytest

from taggarr.core.arr import Listing, OddRow
from taggarr.core.media import Item, Kind

LISTED = Item("tv", Kind.SERIES, 3, "Dark", "/tv/Dark")
ODD = OddRow(7, "path is null")
NAMELESS = OddRow(None, "id is missing")


@pytest.mark.parametrize(
    ("listing", "gone"),
    [
        (Listing((LISTED,)), {7, 8, 9}),
        (Listing((LISTED,), (ODD,)), {8, 9}),
        (Listing((), (ODD,)), {3, 8, 9}),
        (Listing((LISTED,), (ODD, NAMELESS)), set()),
        (Listing(), {3, 7, 8, 9}),
    ],
)
def test_what_is_surely_gone(listing: Listing, gone: set[int]):
    """Neither listed nor in a row that may be it; nothing is, where a row does not even say its id."""
    assert listing.gone([3, 7, 8, 9]) == gone


@pytest.mark.parametrize(("row", "text"), [(ODD, "id 7, path is null"), (NAMELESS, "id is missing")])
def test_an_odd_row_is_named_by_its_id(row: OddRow, text: str):
    """Where it says one."""
    assert str(row) == text
