"""Instances and the ids under which their state is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import insert, select, update

from taggarr.store.db import Database
from taggarr.store.rows import checked, shape
from taggarr.store.tables import instances

_INSTANCE = shape(instances, type=Literal["sonarr", "radarr"])


@dataclass(frozen=True, slots=True)
class InstanceAddress:
    """How an instance is told from others: its name, and where it answers."""

    name: str
    type: str
    url: str


def register(database: Database, configured: Sequence[InstanceAddress]) -> Mapping[str, int]:
    """The id of each configured instance, by name. Raises `StoreError`.

    State is that of a server: a stored instance at the same address is the same one, renamed where its
    name differs; one that only has the same name (and type) has moved. Both keep their state. An instance
    that the configuration no longer names keeps its state, too; where another one takes its name, its own
    becomes "NAME (former ID)".
    """
    with database.write() as connection:
        stored = list(checked(connection.execute(select(instances).order_by(instances.c.id)), _INSTANCE))
        same = _same(stored, configured)
        for row in stored:
            # Names are unique, also on the way: two instances may have swapped theirs.
            if row.name in same and same[row.name] is not row:
                former = f"{row.name} (former {row.id})"
                connection.execute(update(instances).where(instances.c.id == row.id).values(name=former))
        ids: dict[str, int] = {}
        for address in configured:
            known = same[address.name]
            values = {"name": address.name, "type": address.type, "url": address.url}
            if known is None:
                ids[address.name] = connection.execute(
                    insert(instances).values(values).returning(instances.c.id)
                ).scalar_one()
                continue
            if (known.name, known.type, known.url) != (address.name, address.type, address.url):
                connection.execute(update(instances).where(instances.c.id == known.id).values(values))
            ids[address.name] = known.id
        return ids


def _same(stored: Sequence[Any], configured: Sequence[InstanceAddress]) -> dict[str, Any | None]:
    """The stored row of each configured instance, by name; None for a new one.

    What agrees in more goes first: two instances may share one address.
    """
    found: dict[str, Any | None] = dict.fromkeys(address.name for address in configured)
    free = list(stored)
    for fields in (("name", "type", "url"), ("type", "url"), ("name", "type")):
        for address in configured:
            if found[address.name] is not None:
                continue
            wanted = [getattr(address, field) for field in fields]
            row = next((r for r in free if [getattr(r, field) for field in fields] == wanted), None)
            if row is not None:
                found[address.name] = row
                free.remove(row)
    return found
