"""The finding of one file: every worked case and every rule, with the verdict written out."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from taggarr.core import finding
from taggarr.core.evidence import Original
from taggarr.core.finding import Finding, judge_file
from taggarr.core.language import Language, parse, parse_original
from taggarr.core.media import ARR, AudioTrack, Cause, Heard, LanguageSource, Unreadable
from taggarr.core.policy import ExtraLanguages, Policy, UnknownRegion, Untagged


@pytest.fixture(autouse=True)
def _afresh() -> None:
    """Alike files share a finding: without this, a test could pass on what another one worked out."""
    finding._judge.cache_clear()


DOC = Path(__file__).parents[2] / "docs" / "reference" / "tagging.md"
REJECT = UnknownRegion.REJECT
FLAG = ExtraLanguages.FLAG


def languages(text: str) -> tuple[Language, ...]:
    """`en, pt-BR` as languages."""
    found = tuple(parse(word) for word in text.split(",") if word.strip())
    assert all(isinstance(language, Language) for language in found), text
    return found  # type: ignore[return-value]  # the line above says so


def tracks(text: str) -> tuple[AudioTrack, ...]:
    """`ja, en (commentary), unlabelled, ko (original)` as tracks in the order of the file."""
    found = []
    for position, word in enumerate([w for w in text.split(",") if w.strip()], start=1):
        language, _, flag = word.strip().partition(" ")
        language = "" if language == "unlabelled" else language
        track = AudioTrack(
            position,
            bcp47=language or None,
            language_source=LanguageSource.STATED if language else LanguageSource.NONE,
        )
        flags = {"(commentary)": "commentary", "(description)": "visual_impaired", "(original)": "original"}
        found.append(replace(track, **{flags[flag]: True}) if flag else track)
    return tuple(found)


def judge(
    original: str | None,
    targets: str,
    heard: str,
    *,
    arr: bool = False,
    source: str = "matroska",
    **policy: object,
) -> Finding:
    """The finding of a file with the tracks `heard`; with `arr`, the original is the arr's own word."""
    known = Original(
        parse_original(original) if original else None,
        arr_english=arr and original == "English",
        arr_languages=frozenset({"en", "ja", "de", "fr", "pt", "zh", "hr", "sr"}) if arr else None,
    )
    return judge_file(Heard(tracks(heard), source), Policy(languages(targets), **policy), known)


def tags(found: tuple[Language, ...]) -> list[str]:
    """Languages as text."""
    return [str(language) for language in found]


# --- the worked cases -------------------------------------------------------------------------------------

WORKED_CASES = [
    # original, targets, tracks, verdict, assumed
    ("Japanese", "en", "ja", "original", False),
    ("Japanese", "en", "ja, en", "dub", False),
    ("Japanese", "en", "ja, en, de", "dub", False),
    ("Japanese", "en", "ja, de", "wrong-dub", False),
    ("Japanese", "en", "de", "wrong-dub", False),
    ("Japanese", "en", "ja, en (commentary)", "original", False),
    ("Japanese", "en", "unlabelled, en", "dub", False),
    ("Japanese", "en", "unlabelled", "original", True),
    ("Japanese", "en, fr", "ja, en", "semi-dub", False),
    ("Japanese", "en, fr", "ja, en, de", "semi-dub", False),
    ("Japanese", "en, ja", "en", "semi-dub", False),
    ("English", "en", "en", "original", False),
    ("English", "en-GB", "en", "original", False),
    ("English", "en", "de", "wrong-dub", False),
    ("English", "en, fr", "en", "original", False),
    ("English", "en, fr", "en, fr", "dub", False),
    ("English", "en, fr", "en, de", "wrong-dub", False),
    ("Chinese", "en", "yue", "original", False),
    ("Norwegian", "en", "nb", "original", False),
    ("Portuguese (Brazil)", "en", "pt-BR", "original", False),
    ("Portuguese (Brazil)", "pt-PT", "pt", "original", False),
    ("Portuguese (Brazil)", "pt-PT", "pt-BR, pt-PT", "dub", False),
    ("Portuguese", "pt-BR", "pt-PT", "original", False),
    ("Spanish", "es-419", "es", "original", False),
    ("Chinese", "yue", "cmn", "original", False),
    ("Japanese", "es", "ja, es-419", "dub", False),
    ("Japanese", "es-419", "ja, es-ES", "wrong-dub", False),
    ("Japanese", "es-419", "ja, es-MX", "dub", False),
    ("Japanese", "es-MX", "ja, es-419", "dub", True),
    ("Japanese", "zh-TW", "ja, yue", "wrong-dub", False),
    ("Japanese", "pt-BR, pt-PT", "ja, pt", "semi-dub", True),
    ("Japanese", "pt-BR", "ja, pt", "dub", True),
    ("Japanese", "en", "zxx", "original", False),
    ("Unknown", "en", "zxx", "original", False),
    ("Unknown", "en", "ko", "unknown", False),
    ("Unknown", "en", "en, ko", "dub", False),
]


@pytest.mark.parametrize(("original", "targets", "heard", "verdict", "assumed"), WORKED_CASES)
def test_a_worked_case(original: str, targets: str, heard: str, verdict: str, assumed: bool) -> None:
    """The cases that settle what the rules mean."""
    found = judge(original, targets, heard)

    assert (found.verdict.value, found.assumed) == (verdict, assumed)


def test_telugu_under_the_arrs_english_is_unknown() -> None:
    """The arr says English of what it has no name for; Telugu is not on its list."""
    assert judge("English", "en", "te", arr=True).verdict.value == "unknown"


# --- rule by rule -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("cause", list(Cause))
def test_rule_1_what_could_not_be_read_is_unknown(cause: Cause) -> None:
    """The reader's sentence is the reason, and nothing is said to be missing."""
    found = judge_file(
        Unreadable("the file is empty", cause), Policy(languages("en")), Original(Language("ja"))
    )

    assert (found.verdict.value, found.rule) == ("unknown", 1)
    assert found.reason == "the audio is not known: the file is empty"
    assert (found.heard, found.missing, found.foreign, found.tracks) == ((), (), (), ())


RULES = [
    # rule, original, targets, tracks, policy, verdict, heard, missing, foreign
    (1, "Japanese", "en", "", {}, "unknown", "", "", ""),
    (2, "Japanese", "en", "zxx", {}, "original", "", "", ""),
    (2, "Japanese", "en", "zxx, mul", {}, "original", "", "", ""),
    (2, "Japanese", "en", "zxx, unlabelled", {}, "original", "", "", ""),
    (2, "English", "en", "zxx", {"count_original_as_dub": True}, "original", "", "", ""),
    (3, "Japanese", "pt-BR", "zxx, pt", {"unknown_region": REJECT}, "unknown", "", "", ""),
    (3, "Japanese", "pt-BR", "pt", {"unknown_region": REJECT}, "unknown", "", "", ""),
    (3, "Japanese", "en", "mul", {}, "unknown", "", "", ""),
    (3, "Japanese", "en", "mul, unlabelled", {}, "unknown", "", "", ""),
    (3, "Unknown", "en", "unlabelled", {}, "unknown", "", "", ""),
    (3, "Japanese", "en", "unlabelled", {"untagged": Untagged.UNKNOWN}, "unknown", "", "", ""),
    (3, "Japanese", "en", "en (commentary)", {}, "unknown", "", "", ""),
    (3, "Japanese", "en", "zxx (commentary)", {}, "unknown", "", "", ""),
    (4, "Japanese", "en", "ja, en, de", {"extra_languages": FLAG}, "wrong-dub", "ja, en, de", "", "de"),
    (4, "Japanese", "ja", "ja, de", {"extra_languages": FLAG}, "wrong-dub", "ja, de", "", "de"),
    (4, "Japanese", "en", "ja, de", {"extra_languages": FLAG}, "wrong-dub", "ja, de", "en", "de"),
    (5, "Unknown", "en", "en, de", {"extra_languages": FLAG}, "dub", "en, de", "", "de"),
    (5, "Japanese", "en", "ja, en", {"extra_languages": FLAG}, "dub", "ja, en", "", ""),
    (5, "Japanese", "en", "en", {}, "dub", "en", "", ""),
    (5, "Japanese", "en, ja", "ja, en", {}, "dub", "ja, en", "", ""),
    (5, "Japanese", "en", "de, en", {}, "dub", "de, en", "", "de"),
    (5, "Japanese", "de", "unlabelled, ja", {"untagged": Language("de")}, "dub", "de, ja", "", ""),
    (6, "Japanese", "en, fr", "en", {}, "semi-dub", "en", "fr", ""),
    (6, "Japanese", "en, fr", "en, de", {}, "semi-dub", "en, de", "fr", "de"),
    (6, "Unknown", "en, fr", "fr, ko", {}, "semi-dub", "fr, ko", "en", "ko"),
    (7, "Japanese", "en", "ja, de, fr", {}, "wrong-dub", "ja, de, fr", "en", "de, fr"),
    (7, "English", "en", "de", {}, "wrong-dub", "de", "en", "de"),
    (7, "English", "en", "te", {}, "wrong-dub", "te", "en", "te"),
    (7, "Unknown", "en", "ko", {}, "unknown", "ko", "en", "ko"),
    (7, "Japanese", "en", "en (commentary), de", {}, "wrong-dub", "de", "en", "de"),
    (8, "Japanese", "en", "ja", {}, "original", "ja", "en", ""),
    (8, "Japanese", "ja", "ja, de", {}, "original", "ja, de", "", "de"),
    (8, "English", "en", "en", {}, "original", "en", "", ""),
    (8, "English", "en", "en", {"count_original_as_dub": True}, "dub", "en", "", ""),
    (8, "English", "en, fr", "en", {"count_original_as_dub": True}, "original", "en", "fr", ""),
    (8, "Japanese", "en", "ja", {"count_original_as_dub": True}, "original", "ja", "en", ""),
    (8, "Unknown", "en", "ko (original)", {}, "original", "ko", "en", ""),
    (8, "Unknown", "ko", "ko (original)", {"count_original_as_dub": True}, "dub", "ko", "", ""),
    (8, "Japanese", "en", "ja, mul", {}, "original", "ja", "en", ""),
    (9, "Serbian", "sh", "hr", {}, "unknown", "hr", "", ""),
]


@pytest.mark.parametrize(
    ("rule", "original", "targets", "heard", "policy", "verdict", "said", "missing", "foreign"), RULES
)
def test_the_first_rule_that_applies_decides(
    rule: int,
    original: str,
    targets: str,
    heard: str,
    policy: dict[str, object],
    verdict: str,
    said: str,
    missing: str,
    foreign: str,
) -> None:
    """Each rule, its number, and what it rests on."""
    found = judge(original, targets, heard, **policy)

    assert (found.verdict.value, found.rule) == (verdict, rule)
    assert (found.heard, found.missing, found.foreign) == (
        languages(said),
        languages(missing),
        languages(foreign),
    )
    assert found.no_speech is (rule == 2)
    assert not found.assumed


@pytest.mark.parametrize(
    ("targets", "heard", "listed", "verdict"),
    [
        ("en", "te", {"en", "de"}, "unknown"),
        ("en", "te, kn", {"en", "de"}, "unknown"),
        ("en, fr", "en, te", {"en", "de"}, "unknown"),
        ("en", "te, de", {"en", "de"}, "wrong-dub"),
        ("en", "yue", {"en", "zh"}, "wrong-dub"),
        ("en", "pt-BR", {"en", "pt"}, "wrong-dub"),
        ("en", "sh", {"en", "hr"}, "wrong-dub"),
        ("en", "sh", {"en", "sk"}, "unknown"),
        ("en", "te", None, "unknown"),
        ("en", "de", None, "unknown"),
        ("fr", "te, fr", {"en"}, "dub"),
        ("en, fr", "te, fr", {"en"}, "semi-dub"),
        ("en", "te, en", {"en"}, "original"),
    ],
)
def test_rule_7_doubts_the_arrs_english(
    targets: str, heard: str, listed: set[str] | None, verdict: str
) -> None:
    """The arrs say English when they know no better: then a language that they cannot name proves nothing."""
    original = Original(
        Language("en"), arr_english=True, arr_languages=None if listed is None else frozenset(listed)
    )

    found = judge_file(Heard(tracks(heard), "mp4"), Policy(languages(targets)), original)

    assert found.verdict.value == verdict


def test_rule_7_takes_the_users_english_as_it_is() -> None:
    """An override is no guess: Telugu in an English series is a wrong dub, listed or not."""
    original = Original(Language("en"), arr_english=False, arr_languages=frozenset({"en"}))

    found = judge_file(Heard(tracks("te"), "mp4"), Policy(languages("en")), original)

    assert (found.verdict.value, found.rule) == ("wrong-dub", 7)


def test_a_flagged_original_is_not_the_arrs_english() -> None:
    """The file's own flag names English, so the arr's doubt does not apply."""
    original = Original(None, arr_english=True, arr_languages=frozenset({"en"}))

    found = judge_file(Heard(tracks("en (original), te"), "mp4"), Policy(languages("de")), original)

    assert (found.verdict.value, found.rule) == ("wrong-dub", 7)


# --- regions, members, Serbo-Croatian ---------------------------------------------------------------------

REGIONS = [
    # original, targets, tracks, unknown_region, verdict, assumed
    ("Japanese", "pt", "pt-BR", "accept", "dub", False),
    ("Japanese", "zh", "yue", "reject", "dub", False),
    ("Japanese", "pt-BR", "ja, pt", "reject", "original", False),
    ("Japanese", "pt-BR", "ja, pt-PT", "accept", "wrong-dub", False),
    ("Japanese", "pt-BR", "ja, pt-PT", "reject", "wrong-dub", False),
    ("Japanese", "pt-BR, pt-PT", "pt, pt", "accept", "dub", True),
    ("Japanese", "pt-BR, pt-PT", "pt, pt-BR", "accept", "dub", True),
    ("Japanese", "pt-BR, pt-PT", "pt-PT, pt-BR", "accept", "dub", False),
    ("Japanese", "pt-BR, pt", "pt", "reject", "semi-dub", False),
    ("Japanese", "pt-BR, en", "ja, en, pt", "reject", "semi-dub", False),
    ("Japanese", "pt-BR", "ja, pt, pt", "accept", "dub", True),
    ("Japanese", "es-MX", "ja, es-419", "reject", "original", False),
    ("Japanese", "es-MX", "ja, es-AR", "accept", "wrong-dub", False),
    ("Japanese", "cmn", "ja, zh", "accept", "dub", True),
    ("Japanese", "cmn", "ja, zh", "reject", "original", False),
    ("Japanese", "cmn", "ja, cmn", "reject", "dub", False),
    ("Japanese", "cmn", "ja, yue", "accept", "wrong-dub", False),
    ("Japanese", "cmn", "ja, zh-TW", "accept", "wrong-dub", False),
    ("Japanese", "zh-TW", "ja, zh-Hant", "accept", "dub", True),
    # the original's own language
    ("Portuguese (Brazil)", "pt-PT", "pt", "reject", "original", False),
    ("Portuguese (Brazil)", "pt-PT", "pt-PT", "accept", "dub", False),
    ("Portuguese (Brazil)", "pt-PT", "pt-AO", "accept", "original", False),
    ("Portuguese (Brazil)", "pt-PT", "pt, pt-PT", "accept", "dub", False),
    ("Portuguese (Brazil)", "pt-PT, en", "pt-BR, pt-PT", "accept", "semi-dub", False),
    ("Portuguese (Brazil)", "pt-PT, pt", "pt-PT", "accept", "dub", False),
    ("Portuguese (Brazil)", "pt-PT, pt-BR", "pt-PT", "accept", "semi-dub", False),
    ("Portuguese (Brazil)", "pt-PT, pt-BR", "pt-PT, pt", "reject", "dub", False),
    ("Portuguese (Brazil)", "pt-PT, pt-BR", "unlabelled, pt-PT", "accept", "dub", True),
    ("Portuguese (Brazil)", "pt", "pt-PT", "accept", "original", False),
    ("Portuguese", "pt-BR, pt-PT", "pt", "reject", "original", False),
    ("Spanish (Latino)", "es-MX", "es", "accept", "original", False),
    ("Spanish (Latino)", "es-MX", "es-ES", "accept", "original", False),
    ("Spanish (Latino)", "es-ES", "es-MX", "accept", "original", False),
    ("Spanish (Latino)", "es-ES", "es-ES", "accept", "dub", False),
    ("es-ES", "es-419", "es-MX", "accept", "dub", False),
    ("es-ES", "es-MX", "es-419", "accept", "original", False),
    ("es-MX", "es-AR", "es-AR", "accept", "dub", False),
    ("Flemish", "nl", "nl-NL", "accept", "original", False),
    ("Flemish", "nl-NL", "nl-NL", "accept", "dub", False),
    ("Flemish", "nl-NL", "nl", "accept", "original", False),
    ("yue", "cmn", "cmn", "accept", "dub", False),
    ("yue", "cmn", "zh", "accept", "original", False),
    ("yue", "zh-TW", "zh-TW", "accept", "dub", False),
    ("yue", "zh", "cmn", "accept", "original", False),
    # Serbo-Croatian is each of its four languages, and that is no assumption
    ("Japanese", "hr", "ja, sh", "reject", "dub", False),
    ("Japanese", "sh", "ja, hr", "reject", "dub", False),
    ("Japanese", "sr, hr", "ja, sh", "accept", "dub", False),
    ("Japanese", "sr-RS", "ja, sh", "accept", "dub", True),
    ("Japanese", "sr-RS", "ja, sh", "reject", "original", False),
    ("Japanese", "sr", "ja, hr", "accept", "wrong-dub", False),
    ("Serbian", "hr", "sh", "accept", "original", False),
    ("Serbian", "hr, bs", "sh", "accept", "original", False),
    ("Serbian", "hr", "sr, hr", "accept", "dub", False),
    ("Serbian", "hr", "sh, hr", "accept", "dub", False),
    ("Serbian", "sr", "sh", "accept", "original", False),
    ("Serbian", "en", "sh", "accept", "original", False),
    ("sh", "hr", "sr", "accept", "original", False),
    # neighbours that are languages of their own
    ("Indonesian", "ms", "id", "accept", "original", False),
    ("Indonesian", "ms", "id, ms", "accept", "dub", False),
]


@pytest.mark.parametrize(("original", "targets", "heard", "region", "verdict", "assumed"), REGIONS)
def test_regions_and_members(
    original: str, targets: str, heard: str, region: str, verdict: str, assumed: bool
) -> None:
    """Who a track of a language with regions, members or near relations belongs to."""
    found = judge(original, targets, heard, unknown_region=UnknownRegion(region))

    assert (found.verdict.value, found.assumed) == (verdict, assumed)


def test_a_rejected_track_is_neither_heard_nor_foreign() -> None:
    """The user sees why the track was left out."""
    found = judge("Japanese", "pt-BR", "ja, pt", unknown_region=REJECT)

    assert (tags(found.heard), tags(found.missing), found.foreign) == (["ja"], ["pt-BR"], ())
    assert "unknown_region: reject" in found.tracks[1].note
    assert "unknown_region: reject" not in found.tracks[0].note


def test_a_rejected_commentary_is_not_marked() -> None:
    """What does not count is not turned away a second time."""
    found = judge("Japanese", "pt-BR", "ja, pt, pt (commentary)", unknown_region=REJECT)

    assert found.tracks[2].note == "not counted: commentary, by its flag"


def test_a_spare_track_without_region_is_not_foreign() -> None:
    """A second bare track finds no target left, and is still the language that was wanted."""
    found = judge("Japanese", "pt-BR, en", "ja, pt, pt")

    assert (found.verdict.value, found.foreign, tags(found.missing)) == ("semi-dub", (), ["en"])


# --- what is assumed --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("targets", "heard", "policy", "verdict", "assumed"),
    [
        ("en", "unlabelled", {}, "original", True),
        ("en", "unlabelled, ja", {}, "original", False),
        ("en", "unlabelled, en", {}, "dub", False),
        ("en, ja", "unlabelled, en", {}, "dub", True),
        ("en, ja", "unlabelled, en, ja", {}, "dub", False),
        ("ja", "unlabelled", {"count_original_as_dub": True}, "dub", True),
        ("en", "unlabelled, de", {}, "wrong-dub", False),
        ("en", "unlabelled", {"untagged": Language("en")}, "dub", False),
        ("en", "unlabelled", {"untagged": Language("ja")}, "original", False),
    ],
)
def test_a_verdict_says_whether_it_rests_on_an_assumption(
    targets: str, heard: str, policy: dict[str, object], verdict: str, assumed: bool
) -> None:
    """Assumed is what the verdict needs and nobody stated; a policy that names a language is the user's word."""
    found = judge("Japanese", targets, heard, **policy)

    assert (found.verdict.value, found.assumed) == (verdict, assumed)


@pytest.mark.parametrize(
    ("heard", "verdict"),
    [
        ("ja, en", "dub"),
        ("unlabelled, unlabelled", "original"),
        ("en, unlabelled", "dub"),
        ("de, unlabelled", "wrong-dub"),
        ("mul, unlabelled", "unknown"),
        ("", "unknown"),
    ],
)
def test_arr_data_are_judged_by_the_same_rules(heard: str, verdict: str) -> None:
    """Only the first unlabelled track is another matter, for arr data name no positions."""
    assert judge("Japanese", "en", heard, source=ARR).verdict.value == verdict


# --- reasons ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("original", "targets", "heard", "policy", "reason"),
    [
        ("Japanese", "en", "", {}, "the file has no audio track"),
        ("Japanese", "en", "zxx", {}, "nobody speaks: a track is marked as having no speech"),
        ("Japanese", "en", "mul", {}, "no track that counts has a known language"),
        (
            "Japanese",
            "pt-BR",
            "pt",
            {"unknown_region": REJECT},
            "the only language heard is Portuguese, and its region is not known",
        ),
        (
            "Japanese",
            "en",
            "ja, en, de, fr",
            {"extra_languages": FLAG},
            "German and French are heard, neither the original nor wanted",
        ),
        ("Japanese", "en", "ja, en", {}, "Japanese and English are heard"),
        ("Japanese", "en, fr", "en", {}, "English is heard; French is missing"),
        ("Japanese", "pt-BR", "ja, pt", {}, "Japanese and Portuguese are heard, part of it assumed"),
        ("Japanese", "en, fr", "de", {}, "German is heard; English and French are missing"),
        (
            "Unknown",
            "en",
            "ko",
            {},
            "Korean is heard; English is missing; the original language is not known",
        ),
        ("Japanese", "en", "ja", {}, "Japanese is heard, which is the original; English is missing"),
        ("English", "en", "en", {}, "English is heard, which is the original"),
        (
            "English",
            "en",
            "en",
            {"count_original_as_dub": True},
            "English is heard: the original, and all that is wanted",
        ),
        (
            "Japanese",
            "en",
            "unlabelled",
            {},
            "an unlabelled track is taken for the original, Japanese; English is missing",
        ),
        ("Japanese", "ja", "ja, de", {}, "Japanese and German are heard, the original among them"),
        ("Serbian", "sh", "hr", {}, "Croatian is heard, which is neither the original nor a dub of it"),
    ],
)
def test_a_finding_says_why(
    original: str, targets: str, heard: str, policy: dict[str, object], reason: str
) -> None:
    """A sentence with what was wanted and what was found."""
    assert judge(original, targets, heard, **policy).reason == reason


def test_doubt_about_english_is_said() -> None:
    """The user learns that an override of the original would settle it."""
    found = judge("English", "en", "te", arr=True)

    assert found.reason == (
        "Telugu is heard; English is missing; "
        "the arr says that the original is English, which it also says when it knows no better"
    )


def test_the_evidence_comes_with_the_finding() -> None:
    """Every track is shown, in the order of the file."""
    found = judge("Japanese", "en", "ja, en (commentary)")

    assert [(t.track.position, t.counted) for t in found.tracks] == [(1, True), (2, False)]


# --- the page for users -----------------------------------------------------------------------------------


def documented() -> list[tuple[str, ...]]:
    """The rows of the table of worked cases in the tagging reference."""
    section = DOC.read_text(encoding="utf-8").partition("## Worked cases")[2].partition("\n## ")[0]
    rows = re.findall(r"^\|(.+)\|$", section, re.MULTILINE)
    return [tuple(cell.strip() for cell in row.split("|")) for row in rows[2:]]


@pytest.mark.parametrize(("original", "targets", "heard", "verdict"), documented())
def test_the_tagging_reference_tells_the_truth(original: str, targets: str, heard: str, verdict: str) -> None:
    """Each worked case that users read is judged as it says there."""
    found = judge(
        original.removesuffix(" (by the arr)"), targets, heard, arr=original.endswith(" (by the arr)")
    )

    assert found.verdict.value + (", assumed" if found.assumed else "") == verdict


def test_the_tagging_reference_has_its_worked_cases() -> None:
    """A table that went missing would test nothing."""
    assert len(documented()) >= 37
