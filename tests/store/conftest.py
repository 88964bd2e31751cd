"""A database in a folder of the test's own, and values to keep in it."""

import itertools
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from taggarr.store.db import FILE_NAME, Database
from taggarr.store.instances import InstanceAddress, register
from taggarr.store.items import InstanceMemory
from taggarr.store.journal import InstanceJournal
from taggarr.store.scans import begin

NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database lies."""
    return tmp_path / FILE_NAME


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    database = Database(path)
    yield database
    database.close()


@pytest.fixture
def few_variables(database: Database) -> int:
    """The database takes no more bound variables in a statement than this; some builds of SQLite do so."""
    with database.read() as connection:
        dbapi = connection.connection.dbapi_connection
        assert isinstance(dbapi, sqlite3.Connection)
        dbapi.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 999)
    return 999


@pytest.fixture
def instance_id(database: Database) -> int:
    """The stored instance `tv`."""
    return register(database, [InstanceAddress("tv", "sonarr", "http://tv:8989")])["tv"]


@pytest.fixture
def memory(database: Database, instance_id: int) -> InstanceMemory:
    """What is known of the instance `tv`."""
    return InstanceMemory(database, instance_id, "tv")


@pytest.fixture
def journal(database: Database, instance_id: int) -> InstanceJournal:
    """The journal of `tv` in scan 1; each look at its clock is a minute later, beginning at noon."""
    begin(database, mode=0, quick=False, preview=False, now=NOON)
    minutes = itertools.count()
    return InstanceJournal(database, instance_id, 1, lambda: NOON + timedelta(minutes=next(minutes)))
