"""From a document to models: what pydantic refuses, said in our words, and then what spans several keys."""

from typing import Any

from pydantic import ValidationError

from taggarr.config.document import Document
from taggarr.config.problems import KeyPath, holds_secrets, last_name, one_of_these
from taggarr.config.schema import (
    DefaultsKeys,
    FileKeys,
    InstanceKeys,
    ItemKeys,
    MatchKeys,
    ProfileKeys,
    keys_at,
)
from taggarr.config.values import Refused, shown

_FROM_THE_ARR = {
    "type": "write `type: sonarr` or `type: radarr`",
    "url": "write the address of the arr, such as `url: http://localhost:8989`",
    "api_key": "copy it from Settings → General of the arr",
    "arr": "write the folder as the arr names it",
    "local": "write the same folder as this machine names it",
}
_STAND_INS = {"type": "sonarr", "url": "http://stand-in.invalid", "api_key": "stand-in"}


def validated(document: Document) -> FileKeys:
    """The models of what is right in `document`; its problems grow by what is not.

    What was refused is taken out, and what must be there is stood in for, so that checks across keys still
    see all the rest. Nobody may use the models while `document.problems` is not empty.
    """
    try:
        return FileKeys.model_validate(document.data)
    except ValidationError as error:
        rest = _copied(document.data)
        for details in error.errors(include_url=False):
            path = tuple(details["loc"])
            _report(document, path, details)
            _take_out(rest, path)
    return FileKeys.model_validate(rest)


def _report(document: Document, path: KeyPath, details: Any) -> None:
    if any(path[:end] in document.refused for end in range(1, len(path) + 1)):
        return
    match details["type"]:
        case "extra_forbidden":
            message, hint = _unknown(path)
            document.refuse(path, message, found=last_name(path), suggestion=hint, key=True)
        case "missing":
            document.refuse(path, "this key is missing", suggestion=_FROM_THE_ARR[str(path[-1])])
        case "value_error":
            refused: Refused = details["ctx"]["error"]
            found = "" if refused.withheld else shown(details["input"])
            document.refuse(
                path, refused.message, found=found, suggestion=refused.suggestion, withheld=refused.withheld
            )
        case _ if len(path) == 2 and path[0] == "instances" and path[1] in _STAND_INS:
            message = f"`{path[1]}` stands where the name of an instance belongs"
            document.refuse(path, message, suggestion="write a name such as `tv:` above, and indent its keys")
        case _:
            found = "this" if holds_secrets(path) else shown(details["input"])
            how = "without `-`" if found == "a list" else "below it or in braces"
            hint = f"write its keys as `key: value`, {how}"
            message = f"{found} stands where a mapping of keys to values belongs"
            document.refuse(path, message, found=found, suggestion=hint)


def _unknown(path: KeyPath) -> tuple[str, str | None]:
    """Message and suggestion for a key that does not exist where it stands."""
    key = str(path[-1])
    known = keys_at(path[:-1]) or ()
    whole = (
        InstanceKeys.model_fields.keys() | DefaultsKeys.model_fields.keys()
    ) - ItemKeys.model_fields.keys()
    if path[0] == "profiles" and len(path) == 3 and key in whole:
        message = f"`{key}` holds for a whole instance, and a profile for single items"
        return message, "write it under `defaults` or in the instance"
    near = next((f"it belongs {place}" for place, keys in _PLACES if key in keys and len(path) < 4), None)
    return f"there is no key `{last_name(path)}` here", near or one_of_these(key, known)


_PLACES = (
    ("under `defaults`", DefaultsKeys.model_fields),
    ("in an instance", InstanceKeys.model_fields),
    ("in a profile", ProfileKeys.model_fields),
    ("under `match` of a profile", MatchKeys.model_fields),
    ("at the top of the file", FileKeys.model_fields),
)


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return value


def _take_out(data: Any, path: KeyPath) -> None:
    """Remove what stands at `path` (of a list, all of it), or put a stand-in where a key must be."""
    end = next((index for index, part in enumerate(path) if isinstance(part, int)), len(path))
    for part in path[: end - 1]:
        data[part] = data[part] or {}
        data = data[part]
    key = path[end - 1]
    if end == 3 and path[0] == "instances" and key in _STAND_INS:
        data[key] = _STAND_INS[str(key)]
    else:
        data.pop(key, None)
