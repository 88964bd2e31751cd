"""The validated configuration: frozen values, made once at load by `taggarr.config.load`."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from taggarr.config.document import DEFAULT, Origin
from taggarr.config.problems import Problem, key_text
from taggarr.config.secrecy import MASK
from taggarr.core.errors import NotFound
from taggarr.core.media import Kind
from taggarr.core.paths import PathMapping
from taggarr.core.policy import Rules


class Secret:
    """A text that shows itself only to who asks by name: `str`, `repr` and formatting give a mask."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def __repr__(self) -> str:
        return MASK

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)


class ArrType(StrEnum):
    """Which application an instance is."""

    SONARR = "sonarr"
    RADARR = "radarr"

    @property
    def app(self) -> str:
        """Its name as people write it."""
        return self.value.capitalize()

    @property
    def kind(self) -> Kind:
        """What its items are."""
        return Kind.SERIES if self is ArrType.SONARR else Kind.MOVIE


class Executor(StrEnum):
    """What reads files in parallel."""

    THREADS = "threads"


class VerifyFiles(StrEnum):
    """How often a scheduled scan looks at every file on the disk."""

    ALWAYS = "always"
    DAILY = "daily"
    WEEKLY = "weekly"


class LogLevel(StrEnum):
    """The least severe messages that are logged."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogFormat(StrEnum):
    """How a line of the log is written."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """How scans run. `workers` threads read files for at most `instance_workers` instances at a time."""

    workers: int
    instance_workers: int
    executor: Executor
    verify_files: VerifyFiles


@dataclass(frozen=True, slots=True)
class LoggingSettings:
    """What is logged, and where: `path` None is standard error."""

    level: LogLevel
    path: Path | None
    format: LogFormat


@dataclass(frozen=True, slots=True)
class InstanceConfig:
    """One configured Sonarr or Radarr.

    `url` has no slash at its end. `roots` is empty for all root folders of the arr. Exactly one of
    `run_interval_seconds` and `schedule` (a cron expression of five fields) is set.
    """

    name: str
    type: ArrType
    url: str
    api_key: Secret
    enabled: bool
    tls_verify: bool | str
    timeout_s: float
    roots: tuple[str, ...]
    path_mappings: tuple[PathMapping, ...]
    rules: Rules
    run_interval_seconds: int | None
    schedule: str | None
    write_state_json: bool


@dataclass(frozen=True, slots=True)
class EarlierStart:
    """What the environment of an earlier version says about scans that nobody calls by a command.

    `loop` is START_RUNNING: scan again and again, else wait for whoever comes. `write_mode` is WRITE_MODE.
    """

    loop: bool
    write_mode: int


ENVIRONMENT = Path("environment")
"""The source of a configuration that has no file, only the environment variables of an earlier version."""


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that the configuration says. `instances` are in the order of the file.

    `warnings` are things that work and are to be written in another way. `earlier` is None unless the
    environment of an earlier version stands in for a file; `source` is `ENVIRONMENT` then.
    """

    source: Path
    data_dir: Path
    scan: ScanSettings
    logging: LoggingSettings
    instances: tuple[InstanceConfig, ...]
    origins: Mapping[str, Origin] = field(default_factory=lambda: MappingProxyType({}))
    warnings: tuple[Problem, ...] = ()
    earlier: EarlierStart | None = None

    def instance(self, name: str) -> InstanceConfig:
        """The instance called `name`. Raises `NotFound`."""
        for each in self.instances:
            if each.name == name:
                return each
        there = ", ".join(each.name for each in self.instances)
        raise NotFound(name, f"no instance is called `{name}`; the configuration has {there}")

    def origin(self, where: str) -> Origin:
        """Where the value of the key path `where` (`instances.tv.tags.dub`) comes from.

        An instance's key that is not written comes from `defaults`, else it is built in.
        """
        if where.startswith("instances.") and where not in self.origins:
            where = f"defaults.{where.split('.', 2)[-1]}"
        return self.origins.get(where, DEFAULT)

    def origin_in_force(self, instance: str, key: str, profile: str | None = None) -> tuple[str, Origin]:
        """Where the value of a rule (`specials`, `tags.dub`) comes from that holds in an instance: key path, origin.

        The key path is that of the profile, of the instance or of `defaults`, whichever gives the value; that
        of `defaults` where it is built in.
        """
        layers = [*([key_text(("profiles", profile))] if profile else []), key_text(("instances", instance))]
        for where in (*(f"{layer}.{key}" for layer in layers), f"defaults.{key}"):
            if where in self.origins:
                return where, self.origins[where]
        return f"defaults.{key}", DEFAULT

    def secrets(self) -> frozenset[str]:
        """Every secret text, for the masks of the log."""
        return frozenset(instance.api_key.reveal() for instance in self.instances)

    def with_overrides(
        self, *, quick: bool | None = None, dry_run: bool | None = None, log_level: LogLevel | None = None
    ) -> "Config":
        """This configuration with what the command line says above all else; None leaves a value alone."""
        given = {"quick_mode": quick, "dry_run": dry_run}
        changes = {key: value for key, value in given.items() if value is not None}
        instances = tuple(replace(each, rules=_changed(each.rules, changes)) for each in self.instances)
        logging = replace(self.logging, level=log_level or self.logging.level)
        return replace(self, instances=instances, logging=logging)


def _changed(rules: Rules, changes: Mapping[str, Any]) -> Rules:
    profiles = tuple((name, match, replace(policy, **changes)) for name, match, policy in rules.profiles)
    return Rules(replace(rules.base, **changes), profiles)


def managed_labels(instance: InstanceConfig) -> frozenset[str]:
    """The labels that the configuration of `instance` names, its profiles' included."""
    named = (label for policy in instance.rules.policies for label in astuple(policy.labels))
    return frozenset(label for label in named if label is not None)
