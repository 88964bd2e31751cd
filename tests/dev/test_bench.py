"""What the comparison of the readers makes of what it measured."""

import shutil
from pathlib import Path

import pytest

from bench.films import SMALL, TINY, Sort
from bench.probe import Measured, bars
from bench.readers import OURS, PARSE, Count, Time, counted, counts_of
from taggarr.simulator.media import Track, write_matroska


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
