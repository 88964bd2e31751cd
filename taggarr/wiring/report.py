"""What `doctor --report` tells of this machine and configuration, and what it has to hide."""

import importlib.metadata
import os
import platform
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from taggarr import __version__, logs
from taggarr.config import Config
from taggarr.config.in_force import Section, Shown, value_text
from taggarr.config.problems import key_text
from taggarr.core.errors import StoreError
from taggarr.core.facts import DatabaseFacts
from taggarr.doctor.redaction import Redactor
from taggarr.doctor.report import Surroundings
from taggarr.store import inspection

LOG_LINES = 100
_LOG_BYTES = 64 * 1024

_SHORTEST = 8
"""Shorter values of variables (`info`, `/data`) are settings and no secrets; masked, they would make holes everywhere."""

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
    """Every value in force, by its key, as `config show` has it; of a profile, all that holds where it applies."""
    shown = Shown(config)
    yield "file", str(config.source)
    yield "data folder", str(config.data_dir)
    yield from _of(shown.scan(), "scan")
    yield from _of(shown.logging(), "logging")
    for one in config.instances:
        section, where = shown.instance(one.name), key_text(("instances", one.name))
        yield from _of(section, where)
        for name, profile in section.profiles.items():
            yield from _of(profile, f"{where} with {key_text(('profiles', name))}")


def _of(section: Section, where: str) -> Iterator[tuple[str, str]]:
    for each in section.values:
        names = f" (from {', '.join(each.origin.variables)})" if each.origin.variables else ""
        yield f"{where}.{each.key}", value_text(each.value) + names


def _values(config: Config) -> Iterator[str]:
    """What stands for the `${…}` of the configuration, and the values of variables that sound secret."""
    names = {name for origin in config.origins.values() if origin.secret for name in origin.variables}
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
