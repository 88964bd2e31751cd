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
