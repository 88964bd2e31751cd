"""How far a scan is: bars with rate and time left on a terminal, plain lines elsewhere."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from taggarr.core.counting import counted
from taggarr.scan.events import Listener, Phase, Progress

LINE_EVERY_S = 10.0
"""How close lines may follow one another within a phase, where at least a tenth was done in between ..."""

LINE_AT_LEAST_EVERY_S = 60.0
"""... and how long it may be silent."""

_WORDS = {
    Phase.FETCH: "asking for the list",
    Phase.READ: "reading",
    Phase.DECIDE: "deciding",
    Phase.APPLY: "applying",
    Phase.END: "done",
}


@contextmanager
def shown() -> Iterator[Listener]:
    """A listener that shows a scan's progress on standard error while the block runs."""
    if sys.stderr.isatty():
        with _bars() as listener:
            yield listener
    else:
        yield Lines()


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
        phases: dict[str, Phase] = {}
        lock = threading.Lock()

        def listen(event: Progress) -> None:
            with lock:
                if event.instance not in tasks:
                    tasks[event.instance] = bars.add_task(
                        "", total=None, instance=event.instance, files=0, rate=""
                    )
                    started[event.instance] = time.monotonic()
                if phases.get(event.instance) is not event.phase:
                    phases[event.instance] = event.phase
                    bars.reset(tasks[event.instance])  # the time left is that of the phase
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


class Lines:
    """A line for each new phase, and one now and then within it: each ten seconds, or each tenth if that is later.

    The summary is the line for the end.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: dict[str, tuple[Progress, float]] = {}
        self._lock = threading.Lock()

    def __call__(self, event: Progress) -> None:
        if event.phase is Phase.END:
            return
        with self._lock:
            last, at = self._last.get(event.instance, (None, 0.0))
            now = self._clock()
            if last is not None and last.phase is event.phase:
                much = (event.done - last.done) * 10 >= event.total
                if now - at < (LINE_EVERY_S if much else LINE_AT_LEAST_EVERY_S):
                    return
            self._last[event.instance] = (event, now)
        how_far = ""
        if event.total:
            how_far = (
                f": {event.done} of {event.total} titles"
                if event.done
                else f" {counted(event.total, 'title')}"
            )
        files = f", {counted(event.files_read, 'file')} read" if event.files_read else ""
        click.echo(f"{event.instance}: {_WORDS[event.phase]}{how_far}{files}", err=True)
