"""Which audio tracks of a file count, and what language each of them is taken for.

The rules: `docs/reference/tagging.md`, "Which tracks count". Position, flags, titles and language codes
decide; the codec is carried along to be shown and never decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from taggarr.core.language import Language, NoLanguage, name, parse
from taggarr.core.media import ARR, AudioTrack, Heard, LanguageSource
from taggarr.core.policy import Policy, Untagged
from taggarr.core.title_terms import Role
from taggarr.core.titles import TitleFacts, read_title, with_region


class EvidenceSource(StrEnum):
    """What a track's language rests on."""

    BCP47 = "bcp47"  # the container's BCP 47 tag, which wins over the old code
    STATED = "stated"  # the container's old language code
    ARR = "arr"  # the arr's own data, instead of the file
    IMPLIED = "implied"  # the container is silent, and its specification says English
    TITLE = "title"  # the track's title names the language, or the region that its code lacks
    POLICY = "policy"  # unlabelled, and the policy `untagged` names a language
    ASSUMED = "assumed"  # unlabelled and first: taken for the original
    NONE = "none"  # nothing tells


@dataclass(frozen=True, slots=True)
class Original:
    """What is known of an item's original language.

    `arr_english`: the language is the arr's own "English", which it also says when it knows no better; an
    override of the user's is not. `arr_languages` are the primary languages on the arr's list, None where
    that list is not known.
    """

    language: Language | None
    arr_english: bool = False
    arr_languages: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class TrackEvidence:
    """One track, whether it counts, and the language that it is taken for (None: it names none).

    `note` says why, in a few words for the user.
    """

    track: AudioTrack
    language: Language | None
    counted: bool
    source: EvidenceSource
    note: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The tracks of one file. `original` holds for this file: an "original" flag may have named it.

    `no_speech`: a counted track says of itself that nobody speaks in it (`zxx`).
    """

    tracks: tuple[TrackEvidence, ...]
    original: Original
    no_speech: bool


@dataclass(frozen=True, slots=True)
class _Track:
    """A track on its way: `language` as far as it is known yet, `excluded` why it does not count."""

    track: AudioTrack
    facts: TitleFacts
    excluded: str | None
    language: Language | NoLanguage
    source: EvidenceSource
    note: str


_ROLES = {
    Role.COMMENTARY: "commentary",
    Role.DESCRIPTION: "audio description",
    Role.MUSIC: "music or effects without speech",
}


def gather(heard: Heard, policy: Policy, original: Original) -> Evidence:
    """Work out what every track of `heard` is, in the order of the file."""
    from_arr = heard.source == ARR
    tracks = [_unlabelled(_labelled(track, from_arr), policy) for track in heard.tracks]
    original = _flagged(tracks, original)
    _assume_first(tracks, policy, original, from_arr)
    no_speech = any(t.language is NoLanguage.NO_SPEECH for t in tracks if t.excluded is None)
    return Evidence(tuple(_evidence(t) for t in tracks), original, no_speech)


def _labelled(track: AudioTrack, from_arr: bool) -> _Track:
    """What the track says of itself; a title supplies at most the region or member of a stated language."""
    facts = read_title(track.title)
    bcp47 = (track.bcp47 or "").strip()
    text = bcp47 or (track.language or "").strip()
    language = parse(text)
    if not isinstance(language, Language):
        source, note = EvidenceSource.NONE, _nameless(language, text)
    elif bcp47:
        source, note = EvidenceSource.BCP47, f"the file says “{text}” (BCP 47)"
    elif from_arr:
        source, note = EvidenceSource.ARR, f"the arr says “{text}”"
    elif track.language_source is LanguageSource.DEFAULT:
        source, note = (
            EvidenceSource.IMPLIED,
            f"no language stated: {name(language)} by the file format's rules",
        )
        if facts.language is not None and facts.language.primary != language.primary:
            language, source, note = facts.language, EvidenceSource.TITLE, _named_by_title(track)
    else:
        source, note = EvidenceSource.STATED, f"the file says “{text}”"
    if isinstance(language, Language):
        regional = with_region(language, facts)
        if regional != language:
            language, source, note = (
                regional,
                EvidenceSource.TITLE,
                f"{note}, and more by its title “{track.title}”",
            )
    return _Track(track, facts, _exclusion(track, facts), language, source, note)


def _nameless(language: NoLanguage, text: str) -> str:
    if language is NoLanguage.NO_SPEECH:
        return f"no speech (“{text}”)"
    if language is NoLanguage.NEUTRAL:
        return f"“{text}” names no language"
    return "unlabelled"


def _named_by_title(track: AudioTrack) -> str:
    return f"named by its title “{track.title}”"


def _exclusion(track: AudioTrack, facts: TitleFacts) -> str | None:
    """Why the track does not count. A flag that is not set says nothing, so the title is asked then."""
    if not track.enabled:
        return "disabled in the file"
    if track.commentary:
        return "commentary, by its flag"
    if track.visual_impaired:
        return "audio description, by its flag"
    if facts.role is not None:
        return f"{_ROLES[facts.role]}, by its title “{track.title}”"
    return None


def _unlabelled(track: _Track, policy: Policy) -> _Track:
    """An unlabelled track is what its title names, else what the policy names."""
    if track.language is not NoLanguage.UNLABELLED:
        return track
    if track.facts.language is not None:
        language = with_region(track.facts.language, track.facts)
        return replace(
            track, language=language, source=EvidenceSource.TITLE, note=_named_by_title(track.track)
        )
    if isinstance(policy.untagged, Language):
        language = with_region(policy.untagged, track.facts)
        note = f"unlabelled, taken for {name(language)} by the policy “untagged”"
        return replace(track, language=language, source=EvidenceSource.POLICY, note=note)
    return track


def _flagged(tracks: Sequence[_Track], original: Original) -> Original:
    """The original by the container's flag, where nobody else knows it and exactly one counted track has it."""
    if original.language is not None:
        return original
    flagged = [t.language for t in tracks if t.excluded is None and t.track.original]
    if len(flagged) == 1 and isinstance(flagged[0], Language):
        return replace(original, language=flagged[0], arr_english=False)
    return original


def _assume_first(tracks: list[_Track], policy: Policy, original: Original, from_arr: bool) -> None:
    """Take the first counted track for the original if it is unlabelled.

    Arr data leave untagged tracks out and so name no positions: there a track is first only if no track
    has a label at all.
    """
    if policy.untagged is not Untagged.ORIGINAL or original.language is None:
        return
    counted = [index for index, track in enumerate(tracks) if track.excluded is None]
    asked = counted if from_arr else counted[:1]
    if asked and all(tracks[index].language is NoLanguage.UNLABELLED for index in asked):
        first = tracks[asked[0]]
        tracks[asked[0]] = replace(
            first,
            language=with_region(original.language, first.facts),
            source=EvidenceSource.ASSUMED,
            note="unlabelled and first, taken for the original",
        )


def _evidence(track: _Track) -> TrackEvidence:
    note = track.note if track.excluded is None else f"not counted: {track.excluded}"
    if track.track.original:
        note += "; flagged “original”"
    language = track.language if isinstance(track.language, Language) else None
    return TrackEvidence(track.track, language, track.excluded is None, track.source, note)
