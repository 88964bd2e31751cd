"""Instances and the ids under which their state is kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import insert, select, update

from taggarr.store.db import Database
from taggarr.store.tables import instances


@dataclass(frozen=True, slots=True)
class InstanceAddress:
    """How an instance is told from others: its name, and where it answers."""

    name: str
    type: str
    url: str


def register(database: Database, configured: list[InstanceAddress]) -> Mapping[str, int]:
    """The id of each configured instance, by name.

    A name that is new, at the address of a stored instance that the configuration no longer names, is
    that instance renamed; a known name at another address has moved. Both keep their state.
    """
    with database.write() as connection:
        stored = {row.name: row for row in connection.execute(select(instances))}
        names = {address.name for address in configured}
        left = {(row.type, row.url): row for row in stored.values() if row.name not in names}
        ids: dict[str, int] = {}
        for address in configured:
            row = stored.get(address.name) or left.pop((address.type, address.url), None)
            values = {"name": address.name, "type": address.type, "url": address.url}
            if row is None:
                result = connection.execute(insert(instances).values(values))
                assert result.inserted_primary_key is not None
                ids[address.name] = result.inserted_primary_key[0]
                continue
            if (row.name, row.type, row.url) != (address.name, address.type, address.url):
                connection.execute(update(instances).where(instances.c.id == row.id).values(values))
            ids[address.name] = row.id
        return ids
