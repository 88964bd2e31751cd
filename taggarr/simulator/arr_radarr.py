"""The simulated Radarr: movies with their files."""

import ssl
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar

from taggarr.simulator.arr import API_KEY, ArrSimulator
from taggarr.simulator.arr_commands import Command, CommandKeys
from taggarr.simulator.arr_errors import as_int, bad_request, gone, problem, rows_missing
from taggarr.simulator.arr_languages import RADARR
from taggarr.simulator.arr_library import version_numbers
from taggarr.simulator.arr_nfo import nfo_text
from taggarr.simulator.arr_radarr_json import QUALITY, Movie, file_text, movie_text, tmdb_id
from taggarr.simulator.arr_resources import history_record
from taggarr.simulator.arr_routes import API, Routes
from taggarr.simulator.arr_rows import Event, MediaFile, audio_of, auto_tagged, join, now
from taggarr.simulator.arr_tags import LINK_KINDS
from taggarr.simulator.arr_templates import dedented, json_list
from taggarr.simulator.http_messages import Body, Reply, Request

_EVENT_TYPES = {
    "imported": "downloadFolderImported",
    "deleted": "movieFileDeleted",
    "renamed": "movieFileRenamed",
}
_STRICT_SINCE = (6, 0, 0, 10217)


class RadarrSimulator(ArrSimulator[Movie, MediaFile]):
    """A Radarr. `version`: 6.1.0 checks the characters of labels, 5.28 only that there are some."""

    app = "Radarr"
    kind = "movie"
    quality = QUALITY
    tag_links = tuple(kind.replace("restriction", "releaseProfile") for kind in LINK_KINDS)
    item_commands: ClassVar[Mapping[str, CommandKeys]] = {
        "RefreshMovie": CommandKeys(many="movieIds"),
        "RescanMovie": CommandKeys(one="movieId"),
        "RenameMovie": CommandKeys(many="movieIds"),
        "RenameFiles": CommandKeys(one="movieId"),
        "MoveMovie": CommandKeys(one="movieId"),
        "BulkMoveMovie": CommandKeys(objects="movies", one="movieId"),
    }

    def __init__(
        self,
        *,
        version: str = "6.1.0.10500",
        api_key: str = API_KEY,
        url_base: str = "",
        postgres: bool = False,
        strict_labels: bool | None = None,
        roots: Sequence[str] = (),
        ui: str = "page",
        shuffle_seed: int | None = None,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        strict = version_numbers(version) >= _STRICT_SINCE
        super().__init__(
            version=version,
            api_key=api_key,
            url_base=url_base,
            postgres=postgres,
            strict_labels=strict if strict_labels is None else strict_labels,
            required_labels=True,
            languages=RADARR,
            roots=roots,
            ui=ui,
            shuffle_seed=shuffle_seed,
            ssl_context=ssl_context,
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
                original=original if original in self.languages else "English",
                genres=tuple(genres),
                tags=self._tag_ids(tags),
                monitored=monitored,
                year=year,
                quality_profile_id=quality_profile_id,
                folder=folder,
            )
            return self._add_row(movie)

    def remove_movie(self, movie_id: int) -> None:
        """Delete a movie with its file."""
        with self._lock:
            self._remove_row(movie_id)

    def set_movie_file(
        self,
        movie_id: int,
        relative_path: str,
        *,
        size: int = 1_000_000,
        audio_languages: str | Sequence[str | None] | None = "jpn",
        audio_streams: int | None = None,
        release_group: str = "SIM",
    ) -> int:
        """Import a file, in place of the one before; its id.

        `audio_languages`: the joined string as it is, or one entry a track (None: untagged), or None for
        a file without mediaInfo. `audio_streams` defaults to the number of languages.
        """
        with self._lock:
            self.remove_movie_file(movie_id)
            file = MediaFile(
                id=next(self._file_ids),
                item_id=movie_id,
                relative_path=relative_path,
                size=size,
                audio=audio_of(audio_languages, audio_streams, keep_untagged=False),
                release_group=release_group,
                added=now(),
            )
            self.rows[movie_id].file = file
            return self._add_file(file)

    def remove_movie_file(self, movie_id: int) -> None:
        """Delete the file of a movie, if it has one."""
        with self._lock:
            file = self.rows[movie_id].file
            if file:
                self._remove_file(file.id)
                self.rows[movie_id].file = None

    # Routes of its own

    def _own_routes(self) -> Routes:
        return {
            f"{API}/moviefile": {"GET": self._get_files},
            f"{API}/moviefile/{{id}}": {"GET": self._get_file},
        }

    def _listed_text(self, row: Movie) -> str:
        return movie_text(row, self.languages[row.original], self.root_of(row.path), edited=False)

    def _edited_text(self, row: Movie) -> str:
        return movie_text(row, self.languages[row.original], "", edited=True)

    def _found(self, request: Request) -> list[Movie] | None:
        wanted = request.query.get("tmdbid")
        if not wanted:
            return None
        number = as_int("tmdbId", wanted)
        return [row for row in self.rows.values() if tmdb_id(row) == number]

    def _get_files(self, request: Request) -> Reply:
        query = request.query
        if "movieid" in query:
            movies = [self._movie(as_int("movieId", [value])) for value in query["movieid"]]
            files = [movie.file for movie in movies if movie.file]
        elif "moviefileids" in query:
            ids = [as_int("movieFileIds", [value]) for value in query["moviefileids"]]
            files = [self.files[each] for each in dict.fromkeys(ids) if each in self.files]
            if len(files) != len(ids):
                raise rows_missing(len(ids), len(files))
        else:
            raise bad_request("movieId or movieFileIds must be provided")
        return Reply(200, Body(json_list(map(self._file_text, files)).encode()))

    def _get_file(self, request: Request) -> Reply:
        if request.number not in self.files:
            raise problem(404)
        return Reply(200, Body(dedented(self._file_text(self.files[request.number])).encode()))

    def _file_text(self, file: MediaFile) -> str:
        return file_text(file, self.rows[file.item_id].path, 1)

    def _movie(self, number: int) -> Movie:
        if number not in self.rows:
            raise gone("Movie", number)
        return self.rows[number]

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
        url = f"https://www.themoviedb.org/movie/{tmdb_id(row)}" if self.kodi.url else None
        labels = [self.tags.labels[tag] for tag in row.tags if tag in self.tags.labels]
        name = PurePosixPath(row.file.relative_path).with_suffix(".nfo")
        path = row.local / ("movie.nfo" if self.kodi.movie_nfo else name)
        self.kodi.write(path, nfo_text("movie", row, labels, url))
