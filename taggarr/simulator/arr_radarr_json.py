"""Radarr's resources as indented JSON, shaped and sized like recorded ones (nulls omitted)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from taggarr.simulator.arr_item_json import (
    LANGUAGES,
    MEDIA_INFO,
    REVISION,
    encoded,
    file_values,
    item_values,
    without,
)
from taggarr.simulator.arr_rows import MediaFile, Row
from taggarr.simulator.arr_templates import Blank, Template, prose, quote, quoted_list

QUALITY: Mapping[str, Any] = {
    "id": 3,
    "name": "WEBDL-1080p",
    "source": "webdl",
    "resolution": 1080,
    "modifier": "none",
}
_ART = "https://image.tmdb.org/t/p/original"
_ALTERNATES = 8
COVERS = ("poster", "fanart")


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
    "movieId": Blank("item_id"),
    "relativePath": Blank("relative_path"),
    "path": Blank("path"),
    "size": Blank("size"),
    "dateAdded": Blank("added"),
    "sceneName": Blank("scene"),
    "indexerFlags": 0,
    "quality": {"quality": QUALITY, "revision": REVISION},
    "customFormats": [],
    "customFormatScore": 0,
    "mediaInfo": MEDIA_INFO,
    "originalFilePath": Blank("scene"),
    "qualityCutoffNotMet": False,
    "languages": LANGUAGES,
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
        {"coverType": kind, "url": Blank(kind), "remoteUrl": Blank(f"{kind}_remote")} for kind in COVERS
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


_UNLISTED = ("rootFolderPath", "statistics")
_MOVIES = {
    (True, False): Template(_MOVIE, 1),
    (False, False): Template(without(_MOVIE, "movieFile"), 1),
    (True, True): Template(without(_MOVIE, *_UNLISTED), 1),
    (False, True): Template(without(_MOVIE, "movieFile", *_UNLISTED), 1),
}
"""By (has a file, answered by the bulk editor)."""
_FILES = {
    (True, 1): Template(_FILE, 1),
    (False, 1): Template(without(_FILE, "mediaInfo"), 1),
    (True, 2): Template(without(_FILE, "customFormats"), 2),
    (False, 2): Template(without(_FILE, "customFormats", "mediaInfo"), 2),
}
"""By (has mediaInfo, depth); the copy inside a movie, at depth 2, has no custom formats."""


def file_text(file: MediaFile, movie_path: str, depth: int) -> str:
    """MovieFileResource: an element of a list (depth 1), or what a movie holds (depth 2)."""
    return _FILES[file.audio is not None, depth].fill(file_values(file, movie_path))


def movie_text(movie: Movie, language_id: int, root: str, *, edited: bool) -> str:
    """MovieResource, as an element of a list; the bulk editor leaves the root and the statistics out."""
    number, file = movie.id, movie.file
    values = item_values(movie, language_id, root) | {
        "size": file.size if file else 0,
        "in_cinemas": quote(f"{movie.year}-03-{1 + number % 28:02}T00:00:00Z"),
        "digital": quote(f"{release_date(movie)}T00:00:00Z"),
        "physical": quote(f"{movie.year}-08-{1 + number % 28:02}T00:00:00Z"),
        "trailer": quote(f"{number * 2_654_435_761 % 2**40:011x}"),
        "studio": quote(("Studio Ghibli", "A24", "Toho", "Gaumont")[number % 4]),
        "has_file": encoded(file is not None),
        "file_id": file.id if file else 0,
        "runtime": 80 + number % 70,
        "tmdb": tmdb_id(movie),
        "slug": quote(str(tmdb_id(movie))),
        "votes": 100 + number * 737 % 500_000,
        "tmdb_votes": 10 + number * 37 % 20_000,
        "score": 30 + number * 7 % 70,
        "file": file_text(file, movie.path, 2) if file else "",
        "popularity": number * 37 % 900 / 10,
        "file_count": int(file is not None),
        "groups": quoted_list([file.release_group] if file and file.release_group else [], 3),
        **{name: quote(url) for name, url in covers_of(movie).items()},
    }
    for index in range(_ALTERNATES):
        values[f"alternate{index}"] = quote(prose(number * 8 + index, 3)[:-1])
        values[f"alternate{index}_id"] = number * 8 + index
    return _MOVIES[file is not None, edited].fill(values)


def tmdb_id(movie: Movie) -> int:
    """A number that looks like TMDb's, the same for the same row."""
    return movie.catalogue or 500_000 + movie.id


def release_date(movie: Movie) -> str:
    """The day of the digital release, which is the first outside of cinemas."""
    return f"{movie.year}-06-{1 + movie.id % 28:02}"


def covers_of(movie: Movie) -> dict[str, str]:
    """The addresses of the pictures by kind, on the arr and (`poster_remote`) where they come from."""
    found = {}
    for index, kind in enumerate(COVERS):
        stamp = 638_469_577_618_212_900 + movie.id * 97_531 + index
        found[kind] = f"/MediaCover/{movie.id}/{kind}.jpg?lastWrite={stamp}"
        found[f"{kind}_remote"] = f"{_ART}/{stamp * 2_654_435_761 % 2**64:016x}.jpg"
    return found
