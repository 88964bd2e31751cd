"""`taggarr export`: the library with verdicts and languages, in three formats."""

import csv
import io
import json
import stat
from pathlib import Path

import pytest

from taggarr.simulator.collection import audio

COLUMNS = [
    "instance",
    "kind",
    "id",
    "title",
    "path",
    "original",
    "verdict",
    "label",
    "languages",
    "missing",
    "foreign",
    "reason",
    "override",
]


def test_json_has_a_row_an_item(scanned):
    """Instances in the order of the configuration, items by id, lists as lists, null where there is nothing."""
    result = scanned.run("export")
    assert (result.code, result.err) == (0, "")
    rows = result.json
    assert all(list(row) == COLUMNS for row in rows)
    assert [(r["instance"], r["kind"], r["id"], r["title"], r["verdict"], r["label"]) for r in rows] == [
        ("tv", "series", 1, "Bebop", "dub", "dub"),
        ("tv", "series", 2, "Half", "semi-dub", "semi-dub"),
        ("tv", "series", 3, "Wrong", "wrong-dub", "wrong-dub"),
        ("tv", "series", 4, "Original", "original", None),
        ("tv", "series", 5, "Broken", "unknown", None),
        ("films", "movie", 1, "Film", "dub", "dub"),
        ("films", "movie", 2, "Bebop", "original", None),
    ]
    assert rows[2] == {
        "instance": "tv",
        "kind": "series",
        "id": 3,
        "title": "Wrong",
        "path": f"{scanned.folder}/tv/Wrong",
        "original": "ja",
        "verdict": "wrong-dub",
        "label": "wrong-dub",
        "languages": ["de", "ja"],
        "missing": ["en"],
        "foreign": ["de"],
        "reason": "German instead of English in the only file",
        "override": None,
    }


def test_csv_has_the_same_columns(scanned):
    """A heading, lists with blanks between, nothing for null."""
    rows = list(csv.DictReader(io.StringIO(scanned.run("export", "--format", "csv").out)))
    assert list(rows[0]) == COLUMNS
    wrong, broken = rows[2], rows[4]
    assert (wrong["languages"], wrong["missing"], wrong["id"]) == ("de ja", "en", "3")
    assert (broken["label"], broken["languages"]) == ("", "")


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_csv_titles_are_no_formulas(place, title):
    """A spreadsheet that opens the file runs nothing; JSON has the title as it is."""
    place.collection.movie(title, audio("jpn", "eng"))
    place.run("scan")
    (row,) = csv.DictReader(io.StringIO(place.run("export", "--format", "csv").out))
    assert row["title"] == f"'{title}"
    assert place.run("export").json[0]["title"] == title


def test_an_excluded_item_has_no_verdict(place):
    """It is listed, with the reason."""
    place.configure("target_languages: [en], exclude: {titles: [Film]}")
    place.collection.movie("Film", audio("jpn", "eng"))
    place.run("scan")
    (row,) = place.run("export").json
    assert (row["verdict"], row["label"], row["reason"]) == (None, None, "its title is “Film”")
    assert json.loads(place.run("export", "--format", "state").out)["movies"] == {}


@pytest.mark.parametrize(
    ("form", "content"),
    [
        ("json", "[]\n"),
        ("csv", ",".join(COLUMNS) + "\r\n"),
        ("state", '{\n  "version": "0.8.0",\n  "series": {},\n  "movies": {}\n}'),
    ],
)
def test_before_the_first_scan_it_is_empty(place, form, content):
    """Each format without rows, a hint on standard error, exit code 0, and no database is made."""
    result = place.run("export", "--format", form)
    assert (result.code, result.out) == (0, content)
    assert result.err == "taggarr: nothing is known of this library yet; `taggarr scan` reads it\n"
    assert [path.name for path in place.data.iterdir()] == ["config.yaml"]


def test_what_a_dry_run_saw_is_shown(place):
    """A preview is enough to fill it, and nothing is hinted at."""
    place.collection.movie("Film", audio("jpn", "eng"))
    place.run("scan", "--dry-run")
    result = place.run("export")
    assert [row["verdict"] for row in result.json] == ["dub"]
    assert result.err == ""


def test_state_is_the_earlier_file(scanned):
    """The shape of `taggarr.json`: folders, seasons by folder, episodes with their languages, lists on one line."""
    text = scanned.run("export", "--format", "state").out
    state = json.loads(text)
    folder = f"{scanned.folder}/tv/Half"
    half = state["series"][folder]
    assert half.pop("last_scan").endswith("Z")
    modified = Path(folder, "Season 01/Half - S01E02.mkv").stat().st_mtime
    assert half["seasons"]["Season 01"].pop("last_modified") == pytest.approx(modified)
    assert half["seasons"]["Specials"].pop("last_modified") == pytest.approx(half.pop("last_modified"))
    assert half == {
        "display_name": "Half",
        "tag": "semi-dub",
        "original_language": "japanese",
        "seasons": {
            "Season 01": {
                "episodes": 2,
                "original_dub": ["E01", "E02"],
                "dub": ["E01:en"],
                "missing_dub": ["E02:en"],
                "unexpected_languages": [],
                "status": "semi-dub",
            },
            "Specials": {
                "episodes": 1,
                "original_dub": [],
                "dub": [],
                "missing_dub": ["E01:en"],
                "unexpected_languages": ["de"],
                "status": "wrong-dub",
            },
        },
    }
    film = state["movies"][f"{scanned.folder}/movies/Film"]
    assert (film["tag"], film["languages"]) == ("dub", ["en", "ja"])
    assert '"original_dub": ["E01", "E02"],\n' in text
    assert not text.endswith("\n")


def test_state_judges_by_the_policy_of_today(place):
    """Episodes are judged anew from what was read, without reading or asking again."""
    place.collection.series("Show", {"Season 01/S01E01.mkv": audio("jpn", "eng")})
    place.run("scan")
    place.sonarr.log.clear()
    place.configure("target_languages: [fr]")
    (show,) = json.loads(place.run("export", "--format", "state").out)["series"].values()
    assert show["seasons"]["Season 01"]["missing_dub"] == ["E01:fr"]
    assert place.sonarr.log.entries == []


def test_out_writes_the_file_whole(scanned, tmp_path):
    """Nothing on standard output; the mode of a file that was there stays, and no other file is left."""
    target = tmp_path / "library.json"
    target.write_text("before")
    target.chmod(0o640)
    result = scanned.run("export", "--out", target)
    assert (result.code, result.out) == (0, "")
    assert len(json.loads(target.read_text())) == 7
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["library.json"]


def test_out_keeps_a_link(scanned, tmp_path):
    """What a link points to is replaced, not the link."""
    (tmp_path / "link").symlink_to(tmp_path / "new.csv")
    scanned.run("export", "--format", "csv", "--out", tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "new.csv").read_text().startswith("instance,kind,")


def test_out_to_a_pipe_or_to_standard_output(scanned, tmp_path):
    """A pipe or device is written to, `-` is standard output."""
    assert scanned.run("export", "--out", "/dev/null").code == 0
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    assert len(scanned.run("export", "--out", "-").json) == 7


def test_out_that_cannot_be_written_ends_with_1(scanned, tmp_path):
    """The file and the reason are named."""
    result = scanned.run("export", "--out", tmp_path / "none" / "x.json")
    assert (result.code, result.out) == (1, "")
    assert f"Could not open file '{tmp_path}/none/x.json': No such file or directory" in result.err


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="there is no /dev/stdout here")
def test_a_pipe_by_its_name_is_written_to(scanned):
    """`--out /dev/stdout` in a pipe, which the system shows as a link to a name that no file has."""
    process = scanned.start("export", "--out", "/dev/stdout")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err, len(json.loads(out))) == (0, "", 7)


def test_links_in_a_circle_are_named(scanned, tmp_path):
    """A link to itself leads to no file; it is left as it is."""
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    result = scanned.run("export", "--out", tmp_path / "loop")
    assert result.code == 1
    assert f"Could not open file '{tmp_path}/loop'" in result.err
    assert (tmp_path / "loop").is_symlink()
