"""State files of earlier versions: what was imported by which instance, and what was written."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from taggarr.core.errors import StoreError
from taggarr.core.media import File, Item, Kind, Stat
from taggarr.core.plan import NfoState
from taggarr.core.record import Batch, ItemRecord, NfoRecord
from taggarr.core.selection import KnownFile
from taggarr.core.state_file import EarlierTag, StateImport, StateWritten
from taggarr.store.db import Database
from taggarr.store.imports import InstanceStates
from taggarr.store.instances import InstanceAddress, register
from taggarr.store.items import InstanceMemory

PATH = "/tv/taggarr.json"
NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)
LATE = 2**63 * 4
"""A time beyond the year 2262."""


@pytest.fixture
def states(database: Database, instance_id: int) -> InstanceStates:
    """The state files of the instance `tv`."""
    return InstanceStates(database, instance_id, lambda: NOON)


@pytest.fixture
def others(database: Database, instance_id: int) -> InstanceStates:
    """Those of another instance."""
    addresses = [InstanceAddress(name, "sonarr", f"http://{name}:8989") for name in ("tv", "more")]
    return InstanceStates(database, register(database, addresses)["more"], lambda: NOON)


def test_an_import_comes_back_as_it_was(states: InstanceStates):
    """Labels, the tags of titles, and what was wrong with a file."""
    tags = (EarlierTag("Élan", "dub", dubbed=True), EarlierTag("B", None))
    imports = [
        StateImport("/a/taggarr.json", Stat(7, LATE), ("dub", "english"), tags),
        StateImport("/b/taggarr.json", Stat(0, 0), problem="it is a folder"),
    ]
    for one in reversed(imports):
        states.keep(one)
    assert list(states.imports().items()) == [(one.path, one) for one in imports]


def test_a_later_import_replaces_an_earlier_one(states: InstanceStates, others: InstanceStates):
    """Of the same file and instance; another instance's stays."""
    first, second = StateImport(PATH, Stat(1, 1), ("dub",)), StateImport(PATH, Stat(2, 2), ("english",))
    others.keep(first)
    states.keep(first)
    states.keep(second)
    assert states.imports() == {PATH: second}
    assert others.imports() == {PATH: first}


def test_what_was_written_is_known_to_all(states: InstanceStates, others: InstanceStates):
    """By path alone, with the digests of what is Taggarr's; a file that never was is an empty one."""
    assert states.written(PATH) == StateWritten(PATH)
    for written in (
        StateWritten(PATH, ("a", "b"), None, "basis"),
        StateWritten(PATH, ("b",), Stat(1, LATE), "other"),
        StateWritten(PATH),
    ):
        states.wrote(written)
        assert others.written(PATH) == written


def test_what_is_learned_outdates_what_was_written(states: InstanceStates, memory: InstanceMemory):
    """Items and files, new, changed and forgotten; what is known of NFO files is in no state file."""
    item = ItemRecord(Item("tv", Kind.SERIES, 1, "A", "/tv/A"), "/tv/A")
    file = KnownFile(File(5, "/tv/A/1.mkv", "1.mkv", 9), "/tv/A/1.mkv")
    written = StateWritten(PATH, ("a",), Stat(1, 1), "basis")
    for batch in (Batch(records=(item,)), Batch(files=((1, file),)), Batch(gone_files=((1, 5),)), None):
        states.wrote(written)
        if batch is None:
            memory.forget([1])
        else:
            memory.save(batch)
        assert states.written(PATH) == replace(written, basis="")
    states.wrote(written)
    memory.save(Batch(nfos=(NfoRecord(1, NfoState("/tv/A/tvshow.nfo")),)))
    assert states.written(PATH) == written


@pytest.mark.parametrize(
    "column",
    ["imports.labels", "imports.tags", "imports.problem", "state_files.digests", "state_files.basis"],
)
def test_a_value_of_another_type_is_named(database: Database, states: InstanceStates, column: str):
    """SQLite lets any column hold anything; what was not written by us is a sentence and no traceback."""
    states.keep(StateImport(PATH, Stat(1, 1)))
    states.wrote(StateWritten(PATH))
    table, _, name = column.partition(".")
    with database.write() as connection:
        connection.execute(text(f"UPDATE {table} SET {name} = x'00'"))
    with pytest.raises(StoreError, match=f"could not be kept or read back .*{column}"):
        states.written(PATH) if table == "state_files" else states.imports()
