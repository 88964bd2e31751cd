"""`taggarr.json` on this machine: whole, or as it was."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from taggarr.core.media import Stat
from taggarr.core.state_file import StateContent, StateProblem
from taggarr.wiring.state_file import LocalStateFiles

FILES = LocalStateFiles()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A state file."""
    path = tmp_path / "taggarr.json"
    path.write_bytes(b"{}")
    return path


def stat(path: Path) -> Stat:
    seen = path.stat()
    return Stat(seen.st_size, seen.st_mtime_ns)


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


@pytest.mark.parametrize(
    ("root", "path"),
    [("/tv", "/tv/taggarr.json"), ("/", "/taggarr.json"), ("C:/TV", None), ("tv", None), ("", None)],
)
def test_where_the_file_lies(root: str, path: str | None) -> None:
    """In the root folder, if that is a whole path on this machine; never wherever this process was started."""
    assert FILES.path(root) == path


def test_it_is_read_with_what_it_was_then(path: Path) -> None:
    """The bytes, and the size and time that they belong to."""
    assert FILES.read(str(path)) == StateContent(b"{}", stat(path))


def test_a_file_that_went_away_is_no_failure_of_its_own(path: Path) -> None:
    """It vanished between the look and the reading: the next scan looks again."""
    path.unlink()
    assert FILES.read(str(path)) == StateProblem("the system says: No such file or directory")


def test_a_file_that_is_written_while_it_is_read_is_not_taken(
    path: Path, on_audit: Callable[[Callable[[str, tuple[object, ...]], None]], None]
) -> None:
    """It grows between the look at it and the reading: half of what another program writes is not taken."""

    def grow(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and isinstance(arguments[0], int):
            os.truncate(path, path.stat().st_size + 1)

    on_audit(grow)
    problem = FILES.read(str(path))
    assert isinstance(problem, StateProblem)
    assert "wrote it meanwhile" in problem.reason
    assert problem.stat is None


def test_it_is_replaced_if_it_is_the_one_that_was_seen(path: Path) -> None:
    """Mode and owner stay; of a file that somebody wrote meanwhile everything does."""
    path.chmod(0o604)
    seen = stat(path)
    assert FILES.write(str(path), b"new", seen) == stat(path)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o604)
    assert isinstance(FILES.write(str(path), b"newer", seen), StateProblem)
    assert (path.read_bytes(), names(path.parent)) == (b"new", ["taggarr.json"])


def test_one_is_made_where_there_is_none(tmp_path: Path) -> None:
    """And only there; a leftover of a process that was killed is in nobody's way."""
    path = tmp_path / "taggarr.json"
    made = FILES.write(str(path), b"first", None)
    assert made == stat(path)
    assert isinstance(FILES.write(str(path), b"second", None), StateProblem)
    assert path.read_bytes() == b"first"
    path.unlink()
    leftover = tmp_path / f".taggarr-{hashlib.sha256(b'taggarr.json').hexdigest()[:12]}.tmp"
    leftover.write_bytes(b"half")
    assert FILES.write(str(path), b"third", None) == stat(path)
    assert names(tmp_path) == ["taggarr.json"]


def test_what_cannot_be_made_is_told(tmp_path: Path) -> None:
    """No folder, or one that is none: a sentence, and nothing is left behind."""
    missing = FILES.write(str(tmp_path / "gone" / "taggarr.json"), b"x", None)
    assert missing == StateProblem("the system says: No such file or directory")
    assert names(tmp_path) == []


def test_it_is_removed_if_it_is_the_one_that_was_seen(path: Path) -> None:
    """Another one stays."""
    seen = stat(path)
    path.write_bytes(b"other")
    assert isinstance(FILES.remove(str(path), seen), StateProblem)
    assert path.exists()
    assert FILES.remove(str(path), stat(path)) is None
    assert names(path.parent) == []
    assert FILES.remove(str(path), seen) == StateProblem("the system says: No such file or directory")
