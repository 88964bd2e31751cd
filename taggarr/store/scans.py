"""One row for each scan."""

from datetime import datetime

from msgspec import convert
from sqlalchemy import func, insert, select, update

from taggarr.store import codec
from taggarr.store.db import Database
from taggarr.store.tables import scans


def begin(database: Database, *, mode: int, quick: bool, preview: bool, now: datetime) -> int:
    """Open a scan; its number, higher than that of any scan before. Raises `StoreError`."""
    values = {
        "started_at": codec.encode_time(now),
        "mode": mode,
        "quick": int(quick),
        "preview": int(preview),
    }
    with database.write() as connection:
        number: int = connection.execute(insert(scans).values(values).returning(scans.c.id)).scalar_one()
        return number


def end(database: Database, scan_id: int, *, summary: str, now: datetime) -> None:
    """Close a scan with its summary (JSON, as `scan --json` prints it). Raises `StoreError`."""
    with database.write() as connection:
        values = {"ended_at": codec.encode_time(now), "summary": summary}
        connection.execute(update(scans).where(scans.c.id == scan_id).values(values))


def last_end(database: Database) -> datetime | None:
    """When the last scan ended that was no preview. Raises `StoreError`."""
    query = select(func.max(scans.c.ended_at)).where(scans.c.preview == 0)
    with database.read() as connection:
        ended = convert(connection.execute(query).scalar_one(), str | None)
        return None if ended is None else codec.decode_time(ended)
