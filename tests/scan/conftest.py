"""A library of real small files, the simulated arrs that list it, and scans of it as a configuration says."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from taggarr.config import Config, load
from taggarr.core.record import Change
from taggarr.scan.job import ScanRequest, ScanSummary
from taggarr.simulator import RadarrSimulator, SonarrSimulator
from taggarr.simulator.collection import Collection
from taggarr.wiring.library import open_library
from taggarr.wiring.scanner import open_scanner


@dataclass
class House:
    """A Sonarr called `tv`, a Radarr called `films`, their media, and a configuration that tests may change."""

    folder: Path
    sonarr: SonarrSimulator
    radarr: RadarrSimulator
    shelf: Collection
    defaults: dict[str, Any] = field(default_factory=lambda: {"target_languages": ["en"]})
    profiles: dict[str, Any] = field(default_factory=dict)
    instances: dict[str, dict[str, Any]] = field(default_factory=dict)
    stop: threading.Event = field(default_factory=threading.Event)

    def config(self) -> Config:
        path = self.folder / "data" / "config.yaml"
        path.parent.mkdir(exist_ok=True)
        settings = {"defaults": self.defaults, "instances": self.instances, "profiles": self.profiles}
        path.write_text(json.dumps(settings), "utf-8")
        return load(path, data_dir=path.parent)

    def scan(self, *names: str, **request: Any) -> ScanSummary:
        """One scan of these instances, else of all that are turned on."""
        config = self.config()
        with open_scanner(config, self.stop) as scanner:
            chosen = names or [one.name for one in config.instances if one.enabled]
            return scanner.scan(ScanRequest(**request), chosen)

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
