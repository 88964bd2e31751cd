"""All checks, side by side; what takes too long is left behind."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import combinations

from taggarr.core.counting import counted
from taggarr.doctor import house
from taggarr.doctor.check import Check, error, ok, warning
from taggarr.doctor.instance import GRACE_S, Examined, Machine, examine, turned_off
from taggarr.doctor.ports import Home, Subject
from taggarr.doctor.tasks import Late, Task

CONFIGURATION = "configuration"
SAME_NFO = "same-nfo"
LATE = "late"

HOME_S = 60.0
"""For each look at what is Taggarr's own: `quick_check` of a large database takes its time."""


def run(
    subjects: Sequence[Subject],
    home: Home,
    machine: Machine,
    now: datetime,
    notes: Iterable[Check],
    *,
    home_s: float = HOME_S,
) -> tuple[Check, ...]:
    """Every check of `subjects` and of `home`, in a fixed order; `notes` are those of the configuration.

    An instance that is turned off is not asked. What hangs is a check that says so.
    """
    own: list[tuple[str, Task[Sequence[Check]]]] = [
        (name, Task(work, home_s)) for name, work in _own(home, now)
    ]
    asked = [
        (one, Task(partial(examine, one, machine), _longest_s(one, machine)) if one.enabled else None)
        for one in subjects
    ]
    examined = [(one, turned_off(one) if task is None else _examined(one, task)) for one, task in asked]
    checks = [*notes]
    for name, task in own:
        checks += _result(name, task)
    for _, each in examined:
        checks += each.checks
    checks += _same_nfo([(one, each) for one, each in examined if one.enabled])
    return tuple(checks)


def _own(home: Home, now: datetime) -> Sequence[tuple[str, Callable[[], Sequence[Check]]]]:
    return (
        (house.FOLDER, lambda: tuple(house.folder(home))),
        (house.DATABASE, lambda: tuple(house.database(home, now))),
        (house.LOG, lambda: (house.log(home),)),
        (house.LIBMEDIAINFO, lambda: (house.libmediainfo(home),)),
    )


def _longest_s(one: Subject, machine: Machine) -> float:
    """The limits of the steps of an instance one after the other: reached, listed, looked at, searched."""
    return 3 * one.timeout_s + 2 * machine.disk_s + 4 * GRACE_S


def _examined(one: Subject, task: Task[Examined]) -> Examined:
    try:
        return task.result()
    except Late as late:
        return Examined((error(LATE, one.name, f"its checks did not end within {late.limit_s:g} s"),))


def _result(name: str, task: Task[Sequence[Check]]) -> Sequence[Check]:
    try:
        return task.result()
    except Late as late:
        message = f"this check did not end within {late.limit_s:g} s: the disk of the data folder may hang"
        return [error(name, None, message, "look at that disk, or name another folder with --data-dir")]


def _same_nfo(examined: Sequence[tuple[Subject, Examined]]) -> Iterator[Check]:
    """Two instances of one kind that hold the same folders: the first in the configuration writes the NFO files."""
    known = [(one, each.places) for one, each in examined if each.places is not None]
    clash = False
    for (one, mine), (other, others) in combinations(known, 2):
        shared = sorted((mine or frozenset()) & (others or frozenset()))
        if one.kind is other.kind and shared:
            clash = True
            count = counted(len(shared), "folder")
            yield warning(
                SAME_NFO,
                other.name,
                f"{count} of {other.name} are also those of {one.name} (first: {shared[0]}): {one.name} writes the NFO files there, {other.name} leaves them alone",
                "set write_nfo: never in one of the two, or exchange them in the configuration file if the other one shall write",
            )
    if len(known) > 1 and not clash:
        yield ok(SAME_NFO, None, "no two instances would write the same NFO file")
