"""The files of an explained item: which mattered, and what each of their tracks is taken for."""

from collections.abc import Sequence
from typing import Any

import click

from taggarr.cli.explain_words import language_name, verdict_text
from taggarr.cli.output import print_fields, print_table
from taggarr.cli.probe import flag_words, language_words
from taggarr.core.counting import counted
from taggarr.core.paths import folder_name, is_under
from taggarr.core.verdict import Verdict
from taggarr.logs import neutral

MOST_FILES = 3

Facts = dict[str, Any]


def mattering(item: Facts, query: str, *, every_file: bool) -> tuple[Sequence[Facts], int]:
    """The files to show, and how many others there are: the one that was asked for, or those that decided.

    A file on which the arr and the disk disagree matters, too.
    """
    files: Sequence[Facts] = item["files"]
    named = [file for file in files if is_under(query, file["path"]) or is_under(query, file["arrPath"])]
    if named or every_file:
        return named or files, 0
    counting = [file for file in files if file["counted"]]
    deciding = [file for file in counting if _decides(file["verdict"], item["verdict"])]
    shown = sorted(deciding, key=lambda file: not file["assumed"])[:MOST_FILES]
    if item["verdict"] in (Verdict.DUB, Verdict.ORIGINAL):
        shown = [file for file in shown if file["assumed"]] or shown[:1]
    odd = [file for file in counting if file["disagreement"] and file not in shown]
    shown += odd[: MOST_FILES - len(shown)]
    return shown, len(files) - len(shown)


def print_file(file: Facts) -> None:
    """One file: its finding by which rule, who read it, and its tracks with what they are taken for."""
    place = _place(file)
    path = "" if file["path"].endswith(place) else f"  {file['path']}"
    click.echo(f"\n  {click.style(neutral(place), bold=True)}{neutral(path)}")
    left_out = "" if file["counted"] else "; this season does not count"
    rows = [("finding", f"{verdict_text(file)}{left_out}")]
    if file["rule"] is not None:
        rows.append((f"rule {file['rule']}", file["ruleText"]))
    if file["reader"]:
        rows.append(("read by", file["reader"]))
    if file["disagreement"]:
        rows.append(("but", file["disagreement"]))
    print_fields(rows, indent=4)
    tracks = [
        (
            str(track["position"]),
            language_name(track["takenFor"]) or "–",
            "yes" if track["counted"] else "no",
            track["note"],
            _stated(track),
        )
        for track in file["tracks"]
    ]
    if tracks:
        print_table(("#", "Language", "Counts", "Why", "As stated"), tracks, indent=4)


def _stated(track: Facts) -> str:
    """A track in the container's words."""
    channels = counted(track["channels"], "channel") if track["channels"] is not None else ""
    title = f"“{track['title']}”" if track["title"] else ""
    parts = [language_words(track), title, track["codec"], channels, *flag_words(track)]
    return ", ".join(part for part in parts if part)


def _decides(finding: str | None, verdict: str | None) -> bool:
    """Whether files with this finding are what the verdict rests on: a semi-dub rests on what is no dub."""
    if verdict == Verdict.SEMI_DUB:
        return finding in (Verdict.SEMI_DUB, Verdict.ORIGINAL)
    return finding == verdict


def _place(file: Facts) -> str:
    if file["season"] is None or not file["episodes"]:
        return folder_name(file["path"])
    first, last = file["episodes"][0], file["episodes"][-1]
    return f"S{file['season']:02}E{first:02}" + (f"-E{last:02}" if last != first else "")
