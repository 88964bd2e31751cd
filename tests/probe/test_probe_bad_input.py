"""The same hardships for every reader: files that shrink, that hold nothing, that are huge or name too much."""

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from taggarr import probe
from taggarr.core.media import Cause, Heard, Unreadable
from taggarr.probe import reader
from taggarr.probe.source import MAX_BYTES, MAX_READS, Source
from taggarr.simulator.media import (
    AVI,
    FASTSTART,
    MP4,
    TRACKS_AT_END,
    TS,
    Track,
    make_avi,
    make_matroska,
    make_mp4,
    make_ogg,
    make_ts,
    write_avi,
    write_matroska,
    write_mp4,
    write_ts,
)

Save = Callable[..., Path]
Write = Callable[[Path], None]

TRACKS = [Track("video"), Track(language="jpn")]
LARGE = 40 << 20
WRITERS: dict[str, Write] = {
    "matroska": lambda path: write_matroska(path, TRACKS, pad_to_bytes=LARGE),
    "mp4": lambda path: write_mp4(path, TRACKS, FASTSTART, pad_to_bytes=LARGE),
    "avi": lambda path: write_avi(path, TRACKS, pad_to_bytes=LARGE),
    "ts": lambda path: write_ts(path, TRACKS, pad_to_bytes=LARGE),
}
LATE: dict[str, Write] = {
    "matroska": lambda path: write_matroska(path, TRACKS, TRACKS_AT_END, pad_to_bytes=LARGE),
    "mp4": lambda path: write_mp4(path, TRACKS, MP4, pad_to_bytes=LARGE),
    "avi": lambda path: write_avi(path, TRACKS, replace(AVI, junk_bytes=30_000_000)),
    "ts": lambda path: write_ts(path, TRACKS, replace(TS, late=200), pad_to_bytes=LARGE),
}
"""Files whose tracks lie behind the first read."""

MAGICS = {
    "matroska": b"\x1a\x45\xdf\xa3",
    "mp4": b"\0\0\0\x18ftypisom",
    "avi": b"RIFF\0\0\0\0AVI ",
    "ts": (b"\x47\x1f\xff\x10" + bytes(184)) * 6,
    "nothing": b"",
}


class Shrinking(Source):
    """A file that somebody cuts as soon as its beginning was read."""

    left = 20_000

    def _read(self, offset: int, size: int) -> bytes:
        data = super()._read(offset, size)
        os.truncate(self._fd, self.left)
        return data


@pytest.mark.parametrize("left", [20_000, 0])
@pytest.mark.parametrize("write", LATE.values(), ids=LATE.keys())
def test_a_file_that_shrinks_while_it_is_read(tmp_path: Path, write: Write, left: int) -> None:
    """What was there a moment ago is gone: damaged, whatever the format."""
    path = tmp_path / "film"
    write(path)
    assert isinstance(probe.read(path), Heard)
    fd = os.open(path, os.O_RDWR)
    try:
        source = Shrinking(fd)
        source.left = left
        reading = reader.opened(source, fd)
    finally:
        os.close(fd)
    assert isinstance(reading, Unreadable)
    assert (reading.cause, "damaged" in reading.reason) == (Cause.DAMAGED, True)


@pytest.mark.parametrize("write", [*LATE.values(), None], ids=[*LATE.keys(), "libmediainfo"])
def test_a_file_that_is_written_and_cut_all_the_time(tmp_path: Path, write: Write | None) -> None:
    """Whatever moment it is read in, a reading or a reason comes out."""
    path = tmp_path / "film"
    path.write_bytes(make_ogg("jpn"))
    if write:
        write(path)
    size, over = path.stat().st_size, threading.Event()

    def disturb() -> None:
        while not over.is_set():
            for length in (size // 2, 0, 20_000, size):
                os.truncate(path, length)

    thread = threading.Thread(target=disturb)
    thread.start()
    try:
        readings = [probe.read(path) for _ in range(60)]
    finally:
        over.set()
        thread.join()
    assert all(isinstance(reading, Heard | Unreadable) for reading in readings)


def stretch(path: Path) -> None:
    """Make a file ten terabytes long, or as long as its file system allows."""
    for size in (10 << 40, 1 << 40):
        try:
            return os.truncate(path, size)
        except OSError:
            continue
    pytest.skip("this file system has no files of a terabyte")


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS.keys())
def test_ten_terabytes_of_film(tmp_path: Path, write: Write) -> None:
    """A header is read as ever, whatever follows."""
    path = tmp_path / "film"
    write(path)
    stretch(path)
    assert [track.language for track in getattr(probe.read(path), "tracks", [])] == ["jpn"]


@pytest.mark.parametrize("magic", MAGICS.values(), ids=MAGICS.keys())
def test_ten_terabytes_of_nothing(tmp_path: Path, magic: bytes) -> None:
    """A hole behind the first bytes is given up within the caps."""
    path = tmp_path / "film"
    path.write_bytes(magic)
    stretch(path)
    fd = os.open(path, os.O_RDONLY)
    try:
        source = Source(fd)
        reading = reader.opened(source, fd)
    finally:
        os.close(fd)
    assert source.reads <= MAX_READS
    assert source.bytes_read <= MAX_BYTES
    assert (reading is None) is (magic == b"")
    assert isinstance(probe.read(path), Unreadable)


@pytest.mark.parametrize("make", [make_matroska, make_avi, make_mp4], ids=["matroska", "avi", "mp4"])
def test_ten_thousand_tracks(save: Save, make: Callable[..., bytes]) -> None:
    """All are read, within the caps."""
    reading = probe.read(save(make([Track(language="jpn")] * 10_000)))
    if isinstance(reading, Unreadable):
        assert reading.cause is Cause.DEADLINE  # the machine is busy; nothing was guessed
    else:
        assert len(reading.tracks) == 10_000


def test_as_many_tracks_as_a_transport_stream_can_name(save: Save) -> None:
    """Its list has room for some two hundred."""
    reading = probe.read(save(make_ts([Track()] * 200, replace(TS, frames=0))))
    assert isinstance(reading, Heard)
    assert len(reading.tracks) == 200


@pytest.mark.parametrize("make", [make_matroska, make_avi, make_mp4], ids=["matroska", "avi", "mp4"])
def test_titles_of_all_kinds(save: Save, make: Callable[..., bytes]) -> None:
    """Newlines and escapes stay as they are, and bytes that are no UTF-8 are marked."""
    titles = [b"two\nlines", b"caf\xe9", b"a\rb\x1b[31m", b"\xff\xfe"]
    reading = probe.read(save(make([Track(language="jpn", title=title) for title in titles])))
    assert isinstance(reading, Heard)
    assert [track.title for track in reading.tracks] == [
        "two\nlines",
        "caf\N{REPLACEMENT CHARACTER}",
        "a\rb\x1b[31m",
        "\N{REPLACEMENT CHARACTER}" * 2,
    ]


@pytest.mark.parametrize("name", [b"two\nlines.avi", b"caf\xe9.mp4", b"\xff\xfe", b"a\rb\x1b[31m.ts"])
@pytest.mark.parametrize("make", [make_avi, make_mp4, make_ts], ids=["avi", "mp4", "ts"])
def test_names_of_all_kinds(tmp_path: Path, name: bytes, make: Callable[..., bytes]) -> None:
    """Newlines, escapes and bytes that are no UTF-8 make no difference."""
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(make(TRACKS))
    assert isinstance(probe.read(path), Heard)


def test_a_terminal_is_no_film() -> None:
    """Neither end of a terminal is waited for."""
    ours, theirs = os.openpty()
    try:
        got = probe.read(os.ttyname(theirs))
    finally:
        os.close(ours)
        os.close(theirs)
    assert got == Unreadable("it is not a regular file but a pipe, a socket or a device", Cause.FAILED)


def test_pipes_with_a_writer_are_not_waited_for(tmp_path: Path) -> None:
    """Nor is one emptied that somebody else reads."""
    pipe = tmp_path / "pipe.mkv"
    os.mkfifo(pipe)
    held = os.open(pipe, os.O_RDWR)
    try:
        os.write(held, make_matroska(TRACKS))
        got = probe.read(pipe)
        left = os.read(held, 4)
    finally:
        os.close(held)
    assert (got, left) == (
        Unreadable("it is not a regular file but a pipe, a socket or a device", Cause.FAILED),
        MAGICS["matroska"],
    )
