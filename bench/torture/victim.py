"""A process that starts scans as copies of itself, and kills them at a step that it is told.

Started once, it has imported everything, so that each scan costs a fork and no start. It reads one order as
JSON from each line of standard input, and answers with one line.
"""

import json
import os
import signal
import sys
import threading
import traceback
from collections import Counter
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any

import taggarr
import taggarr.store.migrations
from taggarr.config import load
from taggarr.core.selection import Mode
from taggarr.scan.job import ScanRequest
from taggarr.wiring.scanner import open_scanner

ROOT = f"{Path(taggarr.__file__).parent}{os.sep}"

OUTSIDE = frozenset(
    {
        "Connection.commit",
        "Cursor.execute",
        "Cursor.executemany",
        "posix.fsync",
        "posix.link",
        "posix.replace",
        "posix.unlink",
        "socket.recv",
        "socket.send",
        "socket.sendall",
    }
)
"""Functions of the system, of SQLite and of sockets that are steps, too."""

LEFT_OUT = ("core/", "cli/", "config/", "logs", "probe/", "store/codec", "arr/wire", "arr/domain")
"""What only computes, or reads: a kill there is one before the next step."""

PYTHON = {"call": "before", "return": "after"}
C = {"c_call": "before", "c_return": "after"}


class Watch:
    """Counts the steps of this process, and kills it at the `nth` time of one."""

    def __init__(self, step: str | None, nth: int) -> None:
        self.counts: Counter[str] = Counter()
        self._step = step
        self._nth = nth
        self._names: dict[CodeType, str | None] = {}

    def profile(self, frame: FrameType, event: str, argument: Any) -> None:
        if event in PYTHON:
            name = self._name(frame.f_code)
            if name is not None:
                self._count(f"{PYTHON[event]} {name}")
        elif event in C and (name := _outside(argument)) in OUTSIDE:
            self._count(f"{C[event]} {name}")

    def _count(self, step: str) -> None:
        self.counts[step] += 1
        if step == self._step and self.counts[step] == self._nth:
            os.kill(os.getpid(), signal.SIGKILL)

    def _name(self, code: CodeType) -> str | None:
        if code not in self._names:
            file = code.co_filename.removeprefix(ROOT)
            ours = (
                file != code.co_filename
                and not file.startswith(LEFT_OUT)
                and not code.co_name.startswith("<")
            )
            self._names[code] = f"{file}:{code.co_qualname}" if ours else None
        return self._names[code]


def _outside(function: Any) -> str:
    """What a function in C is called, with its module or the type of its object before it."""
    owner = function.__self__
    return f"{owner.__name__ if isinstance(owner, ModuleType) else type(owner).__name__}.{function.__name__}"


def scan(order: dict[str, Any]) -> None:
    """The scan of an order, watched, in this process."""
    silence = os.open(os.devnull, os.O_RDWR)
    errors = os.open(order["errors"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    opened = os.open(order["opened"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(silence, 0)
    os.dup2(silence, 1)
    os.dup2(errors, 2)

    def audit(name: str, values: tuple[Any, ...]) -> None:
        if name == "open" and str(values[0]).endswith(".mkv"):
            os.write(opened, b".")

    config = load(Path(order["config"]), data_dir=Path(order["config"]).parent)
    watch = Watch(order["step"], order["nth"])
    sys.addaudithook(audit)
    threading.setprofile(watch.profile)
    sys.setprofile(watch.profile)
    with open_scanner(config, threading.Event()) as scanner:
        scanner.scan(ScanRequest(Mode(order["mode"])), [one.name for one in config.instances])
    sys.setprofile(None)
    Path(order["counts"]).write_text(json.dumps(watch.counts))


def _scan_and_leave(order: dict[str, Any]) -> None:
    """This is a copy: whatever happens, it must not read the next order."""
    code = 1
    try:
        scan(order)
        code = 0
    finally:
        if code:
            traceback.print_exc()
        sys.stderr.flush()
        os._exit(code)


def main() -> None:
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _scan_and_leave(json.loads(line))
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
