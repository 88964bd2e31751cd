"""What holds for every language, not only for those that a table names."""

from hypothesis import given
from hypothesis import strategies as st

from taggarr.core.language import (
    Language,
    Match,
    NoLanguage,
    differ,
    matches,
    name,
    parse,
    same_original,
    suggest,
)
from taggarr.core.language_codes import MACRO_OF
from taggarr.core.language_names import ALIASES, NAMES
from taggarr.core.region_names import REGIONS


def canonical(tag: str) -> Language:
    language = parse(tag)
    assert isinstance(language, Language), tag
    return language


CODES = sorted(NAMES.keys() | MACRO_OF.keys())
TAGS = st.one_of(
    st.sampled_from(CODES),
    st.tuples(st.sampled_from(sorted(NAMES)), st.sampled_from(sorted(REGIONS))).map("-".join),
)
LANGUAGES = TAGS.map(canonical)
NEAR = st.sampled_from(
    ["es", "es-419", "es-MX", "es-ES", "zh", "yue", "cmn", "zh-TW", "sh", "sr", "hr", "sr-RS"]
)
KIN = NEAR.map(canonical)


def test_every_language_of_the_tables_reads_back() -> None:
    """Name and tag of each known language or member lead back to it."""
    assert [code for code in CODES if str(canonical(code)) != code] == []
    assert [code for code in CODES if parse(name(canonical(code))) != canonical(code)] == []


def test_every_region_reads_back() -> None:
    """Name and tag of a language with each known region lead back to it."""
    french = [Language("fr", region=region) for region in REGIONS]
    assert [language for language in french if parse(str(language)) != language] == []
    assert [language for language in french if parse(name(language)) != language] == []


def test_every_other_name_leads_to_its_language() -> None:
    """Each alias is the language of its tag, in capitals too."""
    for alias, tag in ALIASES.items():
        assert parse(alias) == parse(alias.upper()) == canonical(tag), alias


@given(LANGUAGES)
def test_names_and_tags_read_back(language: Language) -> None:
    """Whatever was parsed can be written as a name or a tag and read again, in any case of letters."""
    assert parse(name(language)) == language
    assert (
        parse(str(language))
        == parse(str(language).upper())
        == parse(str(language).replace("-", "_"))
        == language
    )


@given(st.text(max_size=120))
def test_any_text_is_judged(text: str) -> None:
    """No text breaks the reading or the suggestions."""
    assert isinstance(parse(text), Language | NoLanguage)
    assert len(suggest(text[:20])) <= 3


@given(st.one_of(LANGUAGES, KIN), st.booleans())
def test_a_language_matches_itself(language: Language, accepted: bool) -> None:
    """Exactly, whatever the policy, and it does not differ from itself."""
    assert matches(language, language, accepted) is Match.EXACT
    assert same_original(language, language)
    assert not differ(language, language)


@given(LANGUAGES, st.booleans())
def test_a_bare_wish_takes_any_region_or_member(language: Language, accepted: bool) -> None:
    """`pt` is satisfied by all Portuguese, `zh` by all Chinese."""
    assert matches(Language(language.primary), language, accepted) is Match.EXACT


@given(st.one_of(LANGUAGES, KIN), st.one_of(LANGUAGES, KIN))
def test_relations_of_two_languages(a: Language, b: Language) -> None:
    """What differs never matches, what matches is one language, and only policy turns assumed into none."""
    assert same_original(a, b) == same_original(b, a)
    assert differ(a, b) == differ(b, a)
    accepted, rejected = matches(a, b, True), matches(a, b, False)
    assert accepted is None or same_original(a, b)
    assert not (accepted and differ(a, b))
    assert rejected is (accepted if accepted is Match.EXACT else None)
    if same_original(a, b) and not differ(a, b):
        assert accepted or matches(b, a, True)
