"""Rows of an arr's list that cannot be understood: their items are unknown, and unknown is not gone."""

from collections.abc import Mapping, Sequence

from taggarr.core.arr import Listing, OddRow
from taggarr.core.record import ItemRecord


def unclear(listing: Listing, records: Mapping[int, ItemRecord]) -> Sequence[ItemRecord]:
    """What is known of items that the arr may list, in rows that nobody understands."""
    listed = {item.id for item in listing.items}
    gone = listing.gone(records)
    return [record for item_id, record in records.items() if item_id not in listed and item_id not in gone]


def note(odd: Sequence[OddRow]) -> str:
    """What to tell of such rows."""
    said = "could not be understood and"
    if len(odd) == 1:
        what = f"1 title of the arr's list {said} was left alone: {odd[0]}"
    else:
        what = f"{len(odd)} titles of the arr's list {said} were left alone; the first: {odd[0]}"
    return f"{what}. Its page in the arr may show what is wrong; refreshing it there may mend it"
