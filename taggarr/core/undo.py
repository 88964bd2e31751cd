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
from taggarr.core.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Undos:
    """Every undo by its number, with that of the scan, or of the undo, that it took back."""

    undoes: Mapping[int, int]

    def origin(self, number: int) -> tuple[int, bool]:
        """The scan that `number` comes down to, and whether it writes that scan's changes or takes them back."""
        forth = True
        while number in self.undoes:
            number, forth = self.undoes[number], not forth
        return number, forth

    def named(self, number: int) -> str:
        """`scan 1`, `undo 2`."""
        return f"{'undo' if number in self.undoes else 'scan'} {number}"

    def holds(self, number: int) -> bool:
        """Whether undoing `number` holds its titles: the undo of an undo lets them go."""
        return self.origin(number)[1]


@dataclass(frozen=True, slots=True)
class Inverse:
    """What takes back the changes of one item; `verdict` is the one that they rested on."""

    item: Item
    verdict: Verdict
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
    """What undoing a scan comes to; `done` counts the changes that were taken back before, an NFO as one."""

    inverses: tuple[Inverse, ...] = ()
    left: tuple[LeftAlone, ...] = ()
    done: int = 0


NOT_KNOWN_YET = "nobody knows yet whether this change came through; the next scan looks"
UNCLEAR = "its row in the arr's list could not be understood"
UNSEEN = "the file could not be looked at; is the disk there?"
"""Why something is left alone that another try may take back."""

GONE = "the file is not there any more"
"""Why an NFO is left alone for good: its folder is there, and it is not."""


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
    def scan(self) -> int:
        return self.change.scan_id

    @property
    def what(self) -> str:
        where = f"{folder_name(self.mark.path)}: " if self.mark.path else ""
        return f"{where}{'+' if self.add else '−'}{self.text}"


@dataclass(frozen=True, slots=True)
class Now:
    """How things are in one instance.

    `items` are those that the arr lists, `unclear` the ids of those that it may list in rows that nobody
    understands. `nfos` are NFO files by their paths: what they hold, or why they are left alone.
    """

    items: Mapping[int, Item]
    nfos: Mapping[str, NfoState | str]
    unclear: Collection[int] = ()

    def texts(self, mark: Mark) -> set[str] | str:
        """All marks where this one is, without case and blanks; or why that place is left alone."""
        if not mark.path:
            return {_folded(tag) for tag in self.items[mark.item_id].tags}
        nfo = self.nfos[mark.path]
        if isinstance(nfo, str):
            return nfo
        return {_folded(text) for text in (*nfo.tags, *(genre_text(genre) for genre in nfo.genres))}


def invert(number: int, changes: Iterable[Change], undos: Undos, now: Now) -> Undoing:
    """The inverse of what the scan, or undo, `number` changed in one instance.

    `changes` are its own and all later ones of its items, oldest first.
    """
    steps: dict[Mark, _Step] = {}
    later: dict[Mark, list[_Step]] = defaultdict(list)
    for step in (each for change in changes for each in _steps(change)):
        if step.scan == number:
            steps[step.mark] = step
        else:
            later[step.mark].append(step)
    undone: dict[int, list[_Step]] = defaultdict(list)
    left: list[LeftAlone] = []
    done: set[int] = set()
    for mark, step in steps.items():
        reason = _not_of_item(step, now)
        if reason is None and _is_undone(number, later[mark], undos):
            done.add(step.change.id)
            continue
        if reason is None:
            reason = _changed_since(step, later[mark], undos, now)
        if reason is None:
            undone[mark.item_id].append(step)
        else:
            again = reason in (NOT_KNOWN_YET, UNCLEAR, UNSEEN)
            left.append(LeftAlone(step.change.intent.title, mark.item_id, step.what, reason, again))
    inverses = tuple(_inverse(now.items[item_id], steps_of) for item_id, steps_of in undone.items())
    return Undoing(inverses, tuple(left), len(done))


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


def _not_of_item(step: _Step, now: Now) -> str | None:
    """Why nobody can say that the step was this title's, and came through."""
    item = now.items.get(step.mark.item_id)
    if item is None:
        return UNCLEAR if step.mark.item_id in now.unclear else "the arr does not list the title any more"
    if not same_title(step.change.intent.catalogue_id, item):
        return f"its number is that of another title now: {item.title}"
    if step.change.outcome is None or step.change.outcome.result is Result.UNCONFIRMED:
        return NOT_KNOWN_YET
    return None


def _standing(number: int, later: Sequence[_Step], undos: Undos) -> list[int]:
    """The scans whose changes of a mark stand one on the other; what was undone meanwhile stands no more."""
    scan, forth = undos.origin(number)
    stack = [scan] if forth else []
    for step in later:
        scan, forth = undos.origin(step.scan)
        if forth:
            stack.append(scan)
        elif stack[-1:] == [scan]:
            stack.pop()
        else:
            stack.append(step.scan)
    return stack


def _is_undone(number: int, later: Sequence[_Step], undos: Undos) -> bool:
    """Whether an undo of `number` has taken back a mark already."""
    scan, forth = undos.origin(number)
    return _standing(number, later, undos) == ([] if forth else [scan])


def _changed_since(step: _Step, later: Sequence[_Step], undos: Undos, now: Now) -> str | None:
    """Why a mark is not as the scan left it, or not by that scan; None where it is."""
    texts = now.texts(step.mark)
    if isinstance(texts, str):
        return texts
    if _standing(step.scan, later, undos) != _standing(step.scan, (), undos):
        return f"{undos.named(later[-1].scan)} has changed it since"
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
        Verdict(steps[0].change.intent.verdict),
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


def _folded(text: str) -> str:
    return text.strip().casefold()
