"""A small library on simulated arrs, and the command line run on it."""

import contextlib
import io
import json
import logging
import os
import pty
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from taggarr.cli import run
from taggarr.simulator import RadarrSimulator, SonarrSimulator
from taggarr.simulator.collection import Collection, audio
from taggarr.simulator.media import Track


@dataclass(frozen=True)
class Result:
    """What one command line did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON value."""
        return json.loads(self.out)


@contextlib.contextmanager
def _log_of_its_own() -> Iterator[None]:
    """What a command sets up for the log ends with it, as it would with its process."""
    root, own = logging.getLogger(), logging.getLogger("taggarr")
    handlers, levels = list(root.handlers), (root.level, own.level)
    try:
        yield
    finally:
        for handler in [each for each in root.handlers if each not in handlers]:
            root.removeHandler(handler)
            handler.close()
        root.setLevel(levels[0])
        own.setLevel(levels[1])


def call(*arguments: object) -> Result:
    """Run a command line in this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), _log_of_its_own():
        code = run([str(each) for each in arguments])
    return Result(code, *(stream.buffer.getvalue().decode() for stream in (out, err)))


@dataclass
class Place:
    """A library, its simulated arrs and a data folder."""

    folder: Path
    sonarr: SonarrSimulator
    radarr: RadarrSimulator
    collection: Collection = field(init=False)

    def __post_init__(self) -> None:
        self.collection = Collection(self.folder, self.sonarr, self.radarr)
        self.data.mkdir()
        self.configure()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def configure(
        self, defaults: str = "target_languages: [en]", *, tv: str = "", films: str = "", more: str = ""
    ) -> None:
        """Write the configuration; `tv` and `films` are further keys of the two instances."""
        self.data.joinpath("config.yaml").write_text(
            f"defaults: {{{defaults}}}\n"
            "instances:\n"
            f'  tv: {{type: sonarr, url: "{self.sonarr.url}", api_key: {self.sonarr.api_key}{tv}}}\n'
            f'  films: {{type: radarr, url: "{self.radarr.url}", api_key: {self.radarr.api_key}{films}}}\n{more}'
        )

    def run(self, command: str, *arguments: object) -> Result:
        """Run a command on this data folder."""
        return call(*command.split(), "--data-dir", self.data, *arguments)

    def start(self, *arguments: object, **options: Any) -> "subprocess.Popen[str]":
        """Start a command on this data folder in a process of its own."""
        command = [sys.executable, "-m", "taggarr", *map(str, arguments), "--data-dir", str(self.data)]
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True} | options
        return subprocess.Popen(command, **options)

    def fill(self) -> None:
        """Titles of every verdict."""
        series, movie = self.collection.series, self.collection.movie
        nfo = "<tvshow>\n  <title>Bebop</title>\n</tvshow>\n"
        series("Bebop", {f"Season 01/Bebop - S01E0{n}.mkv": audio("jpn", "eng") for n in (1, 2)}, nfo=nfo)
        series(
            "Half",
            {
                "Season 01/Half - S01E01.mkv": audio("jpn", "eng"),
                "Season 01/Half - S01E02.mkv": audio("jpn"),
                "Specials/Half - S00E01.mkv": audio("ger"),
            },
        )
        series("Wrong", {"Season 01/Wrong - S01E01.mkv": audio("jpn", "ger")}, tags=["dub", "keep"])
        commentary = [*audio("jpn"), Track("audio", "eng", title="Commentary")]
        series("Original", {"Season 01/Original - S01E01.mkv": commentary}, tags=["semi-dub"])
        series("Broken", {"Season 01/Broken - S01E01.mkv": b"\x1a\x45\xdf\xa3"})
        movie("Film", audio("jpn", "eng"))
        movie("Bebop", audio("jpn"))


@pytest.fixture(scope="session")
def new_place() -> Callable[[Path], contextlib.AbstractContextManager[Place]]:
    """To make a library for a whole module."""
    return place_in


@contextlib.contextmanager
def place_in(folder: Path) -> Iterator[Place]:
    with SonarrSimulator() as sonarr, RadarrSimulator() as radarr:
        yield Place(folder, sonarr, radarr)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An empty library of one's own."""
    with place_in(tmp_path) as made:
        yield made


@pytest.fixture(scope="session")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A library that was scanned once; only to be looked at."""
    with place_in(tmp_path_factory.mktemp("scanned")) as made:
        made.fill()
        result = made.run("scan")
        assert result.code == 0, result.err
        yield made


@pytest.fixture(name="call")
def _call() -> Callable[..., Result]:
    return call


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder, a home and an environment without any configuration."""
    for variable in [name for name in os.environ if name.startswith(("TAGGARR", "XDG_"))]:
        monkeypatch.delenv(variable)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Terminal:
    """A command with standard input and standard error on a terminal; all that it says there is read at once."""

    def __init__(self, place, *arguments):
        self._ours, theirs = pty.openpty()
        self.process = place.start(*arguments, stdin=theirs, stderr=theirs)
        os.close(theirs)
        self._seen = bytearray()
        self._answered = 0
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        with contextlib.suppress(OSError):  # the process is gone, and the terminal with it
            while said := os.read(self._ours, 65536):
                self._seen.extend(said)

    def wait_for(self, text):
        self._find(text, 0)

    def wait_for_next(self, text):
        """Wait for `text` behind all that was waited for before."""
        self._answered = self._find(text, self._answered) + len(text.encode())

    def _find(self, text, start):
        deadline = time.monotonic() + 20
        while (found := self._seen.find(text.encode(), start)) < 0:
            if time.monotonic() > deadline or not self._reader.is_alive():
                self.process.kill()
                self.process.communicate()
                raise AssertionError(self._seen)
            time.sleep(0.01)
        return found

    def type(self, text):
        os.write(self._ours, text.encode())

    def end(self):
        """Wait for the end; the exit code, standard output, and all that was on the terminal."""
        try:
            out, _ = self.process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        self._reader.join()
        os.close(self._ours)
        return self.process.returncode, out, self._seen.decode()


@pytest.fixture(scope="session", name="on_terminal")
def _terminal() -> type[Terminal]:
    return Terminal
