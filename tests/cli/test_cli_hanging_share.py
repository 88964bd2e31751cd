"""A share that hangs, in the kernel and for good: nothing waits for it, and what is on it stays as it is."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Place

SHARE = [sys.executable, str(Path(__file__).with_name("hanging_share.py"))]
NO_FUSE = 75

TAGGARR = """
import sys
from functools import partial
from taggarr.cli import doctor, explain, main, probe, scan
deadline_s = float(sys.argv.pop(1))
scan.open_scanner = partial(scan.open_scanner, deadline_s=deadline_s)
explain.open_inspector = partial(explain.open_inspector, deadline_s=deadline_s)
doctor.Doctor = partial(doctor.Doctor, disk_s=deadline_s)
probe.Tracks = partial(probe.Tracks, deadline_s)
scan.OUT_AFTER_S = 0.5
main()
"""
"""The command line, built with a deadline of its own: nobody wants to wait for half a minute, time and again."""

HUNG = "the disk or share did not answer in time"
CURE = "see that it is mounted and that its server runs"

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> None:
    """See that a share that hangs can be had: Linux, `/dev/fuse`, and the right to mount (CAP_SYS_ADMIN)."""
    if sys.platform != "linux":
        pytest.skip("FUSE mounts are made as Linux makes them")
    folder = str(tmp_path_factory.mktemp("share"))
    done = subprocess.run(
        [*SHARE, "everything", folder, "true"], capture_output=True, text=True, timeout=60, check=False
    )
    if done.returncode == NO_FUSE:
        pytest.skip(f"no FUSE mount can be had here: {done.stderr.strip()}")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture
def start(place: "Place", share: None) -> Iterator[Start]:
    """Start a command line for which the series' root folder hangs; the films are on a disk that answers."""
    processes = []

    def start(*arguments: str, deadline_s: float = 0.5, what: str = "everything") -> "subprocess.Popen[str]":
        command = [*SHARE, what, str(place.collection.tv), sys.executable, "-c", TAGGARR, str(deadline_s)]
        command += arguments
        command += ["--data-dir", str(place.data)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        processes.append(subprocess.Popen(command, text=True, **pipes))
        return processes[-1]

    yield start
    for process in processes:
        process.kill()  # the mount goes with it
        process.communicate()


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_share_that_hangs(place: "Place", start: Start) -> None:
    """The scan goes on without it, says so, writes nothing to it, and ends although its readers still hang."""
    place.fill()
    place.configure("target_languages: [en], audio_source: files, write_state_json: true")
    before = contents(place.collection.tv), place.sonarr.all_tags()
    process = start("scan")
    assert process.stdout is not None
    shown = []
    while not shown or not shown[-1].startswith("Scan 1: "):
        shown.append(process.stdout.readline())
        assert shown[-1], process.communicate()
    process.wait(timeout=10)  # from the scan's end on
    said = process.communicate()[1]
    assert process.returncode == 0
    assert "tv: 5 series, 8 files\n" in shown
    assert "  ? 5 unknown\n" in shown
    assert f"tv: needs attention: Original: not known in the only file: {HUNG}: {CURE}\n" in said
    assert f"tv: 8 of 8 files could not be read on this machine; the first: {place.collection.tv}" in said
    assert f"{place.collection.tv / 'taggarr.json'} could not be read: {HUNG}. " in said
    assert (contents(place.collection.tv), place.sonarr.all_tags()) == before
    assert not place.sonarr.log.writes
    assert sorted(map(sorted, place.radarr.all_tags().values())) == [[], ["dub"]]


def test_a_label_stays_while_the_share_hangs(place: "Place", start: Start) -> None:
    """What was read before stands for what hangs, mode 1 included, and NFO files wait until it answers."""
    place.fill()
    assert place.run("scan").code == 0
    before = contents(place.collection.tv), place.sonarr.all_tags()
    place.sonarr.log.clear()
    out, err = start("scan", "--json", "--write-mode", "1").communicate(timeout=60)
    tv = json.loads(out)["instances"]["tv"]
    assert tv["verdicts"] == {"original": 1, "dub": 1, "semi-dub": 1, "wrong-dub": 1, "unknown": 1}
    assert "for 7 of them an earlier reading stands, or what the arr says" in err
    assert (contents(place.collection.tv), place.sonarr.all_tags()) == before


def test_a_stop_while_the_share_hangs(place: "Place", start: Start) -> None:
    """SIGTERM ends the process soon, whatever its threads wait for; the next scan does what was left."""
    place.fill()
    process = start("scan", deadline_s=3600)
    assert process.stderr is not None
    while not process.stderr.readline().startswith("films: deciding"):
        assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=10)
    assert process.returncode == 143
    assert "taggarr: stopped at once; the next scan settles what was open\n" in process.communicate()[1]
    assert not place.sonarr.log.writes
    assert place.run("scan").code == 0
    assert {"dub", "semi-dub", "wrong-dub"} <= set().union(*place.sonarr.all_tags().values())


@pytest.mark.parametrize("named", ["Bebop", "{tv}/Bebop", "{tv}/Bebop/Season 01/Bebop - S01E01.mkv"])
def test_explaining_what_hangs(place: "Place", start: Start, named: str) -> None:
    """A title is found by its name or path, and why nothing is known of its files is said."""
    place.fill()
    place.configure("target_languages: [en], audio_source: files")
    out, err = start("explain", named.format(tv=place.collection.tv), "--json").communicate(timeout=60)
    item = next(one for one in json.loads(out)["items"] if one["instance"] == "tv")
    assert (item["title"], item["verdict"]) == ("Bebop", "unknown")
    assert HUNG in json.dumps(item["files"])
    assert f"{HUNG}: {CURE}" in err


def test_checking_what_hangs(place: "Place", start: Start) -> None:
    """`doctor` names the root that hangs, and checks everything else."""
    place.fill()
    process = start("doctor", "--json")
    checks = json.loads(process.communicate(timeout=60)[0])["checks"]
    assert process.returncode == 1
    (bad,) = [check for check in checks if check["level"] == "error"]
    assert (bad["instance"], bad["name"], bad["cure"]) == ("tv", "files", CURE)
    assert bad["message"] == f"{place.collection.tv} did not answer within 0.5 s: the disk or share hangs"
    (good,) = [check for check in checks if (check["instance"], check["name"]) == ("films", "files")]
    assert good["level"] == "ok"


def test_reading_what_hangs(place: "Place", start: Start) -> None:
    """`probe` says it of the file and of the folder, and reads what else is named."""
    place.fill()
    tv, film = place.collection.tv, place.collection.movies / "Film" / "Film.mkv"
    names = [f"{tv}/Bebop/Season 01/Bebop - S01E01.mkv", str(tv), str(film)]
    process = start("probe", "--json", *names)
    rows = [json.loads(line) for line in process.communicate(timeout=60)[0].splitlines()]
    assert process.returncode == 0
    assert [(row["path"], row["error"]) for row in rows] == [
        (names[0], f"{HUNG}: {CURE}"),
        (names[1], f"{HUNG}: {CURE}"),
        (names[2], None),
    ]


def test_a_file_that_hangs_once_it_is_opened(place: "Place", start: Start) -> None:
    """It is there and can be opened, and what is in it never comes."""
    named = f"{place.collection.tv}/Film.mkv"
    process = start("probe", "--json", named, deadline_s=1, what="reads")
    out, err = process.communicate(timeout=60)
    if process.returncode == NO_FUSE:
        pytest.skip(err.strip())
    row = json.loads(out)
    assert (process.returncode, row["path"], row["error"]) == (0, named, f"{HUNG}: {CURE}")


def test_ctrl_c_while_a_file_hangs(place: "Place", start: Start) -> None:
    """The wait can be broken off: it is not the main thread that hangs in the kernel."""
    place.fill()
    film = place.collection.movies / "Film" / "Film.mkv"
    process = start("probe", "--json", str(film), str(place.collection.tv), deadline_s=3600)
    assert process.stdout is not None
    assert json.loads(process.stdout.readline())["error"] is None
    process.send_signal(signal.SIGINT)
    process.wait(timeout=10)
    assert process.returncode == 130
