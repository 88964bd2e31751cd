"""A look into the data folder and its database that makes and changes nothing, beside a running scan."""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from taggarr.core.facts import DatabaseFacts, FolderFacts, StoredScan
from taggarr.store import codec, problems
from taggarr.store.db import FILE_NAME, HEAD

SCANS = 5
"""How many of the last scans are told of."""

_WAIT_S = 10.0


def folder(data_dir: Path) -> FolderFacts:
    """The data folder, whether or not it is there yet."""
    exists = os.path.isdir(data_dir)  # noqa: PTH112 - Path's raises where a parent is hidden
    return FolderFacts(str(data_dir), exists, _folder_problem(data_dir), _free_bytes(data_dir))


def _folder_problem(data_dir: Path) -> str | None:
    """Why this process cannot keep files in the data folder; None where it can, or may make the folder."""
    place = _nearest(data_dir)
    if not os.path.isdir(place):  # noqa: PTH112 - as above
        return f"{place} is in the way: it is no folder"
    rights = os.R_OK | os.W_OK | os.X_OK
    if not os.access(place, rights, effective_ids=os.access in os.supports_effective_ids):
        return (
            "this user may not write there" if place == data_dir else f"this user may not make it in {place}"
        )
    return None


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest one above that is there."""
    while not os.path.lexists(folder) and folder != folder.parent:
        folder = folder.parent
    return folder


def _free_bytes(data_dir: Path) -> int | None:
    """The free space on the disk of the data folder; None where it cannot be told."""
    try:
        return shutil.disk_usage(_nearest(data_dir)).free
    except OSError:
        return None


def inspect(data_dir: Path) -> DatabaseFacts | None:
    """The database of a data folder; None where there is none. Raises `StoreError`."""
    path = data_dir / FILE_NAME
    if not os.path.lexists(path):
        return None
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", timeout=_WAIT_S, uri=True)
        ) as database:
            return _inspected(path, database)
    except (sqlite3.Error, ValueError, TypeError) as error:
        raise problems.of_database(path, error) from error


def _inspected(path: Path, database: sqlite3.Connection) -> DatabaseFacts:
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    schema: str | None = None
    if "alembic_version" in tables:
        schema = next(
            (version for (version,) in database.execute("SELECT version_num FROM alembic_version")), None
        )
    checked = [str(line) for (line,) in database.execute("PRAGMA quick_check(5)")]
    damage = () if checked == ["ok"] else tuple(line.splitlines()[-1] for line in checked)
    newer = schema is not None and schema > HEAD
    readable = schema is not None and not newer and not damage
    return DatabaseFacts(
        str(path),
        schema,
        HEAD,
        newer,
        damage,
        tuple(_scans(database)) if readable else (),
        _verdicts(database) if readable else {},
    )


def _scans(database: sqlite3.Connection) -> Iterator[StoredScan]:
    query = "SELECT id, started_at, ended_at, preview, summary FROM scans WHERE undoes IS NULL ORDER BY id DESC LIMIT ?"
    for number, started, ended, preview, summary in database.execute(query, (SCANS,)):
        yield StoredScan(
            number,
            codec.decode_time(started),
            None if ended is None else codec.decode_time(ended),
            bool(preview),
            None if summary is None else json.loads(summary),
        )


def _verdicts(database: sqlite3.Connection) -> Mapping[str, Mapping[str, int]]:
    """How many items have which verdict, by instance; those without one are left out by the configuration."""
    query = (
        "SELECT instances.name, coalesce(items.verdict, 'left out'), count(*) FROM items "
        "JOIN instances ON instances.id = items.instance_id GROUP BY 1, 2 ORDER BY 1, 2"
    )
    found: dict[str, dict[str, int]] = {}
    for name, verdict, count in database.execute(query):
        found.setdefault(name, {})[verdict] = count
    return found
