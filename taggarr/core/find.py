"""Items by what people call them: a title, a path, or the arr's id."""

import difflib
from collections.abc import Collection, Iterable

from taggarr.core.media import Item
from taggarr.core.paths import is_under, tidy


def is_named(item: Item, local: str, names: Iterable[str]) -> bool:
    """Whether one of `names` means this item: its title (with or without the year), its id, its folder
    as the arr or this machine names it, or a path in that folder. Titles are compared without case.
    """
    return any(_is(item, local, name) for name in names)


def near(name: str, titles: Collection[str], most: int = 5) -> list[str]:
    """Titles that `name` may have meant, best first."""
    folded = {title.casefold(): title for title in titles}
    parts = [title for key, title in folded.items() if name.casefold() in key]
    close = difflib.get_close_matches(name.casefold(), folded, n=most, cutoff=0.6)
    return list(dict.fromkeys([*sorted(parts), *(folded[key] for key in close)]))[:most]


def _is(item: Item, local: str, name: str) -> bool:
    text = name.strip()
    if text.casefold() in (item.title.casefold(), f"{item.title} ({item.year})".casefold()):
        return True
    if text.isdecimal():
        return int(text) == item.id
    if not text or tidy(text) in ("/", "."):
        return False
    return is_under(text, item.path) or is_under(text, local)
