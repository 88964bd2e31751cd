"""Scans that are killed at a step end, after one healthy scan, where an undisturbed one does, and where they should."""

from collections.abc import Iterator
from itertools import islice

import pytest

from bench.torture.crashes import NASTY, Crashes, Point, some
from bench.torture.house import build
from taggarr.core.selection import Mode


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


@pytest.mark.parametrize(
    ("began", "mode", "number"),
    [
        ("new", Mode.UPDATE, 8),
        ("known", Mode.UPDATE, 6),
        ("known", Mode.REWRITE, 3),
        ("known", Mode.REMOVE, 3),
    ],
)
def test_a_kill_at_any_moment_changes_nothing_about_the_end(
    crashes: Crashes, began: str, mode: Mode, number: int
) -> None:
    """At points that are drawn by a seed, each at another step."""
    for point in islice(some(crashes.points(began, mode), seed=1), number):
        assert crashes.run(point) == [], str(point)
