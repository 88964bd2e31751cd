"""`python3 dev.py mutate`: how many small changes of the rules the tests notice."""

import argparse
import os
import shutil
import subprocess
import sys
import time

from bench.mutation import report
from bench.mutation.workspace import FOLDER, prepare

LEAST = 95.0  # percent


def main() -> int:
    parser = argparse.ArgumentParser(prog="dev.py mutate", description=__doc__)
    parser.add_argument("modules", nargs="*", help="of taggarr/core; all of them if none is named")
    parser.add_argument("--survivors", action="store_true", help="try again what survived the last run")
    parser.add_argument("--children", type=int, default=os.cpu_count() or 1, help="mutants tried at a time")
    options = parser.parse_args()
    started = time.monotonic()
    wanted = [f"taggarr.core.{module}.*" for module in options.modules]
    if options.survivors:
        wanted = [m.name for m in report.mutants() if not (m.killed or m.wording or m.exit_code is None)]
        if not wanted:
            print("Nothing survived the last run.")
            return 0
    elif not options.modules:
        shutil.rmtree(FOLDER, ignore_errors=True)
    prepare()
    mutmut = [sys.executable, "-m", "mutmut", "run", "--max-children", str(options.children), *wanted]
    log = FOLDER / "mutmut.log"
    with log.open("w") as file:  # its progress is for a terminal
        code = subprocess.run(
            mutmut, cwd=FOLDER, check=False, stdout=None if sys.stdout.isatty() else file
        ).returncode
    if code:
        print(log.read_text()[-5000:])
        return code
    found = list(report.mutants())
    if options.modules:
        found = [mutant for mutant in found if mutant.module in options.modules]
    held = report.show(found, LEAST)
    print(f"{time.monotonic() - started:.0f} s")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
