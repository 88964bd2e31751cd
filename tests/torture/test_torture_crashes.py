"""Scans that are killed at a step end, after one healthy scan, where an undisturbed one does, and where they should."""

from collections.abc import Iterator

import pytest

from bench.torture.crashes import Crashes, some
from bench.torture.house import build


@pytest.fixture(scope="module")
def crashes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crashes]:
    """A library that every scan begins with anew."""
    with build(tmp_path_factory.mktemp("crashes")) as house, Crashes(house) as made:
        yield made


@pytest.mark.parametrize("began", ["new", "known"])
def test_a_kill_changes_nothing_about_the_end(crashes: Crashes, began: str) -> None:
    """At points that are drawn by a seed: tags, NFO files, records and history are right after one healthy scan."""
    for point in some(crashes.points(began), 12, seed=1):
        assert crashes.run(point) == [], str(point)
