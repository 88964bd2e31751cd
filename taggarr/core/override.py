"""What a person knows better about one item, and how that lies over what the arr and the configuration say.

An override is of a title, not of a row: the arr's id names it only as long as the catalogue id agrees.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from taggarr.core import wording
from taggarr.core.evidence import Original
from taggarr.core.language import Language, name, parse_original
from taggarr.core.media import Item
from taggarr.core.policy import Policy


@dataclass(frozen=True, slots=True)
class Override:
    """What a person says of one item; what is None, or empty, is left to the arr and the configuration.

    `excluded`: True leaves the item alone, False judges it whatever the configuration leaves out.
    """

    original: Language | None = None
    targets: tuple[Language, ...] = ()
    excluded: bool | None = None

    @property
    def empty(self) -> bool:
        return self == NOTHING

    def __str__(self) -> str:
        """`original Korean, targets German and French, left alone`; `nothing` where it says nothing."""
        parts = []
        if self.original is not None:
            parts.append(f"original {name(self.original)}")
        if self.targets:
            parts.append(f"targets {wording.names(self.targets)}")
        if self.excluded is not None:
            parts.append("left alone" if self.excluded else "judged whatever the configuration leaves out")
        return ", ".join(parts) or "nothing"


NOTHING = Override()


@dataclass(frozen=True, slots=True)
class KeptOverride:
    """An override with the item that it was set for, as that was called then, and when."""

    override: Override
    item_id: int
    catalogue_id: int | None
    title: str
    year: int | None
    at: datetime

    def is_of(self, item: Item) -> bool:
        """Whether `item` is the title that was meant, under whatever id.

        By the catalogue id; only where one of the two has none, the arr's id has to do.
        """
        if self.catalogue_id is None or item.catalogue_id is None:
            return self.item_id == item.id
        return self.catalogue_id == item.catalogue_id


def belonging(kept: Collection[KeptOverride], items: Iterable[Item]) -> dict[int, KeptOverride]:
    """The override of each item that has one, by the item's id; of several, the last.

    Where two items share a catalogue id, it is of the one that has its id, else of none.
    """
    if not kept:
        return {}
    by_catalogue: dict[int | None, list[Item]] = defaultdict(list)
    by_id: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        by_catalogue[item.catalogue_id].append(item)
        by_id[item.id].append(item)
    found: dict[int, KeptOverride] = {}
    for one in kept:
        near = [*by_catalogue[one.catalogue_id], *by_id[one.item_id]]
        meant = {item.id for item in near if one.is_of(item)}
        if one.item_id in meant:
            meant = {one.item_id}
        if len(meant) == 1:
            found[meant.pop()] = one
    return found


def policy_under(override: Override, policy: Policy) -> Policy:
    """The policy in force for an item: its own targets come before those of profile, instance and defaults."""
    return replace(policy, targets=override.targets) if override.targets else policy


def original_under(override: Override, named: str, arr_languages: frozenset[str] | None = None) -> Original:
    """The original language in force: what the person says, else what the arr calls it (`named`).

    Only the arr says "English" when it knows no better; a person means it.
    """
    if override.original is not None:
        return Original(override.original, False, arr_languages)
    return Original(parse_original(named), named.casefold() == "english", arr_languages)
