"""Which tracks count, and what language each is taken for."""

from dataclasses import replace

import pytest

from taggarr.core.evidence import Evidence, EvidenceSource, Original, gather
from taggarr.core.language import Language
from taggarr.core.media import ARR, AudioTrack, Heard, LanguageSource
from taggarr.core.policy import Policy, Untagged

EN = Language("en")
JA = Language("ja")
DE = Language("de")
POLICY = Policy((EN,))
IMPLIED = LanguageSource.DEFAULT


def track(language: str | None = None, **facts: object) -> AudioTrack:
    """A track whose container states `language`."""
    source = LanguageSource.STATED if language else LanguageSource.NONE
    return replace(AudioTrack(1, language, language_source=source), **facts)


def evidence(
    *tracks: AudioTrack, policy: Policy = POLICY, original: Language | None = JA, source: str = "matroska"
) -> Evidence:
    """The evidence of a file with these tracks, in this order."""
    placed = tuple(replace(t, position=number) for number, t in enumerate(tracks, start=1))
    return gather(Heard(placed, source), policy, Original(original))


@pytest.mark.parametrize(
    ("one", "language", "source"),
    [
        (track("jpn"), "ja", EvidenceSource.STATED),
        (track("ger"), "de", EvidenceSource.STATED),
        (track("deu"), "de", EvidenceSource.STATED),
        (track("por", bcp47="pt-BR"), "pt-BR", EvidenceSource.BCP47),
        (track("eng", bcp47="fr-CA"), "fr-CA", EvidenceSource.BCP47),
        (track("eng", bcp47=""), "en", EvidenceSource.STATED),
        (track("eng", bcp47=" "), "en", EvidenceSource.STATED),
        (track(None, bcp47="zh-Hant-TW"), "zh-TW", EvidenceSource.BCP47),
        (track("eng", language_source=IMPLIED), "en", EvidenceSource.IMPLIED),
        (track("eng", language_source=IMPLIED, title="Surround 5.1"), "en", EvidenceSource.IMPLIED),
        (track("eng", language_source=IMPLIED, title="English 5.1"), "en", EvidenceSource.IMPLIED),
        (track("eng", language_source=IMPLIED, title="Deutsch 5.1"), "de", EvidenceSource.TITLE),
        (track("eng", language_source=IMPLIED, title="German / French"), "en", EvidenceSource.IMPLIED),
        (track("eng", language_source=IMPLIED, title="Latino"), "es-419", EvidenceSource.TITLE),
        (track("eng", title="Deutsch 5.1"), "en", EvidenceSource.STATED),
        (track("por", title="Brazil"), "pt-BR", EvidenceSource.TITLE),
        (track("spa", title="Latino"), "es-419", EvidenceSource.TITLE),
        (track("spa", title="Castellano / Latino"), "es", EvidenceSource.STATED),
        (track("chi", title="Cantonese"), "yue", EvidenceSource.TITLE),
        (track("eng", title="Latino"), "en", EvidenceSource.STATED),
        (track("por", bcp47="pt-PT", title="Brazil"), "pt-PT", EvidenceSource.BCP47),
        (track("por", bcp47="pt", title="Brazil"), "pt-BR", EvidenceSource.TITLE),
        (track("mul"), None, EvidenceSource.NONE),
        (track("mis", title="Deutsch"), None, EvidenceSource.NONE),
        (track("qaa"), None, EvidenceSource.NONE),
        (track("nonsense"), None, EvidenceSource.NONE),
        (track("zxx"), None, EvidenceSource.NONE),
    ],
)
def test_a_label_says_what_a_track_is(one: AudioTrack, language: str | None, source: EvidenceSource) -> None:
    """BCP 47 wins over the old code; a title adds a region, and speaks where the file only implies English."""
    found = evidence(one).tracks[0]

    assert (str(found.language) if found.language else None, found.source) == (language, source)
    assert found.counted


@pytest.mark.parametrize(
    "unlabelled", [track(), track(""), track("und"), track("  "), track("eng", bcp47="und")]
)
@pytest.mark.parametrize(
    ("title", "untagged", "original", "language", "source"),
    [
        (None, Untagged.ORIGINAL, JA, "ja", EvidenceSource.ASSUMED),
        (None, Untagged.ORIGINAL, None, None, EvidenceSource.NONE),
        (None, Untagged.UNKNOWN, JA, None, EvidenceSource.NONE),
        (None, DE, JA, "de", EvidenceSource.POLICY),
        (None, DE, None, "de", EvidenceSource.POLICY),
        ("Deutsch 5.1", Untagged.ORIGINAL, JA, "de", EvidenceSource.TITLE),
        ("Deutsch 5.1", Untagged.UNKNOWN, JA, "de", EvidenceSource.TITLE),
        ("Deutsch 5.1", EN, JA, "de", EvidenceSource.TITLE),
        ("[ENG]", Untagged.ORIGINAL, JA, "en", EvidenceSource.TITLE),
        ("German / French", Untagged.ORIGINAL, JA, "ja", EvidenceSource.ASSUMED),
        ("VFQ", Untagged.UNKNOWN, JA, "fr-CA", EvidenceSource.TITLE),
        ("Latino", Untagged.UNKNOWN, JA, "es-419", EvidenceSource.TITLE),
        ("Stereo", Untagged.ORIGINAL, Language("pt", region="BR"), "pt-BR", EvidenceSource.ASSUMED),
    ],
)
def test_an_unlabelled_track_goes_by_title_then_policy(
    unlabelled: AudioTrack,
    title: str | None,
    untagged: Untagged | Language,
    original: Language | None,
    language: str | None,
    source: EvidenceSource,
) -> None:
    """One language in the title decides, then a language of the policy, then the original, then nothing."""
    policy = replace(POLICY, untagged=untagged)

    found = evidence(replace(unlabelled, title=title), policy=policy, original=original).tracks[0]

    assert (str(found.language) if found.language else None, found.source) == (language, source)


@pytest.mark.parametrize(
    ("tracks", "expected"),
    [
        ([track(), track("eng")], ["ja", "en"]),
        ([track("eng"), track()], ["en", None]),
        ([track(), track()], ["ja", None]),
        ([track("jpn", commentary=True), track()], ["ja", "ja"]),
        ([track("jpn", title="Commentary"), track()], ["ja", "ja"]),
        ([track(commentary=True), track("eng")], [None, "en"]),
        ([track("mul"), track()], [None, None]),
        ([track("zxx"), track()], [None, None]),
        ([track("qaa"), track("eng"), track()], [None, "en", None]),
        ([track(title="Deutsch"), track()], ["de", None]),
        ([track("eng", language_source=IMPLIED), track()], ["en", None]),
    ],
)
def test_only_the_first_counted_track_is_taken_for_the_original(
    tracks: list[AudioTrack], expected: list[str | None]
) -> None:
    """A neutral track takes its position, one that does not count takes none."""
    found = [str(t.language) if t.language else None for t in evidence(*tracks).tracks]

    assert found == expected


def test_a_language_of_the_policy_is_that_of_every_unlabelled_track() -> None:
    """Unlike the original, a named language is not for the first track alone; neutral tracks stay neutral."""
    policy = replace(POLICY, untagged=DE)

    tracks = evidence(track("eng"), track(), track("mul"), track("und"), policy=policy).tracks

    assert [str(t.language) for t in tracks] == ["en", "de", "None", "de"]


@pytest.mark.parametrize(
    ("languages", "untagged", "expected"),
    [
        (["eng", "jpn"], Untagged.ORIGINAL, ["en", "ja"]),
        ([None, "eng"], Untagged.ORIGINAL, [None, "en"]),
        (["und", "eng"], Untagged.ORIGINAL, [None, "en"]),
        ([None], Untagged.ORIGINAL, ["ja"]),
        (["und"], Untagged.ORIGINAL, ["ja"]),
        (["und", None, None], Untagged.ORIGINAL, ["ja", None, None]),
        (["mul", None], Untagged.ORIGINAL, [None, None]),
        ([None, "zxx"], Untagged.ORIGINAL, [None, None]),
        ([None], Untagged.UNKNOWN, [None]),
        ([None, "eng"], DE, ["de", "en"]),
    ],
)
def test_arr_data_name_no_positions(
    languages: list[str | None], untagged: Untagged | Language, expected: list[str | None]
) -> None:
    """An unlabelled track is the first one there only if nothing is labelled at all."""
    policy = replace(POLICY, untagged=untagged)

    found = evidence(*(track(language) for language in languages), policy=policy, source=ARR)

    assert [str(t.language) if t.language else None for t in found.tracks] == expected


def test_arr_data_are_shown_as_such() -> None:
    """The user sees that a language rests on the arr's word."""
    assert evidence(track("jpn"), source=ARR).tracks[0].source is EvidenceSource.ARR


@pytest.mark.parametrize(
    ("one", "counted", "note"),
    [
        (track("eng", commentary=True), False, "not counted: commentary, by its flag"),
        (track("eng", commentary=True, title="English"), False, "not counted: commentary, by its flag"),
        (track("eng", title="Director's Commentary"), False, "commentary, by its title"),
        (track("eng", title="Director's Commentary", commentary=False), False, "commentary, by its title"),
        (track("eng", visual_impaired=True), False, "not counted: audio description, by its flag"),
        (
            track("eng", title="Audio Description", visual_impaired=False),
            False,
            "audio description, by its title",
        ),
        (track("eng", title="Isolated Score"), False, "music or effects without speech, by its title"),
        (track("eng", enabled=False), False, "not counted: disabled in the file"),
        (track(enabled=False, commentary=True), False, "not counted: disabled in the file"),
        (track("eng", hearing_impaired=True), True, "the file says “eng”"),
        (track("eng", forced=True), True, "the file says “eng”"),
        (track("eng", default=False), True, "the file says “eng”"),
        (track("eng", dub=True), True, "the file says “eng”"),
        (track("eng", codec="Commentary"), True, "the file says “eng”"),
        (track("por", bcp47="pt-BR"), True, "the file says “pt-BR” (BCP 47)"),
        (track("por", title="Brazil"), True, "the file says “por”, and more by its title “Brazil”"),
        (
            track("eng", language_source=IMPLIED),
            True,
            "no language stated: English by the file format's rules",
        ),
        (track("mul"), True, "“mul” names no language"),
        (track("zxx"), True, "no speech (“zxx”)"),
        (track(title="Deutsch"), True, "named by its title “Deutsch”"),
        (track(), True, "unlabelled and first, taken for the original"),
    ],
)
def test_what_does_not_count_is_shown_with_the_reason(one: AudioTrack, counted: bool, note: str) -> None:
    """A set flag excludes; a flag that is not set says nothing, so the title is asked."""
    found = evidence(one).tracks[0]

    assert found.counted is counted
    assert note in found.note


def test_a_track_that_does_not_count_still_shows_its_language() -> None:
    """The user recognises the commentary by its language."""
    found = evidence(track("jpn"), track("eng", commentary=True)).tracks[1]

    assert (found.language, found.counted) == (EN, False)


def test_notes_name_policy_and_doubt() -> None:
    """An unlabelled track says which policy named it, or that nothing did."""
    by_policy = evidence(track(), policy=replace(POLICY, untagged=DE)).tracks[0]
    by_nothing = evidence(track(), policy=replace(POLICY, untagged=Untagged.UNKNOWN)).tracks[0]

    assert by_policy.note == "unlabelled, taken for German by the policy “untagged”"
    assert by_nothing.note == "unlabelled"


@pytest.mark.parametrize(
    ("tracks", "known", "expected"),
    [
        ([track("kor", original=True), track("eng")], None, "ko"),
        ([track("eng"), track(title="한국어", original=True), track("kor", original=True)], None, None),
        ([track("kor", original=True), track("eng", original=True)], None, None),
        ([track("kor", original=True), track("eng", original=True, commentary=True)], None, "ko"),
        ([track("kor", original=True, commentary=True)], None, None),
        ([track("mul", original=True)], None, None),
        ([track(original=True)], None, None),
        ([track("por", bcp47="pt-BR", original=True)], None, "pt-BR"),
        ([track(title="Deutsch", original=True)], None, "de"),
        ([track("kor", original=True)], JA, "ja"),
        ([track("kor")], None, None),
    ],
)
def test_the_original_flag_speaks_where_the_arr_is_silent(
    tracks: list[AudioTrack], known: Language | None, expected: str | None
) -> None:
    """Exactly one counted track with a known language names the original, and only where none is known."""
    found = evidence(*tracks, original=known).original.language

    assert (str(found) if found else None) == expected


def test_the_flagged_original_is_that_of_the_unlabelled_first_track_too() -> None:
    """The language of the flag is the original in all rules."""
    found = evidence(track(), track("kor", original=True), original=None)

    assert [str(t.language) for t in found.tracks] == ["ko", "ko"]


def test_a_policy_language_makes_a_flagged_track_the_original() -> None:
    """A flagged track that the policy names has a known language."""
    found = evidence(track(original=True), policy=replace(POLICY, untagged=DE), original=None)

    assert found.original.language == DE


def test_the_original_flag_is_shown() -> None:
    """With a known original the flag decides nothing, and is shown."""
    assert evidence(track("kor", original=True)).tracks[0].note == "the file says “kor”; flagged “original”"


@pytest.mark.parametrize(
    ("tracks", "no_speech"),
    [
        ([track("zxx")], True),
        ([track("eng"), track("zxx")], True),
        ([track("eng")], False),
        ([track("mul")], False),
        ([track("zxx", commentary=True)], False),
    ],
)
def test_a_counted_track_may_say_that_nobody_speaks(tracks: list[AudioTrack], no_speech: bool) -> None:
    """`zxx` counts where its track does."""
    assert evidence(*tracks).no_speech is no_speech
