"""The tutorial, followed from top to bottom on the library of the demo."""

import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from taggarr import cli
from taggarr.cli.demo import fill
from taggarr.simulator import RadarrSimulator, SonarrSimulator
from taggarr.simulator.collection import Collection

TUTORIAL = (Path(__file__).parents[2] / "docs" / "tutorial.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", TUTORIAL, re.MULTILINE | re.DOTALL)
HOME, MEDIA = "/home/kim", "/media"


def steps() -> list[tuple[str, list[str]]]:
    """Each command of the tutorial with the lines that are shown below it."""
    found: list[tuple[str, list[str]]] = []
    for line in "".join(text for kind, text in BLOCKS if kind == "console").splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif line.strip("… "):
            found[-1][1].append(line)
    return found


def plain(text: str) -> str:
    """A line without what differs from run to run: widths, seconds, dates, and where a table broke it."""
    text = re.sub(r"\d+\.\d s", "0.0 s", re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "DATE", text))
    return " ".join(text.split())


@pytest.fixture
def home(tmp_path, monkeypatch) -> Iterator[Path]:
    """The reader's home: the tutorial's configuration, the demo's library behind simulated arrs."""
    with SonarrSimulator() as sonarr, RadarrSimulator() as radarr:
        fill(Collection(tmp_path / "media", sonarr, radarr))
        (written,) = (text for kind, text in BLOCKS if kind == "yaml")
        for port, arr in ((8989, sonarr), (7878, radarr)):
            assert f"http://localhost:{port}\n" in written
            written = written.replace(f"http://localhost:{port}", arr.url)
        (tmp_path / "taggarr.yaml").write_text(written, "utf-8")
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("SONARR_API_KEY", sonarr.api_key)
        monkeypatch.setenv("RADARR_API_KEY", radarr.api_key)
        monkeypatch.setenv("TAGGARR_DATA_DIR", str(tmp_path / "data"))
        yield tmp_path


@pytest.mark.measured
def test_the_tutorial_can_be_followed(home, capsys):
    """Each command does what is shown below it, in the order of the page, and ends with 0."""
    wrong = []
    for command, shown in steps():
        words = shlex.split(command.replace(f'"{MEDIA}/', f'"{home}/media/'))
        if "--loop" in words:
            printed = looped(words)
        else:
            assert cli.run(words[words.index("dev.py") + 1 :] if "dev.py" in words else words[1:]) == 0, (
                command
            )
            printed = "\n".join(capsys.readouterr())
        printed = printed.replace(f"{home}/media", MEDIA).replace(str(home), HOME)
        lines = {plain(line) for line in printed.splitlines()}
        wrong += [f"{command}: {line}" for line in shown if plain(line) not in lines]
    assert wrong == []


def looped(words: list[str]) -> str:
    """What the loop prints in its first pass; it is then stopped as a service manager would."""
    command = [sys.executable, "-m", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        printed = ""
        for line in process.stdout:
            printed += line
            if line.startswith("Scan "):
                break
        process.send_signal(signal.SIGTERM)
    assert process.returncode == cli.TERMINATED
    return printed


def test_the_tutorial_leaves_the_library_as_it_was(home, capsys):
    """After its last step every file is what it was before the first."""
    before = {path: path.read_bytes() for path in (home / "media").rglob("*.*") if path.is_file()}
    assert any(path.suffix == ".nfo" for path in before)
    assert cli.run(["scan"]) == 0
    changed = {path for path, content in before.items() if path.read_bytes() != content}
    assert {path.name for path in changed} == {"tvshow.nfo", "movie.nfo"}
    last = steps()[-1][0]
    assert cli.run(shlex.split(last)[1:]) == 0
    assert {path: path.read_bytes() for path in before} == before


def test_every_step_is_a_command():
    """Nothing on the page is left to be typed that is not tried: all code is output, or the configuration."""
    assert {kind for kind, _ in BLOCKS} == {"console", "yaml"}
    assert {shlex.split(command)[0] for command, _ in steps()} == {"python3", "taggarr"}
    assert {shlex.split(command)[1] for command, _ in steps()} >= set(cli.COMMANDS) - {"demo"}
