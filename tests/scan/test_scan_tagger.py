"""The writer of tags against an arr that answers as no real one should."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from taggarr.core.arr import Busy, NfoConsumer
from taggarr.core.errors import ArrRejected, ArrUnauthorized
from taggarr.core.language import Language
from taggarr.core.media import Item, Kind
from taggarr.core.plan import ItemPlan, TagChange
from taggarr.core.policy import Policy, Rules
from taggarr.core.record import Change, Intent, Outcome, Result
from taggarr.probe.disk import LocalDisk
from taggarr.scan.apply import TagWriter
from taggarr.scan.job import InstanceJob, InstanceSummary, World
from taggarr.wiring.scanner import utc_now

POLICY = Policy((Language("en"),))


@dataclass
class Arr:
    """Adds labels as it is told, but for `silent` ids, which it leaves out of the answer; `refuses` says no."""

    silent: frozenset[int] = frozenset()
    refuses: Mapping[int, Exception] = field(default_factory=dict)
    calls: list[tuple[int, ...]] = field(default_factory=list)
    requests: int = 0

    def edit(self, item_ids: Sequence[int], label: str, *, add: bool) -> Mapping[int, tuple[str, ...]]:
        self.calls.append(tuple(item_ids))
        for item_id in item_ids:
            if item_id in self.refuses:
                raise self.refuses[item_id]
        return {item_id: ((label,) if add else ()) for item_id in item_ids if item_id not in self.silent}

    def busy(self) -> Busy:
        return Busy()

    def nfo_consumer(self) -> NfoConsumer:
        return NfoConsumer()

    def rescan(self, item_ids: Iterable[int]) -> None:
        raise AssertionError("nobody asked for a rescan")

    def tagging_rules(self) -> str:
        return ""


@dataclass
class Book:
    """A journal in memory."""

    intents: list[Intent] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def intend(self, intents: Sequence[Intent]) -> list[int]:
        self.intents += intents
        return list(range(len(self.intents) - len(intents), len(self.intents)))

    def settle(self, settled: Sequence[Outcome]) -> None:
        self.outcomes += settled

    def unsettled(self) -> list[Change]:
        return []


def plans(count: int) -> list[ItemPlan]:
    item = Item("tv", Kind.SERIES, 0, "", "/tv")
    return [
        ItemPlan(
            replace(item, id=number, title=f"Show {number}"),
            POLICY,
            "dub",
            "because",
            tags=(TagChange("dub", add=True), TagChange("semi-dub", add=False)),
        )
        for number in range(1, count + 1)
    ]


def applied(arr: Arr, count: int) -> tuple[set[int], InstanceSummary, Book]:
    """What held, and what was told and written down."""
    book, summary = Book(), InstanceSummary("tv")
    job = InstanceJob(
        name="tv",
        kind=Kind.SERIES,
        rules=Rules(POLICY),
        managed=frozenset({"dub", "semi-dub"}),
        roots=(),
        mappings=(),
        catalogue=arr,  # type: ignore[arg-type]  # tags are not read by it
        tagger=arr,
        memory=None,  # type: ignore[arg-type]  # nor is anything remembered
        journal=book,
        ledger=None,  # type: ignore[arg-type]  # nor imported
    )
    world = World(LocalDisk(), None, None, 1, lambda _: None, threading.Event(), utc_now)  # type: ignore[arg-type]  # nor is an NFO
    writer = TagWriter(job, world, summary, lambda *_: None)
    return writer.apply(plans(count)).settled, summary, book


def test_an_item_that_the_answer_leaves_out_is_unconfirmed() -> None:
    """Nobody knows: nothing is removed from it, its change stays open, and the next scan looks."""
    arr = Arr(silent=frozenset({2}))
    settled, summary, book = applied(arr, 3)
    assert settled == {1, 3}
    assert [(failure.title, failure.result) for failure in summary.failures] == [
        ("Show 2", Result.UNCONFIRMED)
    ]
    assert arr.calls == [(1, 2, 3), (1, 3)]
    assert {outcome.change_id for outcome in book.outcomes} == {0, 2, 3, 4}


def test_a_refused_key_in_the_middle_of_a_split_ends_it() -> None:
    """One row is refused; while its batch is taken apart, the key is: the rest is named and not sent."""
    refused = ArrRejected("tv", "names items that are gone", 500, rows=True)
    locked_out = ArrUnauthorized("tv", "refuses the API key")
    arr = Arr(refuses={1: refused, 4: locked_out})
    settled, summary, book = applied(arr, 8)
    assert settled == set()
    assert arr.calls == [tuple(range(1, 9)), (1, 2, 3, 4), (1, 2), (1,), (2,), (3, 4)]
    assert {failure.title for failure in summary.failures} == {f"Show {number}" for number in range(1, 9)}
    assert [outcome.result for outcome in book.outcomes].count(Result.APPLIED) == 1
    assert len(book.outcomes) == 8


def test_a_label_that_is_refused_is_nobodys_row() -> None:
    """The arr does not take the label: no item is to blame, so the batch is not taken apart."""
    arr = Arr(refuses={4: ArrRejected("tv", "Label: Allowed characters a-z, 0-9 and -", 400)})
    settled, summary, _ = applied(arr, 8)
    assert settled == set()
    assert arr.calls == [tuple(range(1, 9))]
    assert {failure.result for failure in summary.failures} == {Result.FAILED}
