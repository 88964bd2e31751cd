"""What is taken over from a `taggarr.json`: whose labels are Taggarr's, and what makes a file none."""

import itertools
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taggarr.core.language import Language
from taggarr.core.legacy_import import (
    MOST_LABELS,
    Imported,
    import_tags,
    parse_state,
    says_otherwise,
    title_key,
)
from taggarr.core.legacy_state import StoredItem, is_bare, legacy_state, legacy_text, same_state, with_kept
from taggarr.core.media import Item, Kind
from taggarr.core.nfo_edit import NfoEdit
from taggarr.core.plan import ItemPlan, NfoChange, TagChange
from taggarr.core.policy import Policy
from taggarr.core.record import ItemRecord
from taggarr.core.state_file import MOST_VALUES, EarlierTag, StateProblem

EN = Policy((Language("en"),))


def show(tag, *statuses):
    return {"tag": tag, "seasons": {f"Season {n:02}": {"status": each} for n, each in enumerate(statuses, 1)}}


def series(**entries):
    return {"series": {f"/media/tv/{name}": entry for name, entry in entries.items()}}


def taken(state, kind=Kind.SERIES, **titles):
    return import_tags(state, kind, {name: set(tags.split()) for name, tags in titles.items()})


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ('{"series": {}}', {"series": {}}),
        ('{"movies": {}, "version": "0.6.1"}', {"movies": {}, "version": "0.6.1"}),
        ('{"series": null, "movies": {}}', {"series": None, "movies": {}}),
        ('\ufeff{"series": {"/Élan": {}}}', {"series": {"/Élan": {}}}),
        ('{"series": {"/A": 1, "/A": 2}}', {"series": {"/A": 2}}),
        ('{"series": {"/caf\\udce9": {}}}', {"series": {"/caf\udce9": {}}}),
    ],
)
def test_files_that_are_understood(text, state):
    """Either section or both, a byte order mark, doubled keys (the last counts), names that are no text."""
    assert parse_state(text.encode()) == state


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "no valid JSON (line 1, column 1"),
        (b'{"series": {\n  "/A": {"tag": "dub"', "no valid JSON (line 2, column 22"),
        (b'{"series": {}} x', "no valid JSON (line 1, column 16"),
        (b'{"series": {"/A": NaN}}', "no valid JSON (a number"),
        (b'{"series": {"/A": -Infinity}}', "no valid JSON (a number"),
        (b'{"series": ' + b"9" * 5000 + b"}", "no valid JSON (a number"),
        (b'{"series": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", "no valid JSON (a number"),
        ('{"series": {}}'.encode("utf-16"), "no text in UTF-8"),
        (b'{"series": {"\xe9": {}}}', "no text in UTF-8"),
        (b'{"series": [' + b"0," * 2_000_001 + b"0]}", "far more values than a library"),
        (b"[]", "neither `series` nor `movies`"),
        (b"null", "neither `series` nor `movies`"),
        (b"{}", "neither `series` nor `movies`"),
        (b'{"version": "0.8.0"}', "neither `series` nor `movies`"),
        (b'{"series": null}', "neither `series` nor `movies`"),
        (b'{"series": []}', "are no object"),
        (b'{"movies": {}, "series": "x"}', "are no object"),
    ],
    ids=itertools.count(),
)
def test_files_that_are_none(raw, reason):
    """The reason names the place, and says nothing of the content."""
    problem = parse_state(raw)
    assert isinstance(problem, StateProblem)
    assert reason in problem.reason
    assert problem.stat is None


@pytest.mark.parametrize(
    ("filling", "count"), [("0", MOST_VALUES - 3), ("[]", MOST_VALUES // 2 - 2), ("{}", MOST_VALUES // 2 - 2)]
)
def test_how_many_values_are_too_many(filling, count):
    """As many as the bound are read, one more is not."""
    sound = ('{"series": {"/A": [' + f"{filling}," * count + filling + "]}}").encode()
    assert not isinstance(parse_state(sound), StateProblem)
    beyond = sound.replace(b"[", b"[0,", 1)
    assert parse_state(beyond) == StateProblem("it is of far more values than a library has")


@pytest.mark.parametrize("label", ["dub", "semi-dub", "wrong-dub"])
def test_the_labels_of_earlier_versions_are_taken(label):
    """Wherever the file names them, whatever the arr says."""
    assert taken(series(A=show(label.upper(), "original"))).labels == (label,)
    assert taken(series(A=show(label)), A="").labels == (label,)


@pytest.mark.parametrize(
    ("tag", "statuses", "titles", "owned"),
    [
        ("english", ["fully-dub"], {"a": "english"}, True),
        (" English ", ["fully-dub"], {"a": "english"}, True),
        ("english", [], {"a": "english"}, True),  # 0.8 took a show without season folders for dubbed
        ("english", ["original", "semi-dub"], {"a": "english"}, True),
        ("english", ["odd", 5], {"a": "english"}, True),
        ("english", ["original", "original"], {"a": "english"}, False),
        ("english", ["fully-dub"], {"a": "mine"}, False),
        ("english", ["fully-dub"], {"b": "english"}, False),
        ("english", ["fully-dub"], {}, False),
        ("none", ["fully-dub"], {"a": "none"}, False),
        ("", ["fully-dub"], {"a": ""}, False),
        ("#17", ["fully-dub"], {"a": "#17"}, False),
        ("x" * 101, ["fully-dub"], {"a": "x" * 101}, False),
        ("x" * 100, ["fully-dub"], {"a": "x" * 100}, True),
        ("a\u0007b", ["fully-dub"], {"a": "a\u0007b"}, False),
    ],
)
def test_a_label_of_the_users_own(tag, statuses, titles, owned):
    """It is borne out where the title carries it and is not in its original language; else it stays."""
    found = import_tags(
        series(A=show(tag, *statuses)), Kind.SERIES, {name: {t} for name, t in titles.items()}
    )
    assert found.labels == ((tag.strip().lower(),) if owned else ())


@pytest.mark.parametrize(("with_it", "without", "owned"), [(2, 1, True), (1, 1, False), (1, 2, False)])
def test_most_titles_have_to_bear_it_out(with_it, without, owned):
    """Half of those that the arr has is not enough; what it does not have does not count."""
    names = [f"t{n}" for n in range(with_it + without)]
    state = series(**{name: show("4k", "fully-dub") for name in [*names, "gone", "gone too"]})
    titles = {name: ({"4k"} if n < with_it else set()) for n, name in enumerate(names)}
    found = import_tags(state, Kind.SERIES, titles)
    assert (found.labels, found.refused) == ((("4k",), ()) if owned else ((), ("4k",)))


def test_what_the_arr_does_not_have_is_not_worth_a_word():
    """A label of titles that are gone is neither taken nor told."""
    assert taken(series(gone=show("old"))) == Imported((), (), (EarlierTag("gone", "old", dubbed=True),))


@pytest.mark.parametrize("count", [MOST_LABELS, MOST_LABELS + 1])
def test_many_labels_are_none(count):
    """Three at a time, changed a few times: a file that has more of them is not believed."""
    names = [f"label{n:02}" for n in range(count)]
    state = series(**{name: show(name, "fully-dub") for name in names}, Z=show("dub"))
    found = import_tags(state, Kind.SERIES, {name: {name} for name in names})
    assert found.labels == (("dub", *names) if count == MOST_LABELS else ("dub",))
    assert found.refused == (() if count == MOST_LABELS else tuple(names))


def test_each_kind_takes_its_section():
    """Movies have no seasons, and no genre was written for them."""
    state = series(A=show("english")) | {
        "movies": {"C:\\Films\\B\\": {"tag": "english", "languages": ["en"]}}
    }
    assert taken(state, Kind.MOVIE, b="english") == Imported(("english",), (), (EarlierTag("B", "english"),))
    assert taken({"movies": None}, Kind.MOVIE) == Imported()
    assert taken(state, a="english").tags == (EarlierTag("A", "english", dubbed=True),)


@pytest.mark.parametrize(
    ("tag", "statuses", "label", "dubbed"),
    [
        ("dub", ["fully-dub", "fully-dub"], "dub", True),
        ("dub", [], "dub", True),
        ("dub", ["fully-dub", "original"], "dub", False),
        ("none", ["original"], None, False),
        ("None", ["fully-dub"], None, False),
    ],
)
def test_what_was_dubbed(tag, statuses, label, dubbed):
    """Dubbed is what has a label and nothing but dubbed seasons."""
    assert taken(series(A=show(tag, *statuses))).tags == (EarlierTag("A", label, dubbed),)


def test_a_title_without_a_label_does_not_end_the_list():
    """The labels of those behind it are taken."""
    assert taken(series(A=show("none", "original"), B=show("dub", "fully-dub"))).labels == ("dub",)


@pytest.mark.parametrize(
    "entry",
    [None, 1, "dub", [], {}, {"tag": None}, {"tag": 5}, {"tag": ["dub"]}, {"tag": "\u0000"}],
)
def test_entries_that_are_none_are_passed_over(entry):
    """The others count."""
    found = taken(series(A=entry, B=show("dub")))
    assert found == Imported(("dub",), (), (EarlierTag("B", "dub", dubbed=True),))


@pytest.mark.parametrize(
    "seasons", [None, 5, [], "x", {"S": None}, {"S": {"status": None}}, {"S": {"status": []}}]
)
def test_seasons_that_are_none_say_nothing(seasons):
    """Whatever stands in their place."""
    state = series(A={"tag": "english", "seasons": seasons})
    assert taken(state, a="english").labels == ("english",)


def test_titles_are_found_by_their_folder():
    """Without case, whichever machine the path is of."""
    assert title_key("/media/tv/Élan (2010)/") == title_key("C:\\TV\\éLAN (2010)") == "élan (2010)"


ITEM = Item("tv", Kind.SERIES, 1, "A", "/tv/A")
CHANGE = (TagChange("semi-dub", add=True),)


@pytest.mark.parametrize(
    ("label", "tags", "earlier", "reason"),
    [
        ("semi-dub", CHANGE, "dub", "taggarr.json says dub; why"),
        ("semi-dub", CHANGE, None, "taggarr.json says none; why"),
        (None, (TagChange("dub", add=False),), "dub", "taggarr.json says dub; why"),
        ("semi-dub", CHANGE, "semi-dub", "why"),
        ("semi-dub", (), "dub", "why"),
    ],
)
def test_both_verdicts_in_the_reason(label, tags, earlier, reason):
    """Where they differ and something is to change; the plan is else what it was."""
    nfos = (NfoChange("/tv/A/tvshow.nfo", NfoEdit(("x",))),)
    plan = ItemPlan(ITEM, EN, label, "why", tags=tags, nfos=nfos)
    said = says_otherwise(plan, EarlierTag("A", earlier))
    assert (said.reason, said.tags, said.nfos, said.label) == (reason, tags, nfos, label)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["dub", "none", "4k"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["tag", "seasons", "S", "status", "/tv/A", "/tv/B"]), inner, max_size=4
        )
    ),
    max_leaves=20,
)


@given(ANYTHING, ANYTHING, st.sampled_from(Kind))
def test_no_file_takes_a_tag_that_no_title_carries(some, more, kind):
    """Whatever it says: only the three labels, and what titles carry, are ever owned."""
    state = parse_state(json.dumps({"series": some, "movies": more}).encode())
    if isinstance(state, StateProblem):
        return
    found = import_tags(state, kind, {"a": {"mine"}, "b": set()})
    assert set(found.labels) <= {"dub", "semi-dub", "wrong-dub", "mine"}


def stored(name, label, kind=Kind.SERIES):
    item = Item("tv", kind, 1, name, f"/tv/{name}", original="Japanese")
    return StoredItem(ItemRecord(item, f"/tv/{name}", original="ja", verdict="dub", label=label), (), EN)


def test_what_is_written_is_read_again():
    """Labels by folder, through the text and back, names that are no text included."""
    items = [stored("A", "dub"), stored("caf\udce9", None), stored("F", "english", Kind.MOVIE)]
    text = legacy_text(legacy_state(items, datetime(2026, 1, 1, tzinfo=UTC)))
    state = parse_state(text.encode())
    assert not isinstance(state, StateProblem)
    assert taken(state).tags == (EarlierTag("A", "dub", dubbed=True), EarlierTag("caf\udce9", None))
    assert taken(state, Kind.MOVIE).tags == (EarlierTag("F", "english"),)
    assert "\\udce9" in text


STATE = {"version": "0.8.0", "series": {"/tv/A": {"tag": "dub"}}, "movies": {}}


def keep_all(section, folder):
    return True


@pytest.mark.parametrize(
    ("old", "keeps", "whole"),
    [
        ({}, keep_all, STATE),
        ({"version": "0.7.0", "series": {"/tv/A": 1}}, keep_all, STATE),
        (
            {"series": {"/tv/B": {"tag": "x"}, "/tv/C": 1}, "movies": {"/m": {}}},
            lambda section, folder: (section, folder) in {("series", "/tv/B"), ("movies", "/m")},
            STATE | {"series": {"/tv/A": {"tag": "dub"}, "/tv/B": {"tag": "x"}}, "movies": {"/m": {}}},
        ),
        ({"series": {"/tv/B": {}}, "movies": None}, lambda *_: False, STATE),
        (
            {"series": {"/tv/B": [[[[1]]]], "/tv/C": [[[[[1]]]]]}},
            keep_all,
            STATE | {"series": {"/tv/A": {"tag": "dub"}, "/tv/B": [[[[1]]]]}},
        ),
        ({"note": {"by": [1]}, "deep": [[[[[[1]]]]]]}, keep_all, STATE | {"note": {"by": [1]}}),
        ({"deep": [[[[[1]]]]]}, keep_all, STATE | {"deep": [[[[[1]]]]]}),
        ({"deep": {"a": {"a": {"a": {"a": {"a": {"a": 1}}}}}}}, keep_all, STATE),
    ],
)
def test_what_stays_of_an_old_file(old, keeps, whole):
    """Entries that are wanted, and what the format does not know, unless it is nested beyond all use."""
    assert with_kept(STATE, old, keeps) == whole
    assert list(with_kept(STATE, old, keeps))[:3] == ["version", "series", "movies"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            {"series": {"/A": {"tag": "x", "last_scan": "1"}}},
            {"series": {"/A": {"tag": "x", "last_scan": "2"}}},
            True,
        ),
        ({"series": {"/A": {"tag": "x"}}}, {"series": {"/A": {"tag": "x", "last_scan": "2"}}}, True),
        ({"movies": {"/A": {"tag": "x"}}}, {"movies": {"/A": {"tag": "y"}}}, False),
        ({"series": {"/A": 1}}, {"series": {"/A": 1}}, True),
        ({"series": {"/A": 1}}, {"series": {"/A": 2}}, False),
        ({"series": {}, "movies": None}, {"series": None, "movies": {}}, True),
        ({"version": "1"}, {"version": "2"}, False),
        ({"note": {"a": {"last_scan": 1}}}, {"note": {"a": {"last_scan": 2}}}, False),
    ],
)
def test_the_same_whenever_it_was_scanned(one, other, same):
    """Times of scans apart, everything counts."""
    assert same_state(one, other) is same


@pytest.mark.parametrize(
    ("state", "bare"),
    [
        ({"version": "x", "series": {}, "movies": {}}, True),
        ({"note": 1}, True),
        ({"series": {"/A": {}}, "movies": {}}, False),
        ({"series": None, "movies": {"/A": {}}}, False),
    ],
)
def test_a_state_without_entries_is_bare(state, bare):
    """Neither series nor movies."""
    assert is_bare(state) is bare
