"""The summary of a scan as the JSON object that `scan --json` prints."""

from typing import Any

from taggarr.scan.job import InstanceSummary, ScanSummary
from taggarr.scan.undo import InstanceUndone, UndoSummary


def summary_json(summary: ScanSummary) -> dict[str, Any]:
    """`{scan, seconds, instances: {NAME: {...}}}`, camelCase, as the product's contract gives it."""
    return {
        "scan": summary.scan,
        "seconds": round(summary.seconds, 3),
        "instances": {name: _instance(one) for name, one in summary.instances.items()},
    }


def undo_json(summary: UndoSummary) -> dict[str, Any]:
    """`{undo, scan, seconds, complete, instances: {NAME: {...}}}`, camelCase; `undo` is null for a preview."""
    return {
        "undo": summary.number or None,
        "scan": summary.scan,
        "seconds": round(summary.seconds, 3),
        "complete": summary.complete,
        "instances": {name: _undone(one) for name, one in summary.instances.items()},
    }


def _undone(one: InstanceUndone) -> dict[str, Any]:
    summary = one.summary
    return {
        "items": summary.items,
        "requests": summary.requests,
        "changes": {"planned": summary.planned, "applied": summary.applied, "failed": summary.failed},
        "undoneBefore": one.done,
        "leftAlone": [
            {"itemId": left.item_id, "title": left.title, "change": left.what, "reason": left.reason}
            for left in one.left
        ],
        "error": None if summary.error is None else {"code": summary.error[0], "message": summary.error[1]},
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
