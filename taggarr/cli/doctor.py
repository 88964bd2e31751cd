"""`taggarr doctor`: what would keep scans from working, and what mends it."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from taggarr import logs
from taggarr.cli import DONE, FAILED, USAGE
from taggarr.cli.config_problems import problem_json, told
from taggarr.cli.options import config_options, instance_names
from taggarr.cli.output import print_json, write_new
from taggarr.config import Config, ConfigErrors, LogLevel, load
from taggarr.core.counting import counted
from taggarr.doctor.check import Check, Level, worst
from taggarr.logs import neutral
from taggarr.wiring.doctor import Doctor

STANDARD_OUTPUT = Path("-")

_MARKS = {Level.OK: ("✓", "green"), Level.WARNING: ("!", "yellow"), Level.ERROR: ("✗", "red")}


@click.command("doctor")
@click.option("-i", "--instances", metavar="A,B", help="Check these instances only.")
@click.option("--json", "as_json", is_flag=True, help="Print one object with every check.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="[FILE]",
    is_flag=False,
    flag_value="-",
    help="Write a report for a bug report, without secrets and addresses, to a new file or to standard output.",
)
@config_options
def command(
    config_path: Path | None,
    data_dir: Path | None,
    log_level: str | None,
    instances: str | None,
    as_json: bool,
    report: Path | None,
) -> int:
    """Check everything that scans need: arrs, folders, labels, database. Nothing is changed.

    The exit code is 1 where something keeps scans from working.
    """
    if as_json and report is not None:
        raise click.UsageError("--json and --report exclude each other")
    try:
        settings = load(config_path, data_dir=data_dir)
    except ConfigErrors as errors:
        if as_json:
            print_json({"problems": [problem_json(problem) for problem in errors.problems]})
        for line in () if as_json else told(errors):
            click.echo(line, err=True)
        return USAGE
    # What goes wrong is a check, and so is the log's own place.
    logs.set_up(level=log_level or LogLevel.WARNING.value, secrets=settings.secrets())
    doctor = Doctor(settings)
    checks = doctor.checks(instance_names(settings, instances))
    if report is not None:
        _report(doctor, checks, report)
    elif as_json:
        print_json(
            {
                "checks": [_check_json(check) for check in checks],
                **{f"{level.value}s": _count(checks, level) for level in (Level.ERROR, Level.WARNING)},
            }
        )
    else:
        _print(settings, checks)
    return FAILED if worst(checks) is Level.ERROR else DONE


def _check_json(check: Check) -> dict[str, Any]:
    return {
        "name": check.name,
        "level": check.level.value,
        "instance": check.instance,
        "message": check.message,
        "cure": check.cure,
        "yaml": check.yaml,
    }


def _report(doctor: Doctor, checks: Sequence[Check], report: Path) -> None:
    text = doctor.report(checks)
    if report == STANDARD_OUTPUT:
        click.echo(text, nl=False)
        return
    write_new(report, text.encode("utf-8", "backslashreplace"))
    click.echo(f"{neutral(str(report))} is written; look through it before you send it", err=True)


def _count(checks: Sequence[Check], level: Level) -> int:
    return sum(1 for check in checks if check.level is level)


def _print(settings: Config, checks: Sequence[Check]) -> None:
    groups: dict[str | None, list[Check]] = {None: []}
    for check in checks:
        groups.setdefault(check.instance, []).append(check)
    for instance, group in groups.items():
        click.echo(click.style("Taggarr" if instance is None else neutral(instance), bold=True))
        _print_group(group)
        for check in group:
            for line in ("", *check.yaml.split("\n")) if check.yaml else ():
                click.echo(neutral(line))  # what it writes out, YAML reads back between double quotes
        click.echo()
    found = [
        counted(count, level.value)
        for level in (Level.ERROR, Level.WARNING)
        if (count := _count(checks, level))
    ]
    click.echo(
        f"{', '.join(found) or 'Nothing is wrong'}; {len(checks)} checks of {neutral(str(settings.source))}."
    )


def _print_group(checks: Sequence[Check]) -> None:
    """Level, name and sentence side by side, as wide as the terminal; the cure below the sentence."""
    from rich.console import Console  # noqa: PLC0415 - 60 ms that JSON need not pay
    from rich.padding import Padding  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for check in checks:
        mark, colour = _MARKS[check.level]
        level = Text(mark, style=colour) if sys.stdout.isatty() else Text(check.level.value)
        lines = [check.message, *([f"→ {check.cure}"] if check.cure else [])]
        grid.add_row(level, Text(check.name), Text("\n".join(map(neutral, lines))))
    console = Console(highlight=False, soft_wrap=False)
    with console.capture() as capture:
        console.print(Padding(grid, (0, 0, 0, 2)))
    for line in capture.get().splitlines():
        click.echo(line.rstrip())
