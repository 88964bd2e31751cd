"""An explanation for people: the same facts as in its JSON, told in the order of a question and its answer."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import click

from taggarr.cli.explain_files import mattering, print_file
from taggarr.cli.explain_words import heading, named, said_of, verdict_text
from taggarr.cli.origins import origin_text
from taggarr.cli.output import print_fields, shown_moment
from taggarr.cli.summary import MARKS
from taggarr.config.in_force import value_text
from taggarr.core.counting import counted
from taggarr.core.paths import folder_name
from taggarr.core.verdict import Verdict
from taggarr.logs import neutral

Facts = dict[str, Any]


def print_answer(answer: Facts, *, every_file: bool = False) -> None:
    """The answer as `--json` has it: one item at length, or several briefly."""
    items: Sequence[Facts] = answer["items"]
    if len(items) == 1:
        _print_explained(items[0], answer["query"], every_file=every_file)
    else:
        print_several(items)
    for item in answer["remembered"]:
        _print_remembered(item)
    if answer["errors"] and not items and not answer["remembered"]:
        click.echo(f"No earlier scan knew {neutral(repr(answer['query']))}.")


def print_several(items: Sequence[Facts]) -> None:
    """What a name may mean, and how to choose."""
    for item in items:
        click.secho(neutral(heading(item)), bold=True)
        rows = [("verdict", verdict_text(item)), ("folder", item["folder"])]
        print_fields(named_once([*rows, *(("a scan would", line) for line in planned(item))]))
    if items:
        click.echo(
            "\nSeveral titles are meant: name one by its folder, or choose with --instances; --json shows all."
        )


def planned(item: Facts) -> list[str]:
    """What a scan would change, a line each; or why nothing."""
    plan = item["plan"]
    if item["excluded"] is not None:
        return ["leave it alone, with the tags that it has"]
    if item["verdict"] == Verdict.UNKNOWN:
        return ["change nothing: what is not known changes no tag"]
    if plan["rest"] is not None:
        return [f"change nothing: {plan['reason']}"]
    lines = [f"{change['action']} the tag {change['label']}" for change in plan["tags"]]
    for nfo in plan["nfos"]:
        parts = [f"+{text}" for text in (*nfo["addTags"], *(f"genre {g}" for g in nfo["addGenres"]))]
        parts += [f"−{text}" for text in (*nfo["removeTags"], *(f"genre {g}" for g in nfo["removeGenres"]))]
        lines.append(f"edit {nfo['path']}: {', '.join(parts)}")
    if not lines:
        return ["change nothing: everything is as it should be"]
    if item["policy"]["dryRun"]:
        place = origin_text(item["origins"]["dryRun"])
        lines.append(f"only show this: the configuration says dry_run: true ({place})")
    return lines


def original_text(item: Facts) -> str:
    """The original language, and who says so."""
    if item["originalFrom"] == "override":
        return f"{named([item['original']])} (you said so; {item['app']} says {item['originalName']})"
    if item["original"] is None:
        return f"not known ({item['app']} says “{item['originalName']}”)"
    return f"{named([item['original']])} ({item['app']} says so)"


def targets_text(item: Facts) -> str:
    """The targets, and where they come from."""
    place = item["origins"]["targetLanguages"]
    if place["kind"] == "override":
        return f"{named(item['targets'])} (you said so; else {named(item['targetsConfigured'])})"
    return f"{named(item['targets'])} ({origin_text(place)})"


def _print_explained(item: Facts, query: str, *, every_file: bool) -> None:
    """One item with the files that mattered."""
    click.secho(neutral(heading(item)), bold=True)
    blank = ("", "")
    rows = [
        ("verdict", verdict_text(item)),
        *_because(item),
        blank,
        ("original", original_text(item)),
        ("targets", targets_text(item)),
        *([("you said", said_of(item["override"]))] if item["override"] else []),
        *_settings(item),
        blank,
        ("folder", item["folder"]),
        *_seasons(item),
        ("tags now", ", ".join(item["tags"]) or "none"),
        blank,
        *(("a scan would", line) for line in planned(item)),
        *(("last change", line) for line in _last(item)),
        *(("perhaps", line) for line in (item["advice"] or {}).values()),
    ]
    print_fields(named_once(rows))
    files, others = mattering(item, query, every_file=every_file)
    for file in files:
        print_file(file)
    if others:
        click.echo(f"\n  … and {counted(others, 'more file')} (--all shows them)")


def _print_remembered(item: Facts) -> None:
    """What the last scan left of an item whose arr does not answer."""
    click.secho(neutral(f"{heading(item)}, as the last scan saw it"), bold=True)
    rows = [("verdict", verdict_text(item)), ("path", item["path"])]
    if item["override"]:
        rows.append(("you said", said_of(item["override"])))
    print_fields(named_once([*rows, *(("last change", line) for line in _last(item))]))


def named_once(rows: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The rows, where several of one name follow each other only the first with it."""
    before = ""
    for name, value in rows:
        yield "" if name == before else name, value
        before = name


def _because(item: Facts) -> Iterator[tuple[str, str]]:
    """The rule that decided, or the key that leaves the item out."""
    if item["rule"] is not None:
        yield f"rule {item['rule']}", item["ruleText"]
    if item["excludedBy"] is not None:
        place = item["excludedBy"]
        where = "" if place["kind"] == "override" else f" ({origin_text(place)})"
        yield "left out by", f"{place['where'] or place['key']}{where}"


def _settings(item: Facts) -> Iterator[tuple[str, str]]:
    """The rule values that are not the built-in ones, by the keys of the configuration, one a line."""
    shown = [
        f"{_snake(key)}: {value_text(_at(item['policy'], key))} ({origin_text(place)})"
        for key, place in item["origins"].items()
        if key != "targetLanguages" and not place["builtIn"]
    ]
    if item["profile"] is not None:
        shown.insert(0, f"profile {item['profile']}")
    yield from (("policy", line) for line in shown or ["as built in"])


def _at(policy: Facts, key: str) -> Any:
    outer, _, inner = key.partition(".")
    return policy[outer][inner] if inner else policy[outer]


def _seasons(item: Facts) -> Iterator[tuple[str, str]]:
    for season in item["seasons"]:
        title = "Specials" if season["number"] == 0 else f"season {season['number']}"
        files = counted(season["files"], "file")
        counts = "" if season["counted"] else ", does not count"
        verdict = season["verdict"]
        shown = f"{MARKS[Verdict(verdict)]} {verdict}" if verdict else "not looked at"
        yield title, f"{shown} ({files}{counts})"


def _last(item: Facts) -> Iterator[str]:
    if not item["lastChanges"]:
        yield "none"
    for change in item["lastChanges"]:
        what = change["name"] if change["target"] == "tag" else folder_name(change["name"])
        result = change["result"] or "not known yet"
        error = f": {change['error']}" if change["error"] else ""
        at = shown_moment(datetime.fromisoformat(change["at"]))
        by = f"scan {change['scan']}" if change["undoes"] is None else f"undo {change['scan']}"
        told = f"{change['action']} {change['target']} {what} at {at} by {by}"
        yield f"{told}: {result}{error}"


def _snake(key: str) -> str:
    return re.sub(r"(?=[A-Z])", "_", key).lower()
