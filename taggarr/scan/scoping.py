"""Which items a scan is about: located on this machine, chosen by name, and those that are left out of it."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from taggarr import logs
from taggarr.core import find, override, scope
from taggarr.core.media import Item
from taggarr.core.paths import file_below
from taggarr.core.record import LEFT_OUT, Batch, ItemRecord, NfoRecord
from taggarr.core.selection import Mode
from taggarr.scan.job import Inspection, InstanceJob, InstanceSummary, ScanRequest, World
from taggarr.scan.locate import Folders, Located, locate
from taggarr.scan.nfos import ItemNfos, NfoDesk
from taggarr.scan.pool import Job, Pool
from taggarr.scan.records import Records

_log = logging.getLogger(__name__)


class Scoping:
    """Finds the items in scope of one instance, and tells in the summary what is not."""

    def __init__(
        self,
        job: InstanceJob,
        request: ScanRequest,
        world: World,
        pool: Pool,
        desk: NfoDesk,
        records: Records,
        summary: InstanceSummary,
    ) -> None:
        self._job = job
        self._request = request
        self._world = world
        self._pool = pool
        self._desk = desk
        self._records = records
        self._summary = summary

    def locate(self, items: Sequence[Item], unclear: Iterable[ItemRecord]) -> list[Located]:
        """The listed items that lie in the roots; `unclear` are those whose rows are not understood."""
        job = self._job
        # Those that are not understood count, too: a folder's name that they share means nobody's.
        everybody = [*items, *(one.item for one in unclear)]
        folders = locate(everybody, job.roots, job.mappings, self._records.by_id, self._look_for_folders)
        kept = override.belonging(job.overrides, items)
        located = [
            Located(item, folder, scope.policy_for(item, job.rules, folder), kept.get(item.id))
            for item in items
            if (folder := folders.get(item.id)) is not None
        ]
        if items and not located:
            self._summary.notes.append(
                f"none of the {len(items)} titles lies in {', '.join(job.roots)}; the first: {items[0].path}. "
                "Check root_path, and path_mappings where the arr names folders differently"
            )
        return [_overridden(one) if one.kept else one for one in located]

    def as_it_was(self, one: ItemRecord) -> Located:
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

    def chosen(
        self, items: Sequence[Item], located: Sequence[Located], unclear: Sequence[Located]
    ) -> Sequence[Located]:
        """Those of the `located` items that the scan was asked for by name; all where it was not."""
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
                self._summary.unknown[name] = find.near(name, [find.called(one.item) for one in located])

    def kept(self, located: Sequence[Located]) -> list[Located]:
        """Those that are not left out. What is keeps its labels, and nothing is asked or read for it."""
        kept: list[Located] = []
        left_out: list[ItemRecord] = []
        by_configuration: list[ItemRecord] = []
        nfos = self._genre_nfos([one for one in located if scope.lacks_genre(one.item, one.policy)])
        unseen: list[str] = []
        for one in located:
            nfo = nfos.get(one.item.id, ItemNfos())
            genres = [genre for record in nfo.records for genre in record.state.genres]
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
            before = self._records.by_id.get(item.id)
            held = before.held if before is not None else None
            left_out.append(ItemRecord(item=item, local=one.folder, reason=exclusion.reason, held=held))
            if exclusion.key != scope.OVERRIDE:
                by_configuration.append(left_out[-1])
            if self._request.inspect:
                self._inspect_left_out(one, exclusion)
        self._records.save(left_out)
        if unseen:
            self._summary.notes.append(
                "the target genre may stand in NFO files that could not be read, so their titles are left alone: "
                f"{len(unseen)}, the first: {unseen[0]}. Is the disk there, and may this user read them?"
            )
        if by_configuration and not kept and not self._request.items:
            first = by_configuration[0]
            self._summary.notes.append(
                f"the configuration leaves out all of the {len(by_configuration)} titles; the first: "
                f"{first.item.title}: {first.reason}"
            )
        return kept

    def _inspect_left_out(self, one: Located, exclusion: scope.Exclusion) -> None:
        original = override.original_under(one.override, one.item.original)
        self._summary.inspections.append(
            Inspection(one.item, one.folder, one.policy, original, excluded=exclusion, kept=one.kept)
        )

    def _genre_nfos(self, lacking: Sequence[Located]) -> Mapping[int, ItemNfos]:
        """The NFO files of items that the genre filter would leave out: their genres add to the arr's."""
        wanted = []
        for one in lacking:
            video = next(iter(one.item.files or ()), None)
            local = file_below(one.item, video, one.folder, self._job.mappings) if video else None
            wanted.append((one, self._world.nfos.paths(one.item.kind, one.folder, local)))
        if not wanted:
            return {}
        known = self._job.memory.nfos([one.item.id for one, _ in wanted])
        found = self._desk.look(wanted, known, afresh=self._request.mode is not Mode.UPDATE)
        glimpsed = tuple(
            record for item_id, nfos in found.items() for record in _glimpsed(known.get(item_id, ()), nfos)
        )
        if glimpsed:
            self._job.memory.save(Batch(glimpsed_nfos=glimpsed))
        return found


def _overridden(one: Located) -> Located:
    """The item under what a person says of it."""
    with logs.about(item=one.item.title):
        _log.debug("judged under an override: %s", one.override)
    return replace(one, policy=override.policy_under(one.override, one.policy))


def _glimpsed(known: Sequence[NfoRecord], nfos: ItemNfos) -> Iterator[NfoRecord]:
    """What to keep of NFO files that were read for their genres, without asking whose those are.

    A file that was to be edited once stays one.
    """
    ours = {record.state.path for record in known if record.problem != LEFT_OUT}
    for record in nfos.changed:
        if record.stat is not None:  # else it could not be read, and nothing is known of it
            yield record if record.state.path in ours else replace(record, problem=LEFT_OUT)
