"""A scan after the first: what did not change costs nothing, and what did is found."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from taggarr.simulator import SonarrSimulator
from taggarr.simulator.collection import audio, write
from taggarr.simulator.media import make_matroska

if TYPE_CHECKING:
    from conftest import House

DUBBED, ORIGINAL, WRONG = audio("jpn", "eng"), audio("jpn"), audio("jpn", "ger")
LISTS = {
    "tv": ["system/status", "tag", "series", "language"],
    "films": ["system/status", "tag", "movie", "language"],
}


def fill(house: "House") -> None:
    """Two series and two movies with their NFO files, scanned and tagged."""
    nfo = "<tvshow>\n  <title>A</title>\n</tvshow>\n"
    house.shelf.series("Dub", {f"Season 01/S01E0{n}.mkv": DUBBED for n in (1, 2, 3)}, nfo=nfo)
    house.shelf.series("Half", {"Season 01/S01E01.mkv": DUBBED, "Season 01/S01E02.mp4": ORIGINAL})
    house.shelf.movie("Film", DUBBED, nfo="<movie><title>Film</title></movie>")
    house.shelf.movie("Wrong", WRONG)
    assert house.scan().instances["tv"].applied == 3
    house.forget_requests()


def media(house: "House") -> list[str]:
    return sorted(str(path) for path in house.folder.rglob("*") if path.suffix in (".mkv", ".mp4"))


def test_an_unchanged_library_costs_a_look(house: "House", stats: list[str]) -> None:
    """Nothing is written, nothing is read, the arrs are asked for their lists, and each file gets one stat."""
    fill(house)
    before = {path: path.read_bytes() for path in house.folder.rglob("*.nfo")}
    changes = len(house.history())
    stats.clear()
    summary = house.scan()
    assert house.asked("tv") == LISTS["tv"]
    assert house.asked("films") == LISTS["films"]
    for one in summary.instances.values():
        assert (one.files_read, one.planned, one.applied, one.failed, one.plans) == (0, 0, 0, 0, [])
        assert one.requests == 4
    assert [one.files_listed for one in summary.instances.values()] == [5, 2]
    assert sorted(path for path in stats if not path.endswith((".nfo", ".json"))) == media(house)
    assert len([path for path in stats if path.endswith(".json")]) == 2, "one look at each root"
    assert {path: path.read_bytes() for path in before} == before
    assert len(house.history()) == changes


def test_a_track_edited_in_place_is_found(house: "House") -> None:
    """A language changed in the file's own bytes: same size, same folder time, and yet the file is read."""
    fill(house)
    path = house.shelf.tv / "Dub" / "Season 01" / "S01E02.mkv"
    folder_time = path.parent.stat().st_mtime_ns
    with path.open("r+b") as file:
        data = file.read()
        at = data.index(b"eng")
        file.seek(at)
        file.write(b"ger")
    os.utime(path.parent, ns=(folder_time, folder_time))
    assert path.stat().st_size == len(data)
    summary = house.scan()
    assert summary.instances["tv"].files_read == 1
    assert house.tags()["Dub"] == {"wrong-dub"}
    assert house.asked("tv")[:4] == LISTS["tv"], "its list is not asked for: the arr knows nothing of it"


def test_a_renamed_file_keeps_its_reading(house: "House") -> None:
    """The arr renames: id, size and time stay, so the file is asked for and not read."""
    fill(house)
    folder = house.shelf.tv / "Dub"
    (folder / "Season 01" / "S01E01.mkv").rename(folder / "Season 01" / "Dub - S01E01 - Pilot.mkv")
    house.sonarr.rename_file(1, "Season 01/Dub - S01E01 - Pilot.mkv")
    summary = house.scan()
    assert summary.instances["tv"].files_read == 0
    assert summary.instances["tv"].planned == 0
    assert house.asked("tv") == [*LISTS["tv"], "episodefile"]
    house.forget_requests()
    house.scan()
    assert house.asked("tv") == LISTS["tv"]


def test_a_moved_series_keeps_its_readings(house: "House") -> None:
    """The arr moves a series to another folder: its list is asked for, its files are not read."""
    fill(house)
    (house.shelf.tv / "Dub").rename(house.shelf.tv / "Dub (2020)")
    house.sonarr.move_item(1, str(house.shelf.tv / "Dub (2020)"))
    summary = house.scan()
    assert summary.instances["tv"].files_read == 0
    assert summary.instances["tv"].planned == 0
    assert house.records("tv")["Dub"].local == str(house.shelf.tv / "Dub (2020)")


def test_an_upgraded_file_is_read(house: "House") -> None:
    """A new file in the old one's place, with a new id: it is read, and the old one is forgotten."""
    fill(house)
    size = write(house.shelf.tv / "Half" / "Season 01" / "S01E02.mp4", DUBBED)
    house.sonarr.remove_episode_file(5)
    new = house.sonarr.add_episode_file(2, "Season 01/S01E02.mp4", episodes=[2], size=size)
    assert new != 5
    summary = house.scan()
    assert summary.instances["tv"].files_read == 1
    assert summary.instances["tv"].files_listed == 5
    assert house.tags()["Half"] == {"dub"}
    assert house.asked("tv").count("episodefile") == 1, "only of the series that changed"
    assert house.scan().instances["tv"].files_listed == 5, "what is gone does not come back from the memory"


def test_a_file_imported_again_is_not_read(house: "House") -> None:
    """The arr lost and found a file: a new id at the same path, and the file is as it was."""
    fill(house)
    file = house.sonarr.files[5]
    house.sonarr.remove_episode_file(5)
    house.sonarr.add_episode_file(2, "Season 01/S01E02.mp4", episodes=[2], size=file.size)
    house.sonarr.add_episode_file(
        2,
        "Season 01/S01E03.mkv",
        episodes=[3],
        size=write(house.shelf.tv / "Half" / "Season 01" / "S01E03.mkv", DUBBED),
    )
    assert house.scan().instances["tv"].files_read == 1


def test_a_movie_file_replaced_by_another_is_read(house: "House") -> None:
    """Radarr's list names another file: that one counts."""
    fill(house)
    folder = house.shelf.movies / "Wrong"
    (folder / "Wrong.mkv").unlink()
    house.radarr.set_movie_file(2, "Wrong - v2.mp4", size=write(folder / "Wrong - v2.mp4", DUBBED))
    summary = house.scan()
    assert summary.instances["films"].files_read == 1
    assert house.tags()["Wrong"] == {"dub"}


def test_a_file_that_is_gone_is_asked_for(house: "House") -> None:
    """Where a stored file is not in its place, the arr knows; what it still lists and the disk lacks is missing."""
    house.defaults["audio_source"] = "files"
    fill(house)
    (house.shelf.tv / "Dub" / "Season 01" / "S01E03.mkv").unlink()
    summary = house.scan()
    assert house.asked("tv") == [*LISTS["tv"], "episodefile"]
    ((title, reason),) = summary.instances["tv"].attention
    assert title == "Dub"
    assert "there is no such file" in reason
    assert house.tags()["Dub"] == {"dub"}, "missing knowledge changes no tag"
    house.sonarr.remove_episode_file(3)
    house.scan()
    assert house.records("tv")["Dub"].verdict == "dub"


def test_a_file_that_the_arr_swapped_is_found(house: "House") -> None:
    """One file out, another in, of the same size: the fingerprint is the same, and yet the new one is read."""
    fill(house)
    folder = house.shelf.tv / "Dub" / "Season 01"
    size = (folder / "S01E03.mkv").stat().st_size
    (folder / "S01E03.mkv").unlink()
    house.sonarr.remove_episode_file(3)
    wrong = make_matroska(WRONG)
    assert write(folder / "S01E04.mkv", wrong) == size
    house.sonarr.add_episode_file(1, "Season 01/S01E04.mkv", episodes=[4], size=size)
    summary = house.scan()
    assert summary.instances["tv"].files_read == 1
    assert house.tags()["Dub"] == {"wrong-dub"}


@pytest.mark.parametrize("source", ["files", "auto"])
@pytest.mark.parametrize("gone", [True, False], ids=["gone", "empty"])
def test_an_unmounted_share_changes_nothing(house: "House", gone: bool, source: str) -> None:
    """Empty or gone, no tag, no state and no request: and when it is back, nothing has to be read again."""
    house.defaults |= {"audio_source": source, "add_tag_to_genre": True}
    fill(house)
    tags = house.tags()
    for root in (house.shelf.tv, house.shelf.movies):
        root.rename(root.with_name(f"{root.name}.away"))
        if not gone:
            root.mkdir()
    for _ in range(2):
        house.forget_requests()
        summary = house.scan()
        assert house.asked("tv") == LISTS["tv"]
        assert house.tags() == tags
        for one in summary.instances.values():
            assert (one.planned, one.failed, one.error, one.guard) == (0, 0, None, None)
    unknown = sum(len(one.attention) for one in summary.instances.values())
    assert unknown == (4 if source == "files" else 0), "what was heard last stands under `auto`"
    for root in (house.shelf.tv, house.shelf.movies):
        if root.exists():
            root.rmdir()
        root.with_name(f"{root.name}.away").rename(root)
    back = house.scan()
    for one in back.instances.values():
        assert (one.files_read, one.planned, one.attention) == (0, 0, [])
    # What Taggarr wrote into NFO files before is still known to be its own.
    house.defaults["add_tag_to_genre"] = False
    house.scan()
    assert "genre" not in (house.shelf.tv / "Dub" / "tvshow.nfo").read_text()
    assert "genre" not in (house.shelf.movies / "Film" / "movie.nfo").read_text()


def test_lost_permission_changes_nothing(
    open_house: "House", ordinary: Callable[[], AbstractContextManager[None]]
) -> None:
    """Files and folders that may not be read any more: unknown with that reason, tags stay, and it heals."""
    house = open_house
    house.defaults["audio_source"] = "files"
    with ordinary():
        fill(house)
    house.shelf.tv.chmod(0o000)
    secret = house.shelf.movies / "Film" / "Film.mkv"
    secret.chmod(0o000)
    os.utime(secret, ns=(1, 1))  # otherwise the reading holds, and nobody opens it
    if os.geteuid() == 0:
        os.chown(secret, 0, 0)
        os.chown(house.shelf.tv, 0, 0)
    tags = house.tags()
    with ordinary():
        summary = house.scan()
    reasons = {title: reason for one in summary.instances.values() for title, reason in one.attention}
    assert set(reasons) == {"Dub", "Half", "Film"}
    assert all("may not read it" in reason for reason in reasons.values())
    assert house.tags() == tags
    house.shelf.tv.chmod(0o755)
    secret.chmod(0o644)
    with ordinary():
        healed = house.scan()
    assert [one.attention for one in healed.instances.values()] == [[], []]
    assert healed.instances["tv"].files_read == 0
    assert healed.instances["films"].files_read == 1


def test_what_was_excluded_is_asked_for_when_it_comes_back(house: "House") -> None:
    """An item that was left out has no files in the memory; that is not an item without files."""
    house.defaults["exclude"] = {"titles": ["Dub"]}
    house.shelf.series("Dub", {"Season 01/S01E01.mkv": DUBBED}, tags=["dub"])
    house.scan()
    house.defaults.pop("exclude")
    summary = house.scan()
    assert summary.instances["tv"].files_read == 1
    assert house.tags()["Dub"] == {"dub"}


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM files WHERE id = 2",
        "DELETE FROM files",
        "INSERT INTO files SELECT instance_id, item_id, 9, 'x', 'x', 'x', 1, 1, '[]', NULL, NULL, NULL, NULL "
        "FROM files WHERE id = 1",
        "UPDATE items SET file_count = NULL",
    ],
    ids=["one row is lost", "all are lost", "one is too many", "the count is lost"],
)
@pytest.mark.parametrize("request_", [{}, {"verify": False}], ids=["all is looked at", "disks sleep"])
def test_a_title_is_not_judged_by_the_files_that_are_left(
    house: "House", damage: str, request_: dict[str, Any]
) -> None:
    """The arr's list did not change, and what is stored is not the list: it is asked for, once."""
    house.shelf.series("Semi", {"Season 01/S01E01.mkv": DUBBED, "Season 01/S01E02.mkv": ORIGINAL})
    house.scan("tv")
    with closing(sqlite3.connect(house.folder / "data" / "taggarr.db")) as database, database:
        database.execute(damage)
    for asked in (1, 0):
        house.forget_requests()
        tv = house.scan("tv", **request_).instances["tv"]
        assert (tv.planned, tv.files_listed, tv.attention) == (0, 2, [])
        assert house.tags() == {"Semi": {"semi-dub"}}
        assert house.asked("tv").count("episodefile") == asked


def test_a_rebuilt_database_of_the_arr_mixes_nothing_up(house: "House", tmp_path: Path) -> None:
    """The arr was set up anew: the same series have each other's ids, and so have their files."""
    contents = {"One": DUBBED, "Two": ORIGINAL, "Three": WRONG}
    for title, content in contents.items():
        house.shelf.series(title, {f"Season 01/S01E0{n}.mkv": content for n in (1, 2)})
    house.scan()
    expected = {"One": {"dub"}, "Two": set(), "Three": {"wrong-dub"}}
    assert house.tags() == expected
    with SonarrSimulator(roots=[str(house.shelf.tv)]) as rebuilt:
        for title, content in reversed(contents.items()):
            series = rebuilt.add_series(title, str(house.shelf.tv / title))
            for n in (1, 2):
                name = f"Season 01/S01E0{n}.mkv"
                rebuilt.add_episode_file(series, name, episodes=[n], size=len(make_matroska(content)))
        house.sonarr = rebuilt
        house.instances["tv"]["url"] = rebuilt.url
        for _ in range(3):
            house.scan("tv")
            assert house.tags() == expected
        assert house.records("tv")["One"].verdict == "dub"
        assert [one.files_listed for one in house.scan("tv").instances.values()] == [6]


def test_without_verification_known_files_are_not_looked_at(house: "House", stats: list[str]) -> None:
    """A scheduled scan may let the disks sleep: it looks at what the arr says is new, and at nothing else."""
    fill(house)
    stats.clear()
    house.scan(verify=False)
    assert [path for path in stats if not path.endswith(".nfo")] == []
    house.shelf.episode(1, house.shelf.tv / "Dub", "Season 01/S01E04.mkv", ORIGINAL)
    house.scan(verify=False)
    assert [Path(path).name for path in stats if not path.endswith(".nfo")] == ["S01E04.mkv"]
    assert house.tags()["Dub"] == {"semi-dub"}


def test_what_the_arr_lists_no_longer_is_forgotten(house: "House") -> None:
    """A deleted series leaves the memory; its history stays, and so do the others."""
    fill(house)
    house.sonarr.remove_series(1)
    shutil.rmtree(house.shelf.tv / "Dub")
    house.scan()
    assert set(house.records("tv")) == {"Half"}
    assert any(change.intent.title == "Dub" for change in house.history())


def test_mode_one_reads_everything_again(house: "House") -> None:
    """Rewrite forgets what was read, asks for every list, and changes nothing that is right."""
    fill(house)
    summary = house.scan(mode=1)
    assert [one.files_read for one in summary.instances.values()] == [5, 2]
    assert house.asked("tv").count("episodefile") == 2
    assert [one.planned for one in summary.instances.values()] == [0, 0]
