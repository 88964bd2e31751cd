"""Undo: which changes of a scan are taken back, and which are left alone."""

from datetime import UTC, datetime

import pytest

from taggarr.core.media import Item, Kind, same_title
from taggarr.core.nfo_edit import NfoEdit
from taggarr.core.plan import Held, NfoChange, NfoState, TagChange
from taggarr.core.record import Action, Change, Intent, Outcome, Result, Target
from taggarr.core.undo import NOT_KNOWN_YET, UNCLEAR, UNSEEN, Now, Undos, invert
from taggarr.core.verdict import Verdict

NOW = datetime(2026, 1, 1, tzinfo=UTC)
NFO = "/tv/Show/tvshow.nfo"


def item(*tags: str, item_id: int = 1, tvdb_id: int | None = 100) -> Item:
    return Item("tv", Kind.SERIES, item_id, f"Show {item_id}", "/tv/Show", tags=tags, tvdb_id=tvdb_id)


def history(*rows: str, undos: dict[int, int] | None = None) -> list[Change]:
    """`1 +dub`: scan 1 added dub; `?` behind it has no outcome yet, `!` failed, `~` is unconfirmed."""
    made = []
    for number, row in enumerate(rows, start=1):
        scan, what = row.split()
        outcome: Outcome | None = Outcome(number, Result.APPLIED)
        if what[-1] in "?!~":
            results = {"?": None, "!": Result.FAILED, "~": Result.UNCONFIRMED}
            result = results[what[-1]]
            outcome = result and Outcome(number, result)
        name = what[1:].rstrip("?!~")
        action = Action.ADD if what[0] == "+" else Action.REMOVE
        intent = Intent(1, "Show 1", Target.TAG, action, name, (), (), "dub", "why", 100)
        made.append(
            Change(number, int(scan), "tv", intent, NOW, outcome, undoes=(undos or {}).get(int(scan)))
        )
    return made


def edited(*, before: tuple[str, ...], after: tuple[str, ...], scan: int = 1) -> Change:
    intent = Intent(1, "Show 1", Target.NFO, Action.EDIT, NFO, before, after, "dub", "why", 100)
    return Change(9, scan, "tv", intent, NOW, Outcome(9, Result.APPLIED))


def inverse(
    scan: int, rows: list[str], tags: str, undos: dict[int, int] | None = None
) -> tuple[list[str], ...]:
    """What is taken back (`+dub`), what is left alone with the reason, and how much was done before."""
    undos = undos or {}
    changes = [change for change in history(*rows, undos=undos) if change.scan_id >= scan]
    found = invert(scan, changes, Undos(undos), Now({1: item(*tags.split())}, {}))
    changes = [f"{'+' if each.add else '-'}{each.label}" for one in found.inverses for each in one.tags]
    return changes, [f"{one.what}: {one.reason}" for one in found.left], ["done"] * found.done


@pytest.mark.parametrize(
    ("rows", "tags", "taken_back", "left"),
    [
        (["1 +dub"], "dub keep", ["-dub"], []),
        (["1 -dub"], "keep", ["+dub"], []),
        (["1 +wrong-dub", "1 -dub"], "wrong-dub", ["+dub", "-wrong-dub"], []),
        # as labels are compared everywhere
        (["1 +dub"], "Dub", ["-dub"], []),
        # somebody else was there
        (["1 +dub"], "keep", [], ["+dub: somebody has removed it since"]),
        (["1 -dub"], "dub", [], ["−dub: somebody has put it back since"]),
        (["1 +wrong-dub", "1 -dub"], "", ["+dub"], ["+wrong-dub: somebody has removed it since"]),
        (
            ["1 +wrong-dub", "1 -dub"],
            "wrong-dub dub",
            ["-wrong-dub"],
            ["−dub: somebody has put it back since"],
        ),
        # a later scan was
        (["1 +dub", "2 -dub"], "", [], ["+dub: scan 2 has changed it since"]),
        (["1 +dub", "2 -dub", "3 +dub"], "dub", [], ["+dub: scan 3 has changed it since"]),
        (["1 +dub", "2 +dub"], "dub", [], ["+dub: scan 2 has changed it since"]),
        (["1 +dub", "2 -dub!"], "dub", ["-dub"], []),
        (["1 +dub", "2 +semi-dub"], "dub semi-dub", ["-dub"], []),
        # what did not come through, or may not have
        (["1 +dub!"], "", [], []),
        (["1 +dub?"], "dub", [], [f"+dub: {NOT_KNOWN_YET}"]),
        (["1 +dub~"], "dub", [], [f"+dub: {NOT_KNOWN_YET}"]),
        (["1 +dub!", "1 -semi-dub"], "", ["+semi-dub"], []),
    ],
)
def test_a_scan_is_taken_back_where_nobody_was_since(rows, tags, taken_back, left):
    """What it added goes, what it removed comes back, first what is added; the rest is left alone."""
    assert inverse(1, rows, tags) == (taken_back, left, [])


@pytest.mark.parametrize(
    ("scan", "rows", "tags", "undos", "expected"),
    [
        # scan 1, undone by 2
        (1, ["1 +dub", "2 -dub"], "", {2: 1}, ([], [], ["done"])),
        (2, ["1 +dub", "2 -dub"], "", {2: 1}, (["+dub"], [], [])),
        (1, ["1 +dub", "2 -dub!"], "dub", {2: 1}, (["-dub"], [], [])),
        # however it looks now, that is somebody's own doing
        (1, ["1 +dub", "2 -dub"], "dub", {2: 1}, ([], [], ["done"])),
        (2, ["1 +dub", "2 -dub"], "dub", {2: 1}, ([], ["−dub: somebody has put it back since"], [])),
        # and the undo undone by 3
        (1, ["1 +dub", "2 -dub", "3 +dub"], "dub", {2: 1, 3: 2}, (["-dub"], [], [])),
        (2, ["1 +dub", "2 -dub", "3 +dub"], "dub", {2: 1, 3: 2}, ([], [], ["done"])),
        (3, ["1 +dub", "2 -dub", "3 +dub"], "dub", {2: 1, 3: 2}, (["-dub"], [], [])),
        # and that undone by 4
        (1, ["1 +dub", "2 -dub", "3 +dub", "4 -dub"], "", {2: 1, 3: 2, 4: 3}, ([], [], ["done"])),
        (2, ["1 +dub", "2 -dub", "3 +dub", "4 -dub"], "", {2: 1, 3: 2, 4: 3}, (["+dub"], [], [])),
        (4, ["1 +dub", "2 -dub", "3 +dub", "4 -dub"], "", {2: 1, 3: 2, 4: 3}, (["+dub"], [], [])),
        # a later scan that was undone itself stands no more
        (1, ["1 +dub", "2 -dub", "3 +dub"], "dub", {3: 2}, (["-dub"], [], [])),
        (1, ["1 -dub", "2 +dub", "3 -dub"], "", {3: 2}, (["+dub"], [], [])),
        (1, ["1 +dub", "2 -dub", "3 +dub", "4 -dub"], "", {3: 2, 4: 3}, ([], ["+dub: undo 4 has changed it since"], [])),
        # a scan wrote it again after the undo
        (1, ["1 +dub", "2 -dub", "3 +dub"], "dub", {2: 1}, ([], ["+dub: scan 3 has changed it since"], [])),
        (2, ["1 +dub", "2 -dub", "3 +dub"], "dub", {2: 1}, ([], ["−dub: scan 3 has changed it since"], [])),
        (3, ["1 +dub", "2 -dub", "3 +dub"], "dub", {2: 1}, (["-dub"], [], [])),
        # undone although another scan stands between: nobody's doing but that undo's
        (1, ["1 +dub", "2 -dub", "4 +dub"], "dub", {4: 3}, ([], ["+dub: undo 4 has changed it since"], [])),
    ],
)  # fmt: skip
def test_undos_are_known_for_what_they_are(scan, rows, tags, undos, expected):
    """An undo can be undone, and so on; what was taken back before is counted, and not done twice."""
    assert inverse(scan, rows, tags, undos) == expected


def test_titles_that_are_gone_or_another_one_are_left_alone():
    """The arr's id means a title only as long as the catalogue's id agrees."""
    change = history("1 +dub")
    for items, unclear, reason in (
        ({}, [2], "the arr does not list the title any more"),
        ({}, [1], UNCLEAR),
        ({1: item("dub", tvdb_id=200)}, [], "its number is that of another title now: Show 1"),
    ):
        found = invert(1, change, Undos({}), Now(items, {}, unclear))
        assert (found.inverses, [one.reason for one in found.left]) == ((), [reason])
        assert [(one.title, one.item_id, one.what, one.later) for one in found.left] == [
            ("Show 1", 1, "+dub", reason == UNCLEAR)
        ]
    assert invert(1, change, Undos({}), Now({1: item("dub", tvdb_id=None)}, {})).inverses


@pytest.mark.parametrize(
    ("known", "now", "same"), [(1, 1, True), (1, 2, False), (None, 2, True), (1, None, True)]
)
def test_the_catalogue_tells_titles_apart(known, now, same):
    """Where one of the two ids is not known, the arr's has to do."""
    assert same_title(known, item(tvdb_id=now)) is same


@pytest.mark.parametrize(
    ("before", "after", "now", "edit", "left"),
    [
        ((), ("dub",), NfoState(NFO, ("dub",)), NfoEdit(remove_tags=("dub",)), []),
        (("Dub",), (), NfoState(NFO), NfoEdit(add_tags=("Dub",)), []),
        (("Dub", "x"), ("dub", "x"), NfoState(NFO, ("dub", "x")), None, []),
        (("semi-dub", "x"), ("x", "dub"), NfoState(NFO, (" DUB ", "x")), NfoEdit(("semi-dub",), ("dub",)), []),
        ((), ("genre:Dub",), NfoState(NFO, (), ("Drama", "Dub")), NfoEdit(remove_genres=("Dub",)), []),
        (("genre:Dub",), (), NfoState(NFO, (), ("Drama",)), NfoEdit(add_genres=("Dub",)), []),
        ((), ("dub", "genre:Dub"), NfoState(NFO, ("dub",), ()), NfoEdit(remove_tags=("dub",)),
         ["tvshow.nfo: +genre:Dub: somebody has removed it since"]),
        ((), ("dub",), NfoState(NFO, (), ("dub",)), None, ["tvshow.nfo: +dub: somebody has removed it since"]),
        (("dub",), (), NfoState(NFO, ("Dub",)), None, ["tvshow.nfo: −dub: somebody has put it back since"]),
        ((), ("dub",), "it has a DOCTYPE", None, ["tvshow.nfo: +dub: it has a DOCTYPE"]),
        ((), ("dub",), UNSEEN, None, [f"tvshow.nfo: +dub: {UNSEEN}"]),
    ],
)  # fmt: skip
def test_each_text_of_an_nfo_stands_for_itself(before, after, now, edit, left):
    """Tags and genres alike, without case and blanks; only a file that nobody could look at is tried again."""
    found = invert(1, [edited(before=before, after=after)], Undos({}), Now({1: item()}, {NFO: now}))
    assert [one.nfos for one in found.inverses] == ([] if edit is None else [(NfoChange(NFO, edit),)])
    assert [f"{one.what}: {one.reason}" for one in found.left] == left
    assert [one.later for one in found.left] == [now == UNSEEN] * len(left)


def test_one_title_has_one_inverse():
    """Its tags and its NFO files together, under the verdict that they were written for."""
    changes = [*history("1 -semi-dub", "1 +dub"), edited(before=(), after=("dub",))]
    [one] = invert(1, changes, Undos({}), Now({1: item("dub")}, {NFO: NfoState(NFO, ("dub",))})).inverses
    assert (one.item, one.verdict) == (item("dub"), Verdict.DUB)
    assert one.tags == (TagChange("semi-dub", add=True), TagChange("dub", add=False))
    assert one.nfos == (NfoChange(NFO, NfoEdit(remove_tags=("dub",))),)


def test_a_tag_and_an_nfo_of_one_text_are_two_things():
    """A later change of the one says nothing of the other."""
    changes = [*history("1 +dub", "2 -dub"), edited(before=(), after=("dub",))]
    found = invert(1, changes, Undos({}), Now({1: item()}, {NFO: NfoState(NFO, ("dub",))}))
    assert [one.nfos for one in found.inverses] == [(NfoChange(NFO, NfoEdit(remove_tags=("dub",))),)]
    assert [one.what for one in found.left] == ["+dub"]


@pytest.mark.parametrize(
    ("number", "origin", "holds"), [(1, 1, True), (2, 1, False), (3, 1, True), (5, 4, False)]
)
def test_every_second_undo_holds(number, origin, holds):
    """Undoing a scan holds its titles, undoing that lets them go, and so on."""
    undos = Undos({2: 1, 3: 2, 5: 4})
    assert (undos.origin(number), undos.holds(number)) == ((origin, holds), holds)


@pytest.mark.parametrize(
    ("verdict", "holds"), [(Verdict.DUB, True), (Verdict.UNKNOWN, True), (Verdict.SEMI_DUB, False)]
)
def test_a_title_is_held_until_its_verdict_is_another_one(verdict, holds):
    """What is not known is not another verdict."""
    assert Held("dub", 2).holds(verdict) is holds
