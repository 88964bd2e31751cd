"""The simulated Sonarr: series, episode files and episodes."""

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

from taggarr.simulator import arr_webhooks_sonarr as bodies
from taggarr.simulator.arr import ArrSimulator, Traits
from taggarr.simulator.arr_commands import Command, CommandKeys
from taggarr.simulator.arr_errors import as_int, bad_request
from taggarr.simulator.arr_languages import SONARR_4, SONARR_5
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
    webhook_events = bodies.EVENTS
    webhook_headers_since = bodies.HEADERS_SINCE
    item_commands: ClassVar[Mapping[str, CommandKeys]] = {
        "RefreshSeries": CommandKeys(many="seriesIds", one="seriesId"),
        "RescanSeries": CommandKeys(one="seriesId"),
        "RenameSeries": CommandKeys(many="seriesIds"),
        "RenameFiles": CommandKeys(one="seriesId"),
        "MoveSeries": CommandKeys(one="seriesId"),
        "BulkMoveSeries": CommandKeys(objects="series", one="seriesId"),
    }

    _release: list[EpisodeFile] | None = None
    """The files of the release that is being imported."""

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
        tvdb: int | None = None,
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
                catalogue=tvdb,
            )
            self._add_row(series)
        self._tell_of(series, ["onSeriesAdd"], "SeriesAdd")
        return series.id

    def remove_series(self, series_id: int, *, with_files: bool = False) -> None:
        """Delete a series; `with_files` is what the arr says that it does, here no file is touched."""
        with self._lock:
            series = self._remove_row(series_id)
        self._tell_of(series, ["onSeriesDelete"], "SeriesDelete", lambda: {"deletedFiles": with_files})

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
        replaces: Sequence[int] = (),
        by_scan: bool = False,
    ) -> int:
        """Import a file; its id. Seasons and episodes that it needs come with it.

        `audio_languages`: the joined string as it is, or one entry a track (None: untagged), or None for
        a file without mediaInfo. `audio_streams` defaults to the number of languages. The files
        that it `replaces` go. `by_scan`: a disk scan found it, of which no webhook tells.
        """
        with self._lock:
            series = self.rows[series_id]
            replaced = [self._drop_file(number) for number in replaces]
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
            self._add_file(file)
        for old in replaced:
            self._tell_file_deleted(series, old, "upgrade")
        if not by_scan:
            self._tell_imported(series, file, replaced)
        return file.id

    @contextlib.contextmanager
    def one_release(self) -> Iterator[None]:
        """`with sonarr.one_release():` the files imported meanwhile came in one download, for webhooks."""
        with self._lock:
            files = self._release = list[EpisodeFile]()
        try:
            yield
        finally:
            self._release = None
        if files:
            self._tell_completed(self.rows[files[0].item_id], files)

    def remove_episode_file(self, file_id: int, *, reason: str = "manual") -> None:
        """Delete a file; `reason` may be `missingFromDisk` or `noLinkedEpisodes`."""
        with self._lock:
            file = self._drop_file(file_id)
            series = self.rows[file.item_id]
        self._tell_file_deleted(series, file, reason)

    def _drop_file(self, file_id: int) -> EpisodeFile:
        file = self._remove_file(file_id)
        return self.rows[file.item_id].files.pop(file.id)

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

    # What webhooks tell

    def _item_part(self, row: Series) -> dict[str, Any]:
        return bodies.series_part(row, self.labels_of(row), self.languages[row.original])

    def _tell_imported(self, series: Series, file: EpisodeFile, replaced: Sequence[EpisodeFile]) -> None:
        wanted = ["onDownload", "onUpgrade"] if replaced else ["onDownload"]
        self._tell_of(
            series,
            wanted,
            "Download",
            lambda: self._episodes_part(series, [file]) | bodies.imported(file, replaced, series.path),
        )
        if self._release is None:
            self._tell_completed(series, [file])
        else:
            self._release.append(file)

    def _tell_completed(self, series: Series, files: Sequence[EpisodeFile]) -> None:
        self._tell_of(
            series,
            ["onImportComplete"],
            "Download",
            lambda: self._episodes_part(series, files) | bodies.completed(files, series.path),
        )

    def _tell_file_deleted(self, series: Series, file: EpisodeFile, reason: str) -> None:
        flags = ["onEpisodeFileDelete", *(["onEpisodeFileDeleteForUpgrade"] if reason == "upgrade" else [])]
        self._tell_of(
            series,
            flags,
            "EpisodeFileDelete",
            lambda: self._episodes_part(series, [file]) | bodies.file_deleted(file, reason, series.path),
        )

    def _renamed_part(self, row: Series, file: EpisodeFile, previous: str) -> dict[str, Any]:
        return bodies.renamed(file, previous, row.path)

    def _trial_event(self) -> dict[str, Any]:
        return bodies.trial()

    def _episodes_part(self, series: Series, files: Sequence[EpisodeFile]) -> dict[str, Any]:
        held = {(file.season, each) for file in files for each in file.episodes}
        resources = [
            each for each in self._episodes(series) if (each["seasonNumber"], each["episodeNumber"]) in held
        ]
        return bodies.episodes_part(resources)

    # What requests ask for

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
        episodes = self._episodes(series) if series else []
        if request.flag("includeEpisodeFile"):
            for held in episodes:
                if file := self.files.get(held["episodeFileId"]):
                    held["episodeFile"] = json.loads(self._file_text(file))
        return Reply(200, dumped(episodes))

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
            url = f"https://www.thetvdb.com/?tab=series&id={tvdb_id(row)}"
            self.kodi.write(row.local / "tvshow.nfo", self.kodi.text("tvshow", row, self.labels_of(row), url))
