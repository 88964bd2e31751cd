"""What threads may not do at once: msgspec learns the types of what it decodes when it first meets them."""

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Place

CHILD = """
import sys, threading

seen = set()


def profile(frame, kind, argument):
    if kind == "call" and frame.f_code.co_filename.endswith("msgspec/_utils.py"):
        seen.add(frame.f_code.co_name)


from taggarr.cli import run

threading.setprofile(profile)
code = run(sys.argv[1:])
print(*sorted(seen))
sys.exit(code)
"""


@pytest.mark.parametrize("command", ["scan", "explain Bebop", "override Half --targets fr", "doctor"])
def test_no_thread_meets_a_type_first(place: "Place", command: str) -> None:
    """Two threads that learn a type at once crash the process, so all are known before there are threads."""
    place.fill()
    place.run("scan")
    place.run("override Half --targets de")
    words = command.split()
    ended = subprocess.run(
        [sys.executable, "-c", CHILD, *words[:1], "--data-dir", str(place.data), *words[1:]],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | {"COVERAGE_PROCESS_START": ""},
    )
    assert ended.returncode in (0, 1), ended.stderr
    assert ended.stdout.splitlines()[-1] == ""
