"""The routes of tags (`Sonarr.Api.V3/Tags/TagController.cs`)."""

from typing import Any

from taggarr.simulator.arr_editor import read_label
from taggarr.simulator.arr_library import Library
from taggarr.simulator.arr_routes import API, Routes, listing
from taggarr.simulator.arr_templates import dumped
from taggarr.simulator.http_messages import Reply, Request


class TagRoutes:
    """Lists are ordered by label."""

    def __init__(self, library: Library[Any, Any]) -> None:
        self._library = library
        self._tags = library.tags

    def routes(self) -> Routes:
        """Tags, and the details that say who uses them."""
        routes = listing("tag", self._list) | listing("tag/detail", self._details)
        routes[f"{API}/tag"]["POST"] = self._post
        routes[f"{API}/tag/{{id}}"] |= {"PUT": self._put, "DELETE": self._delete}
        return routes

    def _list(self) -> list[dict[str, Any]]:
        pairs = sorted((label, number) for number, label in self._tags.labels.items())
        return [{"label": label, "id": number} for label, number in pairs]

    def _details(self) -> list[dict[str, Any]]:
        return [
            {"label": tag["label"], **self._library.tag_uses(tag["id"]), "id": tag["id"]}
            for tag in self._list()
        ]

    def _post(self, request: Request) -> Reply:
        return self._tag(self._tags.post(read_label(request)), 201)

    def _put(self, request: Request) -> Reply:
        self._tags.put(request.number, read_label(request))
        return self._tag(request.number, 202)

    def _delete(self, request: Request) -> Reply:
        used = any(self._library.tag_uses(request.number).values())
        self._tags.delete(request.number, in_use=used)
        return Reply(200)

    def _tag(self, number: int, status: int) -> Reply:
        return Reply(status, dumped({"label": self._tags.labels[number], "id": number}))
