"""The summary of a scan as the JSON object that `scan --json` prints."""

from typing import Any

from taggarr.scan.job import InstanceSummary, ScanSummary


def summary_json(summary: ScanSummary) -> dict[str, Any]:
    """`{scan, seconds, instances: {NAME: {...}}}`, camelCase, as the product's contract gives it."""
    return {
        "scan": summary.scan,
        "seconds": round(summary.seconds, 3),
        "instances": {name: _instance(one) for name, one in summary.instances.items()},
    }


def _instance(one: InstanceSummary) -> dict[str, Any]:
    error = None if one.error is None else {"code": one.error[0], "message": one.error[1]}
    if error is None and one.guard is not None:
        error = {"code": "guard", "message": one.guard}
    return {
        "items": one.items,
        "verdicts": {verdict.value: count for verdict, count in one.verdicts.items()},
        "filesListed": one.files_listed,
        "filesRead": one.files_read,
        "requests": one.requests,
        "changes": {"planned": one.planned, "applied": one.applied, "failed": one.failed},
        "error": error,
    }
