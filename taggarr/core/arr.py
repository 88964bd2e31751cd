"""What an instance tells about itself: its product, its items, its folders, what it is busy with, what it writes."""

from collections.abc import Iterable
from dataclasses import dataclass

from taggarr.core.media import Item


@dataclass(frozen=True, slots=True)
class ArrInfo:
    """What answers at an instance's address: `app` is "Sonarr" or "Radarr"."""

    app: str
    version: str


@dataclass(frozen=True, slots=True)
class OddRow:
    """A row of an arr's list that cannot be understood; `id` is None where not even that can be read."""

    id: int | None
    problem: str

    def __str__(self) -> str:
        return self.problem if self.id is None else f"id {self.id}, {self.problem}"


@dataclass(frozen=True, slots=True)
class Listing:
    """The items that an arr lists, ordered by id, and the rows of its list that are not understood."""

    items: tuple[Item, ...] = ()
    odd: tuple[OddRow, ...] = ()

    def gone(self, known: Iterable[int]) -> frozenset[int]:
        """Those of the `known` ids that the arr surely lists no longer: a row without an id may be any of them."""
        if any(row.id is None for row in self.odd):
            return frozenset()
        listed = {item.id for item in self.items} | {row.id for row in self.odd}
        return frozenset(item_id for item_id in known if item_id not in listed)


@dataclass(frozen=True, slots=True)
class Busy:
    """Items that the arr is refreshing, rescanning, renaming or moving right now."""

    everything: bool = False
    ids: frozenset[int] = frozenset()

    def holds(self, item_id: int) -> bool:
        return self.everything or item_id in self.ids


@dataclass(frozen=True, slots=True)
class NfoConsumer:
    """The arr's own Kodi metadata writer, as far as it writes `tvshow.nfo` or the movie's NFO.

    `movie_nfo`: it names a movie's file `movie.nfo`.
    """

    enabled: bool = False
    movie_nfo: bool = False


@dataclass(frozen=True, slots=True)
class RootFolder:
    """A folder that the arr keeps items in, as the arr names it; `free_bytes` is None where it cannot say."""

    path: str
    accessible: bool = True
    free_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class LabelUse:
    """What a label of an arr is for, beside marking items.

    `rules` are the names of the auto-tag rules that set it or ask for it; `others` say how many of what else
    it belongs to: `(("indexer", 2), ("delay profile", 1))`.
    """

    label: str
    rules: tuple[str, ...] = ()
    others: tuple[tuple[str, int], ...] = ()
