"""Webhooks as they reach a receiver: which events, in which shapes, and for whom."""

import json

import pytest

from taggarr.simulator import RadarrSimulator, SonarrSimulator

EVERYTHING = [
    "onDownload",
    "onUpgrade",
    "onImportComplete",
    "onRename",
    "onSeriesAdd",
    "onSeriesDelete",
    "onEpisodeFileDelete",
    "onEpisodeFileDeleteForUpgrade",
    "onMovieAdded",
    "onMovieDelete",
    "onMovieFileDelete",
    "onMovieFileDeleteForUpgrade",
    "onHealthIssue",
    "includeHealthWarnings",
    "onHealthRestored",
]


def shape(value):
    """Keys and types; a list is as its first element, and numbers are numbers."""
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items()}
    if isinstance(value, list):
        return [shape(each) for each in value[:1]]
    return "number" if type(value) in (int, float) else type(value).__name__


def alike(ours, recorded):
    """Whether two shapes are the same, where a list without elements is as any other."""
    if isinstance(ours, dict) and isinstance(recorded, dict):
        return ours.keys() == recorded.keys() and all(alike(ours[key], recorded[key]) for key in ours)
    if isinstance(ours, list) and isinstance(recorded, list):
        return all(alike(one, other) for one, other in zip(ours, recorded, strict=False))
    return ours == recorded


@pytest.fixture
def told(ask, register, receiver):
    """Register for events of a simulator, let something happen there, and get what was received."""

    def tell(simulator, happen, events=EVERYTHING, **more):
        register(simulator, events, **more)
        receiver.log.clear()
        happen(simulator)
        return [entry.json for entry in receiver.log.entries]

    return tell


def names(bodies):
    """The types of events."""
    return [body["eventType"] for body in bodies]


def a_series(sonarr):
    """A series with one file, made before anybody listens."""
    number = sonarr.add_series(
        "Frieren", "/tv/Frieren", tags=["semi-dub", "a"], series_type="anime", genres=["Anime"]
    )
    return sonarr.add_episode_file(number, "Season 01/e1 old.mkv", audio_languages="jpn/eng/jpn")


def a_movie(radarr):
    """A movie with one file."""
    number = radarr.add_movie("Akira", "/movies/Akira", tags=["dub"], genres=["Anime"])
    radarr.set_movie_file(number, "old.mkv", audio_languages="jpn/eng/jpn")
    return number


def upgrade(sonarr):
    """A better file for the first episode."""
    sonarr.add_episode_file(1, "Season 01/e1.mkv", replaces=[1], audio_languages=["jpn", None, "eng", "eng"])


def two_episodes(sonarr):
    """A season pack."""
    with sonarr.one_release():
        sonarr.add_episode_file(1, "Season 01/e2.mkv", episodes=[2])
        sonarr.add_episode_file(1, "Season 01/e3.mkv", episodes=[3])


def test_nobody_is_told_unless_asked(sonarr, receiver, ask):
    """Without a registered notification, nothing leaves the arr."""
    a_series(sonarr)
    upgrade(sonarr)
    sonarr.add_health("IndexerStatusCheck", "error", "Indexers unavailable")
    assert receiver.log.entries == []


@pytest.mark.parametrize(
    ("happen", "expected"),
    [
        (lambda sonarr: sonarr.add_series("B", "/tv/B"), ["SeriesAdd"]),
        (lambda sonarr: sonarr.add_episode_file(1, "e9.mkv", episodes=[9]), ["Download", "Download"]),
        (lambda sonarr: sonarr.add_episode_file(1, "e9.mkv", by_scan=True), []),
        (upgrade, ["EpisodeFileDelete", "Download", "Download"]),
        (two_episodes, ["Download", "Download", "Download"]),
        (lambda sonarr: sonarr.rename_file(1, "Season 01/e1 new.mkv"), ["Rename"]),
        (lambda sonarr: sonarr.remove_episode_file(1), ["EpisodeFileDelete"]),
        (lambda sonarr: sonarr.remove_series(1), ["SeriesDelete"]),
        (lambda sonarr: sonarr.set_tags(1, ["x"]), []),
        (lambda sonarr: sonarr.reprobe_file(1, audio_languages="eng"), []),
    ],
)
def test_what_sonarr_tells(sonarr, told, happen, expected):
    """One event a change; an import comes in two shapes; edited tags, scans and refreshes go without."""
    a_series(sonarr)
    assert names(told(sonarr, happen)) == expected


@pytest.mark.parametrize(
    ("happen", "expected"),
    [
        (lambda radarr: radarr.add_movie("B", "/movies/B"), ["MovieAdded"]),
        (lambda radarr: radarr.set_movie_file(1, "new.mkv"), ["MovieFileDelete", "Download"]),
        (lambda radarr: radarr.set_movie_file(1, "new.mkv", by_scan=True), ["MovieFileDelete"]),
        (lambda radarr: radarr.rename_file(1, "renamed.mkv"), ["Rename"]),
        (lambda radarr: radarr.remove_movie_file(1), ["MovieFileDelete"]),
        (lambda radarr: [radarr.remove_movie_file(1), radarr.remove_movie_file(1)], ["MovieFileDelete"]),
        (lambda radarr: radarr.remove_movie(1), ["MovieDelete"]),
        (lambda radarr: radarr.set_tags(1, ["x"]), []),
    ],
)
def test_what_radarr_tells(radarr, told, happen, expected):
    """The same, but for the release as a whole, of which Radarr knows nothing."""
    a_movie(radarr)
    assert names(told(radarr, happen)) == expected


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        (["onDownload"], []),
        (["onUpgrade"], []),
        (["onDownload", "onUpgrade"], [True]),
        (["onImportComplete"], [None]),
        (["onEpisodeFileDelete"], []),
        (["onEpisodeFileDelete", "onEpisodeFileDeleteForUpgrade"], [None]),
    ],
)
def test_an_upgrade_needs_two_flags(sonarr, told, events, expected):
    """The flags for upgrades only widen the others; a release has no isUpgrade."""
    a_series(sonarr)
    assert [body.get("isUpgrade") for body in told(sonarr, upgrade, events)] == expected


def test_a_download_of_one_file(sonarr, told):
    """The file with its distinct languages, and what it replaced."""
    a_series(sonarr)
    deleted, download, _ = told(sonarr, upgrade)
    assert download["series"]["tags"] == ["a", "semi-dub"]
    assert (download["episodeFile"]["id"], download["isUpgrade"]) == (2, True)
    assert download["episodeFile"]["path"] == "/tv/Frieren/Season 01/e1.mkv"
    assert download["episodeFile"]["mediaInfo"]["audioLanguages"] == ["jpn", "eng"]
    (old,) = download["deletedFiles"]
    assert (old["id"], old["recycleBinPath"]) == (1, "/recycle/e1 old.mkv")
    assert [(each["seasonNumber"], each["episodeNumber"]) for each in download["episodes"]] == [(1, 1)]
    assert (deleted["episodeFile"], deleted["deleteReason"]) == (
        {key: old[key] for key in old if key != "recycleBinPath"},
        "upgrade",
    )


def test_a_download_of_a_release(sonarr, told):
    """All files at the end, after one event for each; a lone file is a release, too."""
    a_series(sonarr)
    one, two, release = told(sonarr, two_episodes)
    assert [body["episodeFile"]["id"] for body in (one, two)] == [2, 3]
    assert not one["isUpgrade"]
    assert "deletedFiles" not in one
    assert [each["id"] for each in release["episodeFiles"]] == [2, 3]
    assert [each["episodeNumber"] for each in release["episodes"]] == [2, 3]
    assert (release["fileCount"], release["release"]["releaseType"]) == (2, "seasonPack")
    assert (release["sourcePath"], release["destinationPath"]) == ("/downloads/e2", "/tv/Frieren/Season 01")
    assert not {"isUpgrade", "episodeFile", "customFormatInfo"} & set(release)


def spread(sonarr):
    """A release over two seasons, and an empty one."""
    with sonarr.one_release():
        sonarr.add_episode_file(1, "Season 01/e2.mkv", episodes=[2, 3])
        sonarr.add_episode_file(1, "Season 02/e1.mkv", season=2)
    with sonarr.one_release():
        pass
    sonarr.add_episode_file(1, "Season 02/e2.mkv", season=2, episodes=[2, 3], audio_languages=None)


def test_where_a_release_goes(sonarr, told):
    """The folder that all of its files are in; a file that was never probed has no mediaInfo."""
    a_series(sonarr)
    both, last = told(sonarr, spread, ["onImportComplete"])
    assert (both["destinationPath"], len(both["episodes"])) == ("/tv/Frieren", 3)
    assert last["destinationPath"] == "/tv/Frieren/Season 02"
    assert last["release"]["releaseType"] == "multiEpisode"
    assert "mediaInfo" not in last["episodeFiles"][0]


def test_a_deleted_movie_may_take_its_file_along(radarr, told):
    """Then its size is told."""
    a_movie(radarr)
    a_movie(radarr)
    radarr.add_movie("Empty", "/movies/Empty")

    def happen(radarr):
        radarr.remove_movie(1)
        radarr.remove_movie(2, with_files=True)
        radarr.remove_movie(3, with_files=True)

    bodies = told(radarr, happen)
    assert [(body["deletedFiles"], body.get("movieFolderSize")) for body in bodies] == [
        (False, None),
        (True, 1_000_000),
        (True, None),
    ]


@pytest.mark.parametrize(
    ("events", "levels"),
    [
        (["onHealthIssue"], [("Health", "error")]),
        (["onHealthIssue", "includeHealthWarnings"], [("Health", "warning"), ("Health", "error")]),
        (["onHealthRestored"], [("HealthRestored", "error")]),
    ],
)
def test_health_is_told_by_its_level(radarr, told, events, levels):
    """Warnings only to those who want them, notices to nobody; its end is another event."""

    def happen(radarr):
        for level in ("notice", "warning", "error"):
            radarr.add_health(f"{level}Check", level, "What is wrong")
        for level in ("notice", "warning", "error"):
            radarr.clear_health(f"{level}Check")

    bodies = told(radarr, happen, events)
    assert [(body["eventType"], body["level"]) for body in bodies] == levels
    assert radarr.health == []


def test_a_notification_with_tags_hears_of_items_with_one(sonarr, told, ask):
    """Others are passed over; health concerns everybody."""

    def happen(sonarr):
        sonarr.add_series("Untagged", "/tv/U")
        sonarr.add_series("Other", "/tv/O", tags=["other"])
        sonarr.add_series("Tagged", "/tv/T", tags=["other", "dub"])
        sonarr.add_health("X", "error", "x")

    number = sonarr.use_tag("dub")
    bodies = told(sonarr, happen, tags=[number])
    assert [body.get("series", {}).get("title") for body in bodies] == ["Tagged", None]
    assert ask(sonarr.url, f"/api/v3/tag/detail/{number}").json["notificationIds"] == [1]
    sonarr.remove_series(3)
    sonarr.housekeeping()
    assert number in sonarr.tags.labels


def test_the_receiver_may_ask_back(sonarr, ask, receiver, register):
    """An event is sent while the arr goes on answering: the new file is there already."""
    answers = []

    def answer(request):
        answers.append(ask(sonarr.url, "/api/v3/episodefile?seriesId=1").json)

    a_series(sonarr)
    register(sonarr, ["onDownload"])
    receiver.react = answer
    sonarr.add_episode_file(1, "e2.mkv", episodes=[2])
    assert [[file["id"] for file in files] for files in answers] == [[1, 2]]


def test_what_cannot_be_delivered_is_lost(sonarr, register, receiver):
    """The import goes on, also where nobody listens any more."""
    a_series(sonarr)
    register(sonarr, ["onDownload"])
    with receiver.down():
        upgrade(sonarr)
    receiver.status = 500
    sonarr.add_episode_file(1, "e2.mkv", episodes=[2])
    assert len(sonarr.files) == 2


EVENTS = {
    "sonarr_webhook_download_upgrade": (a_series, upgrade, 1),
    "sonarr_webhook_import_complete": (a_series, upgrade, 2),
    "sonarr_webhook_rename": (a_series, lambda sonarr: sonarr.rename_file(1, "new.mkv"), 0),
    "sonarr_webhook_series_add": (a_series, lambda sonarr: sonarr.add_series("B", "/tv/B", tags=["a"]), 0),
    "sonarr_webhook_series_delete": (a_series, lambda sonarr: sonarr.remove_series(1), 0),
    "sonarr_webhook_episode_file_delete": (a_series, lambda sonarr: sonarr.remove_episode_file(1), 0),
    "sonarr_webhook_health": (a_series, lambda arr: arr.add_health("A", "warning", "x"), 0),
    "sonarr_webhook_health_restored": (
        lambda arr: arr.add_health("A", "error", "x"),
        lambda arr: arr.clear_health("A"),
        0,
    ),
    "radarr_webhook_download_upgrade": (a_movie, lambda radarr: radarr.set_movie_file(1, "n.mkv"), 1),
    "radarr_webhook_rename": (a_movie, lambda radarr: radarr.rename_file(1, "new.mkv"), 0),
    "radarr_webhook_movie_added": (a_movie, lambda radarr: radarr.add_movie("B", "/B", tags=["a"]), 0),
    "radarr_webhook_movie_delete": (a_movie, lambda radarr: radarr.remove_movie(1, with_files=True), 0),
    "radarr_webhook_movie_file_delete": (a_movie, lambda radarr: radarr.remove_movie_file(1), 0),
    "radarr_webhook_health": (a_movie, lambda arr: arr.add_health("A", "error", "x"), 0),
}


@pytest.mark.parametrize("name", EVENTS)
def test_bodies_have_the_shape_of_known_ones(sonarr, radarr, told, arr_specs, name):
    """The same keys and types, all the way down, as bodies made after the products' classes."""
    before, happen, index = EVENTS[name]
    simulator = sonarr if name.startswith("sonarr") else radarr
    before(simulator)
    body = told(simulator, happen)[index]
    known = json.loads((arr_specs / "payloads/constructed" / f"{name}.json").read_text())
    assert body["eventType"] == known["eventType"]
    assert alike(shape(body), shape(known)), (shape(body), shape(known))


@pytest.mark.parametrize(
    ("product", "name", "before", "happen"),
    [
        (SonarrSimulator, "sonarr_webhook_import_complete", a_series, upgrade),
        (
            RadarrSimulator,
            "radarr_webhook_download",
            a_movie,
            lambda arr: arr.set_movie_file(arr.add_movie("C", "/C"), "c.mkv"),
        ),
    ],
)
def test_bodies_have_the_shape_of_recorded_ones(told, arr_specs, product, name, before, happen):
    """But for the pictures, which were taken out of the recordings."""
    with product() as simulator:
        before(simulator)
        body = told(simulator, happen)[-1]
    known = json.loads((arr_specs / "payloads/arrtheaudio" / f"{name}.json").read_text())
    for item in ("series", "movie"):
        body.get(item, {}).pop("images", None)
    assert alike(shape(body), shape(known)), (shape(body), shape(known))


@pytest.mark.parametrize("product", [SonarrSimulator, RadarrSimulator])
def test_a_test_event_is_that_of_the_product(register, receiver, arr_specs, product):
    """To the letter."""
    with product() as simulator:
        register(simulator, ["onDownload"])
    known = json.loads(
        (arr_specs / f"payloads/constructed/{simulator.app.lower()}_webhook_test.json").read_text()
    )
    assert receiver.log.entries[0].json == known
