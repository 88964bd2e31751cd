"""What should change on an item: a value, worked out before anything is touched."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from taggarr.core.media import Item
from taggarr.core.nfo_edit import NfoEdit
from taggarr.core.policy import Labels, Policy, WriteNfo
from taggarr.core.verdict import ItemVerdict, Verdict

GENRE = "Dub"
"""The text of the `<genre>` that `add_tag_to_genre` writes for the verdict dub."""

PARKED_AFTER = 3
"""A label that the arr undid in so many scans running is not written again until something changes."""


@dataclass(frozen=True, slots=True)
class TagChange:
    """Add or remove one label on one item."""

    label: str
    add: bool


@dataclass(frozen=True, slots=True)
class NfoState:
    """What one NFO file of an item holds. `genre_ours`: we added the genre, so we may remove it."""

    path: str
    tags: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    genre_ours: bool = False


@dataclass(frozen=True, slots=True)
class NfoChange:
    """An edit of one NFO file."""

    path: str
    edit: NfoEdit


class Rest(StrEnum):
    """Why nothing is planned for an item although it was looked at."""

    UNKNOWN = "unknown"  # the verdict is unknown: it needs attention
    OUT = "excluded"  # excluded, filtered out
    PARKED = "parked"  # the arr keeps undoing our label
    HELD = "held"  # `undo` took back what a scan had changed


@dataclass(frozen=True, slots=True)
class ItemPlan:
    """What should change on one item under `policy`, and why; `rest` says why nothing does.

    `label` is the one that the verdict asks for, None where it asks for none.
    """

    item: Item
    policy: Policy
    label: str | None
    reason: str
    verdict: Verdict = Verdict.UNKNOWN
    tags: tuple[TagChange, ...] = ()
    nfos: tuple[NfoChange, ...] = ()
    rest: Rest | None = None

    @property
    def empty(self) -> bool:
        return not self.tags and not self.nfos


@dataclass(frozen=True, slots=True)
class Undone:
    """How often running the arr undid the same change: `label` was added (or removed), and is not (is).

    `rules` is what the arr's auto-tagging rules said when the label was parked.
    """

    label: str = ""
    times: int = 0
    verdict: str = ""
    rule: int = 0
    rules: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """An item is left alone as long as it has this verdict: the undo `scan` took back what that had changed."""

    verdict: str
    scan: int

    def holds(self, verdict: Verdict) -> bool:
        """Whether the item stays held; a verdict that is not known is not another one."""
        return verdict is Verdict.UNKNOWN or verdict.value == self.verdict


def label_of(verdict: Verdict, labels: Labels) -> str | None:
    """The label of a verdict, lower-case; None where it has none."""
    label = {
        Verdict.DUB: labels.dub,
        Verdict.SEMI_DUB: labels.semi,
        Verdict.WRONG_DUB: labels.wrong,
        Verdict.ORIGINAL: labels.original,
        Verdict.UNKNOWN: None,
    }[verdict]
    return label.lower() if label else None


def plan_item(
    item: Item,
    verdict: ItemVerdict,
    policy: Policy,
    managed: Collection[str],
    nfos: Sequence[NfoState] = (),
    undone: Undone | None = None,
    held: Held | None = None,
) -> ItemPlan:
    """The changes that bring an item to its verdict.

    `managed` are the labels that are ours, lower-case: nothing else is ever added or removed. Unknown
    plans nothing. `nfos` are the item's editable NFO files.
    """
    if verdict.verdict is Verdict.UNKNOWN:
        return ItemPlan(item, policy, None, verdict.reason, rest=Rest.UNKNOWN)
    label = None if verdict.nothing_counts else label_of(verdict.verdict, policy.labels)
    tags = _tag_changes(item.tags, label, managed)
    if held is not None:
        wanted = plan_item(item, verdict, policy, managed, nfos)
        at_rest = ItemPlan(item, policy, label, _held_reason(held), verdict.verdict, rest=Rest.HELD)
        return wanted if wanted.empty else at_rest
    if tags and undone is not None and _parked(undone, verdict):
        return ItemPlan(item, policy, label, _parked_reason(undone), verdict.verdict, rest=Rest.PARKED)
    if policy.write_nfo is WriteNfo.NEVER:
        return ItemPlan(item, policy, label, verdict.reason, verdict.verdict, tags)
    genre = policy.add_tag_to_genre and verdict.verdict is Verdict.DUB
    changes = tuple(c for nfo in nfos if (c := _nfo_change(nfo, label, managed, genre)) is not None)
    return ItemPlan(item, policy, label, verdict.reason, verdict.verdict, tags, changes)


def plan_removal(
    item: Item, policy: Policy, managed: Collection[str], nfos: Sequence[NfoState] = ()
) -> ItemPlan:
    """Write mode 2: every managed label, NFO tag and genre of ours goes."""
    changes = tuple(c for nfo in nfos if (c := _nfo_change(nfo, None, managed, genre=False)) is not None)
    reason = "write mode 2 removes Taggarr's labels"
    return ItemPlan(item, policy, None, reason, tags=_tag_changes(item.tags, None, managed), nfos=changes)


def _tag_changes(tags: Collection[str], label: str | None, managed: Collection[str]) -> tuple[TagChange, ...]:
    present = {tag.lower() for tag in tags}
    changes = [TagChange(label, add=True)] if label is not None and label not in present else []
    changes += [TagChange(tag, add=False) for tag in sorted(present & set(managed)) if tag != label]
    return tuple(changes)


def _nfo_change(nfo: NfoState, label: str | None, managed: Collection[str], genre: bool) -> NfoChange | None:
    tags = _tag_changes(nfo.tags, label, managed)
    has_genre = GENRE.lower() in {g.lower() for g in nfo.genres}
    edit = NfoEdit(
        add_tags=tuple(c.label for c in tags if c.add),
        remove_tags=tuple(c.label for c in tags if not c.add),
        add_genres=(GENRE,) if genre and not has_genre else (),
        remove_genres=(GENRE,) if not genre and has_genre and nfo.genre_ours else (),
    )
    return NfoChange(nfo.path, edit) if edit != NfoEdit() else None


def _parked(undone: Undone, verdict: ItemVerdict) -> bool:
    same = undone.verdict == verdict.verdict.value and undone.rule == verdict.rule
    return same and undone.times >= PARKED_AFTER


def count_undone(
    undone: Undone,
    confirmed: Collection[str],
    item: Item,
    label: str | None,
    managed: Collection[str],
    verdict: ItemVerdict,
) -> Undone:
    """How often running the arr has undone our change, now that its tags are looked at again.

    `confirmed` are the tags that the arr confirmed last, `label` what the last scan wanted. A label that is
    parked stays parked while verdict and rule stay and the label does not come to hold by itself.
    """
    now = {tag.lower() for tag in item.tags}
    then = {tag.lower() for tag in confirmed}
    lost = [label] if label is not None and label in then - now else []
    back = sorted(tag for tag in (now - then) & set(managed) if tag != label)
    same = undone.verdict == verdict.verdict.value and undone.rule == verdict.rule
    if lost or back:
        culprit = (lost or back)[0]
        times = undone.times + 1 if same and undone.label == culprit else 1
        return Undone(culprit, times, verdict.verdict.value, verdict.rule)
    return undone if same and undone.times >= PARKED_AFTER and not _holds(now, label, managed) else Undone()


def _holds(now: Collection[str], label: str | None, managed: Collection[str]) -> bool:
    return set(now) & set(managed) == ({label} if label is not None else set())


def _parked_reason(undone: Undone) -> str:
    return (
        f"the arr undid our change of the tag “{undone.label}” in {undone.times} scans running, so it is left "
        "alone until the verdict or the arr's auto-tagging rules change; the usual cause is such a rule that "
        "uses this tag (in the arr: Settings > Tags)"
    )


def _held_reason(held: Held) -> str:
    return (
        f"undo {held.scan} took back what a scan had changed here, so it is left alone until the verdict changes; "
        "`taggarr scan --item` with its title, or undoing the undo, releases it"
    )


def unlabels_too_much(plans: Sequence[ItemPlan], labelled: int, managed: Collection[str]) -> int | None:
    """The guard: how many items would be left without any managed label, if that is too many.

    Too many is more than 20 *and* more than half of the `labelled` items (those that carry one now).
    """
    bare = sum(1 for plan in plans if _leaves_bare(plan, managed))
    return bare if bare > 20 and bare * 2 > labelled else None


def _leaves_bare(plan: ItemPlan, managed: Collection[str]) -> bool:
    had = {tag.lower() for tag in plan.item.tags} & set(managed)
    if not had:
        return False
    after = had - {c.label for c in plan.tags if not c.add} | {c.label for c in plan.tags if c.add}
    return not after


def forgets_too_much(forgotten: int, known: int) -> bool:
    """The guard on pruning: more than 20 items *and* more than half of those known."""
    return forgotten > 20 and forgotten * 2 > known


def after(tags: Sequence[str], changes: Mapping[str, bool]) -> tuple[str, ...]:
    """The tags of an item once `changes` (label -> added) hold."""
    kept = [tag for tag in tags if changes.get(tag.lower(), True)]
    present = {tag.lower() for tag in kept}
    return (*kept, *(label for label, added in changes.items() if added and label not in present))
