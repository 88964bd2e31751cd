"""What holds for every file and every item, whatever its languages."""

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from taggarr.core.evidence import Original
from taggarr.core.finding import Finding, Verdict, judge_file
from taggarr.core.language import Language, parse
from taggarr.core.media import (
    ARR,
    AudioTrack,
    Cause,
    File,
    Heard,
    Item,
    Kind,
    LanguageSource,
    Season,
    Unreadable,
)
from taggarr.core.policy import Counted, ExtraLanguages, Policy, UnknownRegion, Untagged
from taggarr.core.verdict import judge_item

TAGS = [
    "en",
    "en-GB",
    "en-US",
    "ja",
    "ko",
    "de",
    "fr",
    "fr-CA",
    "pt",
    "pt-BR",
    "pt-PT",
    "pt-AO",
    "es",
    "es-ES",
    "es-419",
    "es-MX",
    "es-AR",
    "zh",
    "zh-TW",
    "yue",
    "cmn",
    "no",
    "nb",
    "nn",
    "sr",
    "sr-RS",
    "hr",
    "bs",
    "sh",
    "nl",
    "nl-BE",
    "id",
    "ms",
    "te",
]
SPOKEN = {tag: parse(tag) for tag in TAGS}
LANGUAGES = st.sampled_from([language for language in SPOKEN.values() if isinstance(language, Language)])
WORSE_TO_BETTER = [Verdict.WRONG_DUB, Verdict.ORIGINAL, Verdict.SEMI_DUB, Verdict.DUB]

POLICIES = st.builds(
    Policy,
    targets=st.lists(LANGUAGES, min_size=1, max_size=4, unique=True).map(tuple),
    untagged=st.one_of(st.sampled_from(Untagged), LANGUAGES),
    unknown_region=st.sampled_from(UnknownRegion),
    extra_languages=st.sampled_from(ExtraLanguages),
    count_original_as_dub=st.booleans(),
)
ORIGINALS = st.builds(
    Original,
    language=st.none() | LANGUAGES,
    arr_english=st.just(False),
    arr_languages=st.just(frozenset({"en", "ja", "de"})),
) | st.just(Original(Language("en"), arr_english=True, arr_languages=frozenset({"en", "ja", "de"})))


def track(language: str | None) -> AudioTrack:
    """A track with this tag."""
    source = LanguageSource.STATED if language else LanguageSource.NONE
    return AudioTrack(1, bcp47=language, language_source=source)


LABELLED = st.sampled_from([*TAGS, "mul", "qaa", "zxx"]).map(track)
ANY = st.one_of(LABELLED, LABELLED, st.just(track(None)))


def heard(tracks: list[AudioTrack], source: str = "matroska") -> Heard:
    """A reading with the tracks in this order."""
    return Heard(tuple(replace(t, position=number) for number, t in enumerate(tracks, start=1)), source)


def essence(found: Finding) -> tuple[object, ...]:
    """What a finding says, whatever the order of the tracks."""
    return (found.verdict, found.rule, set(found.heard), found.missing, set(found.foreign), found.assumed)


@given(st.lists(LABELLED, max_size=5), st.randoms(), POLICIES, ORIGINALS)
def test_the_order_of_labelled_tracks_does_not_matter(
    tracks: list[AudioTrack], random: object, policy: Policy, original: Original
) -> None:
    """Only an unlabelled track rests on its position."""
    shuffled = list(tracks)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives random.Random

    assert essence(judge_file(heard(tracks), policy, original)) == essence(
        judge_file(heard(shuffled), policy, original)
    )


@given(st.lists(ANY, max_size=4), POLICIES, ORIGINALS, st.sampled_from(["matroska", ARR]), st.data())
@settings(max_examples=300)
def test_a_track_of_a_wanted_language_never_makes_it_worse(
    tracks: list[AudioTrack], policy: Policy, original: Original, source: str, data: st.DataObject
) -> None:
    """Dub is better than semi-dub, that than original, and wrong-dub is the worst."""
    wanted = track(str(data.draw(st.sampled_from(policy.targets))))
    before = judge_file(heard(tracks, source), policy, original).verdict
    after = judge_file(heard([*tracks, wanted], source), policy, original).verdict
    assume(Verdict.UNKNOWN is not before)

    assert after is not Verdict.UNKNOWN
    assert WORSE_TO_BETTER.index(after) >= WORSE_TO_BETTER.index(before)


@given(
    st.lists(ANY, max_size=4), POLICIES, ORIGINALS, st.integers(0, 4), st.sampled_from([*TAGS, "zxx", None])
)
def test_a_track_that_does_not_count_changes_nothing(
    tracks: list[AudioTrack], policy: Policy, original: Original, where: int, language: str | None
) -> None:
    """Wherever a commentary stands, and whatever its language."""
    assume(tracks)
    with_commentary = list(tracks)
    with_commentary.insert(where, replace(track(language), commentary=True))

    assert essence(judge_file(heard(with_commentary), policy, original)) == essence(
        judge_file(heard(tracks), policy, original)
    )


@given(st.lists(ANY, max_size=5), POLICIES, ORIGINALS)
def test_a_finding_agrees_with_its_own_evidence(
    tracks: list[AudioTrack], policy: Policy, original: Original
) -> None:
    """What is missing was wanted, what is foreign was heard, and each verdict has what it claims."""
    found = judge_file(heard(tracks), policy, original)

    assert set(found.missing) <= set(policy.targets)
    assert set(found.foreign) <= set(found.heard) <= {t.language for t in found.tracks if t.counted}
    assert not set(found.foreign) & set(policy.targets)
    assert found.verdict is not Verdict.DUB or not found.missing
    assert found.verdict is not Verdict.SEMI_DUB or (found.missing and found.heard)
    assert found.verdict is not Verdict.WRONG_DUB or found.foreign
    assert found.verdict is not Verdict.ORIGINAL or found.heard or found.no_speech
    assert len(found.tracks) == len(tracks)
    assert found.reason


@given(st.sampled_from(Cause), POLICIES, ORIGINALS)
def test_what_could_not_be_read_is_unknown(cause: Cause, policy: Policy, original: Original) -> None:
    """Missing knowledge is never a verdict."""
    assert judge_file(Unreadable("no answer", cause), policy, original).verdict is Verdict.UNKNOWN


FINDINGS = st.sampled_from(
    [
        Finding(Verdict.ORIGINAL, 8, "o", heard=(Language("ja"),), missing=(Language("en"),)),
        Finding(Verdict.ORIGINAL, 2, "z", no_speech=True),
        Finding(Verdict.DUB, 5, "d", heard=(Language("en"),)),
        Finding(Verdict.SEMI_DUB, 6, "s", heard=(Language("en"),), missing=(Language("de"),)),
        Finding(Verdict.WRONG_DUB, 7, "w", (Language("fr"),), (Language("en"),), (Language("fr"),)),
        Finding(Verdict.UNKNOWN, 1, "u"),
    ]
)
LISTED = st.lists(st.tuples(st.integers(0, 3), st.none() | FINDINGS), max_size=8)
SERIES = Item(
    "tv", Kind.SERIES, 1, "Show", "/tv/Show", seasons=(Season(0), Season(1), Season(2, monitored=False))
)
ITEM_POLICIES = st.builds(
    Policy,
    targets=st.just((Language("en"), Language("de"))),
    specials=st.sampled_from(Counted),
    unmonitored_seasons=st.sampled_from(Counted),
)


def listing(rows: list[tuple[int, Finding | None]]) -> tuple[list[File], dict[int, Finding]]:
    """Files with ids from 1, and the findings of those that have one."""
    files = [
        File(number, "", f"{number:02}.mkv", 1, season) for number, (season, _) in enumerate(rows, start=1)
    ]
    return files, {number: found for number, (_, found) in enumerate(rows, start=1) if found is not None}


@given(LISTED, ITEM_POLICIES, st.booleans(), st.randoms())
def test_the_order_of_files_does_not_matter(
    rows: list[tuple[int, Finding | None]], policy: Policy, sampled: bool, random: object
) -> None:
    """The arrs give no order, so none may show in a verdict or its reason."""
    files, found = listing(rows)
    shuffled = list(files)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives random.Random
    one = judge_item(SERIES, files, found, policy, sampled=sampled)
    other = judge_item(SERIES, shuffled, found, policy, sampled=sampled)

    assert one == other


@given(LISTED, ITEM_POLICIES)
def test_dub_and_original_rest_on_every_counted_file(
    rows: list[tuple[int, Finding | None]], policy: Policy
) -> None:
    """Without a sample, one file that is not known leaves nothing to claim."""
    files, found = listing(rows)
    verdict = judge_item(SERIES, files, found, policy)
    counting = {season.number for season in verdict.seasons if season.counted}
    counted = [found.get(file.id) for file in files if file.season in counting]

    if verdict.verdict in (Verdict.DUB, Verdict.ORIGINAL):
        assert all(one is not None and one.verdict is not Verdict.UNKNOWN for one in counted)
    assert verdict.nothing_counts is (not counted)
    assert not verdict.sampled


@given(LISTED, ITEM_POLICIES)
def test_a_sample_differs_from_the_whole_only_by_what_was_not_read(
    rows: list[tuple[int, Finding | None]], policy: Policy
) -> None:
    """Files that were never read are as if they were not listed, unless none is left."""
    files, found = listing(rows)
    read = [file for file in files if file.id in found]
    sample = judge_item(SERIES, files, found, policy, sampled=True)
    whole = judge_item(SERIES, read, found, policy)
    assume(not whole.nothing_counts)

    assert (sample.verdict, sample.rule, sample.languages) == (whole.verdict, whole.rule, whole.languages)
