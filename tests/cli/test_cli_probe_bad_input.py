"""What lies in folders of media and is no film: each gets a row with its reason, and nothing waits for it."""

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from taggarr.simulator.collection import audio, write
from taggarr.simulator.media import Track, make_avi, make_matroska

AS_NOBODY = r"""
import os, sys
from taggarr.cli import run
run(["probe", sys.argv[1]])  # imports what it needs: it may lie in a folder of root's
sys.stdout.flush()
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
os.chdir(sys.argv[2])
print("as nobody", flush=True)
sys.exit(run(["probe", *sys.argv[3:]]))
"""

IRREGULAR = "it is not a regular file but a pipe, a socket or a device"
DENIED = "this user may not read it: check its owner and mode"
REASONS = {
    "a pipe.mkv": IRREGULAR,
    "a socket.mkv": IRREGULAR,
    "a device.mkv": IRREGULAR,
    "a gone link.mkv": "its link leads to a file that is not there",
    "a circle.mkv": "its link leads in a circle",
    "a linked folder.mkv": "it is a folder, not a file",
    "hidden.mkv": DENIED,
    "empty.avi": "it is empty",
    "cut.avi": "it ends inside its track list: it is damaged or still being written",
    "two\nlines.mkv": None,
    "caf\udce9.avi": None,
    "folder.mkv/inside.mp4": None,
}


@pytest.fixture
def media() -> Iterator[Path]:
    """A folder with all of that, which every user may list (pytest's own are closed to others)."""
    with tempfile.TemporaryDirectory() as name, socket.socket(socket.AF_UNIX) as listener:
        folder = Path(name)
        folder.chmod(0o755)
        os.mkfifo(folder / "a pipe.mkv", 0o666)
        listener.bind(str(folder / "a socket.mkv"))
        (folder / "a device.mkv").symlink_to("/dev/zero")
        (folder / "a gone link.mkv").symlink_to(folder / "gone")
        (folder / "a circle.mkv").symlink_to("a circle.mkv")
        (folder / "a linked folder.mkv").symlink_to(folder)
        write(folder / "hidden.mkv", audio("jpn"))
        (folder / "hidden.mkv").chmod(0)
        write(folder / "empty.avi", b"")
        write(folder / "cut.avi", make_avi(audio("jpn"))[:200])
        write(folder / "two\nlines.mkv", audio("jpn"))
        write(folder / "caf\udce9.avi", make_avi(audio("jpn")))
        write(folder / "folder.mkv" / "inside.mp4", audio("jpn"))
        yield folder


def probe(media: Path, *arguments: object) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-c", AS_NOBODY, media / "two\nlines.mkv", media, *arguments]
    # Nobody may not write what coverage would keep, and is told so on standard error.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    return subprocess.run(command, capture_output=True, timeout=120, check=False, env=environment)


@pytest.mark.parametrize("named", [False, True], ids=["the folder", "each by name"])
def test_each_has_its_reason(media: Path, named: bool) -> None:
    """In a folder and named, as a user who may not read everything; exit code 0, nothing on standard error."""
    paths = [media]
    if named:  # but for the link: a folder that is named is searched, whatever leads to it
        (media / "a linked folder.mkv").rename(media / "not a video")
        paths = [media / name for name in REASONS if name != "a linked folder.mkv"]
    done = probe(media, "--json", *paths)
    rows = [json.loads(line) for line in done.stdout.partition(b"as nobody\n")[2].splitlines()]
    found = {row["path"].removeprefix(f"{media}/"): row["error"] for row in rows}
    if named:
        found["a linked folder.mkv"] = REASONS["a linked folder.mkv"]
    assert found == REASONS
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)


def test_people_see_the_same(media: Path) -> None:
    """Names with a newline stay on one line, with what is unprintable written out."""
    done = probe(media, media)
    lines = done.stdout.partition(b"as nobody\n")[2].decode().splitlines()
    assert done.returncode == 0
    assert f"{media}/two\\nlines.mkv  (matroska)" in lines
    assert f"{media}/caf\\udce9.avi  (avi)" in lines
    for name, reason in REASONS.items():
        if reason:
            assert lines[lines.index(f"{media}/{name}") + 1] == f"  not readable: {reason}"


def test_ten_thousand_tracks_are_no_endless_table(call, tmp_path: Path) -> None:
    """Programs get all of them, people the first 200 and a count."""
    write(tmp_path / "film.mkv", make_matroska([Track(language="jpn")] * 10_000))
    (row,) = [json.loads(line) for line in call("probe", "--json", tmp_path).out.splitlines()]
    if row["error"]:
        pytest.skip("the machine is too busy to read so many within the time that a file has")
    assert [track["position"] for track in row["tracks"]] == list(range(1, 10_001))
    *_, last, rest = call("probe", tmp_path).out.splitlines()
    assert last.split()[:2] == ["200", "jpn"]
    assert rest == "  … and 9800 more tracks (--json shows all of them)"
    write(tmp_path / "film.mkv", make_matroska([Track(language="jpn")] * 200))
    assert call("probe", tmp_path).out.splitlines()[-1].split()[:2] == ["200", "jpn"]


def test_a_scan_passes_what_is_no_film(place) -> None:
    """Titles whose files are pipes, devices, circles and ten terabytes of nothing are unknown; the others are judged."""
    place.configure("target_languages: [en], audio_source: files")
    movies = place.collection.movies
    for title in ("Pipe", "Device", "Circle", "Folder", "Huge", "Film"):
        place.collection.movie(title, audio("jpn", "eng"))
    for title in ("Pipe", "Device", "Circle", "Folder"):
        (movies / title / f"{title}.mkv").unlink()
    os.mkfifo(movies / "Pipe" / "Pipe.mkv")
    (movies / "Device" / "Device.mkv").symlink_to("/dev/zero")
    (movies / "Circle" / "Circle.mkv").symlink_to("Circle.mkv")
    (movies / "Folder" / "Folder.mkv").mkdir()
    (movies / "Huge" / "Huge.mkv").write_bytes(b"\x1a\x45\xdf\xa3")
    os.truncate(movies / "Huge" / "Huge.mkv", 1 << 40)
    done = place.start("scan", "--json")
    out, err = done.communicate(timeout=120)
    verdicts = json.loads(out)["instances"]["films"]["verdicts"]
    assert (verdicts["dub"], verdicts["unknown"]) == (1, 5)
    assert "Traceback" not in err
