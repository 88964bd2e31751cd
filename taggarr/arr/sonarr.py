"""One Sonarr instance (4 or later, by the v3 API), as `scan.ports.Catalogue` and `scan.ports.Tagger`."""

import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Self

from taggarr.arr import domain, server, settings, wire
from taggarr.arr.http import Api
from taggarr.arr.tags import Tags
from taggarr.core.arr import ArrInfo, Busy, LabelUse, Listing, NfoConsumer, RootFolder
from taggarr.core.media import File, Item, Kind, Season


class SonarrClient:
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
        self._api = Api(name, "Sonarr", url, api_key, timeout_s=timeout_s, tls_verify=tls_verify, sleep=sleep)
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
        """See that Sonarr 4 or later answers."""
        return server.check(self._api, oldest=4)

    def items(self) -> Listing:
        """All series, ordered by id; their files are None. An empty fingerprint says nothing: ask for the files."""
        self._tags.refresh()
        series = self._api.get("/series", wire.SERIES)
        return domain.listing_of(series, self._item)

    def _item(self, listed: wire.Series) -> Item:
        folder = domain.folder_of(listed)
        counted = listed.statistics
        return Item(
            instance=self._name,
            kind=Kind.SERIES,
            id=listed.id,
            title=listed.title,
            path=folder,
            root=domain.root_of(listed),
            year=listed.year or None,
            original=domain.original_of(listed),
            monitored=listed.monitored,
            series_type=listed.series_type,
            genres=tuple(listed.genres or ()),
            tags=self._tags.labels(listed.tags),
            seasons=tuple(Season(season.season_number, season.monitored) for season in listed.seasons or ()),
            fingerprint=f"{folder}|{counted.episode_file_count}|{counted.size_on_disk}" if counted else "",
            tvdb_id=listed.tvdb_id or None,
            tmdb_id=listed.tmdb_id or None,
            imdb_id=listed.imdb_id or None,
        )

    def files(self, item: Item, *, episodes: bool = False) -> tuple[File, ...]:
        """The files of a series, ordered by id; the numbers of their episodes only with `episodes`."""
        answer = self._api.get(f"/episodefile?seriesId={item.id}", wire.VIDEO_FILES)
        listed = domain.whole(self._name, answer)
        numbers = self._episodes(item.id) if episodes else {}
        return domain.by_id(
            domain.file_of(item.path, one, tuple(sorted(numbers.get(one.id, ())))) for one in listed
        )

    def _episodes(self, series_id: int) -> Mapping[int, Sequence[int]]:
        numbers: dict[int, list[int]] = defaultdict(list)
        for episode in self._api.get(f"/episode?seriesId={series_id}", wire.EPISODES):
            numbers[episode.episode_file_id].append(episode.episode_number)
        return numbers

    def languages(self) -> frozenset[str]:
        """The primary languages that this Sonarr knows."""
        return server.languages(self._api)

    def root_folders(self) -> tuple[RootFolder, ...]:
        """The root folders; slow, so not for a scan."""
        return server.root_folders(self._api)

    def edit(self, item_ids: Sequence[int], label: str, *, add: bool) -> Mapping[int, tuple[str, ...]]:
        """Add or remove a label on at most 100 series; the labels of each afterwards."""
        return self._tags.edit("/series/editor", "seriesIds", item_ids, label, add=add)

    def busy(self) -> Busy:
        """What started commands refresh, rescan, rename or move."""
        return server.busy(self._api)

    def tagging_rules(self) -> str:
        """What the auto-tagging rules say, as a short text that changes whenever they do."""
        return server.tagging_rules(self._api)

    def nfo_consumer(self) -> NfoConsumer:
        """Whether Sonarr writes `tvshow.nfo`; on by default where its Kodi consumer is on."""
        return NfoConsumer(
            enabled=any(one.on("seriesMetadata", default=True) for one in server.kodi_consumers(self._api))
        )

    def rescan(self, item_ids: Iterable[int]) -> None:
        """Have Sonarr scan the folders of these series."""
        server.rescan(self._api, "RescanSeries", "seriesId", item_ids)

    @property
    def ahead_s(self) -> float | None:
        """By how many seconds the server's clock is ahead of ours, by its last answer; None where it is silent."""
        return self._api.ahead_s

    def label_uses(self) -> tuple[LabelUse, ...]:
        """Every label with the auto-tag rules and other things that use it."""
        return settings.label_uses(self._api)
