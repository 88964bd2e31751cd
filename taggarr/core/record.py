"""What Taggarr keeps from one scan to the next, and the journal of what it changed."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from taggarr.core.media import Item, Stat
from taggarr.core.plan import Held, NfoState, Undone
from taggarr.core.selection import KnownFile


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """An item as the last scan saw and judged it.

    `item` is as the arr listed it, without its files. `local` is its folder on this machine. `original`
    and the language lists are tags (`ja`, `pt-BR`). `verdict` is None for an item that was never judged
    (excluded), and `label` the label that the verdict asks for. `full_label` is the label of the
    last verdict that rests on a full reading, "" where that asked for none. `problem` says why the item
    needs attention. `file_count` is how many files its last list had, None where that was not asked for. `held`
    is set while an undo holds the item.
    """

    item: Item
    local: str
    original: str | None = None
    verdict: str | None = None
    rule: int = 0
    reason: str = ""
    label: str | None = None
    sampled: bool = False
    full_label: str | None = None
    languages: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    problem: str | None = None
    undone: Undone = field(default_factory=Undone)
    file_count: int | None = None
    held: Held | None = None


LEFT_OUT = "its title is left out"
"""`NfoRecord.problem` of a file that was only looked at for its genres: whose they are was not asked yet."""


@dataclass(frozen=True, slots=True)
class NfoRecord:
    """An NFO file as last looked at; `problem` says why it cannot be edited, None where it can."""

    item_id: int
    state: NfoState
    stat: Stat | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What one step of a scan learned, to be kept together: rows to write, and files and NFOs to drop.

    `taken_nfos` are dropped whoever wrote them: somebody else does now. `glimpsed_nfos` are kept where no other
    instance has the file: this one may not be the one that writes it.
    """

    files: tuple[tuple[int, KnownFile], ...] = ()  # with the id of their item
    records: tuple[ItemRecord, ...] = ()
    nfos: tuple[NfoRecord, ...] = ()
    gone_files: tuple[tuple[int, int], ...] = ()  # id of the item, id of the file
    gone_nfos: tuple[str, ...] = ()
    taken_nfos: tuple[str, ...] = ()
    glimpsed_nfos: tuple[NfoRecord, ...] = ()


GENRE_MARK = "genre:"
"""What marks the text of a `<genre>` in the journal; those of `<tag>` stand as they are."""


def genre_text(genre: str) -> str:
    """A genre of an NFO, as the journal has it."""
    return f"{GENRE_MARK}{genre}"


class Target(StrEnum):
    """What a change is made to."""

    TAG = "tag"
    NFO = "nfo"


class Action(StrEnum):
    """What a change does: to a tag `add` or `remove`, to an NFO `edit`."""

    ADD = "add"
    REMOVE = "remove"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Intent:
    """A change about to go out. `name` is the label, or the path of the NFO.

    `before` and `after` are the item's tags (the NFO's tags and `genre:` entries) now, and as they shall be.
    `catalogue_id` tells whether the arr's id still means this title.
    """

    item_id: int
    title: str
    target: Target
    action: Action
    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    verdict: str
    reason: str
    catalogue_id: int | None = None


class Result(StrEnum):
    """What became of a change."""

    APPLIED = "applied"  # confirmed by the answer, or by looking again
    FAILED = "failed"  # refused, or undone at once: it does not hold
    UNCONFIRMED = "unconfirmed"  # no answer: the next scan looks


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the change `change_id`; `after` are the tags as they are then."""

    change_id: int
    result: Result
    after: tuple[str, ...] = ()
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the history: an intent and, once it is known, its outcome.

    `undoes` is the scan that was being undone, where an undo made the change.
    """

    id: int
    scan_id: int
    instance: str
    intent: Intent
    at: datetime
    outcome: Outcome | None = None
    settled_at: datetime | None = None
    undoes: int | None = None
