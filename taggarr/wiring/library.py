"""What is stored of the configured instances: nothing is asked of the arrs, and nothing is changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from taggarr.config import Config
from taggarr.core.media import Item
from taggarr.core.override import KeptOverride, belonging
from taggarr.core.record import Change, ItemRecord
from taggarr.core.selection import KnownFile
from taggarr.store import instances, journal, overrides, scans
from taggarr.store.birth import is_there
from taggarr.store.db import FILE_NAME, Database
from taggarr.store.items import InstanceMemory


@dataclass(frozen=True, slots=True)
class Library:
    """The stored state, by the names of the instances. Each method raises `StoreError`."""

    database: Database
    ids: Mapping[str, int]

    def records(self, name: str) -> Mapping[int, ItemRecord]:
        """Every known item of an instance, by its arr id."""
        return self._memory(name).records()

    def files(self, name: str, item_ids: Sequence[int]) -> Mapping[int, Sequence[KnownFile]]:
        """The known files of some items, by item."""
        return self._memory(name).files(item_ids)

    def history(self, *, scan: int | None = None, since: datetime | None = None) -> Sequence[Change]:
        """Changes with their outcomes, oldest first."""
        return journal.history(self.database, scan_id=scan, since=since)

    def last_changes(self, name: str, item_id: int) -> Sequence[Change]:
        """What the last scan that changed an item changed on it, oldest first."""
        changes = journal.history(self.database, instance=name, item_ids=[item_id])
        return [change for change in changes if change.scan_id == changes[-1].scan_id]

    def overrides(self, name: str) -> Sequence[KeptOverride]:
        """What a person said of single items of an instance, oldest first; also of what is gone."""
        return overrides.kept(self.database, self.ids[name])

    def overrides_of(self, name: str, items: Iterable[Item]) -> Mapping[int, KeptOverride]:
        """The override of each of `items`, all those of an instance, that has one."""
        return belonging(self.overrides(name), items)

    def last_scan(self) -> datetime | None:
        """When the last scan that was no preview ended."""
        return scans.last_end(self.database)

    def _memory(self, name: str) -> InstanceMemory:
        return InstanceMemory(self.database, self.ids[name], name)


def open_database(config: Config) -> Database:
    """The database of the data folder. Raises `StoreError`."""
    return Database(config.data_dir / FILE_NAME)


def register(config: Config, database: Database) -> Mapping[str, int]:
    """The ids under which the state of the configured instances is kept, by their names."""
    addresses = [instances.InstanceAddress(one.name, one.type.value, one.url) for one in config.instances]
    return instances.register(database, addresses)


@contextmanager
def open_library(config: Config) -> Iterator[Library | None]:
    """The stored state; None where nothing was ever stored. Raises `StoreError`."""
    if not is_there(config.data_dir / FILE_NAME):
        yield None
        return
    database = open_database(config)
    try:
        yield Library(database, register(config, database))
    finally:
        database.close()
