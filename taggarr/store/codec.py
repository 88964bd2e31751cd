"""Values as text columns: compact JSON, decoded to the very same values.

Equal texts decode to one shared object, so that thousands of files with the same tracks cost one. Fields
that a text lacks take their defaults, fields that are not known are passed over; anything else that does
not fit is a `ValueError`.

The decoders are made at import, before there are threads: msgspec learns a type when it first meets it, and
two threads that do so at once crash the process (seen with 0.22: a null pointer).
"""

from dataclasses import fields, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import msgspec

from taggarr.core.media import ArrAudio, AudioTrack, Cause, Heard, Item, Reading, Unreadable
from taggarr.core.plan import Held, Undone
from taggarr.core.state_file import EarlierTag

_TRACK_DEFAULTS = {field.name: field.default for field in fields(AudioTrack)}


class _Reading(msgspec.Struct):
    """Either kind of reading: one with a cause is unreadable."""

    source: str = ""
    tracks: tuple[AudioTrack, ...] = ()
    reason: str = ""
    cause: Cause | None = None


class _Summary(msgspec.Struct):
    complete: bool = False


_SUMMARY = msgspec.json.Decoder(_Summary)
_READING = msgspec.json.Decoder(_Reading)
_STRINGS = msgspec.json.Decoder(tuple[str, ...])
_NUMBERS = msgspec.json.Decoder(tuple[int, ...])
_ARR_AUDIO = msgspec.json.Decoder(ArrAudio)
_ITEM = msgspec.json.Decoder(Item)
_UNDONE = msgspec.json.Decoder(Undone)
_HELD = msgspec.json.Decoder(Held)
_TAGS = msgspec.json.Decoder(tuple[EarlierTag, ...])


@lru_cache(maxsize=4096)
def encode_reading(reading: Reading) -> str:
    if isinstance(reading, Unreadable):
        return _text({"reason": reading.reason, "cause": reading.cause})
    tracks = [
        {
            name: value
            for name, default in _TRACK_DEFAULTS.items()
            if (value := getattr(track, name)) != default
        }
        for track in reading.tracks
    ]
    return _text({"source": reading.source, "tracks": tracks})


@lru_cache(maxsize=4096)
def decode_reading(text: str) -> Reading:
    value = _READING.decode(text)
    if value.cause is not None:
        return Unreadable(value.reason, value.cause)
    return Heard(value.tracks, value.source)


def encode_strings(values: tuple[str, ...]) -> str:
    return _text(values)


@lru_cache(maxsize=4096)
def decode_strings(text: str) -> tuple[str, ...]:
    return _STRINGS.decode(text)


def encode_numbers(values: tuple[int, ...]) -> str:
    return _text(values)


@lru_cache(maxsize=4096)
def decode_numbers(text: str) -> tuple[int, ...]:
    return _NUMBERS.decode(text)


@lru_cache(maxsize=4096)
def encode_arr_audio(audio: ArrAudio | None) -> str | None:
    return None if audio is None else _text(audio)


@lru_cache(maxsize=4096)
def decode_arr_audio(text: str | None) -> ArrAudio | None:
    return None if text is None else _ARR_AUDIO.decode(text)


def encode_item(item: Item) -> str:
    """The item without its files: those are rows of their own."""
    return _text(replace(item, files=None))


def decode_item(text: str, instance: str) -> Item:
    """The item; its instance is the one that holds it now, for an instance may have been renamed."""
    return replace(_ITEM.decode(text), instance=instance)


def encode_undone(undone: Undone) -> str:
    return "" if undone == Undone() else _text(undone)


def decode_undone(text: str) -> Undone:
    return _UNDONE.decode(text) if text else Undone()


def encode_held(held: Held | None) -> str:
    return "" if held is None else _text(held)


def decode_held(text: str) -> Held | None:
    return _HELD.decode(text) if text else None


def decode_complete(summary: str) -> bool:
    """Whether the summary of an undo says that nothing is left for another try."""
    return _SUMMARY.decode(summary).complete


def encode_tags(tags: tuple[EarlierTag, ...]) -> str:
    return _text(tags)


@lru_cache(maxsize=64)
def decode_tags(text: str) -> tuple[EarlierTag, ...]:
    return _TAGS.decode(text)


def encode_time(moment: datetime) -> str:
    """An aware time in UTC; all texts are of one length, so that they sort as the times do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def decode_time(text: str) -> datetime:
    """Times far off are none of ours, and no local time can be told for some of them."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or not 1970 <= moment.year < 9999:
        raise ValueError(f"invalid time {text!r}")
    return moment


def _text(value: Any) -> str:
    return msgspec.json.encode(value).decode()
