"""The scanner of a data folder, built from the configuration and read top to bottom."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from taggarr import nfo, probe
from taggarr.arr import RadarrClient, SonarrClient
from taggarr.config import ArrType, Config, InstanceConfig, managed_labels
from taggarr.core.errors import NotFound
from taggarr.core.media import Kind
from taggarr.core.nfo_edit import NfoContent, NfoEdit, NfoOutcome, NfoProblem
from taggarr.core.record import Change
from taggarr.core.selection import Mode
from taggarr.core.undo import Undos
from taggarr.probe.disk import LocalDisk
from taggarr.scan.events import Listener
from taggarr.scan.job import InstanceJob, Neighbour, ScanRequest, ScanSummary, World
from taggarr.scan.pool import JOB_DEADLINE_S, Pool
from taggarr.scan.ports import Disk
from taggarr.scan.report import summary_json, undo_json
from taggarr.scan.undo import UndoRequest, UndoSummary, undo_scan
from taggarr.scan.unkept import UnkeptJournal, UnkeptMemory
from taggarr.scan.whole import scan
from taggarr.store import journal, overrides, scans
from taggarr.store.db import Database
from taggarr.store.imports import InstanceStates
from taggarr.store.items import InstanceMemory
from taggarr.store.lock import scanner
from taggarr.wiring.library import open_database, register
from taggarr.wiring.state_file import LocalStateFiles

ArrClient = SonarrClient | RadarrClient


class LocalNfos:
    """NFO files on this machine, by their paths as texts."""

    def paths(self, kind: Kind, folder: str, video: str | None) -> tuple[str, ...]:
        found = nfo.paths_for(kind, Path(folder), None if video is None else Path(video))
        return tuple(str(path) for path in found)

    def read(self, path: str) -> NfoContent | NfoProblem:
        return nfo.read(Path(path))

    def refusal(self, path: str) -> NfoProblem | None:
        return nfo.refusal(Path(path))

    def edit(self, path: str, edit: NfoEdit) -> NfoOutcome:
        return nfo.edit(Path(path), edit)


def utc_now() -> datetime:
    return datetime.now(UTC)


def client(instance: InstanceConfig, wait: Callable[[float], object]) -> ArrClient:
    """The client of one instance, which waits between tries by `wait`. Close it."""
    kind: type[ArrClient] = SonarrClient if instance.type is ArrType.SONARR else RadarrClient
    return kind(
        instance.name,
        instance.url,
        instance.api_key.reveal(),
        timeout_s=instance.timeout_s,
        tls_verify=instance.tls_verify,
        sleep=wait,
    )


@dataclass(frozen=True, slots=True)
class Scanner:
    """The one scanner of a data folder: what stays open from scan to scan.

    `stop` ends a scan after the item in hand; `disk` is where media and NFO files are looked at, `now` the time (UTC)
    that is written down and never reckoned with: a clock may jump.
    """

    config: Config
    database: Database
    pool: Pool
    stop: threading.Event
    disk: Disk = field(default_factory=LocalDisk)
    now: Callable[[], datetime] = utc_now

    def scan(
        self, request: ScanRequest, names: Sequence[str], listen: Listener = lambda _: None
    ) -> ScanSummary:
        """One scan of the instances called `names`. Raises `StoreError`; failed instances are in the summary."""
        ids = self._register()
        with self._clients(names) as clients:
            number = scans.begin(
                self.database,
                mode=request.mode,
                quick=any(one.rules.base.quick_mode for one, _ in clients),
                preview=request.preview,
                now=self.now(),
            )
            jobs = [self._job(one, arr, ids[one.name], number) for one, arr in clients]
            summary = self._run(number, jobs, ids, request, listen)
        text = json.dumps(summary_json(summary))
        scans.end(self.database, number, summary=text, now=self.now())
        return summary

    def last_changed(self, names: Sequence[str]) -> int | None:
        """The scan that `undo` takes back if none is named. Raises `StoreError`.

        It is the last that changed something. After an undo that did not come through, that is what it took back.
        """
        ids = self._register()
        number = journal.last_changed(self.database, [ids[name] for name in names])
        last = None if number is None else scans.find(self.database, number)
        if last is None or last.undoes is None:
            return number
        return number if last.complete else last.undoes

    def changes_of(self, scan: int) -> Sequence[Change]:
        """What a scan changed, by whatever instance. Raises `NotFound` where there was no such scan, and `StoreError`."""
        if scans.find(self.database, scan) is None:
            raise NotFound(
                str(scan), f"there was no scan {scan}; `taggarr history` names those that changed something"
            )
        self._register()
        return journal.history(self.database, scan_id=scan)

    def undo(
        self, scan: int, names: Sequence[str], listen: Listener = lambda _: None, *, preview: bool = False
    ) -> UndoSummary:
        """Take back what a scan changed in the instances called `names`. Raises `StoreError`."""
        ids = self._register()
        undos = Undos(scans.undoes(self.database))
        number = 0
        if not preview:
            number = scans.begin(
                self.database, mode=Mode.UPDATE, quick=False, preview=False, now=self.now(), undoes=scan
            )
        request = UndoRequest(scan, number, undos, preview)
        with self._clients(names) as clients:
            jobs = [self._job(one, arr, ids[one.name], number) for one, arr in clients]
            world = self._world(listen)
            summary = undo_scan(jobs, world, self.pool, request, self.config.scan.instance_workers)
        if not preview:
            text = json.dumps(undo_json(summary))
            scans.end(self.database, number, summary=text, now=self.now())
        return summary

    def _world(self, listen: Listener) -> World:
        workers = self.config.scan.workers
        return World(self.disk, LocalNfos(), LocalStateFiles(), workers, listen, self.stop, self.now)

    def inspect(
        self,
        items: Sequence[str],
        names: Sequence[str],
        listen: Listener = lambda _: None,
        *,
        overridden: bool = True,
    ) -> ScanSummary:
        """What a scan of `items` would find and do. Nothing is kept of it, so it may run beside a scan.

        Not `overridden`: as if a person had said nothing of any item.
        """
        ids = self._register()
        request = ScanRequest(items=tuple(items), preview=True, inspect=True)
        with self._clients(names) as clients:
            jobs = [self._job(one, arr, ids[one.name], number=0) for one, arr in clients]
            unkept = [
                replace(
                    job,
                    memory=UnkeptMemory(job.memory),
                    journal=UnkeptJournal(),
                    overrides=job.overrides if overridden else (),
                )
                for job in jobs
            ]
            return self._run(0, unkept, ids, request, listen)

    @contextmanager
    def _clients(self, names: Sequence[str]) -> Iterator[Sequence[tuple[InstanceConfig, ArrClient]]]:
        with ExitStack() as stack:
            chosen = [self.config.instance(name) for name in names]
            yield [(one, stack.enter_context(closing(client(one, self.stop.wait)))) for one in chosen]

    def _run(
        self,
        number: int,
        jobs: Sequence[InstanceJob],
        ids: Mapping[str, int],
        request: ScanRequest,
        listen: Listener,
    ) -> ScanSummary:
        by_name = {job.name: job for job in jobs}
        # In the order of the configuration, and with those that are not scanned: it says who writes an NFO.
        everybody = [
            by_name.get(one.name) or self._neighbour(one, ids[one.name]) for one in self.config.instances
        ]
        return scan(
            number, everybody, self._world(listen), self.pool, request, self.config.scan.instance_workers
        )

    def _neighbour(self, one: InstanceConfig, instance_id: int) -> Neighbour:
        return Neighbour(
            name=one.name,
            kind=one.type.kind,
            rules=one.rules,
            memory=InstanceMemory(self.database, instance_id, one.name),
            ledger=InstanceStates(self.database, instance_id, self.now),
            write_state=one.write_state_json,
            overrides=overrides.kept(self.database, instance_id),
            enabled=one.enabled,
        )

    def _register(self) -> Mapping[str, int]:
        return register(self.config, self.database)

    def _job(self, one: InstanceConfig, arr: ArrClient, instance_id: int, number: int) -> InstanceJob:
        managed = managed_labels(one) | journal.managed_before(self.database, instance_id)
        return InstanceJob(
            name=one.name,
            kind=one.type.kind,
            rules=one.rules,
            managed=managed,
            roots=one.roots,
            mappings=one.path_mappings,
            catalogue=arr,
            tagger=arr,
            memory=InstanceMemory(self.database, instance_id, one.name),
            journal=journal.InstanceJournal(self.database, instance_id, number, self.now),
            ledger=InstanceStates(self.database, instance_id, self.now),
            write_state=one.write_state_json,
            overrides=overrides.kept(self.database, instance_id),
        )


@contextmanager
def open_scanner(
    config: Config,
    stop: threading.Event,
    purpose: str = "taggarr scan",
    *,
    deadline_s: float = JOB_DEADLINE_S,
) -> Iterator[Scanner]:
    """Take the data folder and open what scans need; a damaged database is found before anything rests on it.

    `deadline_s` is how long one file may take before its share counts as hanging. Raises `Conflict` where another
    scanner has the folder, and `StoreError`.
    """
    with (
        scanner(config.data_dir, purpose),
        open_inspector(config, stop, deadline_s=deadline_s) as opened,
    ):
        opened.database.demand_whole()
        yield opened


@contextmanager
def open_inspector(
    config: Config, stop: threading.Event, *, deadline_s: float = JOB_DEADLINE_S
) -> Iterator[Scanner]:
    """The same without taking the data folder, to `inspect` only: the scanner may be somebody else."""
    with ExitStack() as stack:
        database = open_database(config)
        stack.callback(database.close)
        pool = Pool(config.scan.workers, deadline_s)
        stack.callback(probe.close)
        stack.callback(pool.close)
        yield Scanner(config, database, pool, stop)
