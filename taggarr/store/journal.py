"""The journal: an intent before each change goes out, an outcome after it. It is the history, too."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from msgspec import convert
from sqlalchemy import Select, func, insert, select

from taggarr.core.record import Action, Change, Intent, Outcome, Result, Target
from taggarr.core.verdict import Verdict
from taggarr.store import codec
from taggarr.store.db import Database, parts
from taggarr.store.rows import checked, shape
from taggarr.store.tables import changes, instances, outcomes, scans

Clock = Callable[[], datetime]

_CHANGE = shape(
    changes,
    target=Target,
    action=Action,
    verdict=Verdict,
    instance=str,
    result=Result | None,
    outcome_after=str | None,
    error=str | None,
    settled_at=str | None,
    undoes=int | None,
)
"""A change, its instance and what became of it, as `_query` asks for them."""


class InstanceJournal:
    """The journal of one instance within one scan. Each method raises `StoreError`."""

    def __init__(self, database: Database, instance_id: int, scan_id: int, now: Clock) -> None:
        self._database = database
        self._instance_id = instance_id
        self._scan_id = scan_id
        self._now = now

    def intend(self, intents: Sequence[Intent]) -> list[int]:
        """Write down changes about to go out, synced to the disk; their ids, in order."""
        if not intents:
            return []
        common = {
            "scan_id": self._scan_id,
            "instance_id": self._instance_id,
            "at": codec.encode_time(self._now()),
        }
        rows = [common | _intent_row(intent) for intent in intents]
        statement = insert(changes).returning(changes.c.id, sort_by_parameter_order=True)
        with self._database.write(durable=True) as connection:
            return list(connection.execute(statement, rows).scalars())

    def settle(self, settled: Sequence[Outcome]) -> None:
        """Write down what became of changes."""
        if not settled:
            return
        at = codec.encode_time(self._now())
        rows = [
            {
                "change_id": outcome.change_id,
                "result": outcome.result.value,
                "after": codec.encode_strings(outcome.after),
                "error": outcome.error,
                "at": at,
            }
            for outcome in settled
        ]
        with self._database.write(durable=True) as connection:
            connection.execute(insert(outcomes), rows)

    def unsettled(self) -> list[Change]:
        """Changes without an outcome: a scan was cut off between the two."""
        return self._found([self._mine().where(outcomes.c.result.is_(None))])

    def of_scan(self, scan_id: int) -> list[Change]:
        """What one scan changed, oldest first."""
        return self._found([self._mine().where(changes.c.scan_id == scan_id)])

    def since(self, scan_id: int) -> list[Change]:
        """What one scan changed and what later ones did to the same items, oldest first."""
        concerned = select(changes.c.item_id).where(
            changes.c.instance_id == self._instance_id, changes.c.scan_id == scan_id
        )
        mine = self._mine().where(changes.c.scan_id >= scan_id, changes.c.item_id.in_(concerned))
        return self._found([mine])

    def _mine(self) -> Select[Any]:
        return _query().where(changes.c.instance_id == self._instance_id)

    def _found(self, queries: Iterable[Select[Any]]) -> list[Change]:
        return _found(self._database, queries)


def history(
    database: Database,
    *,
    instance: str | None = None,
    item_ids: Iterable[int] | None = None,
    scan_id: int | None = None,
    since: datetime | None = None,
) -> list[Change]:
    """Changes with their outcomes, oldest first. Raises `StoreError`.

    Item ids are the arr's own, so give them together with the instance that they are of.
    """
    query = _query()
    if instance is not None:
        query = query.where(instances.c.name == instance)
    if scan_id is not None:
        query = query.where(changes.c.scan_id == scan_id)
    if since is not None:
        query = query.where(changes.c.at >= codec.encode_time(since))
    queries = (
        [query] if item_ids is None else [query.where(changes.c.item_id.in_(p)) for p in parts(item_ids)]
    )
    return _found(database, queries)


def _found(database: Database, queries: Iterable[Select[Any]]) -> list[Change]:
    """All that the queries find, oldest first."""
    with database.read() as connection:
        found = [_change(row) for one in queries for row in checked(connection.execute(one), _CHANGE)]
    return sorted(found, key=lambda change: change.id)


def last_changed(database: Database, instance_ids: Iterable[int]) -> int | None:
    """The last scan, or undo, that changed something in these instances, or may have. Raises `StoreError`."""
    query = (
        select(func.max(changes.c.scan_id))
        .outerjoin(outcomes)
        .where(
            changes.c.instance_id.in_(list(instance_ids)),
            func.coalesce(outcomes.c.result, "") != Result.FAILED.value,
        )
    )
    with database.read() as connection:
        return convert(connection.execute(query).scalar_one(), int | None)


def managed_before(database: Database, instance_id: int) -> frozenset[str]:
    """The labels that this instance's history shows to be ours: those that Taggarr added there.

    A change without an outcome counts (a scan was cut off, and the label may have arrived), one that failed
    does not.
    """
    query = (
        select(changes.c.name)
        .distinct()
        .outerjoin(outcomes)
        .where(
            changes.c.instance_id == instance_id,
            changes.c.target == Target.TAG.value,
            changes.c.action == Action.ADD.value,
            func.coalesce(outcomes.c.result, "") != Result.FAILED.value,
        )
    )
    with database.read() as connection:
        return frozenset(convert(list(connection.execute(query).scalars()), list[str]))


def _query() -> Select[Any]:
    return (
        select(
            changes,
            instances.c.name.label("instance"),
            outcomes.c.result,
            outcomes.c.after.label("outcome_after"),
            outcomes.c.error,
            outcomes.c.at.label("settled_at"),
            scans.c.undoes,
        )
        .outerjoin(scans, scans.c.id == changes.c.scan_id)
        .join(instances, instances.c.id == changes.c.instance_id)
        .outerjoin(outcomes, outcomes.c.change_id == changes.c.id)
    )


def _intent_row(intent: Intent) -> dict[str, Any]:
    return {
        "item_id": intent.item_id,
        "catalogue_id": intent.catalogue_id,
        "title": intent.title,
        "target": intent.target.value,
        "action": intent.action.value,
        "name": intent.name,
        "before": codec.encode_strings(intent.before),
        "after": codec.encode_strings(intent.after),
        "verdict": intent.verdict,
        "reason": intent.reason,
    }


def _change(row: Any) -> Change:
    intent = Intent(
        item_id=row.item_id,
        title=row.title,
        target=row.target,
        action=row.action,
        name=row.name,
        before=codec.decode_strings(row.before),
        after=codec.decode_strings(row.after),
        verdict=row.verdict,
        reason=row.reason,
        catalogue_id=row.catalogue_id,
    )
    outcome = None
    if row.result is not None:
        outcome = Outcome(row.id, row.result, codec.decode_strings(row.outcome_after), row.error)
    return Change(
        id=row.id,
        scan_id=row.scan_id,
        instance=row.instance,
        intent=intent,
        at=codec.decode_time(row.at),
        outcome=outcome,
        settled_at=None if row.settled_at is None else codec.decode_time(row.settled_at),
        undoes=row.undoes,
    )
