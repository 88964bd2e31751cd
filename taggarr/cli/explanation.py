"""Everything that a verdict rests on, as the JSON object that `explain` prints and shows."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from taggarr.cli.export import row
from taggarr.cli.history import change_json
from taggarr.cli.probe import track_json
from taggarr.config import InstanceConfig
from taggarr.core.episodes import reading_order
from taggarr.core.language import Language
from taggarr.core.media import File, Heard
from taggarr.core.paths import file_below
from taggarr.core.plan import ItemPlan, label_of
from taggarr.core.policy import Exclude, Labels, Policy
from taggarr.core.record import Change, ItemRecord
from taggarr.core.scope import profile_for
from taggarr.core.selection import season_counts
from taggarr.core.verdict import Finding, TrackEvidence
from taggarr.scan.job import Inspection


def explained(
    instance: InstanceConfig, inspection: Inspection, plan: ItemPlan | None, last: Change | None
) -> dict[str, Any]:
    """One item: what was found, what was decided by which rule, and what a scan would change."""
    item, policy = inspection.item, inspection.policy
    return {
        "instance": instance.name,
        "kind": item.kind.value,
        "id": item.id,
        "title": item.title,
        "year": item.year,
        "path": item.path,
        "folder": inspection.folder,
        "monitored": item.monitored,
        "seriesType": item.series_type,
        "genres": list(item.genres),
        "tags": list(item.tags),
        "original": _code(inspection.original.language),
        "originalName": item.original,
        "targets": _codes(policy.targets),
        "profile": profile_for(item, instance.rules, inspection.folder),
        "policy": _policy(policy),
        "excluded": inspection.excluded.reason if inspection.excluded else None,
        **_verdict(inspection),
        "files": [_file(instance, inspection, file) for file in sorted(inspection.files, key=reading_order)],
        "plan": _plan(plan),
        "lastChange": None if last is None else change_json(last),
    }


def remembered(instance: str, record: ItemRecord, last: Change | None) -> dict[str, Any]:
    """What the last scan left of an item whose arr cannot be asked now."""
    return {**row(instance, record), "lastChange": None if last is None else change_json(last)}


def _verdict(inspection: Inspection) -> dict[str, Any]:
    verdict = inspection.verdict
    if verdict is None:
        nothing = dict.fromkeys(("verdict", "rule", "label")) | {"sampled": False}
        lists = {key: list[str]() for key in ("languages", "missing", "foreign", "seasons")}
        return {**nothing, "reason": inspection.excluded and inspection.excluded.reason, **lists}
    wanted = None if verdict.nothing_counts else label_of(verdict.verdict, inspection.policy.labels)
    return {
        "verdict": verdict.verdict.value,
        "rule": verdict.rule,
        "reason": verdict.reason,
        "sampled": verdict.sampled,
        "label": wanted,
        "languages": _codes(verdict.languages),
        "missing": _codes(verdict.missing),
        "foreign": _codes(verdict.foreign),
        "seasons": [
            {
                "number": season.number,
                "verdict": season.verdict.value if season.verdict else None,
                "files": season.files,
                "counted": season.counted,
            }
            for season in verdict.seasons
        ],
    }


def _file(instance: InstanceConfig, inspection: Inspection, file: File) -> dict[str, Any]:
    reading = inspection.readings.get(file.id)
    finding = inspection.findings.get(file.id)
    return {
        "id": file.id,
        "path": file_below(inspection.item, file, inspection.folder, instance.path_mappings),
        "arrPath": file.path,
        "season": file.season,
        "episodes": list(file.episodes),
        "counted": file.season is None or season_counts(inspection.item, file.season, inspection.policy),
        "reader": reading.source if isinstance(reading, Heard) else None,
        "error": None if reading is None or isinstance(reading, Heard) else reading.reason,
        **_finding(finding),
    }


def _finding(finding: Finding | None) -> dict[str, Any]:
    if finding is None:  # left out by quick mode
        reason = "not read: quick mode reads one file of each season"
        lists = {key: list[str]() for key in ("languages", "missing", "foreign", "tracks")}
        return {"verdict": None, "rule": None, "reason": reason, "assumed": False, **lists}
    return {
        "verdict": finding.verdict.value,
        "rule": finding.rule,
        "reason": finding.reason,
        "assumed": finding.assumed,
        "languages": _codes(finding.heard),
        "missing": _codes(finding.missing),
        "foreign": _codes(finding.foreign),
        "tracks": [_track(evidence) for evidence in finding.tracks],
    }


def _track(evidence: TrackEvidence) -> dict[str, Any]:
    """The track as stated, then what it is taken for and why."""
    return {
        **track_json(evidence.track),
        "takenFor": _code(evidence.language),
        "counted": evidence.counted,
        "evidence": evidence.source.value,
        "note": evidence.note,
    }


def _plan(plan: ItemPlan | None) -> dict[str, Any]:
    """What a scan would change; `rest` says why it would leave an item alone that it looked at."""
    if plan is None:
        return {"tags": [], "nfos": [], "rest": None, "reason": None}
    return {
        "tags": [
            {"label": change.label, "action": "add" if change.add else "remove"} for change in plan.tags
        ],
        "nfos": [
            {
                "path": change.path,
                "addTags": list(change.edit.add_tags),
                "removeTags": list(change.edit.remove_tags),
                "addGenres": list(change.edit.add_genres),
                "removeGenres": list(change.edit.remove_genres),
            }
            for change in plan.nfos
        ],
        "rest": plan.rest.value if plan.rest else None,
        "reason": plan.reason,
    }


def _policy(policy: Policy) -> dict[str, Any]:
    """Every rule value in force, by the keys of the configuration in camelCase."""
    values = {field.name: _plain(getattr(policy, field.name)) for field in fields(policy)}
    return {_KEYS.get(name, _camel(name)): value for name, value in values.items()}


_KEYS = {"targets": "targetLanguages", "labels": "tags"}


def _plain(value: Any) -> Any:
    if isinstance(value, Labels | Exclude):
        return {_camel(field.name): _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, bool):
        return value
    return str(value)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _code(language: Language | None) -> str | None:
    return None if language is None else str(language)


def _codes(languages: Sequence[Language]) -> list[str]:
    return [str(language) for language in languages]
