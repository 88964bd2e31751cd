"""The `taggarr.json` files beside an instance's titles: looked at in every scan, imported where they are new."""

import hashlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from taggarr.core.legacy_import import import_tags, parse_state, title_key
from taggarr.core.media import Cause, Stat, Unreadable
from taggarr.core.paths import is_under, parent, tidy, to_local
from taggarr.core.record import ItemRecord
from taggarr.core.state_file import EarlierTag, StateContent, StateImport, StateProblem, StateWritten
from taggarr.scan.job import InstanceJob, InstanceSummary, ScanRequest, World
from taggarr.scan.locate import Located
from taggarr.scan.pool import Job, Pool
from taggarr.scan.ports import Disk, StateFiles

NO_ANSWER = StateProblem("the disk or share did not answer in time")

_log = logging.getLogger(__name__)

Seen = Stat | StateContent | StateProblem | None
"""What a look at a state file showed: that it is as it was, its content, why that is not known, or no file."""


class EarlierState:
    """What earlier versions left beside the titles of one instance.

    `labels` are Taggarr's by what the files say, now or when they were imported. `roots` are the folders that
    were looked into, by the path of their state file, and `stats` what a `stat` said of those files that are
    in order: imported, or not there (None).
    """

    def __init__(self, job: InstanceJob, world: World, pool: Pool, request: ScanRequest) -> None:
        self._job = job
        self._world = world
        self._pool = pool
        self._keeps = not (request.preview or job.rules.base.dry_run)
        self._imports: dict[str, StateImport] = {}
        self._by_title: dict[str, EarlierTag] = {}
        self._shares: dict[str, str] = {}
        self.labels: frozenset[str] = frozenset()
        self.roots: dict[str, str] = {}
        self.stats: dict[str, Stat | None] = {}

    def look(self, located: Sequence[Located], summary: InstanceSummary, *, asleep: bool = False) -> None:
        """Look at the files, and import those that are new. Raises `StoreError`; all else is a note.

        `asleep`: leave the disks alone, and take the files that are known for what they were.
        """
        self.roots = self._paths(located)
        self._imports = dict(self._job.ledger.imports())
        written = {path: self._job.ledger.written(path) for path in self.roots}
        self._shares = {root: _share(root, located) for root in self.roots.values()}
        if asleep:
            seen: Mapping[str, Seen] = {
                path: written[path].stat or one.stat for path, one in self._known().items()
            }
        else:
            seen = self._seen(written)
        for path, each in sorted(seen.items()):
            self._take(path, each, written[path], located, summary)
        self.labels = frozenset(label for one in self._imports.values() for label in one.labels)
        self._by_title = {
            _title(self.roots[path], tag.name): tag for path, one in self._known().items() for tag in one.tags
        }

    def share(self, root: str) -> str:
        """What a root folder hangs together with when a disk or a share stops answering."""
        return self._shares[root]

    def tag_of(self, one: Located) -> EarlierTag | None:
        """What an earlier version made of a title, if it knew it."""
        return self._by_title.get(_title(parent(one.folder), one.folder)) if self._by_title else None

    def stands(self, one: Located, record: ItemRecord | None, managed: frozenset[str]) -> EarlierTag | None:
        """The same, as long as nobody has changed it since, and no scan of ours came to the same."""
        earlier = self.tag_of(one)
        if earlier is None or (record is not None and record.label == earlier.label):
            return None
        tags = [one.item.tags] if record is None else [one.item.tags, record.item.tags]
        there = {earlier.label} - {None}
        return earlier if all({tag.lower() for tag in each} & managed == there for each in tags) else None

    def _known(self) -> dict[str, StateImport]:
        return {path: self._imports[path] for path in self.roots if path in self._imports}

    def _paths(self, located: Iterable[Located]) -> dict[str, str]:
        named = self._job.roots or tuple(dict.fromkeys(_root_of(one) for one in located))
        roots = dict.fromkeys(tidy(to_local(root, self._job.mappings)) for root in named)
        paths = {root: self._world.states.path(root) for root in roots}
        return {path: root for root, path in paths.items() if path is not None}

    def _seen(self, written: Mapping[str, StateWritten]) -> Mapping[str, Seen]:
        jobs = [
            Job(path, self.share(root), path, partial(self._look_at, path, written[path].stat))
            for path, root in self.roots.items()
        ]
        return {one.job.path: NO_ANSWER if one.lost else one.result for one in self._pool.run(jobs)}

    def _look_at(self, path: str, written: Stat | None) -> Seen:
        known = self._imports.get(path)
        held = () if known is None else (known.stat, written)
        return look_at(self._world.disk, self._world.states, path, held)

    def _take(
        self,
        path: str,
        seen: Seen,
        written: StateWritten,
        located: Sequence[Located],
        summary: InstanceSummary,
    ) -> None:
        problem: StateProblem | None = None
        if isinstance(seen, StateContent):
            problem = self._import(path, seen, written, located, summary)
            seen = seen.stat
        elif isinstance(seen, StateProblem):
            problem = seen
        elif seen is not None and (known := self._imports[path]).problem is not None:
            problem = StateProblem(known.problem or "", known.stat)
        if problem is None:
            self.stats[path] = seen if isinstance(seen, Stat) else None
            return
        summary.notes.append(_not_imported(path, problem))
        if problem.stat is not None:
            self._keep(replace(self._before(path, problem.stat), problem=problem.reason))

    def _import(
        self,
        path: str,
        content: StateContent,
        written: StateWritten,
        located: Sequence[Located],
        summary: InstanceSummary,
    ) -> StateProblem | None:
        state = parse_state(content.raw)
        if isinstance(state, StateProblem):
            return replace(state, stat=content.stat)
        root = self.roots[path]
        titles = {
            title_key(one.folder): {tag.lower() for tag in one.item.tags}
            for one in located
            if tidy(parent(one.folder)) == root
        }
        found = import_tags(state, self._job.kind, titles)
        before = self._imports.get(path)
        labels = tuple(sorted({*found.labels, *(before.labels if before else ())}))
        self._keep(StateImport(path, content.stat, labels, found.tags))
        _log.info("imported %s: %d titles, labels %s", path, len(found.tags), ", ".join(labels) or "none")
        if found.tags and digest(content.raw) not in written.digests:
            again = before is not None and before.problem is None
            summary.notes.append(_imported(path, len(found.tags), found.labels, again=again))
        if refused := [label for label in found.refused if label not in self._job.managed]:
            summary.notes.append(_refused(path, refused))
        return None

    def _before(self, path: str, stat: Stat) -> StateImport:
        before = self._imports.get(path)
        return StateImport(path, stat) if before is None else replace(before, stat=stat)

    def _keep(self, imported: StateImport) -> None:
        if self._keeps and self._imports.get(imported.path) != imported:
            self._job.ledger.keep(imported)
        self._imports[imported.path] = imported


def look_at(disk: Disk, states: StateFiles, path: str, held: Iterable[Stat | None]) -> Seen:
    """One `stat` of a state file, and its content unless it is as one of `held`."""
    stat = disk.stat(path)
    if isinstance(stat, Unreadable):
        return None if stat.cause is Cause.MISSING else StateProblem(stat.reason)
    return stat if stat in held else states.read(path)


def digest(raw: bytes) -> str:
    """What stands for a content."""
    return hashlib.sha256(raw).hexdigest()


def _root_of(one: Located) -> str:
    """The root folder of an item as the arr names it, else the folder that holds the item here."""
    root = one.item.root
    return root if root and is_under(one.item.path, root) else parent(one.folder)


def _share(root: str, located: Sequence[Located]) -> str:
    """What the root hangs together with: the same as the titles in it."""
    return next((one.share for one in located if is_under(one.folder, root)), root)


def _title(root: str, name: str) -> str:
    return f"{tidy(root)}/{title_key(name)}"


def _not_imported(path: str, problem: StateProblem) -> str:
    if problem.stat is None:
        return (
            f"{path} could not be read: {problem.reason}. Labels that only it tells to be Taggarr's stay as they "
            "are; the next scan tries again"
        )
    return (
        f"{path} is left as it is: {problem.reason}. Labels that only it tells to be Taggarr's stay as they are. "
        "Put a sound copy in its place, or move it away"
    )


def _imported(path: str, titles: int, labels: Sequence[str], *, again: bool) -> str:
    ours = f"labels that are Taggarr's by it: {', '.join(labels) or 'none'}"
    if again:
        return (
            f"{path} was written again by an earlier version, or by another program, and was imported anew; {ours}. "
            "Do not let two versions work on one library: each undoes the other's tags"
        )
    return f"{path} of an earlier version was imported: {titles} titles; {ours}"


def _refused(path: str, labels: Sequence[str]) -> str:
    return (
        f"{path} names {', '.join(labels[:5])}{' and more' if len(labels) > 5 else ''} as labels of Taggarr; they are "
        "not taken for its own, because most titles that it names with them do not carry them or are in their "
        "original language. They stay where they are"
    )
