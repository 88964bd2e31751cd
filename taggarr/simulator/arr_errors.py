"""The error answers of the arrs (API notes: `Sonarr.Http/ErrorManagement/SonarrErrorPipeline.cs`)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from taggarr.simulator.arr_templates import dumped
from taggarr.simulator.http_messages import Reply

_PROBLEM = "application/problem+json; charset=utf-8"
_TITLES = {400: "One or more validation errors occurred.", 404: "Not Found", 415: "Unsupported Media Type"}
_SECTIONS = {400: "6.5.1", 404: "6.5.4", 415: "6.5.13"}


class Refusal(Exception):
    """Leaves a handler with the answer that says no."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


def problem(status: int, errors: dict[str, list[str]] | None = None) -> Refusal:
    """A ProblemDetails object: broken JSON or a wrong type (400), GET of an id that is gone (404), 415."""
    body: dict[str, Any] = {
        "type": f"https://tools.ietf.org/html/rfc7231#section-{_SECTIONS[status]}",
        "title": _TITLES[status],
        "status": status,
        "traceId": "00-5f1d7a0c5b0e4c6f8a6d1b2c3d4e5f60-7a8b9c0d1e2f3a4b-00",
    }
    return Refusal(Reply(status, dumped(body | ({"errors": errors} if errors else {})), _PROBLEM))


def failure(status: int, message: str, exception: str) -> Refusal:
    """`{message, description}`: everything that an exception ends; the description is its stack."""
    stack = f"{exception}: {message}\n   at NzbDrone.Core.Datastore.BasicRepository`1.Get(…)"
    return Refusal(Reply(status, dumped({"message": message, "description": stack})))


def bad_request(content: str) -> Refusal:
    """`{message, content}`: a BadRequestException, thrown where a parameter is missing."""
    return Refusal(Reply(400, dumped({"message": f"BadRequest: {content}", "content": content})))


def invalid(property_name: str, message: str, attempted: object, code: str | None) -> Refusal:
    """The array of a failed FluentValidation; without a code it comes from the arr's own tests."""
    entry = {
        "propertyName": property_name,
        "errorMessage": message,
        "attemptedValue": attempted,
        "severity": "error",
        "errorCode": code,
        "formattedMessageArguments": [],
        "formattedMessagePlaceholderValues": {"propertyName": property_name, "propertyValue": attempted},
    }
    return Refusal(Reply(400, dumped([{key: value for key, value in entry.items() if value is not None}])))


def gone(kind: str, number: int) -> Refusal:
    """A row that an operation (not a GET by id) needs and that is not there."""
    missing = "NzbDrone.Core.Datastore.ModelNotFoundException"
    return failure(404, f"{kind} with ID {number} does not exist", missing)


def rows_missing(expected: int, found: int) -> Refusal:
    """`BasicRepository.Get(ids)`: an id is gone or named twice."""
    message = f"Expected query to return {expected} rows but returned {found}"
    return failure(500, message, "System.ApplicationException")


def locked() -> Refusal:
    """SQLITE_BUSY: another writer held the database for longer than the busy timeout."""
    return failure(
        500,
        "database is locked\ndatabase is locked",
        "code = Busy (5), message = System.Data.SQLite.SQLiteException",
    )


def as_int(name: str, values: Sequence[str]) -> int:
    """The first value of a query parameter as a number, else the 400 of model binding."""
    try:
        return int(values[0])
    except ValueError:
        raise problem(400, {name: [f"The value '{values[0]}' is not valid."]}) from None


def as_moment(name: str, values: Sequence[str]) -> str:
    """The first value of a query parameter as a UTC time in the arrs' notation, else the same 400."""
    try:
        moment = datetime.fromisoformat(values[0])
    except ValueError:
        raise problem(400, {name: [f"The value '{values[0]}' is not valid."]}) from None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
