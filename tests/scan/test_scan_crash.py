"""`kill -9` at a step of the scan, then a normal run: the same end as without it, and next to nothing read twice."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from taggarr.simulator.collection import audio

if TYPE_CHECKING:
    from conftest import House

DUBBED, ORIGINAL, WRONG = audio("jpn", "eng"), audio("jpn"), audio("jpn", "ger")
NFO = "<tvshow>\n  <title>A</title>\n</tvshow>\n"
MOVIE = "<movie>\n  <title>A</title>\n</movie>\n"
BATCH, WORKERS = 200, 4
SERIES, EPISODES, MOVIES = 4, 75, 4

CHILD = """
import os, signal, sys, threading

event, file, function, nth, reads, *arguments = sys.argv[1:]
left = int(nth)
log = os.open(reads, os.O_WRONLY | os.O_CREAT | os.O_APPEND)


def trace(frame, kind, argument):
    global left
    code = frame.f_code
    if code.co_name != function or not code.co_filename.endswith(file):
        return None
    if kind == event:
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    return trace


def audit(name, values):
    if name == "open" and str(values[0]).endswith((".mkv", ".mp4")):
        os.write(log, b".")


import taggarr.cli.scan
from taggarr.cli import run

sys.addaudithook(audit)
threading.settrace(trace)
sys.settrace(trace)
sys.exit(run(["scan", *arguments]))
"""

POINTS = {
    "nothing is kept yet": ("call", "store/items.py", "save", 1),
    "after the first readings": ("return", "store/items.py", "save", 1),
    "after more readings": ("return", "store/items.py", "save", 3),
    "between intent and request": ("return", "store/journal.py", "intend", 1),
    "between answer and outcome": ("return", "arr/tags.py", "edit", 1),
    "between two batches": ("return", "store/journal.py", "settle", 2),
    "before tags are remembered": ("call", "scan/records.py", "remember_tags", 1),
    "before an NFO is replaced": ("call", "nfo/disk.py", "_keep_attributes", 1),
    "between an NFO and its record": ("call", "nfo/disk.py", "_sync_folder", 1),
    "before the outcomes of NFO files": ("call", "scan/nfos.py", "after_edit", 1),
    "before an import is kept": ("call", "store/imports.py", "keep", 1),
    "between a state file and its row": ("return", "store/imports.py", "wrote", 1),
    "before a state file is put in place": ("call", "wiring/state_file.py", "_made", 1),
    "after a state file is put in place": ("return", "wiring/state_file.py", "_made", 1),
    "inside pruning": ("call", "store/items.py", "forget", 1),
    "at the very end": ("call", "store/scans.py", "end", 1),
}


def library(house: "House") -> None:
    """Titles of each verdict with NFO files and stale labels, and one that the arr has deleted since."""
    house.defaults["add_tag_to_genre"] = True
    house.defaults["write_state_json"] = True
    house.settings["workers"] = WORKERS
    for number in range(SERIES):
        episodes = {
            f"Season 01/S01E{n:02}.mkv": (DUBBED, DUBBED, ORIGINAL, WRONG)[number % 4]
            for n in range(1, EPISODES)
        }
        episodes["Season 02/S02E01.mkv"] = (DUBBED, ORIGINAL)[number % 2]
        house.shelf.series(f"Show {number}", episodes, nfo=NFO, tags=["semi-dub"] if number % 3 else ["mine"])
    for number in range(MOVIES):
        tags = ["wrong-dub", "earlier"]
        house.shelf.movie(f"Film {number}", (DUBBED, WRONG)[number % 2], nfo=MOVIE, tags=tags)
    deleted = house.shelf.movie("Deleted", DUBBED)
    house.scan("films", items=("Deleted",))
    house.radarr.remove_movie(deleted)
    left = {f"/films/Film {number}": {"tag": "earlier"} for number in range(MOVIES)}
    (house.shelf.movies / "taggarr.json").write_text(json.dumps({"movies": left}))


def state(house: "House") -> dict[str, Any]:
    """All that a scan leaves behind, without the folder that it happened in."""

    def plain(text: str) -> str:
        return text.replace(str(house.folder), "")

    return {
        "tags": house.tags(),
        "nfos": {plain(str(path)): path.read_bytes() for path in sorted(house.folder.rglob("*.nfo"))},
        "state files": {
            plain(str(path)): re.sub(r'("last_\w+": )[^,\n]+', r"\1", plain(path.read_text()))
            for path in sorted(house.folder.rglob("taggarr.json"))
        },
        "leftovers": sorted(plain(str(path)) for path in house.folder.rglob(".taggarr-*")),
        "records": {
            title: (
                record.verdict,
                record.label,
                record.full_label,
                record.item.tags,
                record.undone,
                record.problem,
            )
            for name in ("tv", "films")
            for title, record in house.records(name).items()
        },
        "open changes": [change for change in house.history() if change.outcome is None],
    }


@pytest.fixture(scope="module")
def undisturbed(
    tmp_path_factory: pytest.TempPathFactory, build_house: Callable[[Path], Any]
) -> dict[str, Any]:
    """The end of a run that nobody disturbed."""
    with build_house(tmp_path_factory.mktemp("undisturbed")) as house:
        library(house)
        house.scan()
        return state(house)


def killed(house: "House", point: tuple[str, str, str, int]) -> int:
    """Run `taggarr scan` and kill it at this point; how many files it had opened."""
    house.config()
    data, reads = house.folder / "data", house.folder / "reads"
    event, file, function, nth = point
    command = [sys.executable, "-c", CHILD, event, file, function, str(nth), str(reads)]
    ended = subprocess.run(
        [*command, "--data-dir", str(data), "-c", str(data / "config.yaml")],
        check=False,
        capture_output=True,
        timeout=60,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    return reads.stat().st_size


@pytest.mark.parametrize("point", POINTS.values(), ids=POINTS.keys())
def test_a_kill_changes_nothing_about_the_end(
    house: "House", point: tuple[str, str, str, int], undisturbed: dict[str, Any]
) -> None:
    """Tags, NFO files, records and history end as they would have; readings are kept but for the last batch."""
    library(house)
    opened = killed(house, point)
    house.forget_requests()
    summary = house.scan()
    assert [one.error for one in summary.instances.values()] == [None, None]
    assert state(house) == undisturbed
    files = SERIES * EPISODES + MOVIES
    again = opened + sum(one.files_read for one in summary.instances.values()) - files
    assert again <= BATCH + WORKERS
    assert house.scan().instances["tv"].planned == 0


def test_what_was_sent_is_written_down_before(house: "House", undisturbed: dict[str, Any]) -> None:
    """Killed after the arr's answer, twice: the change is in the journal, open, and the next scan settles it."""
    library(house)
    killed(house, ("return", "arr/tags.py", "edit", 1))
    killed(house, ("return", "arr/tags.py", "edit", 1))
    waiting = [change for change in house.history() if change.outcome is None]
    assert waiting
    house.scan()
    assert state(house) == undisturbed
    assert {change.id for change in waiting} <= {c.id for c in house.history() if c.outcome is not None}
