"""What a person said of single items: kept, changed, and found again by the catalogue id."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from taggarr.core.errors import StoreError
from taggarr.core.language import Language
from taggarr.core.media import Item, Kind
from taggarr.core.override import NOTHING, KeptOverride, Override
from taggarr.store import overrides
from taggarr.store.db import Database
from taggarr.store.instances import InstanceAddress, register
from taggarr.store.items import InstanceMemory

from .conftest import NOON

KO, BRAZIL = Language("ko"), Language("pt", region="BR")
SHOW = Item("tv", Kind.SERIES, 5, "Show", "/tv/Show", year=2020, tvdb_id=100)


def put(database: Database, instance_id: int, item: Item, override: Override) -> Override:
    """Set an override; what it was before."""
    return overrides.change(database, instance_id, item, lambda _: override, NOON)[0]


@pytest.mark.parametrize(
    "override",
    [Override(KO), Override(BRAZIL, (KO, BRAZIL)), Override(excluded=True), Override(excluded=False)],
)
def test_an_override_comes_back(database: Database, instance_id: int, override: Override):
    """With the item that it was set for; an instance has its own."""
    put(database, instance_id, SHOW, override)
    assert overrides.kept(database, instance_id) == [KeptOverride(override, 5, 100, "Show", 2020, NOON)]
    assert overrides.kept(database, instance_id + 1) == []


def test_an_override_without_a_catalogue_id_or_a_year_comes_back(database: Database, instance_id: int):
    """What the arr does not know is not made up."""
    put(database, instance_id, replace(SHOW, year=None, tvdb_id=None), Override(KO))
    assert overrides.kept(database, instance_id) == [KeptOverride(Override(KO), 5, None, "Show", None, NOON)]


def test_an_override_is_changed_in_its_place(database: Database, instance_id: int):
    """One item has one; others keep theirs, and what is empty is gone."""
    other = replace(SHOW, id=6, tvdb_id=200)
    put(database, instance_id, SHOW, Override(KO))
    put(database, instance_id, other, Override(excluded=True))
    later = NOON + timedelta(hours=1)
    before, after = overrides.change(
        database, instance_id, SHOW, lambda old: replace(old, targets=(BRAZIL,)), later
    )
    assert (before, after) == (Override(KO), Override(KO, (BRAZIL,)))
    assert {one.item_id: one.override for one in overrides.kept(database, instance_id)} == {
        5: Override(KO, (BRAZIL,)),
        6: Override(excluded=True),
    }
    assert put(database, instance_id, SHOW, NOTHING) == Override(KO, (BRAZIL,))
    assert [one.item_id for one in overrides.kept(database, instance_id)] == [6]
    assert put(database, instance_id, SHOW, NOTHING) == NOTHING


def test_an_override_follows_the_title_to_its_new_number(database: Database, instance_id: int):
    """And the stranger that has the old number now gets one of its own."""
    anew, stranger = replace(SHOW, id=9), replace(SHOW, tvdb_id=777, title="Stranger")
    put(database, instance_id, SHOW, Override(KO))
    assert put(database, instance_id, stranger, Override(excluded=True)) == NOTHING
    assert put(database, instance_id, anew, Override(BRAZIL)) == Override(KO)
    assert [(one.item_id, one.title) for one in overrides.kept(database, instance_id)] == [
        (5, "Stranger"),
        (9, "Show"),
    ]


def test_of_two_for_one_title_the_last_is_what_it_was(database: Database, instance_id: int):
    """One was set while the arr gave no catalogue id; neither stays beside the new one."""
    put(database, instance_id, replace(SHOW, tvdb_id=None), Override(KO))
    put(database, instance_id, replace(SHOW, id=9), Override(BRAZIL))
    assert len(overrides.kept(database, instance_id)) == 2
    assert put(database, instance_id, SHOW, Override(excluded=True)) == Override(BRAZIL)
    assert [one.override for one in overrides.kept(database, instance_id)] == [Override(excluded=True)]


def test_overrides_outlive_the_item_and_a_new_name_of_the_instance(
    database: Database, instance_id: int, memory: InstanceMemory
):
    """What is forgotten of an item is what can be learned again."""
    put(database, instance_id, SHOW, Override(KO))
    memory.forget([5])
    renamed = register(database, [InstanceAddress("series", "sonarr", "http://tv:8989")])
    assert [one.override for one in overrides.kept(database, renamed["series"])] == [Override(KO)]


@pytest.mark.parametrize(
    "there", ["original = 'klingonese'", "title = x'00'", "at = x'00'", "excluded = 'no'"]
)
def test_what_nobody_can_have_said_is_an_error_of_the_database(
    database: Database, instance_id: int, path: Path, there: str
):
    """Whoever wrote it there: it is told, and not taken for nothing."""
    put(database, instance_id, SHOW, Override(KO))
    with closing(sqlite3.connect(path)) as other, other:
        other.execute(f"UPDATE overrides SET {there}")
    with pytest.raises(StoreError):
        overrides.kept(database, instance_id)


def test_overrides_of_two_writers_at_once_both_stay(database: Database, instance_id: int):
    """Each puts its part into what is there by then: nobody's word is lost."""
    codes = ["ko", "de", "fr", "ja", "es", "it", "nl", "sv"]

    def add(code: str) -> None:
        overrides.change(
            database,
            instance_id,
            SHOW,
            lambda old: replace(old, targets=(*old.targets, Language(code))),
            NOON,
        )

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, codes))
    (one,) = overrides.kept(database, instance_id)
    assert {str(target) for target in one.override.targets} == set(codes)
