"""Series, movies, files, episodes, roots, languages and history, as a client reads them."""

import json

import pytest

from taggarr.simulator import RadarrSimulator, SonarrSimulator


def test_a_series_carries_what_a_companion_reads(sonarr, ask):
    """Language, path, root, type, genres, tags, seasons and statistics are those that were given."""
    number = sonarr.add_series(
        "The Mushishi",
        "/tv/Mushishi",
        original="Japanese",
        seasons={0: 2, 1: 3, 2: 4},
        unmonitored_seasons=[0],
        genres=["Anime", 'Dr"ama'],
        tags=["Mine"],
        series_type="anime",
        monitored=False,
        status="continuing",
        year=2005,
    )
    sonarr.add_episode_file(number, "Season 1/a.mkv", season=1, episodes=[1, 2], size=10, release_group="X")
    sonarr.add_episode_file(number, "Season 2/b.mkv", season=2, episodes=[6], size=5, release_group="")
    answer = ask(sonarr.url, f"/api/v3/series/{number}").json
    assert answer["title"] == "The Mushishi"
    assert answer["originalLanguage"] == {"id": 8, "name": "Japanese"}
    assert (answer["path"], answer["rootFolderPath"]) == ("/tv/Mushishi", "/tv")
    assert (answer["seriesType"], answer["monitored"], answer["ended"]) == ("anime", False, False)
    assert (answer["genres"], answer["tags"]) == (["Anime", 'Dr"ama'], [1])
    seasons = {season["seasonNumber"]: season for season in answer["seasons"]}
    assert [(n, seasons[n]["monitored"]) for n in seasons] == [(0, False), (1, True), (2, True)]
    assert seasons[0]["statistics"]["episodeCount"] == 0
    assert seasons[0]["statistics"]["totalEpisodeCount"] == 2
    assert seasons[1]["statistics"] == {
        "episodeFileCount": 2,
        "episodeCount": 3,
        "totalEpisodeCount": 3,
        "sizeOnDisk": 10,
        "releaseGroups": ["X"],
        "percentOfEpisodes": 66.6667,
    }
    assert seasons[2]["statistics"]["totalEpisodeCount"] == 6
    assert answer["statistics"] == {
        "seasonCount": 2,
        "episodeFileCount": 3,
        "episodeCount": 9,
        "totalEpisodeCount": 11,
        "sizeOnDisk": 15,
        "releaseGroups": ["X"],
        "percentOfEpisodes": 33.3333,
    }
    assert ask(sonarr.url, "/api/v3/series").json == [answer]


def test_lists_are_indented_json_of_the_recorded_size(sonarr, radarr, ask):
    """About 3.7 KB a series with four seasons and 4.5 KB a movie, indented by two."""
    for number in range(1, 21):
        sonarr.add_series(f"Series {number}", f"/tv/Series {number}", seasons=4, genres=["Drama", "Anime"])
        radarr.add_movie(f"Movie {number}", f"/movies/Movie {number}", genres=["Drama", "Crime"])
        radarr.set_movie_file(number, f"Movie {number} (2020) WEBDL-1080p.mkv")
    series, movies = ask(sonarr.url, "/api/v3/series"), ask(radarr.url, "/api/v3/movie")
    for answer, size in ((series, 3700), (movies, 4500)):
        assert answer.body.decode() == json.dumps(answer.json, indent=2, ensure_ascii=False)
        assert len(answer.body) / 20 == pytest.approx(size, rel=0.15)
    assert ask(sonarr.url, "/api/v3/series/3").body.decode() == json.dumps(series.json[2], indent=2)
    assert ask(radarr.url, "/api/v3/movie/3").body.decode() == json.dumps(movies.json[2], indent=2)


def test_an_unknown_item_is_a_404_problem(sonarr, radarr, ask):
    """GET by id of what is not there."""
    for answer in (ask(sonarr.url, "/api/v3/series/4"), ask(radarr.url, "/api/v3/movie/4")):
        assert (answer.status, answer.json["title"]) == (404, "Not Found")


def test_lists_can_be_asked_for_one_external_id(sonarr, radarr, ask):
    """`tvdbId` and `tmdbId` filter; what is no number is a 400."""
    for title in "AB":
        sonarr.add_series(title, f"/tv/{title}")
        radarr.add_movie(title, f"/movies/{title}")
    for url, path, name in (
        (sonarr.url, "/api/v3/series", "tvdbId"),
        (radarr.url, "/api/v3/movie", "tmdbId"),
    ):
        second = ask(url, path).json[1]
        assert ask(url, f"{path}?{name}={second[name]}").json == [second]
        assert ask(url, f"{path}?{name.lower()}=1").json == []
        assert ask(url, f"{path}?{name}=x").status == 400


def test_the_list_follows_every_change(sonarr, ask):
    """Nothing stale: tags, files, renames, moves and removals show at once."""

    def listed():
        return ask(sonarr.url, "/api/v3/series").json

    assert listed() == []
    first, second = sonarr.add_series("A", "/tv/A"), sonarr.add_series("B", "/tv/B")
    assert [item["id"] for item in listed()] == [first, second]
    file = sonarr.add_episode_file(first, "a.mkv", size=7)
    assert listed()[0]["statistics"]["sizeOnDisk"] == 7
    sonarr.reprobe_file(file, size=8, audio_languages="eng")
    assert listed()[0]["statistics"]["sizeOnDisk"] == 8
    sonarr.rename_file(file, "b.mkv")
    assert sonarr.file_path(file) == "/tv/A/b.mkv"
    sonarr.reprobe_file(file, audio_languages=None)
    sonarr.remove_episode_file(file)
    assert listed()[0]["statistics"]["episodeFileCount"] == 0
    sonarr.set_tags(first, ["x"])
    assert listed()[0]["tags"] == [1]
    sonarr.move_item(first, "/tv/moved")
    assert listed()[0]["path"] == "/tv/moved"
    sonarr.remove_series(first)
    assert [item["id"] for item in listed()] == [second]


def test_rows_come_in_row_order_or_shuffled(ask):
    """SQLite returns them by id, Postgres in any order."""
    with SonarrSimulator() as plain, SonarrSimulator(shuffle_seed=3) as shuffled:
        for number in range(30):
            plain.add_series(str(number), f"/tv/{number}")
            shuffled.add_series(str(number), f"/tv/{number}")
        assert [item["id"] for item in ask(plain.url, "/api/v3/series").json] == list(range(1, 31))
        orders = [[item["id"] for item in ask(shuffled.url, "/api/v3/series").json] for _ in range(2)]
        assert orders[0] != orders[1]
        assert sorted(orders[0]) == list(range(1, 31))


def test_a_movie_embeds_its_file(radarr, ask):
    """Without a file the key is missing; with one it holds mediaInfo, but no custom formats."""
    number = radarr.add_movie("Akira", "/movies/Akira (1988)", original="Telugu", year=1988, monitored=False)
    empty = ask(radarr.url, f"/api/v3/movie/{number}").json
    assert (empty["hasFile"], empty["movieFileId"], "movieFile" in empty) == (False, 0, False)
    assert (empty["originalLanguage"], empty["monitored"]) == ({"id": 45, "name": "Telugu"}, False)
    file = radarr.set_movie_file(number, "Akira.mkv", size=9, audio_languages="jpn/eng")
    full = ask(radarr.url, f"/api/v3/movie/{number}").json
    assert (full["hasFile"], full["movieFileId"], full["sizeOnDisk"]) == (True, file, 9)
    assert full["movieFile"]["path"] == "/movies/Akira (1988)/Akira.mkv"
    assert full["movieFile"]["mediaInfo"]["audioLanguages"] == "jpn/eng"
    assert "customFormats" not in full["movieFile"]
    assert full["statistics"] == {"movieFileCount": 1, "sizeOnDisk": 9, "releaseGroups": ["SIM"]}
    assert full["rootFolderPath"] == "/movies"
    (alone,) = ask(radarr.url, f"/api/v3/moviefile?movieId={number}").json
    assert alone == full["movieFile"] | {"customFormats": []}
    assert ask(radarr.url, f"/api/v3/moviefile/{file}").json == alone
    upgraded = radarr.set_movie_file(number, "Akira.v2.mkv", audio_languages=None)
    assert upgraded != file
    assert "mediaInfo" not in ask(radarr.url, f"/api/v3/movie/{number}").json["movieFile"]
    radarr.remove_movie_file(number)
    radarr.remove_movie_file(number)
    assert ask(radarr.url, f"/api/v3/movie/{number}").json == empty
    radarr.remove_movie(number)
    assert ask(radarr.url, "/api/v3/movie").json == []


@pytest.mark.parametrize(
    ("version", "languages", "streams", "expected"),
    [
        ("4.0.19.2979", ["jpn", "eng"], None, ("jpn/eng", 2)),
        ("4.0.19.2979", ["jpn", None, "jpn"], None, ("jpn/jpn", 3)),
        ("4.0.19.2979", [None, None], None, ("", 2)),
        ("4.0.19.2979", ["und", "eng"], None, ("und/eng", 2)),
        ("5.0.0.100", ["jpn", None], None, ("jpn/und", 2)),
        ("4.0.19.2979", [], None, ("", 0)),
        ("4.0.19.2979", "jpn/eng", 3, ("jpn/eng", 3)),
        ("4.0.19.2979", "jpn/eng", None, ("jpn/eng", 2)),
        ("4.0.19.2979", "", 1, ("", 1)),
        ("4.0.19.2979", "", None, ("", 0)),
        ("4.0.19.2979", ["eng"], 4, ("eng", 4)),
    ],
)
def test_audio_languages_drop_untagged_tracks(ask, version, languages, streams, expected):
    """Version 4 drops them silently, version 5 says `und`; `und` itself stays."""
    with SonarrSimulator(version=version) as sonarr:
        series = sonarr.add_series("A", "/tv/A")
        sonarr.add_episode_file(series, "a.mkv", audio_languages=languages, audio_streams=streams)
        info = ask(sonarr.url, "/api/v3/episodefile?seriesId=1").json[0]["mediaInfo"]
        assert (info["audioLanguages"], info["audioStreamCount"]) == expected


def test_radarr_drops_untagged_tracks_too(radarr, ask):
    """And a file that was never probed has no mediaInfo at all."""
    number = radarr.add_movie("A", "/movies/A")
    radarr.set_movie_file(number, "a.mkv", audio_languages=[None, "fre"])
    info = ask(radarr.url, "/api/v3/moviefile?movieId=1").json[0]["mediaInfo"]
    assert (info["audioLanguages"], info["audioStreamCount"]) == ("fre", 2)


def test_episode_files_are_listed_by_series_or_by_id(sonarr, ask):
    """One series a call, or ids; neither is a 400, a lost or doubled id a 500."""
    first, second = sonarr.add_series("A", "/tv/A"), sonarr.add_series("B", "/tv/B")
    one = sonarr.add_episode_file(first, "Season 1/A - S01E01.mkv", size=3)
    two = sonarr.add_episode_file(second, "B.mkv", season=0, episodes=[1, 2], audio_languages=None)
    (file,) = ask(sonarr.url, f"/api/v3/episodefile?seriesId={first}").json
    assert (file["id"], file["seriesId"], file["seasonNumber"], file["size"]) == (one, first, 1, 3)
    assert (file["relativePath"], file["path"]) == (
        "Season 1/A - S01E01.mkv",
        "/tv/A/Season 1/A - S01E01.mkv",
    )
    assert (file["sceneName"], file["releaseType"]) == ("A - S01E01", "singleEpisode")
    both = ask(sonarr.url, f"/api/v3/episodefile?episodeFileIds={one}&episodeFileIds={two}").json
    assert both[0] == file
    assert ("mediaInfo" in both[1], both[1]["releaseType"]) == (False, "multiEpisode")
    assert ask(sonarr.url, f"/api/v3/episodefile/{one}").json == file
    assert ask(sonarr.url, "/api/v3/episodefile/99").json["status"] == 404
    neither = ask(sonarr.url, "/api/v3/episodefile")
    assert (neither.status, neither.json) == (
        400,
        {
            "message": "BadRequest: seriesId or episodeFileIds must be provided",
            "content": "seriesId or episodeFileIds must be provided",
        },
    )
    lost = ask(sonarr.url, f"/api/v3/episodefile?episodeFileIds={one}&episodeFileIds={one}")
    assert (lost.status, lost.json["message"]) == (500, "Expected query to return 2 rows but returned 1")
    gone = ask(sonarr.url, "/api/v3/episodefile?seriesId=9")
    assert (gone.status, gone.json["message"]) == (404, "Series with ID 9 does not exist")
    assert ask(sonarr.url, "/api/v3/episodefile?seriesId=x").status == 400


def test_movie_files_are_listed_by_movie_or_by_id(radarr, ask):
    """The same rules; several movies a call."""
    for title in "ABC":
        radarr.add_movie(title, f"/movies/{title}")
    one, two = radarr.set_movie_file(1, "a.mkv"), radarr.set_movie_file(2, "b.mkv")
    by_movie = ask(radarr.url, "/api/v3/moviefile?movieId=1&movieId=2&movieId=3").json
    assert [file["id"] for file in by_movie] == [one, two]
    assert ask(radarr.url, f"/api/v3/moviefile?movieFileIds={two}").json == [by_movie[1]]
    assert ask(radarr.url, f"/api/v3/moviefile?movieFileIds={two}&movieFileIds=99").status == 500
    assert ask(radarr.url, "/api/v3/moviefile?movieId=9").json["message"] == "Movie with ID 9 does not exist"
    assert ask(radarr.url, "/api/v3/moviefile").json["content"] == "movieId or movieFileIds must be provided"
    assert ask(radarr.url, "/api/v3/moviefile/9").status == 404


def test_episodes_point_to_their_files(sonarr, ask):
    """Numbers, file ids and monitoring per episode; ids stay the same."""
    series = sonarr.add_series("A", "/tv/A", seasons={0: 1, 1: 2, 2: 1}, unmonitored_seasons=[0])
    file = sonarr.add_episode_file(series, "a.mkv", season=1, episodes=[1, 2])
    episodes = ask(sonarr.url, f"/api/v3/episode?seriesId={series}").json
    assert [
        (
            e["seasonNumber"],
            e["episodeNumber"],
            e.get("absoluteEpisodeNumber"),
            e["episodeFileId"],
            e["monitored"],
        )
        for e in episodes
    ] == [(0, 1, None, 0, False), (1, 1, 1, file, True), (1, 2, 2, file, True), (2, 1, 3, 0, True)]
    assert [e["hasFile"] for e in episodes] == [False, True, True, False]
    both = ask(sonarr.url, f"/api/v3/episode?seriesId={series}&includeEpisodeFile=true").json
    (listed,) = ask(sonarr.url, f"/api/v3/episodefile?seriesId={series}").json
    assert [e.pop("episodeFile", None) for e in both] == [None, listed, listed, None]
    assert both == episodes
    assert ask(sonarr.url, f"/api/v3/episode?seriesId={series}").json == episodes
    assert ask(sonarr.url, "/api/v3/episode?seriesId=9").json == []
    assert ask(sonarr.url, "/api/v3/episode").status == 400


@pytest.mark.parametrize(
    ("path", "root"),
    [
        ("/tv/A", "/tv"),
        ("/tv/anime/A", "/tv/anime"),
        ("/tv/anime/sub/A", "/tv/anime"),
        ("/tvs/A", "/tvs"),
        ("/A", "/"),
        ("D:\\TV\\A", "D:\\TV"),
    ],
)
def test_the_root_of_an_item(sonarr, ask, path, root):
    """The longest root folder above it, else its parent."""
    sonarr.add_root("/tv/anime")
    sonarr.add_series("A", path)
    assert ask(sonarr.url, "/api/v3/series").json[0]["rootFolderPath"] == root


def test_files_of_a_windows_server_have_backslashes(sonarr, ask):
    """Paths follow the server that made them."""
    series = sonarr.add_series("A", "D:\\TV\\A")
    sonarr.add_episode_file(series, "Season 1/a.mkv")
    assert ask(sonarr.url, "/api/v3/episodefile?seriesId=1").json[0]["path"] == "D:\\TV\\A\\Season 1\\a.mkv"


def test_root_folders(sonarr, ask):
    """Accessible or not; older builds end them, and the items' roots, with a slash."""
    sonarr.add_root("/gone", accessible=False)
    sonarr.roots_end_with_slash = True
    sonarr.add_series("A", "/tv/A")
    roots = ask(sonarr.url, "/api/v3/rootfolder").json
    assert [(root["path"], root["accessible"]) for root in roots] == [("/tv/", True), ("/gone/", False)]
    assert ask(sonarr.url, "/api/v3/series").json[0]["rootFolderPath"] == "/tv/"


@pytest.mark.parametrize(
    ("simulator", "count", "some"),
    [
        (SonarrSimulator(), 48, {26: "Arabic", 33: "Portuguese (Brazil)", 46: "Slovenian", -2: "Original"}),
        (SonarrSimulator(version="5.0.0.100"), 54, {47: "Azerbaijani", 52: "Georgian", -2: "Original"}),
        (RadarrSimulator(), 60, {26: "Hindi", 30: "Portuguese (Brazil)", 57: "Georgian", -1: "Any"}),
    ],
)
def test_the_products_number_languages_differently(ask, simulator, count, some):
    """Each has its own list; unknown originals become English."""
    with simulator:
        languages = {entry["id"]: entry for entry in ask(simulator.url, "/api/v3/language").json}
        assert len(languages) == count
        assert {number: languages[number]["name"] for number in some} == some
        assert languages[1]["nameLower"] == "english"


def test_an_original_that_the_arr_does_not_know_is_english(sonarr, radarr, ask):
    """Sonarr 4 has no Telugu, Radarr has."""
    sonarr.add_series("A", "/tv/A", original="Telugu")
    sonarr.add_series("B", "/tv/B", original="Unknown")
    radarr.add_movie("A", "/movies/A", original="Klingon")
    assert [item["originalLanguage"] for item in ask(sonarr.url, "/api/v3/series").json] == [
        {"id": 1, "name": "English"},
        {"id": 0, "name": "Unknown"},
    ]
    assert ask(radarr.url, "/api/v3/movie").json[0]["originalLanguage"]["name"] == "English"


def test_small_resources(sonarr, ask):
    """Health and quality profiles."""
    assert ask(sonarr.url, "/api/v3/health").json == []
    sonarr.add_health("RootFolderCheck", "error", "Missing root folder: /tv")
    assert [entry["message"] for entry in ask(sonarr.url, "/api/v3/health").json] == [
        "Missing root folder: /tv"
    ]
    assert [profile["name"] for profile in ask(sonarr.url, "/api/v3/qualityprofile").json] == ["Any"]


def test_history_since_a_moment(sonarr, ask):
    """Imports, renames and deletions, one record an episode; a date is needed."""
    series = sonarr.add_series("A", "/tv/A")
    file = sonarr.add_episode_file(series, "a.mkv", episodes=[1, 2])
    other = sonarr.add_episode_file(series, "c.mkv", episodes=[3])
    sonarr.rename_file(other, "d.mkv")
    sonarr.remove_episode_file(file)
    path = "/api/v3/history/since?date=2020-01-01"
    records = ask(sonarr.url, path).json
    assert [record["eventType"] for record in records] == [
        *["downloadFolderImported"] * 3,
        "episodeFileRenamed",
        *["episodeFileDeleted"] * 2,
    ]
    assert len({record["id"] for record in records}) == 6
    assert {record["seriesId"] for record in records} == {series}
    assert records[2]["data"]["importedPath"] == "/tv/A/d.mkv"
    renamed = ask(sonarr.url, f"{path}&eventType=episodeFileRenamed").json
    assert [record["episodeId"] for record in renamed] == [records[2]["episodeId"]]
    assert ask(sonarr.url, "/api/v3/history/since?date=2999-01-01T00:00:00Z").json == []
    assert ask(sonarr.url, "/api/v3/history/since").status == 400
    sonarr.remove_series(series)
    assert ask(sonarr.url, path).json == []


def test_history_of_movies(radarr, ask):
    """The same for Radarr, under its own names."""
    movie = radarr.add_movie("A", "/movies/A")
    radarr.set_movie_file(movie, "a.mkv")
    radarr.remove_movie_file(movie)
    path = "/api/v3/history/since?date=2020-01-01T00:00:00%2B02:00"
    assert [(r["movieId"], r["eventType"]) for r in ask(radarr.url, path).json] == [
        (movie, "downloadFolderImported"),
        (movie, "movieFileDeleted"),
    ]
    radarr.remove_movie(movie)
    assert ask(radarr.url, path).json == []
