"""The options that all commands share, and what they lead to."""

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from taggarr import logs
from taggarr.config import Config, LogLevel, load
from taggarr.logs import neutral

P = ParamSpec("P")
R = TypeVar("R")


def config_options(function: Callable[P, R]) -> Callable[P, R]:
    """`--config`, `--data-dir` and `--log-level`, as `config_path`, `data_dir` and `log_level`."""
    return _places(_log_level(expose=True)(function))


def quiet_options(function: Callable[P, R]) -> Callable[P, R]:
    """The same for a command that logs nothing: it takes `--log-level`, as all do, and hears nothing of it."""
    return _places(_log_level(expose=False)(function))


def _log_level(*, expose: bool) -> Callable[[Callable[P, R]], Callable[P, R]]:
    return click.option(
        "--log-level",
        type=click.Choice([level.value for level in LogLevel]),
        help="The least severe messages to log.",
        expose_value=expose,
    )


def _places(function: Callable[P, R]) -> Callable[P, R]:
    for option in (
        click.option(
            "--data-dir",
            type=click.Path(path_type=Path),
            metavar="DIR",
            help="The folder of database, lock and logs.",
        ),
        click.option(
            "-c",
            "--config",
            "config_path",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="The configuration file.",
        ),
    ):
        function = option(function)
    return function


def configured(function: Callable[..., R]) -> Callable[..., R]:
    """Give a command `--config`, `--data-dir` and `--log-level`; it is called with a loaded `settings`."""

    @config_options
    @functools.wraps(function)
    def call(
        *args: Any, config_path: Path | None, data_dir: Path | None, log_level: str | None, **options: Any
    ) -> R:
        settings = load(config_path, data_dir=data_dir)
        print_warnings(settings)
        if log_level is not None:
            settings = settings.with_overrides(log_level=LogLevel(log_level))
        log = settings.logging
        logs.set_up(
            level=log.level.value,
            path=log.path,
            form=log.format.value,
            secrets=settings.secrets(),
            shown=["taggarr.scan", "taggarr.wiring"],
        )
        return function(*args, settings=settings, **options)

    return call


def print_warnings(settings: Config) -> None:
    """Say on standard error what works and is to be written in another way, a line each."""
    for problem in settings.warnings:
        click.echo(neutral(str(problem)), err=True)
    if any(problem.line is not None for problem in settings.warnings):
        click.echo("`taggarr config migrate` shows the file as it is written today.", err=True)


def chosen(settings: Config, instances: str | None, *, also_disabled: bool = False) -> list[str]:
    """The instances that `--instances a,b` names, else every one that is turned on. Raises `NotFound`."""
    named = instance_names(settings, instances)
    if named is None:
        return [one.name for one in settings.instances if one.enabled or also_disabled]
    return named


def instance_names(settings: Config, instances: str | None) -> list[str] | None:
    """The instances that `--instances a,b` names; None without the option. Raises `NotFound`."""
    if instances is None:
        return None
    names = dict.fromkeys(name.strip() for name in instances.split(",") if name.strip())
    if not names:
        raise click.UsageError("--instances names no instance")
    return [settings.instance(name).name for name in names]


def local_path(name: str) -> str:
    """`name`, made absolute where it is written as a relative path (`./x`, `../x`, `.`) that leads somewhere."""
    if name.startswith(("./", "../")) or name in (".", ".."):
        path = os.path.abspath(name)  # noqa: PTH100 - Path.absolute keeps `..`, and links are not to be followed
        return path if os.path.lexists(path) else name
    return name
