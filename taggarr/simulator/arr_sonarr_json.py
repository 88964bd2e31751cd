"""Sonarr's resources as indented JSON, shaped and sized like recorded ones (nulls omitted)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
from taggarr.simulator.arr_templates import Blank, Template, json_list, prose, quote, quoted_list

QUALITY: Mapping[str, Any] = {"id": 3, "name": "WEBDL-1080p", "source": "web", "resolution": 1080}
_ART = "https://artworks.thetvdb.com/banners/v4/series"


@dataclass(slots=True, eq=False)
class EpisodeFile(MediaFile):
    """An episode file; `episodes` are the numbers in its season (several in a multi-episode file)."""

    season: int = 1
    episodes: tuple[int, ...] = (1,)


@dataclass(slots=True, eq=False)
class Series(Row):
    """A series. `seasons` holds the number of episodes by season number."""

    series_type: str = "standard"
    status: str = "ended"
    seasons: dict[int, int] = field(default_factory=dict)
    unmonitored: set[int] = field(default_factory=set)
    files: dict[int, EpisodeFile] = field(default_factory=dict)
    episode_ids: dict[tuple[int, int], int] = field(default_factory=dict)


def _statistics(first: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **first,
        "episodeFileCount": Blank("files"),
        "episodeCount": Blank("episodes"),
        "totalEpisodeCount": Blank("total"),
        "sizeOnDisk": Blank("size"),
        "releaseGroups": Blank("groups"),
        "percentOfEpisodes": Blank("percent"),
    }


def _covers() -> list[dict[str, object]]:
    return [{"coverType": kind, "url": Blank(kind), "remoteUrl": Blank(f"{kind}_remote")} for kind in COVERS]


COVERS = ("banner", "poster", "fanart", "clearlogo")
_SEASON: Mapping[str, Any] = {"seasonNumber": Blank("number"), "monitored": Blank("monitored")}
_SERIES: Mapping[str, Any] = {
    "title": Blank("title"),
    "alternateTitles": [{"title": Blank("alternate"), "seasonNumber": -1}],
    "sortTitle": Blank("sort_title"),
    "status": Blank("status"),
    "ended": Blank("ended"),
    "overview": Blank("overview"),
    "network": Blank("network"),
    "airTime": "21:00",
    "images": _covers(),
    "originalLanguage": {"id": Blank("language_id"), "name": Blank("language")},
    "seasons": Blank("seasons"),
    "year": Blank("year"),
    "path": Blank("path"),
    "qualityProfileId": Blank("profile"),
    "seasonFolder": True,
    "monitored": Blank("monitored"),
    "monitorNewItems": "all",
    "useSceneNumbering": False,
    "runtime": Blank("runtime"),
    "tvdbId": Blank("tvdb"),
    "tvRageId": 0,
    "tvMazeId": Blank("tvmaze"),
    "tmdbId": Blank("tmdb"),
    "firstAired": Blank("first_aired"),
    "lastAired": Blank("last_aired"),
    "seriesType": Blank("series_type"),
    "cleanTitle": Blank("clean_title"),
    "imdbId": Blank("imdb"),
    "titleSlug": Blank("slug"),
    "rootFolderPath": Blank("root"),
    "certification": "TV-14",
    "genres": Blank("genres"),
    "tags": Blank("tags"),
    "added": Blank("added"),
    "ratings": {"votes": Blank("votes"), "value": Blank("rating")},
    "statistics": _statistics({"seasonCount": Blank("season_count")}),
    "languageProfileId": 1,
    "id": Blank("id"),
}
_FILE: Mapping[str, Any] = {
    "seriesId": Blank("item_id"),
    "seasonNumber": Blank("season"),
    "relativePath": Blank("relative_path"),
    "path": Blank("path"),
    "size": Blank("size"),
    "dateAdded": Blank("added"),
    "sceneName": Blank("scene"),
    "releaseGroup": Blank("group"),
    "languages": LANGUAGES,
    "quality": {"quality": QUALITY, "revision": REVISION},
    "customFormats": [],
    "customFormatScore": 0,
    "indexerFlags": 0,
    "releaseType": Blank("release_type"),
    "mediaInfo": MEDIA_INFO,
    "qualityCutoffNotMet": False,
    "id": Blank("id"),
}
SERIES_LISTED = Template(_SERIES, 1)
SERIES_EDITED = Template(without(_SERIES, "rootFolderPath", "statistics"), 1)
SEASON_LISTED = Template({**_SEASON, "statistics": _statistics({})}, 3)
SEASON_EDITED = Template(_SEASON, 3)
FILE = Template(_FILE, 1)
FILE_UNPROBED = Template(without(_FILE, "mediaInfo"), 1)


def file_text(file: EpisodeFile, series_path: str) -> str:
    """EpisodeFileResource, as an element of a list."""
    values = file_values(file, series_path) | {
        "season": file.season,
        "release_type": '"singleEpisode"' if len(file.episodes) == 1 else '"multiEpisode"',
    }
    return (FILE_UNPROBED if file.audio is None else FILE).fill(values)


def series_text(series: Series, language_id: int, root: str, *, edited: bool) -> str:
    """SeriesResource, as an element of a list; the bulk editor leaves the root and all statistics out."""
    seasons = _season_values(series)
    season = SEASON_EDITED if edited else SEASON_LISTED
    values = item_values(series, language_id, root) | {
        "alternate": quote(prose(series.id + 7, 4)[:-1]),
        "status": quote(series.status),
        "ended": encoded(series.status == "ended"),
        "network": quote(("Tokyo MX", "HBO", "BBC One", "Netflix")[series.id % 4]),
        "seasons": json_list((season.fill(each) for each in seasons), 2),
        "runtime": 20 + series.id % 40,
        "tvdb": tvdb_id(series),
        "tvmaze": tvmaze_id(series),
        "tmdb": tmdb_id(series),
        "first_aired": quote(f"{series.year}-01-{1 + series.id % 28:02}T00:00:00Z"),
        "last_aired": quote(f"{series.year + 1}-11-{1 + series.id % 28:02}T00:00:00Z"),
        "series_type": quote(series.series_type),
        "slug": quote(series.slug),
        "votes": 100 + series.id * 37 % 50_000,
        "season_count": sum(number > 0 for number in series.seasons),
        **{name: quote(url) for name, url in covers_of(series).items()},
        **_summed(seasons),
    }
    return (SERIES_EDITED if edited else SERIES_LISTED).fill(values)


def episode(series: Series, season: int, number: int, episode_id: int, file_id: int) -> dict[str, Any]:
    """EpisodeResource; numbers are absolute over the seasons before, Specials aside."""
    before = sum(total for each, total in series.seasons.items() if 0 < each < season)
    day = f"{series.year + max(season - 1, 0)}-{1 + number % 12:02}-{1 + number % 28:02}"
    resource = {
        "seriesId": series.id,
        "tvdbId": 1_000_000 + episode_id,
        "episodeFileId": file_id,
        "seasonNumber": season,
        "episodeNumber": number,
        "title": prose(episode_id, 3)[:-1],
        "airDate": day,
        "airDateUtc": f"{day}T12:00:00Z",
        "runtime": 24,
        "overview": prose(episode_id + 1, 30),
        "hasFile": file_id > 0,
        "monitored": series.monitored and season not in series.unmonitored,
        "absoluteEpisodeNumber": before + number if season else None,
        "unverifiedSceneNumbering": False,
        "id": episode_id,
    }
    return {key: value for key, value in resource.items() if value is not None}


def tvdb_id(series: Series) -> int:
    """A number that looks like TheTVDB's, the same for the same row."""
    return series.catalogue or 300_000 + series.id


def tvmaze_id(series: Series) -> int:
    """A number that looks like TVmaze's."""
    return 20_000 + series.id


def tmdb_id(series: Series) -> int:
    """A number that looks like TMDb's."""
    return 60_000 + series.id


def covers_of(series: Series) -> dict[str, str]:
    """The addresses of the pictures by kind, on the arr and (`poster_remote`) where they come from."""
    found = {}
    for index, kind in enumerate(COVERS):
        stamp = 638_602_187_415_393_014 + series.id * 97_531 + index * 220_000
        found[kind] = f"/MediaCover/{series.id}/{kind}.jpg?lastWrite={stamp}"
        found[f"{kind}_remote"] = f"{_ART}/{tvdb_id(series)}/{kind}s/{stamp * 2_654_435_761 % 2**48:012x}.jpg"
    return found


def _season_values(series: Series) -> list[dict[str, Any]]:
    """Per season: files are counted by episode (a file of two episodes counts twice), sizes by file."""
    counts = dict.fromkeys(series.seasons, 0)
    sizes = dict.fromkeys(series.seasons, 0)
    groups: dict[int, dict[str, None]] = {number: {} for number in series.seasons}
    for file in series.files.values():
        counts[file.season] += len(file.episodes)
        sizes[file.season] += file.size
        if file.release_group:
            groups[file.season][file.release_group] = None
    rows = []
    for number, total in sorted(series.seasons.items()):
        monitored = number not in series.unmonitored
        wanted = total if monitored else counts[number]
        rows.append(
            {
                "number": number,
                "monitored": encoded(monitored),
                "files": counts[number],
                "episodes": wanted,
                "total": total,
                "size": sizes[number],
                "groups": quoted_list(groups[number], 5),
                "percent": _percent(counts[number], wanted),
                "names": groups[number],
            }
        )
    return rows


def _summed(seasons: list[dict[str, Any]]) -> dict[str, Any]:
    sums = {key: sum(each[key] for each in seasons) for key in ("files", "episodes", "total", "size")}
    names = dict.fromkeys(name for each in seasons for name in each["names"])
    return sums | {"groups": quoted_list(names, 3), "percent": _percent(sums["files"], sums["episodes"])}


def _percent(part: int, whole: int) -> str:
    return f"{part * 100 / whole:g}" if whole else "0"
