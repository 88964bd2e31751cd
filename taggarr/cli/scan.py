"""`taggarr scan`: one scan, or the loop."""

import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

import click

from taggarr.cli import DONE as OK
from taggarr.cli import FAILED, GUARD, INTERRUPTED, TERMINATED, USAGE
from taggarr.cli.loop import Rhythm
from taggarr.cli.options import chosen, configured, print_json
from taggarr.cli.progress import shown
from taggarr.cli.summary import print_summary
from taggarr.config import Config
from taggarr.core.selection import Mode
from taggarr.scan.job import ScanRequest, ScanSummary
from taggarr.scan.report import summary_json
from taggarr.wiring.scanner import Scanner, open_scanner

_REMOVES = "Write mode 2 takes away every tag, NFO tag and genre that Taggarr wrote. Go on?"


@click.command("scan")
@click.option("-i", "--instances", metavar="A,B", help="Only these instances.")
@click.option(
    "--item", "items", multiple=True, metavar="TITLE|PATH|ID", help="Only this title; may be repeated."
)
@click.option("--quick", is_flag=True, help="Read one file of each season.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option(
    "--write-mode",
    type=click.IntRange(0, 2),
    default=0,
    show_default=True,
    help="0 update, 1 read and apply everything again, 2 remove what Taggarr wrote.",
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
    write_mode: int,
    loop: bool,
    yes: bool,
    as_json: bool,
) -> int:
    """Read the audio languages of every title, judge it, and write the verdict as a tag."""
    mode = Mode(write_mode)
    if loop and (mode is Mode.REMOVE or items):
        raise click.UsageError(
            "--loop scans whole instances for ever: it goes with neither --write-mode 2 nor --item"
        )
    settings = settings.with_overrides(quick=True if quick else None, dry_run=True if dry_run else None)
    names = chosen(settings, instances, also_disabled=mode is Mode.REMOVE)
    off = [name for name in names if not settings.instance(name).enabled]
    if off and mode is not Mode.REMOVE:
        raise click.UsageError(f"{', '.join(off)}: turned off in the configuration (enabled: false)")
    if mode is Mode.REMOVE and not (yes or dry_run) and _on_terminal():
        click.confirm(_REMOVES, abort=True, err=True)
    request = ScanRequest(mode=mode, items=items, preview=dry_run, yes=yes)
    with stopping() as stop, open_scanner(settings, stop) as scanner:
        if loop:
            return _loop(scanner, request, names, stop, as_json=as_json)
        return _once(scanner, request, names, stop, as_json=as_json)


def _once(
    scanner: Scanner, request: ScanRequest, names: Sequence[str], stop: "Stop", *, as_json: bool
) -> int:
    summary = _scan(scanner, request, names, as_json=as_json)
    guarded = [name for name, one in summary.instances.items() if one.guard is not None]
    if guarded and not as_json and _on_terminal() and click.confirm("Apply it all the same?", err=True):
        again = ScanRequest(request.mode, request.items, request.preview, request.verify, yes=True)
        summary = _scan(scanner, again, guarded, as_json=as_json)
    if request.items and not any(one.items or one.error for one in summary.instances.values()):
        click.echo(f"taggarr: {_nobody(scanner, request.items)}", err=True)
        return USAGE
    return exit_code(summary, stop)


def _loop(
    scanner: Scanner, request: ScanRequest, names: Sequence[str], stop: "Stop", *, as_json: bool
) -> int:
    """Scan each instance when its time has come; the first pass alone counts as started by a person."""
    rhythm = Rhythm([scanner.config.instance(name) for name in names], scanner.config.scan.verify_files)
    while True:
        due, verify = rhythm.next(stop.wait)
        if stop.is_set():
            return exit_code(None, stop)
        passing = ScanRequest(request.mode, (), request.preview, verify, request.yes)
        _scan(scanner, passing, due, as_json=as_json)


def _scan(scanner: Scanner, request: ScanRequest, names: Sequence[str], *, as_json: bool) -> ScanSummary:
    with shown() as listener:
        summary = scanner.scan(request, names, listener)
    if as_json:
        print_json(summary_json(summary), lines=True)
    print_summary(summary, request, scanner.config, quiet=as_json)
    return summary


def exit_code(summary: ScanSummary | None, stop: "Stop") -> int:
    """The process's exit code: stopped by a signal before the guard before a failure."""
    if stop.caught is not None:
        return TERMINATED if stop.caught is signal.SIGTERM else INTERRUPTED
    instances = [] if summary is None else list(summary.instances.values())
    if any(one.guard is not None for one in instances):
        return GUARD
    return FAILED if any(one.error or one.failed for one in instances) else OK


def _nobody(scanner: Scanner, names: Sequence[str]) -> str:
    from taggarr.core.find import near  # noqa: PLC0415 - only where nothing was found

    titles = scanner.titles()
    close = [title for name in names for title in near(name, titles)]
    hint = f"; near: {', '.join(close)}" if close else ""
    return f"no title, path or id of the chosen instances is {' or '.join(map(repr, names))}{hint}"


def _on_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


class Stop(threading.Event):
    """Set by SIGINT and SIGTERM: the scan ends after the item in hand. A second SIGINT ends it at once."""

    caught: signal.Signals | None = None


@contextmanager
def stopping() -> Iterator[Stop]:
    """Turn SIGINT and SIGTERM into a `Stop` while the block runs."""
    stop = Stop()

    def on_signal(number: int, _frame: FrameType | None) -> None:
        if stop.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        stop.caught = stop.caught or signal.Signals(number)
        stop.set()
        click.echo("taggarr: stopping after the item in hand (Ctrl-C again: at once)", err=True)

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
