"""Everything that a verdict rests on, as the JSON object that `explain` prints and shows."""

from collections.abc import Mapping, Sequence
from shlex import quote
from typing import Any

from taggarr.cli.explain_policy import excluded_by, origins, policy_facts
from taggarr.cli.export import override_json, row
from taggarr.cli.history import change_json
from taggarr.cli.output import moment
from taggarr.cli.probe import track_json
from taggarr.cli.rule_words import FILE_RULES, ITEM_RULES
from taggarr.config import Config, InstanceConfig
from taggarr.core.disagreement import disagreement
from taggarr.core.episodes import reading_order
from taggarr.core.find import called
from taggarr.core.language import Language, name, same_original
from taggarr.core.media import File, Heard
from taggarr.core.override import KeptOverride
from taggarr.core.paths import file_below
from taggarr.core.plan import ItemPlan, label_of
from taggarr.core.record import Change, ItemRecord
from taggarr.core.scope import policy_for, profile_for
from taggarr.core.selection import season_counts
from taggarr.core.verdict import Finding, TrackEvidence, Verdict
from taggarr.scan.job import Inspection


def explained(
    settings: Config,
    instance: InstanceConfig,
    inspection: Inspection,
    plan: ItemPlan | None,
    last: Sequence[Change],
) -> dict[str, Any]:
    """One item: what was found, what was decided by which rule, and what a scan would change."""
    item, policy, kept = inspection.item, inspection.policy, inspection.kept
    exclusion = inspection.excluded
    said = kept is not None and kept.override.original is not None
    return {
        "instance": instance.name,
        "app": instance.type.app,
        "kind": item.kind.value,
        "id": item.id,
        "tvdbId": item.tvdb_id,
        "tmdbId": item.tmdb_id,
        "imdbId": item.imdb_id,
        "title": item.title,
        "year": item.year,
        "path": item.path,
        "folder": inspection.folder,
        "monitored": item.monitored,
        "seriesType": item.series_type,
        "genres": list(item.genres),
        "tags": list(item.tags),
        "original": _code(inspection.original.language),
        "originalFrom": "override" if said else "arr",
        "originalName": item.original,
        "targets": _codes(policy.targets),
        "targetsConfigured": _codes(policy_for(item, instance.rules, inspection.folder).targets),
        "profile": profile_for(item, instance.rules, inspection.folder),
        "override": kept_json(kept),
        "policy": policy_facts(policy),
        "origins": origins(settings, instance, inspection),
        "excluded": exclusion.reason if exclusion else None,
        "excludedBy": excluded_by(settings, instance, inspection, exclusion) if exclusion else None,
        **_verdict(inspection),
        "files": [_file(instance, inspection, file) for file in sorted(inspection.files, key=reading_order)],
        "plan": _plan(plan),
        "advice": _advice(instance, inspection),
        "lastChanges": [change_json(change) for change in last],
    }


def remembered(
    instance: str, record: ItemRecord, kept: KeptOverride | None, last: Sequence[Change]
) -> dict[str, Any]:
    """What the last scan left of an item whose arr cannot be asked now."""
    told = {**row(instance, record), "override": kept_json(kept)}
    return {**told, "year": record.item.year, "lastChanges": [change_json(change) for change in last]}


def kept_json(kept: KeptOverride | None) -> dict[str, Any] | None:
    """An override with the time at which it was set; null where nothing was said."""
    return None if kept is None else {**override_json(kept.override), "at": moment(kept.at)}


def _verdict(inspection: Inspection) -> dict[str, Any]:
    verdict = inspection.verdict
    if verdict is None:
        nothing = dict.fromkeys(("verdict", "rule", "ruleText", "label")) | {"sampled": False}
        lists = {key: list[str]() for key in ("languages", "missing", "foreign", "seasons")}
        return {**nothing, "reason": inspection.excluded and inspection.excluded.reason, **lists}
    wanted = None if verdict.nothing_counts else label_of(verdict.verdict, inspection.policy.labels)
    return {
        "verdict": verdict.verdict.value,
        "rule": verdict.rule,
        "ruleText": ITEM_RULES[verdict.rule],
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
    arr = file.audio and {"languages": list(file.audio.languages), "tracks": file.audio.stream_count}
    return {
        "id": file.id,
        "path": file_below(inspection.item, file, inspection.folder, instance.path_mappings),
        "arrPath": file.path,
        "season": file.season,
        "episodes": list(file.episodes),
        "counted": file.season is None or season_counts(inspection.item, file.season, inspection.policy),
        "reader": reading.source if isinstance(reading, Heard) else None,
        "error": None if reading is None or isinstance(reading, Heard) else reading.reason,
        "arrAudio": arr,
        "disagreement": disagreement(file.audio, reading),
        **_finding(finding),
    }


def _finding(finding: Finding | None) -> dict[str, Any]:
    if finding is None:  # left out by quick mode
        reason = "quick mode reads one file of each season"
        lists = {key: list[str]() for key in ("languages", "missing", "foreign", "tracks")}
        nothing = dict.fromkeys(("verdict", "rule", "ruleText"))
        return {**nothing, "reason": reason, "assumed": False, **lists}
    return {
        "verdict": finding.verdict.value,
        "rule": finding.rule,
        "ruleText": FILE_RULES[finding.rule],
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


def _advice(instance: InstanceConfig, inspection: Inspection) -> dict[str, str] | None:
    """What to do where the arr's original is nowhere heard, and one other language is."""
    verdict, original = inspection.verdict, inspection.original.language
    if verdict is None or verdict.verdict not in (Verdict.WRONG_DUB, Verdict.UNKNOWN):
        return None
    heard = any(original and same_original(original, language) for language in verdict.languages)
    said = inspection.kept is not None and inspection.kept.override.original is not None
    if heard or said or len(verdict.foreign) != 1:
        return None
    (foreign,) = verdict.foreign
    command = f"taggarr override {quote(called(inspection.item))} -i {instance.name} --original {foreign}"
    return {"text": f"{name(foreign)} is the original; then:", "command": command}


def _plan(plan: ItemPlan | None) -> Mapping[str, Any]:
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


def _code(language: Language | None) -> str | None:
    return None if language is None else str(language)


def _codes(languages: Sequence[Language]) -> list[str]:
    return [str(language) for language in languages]
