"""How `taggarr config show` prints the values in force and where each comes from: as JSON, and as tables."""

from collections.abc import Iterable
from typing import Any

import click

from taggarr.cli.origins import origin_json
from taggarr.cli.output import nested, print_table
from taggarr.config import Config
from taggarr.config.document import place_text
from taggarr.config.in_force import Section, Shown, Value, value_text
from taggarr.logs import neutral


def as_json(settings: Config, instances: Iterable[str]) -> dict[str, Any]:
    """Everything as one JSON value."""
    shown = Shown(settings)
    return {
        "source": str(settings.source),
        "dataDir": str(settings.data_dir),
        "scan": _section_json(settings, shown.scan()),
        "logging": _section_json(settings, shown.logging()),
        "instances": {name: _instance_json(settings, shown.instance(name)) for name in instances},
    }


def _instance_json(settings: Config, section: Section) -> dict[str, Any]:
    profiles = {name: _section_json(settings, each, name) for name, each in section.profiles.items()}
    return {**_section_json(settings, section), "profiles": profiles}


def _section_json(settings: Config, section: Section, profile: str | None = None) -> dict[str, Any]:
    return nested({each.key: _value_json(settings, each, profile) for each in section.values})


def _value_json(settings: Config, each: Value, profile: str | None) -> dict[str, Any]:
    whose = profile if each.layer == "profiles" else None
    return {
        "value": each.value,
        "secret": each.secret,
        "builtIn": each.built_in,
        **origin_json(settings, each.where, each.origin, whose),
    }


def print_sections(settings: Config, instances: Iterable[str]) -> None:
    """Everything as tables, for people."""
    shown = Shown(settings)
    click.echo(neutral(f"{settings.source}, with the data folder {settings.data_dir}"))
    click.echo("* is not what is built in.")
    _print("scan", shown.scan().values)
    _print("logging", shown.logging().values)
    for name in instances:
        section = shown.instance(name)
        _print(f"instance {name}", section.values)
        for title, profile in section.profiles.items():
            own = [each for each in profile.values if each.layer == "profiles"]
            _print(f"instance {name}, where profile {title} applies", own)


def _print(title: str, values: Iterable[Value]) -> None:
    rows = [
        ("*" if each.built_in is False else "", each.key, value_text(each.value), _source(each))
        for each in values
    ]
    click.echo(f"\n{neutral(title)}")
    if rows:
        print_table(("", "key", "value", "from"), rows)
    else:
        click.echo("  nothing of its own")


def _source(each: Value) -> str:
    line = each.origin.line
    told = place_text(each.origin.variables, None if line is None else f"line {line}")
    return told + {"defaults": ", defaults", "profiles": ", profile"}.get(each.layer or "", "")
