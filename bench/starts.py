"""How long the answers take that somebody waits for before anything is scanned."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

EXAMPLE = Path(__file__).parents[1] / "taggarr.example.yaml"
RUNS = 9

STARTS = (
    ("taggarr --help", ["--help"], 150),
    ("taggarr config check", ["config", "check", "--config", str(EXAMPLE)], 400),
)
"""Name, arguments, and the milliseconds that it may take."""


def starts() -> None:
    """Print the median of some runs of each, beside its limit."""
    for name, arguments, limit_ms in STARTS:
        taken_ms = statistics.median(_run_ms(arguments) for _ in range(RUNS))
        print(
            f"{name:<20} {taken_ms:4.0f} ms, the median of {RUNS} runs; the limit is {limit_ms} ms",
            flush=True,
        )


def _run_ms(arguments: list[str]) -> float:
    command = [sys.executable, "-m", "taggarr", *arguments]
    started = time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return (time.monotonic() - started) * 1000
