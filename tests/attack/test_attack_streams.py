"""Standard streams that are closed, full or not read any more, under a scan in a process of its own."""

import errno
import io
import json
import os
import shlex
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from taggarr.cli import run
from taggarr.cli.streams import Output, Unheard
from taggarr.simulator.collection import audio

if TYPE_CHECKING:
    from conftest import Prey

FULL = Path("/dev/full")


def scanned(prey: "Prey", redirection: str, *options: str) -> "subprocess.CompletedProcess[str]":
    prey.shelf.series("Show", {"Season 01/S01E01.mkv": audio("jpn", "eng")})
    words = [sys.executable, "-m", "taggarr", "scan", "--config", str(prey.config()), *options]
    line = f"{shlex.join([*words, '--data-dir', str(prey.folder / 'data')])} {redirection}"
    return subprocess.run(["/bin/sh", "-c", line], check=False, capture_output=True, text=True, timeout=60)


@pytest.mark.measured
@pytest.mark.parametrize("redirection", ["2>&-", ">&-", "<&- >&- 2>&-"])
def test_closed_streams_do_not_keep_a_scan_from_its_work(prey: "Prey", redirection: str):
    """What nobody can hear is not said; the scan is done, and its exit code tells the truth."""
    assert scanned(prey, redirection).returncode == 0
    assert prey.tags() == {"Show": {"dub"}}


def test_a_reader_that_went_away_does_not_keep_a_scan_from_its_work(prey: "Prey"):
    """`taggarr scan 2>&1 | head -1` ends the reader at the first line of progress, and the scan goes on."""
    assert scanned(prey, "2>&1 | head -1").stdout.count("\n") == 1
    assert prey.tags() == {"Show": {"dub"}}


@pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full here")
def test_a_full_disk_under_standard_error_does_not_keep_a_scan_from_its_work(prey: "Prey"):
    """A log that cannot grow any more costs its lines alone."""
    assert scanned(prey, "2>/dev/full").returncode == 0
    assert prey.tags() == {"Show": {"dub"}}


@pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_summary_that_cannot_be_printed_is_a_failure(prey: "Prey", options: tuple[str, ...]):
    """The work is done; the exit code does not claim that its summary was."""
    done = scanned(prey, ">/dev/full", *options)
    assert done.returncode == 1
    assert "standard output cannot be written" in done.stderr
    assert prey.tags() == {"Show": {"dub"}}


class Full(io.RawIOBase):
    """A stream on a full disk."""

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_under_standard_output_is_said(prey: "Prey", capsys: pytest.CaptureFixture[str]):
    """One sentence, exit code 1, and the tags are there."""
    prey.shelf.series("Show", {"Season 01/S01E01.mkv": audio("jpn", "eng")})
    config = str(prey.config())
    with redirect_stdout(Output(Full(), "utf-8")):
        assert run(["scan", "--config", config, "--data-dir", str(prey.folder / "data")]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == (
        "taggarr: standard output cannot be written: No space left on device; what the scan did stands, and "
        "`taggarr history` shows it"
    )
    assert prey.tags() == {"Show": {"dub"}}


ANSWERS = {
    "export": ["export"],
    "export-csv": ["export", "--format", "csv"],
    "history": ["history"],
    "history-json": ["history", "--json"],
    "explain": ["explain", "Show"],
    "explain-json": ["explain", "Show", "--json"],
    "probe": ["probe", "{folder}/tv"],
    "probe-json": ["probe", "--json", "{folder}/tv"],
    "config-check": ["config", "check"],
    "config-check-json": ["config", "check", "--json"],
    "help": ["--help"],
    "help-of-a-command": ["export", "--help"],
    "version": ["--version"],
}


@pytest.fixture(scope="module")
def answer(
    tmp_path_factory: pytest.TempPathFactory, new_prey
) -> "Iterator[Callable[[str, int], tuple[int, str]]]":
    """Gives a command on a scanned library its standard output; its exit code and standard error."""
    with new_prey(tmp_path_factory.mktemp("answers")) as prey:
        assert scanned(prey, "").returncode == 0

        def call(name: str, stdout: int) -> tuple[int, str]:
            words = [each.format(folder=prey.folder) for each in ANSWERS[name]]
            if words[0] in ("export", "history", "explain", "config") and "--help" not in words:
                words += ["--config", str(prey.config()), "--data-dir", str(prey.folder / "data")]
            command = [sys.executable, "-m", "taggarr", *words]
            done = subprocess.run(
                command, stdout=stdout, stderr=subprocess.PIPE, text=True, timeout=60, check=False
            )
            return done.returncode, done.stderr

        yield call


@contextmanager
def opened(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_WRONLY)
    yield descriptor
    os.close(descriptor)


@contextmanager
def nobody_reads() -> Iterator[int]:
    """The end of a pipe whose other end is closed."""
    reader, writer = os.pipe()
    os.close(reader)
    yield writer
    os.close(writer)


@pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_that_cannot_be_written_is_a_failure(answer, name: str):
    """Whatever the command: one sentence that says why, and exit code 1."""
    with opened(FULL) as full:
        code, said = answer(name, full)
    sentence = (
        "standard output cannot be written: No space left on device; make room, or send the output elsewhere"
    )
    assert (code, said.splitlines()[-1]) == (1, f"taggarr: {sentence}")
    assert "Traceback" not in said


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_that_nobody_reads_is_no_failure(answer, name: str):
    """`taggarr export | head` ends quietly: no sentence, no traceback, nothing at the interpreter's exit."""
    with nobody_reads() as writer:
        code, said = answer(name, writer)
    assert code == 0
    assert [line for line in said.splitlines() if not line.startswith("tv: asking")] == []


@pytest.mark.parametrize(("code", "refused"), [(0, False), (1, True), (3, False)])
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_scan_keeps_its_exit_code_when_nobody_reads(
    prey: "Prey", code: int, refused: bool, options: tuple[str, ...]
):
    """0, 1 and 3 (the guard) mean the same under `| head`; that the words are lost is said once."""
    heard, tags = (("jpn",), ["dub"]) if code == 3 else (("jpn", "eng"), [])
    for number in range(25):
        prey.shelf.movie(f"Film {number}", audio(*heard), tags=tags)
    config = str(prey.config())
    if refused:
        prey.sonarr.api_key = "changed"
    command = [sys.executable, "-m", "taggarr", "scan", *options, "--config", config]
    with nobody_reads() as writer:
        done = subprocess.run(
            [*command, "--data-dir", str(prey.folder / "data")],
            check=False,
            stdout=writer,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
        )
    assert done.returncode == code, done.stderr
    assert done.stderr.count("nobody reads standard output any more") == 1
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert list(prey.tags().values()) == [{"dub"}] * 25


@pytest.mark.measured
def test_a_loop_goes_on_when_nobody_reads(prey: "Prey"):
    """`taggarr scan --loop | head -1`: the later passes are made, and SIGTERM still ends it with 143."""
    prey.defaults["run_interval_seconds"] = 1
    prey.shelf.movie("First", audio("jpn", "eng"))
    command = [sys.executable, "-m", "taggarr", "scan", "--loop", "--json", "--config", str(prey.config())]
    with subprocess.Popen(
        [*command, "--data-dir", str(prey.folder / "data")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["scan"] == 1
        process.stdout.close()
        prey.shelf.movie("Second", audio("jpn", "eng"))
        while "nobody reads standard output any more" not in (line := process.stderr.readline()):
            assert line, "the loop has ended"
        prey.shelf.movie("Third", audio("jpn", "eng"))
        wait_for(lambda: prey.tags().get("Third") == {"dub"}, process)
        process.terminate()
        rest = process.stderr.read()
    assert process.returncode == 143
    assert "nobody reads" not in rest
    assert prey.tags() == {title: {"dub"} for title in ("First", "Second", "Third")}


def wait_for(condition: Callable[[], bool], process: "subprocess.Popen[str]") -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert process.poll() is None, "the process has ended"
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.measured
def test_a_probe_that_nobody_reads_ends_early(tmp_path: Path):
    """`taggarr probe /media | head` does not read the rest of the disk."""
    opened_late = tmp_path / "late.mkv"
    os.mkfifo(opened_late)  # whoever opened it would wait
    first = tmp_path / "first.mkv"
    first.write_bytes(b"")
    command = [sys.executable, "-m", "taggarr", "probe", str(first), str(opened_late)]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_pipe_that_must_not_be_waited_for_is_waited_for():
    """Who shares a pipe with us may have made it non-blocking; nothing is lost, and nothing said twice."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    text = "".join(f"{number}\n" for number in range(100_000))
    got: list[bytes] = []

    def read() -> None:
        with os.fdopen(reader, "rb") as stream:
            got.extend(stream)

    thread = threading.Thread(target=read)
    with os.fdopen(writer, "wb") as stream:
        output = Output(stream, "utf-8")
        thread.start()
        output.write(text)
    thread.join()
    assert b"".join(got).decode() == text


class Gone(io.BytesIO):
    """A pipe without a reader."""

    def write(self, data: object, /) -> int:
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))

    def flush(self) -> None:
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


def test_what_nobody_reads_is_lost_without_an_error():
    """Writing line by line and flushing raise nothing."""
    unheard = Unheard(Gone(), "utf-8", line_buffering=True)
    assert unheard.write("said\n") == 5
    unheard.flush()
