"""Standard streams that are closed, full or not read any more, under a scan in a process of its own."""

import errno
import io
import os
import shlex
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from taggarr.cli import run
from taggarr.cli.streams import Unheard
from taggarr.simulator.collection import audio

if TYPE_CHECKING:
    from conftest import Prey

FULL = Path("/dev/full")


def scanned(prey: "Prey", redirection: str, *options: str) -> "subprocess.CompletedProcess[str]":
    prey.shelf.series("Show", {"Season 01/S01E01.mkv": audio("jpn", "eng")})
    words = [sys.executable, "-m", "taggarr", "scan", "--config", str(prey.config()), *options]
    line = f"{shlex.join([*words, '--data-dir', str(prey.folder / 'data')])} {redirection}"
    return subprocess.run(["/bin/sh", "-c", line], check=False, capture_output=True, text=True, timeout=60)


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


class Full(io.StringIO):
    """A stream on a full disk."""

    def write(self, text: str, /) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_under_standard_output_is_said(prey: "Prey", capsys: pytest.CaptureFixture[str]):
    """One sentence, exit code 1, and the tags are there."""
    prey.shelf.series("Show", {"Season 01/S01E01.mkv": audio("jpn", "eng")})
    config = str(prey.config())
    with redirect_stdout(Full()):
        assert run(["scan", "--config", config, "--data-dir", str(prey.folder / "data")]) == 1
    assert "standard output cannot be written: No space left on device" in capsys.readouterr().err
    assert prey.tags() == {"Show": {"dub"}}


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
