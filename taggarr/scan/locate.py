"""Which items are in scope, and where their folders lie on this machine."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from taggarr.core.media import Item
from taggarr.core.paths import PathMapping, folder_name, is_under, to_local
from taggarr.core.policy import Policy


@dataclass(frozen=True, slots=True)
class Located:
    """An item in scope, its folder on this machine, and the policy in force for it."""

    item: Item
    folder: str
    policy: Policy


def locate(
    items: Sequence[Item],
    roots: Sequence[str],
    mappings: Sequence[PathMapping],
    which_are_folders: Callable[[Iterable[str]], frozenset[str]],
) -> Mapping[int, str]:
    """The folder of each item in scope, by its arr id.

    Without `roots` every item is in scope. With them, an item whose whole path (after mapping) lies under
    one is. The others are looked for by their folder's name below the roots, as the last resort: only
    where exactly one item and exactly one folder have that name, and nothing lies at the whole path.
    """
    local = {item.id: to_local(item.path, mappings) for item in items}
    if not roots:
        return local
    found = {
        item.id: local[item.id]
        for item in items
        if any(is_under(local[item.id], root) or is_under(item.path, root) for root in roots)
    }
    rest = [item for item in items if item.id not in found]
    if not rest:
        return found
    names = Counter(folder_name(item.path).casefold() for item in items)
    single = [item for item in rest if names[folder_name(item.path).casefold()] == 1]
    candidates = {
        item.id: [f"{root.rstrip('/')}/{folder_name(item.path)}" for root in roots] for item in single
    }
    asked = {local[item.id] for item in single} | {path for paths in candidates.values() for path in paths}
    folders = which_are_folders(asked)
    for item in single:
        there = [path for path in candidates[item.id] if path in folders]
        if len(there) == 1 and local[item.id] not in folders:
            found[item.id] = there[0]
    return found
