"""Broken files by the thousand: only a reading or a reason ever comes out, within the caps."""

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from taggarr.core.media import Heard, Unreadable
from taggarr.probe import reader
from taggarr.probe.source import MAX_BYTES, MAX_READS, Source
from taggarr.simulator.media import (
    AVI,
    AVI_OF_FFMPEG,
    FASTSTART,
    FFMPEG,
    FRAGMENTED,
    LIVE_WEBM,
    M2TS,
    MP4,
    QUICKTIME,
    TRACKS_AT_END,
    TS,
    Track,
    box,
    chunk,
    chunks,
    element,
    make_avi,
    make_matroska,
    make_mp4,
    make_ts,
)
from taggarr.simulator.ts_writer import Writer as TsWriter
from taggarr.simulator.ts_writer import association, program_map, section, stream

MUTANTS = 250
TRACKS = [
    Track("video"),
    Track(language="jpn", title="Stereo", bcp47="ja-JP"),
    Track(language="eng", title="Commentary", commentary=True, codec="ac3"),
]
SEEDS = {
    "matroska": make_matroska(TRACKS),
    "ffmpeg": make_matroska(TRACKS, FFMPEG),
    "live": make_matroska(
        TRACKS, replace(LIVE_WEBM, unknown_sizes=frozenset({"segment", "clusters", "tracks"}))
    ),
    "at the end": make_matroska(TRACKS, replace(TRACKS_AT_END, seek="chained"), pad_to_bytes=40_000),
    "mp4": make_mp4(TRACKS, MP4),
    "first": make_mp4(TRACKS, replace(FASTSTART, noise=True)),
    "fragmented": make_mp4(TRACKS, FRAGMENTED),
    "quicktime": make_mp4(TRACKS, replace(QUICKTIME, samples=3_000)),
    "avi": make_avi(TRACKS, replace(AVI, info="before", extensible=True)),
    "avi with an index": make_avi(TRACKS, replace(AVI_OF_FFMPEG, title="after-index", noise=True)),
    "ts": make_ts(TRACKS, replace(TS, frames=0)),
    "m2ts": make_ts(TRACKS, replace(M2TS, section_bytes=12, programs=(TRACKS[1:],), frames=0)),
}


def mutants(data: bytes, rng: random.Random) -> Iterator[bytes]:
    for n in range(MUTANTS):
        mutant = bytearray(data)
        header = min(len(data), 2_500)
        start = rng.choice((0, max(0, len(data) - header)))
        match n % 6:
            case 0:  # flipped bits
                for _ in range(rng.randint(1, 8)):
                    mutant[start + rng.randrange(header)] ^= 1 << rng.randrange(8)
            case 1:  # a cut
                del mutant[rng.randrange(len(mutant)) :]
            case 2:  # random bytes
                at = start + rng.randrange(header)
                mutant[at : at + 16] = rng.randbytes(rng.randint(1, 16))
            case 3:  # a size that lies
                at = start + rng.randrange(header)
                mutant[at : at + 4] = rng.choice(
                    (b"\0\0\0\0", b"\xff" * 4, b"\0\0\0\1", b"\x01" + b"\xff" * 3)
                )
            case 4:  # a part left out
                at = start + rng.randrange(header)
                del mutant[at : at + rng.randint(1, 200)]
            case _:  # a part doubled
                at, size = start + rng.randrange(header), rng.randint(1, 400)
                mutant[at:at] = mutant[at : at + size] * rng.randint(1, 4)
        yield bytes(mutant)


def read_within_the_caps(fd: int, data: bytes) -> object:
    os.ftruncate(fd, 0)
    os.pwrite(fd, data, 0)
    source = Source(fd)
    reading = reader.opened(source, fd)
    assert source.reads <= MAX_READS
    assert source.bytes_read <= MAX_BYTES
    assert reading is None or isinstance(reading, Heard | Unreadable)
    return reading


@pytest.mark.parametrize("name", SEEDS)
def test_mutants_never_raise(tmp_path: Path, name: str) -> None:
    """Bit flips, cuts, random bytes, lying sizes, parts left out and doubled; seeded, so that they repeat."""
    fd = os.open(tmp_path / "film", os.O_RDWR | os.O_CREAT)
    try:
        assert isinstance(read_within_the_caps(fd, SEEDS[name]), Heard)
        readings = [read_within_the_caps(fd, mutant) for mutant in mutants(SEEDS[name], random.Random(name))]
    finally:
        os.close(fd)
    assert len(readings) == MUTANTS
    assert sum(isinstance(reading, Unreadable) for reading in readings) > MUTANTS // 10


def test_maps_that_lie_under_a_right_checksum(tmp_path: Path) -> None:
    """A transport stream's checksum keeps most mutants from the map; these had it made after they were broken."""
    rng = random.Random("maps")
    descriptors = (
        b"\x0a\x08jpn\0eng\3\x7f\x05\x06\x87eng\x81\x0a\x08\0\x4f\xff\0\0\xbfeng\x7c\x03\x50\x80\x48"
    )
    descriptors += b"\x05\x04AC-3\x6a\x02\x80\x14\xcc\x02\xc0\xaa\x7f\x02\x80\6"
    body = program_map(1, stream(0x1B, 0x100) + stream(0x81, 0x101, descriptors) * 2, b"\x05\x04HDMV")[8:-4]
    readings = []
    fd = os.open(tmp_path / "film", os.O_RDWR | os.O_CREAT)
    try:
        for mutant in mutants(body, rng):
            film = TsWriter(TS)
            whole = section(2, 1, mutant[:1_000])
            packets = [
                *film.section_packets(0, association({1: 0x1001})),
                *film.section_packets(0x1001, whole),
            ]
            readings.append(read_within_the_caps(fd, b"".join(packets)))
    finally:
        os.close(fd)
    assert sum(isinstance(reading, Unreadable) for reading in readings) > MUTANTS // 10
    assert sum(isinstance(reading, Heard) for reading in readings) > MUTANTS // 10


def nested(make: object, depth: int) -> bytes:
    data = b""
    for _ in range(depth):
        data = make(data)  # type: ignore[operator]  one of the two makers below
    return data


MAGICS = (b"\x1a\x45\xdf\xa3", b"\0\0\0\x18ftypisom", b"\0\0\0\x08moov", b"\0\0\0\x01mdat")
RIFF = b"RIFF\0\0\0\0AVI "
MAGICS += (RIFF, RIFF + b"LIST\0\2\0\0hdrl")
DEEP = {
    "boxes": box("ftyp", b"isom") + nested(lambda data: box("moov", data), 2_000),
    "tracks": box("ftyp", b"isom") + box("moov", nested(lambda data: box("trak", data), 2_000)),
    "media": box("ftyp", b"isom") + box("moov", box("trak", nested(lambda data: box("mdia", data), 2_000))),
    "elements": SEEDS["matroska"][:64] + nested(lambda data: element(0x1654AE6B, data), 1_500),
    "entries": element(0x1A45DFA3, element(0x4282, b"webm"))
    + element(0x18538067, element(0x1654AE6B, nested(lambda data: element(0xAE, data), 1_500))),
    "lists": RIFF + nested(lambda data: chunks("hdrl", data), 1_500),
    "streams": RIFF + chunks("hdrl", nested(lambda data: chunks("strl", data), 1_500)),
    "languages": RIFF + nested(lambda data: chunks("INFO", data), 1_500),
    "empty chunks": RIFF + chunks("hdrl", chunk("JUNK") * 4_000),
    "sections": b"".join(b"\x47\x40\0\x10\0\0\xbf\xff".ljust(188, b"\0") for _ in range(1_000)),
    **{f"rubbish {n}": magic + random.Random(n).randbytes(20_000) for n, magic in enumerate(MAGICS)},
}


@pytest.mark.parametrize("name", DEEP)
def test_depth_and_rubbish_are_unreadable(tmp_path: Path, name: str) -> None:
    """Nesting without end costs no stack, and random bytes behind a magic number are no empty film."""
    fd = os.open(tmp_path / "film", os.O_RDWR | os.O_CREAT)
    try:
        assert isinstance(read_within_the_caps(fd, DEEP[name]), Unreadable)
    finally:
        os.close(fd)
