"""Plans become batches, batches become outcomes.

Labels are added first, verified in the answer, and only then are the others removed, so an item never
stands without a label because something failed half-way. Every change is written down before it goes out.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from taggarr import logs
from taggarr.core import plan
from taggarr.core.errors import ArrError, ArrRejected, ArrUnauthorized
from taggarr.core.plan import ItemPlan
from taggarr.core.record import Action, Intent, Outcome, Result, Target
from taggarr.scan.events import Phase
from taggarr.scan.job import Failure, InstanceJob, InstanceSummary, Tell, World

BATCH = 100
"""Items in one bulk edit: the arr works 3-10 ms on each, and a failure costs the batch."""

FAILURES_IN_A_ROW = 3
"""After so many calls running without an answer, the rest is left for the next scan."""

REFUSALS_IN_A_ROW = 16
"""A batch is split to find the rows that the arr refuses; twice the halvings of 100, and it refuses more than rows."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Applied:
    """What became of the tag changes of one instance.

    `settled` are the items whose plan holds now. `tags` are the tags of each item as the arr confirmed them
    last; of a change that it undid in the same breath, as they should be, so that the next scan counts it.
    """

    tags: dict[int, tuple[str, ...]] = field(default_factory=dict)
    settled: set[int] = field(default_factory=set)


class TagWriter:
    """Applies the tag changes of one instance."""

    def __init__(
        self,
        job: InstanceJob,
        world: World,
        summary: InstanceSummary,
        tell: Tell,
        later: str = "the next scan",
    ) -> None:
        """`later` does what cannot be sent now."""
        self._job = job
        self._world = world
        self._summary = summary
        self._tell = tell
        self._later = later
        self._unanswered = 0
        self._refusals = 0
        self._gave_up: str | None = None
        self._tags: dict[int, tuple[str, ...]] = {}

    def apply(self, plans: Sequence[ItemPlan]) -> Applied:
        """Carry out what the plans ask of the arr. Raises `StoreError` only: failures are in the summary."""
        self._tags = {one.item.id: one.item.tags for one in plans}
        held = self._carry_out(plans, add=True)
        held = self._carry_out(held, add=False)
        return Applied(self._tags, {one.item.id for one in held})

    def _carry_out(self, plans: Sequence[ItemPlan], *, add: bool) -> list[ItemPlan]:
        """All additions, or all removals; the plans that may go on."""
        by_label: dict[str, list[ItemPlan]] = defaultdict(list)
        for one in plans:
            for change in one.tags:
                if change.add is add:
                    by_label[change.label].append(one)
        stopped: set[int] = set()
        sent = 0
        for label, wanted in sorted(by_label.items()):
            for start in range(0, len(wanted), BATCH):
                batch = [one for one in wanted[start : start + BATCH] if one.item.id not in stopped]
                if batch:
                    stopped |= self._batch(batch, label, add=add)
                sent += len(batch)
                self._tell(Phase.APPLY, min(sent, len(plans)), len(plans))
        return [one for one in plans if one.item.id not in stopped]

    def _batch(self, batch: Sequence[ItemPlan], label: str, *, add: bool) -> set[int]:
        """One bulk edit; the ids of the items that it did not hold for."""
        everybody = {one.item.id for one in batch}
        if self._world.stop.is_set():
            return everybody
        if self._gave_up is not None:
            self._left_for_later(batch, label, add=add)
            return everybody
        try:
            busy = self._job.tagger.busy()
        except ArrError as error:
            self._no_answer(error)
            self._left_for_later(batch, label, add=add)
            return everybody
        going = [one for one in batch if not busy.holds(one.item.id)]
        waiting = [one for one in batch if busy.holds(one.item.id)]
        self._summary.postponed += [one.item.title for one in waiting]
        if waiting:
            _log.info("%d items are left for %s: the arr is working on them", len(waiting), self._later)
        if not going:
            return everybody
        ids = self._job.journal.intend([self._intent(one, label, add=add) for one in going])
        self._refusals = 0
        outcomes = self._send(dict(zip(ids, going, strict=True)), label, add=add)
        # A change without an answer stays open in the journal: the next scan looks what became of it.
        self._job.journal.settle([one for one in outcomes if one.result is not Result.UNCONFIRMED])
        held = {outcome.change_id for outcome in outcomes if outcome.result is Result.APPLIED}
        done = {one.item.id for number, one in zip(ids, going, strict=True) if number in held}
        if done:
            _log.info("%s %s on %d items", "added" if add else "removed", label, len(done))
        return everybody - done

    def _send(self, batch: Mapping[int, ItemPlan], label: str, *, add: bool) -> list[Outcome]:
        """Send one bulk edit, by change id; split it where the arr refuses a row, so the rest is applied."""
        if self._gave_up is not None:
            self._left_for_later(batch.values(), label, add=add)
            return [Outcome(number, Result.FAILED, error=self._gave_up) for number in batch]
        try:
            answer = self._job.tagger.edit([one.item.id for one in batch.values()], label, add=add)
        except ArrRejected as error:
            if error.status >= 500 and not error.rows:
                return self._no_word(batch, label, error, add=add)
            return self._refused(batch, label, error, add=add)
        except ArrError as error:
            return self._no_word(batch, label, error, add=add)
        self._unanswered = self._refusals = 0
        return [self._verify(number, one, label, answer, add=add) for number, one in batch.items()]

    def _verify(
        self, number: int, one: ItemPlan, label: str, answer: Mapping[int, tuple[str, ...]], *, add: bool
    ) -> Outcome:
        tags = answer.get(one.item.id)
        if tags is None:
            error = "the arr's answer does not tell this item's tags; the next scan looks again"
            self._fail(one, label, Result.UNCONFIRMED, error, add=add)
            return Outcome(number, Result.UNCONFIRMED, error=error)
        if (label in {tag.lower() for tag in tags}) is add:
            self._tags[one.item.id] = tags
            self._summary.applied += 1
            with logs.about(item=one.item.title):
                _log.debug("%s tag %s: %s", "added" if add else "removed", label, one.reason)
            return Outcome(number, Result.APPLIED, tags)
        done = "added" if add else "removed"
        error = (
            f"the arr answered that the tag was not {done}: something undoes it at once, most likely an "
            "auto-tagging rule that uses this tag (in the arr: Settings > Tags)"
        )
        self._tags[one.item.id] = plan.after(tags, {label: add})
        self._fail(one, label, Result.FAILED, error, add=add)
        return Outcome(number, Result.FAILED, tags, error)

    def _refused(
        self, batch: Mapping[int, ItemPlan], label: str, error: ArrRejected, *, add: bool
    ) -> list[Outcome]:
        """Nothing was changed. Where single rows are to blame, look for them, and send the others."""
        self._unanswered = 0
        self._refusals += 1
        if not error.rows or len(batch) == 1 or self._refusals > REFUSALS_IN_A_ROW:
            return self._all_failed(batch, label, Result.FAILED, error.problem, add=add)
        pairs = list(batch.items())
        half = len(pairs) // 2
        first = self._send(dict(pairs[:half]), label, add=add)
        return first + self._send(dict(pairs[half:]), label, add=add)

    def _no_word(
        self, batch: Mapping[int, ItemPlan], label: str, error: ArrError, *, add: bool
    ) -> list[Outcome]:
        """No answer, or one that is none: unless the key was refused, the edit may have been carried out."""
        self._no_answer(error)
        result = Result.FAILED if isinstance(error, ArrUnauthorized) else Result.UNCONFIRMED
        return self._all_failed(batch, label, result, error.problem, add=add)

    def _no_answer(self, error: ArrError) -> None:
        self._unanswered += 1
        if isinstance(error, ArrUnauthorized) or self._unanswered >= FAILURES_IN_A_ROW:
            self._gave_up = error.problem

    def _left_for_later(self, batch: Iterable[ItemPlan], label: str, *, add: bool) -> None:
        error = f"not sent, left for {self._later}: {self._gave_up or 'the arr did not answer'}"
        for one in batch:
            self._fail(one, label, Result.FAILED, error, add=add)

    def _all_failed(
        self, batch: Mapping[int, ItemPlan], label: str, result: Result, error: str, *, add: bool
    ) -> list[Outcome]:
        for one in batch.values():
            self._fail(one, label, result, error, add=add)
        return [Outcome(number, result, error=error) for number in batch]

    def _fail(self, one: ItemPlan, label: str, result: Result, error: str, *, add: bool) -> None:
        what = f"{'add' if add else 'remove'} tag {label}"
        self._summary.failures.append(Failure(one.item.title, what, result, error))
        with logs.about(item=one.item.title):
            _log.warning("%s: %s: %s", what, result.value, error)

    def _intent(self, one: ItemPlan, label: str, *, add: bool) -> Intent:
        before = self._tags[one.item.id]
        return Intent(
            item_id=one.item.id,
            title=one.item.title,
            target=Target.TAG,
            action=Action.ADD if add else Action.REMOVE,
            name=label,
            before=before,
            after=plan.after(before, {label: add}),
            verdict=one.verdict,
            reason=one.reason,
            catalogue_id=one.item.catalogue_id,
        )
