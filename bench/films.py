"""The files that readers are compared on: tiny ones, small ones, and films of 2 GB that are mostly holes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from bench.library import KINDS
from taggarr.simulator.media import (
    AVI_OF_FFMPEG,
    FASTSTART,
    FFMPEG,
    M2TS,
    MKVMERGE,
    MP4,
    TS,
    Track,
    write_avi,
    write_matroska,
    write_mp4,
    write_ts,
)

TINY, SMALL, FILM = "2-7 KB", "100-300 KB", "2 GB"
TRACKS = (
    Track("video"),
    Track("audio", "jpn", title="Stereo"),
    Track("audio", "eng", title="Surround", channels=6),
    Track("subtitle", "eng"),
)


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of file. `sizes` are those of its files in bytes, which `write` makes.

    Names end as they do in a library: libmediainfo asks the reader of that ending first.
    """

    name: str
    suffix: str
    group: str
    sizes: Sequence[int]
    write: Callable[..., None]

    def make(self, folder: Path) -> list[Path]:
        """Write the files into a new folder."""
        folder.mkdir()
        paths = []
        for number, size in enumerate(self.sizes):
            path = folder / f"Show - S01E{number:03} - Title [WEBDL-1080p].{self.suffix}"
            tracks = TRACKS if self.group == FILM else KINDS[number % len(KINDS)][1]
            self.write(path, tracks, pad_to_bytes=size)
            paths.append(path)
        return paths


_TINY = range(2_500, 7_000, 45)
_SMALL = range(100_000, 300_000, 10_000)
_FILM = (2 << 30,)
_FRAMES_A_SECOND = 25
_SAMPLES = 200_000
"""Frames of each track that an MP4 film lists: two hours of them."""

SORTS = (
    Sort("Matroska", "mkv", TINY, _TINY, write_matroska),
    Sort("MP4", "mp4", TINY, _TINY, write_mp4),
    Sort("Matroska", "mkv", SMALL, _SMALL, write_matroska),
    Sort("MP4", "mp4", SMALL, _SMALL, write_mp4),
    Sort(
        "mkvmerge",
        "mkv",
        FILM,
        _FILM,
        partial(write_matroska, layout=replace(MKVMERGE, frames=_FRAMES_A_SECOND)),
    ),
    Sort(
        "ffmpeg", "mkv", FILM, _FILM, partial(write_matroska, layout=replace(FFMPEG, frames=_FRAMES_A_SECOND))
    ),
    Sort("MP4, index last", "mp4", FILM, _FILM, partial(write_mp4, layout=replace(MP4, samples=_SAMPLES))),
    Sort(
        "MP4, index first",
        "mp4",
        FILM,
        _FILM,
        partial(write_mp4, layout=replace(FASTSTART, samples=_SAMPLES)),
    ),
    Sort("MPEG-TS", "ts", FILM, _FILM, partial(write_ts, layout=TS)),
    Sort("M2TS", "m2ts", FILM, _FILM, partial(write_ts, layout=M2TS)),
    Sort("AVI", "avi", FILM, _FILM, partial(write_avi, layout=AVI_OF_FFMPEG)),
)
