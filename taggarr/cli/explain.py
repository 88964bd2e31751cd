"""`taggarr explain`: why a title has its verdict, and what a scan would change."""

import sys
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import click

from taggarr.cli import USAGE
from taggarr.cli.explain_text import print_answer
from taggarr.cli.explanation import explained, remembered
from taggarr.cli.options import chosen, configured, local_path
from taggarr.cli.output import print_json
from taggarr.cli.progress import shown
from taggarr.cli.scan import exit_code, stopping, unknown_names
from taggarr.config import Config
from taggarr.core.find import is_named
from taggarr.logs import neutral
from taggarr.scan.job import InstanceSummary, ScanSummary
from taggarr.wiring.library import Library, open_library
from taggarr.wiring.scanner import open_inspector


def one_name(context: click.Context, _parameter: click.Parameter, words: tuple[str, ...]) -> str:
    """One title, path or id; a title in several words was not put into quotes."""
    if len(words) > 1:
        command = context.command_path
        raise click.UsageError(f'name one title, a longer one in quotes: {command} "{" ".join(words)}"')
    return local_path(words[0])


@click.command("explain")
@click.argument("name", metavar="TITLE|PATH|ID", nargs=-1, required=True, callback=one_name)
@click.option("-i", "--instances", metavar="A,B", help="Look in these instances only.")
@click.option("--all", "every_file", is_flag=True, help="Show every file, not only those that mattered.")
@click.option("--json", "as_json", is_flag=True, help="Print one object with everything that was found.")
@configured
def command(settings: Config, name: str, instances: str | None, every_file: bool, as_json: bool) -> int:
    """Say why a title has its verdict, and what a scan would change; nothing is changed or kept.

    The title is looked at afresh, in the arr and on the disk, and a scan may run meanwhile.
    """
    among = chosen(settings, instances)
    with stopping() as stop:
        progress = shown() if sys.stderr.isatty() else nullcontext(lambda _: None)
        with open_inspector(settings, stop) as inspector, progress as listener:
            summary = inspector.inspect([name], among, listener)
        code = exit_code(summary, stop)
    if stop.is_set():
        return code
    with open_library(settings) as library:
        assert library is not None  # the inspector has opened it
        answer = answer_to(settings, name, summary, library)
    if as_json:
        print_json(answer)
    else:
        print_answer(answer, every_file=every_file)
    for one in summary.instances.values():
        for trouble in [*([one.error[1]] if one.error else []), *(f"{one.name}: {n}" for n in one.notes)]:
            click.echo(f"taggarr: {neutral(trouble)}", err=True)
    if answer["items"] or code:
        return code
    off = [one.name for one in settings.instances if one.name not in among]
    hint = f" (not asked: {', '.join(off)})" if off else ""
    for sentence in unknown_names(summary, [name]):
        click.echo(f"taggarr: {sentence}{hint}", err=True)
    return USAGE


def answer_to(settings: Config, name: str, summary: ScanSummary, library: Library) -> dict[str, Any]:
    """What an inspection of the items that `name` means has found, as `--json` prints it."""
    asked = list(summary.instances.values())
    errors = [
        {"instance": one.name, "code": one.error[0], "message": one.error[1]} for one in asked if one.error
    ]
    near = dict.fromkeys(title for one in asked for titles in one.unknown.values() for title in titles)
    items = [each for one in asked for each in _items(settings, one, library)]
    return {
        "query": name,
        "items": items,
        "remembered": [each for one in asked if one.error for each in _remembered(one.name, name, library)],
        "near": [] if items else list(near),
        "errors": errors,
        "notes": [{"instance": one.name, "note": note} for one in asked for note in one.notes],
    }


def _items(settings: Config, one: InstanceSummary, library: Library) -> Iterator[dict[str, Any]]:
    plans = {plan.item.id: plan for plan in one.plans}
    for inspection in one.inspections:
        item_id = inspection.item.id
        last = library.last_changes(one.name, item_id)
        yield explained(settings, settings.instance(one.name), inspection, plans.get(item_id), last)


def _remembered(instance: str, name: str, library: Library) -> Iterator[dict[str, Any]]:
    records = library.records(instance)
    said = library.overrides_of(instance, [record.item for record in records.values()])
    for item_id, record in records.items():
        if is_named(record.item, record.local, [name]):
            yield remembered(instance, record, said.get(item_id), library.last_changes(instance, item_id))
