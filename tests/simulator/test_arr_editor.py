"""The bulk editor: what it takes, what it answers, and how it fails."""

import pytest

from taggarr.simulator import FaultKind, RadarrSimulator, SonarrSimulator

EDITOR = "/api/v3/series/editor"


@pytest.fixture
def three(sonarr):
    """Three series, tagged `mine`, `mine dub` and nothing; the tags' ids are 1 and 2."""
    for title, tags in (("A", ["mine"]), ("B", ["mine", "dub"]), ("C", [])):
        sonarr.add_series(title, f"/tv/{title}", tags=tags)
    return sonarr


def tags(simulator):
    """All labels, in the order of the ids, as sorted lists."""
    return [sorted(labels) for labels in simulator.all_tags().values()]


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ({"applyTags": "add"}, [["dub", "mine"], ["dub", "mine"], ["dub"]]),
        ({}, [["dub", "mine"], ["dub", "mine"], ["dub"]]),
        ({"applyTags": 0}, [["dub", "mine"], ["dub", "mine"], ["dub"]]),
        ({"applyTags": "REMOVE"}, [["mine"], ["mine"], []]),
        ({"applyTags": 1}, [["mine"], ["mine"], []]),
        ({"applyTags": "replace"}, [["dub"], ["dub"], ["dub"]]),
    ],
)
def test_the_three_modes(three, ask, extra, expected):
    """Union, difference, exactly these; a missing mode is add; numbers and any case will do."""
    answer = ask(three.url, EDITOR, "PUT", {"seriesIds": [1, 2, 3], "tags": [2], **extra})
    assert answer.status == 202
    assert tags(three) == expected


def test_the_answer_is_the_resources_after_the_edit_in_row_order(three, ask):
    """Full resources, but without root folder and statistics."""
    answer = ask(three.url, EDITOR, "PUT", {"seriesIds": [3, 1], "tags": [2, 2], "applyTags": "add"})
    assert [(item["id"], item["tags"]) for item in answer.json] == [(1, [1, 2]), (3, [2])]
    assert answer.json[0]["path"] == "/tv/A"
    assert not {"rootFolderPath", "statistics"} & set(answer.json[0])
    assert all("statistics" not in season for season in answer.json[0]["seasons"])
    listed = ask(three.url, "/api/v3/series").json
    assert [item["tags"] for item in listed] == [[1, 2], [1, 2], [2]]


def test_a_database_without_an_order_of_rows_has_none_here(ask):
    """The answer is complete, but not always by id."""
    with SonarrSimulator(shuffle_seed=1) as sonarr:
        ids = [sonarr.add_series(title, f"/tv/{title}") for title in "ABCDEFGH"]
        answers = [
            [item["id"] for item in ask(sonarr.url, EDITOR, "PUT", {"seriesIds": ids, "tags": [5]}).json]
            for _ in range(3)
        ]
    assert [sorted(answer) for answer in answers] == [ids] * 3
    assert answers != [ids] * 3


@pytest.mark.parametrize(
    ("ids", "message"),
    [
        ([1, 2, 9], "Expected query to return 3 rows but returned 2"),
        ([1, 2, 2], "Expected query to return 3 rows but returned 2"),
        ([8, 9], "Expected query to return 2 rows but returned 0"),
    ],
)
def test_a_missing_or_doubled_id_fails_everything(three, ask, ids, message):
    """500, and nothing was changed."""
    before = tags(three)
    answer = ask(three.url, EDITOR, "PUT", {"seriesIds": ids, "tags": [2], "applyTags": "add"})
    assert (answer.status, answer.json["message"]) == (500, message)
    assert tags(three) == before


def test_no_ids_and_no_tags(three, ask):
    """An empty list changes nothing and is fine; a missing list is not."""
    empty = ask(three.url, EDITOR, "PUT", {"seriesIds": [], "tags": [2]})
    assert (empty.status, empty.json) == (202, [])
    assert ask(three.url, EDITOR, "PUT", {"tags": [2]}).status == 500
    untouched = ask(three.url, EDITOR, "PUT", {"seriesIds": [1], "monitored": False, "applyTags": "replace"})
    assert (untouched.json[0]["tags"], untouched.json[0]["monitored"]) == ([1], False)
    assert (
        ask(three.url, EDITOR, "PUT", {"seriesIds": [1], "tags": [], "applyTags": "replace"}).json[0]["tags"]
        == []
    )


@pytest.mark.parametrize(
    "body",
    [
        {"seriesIds": "1", "tags": [2]},
        {"seriesIds": [1], "tags": ["dub"]},
        {"seriesIds": [True], "tags": [2]},
        {"seriesIds": [1], "tags": [2], "applyTags": "append"},
        {"seriesIds": [1], "tags": [2], "applyTags": 3},
        {"seriesIds": [1], "tags": [2], "applyTags": None},
        {"seriesIds": [1], "tags": [2], "monitored": "yes"},
    ],
)
def test_wrong_types_are_problems(three, ask, body):
    """What does not fit the model is a 400 before anything happens."""
    answer = ask(three.url, EDITOR, "PUT", body)
    assert (answer.status, answer.headers["Content-Type"]) == (400, "application/problem+json; charset=utf-8")


def test_a_dangling_tag_id_is_stored(three, ask):
    """Nobody checks that the tag exists."""
    ask(three.url, EDITOR, "PUT", {"seriesIds": [3], "tags": [77]})
    assert three.tags_of(3) == {"#77"}


def test_one_invalid_item_stops_the_batch_before_the_first_write(three, ask):
    """Everything is validated before anything is written."""
    bad = three.add_series("D", "/tv/D", quality_profile_id=9)
    answer = ask(three.url, EDITOR, "PUT", {"seriesIds": [1, bad], "tags": [2], "applyTags": "add"})
    assert (answer.status, answer.json[0]["errorCode"]) == (400, "QualityProfileExistsValidator")
    assert three.tags_of(1) == {"mine"}


def test_a_locked_database_leaves_half_of_the_batch(three, ask):
    """500 with part applied; the same call again succeeds."""
    three.faults.script(FaultKind.HALF_APPLIED, method="PUT", path="*/editor")
    edit = {"seriesIds": [1, 3], "tags": [2], "applyTags": "add"}
    answer = ask(three.url, EDITOR, "PUT", edit)
    assert (answer.status, answer.json["message"]) == (500, "database is locked\ndatabase is locked")
    assert tags(three) == [["dub", "mine"], ["dub", "mine"], []]
    assert ask(three.url, EDITOR, "PUT", edit).status == 202
    assert tags(three) == [["dub", "mine"], ["dub", "mine"], ["dub"]]


def test_sonarr_5_has_a_transaction(ask):
    """There the same failure leaves nothing behind."""
    with SonarrSimulator(version="5.0.0.100") as sonarr:
        sonarr.add_series("A", "/tv/A")
        sonarr.faults.script(FaultKind.HALF_APPLIED, path="*/editor")
        assert ask(sonarr.url, EDITOR, "PUT", {"seriesIds": [1], "tags": [2]}).status == 500
        assert sonarr.tags_of(1) == set()


def test_auto_tag_rules_act_in_the_same_request(sonarr, ask):
    """A rule takes back what was just added, or adds its own; the answer shows the end of it."""
    sonarr.add_series("Mushishi", "/tv/Mushishi", genres=["Anime"])
    sonarr.add_series("Dark", "/tv/Dark", genres=["Drama"])
    sonarr.add_auto_tag("animated", ["dub"], genres=["anime"], remove_automatically=True)
    sonarr.add_auto_tag("follow", ["watched"], tag="extra")
    sonarr.add_auto_tag("everything", ["all"])
    sonarr.add_auto_tag("never", ["extra"], genres=["Western"])
    extra = ask(sonarr.url, "/api/v3/tag", "POST", {"label": "extra"}).json["id"]
    ask(sonarr.url, EDITOR, "PUT", {"seriesIds": [1, 2], "tags": [1, extra], "applyTags": "add"})
    assert sonarr.tags_of(1) == {"dub", "extra", "watched", "all"}
    assert sonarr.tags_of(2) == {"extra", "watched", "all"}
    ask(sonarr.url, EDITOR, "PUT", {"seriesIds": [1], "tags": [1], "applyTags": "remove"})
    assert "dub" in sonarr.tags_of(1)


def test_auto_tag_rules_are_listed(sonarr, ask):
    """Tags and conditions of the rules can be read."""
    sonarr.add_auto_tag("animated", ["dub"], genres=["Anime"], tag="mine", remove_automatically=True)
    sonarr.add_auto_tag("everything", ["dub"])
    rule, unconditional = ask(sonarr.url, "/api/v3/autotagging").json
    assert unconditional["specifications"] == []
    assert (rule["name"], rule["removeTagsAutomatically"], rule["tags"]) == ("animated", True, [2])
    assert [(s["implementation"], s["fields"][0]["value"]) for s in rule["specifications"]] == [
        ("GenreSpecification", ["Anime"]),
        ("TagSpecification", 1),
    ]


@pytest.mark.parametrize("version", ["6.1.0.10500", "5.28.0.10274"])
def test_radarr_has_the_same_editor(ask, version):
    """Movies are edited by `movieIds`; the answer keeps the file and leaves the statistics out."""
    with RadarrSimulator(version=version) as radarr:
        radarr.add_movie("Akira", "/movies/Akira", tags=["dub"])
        radarr.add_movie("Ponyo", "/movies/Ponyo")
        radarr.set_movie_file(1, "Akira.mkv")
        answer = ask(radarr.url, "/api/v3/movie/editor", "PUT", {"movieIds": [1, 2], "tags": [1]})
        assert answer.status == 202
        assert radarr.all_tags() == {1: {"dub"}, 2: {"dub"}}
        with_file, without = answer.json
        assert with_file["movieFile"]["relativePath"] == "Akira.mkv"
        assert "movieFile" not in without
        assert not {"rootFolderPath", "statistics"} & {*with_file, *without}


def test_an_edit_that_is_undone_says_so(three, ask):
    """Something takes the tags back at once: a success, and in it the tags as they were; the next one holds."""
    three.faults.script(FaultKind.UNDONE, method="PUT", path="*/editor")
    body = {"seriesIds": [1, 2], "tags": [three.use_tag("dub")], "applyTags": "add"}
    for labels in (set(), {"dub"}):
        before = three.tags_of(1) - {"dub"}
        answer = ask(three.url, "/api/v3/series/editor", "PUT", body)
        assert answer.status == 202
        assert three.tags_of(1) == before | labels
        assert [set(item["tags"]) for item in answer.json] == [set(three.rows[n].tags) for n in (1, 2)]
