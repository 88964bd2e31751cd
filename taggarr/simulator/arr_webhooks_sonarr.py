"""The bodies of Sonarr's webhooks."""

from collections.abc import Mapping, Sequence
from typing import Any

from taggarr.simulator.arr_rows import join, parent
from taggarr.simulator.arr_sonarr_json import (
    COVERS,
    QUALITY,
    EpisodeFile,
    Series,
    covers_of,
    tmdb_id,
    tvdb_id,
    tvmaze_id,
)
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
    "onImportComplete": (4, 0, 6, 1847),
    "onRename": (),
    "onSeriesAdd": (),
    "onSeriesDelete": (),
    "onEpisodeFileDelete": (),
    "onEpisodeFileDeleteForUpgrade": (),
    "onHealthIssue": (),
    "onHealthRestored": (),
    "onApplicationUpdate": (),
    "onManualInteractionRequired": (),
}
"""What can be asked for, and since which version."""
HEADERS_SINCE = (4, 0, 10, 2656)
_EPISODE_KEYS = (
    "id",
    "episodeNumber",
    "seasonNumber",
    "title",
    "overview",
    "airDate",
    "airDateUtc",
    "seriesId",
    "tvdbId",
)
Json = dict[str, Any]


def series_part(series: Series, labels: Sequence[str], language_id: int) -> Json:
    """The series of any event; its tags are labels."""
    part = {
        "id": series.id,
        "title": series.title,
        "titleSlug": series.slug,
        "path": series.path,
        "tvdbId": tvdb_id(series),
        "tvMazeId": tvmaze_id(series),
        "tmdbId": tmdb_id(series),
        "imdbId": series.imdb_id,
        "type": series.series_type,
        "year": series.year,
        "genres": list(series.genres),
        "images": pictures(covers_of(series), COVERS),
        "tags": sorted(labels),
        "originalLanguage": {"id": language_id, "name": series.original},
    }
    return {"series": part}


def episodes_part(resources: Sequence[Json]) -> Json:
    """The episodes of an event, from their resources."""
    return {"episodes": [{key: each[key] for key in _EPISODE_KEYS} for each in resources]}


def imported(file: EpisodeFile, replaced: Sequence[EpisodeFile], folder: str) -> Json:
    """`Download` of one file (onDownload, onUpgrade)."""
    old = [recycled(_file(each, folder)) for each in replaced]
    return {
        "episodeFile": _file(file, folder) | {"sourcePath": downloaded_from(file)},
        "isUpgrade": bool(old),
        **download_part(file),
        **({"deletedFiles": old} if old else {}),
        "customFormatInfo": NO_CUSTOM_FORMATS,
        "release": _release([file]),
    }


def completed(files: Sequence[EpisodeFile], folder: str) -> Json:
    """`Download` of a whole release (onImportComplete), when its last file was imported."""
    places = {parent(join(folder, each.relative_path)) for each in files}
    return {
        "episodeFiles": [_file(each, folder) for each in files],
        **download_part(files[0]),
        "release": _release(files),
        "fileCount": len(files),
        "sourcePath": downloaded_from(files[0]).rpartition("/")[0],
        "destinationPath": places.pop() if len(places) == 1 else folder,
    }


def renamed(file: EpisodeFile, previous: str, folder: str) -> Json:
    """`Rename` of one file."""
    before = {"previousRelativePath": previous, "previousPath": join(folder, previous)}
    return {"renamedEpisodeFiles": [before | _file(file, folder)]}


def file_deleted(file: EpisodeFile, reason: str, folder: str) -> Json:
    """`EpisodeFileDelete`."""
    return {"episodeFile": _file(file, folder), "deleteReason": reason}


def trial() -> Json:
    """`Test`."""
    series = {
        "id": 1,
        "title": "Test Title",
        "path": "C:\\testpath",
        "tvdbId": 1234,
        "tvMazeId": 0,
        "tmdbId": 0,
        "type": "standard",
        "year": 0,
        "tags": ["test-tag"],
    }
    episode = {"id": 123, "episodeNumber": 1, "seasonNumber": 1, "title": "Test title"}
    return {"series": series, "episodes": [episode | {"seriesId": 0, "tvdbId": 0}]}


def _file(file: EpisodeFile, folder: str) -> Json:
    return file_part(file, folder, QUALITY["name"])


def _release(files: Sequence[EpisodeFile]) -> Json:
    kind = "singleEpisode" if len(files[0].episodes) == 1 else "multiEpisode"
    return release_part(files) | {"releaseType": kind if len(files) == 1 else "seasonPack"}
