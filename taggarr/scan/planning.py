"""What should change on judged items, NFO files included."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from taggarr.core import plan
from taggarr.core.legacy_import import says_otherwise
from taggarr.core.media import Kind
from taggarr.core.nfo_edit import NfoCause, NfoProblem
from taggarr.core.paths import file_below, tidy
from taggarr.core.plan import ItemPlan, NfoState
from taggarr.core.record import LEFT_OUT, Batch, NfoRecord
from taggarr.core.selection import Mode
from taggarr.core.verdict import Verdict
from taggarr.scan.claims import Claims
from taggarr.scan.cutoff import CutOff
from taggarr.scan.earlier import EarlierState
from taggarr.scan.job import InstanceJob, InstanceSummary, ScanRequest, World
from taggarr.scan.judge import Judged
from taggarr.scan.locate import Located
from taggarr.scan.nfos import ItemNfos, NfoDesk


class Planner:
    """Plans for the items of one instance.

    `refused` are NFO files that should change and that this process may not edit, by item id; `unseen` are
    the items with an NFO that could not be looked at.
    """

    def __init__(
        self,
        job: InstanceJob,
        request: ScanRequest,
        world: World,
        desk: NfoDesk,
        claims: Claims,
        cut_off: CutOff,
        earlier: EarlierState,
        summary: InstanceSummary,
    ) -> None:
        self._job = job
        self._request = request
        self._world = world
        self._desk = desk
        self._claims = claims
        self._cut_off = cut_off
        self._earlier = earlier
        self._summary = summary
        self.refused: dict[int, list[NfoProblem]] = {}
        self.unseen: set[int] = set()

    def plan(self, judged: Sequence[Judged], writing: Mapping[int, str]) -> list[ItemPlan]:
        """The plans that bring items to their verdicts.

        `writing` are the places of all items of the instance whose NFO files are to be written, by item id.
        """
        known = [(one.located, one.video) for one in judged if one.verdict.verdict is not Verdict.UNKNOWN]
        nfos = self._look(known, writing)
        plans = [self._plan_one(one, _editable(nfos, one.located)) for one in judged]
        return self._without_refused(plans, nfos)

    def _plan_one(self, one: Judged, nfos: Sequence[NfoState]) -> ItemPlan:
        located = one.located
        item, policy = located.item, located.policy
        made = plan.plan_item(item, one.verdict, policy, self._job.managed, nfos, one.undone, one.held)
        return made if one.earlier is None else says_otherwise(made, one.earlier)

    def removal(self, located: Sequence[Located], writing: Mapping[int, str]) -> list[ItemPlan]:
        """The plans that take away what Taggarr wrote."""
        # Where the list does not tell a movie's file, nobody knows what its NFO is called: it waits for the next try.
        nameless = {one.item.id for one in located if one.item.kind is Kind.MOVIE and one.item.files is None}
        nfos = self._look([(one, self._video(one)) for one in located], writing, nameless)
        self.unseen |= self._away(located, nfos)
        if unseen := [one.item.title for one in located if one.item.id in self.unseen]:
            self._summary.notes.append(
                f"the NFO files of {_titles(unseen)} could not be looked at, so what Taggarr wrote there stays; "
                f"the first: {unseen[0]}. Is the disk there? Run this again once it is"
            )
        self.unseen |= nameless
        plans = [
            plan.plan_removal(one.item, one.policy, self._job.managed, _editable(nfos, one))
            for one in located
        ]
        return self._without_refused(plans, nfos)

    def _away(self, located: Sequence[Located], nfos: Mapping[int, ItemNfos]) -> set[int]:
        """The items with an NFO that held something of ours when it was last seen, and is away now with its folder."""
        records = self._job.memory.nfos([*nfos])
        missing = {
            record.state.path: one
            for one in located
            for record in records.get(one.item.id, ())
            if one.item.id in nfos
            and plan.plan_removal(one.item, one.policy, self._job.managed, [record.state]).nfos
            and all(record.state.path != seen.state.path for seen in nfos[one.item.id].records)
        }
        return {missing[path].item.id for path in missing.keys() - self._desk.gone(missing)}

    def _video(self, one: Located) -> str | None:
        """Where a movie's file lies."""
        if one.item.kind is Kind.SERIES or not one.item.files:
            return None
        return file_below(one.item, one.item.files[0], one.folder, self._job.mappings)

    def _look(
        self,
        wanted: Sequence[tuple[Located, str | None]],
        writing: Mapping[int, str],
        nameless: Collection[int] = (),
    ) -> Mapping[int, ItemNfos]:
        """The NFO files that this instance writes, as they are now; those of `nameless` items may be more."""
        wanted = [(one, video) for one, video in wanted if one.item.id in writing]
        if not wanted or self._world.stop.is_set():
            return {}
        ours, others = self._ours(wanted, writing)
        known = {
            item_id: [r for r in records if r.state.path not in others and r.problem != LEFT_OUT]
            for item_id, records in self._job.memory.nfos([one.item.id for one, _ in ours]).items()
        }
        afresh = self._request.mode is not Mode.UPDATE
        genres_ours = self._cut_off.genres_ours | self._genres_of_earlier(ours, known)
        found = self._desk.look(ours, known, genres_ours, afresh=afresh)
        taken = tuple(self._desk.take_over(found, self._job.memory))
        changed = tuple(record for nfos in found.values() for record in nfos.changed)
        gone = tuple(path for item_id, nfos in found.items() if item_id not in nameless for path in nfos.gone)
        if changed or gone:
            self._job.memory.save(Batch(nfos=changed, gone_nfos=gone, taken_nfos=taken))
        self._cut_off.settle_nfos(state for nfos in found.values() for state in nfos.editable)
        self.unseen = {item_id for item_id, nfos in found.items() if nfos.unseen}
        return found

    def _genres_of_earlier(
        self, ours: Sequence[tuple[Located, Sequence[str]]], known: Mapping[int, Sequence[NfoRecord]]
    ) -> frozenset[str]:
        """NFO files that were never looked at, of titles where an earlier version wrote our genre.

        It did so for series that it found dubbed, where that was asked for, as it still has to be; and it
        took away every such genre elsewhere, whoever had written it.
        """
        return frozenset(
            path
            for one, paths in ours
            if one.policy.add_tag_to_genre
            and (earlier := self._earlier.tag_of(one)) is not None
            and earlier.dubbed
            for path in paths
            if all(record.state.path != path for record in known.get(one.item.id, ()))
        )

    def _ours(
        self, wanted: Sequence[tuple[Located, str | None]], writing: Mapping[int, str]
    ) -> tuple[list[tuple[Located, Sequence[str]]], Collection[str]]:
        """Items with the paths of the NFO files that are theirs to write, and the paths that are another title's.

        Each NFO has one writer, whichever paths lead to it: the first title by its id.
        """
        taken = self._claims.writer_before(self._job.name)
        first: dict[str, int] = {}
        for item_id in sorted(writing):
            first.setdefault(writing[item_id], item_id)
        ours: list[tuple[Located, Sequence[str]]] = []
        elsewhere: list[str] = []
        shared: list[str] = []
        given: set[str] = set()
        others: set[str] = set()
        for one, video in wanted:
            place = writing[one.item.id]
            if place in taken:
                elsewhere.append(taken[place])
                continue
            paths = self._world.nfos.paths(one.item.kind, one.folder, video)
            mine = [path for path in paths if not given & _names(path, one.folder, place)]
            if first[place] != one.item.id:
                shared.append(one.item.title)
                mine = [path for path in mine if path != paths[0]]
            others.update(set(paths) - set(mine))
            for path in mine:
                given |= _names(path, one.folder, place)  # two titles may even share their video
            ours.append((one, mine))
        if elsewhere:
            names = ", ".join(sorted(set(elsewhere)))
            self._summary.notes.append(
                f"the NFO files of {_titles(elsewhere)} are left to {names}, which has the same folders and comes "
                "first in the configuration"
            )
        if shared:
            self._summary.notes.append(
                f"the NFO files of {_titles(shared)} are left to another title of the same folder; the first: "
                f"{shared[0]}"
            )
        return ours, others

    def _without_refused(self, plans: Sequence[ItemPlan], nfos: Mapping[int, ItemNfos]) -> list[ItemPlan]:
        """The plans without the edits that this process may not make."""
        changes = [
            (Located(one.item, tidy(change.path), one.policy), change) for one in plans for change in one.nfos
        ]
        refused = self._desk.refused(changes)
        for one in plans:
            if one.rest is not None:
                continue
            problems = [refused[change.path] for change in one.nfos if change.path in refused]
            problems += [
                NfoProblem(record.state.path, NfoCause.UNWRITABLE, record.problem)
                for record in (nfos[one.item.id].records if one.item.id in nfos else ())
                if record.problem is not None and record.stat is None  # it could not even be read
            ]
            if problems:
                self.refused[one.item.id] = problems
        return [
            replace(one, nfos=tuple(change for change in one.nfos if change.path not in refused))
            if one.item.id in self.refused
            else one
            for one in plans
        ]


def _editable(nfos: Mapping[int, ItemNfos], one: Located) -> tuple[NfoState, ...]:
    return nfos[one.item.id].editable if one.item.id in nfos else ()


def _titles(titles: Sequence[str]) -> str:
    return "1 title" if len(titles) == 1 else f"{len(titles)} titles"


def _names(path: str, folder: str, place: str) -> set[str]:
    """An NFO by its path, and by its way from its item's folder: titles may share either."""
    path, folder = tidy(path), tidy(folder)
    return {path, place + path.removeprefix(folder)}
