"""`write_state_json`: what is written back into the roots, and when it is not."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from taggarr.simulator.collection import audio, write

if TYPE_CHECKING:
    from conftest import House

DUBBED, ORIGINAL, WRONG = audio("jpn", "eng"), audio("jpn"), audio("jpn", "ger")


@pytest.fixture
def writing(house: "House") -> "House":
    """A house that writes state files, with a series and a movie."""
    house.defaults["write_state_json"] = True
    house.shelf.series("Show", {"Season 01/S01E01.mkv": DUBBED, "Season 01/S01E02.mkv": ORIGINAL})
    house.shelf.movie("Film", DUBBED)
    return house


def read_as_before(path: Path, key: str) -> dict[str, Any]:
    """The tags by folder, read the way 0.8 did: JSON in UTF-8 whose entries it asks for season by season."""
    with path.open(encoding="utf-8") as file:
        data = json.load(file)
    found = {}
    for folder, saved in data.get(key, {}).items():
        for season in saved.get("seasons", {}).values():
            assert season.get("last_modified", 0) > 0
        assert saved.get("last_modified", 0) > 0
        found[folder] = saved["tag"]
    return found


def test_each_root_gets_its_file(writing: "House") -> None:
    """The earlier version could go on from it: folders, tags, seasons and times."""
    writing.scan()
    tv, films = writing.shelf.tv / "taggarr.json", writing.shelf.movies / "taggarr.json"
    assert read_as_before(tv, "series") == {str(writing.shelf.tv / "Show"): "semi-dub"}
    assert read_as_before(films, "movies") == {str(writing.shelf.movies / "Film"): "dub"}
    assert json.loads(tv.read_text())["version"] == "0.8.0"
    assert json.loads(tv.read_text())["movies"] == {}


def test_it_is_written_only_when_something_changed(writing: "House", stats: list[str]) -> None:
    """An unchanged rerun looks once at each root and leaves the file to the byte; a change brings a new one."""
    writing.scan()
    path = writing.shelf.tv / "taggarr.json"
    before, inode = path.read_bytes(), path.stat().st_ino
    stats.clear()
    for mode in (0, 1):
        summary = writing.scan(mode=mode)
        assert [one.notes for one in summary.instances.values()] == [[], []]
        assert (path.read_bytes(), path.stat().st_ino) == (before, inode)
    stats.clear()
    writing.scan()
    assert sorted(name for name in stats if name.endswith(".json")) == sorted(
        [str(path), str(writing.shelf.movies / "taggarr.json")]
    )
    write(writing.shelf.tv / "Show" / "Season 01" / "S01E02.mkv", DUBBED)
    writing.scan()
    assert read_as_before(path, "series") == {str(writing.shelf.tv / "Show"): "dub"}


def test_what_is_gone_goes(writing: "House") -> None:
    """The file holds what the arr lists now, and never grows past it."""
    extra = writing.shelf.series("Extra", {"Season 01/S01E01.mkv": DUBBED})
    writing.scan()
    writing.sonarr.remove_series(extra)
    writing.scan()
    assert list(read_as_before(writing.shelf.tv / "taggarr.json", "series")) == [
        str(writing.shelf.tv / "Show")
    ]


@pytest.mark.parametrize(
    ("request_", "dry_run"), [({"preview": True}, False), ({}, True), ({"items": ("Show",)}, False)]
)
def test_nothing_is_written_by_a_preview_or_for_one_item(
    writing: "House", request_: dict[str, Any], dry_run: bool
) -> None:
    """Only a scan of the whole instance writes, and no dry run does."""
    writing.defaults["dry_run"] = dry_run
    writing.scan("tv", **request_)
    assert not (writing.shelf.tv / "taggarr.json").exists()


def test_what_was_imported_is_written_over(writing: "House") -> None:
    """Titles that the arr does not list go; the kind that no instance of ours has here stays, and the mode does."""
    path = writing.shelf.tv / "taggarr.json"
    old = {"version": "0.7.0", "series": {"/media/tv/Gone": {"tag": "dub"}}, "movies": {"/m/F": {"tag": "x"}}}
    path.write_text(json.dumps(old))
    path.chmod(0o640)
    writing.scan("tv")
    state = json.loads(path.read_text())
    assert list(state["series"]) == [str(writing.shelf.tv / "Show")]
    assert state["movies"] == old["movies"]
    assert path.stat().st_mode & 0o777 == 0o640
