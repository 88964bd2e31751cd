"""What the journal costs: a first scan with it and without it, in turns on the same library."""

import shutil
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bench import library
from bench.scans import config_of
from taggarr.config import InstanceConfig, load
from taggarr.core.record import Change, Intent, Outcome
from taggarr.scan.job import InstanceJob, ScanRequest
from taggarr.simulator import in_process
from taggarr.wiring.scanner import ArrClient, Scanner, open_scanner

TURNS = 3


class NoJournal:
    """Says that it has written everything down."""

    def intend(self, intents: Sequence[Intent]) -> list[int]:
        return list(range(len(intents)))

    def settle(self, settled: Sequence[Outcome]) -> None:
        pass

    def unsettled(self) -> list[Change]:
        return []

    def of_scan(self, scan_id: int) -> list[Change]:
        del scan_id
        return []

    def since(self, scan_id: int) -> list[Change]:
        del scan_id
        return []


class Forgetful(Scanner):
    """A scanner that writes down neither what it is about to change nor what came of it."""

    def _job(self, one: InstanceConfig, arr: ArrClient, instance_id: int, number: int) -> InstanceJob:
        return replace(Scanner._job(self, one, arr, instance_id, number), journal=NoJournal())


def journal(series: int, files_each: int, movies: int, folder: Path | None = None) -> float:
    """Print and return how many per cent of a first scan's time the journal takes."""
    place = Path(tempfile.mkdtemp(prefix="taggarr-bench-", dir=folder))
    try:
        library.write(place / "tv", library.series(series, files_each), "tvshow.nfo", "tvshow")
        library.write(place / "movies", library.movies(movies), "movie.nfo", "movie")
        seconds: Mapping[bool, list[float]] = {True: [], False: []}
        for _ in range(TURNS):
            for kept in seconds:
                seconds[kept].append(_first_scan(place, series, files_each, movies, kept=kept))
    finally:
        shutil.rmtree(place)
    with_it, without = min(seconds[True]), min(seconds[False])
    share = (with_it - without) / with_it * 100
    print(
        f"journal      first scan with it {with_it:.2f} s, without it {without:.2f} s: {share:.1f} % (at most 10)"
        f"   of all runs: with {_listed(seconds[True])}, without {_listed(seconds[False])}"
    )
    return share


def _listed(seconds: Sequence[float]) -> str:
    return " ".join(f"{one:.2f}" for one in sorted(seconds))


def _first_scan(place: Path, series: int, files_each: int, movies: int, *, kept: bool) -> float:
    """The seconds that a first scan takes; its library is as new."""
    for path in (*(place / "tv").glob("*/tvshow.nfo"), *(place / "movies").glob("*/movie.nfo")):
        root = path.stem if path.stem == "movie" else "tvshow"
        path.write_text(library.NFO.format(root=root, title=path.parent.name))
    shutil.rmtree(place / "data", ignore_errors=True)
    (place / "data").mkdir()
    with (
        in_process(library.sonarr, place / "tv", series, files_each) as sonarr,
        in_process(library.radarr, place / "movies", movies) as radarr,
    ):
        path = place / "data" / "config.yaml"
        path.write_text(config_of({"sonarr": sonarr, "radarr": radarr}))
        config = load(path, data_dir=path.parent)
        with open_scanner(config, threading.Event()) as opened:
            scanner = opened if kept else Forgetful(config, opened.database, opened.pool, opened.stop)
            started = time.monotonic()
            summary = scanner.scan(ScanRequest(), [one.name for one in config.instances])
            taken_s = time.monotonic() - started
    for name, one in summary.instances.items():
        if one.error is not None or one.failures or not one.applied:
            raise SystemExit(f"the scan of {name} came to nothing: {one.error} {one.failures[:1]}")
    return taken_s
