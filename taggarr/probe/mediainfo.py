"""What libmediainfo makes of a file that no header reader claims (WMV, FLV, ...)."""

import atexit
import json
from typing import Any

from taggarr.core.media import AudioTrack, Cause, Heard, LanguageSource, Reading, Unreadable
from taggarr.probe.mediainfo_worker import JSON
from taggarr.probe.workers import Died, TimedOut, Unavailable, Workers

_UNKNOWN = Unreadable("no reader knows its format", Cause.FORMAT)
_YES_NO = {"Yes": True, "No": False}
_SERVICES = {"C": "commentary", "VI": "visual", "HI": "hearing"}
"""`ServiceKind` of AC-3 and E-AC-3 tracks (ETSI TS 102 366, bit stream mode): commentary, visually impaired,
hearing impaired. The main services (CM, ME, VO, ...) say nothing about these three."""


class Libmediainfo:
    """Reads files through worker processes; `close` ends them, the next file starts them again."""

    def __init__(self, workers: Workers | None = None) -> None:
        self._workers = workers or Workers()

    def read(self, path: str) -> Reading:
        """The audio tracks of the regular file at `path`, or why they are not known. Never raises."""
        try:
            answer = self._workers.ask(path)
        except Unavailable as error:
            return Unreadable(
                f"only libmediainfo could read it, and that is not available: {error}", Cause.READER
            )
        except TimedOut:
            return Unreadable("libmediainfo took too long over it", Cause.DEADLINE)
        except Died:
            return Unreadable("libmediainfo crashed on it", Cause.FAILED)
        if not answer.startswith(JSON):
            reason = answer[1:].decode("utf-8", "replace")
            return Unreadable(f"libmediainfo could not read it: {reason}", Cause.FAILED)
        return reading(answer[1:])

    def problem(self) -> str | None:
        """Why libmediainfo cannot be used here; None where it can."""
        try:
            self._workers.check()
        except Unavailable as error:
            return str(error)
        return None

    def close(self) -> None:
        """End the worker processes."""
        self._workers.close()


def reading(answer: bytes) -> Reading:
    """The reading that libmediainfo's JSON amounts to; `Unreadable` without a format or a track."""
    try:
        tracks = json.loads(answer)["media"]["track"]
        kinds = [track["@type"] for track in tracks]
    except (ValueError, KeyError, TypeError):
        return _UNKNOWN
    if not any(kind == "General" and track.get("Format") for kind, track in zip(kinds, tracks, strict=True)):
        return _UNKNOWN
    if all(kind == "General" for kind in kinds):
        return _UNKNOWN
    audio = [track for kind, track in zip(kinds, tracks, strict=True) if kind == "Audio"]
    return Heard(tuple(_track(track, i) for i, track in enumerate(audio, 1)), "mediainfo")


def _track(track: dict[str, Any], position: int) -> AudioTrack:
    stated = _text(track.get("Language"))
    tag = stated if stated and "-" in stated else None
    service = _SERVICES.get(str(track.get("ServiceKind", "")).split(" ", 1)[0])
    return AudioTrack(
        position=position,
        language=None if tag else stated,
        bcp47=tag,
        language_source=LanguageSource.STATED if stated else LanguageSource.NONE,
        title=_text(track.get("Title")),
        codec=_text(track.get("Format")),
        channels=_count(track.get("Channels")),
        default=_YES_NO.get(str(track.get("Default"))),
        commentary=True if service == "commentary" else None,
        visual_impaired=True if service == "visual" else None,
        hearing_impaired=True if service == "hearing" else None,
        forced=_YES_NO.get(str(track.get("Forced"))),
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _count(value: object) -> int | None:
    text = str(value).split(" ", 1)[0]
    return int(text) if text.isascii() and text.isdigit() and text != "0" else None


libmediainfo = Libmediainfo()
"""The one that this process shares."""
atexit.register(libmediainfo.close)
