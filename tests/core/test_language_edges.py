"""Languages in order, and tracks that move from one target to another."""

import pytest

from taggarr.core.hearing import hear
from taggarr.core.language import Language, Match, NoLanguage, parse, plain


def languages(tags: str) -> list[Language]:
    return [language for language in map(parse, tags.split()) if isinstance(language, Language)]


def test_languages_are_sorted_by_tag():
    """A region or member sorts as it is written."""
    written = "pt-BR zh de pt-PT yue en pt"
    assert [str(one) for one in sorted(languages(written))] == [
        *("de", "en", "pt", "pt-BR", "pt-PT", "yue", "zh"),
    ]


def test_track_moves_along_a_chain():
    """Serbian takes the first track, Croatian the second, and both move on so that Bosnian has one, too."""
    assert hear(languages("sr-RS hr-HR bs-BA"), languages("sh sh hr"), True) == {
        0: (1, Match.ASSUMED),
        1: (2, Match.ASSUMED),
        2: (0, Match.ASSUMED),
    }


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh-yue", Language("zh", member="yue")),
        ("zh-cmn-Hans-CN", Language("zh", member="cmn")),
        ("zh-xyz", Language("zh")),
        ("ar-arz", Language("ar", member="arz")),
    ],
)
def test_extended_language_is_a_member(tag: str, language: Language):
    """The member is named behind its macrolanguage, which it keeps."""
    assert parse(tag) == language


def test_longest_text_that_is_looked_at():
    """A hundred characters may name a language; more than that are noise."""
    filled = "Portuguese" + " " * 82 + "(Brazil)"
    assert (len(filled), parse(filled)) == (100, Language("pt", region="BR"))
    assert parse(filled.replace(" (", "  (")) is NoLanguage.NEUTRAL


@pytest.mark.parametrize(
    ("text", "bare"), [("è", "e"), ("e\u0300", "e"), ("x\u036f", "x"), ("x\u0371", "x\u0371"), ("Ÿ", "y")]
)
def test_every_accent_is_taken_off(text: str, bare: str):
    """The marks from U+0300 to U+036F, whether a letter holds them or they follow it."""
    assert plain(text) == bare
