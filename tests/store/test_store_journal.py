"""The journal: intents before outcomes, and the history that they make."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text

from taggarr.core.errors import StoreError
from taggarr.core.record import Action, Batch, Change, Intent, Outcome, Result, Target
from taggarr.store.db import Database
from taggarr.store.instances import InstanceAddress, register
from taggarr.store.items import InstanceMemory
from taggarr.store.journal import InstanceJournal, history, last_changed, managed_before
from taggarr.store.scans import begin

NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)


def intent(
    item_id: int, name: str = "dub", action: Action = Action.ADD, target: Target = Target.TAG
) -> Intent:
    return Intent(
        item_id, f"Show {item_id}", target, action, name, ("seen",), ("seen", name), "dub", "all heard"
    )


def test_a_change_comes_back_with_its_outcome(journal: InstanceJournal, database: Database):
    """The history shows what was meant, when, what became of it, and the tags before and after."""
    [number] = journal.intend([intent(7)])
    outcome = Outcome(number, Result.APPLIED, ("seen", "dub"))
    journal.settle([outcome])
    assert history(database) == [
        Change(1, 1, "tv", intent(7), NOON, outcome, NOON + timedelta(minutes=1)),
    ]


def test_ids_are_given_in_order_and_never_again(journal: InstanceJournal, database: Database):
    """Changes are numbered upwards in the order of their intents, also after all of them were deleted."""
    many = [intent(number) for number in range(3000, 0, -1)]
    assert journal.intend(many) == list(range(1, 3001))
    assert [change.intent.item_id for change in history(database)] == list(range(3000, 0, -1))
    with database.write() as connection:
        connection.execute(text("DELETE FROM changes"))
    assert journal.intend([intent(1), intent(2)]) == [3001, 3002]


def test_nothing_is_intended_and_settled(journal: InstanceJournal, database: Database):
    """Empty lists write nothing."""
    assert journal.intend([]) == []
    journal.settle([])
    assert history(database) == []


def test_what_has_no_outcome_is_unsettled(journal: InstanceJournal):
    """A change without an outcome waits for the next scan, one with any outcome does not."""
    numbers = journal.intend([intent(n) for n in range(1, 5)])
    results = [Result.APPLIED, Result.FAILED, Result.UNCONFIRMED]
    journal.settle([Outcome(n, result, error="why") for n, result in zip(numbers, results, strict=False)])
    assert [(change.id, change.outcome, change.settled_at) for change in journal.unsettled()] == [
        (4, None, None)
    ]


def test_an_outcome_is_written_once(journal: InstanceJournal, database: Database):
    """A second outcome of one change is refused, and so is one of a change that nobody intended."""
    [number] = journal.intend([intent(1)])
    journal.settle([Outcome(number, Result.APPLIED)])
    for wrong in (number, 99):
        with pytest.raises(StoreError):
            journal.settle([Outcome(wrong, Result.FAILED)])
    assert [change.outcome for change in history(database)] == [Outcome(number, Result.APPLIED)]


@pytest.fixture
def past(journal: InstanceJournal, database: Database) -> Database:
    """Two scans of two instances: changes 1 and 2 at noon, 3 of `anime` an hour later, 4 two hours later."""
    names = [
        InstanceAddress("tv", "sonarr", "http://tv:8989"),
        InstanceAddress("anime", "sonarr", "http://anime"),
    ]
    numbers = register(database, names)
    journal.intend([intent(1), intent(2)])
    second = begin(database, mode=0, quick=False, preview=False, now=NOON)
    InstanceJournal(database, numbers["anime"], second, lambda: NOON + timedelta(hours=1)).intend([intent(1)])
    InstanceJournal(database, numbers["tv"], second, lambda: NOON + timedelta(hours=2)).intend([intent(2)])
    return database


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [1, 2, 3, 4]),
        ({"instance": "tv"}, [1, 2, 4]),
        ({"instance": "anime"}, [3]),
        ({"instance": "other"}, []),
        ({"item_ids": [1]}, [1, 3]),
        ({"item_ids": [2, *range(100, 2000), 1]}, [1, 2, 3, 4]),
        ({"item_ids": [9]}, []),
        ({"item_ids": []}, []),
        ({"instance": "tv", "item_ids": [2, 2]}, [2, 4]),
        ({"scan_id": 2}, [3, 4]),
        ({"scan_id": 3}, []),
        ({"since": NOON}, [1, 2, 3, 4]),
        ({"since": NOON + timedelta(microseconds=1)}, [3, 4]),
        ({"since": datetime(2026, 1, 2, 14, 30, tzinfo=timezone(timedelta(hours=1)))}, [4]),
        ({"scan_id": 2, "instance": "tv", "since": NOON, "item_ids": [1, 2]}, [4]),
    ],
)
def test_history_is_narrowed(few_variables: int, past: Database, wanted: dict[str, object], found: list[int]):
    """The history is narrowed by instance, items, scan and time, oldest first."""
    assert [change.id for change in history(past, **wanted)] == found


def test_unsettled_changes_are_the_instances_own(past: Database):
    """An instance settles its own changes, of whichever scan, and nobody else's."""
    assert [change.id for change in InstanceJournal(past, 1, 3, lambda: NOON).unsettled()] == [1, 2, 4]
    assert [change.id for change in InstanceJournal(past, 2, 3, lambda: NOON).unsettled()] == [3]


def test_labels_that_the_history_shows_to_be_ours(
    journal: InstanceJournal, database: Database, instance_id: int
):
    """Ours is what we added and may stand; not what failed, what we only removed, or an NFO's path."""
    intents = [
        intent(1, "applied"),
        intent(2, "unconfirmed"),
        intent(3, "cut-off"),
        intent(4, "failed"),
        intent(5, "removed", Action.REMOVE),
        intent(6, "/tv/tvshow.nfo", Action.ADD, Target.NFO),
        intent(7, "twice"),
        intent(8, "twice"),
    ]
    numbers = dict(zip([one.name for one in intents[:6]], journal.intend(intents), strict=False))
    results = {"applied": Result.APPLIED, "unconfirmed": Result.UNCONFIRMED, "failed": Result.FAILED}
    results |= {"removed": Result.APPLIED, "/tv/tvshow.nfo": Result.APPLIED}
    journal.settle([Outcome(numbers[name], result) for name, result in results.items()])
    journal.settle([Outcome(7, Result.FAILED), Outcome(8, Result.APPLIED)])
    assert managed_before(database, instance_id) == {"applied", "unconfirmed", "cut-off", "twice"}
    assert managed_before(database, instance_id + 1) == frozenset()


def test_a_change_of_an_unknown_kind_is_named(journal: InstanceJournal, database: Database):
    """A row that this version cannot read is an error of the store, not a crash."""
    journal.intend([intent(1)])
    with database.write() as connection:
        connection.execute(text("UPDATE changes SET target = 'poster'"))
    with pytest.raises(StoreError, match=r"Invalid enum value 'poster' - at `changes\.target`"):
        history(database)


def test_changes_are_on_the_disk_before_they_go_out(
    journal: InstanceJournal, memory: InstanceMemory, database: Database
):
    """Intents and outcomes are committed with FULL (2), what was read with NORMAL (1): it can be read again."""

    def level() -> object:
        with database.read() as connection:  # there is one connection, for nobody else is at it
            return connection.execute(text("PRAGMA synchronous")).scalar()

    levels = []
    (number,) = journal.intend([intent(7)])
    levels.append(level())
    memory.save(Batch())
    levels.append(level())
    journal.settle([Outcome(number, Result.APPLIED)])
    levels.append(level())
    assert levels == [2, 1, 2]


def test_what_undo_has_to_know(database: Database, journal: InstanceJournal, instance_id: int):
    """The changes of one scan, those that came later for the same items, and which scan changed something last."""
    other = register(database, [InstanceAddress("films", "radarr", "http://films")])["films"]
    begin(database, mode=0, quick=False, preview=False, now=NOON)
    begin(database, mode=0, quick=False, preview=False, now=NOON, undoes=1)
    second = InstanceJournal(database, instance_id, 2, lambda: NOON)
    undo = InstanceJournal(database, instance_id, 3, lambda: NOON)
    elsewhere = InstanceJournal(database, other, 2, lambda: NOON)
    journal.intend([replace(intent(1), catalogue_id=100), intent(2)])
    second.intend([intent(1), intent(3)])
    elsewhere.intend([intent(2)])
    [failed] = undo.intend([intent(2, action=Action.REMOVE)])
    assert [change.id for change in journal.of_scan(1)] == [1, 2]
    assert journal.of_scan(1)[0].intent.catalogue_id == 100
    assert [(change.id, change.undoes) for change in journal.since(1)] == [
        (1, None),
        (2, None),
        (3, None),
        (6, 1),
    ]
    assert [change.id for change in journal.since(2)] == [3, 4]
    assert last_changed(database, [instance_id, other]) == 3
    undo.settle([Outcome(failed, Result.FAILED, error="why")])
    assert last_changed(database, [instance_id]) == 2
    assert last_changed(database, [other + 1]) is None
