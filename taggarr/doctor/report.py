"""A report to be sent along with a bug report: Markdown, made from values, redacted as a whole."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from taggarr.core.facts import DatabaseFacts, StoredScan
from taggarr.doctor.check import Check

_HEAD = """\
# Taggarr report

This is for a bug report. It holds titles and paths of your library as far as checks and log name them, the names
of your instances, and your settings. API keys, passwords and whatever stands for a `${…}` are masked (`********`),
and the hosts of addresses are numbered (`host-1`). Read it before you send it.
"""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a report tells beside the checks: versions by name, settings by key, the last lines of the log.

    `log` is None where the log goes to standard error; `database` is None where there is none, or none that
    can be read.
    """

    versions: Mapping[str, str]
    settings: Mapping[str, str]
    database: DatabaseFacts | None
    log: Sequence[str] | None


def text(checks: Iterable[Check], around: Surroundings, redact: Callable[[str], str]) -> str:
    """The whole report."""
    parts = [
        _HEAD,
        _section("Versions", [f"{name}: {version}" for name, version in around.versions.items()]),
        _section("Checks", [line for check in checks for line in _of_check(check)]),
        _section("Settings", [f"{key}: {value}" for key, value in around.settings.items()]),
        _section("Verdicts", _verdicts(around.database)),
        _section("Last scans", [_of_scan(scan) for scan in around.database.scans] if around.database else []),
        _section("Log", ["it goes to standard error"] if around.log is None else around.log),
    ]
    return redact("\n".join(parts))


def _section(title: str, lines: Sequence[str]) -> str:
    shown = "\n".join(lines) if lines else "nothing"
    return f"## {title}\n\n{_fenced(shown)}\n"


def _fenced(content: str) -> str:
    """A block that nothing in its lines can end."""
    longest = max((len(line) - len(line.lstrip("`")) for line in content.split("\n")), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{content}\n{fence}"


def _of_check(check: Check) -> Iterable[str]:
    yield f"{check.level.value:<7} {check.instance or 'Taggarr'}: {check.name}: {check.message}"
    if check.cure:
        yield f"        -> {check.cure}"
    for line in (check.yaml or "").splitlines():
        yield f"        {line}"


def _verdicts(database: DatabaseFacts | None) -> Sequence[str]:
    if database is None:
        return []
    return [
        f"{instance}: " + ", ".join(f"{verdict} {count}" for verdict, count in counts.items())
        for instance, counts in database.verdicts.items()
    ]


def _of_scan(scan: StoredScan) -> str:
    end = "not ended" if scan.ended_at is None else f"to {scan.ended_at.isoformat(timespec='seconds')}"
    head = f"{scan.id}: from {scan.started_at.isoformat(timespec='seconds')} {end}{', a preview' if scan.preview else ''}"
    instances = (scan.summary or {}).get("instances") or {}
    told = [f"    {name}: {_flat(one)}" for name, one in instances.items()]
    return "\n".join([head, *told])


def _flat(values: Mapping[str, object]) -> str:
    return ", ".join(
        f"{key} ({_flat(value)})" if isinstance(value, Mapping) else f"{key} {value}"
        for key, value in values.items()
        if value is not None
    )
