"""`write_state_json`: the library as it was judged, in each root folder, in the format of earlier versions.

A root's file holds the titles of every instance that writes there, so that several can share a root. What
it says of others stays: of the kind that no such instance holds, and of instances that were not scanned yet.
"""

import hashlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from typing import Any

from taggarr.core.legacy_import import SECTION, parse_state, title_key
from taggarr.core.legacy_state import (
    StoredItem,
    is_bare,
    legacy_state,
    legacy_text,
    same_state,
    stored_items,
    with_kept,
)
from taggarr.core.media import Stat
from taggarr.core.paths import is_under
from taggarr.core.record import ItemRecord
from taggarr.core.selection import Mode
from taggarr.core.state_file import StateContent, StateImport, StateProblem, StateWritten, excess
from taggarr.scan.earlier import NO_ANSWER, EarlierState, Seen, digest, look_at
from taggarr.scan.job import InstanceJob, InstanceSummary, Neighbour, World
from taggarr.scan.pool import Job, Pool

FOLDERS_LOOKED_FOR = 5

_NOT_IMPORTED = StateProblem("another program wrote it during the scan; the next scan imports it first")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Member:
    """An instance, and its items below the root whose file is written."""

    job: InstanceJob | Neighbour
    records: Sequence[ItemRecord]

    def stored(self) -> Iterator[StoredItem]:
        return stored_items(self.records, self.job.rules, self.job.overrides, self.job.memory.files)


class StateWriter:
    """Writes the state files of one instance, once its scan is through. Raises `StoreError`; all else is a note.

    `everybody` are all configured instances. What the arr lists no longer was forgotten by the scan.
    """

    def __init__(
        self,
        job: InstanceJob,
        everybody: Sequence[InstanceJob | Neighbour],
        earlier: EarlierState,
        world: World,
        pool: Pool,
        summary: InstanceSummary,
    ) -> None:
        self._job = job
        self._everybody = everybody
        self._earlier = earlier
        self._world = world
        self._pool = pool
        self._summary = summary

    def write(self, mode: Mode) -> None:
        """Bring each file up to date that is in order; after mode 2, take out what was removed."""
        for path, seen in self._earlier.stats.items():
            written = self._job.ledger.written(path)
            if self._job.write_state or (mode is Mode.REMOVE and written.digests):
                self._write(path, seen, written, mode)

    def _write(self, path: str, seen: Stat | None, written: StateWritten, mode: Mode) -> None:
        root = self._earlier.roots[path]
        writers = [one for one in self._everybody if one.name == self._job.name or one.write_state]
        basis = _basis(writers)
        if seen is not None and (seen, basis) == (written.stat, written.basis):
            return
        now = self._look(path, root)
        old = self._old(path, now, written)
        if old is None:
            return
        ours = isinstance(now, StateContent) and digest(now.raw) in written.digests
        if mode is Mode.REMOVE and not ours:
            return  # what an earlier version wrote is its own
        members = [self._member(one, root) for one in writers]
        members = [one for one in members if one.records or one.job.name == self._job.name]
        state = self._state(path, members, old)
        stat = now.stat if isinstance(now, StateContent) else None
        if is_bare(state) and mode is Mode.REMOVE and stat is not None:
            self._remove(path, root, stat)
        elif is_bare(state) and not ours:
            return  # nothing to say, and nothing of ours to take back
        elif stat is not None and same_state(state, old):
            self._job.ledger.wrote(replace(written, stat=stat, basis=basis))
        else:
            held = (digest(now.raw),) if isinstance(now, StateContent) and ours else ()
            new = StateWritten(path, held, written.stat, basis)
            self._replace(root, legacy_text(state).encode(), stat, new)

    def _look(self, path: str, root: str) -> Seen:
        seen: Seen = self._do(path, root, partial(look_at, self._world.disk, self._world.states, path, ()))
        return seen

    def _old(self, path: str, now: Seen, written: StateWritten) -> Mapping[str, Any] | None:
        """What the file says at present; None, with a note, where that is not known, or was not imported yet."""
        if now is None:
            return {}
        if isinstance(now, StateContent):
            known = self._job.ledger.imports().get(path)
            sound = digest(now.raw) in written.digests or (known is not None and known.stat == now.stat)
            state = parse_state(now.raw) if sound else _NOT_IMPORTED
            if not isinstance(state, StateProblem):
                return state
            now = state
        assert isinstance(now, StateProblem)  # without a `stat` to hold it against, there is its content
        self._note(path, now)
        return None

    def _member(self, one: InstanceJob | Neighbour, root: str) -> _Member:
        return _Member(one, [r for r in one.memory.records().values() if is_under(r.local, root)])

    def _may_import(self, one: InstanceJob | Neighbour, path: str) -> bool:
        """Whether an instance that has titles here, or may have some, has not taken over what the file says."""
        records = one.memory.records().values()
        root = self._earlier.roots[path]
        here = not records or any(is_under(record.local, root) for record in records)
        return here and path not in one.ledger.imports()

    def _state(self, path: str, members: Sequence[_Member], old: Mapping[str, Any]) -> Mapping[str, Any]:
        kinds = {SECTION[one.job.kind] for one in members}
        others = [one for one in self._everybody if SECTION[one.kind] in kinds and one.name != self._job.name]
        unsure = {SECTION[one.kind] for one in others if self._may_import(one, path)}
        names = {one.job.name for one in members}
        theirs = {
            (SECTION[one.kind], title_key(record.local))
            for one in others
            if one.name not in names
            for record in one.memory.records().values()
            if is_under(record.local, self._earlier.roots[path])
        }

        def keeps(section: str, folder: str) -> bool:
            """Whether an old entry may be that of somebody who does not write here, or not yet."""
            return section not in kinds or section in unsure or (section, title_key(folder)) in theirs

        stored = chain.from_iterable(one.stored() for one in members)
        return with_kept(legacy_state(stored, self._world.now()), old, keeps)

    def _replace(self, root: str, raw: bytes, stat: Stat | None, new: StateWritten) -> None:
        """Write a file. That it is about to be written is known before: whose it is can be told after a kill."""
        path = new.path
        if much := excess(raw):
            self._note(path, StateProblem(f"it would be {much}, and nobody reads such a file"))
            return
        if stat is None and not self._is_mounted(root):
            self._note(path, StateProblem(f"none of the titles' folders is in {root}; is the disk there?"))
            return
        ledger = self._job.ledger
        ledger.wrote(replace(new, digests=(*new.digests, digest(raw)), basis=""))
        result = self._do(path, root, partial(self._world.states.write, path, raw, stat))
        if not isinstance(result, Stat):
            self._note(path, result)
            return
        ledger.wrote(replace(new, digests=(digest(raw),), stat=result))
        if path not in ledger.imports():
            ledger.keep(StateImport(path, result))
        _log.info("wrote %s", path)

    def _remove(self, path: str, root: str, stat: Stat) -> None:
        problem = self._do(path, root, partial(self._world.states.remove, path, stat))
        if problem is not None:
            self._note(path, problem)
            return
        self._job.ledger.wrote(StateWritten(path))
        _log.info("removed %s", path)

    def _is_mounted(self, root: str) -> bool:
        """Whether the root is more than an empty place where a disk should be."""
        records = (r for r in self._job.memory.records().values() if is_under(r.local, root))
        folders = [record.local for record in islice(records, FOLDERS_LOOKED_FOR)]
        return any(self._do(one, root, partial(self._world.disk.is_folder, one)) is True for one in folders)

    def _do(self, path: str, root: str, work: Any) -> Any:
        (done,) = self._pool.run([Job(path, self._earlier.share(root), path, work)])
        return NO_ANSWER if done.lost else done.result

    def _note(self, path: str, problem: StateProblem) -> None:
        note = f"write_state_json: {path} was not written: {problem.reason}"
        self._summary.notes.append(note)
        _log.info("%s", note)


def _basis(jobs: Sequence[InstanceJob | Neighbour]) -> str:
    """What stands for the rules by which the files of these instances are made."""
    rules = [(one.name, one.rules, tuple(one.overrides)) for one in jobs]
    return hashlib.sha256(repr(rules).encode("utf-8", "surrogateescape")).hexdigest()
