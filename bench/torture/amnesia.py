"""An arr that forgets most of what it had, for one scan: all its files, or most of its titles."""

from collections.abc import Iterator
from contextlib import contextmanager

from bench.torture import library, right
from bench.torture.house import Arr, House
from bench.torture.library import Shelf
from taggarr.simulator import SonarrSimulator

SIZE = {"series": 60, "movies": 60, "episodes": 1}
"""So many that the guard cares: it lets a few labels go, whatever the reason."""


def forgets_files(house: House, name: str) -> list[str]:
    """The arr's share is away, and it has noticed: it lists every title without files. What goes wrong, in sentences."""
    with _without_files(house.arrs[name], house.shelves[name], house):
        wrong = _forgotten(house, name)
    return wrong + _remembered(house)


def forgets_titles(house: House, name: str) -> list[str]:
    """Another database was put into the arr: it lists five of its titles. What goes wrong, in sentences."""
    with _without_titles(house.arrs[name]):
        wrong = _forgotten(house, name)
    return wrong + _remembered(house)


def settle(house: House) -> None:
    """Bring a house to where both of these begin: nothing is left to do."""
    house.begin("known")
    house.scan()
    house.keep("settled")


def _forgotten(house: House, name: str) -> list[str]:
    start = house.starts["settled"]
    arr, said = house.arrs[name], house.scan().instances[name]
    wrong = [] if said.guard is not None else [f"nothing stops the scan of {name}"]
    wrong += [f"{name}: {entry.method} {entry.path}" for entry in arr.log.writes]
    titles = {title.name for shelf, _, title in house.listed() if shelf.arr == name}
    if lost := titles - house.records().keys():
        wrong.append(f"{name}: nothing is known any more of {sorted(lost)}")
    if house.nfos() != {str(path.relative_to(house.folder)): old for path, (old, _) in start.nfos.items()}:
        wrong.append(f"{name}: NFO files were changed")
    return wrong


def _remembered(house: House) -> list[str]:
    start = house.starts["settled"]
    house.scan()
    wrong = [] if house.tags() == start.tags else [f"tags are {house.tags()}, were {start.tags}"]
    return wrong + house.odd_rows() + list(right.by_the_model(house, "settled", {}, remove=False))


@contextmanager
def _without_files(arr: Arr, shelf: Shelf, house: House) -> Iterator[None]:
    for row in arr.rows.values():
        for file in [file for file in arr.files.values() if file.item_id == row.id]:
            if isinstance(arr, SonarrSimulator):
                arr.remove_episode_file(file.id, reason="missingFromDisk")
            else:
                arr.remove_movie_file(row.id, reason="missingFromDisk")
    arr.log.clear()
    yield
    for number, title in enumerate(shelf.titles, 1):
        if not title.gone:
            library.list_files(arr, number, title, house.media)


@contextmanager
def _without_titles(arr: Arr) -> Iterator[None]:
    whole = dict(arr.rows)
    few = dict(list(whole.items())[:5])
    for number in whole.keys() - few.keys():
        del arr.rows[number]
    _forget_list(arr)
    arr.log.clear()
    yield
    for number in few:
        del arr.rows[number]
    arr.rows.update(whole)  # type: ignore[arg-type]  # they came out of it
    _forget_list(arr)


def _forget_list(arr: Arr) -> None:
    """The simulator keeps its list as a text until a title changes."""
    number = next(iter(arr.rows))
    arr.set_tags(number, arr.ordered_tags(number))
