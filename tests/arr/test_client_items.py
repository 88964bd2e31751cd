"""What the arrs list, in the words of the product; and what they say of themselves."""

import pytest

from taggarr.arr import RadarrClient
from taggarr.core.arr import ArrInfo, Busy, NfoConsumer, RootFolder
from taggarr.core.errors import ArrProtocol
from taggarr.core.media import ArrAudio, File, Item, Kind, Season

TAGS = [{"id": 1, "label": "anime"}, {"id": 2, "label": "Dub"}]
SERIES = {
    "id": 7,
    "title": "Frieren",
    "path": "/tv/Frieren/",
    "rootFolderPath": "/tv/",
    "year": 2023,
    "originalLanguage": {"id": 8, "name": "Japanese"},
    "monitored": False,
    "seriesType": "anime",
    "genres": ["Anime", "Fantasy"],
    "tags": [2, 17, 1],
    "seasons": [
        {"seasonNumber": 0, "monitored": False},
        {"seasonNumber": 1, "monitored": True, "statistics": {}},
    ],
    "statistics": {"episodeFileCount": 28, "sizeOnDisk": 123, "percentOfEpisodes": 99.5},
    "somethingNew": [{"in": {"v": [5, None]}}],
}
FRIEREN = Item(
    instance="tv",
    kind=Kind.SERIES,
    id=7,
    title="Frieren",
    path="/tv/Frieren",
    root="/tv",
    year=2023,
    original="Japanese",
    monitored=False,
    series_type="anime",
    genres=("Anime", "Fantasy"),
    tags=("dub", "#17", "anime"),
    seasons=(Season(0, monitored=False), Season(1, monitored=True)),
    fingerprint="/tv/Frieren|28|123",
)
BARE = Item(instance="tv", kind=Kind.SERIES, id=3, title="", path="/tv/Bare", root="/tv")


def test_series_become_items(fake, sonarr):
    """Labels are lower-case, a tag that is gone shows its number, unknown fields are skipped, ids give the order."""
    fake.on("GET", "/tag", fake.json(TAGS))
    bare = {"id": 3, "path": "/tv/Bare", "year": 0, "tvdbId": 0, "tmdbId": 0, "imdbId": ""}
    fake.on("GET", "/series", fake.json([SERIES, bare]))
    assert sonarr.items().items == (BARE, FRIEREN)
    assert [request.target for request in fake.requests] == ["/api/v3/tag", "/api/v3/series"]


def test_a_null_is_like_a_missing_field(fake, sonarr):
    """The arrs leave null out; a server that writes it says the same."""
    nothing = dict.fromkeys(
        [
            "rootFolderPath",
            "year",
            "originalLanguage",
            "seriesType",
            "genres",
            "tags",
            "seasons",
            "statistics",
        ]
    )
    fake.on("GET", "/tag", fake.json([]))
    fake.on("GET", "/series", fake.json([{"id": 3, "path": "/tv/Bare", **nothing}]))
    assert sonarr.items().items == (BARE,)


@pytest.mark.parametrize(
    ("listed", "path", "root"),
    [
        ({"path": "/tv/A"}, "/tv/A", "/tv"),
        ({"path": "/A/"}, "/A", "/"),
        ({"path": "/"}, "/", "/"),
        ({"path": "/tv/A", "rootFolderPath": "/"}, "/tv/A", "/"),
        ({"path": "/tv/back\\slash/", "rootFolderPath": "/tv/"}, "/tv/back\\slash", "/tv"),
        ({"path": "D:\\TV\\A\\", "rootFolderPath": "D:\\TV\\"}, "D:\\TV\\A", "D:\\TV"),
        ({"path": "D:\\A"}, "D:\\A", "D:\\"),
        ({"path": "\\\\nas\\tv\\A"}, "\\\\nas\\tv\\A", "\\\\nas\\tv"),
    ],
)
def test_folders_have_no_separator_at_their_end(fake, sonarr, listed, path, root):
    """Older builds end paths with one; without a root folder, the root is the parent; disks keep theirs."""
    fake.on("GET", "/tag", fake.json([]))
    fake.on("GET", "/series", fake.json([{"id": 1, **listed}]))
    (item,) = sonarr.items().items
    assert (item.path, item.root) == (path, root)


def test_the_fingerprint_follows_path_count_and_size(fake, sonarr):
    """Any of the three makes another fingerprint."""
    counted = {"episodeFileCount": 2, "sizeOnDisk": 5}
    fake.on("GET", "/tag", fake.json([]))
    fake.on(
        "GET",
        "/series",
        fake.json(
            [
                {"id": 1, "path": "/tv/A", "statistics": counted},
                {"id": 2, "path": "/tv/B", "statistics": counted},
                {"id": 3, "path": "/tv/A", "statistics": {**counted, "episodeFileCount": 3}},
                {"id": 4, "path": "/tv/A", "statistics": {**counted, "sizeOnDisk": 6}},
                {"id": 5, "path": "/tv/A", "statistics": {**counted, "percentOfEpisodes": 50}},
            ]
        ),
    )
    assert [item.fingerprint for item in sonarr.items().items] == [
        "/tv/A|2|5",
        "/tv/B|2|5",
        "/tv/A|3|5",
        "/tv/A|2|6",
        "/tv/A|2|5",
    ]


EPISODE_FILES = [
    {
        "id": 12,
        "seriesId": 7,
        "seasonNumber": 1,
        "relativePath": "Season 01/Frieren - S01E02.mkv",
        "path": "/tv/Frieren/Season 01/Frieren - S01E02.mkv",
        "size": 4096,
        "languages": [{"id": 1, "name": "English"}],
        "mediaInfo": {"audioLanguages": "jpn/eng", "audioStreamCount": 3, "subtitles": "eng"},
    },
    {"id": 11, "seasonNumber": 0, "relativePath": "Specials/S00E01-E02.mkv", "size": 5},
]


def test_episode_files_become_files(fake, sonarr):
    """Seasons come from the file, the path from the arr or else from folder and relative path; one request."""
    fake.on("GET", "/episodefile?seriesId=7", fake.json(EPISODE_FILES))
    assert sonarr.files(FRIEREN) == (
        File(11, "/tv/Frieren/Specials/S00E01-E02.mkv", "Specials/S00E01-E02.mkv", 5, season=0),
        File(
            12,
            "/tv/Frieren/Season 01/Frieren - S01E02.mkv",
            "Season 01/Frieren - S01E02.mkv",
            4096,
            season=1,
            audio=ArrAudio(("jpn", "eng"), 3),
        ),
    )
    assert len(fake.requests) == 1


def test_episode_numbers_are_asked_for_where_they_are_wanted(fake, sonarr):
    """A file may hold several episodes; episodes without a file (id 0) belong to none."""
    fake.on("GET", "/episodefile?seriesId=7", fake.json(EPISODE_FILES))
    fake.on(
        "GET",
        "/episode?seriesId=7",
        fake.json(
            [
                {"episodeFileId": 11, "seasonNumber": 0, "episodeNumber": 2},
                {"episodeFileId": 11, "seasonNumber": 0, "episodeNumber": 1},
                {"episodeFileId": 0, "seasonNumber": 1, "episodeNumber": 9},
                {"seasonNumber": 1, "episodeNumber": 10},
            ]
        ),
    )
    assert [file.episodes for file in sonarr.files(FRIEREN, episodes=True)] == [(1, 2), ()]


@pytest.mark.parametrize(
    ("folder", "listed", "path", "relative"),
    [
        ("/tv/A", {"relativePath": "S1/e.mkv"}, "/tv/A/S1/e.mkv", "S1/e.mkv"),
        ("D:\\TV\\A", {"relativePath": "S1\\e.mkv"}, "D:\\TV\\A\\S1\\e.mkv", "S1\\e.mkv"),
        ("/tv/A", {"path": "/tv/A/S1/e.mkv"}, "/tv/A/S1/e.mkv", "S1/e.mkv"),
        ("/tv/A", {"path": "/other/e.mkv"}, "/other/e.mkv", "/other/e.mkv"),
        ("/tv/A", {"path": "/other/e.mkv", "relativePath": "e.mkv"}, "/other/e.mkv", "e.mkv"),
    ],
)
def test_paths_are_the_arrs(fake, sonarr, folder, listed, path, relative):
    """The arr's own path is taken; a missing one is put together with the separator of the item's folder."""
    fake.on("GET", "/episodefile?seriesId=1", fake.json([{"id": 1, **listed}]))
    (file,) = sonarr.files(Item("tv", Kind.SERIES, 1, "A", folder))
    assert (file.path, file.relative_path) == (path, relative)


@pytest.mark.parametrize(
    ("info", "audio"),
    [
        (None, None),
        ({}, None),
        ({"audioLanguages": ""}, None),
        ({"audioLanguages": "jpn/eng"}, ArrAudio(("jpn", "eng"), 2)),
        ({"audioLanguages": "eng/eng", "audioStreamCount": 2}, ArrAudio(("eng", "eng"), 2)),
        ({"audioLanguages": "", "audioStreamCount": 2}, ArrAudio((), 2)),
        ({"audioStreamCount": 1}, ArrAudio((), 1)),
        ({"audioLanguages": "und", "audioStreamCount": 1}, ArrAudio(("und",), 1)),
        ({"audioLanguages": "jpn//eng", "audioStreamCount": 3}, ArrAudio(("jpn", "eng"), 3)),
        (
            {"audioLanguages": "Japanese / English", "audioStreamCount": 2},
            ArrAudio(("Japanese", "English"), 2),
        ),
        ({"audioLanguages": "", "audioStreamCount": 0}, ArrAudio((), 0)),
    ],
)
def test_media_info_becomes_arr_audio(fake, sonarr, info, audio):
    """No mediaInfo is no knowledge; a count without languages is untagged tracks; a count of 0 is no audio."""
    listed = {"id": 1, "relativePath": "e.mkv"} | ({} if info is None else {"mediaInfo": info})
    fake.on("GET", "/episodefile?seriesId=7", fake.json([listed]))
    (file,) = sonarr.files(FRIEREN)
    assert file.audio == audio


MOVIE = {
    "id": 4,
    "title": "Your Name",
    "path": "/movies/Your Name (2016)",
    "rootFolderPath": "/movies",
    "year": 2016,
    "originalLanguage": {"id": 8, "name": "Japanese"},
    "monitored": True,
    "genres": ["Animation"],
    "tags": [1],
    "hasFile": True,
    "movieFile": {
        "id": 9,
        "movieId": 4,
        "relativePath": "Your Name.mkv",
        "path": "/movies/Your Name (2016)/Your Name.mkv",
        "size": 8192,
        "mediaInfo": {"audioLanguages": "jpn", "audioStreamCount": 1},
    },
}
MOVIE_FILE = File(
    9,
    "/movies/Your Name (2016)/Your Name.mkv",
    "Your Name.mkv",
    8192,
    season=None,
    audio=ArrAudio(("jpn",), 1),
)


def test_movies_become_items_with_their_files(fake, radarr):
    """Two requests give everything; a movie without a file has no files, and no fingerprint is needed."""
    fake.on("GET", "/tag", fake.json(TAGS))
    fake.on(
        "GET",
        "/movie",
        fake.json(
            [MOVIE, {"id": 2, "path": "/movies/X", "hasFile": False, "tmdbId": 0, "imdbId": ""}], zipped=True
        ),
    )
    without, item = radarr.items().items
    assert item == Item(
        instance="tv",
        kind=Kind.MOVIE,
        id=4,
        title="Your Name",
        path="/movies/Your Name (2016)",
        root="/movies",
        year=2016,
        original="Japanese",
        genres=("Animation",),
        tags=("anime",),
        files=(MOVIE_FILE,),
    )
    assert (without.id, without.files, without.original) == (2, (), "Unknown")
    assert (without.tmdb_id, without.imdb_id, without.catalogue_id) == (None, None, None)
    assert radarr.files(item) == (MOVIE_FILE,)
    assert [request.target for request in fake.requests] == [
        "/api/v3/tag",
        "/api/v3/movie?excludeLocalCovers=true",
    ]


def test_a_file_that_the_list_left_out_is_asked_for(fake, radarr):
    """A movie that has a file which is not listed has unknown files, not none."""
    fake.on("GET", "/tag", fake.json([]))
    fake.on("GET", "/movie", fake.json([{key: value for key, value in MOVIE.items() if key != "movieFile"}]))
    fake.on("GET", "/moviefile?movieId=4", fake.json([MOVIE["movieFile"]]))
    (item,) = radarr.items().items
    assert item.files is None
    assert radarr.files(item) == (MOVIE_FILE,)


def test_an_item_without_a_path_is_not_an_answer(fake, sonarr):
    """What cannot be placed is reported with where it stands, never guessed."""
    fake.on("GET", "/tag", fake.json([]))
    fake.on("GET", "/series", fake.json([{"id": 3}]))
    with pytest.raises(ArrProtocol, match=r"missing required field `path` - at `\$\[0\]`"):
        sonarr.items()


def test_radarr_is_known_by_its_name_and_version(fake, radarr):
    """Radarr 5 and later will do, in any spelling of the name."""
    fake.on("GET", "/system/status", fake.json({"appName": "radarr", "version": "5.2.6.8376"}))
    assert radarr.check() == ArrInfo("Radarr", "5.2.6.8376")


@pytest.mark.parametrize("version", ["4.7.5.7809", "0.2.0.1504"])
def test_an_old_radarr_is_refused(fake, radarr, version):
    """The sentence names the version that is there and the one that is needed."""
    fake.on("GET", "/system/status", fake.json({"appName": "Radarr", "version": version}))
    with pytest.raises(ArrProtocol) as caught:
        radarr.check()
    assert str(caught.value) == f"tv: Radarr {version} is too old: version 5 or later is needed"


def test_a_version_without_a_number_passes(fake, sonarr):
    """A build of one's own is not refused for its name."""
    fake.on("GET", "/system/status", fake.json({"appName": "Sonarr", "version": "develop"}))
    assert sonarr.check() == ArrInfo("Sonarr", "develop")


@pytest.mark.parametrize("client", ["sonarr", "radarr"])
def test_the_list_of_languages_is_folded(fake, request, client):
    """Names become primary languages; names of no language are left out."""
    names = [
        "Unknown",
        "English",
        "Flemish",
        "Portuguese (Brazil)",
        "Spanish (Latino)",
        "Original",
        "Any",
        "Chinese",
    ]
    listed = [{"id": number, "name": name} for number, name in enumerate(names, -2)]
    fake.on("GET", "/language", fake.json([*listed, {"id": 99}]))
    assert request.getfixturevalue(client).languages() == {"en", "nl", "pt", "es", "zh"}


@pytest.mark.parametrize("client", ["sonarr", "radarr"])
def test_root_folders_are_listed(fake, request, client):
    """Paths have no separator at their end; free space may be unknown."""
    fake.on(
        "GET",
        "/rootfolder",
        fake.json(
            [
                {"id": 1, "path": "/tv/", "accessible": True, "freeSpace": 5},
                {"id": 2, "path": "/x", "accessible": False},
            ]
        ),
    )
    assert request.getfixturevalue(client).root_folders() == (
        RootFolder("/tv", True, 5),
        RootFolder("/x", False, None),
    )


KODI = {"implementation": "XbmcMetadata", "enable": True}


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ([], NfoConsumer()),
        ([{"implementation": "RoksboxMetadata", "enable": True}], NfoConsumer()),
        ([{**KODI, "enable": False}], NfoConsumer()),
        ([KODI], NfoConsumer(enabled=True)),
        ([{**KODI, "fields": [{"name": "seriesMetadata", "value": False}]}], NfoConsumer()),
        (
            [{**KODI, "fields": [{"name": "seriesMetadata", "value": True}, {"order": 2}]}],
            NfoConsumer(enabled=True),
        ),
        ([{**KODI, "fields": [{"name": "seriesMetadata", "value": "?"}]}], NfoConsumer(enabled=True)),
        ([{**KODI, "enable": False}, KODI], NfoConsumer(enabled=True)),
    ],
)
def test_sonarrs_nfo_writer_is_known(fake, sonarr, listed, expected):
    """Only the Kodi consumer counts, only where it is on, and only where it writes tvshow.nfo."""
    fake.on("GET", "/metadata", fake.json(listed))
    assert sonarr.nfo_consumer() == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, NfoConsumer(enabled=True)),
        ({"movieMetadata": True, "useMovieNfo": True}, NfoConsumer(enabled=True, movie_nfo=True)),
        ({"movieMetadata": True, "useMovieNfo": False}, NfoConsumer(enabled=True, movie_nfo=False)),
        ({"movieMetadata": "?", "useMovieNfo": "?"}, NfoConsumer(enabled=True, movie_nfo=False)),
        ({"movieMetadata": False, "useMovieNfo": True}, NfoConsumer()),
    ],
)
def test_radarrs_nfo_writer_is_known(fake, radarr, fields, expected):
    """Whether it writes movie NFOs, and whether they are named movie.nfo."""
    settings = [{"name": name, "value": value} for name, value in fields.items()]
    fake.on("GET", "/metadata", fake.json([{**KODI, "fields": settings}]))
    assert radarr.nfo_consumer() == expected


def _command(name, status="started", **body):
    return {
        "id": 1,
        "name": name,
        "status": status,
        "body": {"name": name, "requiresDiskAccess": True, **body},
    }


@pytest.mark.parametrize(
    ("commands", "expected"),
    [
        ([], Busy()),
        ([_command("RssSync"), _command("Housekeeping"), _command("Backup")], Busy()),
        ([_command("RefreshSeries", "queued", seriesIds=[1])], Busy()),
        ([_command("RefreshSeries", "completed", seriesIds=[1])], Busy()),
        ([_command("RefreshSeries", seriesIds=[1, 2])], Busy(ids=frozenset({1, 2}))),
        ([_command("RefreshSeries", seriesId=3)], Busy(ids=frozenset({3}))),
        ([_command("RefreshSeries", seriesIds=[])], Busy(everything=True)),
        ([_command("RefreshMovie", movieIds=[4])], Busy(ids=frozenset({4}))),
        ([_command("RescanSeries", seriesId=5)], Busy(ids=frozenset({5}))),
        ([_command("RescanSeries", seriesId=0)], Busy(everything=True)),
        ([_command("RescanMovie", movieId=6)], Busy(ids=frozenset({6}))),
        ([_command("RenameFiles", seriesId=7, files=[70, 71])], Busy(ids=frozenset({7}))),
        ([_command("RenameSeries", seriesIds=[8])], Busy(ids=frozenset({8}))),
        ([_command("RenameMovie", movieIds=[9])], Busy(ids=frozenset({9}))),
        ([_command("MoveSeries", seriesId=10)], Busy(ids=frozenset({10}))),
        ([_command("MoveMovie", movieId=11)], Busy(ids=frozenset({11}))),
        (
            [_command("BulkMoveSeries", series=[{"seriesId": 12, "sourcePath": "/a"}])],
            Busy(ids=frozenset({12})),
        ),
        ([_command("BulkMoveMovie", movies=[{"movieId": 13}])], Busy(ids=frozenset({13}))),
        ([{"id": 1, "name": "RefreshSeries", "status": "started"}], Busy(everything=True)),
        (
            [
                _command("RefreshSeries", seriesIds=[1]),
                _command("RssSync"),
                _command("RescanSeries", seriesId=2),
            ],
            Busy(ids=frozenset({1, 2})),
        ),
        ([_command("RefreshSeries", seriesIds=[1]), _command("RescanSeries")], Busy(everything=True)),
    ],
)
def test_what_the_arr_works_on_is_busy(fake, sonarr, commands, expected):
    """Started commands that write rows name their items in several ways; one that names none is about all."""
    fake.on("GET", "/command", fake.json(commands))
    assert sonarr.busy() == expected


def test_busy_holds_its_items(fake, radarr):
    """A named item is busy, another is not; under a command for all, every item is."""
    fake.on(
        "GET",
        "/command",
        fake.json([_command("RefreshMovie", movieIds=[4])]),
        fake.json([_command("RefreshMovie")]),
    )
    some, every = radarr.busy(), radarr.busy()
    assert (some.holds(4), some.holds(5), every.holds(5)) == (True, False, True)


@pytest.mark.parametrize(
    ("client", "bodies"),
    [
        ("sonarr", [b'{"name":"RescanSeries","seriesId":3}', b'{"name":"RescanSeries","seriesId":1}']),
        ("radarr", [b'{"name":"RescanMovie","movieId":3}', b'{"name":"RescanMovie","movieId":1}']),
    ],
)
def test_a_rescan_names_its_item(fake, request, client, bodies):
    """One command an item, by the very key that the command reads: with another, the arr scans its whole library."""
    fake.on("POST", "/command", fake.json({"id": 5, "name": "x", "status": "queued"}, 201))
    request.getfixturevalue(client).rescan([3, 1, 3])
    assert [one.body for one in fake.requests] == bodies
    assert {one.headers["content-type"] for one in fake.requests} == {"application/json"}


def test_a_rescan_of_nothing_asks_nothing(fake, connect):
    """No items, no command: an empty one would scan the whole library."""
    connect(fake.url, RadarrClient).rescan([])
    assert fake.requests == []
