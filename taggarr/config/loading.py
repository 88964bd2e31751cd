"""From the file and the environment to a `Config`."""

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from taggarr.config import checks, environment, legacy_environment, legacy_file, locate, syntax
from taggarr.config.document import Document
from taggarr.config.schema import (
    DefaultsKeys,
    FileKeys,
    InstanceKeys,
    ItemKeys,
    Keys,
    LoggingKeys,
    allowed_at,
    keys_at,
)
from taggarr.config.settings import (
    ENVIRONMENT,
    Config,
    EarlierStart,
    InstanceConfig,
    LoggingSettings,
    ScanSettings,
)
from taggarr.config.validation import validated
from taggarr.core.paths import PathMapping
from taggarr.core.policy import Exclude, Labels, Match, Policy, Rules


def load(
    path: str | Path | None = None,
    environ: Mapping[str, str] | None = None,
    *,
    data_dir: str | Path | None = None,
) -> Config:
    """The configuration of `path` (`--config`), or of the first file of the search order.

    `environ` (by default the process's) gives `TAGGARR_DATA_DIR`, overrides and `${…}`; `data_dir` is
    `--data-dir`. Raises `ConfigErrors` with every problem at once. Nothing on the disk is changed.
    """
    environ = os.environ if environ is None else environ
    folder = locate.data_dir(data_dir, environ)
    source, document, earlier = _read(path, folder, environ)
    return _made(document, source, folder, earlier)


def assembled(
    data: dict[str, Any], environ: Mapping[str, str] | None = None, *, data_dir: str | Path | None = None
) -> Config:
    """The configuration of `data`, the keys of a file that is not written yet. Raises `ConfigErrors`.

    The environment gives what stands in `${…}`, and no overrides.
    """
    environ = os.environ if environ is None else environ
    document = Document("what was given", data=data)
    environment.substitute(document, environ)
    return _made(document, Path(), locate.data_dir(data_dir, environ))


def _made(document: Document, source: Path, folder: Path, earlier: EarlierStart | None = None) -> Config:
    file = validated(document)
    checks.check(document, file)
    if document.problems:
        raise document.errors(allowed_at)
    return Config(
        source=source,
        data_dir=folder,
        scan=ScanSettings(**_values(file.scan)),
        logging=_logging(file.logging, folder),
        instances=tuple(_instance(name, keys, file) for name, keys in file.instances.items()),
        origins=MappingProxyType(document.origins()),
        warnings=document.told(document.warnings),
        earlier=earlier,
    )


def _read(
    path: str | Path | None, folder: Path, environ: Mapping[str, str]
) -> tuple[Path, Document, EarlierStart | None]:
    """What the file and the environment say, whatever their age, put as it is written today."""
    if path or locate.find(folder, environ) or not legacy_environment.names_an_arr(environ):
        source = locate.source(path, folder, environ)
        document = syntax.read(source)
        of_then = legacy_file.is_earlier(document.data)
        if of_then:
            legacy_file.modernise(document)
        applied, earlier = legacy_environment.beside(document, environ), None
    else:
        source, of_then = ENVIRONMENT, False
        document = Document(str(source))
        applied, earlier = legacy_environment.alone(document, environ)
    environment.apply_overrides(document, environ, keys_at)
    legacy_environment.tell(document, applied)
    environment.substitute(document, environ)
    if of_then:
        legacy_file.lower_labels(document)
    return source, document, earlier


def _instance(name: str, keys: InstanceKeys, file: FileKeys) -> InstanceConfig:
    own = (file.defaults, keys)
    profiles = (
        (title, Match(**_values(profile.match)), _policy((*own, profile)))
        for title, profile in file.profiles.items()
    )
    interval, schedule = _rhythm(own)
    return InstanceConfig(
        name=name,
        type=keys.type,
        url=keys.url,
        api_key=keys.api_key,
        enabled=keys.enabled,
        tls_verify=keys.tls_verify,
        timeout_s=keys.timeout_s,
        roots=checks.roots_of(keys),
        path_mappings=tuple(PathMapping(each.arr, each.local) for each in keys.path_mappings),
        rules=Rules(_policy(own), tuple(profiles)),
        run_interval_seconds=interval,
        schedule=schedule,
        write_state_json=_layered(own, "write_state_json"),
    )


def _policy(layers: tuple[ItemKeys, ...]) -> Policy:
    """The rule values of the last layer that gives each; `tags` and `exclude` are laid over key by key."""
    plain = ItemKeys.model_fields.keys() - {"target_languages", "tags", "exclude"}
    return Policy(
        targets=tuple(dict.fromkeys(_layered(layers, "target_languages"))),
        labels=Labels(**_nested(layers, "tags")),
        exclude=Exclude(**_nested(layers, "exclude")),
        **{name: _layered(layers, name) for name in plain},
    )


def _layered(layers: tuple[ItemKeys, ...], key: str) -> Any:
    """The value of the last layer that gives `key`; the first one, `defaults`, always does."""
    value = getattr(layers[0], key)
    for layer in layers[1:]:
        if key in layer.model_fields_set:
            value = getattr(layer, key)
    return value


def _nested(layers: tuple[ItemKeys, ...], key: str) -> dict[str, Any]:
    made = _values(getattr(layers[0], key))
    for layer in layers[1:]:
        inner = getattr(layer, key)
        made.update({name: getattr(inner, name) for name in inner.model_fields_set})
    return made


def _rhythm(layers: tuple[DefaultsKeys, ...]) -> tuple[int | None, str | None]:
    """Interval or cron expression, whichever the last layer names; `schedule: null` is back to the interval."""
    interval: int = layers[0].run_interval_seconds
    schedule: str | None = None
    for layer in layers:
        if "run_interval_seconds" in layer.model_fields_set:
            interval, schedule = layer.run_interval_seconds, None
        if "schedule" in layer.model_fields_set:
            schedule = layer.schedule
    return (None, schedule) if schedule else (interval, None)


def _logging(keys: LoggingKeys, folder: Path) -> LoggingSettings:
    """A path that is not absolute lies in the data folder."""
    path = folder / locate.expanded(keys.path) if keys.path else None
    return LoggingSettings(keys.level, path, keys.format)


def _values(keys: Keys) -> dict[str, Any]:
    return {name: getattr(keys, name) for name in type(keys).model_fields}
