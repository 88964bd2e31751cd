"""Where values of the configuration come from, as JSON and in words."""

from typing import Any

from taggarr.config import Config
from taggarr.config.document import Origin, place_text
from taggarr.core.paths import folder_name

Facts = dict[str, Any]


def origin_json(settings: Config, where: str, origin: Origin, profile: str | None = None) -> Facts:
    """Where the value comes from that the key path `where` gives; `profile` is whose, if it is one's.

    `kind` is `default`, `file` or `environment`; `source`, `line` and `column` are its place in the file, `variables`
    what it was taken from.
    """
    written = origin.line is not None
    return {
        "kind": origin.kind,
        "where": where,
        "profile": profile,
        "source": str(settings.source) if written else None,
        "line": origin.line,
        "column": origin.column,
        "variables": list(origin.variables),
    }


def origin_of_override() -> Facts:
    """The same for what a person has said of the item: no key gives it."""
    nowhere = dict.fromkeys(("where", "profile", "source", "line", "column"))
    return {"kind": "override", **nowhere, "variables": []}


def origin_text(place: Facts) -> str:
    """Where a value comes from: `config.yaml:12, profile anime`."""
    written = None if place["line"] is None else f"{folder_name(place['source'])}:{place['line']}"
    told = place_text(place["variables"], written)
    return told if place["profile"] is None else f"{told}, profile {place['profile']}"
