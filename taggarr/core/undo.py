"""The inverse of what a scan changed: worked out from the journal and from how things are now.

What is undone is the scan's changes, not the tag set before it: a tag that somebody else has set since stays,
and what somebody has changed again is left alone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from taggarr.core.media import Item, same_title
from taggarr.core.nfo_edit import NfoEdit
from taggarr.core.paths import folder_name
from taggarr.core.plan import NfoChange, NfoState, TagChange
from taggarr.core.record import GENRE_MARK, Action, Change, Result, Target, genre_text


@dataclass(frozen=True, slots=True)
class Kin:
    """The scans that have to do with the one that is to be undone.

    `again` are the scan itself and the undos of its undos, which made its changes once more; `back` are its
    undos, and what repeats them.
    """

    again: frozenset[int]
    back: frozenset[int]


def kin(number: int, undoes: Mapping[int, int]) -> Kin:
    """The kin of the scan `number`; `undoes` says of each undo what it took back, which is always older."""
    again, back = {number}, set[int]()
    for undo, undone in sorted(undoes.items()):
        if undone in again:
            back.add(undo)
        elif undone in back:
            again.add(undo)
    return Kin(frozenset(again), frozenset(back))


def holds(number: int, undoes: Mapping[int, int]) -> bool:
    """Whether undoing the scan `number` holds its items: the undo of an undo lets them go."""
    held = True
    while number in undoes:
        number, held = undoes[number], not held
    return held


@dataclass(frozen=True, slots=True)
class Inverse:
    """What takes back the changes of one item; `verdict` is the one that they rested on."""

    item: Item
    verdict: str
    tags: tuple[TagChange, ...] = ()
    nfos: tuple[NfoChange, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A change that is not taken back, and why: `what` is `+dub`, or `tvshow.nfo: +dub`.

    `later`: another try may take it back.
    """

    title: str
    item_id: int
    what: str
    reason: str
    later: bool = False


@dataclass(frozen=True, slots=True)
class Undoing:
    """What undoing a scan comes to; `done` counts what was taken back before."""

    inverses: tuple[Inverse, ...] = ()
    left: tuple[LeftAlone, ...] = ()
    done: int = 0


NOT_KNOWN_YET = "nobody knows yet whether this change came through; the next scan looks"
UNSEEN = "the file could not be looked at; is the disk there?"
"""Why something is left alone that another try may take back."""


class Mark(NamedTuple):
    """One tag of an item, or one text of one NFO; `text` is folded, a genre's begins with `genre:`."""

    item_id: int
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class _Step:
    """One mark that a change set (`add`) or took away; `text` as it was written."""

    mark: Mark
    text: str
    add: bool
    change: Change

    @property
    def what(self) -> str:
        where = f"{folder_name(self.mark.path)}: " if self.mark.path else ""
        return f"{where}{'+' if self.add else '−'}{self.text}"


def invert(
    changes: Iterable[Change],
    since: Iterable[Change],
    kindred: Kin,
    items: Mapping[int, Item],
    nfos: Mapping[str, NfoState | str],
) -> Undoing:
    """The inverse of the `changes` of one scan in one instance.

    `since` are the changes that its items have seen later, `items` those that the arr lists now. `nfos` are the
    NFO files by their paths: what they hold now, or why they are left alone.
    """
    steps = {step.mark: step for change in changes for step in _steps(change)}
    latest = {step.mark: step for change in since for step in _steps(change)}
    undone: dict[int, list[_Step]] = defaultdict(list)
    left: list[LeftAlone] = []
    done = 0
    for mark, step in steps.items():
        last = latest.get(mark)
        reason = _not_of_item(step, items.get(mark.item_id))
        if reason is None and last is not None and last.change.scan_id in kindred.back:
            done += 1
            continue
        if reason is None:
            reason = _changed_since(step, last, kindred, items[mark.item_id], nfos)
        if reason is None:
            undone[mark.item_id].append(step)
        else:
            later = reason in (NOT_KNOWN_YET, UNSEEN)
            left.append(LeftAlone(step.change.intent.title, mark.item_id, step.what, reason, later))
    inverses = tuple(_inverse(items[item_id], steps_of) for item_id, steps_of in undone.items())
    return Undoing(inverses, tuple(left), done)


def _steps(change: Change) -> list[_Step]:
    """What a change that came through did; one without an outcome may have."""
    intent = change.intent
    if change.outcome is not None and change.outcome.result is Result.FAILED:
        return []
    if intent.target is Target.TAG:
        mark = Mark(intent.item_id, "", _folded(intent.name))
        return [_Step(mark, intent.name, intent.action is Action.ADD, change)]
    before, after = ({_folded(text): text for text in texts} for texts in (intent.before, intent.after))
    return [
        _Step(Mark(intent.item_id, intent.name, key), text, add, change)
        for texts, others, add in ((after, before, True), (before, after, False))
        for key, text in texts.items()
        if key not in others
    ]


def _not_of_item(step: _Step, item: Item | None) -> str | None:
    if item is None:
        return "the arr does not list the title any more, or not so that it can be understood"
    if not same_title(step.change.intent.catalogue_id, item):
        return f"its number is that of another title now: {item.title}"
    if step.change.outcome is None or step.change.outcome.result is Result.UNCONFIRMED:
        return NOT_KNOWN_YET
    return None


def _changed_since(
    step: _Step, last: _Step | None, kindred: Kin, item: Item, nfos: Mapping[str, NfoState | str]
) -> str | None:
    """Why a mark is not as the scan left it, or not by that scan; None where it is."""
    nfo = nfos[step.mark.path] if step.mark.path else None
    if isinstance(nfo, str):
        return nfo
    texts = {_folded(tag) for tag in item.tags} if nfo is None else _texts(nfo)
    if last is not None and last.change.scan_id not in kindred.again:
        return f"scan {last.change.scan_id} has changed it since"
    if (step.mark.text in texts) is step.add:
        return None
    return f"somebody has {'removed it' if step.add else 'put it back'} since"


def _inverse(item: Item, steps: Sequence[_Step]) -> Inverse:
    tags = [TagChange(step.text, not step.add) for step in steps if not step.mark.path]
    by_path: dict[str, list[_Step]] = defaultdict(list)
    for step in steps:
        if step.mark.path:
            by_path[step.mark.path].append(step)
    return Inverse(
        item,
        steps[0].change.intent.verdict,
        tuple(sorted(tags, key=lambda change: not change.add)),
        tuple(NfoChange(path, _edit(each)) for path, each in by_path.items()),
    )


def _edit(steps: Collection[_Step]) -> NfoEdit:
    def texts(*, add: bool, genre: bool) -> tuple[str, ...]:
        return tuple(
            step.text.removeprefix(GENRE_MARK)
            for step in steps
            if step.add is not add and step.text.startswith(GENRE_MARK) is genre
        )

    return NfoEdit(
        add_tags=texts(add=True, genre=False),
        remove_tags=texts(add=False, genre=False),
        add_genres=texts(add=True, genre=True),
        remove_genres=texts(add=False, genre=True),
    )


def _texts(nfo: NfoState) -> set[str]:
    return {_folded(text) for text in (*nfo.tags, *(genre_text(genre) for genre in nfo.genres))}


def _folded(text: str) -> str:
    return text.strip().casefold()
