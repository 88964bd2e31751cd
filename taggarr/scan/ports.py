"""What a scan needs of the world, as narrow interfaces; `taggarr.wiring` supplies the implementations.

Every method may raise the `TaggarrError` children that its docstring names, and nothing else.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from taggarr.core.arr import ArrInfo, Busy, NfoConsumer
from taggarr.core.media import File, Item, Reading

__all__ = ["ArrInfo", "Busy", "Catalogue", "NfoConsumer", "Reader", "Tagger"]


class Catalogue(Protocol):
    """Reads one instance. Each method raises `ArrError`."""

    def check(self) -> ArrInfo:
        """Reach the instance and see that it is the product that the configuration says."""

    def items(self) -> Sequence[Item]:
        """All series or movies with their tag labels, ordered by id: two requests."""

    def files(self, item: Item, *, episodes: bool = False) -> tuple[File, ...]:
        """The files of an item: one request for Sonarr (two with `episodes`, which fills their numbers)."""

    def languages(self) -> frozenset[str]:
        """The primary languages on this arr's list (`GET /language`), after folding."""


class Tagger(Protocol):
    """Changes one instance: tags, and nothing but tags. Each method raises `ArrError`."""

    def edit(self, item_ids: Sequence[int], label: str, *, add: bool) -> Mapping[int, tuple[str, ...]]:
        """Add or remove one label on at most 100 items, in one bulk edit; the tags of each item afterwards.

        The label is looked up, and made where it is missing, once per tagger. Raises `ArrRejected` where
        the answer is about rows (an id that is gone): the caller splits the batch.
        """

    def busy(self) -> Busy:
        """What the arr's started commands work on."""

    def nfo_consumer(self) -> NfoConsumer:
        """The settings of the Kodi metadata writer."""

    def rescan(self, item_ids: Iterable[int]) -> None:
        """Ask the arr to scan these items' folders, which rewrites their NFO files."""


class Reader(Protocol):
    """Reads the audio tracks of a file on this machine; never raises."""

    def __call__(self, path: str) -> Reading: ...
