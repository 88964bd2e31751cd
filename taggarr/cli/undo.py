"""`taggarr undo`: the inverse of what a scan changed."""

from collections.abc import Sequence

import click

from taggarr.cli import DONE, FAILED, INTERRUPTED
from taggarr.cli.history import number
from taggarr.cli.options import chosen, configured
from taggarr.cli.output import print_json
from taggarr.cli.progress import shown
from taggarr.cli.scan import Stop, on_terminal, stopping
from taggarr.cli.streams import Unwritable
from taggarr.cli.summary import change_line, print_troubles
from taggarr.config import Config
from taggarr.core.counting import counted
from taggarr.logs import neutral
from taggarr.scan.report import undo_json
from taggarr.scan.undo import InstanceUndone, UndoSummary
from taggarr.wiring.scanner import Scanner, open_scanner

MOST_CHANGES = 20
MOST_LEFT = 20
MOST_OTHERS = 10


@click.command("undo")
@click.argument("scan", metavar="[SCAN]", type=int, required=False, callback=number)
@click.option("-i", "--instances", metavar="A,B", help="Only these instances.")
@click.option("--dry-run", is_flag=True, help="Show what would be taken back, and change nothing.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one object.")
@configured
def command(
    settings: Config, scan: int | None, instances: str | None, dry_run: bool, yes: bool, as_json: bool
) -> int:
    """Take back what a scan changed; without a number, what the last one did that changed something.

    What somebody has changed since is left alone. An undo is in the history, and can be undone. Scans leave its
    titles alone until their verdicts change.
    """
    names = chosen(settings, instances, also_disabled=True)
    asks = not (yes or dry_run) and on_terminal()
    if dry_run or asks:
        with stopping() as stop, open_scanner(settings, stop, "taggarr undo") as scanner:
            shown_first = _undo(scanner, scan, names, preview=True, as_json=as_json, asks=asks)
        code = exit_code(shown_first, stop)
        if dry_run or shown_first is None or stop.is_set() or not _due(shown_first):
            return code
        # Nothing is held while the question stands, and Ctrl-C answers it.
        scan = shown_first.scan
        if not click.confirm(_question(shown_first), err=True):
            click.echo("Nothing was changed.", err=True)
            return INTERRUPTED
    with stopping() as stop, open_scanner(settings, stop, "taggarr undo") as scanner:
        return exit_code(_undo(scanner, scan, names, preview=False, as_json=as_json), stop)


def exit_code(summary: UndoSummary | None, stop: Stop) -> int:
    """The process's exit code: stopped by a signal before a failure. What was left alone is none."""
    if stop.caught is not None:
        return stop.code
    instances = [] if summary is None else list(summary.instances.values())
    return FAILED if any(one.failed for one in instances) else DONE


def _question(summary: UndoSummary) -> str:
    instances = [one.summary for one in summary.instances.values()]
    changes = counted(sum(one.planned for one in instances), "change")
    titles = counted(sum(one.items for one in instances), "title")
    return f"Take back what {summary.named} changed ({changes}, {titles})?"


def _due(summary: UndoSummary) -> bool:
    """Whether an undo would write something."""
    plans = [plan for one in summary.instances.values() for plan in one.summary.plans]
    return any(not plan.policy.dry_run for plan in plans)


def _undo(
    scanner: Scanner,
    scan: int | None,
    names: Sequence[str],
    *,
    preview: bool,
    as_json: bool,
    asks: bool = False,
) -> UndoSummary | None:
    """Take it back, or show what that would be; None where nothing was ever changed.

    `asks`: a question follows where something is due, and JSON and the last line wait for its answer.
    """
    if scan is None:
        scan = scanner.last_changed(names)
    if scan is None:
        click.echo(neutral(f"taggarr: nothing has been changed yet in {', '.join(names)}"), err=True)
        return None
    changed = {change.instance for change in scanner.changes_of(scan)}
    known = {one.name for one in scanner.config.instances}
    for name in sorted(changed - known):
        click.echo(
            neutral(f"taggarr: {name} is left alone: the configuration does not name it any more"), err=True
        )
    among = [name for name in names if name in changed]
    if not among:
        where = f" in {', '.join(names)}" if changed else ""
        click.echo(neutral(f"taggarr: scan {scan} changed nothing{where}"), err=True)
        return None
    with shown() as listener:
        summary = scanner.undo(scan, among, listener, preview=preview)
    last = not (asks and _due(summary))
    try:
        if as_json and last:
            print_json(undo_json(summary), lines=True)
        _print(summary, preview=preview, quiet=as_json)
        if last and not as_json:
            click.echo(_ending(summary, preview=preview))
    except Unwritable as error:
        raise Unwritable(error.cause, "what the undo did stands, and `taggarr history` shows it") from error
    return summary


def _print(summary: UndoSummary, *, preview: bool, quiet: bool) -> None:
    """What came of an undo; `quiet`: only what went wrong, on standard error."""
    for one in summary.instances.values():
        if not quiet and not one.summary.error:
            _print_instance(one, preview=preview)
        print_troubles(one.summary, MOST_OTHERS, f"`taggarr undo {summary.scan}`")
        for left in one.left[:MOST_LEFT]:
            text = f"{one.summary.name}: left alone: {left.title}: {left.what}: {left.reason}"
            click.echo(neutral(text), err=True)
        if (more := len(one.left) - MOST_LEFT) > 0:
            click.echo(
                neutral(f"{one.summary.name}: … and {more} more left alone (--json lists all)"), err=True
            )


def _print_instance(one: InstanceUndone, *, preview: bool) -> None:
    summary = one.summary
    would = "would be " if preview else ""
    click.secho(neutral(f"{summary.name}: {counted(len(summary.plans), 'title')}"), bold=True)
    for plan in summary.plans[:MOST_CHANGES]:
        click.echo(f"  {change_line(plan)}")
    if (more := len(summary.plans) - MOST_CHANGES) > 0:
        click.echo(f"  … and {counted(more, 'more title')}")
    if one.done:
        click.echo(f"  undone before: {counted(one.done, 'change')}")
    if preview:
        click.echo(f"  changes: {summary.planned} {would}written")
    else:
        click.echo(
            f"  changes: {summary.planned} planned, {summary.applied} applied, {summary.failed} failed"
        )
    if dry := sum(plan.policy.dry_run for plan in summary.plans):
        click.echo(f"  not written: {counted(dry, 'title')} for which the configuration says dry_run: true")


def _ending(summary: UndoSummary, *, preview: bool) -> str:
    """What holds now, and the way on."""
    if preview:
        return f"Undo of {summary.named}: nothing was written."
    instances = summary.instances.values()
    applied = sum(one.summary.applied for one in instances)
    rest = any(one.failed or not (one.complete or one.previewed) for one in instances)
    it = "it" if applied == 1 else "them"
    done, back = (
        ("written again", f"takes {it} back") if summary.again else ("taken back", f"writes {it} again")
    )
    if applied or rest:
        said = f"{counted(applied, 'change')} {done}."
    elif any(one.previewed for one in instances):
        said = "nothing was written."
    else:
        said = f"nothing was left to be {done}."
    parts = [f"Undo {summary.number} of {summary.named}: {said}"]
    if rest:
        parts.append(f"`taggarr undo {summary.scan}` does the rest.")
    if applied:
        parts.append(f"`taggarr undo {summary.number}` {back}.")
    return " ".join(parts) + _holding(sum(one.held for one in instances))


def _holding(titles: int) -> str:
    """That scans do not write the same again, and how they do; a line of its own."""
    if not titles:
        return ""
    if titles == 1:
        alone, one = "this title alone until its verdict changes", "it"
    else:
        alone, one = f"these {titles} titles alone until their verdicts change", "one"
    return f"\nScans leave {alone}; `taggarr scan --item TITLE` tags {one} all the same."
