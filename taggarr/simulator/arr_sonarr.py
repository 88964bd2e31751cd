"""The simulated Sonarr: series, episode files and episodes."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

from taggarr.simulator.arr import ArrSimulator, Traits
from taggarr.simulator.arr_commands import Command, CommandKeys
from taggarr.simulator.arr_errors import as_int, bad_request
from taggarr.simulator.arr_languages import SONARR_4, SONARR_5
from taggarr.simulator.arr_nfo import nfo_text
from taggarr.simulator.arr_resources import history_record
from taggarr.simulator.arr_routes import API, Routes
from taggarr.simulator.arr_rows import Event, audio_of, auto_tagged, join, now
from taggarr.simulator.arr_sonarr_json import (
    QUALITY,
    EpisodeFile,
    Series,
    episode,
    file_text,
    series_text,
    tvdb_id,
)
from taggarr.simulator.arr_templates import dumped
from taggarr.simulator.http_messages import Reply, Request

_EVENT_TYPES = {
    "imported": "downloadFolderImported",
    "deleted": "episodeFileDeleted",
    "renamed": "episodeFileRenamed",
}


class SonarrSimulator(ArrSimulator[Series, EpisodeFile]):
    """A Sonarr. `version`: any 4.x behaves as 4.0.19, any 5.x as the development branch."""

    app = "Sonarr"
    kind = "series"
    default_version = "4.0.19.2979"
    quality = QUALITY
    file_kind = "episodeFile"
    external_id = "tvdbId"
    item_commands: ClassVar[Mapping[str, CommandKeys]] = {
        "RefreshSeries": CommandKeys(many="seriesIds", one="seriesId"),
        "RescanSeries": CommandKeys(one="seriesId"),
        "RenameSeries": CommandKeys(many="seriesIds"),
        "RenameFiles": CommandKeys(one="seriesId"),
        "MoveSeries": CommandKeys(one="seriesId"),
        "BulkMoveSeries": CommandKeys(objects="series", one="seriesId"),
    }

    @staticmethod
    def _traits(version: tuple[int, ...]) -> Traits:
        five = version[0] >= 5
        return Traits(SONARR_5 if five else SONARR_4, strict_labels=five, required_labels=five)

    @cached_property
    def _episode_ids(self) -> "count[int]":
        return count(1)

    # Building and changing the library

    def add_series(
        self,
        title: str,
        path: str,
        *,
        original: str = "Japanese",
        seasons: Mapping[int, int] | int = 1,
        unmonitored_seasons: Iterable[int] = (),
        genres: Iterable[str] = (),
        tags: Iterable[str] = (),
        series_type: str = "standard",
        status: str = "ended",
        monitored: bool = True,
        year: int = 2020,
        quality_profile_id: int = 1,
        folder: Path | None = None,
    ) -> int:
        """Add a series; its id. `seasons`: episodes by season number, or how many seasons (filled by files).

        A language that this version does not know becomes English, as in the arr. A quality profile other
        than 1 does not exist. `folder` is the real folder, where `path` is not one.
        """
        by_number = dict.fromkeys(range(1, seasons + 1), 0) if isinstance(seasons, int) else dict(seasons)
        with self._lock:
            series = Series(
                id=next(self._row_ids),
                title=title,
                path=path,
                original=self.language(original),
                genres=tuple(genres),
                tags=self._tag_ids(tags),
                monitored=monitored,
                year=year,
                quality_profile_id=quality_profile_id,
                folder=folder,
                series_type=series_type,
                status=status,
                seasons=by_number,
                unmonitored=set(unmonitored_seasons),
            )
            return self._add_row(series)

    def remove_series(self, series_id: int) -> None:
        """Delete a series with its files."""
        with self._lock:
            self._remove_row(series_id)

    def add_episode_file(
        self,
        series_id: int,
        relative_path: str,
        *,
        season: int = 1,
        episodes: Sequence[int] = (1,),
        size: int = 1_000_000,
        audio_languages: str | Sequence[str | None] | None = "jpn",
        audio_streams: int | None = None,
        release_group: str = "SIM",
    ) -> int:
        """Import a file; its id. Seasons and episodes that it needs come with it.

        `audio_languages`: the joined string as it is, or one entry a track (None: untagged), or None for
        a file without mediaInfo. `audio_streams` defaults to the number of languages.
        """
        with self._lock:
            series = self.rows[series_id]
            file = EpisodeFile(
                id=next(self._file_ids),
                item_id=series_id,
                relative_path=relative_path,
                size=size,
                audio=audio_of(audio_languages, audio_streams, keep_untagged=self.major >= 5),
                release_group=release_group,
                added=now(),
                season=season,
                episodes=tuple(episodes),
            )
            series.seasons[season] = max(series.seasons.get(season, 0), *file.episodes, 0)
            series.files[file.id] = file
            return self._add_file(file)

    def remove_episode_file(self, file_id: int) -> None:
        """Delete a file."""
        with self._lock:
            file = self._remove_file(file_id)
            del self.rows[file.item_id].files[file_id]

    def reprobe_file(
        self,
        file_id: int,
        *,
        size: int | None = None,
        audio_languages: str | Sequence[str | None] | None,
        audio_streams: int | None = None,
    ) -> None:
        """What a disk scan does to a file whose size changed: new size and mediaInfo, the same id."""
        with self._lock:
            file = self.files[file_id]
            file.size = file.size if size is None else size
            file.audio = audio_of(audio_languages, audio_streams, keep_untagged=self.major >= 5)
            self._touch(self.rows[file.item_id])

    # Routes of its own

    def _all_routes(self) -> Routes:
        return super()._all_routes() | {f"{API}/episode": {"GET": self._get_episodes}}

    def _external_id(self, row: Series) -> int:
        return tvdb_id(row)

    def _item_text(self, row: Series, *, edited: bool) -> str:
        return series_text(row, self.languages[row.original], self.root_of(row.path), edited=edited)

    def _files_of(self, item_ids: Sequence[int]) -> list[EpisodeFile]:
        return list(self.row(item_ids[0]).files.values())

    def _file_text(self, file: EpisodeFile) -> str:
        return file_text(file, self.rows[file.item_id].path)

    def _get_episodes(self, request: Request) -> Reply:
        if "seriesid" not in request.query:
            raise bad_request("seriesId or episodeIds must be provided")
        series = self.rows.get(as_int("seriesId", request.query["seriesid"]))
        return Reply(200, dumped(self._episodes(series) if series else []))

    def _episodes(self, series: Series) -> list[dict[str, Any]]:
        by_number = {(file.season, each): file.id for file in series.files.values() for each in file.episodes}
        return [
            episode(
                series, season, each, self._episode_id(series, season, each), by_number.get((season, each), 0)
            )
            for season, total in sorted(series.seasons.items())
            for each in range(1, total + 1)
        ]

    def _episode_id(self, series: Series, season: int, number: int) -> int:
        if (season, number) not in series.episode_ids:
            series.episode_ids[season, number] = next(self._episode_ids)
        return series.episode_ids[season, number]

    def _records(self, event: Event) -> list[dict[str, Any]]:
        series, file = self.rows.get(event.item_id), event.file
        if series is None or not isinstance(file, EpisodeFile):
            return []
        shared = history_record(
            event, _EVENT_TYPES[event.kind], join(series.path, file.relative_path), QUALITY
        )
        return [
            {"episodeId": self._episode_id(series, file.season, each), "seriesId": series.id, **shared}
            for each in file.episodes
        ]

    # What commands do

    def _refresh(self, row: Series, command: Command) -> None:
        """Reads the row, waits for the metadata source, writes the whole row: a tag set meanwhile is lost."""
        self._store_tags(row, command.before.get(row.id, row.tags))
        self._store_tags(row, auto_tagged(row, self.rules))

    def _write_nfo(self, row: Series) -> None:
        if self.kodi.writes and row.local:
            url = f"https://www.thetvdb.com/?tab=series&id={tvdb_id(row)}" if self.kodi.url else None
            self.kodi.write(row.local / "tvshow.nfo", nfo_text("tvshow", row, self.labels_of(row), url))
