"""The tables of words are of one mind: no phrase means two things, and none is out of reach."""

from taggarr.core.language import Language, parse
from taggarr.core.region_names import REGIONS as ALL_REGIONS
from taggarr.core.title_languages import CODES, LANGUAGES, NO_CODES, REGION_CODES, REGIONS
from taggarr.core.title_terms import Role
from taggarr.core.title_words import COMMENTARY, DESCRIPTION, FILLERS, MUSIC, NO_ROLE
from taggarr.core.titles import read_title


def phrases(words: str) -> list[str]:
    return [phrase.strip() for phrase in words.replace("\n", " ").split(",")]


def rows(table: str) -> list[tuple[Language, str]]:
    found = []
    for line in table.strip().replace("\n  ", " ").splitlines():
        tag, words = line.split(": ")
        language = parse(tag)
        assert isinstance(language, Language)
        assert str(language) == tag
        found += [(language, phrase) for phrase in phrases(words)]
    return found


def test_every_phrase_of_a_part_tells_it() -> None:
    """Alone and among other words, in small letters and capitals."""
    parts = {Role.COMMENTARY: COMMENTARY, Role.DESCRIPTION: DESCRIPTION, Role.MUSIC: MUSIC}
    wrong = [
        title
        for role, words in parts.items()
        for phrase in phrases(words)
        for title in (phrase, phrase.upper(), f"Foo {phrase} bar", f"Foo ({phrase}) 5.1")
        if read_title(title).role is not role
    ]
    assert wrong == []


def test_no_other_phrase_tells_a_part() -> None:
    """Denials, fillers, names of languages and regions exclude no track."""
    names = [phrase for _, phrase in rows(LANGUAGES) + rows(REGIONS)]
    assert [p for p in [*phrases(NO_ROLE), *phrases(FILLERS), *names] if read_title(p).role] == []


def test_every_name_names_its_language() -> None:
    """Each name of a language alone, in capitals and among other words is that language and no other."""
    wrong = [
        (title, read_title(title).language)
        for language, phrase in rows(LANGUAGES)
        for title in (phrase, phrase.upper(), f"Foo {phrase} bar", f"{phrase} 5.1")
        if read_title(title).language != language
    ]
    assert wrong == []


def test_every_word_of_a_region_tells_it_beside_its_language() -> None:
    """`English (australian)` is en-AU; the word alone names no language."""
    names = {
        "en": "English",
        "es": "Spanish",
        "pt": "Portuguese",
        "fr": "French",
        "de": "German",
        "nl": "Dutch",
        "zh": "Chinese",
    }
    for region, phrase in rows(REGIONS):
        assert read_title(f"{names[region.primary]} ({phrase})").language == region, phrase
        assert read_title(phrase).language is None, phrase


def test_every_tag_of_a_region_is_read_wherever_it_stands() -> None:
    """`foo pt-BR bar` names Brazilian Portuguese."""
    for region in {region for region, _ in rows(REGIONS)}:
        assert read_title(f"foo {region} bar").language == region


def test_abbreviations_in_brackets() -> None:
    """Each abbreviation names its language; those of regions, and `UK`, name none."""
    for code, tag in CODES.items():
        assert str(read_title(f"[{code}]").language) == tag
    for code in [*REGION_CODES, *NO_CODES]:
        assert read_title(f"[{code}]").language is None


def test_the_codes_of_the_languages_in_the_table_count_alone() -> None:
    """Codes of two and three letters, of both kinds of ISO 639-2, name their language."""
    codes = "en eng de deu ger fr fra fre es spa it ita ja jpn zh zho chi cs ces cze nl nld dut ko kor nb nob yue el gre"
    named = {code: str(read_title(code).language) for code in codes.split()}
    assert named == {code: str(parse(code)) for code in codes.split()}
    assert {read_title(code).language for code in ("kr", "br", "se", "tv", "hd", "sd", "la", "uk")} == {None}


def test_regions_are_known_ones() -> None:
    """Every region in the tables is one that `parse` accepts."""
    assert {region.region for region, _ in rows(REGIONS)} <= ALL_REGIONS.keys()
