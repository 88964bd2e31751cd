"""Values as text columns: compact JSON, decoded to the very same values.

Equal texts decode to one shared object, so that thousands of files with the same tracks cost one.
"""

from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import msgspec

from taggarr.core.media import ArrAudio, AudioTrack, Cause, Heard, Item, Reading, Unreadable
from taggarr.core.plan import Undone

_DEFAULTS = {name: getattr(AudioTrack(0), name) for name in AudioTrack.__dataclass_fields__}


@lru_cache(maxsize=4096)
def encode_reading(reading: Reading) -> str:
    if isinstance(reading, Unreadable):
        return _text({"reason": reading.reason, "cause": reading.cause.value})
    tracks = [
        {name: value for name, default in _DEFAULTS.items() if (value := getattr(track, name)) != default}
        for track in reading.tracks
    ]
    return _text({"source": reading.source, "tracks": tracks})


@lru_cache(maxsize=4096)
def decode_reading(text: str) -> Reading:
    value = msgspec.json.decode(text)
    if "cause" in value:
        return Unreadable(value["reason"], Cause(value["cause"]))
    tracks = msgspec.convert(value["tracks"], tuple[AudioTrack, ...])
    return Heard(tracks, value["source"])


def encode_strings(values: tuple[str, ...]) -> str:
    return _text(values)


@lru_cache(maxsize=4096)
def decode_strings(text: str) -> tuple[str, ...]:
    return msgspec.json.decode(text, type=tuple[str, ...])


def encode_numbers(values: tuple[int, ...]) -> str:
    return _text(values)


@lru_cache(maxsize=4096)
def decode_numbers(text: str) -> tuple[int, ...]:
    return msgspec.json.decode(text, type=tuple[int, ...])


@lru_cache(maxsize=4096)
def encode_arr_audio(audio: ArrAudio | None) -> str | None:
    return None if audio is None else _text(audio)


@lru_cache(maxsize=4096)
def decode_arr_audio(text: str | None) -> ArrAudio | None:
    return None if text is None else msgspec.json.decode(text, type=ArrAudio)


def encode_item(item: Item) -> str:
    """The item without its files: those are rows of their own."""
    value = msgspec.to_builtins(item)
    del value["files"]
    return _text(value)


def decode_item(text: str, instance: str) -> Item:
    """The item; its instance is the one that holds it now, for an instance may have been renamed."""
    return replace(msgspec.json.decode(text, type=Item), instance=instance)


def encode_undone(undone: Undone) -> str:
    return "" if undone == Undone() else _text(undone)


def decode_undone(text: str) -> Undone:
    return msgspec.json.decode(text, type=Undone) if text else Undone()


def encode_time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def decode_time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _text(value: Any) -> str:
    return msgspec.json.encode(value).decode()
