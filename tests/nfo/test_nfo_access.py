"""Whether an edit would be allowed is told without trying, in the words of the edit that fails."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from taggarr import nfo
from taggarr.core.nfo_edit import NfoCause, NfoEdit, NfoOutcome, NfoProblem
from taggarr.nfo import disk
from taggarr.nfo.access import check_access

DUB = NfoEdit(add_tags=("dub",))


@pytest.fixture
def path(open_folder: Path) -> Path:
    """An NFO that an ordinary user owns, in a folder of theirs."""
    path = open_folder / "movie.nfo"
    path.write_text("<movie><title>A</title></movie>", "utf-8")
    if os.geteuid() == 0:
        os.chown(path, 65534, 65534)
        os.chown(open_folder, 65534, 65534)
    return path


def _shut_file(path: Path) -> None:
    path.chmod(0o444)


def _shut_folder(path: Path) -> None:
    path.parent.chmod(0o555)


@pytest.mark.parametrize("shut", [_shut_file, _shut_folder])
def test_what_may_not_be_written_is_told(
    path: Path, ordinary: Callable[[], AbstractContextManager[None]], shut: Callable[[Path], None]
) -> None:
    """A file or folder without write permission: the same problem as the edit itself ends in."""
    with ordinary():
        assert nfo.refusal(path) is None
        shut(path)
        told = nfo.refusal(path)
        outcome = nfo.edit(path, DUB)
        path.parent.chmod(0o755)
    assert isinstance(told, NfoProblem)
    assert told.cause is NfoCause.UNWRITABLE
    assert told == outcome


def test_an_owner_that_cannot_be_kept_is_refused(
    path: Path, ordinary: Callable[[], AbstractContextManager[None]]
) -> None:
    """An ordinary user gives no file to whom the root folder belongs, be it asked beforehand or tried."""
    foreign = Path("/").stat()
    sentence = (
        f"it belongs to user {foreign.st_uid}, group {foreign.st_gid}, and an edited file of this process"
    )
    with ordinary():
        with pytest.raises(PermissionError, match=sentence):
            check_access(path, foreign)
        with pytest.raises(PermissionError, match=sentence):
            disk.replace(path, b"new", foreign)
        assert nfo.refusal(path) is None
    assert path.read_text("utf-8") == "<movie><title>A</title></movie>"
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_an_owner_that_cannot_be_kept_is_told(
    path: Path, edit_as_other: Callable[[Path, NfoEdit], NfoOutcome]
) -> None:
    """A file of somebody else in a folder of ours may be written, and its owner not be kept."""
    if os.geteuid() != 0:
        pytest.skip("only root can make a file of another user")
    os.chown(path, 0, 0)
    path.chmod(0o666)
    outcome = edit_as_other(path, DUB)
    os.seteuid(65534)
    try:
        told = nfo.refusal(path)
    finally:
        os.seteuid(0)
    assert isinstance(told, NfoProblem)
    assert told == outcome


def test_a_group_that_the_folder_hands_down_is_kept(path: Path) -> None:
    """In a folder with the set-group-id bit, a new file has the folder's group, so nothing has to be given."""
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder to another group")
    os.chown(path.parent, 65534, 12345)
    path.parent.chmod(0o2775)
    os.chown(path, 65534, 12345)
    os.seteuid(65534)
    try:
        told = nfo.refusal(path)
        outcome = nfo.edit(path, DUB)
    finally:
        os.seteuid(0)
    assert told is None
    assert not isinstance(outcome, NfoProblem)


@pytest.fixture
def read_only_disk(open_folder: Path) -> Iterator[Path]:
    """A disk with an NFO on it, mounted read-only."""
    folder = open_folder / "disk"
    folder.mkdir()

    def mount(*options: str) -> int:
        command = ["mount", *options, str(folder)]
        return subprocess.run(command, capture_output=True, check=False).returncode

    try:
        refused = mount("-t", "tmpfs", "-o", "size=100k", "tmpfs")
    except FileNotFoundError:
        pytest.skip("there is no `mount` here, so no file system can be mounted read-only")
    if refused:
        pytest.skip("this user may not mount a file system")
    try:
        (folder / "movie.nfo").write_text("<movie><title>A</title></movie>", "utf-8")
        assert mount("-o", "remount,ro") == 0
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_read_only_file_system_is_named(read_only_disk: Path) -> None:
    """Media mounted read-only is the usual case in containers; what is told is what the edit would end in."""
    path = read_only_disk / "movie.nfo"
    told = nfo.refusal(path)
    assert isinstance(told, NfoProblem)
    assert "Read-only file system" in told.reason
    assert told == nfo.edit(path, DUB)
    assert path.read_text("utf-8") == "<movie><title>A</title></movie>"


def test_a_missing_nfo_is_missing(tmp_path: Path) -> None:
    """What is not there is not forbidden: it is missing, as for an edit."""
    told = nfo.refusal(tmp_path / "movie.nfo")
    assert isinstance(told, NfoProblem)
    assert told.cause is NfoCause.MISSING
