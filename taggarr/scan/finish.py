"""The last step of applying: NFO files, for items whose change in the arr holds."""

from collections.abc import Mapping, Sequence

from taggarr.core.errors import ArrError
from taggarr.core.nfo_edit import NfoCause, NfoContent, NfoEdited, NfoOutcome
from taggarr.core.paths import parent
from taggarr.core.plan import ItemPlan, NfoChange, NfoState
from taggarr.core.policy import WriteNfo
from taggarr.core.record import Action, Batch, Intent, Outcome, Result, Target
from taggarr.core.selection import Mode
from taggarr.scan.job import Failure, InstanceJob, InstanceSummary, World
from taggarr.scan.locate import Located
from taggarr.scan.nfos import NfoDesk, after_edit

BATCH = 100


class NfoWriter:
    """Writes the NFO changes of one instance, and asks the arr to write what this process may not."""

    def __init__(self, job: InstanceJob, world: World, desk: NfoDesk, summary: InstanceSummary) -> None:
        self._job = job
        self._world = world
        self._desk = desk
        self._summary = summary
        self._unwritable: list[ItemPlan] = []
        self._reasons: list[str] = []

    def write(self, settled: Sequence[ItemPlan], mode: Mode) -> None:
        """Carry out the NFO changes of plans whose tags hold."""
        work = [(one, change) for one in settled for change in one.nfos]
        for start in range(0, len(work), BATCH):
            if self._world.stop.is_set():
                return
            self._batch(work[start : start + BATCH])
        self._ask_the_arr(settled, mode)

    def _batch(self, batch: Sequence[tuple[ItemPlan, NfoChange]]) -> None:
        states = self._states(batch)
        ids = self._job.journal.intend([_intent(one, change, states[change.path]) for one, change in batch])
        numbers = {change.path: (number, one) for number, (one, change) in zip(ids, batch, strict=True)}
        outcomes, records = [], []
        located = [(Located(one.item, parent(c.path), one.policy), c) for one, c in batch]
        for change, outcome, stat in self._desk.edit(located):
            number, one = numbers[change.path]
            outcomes.append(self._settle(number, one, outcome))
            if isinstance(outcome, NfoEdited):
                records.append(after_edit(one.item.id, states[change.path], change, outcome, stat))
        self._job.memory.save(Batch(nfos=tuple(records)))
        self._job.journal.settle(outcomes)

    def _states(self, batch: Sequence[tuple[ItemPlan, NfoChange]]) -> Mapping[str, NfoState]:
        known = self._job.memory.nfos({one.item.id for one, _ in batch})
        return {record.state.path: record.state for records in known.values() for record in records}

    def _settle(self, number: int, one: ItemPlan, outcome: NfoOutcome) -> Outcome:
        if isinstance(outcome, NfoEdited):
            self._summary.applied += 1
            return Outcome(number, Result.APPLIED, _texts(outcome.after))
        always = one.policy.write_nfo is WriteNfo.ALWAYS
        if outcome.cause in (NfoCause.UNWRITABLE, NfoCause.FAILED):
            if always:
                failure = Failure(one.item.title, f"edit {outcome.path}", Result.FAILED, outcome.reason)
                self._summary.failures.append(failure)
            else:
                self._unwritable.append(one)
                self._reasons.append(str(outcome))
        return Outcome(number, Result.FAILED, error=outcome.reason)

    def _ask_the_arr(self, settled: Sequence[ItemPlan], mode: Mode) -> None:
        """Where the arr writes NFO files itself, a rescan brings our tag into what we may not write."""
        changed = {one.item.id for one in self._unwritable if one.tags}
        if self._unwritable:
            self._summary.notes.append(
                f"{len(self._unwritable)} NFO files could not be written; the first: {self._reasons[0]}"
            )
        if mode is Mode.REWRITE:
            changed |= {one.item.id for one in settled if one.tags}
        if not changed:
            return
        try:
            if self._job.tagger.nfo_consumer().enabled:
                self._job.tagger.rescan(sorted(changed))
        except ArrError as error:
            self._summary.notes.append(f"the arr could not be asked to write its NFO files: {error.problem}")


def _intent(one: ItemPlan, change: NfoChange, state: NfoState) -> Intent:
    edit = change.edit
    removed = {text.lower() for text in edit.remove_tags}
    gone = {text.lower() for text in edit.remove_genres}
    after = NfoContent(
        (*(t for t in state.tags if t.lower() not in removed), *edit.add_tags),
        (*(g for g in state.genres if g.lower() not in gone), *edit.add_genres),
    )
    return Intent(
        item_id=one.item.id,
        title=one.item.title,
        target=Target.NFO,
        action=Action.EDIT,
        name=change.path,
        before=_texts(NfoContent(state.tags, state.genres)),
        after=_texts(after),
        verdict=one.verdict,
        reason=one.reason,
    )


def _texts(content: NfoContent) -> tuple[str, ...]:
    return (*content.tags, *(f"genre:{genre}" for genre in content.genres))
