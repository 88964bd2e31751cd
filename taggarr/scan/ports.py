"""What a scan needs of the world, as narrow interfaces; `taggarr.wiring` supplies the implementations.

Every method may raise the `TaggarrError` children that its docstring names, and nothing else.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from taggarr.core.arr import ArrInfo, Busy, Listing, NfoConsumer
from taggarr.core.media import File, Item, Kind, Reading, Stat, Unreadable
from taggarr.core.nfo_edit import NfoContent, NfoEdit, NfoOutcome, NfoProblem
from taggarr.core.record import Batch, Change, Intent, ItemRecord, NfoRecord, Outcome
from taggarr.core.selection import KnownFile
from taggarr.core.state_file import StateContent, StateImport, StateProblem, StateWritten


class Catalogue(Protocol):
    """Reads one instance. Each method raises `ArrError`."""

    def check(self) -> ArrInfo:
        """Reach the instance and see that it is the product that the configuration says."""

    def items(self) -> Listing:
        """All series or movies with their tag labels: two requests."""

    def files(self, item: Item, *, episodes: bool = False) -> tuple[File, ...]:
        """The files of an item: one request for Sonarr (two with `episodes`, which fills their numbers).

        Raises `ArrOddRow` where not all of them could be understood.
        """

    def languages(self) -> frozenset[str]:
        """The primary languages on this arr's list (`GET /language`), after folding."""

    @property
    def requests(self) -> int:
        """How many requests went out so far, retries counted."""


class Tagger(Protocol):
    """Changes one instance: tags, and nothing but tags. Each method raises `ArrError`."""

    def edit(self, item_ids: Sequence[int], label: str, *, add: bool) -> Mapping[int, tuple[str, ...]]:
        """Add or remove one label on at most 100 items, in one bulk edit; the tags of each item afterwards.

        The label is looked up, and made where it is missing, once per tagger. Raises `ArrRejected` where
        the answer is about rows (an id that is gone): the caller splits the batch.
        """

    def busy(self) -> Busy:
        """What the arr's started commands work on."""

    def nfo_consumer(self) -> NfoConsumer:
        """The settings of the Kodi metadata writer."""

    def rescan(self, item_ids: Iterable[int]) -> None:
        """Ask the arr to scan these items' folders, which rewrites their NFO files."""

    def tagging_rules(self) -> str:
        """What the arr's auto-tagging rules say, as a short text that changes whenever they do."""


class Disk(Protocol):
    """This machine's view of the media. Nothing raises: what cannot be seen is a value."""

    def stat(self, path: str) -> Stat | Unreadable:
        """Size and time of one file."""

    def read(self, path: str) -> Reading:
        """The audio tracks of one file."""

    def is_folder(self, path: str) -> bool:
        """Whether there is a folder by that name, as far as can be seen."""

    def places(self, folder: str, names: Collection[str]) -> Mapping[str, str]:
        """A text for each of the entries `names` of a folder that is the same whichever path leads to the entry.

        Without those of which that cannot be said.
        """


class NfoFiles(Protocol):
    """Kodi NFO files on this machine. Nothing raises."""

    def paths(self, kind: Kind, folder: str, video: str | None) -> tuple[str, ...]:
        """Where the NFO files of an item may lie, whether or not they are there; the folder's own first."""

    def read(self, path: str) -> NfoContent | NfoProblem:
        """What the file holds now."""

    def refusal(self, path: str) -> NfoProblem | None:
        """Why this process would not be allowed to edit the file; None where it may try."""

    def edit(self, path: str, edit: NfoEdit) -> NfoOutcome:
        """Apply `edit` and nothing else; what the file held before and holds now."""


class NfoMemory(Protocol):
    """What is stored of the NFO files of one instance. Each method raises `StoreError`."""

    def nfos(self, item_ids: Collection[int]) -> Mapping[int, Sequence[NfoRecord]]:
        """The known NFO files of some items, by item."""

    def genres_ours(self) -> frozenset[str]:
        """NFO files whose genre is ours, whichever instance wrote them last."""


class Memory(NfoMemory, Protocol):
    """The stored state of one instance. Each method raises `StoreError`."""

    def records(self) -> dict[int, ItemRecord]:
        """Every known item by its arr id."""

    def files(self, item_ids: Collection[int]) -> Mapping[int, Sequence[KnownFile]]:
        """The known files of some items, by item."""

    def save(self, batch: Batch) -> None:
        """Keep what one step of a scan learned, wholly or not at all."""

    def forget(self, item_ids: Collection[int]) -> None:
        """Drop items with everything that is known of them but which genres are ours; the history stays."""


class Journal(Protocol):
    """The journal of one instance within one scan. Each method raises `StoreError`."""

    def intend(self, intents: Sequence[Intent]) -> list[int]:
        """Write down changes about to go out, synced to the disk; their ids, in order."""

    def settle(self, settled: Sequence[Outcome]) -> None:
        """Write down what became of changes."""

    def unsettled(self) -> list[Change]:
        """Changes without an outcome: a scan was cut off between the two."""

    def of_scan(self, scan_id: int) -> list[Change]:
        """What one scan changed, oldest first."""

    def since(self, scan_id: int) -> list[Change]:
        """What one scan changed and what later ones did to the same items, oldest first."""


class StateFiles(Protocol):
    """`taggarr.json` files of earlier versions on this machine. Nothing raises."""

    def path(self, root: str) -> str | None:
        """Where the state file of a root folder lies; None for a folder that is no whole path here."""

    def read(self, path: str) -> StateContent | StateProblem:
        """The content of a file."""

    def write(self, path: str, raw: bytes, seen: Stat | None) -> Stat | StateProblem:
        """Put `raw` in the place of the file that `seen` describes, else of none; what a `stat` says then."""

    def remove(self, path: str, seen: Stat) -> StateProblem | None:
        """Delete the file that `seen` describes."""


class StateLedger(Protocol):
    """What is known of the state files of one instance. Each method raises `StoreError`."""

    def imports(self) -> Mapping[str, StateImport]:
        """Every file that this instance has imported, or could not, by path."""

    def keep(self, imported: StateImport) -> None:
        """Write down an import, in the place of an earlier one of the same file."""

    def written(self, path: str) -> StateWritten:
        """The file as Taggarr last wrote it, for whichever instance; an empty one where it never did.

        Its `basis` is empty once anything else became known of any instance's items or files.
        """

    def wrote(self, written: StateWritten) -> None:
        """Write down what a file is about to hold, or holds now."""
