"""`taggarr config …`: the configuration."""

from pathlib import Path

import click

from taggarr.cli import DONE, USAGE
from taggarr.cli.config_init import init
from taggarr.cli.config_migrate import migrate
from taggarr.cli.config_problems import problem_json, told
from taggarr.cli.options import chosen, print_warnings, quiet_options
from taggarr.cli.output import print_json
from taggarr.config import Config, ConfigErrors, load
from taggarr.core.counting import counted
from taggarr.logs import neutral


@click.group("config")
def command() -> None:
    """Write the configuration, check it, show it, or describe it."""


command.add_command(init)
command.add_command(migrate)


@command.command("check", short_help="Name everything that is wrong with it.")
@click.option("--json", "as_json", is_flag=True, help="Print an array of the problems.")
@quiet_options
def check(config_path: Path | None, data_dir: Path | None, as_json: bool) -> int:
    """Read the configuration and name everything that is wrong with it; nothing is touched."""
    try:
        settings = load(config_path, data_dir=data_dir)
    except ConfigErrors as errors:
        return _refused(errors, as_json)
    if as_json:
        print_json([problem_json(problem) for problem in settings.warnings])
    else:
        print_warnings(settings)
        click.echo(neutral(f"{settings.source}: nothing is wrong{_beside(settings)}; {_holds(settings)}."))
    return DONE


@command.command("show", short_help="Show the values in force and their sources.")
@click.option("-i", "--instances", metavar="A,B", help="Show these instances only.")
@click.option("--json", "as_json", is_flag=True, help="Print one object.")
@quiet_options
def show(
    config_path: Path | None,
    data_dir: Path | None,
    instances: str | None,
    as_json: bool,
) -> int:
    """Show the values in force and where each comes from, without secrets."""
    from taggarr.cli import config_show  # noqa: PLC0415 - `check` does without

    try:
        settings = load(config_path, data_dir=data_dir)
    except ConfigErrors as errors:
        return _refused(errors, as_json)
    names = chosen(settings, instances, also_disabled=True)
    if as_json:
        print_json(config_show.as_json(settings, names))
    else:
        config_show.print_sections(settings, names)
    return DONE


@command.command("schema", short_help="Print its JSON Schema, for editors.")
@quiet_options
def schema(config_path: Path | None, data_dir: Path | None) -> None:  # noqa: ARG001 - every command takes them
    """Print the JSON Schema of the configuration file, for editors."""
    from taggarr.config.json_schema import json_schema  # noqa: PLC0415 - `check` does without

    print_json(json_schema())


def _refused(errors: ConfigErrors, as_json: bool) -> int:
    if as_json:
        print_json([problem_json(problem) for problem in errors.problems])
    for line in () if as_json else told(errors):
        click.echo(line, err=True)
    return USAGE


def _beside(settings: Config) -> str:
    count = len(settings.warnings)
    return f", but {counted(count, 'warning')}" if count else ""


def _holds(settings: Config) -> str:
    off = sum(1 for one in settings.instances if not one.enabled)
    named = counted(len(settings.instances), "instance")
    return f"it has {named}" + (f", {off} turned off" if off else "")
