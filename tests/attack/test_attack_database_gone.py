"""A database that is removed or replaced while a scan has it open."""

import contextlib
import os
import shutil
import signal
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from taggarr.cli import run
from taggarr.simulator.collection import audio

if TYPE_CHECKING:
    from conftest import Prey

SENTENCE = "the database was removed or replaced while Taggarr had it open; nothing more was changed"


def removed(data: Path) -> None:
    data.joinpath("taggarr.db").unlink()


def replaced(data: Path) -> None:
    """As a backup is put back, which was made before the scan."""
    data.joinpath("backup.db").replace(data / "taggarr.db")


def folder_gone(data: Path) -> None:
    data.rename(data.with_name("elsewhere"))


def backed_up(data: Path) -> None:
    """The same content, another file."""
    with contextlib.closing(sqlite3.connect(data / "taggarr.db")) as database:
        database.execute("VACUUM INTO ?", (str(data / "backup.db"),))


@pytest.fixture
def scan(prey: "Prey", capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Scans with a database that is there already; exit code, standard output and standard error."""
    prey.shelf.movie("First", audio("jpn", "eng"))
    arguments = ["--config", str(prey.config()), "--data-dir", str(prey.folder / "data")]
    assert run(["scan", *arguments]) == 0
    backed_up(prey.folder / "data")
    capsys.readouterr()
    shutil.copy(prey.config(), prey.folder / "config.yaml")  # the folder may go, and the configuration in it

    def scan(*options: str) -> tuple[int, str, str]:
        arguments[1] = str(prey.folder / "config.yaml")
        code = run(["scan", *options, *arguments])
        return code, *capsys.readouterr()

    return scan


def once(action: Callable[[Path], None], data: Path) -> Callable[[Any], Any]:
    """A bend that changes no answer, but does `action` when the first one is given."""
    left = [action]

    def bend(answer: Any) -> Any:
        while left:
            left.pop()(data)
        return answer

    return bend


@pytest.mark.parametrize("away", [removed, replaced, folder_gone])
def test_no_change_goes_out_that_could_not_be_written_down(prey: "Prey", scan, away: Callable[[Path], None]):
    """The arr's running commands are asked for right before the changes: whatever happens there is seen."""
    data = prey.folder / "data"
    prey.shelf.movie("Second", audio("jpn", "eng"))
    prey.radarr.bends["/command"] = once(away, data)
    writes = len(prey.radarr.log.writes)
    code, _, err = scan()
    assert (code, prey.radarr.log.writes[writes:]) == (1, [])
    assert err.splitlines()[-1].startswith(f"taggarr: {data}/taggarr.db: {SENTENCE}; start Taggarr again")
    assert data.joinpath("taggarr.db").exists() is (away is replaced)
    assert prey.tags() == {"First": {"dub"}, "Second": set()}


@pytest.mark.parametrize("away", [removed, replaced])
def test_a_loop_ends_with_its_database(prey: "Prey", scan, away: Callable[[Path], None]):
    """The next pass would go on with a file that is gone: whoever keeps Taggarr running starts it again."""
    prey.radarr.bends["/tag"] = once(away, prey.folder / "data")
    # What goes on would go on for hours.
    otherwise = threading.Timer(10, os.kill, [os.getpid(), signal.SIGTERM])
    otherwise.start()
    try:
        code, _, err = scan("--loop")
    finally:
        otherwise.cancel()
    assert code == 1
    assert SENTENCE in err
    assert "this pass ended early" not in err


@pytest.mark.parametrize("away", [removed, replaced])
def test_what_was_learned_meanwhile_is_not_said_to_be_kept(prey: "Prey", scan, away: Callable[[Path], None]):
    """A scan that has nothing to change ends with 1 as well, and the next one goes on from what is there."""
    prey.radarr.bends["/tag"] = once(away, prey.folder / "data")
    code, out, err = scan()
    assert (code, out) == (1, "")
    assert SENTENCE in err
    prey.shelf.movie("Second", audio("jpn", "eng"))
    assert scan()[0] == 0
    assert prey.tags() == {"First": {"dub"}, "Second": {"dub"}}


def test_a_loop_ends_that_has_lost_its_database(prey: "Prey", scan):
    """It would change nothing ever after; started again, by hand or by its supervisor, it goes on."""
    prey.radarr.bends["/tag"] = once(removed, prey.folder / "data")
    code, _, err = scan("--loop")
    assert (code, err.count(SENTENCE)) == (1, 1)
