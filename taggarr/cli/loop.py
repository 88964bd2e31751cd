"""When each instance of a loop is due."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from cronsim import CronSim

from taggarr.config import InstanceConfig, VerifyFiles

_VERIFY_AFTER = {
    VerifyFiles.ALWAYS: timedelta(0),
    VerifyFiles.DAILY: timedelta(days=1),
    VerifyFiles.WEEKLY: timedelta(days=7),
}


class Rhythm:
    """The next turn of each instance: after its interval, or at the next time of its schedule.

    An interval is counted on the monotonic clock, a schedule by the wall clock in local time, so a clock
    that jumps moves the one and not the other.
    """

    def __init__(self, instances: Sequence[InstanceConfig], verify: VerifyFiles) -> None:
        self._instances = list(instances)
        self._verify_every = _VERIFY_AFTER[verify].total_seconds()
        self._due = {one.name: 0.0 for one in instances}
        self._verified: float | None = None

    def next(self, wait: Callable[[float], bool]) -> tuple[list[str], bool]:
        """Wait until an instance is due; the due ones, and whether their known files are looked at.

        `wait` tells whether it was told to stop: then none is due.
        """
        while (delay := min(self._due.values()) - (now := time.monotonic())) > 0:
            if wait(delay):
                return [], False
        due = [one for one in self._instances if self._due[one.name] <= now]
        for one in due:
            self._due[one.name] = now + _delay(one)
        verify = self._verified is None or now - self._verified >= self._verify_every
        if verify:
            self._verified = now
        return [one.name for one in due], verify


def _delay(instance: InstanceConfig) -> float:
    if instance.schedule is None:
        return float(instance.run_interval_seconds or 0)
    return seconds_until(instance.schedule, datetime.now())  # noqa: DTZ005 - the wall clock is what is meant


def seconds_until(schedule: str, now: datetime) -> float:
    """How long it is from `now`, by the wall clock (local time, without a zone), to the schedule's next time.

    cronsim counts on the wall clock, on which an hour that comes twice is one; the system's own rules
    (`timestamp`) then tell how far away that is. A fixed offset would let a schedule fire twice that night.
    """
    upcoming: datetime = next(CronSim(schedule, now))
    return upcoming.timestamp() - now.timestamp()
