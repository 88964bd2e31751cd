"""A scan's summary for people: what every instance holds, what changed, and what needs a look."""

import click

from taggarr.config import ArrType, Config
from taggarr.core.plan import ItemPlan, Rest
from taggarr.core.selection import Mode
from taggarr.core.verdict import Verdict
from taggarr.logs import neutral
from taggarr.scan.job import InstanceSummary, ScanRequest, ScanSummary

MOST_CHANGES = 20
MOST_OTHERS = 10

MARKS = {
    Verdict.DUB: "●",
    Verdict.SEMI_DUB: "◐",
    Verdict.WRONG_DUB: "▲",
    Verdict.ORIGINAL: "○",
    Verdict.UNKNOWN: "?",
}


def print_summary(
    summary: ScanSummary, request: ScanRequest, settings: Config, *, quiet: bool = False
) -> None:
    """Print what came of a scan; `quiet`: only what went wrong, on standard error."""
    for one in summary.instances.values():
        if not quiet and not _without_anything(one, request):
            _print_instance(one, request, settings)
        _print_troubles(one)
    if quiet:
        return
    previews = request.preview or any(
        plan.policy.dry_run for one in summary.instances.values() for plan in one.plans
    )
    read = sum(one.files_read for one in summary.instances.values())
    click.echo(f"Scan {summary.scan}: {counted(read, 'file')} read in {summary.seconds:.1f} s.")
    if previews and not all(one.error for one in summary.instances.values()):
        switch = (
            "run it without --dry-run" if request.preview else "remove `dry_run: true` from the configuration"
        )
        click.echo(f"This was a dry run: nothing was written. To write, {switch}.")


def _without_anything(one: InstanceSummary, request: ScanRequest) -> bool:
    """Whether there is nothing to count: it failed at once, or has none of the titles that are asked for."""
    return not one.items and (one.error is not None or bool(request.items))


def counted(count: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _print_instance(one: InstanceSummary, request: ScanRequest, settings: Config) -> None:
    sonarr = settings.instance(one.name).type is ArrType.SONARR
    titles = f"{one.items} series" if sonarr else counted(one.items, "movie")
    files = "" if request.mode is Mode.REMOVE else f", {counted(one.files_listed, 'file')}"
    click.secho(f"{one.name}: {titles}{files}", bold=True)
    counts = [f"{MARKS[verdict]} {count} {verdict.value}" for verdict, count in one.verdicts.items() if count]
    if counts:
        click.echo("  " + "   ".join(counts))
    for plan in [plan for plan in one.plans if not plan.empty][:MOST_CHANGES]:
        click.echo(f"  {change_line(plan)}")
    more = sum(1 for plan in one.plans if not plan.empty) - MOST_CHANGES
    if more > 0:
        click.echo(f"  … and {counted(more, 'more title')}")
    parts = [f"{one.planned} planned"]
    if not request.preview:
        parts += [f"{one.applied} applied", f"{one.failed} failed"]
    click.echo(f"  changes: {', '.join(parts)}")


def _print_troubles(one: InstanceSummary) -> None:
    """What a person should look at, on standard error."""
    if one.error is not None:
        _warn(one.error[1])
    if one.guard is not None:
        _warn(f"{one.name}: stopped by the guard: {one.guard}")
    for failure in one.failures[:MOST_OTHERS]:
        _warn(f"{one.name}: {failure.title}: {failure.what}: {failure.result.value}: {failure.error}")
    _more(one, len(one.failures))
    for plan in [plan for plan in one.plans if plan.rest is Rest.PARKED]:
        _warn(f"{one.name}: {plan.item.title}: {plan.reason}")
    if one.postponed:
        names = ", ".join(dict.fromkeys(one.postponed))
        _warn(f"{one.name}: left for the next scan, because the arr is working on them: {names}")
    for title, reason in one.attention[:MOST_OTHERS]:
        _warn(f"{one.name}: needs attention: {title}: {reason}")
    _more(one, len(one.attention))
    for note in one.notes:
        _warn(f"{one.name}: {note}")


def _more(one: InstanceSummary, count: int) -> None:
    if count > MOST_OTHERS:
        _warn(f"{one.name}: … and {count - MOST_OTHERS} more")


def _warn(text: str) -> None:
    click.echo(neutral(text), err=True)


def change_line(plan: ItemPlan) -> str:
    """One item's plan on a line: `+dub −semi-dub  Title: why`."""
    tags = [f"{'+' if change.add else '−'}{change.label}" for change in plan.tags]
    nfos = [f"{len(plan.nfos)} NFO"] if plan.nfos else []
    return neutral(f"{' '.join([*tags, *nfos])}  {plan.item.title}: {plan.reason}")
