"""Which planned changes tell most about what a scan would do."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest

from taggarr.core.plan import ItemPlan
from taggarr.core.verdict import Verdict

_BY_VERDICT = (Verdict.WRONG_DUB, Verdict.SEMI_DUB, Verdict.DUB, Verdict.ORIGINAL, Verdict.UNKNOWN)


def telling(plans: Iterable[Sequence[ItemPlan]], most: int) -> list[ItemPlan]:
    """At most `most` of the plans that change something, one sequence an instance; the most telling first.

    Of every kind of change there is one before there is a second of any: a label that becomes another, a
    label that goes, then new labels by verdict, the worst first, then NFO files alone. The instances take turns.
    """
    kinds: dict[int, list[list[ItemPlan]]] = defaultdict(list)
    for of_instance in plans:
        own: dict[int, list[ItemPlan]] = defaultdict(list)
        for plan in of_instance:
            if not plan.empty:
                own[_kind(plan)].append(plan)
        for kind, some in own.items():
            kinds[kind].append(some)
    return _in_turn([_in_turn(kinds[kind]) for kind in sorted(kinds)])[:most]


def _kind(plan: ItemPlan) -> int:
    added = any(change.add for change in plan.tags)
    removed = any(not change.add for change in plan.tags)
    if removed:
        return 0 if added else 1
    return (2 if added else 2 + len(_BY_VERDICT)) + _BY_VERDICT.index(plan.verdict)


def _in_turn(lists: Sequence[Sequence[ItemPlan]]) -> list[ItemPlan]:
    """The first of each list, then the second of each, and so on."""
    return [plan for plan in chain.from_iterable(zip_longest(*lists)) if plan is not None]
