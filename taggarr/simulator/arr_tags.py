"""Tags as the arrs keep them: lower-case, unique, looked up by the exact text that was sent."""

import re
from collections.abc import Iterable

from taggarr.simulator.arr_errors import failure, gone, invalid

_ALLOWED = re.compile(r"[a-z0-9-]+", re.IGNORECASE)

_CONSTRAINT = "code = Constraint (19), message = System.Data.SQLite.SQLiteException (0x800027AF)"

LINK_KINDS = (
    "delayProfileIds",
    "importListIds",
    "notificationIds",
    "restrictionIds",
    "indexerIds",
    "downloadClientIds",
    "autoTagIds",
)
"""What a tag may be tied to beside items, as Sonarr's `/tag/detail` names it."""


class TagTable:
    """The table of tags. `strict`: only letters, digits and hyphens; `required`: no empty label either."""

    def __init__(self, *, strict: bool, required: bool, postgres: bool) -> None:
        self.labels: dict[int, str] = {}
        self.links: dict[int, dict[str, list[int]]] = {}
        self._strict = strict
        self._required = required
        self._postgres = postgres
        self._next = 1

    def find(self, label: str) -> int | None:
        """The id of exactly this text."""
        return next((number for number, known in self.labels.items() if known == label), None)

    def ensure(self, label: str) -> int:
        """The id of a label, made where it is missing; not checked, as old rows never were."""
        found = self.find(label.lower())
        return self._insert(label.lower()) if found is None else found

    def post(self, label: str | None) -> int:
        """What POST does. The look-up takes the label as sent, so `Dub` beside `dub` meets the unique index."""
        self._check(label)
        if label is None:
            raise failure(
                500, "Object reference not set to an instance of an object.", "System.NullReferenceException"
            )
        found = self.find(label)
        if found is not None:
            return found
        self._check_unique(label.lower())
        return self._insert(label.lower())

    def put(self, number: int, label: str | None) -> None:
        """Rename a tag."""
        self._check(label)
        if number not in self.labels:
            raise gone("Tag", number)
        lowered = (label or "").lower()
        if self.labels[number] != lowered:
            self._check_unique(lowered)
        self.labels[number] = lowered

    def delete(self, number: int, *, in_use: bool) -> None:
        """Drop a tag that nothing uses."""
        if number not in self.labels:
            raise gone("Tag", number)
        if in_use:
            message = (
                f"Tag with ID {number} '{self.labels[number]}' cannot be deleted since it's still in use"
            )
            raise failure(409, message, "NzbDrone.Core.Datastore.ModelConflictException")
        del self.labels[number]

    def sweep(self, used: Iterable[int]) -> None:
        """What housekeeping does each day. A label that comes back gets a new id: ids are never used again."""
        kept = set(used)
        self.labels = {number: label for number, label in self.labels.items() if number in kept}

    def _insert(self, label: str) -> int:
        number, self._next = self._next, self._next + 1
        self.labels[number] = label
        return number

    def _check(self, label: str | None) -> None:
        if self._required and not (label or "").strip():
            raise invalid("Label", "'Label' must not be empty.", label, "NotEmptyValidator")
        if self._strict and not _ALLOWED.fullmatch(label or ""):
            raise invalid("Label", "Allowed characters a-z, 0-9 and -", label, "RegularExpressionValidator")

    def _check_unique(self, label: str) -> None:
        if self.find(label) is None:
            return
        if self._postgres:
            message = '23505: duplicate key value violates unique constraint "IX_Tags_Label"'
            raise failure(500, message, "Npgsql.PostgresException")
        message = "constraint failed\nUNIQUE constraint failed: Tags.Label"
        raise failure(409, message, _CONSTRAINT)
