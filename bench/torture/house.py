"""A library on two simulated arrs that can be brought back to where it was, scanned, and looked through."""

import contextlib
import json
import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.torture import library, model
from bench.torture.library import Media, Shelf, Title
from taggarr.config import Config, load
from taggarr.core.record import Change
from taggarr.core.selection import Mode
from taggarr.scan.events import Listener
from taggarr.scan.job import ScanRequest, ScanSummary
from taggarr.simulator import RadarrSimulator, SonarrSimulator
from taggarr.wiring.library import open_library
from taggarr.wiring.scanner import open_scanner

Arr = SonarrSimulator | RadarrSimulator

WORKERS = 4


class Hasty(threading.Event):
    """A stop for which nobody waits: what a client pauses between two tries takes no time."""

    def wait(self, timeout: float | None = None) -> bool:
        del timeout
        return self.is_set()


@dataclass(frozen=True, slots=True)
class Start:
    """How things are before a scan: tags in order by title, NFO files with their times, the data folder."""

    tags: dict[str, list[str]]
    nfos: dict[Path, tuple[bytes, int]]
    data: Path | None
    changes: int
    """The number of the last change."""


@dataclass
class House:
    """A Sonarr called `tv` and a Radarr called `films`; `shelves` are what they list now, `starts` where to begin."""

    folder: Path
    arrs: dict[str, Arr]
    shelves: dict[str, Shelf]
    media: Media
    starts: dict[str, Start] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def listed(self) -> Iterator[tuple[Shelf, int, Title]]:
        """Every title that an arr lists, with its shelf and its id there."""
        for shelf in self.shelves.values():
            for number, title in enumerate(shelf.titles, 1):
                if not title.gone:
                    yield shelf, number, title

    def nfo(self, shelf: Shelf, title: Title) -> Path:
        return self.media.folder(shelf, title) / shelf.nfo_name

    def config(self) -> Config:
        self.data.mkdir(exist_ok=True)
        path = self.data / "config.yaml"
        whole = {
            "scan": {"workers": WORKERS},
            "instances": {
                name: {
                    "type": "sonarr" if name == "tv" else "radarr",
                    "url": arr.url,
                    "api_key": arr.api_key,
                    "target_languages": list(model.WISHES[name].targets),
                    "add_tag_to_genre": model.WISHES[name].genre,
                    "tags": {
                        key.removesuffix("-dub"): value for key, value in model.WISHES[name].labels.items()
                    },
                }
                for name, arr in self.arrs.items()
            },
        }
        path.write_text(json.dumps(whole), "utf-8")
        return load(path, data_dir=self.data)

    def scan(
        self, mode: int = 0, listen: Listener = lambda _: None, stop: threading.Event | None = None
    ) -> ScanSummary:
        """One scan of both arrs, in this process."""
        config = self.config()
        with open_scanner(config, stop or Hasty()) as scanner:
            return scanner.scan(
                ScanRequest(mode=Mode(mode), yes=mode == Mode.REMOVE), list(self.arrs), listen
            )

    # Where to begin

    def keep(self, name: str) -> None:
        """Remember how things are, to begin there again."""
        data = None
        if self.data.exists():
            data = self.folder / f"data-{name}"
            shutil.copytree(self.data, data)
        nfos = {
            path: (path.read_bytes(), path.stat().st_mtime_ns)
            for shelf in self.shelves.values()
            for path in sorted(self.media.root(shelf).rglob("*.nfo"))
        }
        with open_library(self.config()) as kept:
            history = [] if kept is None else kept.history()
        self.starts[name] = Start(self.tags(), nfos, data, max((change.id for change in history), default=0))

    def begin(self, name: str) -> None:
        """Bring tags, NFO files and the data folder back to where they were."""
        start = self.starts[name]
        shutil.rmtree(self.data, ignore_errors=True)
        if start.data is not None:
            shutil.copytree(start.data, self.data)
        for path, (content, mtime_ns) in start.nfos.items():
            if path.read_bytes() != content:
                path.write_bytes(content)
            os.utime(path, ns=(mtime_ns, mtime_ns))
        for shelf, number, title in self.listed():
            self.arrs[shelf.arr].set_tags(number, start.tags[title.name])
        for arr in self.arrs.values():
            arr.faults.clear()
            arr.log.clear()

    # What came of it

    def tags(self) -> dict[str, list[str]]:
        """The tags of every listed title, in the arr's order."""
        return {
            title.name: self.arrs[shelf.arr].ordered_tags(number) for shelf, number, title in self.listed()
        }

    def nfos(self) -> dict[str, bytes]:
        """Every NFO file, and whatever an edit may have left beside one."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for shelf in self.shelves.values()
            for pattern in ("*.nfo", ".taggarr-*")
            for path in sorted(self.media.root(shelf).rglob(pattern))
        }

    def records(self) -> dict[str, Any]:
        """What Taggarr keeps of each title, without the tags: those are compared with the arr's own."""
        with open_library(self.config()) as kept:
            assert kept is not None
            return {
                record.item.title: (
                    record.verdict,
                    record.label,
                    record.full_label,
                    record.problem,
                    record.file_count,
                    sorted(
                        (file.file.path, file.reading) for file in kept.files(name, [number]).get(number, ())
                    ),
                )
                for name in self.arrs
                for number, record in kept.records(name).items()
            }

    def changes(self, *, since: str) -> list[Change]:
        """What was changed since a start, oldest first."""
        with open_library(self.config()) as kept:
            assert kept is not None
            return [change for change in kept.history() if change.id > self.starts[since].changes]

    def odd_rows(self) -> list[str]:
        """What must not stand in the database at the end of a scan that came through."""
        found = []
        with open_library(self.config()) as kept:
            assert kept is not None
            now = self.tags()
            for name in self.arrs:
                for record in kept.records(name).values():
                    called, have = record.item.title, now.get(record.item.title, [])
                    if sorted(record.item.tags) != sorted(have):
                        found.append(f"{called}: kept with the tags {record.item.tags}, has {have}")
            found += [
                f"{change.intent.title}: {change.intent.action} {change.intent.name} has no outcome"
                for change in kept.history()
                if change.outcome is None
            ]
        with contextlib.closing(sqlite3.connect(self.data / "taggarr.db")) as connection:
            found += [f"integrity: {row[0]}" for row in connection.execute("PRAGMA integrity_check")]
            found.remove("integrity: ok")
            found += [f"foreign key: {row}" for row in connection.execute("PRAGMA foreign_key_check")]
        return found


@contextlib.contextmanager
def build(folder: Path, *, series: int = 16, movies: int = 14, episodes: int = 3) -> Iterator[House]:
    """A house with two starts: `new`, before the first scan, and `known`, some time after it.

    At both, the arrs list and the disk holds the same.
    """
    media = Media(folder)
    with SonarrSimulator() as sonarr, RadarrSimulator() as radarr:
        before = {shelf.arr: shelf for shelf in library.first(series, movies, episodes)}
        after = {name: library.later(shelf) for name, shelf in before.items()}
        house = House(folder, {"tv": sonarr, "films": radarr}, before, media)
        for name, shelf in before.items():
            media.lay_out(shelf)
            library.fill(house.arrs[name], shelf, media)
            for number, title in enumerate(shelf.titles, 1):
                house.arrs[name].set_tags(number, title.tags)
                if title.nfo is not None:
                    house.nfo(shelf, title).parent.mkdir(parents=True, exist_ok=True)
                    house.nfo(shelf, title).write_bytes(title.nfo.encode())
        house.keep("new")
        house.scan()
        _let_time_pass(house, after)
        house.keep("known")
        yield house


def _let_time_pass(house: House, after: dict[str, Shelf]) -> None:
    """Bring the library to `after`; people change tags meanwhile."""
    house.shelves = after
    for name, shelf in after.items():
        house.media.lay_out(shelf)
        library.bring(house.arrs[name], shelf, house.media)
    for number, (shelf, item_id, title) in enumerate(house.listed()):
        tags = house.tags()[title.name]
        if number % 5 == 1:
            house.arrs[shelf.arr].set_tags(item_id, ["new-here", *tags])
        if number % 11 == 2:
            house.arrs[shelf.arr].set_tags(
                item_id, [tag for tag in tags if tag not in model.WISHES[shelf.arr].ours]
            )
