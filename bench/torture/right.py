"""Whether a house is as it has to be: after a healthy scan in every respect, after a disturbed one in what it says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.torture import model
from bench.torture.house import House
from taggarr.scan.job import InstanceSummary, ScanSummary


@dataclass(frozen=True, slots=True)
class End:
    """All that a scan leaves behind and that does not depend on the way it went."""

    tags: dict[str, list[str]]
    nfos: dict[str, bytes]
    records: dict[str, Any]


def end_of(house: House) -> End:
    return End(house.tags(), house.nfos(), house.records())


def wrong_at_the_end(
    house: House, began: str, undisturbed: End, added: Mapping[str, str], *, remove: bool
) -> Iterator[str]:
    """What is not as it has to be after a scan that came through.

    `added` are tags that people gave titles meanwhile.
    """
    yield from by_the_model(house, began, added, remove=remove)
    now = end_of(house)
    for title, tags in undisturbed.tags.items():
        if sorted([*tags, *([added[title]] if title in added else [])]) != sorted(now.tags[title]):
            yield f"{title}: tags {now.tags[title]}, undisturbed {tags}"
    for name, content in undisturbed.nfos.items() | now.nfos.items():
        if now.nfos.get(name) != undisturbed.nfos.get(name):
            yield f"{name}: {content!r} differs"
    for title in undisturbed.records.keys() | now.records.keys():
        if now.records.get(title) != undisturbed.records.get(title):
            yield f"{title}: kept {now.records.get(title)}, undisturbed {undisturbed.records.get(title)}"
    yield from house.odd_rows()
    yield from _wrong_history(house, began)


def by_the_model(house: House, began: str, added: Mapping[str, str], *, remove: bool) -> Iterator[str]:
    """What is not as the model has it."""
    start = house.starts[began]
    now = house.tags()
    for shelf, _, title in house.listed():
        before = start.tags[title.name]
        right = model.tags_after(title, shelf, before, remove=remove)
        have = now[title.name]
        if title.name in added:
            if have.count(added[title.name]) != 1:
                yield f"{title.name}: lost the tag {added[title.name]}, has {have}"
            have = [tag for tag in have if tag != added[title.name]]
        if have != right:
            yield f"{title.name}: tags {have}, right are {right} (before: {before})"
        path = house.nfo(shelf, title)
        if path in start.nfos:
            wanted = model.nfo_after(title, shelf, start.nfos[path][0], remove=remove)
            found = model.tags_and_genres(path.read_bytes())
            if found != wanted:
                yield f"{path.name} of {title.name}: {found}, right are {wanted}"
        elif path.exists():
            yield f"{path.name} of {title.name} was made"


def _wrong_history(house: House, began: str) -> Iterator[str]:
    """The applied changes, one after the other, have to lead from the labels at the start to those at the end."""
    labels: dict[str, set[str]] = {}
    listed = {title.name: shelf for shelf, _, title in house.listed()}
    for title, shelf in listed.items():
        labels[title] = set(house.starts[began].tags[title]) & model.WISHES[shelf.arr].ours
    for change in house.changes(since=began):
        if change.intent.target != "tag" or change.intent.title not in listed:
            continue
        if change.outcome is not None and change.outcome.result == "applied":
            if change.intent.action == "add":
                labels[change.intent.title].add(change.intent.name)
            else:
                labels[change.intent.title].discard(change.intent.name)
    now = house.tags()
    for title, shelf in listed.items():
        have = set(now[title]) & model.WISHES[shelf.arr].ours
        if labels[title] != have:
            yield f"{title}: by its history it has {sorted(labels[title])}, it has {sorted(have)}"


def wrong_meanwhile(
    house: House, began: str, summary: ScanSummary, added: Mapping[str, str], *, remove: bool
) -> Iterator[str]:
    """What no scan may leave, however it was disturbed: a wrong tag, a lost one, a title that nobody names."""
    start, now = house.starts[began], house.tags()
    for shelf, _, title in house.listed():
        before, have = start.tags[title.name], now[title.name]
        ours = model.WISHES[shelf.arr].ours
        right = model.tags_after(title, shelf, before, remove=remove)
        kept = [tag for tag in before if tag not in ours]
        if [tag for tag in have if tag not in ours and tag != added.get(title.name)] != kept:
            yield f"{title.name}: has {have}, had {before}"
        if guessed := set(have) - set(before) - set(right) - {added.get(title.name)}:
            yield f"{title.name}: was given {sorted(guessed)} on a guess"
        if not _on_the_way(before, have, right, ours):
            yield f"{title.name}: stands between {before} and {right} with {have}"
        said = summary.instances[shelf.arr]
        if [tag for tag in have if tag != added.get(title.name)] != right and not _named(said, title.name):
            yield f"{title.name}: is not done ({have}, not {right}), and nobody says so"


def _on_the_way(
    before: Sequence[str], have: Sequence[str], right: Sequence[str], ours: frozenset[str]
) -> bool:
    """Labels come before others go: whoever lost one has the right one already."""
    wanted = set(right) & ours
    return set(before) & ours <= set(have) or wanted <= set(have)


def _named(summary: InstanceSummary, title: str) -> bool:
    """Whether the summary says that this title is not done, or that the whole arr is not."""
    if summary.error is not None or summary.guard is not None:
        return True
    named = {failure.title for failure in summary.failures}
    return title in named | set(summary.postponed) | {about for about, _ in summary.attention}
