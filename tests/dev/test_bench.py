"""What the comparison of the readers makes of what it measured."""

import shutil
import zlib
from functools import partial
from pathlib import Path

import pytest

from bench.encoded import stretch
from bench.films import SMALL, TINY, Sort
from bench.probe import Measured, bars
from bench.readers import OURS, PARSE, Count, Time, counted, counts_of
from taggarr import probe
from taggarr.simulator.matroska_writer import CUES, SEGMENT, VOID
from taggarr.simulator.media import (
    FASTSTART,
    FFMPEG,
    M2TS,
    MKVMERGE,
    MatroskaLayout,
    Track,
    write_avi,
    write_matroska,
    write_mp4,
    write_ts,
)


def measured(group: str, ours: list[float], theirs: list[float], calls: int = 3) -> Measured:
    """One sort of file whose readings took these seconds."""
    times = {OURS: [Time(2 * s, s) for s in ours], PARSE: [Time(2 * s, s) for s in theirs]}
    return Measured(Sort("Matroska", "mkv", group, (), write_matroska), times, {OURS: Count(calls, 4096)})


def test_a_ratio_is_the_median_of_the_runs() -> None:
    """Each run is compared with itself, so that one that was disturbed decides nothing."""
    one = measured(TINY, [1e-5, 2e-5, 1e-5], [1e-3, 4e-3, 9e-3])
    assert one.ratio(PARSE, lambda time: time.cpu_s) == pytest.approx(200)


def test_each_bar_is_judged_by_its_worst_file() -> None:
    """One sort of file that is too slow, or asks too much, is enough to miss a bar; what was not measured has none."""
    good = measured(TINY, [5e-5], [5e-3])
    said = bars([good, measured(TINY, [8e-5], [2e-3], calls=10)])
    assert [(bar.reached, bar.value) for bar in said] == [
        (False, pytest.approx(12_500)),
        (False, pytest.approx(80)),
        (False, pytest.approx(25)),
        (False, 10),
        (True, 4),
    ]
    assert [bar.reached for bar in bars([good])] == [True] * 5
    assert next(bar.name for bar in bars([measured(SMALL, [5e-5], [6e-3])])).endswith(SMALL)


FILMS = {
    "mkvmerge.mkv": write_matroska,
    "ffmpeg.mkv": partial(write_matroska, layout=FFMPEG),
    "last.mp4": write_mp4,
    "first.mp4": partial(write_mp4, layout=FASTSTART),
    "film.ts": write_ts,
    "film.m2ts": partial(write_ts, layout=M2TS),
    "film.avi": write_avi,
}


@pytest.mark.parametrize("name", FILMS)
def test_a_stretched_film_stays_whole(tmp_path: Path, name: str) -> None:
    """It has the wanted size, says the same of its tracks, and what stood at its end still does."""
    path = tmp_path / name
    FILMS[name](path, [Track("video"), Track(language="jpn"), Track(language="eng")], pad_to_bytes=900_000)
    before, tail = probe.read(path), path.read_bytes()[-30:]
    stretch(path, 40 << 20)
    assert probe.read(path) == before
    assert path.stat().st_size == 40 << 20
    data = path.read_bytes()
    assert name == "first.mp4" or data.endswith(tail)
    assert name != "film.avi" or data[4:8] == (len(data) - 8).to_bytes(4, "little")


@pytest.mark.parametrize("layout", [MKVMERGE, FFMPEG], ids=["mkvmerge", "ffmpeg"])
def test_a_stretched_film_names_the_place_of_its_cues(tmp_path: Path, layout: MatroskaLayout) -> None:
    """Its head is, byte for byte, that of a film whose Cues lie so much farther behind; its checksum too."""
    path = tmp_path / "film.mkv"
    write_matroska(path, [Track("video")], layout, pad_to_bytes=900_000)
    more = (40 << 20) - path.stat().st_size
    stretch(path, 40 << 20)
    data = path.read_bytes()
    cues = data.rindex(CUES.to_bytes(4, "big"))
    segment = data.index(SEGMENT.to_bytes(4, "big")) + 12
    assert (cues - segment).to_bytes(8, "big") in data[:200]
    assert data[segment - 8 : segment] == (1 << 56 | len(data) - segment).to_bytes(8, "big")
    assert data[cues - more : cues - more + 9] == b"\xec" + (1 << 56 | more - 9).to_bytes(8, "big")
    if layout.crc:
        at = data.index(b"\xbf\x84") + 6
        end = data.index(VOID.to_bytes(1, "big") + b"\xf8")
        assert data[at - 4 : at] == zlib.crc32(data[at:end]).to_bytes(4, "little")


def test_calls_are_counted_between_the_marks() -> None:
    """Memory is not counted, nor what lies outside of the marks; a read that failed has no bytes."""
    mark = '7 access("/what-follows-reads-file-", F_OK) = -1 ENOENT (No such file or directory)\n'
    log = [
        '7 openat(AT_FDCWD, "/a", O_RDONLY) = 3\n',
        mark,
        '7 openat(AT_FDCWD, "/a", O_RDONLY) = 3\n',
        "7 brk(0x5584)                      = 0x5584\n",
        '7 pread64(3, "\\32E = 99"..., 16384, 0) = 4000\n',
        '8 read(3, "", 65536)               = 0\n',
        "8 read(3, 0x1, 65536)              = -1 EAGAIN (Resource temporarily unavailable)\n",
        "7 close(3)                         = 0\n",
        mark,
        '7 read(3, "", 65536)               = 70\n',
        mark,
        mark,
        "7 exit_group(0)                    = ?\n",
    ]
    assert list(counts_of(iter(log))) == [Count(5, 4000), Count(0, 0)]


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_our_readers_are_counted(tmp_path: Path) -> None:
    """Open, one read, close: what the bounds of the reader promise is what the comparison prints."""
    path = tmp_path / "film.mkv"
    write_matroska(path, [Track(language="jpn")], pad_to_bytes=3000)
    found = counted(OURS, [str(path)] * 2)
    if found is None:
        pytest.skip("strace may not trace here")
    assert found == [Count(3, 3000)] * 2
