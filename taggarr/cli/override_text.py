"""What was said of a title, and what that changes, for people."""

from shlex import quote
from typing import Any

import click

from taggarr.cli.explain_text import named_once, original_text, planned, targets_text
from taggarr.cli.explain_words import heading, said_of, verdict_text
from taggarr.cli.output import print_fields
from taggarr.logs import neutral

Facts = dict[str, Any]


def print_override(answer: Facts, *, changes: bool) -> None:
    """One title with what was said of it; `changes`: just now."""
    item, before, after = answer["item"], answer["before"], answer["after"]
    click.secho(neutral(heading(item)), bold=True)
    rows = [("you say", said_of(answer["override"]))]
    if answer["previous"] is not None:
        rows.append(("you said", said_of(answer["previous"])))
    if before is not None:
        rows.append(("before" if changes else "without it", verdict_text(before)))
    if after is not None:
        rows += [
            ("now", verdict_text(after)),
            ("original", original_text(after)),
            ("targets", targets_text(after)),
            *(("a scan would", line) for line in planned(after)),
        ]
    print_fields(named_once(rows))
    for line in _closing(answer, after, changes=changes).splitlines():
        click.echo(neutral(line))


def _closing(answer: Facts, after: Facts | None, *, changes: bool) -> str:
    item = answer["item"]
    if answer["known"] == "gone":
        return f"{item['instance']} lists no title of that name now; should it come back, this holds again."
    if after is None:
        return f"What that changes is not known yet, for {item['instance']} could not be asked; the next scan goes by it."
    if not changes and answer["override"] is None:
        return "Say what you know better: --original L, --targets A,B, --exclude or --include."
    if after["excluded"] is not None or after["policy"]["dryRun"]:
        return f"The next scan goes by it{_way_back(answer)}."
    if not (after["plan"]["tags"] or after["plan"]["nfos"]):
        return f"There is nothing to be written{_way_back(answer)}."
    name = f"{item['title']} ({item['year']})" if item["year"] else item["title"]
    command = f"taggarr scan --item {quote(name)} -i {item['instance']}"
    return f"The next scan writes it{_way_back(answer)}. At once:\n  {command}"


def _way_back(answer: Facts) -> str:
    """How to take back what is said, as long as something is."""
    return "; --clear takes back what you said" if answer["override"] is not None else ""
