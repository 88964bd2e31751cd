"""How the new bytes get to the disk: whole or not at all, with everything else of the file kept."""

import contextlib
import errno
import os
import re
import resource
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from taggarr import nfo
from taggarr.core.nfo_edit import NfoCause, NfoEdit, NfoEdited, NfoOutcome, NfoProblem

DUB = NfoEdit(add_tags=("dub",))
NO_DUB = NfoEdit(remove_tags=("dub",))
BEFORE = b"<movie>\n  <year/>\n</movie>\n"
AFTER = b"<movie>\n  <year/>\n  <tag>dub</tag>\n</movie>\n"
LEFTOVER = re.compile(r"\.taggarr-[0-9a-f]{12}\.tmp")

Names = Callable[[Path], list[str]]
EditAsOther = Callable[[Path, NfoEdit], NfoOutcome]
Listen = Callable[[Callable[[str, tuple[object, ...]], None]], None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "movie.nfo"
    file.write_bytes(BEFORE)
    return file


def _temporary(event: str, arguments: tuple[object, ...]) -> bool:
    return event == "open" and LEFTOVER.search(str(arguments[0])) is not None and arguments[2] != os.O_RDONLY


def test_an_edit_without_effect_writes_nothing(path: Path, on_audit: Listen) -> None:
    """A tag that is there already: nothing is opened for writing, made or renamed."""
    nfo.edit(path, DUB)
    events: list[str] = []

    def note(event: str, arguments: tuple[object, ...]) -> None:
        writes = event == "open" and int(str(arguments[2])) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes or event in ("os.rename", "os.chmod", "os.chown", "os.truncate", "os.setxattr"):
            events.append(event)

    on_audit(note)
    seen = path.stat()
    assert isinstance(nfo.edit(path, DUB), NfoEdited)
    assert events == []
    now = path.stat()
    assert (now.st_ino, now.st_mtime_ns) == (seen.st_ino, seen.st_mtime_ns)
    nfo.edit(path, NO_DUB)
    assert "os.rename" in events  # the ear is not deaf


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o664, 0o666, 0o2640])
def test_the_mode_is_kept(path: Path, mode: int) -> None:
    """Neither the umask nor the temporary file's private mode shows in the result."""
    path.chmod(mode)
    assert isinstance(nfo.edit(path, DUB), NfoEdited)
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_owner_and_group_are_kept(path: Path) -> None:
    """An NFO of another user stays theirs where this process may give it to them."""
    if os.geteuid() != 0:
        pytest.skip("only root can make a file of another user")
    os.chown(path, 1234, 5678)
    path.chmod(0o640)
    assert isinstance(nfo.edit(path, DUB), NfoEdited)
    now = path.stat()
    assert (now.st_uid, now.st_gid, stat.S_IMODE(now.st_mode)) == (1234, 5678, 0o640)
    assert path.read_bytes() == AFTER


def test_an_owner_that_cannot_be_kept_is_not_changed(
    open_folder: Path, edit_as_other: EditAsOther, names: Names
) -> None:
    """Where the file belongs to another user, an unprivileged process leaves it alone, writable or not."""
    if os.geteuid() != 0:
        pytest.skip("only root can make a file of another user")
    open_folder.chmod(0o777)
    path = open_folder / "movie.nfo"
    path.write_bytes(BEFORE)
    path.chmod(0o666)
    outcome = edit_as_other(path, DUB)
    assert isinstance(outcome, NfoProblem)
    assert outcome.cause is NfoCause.UNWRITABLE
    assert outcome.reason == (
        "this process may not edit it (it belongs to user 0, group 0, and an edited file of this "
        "process would not); give the user that runs Taggarr access to the file and its folder, or set "
        "write_nfo: never"
    )
    assert path.read_bytes() == BEFORE
    assert names(open_folder) == ["movie.nfo"]


def _own_by_other(*paths: Path) -> None:
    if os.geteuid() == 0:
        for path in paths:
            os.chown(path, 65534, 65534)


def _is_denied(outcome: NfoOutcome) -> None:
    assert isinstance(outcome, NfoProblem)
    assert outcome.cause is NfoCause.UNWRITABLE
    assert outcome.reason.startswith("this process may not edit it (Permission denied); give")


def test_a_read_only_file_is_left_alone(open_folder: Path, edit_as_other: EditAsOther) -> None:
    """A file without write permission is not replaced, although its folder would allow that."""
    path = open_folder / "movie.nfo"
    path.write_bytes(BEFORE)
    path.chmod(0o444)
    _own_by_other(path, open_folder)
    _is_denied(edit_as_other(path, DUB))
    assert path.read_bytes() == BEFORE
    path.chmod(0o644)
    assert isinstance(edit_as_other(path, DUB), NfoEdited)
    assert path.read_bytes() == AFTER


def test_a_read_only_folder_is_left_alone(open_folder: Path, edit_as_other: EditAsOther) -> None:
    """Without write permission for the folder there is no safe way to write, so nothing is written."""
    path = open_folder / "movie.nfo"
    path.write_bytes(BEFORE)
    _own_by_other(path, open_folder)
    open_folder.chmod(0o555)
    _is_denied(edit_as_other(path, DUB))
    assert path.read_bytes() == BEFORE


def test_an_unreadable_file_is_left_alone(open_folder: Path, edit_as_other: EditAsOther) -> None:
    """A file that may be written but not read cannot be edited."""
    path = open_folder / "movie.nfo"
    path.write_bytes(BEFORE)
    path.chmod(0o200)
    _own_by_other(path, open_folder)
    _is_denied(edit_as_other(path, DUB))
    path.chmod(0o600)
    assert path.read_bytes() == BEFORE


def _attached(path: Path) -> list[str]:
    if sys.platform != "linux":
        return []
    return [name for name in os.listxattr(path) if not name.startswith("security.")]


def _attach(path: Path, name: str, value: bytes) -> bool:
    """Whether this can be attached here: on Linux alone, and not in every file system."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setxattr(path, name, value)
            return True
    return False


def test_extended_attributes_are_kept(path: Path) -> None:
    """What a user's tools attached to the file stays attached, with its value; where nothing can be, it is edited."""
    attached = _attach(path, "user.rating", b"5\0stars")
    assert isinstance(nfo.edit(path, DUB), NfoEdited)
    if attached:
        assert _attached(path) == ["user.rating"]
        assert os.getxattr(path, "user.rating") == b"5\0stars"


def test_an_access_list_that_the_folder_hands_down_is_not_taken_on(path: Path) -> None:
    """A default access list of the folder, where it can have one, shapes new files; the edited NFO is none."""
    entry = (2).to_bytes(4, "little")
    for tag, rights, who in (
        (0x01, 7, 0xFFFFFFFF),
        (0x02, 7, 4321),
        (0x04, 5, 0xFFFFFFFF),
        (0x10, 7, 0xFFFFFFFF),
        (0x20, 5, 0xFFFFFFFF),
    ):
        entry += tag.to_bytes(2, "little") + rights.to_bytes(2, "little") + who.to_bytes(4, "little")
    _attach(path.parent, "system.posix_acl_default", entry)
    path.chmod(0o644)
    assert _attached(path) == []
    assert isinstance(nfo.edit(path, DUB), NfoEdited)
    assert _attached(path) == []
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


@pytest.mark.parametrize(
    ("step", "number", "cause", "words"),
    [
        ("open", errno.EROFS, NfoCause.UNWRITABLE, "Read-only file system"),
        ("open", errno.ENOSPC, NfoCause.FAILED, "its disk is full (No space left on device)"),
        ("open", errno.EIO, NfoCause.FAILED, "it could not be read or written (Input/output error)"),
        ("os.chmod", errno.EPERM, NfoCause.UNWRITABLE, "Operation not permitted"),
        ("os.rename", errno.EDQUOT, NfoCause.FAILED, "its disk is full (Disk quota exceeded)"),
        ("os.rename", errno.ESTALE, NfoCause.FAILED, "it could not be read or written (Stale file handle)"),
        ("os.rename", errno.ENOENT, NfoCause.MISSING, "there is no such file"),
    ],
)
def test_a_failing_step_leaves_the_old_file_and_nothing_else(
    path: Path, on_audit: Listen, step: str, number: int, cause: NfoCause, words: str, names: Names
) -> None:
    """Whatever the disk says while the new file is made, the old one stays and the reason is named."""

    def fail(event: str, arguments: tuple[object, ...]) -> None:
        if event == step and (event != "open" or _temporary(event, arguments)):
            raise OSError(number, os.strerror(number))

    on_audit(fail)
    outcome = nfo.edit(path, DUB)
    assert isinstance(outcome, NfoProblem)
    assert outcome.cause is cause
    assert words in outcome.reason
    assert path.read_bytes() == BEFORE
    assert names(path.parent) == ["movie.nfo"]


def test_a_file_system_without_extended_attributes_is_fine(path: Path, on_audit: Listen) -> None:
    """Where none can be listed there are none to keep."""

    def fail(event: str, arguments: tuple[object, ...]) -> None:
        if event == "os.listxattr":
            raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))

    on_audit(fail)
    assert isinstance(nfo.edit(path, DUB), NfoEdited)
    assert path.read_bytes() == AFTER


def test_a_write_that_breaks_off_leaves_the_old_file(path: Path, names: Names) -> None:
    """The kernel refuses to write beyond a limit: half a temporary file is made, and taken away."""
    path.write_bytes(BEFORE.ljust(20_000))
    old_limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8_192, old_limits[1]))
    try:
        outcome = nfo.edit(path, DUB)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old_limits)
    assert outcome == NfoProblem(
        str(path),
        NfoCause.FAILED,
        "it could not be read or written (File too large); the next scan tries again",
    )
    assert path.read_bytes() == BEFORE.ljust(20_000)
    assert names(path.parent) == ["movie.nfo"]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, names: Names) -> None:
    """On a small file system of its own: the NFO fits once, not twice."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True, text=True, check=False
    )
    if not made or made.returncode:
        pytest.skip(
            f"no file system can be mounted here: {made.stderr.strip() if made else 'no mount command'}"
        )
    try:
        path = disk / "movie.nfo"
        path.write_bytes(BEFORE.ljust(50_000))
        outcome = nfo.edit(path, DUB)
        assert outcome == NfoProblem(
            str(path),
            NfoCause.FAILED,
            "its disk is full (No space left on device); the next scan tries again",
        )
        assert path.read_bytes() == BEFORE.ljust(50_000)
        assert names(disk) == ["movie.nfo"]
    finally:
        subprocess.run(["umount", disk], check=True)
