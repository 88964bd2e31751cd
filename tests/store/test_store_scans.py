"""The row of a scan."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from taggarr.store.db import Database
from taggarr.store.scans import Scan, begin, end, find, last_end
from taggarr.store.scans import undoes as undoes_of

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


def test_an_undo_knows_what_it_takes_back(database: Database):
    """A scan takes back nothing; an undo that never ended, or says so, is not complete; and none is the last scan."""
    for undoes, summary in (
        (None, '{"scan":1}'),
        (1, '{"complete":true}'),
        (2, '{"complete":false}'),
        (1, None),
    ):
        number = begin(database, mode=0, quick=False, preview=False, now=NOON, undoes=undoes)
        if summary is not None:
            end(database, number, summary=summary, now=NOON + timedelta(hours=number))
    assert undoes_of(database) == {2: 1, 3: 2, 4: 1}
    assert [find(database, number) for number in range(1, 6)] == [
        Scan(1, None, complete=False),
        Scan(2, 1, complete=True),
        Scan(3, 2, complete=False),
        Scan(4, 1, complete=False),
        None,
    ]
    assert last_end(database) == NOON + timedelta(hours=1)
