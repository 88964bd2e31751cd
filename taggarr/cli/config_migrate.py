"""`taggarr config migrate`: an earlier configuration as it is written today."""

import os
import sys
from pathlib import Path

import click

from taggarr.cli import DONE
from taggarr.cli.options import quiet_options
from taggarr.cli.output import write_new
from taggarr.config import ENVIRONMENT, Config, load, migration
from taggarr.logs import neutral


@click.command("migrate", short_help="Show an earlier one as it is written today.")
@click.argument("file", required=False, metavar="[FILE]", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="F",
    help="Write it to this file, which is not there yet.",
)
@quiet_options
def migrate(
    file: Path | None,
    out: Path | None,
    config_path: Path | None,
    data_dir: Path | None,
) -> int:
    """Show an earlier configuration as it is written today.

    FILE is one of 0.7 or 0.8, else the file that a scan would read; where there is none, the environment variables
    of earlier versions are taken. Nothing that is there is changed.
    """
    if file and config_path:
        raise click.UsageError("FILE and --config name the same thing; give one of the two")
    settings = load(file or config_path, data_dir=data_dir)
    made = migration(settings.source, os.environ)
    if made is None:
        click.echo(
            neutral(f"{settings.source}: nothing in it is written in an earlier way; it can stay."), err=True
        )
        return DONE
    click.echo(made.text.encode(), nl=False)
    for problem in settings.warnings:
        if problem.line is None and (settings.source != ENVIRONMENT or not problem.where):
            click.echo(neutral(str(problem)), err=True)
    for note in made.notes:
        click.echo(neutral(note), err=True)
    target = out or _asked(settings)
    if target is not None:
        write_new(target, made.text.encode())
        click.echo(neutral(f"Written to {target}. {_next(settings, target)}"), err=True)
    return DONE


def _asked(settings: Config) -> Path | None:
    """Where a person at a terminal wants it; None elsewhere, and after a no."""
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
        return None
    old = settings.source
    target = (
        settings.data_dir / "config.yaml"
        if old == ENVIRONMENT
        else old.with_name(f"{old.stem}.new{old.suffix}")
    )
    return target if click.confirm(f"Write it to {neutral(str(target))}?", err=True) else None


def _next(settings: Config, target: Path) -> str:
    check = f"Check it with `taggarr config check --config {target}`"
    if settings.source == ENVIRONMENT:
        return f"{check}, then remove the variables that are said to go."
    return f"{check}, then put it in the place of {settings.source}."
