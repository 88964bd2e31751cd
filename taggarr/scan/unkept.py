"""State that is looked at and not kept: a preview over these may run beside a scan and leaves no trace.

Above all it settles nothing: changes without an outcome may be those of the scan that is running.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from taggarr.core.record import Batch, Change, Intent, ItemRecord, NfoRecord, Outcome
from taggarr.core.selection import KnownFile
from taggarr.scan.ports import Memory


@dataclass(frozen=True, slots=True)
class UnkeptMemory:
    """What `kept` knows; what is learned on top of it is forgotten."""

    kept: Memory

    def records(self) -> dict[int, ItemRecord]:
        return self.kept.records()

    def files(self, item_ids: Collection[int]) -> Mapping[int, Sequence[KnownFile]]:
        return self.kept.files(item_ids)

    def nfos(self, item_ids: Collection[int]) -> Mapping[int, Sequence[NfoRecord]]:
        return self.kept.nfos(item_ids)

    def genres_ours(self) -> frozenset[str]:
        return self.kept.genres_ours()

    def save(self, batch: Batch) -> None:
        """Nothing is kept."""

    def forget(self, item_ids: Collection[int]) -> None:
        """Nothing is dropped either."""


class UnkeptJournal:
    """A preview has nothing to write down, and what others wrote is theirs."""

    def intend(self, intents: Sequence[Intent]) -> list[int]:
        assert not intents, "a preview sends no change"
        return []

    def settle(self, settled: Sequence[Outcome]) -> None:
        assert not settled, "a preview settles no change"

    def unsettled(self) -> list[Change]:
        return []

    def of_scan(self, _scan_id: int) -> list[Change]:
        return []

    def since(self, _scan_id: int) -> list[Change]:
        return []
