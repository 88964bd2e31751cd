"""Every request is one that the products describe, and nothing is sent that they do not know."""

import json
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import jsonschema
import pytest

from taggarr.arr import RadarrClient
from taggarr.core.media import Item, Kind

DESCRIPTIONS = {
    "sonarr-v4.0.19-api-v3.json": "sonarr",
    "sonarr-v5develop-api-v3.json": "sonarr",
    "radarr-v6.1.0-api-v3.json": "radarr",
}


@pytest.fixture
def sent(fake, request):
    """All requests that a client of this product can make, each made once."""

    def of(client):
        arr = request.getfixturevalue(client)
        fake.on("GET", "/system/status", fake.json({"appName": client, "version": "9.0"}))
        fake.on("POST", "/tag", fake.json({"id": 3, "label": "dub"}, 201))
        fake.on("POST", "/command", fake.json({"name": "x"}, 201))
        for path in (
            "tag",
            "series",
            "movie",
            "episodefile",
            "moviefile",
            "episode",
            "language",
            "rootfolder",
        ):
            fake.on("GET", f"/{path}", fake.json([]))
        fake.on("GET", "/tag/detail", fake.json([{"label": "dub", "autoTagIds": [1], "id": 3}]))
        for path in ("command", "metadata", "autotagging"):
            fake.on("GET", f"/{path}", fake.json([]))
        for path in ("series", "movie"):
            fake.on("PUT", f"/{path}/editor", fake.json([], 202))
        kind = Kind.MOVIE if isinstance(arr, RadarrClient) else Kind.SERIES
        arr.check()
        arr.items()
        arr.files(Item("tv", kind, 4, "", "/x"), episodes=True)
        arr.languages()
        arr.root_folders()
        arr.busy()
        arr.nfo_consumer()
        arr.label_uses()
        arr.edit([1, 2], "dub", add=True)
        arr.edit([1, 2], "dub", add=False)
        arr.rescan([1])
        return fake.requests

    return of


def _schema(description, reference) -> dict:
    return {"$ref": reference["$ref"], "components": description["components"]}


def _problems(description, request) -> Iterator[str]:
    """What the description does not allow about a request."""
    url = urlsplit(request.target)
    operation = description["paths"].get(url.path, {}).get(request.method.lower())
    if operation is None:
        yield f"no {request.method} {url.path}"
        return
    known = {one["name"]: one["schema"] for one in operation.get("parameters", ()) if one["in"] == "query"}
    for name, value in parse_qsl(url.query, strict_parsing=bool(url.query)):
        if name not in known:
            yield f"no parameter {name} of {url.path}"
            continue
        schema = known[name].get("items", known[name])
        given = json.loads(value) if schema["type"] in ("integer", "boolean") else value
        yield from (error.message for error in jsonschema.Draft7Validator(schema).iter_errors(given))
    if request.body:
        yield from _body_problems(description, operation, request)


def _body_problems(description, operation, request) -> Iterator[str]:
    media_type = request.headers["content-type"]
    content = operation["requestBody"]["content"]
    if media_type not in content:
        yield f"no {media_type} for {request.target}"
        return
    body = request.json
    if request.target == "/api/v3/command":
        # The description has the fields that all commands share; the item stands beside them.
        (key,) = set(body) - {"name"}
        if key not in ("seriesId", "movieId"):
            yield f"no command takes {key}"
        body = {"name": body["name"]}
    schema = _schema(description, content[media_type]["schema"])
    yield from (error.message for error in jsonschema.Draft7Validator(schema).iter_errors(body))


@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_every_request_is_one_that_the_product_describes(arr_specs, sent, name):
    """Path, method, names and types of parameters, media type and body, for Sonarr 4, Sonarr 5 and Radarr 6."""
    description = json.loads((arr_specs / "openapi" / name).read_bytes())
    requests = sent(DESCRIPTIONS[name])
    assert [problem for request in requests for problem in _problems(description, request)] == []
    assert {urlsplit(request.target).path.removeprefix("/api/v3/") for request in requests} == {
        *("system/status", "tag", "language", "rootfolder", "command", "metadata"),
        *("tag/detail", "autotagging"),
        *(
            ("movie", "moviefile", "movie/editor")
            if DESCRIPTIONS[name] == "radarr"
            else ("series", "episodefile", "episode", "series/editor")
        ),
    }


@pytest.mark.parametrize(
    ("method", "target", "body", "problem"),
    [
        ("GET", "/api/v3/serie", b"", "no GET /api/v3/serie"),
        ("DELETE", "/api/v3/tag", b"", "no DELETE /api/v3/tag"),
        ("GET", "/api/v3/episodefile?series=1", b"", "no parameter series of /api/v3/episodefile"),
        ("GET", "/api/v3/episodefile?seriesId=true", b"", "True is not of type 'integer'"),
        ("PUT", "/api/v3/series/editor", b'{"seriesIds":["1"]}', "'1' is not of type 'integer'"),
        (
            "PUT",
            "/api/v3/series/editor",
            b'{"applyTags":"set"}',
            "'set' is not one of ['add', 'remove', 'replace']",
        ),
        ("POST", "/api/v3/command", b'{"name":"RescanSeries","ids":1}', "no command takes ids"),
    ],
)
def test_a_request_that_is_not_described_is_noticed(arr_specs, fake, method, target, body, problem):
    """The check itself can fail."""
    description = json.loads((arr_specs / "openapi" / "sonarr-v4.0.19-api-v3.json").read_bytes())
    request = fake.request(method, target, body)
    assert list(_problems(description, request)) == [problem]
