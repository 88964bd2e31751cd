"""The row of a scan."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from taggarr.store.db import Database
from taggarr.store.scans import begin, end, last_end

NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)


def test_a_scan_is_opened_and_closed(database: Database):
    """Scans are numbered upwards and never twice; a scan that ends keeps its summary."""
    assert begin(database, mode=0, quick=False, preview=False, now=NOON) == 1
    assert begin(database, mode=1, quick=True, preview=True, now=NOON, undoes=1) == 2
    end(database, 2, summary='{"scan":2}', now=NOON + timedelta(seconds=3))
    with database.write() as connection:
        rows = connection.execute(text("SELECT * FROM scans ORDER BY id")).all()
        connection.execute(text("DELETE FROM scans"))
    assert [tuple(row) for row in rows] == [
        (1, "2026-01-02T12:00:00.000000+00:00", None, 0, 0, 0, None, None),
        (2, "2026-01-02T12:00:00.000000+00:00", "2026-01-02T12:00:03.000000+00:00", 1, 1, 1, '{"scan":2}', 1),
    ]
    assert begin(database, mode=0, quick=False, preview=False, now=NOON) == 3


def test_the_last_scan_that_was_no_preview(database: Database):
    """A preview does not count as the last scan, and neither does one that never ended."""
    assert last_end(database) is None
    ends = [(False, NOON), (False, NOON - timedelta(hours=1)), (True, NOON + timedelta(hours=1))]
    for preview, ended in ends:
        number = begin(database, mode=0, quick=False, preview=preview, now=NOON)
        end(database, number, summary="{}", now=ended)
    begin(database, mode=0, quick=False, preview=False, now=NOON + timedelta(hours=2))
    assert last_end(database) == NOON
