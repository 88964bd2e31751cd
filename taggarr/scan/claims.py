"""One NFO has one writer: where two instances hold the same folder, the first in the configuration writes."""

import threading
from collections.abc import Collection, Sequence


class Claims:
    """The folders of each instance's items. Thread-safe; shared by the instances of one scan."""

    def __init__(self, order: Sequence[str], known: dict[str, frozenset[str]]) -> None:
        """`order` are the instances that write NFO files, `known` the folders that each had so far."""
        self._order = list(order)
        self._folders = dict(known)
        self._listed = {name: threading.Event() for name in order}

    def announce(self, name: str, folders: Collection[str] | None) -> None:
        """Say which folders an instance holds; None where it could not be asked: what it had still holds."""
        if folders is not None:
            self._folders[name] = frozenset(folders)
        if name in self._listed:
            self._listed[name].set()

    def writer_before(self, name: str) -> dict[str, str]:
        """The folders that earlier instances write, each with the instance's name.

        Waits until those have been listed or have failed. That comes first in every instance's scan and is
        bounded by its time-outs, and this is asked last, so in practice nobody waits.
        """
        taken: dict[str, str] = {}
        for earlier in self._order[: self._order.index(name)] if name in self._order else []:
            self._listed[earlier].wait()
            for folder in self._folders.get(earlier, ()):
                taken.setdefault(folder, earlier)
        return taken
