"""What a check found."""

from dataclasses import dataclass
from enum import StrEnum

from taggarr.core.paths import PathMapping


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"  # scans work, and something will surprise
    ERROR = "error"  # scans fail, or see nothing


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    `name` is fixed (`connection`, `files`), for programs. `instance` is None where no single one is meant.
    `message` says what was found and `cure` what mends it, both sentences without their full stop. `yaml` are
    lines for the configuration file, to be pasted as they stand; `mappings` is the same for programs.
    """

    name: str
    level: Level
    instance: str | None
    message: str
    cure: str | None = None
    yaml: str | None = None
    mappings: tuple[PathMapping, ...] = ()


def ok(name: str, instance: str | None, message: str) -> Check:
    return Check(name, Level.OK, instance, message)


def warning(name: str, instance: str | None, message: str, cure: str | None = None) -> Check:
    return Check(name, Level.WARNING, instance, message, cure)


def error(
    name: str, instance: str | None, message: str, cure: str | None = None, yaml: str | None = None
) -> Check:
    return Check(name, Level.ERROR, instance, message, cure, yaml)


def worst(checks: "list[Check] | tuple[Check, ...]") -> Level:
    """The worst level of all."""
    levels = {check.level for check in checks}
    return next((level for level in (Level.ERROR, Level.WARNING) if level in levels), Level.OK)
