"""A second, naive reading of the rules of one file in `docs/reference/tagging.md`, set against the real one.

The model is written from the text alone, the plain way (every assignment of assumed matches is tried), and
shares nothing with the code but its values, the parsing of codes and the reading of titles.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import product
from random import Random

from taggarr.core.evidence import Original
from taggarr.core.finding import Finding, Verdict, judge_file
from taggarr.core.hearing import hear
from taggarr.core.language import Language, Match, NoLanguage, parse
from taggarr.core.media import ARR, AudioTrack, Cause, Heard, LanguageSource, Reading, Unreadable
from taggarr.core.policy import ExtraLanguages, Policy, UnknownRegion, Untagged
from taggarr.core.titles import TitleFacts, read_title, with_region

DUB, SEMI, WRONG = Verdict.DUB, Verdict.SEMI_DUB, Verdict.WRONG_DUB
ORIGINAL, UNKNOWN = Verdict.ORIGINAL, Verdict.UNKNOWN

# --- languages ------------------------------------------------------------------------------------------

LATIN_AMERICAN = {"MX", "AR", "BR"}  # of the regions used here
OF_SH = {"sr", "hr", "bs", "cnr"}


def one_language(a: Language, b: Language) -> bool:
    """Whether two are one language, without region or member."""
    pair = {a.primary, b.primary}
    return len(pair) == 1 or ("sh" in pair and bool(pair & OF_SH))


def fits(wanted: Language, heard: Language) -> str:
    """How heard matches wanted: "exact", "assumed" or not ("")."""
    if not one_language(wanted, heard):
        return ""
    if wanted.bare:
        return "exact"
    if wanted.member:
        return "exact" if heard.member == wanted.member else "assumed" if heard.bare else ""
    if heard.region == wanted.region or (wanted.region == "419" and heard.region in LATIN_AMERICAN):
        return "exact"
    if heard.bare or (heard.region == "419" and wanted.region in LATIN_AMERICAN):
        return "assumed"
    return ""


def something_else(target: Language, original: Language) -> bool:
    """Whether both name a region or member of one language, and these differ."""
    if not one_language(target, original) or target.bare or original.bare:
        return False
    if "419" in (target.region, original.region):
        other = original.region if target.region == "419" else target.region
        return other != "419" and other not in LATIN_AMERICAN
    return (target.member, target.region) != (original.member, original.region)


def assume(
    targets: Sequence[Language], done: Set[Language], heard: Sequence[Language], others: Set[Language]
) -> Set[Language]:
    """The targets heard once each track's one assumed match went where it does most, by trying them all.

    What is something other than the original has to be named.
    """
    options = [{t for t in targets if fits(t, h) == "assumed"} - others or {None} for h in heard]
    outcomes = [done | set(choice) - {None} for choice in product(*options)]
    return max(outcomes, key=lambda got: (len(got), [t in got for t in targets]))


# --- tracks ---------------------------------------------------------------------------------------------


@dataclass
class Taken:
    """A counted track, and what it is taken for."""

    what: Language | NoLanguage
    flagged: bool
    title: TitleFacts


def taken(heard: Heard, policy: Policy, original: Language | None) -> tuple[list[Taken], Language | None]:
    """The counted tracks, and the original language for this file."""
    tracks = [Taken(label(t), bool(t.original), read_title(t.title)) for t in heard.tracks if counts(t)]
    unlabelled = [t for t in tracks if t.what is NoLanguage.UNLABELLED]
    if isinstance(policy.untagged, Language):
        for track in unlabelled:
            track.what = with_region(policy.untagged, track.title)
    flagged = [t for t in tracks if t.flagged]
    if original is None and len(flagged) == 1 and isinstance(flagged[0].what, Language):
        original = flagged[0].what
    if policy.untagged is Untagged.ORIGINAL and original and unlabelled:
        alone = len(unlabelled) == len(tracks)
        if tracks[0] is unlabelled[0] and (alone or heard.source != ARR):
            tracks[0].what = with_region(original, tracks[0].title)
    return tracks, original


def counts(track: AudioTrack) -> bool:
    """Whether a track is neither commentary, description, music nor disabled."""
    excluded = track.commentary or track.visual_impaired or not track.enabled
    return not excluded and read_title(track.title).role is None


def label(track: AudioTrack) -> Language | NoLanguage:
    """What code and title say of a track."""
    title = read_title(track.title)
    said = parse(track.bcp47 if track.bcp47 is not None else track.language)
    if said is NoLanguage.UNLABELLED:
        return title.language or said
    if not isinstance(said, Language):
        return said
    if (
        track.language_source is LanguageSource.DEFAULT
        and title.language
        and title.language.primary != said.primary
    ):
        return title.language
    return with_region(said, title)


# --- one file -------------------------------------------------------------------------------------------

Found = tuple[Verdict, int, frozenset[Language], tuple[Language, ...], frozenset[Language], bool]


def find(reading: Reading, policy: Policy, given_original: Original) -> Found:
    """Verdict, rule, heard, missing, foreign, no speech."""
    none: frozenset[Language] = frozenset()
    if isinstance(reading, Unreadable) or not reading.tracks:
        return UNKNOWN, 1, none, (), none, False
    tracks, original = taken(reading, policy, given_original.language)
    targets = policy.targets
    others = {t for t in targets if original and something_else(t, original)}
    sames = {t for t in targets if original and one_language(t, original)} - others

    spoken = [t.what for t in tracks if isinstance(t.what, Language)]
    own = {h for h in spoken if original and one_language(original, h)}
    own -= {h for h in own for t in others if fits(t, h) == "exact"}
    rest = [h for h in spoken if h not in own]
    foreign = frozenset(h for h in rest if not any(fits(t, h) for t in targets))
    got = {t for t in targets if any(fits(t, h) == "exact" for h in rest)} | (sames if own else set())
    rejected = set()
    if policy.unknown_region is UnknownRegion.ACCEPT:
        got = assume(targets, got, rest, others)
    else:
        rejected = {h for h in rest if {fits(t, h) for t in targets} - {""} == {"assumed"}}
    heard = frozenset(spoken) - rejected

    if not heard:
        silent = any(t.what is NoLanguage.NO_SPEECH for t in tracks) and not rejected
        return (ORIGINAL, 2, none, (), none, True) if silent else (UNKNOWN, 3, none, (), none, False)
    missing = tuple(t for t in targets if t not in got)
    known = replace(given_original, language=original)
    verdict, rule = first_rule(policy, known, bool(own), foreign, missing, got - sames)
    return verdict, rule, heard, missing, foreign, False


def first_rule(
    policy: Policy,
    original: Original,
    own: bool,
    foreign: Set[Language],
    missing: Sequence[Language],
    dubbed: Set[Language],
) -> tuple[Verdict, int]:
    """Rules 4 to 9; `own`: the original is heard."""
    if policy.extra_languages is ExtraLanguages.FLAG and original.language and foreign:
        return WRONG, 4
    if dubbed:
        return (SEMI, 6) if missing else (DUB, 5)
    if foreign and missing:
        listed = original.arr_languages
        on_list = listed and any(one_language(h, Language(p)) for h in foreign for p in listed)
        doubt = original.arr_english and not on_list
        return (UNKNOWN if original.language is None or doubt else WRONG), 7
    if own:
        return (DUB if policy.count_original_as_dub and not missing else ORIGINAL), 8
    return UNKNOWN, 9


def shown(finding: Finding) -> Found:
    """A finding of the real code in the model's words."""
    heard, foreign = frozenset(finding.heard), frozenset(finding.foreign)
    return finding.verdict, finding.rule, heard, finding.missing, foreign, finding.no_speech


# --- the cases ------------------------------------------------------------------------------------------

FAMILIES = (
    ("pt", "pt-BR", "pt-PT", "pt-AO"),
    ("es", "es-ES", "es-419", "es-MX", "es-AR"),
    ("zh", "zh-TW", "yue", "cmn", "zh-HK"),
    ("sr", "sr-RS", "sr-ME", "hr", "hr-HR", "bs", "cnr", "sh"),
    ("no", "nb", "nn", "en", "en-GB", "en-US"),
    ("fr", "fr-FR", "fr-CA", "id", "ms"),
)
OTHERS = ("en", "ja", "de", "te")
NO_LANGUAGES = (None, "", "und", "mul", "mis", "qab", "zxx", "xx")
TITLES = (
    *("Deutsch 5.1", "[ENG]", "Commentary", "AD", "Isolated Score", "Brazil", "Português (Brasil)", "Latino"),
    *("Castellano", "Castellano / Latino", "Latam", "VFF", "VFQ", "VFI", "Cantonese", "Mandarin", "Stereo"),
    *("English / French", "Serbian", "Croatian", "British English", "Mexican Spanish", "Japanese", "Norsk"),
)
FLAG = (None, None, None, False, True)


def language(code: str) -> Language:
    """A code's language."""
    found = parse(code)
    assert isinstance(found, Language)
    return found


def some(chance: Random, pool: Sequence[str], least: int, most: int) -> list[str]:
    """Different codes of a pool in any order."""
    return chance.sample(pool, min(len(pool), chance.randint(least, most)))


def a_track(chance: Random, position: int, codes: Sequence[str], plain: bool) -> AudioTrack:
    """A track of a file; a plain one has a language and nothing else."""
    if plain:
        return AudioTrack(position, chance.choice(codes), language_source=LanguageSource.STATED)
    code = chance.choice([*codes, *NO_LANGUAGES, *NO_LANGUAGES])
    source = LanguageSource.STATED if code else LanguageSource.NONE
    if chance.random() < 0.15:
        code, source = "eng", LanguageSource.DEFAULT
    return AudioTrack(
        position,
        code if source is LanguageSource.DEFAULT or chance.random() < 0.5 else None,
        None if source is LanguageSource.DEFAULT else code,
        source,
        chance.choice(TITLES) if chance.random() < 0.5 else None,
        original=chance.choice(FLAG),
        commentary=chance.choice(FLAG) if chance.random() < 0.2 else None,
        visual_impaired=chance.choice(FLAG) if chance.random() < 0.2 else None,
        enabled=chance.random() < 0.9,
        **{flag: chance.choice(FLAG) for flag in ("default", "hearing_impaired", "forced", "dub")},
    )


def a_reading(chance: Random, codes: Sequence[str]) -> Reading:
    """A file that was read, one known by arr data, or an unreadable one."""
    kind = chance.randrange(20)
    if kind == 0:
        return Unreadable("no", chance.choice(list(Cause)))
    if kind < 4:
        listed = [
            chance.choice([*codes, "und", "mul", "zxx", None, None]) for _ in range(chance.randrange(5))
        ]
        return Heard(tuple(AudioTrack(i, code) for i, code in enumerate(listed, 1)), ARR)
    count = chance.choice((0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 5))
    return Heard(tuple(a_track(chance, i, codes, kind < 10) for i in range(1, count + 1)), "matroska")


def a_case(chance: Random) -> tuple[Reading, Policy, Original]:
    """A file, its policy, and its original language; few languages, so that they meet."""
    pool = [code for family in chance.sample(FAMILIES, chance.randint(1, 2)) for code in family]
    codes = [*pool, *OTHERS] if chance.random() < 0.7 else pool
    code = chance.choice([*codes, None, None, "en"])
    original = Original(language(code) if code else None)
    if code == "en" and chance.random() < 0.7:
        listed = frozenset(language(c).primary for c in some(chance, codes, 0, 5))
        original = Original(language("en"), True, listed if chance.random() < 0.8 else None)
    policy = Policy(
        targets=tuple(language(c) for c in some(chance, codes, 1, 4)),
        untagged=chance.choice((*Untagged, Untagged.ORIGINAL, language(chance.choice(codes)))),
        unknown_region=chance.choice(list(UnknownRegion)),
        extra_languages=chance.choice((ExtraLanguages.ALLOW, *ExtraLanguages)),
        count_original_as_dub=chance.random() < 0.5,
    )
    return a_reading(chance, codes), policy, original


def test_a_file_is_judged_as_the_text_says() -> None:
    """The finding of a file is the model's, in verdict, rule and languages."""
    for number in range(12_000):
        case = a_case(Random(number))
        assert shown(judge_file(*case)) == find(*case), f"case {number}: {case}"


def a_hearing(chance: Random) -> tuple[list[Language], list[Language], bool]:
    """Targets, what is heard, and whether a region may be assumed."""
    family = chance.choice(FAMILIES)
    targets = [language(code) for code in some(chance, family, 1, 5)]
    return (
        targets,
        [language(chance.choice(family)) for _ in range(chance.randrange(6))],
        chance.random() < 0.8,
    )


def test_as_many_targets_as_can_be_are_heard() -> None:
    """Exact matches stand, and each track's one assumed match goes where the model's trying of all puts it."""
    for number in range(6_000):
        targets, heard, accepted = a_hearing(Random(number))
        got = hear(targets, heard, accepted)
        exact = {t for t in targets if any(fits(t, h) == "exact" for h in heard)}
        assert {targets[i] for i in got} == (assume(targets, exact, heard, set()) if accepted else exact), (
            f"case {number}"
        )
        assert {targets[i] for i, (_, match) in got.items() if match is Match.EXACT} == exact
        assert all(fits(targets[i], heard[track]) == match.value for i, (track, match) in got.items())
        lent = [track for track, match in got.values() if match is Match.ASSUMED]
        assert len(lent) == len(set(lent))
