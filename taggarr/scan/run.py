"""One scan of one instance, as `docs/explanation/architecture.md` draws it."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from taggarr import logs
from taggarr.core import plan
from taggarr.core.arr import Listing
from taggarr.core.errors import ArrError, StoreError
from taggarr.core.plan import ItemPlan, Rest
from taggarr.core.selection import Mode
from taggarr.scan import odd
from taggarr.scan.apply import TagWriter
from taggarr.scan.claims import Claims, written, written_before
from taggarr.scan.cutoff import CutOff
from taggarr.scan.earlier import EarlierState
from taggarr.scan.events import Phase, Progress
from taggarr.scan.finish import NfoWriter
from taggarr.scan.job import InstanceJob, InstanceSummary, Neighbour, ScanRequest, World
from taggarr.scan.judge import Judge
from taggarr.scan.locate import Located, in_roots
from taggarr.scan.nfos import NfoDesk
from taggarr.scan.observe import Observer
from taggarr.scan.places import Places
from taggarr.scan.planning import Planner
from taggarr.scan.pool import Pool
from taggarr.scan.records import Records
from taggarr.scan.scoping import Scoping
from taggarr.scan.state_writer import StateWriter

_TOLD = (Rest.PARKED, Rest.HELD)
"""Why an item is left alone that should change: a person is told."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the scan of an instance goes by: `chosen` of the `located` items are those that it was asked for.

    `writing` are the places of all items whose NFO files are to be written, by item id.
    """

    listing: Listing
    records: Records
    scoping: Scoping
    located: Sequence[Located]
    chosen: Sequence[Located]
    writing: Mapping[int, str]
    cut_off: CutOff


class InstanceScan:
    """The scan of one instance: `run` goes through it once and leaves everything in `summary`."""

    def __init__(
        self,
        job: InstanceJob,
        world: World,
        pool: Pool,
        places: Places,
        claims: Claims,
        request: ScanRequest,
    ) -> None:
        self._job = job
        self._world = world
        self._pool = pool
        self._places = places
        self._claims = claims
        self._request = request
        self._observer = Observer(job, world, pool, request)
        self._desk = NfoDesk(world, pool, places)
        self._earlier = EarlierState(job, world, pool, request)
        self._came_through = False
        self.summary = InstanceSummary(job.name)

    def run(self) -> InstanceSummary:
        """Scan the instance. What fails as a whole is the summary's `error`; other instances go on."""
        summary = self.summary
        with logs.about(instance=self._job.name):
            try:
                _log.info("the scan begins")
                self._run()
            except (ArrError, StoreError) as error:
                summary.error = (error.code, str(error))
                _log.error("%s", getattr(error, "problem", error))
            finally:
                if not self._claims.announced(self._job.name):
                    held = written_before(self._job.rules, self._job.memory, self._places)
                    self._claims.announce(self._job.name, held)
                self._observer.close()
                summary.files_read = self._observer.files_read
                summary.requests = self._job.catalogue.requests
                summary.failed = len(summary.failures)
                self._tell(Phase.END, summary.items, summary.items)
            _log_end(summary, stopped=self._stopped)
        return summary

    def write_state(self, everybody: Sequence[InstanceJob | Neighbour]) -> None:
        """Write `taggarr.json` where that is wanted, after a scan of the whole instance that came through."""
        if not self._came_through or self._request.items or self._stopped or self.summary.guard is not None:
            return
        with logs.about(instance=self._job.name):
            try:
                StateWriter(self._job, everybody, self._earlier, self._world, self._pool, self.summary).write(
                    self._request.mode
                )
            except StoreError as error:
                self.summary.error = (error.code, str(error))
                _log.error("%s", error.problem)

    def _run(self) -> None:
        self._tell(Phase.FETCH, 0, 0)
        self._job.catalogue.check()
        scene = self._look_around()
        planner = Planner(
            self._job,
            self._request,
            self._world,
            self._desk,
            self._claims,
            scene.cut_off,
            self._earlier,
            self.summary,
        )
        plans = self._plans(scene, planner)
        if self._stopped:
            return
        self.summary.plans = [one for one in plans if not one.empty or one.rest in _TOLD]
        self.summary.planned = sum(len(one.tags) + len(one.nfos) for one in plans)
        due = [one for one in plans if not one.empty and not self._previews(one)]
        if self._guarded(plans, due, scene.located):
            return
        self._apply(due, plans, planner, scene.records)
        if self._stopped or self._request.preview:
            return
        if self._request.mode is Mode.REMOVE:
            self._forget_removed(plans, planner, scene)
        elif not self._request.items:
            self._prune(scene)
        self._came_through = not self._job.rules.base.dry_run

    def _look_around(self) -> _Scene:
        """What the arr lists and what is known of it, before anything is judged; other instances hear of it."""
        listing = self._job.catalogue.items()
        if listing.odd:
            self.summary.notes.append(odd.note(listing.odd))
        records = Records(self._job.memory)
        unclear = odd.unclear(listing, records.by_id)
        scoping = Scoping(
            self._job, self._request, self._world, self._pool, self._desk, records, self.summary
        )
        located = scoping.locate(listing.items, unclear)
        # An item whose row is not understood still holds its folder: it may be the writer of an NFO.
        as_they_were = [*map(scoping.as_it_was, unclear)]
        writing = written([*located, *as_they_were], self._places)
        self._claims.announce(self._job.name, writing.values())
        asleep = not self._request.verify and bool(records.by_id)
        self._earlier.look(located, self.summary, asleep=asleep)
        self._job = replace(self._job, managed=self._job.managed | self._earlier.labels)
        cut_off = CutOff(self._job.journal)
        cut_off.settle_tags(listing)
        chosen = scoping.chosen(listing.items, located, as_they_were)
        return _Scene(listing, records, scoping, located, chosen, writing, cut_off)

    def _plans(self, scene: _Scene, planner: Planner) -> list[ItemPlan]:
        if self._request.mode is Mode.REMOVE:
            self.summary.items = len(scene.chosen)
            return planner.removal(scene.chosen, scene.writing)
        kept = scene.scoping.kept(scene.chosen)
        self.summary.items = len(kept)
        judge = Judge(
            self._job, self._request, self._observer, scene.records, self._earlier, self.summary, self._tell
        )
        return planner.plan(judge.judge(kept), scene.writing)

    @property
    def _stopped(self) -> bool:
        return self._world.stop.is_set()

    # Apply

    def _previews(self, one: ItemPlan) -> bool:
        return self._request.preview or one.policy.dry_run

    def _guarded(
        self, plans: Sequence[ItemPlan], due: Sequence[ItemPlan], located: Sequence[Located]
    ) -> bool:
        """Whether the guard stops this instance; a preview only tells that it would."""
        if self._request.yes or self._request.mode is Mode.REMOVE:
            return False
        labelled = sum(1 for one in located if {tag.lower() for tag in one.item.tags} & self._job.managed)
        bare = plan.unlabels_too_much(due or plans, labelled, self._job.managed)
        if bare is None:
            return False
        problem = (
            f"{bare} of {labelled} labelled items would be left without any label, which looks like a mistake "
            "(a missing mount, changed targets or labels)"
        )
        if not due:
            self.summary.notes.append(f"the guard would stop this, unless --yes is given: {problem}")
            return False
        self.summary.guard = (
            f"{problem}: nothing was changed here. Look at the plan with --dry-run; if it is right, run again "
            "with --yes"
        )
        return True

    def _apply(
        self, due: Sequence[ItemPlan], plans: Sequence[ItemPlan], planner: Planner, records: Records
    ) -> None:
        if due:
            self._tell(Phase.APPLY, 0, len(due))
        applied = TagWriter(self._job, self._world, self.summary, self._tell).apply(
            [one for one in due if one.tags]
        )
        records.remember_tags(applied.tags)
        settled = [one for one in due if not one.tags or one.item.id in applied.settled]
        writer = NfoWriter(self._job, self._request, self._world, self._desk, self.summary)
        writer.write(settled, plans, planner.refused)
        planner.unseen |= writer.failed | ({one.item.id for one in due} - {one.item.id for one in settled})

    # Forget

    def _forget_removed(self, plans: Sequence[ItemPlan], planner: Planner, scene: _Scene) -> None:
        """After mode 2: forget what is done with. What did not come through is known for the next try."""
        records = scene.records
        chosen = {one.item.id for one in plans}
        kept = planner.unseen | {one.item.id for one in plans if self._previews(one)}
        kept |= {one.item.id for one in odd.unclear(scene.listing, records.by_id)}
        records.forget(
            [key for key in records.by_id if key not in kept and (key in chosen or not self._request.items)]
        )

    def _prune(self, scene: _Scene) -> None:
        """Forget what the arr lists no longer, and what the configuration has put out of scope.

        An item that is listed and only cannot be found on this machine is not forgotten.
        """
        roots, records = self._job.roots, scene.records
        delisted = scene.listing.gone(records.by_id)
        unclear = {one.item.id for one in odd.unclear(scene.listing, records.by_id)}
        gone = [
            item_id
            for item_id, record in records.by_id.items()
            if item_id in delisted
            or (roots and item_id not in unclear and not in_roots(record.item, record.local, roots))
        ]
        if plan.forgets_too_much(len(gone), len(records.by_id)) and not self._request.yes:
            self.summary.guard = (
                f"{len(gone)} of {len(records.by_id)} known items are no longer listed, which looks like a "
                "mistake (another database, a changed root): what is known of them is kept. If it is right, "
                "run again with --yes"
            )
        elif gone:
            records.forget(gone)
            _log.info("%d items are no longer listed and were forgotten", len(gone))

    def _tell(self, phase: Phase, done: int, total: int) -> None:
        self._world.listen(Progress(self._job.name, phase, done, total, self._observer.files_read))


def _log_end(summary: InstanceSummary, *, stopped: bool) -> None:
    if summary.guard is not None:
        _log.warning("stopped by the guard: %s", summary.guard)
    for note in summary.notes:
        _log.info("%s", note)
    for title, reason in summary.attention:
        with logs.about(item=title):
            _log.debug("needs attention: %s", reason)
    _log.info(
        "the scan %s: %d items, %d of %d files read, %d requests, %d changes planned, %d applied, %d failed; "
        "%d items need attention",
        "was stopped" if stopped else "ends",
        summary.items,
        summary.files_read,
        summary.files_listed,
        summary.requests,
        summary.planned,
        summary.applied,
        summary.failed,
        len(summary.attention),
    )
