"""`taggarr config init`: the first configuration, from an address, a key and the languages that are wanted."""

import os
import shlex
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from taggarr.cli import DONE
from taggarr.cli.options import quiet_options
from taggarr.cli.output import write_new
from taggarr.config import ArrType, Config, ConfigErrors, assembled, candidates, find
from taggarr.config import data_dir as data_folder
from taggarr.config.starter import StarterInstance, starter
from taggarr.core.counting import counted
from taggarr.core.errors import ArrError, ConfigError
from taggarr.core.language import Language
from taggarr.logs import neutral

if TYPE_CHECKING:
    from taggarr.wiring.first_look import Found

_USUAL_URLS = {ArrType.SONARR: "http://localhost:8989", ArrType.RADARR: "http://localhost:7878"}


@click.command("init", short_help="Write a first one, from a few answers.")
@click.option("--url", "urls", multiple=True, metavar="URL", help="Where it answers; once for each instance.")
@click.option(
    "--api-key", "keys", multiple=True, metavar="KEY", help="Its API key, or `${NAME}`; once for each --url."
)
@click.option(
    "--type",
    "types",
    multiple=True,
    type=click.Choice([kind.value for kind in ArrType]),
    help="Which product it is; found out where it is not given.",
)
@click.option("--target-languages", metavar="A,B", help="The languages that you want to hear.")
@quiet_options
def init(
    config_path: Path | None,
    data_dir: Path | None,
    urls: tuple[str, ...],
    keys: tuple[str, ...],
    types: tuple[str, ...],
    target_languages: str | None,
) -> int:
    """Write a first configuration: it asks for what it needs, or takes it as options.

    The connection is tried, and folders that lie elsewhere on this machine are looked for. The file says
    `dry_run: true`, so scans only show what they would do. A file that is there is never overwritten.
    """
    path = _place(config_path, data_dir)
    asks = sys.stdin.isatty() and sys.stderr.isatty()
    if not asks and not (urls and keys and target_languages):
        raise click.UsageError(
            "name --url, --api-key and --target-languages; they are asked for on a terminal only"
        )
    for option, values in (("--api-key", keys), ("--type", types)):
        if values and len(values) != len(urls):
            raise click.UsageError(f"give one {option} for each --url: {len(values)} for {len(urls)} now")
    targets = _targets(target_languages) if target_languages else None
    setup = _Setup(data_dir)
    if urls:
        for number, url in enumerate(urls):
            key = keys[number] if keys else _asked_key()
            setup.add(url, key, ArrType(types[number]) if types else None)
    else:
        _ask(setup)
    write_new(path, starter(targets or _asked_targets(), setup.instances).encode())
    click.echo(f"Wrote {neutral(str(path))}, which only you may read.")
    options = [("--config", config_path), ("--data-dir", data_dir)]
    scan = " ".join(
        ["taggarr scan", *(f"{option} {shlex.quote(str(each))}" for option, each in options if each)]
    )
    click.echo(
        f"Next: `{neutral(scan)}` reads the library and shows what it would do. Nothing is written yet."
    )
    return DONE


def _place(config_path: Path | None, data_dir: Path | None) -> Path:
    """Where the file shall be. Raises `ConfigError` where a configuration is there already."""
    folder = data_folder(data_dir)
    path = config_path.expanduser().absolute() if config_path else candidates(folder)[1]
    there = path if os.path.lexists(path) else None if config_path else find(folder)
    if there is not None:
        raise ConfigError(
            str(there),
            "there is a configuration already, and it stays as it is; name another file with --config",
        )
    return path


class _Setup:
    """The instances that answered."""

    def __init__(self, data_dir: Path | None) -> None:
        self._data_dir = data_dir
        self.instances: list[StarterInstance] = []

    def add(self, url: str, key: str, kind: ArrType | None) -> None:
        """Try an instance and say what was found. Raises `ArrError` and `ConfigError`."""
        from taggarr.wiring.first_look import answering, first_look  # noqa: PLC0415 - `config check` needs no arr

        url = url.strip() if "://" in url or "${" in url else f"http://{url.strip()}"
        expected = kind or _likely(url)
        given = self._configured(expected.value, url, key, expected).instances[0]
        product, info = answering(given, either=kind is None)
        name = self._name(product.value)
        click.echo(neutral(f"{name}: {info.app} {info.version} answers; looking for its files …"), err=True)
        found = first_look(self._configured(name, url, key, product))
        self.instances.append(
            StarterInstance(name, product, url, key.strip(), found.mappings, found.unplaced)
        )
        for line in _described(name, product, found):
            click.echo(neutral(line))

    def _configured(self, name: str, url: str, key: str, kind: ArrType) -> Config:
        data = {"instances": {name: {"type": kind.value, "url": url, "api_key": key}}}
        return assembled(data, data_dir=self._data_dir)

    def _name(self, kind: str) -> str:
        taken = [one for one in self.instances if one.type.value == kind]
        return f"{kind}-{len(taken) + 1}" if taken else kind


def _described(name: str, kind: ArrType, found: "Found") -> Iterable[str]:
    titles = f"{found.titles} series" if kind is ArrType.SONARR else counted(found.titles, "movie")
    yield f"{name}: {titles} in {counted(len(found.roots), 'root folder')}: {', '.join(found.roots) or 'none yet'}"
    for mapping in found.mappings:
        yield f"  its {mapping.arr} is {mapping.local} here: written as path_mappings"
    for root in found.unplaced:
        yield f"  its {root} is not on this machine: mount it, or complete path_mappings in the file"
    for check in found.checks:
        cure = f"; {check.cure}" if check.cure else ""
        yield f"  {check.level.value}: {check.message}{cure}"


def _ask(setup: _Setup) -> None:
    """Ask for instances until there is one, and no further one."""
    offered = _usual(setup)
    while True:
        url = click.prompt("Where does your Sonarr or Radarr answer?", default=offered, err=True)
        try:
            setup.add(url, _asked_key(), None)
        except ArrError as error:
            click.echo(neutral(error.problem), err=True)
            offered = url  # the key may have been the wrong one
            continue
        except ConfigErrors as errors:
            _print_sentences(errors)
            continue
        if not click.confirm("Another one?", err=True):
            return
        offered = _usual(setup)


def _usual(setup: _Setup) -> str:
    """The address to offer: that of the product of which there is none yet."""
    there = {one.type for one in setup.instances}
    return next((url for kind, url in _USUAL_URLS.items() if kind not in there), _USUAL_URLS[ArrType.SONARR])


def _likely(url: str) -> ArrType:
    """What answers there, judged by the address: it is asked first, and named where the key is refused."""
    radarr = "radarr" in url.lower() or _USUAL_URLS[ArrType.RADARR].rpartition(":")[2] in url
    return ArrType.RADARR if radarr else ArrType.SONARR


def _print_sentences(errors: ConfigErrors) -> None:
    """What is wrong with an answer; the key that it would stand at in the file is of no interest yet."""
    for problem in errors.problems:
        click.echo(neutral(problem.sentence), err=True)


def _asked_key() -> str:
    key: str = click.prompt(
        "Its API key (Settings > General there; it is not shown here)", hide_input=True, err=True
    )
    return key


def _targets(text: str) -> Sequence[Language]:
    data = {"defaults": {"target_languages": text}, **_ANY_INSTANCE}
    return assembled(data).instances[0].rules.base.targets


def _asked_targets() -> Sequence[Language]:
    question = "Which languages do you want to hear (such as en, pt-BR, German)?"
    while True:
        try:
            return _targets(click.prompt(question, default="en", err=True))
        except ConfigErrors as errors:
            _print_sentences(errors)


_ANY_INSTANCE = {"instances": {"any": {"type": "sonarr", "url": "http://any.invalid", "api_key": "any"}}}
