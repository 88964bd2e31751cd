"""What a scan tells while it works: values, handed to whoever listens."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """Where an instance's scan is."""

    FETCH = "fetch"
    READ = "read"
    DECIDE = "decide"
    APPLY = "apply"
    END = "end"


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` items in this phase; `files_read` files were opened so far."""

    instance: str
    phase: Phase
    done: int
    total: int
    files_read: int = 0


Listener = Callable[[Progress], None]
