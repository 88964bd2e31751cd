"""The Kodi consumer: the arr's own writer of NFO files (`Extras/Metadata/Consumers/Xbmc/XbmcMetadata.cs`)."""

import hashlib
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from taggarr.simulator.arr_rows import Row
from taggarr.simulator.arr_templates import prose


class KodiConsumer:
    """Settings and memory of the consumer. `nfo`: whether it writes NFO files; images it never writes here.
    `url`: the option that appends a plain URL after the XML.

    A file is written where the generated text is not the one that was written last, or the file is gone;
    what somebody else changed in a file is not looked at.
    """

    def __init__(self, prefix: str) -> None:
        self.enabled = False
        self.nfo = True
        self.movie_nfo = False
        self.url = False
        self._prefix = prefix
        self._hashes: dict[Path, str] = {}

    @property
    def writes(self) -> bool:
        """Whether a scan writes NFO files, if only the URL into them."""
        return self.enabled and (self.nfo or self.url)

    def text(
        self, root: str, row: Row, labels: Sequence[str], url: str, *, watched: bool | None = None
    ) -> str:
        """What it writes for an item: the XML, the URL, or one after the other."""
        parts = [_nfo_text(root, row, labels, watched)] if self.nfo else []
        return "\n".join([*parts, url] if self.url else parts)

    def write(self, path: Path, text: str) -> None:
        """Write one NFO by that rule; a foreign file, which has no hash yet, is overwritten."""
        digest = hashlib.sha256(text.encode()).hexdigest()
        if self._hashes.get(path) == digest and path.exists():
            return
        path.write_bytes(text.encode())
        self._hashes[path] = digest

    def resources(self) -> list[dict[str, Any]]:
        """`GET /metadata`: this consumer beside another product's that is off."""
        own: list[tuple[str, object]]
        if self._prefix == "movie":
            own = [
                ("movieMetadata", self.nfo),
                ("movieMetadataURL", self.url),
                ("movieMetadataLanguage", 1),
                ("movieImages", False),
                ("useMovieNfo", self.movie_nfo),
                ("addCollectionName", True),
            ]
        else:
            own = [
                ("seriesMetadata", self.nfo),
                ("seriesMetadataEpisodeGuide", False),
                ("seriesMetadataUrl", self.url),
                ("episodeMetadata", self.nfo),
                ("episodeImageThumb", False),
                ("seriesImages", False),
                ("seasonImages", False),
                ("episodeImages", False),
            ]
        other: list[tuple[str, object]] = [(f"{self._prefix}Metadata", True)]
        return [
            _resource(1, "Kodi (XBMC) / Emby", "Xbmc", own, enable=self.enabled),
            _resource(2, "Roksbox", "Roksbox", other, enable=False),
        ]


def _nfo_text(root: str, row: Row, labels: Sequence[str], watched: bool | None) -> str:
    """`tvshow` or `movie`: one `<genre>` per genre, one `<tag>` per tag of the item."""
    lines = ['<?xml version="1.0" encoding="utf-8" standalone="yes"?>', f"<{root}>"]
    elements = [("title", row.title), ("plot", prose(row.id, 45)), ("year", str(row.year))]
    elements += [("genre", genre) for genre in row.genres] + [("tag", label) for label in labels]
    lines += [f"  <{name}>{escape(text, quote=False)}</{name}>" for name, text in elements]
    lines += [] if watched is None else [f"  <watched>{str(watched).lower()}</watched>"]
    return "\n".join([*lines, f"</{root}>"])


def _resource(
    number: int, name: str, short: str, fields: Sequence[tuple[str, object]], *, enable: bool
) -> dict[str, Any]:
    kinds = {bool: "checkbox", int: "select"}
    return {
        "enable": enable,
        "name": name,
        "fields": [
            {
                "order": order,
                "name": field,
                "label": field,
                "value": value,
                "type": kinds[type(value)],
                "advanced": False,
                "section": "image" if field.endswith("Images") else "metadata",
                "privacy": "normal",
                "isFloat": False,
            }
            for order, (field, value) in enumerate(fields)
        ],
        "implementationName": name,
        "implementation": f"{short}Metadata",
        "configContract": f"{short}MetadataSettings",
        "infoLink": f"https://wiki.servarr.com/metadata#{short.lower()}metadata",
        "tags": [],
        "id": number,
    }
