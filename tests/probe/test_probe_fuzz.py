"""Broken files by the thousand: only a reading or a reason ever comes out, within the caps."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench.fuzz.damage import CUT
from bench.fuzz.shapes import Shape, own_shapes
from bench.fuzz.trial import lost_tracks, mutant, read
from taggarr.core.media import AudioTrack, Cause, Heard, Unreadable
from taggarr.simulator.media import box, chunk, chunks, element

PROJECT = Path(__file__).parents[2]
MUTANTS = 250
SHAPES = {shape.name: shape for shape in own_shapes()}


@pytest.fixture
def film(tmp_path: Path) -> Iterator[int]:
    """A file that is open, to be written and read again and again."""
    fd = os.open(tmp_path / "film", os.O_RDWR | os.O_CREAT)
    yield fd
    os.close(fd)


def read_rightly(fd: int, data: bytes) -> Heard | Unreadable | None:
    reading, wrong = read(fd, data)
    assert wrong is None
    return reading


def whole(shape: Shape) -> bytes:
    return shape.whole(shape.data) if shape.whole else shape.data


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_mutants_never_raise(film: int, shape: Shape) -> None:
    """Bit flips, cuts, rubbish, lies, holes, parts doubled, moved and nested; seeded, so that they repeat."""
    original = read_rightly(film, whole(shape))
    assert isinstance(original, Heard)
    assert len(original.tracks) == 2
    unreadable = 0
    for number in range(MUTANTS):
        done, data = mutant(shape, "fast", number, most=2)
        reading = read_rightly(film, data)
        assert lost_tracks(shape, original, done, data, reading) is None, (number, done)
        unreadable += isinstance(reading, Unreadable)
    assert unreadable > MUTANTS // 10


@pytest.mark.parametrize("name", [name for name in SHAPES if name != "ts-map"])
def test_what_is_cut_is_read_as_before_or_not_at_all(film: int, name: str) -> None:
    """Nowhere can a file be cut so that it seems to have fewer tracks, or none."""
    shape = SHAPES[name]
    original = read_rightly(film, shape.data)
    size = len(shape.data)
    places = {*range(min(size, 1_200)), *range(max(0, size - 1_200), size), *range(0, size, 97)}
    for at in sorted(places):
        data = shape.data[:at]
        assert lost_tracks(shape, original, (CUT,), data, read_rightly(film, data)) is None, at


def test_lost_tracks_are_told() -> None:
    """Fewer tracks of a cut file, or none of one that names them; where the name is gone, nobody could know."""
    shape = SHAPES["mp4-plain"]
    two, one = Heard((AudioTrack(1), AudioTrack(2)), "mp4"), Heard((AudioTrack(1),), "mp4")
    renamed = Heard((AudioTrack(1), AudioTrack(2, title="B")), "mp4")
    silent, gone = Heard((), "mp4"), shape.data.replace(b"soun", b"vide")
    assert lost_tracks(shape, two, (CUT,), shape.data, one)
    assert lost_tracks(shape, two, (CUT,), shape.data, renamed)
    assert lost_tracks(shape, two, ("flips",), shape.data, silent)
    assert lost_tracks(shape, two, ("flips",), gone, silent) is None
    assert lost_tracks(shape, two, (CUT,), shape.data, two) is None
    assert lost_tracks(shape, two, ("flips",), shape.data, Unreadable("", Cause.DAMAGED)) is None


def fuzz(folder: Path, *options: str) -> subprocess.Popen[str]:
    """The long fuzz, in a folder of its own."""
    command = [sys.executable, "-m", "bench.fuzz", *options]
    return subprocess.Popen(
        command, cwd=folder, env=os.environ | {"PYTHONPATH": str(PROJECT)}, stdout=subprocess.PIPE, text=True
    )


def test_the_long_fuzz_ends_when_told(tmp_path: Path) -> None:
    """It counts what became of the files, also when somebody interrupts it."""
    with fuzz(tmp_path, "--minutes", "0.01", "--format", "avi") as process:
        said, _ = process.communicate()
    assert (process.returncode, " 0 findings: " in said) == (0, True)
    with fuzz(tmp_path, "--minutes", "10", "--format", "ts", "--note-every", "0.1") as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        said = process.stdout.read()
    assert process.returncode == 0
    assert "interrupted\n" in said
    assert "findings: " in said


def test_the_long_fuzz_keeps_what_it_finds(tmp_path: Path) -> None:
    """A reader that raises is a finding: a file, and how to try it again. Here every reader is broken."""
    broken = (
        "import sys; from taggarr.probe import reader; from bench.fuzz.__main__ import main\n"
        "seen = []\n"
        "def breaks(source, fd):\n"
        "    seen.append(fd)\n"
        "    return None if len(seen) == 1 else 1 // 0\n"
        "reader.opened = breaks\n"
        "sys.exit(main())"
    )
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-c", broken, "--repeat", "mp4-plain@7@3"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stdout
    assert "again: python3 dev.py fuzz --repeat mp4-plain@7@3" in done.stdout
    assert (tmp_path / ".fuzz" / "mp4-plain@7@3").read_bytes() == mutant(SHAPES["mp4-plain"], "7", 3)[1]
    with fuzz(tmp_path, "--repeat", "mp4-plain@7@3") as process:
        process.communicate()
    assert process.returncode == 0


def nested(make: Callable[[bytes], bytes], depth: int) -> bytes:
    data = b""
    for _ in range(depth):
        data = make(data)
    return data


MAGICS = (b"\x1a\x45\xdf\xa3", b"\0\0\0\x18ftypisom", b"\0\0\0\x08moov", b"\0\0\0\x01mdat")
RIFF = b"RIFF\0\0\0\0AVI "
MAGICS += (RIFF, RIFF + b"LIST\0\2\0\0hdrl")
DEEP = {
    "boxes": box("ftyp", b"isom") + nested(lambda data: box("moov", data), 2_000),
    "tracks": box("ftyp", b"isom") + box("moov", nested(lambda data: box("trak", data), 2_000)),
    "media": box("ftyp", b"isom") + box("moov", box("trak", nested(lambda data: box("mdia", data), 2_000))),
    "elements": SHAPES["mkv-plain"].data[:64] + nested(lambda data: element(0x1654AE6B, data), 1_500),
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
def test_depth_and_rubbish_are_unreadable(film: int, name: str) -> None:
    """Nesting without end costs no stack, and random bytes behind a magic number are no empty film."""
    assert isinstance(read_rightly(film, DEEP[name]), Unreadable)
