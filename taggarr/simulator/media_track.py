"""One track of a file that is to be made, and the pieces that a file is put together from."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Piece = bytes | int
"""Bytes of a file, or a number of zero bytes (left as a hole where the file system has holes)."""


@dataclass(frozen=True, slots=True)
class Track:
    """One track as the container shall state it; None leaves the statement out.

    `language` is the old code: text (bytes: written as they are) in Matroska; three lower-case letters in
    MP4, or the number that `mdhd` shall hold (0x7FFF, a Macintosh code). MP4 has no way to leave it out:
    None is `und` there. `title` may be bytes, to write what is not UTF-8.

    `codec` is a name of `media_codecs.CODECS`, or the container's own codec id; None is the usual one.
    `default` is FlagDefault in Matroska, the tkhd "enabled" bit in MP4 (None there: set on the first track
    of its kind, as writers do). The other flags are Matroska elements; MP4 states them as DASH roles:
    `commentary`, `description`, `caption`, `forced-subtitle` and `dub` (which Matroska cannot state).

    `roles` are further MP4 `kind` boxes (a DASH role, or scheme and value), `characteristics` are
    QuickTime `tagc` strings, `tag_language` is a LANGUAGE entry under Matroska Tags. `extra` holds raw
    elements or boxes, put last into the TrackEntry or `trak`: for duplicates, empty and unknown ones.
    `codec_private_bytes` makes the codec's private data that much bigger.
    """

    kind: Literal["audio", "video", "subtitle"] = "audio"
    language: str | bytes | int | None = None
    bcp47: str | bytes | None = None
    title: str | bytes | None = None
    codec: str | None = None
    channels: int | None = 2
    default: bool | None = None
    original: bool | None = None
    commentary: bool | None = None
    visual_impaired: bool | None = None
    hearing_impaired: bool | None = None
    forced: bool | None = None
    enabled: bool | None = None
    dub: bool | None = None
    roles: tuple[str | tuple[str, str], ...] = ()
    characteristics: tuple[str, ...] = ()
    tag_language: str | None = None
    extra: bytes = b""
    codec_private_bytes: int = 0


def text(value: str | bytes) -> bytes:
    """Text as UTF-8; bytes as they are."""
    return value.encode() if isinstance(value, str) else value


def size_of(pieces: Iterable[Piece]) -> int:
    """The length of these pieces in bytes."""
    return sum(piece if isinstance(piece, int) else len(piece) for piece in pieces)


def filler_bytes(wanted_bytes: int, least_bytes: int) -> int:
    """How much filler a file needs to be `wanted_bytes` long; ValueError where it is longer without any."""
    if wanted_bytes < least_bytes:
        raise ValueError(
            f"this file cannot be smaller than {least_bytes} bytes; {wanted_bytes} were asked for"
        )
    return wanted_bytes - least_bytes


def join(pieces: Iterable[Piece]) -> bytes:
    """The file as one string of bytes."""
    return b"".join(bytes(piece) if isinstance(piece, int) else piece for piece in pieces)


def save(path: Path, pieces: Iterable[Piece]) -> None:
    """Write the file; zeros become holes, so that a file of 2 GB needs next to no disk."""
    with path.open("wb") as file:
        for piece in pieces:
            if isinstance(piece, int):
                file.seek(piece, 1)
            else:
                file.write(piece)
        file.truncate()
