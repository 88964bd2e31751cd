"""How little is read: reads, bytes and system calls a file, counted."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from taggarr.core.media import Heard
from taggarr.probe import reader
from taggarr.probe.source import Source
from taggarr.simulator.media import (
    AVI,
    AVI_OF_FFMPEG,
    FASTSTART,
    FFMPEG,
    FRAGMENTED,
    LIVE_WEBM,
    M2TS,
    MKVMERGE,
    MP4,
    QUICKTIME,
    TRACKS_AT_END,
    TS,
    AviLayout,
    MatroskaLayout,
    Mp4Layout,
    Track,
    TsLayout,
    make_avi,
    make_matroska,
    write_avi,
    write_matroska,
    write_mp4,
    write_ts,
)

TRACKS = [
    Track("video"),
    Track(language="jpn", title="Stereo"),
    Track(language="eng", title="Surround", channels=6),
    Track("subtitle", language="eng"),
]
TWO_GIGABYTES = 2 << 30
INDEX_FIRST = replace(FASTSTART, samples=200_000)


def counted(path: Path) -> tuple[Heard, int, int]:
    """The reading, the number of reads and of bytes."""
    fd = os.open(path, os.O_RDONLY)
    try:
        source = Source(fd)
        reading = reader.opened(source, fd)
    finally:
        os.close(fd)
    assert isinstance(reading, Heard), reading
    assert [track.language for track in reading.tracks] == ["jpn", "eng"]
    return reading, source.reads, source.bytes_read


@pytest.mark.parametrize("size", [None, 200_000, TWO_GIGABYTES], ids=["tiny", "200 KB", "2 GB"])
@pytest.mark.parametrize(
    ("layout", "reads"),
    [
        (MKVMERGE, 1),
        (replace(MKVMERGE, frames=25), 1),
        (FFMPEG, 1),
        (LIVE_WEBM, 1),
        (replace(MKVMERGE, void_bytes=100_000), 2),
        (TRACKS_AT_END, 2),
        (replace(TRACKS_AT_END, seek="chained"), 3),
    ],
    ids=["mkvmerge", "many frames", "ffmpeg", "live", "large void", "at the end", "at the end, chained"],
)
def test_reads_of_matroska(tmp_path: Path, layout: MatroskaLayout, reads: int, size: int | None) -> None:
    """One read of 16 KB, and at most four where the track list lies at the end."""
    path = tmp_path / "film.mkv"
    write_matroska(path, TRACKS, layout, pad_to_bytes=size)
    _, made, taken = counted(path)
    assert made <= reads
    assert taken <= 64 * 1024


@pytest.mark.parametrize(
    ("layout", "samples", "size", "reads"),
    [
        (MP4, 2, None, 1),
        (MP4, 2, TWO_GIGABYTES, 2),
        (MP4, 200_000, TWO_GIGABYTES, 6),
        (FASTSTART, 2, None, 1),
        (FASTSTART, 2, TWO_GIGABYTES, 1),
        (FASTSTART, 200_000, TWO_GIGABYTES, 5),
        (QUICKTIME, 200_000, TWO_GIGABYTES, 6),
        (FRAGMENTED, 2, None, 1),
        (FRAGMENTED, 200_000, TWO_GIGABYTES, 1),
    ],
)
def test_reads_of_mp4(tmp_path: Path, layout: Mp4Layout, samples: int, size: int | None, reads: int) -> None:
    """At most two reads and one a track (there are four), however long the sample tables."""
    path = tmp_path / "film.mp4"
    write_mp4(path, TRACKS, replace(layout, samples=samples), pad_to_bytes=size)
    _, made, taken = counted(path)
    assert made <= reads
    assert taken <= 64 * 1024


@pytest.mark.parametrize("size", [None, 200_000, TWO_GIGABYTES], ids=["tiny", "200 KB", "2 GB"])
@pytest.mark.parametrize(
    ("layout", "reads"),
    [
        (AVI, 1),
        (replace(AVI, index_bytes=1_000, info="before"), 1),
        (AVI_OF_FFMPEG, 2),
        (replace(AVI_OF_FFMPEG, index_bytes=30_000), 6),
        (replace(AVI, junk_bytes=180_000), 2),
    ],
    ids=["plain", "languages first", "ffmpeg", "large indexes", "large junk"],
)
def test_reads_of_avi(tmp_path: Path, layout: AviLayout, reads: int, size: int | None) -> None:
    """One read of 16 KB, and one a track (there are four) at most where each has room for an index."""
    path = tmp_path / "film.avi"
    write_avi(path, TRACKS, layout, pad_to_bytes=None if layout.junk_bytes and size else size)
    _, made, taken = counted(path)
    assert made <= reads
    assert taken <= 64 * 1024


@pytest.mark.parametrize("size", [None, TWO_GIGABYTES], ids=["small", "2 GB"])
@pytest.mark.parametrize(
    ("layout", "reads"),
    [
        (TS, 1),
        (M2TS, 1),
        (replace(M2TS, section_bytes=20, absent=20), 1),
        (replace(TS, late=200), 2),
        (replace(TS, late=85, map_first=True), 1),
        (replace(M2TS, late=200), 2),
    ],
    ids=["ts", "m2ts", "split", "late", "a map before its table", "late m2ts"],
)
def test_reads_of_mpegts(tmp_path: Path, layout: TsLayout, reads: int, size: int | None) -> None:
    """One read of 16 KB where the tables stand at the front; a stream that was cut shows them soon after."""
    path = tmp_path / "film.ts"
    write_ts(path, TRACKS, layout, pad_to_bytes=size)
    _, made, taken = counted(path)
    assert made <= reads
    assert taken <= 64 * 1024


MEMORY = {"brk", "mmap", "munmap", "mremap", "madvise"}
"""Calls by which the interpreter gets memory when it happens to run out of it: nothing of a file's."""


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize(
    ("write", "limit"),
    [
        (lambda path: write_matroska(path, TRACKS, pad_to_bytes=TWO_GIGABYTES), 3),
        (lambda path: write_matroska(path, TRACKS, FFMPEG, pad_to_bytes=TWO_GIGABYTES), 3),
        (lambda path: write_matroska(path, TRACKS, TRACKS_AT_END, pad_to_bytes=TWO_GIGABYTES), 6),
        (lambda path: write_mp4(path, TRACKS, replace(MP4, samples=200_000), pad_to_bytes=TWO_GIGABYTES), 9),
        (lambda path: write_mp4(path, TRACKS, INDEX_FIRST, pad_to_bytes=TWO_GIGABYTES), 9),
        (lambda path: write_avi(path, TRACKS, pad_to_bytes=TWO_GIGABYTES), 3),
        (lambda path: write_avi(path, TRACKS, AVI_OF_FFMPEG, pad_to_bytes=TWO_GIGABYTES), 4),
        (lambda path: write_ts(path, TRACKS, TS, pad_to_bytes=TWO_GIGABYTES), 3),
        (lambda path: write_ts(path, TRACKS, M2TS, pad_to_bytes=TWO_GIGABYTES), 3),
    ],
    ids=[
        *("mkvmerge", "ffmpeg", "tracks at the end", "mp4, index last", "mp4, index first"),
        *("avi", "avi of ffmpeg", "ts", "m2ts"),
    ],
)
def test_system_calls(tmp_path: Path, write: Callable[[Path], None], limit: int) -> None:
    """Open, the reads (64 KB at most), close: no stat, no seek. Counted from outside."""
    path = tmp_path / "film"
    write(path)
    log = tmp_path / "calls"
    code = "import sys\nfrom taggarr.probe import read\nread('/')\nfor _ in range(3): read(sys.argv[1])\n"
    command = ["strace", "-f", "-o", str(log), sys.executable, "-c", code, str(path)]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("strace may not trace here")
    calls = log.read_text().splitlines()
    first = next(i for i, call in enumerate(calls) if f'"{path}"' in call and "openat(" in call)
    last = max(i for i, call in enumerate(calls) if f'"{path}"' in call and "openat(" in call)
    one = calls[first : first + (last - first) // 2]
    named = [re.sub(r"^\d+ +(\w+)\(.*", r"\1", call) for call in one]
    named = [name for name in named if name not in MEMORY]
    assert len(named) <= limit
    assert set(named) <= {"openat", "pread64", "close"}
    assert sum(int(call.rpartition("= ")[2]) for call in one if "pread64(" in call) <= 64 * 1024


def test_readers_agree_however_the_bytes_arrive(tmp_path: Path) -> None:
    """The window never decides what is read: the same film with its list at every place around its edge."""
    expected = None
    for void in [*range(15_700, 16_500, 37), 16_384]:
        path = tmp_path / "film.mkv"
        path.write_bytes(make_matroska(TRACKS, replace(MKVMERGE, void_bytes=void)))
        reading, reads, _ = counted(path)
        assert reads <= 3
        expected = expected or reading
        assert reading == expected


def test_the_avi_reader_agrees_however_the_bytes_arrive(tmp_path: Path) -> None:
    """The same for the header list of an AVI file, each of whose chunks meets the edge of the window once."""
    expected = None
    for junk in range(15_400, 16_500, 17):
        path = tmp_path / "film.avi"
        path.write_bytes(make_avi(TRACKS, replace(AVI, junk_bytes=junk)))
        reading, reads, _ = counted(path)
        assert reads <= 2 + len(TRACKS)
        expected = expected or reading
        assert reading == expected
