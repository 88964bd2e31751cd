"""What `doctor --report` tells of this machine and configuration, and what it has to hide."""

import importlib.metadata
import os
import platform
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from taggarr import __version__, logs
from taggarr.config import Config, InstanceConfig
from taggarr.config.problems import key_text
from taggarr.core.errors import StoreError
from taggarr.core.facts import DatabaseFacts
from taggarr.core.language import Language
from taggarr.core.paths import PathMapping
from taggarr.doctor.redaction import MASK, Redactor
from taggarr.doctor.report import Surroundings
from taggarr.store import inspection

LOG_LINES = 100
_LOG_BYTES = 64 * 1024

_SHORTEST = 8
"""Shorter values of variables (`info`, `/data`) are settings and no secrets; masked, they would make holes everywhere."""

_KEYS = {"targets": "target_languages", "labels": "tags", "roots": "root_paths"}
"""The keys of the file, where values are called otherwise."""

_SECRET_NAME = re.compile(r"(?i)key|token|secret|passw|credential")
_FILE_LIMIT = 64 * 1024


def surroundings(config: Config) -> Surroundings:
    """Versions, settings, the database and the end of the log."""
    return Surroundings(
        dict(_versions()), dict(_settings(config)), _database(config), _log(config.logging.path)
    )


def redactor(config: Config) -> Redactor:
    """What hides the secrets and hosts of this configuration and environment."""
    hosts = [urlsplit(one.url).hostname or "" for one in config.instances]
    secrets = {*config.secrets(), *_values(config)}
    return Redactor(secrets, [*hosts, platform.node()], logs.masking(secrets))


def _versions() -> Iterator[tuple[str, str]]:
    yield "taggarr", __version__
    yield "python", platform.python_version()
    yield "platform", platform.platform()
    yield "sqlite", sqlite3.sqlite_version
    yield "container", "yes" if any(map(os.path.exists, ("/.dockerenv", "/run/.containerenv"))) else "no"
    with suppress(importlib.metadata.PackageNotFoundError):  # run from a folder in which it was not installed
        for requirement in importlib.metadata.requires("taggarr") or ():
            name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
            yield name, importlib.metadata.version(name)


def _settings(config: Config) -> Iterator[tuple[str, str]]:
    """Every value in force, by its key; what a variable gave is masked, and the variable named."""
    yield "file", str(config.source)
    yield "data folder", str(config.data_dir)
    for section in ("scan", "logging"):
        values = getattr(config, section)
        for field in fields(values):
            yield _shown(config, f"{section}.{field.name}", getattr(values, field.name))
    for one in config.instances:
        yield from _of_instance(config, one)


def _of_instance(config: Config, one: InstanceConfig) -> Iterator[tuple[str, str]]:
    where = key_text(("instances", one.name))
    for field in fields(one):
        if field.name not in ("name", "rules"):
            yield _shown(config, f"{where}.{_KEYS.get(field.name, field.name)}", getattr(one, field.name))
    yield from _of_fields(config, [where, "defaults"], one.rules.base)
    for name, match, policy in one.rules.profiles:
        profile = key_text(("profiles", name))
        yield from _of_fields(config, [f"{profile}.match"], match)
        for key, value in _of_fields(config, [profile, where, "defaults"], policy):
            yield f"{where} with {key}", value


def _of_fields(config: Config, layers: Sequence[str], values: Any) -> Iterator[tuple[str, str]]:
    """Each field of a value by its key; `layers` are the keys that it may come from, the first of them shown."""
    for field in fields(values):
        key, value = _KEYS.get(field.name, field.name), getattr(values, field.name)
        inner = [f"{layer}.{key}" for layer in layers]
        if is_dataclass(value) and not isinstance(value, Language):
            yield from _of_fields(config, inner, value)
        else:
            yield inner[0], _text(config, inner, value)


def _shown(config: Config, where: str, value: object) -> tuple[str, str]:
    places = [where, f"defaults.{where.rpartition('.')[2]}"]
    if where.endswith(".root_paths"):
        places.append(where.removesuffix("s"))
    return where, _text(config, places, value)


def _text(config: Config, places: Sequence[str], value: object) -> str:
    """A value as the file would have it; one that a variable gave, in part or in whole, is masked."""
    names = {
        name for key, origin in config.origins.items() if _about(key, places) for name in origin.variables
    }
    if names:
        return f"{MASK} (from {', '.join(sorted(names))})"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_plain, value))}]"
    return _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, PathMapping):
        return f"{{arr: {value.arr}, local: {value.local}}}"
    return str(value).lower() if isinstance(value, bool) else "null" if value is None else str(value)


def _about(key: str, places: Sequence[str]) -> bool:
    """Whether the value at `key` is one of `places`, or a part of it, or holds it."""
    return any(
        f"{key}.".startswith((f"{place}.", f"{place}[")) or place.startswith(f"{key}.") for place in places
    )


def _values(config: Config) -> Iterator[str]:
    """The values of all variables and files that the configuration names, and of others that sound secret."""
    names = {name for origin in config.origins.values() for name in origin.variables}
    for name, value in os.environ.items():
        if name in names or _SECRET_NAME.search(name):
            yield from _parts(value)
    for name in names:
        if name.startswith("file:"):
            with (
                suppress(OSError),
                Path(name.removeprefix("file:")).open("rb") as file,
            ):  # it was there at load
                yield from _parts(file.read(_FILE_LIMIT).decode("utf-8", "replace"))


def _parts(value: str) -> Iterator[str]:
    for text in (value, *value.splitlines()):
        if len(text.strip()) >= _SHORTEST:
            yield text.strip()


def _database(config: Config) -> DatabaseFacts | None:
    try:
        return inspection.inspect(config.data_dir)
    except StoreError:
        return None  # the check says what is wrong with it


def _log(path: Path | None) -> Sequence[str] | None:
    """The last lines of the log file."""
    if path is None:
        return None
    try:
        with logs.file_at(path).open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _LOG_BYTES))
            lines = file.read(_LOG_BYTES).decode("utf-8", "replace").splitlines()
    except OSError as error:
        return [f"it cannot be read: {error.strerror}"]
    return [logs.neutral(line) for line in lines[-LOG_LINES:]]
