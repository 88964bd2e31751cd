"""What a scan sees of this machine's disks: values, whatever is there."""

import os
from pathlib import Path

import pytest

from taggarr.core.media import Cause, Heard, Stat, Unreadable
from taggarr.probe.disk import LocalDisk
from taggarr.simulator.media import Track, make_matroska

DISK = LocalDisk()


def test_stat_gives_size_and_time(tmp_path: Path) -> None:
    """Size in bytes and the time of the last change in nanoseconds."""
    path = tmp_path / "film.mkv"
    path.write_bytes(b"12345")
    os.utime(path, ns=(0, 1_700_000_000_123_456_789))
    assert DISK.stat(str(path)) == Stat(5, 1_700_000_000_123_456_789)


def test_stat_follows_links(tmp_path: Path) -> None:
    """A linked file is seen as the file that it leads to."""
    (tmp_path / "film.mkv").write_bytes(b"123")
    (tmp_path / "link.mkv").symlink_to("film.mkv")
    seen = DISK.stat(str(tmp_path / "link.mkv"))
    assert isinstance(seen, Stat)
    assert seen.size_bytes == 3


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("gone.mkv", Cause.MISSING),
        ("no/such/folder.mkv", Cause.MISSING),
        ("loop", Cause.FAILED),
        ("a\0b", Cause.FAILED),
    ],
)
def test_what_cannot_be_seen_is_a_reason(tmp_path: Path, name: str, cause: Cause) -> None:
    """Missing, a link in a circle and an impossible name are told apart, and nothing raises."""
    (tmp_path / "loop").symlink_to("loop")
    seen = DISK.stat(f"{tmp_path}/{name}")
    assert isinstance(seen, Unreadable)
    assert seen.cause is cause


def test_file_is_read(tmp_path: Path) -> None:
    """The same reading that `taggarr.probe.read` gives."""
    path = tmp_path / "film.mkv"
    path.write_bytes(make_matroska([Track("audio", "jpn")]))
    reading = DISK.read(str(path))
    assert isinstance(reading, Heard)
    assert [track.language for track in reading.tracks] == ["jpn"]


def test_folders_are_told_from_everything_else(tmp_path: Path) -> None:
    """Only a folder that can be seen is one."""
    (tmp_path / "file").write_bytes(b"")
    assert DISK.is_folder(str(tmp_path))
    assert not DISK.is_folder(str(tmp_path / "file"))
    assert not DISK.is_folder(str(tmp_path / "gone"))
    assert not DISK.is_folder("a\0b")


@pytest.fixture
def rooms(tmp_path: Path) -> Path:
    """A folder with two folders in it, one link to one of them, and two links that lead nowhere."""
    for name in ("One", "Two"):
        (tmp_path / name / "inner").mkdir(parents=True)
    (tmp_path / "Link").symlink_to("One")
    (tmp_path / "Broken").symlink_to(tmp_path / "absent" / "One")
    (tmp_path / "Loop").symlink_to("Loop")
    (tmp_path / "Also").symlink_to(tmp_path)
    return tmp_path


def test_a_place_is_the_same_by_every_path(rooms: Path) -> None:
    """`..`, a link to the folder, a link to the folder above; what is not there yet has a place, too."""
    place = DISK.places(str(rooms), {"One", "Two", "Link", "Absent"})
    assert place["One"] == place["Link"]
    assert len(set(place.values())) == 3
    assert DISK.places(f"{rooms}/Two/..", {"One"})["One"] == place["One"]
    assert DISK.places(f"{rooms}/Also/", {"One", "Link"}) == {"One": place["One"], "Link": place["One"]}
    assert DISK.places(f"{rooms}/One/inner", {".."})[".."] == place["One"]
    assert DISK.places(f"{rooms}/One", {"."})["."] == place["One"]


@pytest.mark.parametrize("folder", ["absent", "One/inner/\0", "file"])
def test_a_place_that_nobody_sees_is_not_told(rooms: Path, folder: str) -> None:
    """No such folder, a name that no folder can have, a path through a file."""
    (rooms / "file").write_bytes(b"")
    assert DISK.places(f"{rooms}/{folder}/below", {"One"}) == {}


def test_a_link_that_leads_nowhere_is_not_told(rooms: Path) -> None:
    """Its folder is not there; the others are told."""
    assert DISK.places(str(rooms), {"One", "Broken"}).keys() == {"One"}
    assert "One" in DISK.places(str(rooms), {"One", "Loop"})


@pytest.mark.parametrize("folder", ["", "One", "C:\\TV"])
def test_a_folder_that_is_no_whole_path_has_no_place(
    rooms: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    """It would lie wherever this process was started."""
    monkeypatch.chdir(rooms)
    assert DISK.places(folder, {"inner"}) == {}
