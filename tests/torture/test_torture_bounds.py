"""What a kill costs, and what 5 % of faults cost, on libraries of some size."""

from pathlib import Path

import pytest

from bench.torture import right
from bench.torture.crashes import Crashes, Point
from bench.torture.house import build
from taggarr.simulator import FaultKind

EPISODES = 60
"""Some 1,200 files in 20 series."""


@pytest.mark.parametrize(
    ("step", "nth"),
    [
        ("before scan/observe.py:_look_at", 150),
        ("before scan/observe.py:_look_at", 700),
        ("before store/items.py:InstanceMemory.save", 3),
        ("after store/items.py:InstanceMemory.save", 3),
    ],
)
def test_a_kill_costs_one_batch_of_readings(large: Crashes, step: str, nth: int) -> None:
    """Of more than a thousand files, at most 200 and those in the workers' hands are read again."""
    before = large.killed
    assert large.run(Point("new", step, nth)) == []
    assert large.killed == before + 1
    assert large.files > 1000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory):
    with (
        build(tmp_path_factory.mktemp("large"), series=20, movies=2, episodes=EPISODES) as house,
        Crashes(house) as made,
    ):
        yield made


def test_one_call_in_twenty_fails_and_nothing_is_wrong_or_unnamed(tmp_path: Path) -> None:
    """200 titles: after the scan each is right or named as not done, and after a healthy one each is right."""
    with build(tmp_path, series=120, movies=120, episodes=1) as house:
        house.begin("new")
        house.scan()
        undisturbed = right.end_of(house)
        named = 0
        assert sum(1 for _ in house.listed()) >= 200
        for seed in range(1, 6):
            house.begin("new")
            for arr in house.arrs.values():
                arr.faults.scatter(seed, 0.05, kinds=tuple(FaultKind), seconds=0.02)
            summary = house.scan()
            for arr in house.arrs.values():
                arr.faults.clear()
                arr.come_back()
            named += sum(len(one.failures) for one in summary.instances.values())
            assert list(right.wrong_meanwhile(house, "new", summary, {}, remove=False)) == []
            healthy = house.scan()
            assert [one.failed for one in healthy.instances.values()] == [0, 0]
            assert list(right.wrong_at_the_end(house, "new", undisturbed, {}, remove=False)) == []
        assert named, "faults that nobody notices show nothing"
