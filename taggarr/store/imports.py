"""Earlier state files (`taggarr.json`): what was taken over from them, and which of them Taggarr wrote itself."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.dialects.sqlite import insert

from taggarr.core.media import Stat
from taggarr.core.state_file import StateImport, StateWritten
from taggarr.store import codec
from taggarr.store.db import Database
from taggarr.store.rows import checked, shape
from taggarr.store.tables import imports, state_files

_IMPORT = shape(imports)
_WRITTEN = shape(state_files)


class InstanceStates:
    """The state files of one instance. Each method is one transaction and raises `StoreError`.

    What Taggarr wrote is known by path alone: several instances may share a file.
    """

    def __init__(self, database: Database, instance_id: int, now: Callable[[], datetime]) -> None:
        self._database = database
        self._id = instance_id
        self._now = now

    def imports(self) -> dict[str, StateImport]:
        """Every file that this instance has imported, or could not, by path."""
        query = select(imports).where(imports.c.instance_id == self._id).order_by(imports.c.path)
        with self._database.read() as connection:
            return {row.path: _import(row) for row in checked(connection.execute(query), _IMPORT)}

    def keep(self, imported: StateImport) -> None:
        """Write down an import, in the place of an earlier one of the same file."""
        row = {
            "instance_id": self._id,
            "path": imported.path,
            "size_bytes": imported.stat.size_bytes,
            "mtime_ns": str(imported.stat.mtime_ns),
            "labels": codec.encode_strings(imported.labels),
            "tags": codec.encode_tags(imported.tags),
            "problem": imported.problem,
            "at": codec.encode_time(self._now()),
        }
        self._upsert(imports, row)

    def written(self, path: str) -> StateWritten:
        """The file as Taggarr last wrote it; an empty one where it never did."""
        query = select(state_files).where(state_files.c.path == path)
        with self._database.read() as connection:
            for row in checked(connection.execute(query), _WRITTEN):
                return StateWritten(row.path, codec.decode_strings(row.digests), _stat(row), row.basis)
        return StateWritten(path)

    def wrote(self, written: StateWritten) -> None:
        """Write down what a file is about to hold, or holds now."""
        row = {
            "path": written.path,
            "digests": codec.encode_strings(written.digests),
            "size_bytes": written.stat.size_bytes if written.stat else None,
            "mtime_ns": str(written.stat.mtime_ns) if written.stat else None,
            "basis": written.basis,
        }
        self._upsert(state_files, row)

    def _upsert(self, table: Table, row: dict[str, Any]) -> None:
        keys = [column.name for column in table.primary_key.columns]
        statement = insert(table).values(row)
        changed = {name: value for name, value in row.items() if name not in keys}
        with self._database.write(durable=True) as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))


def _stat(row: Any) -> Stat | None:
    return None if row.mtime_ns is None else Stat(row.size_bytes, int(row.mtime_ns))


def _import(row: Any) -> StateImport:
    return StateImport(
        path=row.path,
        stat=Stat(row.size_bytes, int(row.mtime_ns)),
        labels=codec.decode_strings(row.labels),
        tags=codec.decode_tags(row.tags),
        problem=row.problem,
    )
