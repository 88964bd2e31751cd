"""Items by what people call them: a title, a path, or the arr's id."""

import difflib
from collections.abc import Collection, Iterable

from taggarr.core.media import Item
from taggarr.core.paths import is_under


def is_named(item: Item, local: str, names: Iterable[str]) -> bool:
    """Whether one of `names` means this item: its title (with or without the year), its id, its folder
    as the arr or this machine names it, or a path in that folder. Titles are compared without case.

    A number is looked for among titles and ids alike ("1917", "24"), so it may mean more than one item.
    """
    return any(_is(item, local, name) for name in names)


def near(name: str, titles: Collection[str], most: int = 5) -> list[str]:
    """Titles that `name` may have meant, best first: those that hold it, then those that look like it."""
    wanted = name.strip().casefold()
    if not wanted:
        return []
    folded = {title.casefold(): title for title in titles}
    holding = sorted((key for key in folded if wanted in key), key=lambda key: (len(key), key))
    alike = difflib.get_close_matches(wanted, folded, n=most, cutoff=0.6)
    return [folded[key] for key in dict.fromkeys([*holding, *alike])][:most]


def _is(item: Item, local: str, name: str) -> bool:
    text = name.strip()
    titles = {item.title.casefold()}
    if item.year is not None:
        titles.add(f"{item.title} ({item.year})".casefold())
    if text.casefold() in titles or text == str(item.id):
        return True
    return is_under(text, item.path) or is_under(text, local)
