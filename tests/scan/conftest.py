"""A library of real small files, the simulated arrs that list it, and scans of it as a configuration says."""

import json
import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from taggarr.config import Config, load
from taggarr.core.record import Change, ItemRecord
from taggarr.core.selection import Mode
from taggarr.probe.disk import LocalDisk
from taggarr.scan.events import Listener
from taggarr.scan.job import ScanRequest, ScanSummary
from taggarr.scan.pool import Pool
from taggarr.scan.ports import Disk
from taggarr.scan.undo import UndoSummary
from taggarr.simulator import RadarrSimulator, SonarrSimulator
from taggarr.simulator.collection import Collection, audio
from taggarr.wiring.library import open_library
from taggarr.wiring.scanner import open_scanner, utc_now


@dataclass
class House:
    """A Sonarr called `tv`, a Radarr called `films`, their media, and a configuration that tests may change."""

    folder: Path
    sonarr: SonarrSimulator
    radarr: RadarrSimulator
    shelf: Collection
    defaults: dict[str, Any] = field(default_factory=lambda: {"target_languages": ["en"]})
    profiles: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    logging: dict[str, Any] = field(default_factory=dict)
    instances: dict[str, dict[str, Any]] = field(default_factory=dict)
    stop: threading.Event = field(default_factory=threading.Event)
    disk: Disk = field(default_factory=LocalDisk)
    deadline_s: float = 30.0
    now: Callable[[], datetime] = utc_now

    def config(self) -> Config:
        path = self.folder / "data" / "config.yaml"
        path.parent.mkdir(exist_ok=True)
        whole = {
            "scan": self.settings,
            "logging": self.logging,
            "defaults": self.defaults,
            "instances": self.instances,
            "profiles": self.profiles,
        }
        path.write_text(json.dumps(whole), "utf-8")
        return load(path, data_dir=path.parent)

    def scan(
        self, *names: str, mode: int = 0, listen: Listener = lambda _: None, **request: Any
    ) -> ScanSummary:
        """One scan of these instances, else of all that are turned on."""
        config = self.config()
        request["mode"] = Mode(mode)
        with open_scanner(config, self.stop) as scanner:
            chosen = names or [one.name for one in config.instances if one.enabled]
            pool = Pool(config.scan.workers, self.deadline_s)
            try:
                patient = replace(scanner, disk=self.disk, pool=pool, now=self.now)
                return patient.scan(ScanRequest(**request), chosen, listen)
            finally:
                pool.close()

    def undo(self, scan: int | None = None, *names: str, preview: bool = False) -> UndoSummary:
        """Undo a scan, else the last one that changed something."""
        config = self.config()
        with open_scanner(config, self.stop) as scanner:
            chosen = names or [one.name for one in config.instances]
            number = scan if scan is not None else scanner.last_changed(chosen)
            assert number is not None
            pool = Pool(config.scan.workers, self.deadline_s)
            try:
                patient = replace(scanner, disk=self.disk, pool=pool, now=self.now)
                return patient.undo(number, chosen, preview=preview)
            finally:
                pool.close()

    def records(self, name: str) -> dict[str, ItemRecord]:
        """What is stored of an instance's items, by title."""
        with open_library(self.config()) as library:
            assert library is not None
            return {record.item.title: record for record in library.records(name).values()}

    def asked(self, name: str) -> list[str]:
        """The paths below the API that an instance was asked for, in order."""
        log = (self.sonarr if name == "tv" else self.radarr).log
        return [entry.path.removeprefix("/api/v3/") for entry in log.entries]

    def history(self) -> list[Change]:
        with open_library(self.config()) as library:
            return [] if library is None else list(library.history())

    def tags(self) -> dict[str, set[str]]:
        """The tags of every title."""
        titles = {row.id: row.title for row in self.sonarr.rows.values()}
        tags = {titles[number]: tags for number, tags in self.sonarr.all_tags().items()}
        titles = {row.id: row.title for row in self.radarr.rows.values()}
        return tags | {titles[number]: tags for number, tags in self.radarr.all_tags().items()}

    def forget_requests(self) -> None:
        self.sonarr.log.clear()
        self.radarr.log.clear()

    def writes(self) -> list[tuple[str, Any]]:
        """What was sent to the arrs to change something: path below the API, and body."""
        return [
            (entry.path.removeprefix("/api/v3"), entry.json)
            for arr in (self.sonarr, self.radarr)
            for entry in arr.log.writes
        ]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """An empty house; fill its shelf."""
    with build(tmp_path) as made:
        yield made


class build:  # noqa: N801 - a context manager that reads like a function
    """`with build(folder) as house:`"""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sonarr, self._radarr = SonarrSimulator(), RadarrSimulator()

    def __enter__(self) -> House:
        sonarr, radarr = self._sonarr.__enter__(), self._radarr.__enter__()
        instances: dict[str, dict[str, Any]] = {
            "tv": {"type": "sonarr", "url": sonarr.url, "api_key": sonarr.api_key},
            "films": {"type": "radarr", "url": radarr.url, "api_key": radarr.api_key},
        }
        shelf = Collection(self._folder, sonarr, radarr)
        return House(self._folder, sonarr, radarr, shelf, instances=instances)

    def __exit__(self, *_: object) -> None:
        self._radarr.__exit__(None, None, None)
        self._sonarr.__exit__(None, None, None)


@pytest.fixture(scope="session")
def build_house() -> Callable[[Path], build]:
    """For tests that share one house."""
    return build


@pytest.fixture
def stats() -> Iterator[list[str]]:
    """The files that were looked at by `os.stat`, one entry a call, in threads that start from now on."""
    seen: list[str] = []

    def profile(frame: FrameType, event: str, argument: object) -> None:
        if event == "c_call" and argument is os.stat and frame.f_code.co_filename.endswith("probe/disk.py"):
            seen.append(frame.f_locals["path"])

    threading.setprofile(profile)
    yield seen
    threading.setprofile(None)


@pytest.fixture(scope="session")
def _imported(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A scan by the user that runs the tests: what it imports may lie where an ordinary user cannot read."""
    with build(tmp_path_factory.mktemp("imported")) as made:
        made.shelf.movie("Film", audio("eng"), nfo="<movie><title>A</title></movie>")
        made.scan()


@pytest.fixture
def open_house(_imported: None, ordinary: Callable[[], AbstractContextManager[None]]) -> Iterator[House]:
    """A house in a folder that other users can reach and write (pytest's own are private)."""
    with tempfile.TemporaryDirectory(prefix="taggarr-scan-") as name:
        folder = Path(name)
        folder.chmod(0o777)
        with ordinary():
            building = build(folder)
            made = building.__enter__()
        try:
            yield made
        finally:
            building.__exit__()
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755)
