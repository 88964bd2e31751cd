"""Scans through seeded plans of faults, each with one healthy scan behind it."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bench.torture import right
from bench.torture.house import House
from bench.torture.right import End
from taggarr.core.selection import Mode
from taggarr.scan.events import Phase, Progress
from taggarr.simulator import FaultKind

QUICK_S = 0.02
"""How long what is slow or drips takes here."""


@dataclass(frozen=True, slots=True)
class Scripted:
    """One arr does the same to some calls in a row."""

    arr: str
    kind: FaultKind
    method: str
    path: str
    nth: int
    times: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done to one scan. `rate` is the share of calls that fail by chance, in one of `kinds`."""

    seed: int
    began: str
    mode: Mode
    rate: float
    kinds: tuple[FaultKind, ...]
    scripted: tuple[Scripted, ...]
    meddling: bool
    """People tag titles while the scan runs."""


CALLS = (
    ("GET", "*/system/status"),
    ("GET", "*/tag"),
    ("POST", "*/tag"),
    ("GET", "*/series"),
    ("GET", "*/movie"),
    ("GET", "*/episodefile"),
    ("GET", "*/language"),
    ("GET", "*/command"),
    ("PUT", "*/editor"),
    ("PUT", "*/editor"),
    ("PUT", "*/editor"),
    ("*", "*"),
)


def plan(seed: int) -> Plan:
    """The plan of this seed, always the same."""
    chance = random.Random(seed)
    kinds = tuple(FaultKind)
    if chance.random() < 0.5:
        kinds = tuple(chance.sample(kinds, chance.randint(1, 4)))
    scripted = tuple(
        Scripted(
            chance.choice(("tv", "films")),
            chance.choice(tuple(FaultKind)),
            *chance.choice(CALLS),
            nth=chance.randint(1, 3),
            times=chance.choice((1, 2, 3, 9)),
        )
        for _ in range(chance.choice((0, 1, 1, 2, 4)))
    )
    return Plan(
        seed,
        began=chance.choice(("new", "known")),
        mode=chance.choice((Mode.UPDATE, Mode.UPDATE, Mode.UPDATE, Mode.REWRITE, Mode.REMOVE)),
        rate=chance.choice((0.0, 0.05, 0.05, 0.1, 0.3)),
        kinds=kinds,
        scripted=scripted,
        meddling=chance.random() < 0.3,
    )


class Plans:
    """Runs plans in one house; an undisturbed end is worked out once for each way to begin."""

    run_so_far = 0

    def __init__(self, house: House) -> None:
        self._house = house
        self._undisturbed: dict[tuple[str, Mode], End] = {}

    def run(self, one: Plan) -> list[str]:
        """What went wrong, in sentences; nothing, if all is well."""
        self.run_so_far += 1
        undisturbed = self._end(one)
        wrong = list(self._disturbed(one))
        house = self._house
        healthy = house.scan(mode=_healthy(one.mode))
        for name, summary in healthy.instances.items():
            if summary.error is not None or summary.failures:
                wrong.append(f"the healthy scan of {name}: {summary.error} {summary.failures}")
        added = _added(one, house)
        remove = one.mode is Mode.REMOVE
        wrong += right.wrong_at_the_end(house, one.began, undisturbed, added, remove=remove)
        return wrong + list(self._restless(one))

    def _disturbed(self, one: Plan) -> Iterator[str]:
        house = self._house
        house.begin(one.began)
        added = _added(one, house)
        for name, arr in house.arrs.items():
            for fault in one.scripted:
                if fault.arr == name:
                    arr.faults.script(
                        fault.kind,
                        method=fault.method,
                        path=fault.path,
                        nth=fault.nth,
                        times=fault.times,
                        seconds=QUICK_S,
                    )
            arr.faults.scatter(one.seed, one.rate, kinds=one.kinds, seconds=QUICK_S)
        meddler = _Meddler(house, added)
        summary = house.scan(mode=one.mode, listen=meddler.listen)
        meddler.finish()
        for arr in house.arrs.values():
            arr.faults.clear()
            arr.come_back()
        yield from right.wrong_meanwhile(house, one.began, summary, added, remove=one.mode is Mode.REMOVE)

    def _restless(self, one: Plan) -> Iterator[str]:
        """A third scan has nothing to do."""
        house = self._house
        for arr in house.arrs.values():
            arr.log.clear()
        summary = house.scan(mode=_healthy(one.mode))
        for name, arr in house.arrs.items():
            if arr.log.writes:
                yield f"{name}: the third scan still sends {[entry.path for entry in arr.log.writes]}"
            if summary.instances[name].planned:
                yield f"{name}: the third scan still plans {summary.instances[name].plans}"

    def _end(self, one: Plan) -> End:
        key = one.began, one.mode
        if key not in self._undisturbed:
            self._house.begin(one.began)
            self._house.scan(mode=one.mode)
            self._undisturbed[key] = right.end_of(self._house)
            wrong = list(
                right.wrong_at_the_end(
                    self._house, one.began, self._undisturbed[key], {}, remove=one.mode is Mode.REMOVE
                )
            )
            assert not wrong, wrong
        return self._undisturbed[key]


class _Meddler:
    """Somebody who tags titles in the arrs while Taggarr works on them."""

    def __init__(self, house: House, added: Mapping[str, str]) -> None:
        self._house = house
        self._added = added
        self._seen: set[tuple[str, Phase]] = set()

    def listen(self, progress: Progress) -> None:
        """Some are tagged before Taggarr asks for the list, some after, and some between its changes."""
        moment = (progress.instance, progress.phase)
        if moment in self._seen:
            return
        self._seen.add(moment)
        for shelf, number, title in self._house.listed():
            if shelf.arr == progress.instance and title.name in self._added:
                when = (Phase.FETCH, Phase.DECIDE, Phase.APPLY, Phase.END)[number % 4]
                if progress.phase is when:
                    self._house.arrs[shelf.arr].add_tag(number, self._added[title.name])

    def finish(self) -> None:
        """Tag what is left: a scan that fails early has fewer moments."""
        for shelf, number, title in self._house.listed():
            if title.name in self._added:
                self._house.arrs[shelf.arr].add_tag(number, self._added[title.name])


def _added(one: Plan, house: House) -> dict[str, str]:
    if not one.meddling:
        return {}
    chance = random.Random(-one.seed)
    return {title.name: "while-you-scanned" for _, _, title in house.listed() if chance.random() < 0.3}


def _healthy(mode: Mode) -> Mode:
    return Mode.REMOVE if mode is Mode.REMOVE else Mode.UPDATE
