"""Sets what a person knows better about one item. No lock is needed: a scan takes overrides up as it begins."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from taggarr import logs
from taggarr.core.media import Item
from taggarr.core.override import Override
from taggarr.store import overrides
from taggarr.wiring.library import Library

_log = logging.getLogger(__name__)


def change(library: Library, item: Item, edit: Callable[[Override], Override]) -> tuple[Override, Override]:
    """Put `edit` of an item's override in its place; what it was, and what it is. Raises `StoreError`.

    Waits for a scan's transaction at most, never for its end.
    """
    before, after = overrides.change(
        library.database, library.ids[item.instance], item, edit, datetime.now(UTC)
    )
    with logs.about(instance=item.instance, item=item.title):
        _log.info("the override is now: %s; it was: %s", after, before)
    return before, after
