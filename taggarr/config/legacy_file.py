"""A YAML file that was written for 0.7 or 0.8: what stands there in the earlier way, put as it is written today.

Nobody has to touch such a file. What would be refused today becomes a warning that says how to write it; the
values mean what they meant. Keys that nobody knows were ignored there, so they are here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from taggarr.config.checks import NAME, label_today
from taggarr.config.document import Document, LooseText
from taggarr.config.problems import KeyPath, clipped, did_you_mean
from taggarr.config.schema import DefaultsKeys, FileKeys, InstanceKeys, Keys, TagsKeys
from taggarr.config.values import shown

_DEFAULTS = {
    "target_languages",
    "tags",
    "dry_run",
    "quick_mode",
    "run_interval_seconds",
    "log_level",
    "log_path",
}
_INSTANCE = {
    *("type", "url", "api_key", "root_path"),
    *("target_languages", "tags", "target_genre", "dry_run", "quick_mode"),
}
_TAGS = {"dub", "semi", "wrong"}
_SINCE = (FileKeys.model_fields.keys() | {"server", "auth", "backup", "notifications"}) - {
    "defaults",
    "instances",
}
"""Sections that 0.8 did not have: a file with one of them is of today."""

LOG_LEVELS = {"warn": "warning", "critical": "error", "fatal": "error"}
"""Words for levels that Python knows, and ours for them."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is written in another way today: at `path`, for the reason `message`.

    `kind` is `drop` (nothing is left of it), `move` (to the path `to`; the value is `text`, where that is
    given), `write` (the value is `text`) or `leave` (a person has to write it). `suggestion` says how.
    `renames`: written so, it is another tag to the arrs.
    """

    kind: Literal["drop", "move", "write", "leave"]
    path: KeyPath
    message: str
    suggestion: str
    to: KeyPath = ()
    text: str | None = None
    renames: bool = False


def is_earlier(data: Mapping[str, Any]) -> bool:
    """Whether this can be a file of 0.7 or 0.8: it has nothing that came later, and a root for each instance."""
    defaults, instances = data.get("defaults") or {}, data.get("instances")
    if (
        not data.keys().isdisjoint(_SINCE)
        or not isinstance(defaults, dict)
        or not isinstance(instances, dict)
    ):
        return False
    return (
        bool(instances)
        and _is_of_then(defaults, DefaultsKeys, _DEFAULTS)
        and all(
            _is_of_then(one, InstanceKeys, _INSTANCE) and one.get("root_path") for one in instances.values()
        )
    )


def _is_of_then(keys: Any, model: type[Keys], then: set[str]) -> bool:
    if not isinstance(keys, dict) or keys.keys() & model.model_fields.keys() - then:
        return False
    tags = keys.get("tags")
    return not (isinstance(tags, dict) and tags.keys() & TagsKeys.model_fields.keys() - _TAGS)


def modernise(document: Document) -> list[Change]:
    """Put keys where they stand today; what was done, each with its warning. References are not resolved yet."""
    data = document.data
    changes = [
        *_unknown(data),
        *_log(data),
        *_genres(data),
        *_names(data),
    ]  # names last: paths hold until then
    for change in changes:
        document.warn(change.path, change.message, suggestion=change.suggestion, key=True)
        if not change.to:
            document.drop(change.path)
        else:
            document.move(change.path, change.to)
            if change.text is not None:
                document.data[str(change.to[0])][change.to[1]] = change.text
    return changes


def lower_labels(document: Document) -> list[Change]:
    """Put labels as the arrs store them, references resolved; what was done, each with its warning."""
    changes = []
    for path, tags in _tags(document.data):
        for verdict in [name for name in tags if name in _TAGS]:
            where = (*path, verdict)
            if document.variable(where) is None and (change := label_change(where, tags[verdict])):
                document.warn(where, change.message, found=shown(tags[verdict]), suggestion=change.suggestion)
                tags[verdict] = lowered(tags[verdict])
                document.tolerated.add(where)
                changes.append(change)
    return changes


def label_change(path: KeyPath, label: object) -> Change | None:
    """How a label is written today; None where it is as it should be, or no label at all."""
    if not isinstance(label, str) or not label.strip() or not label.isprintable():
        return None
    stored = label.strip().lower()
    today = label_today(stored)
    if today == stored:
        if label.strip() == stored:
            return None
        message = f"{shown(label)} is taken in small letters, as Sonarr and Radarr keep tags"
    else:
        message = (
            f"{shown(label)} is kept, because titles may have it; but newer versions of Sonarr and Radarr make "
            "no such tag: they take `a` to `z`, digits and `-` alone"
        )
    if isinstance(label, LooseText) and label.written is not None:
        return Change("leave", path, message, "give the variable a value that is a label")
    if today:
        return Change(
            "write", path, message, f"write `{clipped(today)}`", text=today, renames=today != stored
        )
    return Change("leave", path, message, "write another label")


def lowered(label: str) -> str:
    """A label as the arrs store it; where it was written stays known."""
    return (
        LooseText(label.strip().lower(), label.written)
        if isinstance(label, LooseText)
        else label.strip().lower()
    )


def log_file(folder: str) -> str:
    """The file of a log for which a folder was named; the name of a file stays as it is."""
    return folder if folder.lower().endswith((".log", ".txt")) else folder.rstrip("/\\") + "/taggarr.log"


def _unknown(data: Mapping[str, Any]) -> Iterator[Change]:
    for path, keys, known in _mappings(data):
        for name in [each for each in keys if each not in known]:
            near = did_you_mean(name, known)
            message = f"there is no key `{clipped(name)}` here: it is ignored, as earlier versions did"
            yield Change("drop", (*path, name), message, near or "remove it")


def _mappings(data: Mapping[str, Any]) -> Iterator[tuple[KeyPath, Mapping[str, Any], set[str]]]:
    """The mappings of a file of then, each with the keys that it may have."""
    yield (), data, {"defaults", "instances"}
    yield ("defaults",), data.get("defaults") or {}, _DEFAULTS
    for name, one in data["instances"].items():
        yield ("instances", name), one, _INSTANCE
    for path, tags in _tags(data):
        yield path, tags, _TAGS


def _tags(data: Mapping[str, Any]) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
    sections = [
        (("defaults",), data.get("defaults")),
        *((("instances", n), one) for n, one in data["instances"].items()),
    ]
    for path, keys in sections:
        if isinstance(keys, dict) and isinstance(keys.get("tags"), dict):
            yield (*path, "tags"), keys["tags"]


def _names(data: Mapping[str, Any]) -> Iterator[Change]:
    for name in data["instances"]:
        today = re.sub(r"[^\w -]+", "-", name).strip(" -")
        if not NAME.fullmatch(name) and NAME.fullmatch(today) and today not in data["instances"]:
            message = f"the name is taken as `{today}`: it is made of letters, digits, blanks, `-` and `_`"
            yield Change("move", ("instances", name), message, f"write `{today}`", ("instances", today))


def _log(data: Mapping[str, Any]) -> Iterator[Change]:
    defaults = data.get("defaults") or {}
    for key in ("log_level", "log_path"):
        if key not in defaults:
            continue
        path, to = ("defaults", key), key.removeprefix("log_")
        value = defaults[key]
        if value is None or value == "":
            yield Change("drop", path, "this key has moved, and nothing is set", "remove it")
        elif not isinstance(value, str):
            hint = f"write it as `{to}` below `logging`"
            yield Change("move", path, "this key has moved", hint, ("logging", to))
        else:
            text = log_file(value.strip()) if to == "path" else LOG_LEVELS.get(value.strip().lower(), value)
            why = "this key has moved"
            if text != value:
                why += ", and names a file" if to == "path" else ", and has other words"
            hint = f"write `{to}: {clipped(text)}` below `logging`"
            yield Change("move", path, why, hint, ("logging", to), None if text == value else text)


def _genres(data: Mapping[str, Any]) -> Iterator[Change]:
    for name, one in data["instances"].items():
        if one.get("target_genre") == "":
            path = ("instances", name, "target_genre")
            yield Change("drop", path, "nothing is named: that means all titles", "remove it")
