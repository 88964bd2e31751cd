"""What the looks at root folders say: whether files are here, can be read, and have NFO files to be edited."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeGuard

from taggarr.core.media import Cause, Heard, Reading, Unreadable
from taggarr.core.nfo_edit import NfoCause
from taggarr.doctor.check import Check, error, ok, warning
from taggarr.doctor.listing import Listing
from taggarr.doctor.looks import Look
from taggarr.doctor.ports import Subject

FILES = "files"
NFO = "nfo"
ROOTS = "roots"

_UNMOUNTED = (
    "mount the folder where Taggarr runs, name it in path_mappings if it has another name here, or set "
    "audio_source: arr to do without the files"
)
_RIGHTS = "give the user that runs Taggarr the right to read the folders and files"


def of_scope(subject: Subject, found: Listing, looks: Sequence[Look]) -> Iterator[Check]:
    """Whether the configured roots hold anything, and what the arr says of its own."""
    roots = ", ".join(subject.roots)
    cure = f"write root_path as {subject.app} or as this machine names the folder, and path_mappings where the two differ"
    if subject.roots and not found.items and found.outside:
        if any(seen.here for seen in looks):
            message = f"titles of {subject.app} are found in {roots} by the names of their folders alone, which fails where two are alike"
            yield warning(ROOTS, subject.name, message, cure)
        else:
            message = f"none of the {found.outside} titles of {subject.app} lies in {roots}"
            yield error(ROOTS, subject.name, message, cure)
    for shelf in found.shelves:
        if not shelf.accessible:
            yield warning(
                ROOTS,
                subject.name,
                f"{subject.app} itself cannot reach its root folder {shelf.root}",
                f"mend that first: {subject.app} > Settings > Media Management",
            )


def hung(subject: Subject, seen: Look, limit_s: float) -> Check:
    """A share that does not answer."""
    counted = f" after {len(seen.seen)} of {len(seen.shelf.sample)} files" if seen.seen else ""
    return error(
        FILES,
        subject.name,
        f"{seen.at} did not answer within {limit_s:g} s{counted}: the disk or share hangs",
        "see that it is mounted and that its server runs",
    )


def of_look(subject: Subject, seen: Look) -> Check:
    """One sentence on one root."""
    where, total = _where(seen), len(seen.seen)
    if not total:
        return _of_empty(subject, seen, where)
    if not seen.here:
        missing = "" if seen.there else "; there is no such folder here"
        none = "the one file looked for is not" if total == 1 else f"none of the {total} files looked for is"
        return error(FILES, subject.name, f"{where}: {none} here{missing}", _UNMOUNTED)
    return _of_found(subject, seen, where)


def _of_found(subject: Subject, seen: Look, where: str) -> Check:
    total, here = len(seen.seen), seen.here
    denied = [path for _, path, reading in here if _cause(reading) is Cause.DENIED]
    if denied:
        shut = (
            f"{where}: this user may not read {len(denied)} of {total} files looked for; first: {denied[0]}"
        )
        return error(FILES, subject.name, shut, _RIGHTS)
    message = f"{where}: {len(here)} of {total} files looked for are here"
    if seen.refusal:
        return error(FILES, subject.name, f"{message}; {seen.local}: {seen.refusal}", _RIGHTS)
    failed = [f"{path}: {reading.reason}" for _, path, reading in here if _fails(reading)]
    if failed:
        return warning(FILES, subject.name, f"{message}; {failed[0]}", "look at the disk or share")
    if len(here) < total:
        lost = next(path for _, path, reading in seen.seen if _cause(reading) is Cause.MISSING)
        cure = f"have {subject.app} rescan its disk, or see what path_mappings lead to"
        return warning(FILES, subject.name, f"{message}; not here: {lost}", cure)
    return ok(FILES, subject.name, f"{message}{_damaged(here)}")


def _fails(reading: Reading) -> TypeGuard[Unreadable]:
    """Whether a file could not be read by circumstance; that libmediainfo is missing has a check of its own."""
    return (
        isinstance(reading, Unreadable) and not reading.cause.by_content and reading.cause is not Cause.READER
    )


def _of_empty(subject: Subject, seen: Look, where: str) -> Check:
    if seen.skipped:
        return ok(
            FILES,
            subject.name,
            f"{where}: not looked at, {subject.app}'s own data are used (audio_source: arr)",
        )
    if not seen.there:
        message = f"{where}: there is no such folder here; {subject.app} lists no file in it yet"
        return warning(FILES, subject.name, message, _UNMOUNTED)
    if seen.refusal:
        return error(FILES, subject.name, f"{seen.local}: {seen.refusal}", _RIGHTS)
    return ok(FILES, subject.name, f"{where}: the folder is here; {subject.app} lists no file in it yet")


def _where(seen: Look) -> str:
    return seen.shelf.root if seen.shelf.root == seen.local else f"{seen.shelf.root} ({seen.local} here)"


def _cause(reading: Reading) -> Cause | None:
    return None if isinstance(reading, Heard) else reading.cause


def _damaged(here: Sequence[tuple[object, str, Reading]]) -> str:
    """How many files say nothing by themselves: no matter of the configuration."""
    count = sum(1 for _, _, reading in here if isinstance(reading, Unreadable) and reading.cause.by_content)
    return f"; {count} of them cannot be understood (`taggarr probe` says why)" if count else " and were read"


def of_nfos(subject: Subject, looks: Sequence[Look]) -> Iterator[Check]:
    """Whether the NFO files of the sample may be edited."""
    nfos = [one for seen in looks for one in seen.nfos.values()]
    if not nfos:
        return
    refused = [
        (problem, wanted)
        for problem, wanted in nfos
        if problem is not None and problem.cause is NfoCause.UNWRITABLE
    ]
    if not refused:
        yield ok(NFO, subject.name, f"{len(nfos)} of {len(nfos)} NFO files looked for may be edited")
        return
    reasons = Counter(problem.reason for problem, _ in refused)
    first = refused[0][0]
    message = f"{len(refused)} of {len(nfos)} NFO files cannot be edited; {first.path}: {reasons.most_common(1)[0][0]}"
    make = error if any(wanted for _, wanted in refused) else warning
    yield make(NFO, subject.name, message)
