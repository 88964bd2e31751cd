"""Makes small media files that real programs accept: for the tests, the demo and the benchmarks.

The face of the maker. `Track` says what a track states, a layout how the file is laid out:

    make_matroska([Track("video"), Track("audio", "jpn"), Track("audio", "eng", title="Commentary")])
    write_mp4(path, tracks, FRAGMENTED, pad_to_bytes=2 << 30)

`make_…` returns the bytes (to write into many files), `write_…` writes one file, filled up with holes.
A damaged file is a whole one that is cut (`data[:n]`) or whose layout overstates a size.
"""

import struct

from taggarr.simulator.avi_writer import AVI, AVI_OF_FFMPEG, AviLayout, chunk, chunks, make_avi, write_avi
from taggarr.simulator.matroska_writer import (
    FFMPEG,
    LIVE_WEBM,
    MKVMERGE,
    TRACKS_AT_END,
    WEBM,
    MatroskaLayout,
    element,
    make_matroska,
    write_matroska,
)
from taggarr.simulator.media_codecs import frame, matroska_private
from taggarr.simulator.media_track import Track
from taggarr.simulator.mp4_boxes import box
from taggarr.simulator.mp4_writer import (
    FASTSTART,
    FRAGMENTED,
    M4V,
    MP4,
    QUICKTIME,
    UNSPECIFIED_LANGUAGE,
    Mp4Layout,
    make_mp4,
    write_mp4,
)
from taggarr.simulator.ts_writer import DVB, M2TS, TS, TsLayout, make_ts, write_ts

__all__ = [
    "AVI",
    "AVI_OF_FFMPEG",
    "DVB",
    "FASTSTART",
    "FFMPEG",
    "FRAGMENTED",
    "LIVE_WEBM",
    "M2TS",
    "M4V",
    "MKVMERGE",
    "MP4",
    "QUICKTIME",
    "TRACKS_AT_END",
    "TS",
    "UNSPECIFIED_LANGUAGE",
    "WEBM",
    "AviLayout",
    "MatroskaLayout",
    "Mp4Layout",
    "Track",
    "TsLayout",
    "box",
    "chunk",
    "chunks",
    "element",
    "make_avi",
    "make_matroska",
    "make_mp4",
    "make_ogg",
    "make_ts",
    "write_avi",
    "write_matroska",
    "write_mp4",
    "write_ts",
]


def make_ogg(language: str, *, title: str | None = None) -> bytes:
    """An Ogg file with one stereo Opus track: a format that only libmediainfo reads (RFC 3533, RFC 7845)."""
    comments = [f"LANGUAGE={language}"] + ([f"TITLE={title}"] if title else [])
    tags = [b"taggarr simulator", *(comment.encode() for comment in comments)]
    listed = [struct.pack("<I", len(tag)) + tag for tag in tags]
    listed.insert(1, struct.pack("<I", len(comments)))
    packets = [matroska_private("opus", 2), b"OpusTags" + b"".join(listed), frame("opus", 2)]
    kinds = (2, 0, 4)  # first page, a page, last page
    return b"".join(
        _ogg_page(sequence, kind, packet)
        for sequence, (kind, packet) in enumerate(zip(kinds, packets, strict=True))
    )


def _ogg_page(sequence: int, kind: int, packet: bytes) -> bytes:
    lacing = bytes([255] * (len(packet) // 255) + [len(packet) % 255])
    granule = 960 if kind == 4 else 0
    head = struct.pack("<4sBBqII", b"OggS", 0, kind, granule, 1, sequence)
    rest = bytes((len(lacing),)) + lacing + packet
    return head + struct.pack("<I", _ogg_checksum(head + bytes(4) + rest)) + rest


def _ogg_checksum(page: bytes) -> int:
    """The CRC of Ogg: polynomial 0x04C11DB7, not reflected, starting from 0."""
    checksum = 0
    for byte in page:
        checksum ^= byte << 24
        for _ in range(8):
            checksum = (checksum << 1) ^ (0x04C11DB7 if checksum & 1 << 31 else 0)
        checksum &= 0xFFFFFFFF
    return checksum
