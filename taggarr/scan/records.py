"""The item records of one instance: as they are stored, and as this scan changes them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from taggarr.core.record import Batch, ItemRecord
from taggarr.scan.ports import Memory


class Records:
    """What is known of each item, by its arr id."""

    def __init__(self, memory: Memory) -> None:
        """Raises `StoreError`."""
        self._memory = memory
        self.by_id = memory.records()

    def save(self, records: Iterable[ItemRecord]) -> None:
        """Keep the records that differ from what is stored. Raises `StoreError`."""
        changed = tuple(one for one in records if self.by_id.get(one.item.id) != one)
        if changed:
            self._memory.save(Batch(records=changed))
        self.by_id.update({one.item.id: one for one in changed})

    def remember_tags(self, tags: Mapping[int, tuple[str, ...]]) -> None:
        """Keep the tags of items as they should be now: the next scan sees by them what was undone."""
        self.save(
            replace(record, item=replace(record.item, tags=confirmed))
            for item_id, confirmed in tags.items()
            if (record := self.by_id.get(item_id)) is not None
        )

    def forget(self, item_ids: Iterable[int]) -> None:
        """Drop items with everything that is known of them. Raises `StoreError`."""
        ids = [item_id for item_id in item_ids if item_id in self.by_id]
        self._memory.forget(ids)
        for item_id in ids:
            del self.by_id[item_id]
