"""What the checks need of the world, as narrow interfaces; `taggarr.wiring` supplies the implementations."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from taggarr.core.arr import ArrInfo, LabelUse, Listing, NfoConsumer, RootFolder
from taggarr.core.facts import DatabaseFacts, FolderFacts
from taggarr.core.media import File, Item, Kind, Reading
from taggarr.core.nfo_edit import NfoProblem
from taggarr.core.paths import PathMapping
from taggarr.core.policy import Rules


class Server(Protocol):
    """An instance and its settings. Each method raises `ArrError`."""

    def check(self) -> ArrInfo:
        """Reach the instance and see that it is the product that the configuration says."""

    @property
    def ahead_s(self) -> float | None:
        """By how much its clock is ahead of ours, by its last answer; None where it does not say."""

    def nfo_consumer(self) -> NfoConsumer:
        """The settings of the Kodi metadata writer."""

    def label_uses(self) -> tuple[LabelUse, ...]:
        """Every label with what uses it beside items."""


class Shelves(Protocol):
    """What an instance keeps. Each method raises `ArrError`."""

    def root_folders(self) -> tuple[RootFolder, ...]:
        """The root folders."""

    def items(self) -> Listing:
        """All series or movies."""

    def files(self, item: Item) -> tuple[File, ...]:
        """The files of an item."""


class Arr(Server, Shelves, Protocol):
    """One instance."""


class Disk(Protocol):
    """This machine's view of the media. Nothing raises; any method may hang."""

    def is_folder(self, path: str) -> bool:
        """Whether there is a folder by that name."""

    def refusal(self, path: str) -> str | None:
        """Why the folder at `path` cannot be listed; None where it can."""

    def read(self, path: str) -> Reading:
        """The audio tracks of one file."""

    def find(self, wanted: Collection[str], near: Sequence[str]) -> Iterator[Sequence[str]]:
        """The paths under which `wanted`, paths below root folders, are seen on this machine.

        First what is seen in the folders `near`, then that of the whole machine. Never hangs, and gives up after
        a while: what it saw until then is the answer.
        """


class NfoFiles(Protocol):
    """Kodi NFO files on this machine. Nothing raises; any method may hang."""

    def paths(self, kind: Kind, folder: str, video: str | None) -> tuple[str, ...]:
        """Where the NFO files of an item may lie."""

    def refusal(self, path: str) -> NfoProblem | None:
        """Why this process would not be allowed to edit the file; None where it may try."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One instance to be looked at: what the configuration says of it, and how to reach it.

    `labels` are those that it names, profiles included. `indent` is how deep the instance's keys stand in the
    configuration file, None where they stand on one line in braces. `open` raises `ConfigError`.
    """

    name: str
    app: str
    kind: Kind
    enabled: bool
    rules: Rules
    labels: Collection[str]
    roots: tuple[str, ...]
    mappings: tuple[PathMapping, ...]
    timeout_s: float
    indent: int | None
    open: Callable[[], AbstractContextManager[Arr]]


class Home(Protocol):
    """What Taggarr keeps on this machine, and what it needs there. Nothing is made or changed."""

    def folder(self) -> FolderFacts:
        """The data folder."""

    def holder(self) -> str | None:
        """Who holds the data folder for a scan, as a phrase; None where nobody does."""

    def database(self) -> DatabaseFacts | None:
        """The database, None where there is none. Raises `StoreError`."""

    def log_problem(self) -> str | None:
        """Why the log cannot be written; None where it can."""

    def libmediainfo_problem(self) -> str | None:
        """Why libmediainfo cannot be used; None where it can."""
