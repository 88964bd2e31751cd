"""What a person said of single items. It stays when the item is gone, and is found again by its catalogue id."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from taggarr.core.language import Language, parse
from taggarr.core.media import Item
from taggarr.core.override import KeptOverride, Override
from taggarr.store import codec
from taggarr.store.db import Database
from taggarr.store.rows import checked, shape
from taggarr.store.tables import overrides

_OVERRIDE = shape(overrides)


def kept(database: Database, instance_id: int) -> list[KeptOverride]:
    """Every override of an instance, oldest first. Raises `StoreError`."""
    with database.read() as connection:
        return [_kept(row) for row in _rows(connection, instance_id)]


def change(
    database: Database, instance_id: int, item: Item, edit: Callable[[Override], Override], now: datetime
) -> tuple[Override, Override]:
    """Put `edit` of an item's override in its place; what it was, and what it is. Raises `StoreError`.

    An empty one is no row. The row names the item as it is now, so it follows to another id.
    """
    with database.write(durable=True) as connection:
        mine = [row for row in _rows(connection, instance_id) if _kept(row).is_of(item)]
        before = _kept(mine[-1]).override if mine else Override()
        after = edit(before)
        connection.execute(delete(overrides).where(overrides.c.id.in_([row.id for row in mine])))
        if not after.empty:
            connection.execute(insert(overrides).values(_row(instance_id, item, after, now)))
    return before, after


def _rows(connection: Connection, instance_id: int) -> list[Any]:
    query = select(overrides).where(overrides.c.instance_id == instance_id).order_by(overrides.c.id)
    return list(checked(connection.execute(query), _OVERRIDE))


def _row(instance_id: int, item: Item, override: Override, now: datetime) -> dict[str, Any]:
    return {
        "instance_id": instance_id,
        "item_id": item.id,
        "catalogue_id": item.catalogue_id,
        "title": item.title,
        "year": item.year,
        "original": None if override.original is None else str(override.original),
        "targets": codec.encode_strings(tuple(map(str, override.targets))),
        "excluded": None if override.excluded is None else int(override.excluded),
        "at": codec.encode_time(now),
    }


def _kept(row: Any) -> KeptOverride:
    return KeptOverride(
        override=Override(
            original=None if row.original is None else _language(row.original),
            targets=tuple(map(_language, codec.decode_strings(row.targets))),
            excluded=None if row.excluded is None else bool(row.excluded),
        ),
        item_id=row.item_id,
        catalogue_id=row.catalogue_id,
        title=row.title,
        year=row.year,
        at=codec.decode_time(row.at),
    )


def _language(tag: str) -> Language:
    found = parse(tag)
    if not isinstance(found, Language):
        raise ValueError(f"{tag!r} is no language")  # noqa: TRY004 - a text that does not fit, as in the codec
    return found
