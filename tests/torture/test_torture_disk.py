"""What a full disk under the database does to a scan, and that the disk knows of a change before the arr does."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench.torture import right
from bench.torture.house import House, build
from taggarr.core.errors import StoreError
from taggarr.scan.events import Phase, Progress
from taggarr.scan.job import InstanceSummary, ScanSummary


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A library that every scan begins with anew."""
    with build(tmp_path_factory.mktemp("disk")) as made:
        yield made


@pytest.fixture
def small(house: House, mount_small: Callable[[Path, str], None]) -> House:
    """The same, its data folder on a disk of 3 MB."""
    house.begin("new")
    house.data.mkdir(exist_ok=True)
    mount_small(house.data, "3m")
    return house


def fill(folder: Path) -> None:
    """Leave no room."""
    with (folder / "somebody-elses-film").open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue


@pytest.mark.parametrize("phase", [Phase.FETCH, Phase.DECIDE, Phase.APPLY])
def test_a_disk_that_fills_up_stops_a_scan_and_nothing_else(small: House, phase: Phase) -> None:
    """Nothing is sent that cannot be written down; with room again, the next scan ends as it should."""
    small.begin("new")
    small.scan()
    undisturbed = right.end_of(small)
    small.begin("new")

    def listen(progress: Progress) -> None:
        if progress.phase is phase:
            fill(small.data)

    with pytest.raises(StoreError, match="the disk is full: make room and scan again"):
        small.scan(listen=listen)
    said = {name: InstanceSummary(name, error=("store", "the disk is full")) for name in small.arrs}
    assert list(right.wrong_meanwhile(small, "new", ScanSummary(0, instances=said), {}, remove=False)) == []
    (small.data / "somebody-elses-film").unlink()
    small.scan()
    assert list(right.wrong_at_the_end(small, "new", undisturbed, {}, remove=False)) == []


def test_the_kernel_syncs_a_change_before_it_is_sent(house: House) -> None:
    """As traced: between the last write to the database's log and each edit that goes out, the log is synced."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    house.begin("known")
    house.config()
    log = house.folder / "trace"
    calls = "trace=pwrite64,fdatasync,fsync,sendto"
    scan = [sys.executable, "-m", "taggarr", "scan", "--data-dir", str(house.data), "-i", "tv"]
    traced = subprocess.run(
        [strace, "-f", "-y", "-s", "40", "-o", str(log), "-e", calls, *scan],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    if "ptrace" in traced.stderr:
        pytest.skip(f"tracing is not allowed here: {traced.stderr.strip()[:100]}")
    synced, sent = True, 0
    for line in log.read_text().splitlines():
        if re.search(r"pwrite64\(\d+<[^>]*taggarr\.db-wal>", line):
            synced = False
        elif re.search(r"f(data)?sync\(\d+<[^>]*taggarr\.db-wal>", line):
            synced = True
        elif "sendto(" in line and "PUT /api/v3/series/editor" in line:
            sent += 1
            assert synced, f"edit {sent} went out before it was on the disk"
    assert sent > 1
