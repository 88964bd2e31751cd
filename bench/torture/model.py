"""What has to come of a library, worked out from what is known of it and from nothing of Taggarr.

The rules are those of docs/reference/tagging.md, as far as this library needs them.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bench.torture.library import KINDS, Shelf, Title

ORIGINAL = "jpn"
"""All titles are Japanese."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the configuration wants of one arr: the languages, and the label of each verdict."""

    targets: tuple[str, ...]
    labels: dict[str, str | None]
    genre: bool
    """Whether dubbed titles get the genre "Dub" in their NFO."""

    @property
    def ours(self) -> frozenset[str]:
        return frozenset(label for label in self.labels.values() if label is not None)


WISHES = {
    "tv": Wishes(
        ("eng",),
        {"dub": "dub", "semi-dub": "semi-dub", "wrong-dub": "wrong-dub", "original": None},
        genre=True,
    ),
    "films": Wishes(
        ("eng", "ger"),
        {"dub": "dubbed", "semi-dub": "partly", "wrong-dub": "wrong-dub", "original": "as-it-was"},
        genre=False,
    ),
}


def verdict(title: Title, wishes: Wishes) -> str:
    """`dub`, `semi-dub`, `wrong-dub`, `original`, `unknown`, or `empty` where there is no file."""
    found = {_of_file(KINDS[kind][1], wishes.targets) for _, kind in title.files}
    if not found:
        return "empty"
    if "wrong-dub" in found:
        return "wrong-dub"
    if "semi-dub" in found or {"dub", "original"} <= found:
        return "semi-dub"
    if "unknown" in found:
        return "unknown"
    return found.pop()


def _of_file(heard: Collection[str] | None, targets: Sequence[str]) -> str:
    if heard is None:
        return "unknown"
    dubbed = [target for target in targets if target in heard]
    if len(dubbed) == len(targets):
        return "dub"
    if dubbed:
        return "semi-dub"
    return "wrong-dub" if set(heard) - {ORIGINAL, *targets} else "original"


def label(title: Title, shelf: Shelf) -> str | None:
    """The label that a title has to have; None: none of ours."""
    wishes = WISHES[shelf.arr]
    found = verdict(title, wishes)
    return None if found == "empty" else wishes.labels[found]


def unknown(title: Title, shelf: Shelf) -> bool:
    return verdict(title, WISHES[shelf.arr]) == "unknown"


def tags_after(title: Title, shelf: Shelf, before: Sequence[str], *, remove: bool = False) -> list[str]:
    """The tags that a title has to end with: those of others as they were, and one label of ours behind them.

    A label that is right already stays where it is. `remove`: ours are all taken away.
    """
    ours = WISHES[shelf.arr].ours
    if remove:
        return [tag for tag in before if tag not in ours]
    if unknown(title, shelf):
        return list(before)
    wanted = label(title, shelf)
    kept = [tag for tag in before if tag not in ours or tag == wanted]
    return kept if wanted is None or wanted in kept else [*kept, wanted]


def nfo_after(
    title: Title, shelf: Shelf, before: bytes, *, remove: bool = False
) -> tuple[list[str], list[str]]:
    """The tags and genres that its NFO has to end with, in the order of the file."""
    wishes = WISHES[shelf.arr]
    tags, genres = tags_and_genres(before)
    if unknown(title, shelf) and not remove:
        return tags, genres
    dubbed = verdict(title, wishes) == "dub" and wishes.genre and not remove
    genres = [genre for genre in genres if genre != "Dub"] + ["Dub"] * dubbed
    return tags_after(title, shelf, tags, remove=remove), genres


def tags_and_genres(nfo: bytes) -> tuple[list[str], list[str]]:
    """What stands in an NFO, in its order."""
    text = nfo.decode("utf-8")
    return re.findall("<tag>(.*?)</tag>", text), re.findall("<genre>(.*?)</genre>", text)
