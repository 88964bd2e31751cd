"""Commands, what a refresh does to tags, and the NFO files of the Kodi consumer."""

import xml.etree.ElementTree as ET

import pytest

from taggarr.simulator import SonarrSimulator

COMMAND = "/api/v3/command"
EDITOR = "/api/v3/series/editor"


def test_a_command_is_queued_and_then_done(sonarr, ask):
    """201 shows it queued; the next look shows it completed."""
    sonarr.add_series("A", "/tv/A")
    answer = ask(sonarr.url, COMMAND, "POST", {"name": "RescanSeries", "seriesId": 1})
    assert (answer.status, answer.json["status"], answer.json["commandName"]) == (
        201,
        "queued",
        "Rescan Series",
    )
    assert answer.json["body"]["seriesId"] == 1
    later = ask(sonarr.url, f"{COMMAND}/{answer.json['id']}").json
    assert (later["status"], later["result"]) == ("completed", "successful")
    assert ask(sonarr.url, COMMAND).json == [later]


def test_commands_can_be_held(sonarr, ask):
    """Queued, started, finished: as slowly as a test wants."""
    sonarr.hold_commands("queued")
    number = ask(sonarr.url, COMMAND, "POST", {"name": "refreshseries", "seriesids": [1, 2]}).json["id"]
    resource = ask(sonarr.url, f"{COMMAND}/{number}").json
    assert (resource["name"], resource["status"], resource["body"]["seriesIds"]) == (
        "RefreshSeries",
        "queued",
        [1, 2],
    )
    assert "started" not in resource
    sonarr.hold_commands("started")
    other = ask(sonarr.url, COMMAND, "POST", {"name": "RefreshSeries"}).json
    assert (other["body"]["seriesIds"], other["status"]) == ([], "queued")
    assert ask(sonarr.url, f"{COMMAND}/{other['id']}").json["status"] == "started"
    sonarr.finish_command(number, "failed")
    assert ask(sonarr.url, f"{COMMAND}/{number}").json["result"] == "unsuccessful"
    sonarr.finish_commands()
    assert [c["status"] for c in ask(sonarr.url, COMMAND).json] == ["failed", "completed"]


def test_an_equal_command_is_not_queued_twice(sonarr, ask):
    """While one waits or runs, the same one is returned; what a backup does is not simulated."""
    sonarr.hold_commands("started")
    first = ask(sonarr.url, COMMAND, "POST", {"name": "RefreshSeries", "seriesIds": [1]}).json
    assert (
        ask(sonarr.url, COMMAND, "POST", {"name": "RefreshSeries", "seriesIds": [1]}).json["id"]
        == first["id"]
    )
    assert (
        ask(sonarr.url, COMMAND, "POST", {"name": "RefreshSeries", "seriesId": 2}).json["id"] != first["id"]
    )
    sonarr.finish_commands()
    assert ask(sonarr.url, COMMAND, "POST", {"name": "RefreshSeries", "seriesIds": [1]}).json["id"] == 3
    assert ask(sonarr.url, COMMAND, "POST", {"name": "Backup"}).json["id"] == 4
    sonarr.finish_commands()


@pytest.mark.parametrize(("version", "status"), [("4.0.19.2979", 500), ("5.0.0.100", 400)])
def test_an_unknown_command(ask, version, status):
    """An error whose status depends on the version."""
    with SonarrSimulator(version=version) as sonarr:
        assert ask(sonarr.url, COMMAND, "POST", {"name": "RefreshMovie"}).status == status


def test_only_queued_commands_can_be_cancelled(sonarr, ask):
    """Else 409; an unknown one too."""
    number = sonarr.start_command("RssSync", queued=True)
    assert ask(sonarr.url, f"{COMMAND}/{number}", "DELETE").status == 200
    assert ask(sonarr.url, f"{COMMAND}/{number}").json["status"] == "cancelled"
    answer = ask(sonarr.url, f"{COMMAND}/{number}", "DELETE")
    assert (answer.status, answer.json["message"]) == (409, "Unable to cancel task")
    assert ask(sonarr.url, f"{COMMAND}/9", "DELETE").status == 409
    assert ask(sonarr.url, f"{COMMAND}/9").status == 404


def test_a_wrong_key_means_everything(radarr, ask):
    """`movieId` is not a key of RefreshMovie, so the whole library is refreshed."""
    body = ask(radarr.url, COMMAND, "POST", {"name": "RefreshMovie", "movieId": 5}).json["body"]
    assert (body["movieIds"], "movieId" in body) == ([], False)


@pytest.mark.parametrize("ids", ["x", 5, [None]])
def test_ids_that_are_none_are_a_problem(radarr, ask, ids):
    """A list of numbers is needed."""
    assert ask(radarr.url, COMMAND, "POST", {"name": "RefreshMovie", "movieIds": ids}).status == 400


@pytest.mark.parametrize(
    ("name", "ids", "key", "value"),
    [
        ("RefreshSeries", [1, 2], "seriesIds", [1, 2]),
        ("RefreshSeries", [], "seriesIds", []),
        ("RescanSeries", [2], "seriesId", 2),
        ("RescanSeries", [], "seriesId", None),
        ("RenameFiles", [2], "seriesId", 2),
        ("MoveSeries", [1], "seriesId", 1),
        ("BulkMoveSeries", [1, 2], "series", [{"seriesId": 1}, {"seriesId": 2}]),
    ],
)
def test_the_arr_starts_commands_of_its_own(sonarr, ask, name, ids, key, value):
    """A scheduled command names its items in the way of its kind."""
    sonarr.start_command(name, ids)
    (command,) = ask(sonarr.url, COMMAND).json
    assert (command["status"], command["trigger"]) == ("started", "scheduled")
    assert command["body"].get(key) == value


def test_a_sonarr_refresh_undoes_a_tag_that_was_set_meanwhile(sonarr, ask):
    """It read the row before our edit and writes it after; items outside of it are safe."""
    for title in "AB":
        sonarr.add_series(title, f"/tv/{title}", tags=["mine"])
    refresh = sonarr.start_command("RefreshSeries", [1, 9])
    label = ask(sonarr.url, "/api/v3/tag", "POST", {"label": "dub"}).json["id"]
    edited = ask(sonarr.url, EDITOR, "PUT", {"seriesIds": [1, 2], "tags": [label]})
    assert [item["tags"] for item in edited.json] == [[1, label], [1, label]]
    sonarr.finish_command(refresh)
    assert sonarr.all_tags() == {1: {"mine"}, 2: {"mine", "dub"}}


@pytest.mark.parametrize(
    ("version", "status", "reached"),
    [("4.0.19.2979", "failed", [True, False]), ("5.0.0.100", "completed", [True, True])],
)
def test_an_id_that_is_gone_ends_a_refresh_of_sonarr_4(ask, version, status, reached):
    """What stands behind it in the list is left out."""
    with SonarrSimulator(version=version) as sonarr:
        for title in "AB":
            sonarr.add_series(title, f"/tv/{title}")
        sonarr.add_auto_tag("all", ["seen"])
        number = ask(sonarr.url, COMMAND, "POST", {"name": "RefreshSeries", "seriesIds": [1, 9, 2]}).json[
            "id"
        ]
        assert ask(sonarr.url, f"{COMMAND}/{number}").json["status"] == status
        assert [labels == {"seen"} for labels in sonarr.all_tags().values()] == reached


def test_a_failed_refresh_writes_nothing(sonarr):
    """Only a refresh that completes stores its row."""
    sonarr.add_series("A", "/tv/A")
    refresh = sonarr.start_command("RefreshSeries")
    sonarr.set_tags(1, ["dub"])
    sonarr.finish_command(refresh, "failed")
    assert sonarr.tags_of(1) == {"dub"}


def test_a_refresh_applies_auto_tags(sonarr):
    """A rule that was added later takes effect on the next refresh."""
    sonarr.add_series("A", "/tv/A", genres=["Anime"])
    sonarr.add_auto_tag("animated", ["anime"], genres=["Anime"])
    assert sonarr.tags_of(1) == set()
    sonarr.finish_command(sonarr.start_command("RefreshSeries", queued=True))
    assert sonarr.tags_of(1) == {"anime"}


@pytest.mark.parametrize(
    ("ids", "rule", "expected"),
    [([], False, {"dub"}), ([1], False, {"dub"}), ([], True, {"auto"}), ([1], True, {"dub", "auto"})],
)
def test_a_radarr_refresh_is_safe_but_for_rules(radarr, ids, rule, expected):
    """A refresh of everything saves its early copy of the movies that a rule changes."""
    radarr.add_movie("A", "/movies/A")
    if rule:
        radarr.add_auto_tag("all", ["auto"])
    refresh = radarr.start_command("RefreshMovie", ids)
    radarr.set_tags(1, ["dub"])
    radarr.finish_command(refresh)
    assert radarr.tags_of(1) == expected


def elements(path, name):
    """The texts of all elements of this name."""
    return [element.text for element in ET.parse(path).iter(name)]


def test_a_rescan_writes_tvshow_nfo_where_the_consumer_is_on(sonarr, ask, tmp_path):
    """Genres and tags of the series; nothing while the consumer is off, or on for images, or the folder is not there."""
    sonarr.add_series("A & B", "/tv/A", genres=["Anime", "Drama"], tags=["dub"], folder=tmp_path)
    sonarr.add_series("C", "/tv/C")
    nfo = tmp_path / "tvshow.nfo"
    ask(sonarr.url, COMMAND, "POST", {"name": "RescanSeries", "seriesId": 1})
    sonarr.enable_kodi(nfo=False)
    ask(sonarr.url, COMMAND, "POST", {"name": "RescanSeries", "seriesId": 1})
    assert not nfo.exists()
    sonarr.enable_kodi()
    ask(sonarr.url, COMMAND, "POST", {"name": "RescanSeries"})
    assert elements(nfo, "title") == ["A & B"]
    assert (elements(nfo, "genre"), elements(nfo, "tag")) == (["Anime", "Drama"], ["dub"])


def test_an_nfo_is_rewritten_only_when_its_own_text_changes(sonarr, tmp_path):
    """Our edit survives an equal text and is lost to a new one; a deleted file comes back."""
    sonarr.add_series("A", str(tmp_path), tags=["dub"])
    sonarr.enable_kodi()
    nfo = tmp_path / "tvshow.nfo"
    nfo.write_text("<tvshow><title>foreign</title></tvshow>")
    sonarr.finish_command(sonarr.start_command("RescanSeries", [1]))
    assert elements(nfo, "title") == ["A"]
    nfo.write_text(nfo.read_text().replace("</tvshow>", "<genre>Dub</genre></tvshow>"))
    sonarr.finish_command(sonarr.start_command("RefreshSeries", [1]))
    assert elements(nfo, "genre") == ["Dub"]
    sonarr.set_tags(1, ["semi-dub"])
    sonarr.finish_command(sonarr.start_command("RescanSeries", [1]))
    assert (elements(nfo, "genre"), elements(nfo, "tag")) == ([], ["semi-dub"])
    nfo.unlink()
    sonarr.finish_command(sonarr.start_command("RescanSeries", [1]))
    assert nfo.exists()


@pytest.mark.parametrize(("movie_nfo", "name"), [(False, "Akira (1988).nfo"), (True, "movie.nfo")])
def test_the_name_of_a_movie_nfo(radarr, ask, tmp_path, movie_nfo, name):
    """`<file>.nfo` unless the setting says movie.nfo; none without a file."""
    radarr.add_movie("Akira", "/movies/Akira", tags=["dub"], folder=tmp_path)
    radarr.enable_kodi(movie_nfo=movie_nfo)
    ask(radarr.url, COMMAND, "POST", {"name": "RescanMovie", "movieId": 1})
    assert list(tmp_path.iterdir()) == []
    radarr.set_movie_file(1, "Akira (1988).mkv")
    ask(radarr.url, COMMAND, "POST", {"name": "RescanMovie", "movieId": 1})
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert elements(tmp_path / name, "tag") == ["dub"]


def test_a_url_may_follow_the_xml(sonarr, radarr, tmp_path):
    """The option that makes an NFO not well-formed."""
    (tmp_path / "m").mkdir()
    sonarr.add_series("A", "/tv/A", folder=tmp_path)
    radarr.add_movie("B", "/movies/B", folder=tmp_path / "m")
    radarr.set_movie_file(1, "b.mkv")
    for simulator, name in ((sonarr, "RescanSeries"), (radarr, "RescanMovie")):
        simulator.enable_kodi(url=True)
        simulator.finish_command(simulator.start_command(name))
    for path, start in (
        (tmp_path / "tvshow.nfo", "https://www.thetvdb"),
        (tmp_path / "m/b.nfo", "https://www.them"),
    ):
        assert path.read_text().splitlines()[-1].startswith(start)


def test_an_nfo_may_be_a_url_alone(sonarr, tmp_path):
    """With the URL but without the metadata, there is no XML at all."""
    sonarr.add_series("A", str(tmp_path))
    sonarr.enable_kodi(nfo=False, url=True)
    sonarr.finish_command(sonarr.start_command("RescanSeries"))
    assert (tmp_path / "tvshow.nfo").read_text() == "https://www.thetvdb.com/?tab=series&id=300001"


def test_a_watched_movie_stays_watched(radarr, tmp_path):
    """It is the one thing that Radarr takes over from a file that it writes anew."""
    radarr.add_movie("A", str(tmp_path))
    radarr.set_movie_file(1, "a.mkv")
    radarr.enable_kodi()
    nfo = tmp_path / "a.nfo"
    for before, after in (
        ("", "false"),
        ("<movie><watched>true</watched><genre>Dub</genre></movie>", "true"),
    ):
        nfo.write_text(before)
        radarr.finish_command(radarr.start_command("RescanMovie"))
        assert (elements(nfo, "watched"), elements(nfo, "genre")) == ([after], [])


def test_the_consumer_is_described_by_its_fields(sonarr, radarr, ask):
    """`GET /metadata` names implementation, state and settings, beside a consumer that is off."""
    radarr.enable_kodi(movie_nfo=True)
    for simulator, enabled in ((sonarr, False), (radarr, True)):
        kodi, other = ask(simulator.url, "/api/v3/metadata").json
        assert (kodi["implementation"], kodi["enable"]) == ("XbmcMetadata", enabled)
        assert (other["implementation"], other["enable"]) == ("RoksboxMetadata", False)
    radarr.enable_kodi(nfo=False, movie_nfo=True)
    sonarr.enable_kodi(url=True)
    for simulator, expected in (
        (sonarr, {"seriesMetadata": True, "episodeMetadata": True, "seriesMetadataUrl": True}),
        (radarr, {"movieMetadata": False, "useMovieNfo": True, "movieMetadataURL": False}),
    ):
        kodi = ask(simulator.url, "/api/v3/metadata/1").json
        fields = {field["name"]: field["value"] for field in kodi["fields"]}
        assert kodi["enable"]
        assert fields.items() >= expected.items()
