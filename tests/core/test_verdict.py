"""The verdict of a season and of an item, from findings whose verdicts are written out."""

from collections.abc import Sequence

import pytest

from taggarr.core.finding import Finding, Verdict
from taggarr.core.language import Language, parse
from taggarr.core.media import File, Item, Kind, Season
from taggarr.core.policy import Counted, Policy
from taggarr.core.verdict import ItemVerdict, SeasonVerdict, judge_item, judge_season

EN, DE, FR, JA = Language("en"), Language("de"), Language("fr"), Language("ja")
POLICY = Policy((EN,))
BOTH = Policy((EN, DE))

ORIGINAL = Finding(Verdict.ORIGINAL, 8, "Japanese is heard", heard=(JA,), missing=(EN,))
ASSUMED = Finding(Verdict.ORIGINAL, 8, "taken for Japanese", heard=(JA,), missing=(EN,), assumed=True)
SILENT = Finding(Verdict.ORIGINAL, 2, "nobody speaks", no_speech=True)
DUB = Finding(Verdict.DUB, 5, "Japanese and English are heard", heard=(JA, EN))
SEMI = Finding(Verdict.SEMI_DUB, 6, "German is missing", heard=(JA, EN), missing=(DE,))
WRONG = Finding(Verdict.WRONG_DUB, 7, "French is heard, English is missing", (JA, FR), (EN,), (FR,))
FLAGGED = Finding(Verdict.WRONG_DUB, 4, "French is not wanted", heard=(JA, EN, FR), foreign=(FR,))
UNKNOWN = Finding(Verdict.UNKNOWN, 1, "the audio is not known: damaged")
LETTERS = {
    "o": ORIGINAL,
    "a": ASSUMED,
    "z": SILENT,
    "d": DUB,
    "b": Finding(Verdict.DUB, 5, "assumed", heard=(JA, EN), assumed=True),
    "s": SEMI,
    "w": WRONG,
    "f": FLAGGED,
    "u": UNKNOWN,
}


def series(*seasons: Season) -> Item:
    """A series with these seasons."""
    return Item("tv", Kind.SERIES, 1, "Show", "/tv/Show", seasons=seasons)


def files(findings: str, season: int | None = 1, start: int = 1) -> list[File]:
    """One episode a letter; blanks are skipped."""
    return [
        File(1000 * (season or 0) + number, "", f"{number:02}.mkv", 1, season, (number,))
        for number, letter in enumerate(findings, start)
        if letter != " "
    ]


def findings(listed: Sequence[File], letters: str) -> dict[int, Finding]:
    """The findings by the files' ids; `-` is a file that was never read."""
    return {file.id: LETTERS[letter] for file, letter in zip(listed, letters, strict=True) if letter != "-"}


def judge(letters: str, *, sampled: bool = False, policy: Policy = POLICY) -> ItemVerdict:
    """The verdict of a series with one season."""
    listed = files(letters)
    return judge_item(series(Season(1)), listed, findings(listed, letters), policy, sampled=sampled)


@pytest.mark.parametrize(
    ("letters", "verdict", "rule"),
    [
        ("", "original", 1),
        ("w", "wrong-dub", 2),
        ("dddw", "wrong-dub", 2),
        ("wsuoz", "wrong-dub", 2),
        ("s", "semi-dub", 3),
        ("dddds", "semi-dub", 3),
        ("us", "semi-dub", 3),
        ("do", "semi-dub", 3),
        ("odu", "semi-dub", 3),
        ("u", "unknown", 4),
        ("ddu", "unknown", 4),
        ("oou", "unknown", 4),
        ("zu", "unknown", 4),
        ("dd", "dub", 5),
        ("d", "dub", 5),
        ("dzd", "dub", 5),
        ("oo", "original", 6),
        ("oa", "original", 6),
        ("oz", "original", 6),
        ("z", "original", 6),
        ("zz", "original", 6),
    ],
)
def test_the_first_rule_that_applies_decides(letters: str, verdict: str, rule: int) -> None:
    """Wrong before semi before unknown; dub and original need every file; silence speaks only alone."""
    found = judge(letters)

    assert (found.verdict.value, found.rule) == (verdict, rule)
    assert found.nothing_counts is (rule == 1)
    assert not found.sampled


@pytest.mark.parametrize(
    ("letters", "sampled", "verdict", "marked"),
    [
        ("d-", True, "dub", True),
        ("o--", True, "original", True),
        ("z-", True, "original", True),
        ("w-", True, "wrong-dub", True),
        ("do-", True, "semi-dub", True),
        ("u-", True, "unknown", True),
        ("--", True, "unknown", True),
        ("dd", True, "dub", False),
        ("", True, "original", False),
        ("d-", False, "unknown", False),
        ("o-", False, "unknown", False),
        ("z-", False, "unknown", False),
        ("--", False, "unknown", False),
        ("s-", False, "semi-dub", False),
        ("w-", False, "wrong-dub", False),
        ("do-", False, "semi-dub", False),
    ],
)
def test_files_that_were_not_read(letters: str, sampled: bool, verdict: str, marked: bool) -> None:
    """A sample counts them neither way and says so; without one, completeness is not claimed."""
    found = judge(letters, sampled=sampled)

    assert (found.verdict.value, found.sampled) == (verdict, marked)


@pytest.mark.parametrize(
    ("specials", "unmonitored", "verdict", "counted"),
    [
        (Counted.IGNORE, Counted.INCLUDE, "semi-dub", [False, True, True]),
        (Counted.INCLUDE, Counted.INCLUDE, "wrong-dub", [True, True, True]),
        (Counted.IGNORE, Counted.IGNORE, "dub", [False, True, False]),
        (Counted.INCLUDE, Counted.IGNORE, "wrong-dub", [True, True, False]),
    ],
)
def test_seasons_count_by_policy(
    specials: Counted, unmonitored: Counted, verdict: str, counted: list[bool]
) -> None:
    """Specials by one policy alone, though unmonitored; other unmonitored seasons by the other."""
    item = series(Season(0, monitored=False), Season(1), Season(2, monitored=False))
    listed = [*files("oo", 2), *files("w", 0), *files("ddd", 1)]
    known = findings(listed, "oowddd")

    found = judge_item(item, listed, known, Policy((EN,), specials=specials, unmonitored_seasons=unmonitored))

    assert found.verdict.value == verdict
    assert found.seasons == (
        SeasonVerdict(0, Verdict.WRONG_DUB, 1, counted[0]),
        SeasonVerdict(1, Verdict.DUB, 3, counted[1]),
        SeasonVerdict(2, Verdict.ORIGINAL, 2, counted[2]),
    )


def test_a_season_that_the_arr_does_not_list_counts() -> None:
    """Nothing says that it is unmonitored."""
    listed = files("d", 7)

    found = judge_item(
        series(), listed, findings(listed, "d"), Policy((EN,), unmonitored_seasons=Counted.IGNORE)
    )

    assert (found.verdict.value, found.seasons) == ("dub", (SeasonVerdict(7, Verdict.DUB, 1, True),))


def test_only_specials_count_for_nothing() -> None:
    """A series of Specials alone is original for want of files, and keeps its seasons' own verdicts."""
    listed = files("d", 0)

    found = judge_item(series(Season(0)), listed, findings(listed, "d"), POLICY)

    assert (found.verdict.value, found.rule, found.nothing_counts) == ("original", 1, True)
    assert found.seasons == (SeasonVerdict(0, Verdict.DUB, 1, False),)
    assert found.reason == "no file counts: 1 in Specials or unmonitored seasons"
    assert (found.languages, found.missing, found.foreign) == ((), (), ())


@pytest.mark.parametrize(
    ("letters", "sampled", "verdict"),
    [
        ("w", False, "wrong-dub"),
        ("s", False, "semi-dub"),
        ("do", False, "semi-dub"),
        ("du", False, "unknown"),
        ("dz", False, "dub"),
        ("zz", False, "original"),
        ("o", False, "original"),
        ("d-", False, "unknown"),
        ("d-", True, "dub"),
        ("--", False, None),
        ("--", True, None),
        ("", False, None),
    ],
)
def test_a_season_has_its_own_verdict(letters: str, sampled: bool, verdict: str | None) -> None:
    """Rules 2 to 6 over its own files; none without findings."""
    listed = files(letters)

    assert judge_season(listed, findings(listed, letters), sampled=sampled) == verdict


def test_a_season_is_sampled_with_its_item() -> None:
    """Its unread files count neither way in quick mode, and leave it unknown otherwise."""
    listed = files("dd")
    known = findings(listed, "d-")

    assert judge_season(listed, known) is Verdict.UNKNOWN
    assert judge_item(series(), listed, known, POLICY).seasons[0].verdict is Verdict.UNKNOWN
    assert judge_item(series(), listed, known, POLICY, sampled=True).seasons[0].verdict is Verdict.DUB


def test_silence_in_one_season_does_not_speak_for_the_item() -> None:
    """The season of a silent film is original; the item is what the other files say."""
    listed = [*files("z", 1), *files("d", 2)]

    found = judge_item(series(), listed, findings(listed, "zd"), POLICY)

    assert found.verdict.value == "dub"
    assert [season.verdict for season in found.seasons] == [Verdict.ORIGINAL, Verdict.DUB]


@pytest.mark.parametrize(("letter", "rule"), [("d", 5), ("o", 6), ("w", 2), ("s", 3), ("u", 4), ("z", 6)])
def test_a_movie_is_what_its_file_is(letter: str, rule: int) -> None:
    """Verdict and reason are those of the movie file."""
    movie = Item("films", Kind.MOVIE, 1, "Film", "/films/Film")
    listed = [File(1, "", "Film.mkv", 1)]

    found = judge_item(movie, listed, findings(listed, letter), POLICY)

    assert (found.verdict, found.rule, found.reason) == (
        LETTERS[letter].verdict,
        rule,
        LETTERS[letter].reason,
    )
    assert found.seasons == ()


def test_a_movie_without_a_file_has_nothing_that_counts() -> None:
    """Rule 1 holds for movies too."""
    found = judge_item(Item("films", Kind.MOVIE, 1, "Film", "/films/Film"), [], {}, POLICY)

    assert (found.verdict.value, found.rule, found.nothing_counts) == ("original", 1, True)
    assert found.reason == "there is no file yet"


def test_a_movie_file_that_was_not_read_is_unknown() -> None:
    """Nothing was seen, so nothing is said."""
    found = judge_item(Item("films", Kind.MOVIE, 1, "Film", "/f"), [File(1, "", "Film.mkv", 1)], {}, POLICY)

    assert (found.verdict.value, found.reason) == ("unknown", "1 file not read yet")


def test_languages_are_gathered_over_the_counted_files() -> None:
    """Heard: the most frequent first; missing: in the order of the targets; Specials add nothing."""
    listed = [*files("dsw", 1), *files("w", 0)]
    known = findings(listed, "dsww")

    found = judge_item(series(), listed[:2], known, BOTH)
    assert (found.languages, found.missing, found.foreign) == ((EN, JA), (DE,), ())

    found = judge_item(series(), listed, known, BOTH)
    assert (found.languages, found.missing, found.foreign) == ((JA, EN, FR), (EN, DE), (FR,))


def test_regions_are_told_apart() -> None:
    """`pt` and `pt-BR` are two languages to a reader."""
    brazil = parse("pt-BR")
    assert isinstance(brazil, Language)
    listed = files("dd")
    known = {
        listed[0].id: Finding(Verdict.DUB, 5, "", heard=(JA, brazil)),
        listed[1].id: Finding(Verdict.DUB, 5, "", heard=(JA, Language("pt"))),
    }

    assert [str(x) for x in judge_item(series(), listed, known, POLICY).languages] == ["ja", "pt", "pt-BR"]


@pytest.mark.parametrize(
    ("letters", "policy", "reason"),
    [
        ("", POLICY, "there is no file yet"),
        ("dddd", POLICY, "English and Japanese in all 4 files"),
        ("d", POLICY, "English and Japanese in the only file"),
        ("oo", POLICY, "only Japanese in all 2 files, English in none"),
        ("ooa", POLICY, "only Japanese in all 3 files, English in none (assumed in 1)"),
        ("db", POLICY, "English and Japanese in all 2 files (assumed in 1)"),
        ("aa", POLICY, "only Japanese in all 2 files, English in none (assumed)"),
        ("zz", POLICY, "nobody speaks in all 2 files"),
        ("ddo", POLICY, "English is missing in 1 of 3 files (S01E03)"),
        ("ooddo", POLICY, "English is missing in 3 of 5 files (S01E01, S01E02 and S01E05)"),
        ("odoooo", POLICY, "English is missing in 5 of 6 files (S01E01, S01E03, S01E04 and 2 more)"),
        ("ss", BOTH, "German is missing in all 2 files"),
        (
            "so",
            BOTH,
            "English is missing in 1 of 2 files (S01E02); German is missing in 1 of 2 files (S01E01)",
        ),
        ("ddw", POLICY, "French instead of English in 1 of 3 files (S01E03)"),
        ("ww", POLICY, "French instead of English in all 2 files"),
        ("df", POLICY, "unwanted: French in 1 of 2 files (S01E02)"),
        ("du", POLICY, "not known in 1 of 2 files (S01E02): damaged"),
        ("u", POLICY, "not known in the only file: damaged"),
        ("d--", POLICY, "2 files not read yet"),
        ("---", POLICY, "3 files not read yet"),
    ],
)
def test_a_verdict_says_why(letters: str, policy: Policy, reason: str) -> None:
    """A sentence with what was wanted, what was found and where."""
    assert judge(letters, policy=policy).reason == reason


def test_a_dub_beside_an_original_that_lacks_nothing_is_explained_too() -> None:
    """Files may name their own original by a flag, so nothing need be missing."""
    listed = files("do")
    known = {
        listed[0].id: DUB,
        listed[1].id: Finding(Verdict.ORIGINAL, 8, "English is heard", heard=(EN,)),
    }

    found = judge_item(series(), listed, known, POLICY)

    assert (found.verdict.value, found.reason) == (
        "semi-dub",
        "a dub in some of 2 files, in others the original alone",
    )


def test_a_sample_says_how_small_it_is() -> None:
    """The user sees that not everything was read."""
    assert judge("d---", sampled=True).reason == (
        "English and Japanese in the only file (quick mode: 1 of 4 files read)"
    )


def test_different_causes_are_named() -> None:
    """Two reasons of unknown files are told, each once."""
    listed = files("uuuu")
    reasons = ["damaged", "damaged", "no permission", "too slow"]
    known = {file.id: Finding(Verdict.UNKNOWN, 1, why) for file, why in zip(listed, reasons, strict=True)}

    assert (
        judge_item(series(), listed, known, POLICY).reason
        == "not known in all 4 files: damaged; no permission"
    )
