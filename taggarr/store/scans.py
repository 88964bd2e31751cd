"""One row for each scan."""

from datetime import datetime

from sqlalchemy import insert, select, update

from taggarr.store import codec
from taggarr.store.db import Database
from taggarr.store.tables import scans


def begin(database: Database, *, mode: int, quick: bool, preview: bool, now: datetime) -> int:
    """Open a scan; its number."""
    values = {
        "started_at": codec.encode_time(now),
        "mode": mode,
        "quick": int(quick),
        "preview": int(preview),
    }
    with database.write() as connection:
        result = connection.execute(insert(scans).values(values))
        assert result.inserted_primary_key is not None
        number: int = result.inserted_primary_key[0]
        return number


def end(database: Database, scan_id: int, *, summary: str, now: datetime) -> None:
    """Close a scan with its summary (JSON, as `scan --json` prints it)."""
    with database.write() as connection:
        values = {"ended_at": codec.encode_time(now), "summary": summary}
        connection.execute(update(scans).where(scans.c.id == scan_id).values(values))


def unfinished(database: Database) -> list[int]:
    """Scans that were cut off: begun and never closed."""
    with database.read() as connection:
        return list(connection.execute(select(scans.c.id).where(scans.c.ended_at.is_(None))).scalars())
