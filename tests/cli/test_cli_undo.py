"""`taggarr undo`: what a scan changed, taken back."""

import json
import signal
import time
from pathlib import Path

import pytest

from taggarr.simulator import FaultKind
from taggarr.simulator.collection import audio
from taggarr.store.lock import scanner

DUBBED = audio("jpn", "eng")
NFO = "<movie>\n  <title>Film</title>\n</movie>\n"


@pytest.fixture
def filled(place):
    """A library that was scanned once: two films that are dubbed, and a series whose label was wrong."""
    place.collection.movie("Film", DUBBED, nfo=NFO)
    place.collection.movie("Other", DUBBED)
    place.collection.series("Show", {"Season 01/Show - S01E01.mkv": audio("jpn")}, tags=["dub"])
    assert place.run("scan").code == 0
    return place


def tags(place):
    return {**place.sonarr.all_tags(), **{-key: value for key, value in place.radarr.all_tags().items()}}


BEFORE = {1: {"dub"}, -1: set(), -2: set()}
AFTER = {1: set(), -1: {"dub"}, -2: {"dub"}}


def test_people_see_what_was_taken_back(filled):
    """A line a title, and how it goes on."""
    result = filled.run("undo")
    assert (result.code, tags(filled)) == (0, BEFORE)
    assert result.out.splitlines() == [
        "tv: 1 title",
        "  +dub  Show: undo of scan 1",
        "  changes: 1 planned, 1 applied, 0 failed",
        "films: 2 titles",
        "  −dub 1 NFO  Film: undo of scan 1",
        "  −dub  Other: undo of scan 1",
        "  changes: 3 planned, 3 applied, 0 failed",
        "Undo 2 of scan 1: 4 changes taken back. `taggarr undo 2` writes them again.",
        "Scans leave these 3 titles alone until their verdicts change; `taggarr scan --item TITLE` tags one all the same.",
    ]


def test_the_undo_of_an_undo_writes_again(filled):
    """Its last line says so, and nothing of a hold, for it lets its titles go."""
    filled.run("undo")
    result = filled.run("undo")
    assert (result.code, tags(filled)) == (0, AFTER)
    assert result.out.splitlines()[-1] == (
        "Undo 3 of undo 2: 4 changes written again. `taggarr undo 3` takes them back."
    )


def test_a_single_title_is_spoken_of_as_one(filled):
    """That scans leave it alone, and how it is tagged all the same."""
    assert filled.run("undo", "-i", "tv").out.endswith(
        "\nScans leave this title alone until its verdict changes; `taggarr scan --item TITLE` tags it all the same.\n"
    )


def test_json_is_one_object(filled):
    """On one line, with what was left alone."""
    filled.radarr.set_tags(2, [])
    result = filled.run("undo", "1", "--json")
    assert result.code == 0
    answer = result.json
    assert (result.out.count("\n"), answer.pop("seconds") >= 0) == (1, True)
    assert all(one.pop("requests") > 0 for one in answer["instances"].values())
    changes = {"planned": 1, "applied": 1, "failed": 0}
    rest = {"undoneBefore": 0, "error": None}
    assert answer == {
        "undo": 2,
        "scan": 1,
        "complete": True,
        "instances": {
            "tv": {"items": 1, "changes": changes, "leftAlone": [], **rest},
            "films": {
                "items": 1,
                "changes": {"planned": 2, "applied": 2, "failed": 0},
                "leftAlone": [
                    {
                        "itemId": 2,
                        "title": "Other",
                        "change": "+dub",
                        "reason": "somebody has removed it since",
                    }
                ],
                **rest,
            },
        },
    }
    assert "films: left alone: Other: +dub: somebody has removed it since\n" in result.err


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_dry_run_changes_nothing(filled, options):
    """It shows the same and has no number."""
    result = filled.run("undo", "--dry-run", *options)
    assert (result.code, tags(filled)) == (0, AFTER)
    if options:
        assert (result.json["undo"], result.json["scan"]) == (None, 1)
        assert result.json["instances"]["films"]["changes"] == {"planned": 3, "applied": 0, "failed": 0}
    else:
        assert "  changes: 3 would be written\nUndo of scan 1: nothing was written.\n" in result.out
    assert len(filled.run("history", "--json").json) == 4


def test_the_history_shows_undos(filled):
    """Beside their numbers, and in JSON as a field; `--scan` takes them, too."""
    filled.run("undo")
    filled.run("undo")
    rows = filled.run("history", "--json").json
    assert [(row["scan"], row["undoes"]) for row in rows] == [(1, None)] * 4 + [(2, 1)] * 4 + [(3, 2)] * 4
    assert {row["reason"] for row in rows if row["undoes"]} == {"undo of scan 1", "undo of undo 2"}
    assert [row["undoes"] for row in filled.run("history", "--json", "--scan", "3").json] == [2] * 4
    out = filled.run("history", "--scan", "2").out
    assert [line.split()[:3] for line in out.splitlines()[1:]] == [["2", "undo", "1"]] * 4
    assert tags(filled) == AFTER


def test_a_held_title_is_explained(filled):
    """`explain` says why, and how it is released; `scan` counts it; `scan --item` releases it."""
    filled.run("undo")
    told = " ".join(filled.run("explain", "Film").out.split())
    assert "a scan would change nothing: undo 2 took back what a scan had changed here, so it is left" in told
    assert "`taggarr scan --item` with its title, or undoing the undo, releases it" in told
    assert " by undo 2: applied" in told
    plan = filled.run("explain", "Film", "--json").json["items"][0]["plan"]
    assert (plan["rest"], plan["tags"]) == ("held", [])
    scanned = filled.run("scan")
    assert scanned.code == 0
    assert (
        "  held: 2 titles that `taggarr undo` took back: Film, Other (`taggarr scan --item TITLE` tags one all the "
        "same, `taggarr explain TITLE` tells more)\n"
    ) in scanned.out
    assert tags(filled) == BEFORE
    assert filled.run("scan", "--item", "Film").code == 0
    assert tags(filled) == BEFORE | {-1: {"dub"}}


def test_history_and_explain_tell_the_same_time(filled, monkeypatch):
    """That of the place where they are asked."""
    monkeypatch.setenv("TZ", "Asia/Kathmandu")  # at 45 minutes past the hour of everybody else
    time.tzset()
    try:
        when = " ".join(filled.run("history", "--item", "Other").out.splitlines()[1].split()[1:3])
        told = " ".join(filled.run("explain", "Other").out.split())
        at = filled.run("history", "--item", "Other", "--json").json[0]["at"]
    finally:
        monkeypatch.undo()
        time.tzset()
    assert f"last change add tag dub at {when} by scan 1: applied" in told
    assert not at.startswith(when.replace(" ", "T"))


def test_nothing_to_take_back(place):
    """Before the first change, of a scan that changed nothing, and in instances where it changed nothing."""
    result = place.run("undo")
    assert (result.code, result.err.splitlines()[-1]) == (
        0,
        "taggarr: nothing has been changed yet in tv, films",
    )
    place.run("scan")
    result = place.run("undo", "1")
    assert (result.code, result.err.splitlines()[-1]) == (0, "taggarr: scan 1 changed nothing")
    place.collection.movie("Film", DUBBED)
    place.run("scan")
    result = place.run("undo", "2", "-i", "tv")
    assert (result.code, result.err.splitlines()[-1]) == (0, "taggarr: scan 2 changed nothing in tv")
    assert place.radarr.all_tags() == {1: {"dub"}}
    result = place.run("undo", "2", "--dry-run", "-i", "tv")
    assert result.code == 0


def test_what_was_taken_back_before_is_said(filled):
    """Trying twice does nothing twice."""
    filled.run("undo", "1")
    result = filled.run("undo", "1")
    assert result.code == 0
    assert "films: 0 titles\n  undone before: 3 changes\n" in result.out
    assert result.out.endswith("\nUndo 3 of scan 1: nothing was left to be taken back.\n")


def test_an_nfo_that_was_taken_back_before_is_one_change(place):
    """As it is where it is taken back, however many tags and genres the edit had."""
    place.configure("target_languages: [en], add_tag_to_genre: true")
    place.collection.movie("Film", DUBBED, nfo=NFO)
    place.run("scan")
    assert place.run("undo", "1", "--json").json["instances"]["films"]["changes"]["applied"] == 2
    assert place.run("undo", "1", "--json").json["instances"]["films"]["undoneBefore"] == 2


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("9", "taggarr: there was no scan 9; `taggarr history` names those that changed something"),
        ("0", "Invalid value for '[SCAN]': no scan has that number; `taggarr history` names them"),
        ("last", "'last' is not a valid integer"),
    ],
)
def test_a_number_that_no_scan_has_ends_with_2(filled, number, message):
    """Bad usage, and nothing is changed."""
    result = filled.run("undo", number)
    assert result.code == 2
    assert message in result.err
    assert tags(filled) == AFTER


def test_what_failed_ends_with_1_and_says_how_to_go_on(filled):
    """Each is named; `taggarr undo` without a number does the rest."""
    filled.radarr.api_key = "changed"
    result = filled.run("undo")
    assert (result.code, tags(filled)) == (1, AFTER | {1: {"dub"}})
    assert result.out.endswith(
        "Undo 2 of scan 1: 1 change taken back. `taggarr undo 1` does the rest. "
        "`taggarr undo 2` writes it again.\n"
        "Scans leave this title alone until its verdict changes; `taggarr scan --item TITLE` tags it all the same.\n"
    )
    assert "films" not in result.out
    assert "API key" in result.err
    filled.configure()
    assert filled.run("undo").code == 0
    assert tags(filled) == BEFORE


def test_a_title_that_the_arr_works_on_ends_with_1(filled):
    """It is left for another undo, since no scan does it."""
    filled.radarr.start_command("RefreshMovie", [2])
    result = filled.run("undo")
    assert result.code == 1
    assert "films: left for `taggarr undo 1`, because the arr is working on them: Other\n" in result.err


def test_an_instance_that_is_no_longer_configured_is_named(filled):
    """What it changed there stays."""
    text = filled.data.joinpath("config.yaml").read_text()
    lines = [line for line in text.splitlines() if not line.startswith("  films:")]
    filled.data.joinpath("config.yaml").write_text("\n".join(lines))
    result = filled.run("undo")
    assert (result.code, tags(filled)) == (0, AFTER | {1: {"dub"}})
    assert "taggarr: films is left alone: the configuration does not name it any more\n" in result.err


def test_changes_of_others_are_not_denied(place):
    """Where only an instance was changed that is no longer configured, the answer names those that it is about."""
    place.collection.movie("Film", DUBBED)
    place.run("scan")
    path = place.data / "config.yaml"
    lines = [line for line in path.read_text().splitlines() if not line.startswith("  films:")]
    path.write_text("\n".join(lines))
    assert place.run("undo").err == "taggarr: nothing has been changed yet in tv\n"


def test_dry_run_in_the_configuration_is_said(filled):
    """It holds for undo, too."""
    filled.configure("target_languages: [en], dry_run: true")
    result = filled.run("undo")
    assert (result.code, tags(filled)) == (0, AFTER)
    assert "  not written: 2 titles for which the configuration says dry_run: true\n" in result.out
    assert result.out.endswith("\nUndo 2 of scan 1: nothing was written.\n")
    assert "applying" not in result.err


def test_long_lists_are_cut_for_people_only(place):
    """JSON lists all that was left alone."""
    for number in range(45):
        place.collection.movie(f"Film {number}", DUBBED)
    place.run("scan")
    for number in range(1, 22):
        place.radarr.set_tags(number, [])
    result = place.run("undo", "--dry-run")
    assert "  … and 4 more titles\n" in result.out
    assert "films: … and 1 more left alone (--json lists all)\n" in result.err
    answer = place.run("undo", "--dry-run", "--json").json
    assert len(answer["instances"]["films"]["leftAlone"]) == 21
    place.run("undo")
    assert " took back: Film 21, Film 22, Film 23 and 21 more (`taggarr" in place.run("scan").out


def test_one_scanner_at_a_time(filled):
    """Where another one has the data folder, undo says so and changes nothing."""
    with scanner(filled.data, "taggarr scan"):
        result = filled.run("undo")
    assert (result.code, tags(filled)) == (1, AFTER)
    assert "taggarr scan" in result.err


@pytest.mark.parametrize(
    ("options", "answer", "code", "after"),
    [
        ([], "y\n", 0, BEFORE),
        ([], "n\n", 130, AFTER),
        ([], "Ctrl-C", 130, AFTER),
        (["--json"], "y\n", 0, BEFORE),
        (["--yes"], None, 0, BEFORE),
        (["--dry-run"], None, 0, AFTER),
    ],
)
def test_on_a_terminal_it_shows_and_asks(filled, options, answer, code, after, on_terminal):
    """Unless told not to; nobody is kept waiting by a question that stands open."""
    terminal = on_terminal(filled, "undo", *options)
    if answer is not None:
        terminal.wait_for("Take back what scan 1 changed (4 changes, 3 titles)?")
        assert filled.run("undo", "--dry-run").code == 0
        if answer == "Ctrl-C":
            terminal.process.send_signal(signal.SIGINT)
        else:
            terminal.type(answer)
    ended, out, said = terminal.end()
    assert (ended, tags(filled)) == (code, after)
    if options == ["--json"]:
        assert json.loads(out)["undo"] == 2
    assert ("nothing was written" in out) is (options == ["--dry-run"])  # not before the question
    assert ("Nothing was changed." in said) is (answer == "n\n")


def test_on_a_terminal_nothing_is_asked_where_nothing_is_due(filled, on_terminal):
    """What was taken back before, or is not to be written."""
    filled.run("undo", "1")
    ended, out, said = on_terminal(filled, "undo", "1").end()
    assert (ended, "Take back" in said) == (0, False)
    assert "undone before" in out
    filled.configure("target_languages: [en], dry_run: true")
    ended, out, said = on_terminal(filled, "undo", "2").end()
    assert (ended, "Take back" in said) == (0, False)
    assert out.endswith("Undo of undo 2: nothing was written.\n")
    ended, out, said = on_terminal(filled, "undo", "2", "--json").end()
    assert (ended, "Take back" in said, json.loads(out)["undo"]) == (0, False, None)


def test_a_stop_finishes_what_is_in_hand(filled):
    """The answer that is on its way is taken, the rest is left to another undo, and the exit code says so."""
    filled.radarr.faults.script(FaultKind.SLOW, method="PUT", path="*/editor", seconds=0.5)
    filled.radarr.log.clear()
    process = filled.start("undo", "--json", "-i", "films")
    deadline = time.monotonic() + 20
    while not filled.radarr.log.writes:
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=20)
    assert (process.returncode, json.loads(out)["complete"]) == (143, False)
    assert filled.radarr.all_tags() == {1: set(), 2: set()}
    assert filled.collection.movies.joinpath("Film", "movie.nfo").read_text() != NFO
    assert filled.run("undo", "-i", "films").code == 0
    assert filled.collection.movies.joinpath("Film", "movie.nfo").read_text() == NFO


def test_an_answer_that_cannot_be_printed_takes_nothing_back(filled):
    """The undo stands, and says where it is shown."""
    with Path("/dev/full").open("w") as full:
        process = filled.start("undo", "--json", stdout=full)
        _, err = process.communicate(timeout=20)
    assert (process.returncode, tags(filled)) == (1, BEFORE)
    assert "what the undo did stands, and `taggarr history` shows it" in err
