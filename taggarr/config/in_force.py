"""The values that are in force, and where each comes from, without secrets."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from taggarr.config.document import DEFAULT, Origin
from taggarr.config.problems import key_text
from taggarr.config.schema import every_key, plain
from taggarr.config.secrecy import MASK, masked
from taggarr.config.settings import Config, InstanceConfig
from taggarr.core.policy import Match, Policy

BUILT_IN = {key: plain(default) for key, default in every_key() if default is not ...}
"""The built-in defaults as plain data, by `defaults.specials`, `instances.NAME.enabled`."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value in force, as plain data without secrets. `key` is its name in the section.

    `where` is the key path that gives it (`defaults.specials`), or could where it is built in. `built_in`: it is
    the value that is built in; None for keys that have none. `secret`: it, or a part of it, is masked.
    """

    key: str
    value: Any
    where: str
    origin: Origin
    built_in: bool | None
    secret: bool

    @property
    def layer(self) -> str | None:
        """The section that gives it: `scan`, `defaults`, `instances`, `profiles`; None where it is built in."""
        return None if self.origin == DEFAULT else self.where.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Section:
    """Values that hold together: of `scan`, of an instance, or of an instance where a profile applies."""

    values: tuple[Value, ...]
    profiles: "Mapping[str, Section]"


class Shown:
    """The sections of a configuration, made from its values and their origins."""

    def __init__(self, settings: Config) -> None:
        self._settings = settings

    def scan(self) -> Section:
        """`scan`: how scans run."""
        return self._plain_section("scan", self._settings.scan)

    def logging(self) -> Section:
        """`logging`: what is written down."""
        return self._plain_section("logging", self._settings.logging)

    def instance(self, name: str) -> Section:
        """An instance with its own keys, the rules that hold in it, and its profiles."""
        instance = self._settings.instance(name)
        around = key_text(("instances", name))
        single = f"{around}.root_path" in self._settings.origins and len(instance.roots) == 1
        own = [
            self._value(key, value, f"{around}.{key}", f"instances.NAME.{key}")
            for key, value in _own(instance, "root_path" if single else "root_paths").items()
        ]
        inherited = _whole(instance) | rule_values(instance.rules.base)
        profiles = {
            title: self._profile(name, title, match, policy)
            for title, match, policy in instance.rules.profiles
        }
        return Section((*own, *self._in_force(inherited, name)), profiles)

    def _profile(self, instance: str, name: str, match: Match, policy: Policy) -> Section:
        around = key_text(("profiles", name))
        criteria = [
            self._value(f"match.{key}", value, f"{around}.match.{key}", f"profiles.NAME.match.{key}")
            for key, value in asdict(match).items()
        ]
        return Section((*criteria, *self._in_force(rule_values(policy), instance, name)), {})

    def _plain_section(self, name: str, values: Any) -> Section:
        made = (
            self._value(key, value, f"{name}.{key}", f"{name}.{key}") for key, value in asdict(values).items()
        )
        return Section(tuple(made), {})

    def _in_force(self, values: Mapping[str, Any], instance: str, profile: str | None = None) -> list[Value]:
        """Rules, each from the layer that gives it."""
        return [
            self._value(
                key, value, self._settings.origin_in_force(instance, key, profile)[0], f"defaults.{key}"
            )
            for key, value in values.items()
        ]

    def _value(self, key: str, value: Any, where: str, built_in: str) -> Value:
        data = plain(value)
        shown = self._without_secrets(data, where)
        same = data == BUILT_IN[built_in] if built_in in BUILT_IN else None
        origin = self._settings.origins.get(where, DEFAULT)
        return Value(key, shown, where, origin, same, secret=shown == MASK or shown != data)

    def _without_secrets(self, data: Any, where: str) -> Any:
        """`data` with masks over what stands for a `${…}`: of a list or mapping, the parts that do."""
        if isinstance(data, list):
            return [self._without_secrets(each, f"{where}[{index}]") for index, each in enumerate(data)]
        if isinstance(data, dict):
            return {key: self._without_secrets(inner, f"{where}.{key}") for key, inner in data.items()}
        origins = self._settings.origins
        origin = origins.get(where) or origins.get(where.rpartition("[")[0], DEFAULT)
        if origin.secret and data is not None:
            return MASK
        return masked(data) if isinstance(data, str) else data


def _own(instance: InstanceConfig, roots: str) -> dict[str, Any]:
    """The keys of an instance that no other layer gives; its folders under the name `roots`."""
    return {
        "type": instance.type,
        "url": instance.url,
        "api_key": MASK,
        "enabled": instance.enabled,
        "tls_verify": instance.tls_verify,
        "timeout_s": instance.timeout_s,
        roots: instance.roots if roots == "root_paths" else instance.roots[0],
        "path_mappings": tuple(asdict(each) for each in instance.path_mappings),
    }


def _whole(instance: InstanceConfig) -> dict[str, Any]:
    """What holds for whole instances: one of interval and schedule is in force."""
    rhythm = "schedule" if instance.schedule else "run_interval_seconds"
    return {rhythm: getattr(instance, rhythm), "write_state_json": instance.write_state_json}


def rule_values(policy: Policy) -> dict[str, Any]:
    """The values of a policy by the keys of the configuration: `target_languages`, `tags.dub`."""
    values = {name: getattr(policy, name) for name in Policy.__slots__}
    named = {"targets": "target_languages", "labels": "tags"}
    made: dict[str, Any] = {}
    for name, value in values.items():
        key = named.get(name, name)
        if name in ("labels", "exclude"):
            made |= {f"{key}.{inner}": each for inner, each in asdict(value).items()}
        else:
            made[key] = value
    return made


def value_text(value: Any) -> str:
    """A value of plain data as YAML has it, on one line."""
    if isinstance(value, list):
        return f"[{', '.join(map(value_text, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {value_text(inner)}' for key, inner in value.items())}}}"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return f"{value:g}" if isinstance(value, float) else str(value)
