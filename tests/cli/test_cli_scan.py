"""`taggarr scan`: options, what is printed, exit codes."""

import contextlib
import json
import re
import signal
import sqlite3
import subprocess

import pytest

from taggarr.simulator import FaultKind, SonarrSimulator
from taggarr.simulator.collection import Collection, audio

DUBBED = audio("jpn", "eng")


def test_json_is_one_object(place):
    """The contract of `scan --json`, and nothing else on standard output."""
    place.fill()
    result = place.run("scan", "--json")
    summary = result.json
    assert result.code == 0
    assert list(summary) == ["scan", "seconds", "instances"]
    assert list(summary["instances"]) == ["tv", "films"]
    tv = summary["instances"]["tv"]
    requests = tv.pop("requests")
    assert tv == {
        "items": 5,
        "verdicts": {"original": 1, "dub": 1, "semi-dub": 1, "wrong-dub": 1, "unknown": 1},
        "filesListed": 8,
        "filesRead": 8,
        "changes": {"planned": 6, "applied": 6, "failed": 0},
        "error": None,
    }
    assert requests >= 9
    assert result.out.count("\n") == 1
    again = place.run("scan", "--json").json
    assert (again["scan"], again["instances"]["tv"]["filesRead"]) == (2, 0)
    assert again["instances"]["tv"]["changes"] == {"planned": 0, "applied": 0, "failed": 0}


def test_people_see_counts_changes_and_what_needs_attention(place):
    """Verdicts and changes on standard output, troubles on standard error."""
    place.fill()
    result = place.run("scan")
    assert result.out.splitlines()[:2] == [
        "tv: 5 series, 8 files",
        "  ○ 1 original   ● 1 dub   ◐ 1 semi-dub   ▲ 1 wrong-dub   ? 1 unknown",
    ]
    assert "  +wrong-dub −dub  Wrong: German instead of English in the only file" in result.out.splitlines()
    assert "tv: needs attention: Broken: not known in the only file" in result.err
    assert re.search(r"^Scan 1: 10 files read in \d+\.\d s\.$", result.out, re.MULTILINE)


def test_long_lists_are_cut(place):
    """Twenty changes and ten titles that need attention; the rest is counted."""
    for number in range(22):
        place.collection.movie(f"Film {number:02}", DUBBED)
    for number in range(12):
        place.collection.movie(f"Broken {number:02}", b"\x1a\x45\xdf\xa3")
    result = place.run("scan")
    assert result.out.count("+dub") == 20
    assert "  … and 2 more titles (`taggarr history --scan 1` lists what was done)" in result.out.splitlines()
    assert result.err.count("needs attention") == 10
    assert "films: … and 2 more" in result.err.splitlines()


@pytest.mark.parametrize(
    ("arguments", "defaults", "environment", "hint"),
    [
        (["--dry-run"], "", {}, "run it without --dry-run"),
        ([], ", dry_run: true", {}, "remove `dry_run: true` (CONFIG:1) and run `taggarr scan`"),
        (
            [],
            "",
            {"TAGGARR__DEFAULTS__DRY_RUN": "yes"},
            "remove `dry_run: true` (variable TAGGARR__DEFAULTS__DRY_RUN) and run `taggarr scan`",
        ),
    ],
)
def test_a_dry_run_says_how_to_write(place, monkeypatch, arguments, defaults, environment, hint):
    """The plan is shown, nothing is written, and the one line that switches writing on is named."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    place.configure(f"target_languages: [en]{defaults}")
    place.collection.movie("Film", DUBBED)
    result = place.run("scan", *arguments)
    assert (result.code, place.radarr.log.writes) == (0, [])
    assert result.out.splitlines()[-5:-2] == [
        "  ● 1 dub",
        "  would add dub to 1",
        "  +dub  Film: Japanese and English are heard",
    ]
    hint = hint.replace("CONFIG", str(place.data / "config.yaml"))
    assert result.out.splitlines()[-1] == f"This was a dry run: nothing was written. To write, {hint}."


def test_a_dry_run_of_one_instance_says_which(place):
    """The other one writes, and its changes are listed as changes."""
    place.configure(films=", dry_run: true")
    place.collection.movie("Film", DUBBED)
    place.collection.series("Show", {"Season 01/S01E01.mkv": DUBBED})
    result = place.run("scan")
    assert (place.sonarr.all_tags(), place.radarr.all_tags()) == ({1: {"dub"}}, {1: set()})
    assert "  changes: 1 planned, 1 applied, 0 failed" in result.out.splitlines()
    assert "This was a dry run of films: nothing was written. To write, remove" in result.out


def test_a_profile_may_hold_titles_back(place):
    """What its dry_run keeps from being written is counted beside what was."""
    place.configure(more="profiles: {new: {match: {arr_tags: [new]}, dry_run: true}}\n")
    place.collection.movie("Film", DUBBED)
    place.collection.movie("New Film", DUBBED, tags=["new"])
    result = place.run("scan")
    assert place.radarr.all_tags() == {1: {"dub"}, 2: {"new"}}
    assert "  not written: 1 title whose profile says dry_run: true" in result.out.splitlines()
    assert "This was a dry run" not in result.out


def test_the_first_dry_run_of_a_large_library_fits_on_a_screen(place):
    """Counts for each instance, ten examples over all of them, three titles that need attention each."""
    for number in range(15):
        place.collection.movie(f"Dubbed {number:02}", DUBBED)
        place.collection.movie(f"Broken {number:02}", b"\x1a\x45\xdf\xa3")
        place.collection.series(f"Show {number:02}", {"Season 01/S01E01.mkv": DUBBED}, tags=["semi-dub"])
    place.collection.movie("Wrong", audio("jpn", "ger"), tags=["dub"])
    place.collection.movie("Plain", audio("jpn"), tags=["dub"])
    result = place.run("scan", "--dry-run")
    out = result.out.splitlines()
    assert len(out) + len(result.err.splitlines()) <= 32
    assert [line for line in out if line.startswith("  would")] == [
        "  would add dub to 15; remove semi-dub from 15",
        "  would add dub to 15, wrong-dub to 1; remove dub from 2",
    ]
    examples = [line for line in out if line.startswith(("  +", "  −"))]
    assert len(examples) == 10
    assert [line for line in examples if "Wrong" in line or "Plain" in line] == [
        "  −dub  Plain: Japanese is heard, which is the original; English is missing",
        "  +wrong-dub −dub  Wrong: Japanese and German are heard; English is missing",
    ]
    assert [line for line in out if "more title" in line] == [
        "  … and 11 more titles",
        "  … and 11 more titles",
    ]
    assert result.err.count("needs attention") == 3
    assert "films: … and 12 more" in result.err.splitlines()


def test_a_dry_run_with_nothing_to_do_says_so(place):
    """No title would change."""
    place.collection.movie("Film", audio("jpn"))
    assert "  would change nothing" in place.run("scan", "--dry-run").out.splitlines()


def test_the_log_level_of_the_command_line_wins(place):
    """An arr that does not answer at first is a matter of level info."""
    logged = []
    for level in ("info", "error"):
        place.radarr.faults.script(FaultKind.THROTTLED, path="/api/v3/movie", retry_after="0")
        logged.append("trying again" in place.run("scan", "--log-level", level, "-i", "films").err)
    assert logged == [True, False]


def test_quick_reads_one_file_of_a_season(place):
    """`--quick` wins over the configuration."""
    place.collection.series("Show", {f"Season 01/S01E0{n}.mkv": DUBBED for n in (1, 2, 3)})
    assert place.run("scan", "--quick", "--json").json["instances"]["tv"]["filesRead"] == 1
    assert place.run("scan", "--json").json["instances"]["tv"]["filesRead"] == 2


def test_write_mode_1_reads_everything_again(place):
    """Known readings are forgotten."""
    place.collection.movie("Film", DUBBED)
    place.run("scan")
    assert place.run("scan", "--write-mode", "1", "--json").json["instances"]["films"]["filesRead"] == 1


def test_write_mode_2_takes_everything_away(place):
    """Without a terminal nobody is asked; an instance that is turned off is cleaned as well."""
    place.collection.movie("Film", DUBBED, tags=["keep"])
    place.run("scan")
    place.configure(films=", enabled: false")
    result = place.run("scan", "--write-mode", "2")
    assert (result.code, place.radarr.all_tags()) == (0, {1: {"keep"}})
    assert "films: 1 movie\n  −dub  Film: write mode 2" in result.out


def test_items_narrow_the_scan(place):
    """By title, by path, by id; the others are left alone."""
    for title in ("One", "Two", "Three", "Four"):
        place.collection.movie(title, DUBBED)
    path = place.folder / "movies" / "Two" / "Two.mkv"
    result = place.run("scan", "-i", "films", "--item", "one", "--item", path, "--item", "3")
    assert result.code == 0
    assert place.radarr.all_tags() == {1: {"dub"}, 2: {"dub"}, 3: {"dub"}, 4: set()}


def test_an_item_that_nobody_knows_ends_with_2(place):
    """It is named with what is near; the others are scanned all the same."""
    place.collection.movie("Film", DUBBED)
    result = place.run("scan", "--item", "Film", "--item", "Flim")
    assert (result.code, place.radarr.all_tags()) == (2, {1: {"dub"}})
    assert "taggarr: no title, path or id of the chosen instances is 'Flim'; near: Film" in result.err


def test_an_item_that_is_left_out_says_why(place):
    """Named, known, excluded: no failure, and the reason."""
    place.configure("target_languages: [en], exclude: {titles: [Film]}")
    place.collection.movie("Film", DUBBED)
    result = place.run("scan", "--item", "Film")
    assert (result.code, place.radarr.log.writes) == (0, [])
    assert "films: Film is left out: its title is “Film”" in result.err


def test_names_are_not_doubted_where_an_arr_failed(place):
    """The title may be in the instance that could not be asked: that is the failure to tell of."""
    place.sonarr.api_key = "changed"
    result = place.run("scan", "--item", "Film")
    assert result.code == 1
    assert "no title" not in result.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--loop", "--write-mode", "2"], "--loop scans whole instances for ever"),
        (["--loop", "--item", "Film"], "--loop scans whole instances for ever"),
        (["-i", "films"], "films: turned off in the configuration (enabled: false)"),
    ],
)
def test_what_does_not_go_together_ends_with_2(place, arguments, sentence):
    """Refused before anything is asked."""
    place.configure(films=", enabled: false")
    result = place.run("scan", *arguments)
    assert (result.code, place.sonarr.log.entries) == (2, [])
    assert sentence in " ".join(result.err.split())


def test_nothing_to_scan_ends_with_2(place):
    """Where every instance is turned off, a scan would say that all is well."""
    place.configure(tv=", enabled: false", films=", enabled: false")
    result = place.run("scan")
    assert result.code == 2
    assert "every instance is turned off" in result.err


def test_an_instance_that_fails_ends_with_1(place):
    """It is named with code and reason, the other one is scanned."""
    place.collection.movie("Film", DUBBED)
    place.sonarr.api_key = "changed"
    result = place.run("scan", "--json")
    instances = result.json["instances"]
    assert (result.code, place.radarr.all_tags()) == (1, {1: {"dub"}})
    assert instances["tv"]["error"]["code"] == "unauthorized"
    assert instances["tv"]["error"]["message"] in result.err
    assert instances["films"]["error"] is None


def test_a_change_that_nobody_confirms_ends_with_1(place):
    """Each is named with what was tried and the reason."""
    place.collection.movie("Film", DUBBED)
    place.radarr.faults.script(FaultKind.HTML, method="PUT", path="*/editor")
    result = place.run("scan")
    assert result.code == 1
    assert "films: Film: add tag dub: unconfirmed: " in result.err


def test_a_busy_item_is_left_for_the_next_scan(place):
    """No failure: the arr is working on it."""
    place.collection.movie("Film", DUBBED)
    place.radarr.start_command("RefreshMovie", [1])
    result = place.run("scan")
    assert (result.code, place.radarr.all_tags()) == (0, {1: set()})
    assert "films: left for the next scan, because the arr is working on them: Film" in result.err


def test_what_else_is_worth_knowing_is_told(place):
    """Here: an NFO of two instances, which the first of them writes; `explain` tells it too."""
    place.collection.series("Show", {"Season 01/S01E01.mkv": DUBBED}, nfo="<tvshow>\n</tvshow>\n")
    with SonarrSimulator() as second:
        Collection(place.folder, second).series("Show", {"Season 01/S01E01.mkv": DUBBED})
        place.configure(more=f'  more: {{type: sonarr, url: "{second.url}", api_key: {second.api_key}}}\n')
        note = "left to tv, which has the same folders and comes first in the configuration"
        assert note in place.run("scan").err
        answer = place.run("explain", "Show", "--json")
    assert note in answer.err
    assert [(one["instance"], note in one["note"]) for one in answer.json["notes"]] == [("more", True)]


@pytest.fixture
def guarded(place):
    """25 labelled movies that would all lose their label, and a healthy series."""
    for number in range(25):
        place.collection.movie(f"Film {number:02}", audio("jpn"), tags=["dub"])
    place.collection.series("Show", {"Season 01/S01E01.mkv": DUBBED})
    return place


def test_the_guard_ends_with_3(guarded):
    """Nothing is changed there, other instances go on, and the way through is named."""
    result = guarded.run("scan", "--json")
    assert (result.code, guarded.radarr.log.writes) == (3, [])
    assert guarded.sonarr.all_tags() == {1: {"dub"}}
    assert result.json["instances"]["films"]["error"]["code"] == "guard"
    assert "films: stopped by the guard: 25 of 25 labelled items" in result.err
    assert guarded.run("scan", "--yes").code == 0
    assert not any(guarded.radarr.all_tags().values())


def test_the_guard_comes_before_a_failure(guarded):
    """Several reasons in one scan: 3 before 1."""
    guarded.sonarr.api_key = "changed"
    assert guarded.run("scan").code == 3


@pytest.mark.measured
def test_on_a_terminal_the_guard_asks(guarded, on_terminal):
    """A person who says yes lets it through; what failed elsewhere stays a failure."""
    guarded.sonarr.api_key = "changed"
    terminal = on_terminal(guarded, "scan")
    terminal.wait_for("Apply it to films all the same? [y/N]:")
    terminal.type("y\n")
    assert terminal.end()[0] == 1
    assert not any(guarded.radarr.all_tags().values())


@pytest.mark.measured
@pytest.mark.parametrize(
    ("options", "answer", "code", "tags"),
    [
        ([], "y\n", 0, set()),
        (["--item", "Film"], "n\n", 130, {"dub"}),
        ([], "\x03", 130, {"dub"}),
    ],
)
def test_on_a_terminal_removing_asks_once(place, options, answer, code, tags, on_terminal):
    """Write mode 2 is asked for before anything happens; "no" and Ctrl-C leave everything as it is."""
    place.collection.movie("Film", DUBBED)
    place.run("scan")
    terminal = on_terminal(place, "scan", "--write-mode", "2", *options)
    titles = "the titles that --item names, in" if options else "all titles of"
    terminal.wait_for(
        f"Write mode 2 takes dub, semi-dub, wrong-dub from {titles} tv, films and from their NFO files, whoever set "
        "them, and the genres that Taggarr wrote. Go on? [y/N]:"
    )
    if answer == "\x03":
        terminal.process.send_signal(signal.SIGINT)  # as a terminal does for its foreground group
    else:
        terminal.type(answer)
    assert (terminal.end()[0], place.radarr.all_tags()) == (code, {1: tags})


def test_progress_is_a_bar_on_a_terminal(place, on_terminal):
    """With the instance and how far it is; the JSON on standard output stays pure."""
    place.collection.movie("Film", DUBBED)
    place.radarr.faults.script(FaultKind.SLOW, path="/api/v3/movie", seconds=0.3)
    terminal = on_terminal(place, "scan", "--json", "-i", "films")
    code, out, shown = terminal.end()
    assert (code, json.loads(out)["instances"]["films"]["filesRead"]) == (0, 1)
    assert "\x1b[?25l" in shown  # the cursor is hidden ...
    assert "films" in shown
    assert "asking for the list" in shown
    assert "files read" in shown
    assert "\x1b[?25h" in shown  # ... and comes back


def test_progress_is_plain_lines_elsewhere(place):
    """One line a phase, without any control character."""
    place.collection.movie("Film", DUBBED)
    process = place.start("scan", "--json", "-i", "films")
    out, err = process.communicate(timeout=20)
    assert err.splitlines() == [
        "films: asking for the list",
        "films: reading 1 title",
        "films: deciding: 1 of 1 titles, 1 file read",
        "films: applying 1 title, 1 file read",
    ]
    assert json.loads(out)["instances"]["films"]["changes"]["applied"] == 1


def test_a_loop_prints_an_object_a_pass(place):
    """Each pass is one line of JSON; the write mode of the first pass is the person's, the next ones update."""
    place.configure("target_languages: [en], run_interval_seconds: 1", films=", enabled: false")
    place.collection.series("Show", {"Season 01/S01E01.mkv": DUBBED})
    place.run("scan")
    process = place.start("scan", "--loop", "--write-mode", "1", "--json", stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    passes = [json.loads(process.stdout.readline()) for _ in range(2)]
    process.terminate()
    process.communicate(timeout=20)
    assert process.returncode == 143
    assert [one["scan"] for one in passes] == [2, 3]
    assert [one["instances"]["tv"]["filesRead"] for one in passes] == [1, 0]


def test_a_yes_of_a_loop_holds_for_the_first_pass(place):
    """Nobody stands beside the passes that follow: there the guard asks again, and nothing is changed."""
    place.configure("target_languages: [en], run_interval_seconds: 1", tv=", enabled: false")
    films = [place.collection.movie(f"Film {number}", audio("jpn"), tags=["dub"]) for number in range(21)]
    process = place.start("scan", "--loop", "--yes", "--json", stderr=subprocess.DEVNULL)
    assert json.loads(process.stdout.readline())["instances"]["films"]["changes"]["applied"] == 21
    errors = []
    for _ in range(3):  # a pass may list them while only some are tagged again
        for film in films:
            place.radarr.set_tags(film, ["dub"])
        errors.append(json.loads(process.stdout.readline())["instances"]["films"]["error"])
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=20)
    assert errors[-1] is not None
    assert errors[-1]["code"] == "guard"
    assert place.radarr.all_tags() == {film: {"dub"} for film in films}


@pytest.mark.measured
def test_a_loop_outlives_a_database_that_fails_one_pass(place):
    """What is wrong is said, and the next pass tries again."""
    place.configure("target_languages: [en], run_interval_seconds: 1", films=", enabled: false")
    place.collection.series("Show", {"Season 01/S01E01.mkv": DUBBED})
    process = place.start("scan", "--loop", "--json")
    assert process.stdout is not None
    json.loads(process.stdout.readline())
    with contextlib.closing(sqlite3.connect(place.data / "taggarr.db")) as database:
        database.execute("ALTER TABLE scans RENAME TO elsewhere")
    said = next(line for line in process.stderr if "ended early" in line)
    assert said.startswith("taggarr: this pass ended early: ")
    with contextlib.closing(sqlite3.connect(place.data / "taggarr.db")) as database:
        database.execute("ALTER TABLE elsewhere RENAME TO scans")
    assert json.loads(process.stdout.readline())["instances"]["tv"]["error"] is None
    process.terminate()
    process.communicate(timeout=20)
    assert process.returncode == 143
