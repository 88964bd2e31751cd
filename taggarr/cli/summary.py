"""A scan's summary for people: what every instance holds, what changed, and what needs a look."""

from collections import Counter
from collections.abc import Sequence

import click

from taggarr.config import ArrType, Config
from taggarr.config.document import place_text
from taggarr.core.counting import counted
from taggarr.core.examples import telling
from taggarr.core.plan import ItemPlan, Rest
from taggarr.core.selection import Mode
from taggarr.core.verdict import Verdict
from taggarr.logs import neutral
from taggarr.scan.job import InstanceSummary, ScanRequest, ScanSummary

MOST_CHANGES = 20
MOST_OTHERS = 10
MOST_EXAMPLES = 10
MOST_HELD = 3
MOST_OTHERS_PREVIEWED = 3
"""A dry run of a whole library is to fit on one screen."""

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
    examples = telling((one.plans for one in summary.instances.values()), MOST_EXAMPLES)
    for one in summary.instances.values():
        previewed = _previewed(one, request, settings)
        if not quiet and not _without_anything(one, request):
            _print_instance(one, request, settings, examples if previewed else None, summary.scan)
        print_troubles(one, MOST_OTHERS_PREVIEWED if previewed else MOST_OTHERS)
    if quiet:
        return
    read = sum(one.files_read for one in summary.instances.values())
    click.echo(f"Scan {summary.scan}: {counted(read, 'file')} read in {summary.seconds:.1f} s.")
    reached = [one for one in summary.instances.values() if not one.error]
    _print_switch([one.name for one in reached if _previewed(one, request, settings)], request, settings)


def _previewed(one: InstanceSummary, request: ScanRequest, settings: Config) -> bool:
    """Whether this instance's scan only showed what it would do."""
    return request.preview or settings.instance(one.name).rules.base.dry_run


def _print_switch(previewed: Sequence[str], request: ScanRequest, settings: Config) -> None:
    """The line that says how the dry run becomes a real one."""
    if not previewed:
        return
    origins = [settings.origin_in_force(name, "dry_run")[1] for name in previewed]
    written = [None if each.line is None else f"{settings.source}:{each.line}" for each in origins]
    places = dict.fromkeys(
        place_text(each.variables, place) for each, place in zip(origins, written, strict=True)
    )
    lines = [f"`dry_run: true` ({neutral(place)})" for place in places]
    switch = (
        "run it without --dry-run"
        if request.preview
        else f"remove {' and '.join(lines)} and run `taggarr scan`"
    )
    whose = "" if len(previewed) == len(settings.instances) else f" of {', '.join(previewed)}"
    click.echo(f"This was a dry run{neutral(whose)}: nothing was written. To write, {switch}.")


def _without_anything(one: InstanceSummary, request: ScanRequest) -> bool:
    """Whether there is nothing to count: it failed at once, or has none of the titles that are asked for."""
    return not one.items and (one.error is not None or bool(request.items))


def _print_instance(
    one: InstanceSummary,
    request: ScanRequest,
    settings: Config,
    examples: Sequence[ItemPlan] | None,
    scan: int,
) -> None:
    """What an instance holds and what changed; with `examples`, what would change, and those of them here."""
    sonarr = settings.instance(one.name).type is ArrType.SONARR
    titles = f"{one.items} series" if sonarr else counted(one.items, "movie")
    files = "" if request.mode is Mode.REMOVE else f", {counted(one.files_listed, 'file')}"
    click.secho(f"{one.name}: {titles}{files}", bold=True)
    counts = [f"{MARKS[verdict]} {count} {verdict.value}" for verdict, count in one.verdicts.items() if count]
    if counts:
        click.echo("  " + "   ".join(counts))
    plans = [plan for plan in one.plans if not plan.empty]
    if examples is None:
        shown = plans[:MOST_CHANGES]
    else:
        click.echo(f"  {neutral(_would(plans))}")
        shown = [plan for plan in examples if any(plan is each for each in plans)]
    for plan in shown:
        click.echo(f"  {change_line(plan)}")
    if more := len(plans) - len(shown):
        where = f" (`taggarr history --scan {scan}` lists what was done)" if examples is None else ""
        click.echo(f"  … and {counted(more, 'more title')}{where}")
    if resting := [plan.item.title for plan in one.plans if plan.rest is Rest.HELD]:
        click.echo(f"  held: {neutral(_held(resting))}")
    if examples is None:
        click.echo(f"  changes: {one.planned} planned, {one.applied} applied, {one.failed} failed")
        if held := sum(plan.policy.dry_run for plan in plans):
            click.echo(f"  not written: {counted(held, 'title')} whose profile says dry_run: true")


def _held(titles: Sequence[str]) -> str:
    """What an undo took back and this scan did not write again, and how a person has it written."""
    more = len(titles) - MOST_HELD
    named = f"{', '.join(titles[:MOST_HELD])}{f' and {more} more' if more > 0 else ''}"
    return (
        f"{counted(len(titles), 'title')} that `taggarr undo` took back: {named} "
        "(`taggarr scan --item TITLE` tags one all the same, `taggarr explain TITLE` tells more)"
    )


def _would(plans: Sequence[ItemPlan]) -> str:
    """What a scan would change, by labels: `would add dub to 3 titles; edit 2 NFO files`."""
    changes = [change for plan in plans for change in plan.tags]
    parts = []
    for verb, preposition, add in (("add", "to", True), ("remove", "from", False)):
        labels = Counter(change.label for change in changes if change.add is add)
        if labels:
            each = [f"{label} {preposition} {count}" for label, count in sorted(labels.items())]
            parts.append(f"{verb} {', '.join(each)}")
    if nfos := sum(len(plan.nfos) for plan in plans):
        parts.append(f"edit {counted(nfos, 'NFO file')}")
    return f"would {'; '.join(parts)}" if parts else "would change nothing"


def print_troubles(one: InstanceSummary, most: int, later: str = "the next scan") -> None:
    """What a person should look at, on standard error; `later` does what could not be done now."""
    if one.error is not None:
        _warn(one.error[1])
    if one.guard is not None:
        _warn(f"{one.name}: stopped by the guard: {one.guard}")
    for failure in one.failures[:most]:
        _warn(f"{one.name}: {failure.title}: {failure.what}: {failure.result.value}: {failure.error}")
    _more(one, len(one.failures) - most)
    for plan in [plan for plan in one.plans if plan.rest is Rest.PARKED]:
        _warn(f"{one.name}: {plan.item.title}: {plan.reason}")
    if one.postponed:
        names = ", ".join(dict.fromkeys(one.postponed))
        _warn(f"{one.name}: left for {later}, because the arr is working on them: {names}")
    for title, reason in one.attention[:most]:
        _warn(f"{one.name}: needs attention: {title}: {reason}")
    _more(one, len(one.attention) - most)
    for note in one.notes:
        _warn(f"{one.name}: {note}")


def _more(one: InstanceSummary, more: int) -> None:
    if more > 0:
        _warn(f"{one.name}: … and {more} more")


def _warn(text: str) -> None:
    click.echo(neutral(text), err=True)


def change_line(plan: ItemPlan) -> str:
    """One item's plan on a line: `+dub −semi-dub  Title: why`."""
    tags = [f"{'+' if change.add else '−'}{change.label}" for change in plan.tags]
    nfos = [f"{len(plan.nfos)} NFO"] if plan.nfos else []
    return neutral(f"{' '.join([*tags, *nfos])}  {plan.item.title}: {plan.reason}")
