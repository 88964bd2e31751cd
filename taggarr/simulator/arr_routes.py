"""Routes: what answers which path, and the plain reading ones."""

from collections.abc import Callable, Sequence
from typing import Any

from taggarr.simulator.arr_errors import problem
from taggarr.simulator.arr_templates import dumped
from taggarr.simulator.http_messages import Reply, Request

Handler = Callable[[Request], Reply]
Routes = dict[str, dict[str, Handler]]
"""Handlers by path and method; a path may end in `{id}`, which the handler finds as `request.number`."""

API = "/api/v3"


def reading(name: str, read: Callable[[], object]) -> Routes:
    """`GET /name`."""
    return {f"{API}/{name}": {"GET": lambda _: Reply(200, dumped(read()))}}


def listing(name: str, read: Callable[[], Sequence[dict[str, Any]]]) -> Routes:
    """`GET /name`, and `GET /name/{id}` of one element: a problem where it is not there."""

    def one(request: Request) -> Reply:
        found = [resource for resource in read() if resource["id"] == request.number]
        if not found:
            raise problem(404)
        return Reply(200, dumped(found[0]))

    return reading(name, read) | {f"{API}/{name}/{{id}}": {"GET": one}}
