"""Which title an override is of, and what becomes of its verdict by it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import click

from taggarr.cli.explain import answer_to
from taggarr.cli.explanation import kept_json
from taggarr.config import Config
from taggarr.core.find import is_named
from taggarr.core.media import Item, Kind
from taggarr.core.override import NOTHING, KeptOverride, Override
from taggarr.logs import neutral
from taggarr.scan.job import ScanSummary
from taggarr.wiring.library import Library
from taggarr.wiring.overrides import change
from taggarr.wiring.scanner import Scanner

Facts = dict[str, Any]

LISTED = "listed"
REMEMBERED = "remembered"
GONE = "gone"


@dataclass(frozen=True, slots=True)
class Meant:
    """An item that the name may mean.

    `known` is `listed` by its arr, `remembered` from an earlier scan where the arr cannot be asked, or
    `gone`: nothing but its override is left of it.
    """

    item: Item
    known: str


@dataclass(frozen=True, slots=True)
class Edit:
    """What the options make of an override; `anew`: nothing of it stays that they do not say."""

    said: Override
    anew: bool

    def __call__(self, before: Override) -> Override:
        if self.anew:
            return self.said
        return Override(
            original=before.original if self.said.original is None else self.said.original,
            targets=self.said.targets or before.targets,
            excluded=before.excluded if self.said.excluded is None else self.said.excluded,
        )


def meanings(settings: Config, name: str, summary: ScanSummary, library: Library) -> Iterator[Meant]:
    """The items that the name means; only where it means none, those of which an override is left."""
    asked = list(summary.instances.values())
    found = [Meant(inspection.item, LISTED) for one in asked for inspection in one.inspections]
    for one in asked:
        if one.error:
            records = library.records(one.name).values()
            found += [Meant(r.item, REMEMBERED) for r in records if is_named(r.item, r.local, [name])]
    yield from found
    if found:
        return
    for one in asked:
        kind = settings.instance(one.name).type.kind
        for kept in library.overrides(one.name):
            item = _left_of(kept, one.name, kind)
            if is_named(item, "", [name]):
                yield Meant(item, GONE)


def _left_of(kept: KeptOverride, instance: str, kind: Kind) -> Item:
    number = kept.catalogue_id
    return Item(instance, kind, kept.item_id, kept.title, "", year=kept.year, tvdb_id=number, tmdb_id=number)


def say(
    settings: Config,
    inspector: Scanner,
    library: Library,
    one: Meant,
    edit: Edit | None,
    answer: Facts,
) -> tuple[Facts, list[Facts]]:
    """Set what is to be set, and look what it changes: fields of the answer, and the errors on the way.

    Of what is only shown, `before` is what the title would be without it.
    """
    item = one.item
    if edit is not None and one.known == GONE and not edit(NOTHING).empty:
        raise click.UsageError(
            f"{item.instance} lists “{neutral(item.title)}” no longer: what you said of it can be shown, and "
            "taken away with --clear"
        )
    kept = _kept(library, item)
    looked = answer["items"][0] if one.known == LISTED else None
    if edit is not None:
        change(library, item, edit)
    again: Facts | None = None
    errors: list[Facts] = []
    if looked is not None and (edit is not None or kept is not None):
        again, errors = _look(settings, inspector, library, item, overridden=edit is not None)
    before, after = (looked, again) if edit is not None else (again, looked)
    told = {
        "item": {
            "instance": item.instance,
            "kind": item.kind.value,
            "id": item.id,
            "title": item.title,
            "year": item.year,
        },
        "known": one.known,
        "override": kept_json(_kept(library, item)),
        "previous": None if edit is None else kept_json(kept),
        "before": _effect(before),
        "after": _effect(after),
    }
    return told, errors


def _look(
    settings: Config, inspector: Scanner, library: Library, item: Item, *, overridden: bool
) -> tuple[Facts | None, list[Facts]]:
    """What a scan would find of one item now, or why that cannot be said."""
    summary = inspector.inspect([str(item.id)], [item.instance], overridden=overridden)
    answer = answer_to(settings, str(item.id), summary, library)
    found = next((facts for facts in answer["items"] if facts["id"] == item.id), None)
    return found, answer["errors"]


def _kept(library: Library, item: Item) -> KeptOverride | None:
    return next((one for one in reversed(library.overrides(item.instance)) if one.is_of(item)), None)


def _effect(facts: Facts | None) -> Facts | None:
    """What an explanation says of the whole item."""
    if facts is None:
        return None
    return {key: value for key, value in facts.items() if key not in ("files", "lastChanges", "override")}
