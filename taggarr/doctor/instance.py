"""Every check of one instance: reached first, then asked and looked for side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from taggarr.core.counting import counted
from taggarr.core.errors import ArrError, ConfigError
from taggarr.core.paths import tidy, to_local
from taggarr.core.policy import WriteNfo
from taggarr.core.scope import policy_for
from taggarr.doctor import files, labels, mappings
from taggarr.doctor.check import Check, error, ok, warning
from taggarr.doctor.listing import Listing, listing
from taggarr.doctor.looks import Look, begun, look
from taggarr.doctor.ports import Arr, Disk, NfoFiles, Subject
from taggarr.doctor.tasks import Late, Task

CONNECTION = "connection"
CLOCK = "clock"
LISTS = "lists"
ENABLED = "enabled"
NOT_CHECKED = "not-checked"

SKEW_S = 60
"""A clock that is off by more than this makes times in logs and histories useless."""

GRACE_S = 5.0
"""How much longer than its own deadline a call may take: looking up a name has none."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What the checks of all instances share. `disk_s` bounds the look at one root; `near` is where media may lie."""

    disk: Disk
    nfos: NfoFiles
    near: Sequence[str]
    disk_s: float


@dataclass(frozen=True, slots=True)
class Examined:
    """The checks of an instance, and what it lists; `places`, whose NFO files it writes, are None where not known."""

    checks: tuple[Check, ...]
    places: frozenset[str] | None = None
    titles: int = 0
    roots: tuple[str, ...] = ()


def turned_off(subject: Subject) -> Examined:
    """An instance that is not scanned is not asked either."""
    message = "turned off: it is neither scanned nor checked, and its labels stay"
    return Examined((ok(ENABLED, subject.name, message),), frozenset())


def examine(subject: Subject, machine: Machine) -> Examined:
    """Go through all checks of an instance. What fails or hangs is a check, and the others go on."""
    try:
        with subject.open() as arr:
            return _examine(subject, arr, machine)
    except ConfigError as failure:
        return _unreached(subject, str(failure))


def _examine(subject: Subject, arr: Arr, machine: Machine) -> Examined:
    limit_s = subject.timeout_s + GRACE_S
    try:
        info = Task(arr.check, limit_s).result()
    except ArrError as failure:
        return _unreached(subject, failure.problem)
    except Late as late:
        return _unreached(subject, _late(subject, late))
    checks = [ok(CONNECTION, subject.name, f"{info.app} {info.version} answers, and takes the key")]
    checks += _clock(subject, arr.ahead_s)
    used: Task[Sequence[Check]] = Task(lambda: tuple(labels.uses(subject, arr)), limit_s)
    written: Task[Sequence[Check]] = Task(lambda: (labels.kodi(subject, arr),), limit_s)
    listed = Task(partial(listing, subject, arr), 2 * subject.timeout_s + GRACE_S)
    found: Listing | None = None
    try:
        found = listed.result()
    except ArrError as failure:
        checks.append(error(LISTS, subject.name, failure.problem))
    except Late as late:
        checks.append(error(LISTS, subject.name, _late(subject, late)))
    if found is not None:
        checks += _on_disk(subject, found, machine)
    for name, task in ((labels.KODI, written), (labels.USES, used)):
        checks += _asked(subject, name, task)
    if found is None:
        return Examined(tuple(checks))
    roots = tuple(shelf.root for shelf in found.shelves)
    return Examined(tuple(checks), _places(subject, found), len(found.items), roots)


def _asked(subject: Subject, name: str, task: Task[Sequence[Check]]) -> Iterable[Check]:
    try:
        return task.result()
    except ArrError as failure:
        return [error(name, subject.name, failure.problem)]
    except Late as late:
        return [error(name, subject.name, _late(subject, late))]


def _on_disk(subject: Subject, found: Listing, machine: Machine) -> Iterable[Check]:
    """Each root in a thread of its own, and then, if need be, the search for what is not where it should be."""
    looks = [begun(subject, shelf) for shelf in found.shelves]
    tasks = [Task(partial(look, subject, seen, machine.disk, machine.nfos), machine.disk_s) for seen in looks]
    whole: list[Look] = []
    for seen, task in zip(looks, tasks, strict=True):
        try:
            task.result()
        except Late as late:
            yield files.hung(subject, seen, late.limit_s)
        else:
            whole.append(seen)
            yield files.of_look(subject, seen)
    yield from files.of_scope(subject, found, whole)
    yield from mappings.proposal(subject, whole, machine.disk, machine.near)
    yield from files.of_nfos(subject, whole)


def _clock(subject: Subject, ahead_s: float | None) -> Iterable[Check]:
    if ahead_s is None:
        return
    if abs(ahead_s) <= SKEW_S:
        yield ok(CLOCK, subject.name, f"the clocks of {subject.app} and of this machine agree")
        return
    way = "ahead of" if ahead_s > 0 else "behind"
    yield warning(
        CLOCK,
        subject.name,
        f"the clock of {subject.app} is {_span(abs(ahead_s))} {way} this machine's; which of the two is wrong cannot be told from here",
        "have both machines set their clocks by NTP",
    )


def _span(seconds: float) -> str:
    sizes = ((86_400, "day"), (3_600, "hour"))
    size, word = next((one for one in sizes if seconds >= one[0]), (60, "minute"))
    return counted(int(seconds // size), word)


def _late(subject: Subject, late: Late) -> str:
    return f"{subject.app} did not answer within {late.limit_s:g} s"


def _unreached(subject: Subject, problem: str) -> Examined:
    left = "clock, lists, files, path mappings, NFO files, Kodi metadata, labels"
    return Examined(
        (
            error(CONNECTION, subject.name, problem),
            warning(
                NOT_CHECKED,
                subject.name,
                f"not checked: {left}",
                f"mend the connection to {subject.name} first",
            ),
        )
    )


def _places(subject: Subject, found: Listing) -> frozenset[str]:
    """The folders here whose NFO files this instance would write."""
    places = set()
    for item in found.items:
        folder = to_local(item.path, subject.mappings)
        if policy_for(item, subject.rules, folder).write_nfo is not WriteNfo.NEVER:
            places.add(tidy(folder))
    return frozenset(places)
