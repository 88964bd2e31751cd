"""`undo`: the inverse of what one scan changed, written with the guarantees of a scan."""

import logging
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from taggarr import logs
from taggarr.core import scope, undo
from taggarr.core.arr import Listing
from taggarr.core.errors import ArrError, StoreError
from taggarr.core.media import Item, same_title
from taggarr.core.nfo_edit import NfoProblem
from taggarr.core.paths import to_local
from taggarr.core.plan import Held, ItemPlan, NfoState
from taggarr.core.policy import WriteNfo
from taggarr.core.record import Batch, Change, Result, Target
from taggarr.core.undo import Inverse, LeftAlone, Undos
from taggarr.core.verdict import Verdict
from taggarr.scan import odd
from taggarr.scan.apply import TagWriter
from taggarr.scan.cutoff import CutOff
from taggarr.scan.events import Phase, Progress
from taggarr.scan.finish import NfoWriter
from taggarr.scan.job import InstanceJob, InstanceSummary, ScanRequest, World
from taggarr.scan.locate import Located
from taggarr.scan.nfos import NfoDesk
from taggarr.scan.places import Places
from taggarr.scan.pool import Pool
from taggarr.scan.records import Records

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class UndoRequest:
    """Which scan the undo `number` takes back; `undos` are those before. `preview` stops before anything is written."""

    scan: int
    number: int
    undos: Undos
    preview: bool = False

    @property
    def named(self) -> str:
        """What is taken back: `scan 1`, `undo 2`."""
        return self.undos.named(self.scan)


@dataclass(slots=True)
class InstanceUndone:
    """What came of one instance.

    `done` counts what an earlier undo took back, `previewed` the titles that are not written now, `held` those
    that scans leave alone from now on. `complete`: another undo of the same scan would find nothing more to do.
    """

    summary: InstanceSummary
    left: list[LeftAlone] = field(default_factory=list)
    done: int = 0
    previewed: int = 0
    held: int = 0
    complete: bool = False

    @property
    def failed(self) -> bool:
        """Whether something was not taken back that should have been: no scan does it later."""
        summary = self.summary
        waits = bool(summary.postponed) or any(one.later for one in self.left)
        return summary.error is not None or bool(summary.failures) or waits


@dataclass(slots=True)
class UndoSummary:
    """What came of an undo, by instance.

    `number` is its own, 0 for a preview, `scan` the one that it takes back, called `named` (`scan 1`, `undo 2`).
    `again`: that is an undo, so what a scan changed is written again.
    """

    number: int
    scan: int
    named: str
    again: bool = False
    seconds: float = 0.0
    instances: dict[str, InstanceUndone] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether another undo of the same scan would find nothing more to do."""
        return all(one.complete for one in self.instances.values())


class InstanceUndo:
    """The undo of one scan in one instance: `run` goes through it once and leaves everything in `undone`."""

    def __init__(
        self, job: InstanceJob, world: World, pool: Pool, places: Places, request: UndoRequest
    ) -> None:
        self._job = job
        self._world = world
        self._request = request
        self._pool = pool
        self._desk = NfoDesk(world, pool, places)
        self.undone = InstanceUndone(InstanceSummary(job.name))

    def run(self) -> InstanceUndone:
        """Undo it. What fails as a whole is the summary's `error`; other instances go on."""
        summary = self.undone.summary
        with logs.about(instance=self._job.name):
            try:
                self._run()
            except (ArrError, StoreError) as error:
                summary.error = (error.code, str(error))
                _log.error("%s", getattr(error, "problem", error))
            finally:
                summary.requests = self._job.catalogue.requests
                summary.failed = len(summary.failures)
                self._tell(Phase.END, summary.items, summary.items)
            _log.info(
                "undo of %s: %d changes planned, %d applied, %d failed, %d left alone",
                self._request.named,
                summary.planned,
                summary.applied,
                summary.failed,
                len(self.undone.left),
            )
        return self.undone

    def _run(self) -> None:
        undone, summary = self.undone, self.undone.summary
        self._tell(Phase.FETCH, 0, 0)
        self._job.catalogue.check()
        listing = self._job.catalogue.items()
        if listing.odd:
            summary.notes.append(odd.note(listing.odd))
        records = Records(self._job.memory)
        inverses, located = self._inverses(listing, records)
        plans = [self._plan(one, located[one.item.id]) for one in inverses]
        plans, refused = self._without_refused(plans, located)
        summary.plans = [one for one in plans if not one.empty]
        summary.items = len(plans)
        summary.planned = sum(len(one.tags) + len(one.nfos) for one in plans)
        due = [one for one in plans if not (self._request.preview or one.policy.dry_run)]
        undone.previewed = len(plans) - len(due)
        failed = self._apply(due, plans, refused, records)
        stopped = self._world.stop.is_set()
        undone.complete = not (failed or refused or undone.previewed or undone.failed or stopped)

    # What is to be taken back

    def _inverses(
        self, listing: Listing, records: Records
    ) -> tuple[Sequence[Inverse], Mapping[int, Located]]:
        items = {item.id: item for item in listing.items}
        cut_off = CutOff(self._job.journal)
        cut_off.settle_tags(listing)
        changes = self._job.journal.of_scan(self._request.scan)
        located = {
            change.intent.item_id: self._located(item, records)
            for change in changes
            if (item := items.get(change.intent.item_id)) and same_title(change.intent.catalogue_id, item)
        }
        nfos = self._look(changes, located, cut_off)
        scan, undos = self._request.scan, self._request.undos
        known = {change.intent.item_id for change in changes}
        unclear = known - items.keys() - listing.gone(known)
        now = undo.Now(items, nfos, unclear)
        undoing = undo.invert(scan, self._job.journal.since(scan), undos, now)
        self.undone.left, self.undone.done = list(undoing.left), undoing.done
        return undoing.inverses, located

    def _located(self, item: Item, records: Records) -> Located:
        record = records.by_id.get(item.id)
        known = record is not None and record.item.path == item.path
        folder = record.local if record is not None and known else to_local(item.path, self._job.mappings)
        return Located(item, folder, scope.policy_for(item, self._job.rules, folder))

    def _look(
        self, changes: Iterable[Change], located: Mapping[int, Located], cut_off: CutOff
    ) -> dict[str, NfoState | str]:
        """The NFO files that the scan edited, as they are now, or why they are left alone."""
        found: dict[str, NfoState | str] = {}
        paths: dict[int, list[str]] = defaultdict(list)
        for change in changes:
            one = located.get(change.intent.item_id)
            if change.intent.target is not Target.NFO or one is None:
                continue
            if one.policy.write_nfo is WriteNfo.NEVER:
                found[change.intent.name] = "the configuration says write_nfo: never"
            else:
                paths[one.item.id].append(change.intent.name)
        known = {
            item_id: [record for record in records if record.state.path in paths[item_id]]
            for item_id, records in self._job.memory.nfos(list(paths)).items()
        }
        wanted = [(located[item_id], each) for item_id, each in paths.items()]
        seen = self._desk.look(wanted, known, cut_off.genres_ours, afresh=True)
        changed = tuple(record for nfos in seen.values() for record in nfos.changed)
        if changed:
            self._job.memory.save(Batch(nfos=changed))
        cut_off.settle_nfos(state for nfos in seen.values() for state in nfos.editable)
        missing: dict[str, Located] = {}
        for item_id, nfos in seen.items():
            found |= dict.fromkeys(paths[item_id], undo.UNSEEN)
            found |= {one.state.path: one.problem or one.state for one in nfos.records}
            if not nfos.unseen:
                missing |= {path: located[item_id] for path in paths[item_id] if found[path] == undo.UNSEEN}
        return found | dict.fromkeys(self._desk.gone(missing), undo.GONE)

    def _plan(self, one: Inverse, located: Located) -> ItemPlan:
        return ItemPlan(
            one.item,
            located.policy,
            None,
            f"undo of {self._request.named}",
            one.verdict,
            one.tags,
            one.nfos,
        )

    def _without_refused(
        self, plans: Sequence[ItemPlan], located: Mapping[int, Located]
    ) -> tuple[list[ItemPlan], dict[int, list[NfoProblem]]]:
        """The plans without the NFO edits that this process may not make, and these by item."""
        refused = self._desk.refused([(located[one.item.id], each) for one in plans for each in one.nfos])
        kept = [
            replace(one, nfos=tuple(each for each in one.nfos if each.path not in refused)) for one in plans
        ]
        by_item: dict[int, list[NfoProblem]] = defaultdict(list)
        for one in plans:
            for change in one.nfos:
                if change.path in refused:
                    by_item[one.item.id].append(refused[change.path])
        return kept, by_item

    # Apply

    def _apply(
        self,
        due: Sequence[ItemPlan],
        plans: Sequence[ItemPlan],
        refused: Mapping[int, Sequence[NfoProblem]],
        records: Records,
    ) -> bool:
        """Write it; whether some NFO was not written."""
        if due:
            self._tell(Phase.APPLY, 0, len(due))
        before = {one.item.id: records.by_id.get(one.item.id) for one in due}
        # Before anything goes out: after a kill, the next scan has to know that it shall not write it again.
        records.save(
            replace(record, held=self._held(one))
            for one in due
            if (record := before[one.item.id]) is not None
        )
        later = f"`taggarr undo {self._request.scan}`"
        applied = TagWriter(self._job, self._world, self.undone.summary, self._tell, later).apply(
            [one for one in due if one.tags]
        )
        records.remember_tags(applied.tags)
        settled = [one for one in due if not one.tags or one.item.id in applied.settled]
        request = ScanRequest(preview=self._request.preview)
        writer = NfoWriter(self._job, request, self._world, self._desk, self.undone.summary)
        writer.write(settled, plans, refused)
        touched = {
            change.intent.item_id
            for change in self._job.journal.of_scan(self._request.number)
            if change.outcome is None or change.outcome.result is not Result.FAILED
        }
        records.save(
            replace(records.by_id[item_id], held=record.held)
            for item_id, record in before.items()
            if record is not None and item_id not in touched
        )
        kept = (records.by_id[item_id] for item_id, record in before.items() if record and item_id in touched)
        self.undone.held = sum(record.held is not None for record in kept)
        return bool(writer.failed)

    def _held(self, one: ItemPlan) -> Held | None:
        if not self._request.undos.holds(self._request.scan) or one.verdict is Verdict.UNKNOWN:
            return None  # mode 2 goes by no verdict: what it removed is judged as ever
        return Held(one.verdict.value, self._request.number)

    def _tell(self, phase: Phase, done: int, total: int) -> None:
        self._world.listen(Progress(self._job.name, phase, done, total, 0))


def undo_scan(
    jobs: Sequence[InstanceJob], world: World, pool: Pool, request: UndoRequest, at_once: int
) -> UndoSummary:
    """Undo a scan in every instance of `jobs`, `at_once` in parallel. An instance's failure is its own."""
    again = not request.undos.holds(request.scan)
    summary = UndoSummary(request.number, request.scan, request.named, again)
    started = time.monotonic()
    pool.forgive()
    places = Places(world.disk, pool)
    undos = [InstanceUndo(job, world, pool, places, request) for job in jobs]
    with ThreadPoolExecutor(max(1, at_once), "taggarr-undo") as executor:
        for done in executor.map(InstanceUndo.run, undos):
            summary.instances[done.summary.name] = done
    summary.seconds = time.monotonic() - started
    return summary
