"""Languages in order, and tracks that move from one target to another."""

from taggarr.core.hearing import hear
from taggarr.core.language import Language, Match, parse


def languages(tags: str) -> list[Language]:
    return [language for language in map(parse, tags.split()) if isinstance(language, Language)]


def test_languages_are_sorted_by_tag():
    """A region or member sorts as it is written."""
    written = "zh yue pt-PT pt-BR pt en de"
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
