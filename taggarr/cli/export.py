"""`taggarr export`: the library as the last scans left it, with verdicts and languages."""

import csv
import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import click

from taggarr.cli import DONE
from taggarr.cli.options import configured
from taggarr.cli.output import json_bytes, write_whole
from taggarr.config import Config
from taggarr.core.legacy_state import StoredItem, legacy_state, legacy_text, stored_items
from taggarr.core.override import NOTHING, Override
from taggarr.core.record import ItemRecord
from taggarr.wiring.library import Library, open_library

COLUMNS = (
    "instance",
    "kind",
    "id",
    "title",
    "path",
    "original",
    "verdict",
    "label",
    "languages",
    "missing",
    "foreign",
    "reason",
    "override",
)


@click.command("export")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "csv", "state"]),
    default="json",
    show_default=True,
    help="`state` is the `taggarr.json` of earlier versions.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="F",
    help="Write this file, whole or not at all, instead of standard output.",
)
@configured
def command(settings: Config, form: str, out: Path | None) -> int:
    """Print the library with verdicts and languages, as the last scans left it."""
    with open_library(settings) as library:
        if library is None or not any(library.records(one.name) for one in settings.instances):
            click.echo("taggarr: nothing is known of this library yet; `taggarr scan` reads it", err=True)
        content = _content(settings, library, form)
    if out is None or str(out) == "-":
        click.echo(content, nl=False)
    else:
        write_whole(out, content)
    return DONE


def row(instance: str, record: ItemRecord, override: Override = NOTHING) -> dict[str, Any]:
    """One item as the export has it."""
    return {
        "instance": instance,
        "kind": record.item.kind.value,
        "id": record.item.id,
        "title": record.item.title,
        "path": record.item.path,
        "original": record.original,
        "verdict": record.verdict,
        "label": record.label,
        "languages": list(record.languages),
        "missing": list(record.missing),
        "foreign": list(record.foreign),
        "reason": record.reason,
        "override": None if override.empty else override_json(override),
    }


def override_json(override: Override) -> dict[str, Any]:
    """What a person said of an item; null, or an empty list, is what was left to the arr and the configuration."""
    return {
        "original": None if override.original is None else str(override.original),
        "targets": [str(target) for target in override.targets],
        "excluded": override.excluded,
    }


def _content(settings: Config, library: Library | None, form: str) -> bytes:
    if form == "state":
        items = () if library is None else _stored(settings, library)
        scanned_at = None if library is None else library.last_scan()
        return legacy_text(legacy_state(items, scanned_at)).encode("utf-8", "surrogateescape")
    rows = [] if library is None else list(_rows(library))
    return json_bytes(rows) if form == "json" else _csv(rows)


def _rows(library: Library) -> Iterator[dict[str, Any]]:
    for instance in library.ids:
        records = library.records(instance)
        said = library.overrides_of(instance, [record.item for record in records.values()])
        for item_id, record in records.items():
            yield row(instance, record, said[item_id].override if item_id in said else NOTHING)


def _stored(settings: Config, library: Library) -> Iterator[StoredItem]:
    for instance in settings.instances:
        records = list(library.records(instance.name).values())
        said = library.overrides(instance.name)
        yield from stored_items(records, instance.rules, said, partial(library.files, instance.name))


def _csv(rows: list[dict[str, Any]]) -> bytes:
    """The same columns; an override is `original=ko targets=de excluded=true`, as far as it says something."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([_cell(each[column]) for column in COLUMNS] for each in rows)
    return text.getvalue().encode("utf-8", "surrogateescape")


def _cell(value: Any) -> str | int | None:
    """Lists with blanks between; a text that a spreadsheet would take for a formula gets an apostrophe."""
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, dict):
        texts = {key: ",".join(each) if isinstance(each, list) else each for key, each in value.items()}
        return " ".join(f"{key}={str(text).lower()}" for key, text in texts.items() if text not in (None, ""))
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value if isinstance(value, int) else value and str(value)
