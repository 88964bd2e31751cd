"""What is read as which language: codes, tags, names, and what names no language."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from taggarr.core.language import Language, name, parse, parse_original, suggest

SPECS = Path(os.environ.get("TAGGARR_ARR_SPECS", Path(__file__).parents[3] / "shared" / "arr"))


def tag(text: str | None) -> str:
    """The parsed language's tag, or the kind of no language in brackets."""
    found = parse(text)
    return str(found) if isinstance(found, Language) else f"<{found.value}>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # ISO 639-1, 639-2/T and /B, 639-3
        ("ja", "ja"),
        ("jpn", "ja"),
        ("JPN", "ja"),
        ("deu", "de"),
        ("ger", "de"),
        ("fra", "fr"),
        ("fre", "fr"),
        ("zho", "zh"),
        ("chi", "zh"),
        ("ces", "cs"),
        ("cze", "cs"),
        ("dut", "nl"),
        ("rum", "ro"),
        ("gre", "el"),
        ("geo", "ka"),
        ("per", "fa"),
        ("slo", "sk"),
        ("ice", "is"),
        ("alb", "sq"),
        ("mac", "mk"),
        ("may", "ms"),
        ("haw", "haw"),
        ("ceb", "ceb"),
        ("aaa", "aaa"),  # no table of ours has it: langcodes knows it
        ("aam", "aas"),  # retired, likewise
        # retired codes
        ("iw", "he"),
        ("in", "id"),
        ("ji", "yi"),
        ("jw", "jv"),
        ("mo", "ro"),
        ("mol", "ro"),
        ("scr", "hr"),
        ("scc", "sr"),
        ("sh", "sh"),
        ("hbs", "sh"),
        ("ajp", "apc"),
        # private codes
        ("pob", "pt-BR"),
        ("zht", "zh-TW"),
        ("spl", "es-419"),
        # BCP 47
        ("pt-BR", "pt-BR"),
        ("pt_br", "pt-BR"),
        ("por-BR", "pt-BR"),
        ("es-419", "es-419"),
        ("es-LA", "es-419"),
        ("es-XL", "es-419"),
        ("lo-LA", "lo-LA"),
        ("zh-Hant", "zh"),
        ("zh-TW", "zh-TW"),
        ("zh-Hant-TW", "zh-TW"),
        ("sr-Latn-RS", "sr-RS"),
        ("sr-Latn", "sr"),
        ("en-UK", "en-GB"),
        ("sr-YU", "sr-RS"),
        ("en-001", "en"),  # the whole world is no region
        ("en-XX", "en"),
        ("en-150", "en"),
        ("de-1996", "de"),
        ("de-1996-AT", "de-AT"),
        ("en-x-US", "en"),
        ("en-a-gb-US", "en"),
        ("en-", "en"),
        ("ja-JP-", "ja-JP"),
        (" ja\0", "ja"),
        ("zh-yue", "yue"),
        ("zh-yue-HK", "yue"),
        ("zh-cmn-Hans-CN", "cmn"),
        ("ar-arz", "arz"),
        ("no-nob", "nb"),
        ("en-yue", "en"),  # not a member of English
        ("en-yue-US", "en-US"),
        ("twi", "tw"),
        ("Lao", "lo"),
        ("i-klingon", "tlh"),
        ("i-lux", "lb"),
        ("art-lojban", "jbo"),
        ("no-bok", "nb"),
        ("no-nyn", "nn"),
        ("zh-min-nan", "nan"),
        ("zh-guoyu", "cmn"),
        ("ZH_MIN_NAN", "nan"),
        # with a member, the region is dropped
        ("yue-HK", "yue"),
        ("nb-NO", "nb"),
        ("cmn-Hant-TW", "cmn"),
        ("fil-PH", "tl-PH"),
        # English names
        ("Japanese", "ja"),
        ("japanese", "ja"),
        ("JAPANESE", "ja"),
        ("Brazilian Portuguese", "pt-BR"),
        ("British English", "en-GB"),
        ("Latin American Spanish", "es-419"),
        ("Spanish (Latin America)", "es-419"),
        ("Castilian", "es-ES"),
        ("Mandarin", "cmn"),
        ("Cantonese", "yue"),
        ("Mandarin Chinese", "cmn"),
        ("Chinese (Cantonese)", "yue"),
        ("Chinese (yue)", "yue"),
        ("Chinese (Simplified)", "zh"),
        ("Chinese (Taiwan)", "zh-TW"),
        ("Serbian [Cyrillic]", "sr"),
        ("English (US)", "en-US"),
        ("English (UK)", "en-GB"),
        ("eng (USA)", "en-US"),
        ("Spanish (Mexico)", "es-MX"),
        ("Spanish (España)", "es-ES"),
        ("Spanish (LA)", "es-419"),
        ("Norwegian Bokmål", "nb"),
        ("norwegian bokmal", "nb"),
        ("Serbo-Croatian", "sh"),
        ("Min-Nan", "nan"),
        ("Farsi", "fa"),
        ("Filipino", "tl"),
        ("Moldavian", "ro"),
        ("Greek, Modern", "el"),
        ("Haitian Creole", "ht"),
        ("Scottish Gaelic", "gd"),
    ],
)
def test_codes_tags_and_names_are_read(text: str, expected: str) -> None:
    """Every way of writing a language that files, arrs and people use gives one canonical tag."""
    assert tag(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, "<unlabelled>"),
        ("", "<unlabelled>"),
        (" ", "<unlabelled>"),
        ("\0\0", "<unlabelled>"),
        ("und", "<unlabelled>"),
        ("UND", "<unlabelled>"),
        ("und-Latn", "<unlabelled>"),
        ("Undetermined", "<unlabelled>"),
        ("zxx", "<no speech>"),
        ("zxx-US", "<no speech>"),
        ("No linguistic content", "<no speech>"),
        ("mul", "<neutral>"),
        ("mis", "<neutral>"),
        ("qaa", "<neutral>"),
        ("qad", "<neutral>"),
        ("qtz", "<neutral>"),
        ("qaa-US", "<neutral>"),
        ("xx", "<neutral>"),
        ("zzz", "<neutral>"),
        ("jp", "<neutral>"),
        ("sla", "<neutral>"),  # Slavic languages
        ("bh", "<neutral>"),  # Bihari languages
        ("sgn", "<neutral>"),
        ("x", "<neutral>"),
        ("root", "<neutral>"),
        ("i-default", "<neutral>"),
        ("x-private", "<neutral>"),
        ("Original", "<neutral>"),
        ("Unknown", "<neutral>"),
        ("Any", "<neutral>"),
        ("any", "<neutral>"),
        ("Klingonese", "<neutral>"),
        ("English (Klingon)", "<neutral>"),
        ("English (French)", "<neutral>"),
        ("English (nonsense)", "<neutral>"),
        ("Nonsense (Brazil)", "<neutral>"),
        ("pt-BR (Portugal)", "<neutral>"),
        ("Chinese (zh-TW)", "<neutral>"),
        ("日本語", "<neutral>"),
        ("Japanese / English", "<neutral>"),
        ("en" + "-abcdefgh" * 20, "<neutral>"),
    ],
)
def test_what_names_no_language_is_told_apart(text: str | None, expected: str) -> None:
    """Unlabelled, no speech and neutral are three things."""
    assert tag(text) == expected


def test_codes_next_to_the_private_range_are_languages() -> None:
    """The private range is `qaa` to `qtz`; `qua` and later codes are real languages."""
    assert [tag(code) for code in ("pzn", "qua", "quz", "que")] == ["pzn", "qua", "quz", "qu"]


@pytest.mark.parametrize(
    ("member", "macro"),
    [
        ("cmn", "zh"),
        ("yue", "zh"),
        ("nan", "zh"),
        ("hak", "zh"),
        ("wuu", "zh"),
        ("nb", "no"),
        ("nn", "no"),
        ("nob", "no"),
        ("ekk", "et"),
        ("pes", "fa"),
        ("prs", "fa"),
        ("arz", "ar"),
        ("apc", "ar"),
        ("arb", "ar"),
        ("lvs", "lv"),
        ("swh", "sw"),
        ("zsm", "ms"),
        ("min", "ms"),
        ("zyb", "za"),
        ("uzn", "uz"),
        ("khk", "mn"),
        ("ckb", "ku"),
        ("tw", "ak"),
        ("twi", "ak"),
        ("npi", "ne"),
        ("ydd", "yi"),
        ("gom", "kok"),
        ("bcl", "bik"),
        ("als", "sq"),
        ("cls", "sa"),
        ("quz", "qu"),
        ("qxw", "qu"),
    ],
)
def test_members_fold_into_their_macrolanguage(member: str, macro: str) -> None:
    """ISO 639-3's members keep their own code and know their macrolanguage."""
    language = parse(member)
    assert isinstance(language, Language)
    assert language.primary == macro
    assert language.member is not None
    assert language.region is None
    assert not language.bare


@pytest.mark.parametrize("code", ["id", "sr", "hr", "bs", "cnr", "sh", "tl", "zh", "no", "ar", "fa"])
def test_some_stay_languages_of_their_own(code: str) -> None:
    """Indonesian is no Malay, Serbian no Serbo-Croatian, and a macrolanguage is no member of itself."""
    assert parse(code) == Language(code)


def test_filipino_is_tagalog() -> None:
    """`fil` and `tl` are one language, neither a member of the other."""
    assert {parse("fil"), parse("tl"), parse("tgl"), parse("Filipino")} == {Language("tl")}


ARR_NAMES = {
    "Unknown": None,
    "Original": None,
    "Any": None,
    "English": "en",
    "French": "fr",
    "Spanish": "es",
    "German": "de",
    "Italian": "it",
    "Danish": "da",
    "Dutch": "nl",
    "Japanese": "ja",
    "Icelandic": "is",
    "Chinese": "zh",
    "Russian": "ru",
    "Polish": "pl",
    "Vietnamese": "vi",
    "Swedish": "sv",
    "Norwegian": "no",
    "Finnish": "fi",
    "Turkish": "tr",
    "Portuguese": "pt",
    "Flemish": "nl-BE",
    "Greek": "el",
    "Korean": "ko",
    "Hungarian": "hu",
    "Hebrew": "he",
    "Lithuanian": "lt",
    "Czech": "cs",
    "Arabic": "ar",
    "Hindi": "hi",
    "Bulgarian": "bg",
    "Malayalam": "ml",
    "Ukrainian": "uk",
    "Slovak": "sk",
    "Thai": "th",
    "Portuguese (Brazil)": "pt-BR",
    "Spanish (Latino)": "es-419",
    "Romanian": "ro",
    "Latvian": "lv",
    "Persian": "fa",
    "Catalan": "ca",
    "Croatian": "hr",
    "Serbian": "sr",
    "Bosnian": "bs",
    "Estonian": "et",
    "Tamil": "ta",
    "Indonesian": "id",
    "Macedonian": "mk",
    "Slovenian": "sl",
    "Azerbaijani": "az",
    "Uzbek": "uz",
    "Malay": "ms",
    "Urdu": "ur",
    "Romansh": "rm",
    "Georgian": "ka",
    "Bengali": "bn",
    "Telugu": "te",
    "Kannada": "kn",
    "Albanian": "sq",
    "Afrikaans": "af",
    "Marathi": "mr",
    "Tagalog": "tl",
    "Mongolian": "mn",
}


@pytest.mark.parametrize(("written", "expected"), ARR_NAMES.items())
def test_the_names_of_the_arrs(written: str, expected: str | None) -> None:
    """Each name on the lists of Sonarr and Radarr is its language; three of them are none."""
    found = parse_original(written)
    assert (str(found) if found else None) == expected


@pytest.mark.parametrize("written", [None, "", "und", "zxx", "mul", "qaa", "Gibberish"])
def test_no_original_is_known(written: str | None) -> None:
    """An original that names no language is not known."""
    assert parse_original(written) is None


def test_the_recorded_lists_of_the_arrs_are_covered() -> None:
    """The table above holds every name that the products' own lists have."""
    lists = SPECS / "languages_ids.json"
    if not lists.is_file():
        pytest.skip("the recorded language lists are not here (TAGGARR_ARR_SPECS)")
    recorded = {row["name"] for rows in json.loads(lists.read_text()).values() for row in rows}
    assert recorded == ARR_NAMES.keys()


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (Language("ja"), "Japanese"),
        (Language("pt", region="BR"), "Portuguese (Brazil)"),
        (Language("es", region="419"), "Spanish (Latin America)"),
        (Language("nl", region="BE"), "Flemish"),
        (Language("nl"), "Dutch"),
        (Language("zh", member="yue"), "Cantonese"),
        (Language("no", member="nb"), "Norwegian Bokmål"),
        (Language("en", region="GB"), "English (United Kingdom)"),
        (Language("ar", member="acq"), "acq"),
        (Language("aaa"), "aaa"),
        (Language("aaa", region="NG"), "aaa (Nigeria)"),
        (Language("en", region="XX"), "English (XX)"),
    ],
)
def test_names_are_for_people(language: Language, expected: str) -> None:
    """The English name; where there is none, the code."""
    assert name(language) == expected


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ("Portugese", ["pt"]),
        ("japenese", ["ja", "jv", "ace"]),
        ("Germna", ["de"]),
        ("Norwegain", ["no"]),
        ("Portuguese (Brasil", ["pt-BR"]),
        ("jp", ["ja"]),
        ("JAP", ["ja"]),
        ("cz", ["cs"]),
        ("ua", ["uk"]),
        ("Span", ["es", "es-419", "shn"]),
        ("xx", []),
        ("", []),
        ("???", []),
    ],
)
def test_suggestions_for_a_wrong_name(wrong: str, expected: list[str]) -> None:
    """A misspelt name or a country's code leads to the language that was meant, best first."""
    assert [str(language) for language in suggest(wrong)] == expected


def test_at_most_three_suggestions() -> None:
    """A beginning that many names share gives three, not all."""
    assert len(suggest("Northern")) == 3


def test_a_member_takes_no_region() -> None:
    """The state "member and region" cannot be written down."""
    with pytest.raises(ValueError, match="yue, HK"):
        Language("zh", member="yue", region="HK")


def test_languages_sort_by_tag() -> None:
    """Lists of languages are shown in the order of their tags."""
    portuguese, brazilian = Language("pt"), Language("pt", region="BR")
    cantonese, english = Language("zh", member="yue"), Language("en")
    assert sorted([cantonese, brazilian, portuguese, english]) == [english, portuguese, brazilian, cantonese]


def test_usual_codes_need_no_langcodes() -> None:
    """Importing and parsing what libraries hold leaves langcodes, which costs 30 ms, alone."""
    script = (
        "import sys; from taggarr.core.language import parse\n"
        "[parse(code) for code in ('jpn', 'pt-BR', 'yue', 'Flemish', 'haw', 'qaa', None)]\n"
        "print('langcodes' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
