"""What is known of the items, files and NFOs of one instance."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, convert
from sqlalchemy import Column, ColumnElement, Connection, Table, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from taggarr.core.media import File, Stat
from taggarr.core.plan import NfoState
from taggarr.core.record import Batch, ItemRecord, NfoRecord
from taggarr.core.selection import KnownFile
from taggarr.core.verdict import Verdict
from taggarr.store import codec
from taggarr.store.db import Database, parts
from taggarr.store.rows import checked, shape
from taggarr.store.tables import files, items, nfos, state_files

_ITEM = shape(items, verdict=Verdict | None)
_FILE = shape(files)
_NFO = shape(nfos)


class InstanceMemory:
    """The stored state of one instance. Each method is one transaction and raises `StoreError`."""

    def __init__(self, database: Database, instance_id: int, instance: str) -> None:
        self._database = database
        self._id = instance_id
        self._name = instance

    def records(self) -> dict[int, ItemRecord]:
        """Every known item by its arr id."""
        query = select(items).where(items.c.instance_id == self._id)
        with self._database.read() as connection:
            rows = checked(connection.execute(query.order_by(items.c.id)), _ITEM)
            return {row.id: _item_record(row, self._name) for row in rows}

    def files(self, item_ids: Collection[int]) -> Mapping[int, Sequence[KnownFile]]:
        """The known files of some items, by item, ordered by their path; without an entry where none is."""
        found: dict[int, list[KnownFile]] = defaultdict(list)
        with self._database.read() as connection:
            for row in self._of_items(connection, files, item_ids, _FILE):
                found[row.item_id].append(_known_file(row))
        return dict(found)

    def nfos(self, item_ids: Collection[int]) -> Mapping[int, Sequence[NfoRecord]]:
        """The known NFO files of some items, by item, ordered by their path; without an entry where none is."""
        found: dict[int, list[NfoRecord]] = defaultdict(list)
        with self._database.read() as connection:
            for row in self._of_items(connection, nfos, item_ids, _NFO):
                found[row.item_id].append(_nfo_record(row))
        return dict(found)

    def genres_ours(self) -> frozenset[str]:
        """The NFO files whose genre is ours, whichever instance wrote them last."""
        with self._database.read() as connection:
            paths = connection.execute(select(nfos.c.path).where(nfos.c.genre_ours == 1)).scalars()
            return frozenset(convert(list(paths), list[str]))

    def save(self, batch: Batch) -> None:
        """Write what one step of a scan learned, wholly or not at all."""
        with self._database.write() as connection:
            self._delete_files(connection, batch.gone_files)
            self._delete(connection, nfos.c.path, batch.gone_nfos)
            for part in parts(batch.taken_nfos):
                connection.execute(delete(nfos).where(nfos.c.path.in_(part)))
            self._upsert(connection, files, [_file_row(item_id, known) for item_id, known in batch.files])
            self._upsert(connection, items, [_item_row(record) for record in batch.records])
            self._upsert(connection, nfos, [_nfo_row(record) for record in batch.nfos])
            glimpsed = [_nfo_row(record) for record in batch.glimpsed_nfos]
            self._upsert(connection, nfos, glimpsed, nfos.c.instance_id == self._id)
            if batch.files or batch.gone_files or batch.records:
                _outdate_state_files(connection)

    def forget(self, item_ids: Collection[int]) -> None:
        """Drop items with everything that is known of them; the history stays.

        So does that a genre in an NFO is ours: the next title or instance that writes the file has to know.
        Files without an item go, too: a scan that was cut off before it judged their item left them, and no
        complete scan since has seen it.
        """
        with self._database.write() as connection:
            self._delete(connection, items.c.id, item_ids)
            self._delete(connection, nfos.c.item_id, item_ids, nfos.c.genre_ours == 0)
            self._delete(connection, files.c.item_id, item_ids)
            known = select(items.c.id).where(items.c.instance_id == self._id)
            orphans = delete(files).where(files.c.instance_id == self._id, files.c.item_id.not_in(known))
            connection.execute(orphans)
            _outdate_state_files(connection)

    def _of_items(
        self, connection: Connection, table: Table, item_ids: Iterable[int], of: type[Struct]
    ) -> Iterator[Any]:
        mine = select(table).where(table.c.instance_id == self._id).order_by(table.c.path)
        for part in parts(item_ids):
            yield from checked(connection.execute(mine.where(table.c.item_id.in_(part))), of)

    def _delete(
        self, connection: Connection, column: Column[Any], keys: Iterable[Any], *only: ColumnElement[bool]
    ) -> None:
        table = column.table
        for part in parts(keys):
            mine = delete(table).where(table.c.instance_id == self._id, *only)
            connection.execute(mine.where(column.in_(part)))

    def _delete_files(self, connection: Connection, gone: Iterable[tuple[int, int]]) -> None:
        by_item: dict[int, list[int]] = defaultdict(list)
        for item_id, file_id in gone:
            by_item[item_id].append(file_id)
        for item_id, file_ids in by_item.items():
            mine = delete(files).where(files.c.instance_id == self._id, files.c.item_id == item_id)
            for part in parts(file_ids):
                connection.execute(mine.where(files.c.id.in_(part)))

    def _upsert(
        self,
        connection: Connection,
        table: Table,
        rows: list[dict[str, Any]],
        only: ColumnElement[bool] | None = None,
    ) -> None:
        """Write rows in the place of those with the same keys, if `only` holds for these."""
        if not rows:
            return
        statement = insert(table)
        keys = [column.name for column in table.primary_key.columns]
        updates = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in keys}
        statement = statement.on_conflict_do_update(index_elements=keys, set_=updates, where=only)
        connection.execute(statement, [{"instance_id": self._id, **row} for row in rows])


def _outdate_state_files(connection: Connection) -> None:
    """What each `taggarr.json` was made of holds no longer: to tell in the same transaction costs no look at all rows."""
    connection.execute(update(state_files).where(state_files.c.basis != "").values(basis=""))


def _file_row(item_id: int, known: KnownFile) -> dict[str, Any]:
    file = known.file
    return {
        "id": file.id,
        "item_id": item_id,
        "path": file.path,
        "relative_path": file.relative_path,
        "local": known.local,
        "arr_size_bytes": file.size_bytes,
        "season": file.season,
        "episodes": codec.encode_numbers(file.episodes),
        "arr_audio": codec.encode_arr_audio(file.audio),
        "size_bytes": known.stat.size_bytes if known.stat else None,
        "mtime_ns": str(known.stat.mtime_ns) if known.stat else None,
        "reading": codec.encode_reading(known.reading) if known.reading else None,
    }


def _known_file(row: Any) -> KnownFile:
    return KnownFile(
        file=File(
            id=row.id,
            path=row.path,
            relative_path=row.relative_path,
            size_bytes=row.arr_size_bytes,
            season=row.season,
            episodes=codec.decode_numbers(row.episodes),
            audio=codec.decode_arr_audio(row.arr_audio),
        ),
        local=row.local,
        stat=None if row.mtime_ns is None else Stat(row.size_bytes, int(row.mtime_ns)),
        reading=None if row.reading is None else codec.decode_reading(row.reading),
    )


def _item_row(record: ItemRecord) -> dict[str, Any]:
    return {
        "id": record.item.id,
        "title": record.item.title,
        "path": record.item.path,
        "listed": codec.encode_item(record.item),
        "local": record.local,
        "original": record.original,
        "verdict": record.verdict,
        "rule": record.rule,
        "reason": record.reason,
        "label": record.label,
        "sampled": int(record.sampled),
        "full_label": record.full_label,
        "languages": codec.encode_strings(record.languages),
        "missing": codec.encode_strings(record.missing),
        "foreign": codec.encode_strings(record.foreign),
        "problem": record.problem,
        "undone": codec.encode_undone(record.undone),
        "file_count": record.file_count,
        "held": codec.encode_held(record.held),
    }


def _item_record(row: Any, instance: str) -> ItemRecord:
    item = codec.decode_item(row.listed, instance)
    if item.id != row.id:
        raise ValueError(f"item {row.id} is said to be item {item.id}")
    return ItemRecord(
        item=item,
        local=row.local,
        original=row.original,
        verdict=row.verdict,
        rule=row.rule,
        reason=row.reason,
        label=row.label,
        sampled=bool(row.sampled),
        full_label=row.full_label,
        languages=codec.decode_strings(row.languages),
        missing=codec.decode_strings(row.missing),
        foreign=codec.decode_strings(row.foreign),
        problem=row.problem,
        undone=codec.decode_undone(row.undone),
        file_count=row.file_count,
        held=codec.decode_held(row.held),
    )


def _nfo_row(record: NfoRecord) -> dict[str, Any]:
    return {
        "path": record.state.path,
        "item_id": record.item_id,
        "size_bytes": record.stat.size_bytes if record.stat else None,
        "mtime_ns": str(record.stat.mtime_ns) if record.stat else None,
        "tags": codec.encode_strings(record.state.tags),
        "genres": codec.encode_strings(record.state.genres),
        "genre_ours": int(record.state.genre_ours),
        "problem": record.problem,
    }


def _nfo_record(row: Any) -> NfoRecord:
    return NfoRecord(
        item_id=row.item_id,
        state=NfoState(
            path=row.path,
            tags=codec.decode_strings(row.tags),
            genres=codec.decode_strings(row.genres),
            genre_ours=bool(row.genre_ours),
        ),
        stat=None if row.mtime_ns is None else Stat(row.size_bytes, int(row.mtime_ns)),
        problem=row.problem,
    )
