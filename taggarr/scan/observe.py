"""What is known of the files of items: asked of the arr where its list changed, looked at on the disk."""

import logging
import time
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from taggarr import logs
from taggarr.core import episodes, selection
from taggarr.core.errors import ArrOddRow, ArrProtocol, ArrRejected, ArrUnreachable
from taggarr.core.media import Cause, File, Item, Reading, Stat, Unreadable
from taggarr.core.paths import file_below
from taggarr.core.policy import AudioSource
from taggarr.core.record import Batch, ItemRecord
from taggarr.core.selection import KnownFile, KnownFiles, Mode
from taggarr.scan.job import InstanceJob, ScanRequest, World
from taggarr.scan.locate import Located
from taggarr.scan.pace import Pace
from taggarr.scan.pool import NO_ANSWER, Job, Pool
from taggarr.scan.ports import Disk

ITEMS_AT_ONCE = 100
"""How many items are held in memory with all their files; the next ones' lists are fetched meanwhile."""

CHECKPOINT_FILES = 200
"""Files that are on their way at once: what was read of them is kept before the next ones are begun."""

CHECKPOINT_S = 0.5

FAILURES_IN_A_ROW = 3
"""An arr that did not answer so many times running is down: the rest is not asked."""

WAIT_S = 0.25
"""How often somebody who waits for the arr looks whether the scan shall stop."""

_log = logging.getLogger(__name__)


T = TypeVar("T")


@dataclass(slots=True)
class Observed:
    """An item with its files and the reading that stands for each.

    A file that quick mode left out has no reading. `out_of_reach` says, by file id, where a file should be
    that could not be looked at, and why; another reading may stand for it. `problem` says why the file list
    is not known.
    """

    located: Located
    files: tuple[File, ...] = ()
    readings: dict[int, Reading] = field(default_factory=dict)
    known: KnownFiles = field(default_factory=KnownFiles)
    missing: set[int] = field(default_factory=set)  # ids of listed files that the disk lacks
    out_of_reach: dict[int, str] = field(default_factory=dict)
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one look at a file showed; `fresh` is None where it was not read and the known reading holds."""

    stat: Stat | None
    fresh: Reading | None
    opened: bool = False


class Observer:
    """Observes the items of one instance. Not thread-safe: one scan, one observer."""

    def __init__(self, job: InstanceJob, world: World, pool: Pool, request: ScanRequest) -> None:
        self._job = job
        self._world = world
        self._disk = world.disk
        self._pool = pool
        self._request = request
        self._fetchers = ThreadPoolExecutor(world.workers, thread_name_prefix=f"taggarr-{job.name}")
        self._failures = 0
        self._rows: list[tuple[int, KnownFile]] = []
        self._gone: list[tuple[int, int]] = []
        self._saved_at = time.monotonic()
        self._pace = Pace(lambda _: None)
        self._listed = 0.0  # how much of what there is to do for the titles in hand their lists were
        self.files_read = 0

    @property
    def _stopped(self) -> bool:
        return self._world.stop.is_set()

    def close(self) -> None:
        self._fetchers.shutdown(cancel_futures=True)

    def observe(
        self, located: Sequence[Located], records: Mapping[int, ItemRecord], going_on: Callable[[int], None]
    ) -> Iterator[Observed]:
        """Every item with its readings, in order; what was read is kept on the way. Raises `ArrError`.

        `going_on` is told now and then how many titles have been looked at. Ends early where the scan shall stop.
        """
        self._pace = Pace(going_on)
        chunks = list(_parts(located, ITEMS_AT_ONCE))
        lists = self._ask(chunks[0], records) if chunks else {}
        for number, chunk in enumerate(chunks):
            coming = self._ask(chunks[number + 1], records) if number + 1 < len(chunks) else {}
            observed = self._observe_chunk(chunk, lists, records)
            if self._stopped:
                return
            yield from observed
            lists = coming

    def complete(self, observed: Observed) -> None:
        """Read what quick mode left out: the sample disagreed with a verdict that was complete."""
        left_out = [file for file in observed.files if file.id not in observed.readings]
        self._look([(observed, file) for file in left_out], unread=True)

    def _ask(
        self, chunk: Sequence[Located], records: Mapping[int, ItemRecord]
    ) -> dict[int, "Future[tuple[File, ...]]"]:
        """Ask the arr for the file lists that may have changed; by item id."""
        return {
            one.item.id: self._fetch(one.item)
            for one in chunk
            if one.item.files is None and self._list_is_due(one.item, records.get(one.item.id))
        }

    def _list_is_due(self, item: Item, record: ItemRecord | None) -> bool:
        if record is None or not item.fingerprint:
            return True
        if self._request.mode is Mode.REWRITE or self._request.items:
            return True
        return record.item.fingerprint != item.fingerprint

    def _ask_again(
        self,
        all_observed: Sequence[Observed],
        lists: Container[int],
        records: Mapping[int, ItemRecord],
    ) -> dict[int, "Future[tuple[File, ...]]"]:
        """Ask for lists that did not change, and of which not exactly what they held is stored: rows were lost.

        A title is not judged by the files that are left, or it would lose its tag.
        """
        return {
            one.located.item.id: self._fetch(one.located.item)
            for one in all_observed
            if one.located.item.files is None
            and one.located.item.id not in lists
            and len(one.known.files) != records[one.located.item.id].file_count
        }

    def _fetch(self, item: Item) -> "Future[tuple[File, ...]]":
        fetch = logs.carried(self._job.catalogue.files)
        return self._fetchers.submit(fetch, item, episodes=bool(self._request.items))

    def _observe_chunk(
        self,
        chunk: Sequence[Located],
        lists: Mapping[int, "Future[tuple[File, ...]]"],
        records: Mapping[int, ItemRecord],
    ) -> Sequence[Observed]:
        stored = self._job.memory.files([one.item.id for one in chunk])
        all_observed = [Observed(one, known=KnownFiles(stored.get(one.item.id, ()))) for one in chunk]
        lists = {**lists, **self._ask_again(all_observed, lists, records)}
        self._pace.take(len(chunk))
        self._listed = 0.5 if lists else 0.0
        for number, observed in enumerate(all_observed):
            self._pace.reach(self._listed * number / len(chunk))
            item = observed.located.item
            if item.id in lists:
                self._take_list(observed, lists[item.id])
            elif item.files is not None:
                observed.files = _named(item.files)
            else:
                observed.files = tuple(known.file for known in observed.known.files)
        self._look([(one, file) for one in all_observed for file in one.files])
        # A stored file that is gone from its path may only have been renamed: the arr knows.
        stale = self._perhaps_renamed([one for one in all_observed if one.located.item.id not in lists])
        for one, future in [(one, self._fetch(one.located.item)) for one in stale]:
            self._take_list(one, future)
            one.readings.clear()
            one.missing.clear()
            one.out_of_reach.clear()
        self._look([(one, file) for one in stale if one.problem is None for file in one.files])
        self._sample(all_observed)
        if not self._stopped:
            fetched = [(one.located.item.id, one) for one in all_observed if one.problem is None]
            listed = {(item_id, file.id) for item_id, one in fetched for file in one.files}
            known = {(item_id, k.file.id) for item_id, one in fetched for k in one.known.files}
            self._gone = sorted(known - listed)
        self._checkpoint()
        return all_observed

    def _take_list(self, observed: Observed, future: "Future[tuple[File, ...]]") -> None:
        """Take the answer; one that fails is one item that is not known, an arr that is down fails them all."""
        while not self._stopped and not wait([future], WAIT_S).done:
            pass
        if self._stopped:
            observed.problem = "the scan was stopped before its list of files came"
            return
        try:
            observed.files = _named(future.result())
            self._failures = 0
        except (ArrUnreachable, ArrRejected, ArrProtocol) as error:
            answered = isinstance(error, ArrRejected | ArrOddRow)
            self._failures = 0 if answered else self._failures + 1
            if self._failures >= FAILURES_IN_A_ROW:
                raise
            observed.problem = f"its list of files could not be fetched: {error.problem}"
            with logs.about(item=observed.located.item.title):
                _log.warning("%s", observed.problem)

    def _perhaps_renamed(self, stored: Sequence[Observed]) -> list[Observed]:
        """The items whose stored files are not where they were, although their folder is there."""
        jobs = [
            Job(one, one.located.share, one.located.folder, partial(self._disk.is_folder, one.located.folder))
            for one in stored
            if one.missing and one.located.item.files is None
        ]
        return [done.job.key for done in self._pool.run(jobs) if done.result]

    def _sample(self, all_observed: Sequence[Observed]) -> None:
        """Quick mode: one file of each counted season, and the next one where that cannot be read."""
        quick = [one for one in all_observed if one.located.policy.quick_mode and one.problem is None]
        while not self._stopped and (
            turn := [
                (one, file)
                for one in quick
                for file in selection.sample(one.located.item, one.files, one.located.policy, one.readings)
            ]
        ):
            self._look(turn, unread=True)

    def _look(self, wanted: Iterable[tuple[Observed, File]], *, unread: bool = False) -> None:
        """Look at files and keep what was seen. `unread`: also at what quick mode leaves out."""
        jobs = []
        for observed, file in wanted:
            if observed.located.policy.audio_source is AudioSource.ARR:
                self._keep(observed, file, "", _Seen(None, None))
                continue
            one = observed.located
            local = file_below(one.item, file, one.folder, self._job.mappings)
            known = observed.known.of(file)
            if not self._request.verify and known is not None and known.reading is not None:
                self._keep(observed, file, local, _Seen(known.stat, None))
                continue
            reads_new = unread or not one.policy.quick_mode
            work = partial(_look_at, self._disk, local, observed.known, file, self._request.mode, reads_new)
            jobs.append(Job((observed, file), one.share, local, work))
        looked = 0
        for part in _parts(jobs, CHECKPOINT_FILES):
            if self._stopped:
                return
            for done in self._pool.run(part):
                observed, file = done.job.key
                looked += 1
                self._pace.reach(self._listed + (1 - self._listed) * looked / len(jobs))
                seen = _Seen(None, NO_ANSWER) if done.lost else done.result
                self.files_read += seen.opened
                self._keep(observed, file, done.job.path, seen)
                if self._stopped:
                    break
                if time.monotonic() - self._saved_at > CHECKPOINT_S:
                    self._checkpoint()
            self._checkpoint()

    def _keep(self, observed: Observed, file: File, local: str, seen: _Seen) -> None:
        policy = observed.located.policy
        known = observed.known.of(file, seen.stat)
        row = selection.remember(file, local, seen.stat, seen.fresh, known)
        if row != known:
            self._rows.append((observed.located.item.id, row))
        fresh = seen.fresh or (known.reading if known else None)
        if isinstance(seen.fresh, Unreadable) and not seen.fresh.cause.by_content:
            observed.out_of_reach[file.id] = f"{local}: {seen.fresh.reason}"
            if seen.fresh.cause is Cause.MISSING:
                observed.missing.add(file.id)
        if policy.audio_source is AudioSource.ARR:
            observed.readings[file.id] = selection.heard_by_arr(file)
        elif fresh is not None:
            size = seen.stat.size_bytes if seen.stat else None
            observed.readings[file.id] = selection.standing(file, fresh, size, known, policy.audio_source)

    def _checkpoint(self) -> None:
        if self._rows or self._gone:
            self._job.memory.save(Batch(files=tuple(self._rows), gone_files=tuple(self._gone)))
            self._rows, self._gone = [], []
        self._saved_at = time.monotonic()


def _look_at(disk: Disk, local: str, known: KnownFiles, file: File, mode: Mode, reads_new: bool) -> _Seen:
    stat = disk.stat(local)
    if isinstance(stat, Unreadable):
        return _Seen(None, _in_full(stat, disk, local))
    before = known.of(file, stat)
    if not reads_new and (before is None or before.reading is None):
        return _Seen(stat, None)
    if not selection.is_due(before, stat, mode):
        return _Seen(stat, None)
    return _Seen(stat, disk.read(local), opened=True)


def _in_full(seen: Unreadable, disk: Disk, local: str) -> Unreadable:
    """Why a file cannot be seen: of one that is missing, reading it may say more (a link that leads nowhere)."""
    said = disk.read(local) if seen.cause is Cause.MISSING else seen
    return said if isinstance(said, Unreadable) and said.cause is Cause.MISSING else seen


def _parts(whole: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (whole[start : start + size] for start in range(0, len(whole), size))


def _named(files: Iterable[File]) -> tuple[File, ...]:
    """The files with the episode numbers that their names give, where the arr gave none."""
    return tuple(
        file
        if file.episodes or file.season is None
        else replace(file, episodes=episodes.numbers(file.relative_path).episodes)
        for file in files
    )
