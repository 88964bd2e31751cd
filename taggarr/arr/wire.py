"""The arrs' JSON, as far as Taggarr looks at it.

The structs are partial: a field that is new to us is skipped without being decoded, and only what an answer
is useless without is required. The arrs leave null out, so a missing field is null (`STJson.cs`).
"""

from typing import Annotated, Any

import msgspec

from taggarr.arr.rows import RowsDecoder

Number = Annotated[int, msgspec.Meta(ge=-(1 << 63), le=(1 << 63) - 1)]
"""An integer of at most 64 bits: the arrs have no others, and SQLite takes no others."""


class Wire(msgspec.Struct, gc=False, rename="camel"):
    """Names in Python's style, camelCase on the wire."""


class Status(Wire):
    """`GET /system/status`."""

    app_name: str
    version: str


class Tag(Wire):
    """`GET /tag`, `POST /tag`."""

    id: Number
    label: str


class Named(Wire):
    """A language, by the name that its product uses."""

    name: str | None = None


class SeriesSeason(Wire):
    """A season in the list of series."""

    season_number: Number
    monitored: bool = True


class SeriesStatistics(Wire):
    """What changes when a series' files do."""

    episode_file_count: Number
    size_on_disk: Number


class Listed(Wire):
    """What `GET /series` and `GET /movie` have in common."""

    id: Number
    path: str
    title: str = ""
    root_folder_path: str | None = None
    year: Number | None = None
    original_language: Named | None = None
    monitored: bool = True
    genres: list[str] | None = None
    tags: list[Number] | None = None
    tmdb_id: Number | None = None
    imdb_id: str | None = None


class Series(Listed):
    """`GET /series`."""

    tvdb_id: Number | None = None
    series_type: str | None = None
    seasons: list[SeriesSeason] | None = None
    statistics: SeriesStatistics | None = None


class MediaInfo(Wire):
    """What the arr's own look into a file found."""

    audio_languages: str | None = None
    audio_stream_count: Number | None = None


class VideoFile(Wire):
    """`GET /episodefile`, `GET /moviefile`, `movieFile` of a movie."""

    id: Number
    relative_path: str | None = None
    path: str | None = None
    size: Number = 0
    season_number: Number | None = None
    media_info: MediaInfo | None = None


class BareMovie(Listed):
    """`GET /movie` without the movie's file, for a row whose file cannot be understood."""

    has_file: bool | None = None


class Movie(BareMovie):
    """`GET /movie`, which holds the movie's file."""

    movie_file: VideoFile | None = None


class Episode(Wire):
    """`GET /episode`."""

    episode_number: Number
    episode_file_id: Number = 0


class Edited(Wire):
    """One item in the answer of a bulk editor, with its tags after the edit and after auto tagging."""

    id: Number
    tags: list[Number] | None = None


class SeriesRef(Wire):
    """A series that a bulk move names."""

    series_id: Number


class MovieRef(Wire):
    """A movie that a bulk move names."""

    movie_id: Number


class CommandBody(Wire):
    """The items that a command is about, in the names that the various commands give them."""

    series_id: Number | None = None
    series_ids: list[Number] | None = None
    series: list[SeriesRef] | None = None
    movie_id: Number | None = None
    movie_ids: list[Number] | None = None
    movies: list[MovieRef] | None = None

    def item_ids(self) -> frozenset[int]:
        ids = {self.series_id or 0, self.movie_id or 0, *(self.series_ids or ()), *(self.movie_ids or ())}
        ids.update(ref.series_id for ref in self.series or ())
        ids.update(ref.movie_id for ref in self.movies or ())
        return frozenset(ids - {0})


class Command(Wire):
    """`GET /command`, `POST /command`."""

    name: str = ""
    status: str = ""
    body: CommandBody | None = None


class Setting(Wire):
    """One field of a metadata consumer."""

    name: str = ""
    value: object = None


class Metadata(Wire):
    """`GET /metadata`: a consumer and its settings."""

    implementation: str = ""
    enable: bool = False
    fields: list[Setting] | None = None

    def on(self, setting: str, *, default: bool) -> bool:
        """Whether the yes-or-no setting of that name is on; `default` where the consumer has none."""
        for field in self.fields or ():
            if field.name == setting and isinstance(field.value, bool):
                return field.value
        return default


class Root(Wire):
    """`GET /rootfolder`."""

    path: str
    accessible: bool = True
    free_space: Number | None = None


STATUS = msgspec.json.Decoder(Status)
TAG = msgspec.json.Decoder(Tag)
TAGS = msgspec.json.Decoder(list[Tag])
LANGUAGES = msgspec.json.Decoder(list[Named])
SERIES = RowsDecoder(Series)
MOVIES = RowsDecoder[BareMovie](Movie, BareMovie)
VIDEO_FILES = RowsDecoder(VideoFile, all_may_be_odd=True)
EPISODES = msgspec.json.Decoder(list[Episode])
EDITED = msgspec.json.Decoder(list[Edited])
TAGGING_RULES = msgspec.json.Decoder(list[dict[str, Any]])
COMMAND = msgspec.json.Decoder(Command)
COMMANDS = msgspec.json.Decoder(list[Command])
METADATA = msgspec.json.Decoder(list[Metadata])
ROOTS = msgspec.json.Decoder(list[Root])
