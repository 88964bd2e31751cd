"""`taggarr history`: what was changed, and when."""

import contextlib
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from taggarr.simulator.collection import audio


def named(result):
    return [(row["instance"], row["title"], row["action"], row["name"]) for row in result.json]


def test_json_rows_have_every_field(scanned):
    """One array of all changes, oldest first, with what became of each."""
    rows = scanned.run("history", "--json").json
    row = next(row for row in rows if row["title"] == "Wrong" and row["action"] == "remove")
    moments = [datetime.fromisoformat(row.pop(key)) for key in ("at", "settledAt")]
    assert all(timedelta(0) <= datetime.now(UTC) - moment < timedelta(hours=1) for moment in moments)
    assert row == {
        "id": row["id"],
        "scan": 1,
        "instance": "tv",
        "itemId": 3,
        "title": "Wrong",
        "target": "tag",
        "action": "remove",
        "name": "dub",
        "before": ["dub", "keep", "wrong-dub"],
        "after": ["keep", "wrong-dub"],
        "verdict": "wrong-dub",
        "reason": "German instead of English in the only file",
        "result": "applied",
        "error": None,
        "undoes": None,
    }
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)


def test_people_get_a_table(scanned):
    """Scan, time, title with its instance, change and result, within 80 columns."""
    result = scanned.run("history")
    lines = result.out.splitlines()
    assert lines[0].split() == ["Scan", "When", "Title", "Change", "Result"]
    row = next(line.split() for line in lines if "Half (tv)" in line)
    assert (row[0], row[3:]) == ("1", ["Half", "(tv)", "+semi-dub", "applied"])
    assert any("tvshow.nfo: +dub" in line for line in lines)
    assert max(map(len, lines)) <= 80
    assert len(lines) == 1 + len(scanned.run("history", "--json").json)


@pytest.mark.parametrize(
    "name", ["half", "Half (2020)", "{folder}/tv/Half", "{folder}/tv/Half/Season 01/x.mkv"]
)
def test_item_by_title_or_path(scanned, name):
    """As everywhere: a title with or without its year, a folder, a path in it."""
    result = scanned.run("history", "--json", "--item", name.format(folder=scanned.folder))
    assert named(result) == [("tv", "Half", "add", "semi-dub")]


def test_items_by_id_and_several(scanned):
    """An id means the item of every instance; the option may be repeated."""
    found = named(scanned.run("history", "--json", "--item", "2", "--item", "Original"))
    assert found == [("tv", "Half", "add", "semi-dub"), ("tv", "Original", "remove", "semi-dub")]


def test_an_item_without_changes_is_empty(scanned):
    """Known, and never changed: nothing to show, and no failure."""
    result = scanned.run("history", "--item", "Broken")
    assert (result.code, result.out) == (0, "")
    assert result.err == "taggarr: no change matches these options\n"


def test_an_unknown_item_ends_with_2(scanned):
    """Near titles are offered."""
    result = scanned.run("history", "--item", "Halv", "--json")
    assert (result.code, result.out) == (2, "")
    assert result.err == "taggarr: no known title, path or id is 'Halv'; near: Half\n"


def test_scans_and_times_choose(place):
    """`--scan` takes one scan, `--since` dates, times and spans."""
    place.collection.movie("Film", audio("jpn", "eng"))
    place.run("scan")
    place.run("scan", "--write-mode", "2")
    assert named(place.run("history", "--json", "--scan", "1")) == [("films", "Film", "add", "dub")]
    assert named(place.run("history", "--json", "--scan", "2")) == [("films", "Film", "remove", "dub")]
    assert place.run("history", "--json", "--scan", "9").json == []
    with contextlib.closing(sqlite3.connect(place.data / "taggarr.db")) as database, database:
        database.execute("UPDATE changes SET at = '2020-06-15T12:00:00.000000+00:00' WHERE scan_id = 1")
    later = [("films", "Film", "remove", "dub")]
    both = [("films", "Film", "add", "dub"), *later]
    for since, expected in (
        ("2020-06-15T11:59:59Z", both),
        ("2020-06-15T14:00:00+02:00", both),
        ("2020-06-15T12:00:01+00:00", later),
        ("2020-06-14", both),
        ("2020-06-17", later),
        ("12h", later),
        ("7d", later),
        (" 30 M ", later),
        ("1000w", both),
    ):
        assert named(place.run("history", "--json", "--since", since)) == expected, since


@pytest.mark.parametrize(
    "options",
    [["--scan", "2"], ["--since", "9000-01-01"], ["--item", "Half", "--scan", "2"], ["--item", "Broken"]],
)
def test_an_empty_history_is_an_empty_array(scanned, options):
    """For programs; and options hold together, whichever are given."""
    assert scanned.run("history", "--json", *options).out == "[]\n"
    both = scanned.run("history", "--json", "--item", "Half", "--scan", "1", "--since", "1d")
    assert named(both) == [("tv", "Half", "add", "semi-dub")]


@pytest.mark.parametrize("since", ["7", "d", "-7d", "7y", "2020-13-01", "noon", "", "99999999999d"])
def test_what_is_no_time_is_refused(place, since):
    """A usage error that shows how to write one."""
    result = place.run("history", "--since", since)
    assert result.code == 2
    assert f"{since!r} is neither a time (2026-01-31, 2026-01-31T20:00) nor a span (7d, 12h)" in result.err


def test_changes_of_items_that_are_gone_are_found_by_title_and_id(place):
    """The history outlives the item."""
    place.collection.movie("Film", audio("jpn", "eng"))
    place.run("scan")
    place.radarr.remove_movie(1)
    place.run("scan")
    assert place.run("export").json == []
    for name in ("film", "1"):
        assert named(place.run("history", "--json", "--item", name)) == [("films", "Film", "add", "dub")]


def test_before_the_first_scan_it_is_empty(place):
    """No database is made for it."""
    assert (place.run("history", "--json").json, place.run("history").code) == ([], 0)
    assert place.run("history", "--item", "Film").code == 2
    assert [path.name for path in place.data.iterdir()] == ["config.yaml"]


def test_a_failed_change_says_why(place):
    """The reason of the arr stands beside the result."""
    place.collection.movie("Film", audio("jpn", "eng"))
    place.radarr.add_auto_tag("undo", ["dub"], remove_automatically=True, genres=["none"])
    result = place.run("scan")
    assert result.code == 1
    out = " ".join(place.run("history").out.split())
    assert "+dub failed:" in out


def test_a_long_history_is_cut_for_people_only(place):
    """The table shows the last 200; JSON has all."""
    for number in range(201):
        place.collection.movie(f"Film {number}", audio("jpn", "eng"))
    place.run("scan")
    lines = place.run("history").out.splitlines()
    assert lines[0] == "… 1 earlier changes (--json prints all; --since and --item choose)"
    assert len([line for line in lines if "+dub" in line]) == 200
    assert len(place.run("history", "--json").json) == 201
