"""What a person knows better about one item: whose it is, and what it lies over."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from taggarr.core.language import Language
from taggarr.core.media import Item, Kind
from taggarr.core.override import (
    NOTHING,
    KeptOverride,
    Override,
    belonging,
    original_under,
    policy_under,
)
from taggarr.core.policy import Counted, Policy
from taggarr.core.verdict import Original

EN, DE, KO = Language("en"), Language("de"), Language("ko")
POLICY = Policy((EN,), specials=Counted.INCLUDE)
NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)


def series(item_id: int, tvdb: int | None) -> Item:
    # A series has a number at TMDb as well, and that is not what tells it apart.
    return Item("tv", Kind.SERIES, item_id, "Show", "/tv/Show", tvdb_id=tvdb, tmdb_id=1)


def movie(item_id: int, tmdb: int | None) -> Item:
    return Item("films", Kind.MOVIE, item_id, "Film", "/films/Film", tmdb_id=tmdb, tvdb_id=1)


def kept(item_id: int, catalogue_id: int | None, override: Override = Override(KO)) -> KeptOverride:  # noqa: B008 - frozen
    return KeptOverride(override, item_id, catalogue_id, "Show", 2020, NOON)


@pytest.mark.parametrize(
    ("one", "item", "same"),
    [
        (kept(5, 100), series(5, 100), True),
        (kept(5, 100), series(9, 100), True),  # added anew, or the arr was restored
        (kept(5, 100), series(5, 200), False),  # a stranger under the old number
        (kept(5, 100), series(9, 200), False),
        (kept(5, None), series(5, 100), True),
        (kept(5, None), series(9, 100), False),
        (kept(5, 100), series(5, None), True),
        (kept(5, 100), series(9, None), False),
        (kept(5, None), series(5, None), True),
        (kept(5, None), series(9, None), False),
        (kept(5, 100), movie(9, 100), True),
        (kept(5, 1), movie(5, 100), False),
        (kept(5, 1), series(5, 100), False),
    ],
)
def test_whose_an_override_is(one: KeptOverride, item: Item, same: bool) -> None:
    """The catalogue id decides where both have one, else the arr's id."""
    assert one.is_of(item) is same
    assert belonging([one], [series(77, 700), item]) == ({item.id: one} if same else {})


def test_each_item_gets_its_own() -> None:
    """Two titles that swapped their numbers swap nothing else, and what is gone belongs to nobody."""
    first, second, gone, unsure = kept(1, 100), kept(2, 200), kept(3, 300), kept(4, None)
    items = [series(1, 200), series(2, 100), series(3, 303), series(4, 400)]

    assert belonging([first, second, gone, unsure], items) == {2: first, 1: second, 4: unsure}


def test_of_two_for_one_item_the_last_holds() -> None:
    """They come oldest first."""
    old, new = kept(1, None), kept(7, 100)

    assert belonging([old, new], [series(1, 100)]) == {1: new}
    assert belonging([new, old], [series(1, 100)]) == {1: old}


def test_an_override_is_never_of_two_items() -> None:
    """Where two share a catalogue id, the number decides; where it is neither's, nobody does."""
    one = kept(2, 100)

    assert belonging([one], [series(1, 100), series(2, 100)]) == {2: one}
    assert belonging([one], [series(3, 100), series(4, 100)]) == {}


def test_no_overrides_are_nobodys() -> None:
    """Then the items are not even looked at."""
    items = iter([series(1, 100)])

    assert belonging([], items) == {}
    assert len(list(items)) == 1


def test_targets_lie_over_the_policy_and_nothing_else_does() -> None:
    """The other values are those of profile, instance and defaults."""
    assert policy_under(Override(targets=(DE, KO)), POLICY) == replace(POLICY, targets=(DE, KO))
    assert policy_under(Override(original=KO, excluded=False), POLICY) is POLICY


LISTED = frozenset({"en", "de"})


@pytest.mark.parametrize(
    ("override", "named", "original"),
    [
        (NOTHING, "Japanese", Original(Language("ja"), False, LISTED)),
        (NOTHING, "English", Original(EN, True, LISTED)),
        (NOTHING, "ENGLISH", Original(EN, True, LISTED)),
        (NOTHING, "Unknown", Original(None, False, LISTED)),
        (Override(targets=(DE,)), "English", Original(EN, True, LISTED)),
        (Override(KO), "English", Original(KO, False, LISTED)),
        (Override(KO), "Unknown", Original(KO, False, LISTED)),
        (Override(EN), "English", Original(EN, False, LISTED)),
    ],
)
def test_the_original_in_force(override: Override, named: str, original: Original) -> None:
    """A person's word stands in for the arr's, and their English is meant."""
    assert original_under(override, named, LISTED) == original
    assert original_under(override, named) == replace(original, arr_languages=None)


@pytest.mark.parametrize(
    ("override", "text"),
    [
        (NOTHING, "nothing"),
        (Override(KO), "original Korean"),
        (Override(targets=(DE,)), "targets German"),
        (Override(excluded=True), "left alone"),
        (Override(excluded=False), "judged whatever the configuration leaves out"),
        (Override(KO, (DE, EN), excluded=True), "original Korean, targets German and English, left alone"),
    ],
)
def test_an_override_in_words(override: Override, text: str) -> None:
    """Only what it says."""
    assert str(override) == text
    assert override.empty is (override == NOTHING)
