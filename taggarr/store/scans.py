"""One row for each scan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from msgspec import convert
from sqlalchemy import func, insert, select, update

from taggarr.store import codec
from taggarr.store.db import Database
from taggarr.store.rows import checked, shape
from taggarr.store.tables import scans

_SCAN = shape(scans)


@dataclass(frozen=True, slots=True)
class Scan:
    """One scan, or the undo of the scan `undoes`; only an undo that left nothing for another try is `complete`."""

    number: int
    undoes: int | None
    complete: bool


def begin(
    database: Database, *, mode: int, quick: bool, preview: bool, now: datetime, undoes: int | None = None
) -> int:
    """Open a scan, or the undo of the scan `undoes`; its number, higher than any before. Raises `StoreError`."""
    values = {
        "started_at": codec.encode_time(now),
        "mode": mode,
        "quick": int(quick),
        "preview": int(preview),
        "undoes": undoes,
    }
    with database.write() as connection:
        number: int = connection.execute(insert(scans).values(values).returning(scans.c.id)).scalar_one()
        return number


def end(database: Database, scan_id: int, *, summary: str, now: datetime) -> None:
    """Close a scan with its summary (JSON, as `scan --json` prints it). Raises `StoreError`."""
    with database.write() as connection:
        values = {"ended_at": codec.encode_time(now), "summary": summary}
        connection.execute(update(scans).where(scans.c.id == scan_id).values(values))


def undoes(database: Database) -> Mapping[int, int]:
    """The number of each undo with that of the scan that it took back. Raises `StoreError`."""
    query = select(scans.c.id, scans.c.undoes).where(scans.c.undoes.is_not(None)).order_by(scans.c.id)
    with database.read() as connection:
        found = dict(convert([tuple(row) for row in connection.execute(query)], list[tuple[int, int]]))
        for number, undone in found.items():
            if undone >= number:
                raise ValueError(f"scan {number} is said to undo scan {undone}")
        return found


def find(database: Database, number: int) -> Scan | None:
    """The scan, or undo, of that number. Raises `StoreError`."""
    with database.read() as connection:
        row = next(checked(connection.execute(select(scans).where(scans.c.id == number)), _SCAN), None)
        if row is None:
            return None
        return Scan(row.id, row.undoes, row.summary is not None and codec.decode_complete(row.summary))


def last_end(database: Database) -> datetime | None:
    """When the last scan ended that was no preview, and no undo. Raises `StoreError`."""
    query = select(func.max(scans.c.ended_at)).where(scans.c.preview == 0, scans.c.undoes.is_(None))
    with database.read() as connection:
        ended = convert(connection.execute(query).scalar_one(), str | None)
        return None if ended is None else codec.decode_time(ended)
