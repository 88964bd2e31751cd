"""Films that ffmpeg and mkvmerge make, with a hole in them: real frames, a real index, and 2 GB that take little room.

What libmediainfo has to do depends on what is in a film: it looks into the first hundreds of frames, and reads
every entry of the index of an MP4 or AVI file. So either has what the film of its size would have. The hole lies
before an index at the end, behind everything, or in the middle of a stream.
"""

import re
import shutil
import subprocess
import zlib
from pathlib import Path

from taggarr.simulator.matroska_writer import CUES, SEGMENT, VOID

CLIP_S = 15
FILM_S = 2 * 60 * 60
_MAKE = ("ffmpeg", "-v", "error", "-y")
_COPY = ("-map", "0", "-c", "copy")
_SEEK = re.compile(rb"(?s)\x53\xab\x84(.{4})\x53\xac([\x84-\x88])")
_CHECKED_SEEK_HEAD = re.compile(rb"(?s)\x11\x4d\x9b\x74(?:\x01.{7}|[\x40-\x7f].|[\x80-\xfe])\xbf\x84")


def available() -> bool:
    """Whether the programs are here that make such films."""
    return all(shutil.which(program) for program in ("ffmpeg", "mkvmerge"))


class Clip:
    """A quarter of a minute of a film, from which whole ones are made without encoding anything again.

    `dense` has the rate of 2 GB in two hours; of `thin` ones, two hours are small enough to be written out.
    """

    def __init__(self, folder: Path) -> None:
        self._dense, self._thin, self._old = folder / "dense.mkv", folder / "thin.mkv", folder / "thin.avi"
        once = folder / "once.mkv"
        avc = ["-c:v", "libx264", "-preset", "veryfast", "-c:a:0", "ac3", "-c:a:1", "aac"]
        loud = ["-b:v", "2200k", "-b:a:0", "384k", "-ac:a:0", "6", "-b:a:1", "128k"]
        quiet = ["-b:v", "80k", "-b:a:0", "64k", "-b:a:1", "32k"]
        _encode(once, "size=1280x720:rate=24,noise=alls=12:allf=t", *avc, *loud)
        # Past 16 MB its seek head has numbers of four bytes, as that of 2 GB needs.
        _run(*_MAKE, "-stream_loop", 5, "-i", once, *_COPY, self._dense)
        _encode(self._thin, "size=640x360:rate=24", *avc, *quiet)
        _encode(
            self._old, "size=640x360:rate=24", "-c:v", "mpeg4", "-b:v", "80k", "-c:a", "mp3", "-b:a", "32k"
        )

    def part(self, path: Path, _: object, *, pad_to_bytes: int) -> None:
        """Write a part of the clip of about that size."""
        duration_s = CLIP_S * pad_to_bytes / self._thin.stat().st_size
        _run(*_MAKE, "-i", self._thin, *_COPY, "-t", f"{duration_s:.1f}", path)

    def start(self, path: Path, _: object, *, pad_to_bytes: int) -> None:
        """Write the dense clip, and stretch it to that size. A Blu-ray has no AAC."""
        streams = ("-map", "0:0", "-map", "0:1", *_COPY[2:]) if path.suffix == ".m2ts" else _COPY
        _run(*_MAKE, "-i", self._dense, *streams, path)
        stretch(path, pad_to_bytes)

    def merged(self, path: Path, _: object, *, pad_to_bytes: int) -> None:
        """The same by mkvmerge."""
        _run("mkvmerge", "-q", "-o", path, self._dense)
        stretch(path, pad_to_bytes)

    def whole(self, path: Path, _: object, *, pad_to_bytes: int, flags: str = "0") -> None:
        """Write two hours of a thin clip, and stretch them to that size."""
        clip = self._old if path.suffix == ".avi" else self._thin
        loops = ["-stream_loop", FILM_S // CLIP_S - 1, "-i", clip]
        _run(*_MAKE, *loops, *_COPY, "-movflags", flags, path)
        stretch(path, pad_to_bytes)


def _encode(path: Path, picture: str, *codecs: str) -> None:
    voice = ["-f", "lavfi", "-i", "sine=frequency=300:sample_rate=48000"]
    streams = ["-map", "0", "-map", "1", "-map", "2", "-t", str(CLIP_S)]
    languages = ["-metadata:s:a:0", "language=jpn", "-metadata:s:a:1", "language=eng"]
    sources = ["-f", "lavfi", "-i", f"testsrc2={picture}", *voice, *voice]
    _run(*_MAKE, *sources, *streams, *codecs, *languages, path)


def _run(*command: object) -> None:
    subprocess.run([str(part) for part in command], check=True)


def stretch(path: Path, wanted_bytes: int) -> None:
    """Put a hole into the film, so that it becomes as long as wanted and stays a whole one."""
    more = wanted_bytes - path.stat().st_size
    with path.open("r+b") as file:
        if path.suffix == ".mkv":
            at, head = _before_cues(file.read(4096), more)
            file.seek(0)
            file.write(head)
            void = VOID.to_bytes(1, "big") + (more - 9 | 1 << 56).to_bytes(8, "big")
        elif path.suffix == ".mp4":
            at, void = _before_index(path), more.to_bytes(4, "big") + b"free"
        elif path.suffix == ".avi":
            at, void = _before_avi_index(path), b"JUNK" + (more - 8).to_bytes(4, "little")
            file.seek(4)
            file.write((wanted_bytes - 8).to_bytes(4, "little"))
        else:
            at, void = path.stat().st_size // 2 // 188 // 192 * 188 * 192, b""
        file.seek(at)
        rest = file.read()
        file.seek(at)
        file.write(void)
        file.truncate()
        file.truncate(wanted_bytes)
        file.seek(at + more)
        file.write(rest)


def _before_cues(head: bytes, more: int) -> tuple[int, bytes]:
    """Where the Cues lie, and the head of the file that is true when they lie `more` bytes farther behind."""
    new = bytearray(head)
    size_at = head.index(SEGMENT.to_bytes(4, "big")) + 4
    segment = size_at + 8
    size = int.from_bytes(head[size_at:segment], "big") + more
    new[size_at:segment] = size.to_bytes(8, "big")
    seeks: dict[bytes, tuple[int, slice]] = {}
    for match in _SEEK.finditer(head):
        place = slice(match.end(), match.end() + match[2][0] - 0x80)
        seeks[match[1]] = int.from_bytes(head[place], "big"), place
    cues, _ = seeks[CUES.to_bytes(4, "big")]
    for position, place in seeks.values():
        if position >= cues:
            new[place] = (position + more).to_bytes(place.stop - place.start, "big")
    checked = _CHECKED_SEEK_HEAD.search(head)
    if checked:
        start = checked.end() + 4
        width = 9 - head[checked.start() + 4].bit_length()
        mask = (1 << 7 * width) - 1
        length = int.from_bytes(head[checked.start() + 4 : checked.start() + 4 + width], "big") & mask
        new[start - 4 : start] = zlib.crc32(new[start : start + length - 6]).to_bytes(4, "little")
    return segment + cues, bytes(new)


def _before_index(path: Path) -> int:
    """Where the `moov` box begins, if it stands behind the data; else the end."""
    end = path.stat().st_size
    behind_data = False
    with path.open("rb") as file:
        at = 0
        while at < end:
            file.seek(at)
            size, kind = int.from_bytes(file.read(4), "big"), file.read(4)
            if kind == b"moov" and behind_data:
                return at
            behind_data |= kind == b"mdat"
            at += size
    return end


def _before_avi_index(path: Path) -> int:
    """Where `idx1` begins, behind the list of the film."""
    with path.open("rb") as file:
        at = 12
        while True:
            file.seek(at)
            kind, size = file.read(4), int.from_bytes(file.read(4), "little")
            if kind == b"idx1":
                return at
            at += 8 + size + (size & 1)
