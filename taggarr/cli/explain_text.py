"""An explanation for people: the same facts as in its JSON, told in the order of a question and its answer."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import click

from taggarr.cli.output import print_fields, print_table
from taggarr.cli.summary import MARKS
from taggarr.core.language import Language, name, parse
from taggarr.core.paths import folder_name, is_under
from taggarr.core.verdict import Verdict
from taggarr.logs import neutral

MOST_FILES = 3

Facts = dict[str, Any]


def print_explained(item: Facts, query: str) -> None:
    """One item with the files that mattered."""
    click.secho(neutral(_heading(item)), bold=True)
    print_fields(
        [
            ("verdict", _verdict(item)),
            ("original", _original(item)),
            ("targets", _names(item["targets"])),
            ("policy", _policy(item)),
            ("folder", item["folder"]),
            *_seasons(item),
            ("tags now", ", ".join(item["tags"]) or "none"),
            *(("a scan would", line) for line in planned(item)),
            ("last change", _last(item)),
        ]
    )
    files, others = mattering(item, query)
    for file in files:
        _print_file(file)
    if others:
        click.echo(f"\n  … and {others} more file{'s' if others > 1 else ''} (--json shows all)")


def print_brief(item: Facts) -> None:
    """One of several items."""
    click.secho(neutral(_heading(item)), bold=True)
    rows = [("verdict", _verdict(item)), ("folder", item["folder"])]
    print_fields([*rows, *(("a scan would", line) for line in planned(item))])


def print_remembered(item: Facts) -> None:
    """What the last scan left of an item whose arr does not answer."""
    click.secho(neutral(f"{_heading(item)}, as the last scan saw it"), bold=True)
    print_fields([("verdict", _verdict(item)), ("path", item["path"]), ("last change", _last(item))])


def planned(item: Facts) -> list[str]:
    """What a scan would change, a line each; or why nothing."""
    plan = item["plan"]
    if item["excluded"] is not None:
        return ["leave it alone, with the tags that it has"]
    if plan["rest"] == "parked":
        return [f"change nothing: {plan['reason']}"]
    if item["verdict"] == Verdict.UNKNOWN:
        return ["change nothing: what is not known changes no tag"]
    lines = [f"{change['action']} the tag {change['label']}" for change in plan["tags"]]
    for nfo in plan["nfos"]:
        parts = [f"+{text}" for text in (*nfo["addTags"], *(f"genre {g}" for g in nfo["addGenres"]))]
        parts += [f"−{text}" for text in (*nfo["removeTags"], *(f"genre {g}" for g in nfo["removeGenres"]))]
        lines.append(f"edit {nfo['path']}: {', '.join(parts)}")
    if not lines:
        return ["change nothing: everything is as it should be"]
    if item["policy"]["dryRun"]:
        lines.append("only show this: the configuration says dry_run: true")
    return lines


def mattering(item: Facts, query: str) -> tuple[Sequence[Facts], int]:
    """The files to show, and how many others count: the one that was asked for, or those that decided."""
    files: Sequence[Facts] = item["files"]
    named = [file for file in files if is_under(query, file["path"]) or is_under(query, file["arrPath"])]
    if named:
        return named, 0
    counted = [file for file in files if file["counted"]]
    deciding = [file for file in counted if _decides(file["verdict"], item["verdict"])]
    shown = sorted(deciding, key=lambda file: not file["assumed"])[:MOST_FILES]
    if item["verdict"] in (Verdict.DUB, Verdict.ORIGINAL):
        shown = [file for file in shown if file["assumed"]] or shown[:1]
    return shown, len(counted) - len(shown)


def _decides(finding: str | None, verdict: str | None) -> bool:
    """Whether files with this finding are what the verdict rests on: a semi-dub rests on what is no dub."""
    if verdict == Verdict.SEMI_DUB:
        return finding in (Verdict.SEMI_DUB, Verdict.ORIGINAL)
    return finding == verdict


def _print_file(file: Facts) -> None:
    place = _place(file)
    path = "" if file["path"].endswith(place) else f"  {file['path']}"
    click.echo(f"\n  {click.style(neutral(place), bold=True)}{neutral(path)}")
    counted = "" if file["counted"] else "; this season does not count"
    rows = [("finding", f"{_verdict(file)}{counted}")]
    if file["reader"]:
        rows.append(("read by", file["reader"]))
    print_fields(rows, indent=4)
    tracks = [
        (
            str(track["position"]),
            _name(track["takenFor"]) or "–",
            "yes" if track["counted"] else "no",
            track["note"],
            track["codec"] or "",
        )
        for track in file["tracks"]
    ]
    if tracks:
        print_table(("#", "Language", "Counts", "Why", "Codec"), tracks, indent=4)


def _heading(item: Facts) -> str:
    year = item.get("year")
    shown_year = f" ({year})" if year and f"({year})" not in item["title"] else ""
    return f"{item['title']}{shown_year}: {item['kind']} {item['id']} of {item['instance']}"


def _verdict(facts: Facts) -> str:
    if facts["verdict"] is None:
        return f"none: {facts['reason']}"
    rule = f" by rule {facts['rule']}" if facts.get("rule") else ""
    return f"{MARKS[Verdict(facts['verdict'])]} {facts['verdict']}{rule}: {facts['reason']}"


def _original(item: Facts) -> str:
    if item["original"] is None:
        return f"not known (the arr says “{item['originalName']}”)"
    return _names([item["original"]])


def _policy(item: Facts) -> str:
    profile = f"profile {item['profile']}" if item["profile"] else "the instance's own"
    return f"{profile}: {', '.join(_settings(item['policy']))}"


def _settings(policy: Facts) -> Iterator[str]:
    """The rule values in force, by the keys of the configuration; empty ones are left out."""
    for key, value in policy.items():
        if key == "targetLanguages" or value in (None, [], {}):
            continue
        if isinstance(value, dict):
            inner = ", ".join(_settings({name: each for name, each in value.items() if each is not False}))
            if inner:
                yield f"{_snake(key)} ({inner})"
        elif isinstance(value, bool):
            yield f"{_snake(key)} {str(value).lower()}"
        else:
            yield f"{_snake(key)} {' / '.join(value) if isinstance(value, list) else value}"


def _seasons(item: Facts) -> Iterator[tuple[str, str]]:
    for season in item["seasons"]:
        title = "Specials" if season["number"] == 0 else f"season {season['number']}"
        files = f"{season['files']} file{'' if season['files'] == 1 else 's'}"
        counts = "" if season["counted"] else ", does not count"
        yield title, f"{season['verdict'] or 'not looked at'} ({files}{counts})"


def _last(item: Facts) -> str:
    change = item["lastChange"]
    if change is None:
        return "none"
    what = change["name"] if change["target"] == "tag" else folder_name(change["name"])
    result = change["result"] or "not known yet"
    error = f": {change['error']}" if change["error"] else ""
    at = change["at"][:16].replace("T", " ")
    return (
        f"{change['action']} {change['target']} {what} at {at} UTC by scan {change['scan']}: {result}{error}"
    )


def _place(file: Facts) -> str:
    if file["season"] is None or not file["episodes"]:
        return folder_name(file["path"])
    first, last = file["episodes"][0], file["episodes"][-1]
    return f"S{file['season']:02}E{first:02}" + (f"-E{last:02}" if last != first else "")


def _names(codes: Sequence[str]) -> str:
    return ", ".join(_name(code) or code for code in codes)


def _name(code: str | None) -> str | None:
    language = parse(code) if code else None
    return name(language) if isinstance(language, Language) else None


def _snake(key: str) -> str:
    return re.sub(r"(?=[A-Z])", "_", key).lower()
