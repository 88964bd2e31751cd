"""One scanner per data folder."""

import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from taggarr.core.errors import Conflict, StoreError
from taggarr.store.lock import FILE_NAME, scanner

PROJECT = Path(__file__).resolve().parents[2]

HOLD = """
import sys
from pathlib import Path
from taggarr.store.lock import scanner
with scanner(Path(sys.argv[1]), "taggarr serve"):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held_by_another(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that holds the folder until it is told to let go."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    command = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(command, cwd=PROJECT, text=True, **pipes) as process:
        assert process.stdout.readline() == "held\n"
        yield process


def refusal(folder: Path) -> str:
    with pytest.raises(Conflict) as raised, scanner(folder, "taggarr scan"):
        pass
    return str(raised.value)


def test_the_second_scanner_says_who_is_first(tmp_path: Path):
    """A second process is refused with the first one's command, process and time; then it may have it."""
    with held_by_another(tmp_path) as process:
        said = refusal(tmp_path)
    pattern = (
        rf"the data folder {tmp_path} is in use by `taggarr serve` \(process {process.pid}, since "
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00\): wait until it is done, or stop it"
    )
    assert re.fullmatch(pattern, said)
    with scanner(tmp_path, "taggarr scan"):
        pass


def test_a_killed_scanner_leaves_no_lock(tmp_path: Path):
    """After `kill -9` the next scanner gets the folder at once."""
    with held_by_another(tmp_path) as process:
        process.kill()
        assert process.wait() == -signal.SIGKILL
        with scanner(tmp_path, "taggarr scan"):
            assert f'"pid": {os.getpid()}' in (tmp_path / FILE_NAME).read_text()


def test_one_process_holds_a_folder_once(tmp_path: Path):
    """Within one process, too, there is one scanner, and it stays when the second one is refused."""
    with scanner(tmp_path, "taggarr scan"):
        for _ in range(2):
            assert f"`taggarr scan` (process {os.getpid()}, since" in refusal(tmp_path)


def test_nobody_waits_for_a_loop(tmp_path: Path):
    """It is never done: whoever wants the folder has to stop it."""
    with scanner(tmp_path, "taggarr scan --loop"):
        assert refusal(tmp_path).endswith("): stop it, and start it again afterwards")


def test_two_folders_are_two_locks(tmp_path: Path):
    """Scanners of different data folders do not know each other; a folder that is missing is made."""
    with scanner(tmp_path / "one", "taggarr scan"), scanner(tmp_path / "two" / "deep", "taggarr scan"):
        assert stat.S_IMODE((tmp_path / "two" / "deep" / FILE_NAME).stat().st_mode) == 0o600


def test_a_link_to_the_folder_is_the_same_folder(tmp_path: Path):
    """A data folder that is reached by a symbolic link has the same lock."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    with scanner(tmp_path / "real", "taggarr scan"):
        assert "in use by `taggarr scan`" in refusal(tmp_path / "link")


def test_a_scan_that_fails_lets_go(tmp_path: Path):
    """After an error nobody holds the folder, and the file says so."""
    with pytest.raises(KeyError), scanner(tmp_path, "taggarr scan"):
        raise KeyError
    assert (tmp_path / FILE_NAME).read_text() == ""
    with scanner(tmp_path, "taggarr scan"):
        pass


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"pid": 1', "\xff\xfe"])
def test_a_holder_that_cannot_be_read_is_another_process(tmp_path: Path, content: str):
    """Where the file does not say who holds the folder, the refusal says what is known."""
    with scanner(tmp_path, "taggarr scan"):
        (tmp_path / FILE_NAME).write_text(content, encoding="latin-1")
        assert "is in use by another process: wait until it is done" in refusal(tmp_path)


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path):
    """A file in place of the data folder, and a folder in place of the lock, are named."""
    (tmp_path / "file").touch()
    (tmp_path / "data" / FILE_NAME).mkdir(parents=True)
    for name, said in {"file": "a file is in the way of the folder", "data": "Is a directory"}.items():
        with pytest.raises(StoreError, match=said) as raised, scanner(tmp_path / name, "taggarr scan"):
            pass
        assert raised.value.path == str(tmp_path / name)
