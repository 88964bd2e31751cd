"""What a power loss, a kill or another program in between can do to an NFO: nothing."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from taggarr import nfo
from taggarr.core.nfo_edit import NfoCause, NfoEdit, NfoEdited, NfoProblem

DUB = NfoEdit(add_tags=("dub",))
BEFORE = b"<movie>\n  <year/>\n</movie>\n"
AFTER = b"<movie>\n  <year/>\n  <tag>dub</tag>\n</movie>\n"
LEFTOVER = re.compile(r"\.taggarr-[0-9a-f]{12}\.tmp")

Names = Callable[[Path], list[str]]
Listen = Callable[[Callable[[str, tuple[object, ...]], None]], None]

EDIT = (
    "import os, signal, sys; from pathlib import Path; from taggarr import nfo;"
    "from taggarr.core.nfo_edit import NfoEdit;"
    "kill = lambda event, _: os.kill(os.getpid(), signal.SIGKILL) if event == sys.argv[2] else None;"
    "sys.addaudithook(kill);"
    "print(nfo.edit(Path(sys.argv[1]), NfoEdit(add_tags=('dub',))))"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "movie.nfo"
    file.write_bytes(BEFORE)
    return file


def _temporary(event: str, arguments: tuple[object, ...]) -> bool:
    return event == "open" and LEFTOVER.search(str(arguments[0])) is not None and arguments[2] != os.O_RDONLY


def test_an_edit_starts_over_when_somebody_else_writes_meanwhile(path: Path, on_audit: Listen) -> None:
    """Once, while the new file is made, the arr writes the NFO: its bytes are the ones that get our tag."""
    theirs = [b"<movie>\n  <year>1999</year>\n</movie>\n"]

    def write(event: str, arguments: tuple[object, ...]) -> None:
        if _temporary(event, arguments) and theirs:
            path.write_bytes(theirs.pop())

    on_audit(write)
    assert isinstance(nfo.edit(path, DUB), NfoEdited)
    assert path.read_bytes() == b"<movie>\n  <year>1999</year>\n  <tag>dub</tag>\n</movie>\n"


def test_an_edit_gives_up_on_a_file_that_never_rests(path: Path, on_audit: Listen, names: Names) -> None:
    """Three times somebody else was faster: nothing of theirs is lost, and the next scan tries again."""
    written: list[bytes] = []

    def write(event: str, arguments: tuple[object, ...]) -> None:
        if _temporary(event, arguments):
            written.append(b"<movie><year/></movie>".ljust(40 + len(written)))
            path.write_bytes(written[-1])

    on_audit(write)
    assert nfo.edit(path, DUB) == NfoProblem(
        str(path),
        NfoCause.FAILED,
        "another program changed it each time it was to be edited; the next scan tries again",
    )
    assert len(written) == 3
    assert path.read_bytes() == written[-1]
    assert names(path.parent) == ["movie.nfo"]


def test_the_new_bytes_are_on_the_disk_before_they_take_the_name(path: Path) -> None:
    """The order that survives a power loss: sync the file, rename it, sync the folder."""
    calls: list[str] = []

    def note(_frame: FrameType, event: str, function: object) -> None:
        name = getattr(function, "__name__", "")
        if event == "c_call" and (function in (os.fsync, os.replace, os.rename) or name == "flush"):
            calls.append(name)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        outcome = nfo.edit(path, DUB)
    finally:
        sys.setprofile(before)
    assert isinstance(outcome, NfoEdited)
    assert calls == ["flush", "fsync", "replace", "fsync"]


def test_the_kernel_sees_the_same_order(path: Path) -> None:
    """As traced: the temporary file is written and synced, renamed over the NFO, and the folder synced."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    log = path.parent / "trace"
    calls = "openat,write,fsync,rename,renameat,renameat2"
    command = [
        strace,
        "-y",
        "-o",
        str(log),
        "-e",
        f"trace={calls}",
        sys.executable,
        "-c",
        EDIT,
        str(path),
        "",
    ]
    traced = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2]
    )
    if traced.returncode:
        pytest.skip(f"tracing is not allowed here: {traced.stderr.strip()[:100]}")
    lines = [line for line in log.read_text().splitlines() if str(path.parent) in line]
    steps = [
        (line.split("(")[0], bool(LEFTOVER.search(line.split("=")[0])))
        for line in lines
        if "O_RDONLY" not in line
    ]
    folder = [
        line
        for line in lines
        if line.startswith("fsync") and line.split("<")[1].startswith(f"{path.parent}>")
    ]
    assert [name.replace("renameat2", "rename").replace("renameat", "rename") for name, _ in steps] == [
        "openat",
        "openat",
        "write",
        "fsync",
        "rename",
        "fsync",
    ]
    assert [temporary for _, temporary in steps] == [False, True, True, True, True, False]
    assert lines[-1] == folder[-1]


@pytest.mark.parametrize("step", ["os.rename", "os.chmod"])
def test_a_killed_edit_leaves_the_old_file_and_the_next_one_tidies_up(
    path: Path, step: str, names: Names
) -> None:
    """`kill -9` before the rename: old bytes, a recognisable leftover; the next edit ends as if undisturbed."""
    command = [sys.executable, "-c", EDIT, str(path), step]
    killed = subprocess.run(command, capture_output=True, check=False, cwd=Path(__file__).parents[2])
    assert killed.returncode == -signal.SIGKILL
    assert path.read_bytes() == BEFORE
    leftovers = [name for name in names(path.parent) if LEFTOVER.fullmatch(name)]
    assert len(leftovers) == 1
    other = path.with_name("other.nfo")
    other.write_bytes(BEFORE)
    nfo.edit(other, DUB)
    assert leftovers[0] in names(path.parent)  # it may be the temporary file of a living edit
    assert isinstance(nfo.edit(path, DUB), NfoEdited)
    assert path.read_bytes() == AFTER
    assert names(path.parent) == ["movie.nfo", "other.nfo"]


def test_a_leftover_goes_even_where_nothing_is_to_be_edited(
    path: Path, on_audit: Listen, names: Names
) -> None:
    """The arr may have written the tag since: the next edit has nothing to do but to tidy up."""
    made: list[str] = []

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if _temporary(event, arguments):
            made.append(str(arguments[0]))

    on_audit(note)
    nfo.edit(path, DUB)
    Path(made[0]).write_bytes(b"half")
    nfo.edit(path, DUB)
    assert names(path.parent) == ["movie.nfo"]
