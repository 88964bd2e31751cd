"""Path mappings that would make files be here, shown as lines for the configuration file."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from taggarr.core.paths import PathMapping, file_below, tidy, to_local
from taggarr.core.proposals import merged, needless, propose, rivals
from taggarr.doctor.check import Check, error
from taggarr.doctor.listing import Wanted
from taggarr.doctor.looks import Look
from taggarr.doctor.ports import Disk, Subject

NAME = "path-mappings"

_ANY_NAME = ".here"

_STEP = 2
"""By how many blanks the lines of a list are deeper than their key."""


def proposal(subject: Subject, looks: Sequence[Look], disk: Disk, near: Sequence[str]) -> Iterator[Check]:
    """What to write, where the files of some root are not here and are elsewhere on this machine."""
    lost = [seen for seen in looks if seen.lost]
    if not lost:
        return
    wanted = {_below(one.file.path, seen.shelf.root) for seen in lost for one, _, _ in seen.seen}
    known = [path for seen in looks for _, path, _ in seen.here]
    listed = [path for seen in looks for one, _, _ in seen.seen for path in (one.item.path, one.file.path)]
    roots = [seen.shelf.root for seen in looks]
    for seen in looks:
        if (
            seen.there and not seen.seen
        ):  # an empty root that is here is right as it is, which any name in it says
            listed.append(f"{seen.shelf.root}/{_ANY_NAME}")
            known.append(f"{seen.local}/{_ANY_NAME}")
    here: set[str] = set(known)
    after: Sequence[PathMapping] = ()
    counts = [0]
    for found in disk.find(wanted, [*near, *roots]):
        here = {*known, *found}
        after = merged(subject.mappings, propose(listed, here, roots, subject.mappings))
        counts = [sum(1 for one, _, _ in seen.seen if _local(one, after) in here) for seen in lost]
        if all(counts):
            break
    if any(counts):
        yield _pasted(subject, after, sum(counts), sum(len(seen.seen) for seen in lost))
    for one in needless(listed, here, roots, subject.mappings):
        yield error(
            NAME,
            subject.name,
            f"files are where {subject.app} says, and path_mappings leads from {one.arr} to {one.local}",
            f"take that mapping out of path_mappings of `{subject.name}`",
        )
    for root, folders in rivals(listed, here, roots, subject.mappings).items():
        yield error(
            NAME,
            subject.name,
            f"the files of {root} are not where {subject.app} says, and several folders of this machine hold them: "
            f"{', '.join(folders)}",
            f"name the one that you mean in path_mappings of `{subject.name}`",
        )


def _pasted(subject: Subject, after: Sequence[PathMapping], count: int, total: int) -> Check:
    if subject.mappings:
        cure = f"put these lines in the place of path_mappings of `{subject.name}`"
    else:
        cure = f"paste these lines below the other keys of `{subject.name}`"
    pasted = error(
        NAME,
        subject.name,
        f"{count} of {total} files are not where {subject.app} says, and lie elsewhere on this machine",
        cure if subject.indent is not None else f"{cure}, inside of its braces",
        as_yaml(after, subject.indent),
    )
    return replace(pasted, mappings=tuple(after))


def _local(one: Wanted, mappings: Sequence[PathMapping]) -> str:
    return file_below(one.item, one.file, to_local(one.item.path, mappings), mappings)


def _below(path: str, root: str) -> str:
    return tidy(path)[len(tidy(root)) :].lstrip("/")


def as_yaml(mappings: Sequence[PathMapping], indent: int | None) -> str:
    """`path_mappings`, its lines as deep as the keys beside it; on one line where these stand in braces."""
    entries = [f"{{arr: {quoted(one.arr)}, local: {quoted(one.local)}}}" for one in mappings]
    if indent is None:
        return f"path_mappings: [{', '.join(entries)}]"
    front = " " * indent
    return "\n".join([f"{front}path_mappings:", *(f"{front}{' ' * _STEP}- {entry}" for entry in entries)])


def quoted(text: str) -> str:
    """A text as YAML has it between double quotes; `${` would stand for a variable."""
    return json.dumps(text, ensure_ascii=False).replace("${", "$${")
