"""How far a scan is: bars with rate and time left on a terminal, plain lines elsewhere."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from taggarr.cli.summary import counted
from taggarr.scan.events import Listener, Phase, Progress

LINE_EVERY_S = 10.0

_WORDS = {
    Phase.FETCH: "asking for the list",
    Phase.READ: "reading",
    Phase.DECIDE: "deciding",
    Phase.APPLY: "applying",
}


@contextmanager
def shown() -> Iterator[Listener]:
    """A listener that shows a scan's progress on standard error while the block runs."""
    if sys.stderr.isatty():
        with _bars() as listener:
            yield listener
    else:
        yield _Lines()


@contextmanager
def _bars() -> Iterator[Listener]:
    from rich import progress  # noqa: PLC0415 - 60 ms that only a terminal needs
    from rich.console import Console  # noqa: PLC0415 - see above

    columns = (
        progress.TextColumn("[bold]{task.fields[instance]}[/] {task.description}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        progress.TextColumn("{task.fields[files]} files read"),
        progress.TextColumn("{task.fields[rate]}"),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, progress.TaskID] = {}
        started: dict[str, float] = {}
        lock = threading.Lock()

        def listen(event: Progress) -> None:
            with lock:
                if event.instance not in tasks:
                    tasks[event.instance] = bars.add_task(
                        "", total=None, instance=event.instance, files=0, rate=""
                    )
                    started[event.instance] = time.monotonic()
                elapsed = time.monotonic() - started[event.instance]
                rate = f"{event.files_read / elapsed:.0f}/s" if elapsed > 1 and event.files_read else ""
                bars.update(
                    tasks[event.instance],
                    description=_WORDS[event.phase],
                    completed=event.done,
                    total=event.total or None,
                    files=event.files_read,
                    rate=rate,
                )

        yield listen


class _Lines:
    """A line for each new phase, and one every ten seconds within it."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[Phase, float]] = {}
        self._lock = threading.Lock()

    def __call__(self, event: Progress) -> None:
        with self._lock:
            phase, at = self._last.get(event.instance, (None, 0.0))
            now = time.monotonic()
            if phase is event.phase and now - at < LINE_EVERY_S:
                return
            self._last[event.instance] = (event.phase, now)
        how_far = ""
        if event.total:
            how_far = (
                f": {event.done} of {event.total} titles"
                if event.done
                else f" {counted(event.total, 'title')}"
            )
        files = f", {counted(event.files_read, 'file')} read" if event.files_read else ""
        click.echo(f"{event.instance}: {_WORDS[event.phase]}{how_far}{files}", err=True)
