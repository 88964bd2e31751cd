"""What a look at Taggarr's own folder and database shows: values that the checks and the edges share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class FolderFacts:
    """The data folder: why this process cannot keep files in it, if so; its free bytes, where they are known."""

    path: str
    exists: bool
    problem: str | None
    free_bytes: int | None


@dataclass(frozen=True, slots=True)
class StoredScan:
    """One scan as the database keeps it; `summary` is what `scan --json` printed, None where it did not end."""

    id: int
    started_at: datetime
    ended_at: datetime | None = None
    preview: bool = False
    summary: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """What is in the database at `path`.

    `schema` is its version (None: empty), `newest` that of this Taggarr; `newer`: this one does not know it.
    `damage` is what SQLite finds wrong. `scans` are the last ones, newest first; `verdicts` counts items by
    verdict, by instance.
    """

    path: str
    schema: str | None
    newest: str
    newer: bool = False
    damage: tuple[str, ...] = ()
    scans: tuple[StoredScan, ...] = ()
    verdicts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
