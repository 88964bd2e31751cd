"""Scans that are killed at a step end, after one healthy scan, where an undisturbed one does, and where they should."""

from collections.abc import Iterator
from itertools import islice

import pytest

from bench.torture.crashes import NASTY, Crashes, Point, some
from bench.torture.house import build


@pytest.fixture(scope="module")
def crashes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crashes]:
    """A library that every scan begins with anew."""
    with build(tmp_path_factory.mktemp("crashes")) as house, Crashes(house) as made:
        yield made


@pytest.mark.parametrize("point", NASTY.values(), ids=NASTY.keys())
def test_a_kill_at_a_nasty_moment_changes_nothing_about_the_end(crashes: Crashes, point: Point) -> None:
    """Tags, NFO files, records and history are right after one healthy scan."""
    before = crashes.killed
    assert crashes.run(point) == []
    assert crashes.killed == before + 1, "the step did not come so often"


@pytest.mark.parametrize("began", ["new", "known"])
def test_a_kill_at_any_moment_changes_nothing_about_the_end(crashes: Crashes, began: str) -> None:
    """At points that are drawn by a seed, each at another step."""
    for point in islice(some(crashes.points(began), seed=1), 10):
        assert crashes.run(point) == [], str(point)
