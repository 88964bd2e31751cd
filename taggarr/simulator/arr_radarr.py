"""The simulated Radarr: movies with their files."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar

from taggarr.simulator import arr_webhooks_radarr as bodies
from taggarr.simulator.arr import ArrSimulator, Traits
from taggarr.simulator.arr_commands import Command, CommandKeys
from taggarr.simulator.arr_languages import RADARR
from taggarr.simulator.arr_radarr_json import QUALITY, Movie, file_text, movie_text, tmdb_id
from taggarr.simulator.arr_resources import history_record
from taggarr.simulator.arr_rows import Event, MediaFile, audio_of, auto_tagged, join, now
from taggarr.simulator.arr_tags import LINK_KINDS

_EVENT_TYPES = {
    "imported": "downloadFolderImported",
    "deleted": "movieFileDeleted",
    "renamed": "movieFileRenamed",
}
_STRICT_SINCE = (6, 0, 0, 10217)
_REQUIRED_SINCE = (5, 22)
"""Of April 2025, so about this one."""


class RadarrSimulator(ArrSimulator[Movie, MediaFile]):
    """A Radarr. `version`: 6.1.0 checks the characters of labels, 5.28 only that there are some, 5.21 nothing."""

    app = "Radarr"
    kind = "movie"
    default_version = "6.1.0.10500"
    quality = QUALITY
    file_kind = "movieFile"
    external_id = "tmdbId"
    webhook_events = bodies.EVENTS
    webhook_headers_since = bodies.HEADERS_SINCE
    tag_links = tuple(kind.replace("restriction", "releaseProfile") for kind in LINK_KINDS)
    item_commands: ClassVar[Mapping[str, CommandKeys]] = {
        "RefreshMovie": CommandKeys(many="movieIds"),
        "RescanMovie": CommandKeys(one="movieId"),
        "RenameMovie": CommandKeys(many="movieIds"),
        "RenameFiles": CommandKeys(one="movieId"),
        "MoveMovie": CommandKeys(one="movieId"),
        "BulkMoveMovie": CommandKeys(objects="movies", one="movieId"),
    }

    @staticmethod
    def _traits(version: tuple[int, ...]) -> Traits:
        return Traits(
            RADARR,
            strict_labels=version >= _STRICT_SINCE,
            required_labels=version >= _REQUIRED_SINCE,
        )

    # Building and changing the library

    def add_movie(
        self,
        title: str,
        path: str,
        *,
        original: str = "Japanese",
        genres: Iterable[str] = (),
        tags: Iterable[str] = (),
        monitored: bool = True,
        year: int = 2020,
        quality_profile_id: int = 1,
        folder: Path | None = None,
        tmdb: int | None = None,
    ) -> int:
        """Add a movie without a file; its id.

        A language that Radarr does not know becomes English, as in the arr. A quality profile other than 1
        does not exist. `folder` is the real folder, where `path` is not one.
        """
        with self._lock:
            movie = Movie(
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
                catalogue=tmdb,
            )
            self._add_row(movie)
        self._tell_of(movie, ["onMovieAdded"], "MovieAdded", lambda: {"addMethod": "manual"})
        return movie.id

    def remove_movie(self, movie_id: int, *, with_files: bool = False) -> None:
        """Delete a movie; `with_files` is what the arr says that it does, here no file is touched."""
        with self._lock:
            movie = self._remove_row(movie_id)
        self._tell_of(
            movie,
            ["onMovieDelete"],
            "MovieDelete",
            lambda: bodies.deleted(movie.file, with_files=with_files),
        )

    def set_movie_file(
        self,
        movie_id: int,
        relative_path: str,
        *,
        size: int = 1_000_000,
        audio_languages: str | Sequence[str | None] | None = "jpn",
        audio_streams: int | None = None,
        release_group: str = "SIM",
        by_scan: bool = False,
    ) -> int:
        """Import a file, in place of the one before; its id.

        `audio_languages`: the joined string as it is, or one entry a track (None: untagged), or None for
        a file without mediaInfo. `audio_streams` defaults to the number of languages. `by_scan`: a disk scan
        found it, of which no webhook tells.
        """
        with self._lock:
            movie = self.rows[movie_id]
            old = self._drop_file(movie)
            file = MediaFile(
                id=next(self._file_ids),
                item_id=movie_id,
                relative_path=relative_path,
                size=size,
                audio=audio_of(audio_languages, audio_streams, keep_untagged=False),
                release_group=release_group,
                added=now(),
            )
            movie.file = file
            self._add_file(file)
        if old:
            self._tell_file_deleted(movie, old, "upgrade")
        if not by_scan:
            wanted = ["onDownload", "onUpgrade"] if old else ["onDownload"]
            self._tell_of(movie, wanted, "Download", lambda: bodies.imported(movie, file, old))
        return file.id

    def remove_movie_file(self, movie_id: int, *, reason: str = "manual") -> None:
        """Delete the file of a movie, if it has one; `reason` may be `missingFromDisk`."""
        with self._lock:
            movie = self.rows[movie_id]
            file = self._drop_file(movie)
        if file:
            self._tell_file_deleted(movie, file, reason)

    def _drop_file(self, movie: Movie) -> MediaFile | None:
        file, movie.file = movie.file, None
        return self._remove_file(file.id) if file else None

    # What webhooks tell

    def _item_part(self, row: Movie) -> dict[str, Any]:
        return bodies.movie_part(row, self.labels_of(row), self.languages[row.original])

    def _tell_file_deleted(self, movie: Movie, file: MediaFile, reason: str) -> None:
        flags = ["onMovieFileDelete", *(["onMovieFileDeleteForUpgrade"] if reason == "upgrade" else [])]
        self._tell_of(movie, flags, "MovieFileDelete", lambda: bodies.file_deleted(movie, file, reason))

    def _renamed_part(self, row: Movie, file: MediaFile, previous: str) -> dict[str, Any]:
        return bodies.renamed(row, file, previous)

    def _trial_event(self) -> dict[str, Any]:
        return bodies.trial()

    # What requests ask for

    def _external_id(self, row: Movie) -> int:
        return tmdb_id(row)

    def _item_text(self, row: Movie, *, edited: bool) -> str:
        return movie_text(row, self.languages[row.original], self.root_of(row.path), edited=edited)

    def _files_of(self, item_ids: Sequence[int]) -> list[MediaFile]:
        files = [self.row(number).file for number in item_ids]
        return [file for file in files if file]

    def _file_text(self, file: MediaFile) -> str:
        return file_text(file, self.rows[file.item_id].path, 1)

    def _records(self, event: Event) -> list[dict[str, Any]]:
        movie = self.rows.get(event.item_id)
        if movie is None:
            return []
        path = join(movie.path, event.file.relative_path)
        return [{"movieId": movie.id, **history_record(event, _EVENT_TYPES[event.kind], path, QUALITY)}]

    # What commands do

    def _refresh(self, row: Movie, command: Command) -> None:
        """Writes metadata only, but a refresh of everything saves its early copy where a rule changes it."""
        current = row.tags
        if command.ids is None:
            row.tags = command.before.get(row.id, current)
        after = auto_tagged(row, self.rules)
        self._store_tags(row, current if after == row.tags else after)

    def _write_nfo(self, row: Movie) -> None:
        if not (self.kodi.writes and row.local and row.file):
            return
        name = PurePosixPath(row.file.relative_path).with_suffix(".nfo")
        path = row.local / ("movie.nfo" if self.kodi.movie_nfo else name)
        watched = path.exists() and "<watched>true</watched>" in path.read_text("utf-8", "replace")
        url = f"https://www.themoviedb.org/movie/{tmdb_id(row)}"
        self.kodi.write(path, self.kodi.text("movie", row, self.labels_of(row), url, watched=watched))
