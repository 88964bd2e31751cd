"""Alembic migrations, run by the program itself: nobody calls the `alembic` command."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from taggarr.core.errors import StoreError
from taggarr.store.db import pragma


def config(folder: Path) -> Config:
    """Alembic's configuration, without a file; `folder` holds `env.py` and `versions/`."""
    alembic = Config()
    alembic.set_main_option("script_location", str(folder).replace("%", "%%"))
    return alembic


def upgrade(engine: Engine, path: Path, version: str | None, folder: Path) -> None:
    """Bring the database from `version` (None: empty) to the newest schema, wholly or not at all.

    Raises `StoreError` where the database is newer than the migrations, and what a migration raises.
    """
    alembic = config(folder)
    known = {revision.revision for revision in ScriptDirectory.from_config(alembic).walk_revisions()}
    if version is not None and version not in known:
        raise StoreError(
            str(path),
            f"it was written by a newer Taggarr (schema {version}): install that version again, "
            "or put a backup from before the upgrade in its place",
        )
    with engine.connect() as connection:
        connection.info["begin"] = "BEGIN IMMEDIATE"
        # SQLite changes most things by making a table anew; with foreign keys on, dropping the old one
        # would take along every row that points to it. They are checked before the commit instead.
        pragma(connection, "foreign_keys", "OFF")
        try:
            with connection.begin():
                alembic.attributes["connection"] = connection
                command.upgrade(alembic, "head")
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise StoreError(
                        str(path),
                        "rows of it point to others that are not there, so it could not be brought to this "
                        "version's schema and is as it was before: put the newest backup in its place",
                    )
        finally:
            pragma(connection, "foreign_keys", "ON")
