"""Codes in titles: what brackets and separators do, and what they do not."""

import pytest

from taggarr.core.title_terms import Role
from taggarr.core.titles import read_title


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Foo, de", None),
        ("Foo, de, bar", None),
        ("Foo / it", None),
        ("(Foo) de", None),
        ("[Foo] de", None),
        ("Foo) de", None),
        ("((Foo) bar) de", None),
        ("((Foo) de)", "de"),
        ("Foo (de)", "de"),
        ("Foo (bar) (de)", "de"),
        ("Foo (bar, de)", "de"),
        ("(Foo, de", "de"),
    ],
)
def test_separators_do_not_make_a_code_stand_alone(title: str, language: str | None):
    """A code beside other words counts in brackets, not between commas."""
    found = read_title(title).language
    assert (found and str(found)) == language


def test_two_codes_with_a_hyphen_are_two_codes():
    """Only the tags of known regions are one word: `DE-AD` is German and audio description."""
    facts = read_title("[DE-AD]")
    assert (str(facts.language), facts.role) == ("de", Role.DESCRIPTION)
    assert str(read_title("[pt-BR]").language) == "pt-BR"


def test_region_in_words_and_another_in_brackets_tell_none():
    """Two regions of one language leave the language."""
    assert str(read_title("Portuguese Brazil [PT]").language) == "pt"
    assert str(read_title("Portuguese [PT]").language) == "pt-PT"


def test_film_that_is_named_for_a_people_is_no_language():
    """After "the" the name of a language is a word like any other, and what stands beside is looked at."""
    assert read_title("The Italian Job").language is None
    assert str(read_title("The Italian Job, German").language) == "de"
