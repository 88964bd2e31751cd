"""The finding of one file: what its tracks say, set against the original language and the targets.

The nine rules are those of `docs/reference/tagging.md`, "Finding of one file"; the first that applies
decides. Words used here: *needs* are the targets that are not the original, *foreign* is what is heard
and matches neither the original nor any target.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from taggarr.core import wording
from taggarr.core.evidence import Evidence, EvidenceSource, Original, TrackEvidence, gather
from taggarr.core.hearing import hear
from taggarr.core.language import Language, Match, differ, matches, same_original
from taggarr.core.media import Heard, Reading, Unreadable
from taggarr.core.policy import ExtraLanguages, Policy, UnknownRegion


class Verdict(StrEnum):
    """What a file, a season or an item is to its viewer."""

    ORIGINAL = "original"
    DUB = "dub"
    SEMI_DUB = "semi-dub"
    WRONG_DUB = "wrong-dub"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one file, the number of the rule that gave it, and the evidence.

    `heard` and `foreign` are in the order of the file, `missing` in that of the targets; it is empty where
    no speech is known (rules 1 to 3), for unknown is not missing. `assumed`: the verdict rests on a
    language or a region that was taken for granted. `no_speech`: nobody speaks (rule 2).
    """

    verdict: Verdict
    rule: int
    reason: str
    heard: tuple[Language, ...] = ()
    missing: tuple[Language, ...] = ()
    foreign: tuple[Language, ...] = ()
    assumed: bool = False
    no_speech: bool = False
    tracks: tuple[TrackEvidence, ...] = ()


@dataclass(frozen=True, slots=True)
class _Ears:
    """What was heard, sorted by what it is to the viewer.

    `hits` maps the index of each target that is heard to whether that is assumed, `dubbed` says whether a
    need is among them. `rejected` are the languages that `unknown_region: reject` turned away. `original`:
    the original is heard, and `assumed`: only by a track that was taken for it.
    """

    heard: tuple[Language, ...]
    hits: dict[int, bool]
    dubbed: bool
    missing: tuple[Language, ...]
    foreign: tuple[Language, ...]
    rejected: frozenset[Language]
    original: bool
    assumed: bool


def judge_file(reading: Reading, policy: Policy, original: Original) -> Finding:
    """Judge one file. Files whose tracks are alike share one finding, so a library costs little."""
    if isinstance(reading, Unreadable):
        return Finding(Verdict.UNKNOWN, 1, wording.unreadable(reading.reason))
    return _judge(reading, policy, original)


@lru_cache(maxsize=4096)
def _judge(heard: Heard, policy: Policy, original: Original) -> Finding:
    if not heard.tracks:
        return Finding(Verdict.UNKNOWN, 1, wording.NO_AUDIO)
    evidence = gather(heard, policy, original)
    ears = _listen(evidence, policy)
    verdict, rule, assumed = _first_rule(ears, evidence, policy)
    return Finding(
        verdict,
        rule,
        _reason(verdict, rule, ears, evidence.original),
        heard=ears.heard,
        missing=ears.missing if rule > 3 else (),
        foreign=ears.foreign,
        assumed=assumed,
        no_speech=rule == 2,
        tracks=_shown(evidence.tracks, ears.rejected),
    )


def _first_rule(ears: _Ears, evidence: Evidence, policy: Policy) -> tuple[Verdict, int, bool]:  # noqa: PLR0911 - a return a rule
    """The verdict, the rule, and whether it rests on something assumed."""
    original = evidence.original
    if not ears.heard:
        if evidence.no_speech and not ears.rejected:
            return Verdict.ORIGINAL, 2, False
        return Verdict.UNKNOWN, 3, False
    if policy.extra_languages is ExtraLanguages.FLAG and original.language is not None and ears.foreign:
        return Verdict.WRONG_DUB, 4, False
    if ears.dubbed:
        assumed = any(ears.hits.values())
        return (Verdict.SEMI_DUB, 6, assumed) if ears.missing else (Verdict.DUB, 5, assumed)
    if ears.foreign and ears.missing:
        unsure = original.language is None or _english_for_want_of_better(original, ears.foreign)
        return Verdict.UNKNOWN if unsure else Verdict.WRONG_DUB, 7, False
    if ears.original:
        counts = policy.count_original_as_dub and not ears.missing
        return Verdict.DUB if counts else Verdict.ORIGINAL, 8, ears.assumed
    return Verdict.UNKNOWN, 9, False


def _english_for_want_of_better(original: Original, foreign: Sequence[Language]) -> bool:
    """Whether the arr may say "English" only because it has no name for what is heard.

    Where its list of languages is not known, that cannot be ruled out.
    """
    if not original.arr_english:
        return False
    if original.arr_languages is None:
        return True
    listed = [Language(primary) for primary in original.arr_languages]
    return not any(same_original(known, language) for known in listed for language in foreign)


def _listen(evidence: Evidence, policy: Policy) -> _Ears:
    """Decide for each counted track whose it is: the original's, a target's, foreign, or turned away."""
    targets, original = policy.targets, evidence.original.language
    accept = policy.unknown_region is UnknownRegion.ACCEPT
    kin, apart = _relation(targets, original)
    tracks = [(track, track.language) for track in evidence.tracks if track.counted and track.language]
    hits: dict[int, bool] = {}
    originals: list[TrackEvidence] = []
    others: list[Language] = []
    for track, language in tracks:
        if original is None or not same_original(original, language):
            others.append(language)
        elif own := [i for i in apart if matches(targets[i], language, False) is Match.EXACT]:
            hits.update(dict.fromkeys(own, False))
        else:
            originals.append(track)
    assumed = bool(originals) and all(track.source is EvidenceSource.ASSUMED for track in originals)
    strangers = [i for i in range(len(targets)) if i not in kin]
    for i, (_, match) in hear([targets[i] for i in strangers], others, accept).items():
        hits[strangers[i]] = match is Match.ASSUMED
    for i in kin - apart:
        if originals:
            hits[i] = assumed
        elif any(matches(targets[i], language, accept) for _, language in tracks):
            hits[i] = False
    fits = {language: _fit(language, targets) for language in others}
    rejected = frozenset() if accept else frozenset(x for x, fit in fits.items() if fit is Match.ASSUMED)
    return _Ears(
        heard=tuple(dict.fromkeys(language for _, language in tracks if language not in rejected)),
        hits=hits,
        dubbed=any(i in apart or i not in kin for i in hits),
        missing=tuple(target for i, target in enumerate(targets) if i not in hits),
        foreign=tuple(language for language, fit in fits.items() if fit is None),
        rejected=rejected,
        original=bool(originals),
        assumed=assumed,
    )


def _relation(targets: Sequence[Language], original: Language | None) -> tuple[set[int], set[int]]:
    """Which targets are of the original's language, and which of those name another region or member of it."""
    if original is None:
        return set(), set()
    kin = {i for i, target in enumerate(targets) if same_original(original, target)}
    return kin, {i for i in kin if differ(original, targets[i])}


def _fit(language: Language, targets: Sequence[Language]) -> Match | None:
    """The best match of a heard language with any target, regions taken for granted."""
    found = {matches(target, language, True) for target in targets}
    return next((match for match in (Match.EXACT, Match.ASSUMED) if match in found), None)


def _shown(tracks: tuple[TrackEvidence, ...], rejected: frozenset[Language]) -> tuple[TrackEvidence, ...]:
    """The evidence, with the tracks that the policy turned away marked as such."""
    if not rejected:
        return tracks
    return tuple(
        replace(track, note=f"{track.note}; {wording.TURNED_AWAY}")
        if track.counted and track.language in rejected
        else track
        for track in tracks
    )


def _reason(verdict: Verdict, rule: int, ears: _Ears, original: Original) -> str:  # noqa: PLR0911 - a return a rule
    """The sentence for rules 2 to 9."""
    if rule == 2:
        return wording.NO_SPEECH
    if rule == 3:
        return wording.nothing_known(sorted(ears.rejected))
    if rule == 4:
        return wording.flagged(ears.foreign)
    if rule in (5, 6):
        return wording.dubbed(ears.heard, ears.missing, any(ears.hits.values()))
    if rule == 7:
        doubt = None
        if verdict is Verdict.UNKNOWN:
            doubt = wording.NO_ORIGINAL if original.language is None else wording.ENGLISH_IN_DOUBT
        return wording.wrong(ears.heard, ears.missing, doubt)
    if rule == 8:
        return wording.original_heard(ears.heard, ears.missing, ears.assumed, verdict is Verdict.DUB)
    return wording.neither(ears.heard)
