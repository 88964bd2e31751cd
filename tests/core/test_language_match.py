"""When a heard language satisfies a wanted one, and when two are the same original."""

import pytest

from taggarr.core.language import Language, Match, differ, matches, parse, same_original

EXACT, ASSUMED = Match.EXACT, Match.ASSUMED


def lang(tag: str) -> Language:
    language = parse(tag)
    assert isinstance(language, Language)
    return language


@pytest.mark.parametrize(
    ("wanted", "heard", "expected"),
    [
        # neither region nor member is wanted
        ("pt", "pt", EXACT),
        ("pt", "pt-BR", EXACT),
        ("zh", "yue", EXACT),
        ("zh", "zh-TW", EXACT),
        ("no", "nb", EXACT),
        ("pt", "es", None),
        # a region is wanted
        ("pt-BR", "pt-BR", EXACT),
        ("pt-BR", "pt-PT", None),
        ("pt-BR", "pt", ASSUMED),
        ("zh-TW", "yue", None),
        ("zh-TW", "zh", ASSUMED),
        ("zh-TW", "zh-CN", None),
        ("pt-BR", "es-419", None),
        # Latin America contains its countries
        ("es-419", "es-419", EXACT),
        ("es-419", "es-MX", EXACT),
        ("es-419", "es-AR", EXACT),
        ("es-419", "es-ES", None),
        ("es-419", "es-US", None),
        ("es-419", "es", ASSUMED),
        ("es-MX", "es-419", ASSUMED),
        ("es-MX", "es-AR", None),
        ("es-ES", "es-419", None),
        ("pt-419", "pt-BR", EXACT),
        # a member is wanted
        ("cmn", "cmn", EXACT),
        ("cmn", "zh", ASSUMED),
        ("cmn", "yue", None),
        ("cmn", "zh-CN", None),
        ("nb", "no", ASSUMED),
        ("nb", "nn", None),
        ("nb", "nb-NO", EXACT),
        ("yue", "yue-HK", EXACT),
        # one language under two codes
        ("tl", "fil", EXACT),
        ("fil", "tl", EXACT),
        # Serbo-Croatian and the four
        ("sr", "sh", EXACT),
        ("sh", "sr", EXACT),
        ("hr", "sh", EXACT),
        ("bs", "sh", EXACT),
        ("cnr", "sh", EXACT),
        ("sh", "cnr", EXACT),
        ("sh", "hbs", EXACT),
        ("sh", "sr-RS", EXACT),
        ("sr-RS", "sh", ASSUMED),
        ("sr-RS", "sr", ASSUMED),
        ("sr-RS", "sh-RS", EXACT),
        ("sr-RS", "sh-HR", None),
        ("sh-RS", "sr", ASSUMED),
        ("sr", "hr", None),
        ("hr", "bs", None),
        ("sl", "sh", None),
        ("sh", "sl", None),
        # no Malay
        ("ms", "id", None),
        ("id", "ms", None),
        ("ms", "zsm", EXACT),
    ],
)
def test_wanted_and_heard(wanted: str, heard: str, expected: Match | None) -> None:
    """Exact, assumed or not at all; with unknown regions rejected, whatever was assumed is not at all."""
    assert matches(lang(wanted), lang(heard), True) is expected
    assert matches(lang(wanted), lang(heard), False) is (None if expected is ASSUMED else expected)


@pytest.mark.parametrize(
    ("original", "heard", "expected"),
    [
        ("zh", "yue", True),
        ("yue", "cmn", True),
        ("pt-BR", "pt-PT", True),
        ("no", "nb", True),
        ("ja", "ja", True),
        ("sr", "sh", True),
        ("sh", "hr", True),
        ("sr-RS", "sh", True),
        ("sr", "hr", False),
        ("sl", "sh", False),
        ("sh", "mk", False),
        ("ja", "zh", False),
        ("id", "ms", False),
    ],
)
def test_the_original_is_compared_without_region_or_member(original: str, heard: str, expected: bool) -> None:
    """A Cantonese track is the original of a Chinese series."""
    assert same_original(lang(original), lang(heard)) is expected
    assert same_original(lang(heard), lang(original)) is expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("pt-BR", "pt-PT", True),
        ("pt-BR", "pt-BR", False),
        ("pt-BR", "pt", False),
        ("pt", "pt", False),
        ("yue", "cmn", True),
        ("yue", "yue", False),
        ("yue", "zh", False),
        ("yue", "zh-TW", True),
        ("es-419", "es-MX", False),
        ("es-419", "es-ES", True),
        ("es-419", "es-419", False),
        ("es-MX", "es-AR", True),
        ("es-419", "pt-BR", False),
        ("en-US", "fr-FR", False),
        ("sr-RS", "sh-HR", True),
        ("sr-RS", "hr-HR", False),
        ("yue", "nb", False),
        ("qu-419", "quz", True),
        ("quz", "qu-BO", True),
    ],
)
def test_two_regions_of_one_language_differ(a: str, b: str, expected: bool) -> None:
    """Both must name a region or member of one language; Latin America differs from none of its countries."""
    assert differ(lang(a), lang(b)) is expected
    assert differ(lang(b), lang(a)) is expected
