"""Simulated arrs whose answers can be bent into lies, their media, and scans of them."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from taggarr.config import load
from taggarr.core.record import Change, ItemRecord
from taggarr.scan.job import ScanRequest, ScanSummary
from taggarr.simulator import RadarrSimulator, SonarrSimulator
from taggarr.simulator.collection import Collection
from taggarr.simulator.http_messages import Body, Reply, Request
from taggarr.wiring.library import open_library
from taggarr.wiring.scanner import open_scanner

Bend = Callable[[Any], Any]


class _Bent:
    """What an arr answers to GET of `path` goes through `bends[path]`; bytes go out as they are."""

    bends: dict[str, Bend]

    def bent(self, request: Request, reply: Reply) -> Reply:
        bend = self.bends.get(request.path.removeprefix("/api/v3"))
        if bend is None or request.method != "GET" or reply.body is None:
            return reply
        answer = bend(json.loads(reply.body.plain))
        return replace(reply, body=Body(answer if isinstance(answer, bytes) else json.dumps(answer).encode()))


class BentSonarr(SonarrSimulator, _Bent):
    def _answer(self, request: Request) -> Reply:
        return self.bent(request, super()._answer(request))


class BentRadarr(RadarrSimulator, _Bent):
    def _answer(self, request: Request) -> Reply:
        return self.bent(request, super()._answer(request))


@dataclass
class Prey:
    """A Sonarr called `tv`, a Radarr called `films`, and what they list."""

    folder: Path
    sonarr: BentSonarr
    radarr: BentRadarr
    shelf: Collection
    defaults: dict[str, Any] = field(default_factory=lambda: {"target_languages": ["en"]})
    roots: dict[str, str] = field(default_factory=dict)  # by instance

    def config(self) -> Path:
        """Where the configuration lies."""
        path = self.folder / "data" / "config.yaml"
        path.parent.mkdir(exist_ok=True)
        arrs = {"tv": ("sonarr", self.sonarr), "films": ("radarr", self.radarr)}
        instances = {
            name: {"type": kind, "url": arr.url, "api_key": arr.api_key} for name, (kind, arr) in arrs.items()
        }
        for name, root in self.roots.items():
            instances[name]["root_path"] = root
        path.write_text(json.dumps({"defaults": self.defaults, "instances": instances}), "utf-8")
        return path

    def scan(self, **request: Any) -> ScanSummary:
        """One scan of both."""
        config = load(self.config(), data_dir=self.folder / "data")
        with open_scanner(config, Event()) as scanner:
            return scanner.scan(ScanRequest(**request), ["tv", "films"])

    def records(self, name: str) -> dict[int, ItemRecord]:
        """What is stored of an instance's items, by id."""
        with open_library(load(self.config(), data_dir=self.folder / "data")) as library:
            return {} if library is None else dict(library.records(name))

    def history(self) -> list[Change]:
        """Every change that was sent."""
        with open_library(load(self.config(), data_dir=self.folder / "data")) as library:
            return [] if library is None else list(library.history())

    def tags(self) -> dict[str, set[str]]:
        """The tags of every title."""
        return {
            arr.rows[number].title: tags
            for arr in (self.sonarr, self.radarr)
            for number, tags in arr.all_tags().items()
        }


@contextmanager
def prey_in(folder: Path) -> Iterator[Prey]:
    with BentSonarr() as sonarr, BentRadarr() as radarr:
        sonarr.bends, radarr.bends = {}, {}
        yield Prey(folder, sonarr, radarr, Collection(folder, sonarr, radarr))


@pytest.fixture
def prey(tmp_path: Path) -> Iterator[Prey]:
    """Empty; fill its shelf."""
    with prey_in(tmp_path) as made:
        yield made


@pytest.fixture(scope="session")
def new_prey() -> Callable[[Path], AbstractContextManager[Prey]]:
    """To make one for a whole module."""
    return prey_in
