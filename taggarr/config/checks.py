"""What spans several keys: names, labels, instances that would get in each other's way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from urllib.parse import urlsplit

from taggarr.config.document import Document
from taggarr.config.problems import KeyPath, clipped, shown_key
from taggarr.config.schema import DefaultsKeys, FileKeys, InstanceKeys, TagsKeys
from taggarr.core.paths import overlap

NAME = re.compile(r"\w(?:[\w -]{0,62}[\w-])?")
_LABEL = re.compile(r"[a-z0-9-]+")


def check(document: Document, file: FileKeys) -> None:
    """Note every problem that takes more than one key to see."""
    if not file.instances and not any(path[:1] == ("instances",) for path in document.refused):
        document.refuse(("instances",), "no instance is configured", suggestion=_FIRST_INSTANCE)
    for section in ("instances", "profiles"):
        for name in getattr(file, section):
            if not NAME.fullmatch(name):
                message = "a name is made of letters, digits, blanks, `-` and `_`, at most 64"
                document.refuse((section, name), message, key=True)
    _check_labels(document, file)
    _check_addresses(document, file)
    _check_rhythm(document, ("defaults",), file.defaults)
    for name, instance in file.instances.items():
        _check_rhythm(document, ("instances", name), instance)
        _check_folders(document, ("instances", name), instance)


_FIRST_INSTANCE = "name one below `instances:`, with type, url and api_key (see taggarr.example.yaml)"


def _check_labels(document: Document, file: FileKeys) -> None:
    defaults: _Layer = (("defaults", "tags"), file.defaults.tags)
    instances: list[_Layer] = [
        (("instances", name, "tags"), each.tags) for name, each in file.instances.items()
    ]
    profiles: list[_Layer] = [(("profiles", name, "tags"), each.tags) for name, each in file.profiles.items()]
    for path, tags in (defaults, *instances, *profiles):
        for verdict in tags.model_fields_set:
            label = getattr(tags, verdict)
            where = (*path, verdict)
            if label is not None and not _LABEL.fullmatch(label) and where not in document.tolerated:
                _refuse_label(document, where, label)
    told: set[frozenset[KeyPath | None]] = set()
    for instance in instances:
        base = (defaults, instance)
        for one, other in _conflicts([base, *((*base, profile) for profile in profiles)]):
            pair = frozenset((one.path, other.path))
            if pair not in told:
                told.add(pair)
                _refuse_twin(document, one, other)


@dataclass(frozen=True, slots=True)
class _Label:
    """The label of a verdict, and the key that sets it: None for a built-in one."""

    verdict: str
    text: str
    path: KeyPath | None


_Layer = tuple[KeyPath, TagsKeys]


def _refuse_label(document: Document, path: KeyPath, label: str) -> None:
    shown = document.shown(path, label)
    message = f"{shown} is no label: the arrs take `a` to `z`, digits and `-` alone"
    better = label_today(label)
    hint = f"write `{clipped(better)}`" if better and shown == f"`{label}`" else None
    document.refuse(path, message, found=shown, suggestion=hint)


def label_today(label: str) -> str:
    """The label nearest to `label` that the arrs take; empty where there is none."""
    return re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")


def _refuse_twin(document: Document, one: _Label, other: _Label) -> None:
    blamed, twin = (other, one) if other.path else (one, other)
    name = f"`{shown_key(twin.path)}`" if twin.path else f"the default of `{twin.verdict}`"
    same = one.text == other.text
    how = f"is the same label as {name}" if same else f"differs from {name} by case alone"
    shown = document.shown(blamed.path or (), blamed.text)
    document.refuse(blamed.path or (), f"{shown} {how}", found=shown, suggestion="give each verdict its own")


def _conflicts(stacks: list[tuple[_Layer, ...]]) -> Iterator[tuple[_Label, _Label]]:
    """Labels of different verdicts that are one label to the arr, in all policies of an instance."""
    seen: dict[str, _Label] = {}
    for stack in stacks:
        for label in _labels(stack):
            first = seen.setdefault(label.text.lower(), label)
            if first.verdict != label.verdict:
                yield first, label


def _labels(stack: tuple[_Layer, ...]) -> Iterator[_Label]:
    """The labels in force where the layers of `stack` lie over each other, the last one on top."""
    for verdict, field in TagsKeys.model_fields.items():
        label = _Label(verdict, field.default, None)
        for path, tags in stack:
            if verdict in tags.model_fields_set:
                label = _Label(verdict, getattr(tags, verdict), (*path, verdict))
        if label.text is not None:
            yield label


def _check_addresses(document: Document, file: FileKeys) -> None:
    for (one, first), (two, second) in combinations(file.instances.items(), 2):
        path: KeyPath = ("instances", two, "url")
        if path in document.refused or ("instances", one, "url") in document.refused:
            continue
        if _server(first.url) != _server(second.url):
            continue
        roots, others = roots_of(first), roots_of(second)
        if not roots or not others or any(overlap(a, b) for a in roots for b in others):
            message = f"`{clipped(one)}` has the same address, and the folders of the two overlap"
            document.refuse(path, message, suggestion="give each its own `root_paths`, or remove one")


def _server(url: str) -> tuple[str, str | None, int, str]:
    parts = urlsplit(url)
    return (
        parts.scheme,
        parts.hostname,
        parts.port or (443 if parts.scheme == "https" else 80),
        parts.path.lower(),
    )


def roots_of(instance: InstanceKeys) -> tuple[str, ...]:
    """The folders of an instance; none for all root folders of its arr."""
    return instance.root_paths or ((instance.root_path,) if instance.root_path else ())


def _check_rhythm(document: Document, path: KeyPath, keys: DefaultsKeys) -> None:
    if "run_interval_seconds" in keys.model_fields_set and keys.schedule is not None:
        message = "`schedule` and `run_interval_seconds` exclude each other"
        document.refuse((*path, "schedule"), message, suggestion="keep one of the two")


def _check_folders(document: Document, path: KeyPath, instance: InstanceKeys) -> None:
    if instance.root_path and instance.root_paths:
        document.refuse(
            (*path, "root_path"),
            "`root_path` and `root_paths` exclude each other",
            suggestion="keep one of the two",
        )
    seen: set[str] = set()
    for index, each in enumerate(instance.path_mappings):
        if each.arr in seen:
            where: KeyPath = (*path, "path_mappings", index, "arr")
            message = f"{document.shown(where, each.arr)} is mapped a second time"
            document.refuse(where, message, suggestion="keep one of the two")
        seen.add(each.arr)
