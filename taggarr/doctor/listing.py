"""What an instance says that it holds: its root folders, and a sample of files of each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from taggarr.core.media import File, Item
from taggarr.core.paths import folder_name, is_under, overlap, tidy, to_local
from taggarr.doctor.ports import Shelves, Subject

FILES = 20
"""How many files of each root are looked for."""

_FILES_OF_AN_ITEM = 2
_ITEMS_ASKED = 30

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file of the sample, and the folders on this machine in which its item may lie: the first that is there."""

    item: Item
    file: File
    folders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """One root folder with its sample: `accessible` is what the arr says of it, `items` counts its titles."""

    root: str
    accessible: bool
    items: int
    sample: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """What an instance holds. `items` are those in scope; `outside` counts the others."""

    items: tuple[Item, ...]
    outside: int
    shelves: tuple[Shelf, ...]


def listing(subject: Subject, arr: Shelves) -> Listing:
    """Ask the arr. Raises `ArrError`."""
    listed = arr.items().items
    accessible = {root.path: root.accessible for root in arr.root_folders()}
    inside = [item for item in listed if not subject.roots or _in_roots(subject, item)]
    # Where nothing lies in the configured roots, a scan looks for folders of the same names in them.
    scope = inside or list(listed)
    by_root: dict[str, list[Item]] = {root: [] for root in accessible if _concerns(subject, root)}
    for item in scope:
        by_root.setdefault(item.root or item.path, []).append(item)
    return Listing(
        items=tuple(inside),
        outside=len(listed) - len(inside),
        shelves=tuple(
            Shelf(root, accessible.get(root, True), len(items), tuple(_sample(subject, arr, items)))
            for root, items in sorted(by_root.items())
        ),
    )


def _in_roots(subject: Subject, item: Item) -> bool:
    local = to_local(item.path, subject.mappings)
    return any(is_under(local, root) or is_under(item.path, root) for root in subject.roots)


def _concerns(subject: Subject, root: str) -> bool:
    """Whether a root folder of the arr is one that the configuration means."""
    local = to_local(root, subject.mappings)
    return not subject.roots or any(overlap(root, each) or overlap(local, each) for each in subject.roots)


def _sample(subject: Subject, arr: Shelves, items: Sequence[Item]) -> Iterator[Wanted]:
    """Files spread over the items of a root; of a series each costs a request."""
    left = FILES
    for item in spread([item for item in items if item.files != ()], _ITEMS_ASKED):
        for file in spread(arr.files(item), min(_FILES_OF_AN_ITEM, left)):
            left -= 1
            yield Wanted(item, file, tuple(_folders(subject, item)))
        if not left:
            return


def _folders(subject: Subject, item: Item) -> Iterable[str]:
    whole = to_local(item.path, subject.mappings)
    if not subject.roots or _in_roots(subject, item):
        return [tidy(whole)]
    return [f"{root.rstrip('/')}/{folder_name(item.path)}" for root in subject.roots]


def spread(whole: Sequence[T], count: int) -> Sequence[T]:
    """At most `count` of the values, at even distances."""
    if len(whole) <= count:
        return whole
    return [whole[index * len(whole) // count] for index in range(count)]
