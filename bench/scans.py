"""A first scan, an unchanged rerun, and a rerun after changes: wall, CPU, memory, requests, bytes."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import library
from taggarr.simulator import RemoteSimulator, in_process


@dataclass(frozen=True, slots=True)
class Run:
    """One process of `taggarr scan`, as the operating system accounts for it."""

    name: str
    wall_s: float
    cpu_s: float
    peak_mb: float
    requests: dict[str, int]
    writes: dict[str, int]
    arr_mb: dict[str, float]
    summary: dict[str, Any]


def bench(series: int, files_each: int, movies: int, changes: int, folder: Path | None = None) -> list[Run]:
    """Build a library of this size, scan it three times, print and return the figures; then kill a scan of it."""
    with ExitStack() as stack:
        place = Path(tempfile.mkdtemp(prefix="taggarr-bench-", dir=folder))
        stack.callback(shutil.rmtree, place)
        tv, films, data = place / "tv", place / "movies", place / "data"
        started = time.monotonic()
        count = library.write(tv, library.series(series, files_each), "tvshow.nfo", "tvshow")
        count += library.write(films, library.movies(movies), "movie.nfo", "movie")
        sonarr = stack.enter_context(in_process(library.sonarr, tv, series, files_each))
        radarr = stack.enter_context(in_process(library.radarr, films, movies))
        print(
            f"{series} series and {movies} movies with {count} files, made in {time.monotonic() - started:.1f} s"
        )
        data.mkdir()
        arrs = {"sonarr": sonarr, "radarr": radarr}
        (data / "config.yaml").write_text(config_of(arrs))
        runs = [_scan("first scan", data, arrs), _scan("unchanged", data, arrs)]
        _change(sonarr, tv, series, files_each, changes)
        runs.append(_scan(f"{changes} changes", data, arrs))
        for run in runs:
            _show(run)
        _resume(place / "killed", arrs, count)
    return runs


def config_of(arrs: Mapping[str, RemoteSimulator]) -> str:
    """The configuration that every measured scan has."""
    lines = ["defaults: {target_languages: [en], add_tag_to_genre: true}", "instances:"]
    lines += [
        f'  {name}: {{type: {name}, url: "{arr.url}", api_key: "{arr.api_key}"}}'
        for name, arr in arrs.items()
    ]
    return "\n".join(lines) + "\n"


def _resume(data: Path, arrs: dict[str, RemoteSimulator], count: int) -> None:
    """Kill a first scan half-way, and show that the next one reads only what the killed one had not kept."""
    data.mkdir()
    (data / "config.yaml").write_text(config_of(arrs))
    command = [sys.executable, "-m", "taggarr", "scan", "--json", "--data-dir", str(data)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None and _readings(data) < count // 2:
        time.sleep(0.05)
    process.kill()
    process.wait()
    kept = _readings(data)
    run = _scan("resumed", data, arrs)
    _show(run)
    read = sum(one["filesRead"] for one in run.summary["instances"].values())
    print(
        f"killed with {kept} of {count} files read and kept; the next scan read {read}, {kept + read} in all"
    )
    if process.returncode >= 0 or kept + read != count:
        raise SystemExit("that is not what a killed scan may cost")


def _readings(data: Path) -> int:
    """How many readings the database holds; none before it has its tables."""
    path = data / "taggarr.db"
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path)) as connection, suppress(sqlite3.OperationalError):
        return int(connection.execute("SELECT count(*) FROM files WHERE reading IS NOT NULL").fetchone()[0])
    return 0


def _scan(name: str, data: Path, arrs: dict[str, RemoteSimulator]) -> Run:
    for arr in arrs.values():
        arr.call("log.clear")
    command = [sys.executable, "-m", "taggarr", "scan", "--json", "--data-dir", str(data)]
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stderr is not None
    output, problems = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall_s = time.monotonic() - started
    process.stdout.close()
    process.stderr.close()
    if process.returncode:
        raise SystemExit(f"taggarr scan ended with {process.returncode}: {problems}")
    return Run(
        name,
        wall_s,
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss / 1024,
        {key: len(arr.call("log.entries")) for key, arr in arrs.items()},
        {key: len(arr.call("log.writes")) for key, arr in arrs.items()},
        {key: arr.call("log.bytes_sent") / 1e6 for key, arr in arrs.items()},
        json.loads(output),
    )


def _change(arr: RemoteSimulator, tv: Path, series: int, files_each: int, changes: int) -> None:
    """Give the first file of some series other tracks, as an upgrade in place does."""
    content = library.contents()
    for number, title in enumerate(library.series(min(changes, series), files_each), start=1):
        name, _, _, kind = title.files[0]
        other = 0 if kind != 0 else 1
        data = content[other] + b"\xec\x80" * 4  # four empty Void elements: another size
        (tv / title.name / name).write_bytes(data)
        file_id = (number - 1) * files_each + 1
        arr.call("reprobe_file", file_id, size=len(data), audio_languages=library.KINDS[other][2])


def _show(run: Run) -> None:
    instances = run.summary["instances"].values()
    planned = sum(one["changes"]["planned"] for one in instances)
    applied = sum(one["changes"]["applied"] for one in instances)
    read = sum(one["filesRead"] for one in instances)
    print(
        f"{run.name:<12} wall {run.wall_s:6.2f} s   cpu {run.cpu_s:6.2f} s   peak {run.peak_mb:4.0f} MB   "
        f"requests {run.requests}   writes {run.writes}   "
        f"MB { ({key: round(value, 2) for key, value in run.arr_mb.items()}) }   "
        f"files read {read}   changes {applied}/{planned}"
    )


def growth(runs: Sequence[Run], larger: Sequence[Run], factor: float) -> None:
    """How much longer the same scans take on a library `factor` times as large."""
    for small, large in zip(runs, larger, strict=True):
        print(f"{small.name:<12} {factor:g} × the items: {large.wall_s / small.wall_s:.2f} × the time")
