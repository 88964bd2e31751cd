"""Whole files of every format and layout that a reader claims: what is going to be damaged."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

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
    make_avi,
    make_matroska,
    make_mp4,
    make_ts,
)
from taggarr.simulator.ts_writer import Writer, association, program_map, section, stream

TRACKS = [
    Track("video"),
    Track(language="jpn", title="Stereo", bcp47="ja-JP"),
    Track(language="eng", title="Commentary", commentary=True, codec="ac3"),
]


@dataclass(frozen=True, slots=True)
class Shape:
    """A file that is read without complaint; its name begins with its format (`mkv`, `m2ts`).

    `sound` are the bytes by which it says of a track that it is audio; where none are given, that is said in
    other ways. `whole` makes the file of the part of it that is damaged.
    """

    name: str
    data: bytes
    sound: bytes | None = None
    whole: Callable[[bytes], bytes] | None = None

    @property
    def format(self) -> str:
        """What `--format` goes by."""
        return self.name.partition("-")[0]


_SOUND = {"mkv": b"\x83\x81\x02", "webm": b"\x83\x81\x02", "mp4": b"soun", "mov": b"soun", "avi": b"auds"}


def own_shapes() -> list[Shape]:
    """Those that our own writers make."""
    live = replace(LIVE_WEBM, unknown_sizes=frozenset({"segment", "clusters", "tracks"}))
    made = {
        "mkv-plain": make_matroska(TRACKS),
        "mkv-of-ffmpeg": make_matroska(TRACKS, FFMPEG),
        "mkv-tracks-at-the-end": make_matroska(
            TRACKS, replace(TRACKS_AT_END, seek="chained"), pad_to_bytes=40_000
        ),
        "webm-live": make_matroska(TRACKS, live),
        "mp4-plain": make_mp4(TRACKS, MP4),
        "mp4-index-first": make_mp4(TRACKS, replace(FASTSTART, noise=True)),
        "mp4-fragmented": make_mp4(TRACKS, FRAGMENTED),
        "mov-plain": make_mp4(TRACKS, replace(QUICKTIME, samples=3_000)),
        "avi-plain": make_avi(TRACKS, replace(AVI, info="before", extensible=True)),
        "avi-with-an-index": make_avi(TRACKS, replace(AVI_OF_FFMPEG, title="after-index", noise=True)),
        "ts-plain": make_ts(TRACKS, replace(TS, frames=0)),
        "m2ts-plain": make_ts(TRACKS, replace(M2TS, section_bytes=12, programs=(TRACKS[1:],), frames=0)),
    }
    maps = Shape("ts-map", _map_of_everything(), whole=_under_a_right_checksum)
    return [*(_shape(name, data) for name, data in made.items()), maps]


def _shape(name: str, data: bytes) -> Shape:
    return Shape(name, data, _SOUND.get(name.partition("-")[0]))


def _map_of_everything() -> bytes:
    """What a program map says, without the header and the checksum around it."""
    said = b"\x0a\x08jpn\0eng\3\x7f\x05\x06\x87eng\x81\x0a\x08\0\x4f\xff\0\0\xbfeng\x7c\x03\x50\x80\x48"
    said += b"\x05\x04AC-3\x6a\x02\x80\x14\xcc\x02\xc0\xaa\x7f\x02\x80\6"
    streams = stream(0x1B, 0x100) + stream(0x81, 0x101, said) * 2
    return program_map(1, streams, b"\x05\x04HDMV")[8:-4]


def _under_a_right_checksum(body: bytes) -> bytes:
    """A transport stream with this map: its checksum keeps most damage out, so it is made afterwards."""
    film = Writer(TS)
    packets = [*film.section_packets(0, association({1: 0x1001}))]
    packets += film.section_packets(0x1001, section(2, 1, body[:1_000]))
    return b"".join(packets)


_SOURCES = (
    "-f",
    "lavfi",
    "-i",
    "testsrc=size=32x32:rate=5:duration=1",
    "-f",
    "lavfi",
    "-i",
    "sine=duration=1",
)
_STATED = (
    *("-map", "0:v", "-map", "1:a", "-map", "1:a", "-metadata:s:a:0", "language=jpn"),
    *("-metadata:s:a:1", "language=eng", "-metadata:s:a:1", "title=Commentary", "-fflags", "+bitexact"),
)
_OF_FFMPEG = {
    "mkv-by-ffmpeg": ("-c:v", "mpeg4", "-c:a", "ac3", "-f", "matroska"),
    "webm-by-ffmpeg": ("-c:v", "libvpx", "-c:a", "libopus", "-live", "1", "-f", "webm"),
    "mp4-by-ffmpeg": ("-c:v", "mpeg4", "-c:a", "aac", "-f", "mp4"),
    "mp4-fragmented-by-ffmpeg": (
        *("-c:v", "mpeg4", "-c:a", "aac", "-movflags", "+frag_keyframe+empty_moov", "-f", "mp4"),
    ),
    "mov-by-ffmpeg": ("-c:v", "mpeg4", "-c:a", "aac", "-f", "mov"),
    "avi-by-ffmpeg": ("-c:v", "mpeg4", "-c:a", "mp3", "-metadata", "IAS1=jpn", "-f", "avi"),
    "ts-by-ffmpeg": ("-c:v", "mpeg2video", "-c:a", "mp2", "-f", "mpegts"),
    "m2ts-by-ffmpeg": ("-c:v", "mpeg2video", "-c:a", "ac3", "-mpegts_m2ts_mode", "1", "-f", "mpegts"),
}


def shapes_of_programs(folder: Path, of_format: str | None = None) -> list[Shape]:
    """Those that ffmpeg and mkvmerge make, as far as they are installed; `folder` holds them meanwhile.

    All formats if none is named.
    """
    shapes = []
    if shutil.which("ffmpeg"):
        for name, options in _OF_FFMPEG.items():
            if of_format not in (None, name.partition("-")[0]):
                continue
            path = folder / name
            command = ["ffmpeg", "-v", "error", "-y", *_SOURCES, *_STATED, *options, str(path)]
            if subprocess.run(command, check=False).returncode == 0:  # it may lack the codec
                shapes.append(_shape(name, path.read_bytes()))
    if (folder / "mkv-by-ffmpeg").exists() and shutil.which("mkvmerge"):
        path = folder / "mkv-by-mkvmerge"
        command = ["mkvmerge", "-q", "--deterministic", "1", "--language", "2:pt-BR", "-o", str(path)]
        subprocess.run([*command, str(folder / "mkv-by-ffmpeg")], check=True)
        shapes.append(_shape(path.name, path.read_bytes()))
    return shapes
