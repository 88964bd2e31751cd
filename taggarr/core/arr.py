"""What an instance tells about itself: its product, its folders, what it is busy with, what it writes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ArrInfo:
    """What answers at an instance's address: `app` is "Sonarr" or "Radarr"."""

    app: str
    version: str


@dataclass(frozen=True, slots=True)
class Busy:
    """Items that the arr is refreshing, rescanning, renaming or moving right now."""

    everything: bool = False
    ids: frozenset[int] = frozenset()

    def holds(self, item_id: int) -> bool:
        return self.everything or item_id in self.ids


@dataclass(frozen=True, slots=True)
class NfoConsumer:
    """The arr's own Kodi metadata writer, as far as it writes `tvshow.nfo` or the movie's NFO.

    `movie_nfo`: it names a movie's file `movie.nfo`.
    """

    enabled: bool = False
    movie_nfo: bool = False


@dataclass(frozen=True, slots=True)
class RootFolder:
    """A folder that the arr keeps items in, as the arr names it; `free_bytes` is None where it cannot say."""

    path: str
    accessible: bool = True
    free_bytes: int | None = None
