"""What a verdict makes of an item's tags and NFO files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taggarr.core import plan
from taggarr.core.language import parse
from taggarr.core.media import Item, Kind
from taggarr.core.nfo_edit import NfoEdit
from taggarr.core.plan import ItemPlan, NfoChange, NfoState, Rest, TagChange, Undone
from taggarr.core.policy import Labels, Policy, WriteNfo
from taggarr.core.verdict import ItemVerdict, Verdict

MANAGED = frozenset({"dub", "semi-dub", "wrong-dub"})
POLICY = Policy(targets=(parse("en"),))
GENRES = Policy(targets=(parse("en"),), add_tag_to_genre=True)
NFO = "/tv/Show/tvshow.nfo"


def item(*tags: str, number: int = 1) -> Item:
    return Item("tv", Kind.SERIES, number, "Show", "/tv/Show", tags=tags)


def verdict(name: str, rule: int = 5, *, nothing_counts: bool = False) -> ItemVerdict:
    return ItemVerdict(Verdict(name), rule, "because", nothing_counts=nothing_counts)


def planned(*tags: str, verdict_name: str = "dub", policy: Policy = POLICY) -> tuple[tuple[str, bool], ...]:
    made = plan.plan_item(item(*tags), verdict(verdict_name), policy, MANAGED)
    return tuple((change.label, change.add) for change in made.tags)


@pytest.mark.parametrize(
    ("verdict_name", "tags", "expected"),
    [
        ("dub", (), (("dub", True),)),
        ("dub", ("dub",), ()),
        ("dub", ("keep",), (("dub", True),)),
        ("dub", ("semi-dub", "keep"), (("dub", True), ("semi-dub", False))),
        ("dub", ("wrong-dub", "semi-dub", "dub"), (("semi-dub", False), ("wrong-dub", False))),
        ("dub", ("Dub",), ()),
        ("semi-dub", (), (("semi-dub", True),)),
        ("wrong-dub", ("dub",), (("wrong-dub", True), ("dub", False))),
        ("original", (), ()),
        ("original", ("dub", "mine"), (("dub", False),)),
        ("unknown", (), ()),
        ("unknown", ("dub", "wrong-dub"), ()),
    ],
)
def test_verdict_decides_the_managed_tags_alone(
    verdict_name: str, tags: tuple[str, ...], expected: tuple[tuple[str, bool], ...]
) -> None:
    """The wanted label is added before the other managed ones go; unknown changes nothing."""
    assert planned(*tags, verdict_name=verdict_name) == expected


def test_unknown_needs_attention() -> None:
    """An unknown verdict plans nothing and carries its reason."""
    made = plan.plan_item(item("dub"), verdict("unknown", 4), POLICY, MANAGED, [NfoState(NFO, ("dub",))])
    assert (made.empty, made.rest, made.reason, made.label) == (True, Rest.UNKNOWN, "because", None)


def test_original_has_a_label_only_where_the_user_names_one() -> None:
    """With `tags.original` set, the verdict original gets that label."""
    policy = Policy(targets=(parse("en"),), labels=Labels(original="Original"))
    made = plan.plan_item(item("dub"), verdict("original"), policy, MANAGED | {"original"})
    assert made.tags == (TagChange("original", add=True), TagChange("dub", add=False))


def test_item_without_counted_files_loses_its_labels() -> None:
    """No listed file counts: no label is added, not even that for original, and managed ones go."""
    policy = Policy(targets=(parse("en"),), labels=Labels(original="original"))
    managed = MANAGED | {"original"}
    made = plan.plan_item(item("dub", "keep"), verdict("original", 1, nothing_counts=True), policy, managed)
    assert made.tags == (TagChange("dub", add=False),)


def test_label_that_the_configuration_no_longer_names_is_ours_by_history() -> None:
    """A label that is managed without being one of the policy's is removed."""
    made = plan.plan_item(item("english-dub"), verdict("dub"), POLICY, MANAGED | {"english-dub"})
    assert made.tags == (TagChange("dub", add=True), TagChange("english-dub", add=False))


@pytest.mark.parametrize(
    ("verdict_name", "policy", "state", "edit"),
    [
        ("dub", POLICY, NfoState(NFO), NfoEdit(add_tags=("dub",))),
        ("dub", POLICY, NfoState(NFO, ("Dub",)), None),
        ("dub", POLICY, NfoState(NFO, ("semi-dub", "x")), NfoEdit(("dub",), ("semi-dub",))),
        ("original", POLICY, NfoState(NFO, ("wrong-dub",)), NfoEdit((), ("wrong-dub",))),
        ("dub", GENRES, NfoState(NFO, ("dub",)), NfoEdit(add_genres=("Dub",))),
        ("dub", GENRES, NfoState(NFO, ("dub",), ("dub",)), None),
        (
            "semi-dub",
            GENRES,
            NfoState(NFO, ("semi-dub",), ("Dub",), genre_ours=True),
            NfoEdit(remove_genres=("Dub",)),
        ),
        ("semi-dub", GENRES, NfoState(NFO, ("semi-dub",), ("Dub",)), None),
        ("dub", POLICY, NfoState(NFO, ("dub",), ("Dub",), genre_ours=True), NfoEdit(remove_genres=("Dub",))),
        ("dub", POLICY, NfoState(NFO, ("dub",), ("Dub",)), None),
        ("unknown", GENRES, NfoState(NFO, ("dub",), ("Dub",), genre_ours=True), None),
    ],
)
def test_nfo_follows_the_verdict(
    verdict_name: str, policy: Policy, state: NfoState, edit: NfoEdit | None
) -> None:
    """Tags like the arr's, the genre exactly with dub, and only a genre that is ours is ever removed."""
    made = plan.plan_item(item(), verdict(verdict_name), policy, MANAGED, [state])
    assert made.nfos == (() if edit is None else (NfoChange(NFO, edit),))


def test_write_nfo_never_touches_none() -> None:
    """With `write_nfo: never` the tags are planned and the NFO is not."""
    policy = Policy(targets=(parse("en"),), write_nfo=WriteNfo.NEVER, add_tag_to_genre=True)
    made = plan.plan_item(item(), verdict("dub"), policy, MANAGED, [NfoState(NFO)])
    assert (made.tags, made.nfos) == ((TagChange("dub", add=True),), ())


def test_each_nfo_of_a_movie_is_edited() -> None:
    """Where `movie.nfo` and `<file>.nfo` both exist, both change."""
    states = [
        NfoState("/m/movie.nfo"),
        NfoState("/m/Film.nfo", ("dub",)),
        NfoState("/m/x.nfo", ("semi-dub",)),
    ]
    made = plan.plan_item(item(), verdict("dub"), POLICY, MANAGED, states)
    assert [change.path for change in made.nfos] == ["/m/movie.nfo", "/m/x.nfo"]


def test_removal_takes_everything_that_is_ours() -> None:
    """Write mode 2 removes managed tags, NFO tags and our genre, whatever the verdict."""
    state = NfoState(NFO, ("dub", "keep"), ("Dub", "Drama"), genre_ours=True)
    made = plan.plan_removal(item("keep", "dub", "wrong-dub"), POLICY, MANAGED, [state, NfoState("/x.nfo")])
    assert made.tags == (TagChange("dub", add=False), TagChange("wrong-dub", add=False))
    assert made.nfos == (NfoChange(NFO, NfoEdit(remove_tags=("dub",), remove_genres=("Dub",))),)
    assert (made.label, made.verdict) == (None, Verdict.UNKNOWN)


# The guard


def losing(count: int, start: int = 1) -> list[ItemPlan]:
    return [
        plan.plan_item(item("dub", number=n), verdict("original"), POLICY, MANAGED)
        for n in range(start, start + count)
    ]


@pytest.mark.parametrize(
    ("bare", "labelled", "stopped"),
    [
        (20, 20, None),
        (21, 41, 21),
        (21, 42, None),
        (21, 21, 21),
        (100, 150, 100),
        (100, 201, None),
        (0, 0, None),
    ],
)
def test_guard_stops_a_run_that_unlabels_too_much(bare: int, labelled: int, stopped: int | None) -> None:
    """More than 20 items and more than half of the labelled ones: both have to hold."""
    assert plan.unlabels_too_much(losing(bare), labelled, MANAGED) == stopped


def test_guard_counts_only_items_left_without_any_managed_label() -> None:
    """A changed label is no loss, an item that had none is none either, nor is a foreign tag a label."""
    changed = [plan.plan_item(item("semi-dub", number=n), verdict("dub"), POLICY, MANAGED) for n in range(30)]
    never = [plan.plan_item(item("keep", number=n), verdict("original"), POLICY, MANAGED) for n in range(30)]
    partly = [
        ItemPlan(item("dub", "semi-dub"), POLICY, None, "", tags=(TagChange("dub", add=False),))
        for _ in range(30)
    ]
    assert plan.unlabels_too_much([*changed, *never, *partly], 60, MANAGED) is None
    assert plan.unlabels_too_much([*changed, *never, *losing(40)], 70, MANAGED) == 40


@pytest.mark.parametrize(
    ("forgotten", "known", "too_much"), [(20, 20, False), (21, 41, True), (21, 42, False), (500, 1000, False)]
)
def test_guard_on_forgetting(forgotten: int, known: int, too_much: bool) -> None:
    """Forgetting is guarded by the same measure."""
    assert plan.forgets_too_much(forgotten, known) is too_much


# What the arr undoes


@pytest.mark.parametrize(
    ("before", "confirmed", "now", "label", "expected"),
    [
        (Undone(), ("dub",), ("dub",), "dub", Undone()),
        (Undone(), ("dub",), (), "dub", Undone("dub", 1, "dub", 5)),
        (Undone("dub", 1, "dub", 5), ("dub",), (), "dub", Undone("dub", 2, "dub", 5)),
        (Undone("dub", 2, "dub", 5), ("dub",), (), "dub", Undone("dub", 3, "dub", 5)),
        (Undone("dub", 2, "dub", 5), ("dub",), ("dub",), "dub", Undone()),
        (Undone("dub", 3, "dub", 5), (), (), "dub", Undone("dub", 3, "dub", 5)),
        (Undone("dub", 3, "dub", 5), (), ("dub",), "dub", Undone()),
        (Undone("dub", 3, "semi-dub", 3), (), (), "dub", Undone()),
        (Undone("dub", 3, "dub", 6), (), (), "dub", Undone()),
        (Undone("semi-dub", 2, "dub", 5), ("dub",), (), "dub", Undone("dub", 1, "dub", 5)),
        (Undone(), (), ("semi-dub",), "dub", Undone("semi-dub", 1, "dub", 5)),
        (Undone(), ("dub",), ("dub", "wrong-dub"), "dub", Undone("wrong-dub", 1, "dub", 5)),
        (Undone(), ("dub",), ("dub", "mine"), "dub", Undone()),
        (Undone(), ("dub",), (), None, Undone()),
    ],
)
def test_undone_changes_are_counted(
    before: Undone, confirmed: tuple[str, ...], now: tuple[str, ...], label: str | None, expected: Undone
) -> None:
    """A confirmed label that is gone, or a removed one that is back, counts; anything that holds ends it."""
    counted = plan.count_undone(before, confirmed, item(*now), label, MANAGED, verdict("dub", 5))
    assert counted == expected


def test_three_times_undone_is_parked() -> None:
    """The fourth scan leaves the label alone and says what undoes it, until verdict or rule change."""
    undone = Undone("dub", 3, "dub", 5)
    parked = plan.plan_item(item(), verdict("dub", 5), POLICY, MANAGED, (), undone)
    assert (parked.empty, parked.rest) == (True, Rest.PARKED)
    assert "“dub” in 3 scans running" in parked.reason
    assert "auto-tagging rule" in parked.reason
    again = [
        plan.plan_item(item(), verdict("dub", 5), POLICY, MANAGED, (), Undone("dub", 2, "dub", 5)),
        plan.plan_item(item(), verdict("semi-dub", 3), POLICY, MANAGED, (), undone),
        plan.plan_item(item(), verdict("dub", 8), POLICY, MANAGED, (), undone),
    ]
    assert [one.rest for one in again] == [None, None, None]
    assert all(one.tags for one in again)


def test_parked_item_that_holds_is_not_parked() -> None:
    """Where nothing is to be changed, nothing is reported."""
    made = plan.plan_item(item("dub"), verdict("dub", 5), POLICY, MANAGED, (), Undone("dub", 3, "dub", 5))
    assert (made.rest, made.tags) == (None, ())


# Properties

TAGS = st.lists(st.sampled_from(["dub", "semi-dub", "wrong-dub", "keep", "4k", "kids"]), unique=True)
VERDICTS = st.builds(verdict, st.sampled_from(list(Verdict)), nothing_counts=st.booleans())


@given(TAGS, VERDICTS)
def test_plan_applied_and_planned_again_is_empty(tags: list[str], made: ItemVerdict) -> None:
    """One plan is enough."""
    first = plan.plan_item(item(*tags), made, POLICY, MANAGED)
    now = plan.after(tags, {change.label: change.add for change in first.tags})
    assert plan.plan_item(item(*now), made, POLICY, MANAGED).empty


@given(TAGS, VERDICTS)
def test_tags_of_others_survive_in_their_order(tags: list[str], made: ItemVerdict) -> None:
    """Whatever is not managed is neither planned for nor moved."""
    first = plan.plan_item(item(*tags), made, POLICY, MANAGED)
    now = plan.after(tags, {change.label: change.add for change in first.tags})
    assert [tag for tag in now if tag not in MANAGED] == [tag for tag in tags if tag not in MANAGED]
    assert {change.label for change in first.tags} <= MANAGED


@given(TAGS)
def test_unknown_plans_nothing(tags: list[str]) -> None:
    """No tags and no missing knowledge ever make a change together."""
    assert plan.plan_item(
        item(*tags), verdict("unknown"), GENRES, MANAGED, [NfoState(NFO, tuple(tags))]
    ).empty


@given(TAGS, VERDICTS)
def test_at_most_one_managed_label_is_left(tags: list[str], made: ItemVerdict) -> None:
    """After the plan an item carries its verdict's label and no other of ours, unless it is unknown."""
    first = plan.plan_item(item(*tags), made, POLICY, MANAGED)
    now = plan.after(tags, {change.label: change.add for change in first.tags})
    left = set(now) & MANAGED
    assert left == (set(tags) & MANAGED if made.verdict is Verdict.UNKNOWN else {first.label} - {None})


def test_after_compares_without_case() -> None:
    """The tags after changes: removed ones gone in any spelling, added ones once."""
    assert plan.after(("Keep", "Dub"), {"dub": False, "semi-dub": True}) == ("Keep", "semi-dub")
    assert plan.after(("Dub",), {"dub": True}) == ("Dub",)
