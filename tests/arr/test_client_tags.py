"""The bulk editor: exactly one label on exactly the items that are named, and what is there afterwards."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from taggarr.arr import RadarrClient
from taggarr.core.errors import ArrRejected, ArrUnreachable

LOST = {
    "message": "Expected query to return 3 rows but returned 2",
    "description": "System.ApplicationException: …",
}


def test_a_label_is_added_by_one_bulk_edit(fake, sonarr):
    """The label is made (or found) in lower case, ids go out once each, and nothing but ids, tags and mode is sent."""
    fake.on("POST", "/tag", fake.json({"id": 3, "label": "semi-dub"}, 201))
    fake.on("PUT", "/series/editor", fake.json([{"id": 5, "tags": [3]}, {"id": 9, "tags": [3]}], 202))
    assert sonarr.edit([9, 5, 9], "Semi-Dub", add=True) == {5: ("semi-dub",), 9: ("semi-dub",)}
    assert [(one.method, one.target, one.body) for one in fake.requests] == [
        ("POST", "/api/v3/tag", b'{"label":"semi-dub"}'),
        ("PUT", "/api/v3/series/editor", b'{"seriesIds":[9,5],"tags":[3],"applyTags":"add"}'),
    ]


def test_a_label_is_removed_the_same_way(fake, radarr):
    """Radarr names its ids differently; a v5 server answers 200 instead of 202."""
    fake.on("POST", "/tag", fake.json({"id": 3, "label": "dub"}, 201))
    fake.on("PUT", "/movie/editor", fake.json([{"id": 5, "tags": []}], 200))
    assert radarr.edit([5], "dub", add=False) == {5: ()}
    assert fake.requests[1].target == "/api/v3/movie/editor"
    assert fake.requests[1].body == b'{"movieIds":[5],"tags":[3],"applyTags":"remove"}'


@pytest.mark.parametrize(("client", "things"), [("sonarr", "series"), ("radarr", "movie")])
def test_a_label_is_looked_up_once(fake, request, client, things):
    """The second edit of a label is one request; after a new list it is looked up again."""
    arr = request.getfixturevalue(client)
    fake.on("POST", "/tag", *(fake.json({"id": number, "label": "dub"}, 201) for number in (3, 8)))
    fake.on("PUT", f"/{things}/editor", fake.json([], 202))
    fake.on("GET", "/tag", fake.json([]))
    fake.on("GET", f"/{things}", fake.json([]))
    for _ in range(2):
        arr.edit([1], "dub", add=True)
    arr.items()
    arr.edit([1], "dub", add=True)
    assert [one.json["tags"] for one in fake.requests if one.method == "PUT"] == [[3], [3], [8]]
    assert sum(one.method == "POST" for one in fake.requests) == 2


def test_tags_that_appeared_meanwhile_are_named(fake, sonarr):
    """An id that is not known yet makes the list be read again; one that stays unknown shows its number."""
    fake.on("POST", "/tag", fake.json({"id": 3, "label": "dub"}, 201))
    fake.on("PUT", "/series/editor", fake.json([{"id": 1, "tags": [3, 40, 41]}], 202))
    fake.on("GET", "/tag", fake.json([{"id": 3, "label": "dub"}, {"id": 40, "label": "Kids"}]))
    assert sonarr.edit([1], "dub", add=True) == {1: ("dub", "kids", "#41")}


def test_what_an_auto_tag_rule_undid_is_seen(fake, sonarr):
    """The answer is the state after the edit, so a label that is missing there was taken away in the same call."""
    fake.on("POST", "/tag", fake.json({"id": 3, "label": "dub"}, 201))
    fake.on("PUT", "/series/editor", fake.json([{"id": 1, "tags": []}, {"id": 2, "tags": [3]}], 202))
    assert sonarr.edit([1, 2], "dub", add=True) == {1: (), 2: ("dub",)}


def test_a_lost_id_refuses_the_batch_at_once(fake, sonarr, naps):
    """The caller splits the batch; asking again would change nothing."""
    fake.on("POST", "/tag", fake.json({"id": 3, "label": "dub"}, 201))
    fake.on("PUT", "/series/editor", fake.json(LOST, 500))
    with pytest.raises(ArrRejected) as caught:
        sonarr.edit([1, 2, 3], "dub", add=True)
    assert (caught.value.status, naps) == (500, [])


def test_a_refused_value_refuses_the_batch(fake, sonarr):
    """A 400 about one row is a refusal with its words."""
    invalid = [{"propertyName": "QualityProfileId", "errorMessage": "Quality Profile does not exist"}]
    fake.on("POST", "/tag", fake.json({"id": 3, "label": "dub"}, 201))
    fake.on("PUT", "/series/editor", fake.json(invalid, 400))
    with pytest.raises(ArrRejected) as caught:
        sonarr.edit([1], "dub", add=True)
    assert (
        str(caught.value)
        == "tv: Sonarr refuses PUT /series/editor (400): QualityProfileId: Quality Profile does not exist"
    )


def test_a_locked_database_is_waited_for(fake, sonarr, naps):
    """Part of the batch may be done already; the whole is sent again, which changes nothing twice."""
    locked = fake.json({"message": "database is locked\r\ndatabase is locked"}, 500)
    fake.on("POST", "/tag", fake.json({"id": 3, "label": "dub"}, 201))
    fake.on("PUT", "/series/editor", locked, locked, fake.json([{"id": 1, "tags": [3]}], 202), locked)
    assert sonarr.edit([1], "dub", add=True) == {1: ("dub",)}
    assert len(naps) == 2
    with pytest.raises(ArrUnreachable):
        sonarr.edit([1], "dub", add=True)


def test_a_batch_has_at_most_100_ids(fake, sonarr):
    """101 are the caller's mistake, 100 and doubled ids are not; nothing to edit asks nothing."""
    fake.on("POST", "/tag", fake.json({"id": 3, "label": "dub"}, 201))
    fake.on("PUT", "/series/editor", fake.json([], 202))
    with pytest.raises(ValueError, match="101 ids in one bulk edit, at most 100 are allowed"):
        sonarr.edit(range(101), "dub", add=True)
    assert sonarr.edit([], "dub", add=True) == {}
    assert fake.requests == []
    sonarr.edit([*range(100), 5], "dub", add=True)
    assert fake.requests[1].json["seriesIds"] == list(range(100))


@pytest.mark.parametrize("status", [409, 500])
def test_two_that_make_one_label_both_get_it(fake, sonarr, status):
    """Where another client was faster, the arr refuses the second; the tag is there, and its id is read."""
    fake.on("POST", "/tag", fake.json({"message": "UNIQUE constraint failed: Tags.Label"}, status))
    fake.on("GET", "/tag", fake.json([{"id": 2, "label": "anime"}, {"id": 6, "label": "dub"}]))
    fake.on("PUT", "/series/editor", fake.json([{"id": 1, "tags": [6]}], 202))
    assert sonarr.edit([1], "dub", add=True) == {1: ("dub",)}


def test_a_label_that_the_arr_refuses_is_reported(fake, sonarr):
    """Newer versions allow letters, digits and hyphens; their words are passed on."""
    invalid = [{"propertyName": "Label", "errorMessage": "Allowed characters a-z, 0-9 and -"}]
    fake.on("POST", "/tag", fake.json(invalid, 400))
    fake.on("GET", "/tag", fake.json([{"id": 2, "label": "anime"}]))
    with pytest.raises(ArrRejected) as caught:
        sonarr.edit([1], "wrong dub", add=True)
    assert str(caught.value) == "tv: Sonarr refuses POST /tag (400): Label: Allowed characters a-z, 0-9 and -"


def test_threads_look_a_label_up_once(fake, connect):
    """Several edits at once make one label once."""
    radarr = connect(fake.url, RadarrClient)
    together = threading.Barrier(4, timeout=10)
    fake.on("POST", "/tag", fake.json({"id": 3, "label": "dub"}, 201))
    fake.on("PUT", "/movie/editor", fake.json([], 202))

    def edit(item_id):
        together.wait()
        return radarr.edit([item_id], "dub", add=True)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(edit, range(4))) == [{}] * 4
    assert sum(one.method == "POST" for one in fake.requests) == 1


@pytest.mark.parametrize(
    ("status", "body", "rows"),
    [
        (500, LOST, True),
        (400, [{"propertyName": "QualityProfileId", "errorMessage": "does not exist"}], True),
        (404, {"message": "Series with ID 3 does not exist"}, True),
        (400, {"title": "One or more validation errors occurred."}, False),
        (409, {"message": "constraint failed"}, False),
        (500, {"message": "Object reference not set to an instance of an object."}, False),
    ],
)
def test_a_refusal_says_whether_single_items_are_to_blame(fake, sonarr, status, body, rows):
    """Then the others go through without them; of anything else, taking the batch apart makes no end."""
    fake.on("POST", "/tag", fake.json({"id": 3, "label": "dub"}, 201))
    fake.on("PUT", "/series/editor", fake.json(body, status))
    with pytest.raises(ArrRejected) as caught:
        sonarr.edit([1, 2, 3], "dub", add=True)
    assert (caught.value.status, caught.value.rows) == (status, rows)


def test_a_label_that_is_refused_is_no_row(fake, sonarr):
    """The same form of answer, about the label."""
    fake.on("POST", "/tag", fake.json([{"propertyName": "Label", "errorMessage": "no"}], 400))
    fake.on("GET", "/tag", fake.json([]))
    with pytest.raises(ArrRejected) as caught:
        sonarr.edit([1], "dub", add=True)
    assert not caught.value.rows
