"""Which planned changes tell most about what a scan would do."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest

from taggarr.core.plan import ItemPlan
from taggarr.core.verdict import Verdict

_BY_VERDICT = (Verdict.WRONG_DUB, Verdict.SEMI_DUB, Verdict.DUB, Verdict.ORIGINAL, Verdict.UNKNOWN)

_Kind = tuple[bool, bool, int]


def telling(plans: Iterable[Sequence[ItemPlan]], most: int) -> list[ItemPlan]:
    """At most `most` of the plans that change something, one sequence an instance; the most telling first.

    Of every kind of change there is one before there is a second of any: a label that becomes another, a
    label that goes, then new labels by verdict, the worst first, then NFO files alone. The instances take turns.
    """
    kinds: dict[_Kind, list[list[ItemPlan]]] = defaultdict(list)
    for of_instance in plans:
        own: dict[_Kind, list[ItemPlan]] = defaultdict(list)
        for plan in of_instance:
            if not plan.empty:
                own[_kind(plan)].append(plan)
        for kind, some in own.items():
            kinds[kind].append(some)
    return _in_turn([_in_turn(kinds[kind]) for kind in sorted(kinds)])[:most]


def _kind(plan: ItemPlan) -> _Kind:
    """What kind of change it is; the most telling kind is the least. A label that goes is one by any verdict."""
    added = any(change.add for change in plan.tags)
    removed = any(not change.add for change in plan.tags)
    return not removed, not added, removed or _BY_VERDICT.index(plan.verdict)


def _in_turn(lists: Sequence[Sequence[ItemPlan]]) -> list[ItemPlan]:
    """The first of each list, then the second of each, and so on."""
    return [plan for plan in chain.from_iterable(zip_longest(*lists)) if plan is not None]
