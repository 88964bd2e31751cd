"""From nothing, from an earlier schema and from a later one: all of a migration, or none of it."""

import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from taggarr.core.errors import StoreError
from taggarr.core.media import File, Item, Kind
from taggarr.core.record import Batch, ItemRecord
from taggarr.core.selection import KnownFile
from taggarr.store import tables
from taggarr.store.db import HEAD, MIGRATIONS, Database
from taggarr.store.instances import InstanceAddress, register
from taggarr.store.items import InstanceMemory
from taggarr.store.migrations import config

PROJECT = Path(__file__).resolve().parents[2]


def schema(path: Path) -> dict[str, list[str]]:
    """Every table and index with the sorted lines that made it."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: sorted(line.strip(" \t,") for line in sql.splitlines()) for name, sql in rows}


def test_the_migrations_lead_to_the_tables(path: Path, database: Database):
    """A new database has exactly the tables, columns, keys and indexes that the program works with."""
    with database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []
    declared = path.with_name("declared.db")
    engine = create_engine(f"sqlite:///{declared}")
    tables.metadata.create_all(engine)
    engine.dispose()
    migrated = schema(path)
    assert [line.split()[0] for line in migrated.pop("alembic_version")[:2]] == [")", "CONSTRAINT"]
    assert migrated == schema(declared)
    assert {
        "files",
        "instances",
        "items",
        "nfos",
        "scans",
        "changes",
        "outcomes",
        "imports",
        "state_files",
    } < migrated.keys()


def test_the_newest_migration_is_the_one_that_is_expected():
    """`HEAD`, which spares a start the import of Alembic, is the migrations' own head."""
    assert ScriptDirectory.from_config(config(MIGRATIONS)).get_current_head() == HEAD


@pytest.fixture
def library(path: Path) -> Path:
    """A database of this version with an item and its file."""
    database = Database(path)
    number = register(database, [InstanceAddress("tv", "sonarr", "http://tv")])["tv"]
    record = ItemRecord(item=Item("tv", Kind.SERIES, 7, "Show", "/tv/Show"), local="/tv/Show")
    known = KnownFile(File(70, "/tv/Show/a.mkv", "a.mkv", 1))
    InstanceMemory(database, number, "tv").save(Batch(files=((7, known),), records=(record,)))
    database.close()
    return path


def later(tmp_path: Path, body: str) -> Path:
    """The migrations of a later version: ours and "0002", which does `body`."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    head = "import os, signal\nimport sqlalchemy as sa\nfrom alembic import op\n"
    head += 'revision = "0002"\ndown_revision = "0001"\n\n\ndef upgrade():\n'
    (folder / "versions" / "0002_next.py").write_text(head + textwrap.indent(body, "    "))
    return folder


def kept(path: Path, **version: object) -> tuple[list[int], list[int]]:
    """The ids of the items and files that a database holds, and that it can be opened."""
    database = Database(path, **version)
    memory = InstanceMemory(database, 1, "tv")
    found = list(memory.records()), [known.file.id for known in memory.files([7]).get(7, ())]
    database.close()
    return found


MAKE_ANEW = """\
with op.batch_alter_table("instances", recreate="always") as table:
    table.add_column(sa.Column("added", sa.Text()))
"""

ADD_A_TABLE = 'op.create_table("added", sa.Column("id", sa.Integer()))\n'


def test_a_table_that_is_made_anew_takes_no_rows_along(library: Path, tmp_path: Path):
    """A migration that rebuilds a table keeps the rows that point to it, and their keys hold afterwards."""
    database = Database(library, migrations=later(tmp_path, MAKE_ANEW), head="0002")
    with database.read() as connection:
        assert connection.execute(text("SELECT name, added FROM instances")).all() == [("tv", None)]
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    database.close()
    assert kept(library, migrations=tmp_path / "migrations", head="0002") == ([7], [70])


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('op.execute("UPDATE items SET absent = 1")\n', "no such column: absent"),
        (
            'op.execute("UPDATE items SET instance_id = 99")\n',
            "rows of it point to others that are not there, so it could not be brought to this version's schema",
        ),
    ],
    ids=["broken", "breaks keys"],
)
def test_a_failed_migration_leaves_the_old_state(library: Path, tmp_path: Path, body: str, said: str):
    """A migration that fails after its first steps undoes them, says so, and the version before goes on."""
    before = schema(library)
    folder = later(tmp_path, ADD_A_TABLE + MAKE_ANEW + body)
    with pytest.raises(StoreError, match=said) as raised:
        Database(library, migrations=folder, head="0002")
    assert "is as it was before" in raised.value.problem
    assert schema(library) == before
    assert kept(library) == ([7], [70])


def test_a_kill_inside_a_migration_leaves_the_old_state(library: Path, tmp_path: Path):
    """After `kill -9` in the middle of a migration the database is as it was, and opens."""
    before = schema(library)
    folder = later(tmp_path, ADD_A_TABLE + MAKE_ANEW + "os.kill(os.getpid(), signal.SIGKILL)\n")
    script = "import sys; from pathlib import Path; from taggarr.store.db import Database; "
    script += "Database(Path(sys.argv[1]), migrations=Path(sys.argv[2]), head='0002')"
    command = [sys.executable, "-c", script, str(library), str(folder)]
    assert subprocess.run(command, cwd=PROJECT, timeout=60, check=False).returncode == -signal.SIGKILL
    assert kept(library) == ([7], [70])
    assert schema(library) == before


def test_a_locked_database_is_not_migrated(library: Path, tmp_path: Path):
    """Where another process holds the database, an upgrade waits, gives up, and says so."""
    folder = later(tmp_path, ADD_A_TABLE)
    with closing(sqlite3.connect(library, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="is as it was before; another process holds it"):
            Database(library, wait_s=0.05, migrations=folder, head="0002")
        holder.execute("ROLLBACK")
    assert kept(library) == ([7], [70])


def test_a_database_of_a_newer_version_is_refused(library: Path, tmp_path: Path):
    """A database that a newer version wrote is refused, with what to do, and stays as it is."""
    Database(library, migrations=later(tmp_path, ADD_A_TABLE), head="0002").close()
    before = schema(library)
    with pytest.raises(StoreError) as raised:
        Database(library)
    assert str(raised.value) == (
        f"{library}: it was written by a newer Taggarr (schema 0002): install that version again, or put a "
        "backup from before the upgrade in its place"
    )
    assert schema(library) == before
