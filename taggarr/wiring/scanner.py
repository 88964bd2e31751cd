"""The scanner of a data folder, built from the configuration and read top to bottom."""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from taggarr import nfo, probe
from taggarr.arr import RadarrClient, SonarrClient
from taggarr.config import ArrType, Config, InstanceConfig, managed_labels
from taggarr.core.media import Kind
from taggarr.core.nfo_edit import NfoContent, NfoEdit, NfoOutcome, NfoProblem
from taggarr.probe.disk import LocalDisk
from taggarr.scan.events import Listener
from taggarr.scan.job import InstanceJob, ScanRequest, ScanSummary, World
from taggarr.scan.pool import Pool
from taggarr.scan.report import summary_json
from taggarr.scan.whole import scan
from taggarr.store import instances, journal, scans
from taggarr.store.db import FILE_NAME, Database
from taggarr.store.items import InstanceMemory
from taggarr.store.lock import scanner

ArrClient = SonarrClient | RadarrClient


class LocalNfos:
    """NFO files on this machine, by their paths as texts."""

    def paths(self, kind: Kind, folder: str, video: str | None) -> tuple[str, ...]:
        found = nfo.paths_for(kind, Path(folder), None if video is None else Path(video))
        return tuple(str(path) for path in found)

    def read(self, path: str) -> NfoContent | NfoProblem:
        return nfo.read(Path(path))

    def edit(self, path: str, edit: NfoEdit) -> NfoOutcome:
        return nfo.edit(Path(path), edit)


def utc_now() -> datetime:
    return datetime.now(UTC)


def client(instance: InstanceConfig) -> ArrClient:
    """The client of one instance. Close it."""
    kind: type[ArrClient] = SonarrClient if instance.type is ArrType.SONARR else RadarrClient
    return kind(
        instance.name,
        instance.url,
        instance.api_key.reveal(),
        timeout_s=instance.timeout_s,
        tls_verify=instance.tls_verify,
    )


def open_database(config: Config) -> Database:
    """The database of the data folder. Raises `StoreError`."""
    return Database(config.data_dir / FILE_NAME)


@dataclass(frozen=True, slots=True)
class Scanner:
    """The one scanner of a data folder: what stays open from scan to scan.

    `stop` ends a scan after the item in hand.
    """

    config: Config
    database: Database
    pool: Pool
    stop: threading.Event

    def scan(
        self, request: ScanRequest, names: Sequence[str], listen: Listener = lambda _: None
    ) -> ScanSummary:
        """One scan of the instances called `names`. Raises `StoreError`; failed instances are in the summary."""
        ids = self._register()
        with ExitStack() as stack:
            chosen = [self.config.instance(name) for name in names]
            clients = {one.name: stack.enter_context(closing(client(one))) for one in chosen}
            number = scans.begin(
                self.database,
                mode=request.mode,
                quick=any(one.rules.base.quick_mode for one in chosen),
                preview=request.preview,
                now=utc_now(),
            )
            jobs = [self._job(one, clients[one.name], ids[one.name], number) for one in chosen]
            world = World(LocalDisk(), LocalNfos(), self.config.scan.workers, listen, self.stop, utc_now)
            at_once = self.config.scan.instance_workers
            summary = scan(number, jobs, world, self.pool, request, at_once)
        text = json.dumps(summary_json(summary))
        scans.end(self.database, number, summary=text, now=utc_now())
        return summary

    def titles(self) -> list[str]:
        """Every known title."""
        ids = self._register()
        return [
            record.item.title
            for name, instance_id in ids.items()
            for record in InstanceMemory(self.database, instance_id, name).records().values()
        ]

    def _register(self) -> Mapping[str, int]:
        addresses = [
            instances.InstanceAddress(one.name, one.type.value, one.url) for one in self.config.instances
        ]
        return instances.register(self.database, addresses)

    def _job(self, one: InstanceConfig, arr: ArrClient, instance_id: int, number: int) -> InstanceJob:
        managed = managed_labels(one) | journal.managed_before(self.database, instance_id)
        return InstanceJob(
            name=one.name,
            kind=Kind.SERIES if one.type is ArrType.SONARR else Kind.MOVIE,
            rules=one.rules,
            managed=managed,
            roots=one.roots,
            mappings=one.path_mappings,
            catalogue=arr,
            tagger=arr,
            memory=InstanceMemory(self.database, instance_id, one.name),
            journal=journal.InstanceJournal(self.database, instance_id, number, utc_now),
        )


@contextmanager
def open_scanner(config: Config, stop: threading.Event, purpose: str = "taggarr scan") -> Iterator[Scanner]:
    """Take the data folder and open what scans need. Raises `Conflict` where another scanner has it."""
    with scanner(config.data_dir, purpose), ExitStack() as stack:
        database = open_database(config)
        stack.callback(database.close)
        pool = Pool(config.scan.workers)
        stack.callback(probe.close)
        stack.callback(pool.close)
        yield Scanner(config, database, pool, stop)
