"""`python3 dev.py torture`."""

import argparse
import tempfile
import time
from pathlib import Path

from bench.torture.crashes import Crashes, some
from bench.torture.house import build
from bench.torture.plans import Plans, plan


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py torture", description=__doc__)
    parser.add_argument("--plans", type=int, default=500, help="plans of faults")
    parser.add_argument("--crashes", type=int, default=200, help="points at which a scan is killed")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    failed = 0
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="taggarr-torture-") as name, build(Path(name)) as house:
        plans = Plans(house)
        for seed in range(options.seed, options.seed + options.plans):
            wrong = plans.run(plan(seed))
            failed += bool(wrong)
            for sentence in wrong:
                print(f"plan {seed}: {sentence}")
    with (
        tempfile.TemporaryDirectory(prefix="taggarr-torture-") as name,
        build(Path(name)) as house,
        Crashes(house) as crashes,
    ):
        points = crashes.points("new") + crashes.points("known")
        print(len(points), len({(p.began, p.step) for p in points}))
        for point in some(points, options.crashes, options.seed):
            wrong = crashes.run(point)
            failed += bool(wrong)
            for sentence in wrong:
                print(f"crash {point}: {sentence}")
    print(f"{options.plans} plans in {time.monotonic() - started:.1f} s, {failed} went wrong")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
