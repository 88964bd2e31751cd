"""Answers that real servers gave, read by the clients: figures counted by hand in the recordings."""

import json
from collections import Counter

import pytest

from taggarr.core.arr import ArrInfo, RootFolder
from taggarr.core.errors import ArrError
from taggarr.core.media import ArrAudio, File, Item, Kind, Season


@pytest.fixture
def recorded(arr_specs, fake):
    """Let the fake answer a path with a recording, gzipped."""

    def play(method, path, name, status=200):
        value = json.loads((arr_specs / "payloads" / name).read_bytes())
        fake.on(method, path, fake.json(value, status, zipped=True))
        return value

    return play


def test_a_recorded_library_of_series(recorded, sonarr):
    """300 series: one is written out, the others are counted."""
    recorded("GET", "/tag", "ruddarr/tags.json")
    recorded("GET", "/series", "ruddarr/series.json")
    items = sonarr.items().items
    assert items[0] == Item(
        instance="tv",
        kind=Kind.SERIES,
        id=1,
        title="A Discovery of Witches",
        path="/volume2/Media/TV Series/A Discovery of Witches",
        root="/volume2/Media/TV Series",
        year=2018,
        original="English",
        monitored=False,
        series_type="standard",
        genres=("Drama", "Fantasy", "Romance"),
        seasons=tuple(Season(number, monitored=False) for number in range(4)),
        fingerprint="/volume2/Media/TV Series/A Discovery of Witches|25|25915617818",
        tvdb_id=351291,
        tmdb_id=77236,
        imdb_id="tt2177461",
    )
    assert [item.id for item in items] == sorted({item.id for item in items})
    assert len(items) == len({item.catalogue_id for item in items}) == 300
    assert Counter(item.series_type for item in items) == {"standard": 292, "anime": 8}
    assert Counter(item.original for item in items).most_common(3) == [
        ("English", 271),
        ("Japanese", 13),
        ("Swedish", 5),
    ]
    assert {item.root for item in items} == {"/volume2/Media/TV Series", "/volume2/Media/Docuseries"}
    assert sum(len(item.seasons) for item in items) == 1281
    assert sum(item.monitored for item in items) == 116
    assert sum(bool(item.tags) for item in items) == 1


def test_a_recorded_library_of_movies(recorded, radarr):
    """265 movies with 236 files: what the arr knows of their audio is neither lost nor made up."""
    recorded("GET", "/tag", "ruddarr/tags.json")
    recorded("GET", "/movie", "ruddarr/movies.json")
    items = radarr.items().items
    barbie = items[0]
    assert (barbie.title, barbie.year, barbie.original) == ("Barbie", 2023, "English")
    assert (barbie.tvdb_id, barbie.tmdb_id, barbie.imdb_id) == (None, 346698, "tt1517268")
    assert barbie.catalogue_id == 346698
    assert barbie.files == (
        File(
            id=100,
            path="/volume2/Media/Movies/Barbie (2023)/Barbie.2023.REPACK.HDR.2160p.WEB.h265-ETHEL.mkv",
            relative_path="Barbie.2023.REPACK.HDR.2160p.WEB.h265-ETHEL.mkv",
            size_bytes=21304687315,
            audio=ArrAudio(("eng",), 1),
        ),
    )
    audio = [file.audio for item in items for file in item.files]
    assert (len(items), len(audio)) == (265, 236)
    assert sum(one.languages == () and one.stream_count > 0 for one in audio) == 13
    assert sum(set(one.languages) == {"und"} for one in audio) == 26
    assert sum(len(one.languages) != one.stream_count for one in audio) == 13
    assert sum(one.stream_count > 1 for one in audio) == 25
    assert sum(file.size_bytes for item in items for file in item.files) == 1596099864205


def test_recorded_files_of_a_series(recorded, sonarr):
    """Nine files of one season, and the episodes of another series."""
    recorded("GET", "/episodefile?seriesId=67", "ruddarr/series-episode-files.json")
    recorded("GET", "/episode?seriesId=67", "ruddarr/series-episodes.json")
    files = sonarr.files(Item("tv", Kind.SERIES, 67, "The Jinx", "/volume2/Media/TV Series/The Jinx"))
    assert len(files) == 9
    assert files[0] == File(
        id=3536,
        path="/volume2/Media/TV Series/The Jinx/The Jinx - S01E01 - Chapter 1 - A Body in the Bay.mkv",
        relative_path="The Jinx - S01E01 - Chapter 1 - A Body in the Bay.mkv",
        size_bytes=3519411768,
        season=1,
        audio=ArrAudio(("eng",), 1),
    )
    with_episodes = sonarr.files(Item("tv", Kind.SERIES, 67, "The Jinx", "/x"), episodes=True)
    assert [file.id for file in with_episodes] == [file.id for file in files]


def test_recorded_episodes_name_their_files(recorded, sonarr, fake):
    """The recorded episodes say which file holds which number."""
    recorded("GET", "/episode", "ruddarr/series-episodes.json")
    fake.on(
        "GET",
        "/episodefile",
        fake.json([{"id": 301, "relativePath": "b.mkv"}, {"id": 300, "relativePath": "a.mkv"}]),
    )
    files = sonarr.files(Item("tv", Kind.SERIES, 15, "Bored to Death", "/x"), episodes=True)
    assert [(file.id, file.episodes) for file in files] == [(300, (1,)), (301, (1,))]


def test_a_recorded_movie_file(recorded, radarr):
    """The file of a movie, asked for by itself."""
    recorded("GET", "/moviefile", "ruddarr/movie-files.json")
    (file,) = radarr.files(
        Item("tv", Kind.MOVIE, 295, "The Martian", "/volume2/Media/Movies/The Martian (2015)")
    )
    assert (file.id, file.size_bytes, file.audio) == (259, 9270651722, ArrAudio(("eng",), 1))


def test_a_recorded_server(recorded, radarr):
    """A real Radarr's status and root folders."""
    recorded("GET", "/system/status", "ruddarr/system-status.json")
    recorded("GET", "/rootfolder", "ruddarr/root-folders.json")
    assert radarr.check() == ArrInfo("Radarr", "5.2.6.8376")
    assert radarr.root_folders()[0] == RootFolder("/volume2/Media/Documentaries", True, 13751310237696)


@pytest.mark.parametrize("client", ["sonarr", "radarr"])
def test_placeholder_answers_have_the_right_shape(recorded, request, client):
    """Commands and metadata consumers decode; nothing in them is about our items."""
    recorded("GET", "/command", "aiopyarr/common_commands.json")
    recorded("GET", "/metadata", "aiopyarr/common_metadata.json")
    arr = request.getfixturevalue(client)
    assert not arr.busy().everything
    assert not arr.nfo_consumer().enabled


LISTS = {"sonarr_v4.0.19": 48, "sonarr_v5_develop": 54, "radarr_6.1.0": 60}


@pytest.mark.parametrize("product", LISTS)
def test_every_language_of_the_products_is_known(arr_specs, fake, sonarr, product):
    """All names of the products' own lists but those of no language become primary languages."""
    listed = json.loads((arr_specs / "languages_ids.json").read_bytes())[product]
    assert len(listed) == LISTS[product]
    speaking = [one for one in listed if one["name"] not in ("Unknown", "Original", "Any")]
    for one in speaking:
        fake.on("GET", "/language", fake.json([one]))
        assert len(sonarr.languages()) == 1, one["name"]
    fake.on("GET", "/language", fake.json(listed))
    assert {"en", "ja", "pt", "zh", "nl"} <= sonarr.languages()


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("error_400_apiexception.json", 400, "seriesId or episodeFileIds must be provided"),
        ("error_400_validation.json", 400, "Label: Allowed characters a-z, 0-9 and -"),
        ("error_404_model.json", 404, "Series with ID 999 does not exist"),
        ("error_409_tag_in_use.json", 409, "it's still in use"),
        ("error_409_tag_unique.json", 409, "UNIQUE constraint failed: Tags.Label"),
        ("error_500_editor_missing_id.json", 500, "Expected query to return 3 rows but returned 2"),
        ("error_503_starting.json", 503, "Sonarr is starting up, please try again later"),
    ],
)
def test_errors_are_quoted_in_the_arrs_words(recorded, sonarr, name, status, words):
    """Each shape of error body gives its own message to the sentence."""
    recorded("GET", "/rootfolder", f"constructed/{name}", status)
    with pytest.raises(ArrError) as caught:
        sonarr.root_folders()
    assert words in str(caught.value)
