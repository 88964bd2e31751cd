"""A second, naive reading of what `docs/reference/tagging.md` says of an item and its plan, set against the
real one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random

from taggarr.core.finding import Finding, Verdict
from taggarr.core.language import Language
from taggarr.core.media import File, Item, Kind, Season
from taggarr.core.nfo_edit import NfoEdit
from taggarr.core.plan import NfoState, plan_item
from taggarr.core.policy import Counted, Labels, Policy, WriteNfo
from taggarr.core.verdict import ItemVerdict, judge_item

DUB, SEMI, WRONG = Verdict.DUB, Verdict.SEMI_DUB, Verdict.WRONG_DUB
ORIGINAL, UNKNOWN = Verdict.ORIGINAL, Verdict.UNKNOWN


def over(files: Iterable[File], findings: dict[int, Finding], sampled: bool) -> tuple[Verdict, int]:
    """Rules 2 to 6."""
    found = [findings.get(f.id) for f in files if f.id in findings or not sampled]
    speech = [f for f in found if f is None or not f.no_speech] or found
    verdicts = [f.verdict if f else UNKNOWN for f in speech]
    if WRONG in verdicts:
        return WRONG, 2
    if SEMI in verdicts or (DUB in verdicts and ORIGINAL in verdicts):
        return SEMI, 3
    if UNKNOWN in verdicts or not verdicts:
        return UNKNOWN, 4
    return (DUB, 5) if set(verdicts) == {DUB} else (ORIGINAL, 6)


def season_counts(item: Item, number: int, policy: Policy) -> bool:
    """Whether a season's files take part."""
    if number == 0:
        return policy.specials is Counted.INCLUDE
    unmonitored = any(s.number == number and not s.monitored for s in item.seasons)
    return not unmonitored or policy.unmonitored_seasons is Counted.INCLUDE


def judge(
    item: Item, files: Sequence[File], findings: dict[int, Finding], policy: Policy, sampled: bool
) -> tuple[Verdict, int, bool]:
    """Verdict, rule, whether nothing counts."""
    counted = [f for f in files if f.season is None or season_counts(item, f.season, policy)]
    return (*over(counted, findings, sampled), False) if counted else (ORIGINAL, 1, True)


def label_text(verdict: ItemVerdict, policy: Policy) -> str | None:
    """The label that a verdict asks for, lower-case."""
    labels = policy.labels
    text = {DUB: labels.dub, SEMI: labels.semi, WRONG: labels.wrong, ORIGINAL: labels.original}
    label = None if verdict.nothing_counts else text.get(verdict.verdict)
    return label.lower() if label else None


def plan(item: Item, verdict: ItemVerdict, policy: Policy, managed: set[str]) -> list[tuple[str, bool]]:
    """The changes to the tags of an item in their order."""
    if verdict.verdict is UNKNOWN:
        return []
    label = label_text(verdict, policy)
    added = [(label, True)] if label and label not in item.tags else []
    surplus = {tag for tag in item.tags if tag in managed} - {label}
    return added + [(tag, False) for tag in sorted(surplus)]


def nfo_wanted(
    verdict: ItemVerdict, policy: Policy, ours: set[str], nfo: NfoState
) -> tuple[set[str], set[str]]:
    """The tags and genres that an NFO should hold, without case."""
    tags, genres = {t.lower() for t in nfo.tags}, {g.lower() for g in nfo.genres}
    if verdict.verdict is UNKNOWN or policy.write_nfo is WriteNfo.NEVER:
        return tags, genres
    label = label_text(verdict, policy)
    tags = (tags - ours) | ({label} if label else set())
    if policy.add_tag_to_genre and verdict.verdict is DUB:
        genres |= {"dub"}
    elif nfo.genre_ours:
        genres -= {"dub"}
    return tags, genres


# --- the cases ------------------------------------------------------------------------------------------

LABELS = (Labels(), Labels(original="OV"), Labels(dub="Dub", semi="part", wrong="WRONG", original="dub-less"))
TAGS = ("dub", "semi-dub", "wrong-dub", "ov", "part", "wrong", "dub-less", "old-dub", "keep", "4k")


def a_policy(chance: Random) -> Policy:
    """Every value that an item and its plan ask for."""
    return Policy(
        targets=(Language("en"),),
        labels=chance.choice(LABELS),
        specials=chance.choice(list(Counted)),
        unmonitored_seasons=chance.choice(list(Counted)),
        write_nfo=chance.choice(list(WriteNfo)),
        add_tag_to_genre=chance.random() < 0.7,
    )


def a_finding(chance: Random, verdicts: Sequence[Verdict]) -> Finding:
    """A file's finding; some of the originals are without speech."""
    verdict = chance.choice(verdicts)
    silent = verdict is ORIGINAL and chance.random() < 0.5
    return Finding(verdict, 2 if silent else 8, "", no_speech=silent)


def an_item(chance: Random) -> tuple[Item, list[File], dict[int, Finding], Policy, bool]:
    """An item, its files, what was found in most of them, its policy, and whether it was sampled."""
    movie = chance.random() < 0.2
    seasons = tuple(Season(number, chance.random() < 0.6) for number in range(4) if chance.random() < 0.9)
    files = [
        File(i, f"/m/{i}", f"{i}", 1, None if movie else chance.randrange(4))
        for i in range(chance.randrange(2 if movie else 6))
    ]
    verdicts = chance.sample(list(Verdict), chance.randint(1, 3))
    findings = {f.id: a_finding(chance, verdicts) for f in files if chance.random() < 0.85}
    tags = tuple(chance.sample(TAGS, chance.randrange(5)))
    item = Item("i", Kind.MOVIE if movie else Kind.SERIES, 1, "T", "/m", tags=tags, seasons=seasons)
    return item, files, findings, a_policy(chance), chance.random() < 0.3


def test_an_item_is_judged_as_the_text_says() -> None:
    """The verdict of an item and of each season is the model's."""
    for number in range(6_000):
        case = an_item(Random(number))
        item, files, findings, policy, sampled = case
        got = judge_item(item, files, findings, policy, sampled=sampled)
        assert (got.verdict, got.rule, got.nothing_counts) == judge(*case), f"case {number}: {case}"
        for season in got.seasons:
            own = [f for f in files if f.season == season.number]
            known = any(f.id in findings for f in own)
            assert season.verdict == (over(own, findings, sampled)[0] if known else None)
            assert (season.files, season.counted) == (len(own), season_counts(item, season.number, policy))
        assert {s.number for s in got.seasons} >= {f.season for f in files if f.season is not None}


def a_plan(chance: Random) -> tuple[Item, ItemVerdict, Policy, set[str], NfoState]:
    """A judged item, the labels that are ours, and an NFO of it."""
    item, *_, policy, _ = an_item(chance)
    labels = policy.labels
    ours = {t.lower() for t in (labels.dub, labels.semi, labels.wrong, labels.original) if t} | {"old-dub"}
    verdict = chance.choice(list(Verdict))
    nothing = verdict is ORIGINAL and chance.random() < 0.3
    texts = tuple(
        chance.choice((str.upper, str.title, str))(t) for t in chance.sample(TAGS, chance.randrange(4))
    )
    genres = chance.choice(((), ("Drama",), ("Dub", "Drama"), ("dub",)))
    nfo = NfoState("/m/tvshow.nfo", texts, genres, genre_ours="Dub" in genres and chance.random() < 0.5)
    return item, ItemVerdict(verdict, 1 if nothing else 6, "", nothing_counts=nothing), policy, ours, nfo


def edited(texts: Iterable[str], add: Iterable[str], remove: Iterable[str]) -> set[str]:
    """The texts after an edit, without case; what is both added and removed stays."""
    return ({t.lower() for t in texts} - {t.lower() for t in remove}) | {t.lower() for t in add}


def test_a_plan_is_what_the_text_says() -> None:
    """Tags change as in the model, the wanted one first, and the NFO comes to hold the same labels."""
    for number in range(4_000):
        item, verdict, policy, ours, nfo = a_plan(Random(number))
        got = plan_item(item, verdict, policy, ours, [nfo])
        changes = [(change.label, change.add) for change in got.tags]
        assert sorted(changes, key=lambda c: (not c[1], c[0])) == plan(item, verdict, policy, ours), (
            f"case {number}"
        )
        assert changes == sorted(changes, key=lambda c: not c[1])
        edit = got.nfos[0].edit if got.nfos else NfoEdit()
        tags = edited(nfo.tags, edit.add_tags, edit.remove_tags)
        genres = edited(nfo.genres, edit.add_genres, edit.remove_genres)
        assert (tags, genres) == nfo_wanted(verdict, policy, ours, nfo)


def test_nothing_is_planned_twice() -> None:
    """Once a plan holds, the next one is empty."""
    for number in range(2_000):
        item, verdict, policy, ours, nfo = a_plan(Random(number))
        first = plan_item(item, verdict, policy, ours, [nfo])
        tags = tuple(
            edited(item.tags, *([c.label for c in first.tags if c.add is add] for add in (True, False)))
        )
        assert not plan_item(replace(item, tags=tags), verdict, policy, ours).tags
