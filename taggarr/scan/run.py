"""One scan of one instance, as `docs/explanation/architecture.md` draws it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from taggarr.core import find, plan, scope
from taggarr.core.errors import ArrError, StoreError
from taggarr.core.language import Language, parse_original
from taggarr.core.media import Item, Kind
from taggarr.core.paths import file_below, tidy
from taggarr.core.plan import ItemPlan, Rest, Undone
from taggarr.core.policy import WriteNfo
from taggarr.core.record import Batch, Change, ItemRecord, Outcome, Result, Target
from taggarr.core.selection import Mode
from taggarr.core.verdict import Finding, ItemVerdict, Original, Verdict, judge_file, judge_item
from taggarr.scan.apply import TagWriter
from taggarr.scan.claims import Claims
from taggarr.scan.events import Phase, Progress
from taggarr.scan.finish import NfoWriter
from taggarr.scan.job import Inspection, InstanceJob, InstanceSummary, ScanRequest, World
from taggarr.scan.locate import Located, locate
from taggarr.scan.nfos import ItemNfos, NfoDesk
from taggarr.scan.observe import Observed, Observer
from taggarr.scan.pool import Job, Pool


@dataclass(frozen=True, slots=True)
class Judged:
    """An item with its verdict; `video` is where a movie's file lies here."""

    located: Located
    verdict: ItemVerdict
    original: Language | None
    video: str | None
    undone: Undone


class InstanceScan:
    """The scan of one instance: `run` goes through it once and leaves everything in `summary`."""

    def __init__(
        self, job: InstanceJob, world: World, pool: Pool, claims: Claims, request: ScanRequest
    ) -> None:
        self._job = job
        self._world = world
        self._pool = pool
        self._claims = claims
        self._request = request
        self._observer = Observer(job, world, pool, request)
        self._desk = NfoDesk(world, pool)
        self._records: dict[int, ItemRecord] = {}
        self._genres_ours: frozenset[str] = frozenset()
        self.summary = InstanceSummary(job.name)

    def run(self) -> InstanceSummary:
        """Scan the instance. What fails as a whole is the summary's `error`; other instances go on."""
        try:
            self._run()
        except (ArrError, StoreError) as error:
            self.summary.error = (error.code, str(error))
        finally:
            self._claims.announce(self._job.name, None)
            self._observer.close()
            self.summary.files_read = self._observer.files_read
            self.summary.requests = self._job.catalogue.requests
        return self.summary

    def _run(self) -> None:
        self._tell(Phase.FETCH, 0, 0)
        self._job.catalogue.check()
        items = self._job.catalogue.items()
        self._records = self._job.memory.records()
        located = self._locate(items)
        self._claims.announce(self._job.name, {tidy(one.folder) for one in located})
        self._settle_what_was_cut_off(items)
        if self._request.items:
            self._look_up_names(items, located)
        chosen = self._chosen(located)
        if self._request.mode is Mode.REMOVE:
            plans = self._plan_removal(chosen)
        else:
            plans = self._plan(self._judge(self._filter(chosen)))
        if self._world.stop.is_set():
            return
        self.summary.plans = [one for one in plans if not one.empty or one.rest is Rest.PARKED]
        self.summary.planned = sum(len(one.tags) + len(one.nfos) for one in plans)
        due = [one for one in plans if not one.empty and not self._previews(one)]
        if due and self._stopped_by_guard(plans):
            return
        self._apply(due)
        if not self._request.items and not self._request.preview and not self._world.stop.is_set():
            self._prune({one.item.id for one in located})

    # Scope

    def _locate(self, items: Sequence[Item]) -> list[Located]:
        folders = locate(items, self._job.roots, self._job.mappings, self._which_are_folders)
        return [
            Located(item, folders[item.id], scope.policy_for(item, self._job.rules, folders[item.id]))
            for item in items
            if item.id in folders
        ]

    def _which_are_folders(self, paths: Iterable[str]) -> frozenset[str]:
        disk = self._world.disk
        jobs = [Job(path, path, path, partial(disk.is_folder, path)) for path in paths]
        return frozenset(done.job.key for done in self._pool.run(jobs) if done.result)

    def _chosen(self, located: Sequence[Located]) -> Sequence[Located]:
        if not self._request.items:
            return located
        return [one for one in located if find.is_named(one.item, one.folder, self._request.items)]

    def _look_up_names(self, items: Sequence[Item], located: Sequence[Located]) -> None:
        """Tell of each name that means nothing in scope what it may have meant, or why that is left out."""
        inside = {one.item.id for one in located}
        for name in self._request.items:
            if any(find.is_named(one.item, one.folder, [name]) for one in located):
                continue
            outside = [one for one in items if one.id not in inside and find.is_named(one, one.path, [name])]
            for item in outside:
                reason = f"its folder {item.path} is in none of the configured roots"
                original = Original(parse_original(item.original))
                self.summary.inspections.append(
                    Inspection(item, item.path, self._job.rules.base, original, excluded=reason)
                )
            if not outside:
                self.summary.unknown[name] = find.near(name, [one.item.title for one in located])

    def _filter(self, located: Sequence[Located]) -> list[Located]:
        """Leave out what is excluded: it keeps its labels, and nothing is asked or read for it."""
        kept: list[Located] = []
        left_out: list[ItemRecord] = []
        genres = self._nfo_genres([one for one in located if scope.lacks_genre(one.item, one.policy)])
        for one in located:
            reason = scope.excluded(one.item, one.policy, genres.get(one.item.id, ()))
            if reason is None:
                kept.append(one)
            else:
                left_out.append(
                    ItemRecord(item=replace(one.item, files=None), local=one.folder, reason=reason)
                )
                if self._request.inspect:
                    original = Original(parse_original(one.item.original))
                    self.summary.inspections.append(
                        Inspection(one.item, one.folder, one.policy, original, excluded=reason)
                    )
        self._save(left_out)
        return kept

    def _nfo_genres(self, lacking: Sequence[Located]) -> Mapping[int, Sequence[str]]:
        """The genres that NFO files add to the arr's, for items that the genre filter would leave out."""
        looked = self._desk.look([(one, None) for one in lacking], {}, frozenset())
        return {
            item_id: [genre for state in nfos.editable for genre in state.genres]
            for item_id, nfos in looked.items()
        }

    # Judge

    def _judge(self, located: Sequence[Located]) -> list[Judged]:
        self.summary.items = len(located)
        arr_languages = self._job.catalogue.languages() if located else frozenset()
        originals: dict[str, Original] = {}
        judged: list[Judged] = []
        waiting: list[ItemRecord] = []
        for observed in self._observer.observe(located, self._records):
            item = observed.located.item
            original = originals.get(item.original)
            if original is None:
                language = parse_original(item.original)
                original = Original(language, item.original.casefold() == "english", arr_languages)
                originals[item.original] = original
            one = self._judge_one(observed, original)
            judged.append(one)
            waiting.append(self._record(one, observed))
            if len(waiting) >= 100:
                self._save(waiting)
                waiting = []
                self._tell(Phase.READ, len(judged), len(located))
            if self._world.stop.is_set():
                break
        self._save(waiting)
        self._tell(Phase.DECIDE, len(judged), len(located))
        return judged

    def _judge_one(self, observed: Observed, original: Original) -> Judged:
        findings, verdict = self._verdict(observed, original)
        item = observed.located.item
        record = self._records.get(item.id)
        if verdict.sampled and record is not None and record.full_label in item.tags:
            label = plan.label_of(verdict.verdict, observed.located.policy.labels)
            if label != record.full_label:
                # A sample never overrules a verdict that rests on every file.
                self._observer.complete(observed)
                findings, verdict = self._verdict(observed, original)
        undone = Undone()
        if record is not None:
            undone = plan.count_undone(
                record.undone, record.item.tags, item, record.label, self._job.managed, verdict
            )
        self._count(observed, verdict)
        if self._request.inspect:
            located = observed.located
            inspection = Inspection(
                item,
                located.folder,
                located.policy,
                original,
                observed.files,
                observed.readings,
                findings,
                verdict,
            )
            self.summary.inspections.append(inspection)
        return Judged(observed.located, verdict, original.language, self._video(observed), undone)

    def _verdict(self, observed: Observed, original: Original) -> tuple[Mapping[int, Finding], ItemVerdict]:
        if observed.problem is not None:
            return {}, ItemVerdict(Verdict.UNKNOWN, 4, observed.problem)
        policy = observed.located.policy
        findings = {
            file_id: judge_file(reading, policy, original) for file_id, reading in observed.readings.items()
        }
        sampled = len(findings) < len(observed.files)
        return findings, judge_item(observed.located.item, observed.files, findings, policy, sampled=sampled)

    def _count(self, observed: Observed, verdict: ItemVerdict) -> None:
        self.summary.verdicts[verdict.verdict] += 1
        self.summary.files_listed += len(observed.files)
        if verdict.verdict is Verdict.UNKNOWN:
            self.summary.attention.append((observed.located.item.title, verdict.reason))

    def _video(self, observed: Observed) -> str | None:
        one = observed.located
        if one.item.kind is Kind.SERIES or not observed.files:
            return None
        return file_below(one.item, observed.files[0], one.folder, self._job.mappings)

    def _record(self, one: Judged, observed: Observed) -> ItemRecord:
        item, verdict = one.located.item, one.verdict
        before = self._records.get(item.id)
        label = None if verdict.nothing_counts else plan.label_of(verdict.verdict, one.located.policy.labels)
        undone = one.undone
        if before is not None and self._previews(one.located):
            # A preview looks, and leaves what the last real scan saw of the tags to the next one.
            item, undone = replace(item, tags=before.item.tags), before.undone
        if observed.problem is not None:
            item = replace(item, fingerprint="")  # asked again next time
        return ItemRecord(
            item=replace(item, files=None),
            local=one.located.folder,
            original=str(one.original) if one.original else None,
            verdict=verdict.verdict.value,
            rule=verdict.rule,
            reason=verdict.reason,
            label=label,
            sampled=verdict.sampled,
            full_label=(before.full_label if before else None) if verdict.sampled else label,
            languages=_tags(verdict.languages),
            missing=_tags(verdict.missing),
            foreign=_tags(verdict.foreign),
            problem=verdict.reason if verdict.verdict is Verdict.UNKNOWN else None,
            undone=undone,
        )

    # Plan

    def _plan(self, judged: Sequence[Judged]) -> list[ItemPlan]:
        known = [one for one in judged if one.verdict.verdict is not Verdict.UNKNOWN]
        nfos = self._nfos([(one.located, one.video) for one in known])
        return [
            plan.plan_item(
                one.located.item,
                one.verdict,
                one.located.policy,
                self._job.managed,
                nfos[one.located.item.id].editable if one.located.item.id in nfos else (),
                one.undone,
            )
            for one in judged
        ]

    def _plan_removal(self, located: Sequence[Located]) -> list[ItemPlan]:
        self.summary.items = len(located)
        stored = self._job.memory.files([one.item.id for one in located if one.item.kind is Kind.MOVIE])
        videos = {
            one.item.id: next(iter(one.item.files or ()), None)
            or next((k.file for k in stored.get(one.item.id, ())), None)
            for one in located
        }
        wanted = [
            (one, file_below(one.item, video, one.folder, self._job.mappings) if video else None)
            for one in located
            for video in (videos[one.item.id],)
        ]
        nfos = self._nfos(wanted)
        return [
            plan.plan_removal(
                one.item,
                one.policy,
                self._job.managed,
                nfos[one.item.id].editable if one.item.id in nfos else (),
            )
            for one in located
        ]

    def _nfos(self, wanted: Sequence[tuple[Located, str | None]]) -> Mapping[int, ItemNfos]:
        """The NFO files of items that this instance writes, as they are now."""
        taken = self._claims.writer_before(self._job.name)
        ours = [
            (one, video)
            for one, video in wanted
            if one.policy.write_nfo is not WriteNfo.NEVER and tidy(one.folder) not in taken
        ]
        others = {taken[tidy(one.folder)] for one, _ in wanted if tidy(one.folder) in taken}
        if others:
            count = sum(1 for one, _ in wanted if tidy(one.folder) in taken)
            names = ", ".join(sorted(others))
            self.summary.notes.append(
                f"{count} NFO folders belong to {names} as well, which comes first in the configuration and writes them"
            )
        if self._world.stop.is_set():
            return {}
        known = self._job.memory.nfos([one.item.id for one, _ in ours])
        afresh = self._request.mode is not Mode.UPDATE
        found = self._desk.look(ours, known, self._genres_ours, afresh=afresh)
        changed = tuple(record for nfos in found.values() for record in nfos.changed)
        gone = tuple(path for nfos in found.values() for path in nfos.gone)
        if changed or gone:
            self._job.memory.save(Batch(nfos=changed, gone_nfos=gone))
        return found

    # Apply

    def _previews(self, one: ItemPlan | Located) -> bool:
        return self._request.preview or one.policy.dry_run

    def _stopped_by_guard(self, plans: Sequence[ItemPlan]) -> bool:
        if self._request.yes or self._request.mode is Mode.REMOVE:
            return False
        labelled = sum(1 for one in plans if {tag.lower() for tag in one.item.tags} & self._job.managed)
        bare = plan.unlabels_too_much(plans, labelled, self._job.managed)
        if bare is None:
            return False
        self.summary.guard = (
            f"{bare} of {labelled} labelled items would be left without any label, which looks like a mistake "
            "(a missing mount, changed targets or labels): nothing was changed here. Look at the plan with "
            "--dry-run; if it is right, run again with --yes"
        )
        return True

    def _apply(self, due: Sequence[ItemPlan]) -> None:
        self._tell(Phase.APPLY, 0, len(due))
        applied = TagWriter(self._job, self._world).apply([one for one in due if one.tags])
        self.summary.applied += applied.applied
        self.summary.failures += applied.failures
        self.summary.postponed = applied.postponed
        self._remember_tags(applied.tags, applied.undone)
        settled = [one for one in due if not one.tags or one.item.id in applied.settled]
        if not self._world.stop.is_set():
            NfoWriter(self._job, self._world, self._desk, self.summary).write(settled, self._request.mode)
        if self._request.mode is Mode.REMOVE and not self._request.preview:
            failed = {one.item.id for one in due} - {one.item.id for one in settled}
            self._job.memory.forget([key for key in self._removed_ids() if key not in failed])
        self.summary.failed = len(self.summary.failures)
        self._tell(Phase.APPLY, len(due), len(due))

    def _removed_ids(self) -> list[int]:
        if not self._request.items:
            return list(self._records)
        return [
            key for key, r in self._records.items() if find.is_named(r.item, r.local, self._request.items)
        ]

    def _remember_tags(self, tags: Mapping[int, tuple[str, ...]], undone: Mapping[int, str]) -> None:
        """Keep the tags as the arr confirmed them: the next scan sees by them what was undone."""
        changed = []
        for item_id, confirmed in tags.items():
            record = self._records.get(item_id)
            if record is None:
                continue
            count = record.undone
            if item_id in undone:
                count = replace(
                    count,
                    label=undone[item_id],
                    times=count.times + 1,
                    verdict=record.verdict or "",
                    rule=record.rule,
                )
            changed.append(replace(record, item=replace(record.item, tags=confirmed), undone=count))
        self._save(changed)

    def _prune(self, in_scope: set[int]) -> None:
        gone = [item_id for item_id in self._records if item_id not in in_scope]
        if not gone:
            return
        if plan.forgets_too_much(len(gone), len(self._records)) and not self._request.yes:
            self.summary.guard = (
                f"{len(gone)} of {len(self._records)} known items are no longer listed, which looks like a "
                "mistake (another database, a changed root): what is known of them is kept. If it is right, "
                "run again with --yes"
            )
            return
        self._job.memory.forget(gone)

    def _settle_what_was_cut_off(self, items: Sequence[Item]) -> None:
        """Changes whose outcome nobody wrote down: the arr and the files tell what became of them."""
        tags = {item.id: {tag.lower() for tag in item.tags} for item in items}
        outcomes = []
        genres = set()
        for change in self._job.journal.unsettled():
            if change.intent.target is Target.TAG:
                outcomes.append(_outcome_now(change, tags.get(change.intent.item_id)))
            else:
                if "genre:" + plan.GENRE in change.intent.after:
                    genres.add(change.intent.name)
                outcomes.append(Outcome(change.id, Result.UNCONFIRMED, error=_CUT_OFF))
        if outcomes:
            self._job.journal.settle(outcomes)
        self._genres_ours = frozenset(genres)

    # Keep and tell

    def _save(self, records: Sequence[ItemRecord]) -> None:
        """Keep the records that differ from what is stored."""
        changed = tuple(one for one in records if self._records.get(one.item.id) != one)
        if changed:
            self._job.memory.save(Batch(records=changed))
        self._records.update({one.item.id: one for one in changed})

    def _tell(self, phase: Phase, done: int, total: int) -> None:
        self._world.listen(Progress(self._job.name, phase, done, total, self._observer.files_read))


_CUT_OFF = "the scan that sent it was cut off before the answer; this scan looked again"


def _outcome_now(change: Change, tags: Iterable[str] | None) -> Outcome:
    if tags is None:
        return Outcome(change.id, Result.FAILED, error=f"{_CUT_OFF}: the item is gone from the arr")
    holds = (change.intent.name in tags) is (change.intent.action.value == "add")
    if holds:
        return Outcome(change.id, Result.APPLIED, tuple(sorted(tags)))
    return Outcome(change.id, Result.FAILED, tuple(sorted(tags)), f"{_CUT_OFF}: it did not arrive")


def _tags(languages: Iterable[Language]) -> tuple[str, ...]:
    return tuple(str(language) for language in languages)
