"""Scans that meet faults end, after one healthy scan, where an undisturbed one does, and where they should."""

from collections.abc import Iterator

import pytest

from bench.torture.house import build
from bench.torture.plans import Plans, plan


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plans]:
    """A library that every plan begins with anew."""
    with build(tmp_path_factory.mktemp("plans")) as house:
        yield Plans(house)


@pytest.mark.parametrize("seed", range(1, 41))
def test_a_plan_of_faults_changes_nothing_about_the_end(plans: Plans, seed: int) -> None:
    """Tags, NFO files, records and history are right after one healthy scan; meanwhile none is wrong."""
    assert plans.run(plan(seed)) == []
