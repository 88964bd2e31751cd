"""`taggarr scan`: one scan, or the loop."""

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from types import FrameType

import click

from taggarr.cli import DONE, FAILED, GUARD, INTERRUPTED, TERMINATED, USAGE, earlier
from taggarr.cli.loop import Rhythm
from taggarr.cli.options import chosen, configured, local_path
from taggarr.cli.output import print_json
from taggarr.cli.progress import shown
from taggarr.cli.streams import Unwritable, unread
from taggarr.cli.summary import print_summary
from taggarr.config import Config, managed_labels
from taggarr.core.errors import StoreError
from taggarr.core.selection import Mode
from taggarr.logs import neutral
from taggarr.scan.job import ScanRequest, ScanSummary
from taggarr.scan.report import summary_json
from taggarr.store.problems import Replaced
from taggarr.wiring.scanner import Scanner, open_scanner

OUT_AFTER_S = 8.0
"""How long a scan that was told to stop may take before the process ends all the same."""

_NOBODY_READS = (
    "nobody reads standard output any more: what is printed there is lost, and nothing else; `taggarr history` "
    "shows what was changed"
)


@click.command("scan")
@click.option("-i", "--instances", metavar="A,B", help="Only these instances.")
@click.option(
    "--item", "items", multiple=True, metavar="TITLE|PATH|ID", help="Only this title; may be repeated."
)
@click.option("--quick", is_flag=True, help="Read one file of each season.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option(
    "--write-mode",
    type=click.Choice([str(mode.value) for mode in Mode]),
    default=str(Mode.UPDATE.value),
    help="0 update (the default), 1 read and apply everything again, 2 remove its labels, whoever set them.",
)
@click.option("--loop", is_flag=True, help="Scan again and again, as the configuration says.")
@click.option("--yes", is_flag=True, help="Let the guard pass; ask nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one summary object (in a loop one a line).")
@configured
def command(
    settings: Config,
    instances: str | None,
    items: tuple[str, ...],
    quick: bool,
    dry_run: bool,
    write_mode: str,
    loop: bool,
    yes: bool,
    as_json: bool,
) -> int:
    """Read the audio languages of every title, judge it, and write the verdict as a tag."""
    mode = Mode(int(write_mode))
    if loop and (mode is Mode.REMOVE or items):
        raise click.UsageError(
            "--loop scans whole instances for ever: it goes with neither --write-mode 2 nor --item"
        )
    later = Mode.UPDATE
    if settings.earlier is not None:
        turn = earlier.turn(settings.earlier, click.get_current_context(), mode, loop=loop)
        if turn is None:
            return _idle()
        loop, mode, later = turn
    settings = settings.with_overrides(quick=True if quick else None, dry_run=True if dry_run else None)
    names = chosen(settings, instances, also_disabled=mode is Mode.REMOVE)
    off = [name for name in names if not settings.instance(name).enabled]
    if off and mode is not Mode.REMOVE:
        raise click.UsageError(f"{', '.join(off)}: turned off in the configuration (enabled: false)")
    if not names:
        raise click.UsageError("every instance is turned off in the configuration (enabled: false)")
    if (
        mode is Mode.REMOVE
        and not (yes or dry_run)
        and on_terminal()
        and not click.confirm(_removes(settings, names, some=bool(items)), err=True)
    ):
        click.echo("Nothing was changed.", err=True)
        return INTERRUPTED
    items = tuple(map(local_path, items))
    request = ScanRequest(
        mode=mode, items=items, preview=dry_run, yes=yes, inspect=bool(items), release=bool(items)
    )
    purpose = "taggarr scan --loop" if loop else "taggarr scan"
    with stopping() as stop, open_scanner(settings, stop, purpose) as scanner:
        if loop:
            return _loop(scanner, request, names, stop, as_json=as_json, later=later)
        return _once(scanner, request, names, stop, as_json=as_json)


def _removes(settings: Config, names: Sequence[str], *, some: bool) -> str:
    """The question before write mode 2. A label has no owner in the arrs: one that a person set goes, too."""
    labels = sorted({label for name in names for label in managed_labels(settings.instance(name))})
    titles = "the titles that --item names, in" if some else "all titles of"
    return (
        f"Write mode 2 takes {', '.join(labels)} from {titles} {', '.join(map(neutral, names))} and from their NFO "
        "files, whoever set them, and the genres that Taggarr wrote. Go on?"
    )


def _once(
    scanner: Scanner, request: ScanRequest, names: Sequence[str], stop: "Stop", *, as_json: bool
) -> int:
    summary = _scan(scanner, request, names, as_json=as_json)
    guarded = [name for name, one in summary.instances.items() if one.guard is not None]
    question = f"Apply it to {' and '.join(guarded)} all the same?"
    if guarded and not as_json and on_terminal() and click.confirm(question, err=True):
        again = _scan(scanner, replace(request, yes=True), guarded, as_json=as_json)
        summary.instances |= again.instances
    for name, one in summary.instances.items():
        for inspection in one.inspections:
            if inspection.excluded is not None:
                title = neutral(inspection.item.title)
                click.echo(f"{name}: {title} is left out: {neutral(inspection.excluded.reason)}", err=True)
    if nobody := unknown_names(summary, request.items):
        for sentence in nobody:
            click.echo(f"taggarr: {sentence}", err=True)
        return max(exit_code(summary, stop), USAGE)
    return exit_code(summary, stop)


def _idle() -> int:
    """Wait until the process is told to stop; the data folder is free for scans that people start."""
    with stopping("taggarr: stopped") as stop:
        click.echo(
            "START_RUNNING is not `true`: this process waits, and you scan when you want to, in a container with "
            "`docker exec NAME taggarr scan`.",
            err=True,
        )
        stop.wait()
        return stop.code


def _loop(
    scanner: Scanner,
    request: ScanRequest,
    names: Sequence[str],
    stop: "Stop",
    *,
    as_json: bool,
    later: Mode = Mode.UPDATE,
) -> int:
    """Scan each instance when its time has come; the first pass alone counts as started by a person.

    `later` is the mode of the passes after the first.
    """
    rhythm = Rhythm([scanner.config.instance(name) for name in names], scanner.config.scan.verify_files)

    def wait(delay_s: float) -> bool:
        if not as_json:
            then = datetime.now().astimezone() + timedelta(seconds=delay_s)
            click.echo(f"Next scan at {then:%Y-%m-%d %H:%M}; Ctrl-C ends the loop.", err=True)
        return stop.wait(delay_s)

    while True:
        due, verify = rhythm.next(wait)
        if stop.is_set():
            return exit_code(None, stop)
        try:
            _scan(scanner, replace(request, verify=verify), due, as_json=as_json)
        except Replaced:
            raise
        except (StoreError, Unwritable) as error:  # a full disk may have room again at the next pass
            click.echo(f"taggarr: this pass ended early: {error}", err=True)
        request = ScanRequest(mode=later, preview=request.preview)


def _scan(scanner: Scanner, request: ScanRequest, names: Sequence[str], *, as_json: bool) -> ScanSummary:
    with shown() as listener:
        summary = scanner.scan(request, names, listener)
    had_reader = not unread()
    try:
        if as_json:
            print_json(summary_json(summary), lines=True)
        print_summary(summary, request, scanner.config, quiet=as_json)
    except Unwritable as error:
        raise Unwritable(error.cause, "what the scan did stands, and `taggarr history` shows it") from error
    if had_reader and unread():
        click.echo(f"taggarr: {_NOBODY_READS}", err=True)
    return summary


def exit_code(summary: ScanSummary | None, stop: "Stop") -> int:
    """The process's exit code: stopped by a signal before the guard before a failure."""
    if stop.caught is not None:
        return stop.code
    instances = [] if summary is None else list(summary.instances.values())
    if any(one.guard is not None for one in instances):
        return GUARD
    return FAILED if any(one.error or one.failed for one in instances) else DONE


def unknown_names(summary: ScanSummary, names: Sequence[str]) -> list[str]:
    """A sentence for each of `names` that means nothing in any instance; none while one could not be asked."""
    asked = list(summary.instances.values())
    if any(one.error for one in asked):
        return []
    sentences = []
    for name in names:
        if all(name in one.unknown for one in asked):
            close = list(dict.fromkeys(title for one in asked for title in one.unknown[name]))
            hint = f"; near: {', '.join(close)}" if close else ""
            sentences.append(neutral(f"no title, path or id of the chosen instances is {name!r}{hint}"))
    return sentences


def on_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


class Stop(threading.Event):
    """Set by SIGINT and SIGTERM: the scan ends after the item in hand."""

    caught: signal.Signals | None = None

    @property
    def code(self) -> int:
        """The exit code of a process that was told to stop."""
        return TERMINATED if self.caught is signal.SIGTERM else INTERRUPTED


@contextmanager
def stopping(
    saying: str = "taggarr: stopping after the item in hand (Ctrl-C again: at once)",
) -> Iterator[Stop]:
    """Turn SIGINT and SIGTERM into a `Stop` while the block runs.

    A second SIGINT ends the process at once, and so does the clock: an arr that drips its answer, or a share
    that hangs, may hold the item in hand for longer than anyone waits. What is open then is settled by the
    next scan, as after a kill.
    """
    stop = Stop()
    told: SimpleQueue[bool] = SimpleQueue()

    def on_signal(number: int, _frame: FrameType | None) -> None:
        # The thread that runs this was interrupted anywhere and may hold any lock, that of `stop` among them:
        # another one sets it. To put into this queue is allowed here.
        if stop.caught is None:
            stop.caught = signal.Signals(number)
            told.put(True)
            _say(saying)
        elif number == signal.SIGINT:
            _leave(stop)

    def heed() -> None:
        if told.get():
            stop.set()
            try:
                told.get(timeout=OUT_AFTER_S)
            except Empty:
                _leave(stop)

    threading.Thread(target=heed, name="signals", daemon=True).start()
    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        told.put(False)


def _leave(stop: Stop) -> None:
    """End the process without waiting for anything."""
    cursor = "\x1b[?25h" if sys.stderr.isatty() else ""  # the bars had hidden it
    _say(f"{cursor}taggarr: stopped at once; the next scan settles what was open")
    os._exit(stop.code)


def _say(text: str) -> None:
    """A line on standard error, past its buffer: the signal may have come in the middle of a write."""
    with suppress(OSError):
        os.write(2, f"{text}\n".encode())
