"""The rule values in force for an item, and which line, variable, profile or override each comes from."""

from typing import Any

from taggarr.cli.origins import Facts, origin_json, origin_of_override
from taggarr.cli.output import camel, nested
from taggarr.config import Config, InstanceConfig
from taggarr.config.in_force import BUILT_IN, rule_values
from taggarr.config.schema import plain
from taggarr.core.policy import Policy
from taggarr.core.scope import OVERRIDE, Exclusion, profile_for
from taggarr.scan.job import Inspection


def policy_facts(policy: Policy) -> Facts:
    """Every rule value, by the keys of the configuration in camelCase."""
    return nested({key: plain(value) for key, value in rule_values(policy).items()})


def origins(settings: Config, instance: InstanceConfig, inspection: Inspection) -> Facts:
    """Where each value comes from, by its key path in camelCase (`tags.dub`, `exclude.seriesTypes`)."""
    profile = profile_for(inspection.item, instance.rules, inspection.folder)
    found: Facts = {
        camel(key): {
            "builtIn": plain(value) == BUILT_IN[f"defaults.{key}"],
            **_origin(settings, instance.name, key, profile),
        }
        for key, value in rule_values(inspection.policy).items()
    }
    if inspection.kept is not None and inspection.kept.override.targets:
        found["targetLanguages"] |= origin_of_override()
    return found


def excluded_by(
    settings: Config, instance: InstanceConfig, inspection: Inspection, exclusion: Exclusion
) -> dict[str, Any]:
    """The key that leaves an item out, and where it is written."""
    if exclusion.key == OVERRIDE:
        return {"key": OVERRIDE, **origin_of_override()}
    profile = profile_for(inspection.item, instance.rules, inspection.folder)
    key = exclusion.key
    if key == "root_path" and settings.origin_in_force(instance.name, key)[1].kind == "default":
        key = "root_paths"
    return {"key": key, **_origin(settings, instance.name, key, profile)}


def _origin(settings: Config, instance: str, key: str, profile: str | None) -> Facts:
    where, found = settings.origin_in_force(instance, key, profile)
    return origin_json(settings, where, found, profile if where.startswith("profiles.") else None)
