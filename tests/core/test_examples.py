"""Which planned changes are shown as examples."""

import pytest

from taggarr.core.examples import telling
from taggarr.core.language import Language
from taggarr.core.media import Item, Kind
from taggarr.core.nfo_edit import NfoEdit
from taggarr.core.plan import ItemPlan, NfoChange, TagChange
from taggarr.core.policy import Policy
from taggarr.core.verdict import Verdict

POLICY = Policy((Language("en"),))
NFO = (NfoChange("/x.nfo", NfoEdit(add_tags=("dub",))),)


def plan(title: str, tags: str, verdict: Verdict = Verdict.DUB, nfos: tuple[NfoChange, ...] = ()) -> ItemPlan:
    """A plan with the changes of `tags`: `+dub -semi-dub`."""
    changes = tuple(TagChange(tag[1:], add=tag[0] == "+") for tag in tags.split())
    item = Item(instance="tv", kind=Kind.SERIES, id=1, title=title, path=f"/tv/{title}")
    return ItemPlan(item, POLICY, "dub", "why", verdict, changes, nfos)


EVERY_KIND = [
    plan("nfo only, unknown", "", Verdict.UNKNOWN, NFO),
    plan("nfo only, dub", "", Verdict.DUB, NFO),
    plan("nfo only, wrong", "", Verdict.WRONG_DUB, NFO),
    plan("new original", "+original", Verdict.ORIGINAL),
    plan("new dub", "+dub", Verdict.DUB),
    plan("new semi", "+semi-dub", Verdict.SEMI_DUB, NFO),
    plan("new wrong", "+wrong-dub", Verdict.WRONG_DUB),
    plan("new unknown", "+original", Verdict.UNKNOWN),
    plan("gone", "-dub", Verdict.ORIGINAL),
    plan("other", "-dub +semi-dub", Verdict.SEMI_DUB),
]


@pytest.mark.parametrize(
    ("plans", "most", "titles"),
    [
        pytest.param(
            [EVERY_KIND],
            10,
            [
                "other",
                "gone",
                "new wrong",
                "new semi",
                "new dub",
                "new original",
                "new unknown",
                "nfo only, wrong",
                "nfo only, dub",
                "nfo only, unknown",
            ],
            id="every kind in its order",
        ),
        pytest.param([EVERY_KIND], 2, ["other", "gone"], id="no more than asked for"),
        pytest.param(
            [[plan("a", "+dub"), plan("b", "+dub"), plan("c", "+dub"), plan("d", "-dub")]],
            10,
            ["d", "a", "b", "c"],
            id="one of each kind before a second of any",
        ),
        pytest.param(
            [[plan("a", "-dub", Verdict.ORIGINAL), plan("b", "-dub", Verdict.WRONG_DUB), plan("c", "+dub")]],
            10,
            ["a", "c", "b"],
            id="labels that go are of one kind",
        ),
        pytest.param(
            [[plan("a", "+dub"), plan("b", "+dub")], [plan("x", "+dub"), plan("y", "+dub")]],
            3,
            ["a", "x", "b"],
            id="instances take turns",
        ),
        pytest.param([[plan("a", ""), plan("b", "+dub")], []], 10, ["b"], id="empty plans tell nothing"),
        pytest.param([], 10, [], id="nothing"),
    ],
)
def test_the_most_telling_come_first(plans, most, titles):
    """By kind, in turn over kinds and instances."""
    assert [one.item.title for one in telling(plans, most)] == titles
