"""What clients send: tags, and edits for `PUT series/editor` and `PUT movie/editor`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from taggarr.simulator.arr_errors import failure, problem
from taggarr.simulator.http_messages import Request

_MODES = ("add", "remove", "replace")
_UNREADABLE = "The JSON value could not be converted to {}."


@dataclass(frozen=True, slots=True)
class Edit:
    """One bulk edit. `tags` None: the key was missing, tags stay. `monitored` alike."""

    ids: list[int]
    tags: list[int] | None
    mode: str
    monitored: bool | None

    def applied_to(self, tags: list[int]) -> list[int]:
        """The tags of an item after this edit: union, difference, or exactly these."""
        if self.tags is None:
            return tags
        if self.mode == "remove":
            return [tag for tag in tags if tag not in self.tags]
        return list(dict.fromkeys([*(tags if self.mode == "add" else []), *self.tags]))


def read_object(request: Request) -> dict[str, Any]:
    """The body as a JSON object with lower-case keys: 415 for another type, 400 for what cannot be read."""
    if "json" not in request.headers.get("content-type", ""):
        raise problem(415)
    try:
        body = json.loads(request.body)
    except ValueError:
        raise problem(400, {"$": ["The JSON value could not be read."]}) from None
    if not isinstance(body, dict):
        raise problem(400, {"$": [_UNREADABLE.format("an object")]})
    return {key.lower(): value for key, value in body.items()}


def read_label(request: Request) -> str | None:
    """The label of a tag that is posted; None where it is missing."""
    label = read_object(request).get("label")
    if label is not None and not isinstance(label, str):
        raise problem(400, {"$.label": [_UNREADABLE.format("a string")]})
    return label


def read_edit(body: Mapping[str, Any], ids_key: str) -> Edit:
    """Read an edit; a missing `applyTags` is `add`, and so is 0. Any case will do."""
    if body.get(ids_key.lower()) is None:
        raise failure(500, "Value cannot be null. (Parameter 'source')", "System.ArgumentNullException")
    ids = _integers(body[ids_key.lower()], ids_key)
    tags = body.get("tags")
    mode = body.get("applytags", "add")
    if type(mode) is int and 0 <= mode < len(_MODES):
        mode = _MODES[mode]
    if not isinstance(mode, str) or mode.lower() not in _MODES:
        raise problem(400, {"$.applyTags": [_UNREADABLE.format("ApplyTags")]})
    monitored = body.get("monitored")
    if monitored is not None and not isinstance(monitored, bool):
        raise problem(400, {"$.monitored": [_UNREADABLE.format("Nullable<bool>")]})
    return Edit(ids, None if tags is None else _integers(tags, "tags"), mode.lower(), monitored)


def _integers(value: object, key: str) -> list[int]:
    if not isinstance(value, list) or not all(type(each) is int for each in value):
        raise problem(400, {f"$.{key}": [_UNREADABLE.format("List<int>")]})
    return list(dict.fromkeys(value)) if key == "tags" else value
