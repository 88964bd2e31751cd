"""Items by what people call them: a title, a path, the arr's id, or one of a public catalogue."""

import difflib
import re
from collections.abc import Collection, Iterable

from taggarr.core.language import plain
from taggarr.core.media import Item
from taggarr.core.paths import folder_name, is_under

_YEAR = re.compile(r"(?<=\S)\s+\(?(?:18|19|20)\d\d\)?\s*$")
_ARTICLES = frozenset({"the", "a", "an"})


def is_named(item: Item, local: str, names: Iterable[str]) -> bool:
    """Whether one of `names` means this item: its title (also with the year behind it), its id, its folder
    as the arr or this machine names it, a path in that folder, or its id in a catalogue (`tvdb:81189`,
    `tmdb:603`, `imdb:tt0133093`). Titles are compared without case.

    A number is looked for among titles and ids alike ("1917", "24"), so it may mean more than one item.
    """
    return any(_is(item, local, name) for name in names)


def called(item: Item) -> str:
    """The title with its year, which tells it from one of the same name: `Dune (2021)`."""
    return item.title if item.year is None else f"{item.title} ({item.year})"


def near(name: str, titles: Collection[str], most: int = 5) -> list[str]:
    """Titles that `name` may have meant, best first.

    Those of the same words come first (whatever their order, accents, articles, or year), then those that
    hold the name, then those that look like it. Of a path, its last part is the name.
    """
    text = folder_name(name) if name.startswith("/") else name
    wanted, words = _straight(text), _sorted(text)
    if not wanted:
        return []
    by_words: dict[str, list[str]] = {}
    by_text: dict[str, list[str]] = {}
    for title in sorted(titles, key=lambda title: (len(title), title.casefold())):
        by_words.setdefault(_sorted(title), []).append(title)
        by_text.setdefault(_straight(title), []).append(title)
    found = list(by_words.get(words, ()))
    found += [title for text, some in by_text.items() if wanted in text for title in some]
    for asked, known in ((wanted, by_text), (words, by_words)):
        for alike in difflib.get_close_matches(asked, known, n=most, cutoff=0.6):
            found += known[alike]
    return list(dict.fromkeys(found))[:most]


def _is(item: Item, local: str, name: str) -> bool:
    text = name.strip()
    titles = {item.title.casefold()}
    if item.year is not None:
        titles |= {f"{item.title} ({item.year})".casefold(), f"{item.title} {item.year}".casefold()}
    if text.casefold() in titles or text == str(item.id):
        return True
    catalogue, _, number = text.casefold().partition(":")
    if number.strip() == _ids(item).get(catalogue):
        return True
    return is_under(text, item.path) or is_under(text, local)


def _ids(item: Item) -> dict[str, str]:
    ids = {"tvdb": item.tvdb_id, "tmdb": item.tmdb_id, "imdb": item.imdb_id}
    return {catalogue: str(number).casefold() for catalogue, number in ids.items() if number is not None}


def _straight(title: str) -> str:
    """A title to be compared: its words without case, accents, signs and year."""
    return " ".join(re.findall(r"\w+", plain(_YEAR.sub("", title))))


def _sorted(title: str) -> str:
    """The same without articles, and in an order that is not the title's."""
    words = _straight(title).split()
    return " ".join(sorted(word for word in words if word not in _ARTICLES) or words)
