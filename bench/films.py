"""The files that readers are compared on: tiny ones, small ones, and films of 2 GB that are mostly holes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from bench.encoded import Clip, available
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

_TINY_SORTS = (
    Sort("Matroska", "mkv", TINY, _TINY, write_matroska),
    Sort("MP4", "mp4", TINY, _TINY, write_mp4),
)


def sorts(folder: Path) -> Sequence[Sort]:
    """Every sort of file, made by ffmpeg and mkvmerge where they are installed; `folder` is theirs to use."""
    return (*_TINY_SORTS, *(_encoded(Clip(folder)) if available() else _simulated()))


def _encoded(clip: Clip) -> Iterator[Sort]:
    first = partial(clip.whole, flags="+faststart")
    yield Sort("Matroska", "mkv", SMALL, _SMALL, clip.part)
    yield Sort("MP4", "mp4", SMALL, _SMALL, clip.part)
    yield Sort("Matroska of mkvmerge", "mkv", FILM, _FILM, clip.merged)
    yield Sort("Matroska of ffmpeg", "mkv", FILM, _FILM, clip.start)
    yield Sort("MP4, index last", "mp4", FILM, _FILM, clip.whole)
    yield Sort("MP4, index first", "mp4", FILM, _FILM, first)
    yield Sort("MPEG-TS", "ts", FILM, _FILM, clip.start)
    yield Sort("M2TS", "m2ts", FILM, _FILM, clip.start)
    yield Sort("AVI", "avi", FILM, _FILM, clip.whole)


def _simulated() -> Iterator[Sort]:
    """The same layouts with frames of nothing, which libmediainfo is soon done with."""
    merged = partial(write_matroska, layout=replace(MKVMERGE, frames=_FRAMES_A_SECOND))
    muxed = partial(write_matroska, layout=replace(FFMPEG, frames=_FRAMES_A_SECOND))
    yield Sort("Matroska", "mkv", SMALL, _SMALL, write_matroska)
    yield Sort("MP4", "mp4", SMALL, _SMALL, write_mp4)
    yield Sort("Matroska of mkvmerge", "mkv", FILM, _FILM, merged)
    yield Sort("Matroska of ffmpeg", "mkv", FILM, _FILM, muxed)
    for place, layout in (("last", MP4), ("first", FASTSTART)):
        film = partial(write_mp4, layout=replace(layout, samples=_SAMPLES))
        yield Sort(f"MP4, index {place}", "mp4", FILM, _FILM, film)
    yield Sort("MPEG-TS", "ts", FILM, _FILM, partial(write_ts, layout=TS))
    yield Sort("M2TS", "m2ts", FILM, _FILM, partial(write_ts, layout=M2TS))
    yield Sort("AVI", "avi", FILM, _FILM, partial(write_avi, layout=AVI_OF_FFMPEG))
