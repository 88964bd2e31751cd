"""The verdict of a season and of an item, over the findings of their files.

The six rules are those of `docs/reference/tagging.md`, "Verdict of an item"; the first that applies
decides. `dub` and `original` claim completeness; `semi-dub` and `wrong-dub` rest on what was seen.
"""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from taggarr.core import wording
from taggarr.core.evidence import EvidenceSource, Original, TrackEvidence
from taggarr.core.finding import Finding, Verdict, judge_file
from taggarr.core.language import Language
from taggarr.core.media import File, Item, Kind
from taggarr.core.policy import Policy
from taggarr.core.selection import season_counts

__all__ = [
    "EvidenceSource",
    "Finding",
    "ItemVerdict",
    "Original",
    "SeasonVerdict",
    "TrackEvidence",
    "Verdict",
    "judge_file",
    "judge_item",
    "judge_season",
]


@dataclass(frozen=True, slots=True)
class SeasonVerdict:
    """A season by rules 2 to 6; `verdict` is None where none of its files has a finding.

    `files` are those that the arr lists, `counted` says whether they take part in the item's verdict.
    """

    number: int
    verdict: Verdict | None
    files: int
    counted: bool


@dataclass(frozen=True, slots=True)
class ItemVerdict:
    """The verdict of a series or a movie, and the number of the rule that gave it.

    `languages` are heard in some counted file, the most frequent first; `missing` (in the order of the
    targets) and `foreign` are so in some counted file. `sampled`: some counted file was not read.
    `nothing_counts` (rule 1): no label is added, and managed labels are removed.
    """

    verdict: Verdict
    rule: int
    reason: str
    sampled: bool = False
    languages: tuple[Language, ...] = ()
    missing: tuple[Language, ...] = ()
    foreign: tuple[Language, ...] = ()
    seasons: tuple[SeasonVerdict, ...] = ()
    nothing_counts: bool = False


def judge_item(
    item: Item,
    files: Sequence[File],
    findings: Mapping[int, Finding],
    policy: Policy,
    *,
    sampled: bool = False,
) -> ItemVerdict:
    """Judge an item from the findings of its files, by the files' ids.

    A counted file without a finding is unknown, unless `sampled` (quick mode) says that not every file
    was meant to be read: then it counts neither as known nor as unknown.
    """
    by_season: dict[int | None, list[File]] = {}
    for file in files:
        by_season.setdefault(file.season, []).append(file)
    seasons: list[SeasonVerdict] = []
    counted: list[File] = []
    for number, members in by_season.items():
        counts = number is None or season_counts(item, number, policy)
        if counts:
            counted += members
        if number is not None:
            verdict = judge_season(members, findings, sampled=sampled)
            seasons.append(SeasonVerdict(number, verdict, len(members), counts))
    seasons.sort(key=lambda season: season.number)
    if not counted:
        reason = wording.nothing_counts(len(files))
        return ItemVerdict(Verdict.ORIGINAL, 1, reason, seasons=tuple(seasons), nothing_counts=True)
    return _over(item, counted, findings, policy, tuple(seasons), sampled)


def judge_season(
    files: Sequence[File], findings: Mapping[int, Finding], *, sampled: bool = False
) -> Verdict | None:
    """The verdict of one season's files by rules 2 to 6; None where none of them has a finding."""
    known = [finding for file in files if (finding := findings.get(file.id)) is not None]
    if not known:
        return None
    verdicts = {f.verdict for f in known if not f.no_speech} or {Verdict.ORIGINAL}
    return _rule(verdicts, complete=sampled or len(known) == len(files))[0]


def _over(
    item: Item,
    counted: Sequence[File],
    findings: Mapping[int, Finding],
    policy: Policy,
    seasons: tuple[SeasonVerdict, ...],
    sampled: bool,
) -> ItemVerdict:
    read = [(file, finding) for file in counted if (finding := findings.get(file.id)) is not None]
    everything = len(read) == len(counted)
    speaking = [pair for pair in read if not pair[1].no_speech] or read
    known = [finding for _, finding in speaking]
    verdict, rule = _rule({f.verdict for f in known}, complete=sampled or everything)
    heard = Counter(language for f in known for language in f.heard)
    languages = tuple(sorted(heard, key=lambda language: (-heard[language], str(language))))
    reason = _reason(item, verdict, speaking, languages, policy, unread=len(counted) - len(read))
    if sampled and not everything:
        reason = wording.sampled(reason, len(read), len(counted))
    lacking = {language for f in known for language in f.missing}
    return ItemVerdict(
        verdict,
        rule,
        reason,
        sampled=sampled and not everything,
        languages=languages,
        missing=tuple(target for target in policy.targets if target in lacking),
        foreign=tuple(sorted({language for f in known for language in f.foreign})),
        seasons=seasons,
    )


def _rule(verdicts: Set[Verdict], *, complete: bool) -> tuple[Verdict, int]:
    """Rules 2 to 6. Where the knowledge is not complete, or there is none, nothing is claimed of the rest."""
    if Verdict.WRONG_DUB in verdicts:
        return Verdict.WRONG_DUB, 2
    if Verdict.SEMI_DUB in verdicts or {Verdict.DUB, Verdict.ORIGINAL} <= verdicts:
        return Verdict.SEMI_DUB, 3
    if Verdict.UNKNOWN in verdicts or not verdicts or not complete:
        return Verdict.UNKNOWN, 4
    return (Verdict.DUB, 5) if Verdict.DUB in verdicts else (Verdict.ORIGINAL, 6)


def _reason(
    item: Item,
    verdict: Verdict,
    judged: Sequence[tuple[File, Finding]],
    languages: Sequence[Language],
    policy: Policy,
    unread: int,
) -> str:
    if item.kind is Kind.MOVIE and len(judged) == 1:
        return judged[0][1].reason
    total = len(judged)
    if verdict in (Verdict.DUB, Verdict.ORIGINAL):
        assumed = sum(finding.assumed for _, finding in judged)
        if verdict is Verdict.DUB:
            return wording.item_dub(languages, total, assumed)
        missing = [target for target in policy.targets if any(target in f.missing for _, f in judged)]
        return wording.item_original(languages, missing, total, assumed)
    if verdict is Verdict.SEMI_DUB:
        lacking = [(t, [file for file, f in judged if t in f.missing]) for t in policy.targets]
        return wording.item_semi([(target, files) for target, files in lacking if files], total)
    hits = [(file, finding) for file, finding in judged if finding.verdict is verdict]
    files = [file for file, _ in hits]
    if verdict is Verdict.UNKNOWN:
        return wording.item_unknown(files, total, {f.reason for _, f in hits}, unread)
    foreign = sorted({language for _, f in hits for language in f.foreign})
    missing = [target for target in policy.targets if any(target in f.missing for _, f in hits)]
    return wording.item_wrong(foreign, missing, files, total)
