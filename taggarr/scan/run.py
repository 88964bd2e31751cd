"""One scan of one instance, as `docs/explanation/architecture.md` draws it."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from taggarr import logs
from taggarr.core import find, override, plan, scope
from taggarr.core.arr import Listing
from taggarr.core.errors import ArrError, StoreError
from taggarr.core.media import Item
from taggarr.core.paths import file_below
from taggarr.core.plan import ItemPlan, Rest
from taggarr.core.record import ItemRecord
from taggarr.core.selection import Mode
from taggarr.scan import odd
from taggarr.scan.apply import Applied, TagWriter
from taggarr.scan.claims import Claims, written, written_before
from taggarr.scan.cutoff import CutOff
from taggarr.scan.earlier import EarlierState
from taggarr.scan.events import Phase, Progress
from taggarr.scan.finish import NfoWriter
from taggarr.scan.job import Inspection, InstanceJob, InstanceSummary, Neighbour, ScanRequest, World
from taggarr.scan.judge import Judge
from taggarr.scan.locate import Folders, Located, in_roots, locate
from taggarr.scan.nfos import ItemNfos, NfoDesk
from taggarr.scan.observe import Observer
from taggarr.scan.places import Places
from taggarr.scan.planning import Planner
from taggarr.scan.pool import Job, Pool
from taggarr.scan.records import Records
from taggarr.scan.state_writer import StateWriter

_log = logging.getLogger(__name__)


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
        listing = self._job.catalogue.items()
        items = listing.items
        if listing.odd:
            self.summary.notes.append(odd.note(listing.odd))
        records = Records(self._job.memory)
        unclear = odd.unclear(listing, records.by_id)
        located = self._locate(items, records, unclear)
        if items and not located:
            self.summary.notes.append(
                f"none of the {len(items)} titles lies in {', '.join(self._job.roots)}; the first: "
                f"{items[0].path}. Check root_path, and path_mappings where the arr names folders differently"
            )
        # An item whose row is not understood still holds its folder: it may be the writer of an NFO.
        as_they_were = [*map(self._as_it_was, unclear)]
        writing = written([*located, *as_they_were], self._places)
        self._claims.announce(self._job.name, writing.values())
        asleep = not self._request.verify and bool(records.by_id)
        self._earlier.look(located, self.summary, asleep=asleep)
        self._job = replace(self._job, managed=self._job.managed | self._earlier.labels)
        cut_off = CutOff(self._job.journal)
        cut_off.settle_tags(listing)
        chosen = self._chosen(items, located, as_they_were)
        planner = Planner(
            self._job,
            self._request,
            self._world,
            self._desk,
            self._claims,
            cut_off,
            self._earlier,
            self.summary,
        )
        if self._request.mode is Mode.REMOVE:
            self.summary.items = len(chosen)
            plans = planner.removal(chosen, writing)
        else:
            kept = self._filter(chosen, records)
            self.summary.items = len(kept)
            judge = Judge(
                self._job, self._request, self._observer, records, self._earlier, self.summary, self._tell
            )
            plans = planner.plan(judge.judge(kept), writing)
        if self._stopped:
            return
        self.summary.plans = [one for one in plans if not one.empty or one.rest is Rest.PARKED]
        self.summary.planned = sum(len(one.tags) + len(one.nfos) for one in plans)
        due = [one for one in plans if not one.empty and not self._previews(one)]
        if self._guarded(plans, due, located):
            return
        self._apply(due, plans, planner, records)
        if self._stopped or self._request.preview:
            return
        if self._request.mode is Mode.REMOVE:
            self._forget_removed(plans, planner, records, listing)
        elif not self._request.items:
            self._prune(listing, records)
        self._came_through = not self._job.rules.base.dry_run

    @property
    def _stopped(self) -> bool:
        return self._world.stop.is_set()

    # Scope

    def _locate(
        self, items: Sequence[Item], records: Records, unclear: Iterable[ItemRecord]
    ) -> list[Located]:
        job = self._job
        # Those that are not understood count, too: a folder's name that they share means nobody's.
        everybody = [*items, *(one.item for one in unclear)]
        folders = locate(everybody, job.roots, job.mappings, records.by_id, self._look_for_folders)
        kept = override.belonging(job.overrides, items)
        located = [
            Located(item, folder, scope.policy_for(item, job.rules, folder), kept.get(item.id))
            for item in items
            if (folder := folders.get(item.id)) is not None
        ]
        return [_overridden(one) if one.kept else one for one in located]

    def _as_it_was(self, one: ItemRecord) -> Located:
        """An item whose row is not understood, where it was when it last was."""
        return Located(one.item, one.local, scope.policy_for(one.item, self._job.rules, one.local))

    def _look_for_folders(self, paths: Iterable[str]) -> Folders:
        disk = self._world.disk
        jobs = [Job(path, path.rpartition("/")[0], path, partial(disk.is_folder, path)) for path in paths]
        done = list(self._pool.run(jobs))
        return Folders(
            frozenset(one.job.path for one in done if one.result),
            frozenset(one.job.path for one in done if one.lost),
        )

    def _chosen(
        self, items: Sequence[Item], located: Sequence[Located], unclear: Sequence[Located]
    ) -> Sequence[Located]:
        if not self._request.items:
            return located
        self._look_up_names(items, located, unclear)
        return [one for one in located if find.is_named(one.item, one.folder, self._request.items)]

    def _look_up_names(
        self, items: Sequence[Item], located: Sequence[Located], unclear: Sequence[Located]
    ) -> None:
        """Tell of each name that means nothing in scope what it may have meant, or why that is left out."""
        inside = {one.item.id for one in located}
        for name in self._request.items:
            if any(find.is_named(one.item, one.folder, [name]) for one in located):
                continue
            kept = override.belonging(self._job.overrides, items)
            outside = [
                (
                    Located(one, one.path, self._job.rules.base, kept.get(one.id)),
                    scope.Exclusion("root_path", f"its folder {one.path} is in none of the configured roots"),
                )
                for one in items
                if one.id not in inside and find.is_named(one, one.path, [name])
            ]
            lost = scope.Exclusion("", "its row in the arr's list could not be understood, or is missing")
            outside += [(one, lost) for one in unclear if find.is_named(one.item, one.folder, [name])]
            for one, exclusion in outside:
                self._inspect_left_out(one, exclusion)
            if not outside:
                self.summary.unknown[name] = find.near(name, [find.called(one.item) for one in located])

    def _filter(self, located: Sequence[Located], records: Records) -> list[Located]:
        """Leave out what is excluded: it keeps its labels, and nothing is asked or read for it."""
        kept: list[Located] = []
        left_out: list[ItemRecord] = []
        by_configuration: list[ItemRecord] = []
        nfos = self._genre_nfos([one for one in located if scope.lacks_genre(one.item, one.policy)])
        unseen: list[str] = []
        for one in located:
            nfo = nfos.get(one.item.id, ItemNfos())
            genres = [genre for state in nfo.editable for genre in state.genres]
            exclusion = scope.excluded(one.item, one.policy, genres, one.override)
            if exclusion is None:
                kept.append(one)
                continue
            without_filter = replace(one.policy, target_genre=None)
            if nfo.unclear and scope.excluded(one.item, without_filter, override=one.override) is None:
                unseen.append(one.item.title)  # the genre may well be there: what is known of it stays
                continue
            # Without a fingerprint: its files are asked for once it is not left out any more.
            item = replace(one.item, files=None, fingerprint="")
            left_out.append(ItemRecord(item=item, local=one.folder, reason=exclusion.reason))
            if exclusion.key != scope.OVERRIDE:
                by_configuration.append(left_out[-1])
            if self._request.inspect:
                self._inspect_left_out(one, exclusion)
        records.save(left_out)
        if unseen:
            self.summary.notes.append(
                "the target genre may stand in NFO files that could not be read, so their titles are left alone: "
                f"{len(unseen)}, the first: {unseen[0]}. Is the disk there, and may this user read them?"
            )
        if by_configuration and not kept and not self._request.items:
            first = by_configuration[0]
            self.summary.notes.append(
                f"the configuration leaves out all of the {len(by_configuration)} titles; the first: "
                f"{first.item.title}: {first.reason}"
            )
        return kept

    def _inspect_left_out(self, one: Located, exclusion: scope.Exclusion) -> None:
        original = override.original_under(one.override, one.item.original)
        self.summary.inspections.append(
            Inspection(one.item, one.folder, one.policy, original, excluded=exclusion, kept=one.kept)
        )

    def _genre_nfos(self, lacking: Sequence[Located]) -> Mapping[int, ItemNfos]:
        """The NFO files of items that the genre filter would leave out: their genres add to the arr's."""
        wanted = []
        for one in lacking:
            video = next(iter(one.item.files or ()), None)
            local = file_below(one.item, video, one.folder, self._job.mappings) if video else None
            wanted.append((one, self._world.nfos.paths(one.item.kind, one.folder, local)))
        return self._desk.look(wanted, {})

    # Apply

    def _previews(self, one: ItemPlan | Located) -> bool:
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
        _remember_tags(applied, records)
        settled = [one for one in due if not one.tags or one.item.id in applied.settled]
        writer = NfoWriter(self._job, self._request, self._world, self._desk, self.summary)
        writer.write(settled, plans, planner.refused)
        planner.unseen |= writer.failed | ({one.item.id for one in due} - {one.item.id for one in settled})

    # Forget

    def _forget_removed(
        self, plans: Sequence[ItemPlan], planner: Planner, records: Records, listing: Listing
    ) -> None:
        """After mode 2: forget what is done with. What did not come through is known for the next try."""
        chosen = {one.item.id for one in plans}
        kept = planner.unseen | {one.item.id for one in plans if self._previews(one)}
        kept |= {one.item.id for one in odd.unclear(listing, records.by_id)}
        records.forget(
            [key for key in records.by_id if key not in kept and (key in chosen or not self._request.items)]
        )

    def _prune(self, listing: Listing, records: Records) -> None:
        """Forget what the arr lists no longer, and what the configuration has put out of scope.

        An item that is listed and only cannot be found on this machine is not forgotten.
        """
        roots = self._job.roots
        delisted = listing.gone(records.by_id)
        unclear = {one.item.id for one in odd.unclear(listing, records.by_id)}
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


def _overridden(one: Located) -> Located:
    """The item under what a person says of it."""
    with logs.about(item=one.item.title):
        _log.debug("judged under an override: %s", one.override)
    return replace(one, policy=override.policy_under(one.override, one.policy))


def _remember_tags(applied: Applied, records: Records) -> None:
    """Keep the tags as they should be now: the next scan sees by them what was undone."""
    records.save(
        replace(record, item=replace(record.item, tags=tags))
        for item_id, tags in applied.tags.items()
        if (record := records.by_id.get(item_id)) is not None
    )


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
