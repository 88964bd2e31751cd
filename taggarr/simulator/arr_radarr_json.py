"""Radarr's resources as indented JSON, shaped and sized like recorded ones (nulls omitted)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from taggarr.simulator.arr_rows import MediaFile, Row, join
from taggarr.simulator.arr_sonarr_json import MEDIA_INFO
from taggarr.simulator.arr_templates import Blank, Template, json_list, prose, quote, quoted_list

QUALITY = {"id": 3, "name": "WEBDL-1080p", "source": "webdl", "resolution": 1080, "modifier": "none"}
_REVISION = {"version": 1, "real": 0, "isRepack": False}
_ART = "https://image.tmdb.org/t/p/original"
_ALTERNATES = 8


@dataclass(slots=True, eq=False)
class Movie(Row):
    """A movie. `file` is its one movie file."""

    file: MediaFile | None = None


def _alternate(index: int) -> dict[str, object]:
    return {
        "sourceType": "tmdb",
        "movieMetadataId": Blank("id"),
        "title": Blank(f"alternate{index}"),
        "id": Blank(f"alternate{index}_id"),
    }


_FILE: Mapping[str, Any] = {
    "movieId": Blank("movie_id"),
    "relativePath": Blank("relative_path"),
    "path": Blank("path"),
    "size": Blank("size"),
    "dateAdded": Blank("added"),
    "sceneName": Blank("scene"),
    "indexerFlags": 0,
    "quality": {"quality": QUALITY, "revision": _REVISION},
    "customFormats": [],
    "customFormatScore": 0,
    "mediaInfo": MEDIA_INFO,
    "originalFilePath": Blank("scene"),
    "qualityCutoffNotMet": False,
    "languages": [{"id": 1, "name": "English"}],
    "releaseGroup": Blank("group"),
    "edition": "",
    "id": Blank("id"),
}
_MOVIE: Mapping[str, Any] = {
    "title": Blank("title"),
    "originalTitle": Blank("title"),
    "originalLanguage": {"id": Blank("language_id"), "name": Blank("language")},
    "alternateTitles": [_alternate(index) for index in range(_ALTERNATES)],
    "secondaryYearSourceId": 0,
    "sortTitle": Blank("sort_title"),
    "sizeOnDisk": Blank("size"),
    "status": "released",
    "overview": Blank("overview"),
    "inCinemas": Blank("in_cinemas"),
    "physicalRelease": Blank("physical"),
    "digitalRelease": Blank("digital"),
    "images": [
        {"coverType": kind, "url": Blank(kind), "remoteUrl": Blank(f"{kind}_remote")}
        for kind in ("poster", "fanart")
    ],
    "website": "",
    "year": Blank("year"),
    "youTubeTrailerId": Blank("trailer"),
    "studio": Blank("studio"),
    "path": Blank("path"),
    "qualityProfileId": Blank("profile"),
    "hasFile": Blank("has_file"),
    "movieFileId": Blank("file_id"),
    "monitored": Blank("monitored"),
    "minimumAvailability": "announced",
    "isAvailable": True,
    "folderName": Blank("path"),
    "runtime": Blank("runtime"),
    "cleanTitle": Blank("clean_title"),
    "imdbId": Blank("imdb"),
    "tmdbId": Blank("tmdb"),
    "titleSlug": Blank("slug"),
    "rootFolderPath": Blank("root"),
    "certification": "PG-13",
    "genres": Blank("genres"),
    "tags": Blank("tags"),
    "added": Blank("added"),
    "ratings": {
        "imdb": {"votes": Blank("votes"), "value": Blank("rating"), "type": "user"},
        "tmdb": {"votes": Blank("tmdb_votes"), "value": Blank("rating"), "type": "user"},
        "metacritic": {"votes": 0, "value": Blank("score"), "type": "user"},
        "rottenTomatoes": {"votes": 0, "value": Blank("score"), "type": "user"},
    },
    "movieFile": Blank("file"),
    "popularity": Blank("popularity"),
    "statistics": {
        "movieFileCount": Blank("file_count"),
        "sizeOnDisk": Blank("size"),
        "releaseGroups": Blank("groups"),
    },
    "id": Blank("id"),
}


def _without(shape: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in shape.items() if key not in keys}


_UNLISTED = ("rootFolderPath", "statistics")
_MOVIES = {
    (True, False): Template(_MOVIE, 1),
    (False, False): Template(_without(_MOVIE, "movieFile"), 1),
    (True, True): Template(_without(_MOVIE, *_UNLISTED), 1),
    (False, True): Template(_without(_MOVIE, "movieFile", *_UNLISTED), 1),
}
"""By (has a file, answered by the bulk editor)."""
_FILES = {
    (True, 1): Template(_FILE, 1),
    (False, 1): Template(_without(_FILE, "mediaInfo"), 1),
    (True, 2): Template(_without(_FILE, "customFormats"), 2),
    (False, 2): Template(_without(_FILE, "customFormats", "mediaInfo"), 2),
}
"""By (has mediaInfo, depth); the copy inside a movie, at depth 2, has no custom formats."""


def file_text(file: MediaFile, movie_path: str, depth: int) -> str:
    """MovieFileResource: an element of a list (depth 1), or what a movie holds (depth 2)."""
    name = file.relative_path.rpartition("/")[2]
    values: dict[str, str | int] = {
        "id": file.id,
        "movie_id": file.item_id,
        "relative_path": quote(file.relative_path),
        "path": quote(join(movie_path, file.relative_path)),
        "size": file.size,
        "added": quote(file.added),
        "scene": quote(name.rpartition(".")[0]),
        "group": quote(file.release_group),
    }
    if file.audio is not None:
        values |= {"languages": quote(file.audio.languages), "streams": file.audio.streams}
    return _FILES[file.audio is not None, depth].fill(values)


def movie_text(movie: Movie, language_id: int, root: str, *, edited: bool) -> str:
    """MovieResource, as an element of a list; the bulk editor leaves the root and the statistics out."""
    number, file = movie.id, movie.file
    values: dict[str, str | int | float] = {
        "title": quote(movie.title),
        "language_id": language_id,
        "language": quote(movie.original),
        "sort_title": quote(movie.sort_title),
        "size": file.size if file else 0,
        "overview": quote(prose(number, 47)),
        "in_cinemas": quote(f"{movie.year}-03-{1 + number % 28:02}T00:00:00Z"),
        "digital": quote(f"{movie.year}-06-{1 + number % 28:02}T00:00:00Z"),
        "physical": quote(f"{movie.year}-08-{1 + number % 28:02}T00:00:00Z"),
        "year": movie.year,
        "trailer": quote(f"{number * 2_654_435_761 % 2**40:011x}"),
        "studio": quote(("Studio Ghibli", "A24", "Toho", "Gaumont")[number % 4]),
        "path": quote(movie.path),
        "profile": movie.quality_profile_id,
        "has_file": "true" if file else "false",
        "file_id": file.id if file else 0,
        "monitored": "true" if movie.monitored else "false",
        "runtime": 80 + number % 70,
        "clean_title": quote(movie.sort_title.replace(" ", "")),
        "imdb": quote(f"tt{3_000_000 + number * 31}"),
        "tmdb": tmdb_id(movie),
        "slug": quote(str(tmdb_id(movie))),
        "root": quote(root),
        "genres": quoted_list(movie.genres, 2),
        "tags": json_list(map(str, movie.tags), 2),
        "added": quote(movie.added),
        "votes": 100 + number * 737 % 500_000,
        "tmdb_votes": 10 + number * 37 % 20_000,
        "rating": 5 + number % 45 / 10,
        "score": 30 + number * 7 % 70,
        "file": file_text(file, movie.path, 2) if file else "",
        "popularity": number * 37 % 900 / 10,
        "file_count": int(file is not None),
        "groups": quoted_list([file.release_group] if file and file.release_group else [], 3),
        "id": number,
    }
    for index in range(_ALTERNATES):
        values[f"alternate{index}"] = quote(prose(number * 8 + index, 3)[:-1])
        values[f"alternate{index}_id"] = number * 8 + index
    for index, kind in enumerate(("poster", "fanart")):
        stamp = 638_469_577_618_212_900 + number * 97_531 + index
        values[kind] = quote(f"/MediaCover/{number}/{kind}.jpg?lastWrite={stamp}")
        values[f"{kind}_remote"] = quote(f"{_ART}/{stamp * 2_654_435_761 % 2**64:016x}.jpg")
    return _MOVIES[file is not None, edited].fill(values)


def tmdb_id(movie: Movie) -> int:
    """A number that looks like TMDb's, the same for the same row."""
    return 500_000 + movie.id
