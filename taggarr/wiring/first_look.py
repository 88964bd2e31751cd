"""What answers at an address, and where its folders lie on this machine: all that `config init` has to find out."""

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from taggarr.config import ArrType, InstanceConfig
from taggarr.core.arr import ArrInfo
from taggarr.core.errors import ArrProtocol
from taggarr.core.media import Item
from taggarr.core.paths import PathMapping
from taggarr.wiring.scanner import ArrClient, client


@dataclass(frozen=True, slots=True)
class Found:
    """An instance that answered: its product, how many titles it has, its root folders as it names them.

    `mappings` lead to the root folders that lie elsewhere here; `unplaced` are those of which nobody can tell.
    """

    type: ArrType
    info: ArrInfo
    items: int
    roots: tuple[str, ...]
    mappings: tuple[PathMapping, ...] = ()
    unplaced: tuple[str, ...] = ()


def first_look(instance: InstanceConfig, *, either: bool) -> Found:
    """Ask the arr at an address. `either`: it may be the other product, too. Raises `ArrError`."""
    try:
        return _look(instance)
    except ArrProtocol:
        if not either:
            raise
        other = next(kind for kind in ArrType if kind is not instance.type)
        try:
            return _look(replace(instance, type=other))
        except ArrProtocol:
            pass
        raise  # it is neither: what was said first is as true


def _look(instance: InstanceConfig) -> Found:
    with closing(client(instance, time.sleep)) as arr:
        info = arr.check()
        items = arr.items().items
        roots = _roots(arr, items)
    return Found(instance.type, info, len(items), roots)


def _roots(arr: ArrClient, items: Sequence[Item]) -> tuple[str, ...]:
    """The root folders that the arr has, and those that only its titles name: a root may have been removed."""
    named = [root.path for root in arr.root_folders()]
    return tuple(dict.fromkeys([*named, *(item.root for item in items if item.root)]))
