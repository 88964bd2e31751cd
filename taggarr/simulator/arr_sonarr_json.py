"""Sonarr's resources as indented JSON, shaped and sized like recorded ones (nulls omitted)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from taggarr.simulator.arr_rows import MediaFile, Row, join
from taggarr.simulator.arr_templates import Blank, Template, json_list, prose, quote, quoted_list

QUALITY = {"id": 3, "name": "WEBDL-1080p", "source": "web", "resolution": 1080}
_REVISION = {"version": 1, "real": 0, "isRepack": False}
_ART = "https://artworks.thetvdb.com/banners/v4/series"
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
    return [{"coverType": kind, "url": Blank(kind), "remoteUrl": Blank(f"{kind}_remote")} for kind in _COVERS]


_COVERS = ("banner", "poster", "fanart", "clearlogo")
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
_EDITED = {key: value for key, value in _SERIES.items() if key not in ("rootFolderPath", "statistics")}
_FILE: Mapping[str, Any] = {
    "seriesId": Blank("series_id"),
    "seasonNumber": Blank("season"),
    "relativePath": Blank("relative_path"),
    "path": Blank("path"),
    "size": Blank("size"),
    "dateAdded": Blank("added"),
    "sceneName": Blank("scene"),
    "releaseGroup": Blank("group"),
    "languages": [{"id": 1, "name": "English"}],
    "quality": {"quality": QUALITY, "revision": _REVISION},
    "customFormats": [],
    "customFormatScore": 0,
    "indexerFlags": 0,
    "releaseType": Blank("release_type"),
    "mediaInfo": MEDIA_INFO,
    "qualityCutoffNotMet": False,
    "id": Blank("id"),
}
SERIES_LISTED = Template(_SERIES, 1)
SERIES_EDITED = Template(_EDITED, 1)
SEASON_LISTED = Template({**_SEASON, "statistics": _statistics({})}, 3)
SEASON_EDITED = Template(_SEASON, 3)
FILE = Template(_FILE, 1)
FILE_UNPROBED = Template({key: value for key, value in _FILE.items() if key != "mediaInfo"}, 1)


def file_text(file: EpisodeFile, series_path: str) -> str:
    """EpisodeFileResource, as an element of a list."""
    values: dict[str, str | int] = {
        "id": file.id,
        "series_id": file.item_id,
        "season": file.season,
        "relative_path": quote(file.relative_path),
        "path": quote(join(series_path, file.relative_path)),
        "size": file.size,
        "added": quote(file.added),
        "scene": quote(file.relative_path.rpartition("/")[2].rpartition(".")[0]),
        "group": quote(file.release_group),
        "release_type": '"singleEpisode"' if len(file.episodes) == 1 else '"multiEpisode"',
    }
    if file.audio is None:
        return FILE_UNPROBED.fill(values)
    return FILE.fill(values | {"languages": quote(file.audio.languages), "streams": file.audio.streams})


def series_text(series: Series, language_id: int, root: str, *, edited: bool) -> str:
    """SeriesResource, as an element of a list; the bulk editor leaves the root and all statistics out."""
    seasons = _season_values(series)
    season = SEASON_EDITED if edited else SEASON_LISTED
    values = {
        "title": quote(series.title),
        "alternate": quote(prose(series.id + 7, 4)[:-1]),
        "sort_title": quote(series.sort_title),
        "status": quote(series.status),
        "ended": "true" if series.status == "ended" else "false",
        "overview": quote(prose(series.id, 48)),
        "network": quote(("Tokyo MX", "HBO", "BBC One", "Netflix")[series.id % 4]),
        "language_id": language_id,
        "language": quote(series.original),
        "seasons": json_list((season.fill(each) for each in seasons), 2),
        "year": series.year,
        "path": quote(series.path),
        "profile": series.quality_profile_id,
        "monitored": "true" if series.monitored else "false",
        "runtime": 20 + series.id % 40,
        "tvdb": tvdb_id(series),
        "tvmaze": 20_000 + series.id,
        "tmdb": 60_000 + series.id,
        "first_aired": quote(f"{series.year}-01-{1 + series.id % 28:02}T00:00:00Z"),
        "last_aired": quote(f"{series.year + 1}-11-{1 + series.id % 28:02}T00:00:00Z"),
        "series_type": quote(series.series_type),
        "clean_title": quote(series.sort_title.replace(" ", "")),
        "imdb": quote(f"tt{2_000_000 + series.id * 31}"),
        "slug": quote(series.slug),
        "root": quote(root),
        "genres": quoted_list(series.genres, 2),
        "tags": json_list(map(str, series.tags), 2),
        "added": quote(series.added),
        "votes": 100 + series.id * 37 % 50_000,
        "rating": 5 + series.id % 45 / 10,
        "season_count": sum(number > 0 for number in series.seasons),
        "id": series.id,
        **_covers_of(series.id, tvdb_id(series)),
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
    return 300_000 + series.id


def _covers_of(number: int, tvdb: int) -> dict[str, str]:
    found = {}
    for index, kind in enumerate(_COVERS):
        stamp = 638_602_187_415_393_014 + number * 97_531 + index * 220_000
        found[kind] = quote(f"/MediaCover/{number}/{kind}.jpg?lastWrite={stamp}")
        found[f"{kind}_remote"] = quote(f"{_ART}/{tvdb}/{kind}s/{stamp * 2_654_435_761 % 2**48:012x}.jpg")
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
                "monitored": "true" if monitored else "false",
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
