"""The bodies of Radarr's webhooks."""

from collections.abc import Mapping, Sequence
from typing import Any

from taggarr.simulator.arr_radarr_json import COVERS, QUALITY, Movie, covers_of, release_date, tmdb_id
from taggarr.simulator.arr_rows import MediaFile, join
from taggarr.simulator.arr_templates import prose
from taggarr.simulator.arr_webhooks import (
    NO_CUSTOM_FORMATS,
    download_part,
    downloaded_from,
    file_part,
    pictures,
    recycled,
    release_part,
)

EVENTS: Mapping[str, tuple[int, ...]] = {
    "onGrab": (),
    "onDownload": (),
    "onUpgrade": (),
    "onRename": (),
    "onMovieAdded": (),
    "onMovieDelete": (),
    "onMovieFileDelete": (),
    "onMovieFileDeleteForUpgrade": (),
    "onHealthIssue": (),
    "onHealthRestored": (),
    "onApplicationUpdate": (),
    "onManualInteractionRequired": (),
}
"""What can be asked for; all of it in every version."""
HEADERS_SINCE = (5, 16, 0, 9485)
Json = dict[str, Any]


def movie_part(movie: Movie, labels: Sequence[str], language_id: int) -> Json:
    """The movie of any event; its tags are labels."""
    part = {
        "id": movie.id,
        "title": movie.title,
        "year": movie.year,
        "releaseDate": release_date(movie),
        "folderPath": movie.path,
        "tmdbId": tmdb_id(movie),
        "imdbId": movie.imdb_id,
        "overview": prose(movie.id, 48),
        "genres": list(movie.genres),
        "images": pictures(covers_of(movie), COVERS),
        "tags": sorted(labels),
        "originalLanguage": {"id": language_id, "name": movie.original},
    }
    return {"movie": part}


def imported(movie: Movie, file: MediaFile, replaced: MediaFile | None) -> Json:
    """`Download` (onDownload, onUpgrade)."""
    old = [recycled(_file(replaced, movie))] if replaced else []
    return {
        "remoteMovie": {
            "tmdbId": tmdb_id(movie),
            "imdbId": movie.imdb_id,
            "title": movie.title,
            "year": movie.year,
        },
        "movieFile": _file(file, movie) | {"sourcePath": downloaded_from(file)},
        "isUpgrade": bool(old),
        **download_part(file),
        **({"deletedFiles": old} if old else {}),
        "customFormatInfo": NO_CUSTOM_FORMATS,
        "release": release_part([file]) | {"indexerFlags": list[str]()},
    }


def renamed(movie: Movie, file: MediaFile, previous: str) -> Json:
    """`Rename` of one file."""
    before = {"previousRelativePath": previous, "previousPath": join(movie.path, previous)}
    return {"renamedMovieFiles": [before | _file(file, movie)]}


def file_deleted(movie: Movie, file: MediaFile, reason: str) -> Json:
    """`MovieFileDelete`."""
    return {"movieFile": _file(file, movie), "deleteReason": reason}


def deleted(file: MediaFile | None, *, with_files: bool) -> Json:
    """`MovieDelete`; the size is told where there was a file to delete."""
    size = {"movieFolderSize": file.size} if with_files and file else {}
    return {"deletedFiles": with_files, **size}


def trial() -> Json:
    """`Test`."""
    movie = {
        "id": 1,
        "title": "Test Title",
        "year": 1970,
        "releaseDate": "1970-01-01",
        "folderPath": "C:\\testpath",
        "tmdbId": 0,
        "tags": ["test-tag"],
    }
    release = {
        "quality": "Test Quality",
        "qualityVersion": 1,
        "releaseGroup": "Test Group",
        "releaseTitle": "Test Title",
        "indexer": "Test Indexer",
        "size": 9999999,
        "customFormatScore": 0,
    }
    remote = {"tmdbId": 1234, "imdbId": "5678", "title": "Test title", "year": 1970}
    return {"movie": movie, "remoteMovie": remote, "release": release}


def _file(file: MediaFile, movie: Movie) -> Json:
    return file_part(file, movie.path, QUALITY["name"]) | {"indexerFlags": "0"}
