"""One NFO has one writer: where two instances hold the same folder, the first in the configuration writes."""

import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from taggarr.core import scope
from taggarr.core.errors import StoreError
from taggarr.core.policy import Rules, WriteNfo
from taggarr.scan.locate import Located
from taggarr.scan.places import Places
from taggarr.scan.ports import Memory

WAIT_S = 0.25


class Claims:
    """The places of the folders of each instance's items. Thread-safe; shared by the instances of one kind in a scan.

    Series and movies have NFO files of different names, so they never meet.
    """

    def __init__(
        self, order: Sequence[str], absent: Mapping[str, Callable[[], Collection[str]]], stop: threading.Event
    ) -> None:
        """`order` are the instances of one kind as the configuration has them.

        Each is in this scan, and will `announce` itself, or is `absent`, and holds what it held before.
        """
        self._order = list(order)
        self._absent = dict(absent)
        self._stop = stop
        self._places: dict[str, frozenset[str]] = {}
        self._listed = {name: threading.Event() for name in order}

    def announce(self, name: str, places: Collection[str]) -> None:
        """Say which folders an instance holds, once that is known; the first word counts."""
        if name in self._listed and not self._listed[name].is_set():
            self._places[name] = frozenset(places)
            self._listed[name].set()

    def announced(self, name: str) -> bool:
        """Whether an instance has said so."""
        return name not in self._listed or self._listed[name].is_set()

    def writer_before(self, name: str) -> dict[str, str]:
        """The folders that earlier instances write, each with the instance's name.

        Waits until those have been listed or have failed. That comes first in every instance's scan and is
        bounded by its time-outs, and this is asked last, so in practice nobody waits.
        """
        taken: dict[str, str] = {}
        for earlier in self._order[: self._order.index(name)] if name in self._order else []:
            if earlier in self._absent:
                places: Collection[str] = self._absent[earlier]()
            else:
                while not (self._listed[earlier].wait(WAIT_S) or self._stop.is_set()):
                    pass
                places = self._places.get(earlier, ())
            for place in places:
                taken.setdefault(place, earlier)
        return taken


def written(located: Iterable[Located], places: Places) -> dict[int, str]:
    """The places of the items whose NFO files are to be written, by item id."""
    wanted = [one for one in located if one.policy.write_nfo is not WriteNfo.NEVER]
    found = places.of({one.folder: one.share for one in wanted})
    return {one.item.id: found[one.folder] for one in wanted}


def written_before(rules: Rules, memory: Memory, places: Places) -> frozenset[str]:
    """The folders that an instance held when it was last scanned, by the rules of today."""
    try:
        records = memory.records().values()
    except StoreError:
        return frozenset()  # whoever asks has the same database, and says what is wrong with it
    located = [
        Located(record.item, record.local, scope.policy_for(record.item, rules, record.local))
        for record in records
    ]
    return frozenset(written(located, places).values())
