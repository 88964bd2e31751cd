"""The last step of applying: NFO files, for items whose change in the arr holds."""

import logging
from collections.abc import Iterable, Mapping, Sequence

from taggarr import logs
from taggarr.core.errors import ArrError
from taggarr.core.nfo_edit import NfoCause, NfoEdited, NfoProblem
from taggarr.core.paths import parent
from taggarr.core.plan import ItemPlan, NfoChange, NfoState
from taggarr.core.policy import WriteNfo
from taggarr.core.record import Action, Batch, Intent, Outcome, Result, Target
from taggarr.core.selection import Mode
from taggarr.scan.cutoff import texts
from taggarr.scan.job import Failure, InstanceJob, InstanceSummary, ScanRequest, World
from taggarr.scan.locate import Located
from taggarr.scan.nfos import NfoDesk, after_edit

BATCH = 100

RESCANS = 5
"""What one scan asks an arr for at most: each is a call and a command of its own, and a first scan changes thousands.

The arr refreshes all titles within a day by itself, and writes what differs then.
"""

_log = logging.getLogger(__name__)


class NfoWriter:
    """Writes the NFO changes of one instance, and asks the arr to write what this process may not.

    `failed` are the items with an NFO that should have been edited and was not, by their ids.
    """

    def __init__(
        self,
        job: InstanceJob,
        request: ScanRequest,
        world: World,
        desk: NfoDesk,
        summary: InstanceSummary,
    ) -> None:
        self._job = job
        self._request = request
        self._world = world
        self._desk = desk
        self._summary = summary
        self._left_alone: list[NfoProblem] = []
        self._for_the_arr: set[int] = set()
        self.failed: set[int] = set()

    def write(
        self,
        settled: Sequence[ItemPlan],
        plans: Iterable[ItemPlan],
        refused: Mapping[int, Sequence[NfoProblem]],
    ) -> None:
        """Carry out the NFO changes of the plans that are `settled`: their tags hold. Raises `StoreError`.

        `refused` are the edits that were not even planned, because this process may not make them.
        """
        work = [(one, change) for one in settled for change in one.nfos]
        for start in range(0, len(work), BATCH):
            if self._world.stop.is_set():
                return
            self._batch(work[start : start + BATCH])
        for one in plans:
            for problem in refused.get(one.item.id, ()):
                self._not_written(one, problem)
        if self._left_alone:
            count = len(self._left_alone)
            files = "1 NFO file" if count == 1 else f"{count} NFO files"
            self._summary.notes.append(f"{files} could not be written; the first: {self._left_alone[0]}")
        if not self._request.preview:
            self._ask_the_arr(settled)

    def _batch(self, batch: Sequence[tuple[ItemPlan, NfoChange]]) -> None:
        states = self._states(batch)
        ids = self._job.journal.intend([_intent(one, change, states[change.path]) for one, change in batch])
        numbers = {change.path: (number, one) for number, (one, change) in zip(ids, batch, strict=True)}
        outcomes, records = [], []
        located = [(Located(one.item, parent(c.path), one.policy), c) for one, c in batch]
        for change, outcome, stat in self._desk.edit(located):
            number, one = numbers[change.path]
            if isinstance(outcome, NfoEdited):
                self._summary.applied += 1
                records.append(after_edit(one.item.id, states[change.path], change, outcome, stat))
                after = texts(outcome.after.tags, outcome.after.genres)
                outcomes.append(Outcome(number, Result.APPLIED, after))
                with logs.about(item=one.item.title):
                    _log.debug("edited %s", change.path)
                continue
            self.failed.add(one.item.id)
            self._not_written(one, outcome)
            if outcome.cause is not NfoCause.NO_ANSWER:
                outcomes.append(Outcome(number, Result.FAILED, error=outcome.reason))
        self._job.memory.save(Batch(nfos=tuple(records)))
        self._job.journal.settle(outcomes)
        _log.info("edited %d of %d NFO files", len(records), len(batch))

    def _states(self, batch: Sequence[tuple[ItemPlan, NfoChange]]) -> Mapping[str, NfoState]:
        known = self._job.memory.nfos({one.item.id for one, _ in batch})
        return {record.state.path: record.state for records in known.values() for record in records}

    def _not_written(self, one: ItemPlan, problem: NfoProblem) -> None:
        """What that is, the policy says: an error, or something for the arr to do."""
        if problem.cause in (NfoCause.MISSING, NfoCause.UNEDITABLE):
            return  # nobody could write it
        if one.policy.write_nfo is WriteNfo.ALWAYS and not (self._request.preview or one.policy.dry_run):
            failure = Failure(one.item.title, f"edit {problem.path}", Result.FAILED, problem.reason)
            self._summary.failures.append(failure)
            with logs.about(item=one.item.title):
                _log.warning("%s: %s: %s", failure.what, failure.result.value, failure.error)
            return
        self._left_alone.append(problem)
        self._for_the_arr.add(one.item.id)

    def _ask_the_arr(self, settled: Sequence[ItemPlan]) -> None:
        """Where the arr writes NFO files itself, a rescan brings our tag into what we may not write."""
        changed = {
            one.item.id
            for one in settled
            if one.tags and (one.item.id in self._for_the_arr or self._request.mode is Mode.REWRITE)
        }
        if not changed:
            return
        try:
            if self._job.tagger.nfo_consumer().enabled:
                self._job.tagger.rescan(sorted(changed)[:RESCANS])
                self._note_left_to_the_arr(len(changed))
        except ArrError as error:
            self._summary.notes.append(
                f"the arr could not be asked to write its NFO files: {error.problem}; it writes them when it next "
                "refreshes these titles"
            )

    def _note_left_to_the_arr(self, changed: int) -> None:
        if changed > RESCANS:
            self._summary.notes.append(
                f"the arr was asked to write the NFO files of {RESCANS} of {changed} titles; it writes the others "
                "when it next refreshes them, within a day"
            )


def _intent(one: ItemPlan, change: NfoChange, state: NfoState) -> Intent:
    edit = change.edit
    removed = {text.lower() for text in edit.remove_tags}
    gone = {text.lower() for text in edit.remove_genres}
    return Intent(
        item_id=one.item.id,
        title=one.item.title,
        target=Target.NFO,
        action=Action.EDIT,
        name=change.path,
        before=texts(state.tags, state.genres),
        after=texts(
            (*(tag for tag in state.tags if tag.lower() not in removed), *edit.add_tags),
            (*(genre for genre in state.genres if genre.lower() not in gone), *edit.add_genres),
        ),
        verdict=one.verdict,
        reason=one.reason,
        catalogue_id=one.item.catalogue_id,
    )
