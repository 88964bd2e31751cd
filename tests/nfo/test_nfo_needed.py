"""Which part of an edit an NFO does not fulfil yet."""

import pytest

from taggarr.core.nfo_edit import NfoCause, NfoContent, NfoEdit, NfoProblem, needed, same_text

NOTHING = NfoEdit()


@pytest.mark.parametrize(
    ("content", "edit", "expected"),
    [
        (NfoContent(), NOTHING, NOTHING),
        (NfoContent(), NfoEdit(add_tags=("dub",)), NfoEdit(add_tags=("dub",))),
        (NfoContent(tags=("dub",)), NfoEdit(add_tags=("dub",)), NOTHING),
        (NfoContent(tags=("DUB",)), NfoEdit(add_tags=("dub",)), NOTHING),
        (NfoContent(tags=("dub",)), NfoEdit(add_tags=(" Dub ",)), NOTHING),
        (NfoContent(), NfoEdit(add_tags=("dub", "DUB")), NfoEdit(add_tags=("DUB",))),
        (NfoContent(tags=("dub",)), NfoEdit(add_tags=("dub", "x")), NfoEdit(add_tags=("x",))),
        (NfoContent(genres=("dub",)), NfoEdit(add_tags=("dub",)), NfoEdit(add_tags=("dub",))),
        (NfoContent(tags=("Dub", "x")), NfoEdit(remove_tags=("dub", "y")), NfoEdit(remove_tags=("dub",))),
        (NfoContent(tags=("x",)), NfoEdit(remove_tags=("dub",)), NOTHING),
        (NfoContent(tags=("Dub",)), NfoEdit(remove_tags=("dub", "DUB")), NfoEdit(remove_tags=("DUB",))),
        (NfoContent(tags=("dub",)), NfoEdit(add_tags=("dub",), remove_tags=("Dub",)), NOTHING),
        (NfoContent(), NfoEdit(add_genres=("Dub",)), NfoEdit(add_genres=("Dub",))),
        (NfoContent(genres=("dub",)), NfoEdit(add_genres=("Dub",)), NOTHING),
        (NfoContent(tags=("dub",)), NfoEdit(add_genres=("Dub",)), NfoEdit(add_genres=("Dub",))),
        (NfoContent(genres=("Dub",)), NfoEdit(remove_genres=("Dub",)), NfoEdit(remove_genres=("Dub",))),
        (NfoContent(tags=("Dub",)), NfoEdit(remove_genres=("Dub",)), NOTHING),
        (NfoContent(genres=("Dub",)), NfoEdit(remove_tags=("Dub",)), NOTHING),
        (NfoContent(genres=("Dub",)), NfoEdit(add_genres=("Dub",), remove_genres=("dub",)), NOTHING),
        (
            NfoContent(tags=("dub",), genres=("Dub",)),
            NfoEdit(add_tags=("dub",), remove_genres=("Dub",)),
            NfoEdit(remove_genres=("Dub",)),
        ),
    ],
)
def test_only_what_is_not_so_yet_is_needed(content: NfoContent, edit: NfoEdit, expected: NfoEdit) -> None:
    """Texts are compared without case and blanks, tags and genres apart; what is to be added is not removed."""
    assert needed(content, edit) == expected


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (NfoEdit(), False),
        (NfoEdit(add_tags=("a",)), True),
        (NfoEdit(remove_tags=("a",)), True),
        (NfoEdit(add_genres=("a",)), True),
        (NfoEdit(remove_genres=("a",)), True),
    ],
)
def test_an_edit_is_true_if_it_asks_for_anything(edit: NfoEdit, expected: bool) -> None:
    """An edit without any text is false, so `if needed(...)` reads as it should."""
    assert bool(edit) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("dub", "dub", True),
        ("Dub", "dUB", True),
        (" dub\n", "dub", True),
        ("GROSS", "groß", True),
        ("dub", "dubs", False),
        ("semi dub", "semi-dub", False),
    ],
)
def test_texts_are_compared_without_case_and_outer_blanks(one: str, other: str, expected: bool) -> None:
    """Blanks inside a text count, those around it do not."""
    assert same_text(one, other) is expected


def test_a_problem_names_its_file() -> None:
    """The sentence for the user begins with the path."""
    problem = NfoProblem("/tv/Show/tvshow.nfo", NfoCause.FAILED, "its disk is full")
    assert str(problem) == "/tv/Show/tvshow.nfo: its disk is full"
