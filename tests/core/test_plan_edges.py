"""What a plan carries besides its changes, and what parks a label."""

import pytest

from taggarr.core import plan
from taggarr.core.language import parse
from taggarr.core.media import Item, Kind
from taggarr.core.nfo_edit import NfoEdit
from taggarr.core.plan import ItemPlan, NfoChange, NfoState, Rest, TagChange, Undone
from taggarr.core.policy import Policy, WriteNfo
from taggarr.core.verdict import ItemVerdict, Verdict

MANAGED = frozenset({"dub", "semi-dub", "wrong-dub"})
POLICY = Policy(targets=(parse("en"),))
ADDED = (TagChange("dub", add=True),)


def item(*tags: str) -> Item:
    return Item("tv", Kind.SERIES, 1, "Show", "/tv/Show", tags=tags)


def verdict(name: str, rule: int = 5) -> ItemVerdict:
    return ItemVerdict(Verdict(name), rule, "because")


def test_plan_of_an_unknown_verdict_is_complete():
    """Even a plan of nothing names its item, its policy and its reason."""
    made = plan.plan_item(item("dub"), verdict("unknown", 4), POLICY, MANAGED)
    assert made == ItemPlan(item("dub"), POLICY, None, "because", Verdict.UNKNOWN, rest=Rest.UNKNOWN)


@pytest.mark.parametrize("write_nfo", [WriteNfo.AUTO, WriteNfo.ALWAYS, WriteNfo.NEVER])
def test_plan_carries_label_verdict_and_reason(write_nfo: WriteNfo):
    """The plan says which label is wanted, by which verdict and why, whether or not NFO files are written."""
    policy = Policy(targets=(parse("en"),), write_nfo=write_nfo)
    made = plan.plan_item(item(), verdict("dub"), policy, MANAGED)
    assert made == ItemPlan(item(), policy, "dub", "because", Verdict.DUB, ADDED)


def test_parked_plan_still_says_what_is_wanted():
    """A parked label is named with its verdict, so that the user sees what is missing."""
    made = plan.plan_item(item(), verdict("dub"), POLICY, MANAGED, (), Undone("dub", 3, "dub", 5))
    assert (made.item, made.policy) == (item(), POLICY)
    assert (made.label, made.verdict, made.tags, made.rest) == ("dub", Verdict.DUB, (), Rest.PARKED)


def test_plan_of_a_removal_is_complete():
    """Write mode 2 names item, policy and a reason; no label is wanted."""
    made = plan.plan_removal(item("dub"), POLICY, MANAGED)
    assert (made.item, made.policy, made.label) == (item("dub"), POLICY, None)
    assert made.tags == (TagChange("dub", add=False),)
    assert isinstance(made.reason, str)


@pytest.mark.parametrize(
    ("tags", "nfos", "empty"),
    [
        ((), (), True),
        (ADDED, (), False),
        ((), (NfoChange("/x.nfo", NfoEdit(("dub",))),), False),
        (ADDED, (NfoChange("/x.nfo", NfoEdit(("dub",))),), False),
    ],
)
def test_plan_is_empty_without_any_change(
    tags: tuple[TagChange, ...], nfos: tuple[NfoChange, ...], empty: bool
):
    """A change of an NFO alone is one, too."""
    assert ItemPlan(item(), POLICY, "dub", "", tags=tags, nfos=nfos).empty is empty


def test_nfo_alone_may_need_a_change():
    """Where the arr has the label and the NFO does not, only the NFO is edited."""
    made = plan.plan_item(item("dub"), verdict("dub"), POLICY, MANAGED, [NfoState("/x.nfo")])
    assert (made.tags, made.nfos) == ((), (NfoChange("/x.nfo", NfoEdit(("dub",))),))
    assert not made.empty


@pytest.mark.parametrize(
    ("tags", "expected"),
    [((), Undone()), (("dub",), Undone("dub", 3, "original", 6)), (("mine",), Undone())],
)
def test_label_that_is_not_wanted_stays_parked_until_it_is_gone(tags: tuple[str, ...], expected: Undone):
    """Where no label is wanted, the state holds once none of ours is there."""
    parked = Undone("dub", 3, "original", 6)
    assert plan.count_undone(parked, tags, item(*tags), None, MANAGED, verdict("original", 6)) == expected
