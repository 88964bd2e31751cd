"""The rule values in force for an item, and which line, variable, profile or override each comes from."""

import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from taggarr.config import Config, InstanceConfig
from taggarr.core.language import Language
from taggarr.core.policy import Exclude, Labels, Policy
from taggarr.core.scope import OVERRIDE, Exclusion, profile_for
from taggarr.scan.job import Inspection

_KEYS = {"targets": "target_languages", "labels": "tags"}
_BUILT_IN = Policy(targets=(Language("en"),))


def policy_facts(policy: Policy) -> dict[str, Any]:
    """Every rule value, by the keys of the configuration in camelCase."""
    return {_camel(_key(field.name)): _plain(getattr(policy, field.name)) for field in fields(policy)}


def origins(settings: Config, instance: InstanceConfig, inspection: Inspection) -> dict[str, Any]:
    """Where each value comes from, by its key path in camelCase (`tags.dub`, `exclude.seriesTypes`)."""
    profile = profile_for(inspection.item, instance.rules, inspection.folder)
    found = {
        ".".join(map(_camel, key.split("."))): {
            "builtIn": value == built_in,
            **origin(settings, instance.name, key, profile),
        }
        for (key, value), (_, built_in) in zip(_leaves(inspection.policy), _leaves(_BUILT_IN), strict=True)
    }
    if inspection.kept is not None and inspection.kept.override.targets:
        found["targetLanguages"] |= _origin("override")
    return found


def origin(settings: Config, instance: str, key: str, profile: str | None) -> dict[str, Any]:
    """Where the value of one key comes from, as JSON.

    `kind` is `default`, `file`, `environment` or `override`; `where` the key path that gives it; `source`,
    `line` and `column` its place in the file, `variables` what it was taken from, `profile` whose it is.
    """
    where, found = settings.origin_in_force(instance, key, profile)
    place = _origin(found.kind, where, profile if where.startswith("profiles.") else None)
    if found.line is not None:
        place |= {"source": str(settings.source), "line": found.line, "column": found.column}
    return place | {"variables": list(found.variables)}


def excluded_by(
    settings: Config, instance: InstanceConfig, inspection: Inspection, exclusion: Exclusion
) -> dict[str, Any]:
    """The key that leaves an item out, and where it is written."""
    if exclusion.key == OVERRIDE:
        return {"key": OVERRIDE, **_origin("override")}
    profile = profile_for(inspection.item, instance.rules, inspection.folder)
    key = exclusion.key
    if key == "root_path" and settings.origin_in_force(instance.name, key)[1].kind == "default":
        key = "root_paths"
    return {"key": key, **origin(settings, instance.name, key, profile)}


def _origin(kind: str, where: str | None = None, profile: str | None = None) -> dict[str, Any]:
    nowhere = dict.fromkeys(("source", "line", "column"))
    return {"kind": kind, "where": where, "profile": profile, **nowhere, "variables": []}


def _leaves(policy: Policy) -> Iterator[tuple[str, Any]]:
    for field in fields(policy):
        value = getattr(policy, field.name)
        if isinstance(value, Labels | Exclude):
            for inner in fields(value):
                yield f"{_key(field.name)}.{inner.name}", getattr(value, inner.name)
        else:
            yield _key(field.name), value


def _key(name: str) -> str:
    return _KEYS.get(name, name)


def _plain(value: Any) -> Any:
    if isinstance(value, Labels | Exclude):
        return {_camel(field.name): _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, bool):
        return value
    return str(value)


def _camel(name: str) -> str:
    return re.sub(r"_([a-z])", lambda match: match[1].upper(), name)
