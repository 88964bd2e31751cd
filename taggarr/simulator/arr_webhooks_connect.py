"""Connect: the notifications that are registered with a simulated arr (`ProviderControllerBase.cs`)."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from taggarr.simulator.arr_editor import read_object
from taggarr.simulator.arr_errors import failure, invalid
from taggarr.simulator.arr_routes import API, Routes, listing, reading
from taggarr.simulator.arr_templates import dumped
from taggarr.simulator.arr_webhooks import Target
from taggarr.simulator.http_messages import Reply, Request

_HIDDEN = "********"
_WARNINGS = "includeHealthWarnings"
_METHODS = {1: "POST", 2: "PUT"}
_FIELDS = {
    "url": ("URL", "url", "normal", None),
    "method": ("Method", "select", "normal", 1),
    "username": ("Username", "textbox", "userName", None),
    "password": ("Password", "password", "password", None),
    "headers": ("Headers", "keyValueList", "normal", list[object]()),
}
"""Label, type, privacy and default of each setting."""


@dataclass(frozen=True, slots=True)
class Notification:
    """A webhook that somebody registered. `events`: whether it wants each one, by flag."""

    id: int
    name: str
    events: Mapping[str, bool]
    tags: tuple[int, ...]
    settings: Mapping[str, Any]

    @property
    def enabled(self) -> bool:
        """Whether it wants anything; the flags for upgrades and warnings only widen others."""
        return any(on for flag, on in self.events.items() if flag.startswith("on") and "Upgrade" not in flag)

    @property
    def target(self) -> Target:
        """Where its messages go."""
        pairs = self.settings.get("headers") or ()
        return Target(
            url=str(self.settings.get("url") or ""),
            method=_METHODS.get(self.settings.get("method") or 0, "POST"),
            username=self.settings.get("username") or "",
            password=self.settings.get("password") or "",
            headers={pair["key"]: pair["value"] for pair in pairs},
        )


class Connect:
    """All notifications of an arr. It calls out, so nobody may hold the library's lock while it works.

    `events`: the flags that this version has; `trial` makes the body of a test event.
    """

    def __init__(
        self, app: str, events: Iterable[str], *, headers: bool, trial: Callable[[], dict[str, Any]]
    ) -> None:
        self._app = app
        self._events = tuple(events)
        self._fields = [name for name in _FIELDS if headers or name != "headers"]
        self._trial = trial
        self._notifications: dict[int, Notification] = {}
        self._last = 0
        self._lock = threading.Lock()

    def routes(self) -> Routes:
        """What a companion needs to register itself."""
        routes = listing("notification", self._list)
        routes[f"{API}/notification"]["POST"] = self._post
        routes[f"{API}/notification/{{id}}"] |= {"PUT": self._put, "DELETE": self._delete}
        routes[f"{API}/notification/test"] = {"POST": self._post_test}
        return routes | reading("notification/schema", lambda: [self._resource(self._blank())])

    def wanting(self, flags: Sequence[str], tags: Iterable[int] | None) -> list[Notification]:
        """Who wants an event, for which all these flags must be set; one with tags only for items with one."""
        with self._lock:
            present = list(self._notifications.values())
        return [
            each
            for each in present
            if all(each.events.get(flag) for flag in flags)
            and (tags is None or not each.tags or not set(each.tags).isdisjoint(tags))
        ]

    def tagged(self, number: int) -> list[int]:
        """The ids of those that have a tag."""
        with self._lock:
            return [each.id for each in self._notifications.values() if number in each.tags]

    def _list(self) -> list[dict[str, Any]]:
        with self._lock:
            ordered = sorted(self._notifications.values(), key=lambda each: each.name)
        return [self._resource(each) for each in ordered]

    def _post(self, request: Request) -> Reply:
        new = self._read(read_object(request), None)
        self._check(new)
        if new.enabled:
            self._test(new)
        with self._lock:
            self._last += 1
            new = replace(new, id=self._last)
            self._notifications[new.id] = new
        return Reply(201, dumped(self._resource(new)))

    def _put(self, request: Request) -> Reply:
        """A change that changes nothing is not tested, nor is one with `forceSave`."""
        body = read_object(request)
        number = body.get("id") or request.number
        with self._lock:
            old = self._notifications.get(number)
        if old is None:
            null = "System.NullReferenceException"
            raise failure(500, "Object reference not set to an instance of an object.", null)
        new = self._read(body, old)
        self._check(new)
        if new.enabled and new != old and not request.flag("forceSave"):
            self._test(new)
        with self._lock:
            self._notifications[number] = new
        return Reply(202, dumped(self._resource(new)))

    def _delete(self, request: Request) -> Reply:
        with self._lock:
            self._notifications.pop(request.number, None)
        return Reply(200, dumped({}))

    def _post_test(self, request: Request) -> Reply:
        body = read_object(request)
        with self._lock:
            old = self._notifications.get(body.get("id") or 0)
        tried = self._read(body, old)
        self._check_url(tried)
        self._test(tried)
        return Reply(200, dumped({}))

    def _read(self, body: Mapping[str, Any], old: Notification | None) -> Notification:
        """What was sent; a password that comes back hidden stays as it was."""
        if not body.get("configcontract"):
            raise invalid("ConfigContract", "'Config Contract' must not be empty.", None, "NotEmptyValidator")
        if body.get("implementation") != "Webhook":
            message = "Sequence contains no matching element"
            raise failure(500, message, "System.InvalidOperationException")
        sent = {field["name"]: field.get("value") for field in body.get("fields") or ()}
        settings = {name: sent.get(name, _FIELDS[name][3]) for name in self._fields}
        if old and settings["password"] == _HIDDEN:
            settings["password"] = old.settings["password"]
        return Notification(
            id=old.id if old else 0,
            name=body.get("name") or "",
            events={flag: bool(body.get(flag.lower())) for flag in (*self._events, _WARNINGS)},
            tags=tuple(dict.fromkeys(body.get("tags") or ())),
            settings=settings,
        )

    def _check(self, new: Notification) -> None:
        if not new.name.strip():
            raise invalid("Name", "'Name' must not be empty.", new.name, "NotEmptyValidator")
        with self._lock:
            taken = any(each.name == new.name and each.id != new.id for each in self._notifications.values())
        if taken:
            raise invalid("Name", "Should be unique", new.name, "PredicateValidator")
        if new.enabled:
            self._check_url(new)

    def _check_url(self, new: Notification) -> None:
        if not new.target.valid:
            raise invalid("Url", "Invalid Url", new.target.url, "PredicateValidator")

    def _test(self, notification: Notification) -> None:
        if problem := notification.target.send(self._trial()):
            raise invalid("Url", problem, None, None)

    def _blank(self) -> Notification:
        defaults = {name: _FIELDS[name][3] for name in self._fields}
        return Notification(0, "", dict.fromkeys((*self._events, _WARNINGS), False), (), defaults)

    def _resource(self, notification: Notification) -> dict[str, Any]:
        """NotificationResource, nulls omitted; an unnamed one is that of the schema."""
        supported = {f"supports{flag[0].upper()}{flag[1:]}": True for flag in self._events}
        resource: dict[str, Any] = {
            **notification.events,
            **supported,
            "name": notification.name,
            "fields": [self._field(order, name, notification) for order, name in enumerate(self._fields)],
            "implementationName": "Webhook",
            "implementation": "Webhook",
            "configContract": "WebhookSettings",
            "infoLink": f"https://wiki.servarr.com/{self._app.lower()}/supported#webhook",
            "tags": list(notification.tags),
        }
        resource |= {"id": notification.id} if notification.id else {"presets": list[object]()}
        return resource

    def _field(self, order: int, name: str, notification: Notification) -> dict[str, Any]:
        label, kind, privacy, _ = _FIELDS[name]
        value = notification.settings[name]
        field: dict[str, Any] = {
            "order": order,
            "name": name,
            "label": label,
            "value": _HIDDEN if privacy == "password" and value else value,
            "type": kind,
            "advanced": name == "headers",
            "privacy": privacy,
            "isFloat": False,
        }
        if name == "method":
            field["selectOptions"] = [
                {"value": key, "name": text, "order": key} for key, text in _METHODS.items()
            ]
        return {key: each for key, each in field.items() if each is not None}
