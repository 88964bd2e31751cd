"""The checks of a configuration, built from it and read top to bottom."""

import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from taggarr import logs, probe
from taggarr.config import Config, InstanceConfig, managed_labels
from taggarr.config.document import place_text
from taggarr.config.locate import expanded
from taggarr.config.problems import key_text
from taggarr.core.counting import counted
from taggarr.core.facts import DatabaseFacts, FolderFacts
from taggarr.doctor import report
from taggarr.doctor.check import Check, ok, warning
from taggarr.doctor.instance import Examined, Machine, examine
from taggarr.doctor.ports import Arr, Subject
from taggarr.doctor.run import CONFIGURATION, run
from taggarr.probe import folders
from taggarr.probe.disk import LocalDisk
from taggarr.probe.mediainfo import libmediainfo
from taggarr.scan.pool import JOB_DEADLINE_S
from taggarr.store import inspection, lock
from taggarr.wiring.report import redactor, surroundings
from taggarr.wiring.scanner import LocalNfos, client, utc_now

_INDENT = 4
"""How deep the keys of an instance usually stand."""


class CheckedDisk(LocalDisk):
    """This machine's folders and files, with what the checks ask beside reading them."""

    def refusal(self, path: str) -> str | None:
        return folders.refusal(path)

    def find(self, wanted: Collection[str], near: Sequence[str]) -> Iterator[Sequence[str]]:
        return folders.find(wanted, near)


@dataclass(frozen=True, slots=True)
class LocalHome:
    """What Taggarr keeps on this machine."""

    config: Config

    def folder(self) -> FolderFacts:
        return inspection.folder(self.config.data_dir)

    def holder(self) -> str | None:
        return lock.holder(self.config.data_dir)

    def database(self) -> DatabaseFacts | None:
        return inspection.inspect(self.config.data_dir)

    def log_problem(self) -> str | None:
        return logs.problem(self.config.logging.path)

    def libmediainfo_problem(self) -> str | None:
        return libmediainfo.problem()


@dataclass(frozen=True, slots=True)
class Doctor:
    """The checks of one configuration. `disk` is where media are looked at, `disk_s` how long each root may take."""

    config: Config
    disk: CheckedDisk = field(default_factory=CheckedDisk)
    disk_s: float = JOB_DEADLINE_S

    def checks(self, names: Collection[str] | None = None) -> tuple[Check, ...]:
        """Everything that can be checked, of all instances or of those called `names`. Raises `NotFound`."""
        chosen = self.config.instances if names is None else [self.config.instance(name) for name in names]
        try:
            return run(
                [_subject(self.config, one, named=names is not None) for one in chosen],
                LocalHome(self.config),
                self._machine,
                utc_now(),
                _notes(self.config, chosen),
            )
        finally:
            probe.close()

    def examined(self, name: str) -> Examined:
        """The checks of one instance alone, with what it lists. Raises `NotFound`."""
        try:
            return examine(_subject(self.config, self.config.instance(name), named=True), self._machine)
        finally:
            probe.close()

    @property
    def _machine(self) -> Machine:
        return Machine(self.disk, LocalNfos(), _near(self.config), self.disk_s)

    def report(self, checks: Sequence[Check]) -> str:
        """The checks and what else helps with a bug report, as Markdown without secrets and addresses."""
        told = report.text(checks, surroundings(self.config), redactor(self.config))
        return "\n".join(map(logs.neutral, told.split("\n")))


def _subject(config: Config, one: InstanceConfig, *, named: bool) -> Subject:
    return Subject(
        name=one.name,
        app=one.type.app,
        kind=one.type.kind,
        enabled=one.enabled or named,
        rules=one.rules,
        labels=managed_labels(one),
        roots=one.roots,
        mappings=one.path_mappings,
        timeout_s=one.timeout_s,
        indent=_indent(config, one.name),
        open=partial(_open, one),
    )


@contextmanager
def _open(one: InstanceConfig) -> Iterator[Arr]:
    with closing(client(one, threading.Event().wait)) as arr:
        yield arr


def _indent(config: Config, name: str) -> int | None:
    """How deep the keys of an instance stand in the file; None where they stand in braces."""
    place = config.origin(key_text(("instances", name)))
    if place.line is None or place.column is None:
        return _INDENT
    try:
        lines = config.source.read_text("utf-8-sig", "replace").splitlines()
        return None if lines[place.line - 1][place.column - 1] == "{" else place.column - 1
    except (OSError, IndexError):  # it was changed since it was read
        return _INDENT


def _near(config: Config) -> Sequence[str]:
    """Where media may lie, as far as the configuration tells; the folders around it, too."""
    named = [
        folder
        for one in config.instances
        for folder in (*one.roots, *(mapping.local for mapping in one.path_mappings))
    ]
    around = [str(config.data_dir.parent), str(config.source.parent), str(expanded("~"))]
    with suppress(OSError):  # it was deleted meanwhile
        around.append(str(Path.cwd()))
    return [*named, *around]


def _notes(config: Config, chosen: Sequence[InstanceConfig]) -> Iterator[Check]:
    """What is legal in a configuration, and will surprise."""
    for problem in config.warnings:
        yield warning(CONFIGURATION, None, problem.located_message, problem.suggestion)
    names = [one.name for one in config.instances if one.enabled]
    if not names:
        yield warning(
            CONFIGURATION,
            None,
            f"{config.source}: every instance is turned off, so nothing is scanned",
            "set enabled: true where you want it",
        )
    for one in chosen:
        if one.enabled and one.rules.base.dry_run:
            origin = config.origin_in_force(one.name, "dry_run")[1]
            written = None if origin.line is None else f"{config.source}:{origin.line}"
            place = place_text(origin.variables, written)
            yield warning(
                CONFIGURATION,
                one.name,
                "dry_run is on: scans show what they would do and write nothing",
                f"remove `dry_run: true` ({place}) once the plan is as you want it",
            )
    named = counted(len(config.instances), "instance")
    yield ok(CONFIGURATION, None, f"{config.source} can be read; it names {named}")
