"""`write_state_json`: what is written back into the roots, and when it is not."""

import json
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from taggarr.core.legacy_import import parse_state
from taggarr.core.legacy_state import legacy_text
from taggarr.core.media import Reading, Stat, Unreadable
from taggarr.core.state_file import MAX_BYTES
from taggarr.probe.disk import LocalDisk
from taggarr.simulator import SonarrSimulator
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


def shared(house: "House") -> Path:
    """Let Radarr have its movie in Sonarr's folder, and the file of both."""
    film, root = house.shelf.movies / "Film", house.shelf.tv
    shutil.move(film, root / "Film")
    house.instances["films"]["path_mappings"] = [{"arr": str(house.shelf.movies), "local": str(root)}]
    return root / "taggarr.json"


@pytest.mark.parametrize("names", [((),), (("tv",), ("films",)), (("films",), ("tv",), ("films",))])
def test_a_shared_root_has_one_file(writing: "House", names: tuple[tuple[str, ...], ...]) -> None:
    """Each instance writes its titles and keeps the other's, scanned together or not, and then nobody writes."""
    path = shared(writing)
    for some in names:
        writing.scan(*some)
    assert read_as_before(path, "series") == {str(path.parent / "Show"): "semi-dub"}
    assert read_as_before(path, "movies") == {str(path.parent / "Film"): "dub"}
    for some in ((), *names):
        summary = writing.scan(*some)
        inode, _ = path.stat().st_ino, [one.notes for one in summary.instances.values()]
        assert [one.notes for one in summary.instances.values()] == [[]] * len(summary.instances)
    writing.scan()
    assert path.stat().st_ino == inode


def test_what_another_instance_has_not_imported_stays(writing: "House") -> None:
    """A Sonarr that was never scanned may own what the file says of series, until it has been."""
    path = writing.shelf.tv / "taggarr.json"
    old = {"series": {"/media/tv/Other": {"tag": "english", "seasons": {"S": {"status": "fully-dub"}}}}}
    path.write_text(json.dumps(old))
    with SonarrSimulator() as second:
        writing.instances["more"] = {"type": "sonarr", "url": second.url, "api_key": second.api_key}
        folder = writing.shelf.tv / "Other"
        write(folder / "Season 01" / "S01E01.mkv", DUBBED)
        second.add_root(str(writing.shelf.tv))
        number = second.add_series("Other", str(folder), tags=["english"])
        size = (folder / "Season 01" / "S01E01.mkv").stat().st_size
        second.add_episode_file(number, "Season 01/S01E01.mkv", episodes=[1], size=size)
        writing.scan("tv")
        assert read_entries(path) == {str(writing.shelf.tv / "Show"), "/media/tv/Other"}
        writing.scan("more")
        assert second.all_tags()[number] == {"dub"}
        assert read_entries(path) == {str(writing.shelf.tv / "Show"), str(folder)}
        writing.instances["more"]["write_state_json"] = False
        write(writing.shelf.tv / "Show" / "Season 01" / "S01E02.mkv", DUBBED)
        writing.scan("tv")
        assert read_entries(path) == {str(writing.shelf.tv / "Show"), str(folder)}, (
            "it does not write, its entry stays"
        )
        assert [one.notes for one in writing.scan().instances.values()] == [[], [], []]


@pytest.mark.parametrize("writes", [True, False])
def test_an_instance_that_is_turned_off_keeps_its_entries(writing: "House", writes: bool) -> None:
    """Whether or not it writes itself: it is not scanned, and its titles are where they were."""
    path = writing.shelf.tv / "taggarr.json"
    with SonarrSimulator() as second:
        writing.instances["more"] = {"type": "sonarr", "url": second.url, "api_key": second.api_key}
        folder = writing.shelf.tv / "Other"
        write(folder / "Season 01" / "S01E01.mkv", DUBBED)
        number = second.add_series("Other", str(folder))
        size = (folder / "Season 01" / "S01E01.mkv").stat().st_size
        second.add_episode_file(number, "Season 01/S01E01.mkv", episodes=[1], size=size)
        writing.scan()
    writing.instances["more"] |= {"enabled": False, "write_state_json": writes}
    write(writing.shelf.tv / "Show" / "Season 01" / "S01E02.mkv", DUBBED)
    writing.scan()
    assert read_as_before(path, "series") == {str(writing.shelf.tv / "Show"): "dub", str(folder): "dub"}


def test_nothing_is_written_that_could_not_be_read(writing: "House") -> None:
    """With the series in it, the file would be larger than the next scan takes: it stays as it is, and is imported."""
    path = writing.shelf.tv / "taggarr.json"
    movies = {"/m/F": {"tag": "dub", "pad": "x" * (MAX_BYTES - 100)}}
    path.write_text(json.dumps({"version": "0.8.0", "movies": movies}))
    before = path.stat()
    for _ in range(2):
        notes = writing.scan("tv").instances["tv"].notes
        assert [note for note in notes if "imported" not in note] == [
            f"write_state_json: {path} was not written: it would be larger than 32 MB, and nobody reads such a file"
        ]
        assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def read_entries(path: Path) -> set[str]:
    """The folders of the series in the file."""
    return set(json.loads(path.read_text())["series"])


class TestWriteMode2:
    """What mode 2 takes out of the files."""

    def test_a_file_of_ours_is_deleted(self, writing: "House") -> None:
        """Once nothing is left in it, also where the setting was turned off meanwhile."""
        writing.scan()
        writing.defaults["write_state_json"] = False
        writing.scan(mode=2)
        assert list(writing.folder.rglob("taggarr.json")) == []

    def test_the_other_kind_stays(self, writing: "House") -> None:
        """One instance's removal leaves the other's entries in the file that both share."""
        path = shared(writing)
        writing.scan()
        writing.scan("tv", mode=2)
        assert read_as_before(path, "series") == {}
        assert list(read_as_before(path, "movies")) == [str(path.parent / "Film")]
        writing.scan("films", mode=2)
        assert not path.exists()

    def test_two_of_a_kind_leave_together(self, writing: "House") -> None:
        """Whoever comes last finds nothing left."""
        path = shared(writing)
        writing.scan()
        writing.scan(mode=2)
        assert not path.exists()

    def test_an_earlier_file_is_left_alone(self, writing: "House") -> None:
        """It is imported, its labels are removed, and it stays to the byte."""
        path = writing.shelf.tv / "taggarr.json"
        path.write_text('{"series": {"/media/tv/Show": {"tag": "semi-dub"}}}')
        before = path.read_bytes()
        for _ in range(2):
            writing.scan("tv", mode=2)
        assert path.read_bytes() == before

    def test_a_file_that_somebody_changed_is_left_alone(self, writing: "House") -> None:
        """It is no longer ours."""
        writing.scan("tv")
        path = writing.shelf.tv / "taggarr.json"
        path.write_text(path.read_text() + " ")
        writing.scan("tv", mode=2)
        assert path.exists()


def test_a_file_that_would_be_empty_is_not_made(writing: "House") -> None:
    """Where every title is excluded there is nothing to say; one of ours then says so, an earlier one stays."""
    writing.defaults["exclude"] = {"titles": ["Show", "Film"]}
    films = writing.shelf.movies / "taggarr.json"
    films.write_text('{"movies": {"/m/Film": {"tag": "dub"}}}')
    writing.scan()
    assert not (writing.shelf.tv / "taggarr.json").exists()
    assert films.read_text() == '{"movies": {"/m/Film": {"tag": "dub"}}}'
    writing.defaults["exclude"] = {}
    writing.scan()
    writing.defaults["exclude"] = {"titles": ["Show"]}
    writing.scan()
    assert read_as_before(writing.shelf.tv / "taggarr.json", "series") == {}


def test_the_same_by_an_earlier_version_is_not_rewritten(writing: "House") -> None:
    """A file that differs in nothing but the times of its scans stays to the byte, and stays the earlier version's."""
    writing.scan()
    path = writing.shelf.tv / "taggarr.json"
    text = path.read_text().replace('"last_scan": "20', '"last_scan": "19')
    (writing.folder / "data" / "taggarr.db").unlink()
    path.write_text(text)
    for _ in range(2):
        writing.scan()
    assert path.read_text() == text
    writing.scan(mode=2)
    assert path.read_text() == text


def test_an_empty_mount_point_gets_no_file(writing: "House") -> None:
    """Where none of the titles' folders is there, the disk is not: a new file would hide below it."""
    writing.defaults["audio_source"] = "arr"
    shutil.rmtree(writing.shelf.tv)
    writing.shelf.tv.mkdir()
    (note,) = (n for n in writing.scan("tv").instances["tv"].notes if "write_state_json" in n)
    assert "is the disk there?" in note
    assert list(writing.shelf.tv.iterdir()) == []


def test_a_root_that_cannot_be_written_is_a_note(
    open_house: "House", ordinary: Callable[[], AbstractContextManager[None]]
) -> None:
    """The scan's outcome is what it would have been; the note says whose access is lacking."""
    open_house.defaults["write_state_json"] = True
    open_house.shelf.series("Show", {"Season 01/S01E01.mkv": DUBBED})
    for path in open_house.shelf.tv.rglob("*"):
        path.chmod(0o755)
    open_house.shelf.tv.chmod(0o555)
    (open_house.folder / "data").mkdir()
    (open_house.folder / "data").chmod(0o777)
    with ordinary():
        tv = open_house.scan("tv").instances["tv"]
    assert (tv.error, tv.applied, tv.failed) == (None, 1, 0)
    (note,) = tv.notes
    assert note.startswith(f"write_state_json: {open_house.shelf.tv / 'taggarr.json'} was not written")
    assert "access" in note


@pytest.mark.parametrize("mode", [0o755, 0o770, 0o2775])
def test_a_new_file_is_as_readable_as_its_folder(writing: "House", mode: int) -> None:
    """Whoever may read or write the folder may do so with the file."""
    writing.shelf.tv.chmod(mode)
    writing.scan("tv")
    assert (writing.shelf.tv / "taggarr.json").stat().st_mode & 0o7777 == mode & 0o666


def test_a_link_stays_and_its_target_is_written(writing: "House") -> None:
    """The earlier version followed it, too; a link that leads nowhere is told, and stays."""
    target = writing.folder / "elsewhere.json"
    path = writing.shelf.tv / "taggarr.json"
    path.symlink_to(target)
    (note,) = writing.scan("tv").instances["tv"].notes
    assert "was not written" in note
    target.write_text('{"series": {}}')
    writing.scan("tv")
    writing.scan("tv")
    assert path.is_symlink()
    assert list(read_as_before(target, "series")) == [str(writing.shelf.tv / "Show")]


class Slow(LocalDisk):
    """A disk whose state files hang, from the `nth` look on."""

    def __init__(self, nth: int = 1) -> None:
        self.left = nth
        self.release = threading.Event()

    def stat(self, path: str) -> Stat | Unreadable:
        if path.endswith("taggarr.json"):
            self.left -= 1
            if self.left <= 0:
                self.release.wait(30)
        return super().stat(path)

    def read(self, path: str) -> Reading:
        return super().read(path)


@pytest.mark.parametrize(("nth", "tags"), [(1, {"english", "semi-dub"}), (2, {"semi-dub"})])
def test_a_share_that_hangs_costs_the_file(writing: "House", nth: int, tags: set[str]) -> None:
    """The scan goes on; nothing is written, and labels stay that only a file that hangs tells to be ours."""
    path = writing.shelf.tv / "taggarr.json"
    path.write_text('{"series": {"/media/tv/Show": {"tag": "english"}}}')
    before = path.read_bytes()
    writing.sonarr.set_tags(1, ["english"])
    writing.deadline_s = 0.5
    writing.disk = slow = Slow(nth)
    try:
        tv = writing.scan("tv").instances["tv"]
    finally:
        slow.release.set()
    assert (tv.error, tv.failed) == (None, 0)
    assert writing.tags()["Show"] == tags
    assert any(str(path) in note and "did not answer" in note for note in tv.notes)
    assert path.read_bytes() == before


class Rewriting(LocalDisk):
    """A disk on which somebody writes the state file between its first look and the second."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.looks = 0

    def stat(self, path: str) -> Stat | Unreadable:
        if path == str(self.path):
            self.looks += 1
            if self.looks == 2:
                self.path.write_text('{"series": {"/media/tv/Show": {"tag": "late"}}}')
        return super().stat(path)


def test_a_file_that_is_written_during_the_scan_is_imported_first(writing: "House") -> None:
    """It is not overwritten unseen; the next scan imports it, and then writes."""
    path = writing.shelf.tv / "taggarr.json"
    path.write_text('{"series": {}}')
    writing.disk = Rewriting(path)
    (note,) = writing.scan("tv").instances["tv"].notes
    assert "the next scan imports it first" in note
    assert "late" in path.read_text()
    writing.disk = LocalDisk()
    writing.scan("tv")
    assert read_entries(path) == {str(writing.shelf.tv / "Show")}


def test_an_earlier_version_that_still_runs_is_told(writing: "House") -> None:
    """Its file is imported anew each time that it writes, its labels are added, and ours is written over it."""
    path = writing.shelf.tv / "taggarr.json"
    path.write_text('{"series": {"/media/tv/Show": {"tag": "dub"}}}')
    writing.scan("tv")
    text = path.read_text()
    path.write_text(text.replace("2", "3"))
    (note,) = writing.scan("tv").instances["tv"].notes
    assert "was written again" in note
    assert writing.scan("tv").instances["tv"].notes == []
    assert json.loads(path.read_text())["version"] == "0.8.0"


def test_the_file_of_a_lost_database_is_taken_over_again(writing: "House") -> None:
    """What Taggarr wrote itself serves as well, and nothing is written for it."""
    writing.scan()
    (writing.folder / "data" / "taggarr.db").unlink()
    writing.forget_requests()
    writing.scan()
    assert writing.writes() == []


def test_written_taken_over_and_written_again_it_is_the_same_to_the_byte(writing: "House") -> None:
    """Odd names, several seasons, movies, an entry of nobody's: what Taggarr writes it reads back whole."""
    strange = {"Season 01/S01E01.mkv": WRONG, "Season 02/S02E01.mkv": ORIGINAL, "Specials/S00E01.mkv": DUBBED}
    writing.shelf.series('Ünï “quoted” \\ 日本 "x"', strange, tags=["dub"])
    writing.shelf.series("Broken", {"Season 01/S01E01.mkv": b"\x1a\x45\xdf\xa3"})
    writing.shelf.movie("Wrong", WRONG)
    foreign = {"version": "0.7.0", "movies": {"/elsewhere/Film": {"tag": "dub", "last_modified": 1.5}}}
    (writing.shelf.tv / "taggarr.json").write_text(json.dumps(foreign))
    writing.scan()
    paths = [writing.shelf.tv / "taggarr.json", writing.shelf.movies / "taggarr.json"]
    before = [path.read_bytes() for path in paths]
    assert b"/elsewhere/Film" in before[0]
    states = [parse_state(content) for content in before]
    assert [legacy_text(state).encode() for state in states if isinstance(state, dict)] == before
    for change in ("nothing", "database lost", "file touched", "file written anew"):
        if change == "database lost":
            (writing.folder / "data" / "taggarr.db").unlink()
        for path in paths:
            if change == "file touched":
                os.utime(path, (1, 1))
            if change == "file written anew":
                content = path.read_bytes()
                path.unlink()
                path.write_bytes(content)
        summary = writing.scan()
        assert [one.error for one in summary.instances.values()] == [None, None], change
        assert [path.read_bytes() for path in paths] == before, change


def test_an_undo_writes_no_state_file(writing: "House") -> None:
    """The file tells verdicts, and these are as they were; the next scan finds nothing to write."""
    writing.scan()
    path = writing.shelf.tv / "taggarr.json"
    before = path.read_bytes()
    writing.undo()
    assert path.read_bytes() == before
    writing.scan()
    assert path.read_bytes() == before


def test_asleep_disks_are_left_alone(writing: "House", stats: list[str]) -> None:
    """A scan that verifies nothing looks at no state file, and writes where something changed."""
    writing.scan()
    path = writing.shelf.tv / "taggarr.json"
    stats.clear()
    writing.scan(verify=False)
    assert [name for name in stats if name.endswith(".json")] == []
    writing.shelf.episode(1, writing.shelf.tv / "Show", "Season 01/S01E03.mkv", WRONG)
    writing.scan(verify=False)
    assert read_as_before(path, "series") == {str(writing.shelf.tv / "Show"): "wrong-dub"}


def test_a_file_that_cannot_be_deleted_is_a_note(
    open_house: "House", ordinary: Callable[[], AbstractContextManager[None]]
) -> None:
    """Mode 2 is done with the tags all the same, and tries again when it is run again."""
    open_house.defaults |= {"write_state_json": True, "write_nfo": "never"}
    open_house.shelf.series("Show", {"Season 01/S01E01.mkv": DUBBED})
    root = open_house.shelf.tv
    for path in (root, *root.rglob("*"), open_house.folder):
        path.chmod(0o777)
    with ordinary():
        open_house.scan("tv")
        root.chmod(0o555)
        tv = open_house.scan("tv", mode=2).instances["tv"]
        assert (tv.error, tv.applied) == (None, 1)
        assert ["was not written" in note for note in tv.notes] == [True]
        root.chmod(0o755)
        assert open_house.scan("tv", mode=2).instances["tv"].notes == []
    assert not (root / "taggarr.json").exists()


class Breaking(LocalDisk):
    """A disk whose second look at a state file comes when the database has just been damaged."""

    def __init__(self, house: "House") -> None:
        self.house = house
        self.looks = 0

    def stat(self, path: str) -> Stat | Unreadable:
        if path.endswith("taggarr.json"):
            self.looks += 1
            if self.looks == 2:
                with closing(sqlite3.connect(self.house.folder / "data" / "taggarr.db")) as connection:
                    connection.execute("DROP TABLE state_files")
        return super().stat(path)


def test_a_database_that_fails_meanwhile_fails_the_instance(writing: "House") -> None:
    """Nothing is written that could not be written down, and the instance says what happened."""
    writing.disk = Breaking(writing)
    tv = writing.scan("tv").instances["tv"]
    assert tv.error is not None
    assert tv.error[0] == "store"
    assert not (writing.shelf.tv / "taggarr.json").exists()
