"""Alembic migrations, run by the program itself: nobody calls the `alembic` command."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from taggarr.core.errors import StoreError


def config() -> Config:
    """Alembic's configuration, without a file."""
    alembic = Config()
    alembic.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return alembic


def upgrade(engine: Engine, path: Path, version: str | None) -> None:
    """Bring the database from `version` (None: empty) to the newest schema, wholly or not at all."""
    alembic = config()
    known = {revision.revision for revision in ScriptDirectory.from_config(alembic).walk_revisions()}
    if version is not None and version not in known:
        raise StoreError(
            str(path),
            f"it was written by a newer Taggarr (schema {version}): install that version again, "
            "or put a copy from before the upgrade in its place",
        )
    with engine.connect() as connection:
        connection.info["begin"] = "BEGIN IMMEDIATE"
        with connection.begin():
            alembic.attributes["connection"] = connection
            command.upgrade(alembic, "head")
