"""Which policy holds for an item, and what is left alone."""

from dataclasses import replace

import pytest

from taggarr.core.language import Language
from taggarr.core.media import Item, Kind
from taggarr.core.override import Override
from taggarr.core.policy import Exclude, Match, Policy, Rules
from taggarr.core.scope import Exclusion, excluded, lacks_genre, policy_for, profile_for

ITEM = Item(
    "tv",
    Kind.SERIES,
    1,
    "Some Show",
    "/anime/Some Show",
    root="/anime",
    series_type="anime",
    genres=("Animation", "Drama"),
    tags=("keep", "kids"),
)
BASE = Policy((Language("en"),))
FIRST = Policy((Language("de"),))
SECOND = Policy((Language("fr"),))


@pytest.mark.parametrize(
    ("match", "applies"),
    [
        (Match(), True),
        (Match(arr_tags=("keep",)), True),
        (Match(arr_tags=("KEEP",)), True),
        (Match(arr_tags=("other", "kids")), True),
        (Match(arr_tags=("other",)), False),
        (Match(series_types=("Anime",)), True),
        (Match(series_types=("standard", "daily")), False),
        (Match(genres=("drama",)), True),
        (Match(genres=("Comedy",)), False),
        (Match(roots=("/anime",)), True),
        (Match(roots=("/anime/",)), True),
        (Match(roots=("/tv", "/anime")), True),
        (Match(roots=("/ani",)), False),
        (Match(roots=("/tv",)), False),
        (Match(roots=("/media/anime",)), True),
        (Match(("keep",), ("anime",), ("drama",), ("/anime",)), True),
        (Match(("other",), ("anime",), ("drama",), ("/anime",)), False),
        (Match(("keep",), ("daily",), ("drama",), ("/anime",)), False),
        (Match(("keep",), ("anime",), ("comedy",), ("/anime",)), False),
        (Match(("keep",), ("anime",), ("drama",), ("/tv",)), False),
    ],
)
def test_a_profile_applies_where_every_key_holds(match: Match, applies: bool) -> None:
    """Of one key's values any will do; a key that is empty holds for all."""
    rules = Rules(BASE, (("anime", match, FIRST),))

    assert policy_for(ITEM, rules, "/media/anime/Some Show") is (FIRST if applies else BASE)
    assert profile_for(ITEM, rules, "/media/anime/Some Show") == ("anime" if applies else None)


def test_the_first_profile_that_matches_wins() -> None:
    """Profiles stand in the order of the file."""
    no, yes = Match(genres=("Comedy",)), Match(genres=("Drama",))

    assert policy_for(ITEM, Rules(BASE, (("a", no, FIRST), ("b", yes, SECOND), ("c", yes, FIRST)))) is SECOND
    assert policy_for(ITEM, Rules(BASE, (("a", yes, FIRST), ("b", yes, SECOND)))) is FIRST
    assert policy_for(ITEM, Rules(BASE)) is BASE


def test_a_movie_has_no_series_type() -> None:
    """A profile for series types leaves movies alone."""
    movie = replace(ITEM, kind=Kind.MOVIE, series_type=None)

    assert policy_for(movie, Rules(BASE, (("anime", Match(series_types=("anime",)), FIRST),))) is BASE


def test_without_a_folder_here_the_arrs_path_decides() -> None:
    """An item that is not on this machine still has its root."""
    rules = Rules(BASE, (("anime", Match(roots=("/media/anime",)), FIRST),))

    assert policy_for(ITEM, rules) is BASE
    assert policy_for(ITEM, rules, "/media/anime/Some Show") is FIRST


@pytest.mark.parametrize(
    ("exclude", "key", "reason"),
    [
        (Exclude(), None, None),
        (Exclude(tags=("KIDS",)), "exclude.tags", "it carries the tag “KIDS”"),
        (Exclude(tags=("other",)), None, None),
        (Exclude(series_types=("Anime",)), "exclude.series_types", "its series type is “Anime”"),
        (Exclude(series_types=("standard",)), None, None),
        (Exclude(genres=("drama ",)), "exclude.genres", "it is of the genre “drama ”"),
        (Exclude(genres=("Dra",)), None, None),
        (Exclude(titles=("some show",)), "exclude.titles", "its title is “some show”"),
        (Exclude(titles=("Some",)), None, None),
        (Exclude(unmonitored=True), None, None),
        (Exclude(tags=("other",), titles=("Some Show",)), "exclude.titles", "its title is “Some Show”"),
    ],
)
def test_any_one_criterion_excludes(exclude: Exclude, key: str | None, reason: str | None) -> None:
    """Compared without case, and whole; the key that says so is named."""
    found = excluded(ITEM, Policy((Language("en"),), exclude=exclude))

    assert (found.key if found else None, found.reason if found else None) == (key, reason)


def test_whole_items_that_are_not_monitored_can_be_left_alone() -> None:
    """Only where the policy says so."""
    idle = replace(ITEM, monitored=False)
    policy = Policy((Language("en"),), exclude=Exclude(unmonitored=True))

    assert excluded(idle, policy) == Exclusion("exclude.unmonitored", "it is not monitored")
    assert excluded(idle, BASE) is None


def test_a_movie_is_not_excluded_by_an_empty_series_type() -> None:
    """A movie has no series type to compare."""
    movie = replace(ITEM, series_type=None)

    assert excluded(movie, Policy((Language("en"),), exclude=Exclude(series_types=("anime",)))) is None


@pytest.mark.parametrize(
    ("genre", "nfo", "lacking"),
    [
        (None, (), False),
        ("Animation", (), False),
        ("animation", (), False),
        ("Anime", (), True),
        ("Anime", ("anime",), False),
        ("Anime", ("Drama",), True),
        ("Drama", ("Anime",), False),
    ],
)
def test_the_genre_filter_asks_the_arr_and_then_the_nfo(
    genre: str | None, nfo: tuple[str, ...], lacking: bool
) -> None:
    """An NFO adds genres and never takes one away."""
    policy = Policy((Language("en"),), target_genre=genre)
    reason = Exclusion("target_genre", f"it is not of the genre “{genre}”")

    assert lacks_genre(ITEM, policy, nfo) is lacking
    assert excluded(ITEM, policy, nfo) == (reason if lacking else None)


EVERYTHING = Exclude(("keep",), ("anime",), ("drama",), ("Some Show",), unmonitored=True)


@pytest.mark.parametrize(
    "policy",
    [
        Policy((Language("en"),), exclude=EVERYTHING),
        Policy((Language("en"),), target_genre="Comedy"),
        BASE,
    ],
)
def test_what_a_person_says_of_the_item_goes_first(policy: Policy) -> None:
    """Whatever the configuration leaves out, or does not."""
    idle = replace(ITEM, monitored=False)
    said = Exclusion("override", "you said so with `taggarr override`")

    assert excluded(idle, policy, (), Override(excluded=True)) == said
    assert excluded(idle, policy, (), Override(excluded=False)) is None
    assert excluded(idle, policy, (), Override(targets=(Language("de"),))) == excluded(idle, policy)
