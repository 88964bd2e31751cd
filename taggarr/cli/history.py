"""`taggarr history`: what was changed, and when."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import click

from taggarr.cli import DONE
from taggarr.cli.options import configured
from taggarr.cli.output import moment, print_json, print_table, shown_moment
from taggarr.config import Config
from taggarr.core.errors import NotFound
from taggarr.core.find import is_named, near
from taggarr.core.paths import folder_name
from taggarr.core.record import Action, Change, Target
from taggarr.wiring.library import Library, open_library

MOST_SHOWN = 200

MOST_SCANS = 2**63 - 1
"""The largest number that the database could give to a scan."""

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def _since(_context: click.Context, _option: click.Parameter, value: str | None) -> datetime | None:
    """A date or time in ISO 8601 (local where it names no zone), or how long ago: `7d`, `12h`. Aware."""
    if value is None:
        return None
    ago = re.fullmatch(r"\s*(\d+)\s*([smhdw])\s*", value, re.IGNORECASE)
    try:
        if ago:
            return datetime.now().astimezone() - timedelta(**{_UNITS[ago[2].lower()]: int(ago[1])})
        return datetime.fromisoformat(value.strip()).astimezone()
    except (ValueError, OverflowError):
        message = f"{value!r} is neither a time (2026-01-31, 2026-01-31T20:00) nor a span (7d, 12h)"
        raise click.BadParameter(message) from None


def number(_context: click.Context, _option: click.Parameter, value: int | None) -> int | None:
    """The number of a scan, within what the database can compare."""
    if value is None or 1 <= value <= MOST_SCANS:
        return value
    raise click.BadParameter("no scan has that number; `taggarr history` names them")


@click.command("history")
@click.option(
    "--item", "items", multiple=True, metavar="TITLE|PATH|ID", help="Only this title; may be repeated."
)
@click.option("--scan", type=int, callback=number, metavar="N", help="Only the changes of this scan.")
@click.option("--since", callback=_since, metavar="TIME", help="Only later changes: 2026-01-31, 7d, 12h.")
@click.option("--json", "as_json", is_flag=True, help="Print an array of all changes, each with its reason.")
@configured
def command(
    settings: Config, items: tuple[str, ...], scan: int | None, since: datetime | None, as_json: bool
) -> int:
    """Show what was changed, and when; the newest change comes last."""
    with open_library(settings) as library:
        changes: Sequence[Change] = () if library is None else library.history(scan=scan, since=since)
        if items:
            changes = _of(items, changes, library)
    if as_json:
        print_json([change_json(change) for change in changes])
    elif changes:
        _print(changes)
    else:
        chosen = bool(items) or scan is not None or since is not None
        nothing = "no change matches these options" if chosen else "nothing has been changed yet"
        click.echo(f"taggarr: {nothing}", err=True)
    return DONE


def change_json(change: Change) -> dict[str, Any]:
    """One change as `history --json` prints it; `result` is null while nobody knows what became of it."""
    intent, outcome = change.intent, change.outcome
    return {
        "id": change.id,
        "scan": change.scan_id,
        "instance": change.instance,
        "itemId": intent.item_id,
        "title": intent.title,
        "target": intent.target.value,
        "action": intent.action.value,
        "name": intent.name,
        "before": list(intent.before),
        "after": list(intent.after),
        "verdict": intent.verdict,
        "reason": intent.reason,
        "at": moment(change.at),
        "result": outcome.result.value if outcome else None,
        "error": outcome.error if outcome else None,
        "settledAt": moment(change.settled_at),
        "undoes": change.undoes,
    }


def change_text(change: Change) -> str:
    """What was done: `+dub`, `−dub`, `tvshow.nfo: +dub`."""
    intent = change.intent
    if intent.target is Target.TAG:
        return f"{'+' if intent.action is Action.ADD else '−'}{intent.name}"
    before, after = dict.fromkeys(intent.before), dict.fromkeys(intent.after)
    edits = [f"+{text}" for text in after if text not in before]
    edits += [f"−{text}" for text in before if text not in after]
    return f"{folder_name(intent.name)}: {' '.join(edits)}"


def result_text(change: Change) -> str:
    """What became of it, in words."""
    if change.outcome is None:
        return "not known yet"
    error = f": {change.outcome.error}" if change.outcome.error else ""
    return f"{change.outcome.result.value}{error}"


def _of(names: Sequence[str], changes: Iterable[Change], library: Library | None) -> list[Change]:
    """The changes of the items that `names` mean, also of those that the arr no longer lists.

    Raises `NotFound` where a name means nothing that was ever known.
    """
    records = (
        []
        if library is None
        else [(instance, record) for instance in library.ids for record in library.records(instance).values()]
    )
    past = [] if library is None else library.history()
    found: set[tuple[str, int]] = set()
    for name in names:
        wanted = name.strip().casefold()
        meant = {(i, r.item.id) for i, r in records if is_named(r.item, r.local, [name])}
        meant |= {
            (change.instance, change.intent.item_id)
            for change in past
            if wanted in (change.intent.title.casefold(), str(change.intent.item_id))
        }
        if not meant:
            close = near(name, [record.item.title for _, record in records])
            hint = f"; near: {', '.join(close)}" if close else ""
            raise NotFound(name, f"no known title, path or id is {name!r}{hint}")
        found |= meant
    return [change for change in changes if (change.instance, change.intent.item_id) in found]


def _print(changes: Sequence[Change]) -> None:
    left_out = len(changes) - MOST_SHOWN
    if left_out > 0:
        click.echo(f"… {left_out} earlier changes (--json prints all; --since and --item choose)")
    rows = [
        (
            str(change.scan_id) if change.undoes is None else f"{change.scan_id} undo {change.undoes}",
            shown_moment(change.at),
            f"{change.intent.title} ({change.instance})",
            change_text(change),
            result_text(change),
        )
        for change in changes[-MOST_SHOWN:]
    ]
    print_table(("Scan", "When", "Title", "Change", "Result"), rows)
