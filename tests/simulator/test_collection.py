"""Folders of real media, as simulated arrs list them."""

import pytest

from taggarr import probe
from taggarr.simulator.collection import Collection, audio, write

EPISODE = {"Season 01/S01E01.mkv": audio("jpn", "eng")}


@pytest.mark.parametrize(
    ("tv", "movies", "series_path", "file_path", "movie_path"),
    [
        ("/data/tv", "/data/movies/", "/data/tv/A", "/data/tv/A/Season 01/S01E01.mkv", "/data/movies/B"),
        ("D:\\TV", "\\\\nas\\films", "D:\\TV\\A", "D:\\TV\\A\\Season 01\\S01E01.mkv", "\\\\nas\\films\\B"),
    ],
)
def test_arrs_may_see_the_folders_elsewhere(
    sonarr, radarr, ask, tmp_path, tv, movies, series_path, file_path, movie_path
):
    """Every path that an arr tells is its own; what it writes and finds is in the folders here."""
    shelf = Collection(tmp_path, sonarr, radarr, arr_tv=tv, arr_movies=movies)
    number = shelf.series("A", EPISODE)
    shelf.movie("B", audio("jpn"))
    (shelf.tv / "Stray").mkdir()
    (series,) = ask(sonarr.url, "/api/v3/series").json
    assert (series["path"], series["rootFolderPath"]) == (series_path, tv)
    (file,) = ask(sonarr.url, f"/api/v3/episodefile?seriesId={number}").json
    assert file["path"] == file_path
    (movie,) = ask(radarr.url, "/api/v3/movie").json
    assert (movie["path"], movie["folderName"]) == (movie_path, movie_path)
    root = ask(sonarr.url, "/api/v3/rootfolder").json[1]
    assert (root["path"], [each["name"] for each in root["unmappedFolders"]]) == (tv, ["Stray"])
    for arr, command in ((sonarr, "RescanSeries"), (radarr, "RescanMovie")):
        arr.enable_kodi()
        arr.finish_command(arr.start_command(command))
    assert (tmp_path / "tv/A/Season 01/S01E01.mkv").exists()
    assert (tmp_path / "tv/A/tvshow.nfo").exists()
    assert (tmp_path / "movies/B/B.nfo").exists()


def test_paths_are_real_ones_unless_told(sonarr, ask, tmp_path):
    """Without a shift, what the arr says is where the files are; a title may lie elsewhere."""
    shelf = Collection(tmp_path, sonarr)
    shelf.series("A", EPISODE)
    (series,) = ask(sonarr.url, "/api/v3/series").json
    assert series["path"] == str(tmp_path / "tv" / "A")
    assert ask(sonarr.url, "/api/v3/rootfolder").json[1]["path"] == str(shelf.tv)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.mkv", "matroska"),
        ("a.webm", "matroska"),
        ("a", "matroska"),
        ("a.MP4", "mp4"),
        ("a.m4v", "mp4"),
        ("a.mov", "mp4"),
        ("a.avi", "avi"),
        ("a.ts", "mpegts"),
        ("a.m2ts", "mpegts"),
    ],
)
def test_a_file_is_what_its_name_says(tmp_path, name, source):
    """Each format is made by its own writer, with the languages that were asked for."""
    size = write(tmp_path / name, audio("jpn", "eng"))
    reading = probe.read(tmp_path / name)
    assert ((tmp_path / name).stat().st_size, reading.source) == (size, source)
    assert [track.language for track in reading.tracks] == ["jpn", "eng"]


@pytest.mark.parametrize(
    ("name", "languages"),
    [("B.mkv", "jpn/eng"), ("B.webm", "jpn/eng"), ("B.mp4", "jpn"), ("B.ts", "jpn"), ("B.avi", "")],
)
def test_the_arr_knows_what_ffprobe_reads(radarr, ask, tmp_path, name, languages):
    """Without a language element Matroska is English, elsewhere it is nothing; of AVI nothing is known."""
    Collection(tmp_path, None, radarr).movie("B", audio("jpn", None), name=name)
    (movie,) = ask(radarr.url, "/api/v3/movie").json
    assert movie["movieFile"]["mediaInfo"].get("audioLanguages", "") == languages
