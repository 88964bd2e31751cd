"""The configuration: one YAML file and the environment, checked whole, made into frozen values.

`load` is the way in; it raises `ConfigErrors`, which holds every problem with its place. `config.schema`
holds the keys as pydantic models, for documents and tools.
"""

from taggarr.config.excerpt import Excerpt
from taggarr.config.legacy_environment import names_an_arr
from taggarr.config.legacy_migration import Migration, migration
from taggarr.config.loading import assembled, load
from taggarr.config.locate import candidates, data_dir, find
from taggarr.config.problems import ConfigErrors, Problem
from taggarr.config.settings import (
    ENVIRONMENT,
    ArrType,
    Config,
    EarlierStart,
    Executor,
    InstanceConfig,
    LogFormat,
    LoggingSettings,
    LogLevel,
    ScanSettings,
    Secret,
    VerifyFiles,
    managed_labels,
)

__all__ = [
    "ENVIRONMENT",
    "ArrType",
    "Config",
    "ConfigErrors",
    "EarlierStart",
    "Excerpt",
    "Executor",
    "InstanceConfig",
    "LogFormat",
    "LogLevel",
    "LoggingSettings",
    "Migration",
    "Problem",
    "ScanSettings",
    "Secret",
    "VerifyFiles",
    "assembled",
    "candidates",
    "data_dir",
    "find",
    "load",
    "managed_labels",
    "migration",
    "names_an_arr",
]
