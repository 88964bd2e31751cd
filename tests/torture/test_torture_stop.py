"""SIGINT, SIGTERM and a second SIGINT at any moment: out in time, and one scan later all is as it should be."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.torture import right
from bench.torture.house import House, build
from bench.torture.right import End
from taggarr.simulator import FaultKind

STOPPING = "taggarr: stopping after the item in hand (Ctrl-C again: at once)\n"

CALLS = {
    "the list": ("GET", "*/series"),
    "a list of files": ("GET", "*/episodefile"),
    "a label": ("POST", "*/tag"),
    "the first edit": ("PUT", "*/editor"),
}
"""What the scan waits for when the signal comes."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A library that every scan begins with anew."""
    with build(tmp_path_factory.mktemp("stop")) as made:
        yield made


@pytest.fixture(scope="module")
def undisturbed(house: House) -> End:
    """The end of a scan that nobody stops."""
    house.begin("new")
    house.scan()
    return right.end_of(house)


def stopped(house: House, kind: FaultKind, call: tuple[str, str], *signals: signal.Signals) -> int:
    """Send signals to a scan from the new start that waits for a call to Sonarr; its exit code."""
    house.begin("new")
    house.config()
    method, path = call
    house.arrs["tv"].faults.script(kind, method=method, path=path, seconds=60 if len(signals) > 1 else 0.5)
    command = [sys.executable, "-m", "taggarr", "scan", "--data-dir", str(house.data)]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, cwd=Path(__file__).parents[2]
    )
    assert process.stderr is not None
    try:
        while not house.arrs["tv"].log.of(method, path):
            assert process.poll() is None, process.stderr.read()
            time.sleep(0.01)
        process.send_signal(signals[0])
        for number in signals[1:]:
            while (line := process.stderr.readline()) != STOPPING:
                assert line, "it has ended"
            process.send_signal(number)
        process.communicate(timeout=30)
    finally:
        process.kill()
        process.wait()
        for arr in house.arrs.values():
            arr.faults.clear()
    return process.returncode


@pytest.mark.parametrize(
    ("call", "number"),
    [
        ("the list", signal.SIGTERM),
        ("a list of files", signal.SIGINT),
        ("a label", signal.SIGINT),
        ("the first edit", signal.SIGTERM),
    ],
)
def test_a_scan_that_is_stopped_is_taken_up_by_the_next(
    house: House, undisturbed: End, call: str, number: signal.Signals
) -> None:
    """The answer on its way is waited for, nothing is open or wrong, and the next scan does the rest."""
    assert stopped(house, FaultKind.SLOW, CALLS[call], number) == 128 + number
    house.scan()
    assert list(right.wrong_at_the_end(house, "new", undisturbed, {}, remove=False)) == []


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_a_second_ctrl_c_loses_nothing_either(house: House, undisturbed: End, call: tuple[str, str]) -> None:
    """Out at once, whatever waits for an answer that drips: the next scan settles what was open."""
    assert stopped(house, FaultKind.DRIPPING, call, signal.SIGINT, signal.SIGINT) == 130
    house.scan()
    assert list(right.wrong_at_the_end(house, "new", undisturbed, {}, remove=False)) == []
