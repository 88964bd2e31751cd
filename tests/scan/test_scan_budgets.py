"""What a scan may cost the arrs, by formula, on a library of 40 series and 150 movies."""

import math
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import pytest

from taggarr.simulator.collection import audio

if TYPE_CHECKING:
    from conftest import House

SERIES, MOVIES = 40, 150
CONTENTS = [audio("jpn", "eng"), audio("jpn"), audio("jpn", "ger"), audio("eng")]
STALE = [[], ["dub"], ["semi-dub"], ["wrong-dub", "dub"]]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, build_house: Callable[[Path], Any]) -> Iterator["House"]:
    """Titles of every verdict, each with every stale label somewhere."""
    with build_house(tmp_path_factory.mktemp("budgets")) as made:
        for number in range(SERIES):
            episodes = {
                f"Season 01/S01E{episode:02}.mkv": CONTENTS[(number + episode // 4) % 4]
                for episode in range(1, 6)
            }
            made.shelf.series(f"Show {number}", episodes, tags=STALE[number // 2 % 4])
        for number in range(MOVIES):
            made.shelf.movie(f"Film {number}", CONTENTS[number % 4], tags=STALE[number // 4 % 4])
        yield made


def batches(house: "House", name: str) -> int:
    return house.asked(name).count("series/editor" if name == "tv" else "movie/editor")


def test_the_budgets(house: "House") -> None:
    """First scan, unchanged rerun, swapped targets: requests and writes stay within their formulas."""
    sizes = {"tv": SERIES, "films": MOVIES}
    summary = house.scan().instances
    for name, items in sizes.items():
        lists = items if name == "tv" else 0
        assert summary[name].error is None
        assert summary[name].applied > items / 2
        assert batches(house, name) <= 6 * math.ceil(items / 100)
        assert len(house.asked(name)) <= lists + 2 * batches(house, name) + 15
        assert summary[name].requests == len(house.asked(name))
    house.forget_requests()
    again = house.scan().instances
    for name in sizes:
        assert house.asked(name) == [
            "system/status",
            "tag",
            "series" if name == "tv" else "movie",
            "language",
        ]
        assert (again[name].planned, again[name].files_read) == (0, 0)
    assert house.writes() == []
    house.forget_requests()
    house.defaults["target_languages"] = ["de"]
    swapped = house.scan().instances
    for name, items in sizes.items():
        assert swapped[name].files_read == 0
        assert swapped[name].applied > items / 2
        assert batches(house, name) <= 6 * math.ceil(items / 100)
        assert len(house.asked(name)) <= 2 * batches(house, name) + 15
    connections = [
        len({entry.connection for entry in arr.log.entries}) for arr in (house.sonarr, house.radarr)
    ]
    assert all(count <= 8 for count in connections), "connections are kept, not made for each request"


NFO = "<x><title>A</title></x>"
LOOKS = {os.stat, os.lstat, os.scandir, os.readlink, os.listdir}


@pytest.fixture
def looks() -> Iterator[list[str]]:
    """The calls that look at the disk, in threads that start from now on: their names."""
    seen: list[str] = []

    def profile(frame: FrameType, event: str, argument: object) -> None:
        caller = frame.f_back
        own = (
            caller is not None and caller.f_code.co_name == "_identity"
        )  # the database's, not a disk's of media
        if event == "c_call" and argument in LOOKS and not own:
            seen.append(getattr(argument, "__name__", ""))

    threading.setprofile(profile)
    yield seen
    threading.setprofile(None)


def test_what_an_unchanged_rerun_looks_at(
    tmp_path: Path, build_house: Callable[[Path], Any], looks: list[str]
) -> None:
    """One stat a file, and one for each NFO, there or not; where folders lie costs one stat and one listing a
    root, and each link its way.
    """
    with build_house(tmp_path) as house:
        for number in range(30):
            house.shelf.series(f"Show {number}", {f"S01E0{n}.mkv": CONTENTS[0] for n in (1, 2, 3)}, nfo=NFO)
            house.shelf.movie(f"Film {number}", CONTENTS[0], nfo=NFO if number % 2 else None)
        (house.shelf.tv / "Show 7").rename(house.folder / "Moved")
        (house.shelf.tv / "Show 7").symlink_to(house.folder / "Moved")
        house.scan()
        looks.clear()
        again = house.scan().instances
        assert [(one.planned, one.files_read) for one in again.values()] == [(0, 0), (0, 0)]
        files = 30 * 3 + 30
        nfos = 30 + 30 * 2
        places = len(["tv", "movies", "the root of the link"])
        state_files = len(["tv", "movies"])
        assert looks.count("stat") == files + nfos + places + state_files
        assert (looks.count("scandir"), looks.count("readlink")) == (2, 1)
        link, target = house.shelf.tv / "Show 7", house.folder / "Moved"
        assert looks.count("lstat") <= len(link.parts) + len(target.parts)
