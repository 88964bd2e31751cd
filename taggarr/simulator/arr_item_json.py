"""What the resources of series and movies, and of their files, have in common."""

from collections.abc import Mapping
from typing import Any

from taggarr.simulator.arr_rows import MediaFile, Row, join
from taggarr.simulator.arr_templates import Blank, json_list, prose, quote, quoted_list

REVISION = {"version": 1, "real": 0, "isRepack": False}
LANGUAGES = [{"id": 1, "name": "English"}]
"""Of every file: what a title without languages is taken for."""
MEDIA_INFO: Mapping[str, Any] = {
    "audioBitrate": 640000,
    "audioChannels": 5.1,
    "audioCodec": "EAC3",
    "audioLanguages": Blank("languages"),
    "audioStreamCount": Blank("streams"),
    "videoBitDepth": 10,
    "videoBitrate": 0,
    "videoCodec": "x265",
    "videoFps": 23.976,
    "videoDynamicRange": "",
    "videoDynamicRangeType": "",
    "resolution": "1920x1080",
    "runTime": "47:26",
    "scanType": "Progressive",
    "subtitles": "eng/spa/fre",
}
Values = dict[str, str | int | float]
"""What blanks are filled with: encoded JSON, or numbers."""


def without(shape: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    """A shape less some of its keys."""
    return {key: value for key, value in shape.items() if key not in keys}


def item_values(row: Row, language_id: int, root: str) -> Values:
    """The blanks that both kinds of items have; `root` is the root folder as this build writes it."""
    return {
        "id": row.id,
        "title": quote(row.title),
        "sort_title": quote(row.sort_title),
        "clean_title": quote(row.sort_title.replace(" ", "")),
        "overview": quote(prose(row.id, 48)),
        "language_id": language_id,
        "language": quote(row.original),
        "year": row.year,
        "path": quote(row.path),
        "root": quote(root),
        "profile": row.quality_profile_id,
        "monitored": encoded(row.monitored),
        "imdb": quote(row.imdb_id),
        "genres": quoted_list(row.genres, 2),
        "tags": json_list(map(str, row.tags), 2),
        "added": quote(row.added),
        "rating": 5 + row.id % 45 / 10,
    }


def file_values(file: MediaFile, folder: str) -> Values:
    """The blanks that both kinds of files have; `folder` is the item's path."""
    values: Values = {
        "id": file.id,
        "item_id": file.item_id,
        "relative_path": quote(file.relative_path),
        "path": quote(join(folder, file.relative_path)),
        "size": file.size,
        "added": quote(file.added),
        "scene": quote(file.scene_name),
        "group": quote(file.release_group),
    }
    if file.audio is not None:
        values |= {"languages": quote(file.audio.languages), "streams": file.audio.streams}
    return values


def encoded(value: bool) -> str:
    """A truth value in JSON."""
    return "true" if value else "false"
