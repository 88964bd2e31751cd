"""`taggarr override`: what a person knows better about one item, kept in the database."""

import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any, TypeVar

import click

from taggarr.cli import FAILED, USAGE
from taggarr.cli.explain import answer_to, one_name
from taggarr.cli.explain_text import print_several
from taggarr.cli.options import chosen, configured
from taggarr.cli.output import print_json
from taggarr.cli.override_change import Edit, Meant, meanings, say
from taggarr.cli.override_text import print_override
from taggarr.cli.progress import shown
from taggarr.cli.scan import exit_code, stopping, unknown_names
from taggarr.config import Config
from taggarr.config.values import Refused, speech
from taggarr.config.values import targets as target_list
from taggarr.core.language import Language
from taggarr.core.override import Override
from taggarr.logs import neutral
from taggarr.scan.job import ScanSummary
from taggarr.wiring.library import open_library
from taggarr.wiring.scanner import open_inspector

Value = TypeVar("Value")
Facts = dict[str, Any]


def _read(kind: Callable[[str], Value]) -> Callable[..., Value | None]:
    """A click callback that reads a value as the configuration does, "did you mean" included."""

    def read(_context: click.Context, _option: click.Parameter, value: str | None) -> Value | None:
        try:
            return None if value is None else kind(value)
        except Refused as refused:
            hint = f"; {refused.suggestion}" if refused.suggestion else ""
            raise click.BadParameter(f"{refused.message}{hint}") from None

    return read


def _languages(text: str) -> tuple[Language, ...]:
    parts = target_list(text)
    assert isinstance(parts, list)
    return tuple(dict.fromkeys(map(speech, parts)))


@click.command("override")
@click.argument("name", metavar="TITLE|PATH|ID", nargs=-1, required=True, callback=one_name)
@click.option("-i", "--instances", metavar="A,B", help="Look in these instances only.")
@click.option("--original", metavar="L", callback=_read(speech), help="The original language is this one.")
@click.option("--targets", metavar="A,B", callback=_read(_languages), help="Want these languages for it.")
@click.option("--exclude", is_flag=True, help="Leave it alone, with the tags that it has.")
@click.option("--include", is_flag=True, help="Judge it, whatever the configuration leaves out.")
@click.option("--clear", is_flag=True, help="Take away what was said before; other options are said anew.")
@click.option("--json", "as_json", is_flag=True, help="Print one object.")
@configured
def command(
    settings: Config,
    name: str,
    instances: str | None,
    original: Language | None,
    targets: tuple[Language, ...] | None,
    exclude: bool,
    include: bool,
    clear: bool,
    as_json: bool,
) -> int:
    """Say what you know better about one title, and see what that changes; without options, what was said.

    It is kept in the database and follows the title when that is renamed, moved or added anew. The next scan
    writes what it changes.
    """
    if exclude and include:
        raise click.UsageError("--exclude and --include say the opposite; give one of the two")
    excluded = True if exclude else False if include else None
    said = Override(original, targets or (), excluded)
    edit = None if said.empty and not clear else Edit(said, clear)
    among = chosen(settings, instances)
    with (
        stopping() as stop,
        open_inspector(settings, stop) as inspector,
        open_library(settings) as library,
        shown() if sys.stderr.isatty() else nullcontext(lambda _: None) as listener,
    ):
        assert library is not None  # the inspector has opened it
        summary = inspector.inspect([name], among, listener)
        if stop.is_set():
            return exit_code(summary, stop)
        answer = answer_to(settings, name, summary, library)
        meant = list(meanings(settings, name, summary, library))
        told: Facts = dict.fromkeys(("item", "known", "override", "previous", "before", "after"))
        code = exit_code(summary, stop)
        if len(meant) == 1:
            told, errors = say(settings, inspector, library, meant[0], edit, answer)
            answer["errors"] += errors
            code = FAILED if errors else code
    answer = {"query": name, **told, **{key: answer[key] for key in ("items", "near", "errors", "notes")}}
    if as_json:
        print_json(answer)
    elif len(meant) > 1:
        print_several(answer["items"])
    elif meant:
        print_override(answer, changes=edit is not None)
    return _ended(settings, among, summary, answer, meant, code)


def _ended(
    settings: Config,
    among: Sequence[str],
    summary: ScanSummary,
    answer: Facts,
    meant: Sequence[Meant],
    code: int,
) -> int:
    """Tell on standard error what went wrong; the exit code."""
    for error in answer["errors"]:
        click.echo(f"taggarr: {neutral(error['message'])}", err=True)
    for note in answer["notes"]:
        click.echo(f"taggarr: {note['instance']}: {neutral(note['note'])}", err=True)
    if len(meant) == 1:
        return code
    if meant:
        what = ", ".join(f"{one.item.title} ({one.item.instance} {one.item.id})" for one in meant)
        click.echo(f"taggarr: nothing was changed, for several titles are meant: {neutral(what)}", err=True)
        return USAGE
    if code:
        click.echo("taggarr: nothing was changed, for no earlier scan knew that title", err=True)
        return code
    off = [one.name for one in settings.instances if one.name not in among]
    hint = f" (not asked: {', '.join(off)})" if off else ""
    for sentence in unknown_names(summary, [answer["query"]]):
        click.echo(f"taggarr: {sentence}{hint}", err=True)
    return USAGE
