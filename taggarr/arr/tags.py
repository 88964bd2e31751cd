"""The tags of one instance: labels to ids, ids to labels, and the bulk editor.

Ids are not stable: housekeeping deletes unused tags once a day, and the next tag may get the number. So
ids are asked for anew by every list and every first edit of a label.
"""

import threading
from collections.abc import Iterable, Mapping, Sequence

from taggarr.arr import wire
from taggarr.arr.http import Api
from taggarr.core.errors import ArrRejected

MOST_IDS = 100
"""Ids in one bulk edit: the arr works 3-10 ms per item, and writes whole rows as read at the start."""


class Tags:
    """Labels are lower-case everywhere, as the arrs store them. For use by several threads."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._lock = threading.Lock()
        self._labels: dict[int, str] = {}
        self._ids: dict[str, int] = {}

    def refresh(self) -> None:
        """Read the arr's list and forget which id a label had. Raises `ArrError`."""
        with self._lock:
            self._load()
            self._ids.clear()

    def labels(self, ids: Iterable[int] | None) -> tuple[str, ...]:
        """The labels of an item's tags; `#17` for an id that no tag has any more."""
        labels = self._labels
        return tuple(labels.get(tag_id, f"#{tag_id}") for tag_id in ids or ())

    def edit(
        self, path: str, ids_key: str, item_ids: Sequence[int], label: str, *, add: bool
    ) -> Mapping[int, tuple[str, ...]]:
        """Add or remove a label on items by the editor at `path`; the labels of each item afterwards.

        An item that the answer does not name, or not with its tags, is not in the result. Raises `ValueError` for more than 100
        ids, and `ArrError`. Never `replace`: tags of others stay whatever happens meanwhile.
        """
        ids = list(dict.fromkeys(item_ids))  # a doubled id fails the whole call
        if len(ids) > MOST_IDS:
            raise ValueError(f"{len(ids)} ids in one bulk edit, at most {MOST_IDS} are allowed")
        if not ids:
            return {}
        body = {ids_key: ids, "tags": [self._id_of(label)], "applyTags": "add" if add else "remove"}
        edited = self._api.put_bulk(path, body, wire.EDITED)
        if any(tag_id not in self._labels for item in edited for tag_id in item.tags or ()):
            with self._lock:
                self._load()
        # Without its tags, an item in the answer says nothing of the edit.
        return {item.id: self.labels(item.tags) for item in edited if item.tags is not None}

    def _id_of(self, label: str) -> int:
        label = label.lower()
        with self._lock:
            if label not in self._ids:
                tag = self._made(label)
                self._labels[tag.id] = label
                self._ids[label] = tag.id
            return self._ids[label]

    def _made(self, label: str) -> wire.Tag:
        """POST answers with the tag that exists, or makes it. Two at once: one gets 409 (Postgres: 500)."""
        try:
            return self._api.post("/tag", {"label": label}, wire.TAG)
        except ArrRejected:
            self._load()
            for tag_id, known in self._labels.items():
                if known == label:
                    return wire.Tag(tag_id, known)
            raise

    def _load(self) -> None:
        self._labels = {tag.id: tag.label.lower() for tag in self._api.get("/tag", wire.TAGS)}
