"""How `taggarr config show` prints the values in force and where each comes from: as JSON, and as tables."""

from collections.abc import Iterable
from typing import Any

import click

from taggarr.cli.config_values import Section, Shown, Value
from taggarr.cli.output import print_table
from taggarr.config import Config
from taggarr.logs import neutral


def as_json(settings: Config, instances: Iterable[str]) -> dict[str, Any]:
    """Everything as one JSON value."""
    shown = Shown(settings)
    return {
        "source": str(settings.source),
        "dataDir": str(settings.data_dir),
        "scan": _section_json(shown.scan()),
        "logging": _section_json(shown.logging()),
        "instances": {name: _section_json(shown.instance(name), profiles=True) for name in instances},
    }


def _section_json(section: Section, *, profiles: bool = False) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for each in section.values:
        *around, last = map(_camel, each.key.split("."))
        inner = made
        for part in around:
            inner = inner.setdefault(part, {})
        inner[last] = _value_json(each)
    if profiles:
        made["profiles"] = {name: _section_json(each) for name, each in section.profiles.items()}
    return made


def _value_json(each: Value) -> dict[str, Any]:
    origin = each.origin
    return {
        "value": each.value,
        "origin": origin.kind,
        "layer": each.layer,
        "line": origin.line,
        "variables": origin.variables,
        "changed": each.changed,
        "secret": each.secret,
    }


def _camel(key: str) -> str:
    first, *rest = key.split("_")
    return first + "".join(map(str.capitalize, rest))


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
            own = [each for each in profile.values if each.layer == "profile"]
            _print(f"instance {name}, where profile {title} applies", own)


def _print(title: str, values: Iterable[Value]) -> None:
    rows = [("*" if each.changed else "", each.key, _text(each.value), _source(each)) for each in values]
    click.echo(f"\n{neutral(title)}")
    if rows:
        print_table(("", "key", "value", "from"), rows)
    else:
        click.echo("  nothing of its own")


def _text(value: Any) -> str:
    """A value as YAML has it, on one line."""
    if isinstance(value, list):
        return f"[{', '.join(map(_text, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_text(inner)}' for key, inner in value.items())}}}"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return f"{value:g}" if isinstance(value, float) else str(value)


def _source(each: Value) -> str:
    origin = each.origin
    place = f"line {origin.line}" if origin.line else ""
    names = ", ".join(f"${{{name}}}" if origin.line else name for name in origin.variables)
    told = " in ".join(part for part in (names, place) if part)
    return f"{told}, {each.layer}" if each.layer in ("defaults", "profile") else told or "built in"
