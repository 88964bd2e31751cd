"""What is taken over from a `taggarr.json` of an earlier version: whose its labels are, and nothing else.

A label that is Taggarr's is removed wherever the verdict asks for another one. So a file that is damaged, or
that somebody made up, must not be able to declare a tag of the user's Taggarr's:

- `dub`, `semi-dub` and `wrong-dub`, the labels of earlier versions where none was configured, are taken over
  wherever the file names them;
- any other label only where the arr bears the file out: most of the titles that it names with that label
  carry this tag, and are not in their original language by the file's own account of their seasons;
- and of those no more than a few, for there were three at a time.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from taggarr.core.media import Kind
from taggarr.core.paths import folder_name
from taggarr.core.plan import ItemPlan
from taggarr.core.state_file import EarlierTag, StateProblem, excess

EARLIER_LABELS = frozenset({"dub", "semi-dub", "wrong-dub"})

MOST_LABELS = 12
"""Labels of a user's own that one file may bring: three, changed three times."""

SECTION = {Kind.SERIES: "series", Kind.MOVIE: "movies"}

_STATUSES = frozenset({"original", "semi-dub", "fully-dub", "wrong-dub"})
_TAG = re.compile(r"(?!#)\S(.{0,98}\S)?")  # `#17` stands for a tag that the arr has forgotten


@dataclass(frozen=True, slots=True)
class Imported:
    """What one file brings: `labels` that are Taggarr's, `refused` that may be somebody else's, and its tags."""

    labels: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    tags: tuple[EarlierTag, ...] = ()


def parse_state(raw: bytes) -> dict[str, Any] | StateProblem:
    """The object of a state file, or why there is none. A section that is there is an object."""
    if much := excess(raw):
        return StateProblem(f"it is {much}")
    try:
        state = json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        return StateProblem(_no_json(error))
    sections = [state.get(section) for section in SECTION.values()] if isinstance(state, dict) else []
    if all(section is None for section in sections):
        return StateProblem("it has neither `series` nor `movies`")
    if not all(isinstance(section, dict | None) for section in sections):
        return StateProblem("its `series` or `movies` are no object")
    return dict(state)


def import_tags(state: Mapping[str, Any], kind: Kind, titles: Mapping[str, Collection[str]]) -> Imported:
    """What the entries of one kind bring.

    `titles` are the tags, lower-case, of the titles that lie in the file's folder, by `title_key` of theirs.
    """
    entries = list(_entries(state, kind))
    named: dict[str, int] = {}
    borne_out: dict[str, int] = {}
    for tag, plausible in entries:
        if tag.label is None:
            continue
        there = titles.get(title_key(tag.name))
        named[tag.label] = named.get(tag.label, 0) + (there is not None)
        if plausible and there is not None and tag.label in there:
            borne_out[tag.label] = borne_out.get(tag.label, 0) + 1
    own = {label for label, count in borne_out.items() if 2 * count > named[label]} - EARLIER_LABELS
    if len(own) > MOST_LABELS:
        own = set()
    labels = own | (named.keys() & EARLIER_LABELS)
    refused = {label for label, count in named.items() if count} - labels
    return Imported(tuple(sorted(labels)), tuple(sorted(refused)), tuple(tag for tag, _ in entries))


def title_key(path: str) -> str:
    """A folder's name in the one way of writing it: the path in front of it was that of another machine."""
    return folder_name(path).casefold()


def says_otherwise(plan: ItemPlan, earlier: EarlierTag) -> ItemPlan:
    """The plan with a reason that names both, for a title that an earlier version had judged otherwise."""
    if not plan.tags or earlier.label == plan.label:
        return plan
    return replace(plan, reason=f"taggarr.json says {earlier.label or 'none'}; {plan.reason}")


def _entries(state: Mapping[str, Any], kind: Kind) -> Iterator[tuple[EarlierTag, bool]]:
    """Each entry that can be understood, and whether its seasons allow for its label."""
    for path, entry in (state.get(SECTION[kind]) or {}).items():
        text = entry.get("tag") if isinstance(entry, dict) else None
        if not isinstance(text, str):
            continue
        label = text.strip().lower()
        if not (_TAG.fullmatch(label) and label.isprintable()):
            continue
        statuses = set(_statuses(entry))
        tag = EarlierTag(
            folder_name(path),
            None if label == "none" else label,
            dubbed=kind is Kind.SERIES and label != "none" and statuses <= {"fully-dub"},
        )
        yield tag, statuses != {"original"}


def _statuses(entry: Mapping[str, Any]) -> Iterator[str]:
    seasons = entry.get("seasons")
    for season in seasons.values() if isinstance(seasons, dict) else ():
        status = season.get("status") if isinstance(season, dict) else None
        if isinstance(status, str) and status in _STATUSES:
            yield status


def _no_json(error: ValueError | RecursionError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is no text in UTF-8"
    if isinstance(error, json.JSONDecodeError):
        return f"it is no valid JSON (line {error.lineno}, column {error.colno}: {error.msg})"
    return "it is no valid JSON (a number that is none, or too many brackets)"


def _refuse(_constant: str) -> NoReturn:
    """NaN and Infinity are no JSON."""
    raise ValueError
