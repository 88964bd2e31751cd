"""What a scan is asked to do, what it works with, and what it reports."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from taggarr.core.media import File, Item, Kind, Reading
from taggarr.core.override import KeptOverride
from taggarr.core.paths import PathMapping
from taggarr.core.plan import ItemPlan
from taggarr.core.policy import Policy, Rules
from taggarr.core.record import Result
from taggarr.core.scope import Exclusion
from taggarr.core.selection import Mode
from taggarr.core.verdict import Finding, ItemVerdict, Original, Verdict
from taggarr.scan.events import Listener, Phase
from taggarr.scan.ports import (
    Catalogue,
    Disk,
    Journal,
    Memory,
    NfoFiles,
    StateFiles,
    StateLedger,
    Tagger,
)

Tell = Callable[[Phase, int, int], None]
"""Called with a phase, and how many of how many items are done in it."""


@dataclass(frozen=True, slots=True)
class ScanRequest:
    """One scan, as asked for.

    `items` (titles, paths, arr ids) narrows it; `preview` stops before anything is written; `verify` looks
    at every known file with one `stat`; `yes` lets the guard pass; `inspect` keeps what every verdict rests
    on, for `explain`; `release` lets go of items that an undo holds, since a person asks for them.
    """

    mode: Mode = Mode.UPDATE
    items: tuple[str, ...] = ()
    preview: bool = False
    verify: bool = True
    yes: bool = False
    inspect: bool = False
    release: bool = False


@dataclass(frozen=True, slots=True)
class InstanceJob:
    """One instance with everything that its scan works with.

    `managed` are the labels that are ours; `write_state`: its items are to stand in `taggarr.json`. `overrides`
    are what a person said of single items, oldest first.
    """

    name: str
    kind: Kind
    rules: Rules
    managed: frozenset[str]
    roots: tuple[str, ...]
    mappings: tuple[PathMapping, ...]
    catalogue: Catalogue
    tagger: Tagger
    memory: Memory
    journal: Journal
    ledger: StateLedger
    write_state: bool = False
    overrides: Sequence[KeptOverride] = ()


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A configured instance that this scan leaves out: its entries in state files stay its own.

    So do its NFO files, unless it is turned off (not `enabled`): then the next instance may write them.
    """

    name: str
    kind: Kind
    rules: Rules
    memory: Memory
    ledger: StateLedger
    write_state: bool = False
    overrides: Sequence[KeptOverride] = ()
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class World:
    """What all instances of one scan share."""

    disk: Disk
    nfos: NfoFiles
    states: StateFiles
    workers: int
    listen: Listener
    stop: threading.Event
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Failure:
    """A change, or an item, that did not come through, with the sentence that says why."""

    title: str
    what: str
    result: Result
    error: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """All that the verdict on one item rests on; `excluded` says why an item was not judged."""

    item: Item
    folder: str
    policy: Policy
    original: Original
    files: tuple[File, ...] = ()
    readings: Mapping[int, Reading] = field(default_factory=dict)
    findings: Mapping[int, Finding] = field(default_factory=dict)
    verdict: ItemVerdict | None = None
    excluded: Exclusion | None = None
    kept: KeptOverride | None = None


@dataclass(slots=True)
class InstanceSummary:
    """What came of one instance; filled while its scan goes on.

    `files_listed` counts the files of the items in scope, `files_read` those that were opened. `plans` are
    the plans that are not empty; `attention` are titles whose verdict is unknown, with the reason.
    `unknown` are the names asked for that mean nothing here, with titles that they may have meant.
    `error` is (code, message) where the instance failed as a whole, `guard` why nothing was applied.
    """

    name: str
    items: int = 0
    verdicts: dict[Verdict, int] = field(default_factory=lambda: dict.fromkeys(Verdict, 0))
    files_listed: int = 0
    files_read: int = 0
    requests: int = 0
    planned: int = 0
    applied: int = 0
    failed: int = 0
    plans: list[ItemPlan] = field(default_factory=list)
    attention: list[tuple[str, str]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    postponed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    inspections: list[Inspection] = field(default_factory=list)
    unknown: dict[str, list[str]] = field(default_factory=dict)
    guard: str | None = None
    error: tuple[str, str] | None = None


@dataclass(slots=True)
class ScanSummary:
    """What came of a scan, by instance in the order of the configuration."""

    scan: int
    seconds: float = 0.0
    instances: dict[str, InstanceSummary] = field(default_factory=dict)
    interrupted: bool = False
