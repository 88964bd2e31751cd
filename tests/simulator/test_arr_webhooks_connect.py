"""Registering for webhooks: what is asked, checked, tested and shown again."""

import base64
import json

import jsonschema
import pytest

from taggarr.simulator import RadarrSimulator, SonarrSimulator

NOTIFICATION = "/api/v3/notification"


def fields(resource):
    """The settings of a notification by name."""
    return {field["name"]: field.get("value") for field in resource["fields"]}


def edited(resource, **settings):
    """A resource with other settings, as a form sends it back."""
    changed = [
        field | {"value": settings.get(field["name"], field.get("value"))} for field in resource["fields"]
    ]
    return resource | {"fields": changed}


def test_the_schema_offers_a_webhook(sonarr, radarr, ask):
    """Empty settings, all events off, and which of them the product has."""
    (webhook,) = ask(sonarr.url, f"{NOTIFICATION}/schema").json
    assert (webhook["implementation"], webhook["configContract"]) == ("Webhook", "WebhookSettings")
    assert fields(webhook) == {"url": None, "method": 1, "username": None, "password": None, "headers": []}
    assert (webhook["onImportComplete"], webhook["supportsOnImportComplete"]) == (False, True)
    assert "id" not in webhook
    (other,) = ask(radarr.url, f"{NOTIFICATION}/schema").json
    assert "onMovieAdded" in other
    assert not {"onImportComplete", "onSeriesAdd"} & set(other)


@pytest.mark.parametrize(
    ("simulator", "headers", "complete"),
    [
        (SonarrSimulator(version="4.0.5.1710"), False, False),
        (SonarrSimulator(version="4.0.6.1847"), False, True),
        (SonarrSimulator(version="4.0.10.2656"), True, True),
        (RadarrSimulator(version="5.16.0.9484"), False, False),
        (RadarrSimulator(version="5.16.0.9485"), True, False),
    ],
)
def test_older_versions_have_less(ask, simulator, headers, complete):
    """Headers and whole releases came later."""
    with simulator:
        (webhook,) = ask(simulator.url, f"{NOTIFICATION}/schema").json
    assert ("headers" in fields(webhook), "onImportComplete" in webhook) == (headers, complete)


def test_a_registration_is_tested_first(sonarr, ask, receiver, webhook):
    """A test event with the account and the headers, then 201 and the resource without the password."""
    body = webhook(["onDownload"], username="me", password="s3cret", headers=[{"key": "X-T", "value": "1"}])
    answer = ask(sonarr.url, NOTIFICATION, "POST", body)
    (sent,) = receiver.log.entries
    assert (sent.method, sent.path, sent.query_string) == ("POST", "/hook", "a=b")
    assert sent.json["eventType"] == "Test"
    assert sent.headers["authorization"] == "Basic " + base64.b64encode(b"me:s3cret").decode()
    assert (sent.headers["x-t"], sent.headers["content-type"]) == ("1", "application/json")
    assert (answer.status, answer.json["id"], answer.json["name"]) == (201, 1, "Taggarr")
    assert (answer.json["onDownload"], answer.json["onUpgrade"]) == (True, False)
    assert fields(answer.json)["password"] == "********"
    assert fields(answer.json)["headers"] == [{"key": "X-T", "value": "1"}]
    assert ask(sonarr.url, NOTIFICATION).json == [answer.json]
    assert ask(sonarr.url, f"{NOTIFICATION}/1").json == answer.json
    assert ask(sonarr.url, f"{NOTIFICATION}/2").status == 404


def test_method_2_is_put(radarr, ask, receiver, webhook):
    """And without account there is no authorization."""
    ask(radarr.url, NOTIFICATION, "POST", webhook(["onDownload"], method=2))
    (sent,) = receiver.log.entries
    assert (sent.method, "authorization" in sent.headers) == ("PUT", False)


@pytest.mark.parametrize("query", ["", "?forceSave=true"])
def test_a_receiver_that_fails_is_not_registered(sonarr, ask, receiver, webhook, query):
    """400 says why; forceSave passes over warnings only, and this is none."""
    receiver.status = 404
    answer = ask(sonarr.url, f"{NOTIFICATION}{query}", "POST", webhook(["onDownload"]))
    (failure,) = answer.json
    assert (answer.status, failure["propertyName"], failure["severity"]) == (400, "Url", "error")
    assert failure["errorMessage"].startswith(
        "Unable to post to webhook: HTTP request failed: [404:NotFound] [POST] at [http://127.0.0.1:"
    )
    assert ask(sonarr.url, NOTIFICATION).json == []


def test_a_receiver_that_is_not_there_is_not_registered(sonarr, ask, receiver, webhook):
    """A refused connection is told alike."""
    body = webhook(["onDownload"])
    with receiver.down():
        answer = ask(sonarr.url, NOTIFICATION, "POST", body)
    assert (answer.status, answer.json[0]["propertyName"]) == (400, "Url")
    assert "refused" in answer.json[0]["errorMessage"]


@pytest.mark.parametrize(
    "events", [[], ["onUpgrade"], ["onEpisodeFileDeleteForUpgrade"], ["includeHealthWarnings"]]
)
def test_one_that_wants_nothing_is_not_tested(sonarr, ask, receiver, webhook, events):
    """It may even have no address; the flags that widen others want nothing by themselves."""
    assert ask(sonarr.url, NOTIFICATION, "POST", webhook(events, url="")).status == 201
    assert receiver.log.entries == []


@pytest.mark.parametrize(
    ("change", "status", "name", "code"),
    [
        ({"name": "Old"}, 400, "Name", "PredicateValidator"),
        ({"name": " "}, 400, "Name", "NotEmptyValidator"),
        ({"name": None}, 400, "Name", "NotEmptyValidator"),
        ({"configContract": ""}, 400, "ConfigContract", "NotEmptyValidator"),
        ({"fields": [{"name": "url", "value": "hook"}]}, 400, "Url", "PredicateValidator"),
        ({"fields": [{"name": "url", "value": "ftp://host/x"}]}, 400, "Url", "PredicateValidator"),
        ({"fields": []}, 400, "Url", "PredicateValidator"),
    ],
)
def test_what_is_wrong_is_named(sonarr, ask, webhook, change, status, name, code):
    """A validation array with the property and its rule."""
    ask(sonarr.url, NOTIFICATION, "POST", webhook([]) | {"name": "Old"})
    answer = ask(sonarr.url, NOTIFICATION, "POST", webhook(["onDownload"]) | change)
    (failure,) = answer.json
    assert (answer.status, failure["propertyName"], failure["errorCode"]) == (status, name, code)


def test_only_webhooks_are_known(sonarr, ask, webhook):
    """Another implementation is an error of the server, as an unknown one is."""
    answer = ask(sonarr.url, NOTIFICATION, "POST", webhook([]) | {"implementation": "Carrier Pigeon"})
    assert (answer.status, answer.json["message"]) == (500, "Sequence contains no matching element")


def test_an_update_keeps_the_hidden_password(sonarr, ask, receiver, webhook):
    """Sent back as it was shown, it stays; a change is tested, no change and a forced one are not."""
    first = ask(
        sonarr.url, NOTIFICATION, "POST", webhook(["onDownload"], username="me", password="s3cret")
    ).json
    receiver.log.clear()
    assert ask(sonarr.url, f"{NOTIFICATION}/1", "PUT", first).status == 202
    assert receiver.log.entries == []
    answer = ask(sonarr.url, f"{NOTIFICATION}/1", "PUT", edited(first, username="you"))
    assert (answer.status, fields(answer.json)["username"]) == (202, "you")
    expected = "Basic " + base64.b64encode(b"you:s3cret").decode()
    assert [entry.headers["authorization"] for entry in receiver.log.entries] == [expected]
    receiver.status = 500
    assert ask(sonarr.url, f"{NOTIFICATION}/1", "PUT", edited(first, password="new")).status == 400
    forced = ask(sonarr.url, f"{NOTIFICATION}/1?forceSave=true", "PUT", edited(first, method=2))
    assert fields(forced.json)["method"] == 2
    without_id = {key: first[key] for key in first if key != "id"} | {"onDownload": False, "name": "New"}
    assert ask(sonarr.url, f"{NOTIFICATION}/1", "PUT", without_id).json["name"] == "New"
    assert [each["name"] for each in ask(sonarr.url, NOTIFICATION).json] == ["New"]
    assert ask(sonarr.url, f"{NOTIFICATION}/9", "PUT", without_id).status == 500


def test_a_deleted_one_hears_no_more(sonarr, ask, receiver, register):
    """200 and an empty object, also for one that is gone; ids are not given twice."""
    register(sonarr, ["onSeriesAdd"])
    receiver.log.clear()
    for _ in range(2):
        answer = ask(sonarr.url, f"{NOTIFICATION}/1", "DELETE")
        assert (answer.status, answer.json) == (200, {})
    sonarr.add_series("A", "/tv/A")
    assert receiver.log.entries == []
    assert register(sonarr, [])["id"] == 2


def test_a_test_on_demand(sonarr, ask, receiver, webhook, register):
    """It is sent though no event is wanted, and with the password that is kept."""
    body = webhook([], username="me", password="s3cret")
    answer = ask(sonarr.url, f"{NOTIFICATION}/test", "POST", body)
    assert (answer.status, answer.json) == (200, {})
    known = ask(sonarr.url, NOTIFICATION, "POST", body).json
    ask(sonarr.url, f"{NOTIFICATION}/test", "POST", known)
    first, second = receiver.log.entries
    assert first.headers["authorization"] == second.headers["authorization"]
    receiver.status = 503
    assert ask(sonarr.url, f"{NOTIFICATION}/test", "POST", known).status == 400
    assert (
        ask(sonarr.url, f"{NOTIFICATION}/test", "POST", webhook([], url="x")).json[0]["errorMessage"]
        == "Invalid Url"
    )


def test_notifications_are_listed_by_name(sonarr, ask, webhook):
    """Not in the order in which they came."""
    for name in ("b", "a", "c"):
        ask(sonarr.url, NOTIFICATION, "POST", webhook([]) | {"name": name})
    assert [each["name"] for each in ask(sonarr.url, NOTIFICATION).json] == ["a", "b", "c"]


def test_the_body_that_taggarr_would_send_is_taken(sonarr, ask, receiver, arr_specs):
    """The example of the notes, with the address of this receiver."""
    body = json.loads((arr_specs / "payloads/constructed/sonarr_notification_post_body.json").read_text())
    answer = ask(sonarr.url, NOTIFICATION, "POST", edited(body, url=receiver.url))
    assert answer.status == 201
    assert receiver.log.entries[0].headers["x-taggarr-token"] == "SECRET"
    assert {key: answer.json[key] for key in body if key != "fields"} == {
        key: body[key] for key in body if key != "fields"
    }


@pytest.mark.parametrize(
    ("product", "spec"),
    [(SonarrSimulator, "sonarr-v4.0.19-api-v3.json"), (RadarrSimulator, "radarr-v6.1.0-api-v3.json")],
)
def test_notifications_fit_the_description(ask, register, arr_specs, product, spec):
    """No unknown key and no wrong type, in the schema as in the list."""
    document = json.loads((arr_specs / "openapi" / spec).read_text())
    schema = {"$ref": "#/components/schemas/NotificationResource", "components": document["components"]}
    with product() as simulator:
        register(simulator, ["onDownload"], password="s3cret", tags=[1])
        for path in (f"{NOTIFICATION}/schema", NOTIFICATION):
            (resource,) = ask(simulator.url, path).json
            jsonschema.Draft7Validator(schema).validate(resource)


@pytest.mark.parametrize("name", ["ruddarr/notifications"])
def test_notifications_have_the_keys_of_recorded_ones(radarr, register, arr_specs, name):
    """A webhook of a real Radarr, from before there were headers."""
    recorded = json.loads((arr_specs / "payloads" / f"{name}.json").read_text())
    ours = register(radarr, ["onDownload"])
    for known in recorded:
        if known["implementation"] == "Webhook":
            assert known.keys() == ours.keys()
            assert [field["name"] for field in known["fields"]] == ["url", "method", "username", "password"]
