"""The arr's command queue (`Sonarr.Api.V3/Commands/CommandController.cs`)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from taggarr.simulator.arr_errors import bad_request, failure, problem
from taggarr.simulator.arr_rows import now

UNFINISHED = ("queued", "started")


@dataclass(frozen=True, slots=True)
class CommandKeys:
    """Under which keys a command names its items: a list of ids, one id, or a list of objects with ids."""

    many: str | None = None
    one: str | None = None
    objects: str | None = None


@dataclass(slots=True, eq=False)
class Command:
    """A command and what it works on. `ids` None: no items or, for the names that take items, all of them.

    `before` holds each item's tags as the command read them when it started.
    """

    id: int
    name: str
    body: dict[str, Any]
    ids: list[int] | None
    trigger: str
    status: str = "queued"
    queued: str = field(default_factory=now)
    started: str | None = None
    ended: str | None = None
    before: dict[int, list[int]] = field(default_factory=dict)

    def resource(self) -> dict[str, Any]:
        """CommandResource, nulls omitted."""
        spaced = "".join(f" {char}" if char.isupper() else char for char in self.name).strip()
        shared = {
            "sendUpdatesToClient": True,
            "updateScheduledTask": self.ids is None,
            "completionMessage": "Completed",
            "requiresDiskAccess": False,
            "isExclusive": False,
            "isLongRunning": False,
            "name": self.name,
            "trigger": self.trigger,
            "suppressMessages": False,
        }
        resource = {
            "name": self.name,
            "commandName": spaced,
            "message": "Completed" if self.status == "completed" else None,
            "body": self.body | shared,
            "priority": "normal",
            "status": self.status,
            "result": {"completed": "successful", "failed": "unsuccessful"}.get(self.status, "unknown"),
            "queued": self.queued,
            "started": self.started,
            "ended": self.ended,
            "duration": "00:00:00.0102456" if self.ended else None,
            "trigger": self.trigger,
            "stateChangeTime": self.ended or self.started or self.queued,
            "sendUpdatesToClient": True,
            "updateScheduledTask": self.ids is None,
            "id": self.id,
        }
        return {key: value for key, value in resource.items() if value is not None}


class CommandQueue:
    """Commands in the order in which they came.

    `known` maps the names that the product has to the keys of their items. A posted command runs at once
    unless `hold` says where it stays: `queued` or `started`. `on_start` and `on_finish` do its work;
    `on_finish` returns whether it came to its end.
    """

    def __init__(
        self,
        known: Mapping[str, CommandKeys],
        on_start: Callable[[Command], None],
        on_finish: Callable[[Command], bool],
        *,
        unknown_is_bad_request: bool,
    ) -> None:
        self.hold: str | None = None
        self.commands: dict[int, Command] = {}
        self._known = {name.lower(): (name, keys) for name, keys in known.items()}
        self._on_start = on_start
        self._on_finish = on_finish
        self._unknown_is_bad_request = unknown_is_bad_request

    def post(self, body: Mapping[str, Any], trigger: str = "manual") -> dict[str, Any]:
        """Queue a command, or find its equal that is not finished yet; the resource as answered."""
        command = self.add(body, trigger)
        resource = command.resource()
        if command.status == "queued" and self.hold != "queued":
            self.start(command.id)
            if self.hold is None:
                self.finish(command.id)
        return resource

    def add(self, body: Mapping[str, Any], trigger: str) -> Command:
        """A queued command, without running it."""
        found = self._known.get(str(body.get("name")).lower())
        if found is None:
            message = "Sequence contains no matching element"
            if self._unknown_is_bad_request:
                raise bad_request(message)
            raise failure(500, message, "System.InvalidOperationException")
        name, keys = found
        own, ids = _read_ids(body, keys)
        for command in self.commands.values():
            if command.status in UNFINISHED and (command.name, command.body) == (name, own):
                return command
        command = Command(len(self.commands) + 1, name, own, ids, trigger)
        self.commands[command.id] = command
        return command

    def start(self, number: int) -> None:
        """From queued to started."""
        command = self.commands[number]
        command.status, command.started = "started", now()
        self._on_start(command)

    def finish(self, number: int, status: str = "completed") -> None:
        """End a started command; its work is done only if it completes, and may fail."""
        command = self.commands[number]
        command.status, command.ended = status, now()
        if status == "completed" and not self._on_finish(command):
            command.status = "failed"

    def cancel(self, number: int) -> None:
        """What DELETE does: only a queued command can be cancelled."""
        if number not in self.commands or self.commands[number].status != "queued":
            raise failure(409, "Unable to cancel task", "NzbDrone.Core.Exceptions.NzbDroneClientException")
        self.commands[number].status = "cancelled"


def _read_ids(posted: Mapping[str, Any], keys: CommandKeys) -> tuple[dict[str, Any], list[int] | None]:
    body = {key.lower(): value for key, value in posted.items()}
    own: dict[str, Any] = {}
    ids: list[int] = []
    try:
        if keys.many:
            ids = [int(number) for number in body.get(keys.many.lower()) or ()]
        if keys.objects:
            own[keys.objects] = list(body.get(keys.objects.lower()) or ())
            ids = [int(entry[keys.one]) for entry in own[keys.objects]]
        elif keys.one and body.get(keys.one.lower()) and not ids:
            ids = [int(body[keys.one.lower()])]
    except (TypeError, ValueError, KeyError):
        raise problem(400, {"$": ["The JSON value could not be converted."]}) from None
    if keys.many:
        own[keys.many] = ids
    elif keys.one and ids and not keys.objects:
        own[keys.one] = ids[0]
    return own, ids or None
