"""A folder of real small media files, and simulated arrs that list them: for the demo and the tests."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path, PurePath
from typing import Any

from taggarr.simulator.arr_radarr import RadarrSimulator
from taggarr.simulator.arr_rows import join
from taggarr.simulator.arr_sonarr import SonarrSimulator
from taggarr.simulator.media import (
    M2TS,
    M4V,
    QUICKTIME,
    WEBM,
    Track,
    make_avi,
    make_matroska,
    make_mp4,
    make_ts,
)

Content = Sequence[Track] | bytes
"""What a video file is made of: its tracks, or bytes as they are."""


def audio(*languages: str | None, **stated: Any) -> list[Track]:
    """A video track and one audio track a language; `stated` goes for every audio track."""
    return [Track("video"), *(Track("audio", language, **stated) for language in languages)]


class Collection:
    """Media below `folder`: series in `tv/`, movies in `movies/`, each listed by its simulated arr.

    `arr_tv` and `arr_movies` are these two as the arrs see them (`/data/tv`, `D:\\TV`), where that is not as
    they are here.
    """

    def __init__(
        self,
        folder: Path,
        sonarr: SonarrSimulator | None = None,
        radarr: RadarrSimulator | None = None,
        *,
        arr_tv: str | None = None,
        arr_movies: str | None = None,
    ) -> None:
        self.tv = folder / "tv"
        self.movies = folder / "movies"
        self.arr_tv = arr_tv or str(self.tv)
        self.arr_movies = arr_movies or str(self.movies)
        self._sonarr = sonarr
        self._radarr = radarr
        for arr, path, root in ((sonarr, self.arr_tv, self.tv), (radarr, self.arr_movies, self.movies)):
            root.mkdir(parents=True, exist_ok=True)
            if arr is not None:
                arr.add_root(path, folder=root)

    def series(
        self, title: str, episodes: Mapping[str, Content] = {}, *, nfo: str | None = None, **listed: Any
    ) -> int:
        """Add a series whose `episodes` are files by relative path (`Season 01/S01E01.mkv`); its arr id."""
        assert self._sonarr is not None
        folder = self.tv / title
        folder.mkdir(parents=True, exist_ok=True)
        if nfo is not None:
            (folder / "tvshow.nfo").write_text(nfo, "utf-8")
        number = self._sonarr.add_series(title, join(self.arr_tv, title), folder=folder, **listed)
        for name, content in episodes.items():
            self.episode(number, folder, name, content)
        return number

    def episode(self, series_id: int, folder: Path, name: str, content: Content, **listed: Any) -> int:
        """Add one file to a series; its arr id.

        The season is that of the folder's name (0 for "Specials"), else 1; `listed` says what the arr believes
        instead (`season`, `episodes`, `size`, `audio_languages`).
        """
        assert self._sonarr is not None
        path = folder / name
        number = int("".join(filter(str.isdigit, path.stem))[-2:] or 1)
        known: dict[str, Any] = {
            "season": _season(path.parent.name) if path.parent != folder else 1,
            "episodes": [number],
            "size": write(path, content),
            "audio_languages": _as_ffprobe(name, content),
        }
        return self._sonarr.add_episode_file(series_id, name, **(known | listed))

    def movie(
        self,
        title: str,
        content: Content | None,
        *,
        name: str | None = None,
        nfo: str | None = None,
        **listed: Any,
    ) -> int:
        """Add a movie with its file (None: without one); its arr id. The NFO is `movie.nfo`."""
        assert self._radarr is not None
        folder = self.movies / title
        folder.mkdir(parents=True, exist_ok=True)
        if nfo is not None:
            (folder / "movie.nfo").write_text(nfo, "utf-8")
        number = self._radarr.add_movie(title, join(self.arr_movies, title), folder=folder, **listed)
        if content is not None:
            name = name or f"{title}.mkv"
            size = write(folder / name, content)
            self._radarr.set_movie_file(number, name, size=size, audio_languages=_as_ffprobe(name, content))
        return number


def _season(folder: str) -> int:
    return 0 if folder.lower() == "specials" else int("".join(filter(str.isdigit, folder)) or 1)


def write(path: Path, content: Content) -> int:
    """Write a video file, in the format that its name says (Matroska where it says none); its size in bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = content if isinstance(content, bytes) else _made(tuple(content), path.suffix.lower())
    path.write_bytes(data)
    return len(data)


_MAKERS: dict[str, Callable[[Sequence[Track]], bytes]] = {
    ".mp4": make_mp4,
    ".m4v": partial(make_mp4, layout=M4V),
    ".mov": partial(make_mp4, layout=QUICKTIME),
    ".webm": partial(make_matroska, layout=WEBM),
    ".avi": make_avi,
    ".ts": make_ts,
    ".m2ts": partial(make_ts, layout=M2TS),
}


@lru_cache  # the episodes of a season are alike
def _made(tracks: tuple[Track, ...], suffix: str) -> bytes:
    return _MAKERS.get(suffix, make_matroska)(tracks)


def _as_ffprobe(name: str, content: Content) -> list[str | None] | None:
    """The languages that the arrs' ffprobe finds: a silent Matroska track is English, `und` is left out."""
    if isinstance(content, bytes):
        return None
    if PurePath(name).suffix.lower() == ".avi":
        return [None for track in content if track.kind == "audio"]  # ffprobe names no language of AVI
    silent = None if PurePath(name).suffix.lower() in _MAKERS.keys() - {".webm"} else "eng"
    return [
        None
        if track.language == "und"
        else str(track.language or silent)
        if track.language or silent
        else None
        for track in content
        if track.kind == "audio"
    ]
