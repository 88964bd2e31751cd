"""One Radarr instance (5 or later, by the v3 API), as `scan.ports.Catalogue` and `scan.ports.Tagger`."""

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Self

from taggarr.arr import domain, server, settings, wire
from taggarr.arr.http import Api
from taggarr.arr.tags import Tags
from taggarr.core.arr import ArrInfo, Busy, LabelUse, Listing, NfoConsumer, RootFolder
from taggarr.core.media import File, Item, Kind


class RadarrClient:
    """Every method raises `ArrError`; the constructor raises `ConfigError` for what cannot be an address.

    `timeout_s` bounds a whole call, bulk edits take twice that. `tls_verify` is True, False or the path of a
    file or folder of certificates. `sleep` waits between tries. Close it, or use it in a `with`.
    """

    def __init__(
        self,
        name: str,
        url: str,
        api_key: str,
        *,
        timeout_s: float = 60,
        tls_verify: bool | str | os.PathLike[str] = True,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._name = name
        self._api = Api(name, "Radarr", url, api_key, timeout_s=timeout_s, tls_verify=tls_verify, sleep=sleep)
        self._tags = Tags(self._api)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._api.close()

    @property
    def requests(self) -> int:
        """How many requests were sent, every try counted."""
        return self._api.requests

    def check(self) -> ArrInfo:
        """See that Radarr 5 or later answers."""
        return server.check(self._api, oldest=5)

    def items(self) -> Listing:
        """All movies with their files, ordered by id. The list holds the files, so there is no fingerprint."""
        self._tags.refresh()
        # Without the parameter, Radarr lists a folder of covers on its disk for every movie.
        movies = self._api.get("/movie?excludeLocalCovers=true", wire.MOVIES)
        return domain.listing_of(movies, self._item)

    def _item(self, listed: wire.BareMovie) -> Item:
        folder = domain.folder_of(listed)
        return Item(
            instance=self._name,
            kind=Kind.MOVIE,
            id=listed.id,
            title=listed.title,
            path=folder,
            root=domain.root_of(listed),
            year=listed.year or None,
            original=domain.original_of(listed),
            monitored=listed.monitored,
            genres=tuple(listed.genres or ()),
            tags=self._tags.labels(listed.tags),
            files=_files(folder, listed),
            tmdb_id=listed.tmdb_id or None,
            imdb_id=listed.imdb_id or None,
        )

    def files(self, item: Item, *, episodes: bool = False) -> tuple[File, ...]:  # noqa: ARG002 -- a movie has none
        """The files of a movie: those of the list, else one request."""
        if item.files is not None:
            return item.files
        answer = self._api.get(f"/moviefile?movieId={item.id}", wire.VIDEO_FILES)
        return domain.by_id(domain.file_of(item.path, one) for one in domain.whole(self._name, answer))

    def languages(self) -> frozenset[str]:
        """The primary languages that this Radarr knows."""
        return server.languages(self._api)

    def root_folders(self) -> tuple[RootFolder, ...]:
        """The root folders; slow, so not for a scan."""
        return server.root_folders(self._api)

    def edit(self, item_ids: Sequence[int], label: str, *, add: bool) -> Mapping[int, tuple[str, ...]]:
        """Add or remove a label on at most 100 movies; the labels of each afterwards."""
        return self._tags.edit("/movie/editor", "movieIds", item_ids, label, add=add)

    def busy(self) -> Busy:
        """What started commands refresh, rescan, rename or move."""
        return server.busy(self._api)

    def tagging_rules(self) -> str:
        """What the auto-tagging rules say, as a short text that changes whenever they do."""
        return server.tagging_rules(self._api)

    def nfo_consumer(self) -> NfoConsumer:
        """Whether Radarr writes movie NFOs, on by default where its Kodi consumer is on, and their name."""
        writers = [one for one in server.kodi_consumers(self._api) if one.on("movieMetadata", default=True)]
        return NfoConsumer(
            enabled=bool(writers), movie_nfo=any(one.on("useMovieNfo", default=False) for one in writers)
        )

    def rescan(self, item_ids: Iterable[int]) -> None:
        """Have Radarr scan the folders of these movies."""
        server.rescan(self._api, "RescanMovie", "movieId", item_ids)

    @property
    def ahead_s(self) -> float | None:
        """By how many seconds the server's clock is ahead of ours, by its last answer; None where it is silent."""
        return self._api.ahead_s

    def label_uses(self) -> tuple[LabelUse, ...]:
        """Every label with the auto-tag rules and other things that use it."""
        return settings.label_uses(self._api)


def _files(folder: str, listed: wire.BareMovie) -> tuple[File, ...] | None:
    """The movie's file; None where the list does not say, or what it says is not understood."""
    if not isinstance(listed, wire.Movie):
        return None
    if listed.movie_file is not None:
        return (domain.file_of(folder, listed.movie_file),)
    return None if listed.has_file else ()
