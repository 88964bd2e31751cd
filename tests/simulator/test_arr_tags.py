"""Tags: normalisation, uniqueness, who uses them, housekeeping."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from taggarr.simulator import RadarrSimulator, SonarrSimulator

TAG = "/api/v3/tag"


def test_post_answers_201_also_for_a_label_that_exists(sonarr, ask):
    """The same tag comes back, and the list is ordered by label."""
    first = ask(sonarr.url, TAG, "POST", {"label": "dub"})
    again = ask(sonarr.url, TAG, "POST", {"label": "dub"})
    assert (first.status, first.json) == (again.status, again.json) == (201, {"label": "dub", "id": 1})
    ask(sonarr.url, TAG, "POST", {"Label": "anime"})
    assert ask(sonarr.url, TAG).json == [{"label": "anime", "id": 2}, {"label": "dub", "id": 1}]
    assert ask(sonarr.url, f"{TAG}/2").json == {"label": "anime", "id": 2}


def test_labels_are_stored_lower_case(sonarr, ask):
    """A new label in capitals is kept in small letters."""
    assert ask(sonarr.url, TAG, "POST", {"label": "Semi-Dub"}).json["label"] == "semi-dub"


def test_mixed_case_of_an_existing_label_is_a_conflict_on_sqlite(sonarr, ask):
    """The look-up takes the label as sent, the index does not."""
    ask(sonarr.url, TAG, "POST", {"label": "dub"})
    answer = ask(sonarr.url, TAG, "POST", {"label": "Dub"})
    assert answer.status == 409
    assert answer.json["message"] == "constraint failed\nUNIQUE constraint failed: Tags.Label"
    assert set(answer.json) == {"message", "description"}
    assert answer.json["description"].startswith("code = Constraint (19), message = System.Data.SQLite.")


def test_mixed_case_of_an_existing_label_is_500_on_postgres(ask):
    """Nobody mapped the error of the other database."""
    with SonarrSimulator(postgres=True) as sonarr:
        ask(sonarr.url, TAG, "POST", {"label": "dub"})
        answer = ask(sonarr.url, TAG, "POST", {"label": "Dub"})
        assert answer.status == 500
        assert "duplicate key value" in answer.json["message"]


@pytest.mark.parametrize(
    ("simulator", "label", "status"),
    [
        (SonarrSimulator(), "wrong dub", 201),
        (SonarrSimulator(), "", 201),
        (SonarrSimulator(), None, 500),
        (SonarrSimulator(), 5, 400),
        (SonarrSimulator(version="5.0.0.100"), "wrong dub", 400),
        (SonarrSimulator(version="5.0.0.100"), None, 400),
        (SonarrSimulator(version="5.0.0.100"), "Wrong-Dub", 201),
        (SonarrSimulator(strict_labels=True), "wrong_dub", 400),
        (RadarrSimulator(), "wrong dub", 400),
        (RadarrSimulator(), "ü", 400),
        (RadarrSimulator(), "wrong-dub", 201),
        (RadarrSimulator(version="5.28.0.10274"), "wrong dub", 201),
        (RadarrSimulator(version="5.28.0.10274"), " ", 400),
        (RadarrSimulator(version="5.21.1.9799"), " ", 201),
        (RadarrSimulator(version="5.21.1.9799"), None, 500),
        (RadarrSimulator(version="6.0.0.10216"), "wrong dub", 201),
        (RadarrSimulator(version="6.0.0.10217"), "wrong dub", 400),
        (RadarrSimulator(strict_labels=False), "wrong dub", 201),
    ],
)
def test_which_versions_check_the_characters(ask, simulator, label, status):
    """Sonarr 4 and older Radarrs check nothing, Radarr from 6.0.0.10217 and Sonarr 5 the characters."""
    with simulator:
        assert ask(simulator.url, TAG, "POST", {"label": label}).status == status


def test_a_refused_label_is_a_validation_array(radarr, ask):
    """The body names property, sentence, value and rule."""
    (failure,) = ask(radarr.url, TAG, "POST", {"label": "wrong dub"}).json
    assert failure["propertyName"] == "Label"
    assert failure["errorMessage"] == "Allowed characters a-z, 0-9 and -"
    assert failure["attemptedValue"] == "wrong dub"
    assert failure["errorCode"] == "RegularExpressionValidator"


def test_an_empty_label_has_a_rule_of_its_own(ask):
    """Where labels are checked, emptiness is named before characters."""
    for simulator in (SonarrSimulator(version="5.0.0.100"), RadarrSimulator()):
        with simulator:
            (failure,) = ask(simulator.url, TAG, "POST", {}).json
            assert (failure["errorCode"], "attemptedValue" in failure) == ("NotEmptyValidator", False)


def test_an_unknown_tag_is_404_in_two_shapes(sonarr, ask):
    """GET by id answers a problem, everything else a message."""
    assert ask(sonarr.url, f"{TAG}/9").json["title"] == "Not Found"
    assert ask(sonarr.url, f"{TAG}/detail/9").json["status"] == 404
    for method, body in (("PUT", {"label": "x"}), ("DELETE", None)):
        answer = ask(sonarr.url, f"{TAG}/9", method, body)
        assert (answer.status, answer.json["message"]) == (404, "Tag with ID 9 does not exist")


def test_put_renames(sonarr, ask):
    """202 and the tag; a label that another tag has is a conflict."""
    ask(sonarr.url, TAG, "POST", {"label": "dub"})
    ask(sonarr.url, TAG, "POST", {"label": "old"})
    answer = ask(sonarr.url, f"{TAG}/2", "PUT", {"id": 2, "label": "New"})
    assert (answer.status, answer.json) == (202, {"label": "new", "id": 2})
    assert ask(sonarr.url, f"{TAG}/2", "PUT", {"label": "new"}).status == 202
    assert ask(sonarr.url, f"{TAG}/2", "PUT", {"label": "dub"}).status == 409


def test_a_tag_in_use_cannot_be_deleted(sonarr, ask):
    """409 names the tag; an unused one goes with an empty 200."""
    sonarr.add_series("Mushishi", "/tv/Mushishi", tags=["dub"])
    ask(sonarr.url, TAG, "POST", {"label": "unused"})
    answer = ask(sonarr.url, f"{TAG}/1", "DELETE")
    assert answer.status == 409
    assert answer.json["message"] == "Tag with ID 1 'dub' cannot be deleted since it's still in use"
    gone = ask(sonarr.url, f"{TAG}/2", "DELETE")
    assert (gone.status, gone.body) == (200, b"")
    assert [tag["label"] for tag in ask(sonarr.url, TAG).json] == ["dub"]


def test_details_say_who_uses_a_tag(sonarr, radarr, ask):
    """Items, rules and other things that carry the tag; Radarr has its own name for release profiles."""
    sonarr.add_series("Mushishi", "/tv/Mushishi", tags=["dub", "anime"])
    sonarr.use_tag("dub", delayProfileIds=[4])
    sonarr.add_auto_tag("rule", ["dub"], tag="anime")
    anime, dub = ask(sonarr.url, f"{TAG}/detail").json
    assert dub == {
        "label": "dub",
        "delayProfileIds": [4],
        "importListIds": [],
        "notificationIds": [],
        "restrictionIds": [],
        "indexerIds": [],
        "downloadClientIds": [],
        "autoTagIds": [1],
        "seriesIds": [1],
        "id": 1,
    }
    assert (anime["autoTagIds"], anime["delayProfileIds"]) == ([1], [])
    assert ask(sonarr.url, f"{TAG}/detail/1").json == dub
    radarr.add_movie("Akira", "/movies/Akira", tags=["dub"])
    (detail,) = ask(radarr.url, f"{TAG}/detail").json
    assert detail["movieIds"] == [1]
    assert "releaseProfileIds" in detail
    assert "restrictionIds" not in detail


@pytest.mark.parametrize(
    ("product", "own"), [(SonarrSimulator, "restriction"), (RadarrSimulator, "releaseProfile")]
)
def test_whatever_uses_a_tag_can_be_told(ask, product, own):
    """Every list of the details can be filled, and what is in one keeps the tag from being deleted."""
    kinds = ["delayProfile", "importList", "notification", own, "indexer", "downloadClient", "autoTag"]
    with product() as simulator:
        for number, kind in enumerate(kinds, 1):
            simulator.use_tag("dub", **{f"{kind}Ids": [number]})
        (detail,) = ask(simulator.url, f"{TAG}/detail").json
        assert [detail[f"{kind}Ids"] for kind in kinds] == [[number] for number in range(1, 8)]
        assert ask(simulator.url, f"{TAG}/1", "DELETE").status == 409
        simulator.housekeeping()
        assert simulator.use_tag("dub", indexerIds=[9, 10]) == 1
        assert ask(simulator.url, f"{TAG}/detail/1").json["indexerIds"] == [5, 9, 10]
        with pytest.raises(ValueError, match="knows no seriesIds"):
            simulator.use_tag("dub", seriesIds=[1])


def test_housekeeping_deletes_unused_tags_and_never_gives_an_id_twice(sonarr, ask):
    """What carries a tag keeps it; a label that comes back has another id."""
    series = sonarr.add_series("Mushishi", "/tv/Mushishi", tags=["used"])
    sonarr.use_tag("linked", indexerIds=[1])
    sonarr.add_auto_tag("rule", ["given"], tag="asked")
    before = ask(sonarr.url, TAG, "POST", {"label": "dub"}).json["id"]
    sonarr.housekeeping()
    assert [tag["label"] for tag in ask(sonarr.url, TAG).json] == ["asked", "given", "linked", "used"]
    assert ask(sonarr.url, TAG, "POST", {"label": "dub"}).json["id"] > before
    sonarr.set_tags(series, [])
    ask(sonarr.url, "/api/v3/command", "POST", {"name": "Housekeeping"})
    assert [tag["label"] for tag in ask(sonarr.url, TAG).json] == ["asked", "given", "linked"]


def test_parallel_writers_do_not_lose_anything(sonarr, ask):
    """Requests on many connections are one after the other inside, as with one database."""
    sonarr.add_series("A", "/tv/A")

    def add(number):
        tag = ask(sonarr.url, TAG, "POST", {"label": f"tag-{number}"}).json["id"]
        return ask(sonarr.url, "/api/v3/series/editor", "PUT", {"seriesIds": [1], "tags": [tag]}).status

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(add, range(40))) == {202}
    assert sonarr.tags_of(1) == {f"tag-{number}" for number in range(40)}
    assert sonarr.log.connections == 80
