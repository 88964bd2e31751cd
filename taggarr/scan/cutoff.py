"""Changes whose outcome nobody wrote down: the arr and the files tell what became of them.

A scan was killed between sending a change and hearing of it, or the answer never came.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from taggarr.core import plan
from taggarr.core.arr import Listing
from taggarr.core.media import Item, same_title
from taggarr.core.plan import NfoState
from taggarr.core.record import Action, Change, Intent, Outcome, Result, Target, genre_text
from taggarr.scan.ports import Journal

_LOST = "the answer to this change never came"


class CutOff:
    """The changes of one instance that wait for their outcome."""

    def __init__(self, journal: Journal) -> None:
        """Raises `StoreError`, as every method does."""
        self._journal = journal
        changes = journal.unsettled()
        self._tags = [change for change in changes if change.intent.target is Target.TAG]
        self._nfos = [change for change in changes if change.intent.target is Target.NFO]

    @property
    def genres_ours(self) -> frozenset[str]:
        """NFO files that may have got our genre."""
        genre = genre_text(plan.GENRE)
        return frozenset(
            change.intent.name
            for change in self._nfos
            if genre in change.intent.after and genre not in change.intent.before
        )

    def settle_tags(self, listing: Listing) -> None:
        """By the tags that items have now. Those of items that may or may not be listed go on waiting."""
        items = {item.id: item for item in listing.items}
        changes = [*self._tags, *self._nfos]
        gone = listing.gone(change.intent.item_id for change in changes)
        lost = {change.id for change in changes if _lost(change.intent, items, gone)}
        self._settle([_gone(change) for change in changes if change.id in lost])
        self._settle(
            [
                _tag_outcome(change, items[change.intent.item_id].tags)
                for change in self._tags
                if change.intent.item_id in items and change.id not in lost
            ]
        )
        self._nfos = [change for change in self._nfos if change.id not in lost]

    def settle_nfos(self, states: Iterable[NfoState]) -> None:
        """By what NFO files hold now. Those that nobody could look at go on waiting."""
        seen = {state.path: state for state in states}
        self._settle(
            [_nfo_outcome(c, seen[c.intent.name]) for c in self._nfos if c.intent.name in seen],
        )

    def _settle(self, outcomes: Sequence[Outcome]) -> None:
        if outcomes:
            self._journal.settle(outcomes)


def texts(tags: Iterable[str], genres: Iterable[str]) -> tuple[str, ...]:
    """What an NFO holds, as the journal has it."""
    return (*tags, *(genre_text(genre) for genre in genres))


def _lost(intent: Intent, items: Mapping[int, Item], gone: Collection[int]) -> bool:
    """Whether the title of a change is listed no longer; its number may be that of another one."""
    item = items.get(intent.item_id)
    return intent.item_id in gone or (item is not None and not same_title(intent.catalogue_id, item))


def _tag_outcome(change: Change, tags: Collection[str]) -> Outcome:
    add = change.intent.action is Action.ADD
    return _outcome(change, tuple(tags), holds=(change.intent.name in {t.lower() for t in tags}) is add)


def _nfo_outcome(change: Change, state: NfoState) -> Outcome:
    now = texts(state.tags, state.genres)
    return _outcome(change, now, holds=_arrived(change.intent, now))


def _arrived(intent: Intent, now: Iterable[str]) -> bool:
    before, after, held = (_folded(one) for one in (intent.before, intent.after, now))
    return after - before <= held and not (before - after) & held


def _outcome(change: Change, now: tuple[str, ...], *, holds: bool) -> Outcome:
    if holds:
        return Outcome(change.id, Result.APPLIED, now)
    return Outcome(change.id, Result.FAILED, now, f"{_LOST}, and it had not arrived")


def _gone(change: Change) -> Outcome:
    return Outcome(change.id, Result.FAILED, error=f"{_LOST}, and the item is gone from the arr")


def _folded(texts: Iterable[str]) -> set[str]:
    return {text.strip().casefold() for text in texts}
