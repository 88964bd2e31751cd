"""Which items are in scope, and where their folders lie on this machine."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from taggarr.core.media import Item
from taggarr.core.override import NOTHING, KeptOverride, Override
from taggarr.core.paths import PathMapping, folder_name, is_under, to_local
from taggarr.core.policy import Policy
from taggarr.core.record import ItemRecord


@dataclass(frozen=True, slots=True)
class Located:
    """An item in scope, its folder on this machine, and the policy in force for it.

    `kept` is the override that a person has set for it; the policy is under it already.
    """

    item: Item
    folder: str
    policy: Policy
    kept: KeptOverride | None = None

    @property
    def override(self) -> Override:
        """What a person says of the item."""
        return self.kept.override if self.kept else NOTHING

    @property
    def share(self) -> str:
        """What hangs together with the item's folder when a disk or a share stops answering."""
        return self.item.root or self.folder


@dataclass(frozen=True, slots=True)
class Folders:
    """What a look at folders showed: those that are there, and those of which nobody can say (a share hangs)."""

    there: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()


def locate(
    items: Sequence[Item],
    roots: Sequence[str],
    mappings: Sequence[PathMapping],
    records: Mapping[int, ItemRecord],
    look: Callable[[Iterable[str]], Folders],
) -> Mapping[int, str]:
    """The folder of each item in scope, by its arr id.

    Without `roots` every item is in scope. With them, an item whose whole path (after mapping) lies under
    one is. The others are looked for by their folder's name below the roots, as the last resort: only
    where exactly one item and exactly one folder have that name, and nothing lies at the whole path. One
    that was found so before, and is not there now, stays where it was: its share may not be mounted.
    """
    local = {item.id: to_local(item.path, mappings) for item in items}
    if not roots:
        return local
    found = {item.id: local[item.id] for item in items if in_roots(item, local[item.id], roots)}
    names = Counter(folder_name(item.path).casefold() for item in items)
    single = [
        item for item in items if item.id not in found and names[folder_name(item.path).casefold()] == 1
    ]
    candidates = {
        item.id: [f"{root.rstrip('/')}/{folder_name(item.path)}" for root in roots] for item in single
    }
    seen = look({local[item.id] for item in single} | {path for one in candidates.values() for path in one})
    for item in single:
        places = candidates[item.id]
        there = [path for path in places if path in seen.there]
        if local[item.id] in seen.there or len(there) > 1:
            continue
        before = records.get(item.id)
        if there and not seen.unsure & {local[item.id], *places}:
            found[item.id] = there[0]
        elif before is not None and before.local in places and before.item.path == item.path:
            found[item.id] = before.local
    return found


def in_roots(item: Item, folder: str, roots: Sequence[str]) -> bool:
    """Whether an item lies under one of `roots`, which may be written as the arr or as this machine does."""
    return any(is_under(folder, root) or is_under(item.path, root) for root in roots)
