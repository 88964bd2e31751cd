"""The library in the shape of the earlier Taggarr's `taggarr.json`, for tools that read that file.

One object, `series` and `movies` by their folders on this machine. What the earlier format cannot say:
a season whose audio is not known has the status `unknown`, and its files are in none of the lists.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from taggarr.core import override, selection
from taggarr.core.episodes import reading_order
from taggarr.core.language import Language, parse, parse_original, same_original
from taggarr.core.media import Cause, Kind, Reading, Unreadable
from taggarr.core.override import KeptOverride
from taggarr.core.paths import folder_name
from taggarr.core.policy import Policy, Rules
from taggarr.core.record import ItemRecord
from taggarr.core.scope import policy_for
from taggarr.core.selection import KnownFile
from taggarr.core.verdict import Finding, Original, Verdict, judge_file, judge_season

FORMAT_VERSION = "0.8.0"
"""The last version that wrote this format; its readers look for it."""

SECTIONS = ("series", "movies")

ITEMS_AT_ONCE = 100
"""How many items are held in memory with all their files."""

_DEEPEST = 5  # levels of an entry: itself, its seasons, a season, a list, a text
_SURROGATE = re.compile("[\ud800-\udfff]")
_STATUS = {Verdict.DUB: "fully-dub"}


@dataclass(frozen=True, slots=True)
class StoredItem:
    """An item as the last scan judged it, its files as they were last read, and its policy now."""

    record: ItemRecord
    files: Sequence[KnownFile]
    policy: Policy


def stored_items(
    records: Sequence[ItemRecord],
    rules: Rules,
    overrides: Collection[KeptOverride],
    files: Callable[[Sequence[int]], Mapping[int, Sequence[KnownFile]]],
) -> Iterator[StoredItem]:
    """The items of one instance under the policies of now; `files` gives those of some, by item, and is asked in turns.

    `overrides` are what a person said of single items, oldest first.
    """
    said = override.belonging(overrides, [record.item for record in records])
    for start in range(0, len(records), ITEMS_AT_ONCE):
        part = records[start : start + ITEMS_AT_ONCE]
        known = files([record.item.id for record in part])
        for record in part:
            policy = policy_for(record.item, rules, record.local)
            if record.item.id in said:
                policy = override.policy_under(said[record.item.id].override, policy)
            yield StoredItem(record, known.get(record.item.id, ()), policy)


def legacy_state(items: Iterable[StoredItem], scanned_at: datetime | None) -> dict[str, Any]:
    """The object of `taggarr.json`; `scanned_at` is when the last scan ended. Items never judged are left out.

    Episodes are judged anew from their stored readings, by the policy that holds now.
    """
    state: dict[str, Any] = {"version": FORMAT_VERSION, "series": {}, "movies": {}}
    at = scanned_at.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z" if scanned_at else None
    for one in items:
        if one.record.verdict is None:
            continue
        kind = "series" if one.record.item.kind is Kind.SERIES else "movies"
        state[kind][one.record.local] = _entry(one, at)
    return state


def legacy_text(state: Mapping[str, Any]) -> str:
    """The state as text: indented by two, lists on one line, no line end at the end."""
    return _text(state, "\n")


def with_kept(
    state: Mapping[str, Any], old: Mapping[str, Any], keeps: Callable[[str, str], bool]
) -> dict[str, Any]:
    """The state with what stays of an `old` one: what it does not speak of, and `keeps(section, folder)` wants.

    An old entry that is nested deeper than any that was ever written is not kept.
    """
    whole = dict(state)
    for section, entries in old.items():
        if section not in state:
            whole |= {section: entries} if _is_shallow(entries, _DEEPEST + 1) else {}
        elif section in SECTIONS:
            stays = {
                folder: entry
                for folder, entry in (entries or {}).items()
                if folder not in state[section] and keeps(section, folder) and _is_shallow(entry, _DEEPEST)
            }
            whole[section] = state[section] | stays
    return whole


def same_state(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two states say the same, whenever it was that they were scanned."""
    return _timeless(one) == _timeless(other)


def is_bare(state: Mapping[str, Any]) -> bool:
    """Whether a state has no entries."""
    return not any(state.get(section) for section in SECTIONS)


def _timeless(state: Mapping[str, Any]) -> dict[str, Any]:
    return {
        section: {
            folder: {k: v for k, v in entry.items() if k != "last_scan"} if isinstance(entry, dict) else entry
            for folder, entry in (entries or {}).items()
        }
        if section in SECTIONS
        else entries
        for section, entries in state.items()
    }


def _is_shallow(value: Any, levels: int) -> bool:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels > 0 and all(_is_shallow(each, levels - 1) for each in inside)


def _text(value: Any, line: str) -> str:
    if not isinstance(value, Mapping) or not value:
        return _json(value)
    inner = line + "  "
    pairs = (f"{_json(key)}: {_text(each, inner)}" for key, each in value.items())
    return "{" + inner + ("," + inner).join(pairs) + line + "}"


def _json(value: Any) -> str:
    """Non-ASCII as it is, but for bytes of a name that are no text: those are escaped, so that the file is."""
    text = json.dumps(value, ensure_ascii=False)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):x}", text)


def _entry(one: StoredItem, scanned_at: str | None) -> dict[str, Any]:
    record = one.record
    entry: dict[str, Any] = {
        "display_name": folder_name(record.local),
        "tag": record.label or "none",
        "last_scan": scanned_at,
        "original_language": record.item.original.lower(),
    }
    if record.item.kind is Kind.MOVIE:
        entry["languages"] = list(record.languages)
    else:
        entry["seasons"] = _seasons(one)
    entry["last_modified"] = _modified(one.files)
    return entry


def _seasons(one: StoredItem) -> dict[str, Any]:
    original = _original(one.record)
    folders: dict[str, list[KnownFile]] = {}
    for known in sorted(one.files, key=lambda known: reading_order(known.file)):
        folders.setdefault(_season_name(known), []).append(known)
    return {
        name: _season(members, one.policy, original, sampled=one.record.sampled)
        for name, members in sorted(folders.items())
    }


def _season(
    listed: Sequence[KnownFile], policy: Policy, original: Original, *, sampled: bool
) -> dict[str, Any]:
    members = [known for known in listed if known.reading is not None] if sampled else listed
    findings = {known.file.id: judge_file(_standing(known, policy), policy, original) for known in members}
    verdict = judge_season([known.file for known in members], findings)
    judged = [(_episode(known), findings[known.file.id]) for known in members]
    return {
        "episodes": len(members),
        "original_dub": [name for name, f in judged if _hears_original(f, original.language)],
        "dub": [f"{name}:{_codes(heard)}" for name, f in judged if (heard := _targets_heard(f, policy))],
        "missing_dub": [f"{name}:{_codes(f.missing)}" for name, f in judged if f.missing],
        "unexpected_languages": sorted({str(language) for _, f in judged for language in f.foreign}),
        "last_modified": _modified(members),
        "status": _STATUS.get(verdict, verdict.value) if verdict else Verdict.UNKNOWN.value,
    }


def _original(record: ItemRecord) -> Original:
    """The original as the last scan took it. The arr's list of languages, which may cast doubt on its
    "English", is not stored, but whether there was doubt shows in the verdict.
    """
    doubted = record.item.original.casefold() == "english" and record.verdict == Verdict.UNKNOWN
    language = parse(record.original) if record.original else parse_original(record.item.original)
    return Original(language if isinstance(language, Language) else None, arr_english=doubted)


def _standing(known: KnownFile, policy: Policy) -> Reading:
    fresh = known.reading or Unreadable("it was not read yet", Cause.MISSING)
    size = known.stat.size_bytes if known.stat else None
    return selection.standing(known.file, fresh, size, known, policy.audio_source)


def _season_name(known: KnownFile) -> str:
    """The folder that holds the season, as its name is; a made-up one where the series' folder is flat."""
    folder, slash, _ = known.file.relative_path.replace("\\", "/").partition("/")
    if slash:
        return folder
    return "Specials" if known.file.season == 0 else f"Season {known.file.season or 1:02}"


def _episode(known: KnownFile) -> str:
    if known.file.episodes:
        return f"E{known.file.episodes[0]:02}"
    return re.sub(r"\.[^./\\]+$", "", folder_name(known.file.relative_path))


def _hears_original(finding: Finding, original: Language | None) -> bool:
    return original is not None and any(same_original(original, language) for language in finding.heard)


def _targets_heard(finding: Finding, policy: Policy) -> list[Language]:
    """The targets that are heard; none where no speech is known (rules 1 to 3), for unknown is not missing."""
    if finding.rule <= 3:
        return []
    return [target for target in policy.targets if target not in finding.missing]


def _codes(languages: Iterable[Language]) -> str:
    return ", ".join(sorted(map(str, languages)))


def _modified(files: Iterable[KnownFile]) -> float:
    """The newest file's time, in seconds."""
    return max((known.stat.mtime_ns for known in files if known.stat), default=0) / 1e9
