"""libmediainfo behind its worker processes: what it says, and what becomes of a worker that does not."""

import io
import json
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from taggarr import probe
from taggarr.core.media import AudioTrack, Cause, Heard, LanguageSource, Reading, Unreadable
from taggarr.probe.mediainfo import Libmediainfo, reading
from taggarr.probe.mediainfo_worker import Capped
from taggarr.probe.workers import TimedOut, Unavailable, Workers
from taggarr.simulator.media import make_ogg

Save = Callable[..., Path]
Scripted = Callable[..., Workers]

GENERAL = {"@type": "General", "Format": "AVI"}


def answer(*tracks: dict[str, object]) -> bytes:
    return json.dumps({"media": {"track": tracks}}).encode()


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({}, AudioTrack(1)),
        ({"Language": "ja"}, AudioTrack(1, "ja", language_source=LanguageSource.STATED)),
        ({"Language": "pt-BR"}, AudioTrack(1, bcp47="pt-BR", language_source=LanguageSource.STATED)),
        ({"Language": ""}, AudioTrack(1)),
        ({"Title": "Stereo", "Format": "AC-3"}, AudioTrack(1, title="Stereo", codec="AC-3")),
        ({"Channels": "6"}, AudioTrack(1, channels=6)),
        ({"Channels": "8 / 6"}, AudioTrack(1, channels=8)),
        ({"Channels": "Object Based"}, AudioTrack(1)),
        ({"Default": "Yes", "Forced": "No"}, AudioTrack(1, default=True, forced=False)),
        ({"ServiceKind": "CM"}, AudioTrack(1)),
        ({"ServiceKind": "C"}, AudioTrack(1, commentary=True)),
        ({"ServiceKind": "VI"}, AudioTrack(1, visual_impaired=True)),
        ({"ServiceKind": "HI"}, AudioTrack(1, hearing_impaired=True)),
    ],
)
def test_a_track_is_what_libmediainfo_states(stated: dict[str, object], expected: AudioTrack) -> None:
    """Fields as they are; a flag that it does not state is not known."""
    assert reading(answer(GENERAL, {"@type": "Audio", **stated})) == Heard((expected,), "mediainfo")


def test_audio_tracks_are_counted_among_themselves() -> None:
    """Video and text take no position."""
    tracks = ({"@type": "Video"}, {"@type": "Audio"}, {"@type": "Text"}, {"@type": "Audio"})
    assert reading(answer(GENERAL, *tracks)) == Heard((AudioTrack(1), AudioTrack(2)), "mediainfo")


def test_a_silent_film_is_heard_without_tracks() -> None:
    """A format with a video track and no sound is a reading."""
    assert reading(answer(GENERAL, {"@type": "Video"})) == Heard((), "mediainfo")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b'{"media": null}',
        b'{"media": {"track": [{}]}}',
        b'{"media": {"track": 5}}',
        answer(),
        answer(GENERAL),
        answer({"@type": "General"}),
        answer({"@type": "General"}, {"@type": "Audio"}),
        answer({"@type": "Audio", "Format": "AC-3"}),
    ],
)
def test_without_a_format_or_a_track_nothing_is_known(data: bytes) -> None:
    """libmediainfo calls no file unreadable; its silence is not an answer."""
    assert reading(data) == Unreadable("no reader knows its format", Cause.FORMAT)


@pytest.mark.measured
def test_a_file_that_only_libmediainfo_reads(save: Save) -> None:
    """The whole way through a real worker, again after it was closed, and from many threads at once."""
    path = save(make_ogg("por"), "film.ogg")
    first = probe.read(path)
    assert isinstance(first, Heard)
    assert first.source == "mediainfo"
    (track,) = first.tracks
    assert (track.language, track.codec, track.channels) == ("pt", "Opus", 2)
    probe.close()
    got: list[Reading] = []
    threads = [threading.Thread(target=lambda: got.append(probe.read(path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [first] * 8


def test_the_caps_hold_for_libmediainfo_too() -> None:
    """400 reads and 8 MB, as for the header readers; then the file ends."""
    film = Capped(io.BytesIO(bytes(9 << 20)))
    assert sum(len(film.read(1)) for _ in range(401)) == 400
    film = Capped(io.BytesIO(bytes(9 << 20)))
    assert sum(len(film.read(1 << 20)) for _ in range(10)) == 8 << 20


def test_a_relative_path_means_the_same_later(save: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that was started in another folder reads the right file."""
    path = save(make_ogg("jpn"), "film.ogg")
    assert isinstance(probe.read(path), Heard)
    monkeypatch.chdir(path.parent)
    assert isinstance(probe.read("film.ogg"), Heard)


def test_a_file_that_goes_away_is_named(tmp_path: Path) -> None:
    """The worker opens the file itself, and says why it could not."""
    workers = Workers()
    try:
        got = Libmediainfo(workers).read(str(tmp_path / "gone.avi"))
    finally:
        workers.close()
    assert isinstance(got, Unreadable)
    assert got.cause is Cause.FAILED
    assert "No such file" in got.reason


PROTOCOL = """
import os, sys, time
def send(message):
    sys.stdout.buffer.write(len(message).to_bytes(4, "big") + message)
    sys.stdout.buffer.flush()
def receive():
    size = sys.stdin.buffer.read(4)
    if len(size) < 4:
        sys.exit()
    return sys.stdin.buffer.read(int.from_bytes(size, "big")).decode()
with open(sys.argv[1], "a") as log:
    log.write("started\\n")
"""


@pytest.fixture
def scripted(tmp_path: Path) -> Iterator[Scripted]:
    """Workers that run a script in place of the real one; every start is a line of the file `starts`."""
    made: list[Workers] = []

    def make(script: str, *, deadline_s: float = 30.0, count: int = 2) -> Workers:
        file = tmp_path / "worker.py"
        file.write_text(PROTOCOL + script)
        command = (sys.executable, "-S", str(file), str(tmp_path / "starts"))
        made.append(Workers(command, count=count, deadline_s=deadline_s))
        return made[-1]

    yield make
    for workers in made:
        workers.close()


def starts(tmp_path: Path) -> int:
    return len((tmp_path / "starts").read_text().splitlines())


def test_a_worker_is_kept_for_the_next_file(scripted: Scripted, tmp_path: Path) -> None:
    """Many files, one process."""
    workers = scripted("send(b'ready')\nwhile True: send(b'e' + receive().encode())")
    assert [workers.ask(f"/{n}") for n in range(5)] == [b"e/0", b"e/1", b"e/2", b"e/3", b"e/4"]
    assert starts(tmp_path) == 1


def test_a_worker_that_hangs_is_killed_and_replaced(scripted: Scripted, tmp_path: Path) -> None:
    """The file past the deadline is given up, the next one gets a new process."""
    script = "send(b'ready')\nwhile True:\n p = receive()\n if p == '/slow': time.sleep(3600)\n send(b'e' + p.encode())"
    workers = scripted(script, deadline_s=0.3)
    got = Libmediainfo(workers).read("/slow")
    assert got == Unreadable("libmediainfo took too long over it", Cause.DEADLINE)
    with pytest.raises(TimedOut):
        workers.ask("/slow")
    assert starts(tmp_path) == 2


def test_a_worker_that_crashes_on_a_file_is_tried_once_more(scripted: Scripted, tmp_path: Path) -> None:
    """It may have been killed from outside; the second crash is the file's."""
    workers = scripted("send(b'ready')\nreceive()\nos.abort()")
    got = Libmediainfo(workers).read("/film.avi")
    assert got == Unreadable("libmediainfo crashed on it", Cause.FAILED)
    assert starts(tmp_path) == 2


def test_a_worker_that_ended_while_idle_is_replaced(scripted: Scripted, tmp_path: Path) -> None:
    """A process that somebody ended costs no file."""
    script = "send(b'ready')\np = receive()\nsend(b'e' + p.encode())\nsys.stdout.close()"
    workers = scripted(script)
    assert [workers.ask("/1"), workers.ask("/2")] == [b"e/1", b"e/2"]
    assert starts(tmp_path) == 2


def test_a_worker_that_stopped_listening_is_replaced(scripted: Scripted, tmp_path: Path) -> None:
    """A request that cannot be written goes to a new process."""
    workers = scripted(
        "send(b'ready')\np = receive()\nos.close(0)\nsend(b'e' + p.encode())\ntime.sleep(3600)"
    )
    assert [workers.ask("/1"), workers.ask("/2")] == [b"e/1", b"e/2"]
    assert starts(tmp_path) == 2


def test_a_cut_answer_is_a_crash(scripted: Scripted) -> None:
    """Half a message is none."""
    script = "send(b'ready')\nreceive()\nsys.stdout.buffer.write(b'\\0\\0\\0\\x09jhalf')\nsys.stdout.buffer.flush()"
    got = Libmediainfo(scripted(script)).read("/film.avi")
    assert got == Unreadable("libmediainfo crashed on it", Cause.FAILED)


def test_a_missing_library_is_said_and_remembered(scripted: Scripted, tmp_path: Path) -> None:
    """No process is started for a second file."""
    workers = scripted("send(b'there is no library')")
    fallback = Libmediainfo(workers)
    for _ in range(2):
        got = fallback.read("/film.avi")
        assert isinstance(got, Unreadable)
        assert got.cause is Cause.READER
        assert "there is no library" in got.reason
    assert starts(tmp_path) == 1


def test_a_worker_that_does_not_start_is_no_reader(scripted: Scripted, tmp_path: Path) -> None:
    """A process that ends at once, and a program that does not exist."""
    with pytest.raises(Unavailable, match="did not start"):
        scripted("sys.exit(1)").ask("/film.avi")
    missing = Workers((str(tmp_path / "no-such-program"),))
    with pytest.raises(Unavailable, match="No such file"):
        missing.ask("/film.avi")


def test_a_worker_that_can_be_had_is_no_problem(scripted: Scripted, tmp_path: Path) -> None:
    """The one that was asked for to see is the one that reads the next file."""
    workers = scripted("send(b'ready')\nwhile True:\n p = receive()\n send(b'e' + p.encode())")
    assert Libmediainfo(workers).problem() is None
    assert workers.ask("/film.avi") == b"e/film.avi"
    assert starts(tmp_path) == 1


def test_threads_share_few_workers(scripted: Scripted, tmp_path: Path) -> None:
    """Sixteen readers never start more processes than there may be."""
    workers = scripted(
        "send(b'ready')\nwhile True:\n p = receive()\n time.sleep(0.01)\n send(b'e' + p.encode())"
    )
    got: list[bytes] = []
    threads = [threading.Thread(target=lambda n=n: got.append(workers.ask(f"/{n}"))) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == sorted(b"e/%d" % n for n in range(16))
    assert starts(tmp_path) <= 2


def test_closing_ends_a_worker_that_does_not_listen(scripted: Scripted) -> None:
    """One that ignores the end of its input is killed."""
    workers = scripted("send(b'ready')\nreceive()\nsend(b'%d' % os.getpid())\ntime.sleep(3600)")
    pid = int(workers.ask("/film.avi"))
    os.kill(pid, 0)
    workers.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.measured
@pytest.mark.parametrize(
    ("module", "part"),
    [
        ("raise ImportError('gone')", "pymediainfo is not installed"),
        (
            "class MediaInfo:\n parse = None\n @staticmethod\n def can_parse(): return False",
            "without the library",
        ),
    ],
)
def test_an_installation_without_libmediainfo_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, part: str
) -> None:
    """The real worker beside a pymediainfo that is absent, and one whose library is (musl, 32-bit ARM)."""
    (tmp_path / "pymediainfo.py").write_text(module)
    monkeypatch.setenv("PYTHONPATH", os.fspath(tmp_path))
    workers = Workers()
    try:
        got = Libmediainfo(workers).read("/film.avi")
        problem = Libmediainfo(workers).problem()
    finally:
        workers.close()
    assert isinstance(got, Unreadable)
    assert got.cause is Cause.READER
    assert part in got.reason
    assert problem is not None
    assert part in problem
