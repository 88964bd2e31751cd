"""Webhooks as both arrs send them: the wire, and the parts that their bodies share.

Source: `NzbDrone.Core/Notifications/Webhook` of both products.
"""

import base64
import http.client
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from taggarr.simulator.arr_item_json import LANGUAGES
from taggarr.simulator.arr_rows import MediaFile, join

_PATIENCE_S = 10.0
DOWNLOAD_CLIENT = {"downloadClient": "qBittorrent", "downloadClientType": "qBittorrent"}
NO_CUSTOM_FORMATS = {"customFormats": list[object](), "customFormatScore": 0}


@dataclass(frozen=True, slots=True)
class Target:
    """Where a webhook goes, and what it shows there."""

    url: str
    method: str
    username: str
    password: str
    headers: Mapping[str, str]

    @property
    def valid(self) -> bool:
        """Whether the address is one."""
        parts = urlsplit(self.url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)

    def send(self, body: Mapping[str, Any]) -> str | None:
        """Send one and wait for the answer; what went wrong, None where it was taken."""
        parts = urlsplit(self.url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=_PATIENCE_S)
        place = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            connection.request(self.method, place, json.dumps(body, indent=2).encode(), self._shown())
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException) as error:
            return f"Unable to post to webhook: {error}"
        finally:
            connection.close()
        if status < HTTPStatus.BAD_REQUEST:
            return None
        reason = HTTPStatus(status).phrase.replace(" ", "")
        request = f"[{status}:{reason}] [{self.method}] at [{self.url}]"
        return f"Unable to post to webhook: HTTP request failed: {request}"

    def _shown(self) -> dict[str, str]:
        shown = {"Accept": "application/json", "Content-Type": "application/json", **self.headers}
        if self.username or self.password:
            pair = f"{self.username}:{self.password}".encode()
            shown["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
        return shown


def file_part(file: MediaFile, folder: str, quality: str) -> dict[str, Any]:
    """A file as webhooks describe it; the languages are those of distinct tracks, without their number."""
    part: dict[str, Any] = {
        "id": file.id,
        "relativePath": file.relative_path,
        "path": join(folder, file.relative_path),
        "quality": quality,
        "qualityVersion": 1,
        "releaseGroup": file.release_group,
        "sceneName": file.scene_name,
        "size": file.size,
        "dateAdded": file.added,
        "languages": LANGUAGES,
    }
    if file.audio is not None:
        languages = dict.fromkeys(filter(None, file.audio.languages.split("/")))
        part["mediaInfo"] = {
            "audioChannels": 5.1,
            "audioCodec": "EAC3",
            "audioLanguages": list(languages),
            "height": 1080,
            "width": 1920,
            "subtitles": ["eng", "spa", "fre"],
            "videoCodec": "x265",
            "videoDynamicRange": "",
            "videoDynamicRangeType": "",
        }
    return part


def download_part(file: MediaFile) -> dict[str, Any]:
    """Which client a file came from."""
    return {**DOWNLOAD_CLIENT, "downloadId": f"{file.id * 2_654_435_761:040X}"}


def release_part(files: Iterable[MediaFile]) -> dict[str, Any]:
    """The release that files came in."""
    first, *others = files
    size = first.size + sum(file.size for file in others)
    return {"releaseTitle": first.scene_name, "indexer": "Example", "size": size}


def recycled(part: Mapping[str, Any]) -> dict[str, Any]:
    """A file that an upgrade replaced."""
    name = part["relativePath"].rpartition("/")[2]
    return {**part, "recycleBinPath": f"/recycle/{name}"}


def downloaded_from(file: MediaFile) -> str:
    """Where a file lay before its import."""
    name = file.relative_path.rpartition("/")[2]
    return f"/downloads/{file.scene_name}/{name}"


def pictures(covers: Mapping[str, str], kinds: Iterable[str]) -> list[dict[str, str]]:
    """Pictures of an item, from their addresses by kind."""
    return [{"coverType": kind, "url": covers[kind], "remoteUrl": covers[f"{kind}_remote"]} for kind in kinds]
