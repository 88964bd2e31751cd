"""`python3 dev.py torture`: scans under faults, and scans that are killed; each has to end right after one more."""

import argparse
import logging
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from itertools import count
from pathlib import Path

from bench.torture import amnesia
from bench.torture.crashes import NASTY, Crashes, Point, some
from bench.torture.house import House, build
from bench.torture.plans import Plans, plan
from taggarr.core.selection import Mode

Try = tuple[str, Callable[[], list[str]]]
"""What is tried, by a name with which it can be tried again, and how."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py torture", description=__doc__)
    parser.add_argument("--plans", type=int, default=500, help="plans of faults (default: 500)")
    parser.add_argument("--crashes", type=int, default=200, help="points of a kill (default: 200)")
    parser.add_argument("--seed", type=int, default=1, help="of the first plan, and of the points")
    parser.add_argument("--minutes", type=float, help="as many of both as go into this time")
    options = parser.parse_args()
    logging.getLogger("taggarr").addHandler(logging.NullHandler())
    logging.getLogger("taggarr").propagate = False
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="taggarr-torture-")))
        plans = Plans(stack.enter_context(build(folder / "plans")))
        crashes = stack.enter_context(Crashes(stack.enter_context(build(folder / "crashes"))))
        if options.minutes is None:
            large = stack.enter_context(build(folder / "amnesia", **amnesia.SIZE))
            tried = [
                _amnesias(large),
                _plans(plans, options.seed, options.plans),
                _kills(crashes, options.seed, options.crashes),
            ]
            wrong = sum(_all(each) for each in tried)
        else:
            both = zip(_plans(plans, options.seed), _kills(crashes, options.seed), strict=False)
            wrong = _all(
                (one for pair in both for one in pair), until=time.monotonic() + 60 * options.minutes
            )
        print(
            f"{plans.run_so_far} plans of faults, {crashes.killed} scans killed at as many points: ", end=""
        )
        print("all ended right" if not wrong else f"{wrong} ended wrong")
    return 1 if wrong else 0


def _amnesias(house: House) -> Iterator[Try]:
    amnesia.settle(house)
    for name in house.arrs:
        yield f"{name} forgets its files", partial(amnesia.forgets_files, house, name)
        yield f"{name} forgets its titles", partial(amnesia.forgets_titles, house, name)


def _plans(plans: Plans, seed: int, number: int | None = None) -> Iterator[Try]:
    for each in count(seed) if number is None else range(seed, seed + number):
        yield f"plan {each}", partial(plans.run, plan(each))


def _points(crashes: Crashes) -> list[Point]:
    later = [point for mode in Mode for point in crashes.points("known", mode)]
    return crashes.points("new") + later


def _kills(crashes: Crashes, seed: int, number: int | None = None) -> Iterator[Try]:
    points = [*NASTY.values(), *some(_points(crashes), seed)]
    for point in dict.fromkeys(points):
        if number is not None and crashes.killed >= number:
            return
        yield f"kill {point}", partial(crashes.run, point)


def _all(tried: Iterator[Try], until: float | None = None) -> int:
    """Try all, and print what went wrong; how many did."""
    wrong = 0
    for name, run in tried:
        if until is not None and time.monotonic() > until:
            break
        found = run()
        wrong += bool(found)
        for sentence in found:
            print(f"{name}: {sentence}", flush=True)
    return wrong


if __name__ == "__main__":
    raise SystemExit(main())
