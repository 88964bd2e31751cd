"""Items with their verdicts, and what is kept of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from taggarr.core import override, plan
from taggarr.core.errors import ArrError
from taggarr.core.language import Language
from taggarr.core.media import Heard, Item, Kind, Reading, same_title
from taggarr.core.paths import file_below
from taggarr.core.plan import Held, Undone
from taggarr.core.policy import Policy
from taggarr.core.record import ItemRecord
from taggarr.core.selection import Mode
from taggarr.core.state_file import EarlierTag
from taggarr.core.verdict import Finding, ItemVerdict, Original, Verdict, judge_file, judge_item
from taggarr.scan.earlier import EarlierState
from taggarr.scan.events import Phase
from taggarr.scan.job import Inspection, InstanceJob, InstanceSummary, ScanRequest, Tell
from taggarr.scan.locate import Located
from taggarr.scan.observe import Observed, Observer
from taggarr.scan.records import Records

SAVED_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Judged:
    """An item with its verdict; `video` is where a movie's file lies here, `earlier` whose tags still stand."""

    located: Located
    verdict: ItemVerdict
    original: Language | None
    video: str | None
    undone: Undone
    earlier: EarlierTag | None
    held: Held | None


class Judge:
    """Judges the items of one instance, and keeps a record of each."""

    def __init__(
        self,
        job: InstanceJob,
        request: ScanRequest,
        observer: Observer,
        records: Records,
        earlier: EarlierState,
        summary: InstanceSummary,
        tell: Tell,
    ) -> None:
        self._job = job
        self._request = request
        self._observer = observer
        self._records = records
        self._earlier = earlier
        self._summary = summary
        self._tell = tell
        self._originals: dict[tuple[str, Language | None], Original] = {}
        self._arr_languages: frozenset[str] = frozenset()
        self._rules: str | None = None
        self._findings: dict[tuple[int, int, int], tuple[Reading, Finding]] = {}  # which keeps the ids in use
        self._out_of_reach: list[str] = []  # what stands for them is counted in `_stood_in`
        self._stood_in = 0

    def judge(self, located: Sequence[Located]) -> list[Judged]:
        """Every item with its verdict, up to where the scan shall stop. Raises `ArrError` and `StoreError`."""
        self._arr_languages = self._job.catalogue.languages() if located else frozenset()
        judged: list[Judged] = []
        waiting: list[ItemRecord] = []

        def going_on(done: int) -> None:
            self._tell(Phase.READ, done, len(located))

        if located:
            going_on(0)
        for observed in self._observer.observe(located, self._records.by_id, going_on):
            one = self._judge_one(observed)
            judged.append(one)
            waiting.append(self._record(one, observed))
            if len(waiting) >= SAVED_AT_ONCE:
                self._records.save(waiting)
                waiting = []
                self._findings.clear()  # no more are held than these items have
        self._records.save(waiting)
        self._note_out_of_reach()
        self._tell(Phase.DECIDE, len(judged), len(located))
        return judged

    def _judge_one(self, observed: Observed) -> Judged:
        item, policy = observed.located.item, observed.located.policy
        original = self._original(observed.located)
        findings, verdict = self._verdict(observed, original)
        record = self._before(item)
        if verdict.sampled and record is not None and record.full_label is not None:
            label = plan.label_of(verdict.verdict, policy.labels)
            if (label or "") != record.full_label:
                # A sample never overrules a verdict that rests on every file.
                self._observer.complete(observed)
                findings, verdict = self._verdict(observed, original)
        self._summary.verdicts[verdict.verdict] += 1
        self._summary.files_listed += len(observed.files)
        self._out_of_reach += observed.out_of_reach.values()
        self._stood_in += sum(
            isinstance(observed.readings.get(file_id), Heard) for file_id in observed.out_of_reach
        )
        if verdict.verdict is Verdict.UNKNOWN:
            self._summary.attention.append((item.title, verdict.reason))
        if self._request.inspect:
            self._summary.inspections.append(
                Inspection(
                    item,
                    observed.located.folder,
                    policy,
                    original,
                    observed.files,
                    observed.readings,
                    findings,
                    verdict,
                    kept=observed.located.kept,
                )
            )
        undone = Undone() if record is None else self._undone(record, observed.located, verdict)
        earlier = self._earlier.stands(observed.located, record, self._job.managed)
        held = None if record is None else self._held(record, verdict)
        video = self._video(observed)
        return Judged(observed.located, verdict, original.language, video, undone, earlier, held)

    def _note_out_of_reach(self) -> None:
        """Say that files are not where they should be: what stands in for them would hide it."""
        count, listed = len(self._out_of_reach), self._summary.files_listed
        if not count:
            return
        whose = "" if self._stood_in == count else f"{self._stood_in} of "
        stood_in = (
            f"; for {whose}them an earlier reading stands, or what the arr says" if self._stood_in else ""
        )
        hint = (
            ". Is the disk there, and does path_mappings say where the arr's folders lie here?"
            if count == listed
            else ""
        )
        self._summary.notes.append(
            f"{count} of {listed} files could not be read on this machine{stood_in}; the first: "
            f"{self._out_of_reach[0]}{hint}"
        )

    def _original(self, one: Located) -> Original:
        key = (one.item.original, one.override.original)
        if key not in self._originals:
            said = override.original_under(one.override, one.item.original, self._arr_languages)
            self._originals[key] = said
        return self._originals[key]

    def _verdict(self, observed: Observed, original: Original) -> tuple[Mapping[int, Finding], ItemVerdict]:
        if observed.problem is not None:
            return {}, ItemVerdict(Verdict.UNKNOWN, 4, observed.problem)
        policy = observed.located.policy
        findings = {
            file_id: self._finding(reading, policy, original)
            for file_id, reading in observed.readings.items()
        }
        sampled = policy.quick_mode and len(findings) < len(observed.files)
        return findings, judge_item(observed.located.item, observed.files, findings, policy, sampled=sampled)

    def _finding(self, reading: Reading, policy: Policy, original: Original) -> Finding:
        """The finding of a file; readings that are stored alike are one object, and share it."""
        # By identity: a hash would go through every field of every track and of the policy.
        key = (id(reading), id(policy), id(original))
        if key not in self._findings:
            self._findings[key] = (reading, judge_file(reading, policy, original))
        return self._findings[key][1]

    def _undone(self, record: ItemRecord, one: Located, verdict: ItemVerdict) -> Undone:
        """How often the arr undid our change; a parked one is forgiven once its tagging rules are others."""
        undone = plan.count_undone(
            record.undone, record.item.tags, one.item, record.label, self._job.managed, verdict
        )
        if undone.times < plan.PARKED_AFTER:
            return undone
        if self._request.mode is Mode.REWRITE:
            return Undone()
        rules = self._tagging_rules()
        if not undone.rules:
            return replace(undone, rules=rules)
        return undone if rules in ("", undone.rules) else Undone()

    def _before(self, item: Item) -> ItemRecord | None:
        """What is known of the item, and not of another title that had its number before."""
        record = self._records.by_id.get(item.id)
        return record if record is not None and same_title(record.item.catalogue_id, item) else None

    def _held(self, record: ItemRecord, verdict: ItemVerdict) -> Held | None:
        """What holds the item still: not once its verdict is another one, or a person asks for it."""
        asked = self._request.release or self._request.mode is Mode.REWRITE
        if record.held is None or asked:
            return None
        return record.held if record.held.holds(verdict.verdict) else None

    def _tagging_rules(self) -> str:
        if self._rules is None:
            try:
                self._rules = self._job.tagger.tagging_rules()
            except ArrError:
                self._rules = ""  # nobody knows: what is parked stays so
        return self._rules

    def _video(self, observed: Observed) -> str | None:
        one = observed.located
        if one.item.kind is Kind.SERIES or not observed.files:
            return None
        return file_below(one.item, observed.files[0], one.folder, self._job.mappings)

    def _record(self, one: Judged, observed: Observed) -> ItemRecord:
        item, verdict = one.located.item, one.verdict
        before = self._before(item)
        label = None if verdict.nothing_counts else plan.label_of(verdict.verdict, one.located.policy.labels)
        full_label: str | None = label or ""
        if verdict.sampled or verdict.verdict is Verdict.UNKNOWN:
            full_label = before.full_label if before else None
        undone, held = one.undone, one.held
        if before is not None and (self._request.preview or one.located.policy.dry_run):
            # A preview looks, and leaves what the last real scan saw of the tags to the next one.
            item, undone, held = replace(item, tags=before.item.tags), before.undone, before.held
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
            full_label=full_label,
            languages=_tags(verdict.languages),
            missing=_tags(verdict.missing),
            foreign=_tags(verdict.foreign),
            problem=verdict.reason if verdict.verdict is Verdict.UNKNOWN else None,
            undone=undone,
            file_count=len(observed.files),
            held=held,
        )


def _tags(languages: Iterable[Language]) -> tuple[str, ...]:
    return tuple(str(language) for language in languages)
