"""What answers at an address, and where its folders lie on this machine: all that `config init` has to find out."""

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from taggarr.config import ArrType, Config, InstanceConfig
from taggarr.config.starter import may_stand
from taggarr.core.arr import ArrInfo
from taggarr.core.errors import ArrProtocol
from taggarr.core.paths import PathMapping, to_local
from taggarr.doctor import files, mappings
from taggarr.doctor.check import Check, Level
from taggarr.doctor.tasks import Late, Task
from taggarr.wiring.doctor import Doctor
from taggarr.wiring.scanner import client


@dataclass(frozen=True, slots=True)
class Found:
    """An instance that answered: how many titles it has, and its root folders as it names them.

    `mappings` lead to root folders that lie elsewhere here; `unplaced` are those that are not here at all.
    `checks` are what else is wrong with it, warnings included.
    """

    titles: int
    roots: tuple[str, ...]
    mappings: tuple[PathMapping, ...]
    unplaced: tuple[str, ...]
    checks: tuple[Check, ...]


def answering(instance: InstanceConfig, *, either: bool) -> tuple[ArrType, ArrInfo]:
    """What answers at the address. `either`: it may be the other product, too. Raises `ArrError`."""
    try:
        return instance.type, _check(instance)
    except ArrProtocol:
        if not either:
            raise
        other = replace(instance, type=next(kind for kind in ArrType if kind is not instance.type))
        try:
            return other.type, _check(other)
        except ArrProtocol:
            pass
        raise  # it is neither: what was said first is as true


def _check(instance: InstanceConfig) -> ArrInfo:
    with closing(client(instance, time.sleep)) as arr:
        return arr.check()


def first_look(settings: Config, make: Callable[[Config], Doctor] = Doctor) -> Found:
    """What the one instance of `settings` holds, and where that is here."""
    doctor = make(settings)
    examined = doctor.examined(settings.instances[0].name)
    found = next((check.mappings for check in examined.checks if check.mappings), ())
    proposed = tuple(one for one in found if may_stand(one.arr) and may_stand(one.local))
    unplaced = [root for root in examined.roots if not _is_here(doctor, to_local(root, proposed))]
    return Found(
        examined.titles, examined.roots, proposed, tuple(unplaced), tuple(_left(examined.checks, proposed))
    )


def _is_here(doctor: Doctor, folder: str) -> bool:
    """A share that hangs is not here, as far as anybody can tell."""
    try:
        return Task(lambda: doctor.disk.is_folder(folder), doctor.disk_s).result()
    except Late:
        return False


def _left(checks: Sequence[Check], proposed: Sequence[PathMapping]) -> Sequence[Check]:
    """What the mappings do not mend."""
    mended = {files.FILES, mappings.NAME} if proposed else set[str]()
    return [check for check in checks if check.level is not Level.OK and check.name not in mended]
