"""A simulated Sonarr or Radarr: what stands between the wire and the library, and the routes both share.

Source of the behaviour: the products' code, as written down in the project's notes on the arrs.
"""

import ssl
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, ClassVar, Self

from taggarr.simulator import arr_resources
from taggarr.simulator.arr_editor import read_edit, read_object
from taggarr.simulator.arr_errors import (
    Refusal,
    as_int,
    as_moment,
    bad_request,
    locked,
    problem,
    rows_missing,
)
from taggarr.simulator.arr_library import FileT, Library, RowT
from taggarr.simulator.arr_routes import API, Routes, listing, reading
from taggarr.simulator.arr_rows import Event, now
from taggarr.simulator.arr_surroundings import version_numbers
from taggarr.simulator.arr_tag_routes import TagRoutes
from taggarr.simulator.arr_templates import dedented, dumped, json_list
from taggarr.simulator.faults import Faults
from taggarr.simulator.http_log import RequestLog
from taggarr.simulator.http_messages import Body, Reply, Request
from taggarr.simulator.http_server import HttpServer

API_KEY = "0123456789abcdef0123456789abcdef"
_PAGE = (
    b"<!DOCTYPE html>\n<html>\n<head><title>%b</title></head>\n<body><div id=root></div></body>\n</html>\n"
)
_PING = {False: {"status": "OK"}, True: {"status": "Error"}}
_ACCEPTABLE = ("*/*", "application/*", "application/json", "text/json")


@dataclass(frozen=True, slots=True)
class Traits:
    """What depends on the version: the languages it knows, and which labels of tags it takes."""

    languages: Mapping[str, int]
    strict_labels: bool
    required_labels: bool


class ArrSimulator(Library[RowT, FileT]):
    """The HTTP side. A context manager: `with SonarrSimulator() as sonarr: sonarr.url`.

    `version` may be any text and can be set anew; what it was at first decides how the arr behaves.
    `strict_labels` defaults to what the version does; `ui` says how pages that are no API answer: `page`
    (200) or `login` (302). Set `starting` for a server that is not up yet. `faults` takes the faults to
    inject, `log` holds the requests.
    """

    default_version: ClassVar[str]
    quality: ClassVar[Mapping[str, Any]]
    file_kind: ClassVar[str]
    """`episodeFile` or `movieFile`, as in the API's parameters."""
    external_id: ClassVar[str]
    """The parameter that asks the list for one item by somebody else's id."""

    def __init__(
        self,
        *,
        version: str | None = None,
        api_key: str = API_KEY,
        url_base: str = "",
        postgres: bool = False,
        strict_labels: bool | None = None,
        roots: Sequence[str] = (),
        ui: str = "page",
        shuffle_seed: int | None = None,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        version = self.default_version if version is None else version
        traits = self._traits(version_numbers(version))
        super().__init__(
            version=version,
            languages=traits.languages,
            strict_labels=traits.strict_labels if strict_labels is None else strict_labels,
            required_labels=traits.required_labels,
            postgres=postgres,
            roots=roots,
            shuffle_seed=shuffle_seed,
        )
        self.api_key = api_key
        self.starting = False
        self.faults = Faults()
        self._url_base = url_base
        self._ui = ui
        self._scheme = "https" if ssl_context else "http"
        self._started_at = now()
        self._server = HttpServer(self._answer, url_base=url_base, ssl_context=ssl_context)
        self._routes = self._all_routes()

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()

    @property
    def url(self) -> str:
        """The address, URL base included."""
        return f"{self._scheme}://127.0.0.1:{self._server.port}{self._url_base}"

    @property
    def log(self) -> RequestLog:
        """What was asked."""
        return self._server.log

    @property
    def clock_skew_s(self) -> float:
        """By how much the clock of the arr goes before ours; it shows in the `Date` of its answers."""
        return self._server.clock_skew_s

    @clock_skew_s.setter
    def clock_skew_s(self, seconds: float) -> None:
        self._server.clock_skew_s = seconds

    def down(self) -> AbstractContextManager[None]:
        """`with sonarr.down():` every connection is refused."""
        return self._server.down()

    def come_back(self) -> None:
        """Be there again, where a fault has taken the arr away."""
        self._server.come_back()

    # The gate

    def _answer(self, request: Request) -> Reply:
        path = request.path.removeprefix(self._url_base)
        fault = self.faults.take(request.method, path, request.query_string)
        return fault.disturb(request, self._admit) if fault else self._admit(request)

    def _admit(self, request: Request) -> Reply:
        """Key first, then the URL base, then start-up, then the route; every other path is the UI."""
        based = not self._url_base or request.path.startswith(f"{self._url_base}/")
        path = request.path[len(self._url_base) if based else 0 :]
        api = path.lower() == "/api" or path.lower().startswith("/api/")
        if api and self._key(request) != self.api_key:
            return Reply(401)
        if not based:
            query = f"?{request.query_string}" if request.query_string else ""
            return Reply(307, headers=(("Location", f"{self._url_base}{path}{query}"),))
        if self.starting:
            message = f"{self.app} is starting up, please try again later"
            return Reply(503, dumped({"errorMessage": message}))
        if path == "/ping":
            return Reply(500 if self.database_fails else 200, dumped(_PING[self.database_fails]))
        if api:
            version = ("X-Application-Version", self.version)
            reply = self._route(request, path.lower())
            return replace(reply, headers=(*reply.headers, version))
        return self._page(path)

    def _page(self, path: str) -> Reply:
        if self._ui == "login":
            return Reply(302, headers=(("Location", f"{self._url_base}/login?returnUrl={path}"),))
        return Reply(200, Body(_PAGE % self.app.encode()), "text/html; charset=utf-8")

    def _key(self, request: Request) -> str:
        """The query beats the header, the header beats the bearer token."""
        given = request.query.get("apikey") if request.query_string else None
        if given:
            return given[0]
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        return request.headers.get("x-api-key", bearer)

    def _route(self, request: Request, path: str) -> Reply:
        accept = request.headers.get("accept", "*/*")
        if not any(kind in accept for kind in _ACCEPTABLE):
            return Reply(406)
        path = path.rstrip("/")
        head, _, last = path.rpartition("/")
        number = int(last) if last.isascii() and last.isdigit() else 0
        handlers = self._routes.get(f"{head}/{{id}}" if number else path)
        if handlers is None:
            return Reply(404)
        handler = handlers.get(request.method)
        if handler is None:
            return Reply(405, headers=(("Allow", ", ".join(handlers)),))
        try:
            if request.interrupted and not path.endswith("/editor"):
                raise locked()
            calls_out = path.startswith(f"{API}/notification")
            with nullcontext() if calls_out else self._lock:
                return handler(replace(request, number=number))
        except Refusal as refusal:
            return refusal.reply

    # The routes

    def _all_routes(self) -> Routes:
        versions = {"current": "v3", "deprecated": list[str]()}
        if self.app == "Sonarr" and self.major >= 5:
            versions = {"current": "v5", "deprecated": ["v3"]}
        routes = (
            TagRoutes(self).routes() | self.connect.routes() | self._setting_routes() | self._command_routes()
        )
        routes["/api"] = {"GET": lambda _: Reply(200, dumped(versions))}
        routes[f"{API}/{self.kind}"] = {"GET": self._get_items}
        routes[f"{API}/{self.kind}/{{id}}"] = {"GET": self._get_item}
        routes[f"{API}/{self.kind}/editor"] = {"PUT": self._put_editor}
        routes[f"{API}/{self.file_kind.lower()}"] = {"GET": self._get_files}
        routes[f"{API}/{self.file_kind.lower()}/{{id}}"] = {"GET": self._get_file}
        routes[f"{API}/history/since"] = {"GET": self._get_history}
        return routes

    def _setting_routes(self) -> Routes:
        return (
            reading(
                "system/status",
                lambda: arr_resources.system_status(self, self._url_base, self._started_at),
            )
            | reading("health", lambda: self.health)
            | reading("diskspace", lambda: arr_resources.disks(self.root_folders))
            | listing("rootfolder", lambda: arr_resources.root_folders(self))
            | listing("remotepathmapping", lambda: self.path_mappings)
            | listing("language", lambda: arr_resources.languages(self.languages))
            | listing("metadata", self.kodi.resources)
            | listing("qualityprofile", lambda: arr_resources.quality_profiles(self.quality))
            | listing(
                "autotagging", lambda: [arr_resources.auto_tagging(rule, self.kind) for rule in self.rules]
            )
        )

    def _command_routes(self) -> Routes:
        routes = listing("command", lambda: [each.resource() for each in self.commands.commands.values()])
        routes[f"{API}/command"]["POST"] = self._post_command
        routes[f"{API}/command/{{id}}"]["DELETE"] = self._delete_command
        return routes

    def _post_command(self, request: Request) -> Reply:
        return Reply(201, dumped(self.commands.post(read_object(request))))

    def _delete_command(self, request: Request) -> Reply:
        self.commands.cancel(request.number)
        return Reply(200)

    def _get_items(self, request: Request) -> Reply:
        wanted = request.query.get(self.external_id.lower())
        if wanted:
            number = as_int(self.external_id, wanted)
            rows = [row for row in self.rows.values() if self._external_id(row) == number]
            return Reply(200, Body(json_list(self._text(row) for row in rows).encode()))
        if self._list is None or self._shuffle is not None:
            self._list = Body(json_list(self._text(row) for row in self.ordered()).encode())
        return Reply(200, self._list)

    def _get_item(self, request: Request) -> Reply:
        if request.number not in self.rows:
            raise problem(404)
        return Reply(200, Body(dedented(self._text(self.rows[request.number])).encode()))

    def _get_files(self, request: Request) -> Reply:
        """By item, or by the ids of files, all of which must be there."""
        item_key, ids_key = f"{self.kind}Id", f"{self.file_kind}Ids"
        if values := request.query.get(item_key.lower()):
            files = self._files_of([as_int(item_key, [value]) for value in values])
        elif values := request.query.get(ids_key.lower()):
            ids = [as_int(ids_key, [value]) for value in values]
            files = [self.files[each] for each in dict.fromkeys(ids) if each in self.files]
            if len(files) != len(ids):
                raise rows_missing(len(ids), len(files))
        else:
            raise bad_request(f"{item_key} or {ids_key} must be provided")
        return Reply(200, Body(json_list(map(self._file_text, files)).encode()))

    def _get_file(self, request: Request) -> Reply:
        if request.number not in self.files:
            raise problem(404)
        return Reply(200, Body(dedented(self._file_text(self.files[request.number])).encode()))

    def _put_editor(self, request: Request) -> Reply:
        edit = read_edit(read_object(request), "seriesIds" if self.kind == "series" else "movieIds")
        rows = self.edit(edit, interrupted=request.interrupted, undone=request.undone)
        return Reply(202, Body(json_list(self._item_text(row, edited=True) for row in rows).encode()))

    def _get_history(self, request: Request) -> Reply:
        since = as_moment("date", request.query.get("date", [""]))
        kinds = [kind.lower() for kind in request.query.get("eventtype", [])]
        records = [
            record | {"id": number * 1000 + index}
            for number, event in enumerate(self.events, 1)
            if event.date >= since
            for index, record in enumerate(self._records(event))
            if not kinds or record["eventType"].lower() in kinds
        ]
        return Reply(200, dumped(records))

    def _text(self, row: RowT) -> str:
        if row.text is None:
            row.text = self._item_text(row, edited=False)
        return row.text

    @staticmethod
    @abstractmethod
    def _traits(version: tuple[int, ...]) -> Traits: ...

    @abstractmethod
    def _external_id(self, row: RowT) -> int: ...

    @abstractmethod
    def _files_of(self, item_ids: Sequence[int]) -> list[FileT]:
        """The files that a query by items gets; a refusal where an item is not there."""
        ...

    @abstractmethod
    def _item_text(self, row: RowT, *, edited: bool) -> str:
        """The resource as the list has it, or as the bulk editor answers it."""
        ...

    @abstractmethod
    def _file_text(self, file: FileT) -> str: ...

    @abstractmethod
    def _records(self, event: Event) -> list[dict[str, Any]]:
        """An event of the history as this product lists it, without its id."""
        ...
