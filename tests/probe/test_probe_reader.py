"""What is no media file, and files that are odd: a reason, never an exception, never a hang."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from taggarr import probe
from taggarr.core.media import Cause, Heard, Reading, Unreadable
from taggarr.probe import reader
from taggarr.probe.source import Capped, Source
from taggarr.simulator.media import (
    MKVMERGE,
    Track,
    make_avi,
    make_matroska,
    make_mp4,
    make_ogg,
    make_ts,
    write_matroska,
)

Save = Callable[..., Path]

FILM = make_matroska([Track("video"), Track(language="jpn")])


def cause(path: str | os.PathLike[str]) -> Cause:
    reading = probe.read(path)
    assert isinstance(reading, Unreadable), reading
    assert reading.reason
    return reading.cause


def test_the_name_says_nothing_about_the_format(save: Save) -> None:
    """Readers are chosen by the first bytes."""
    mp4 = make_mp4([Track("video"), Track(language="jpn")])
    assert getattr(probe.read(save(FILM, "film.mp4")), "source", None) == "matroska"
    assert getattr(probe.read(save(mp4, "film.mkv")), "source", None) == "mp4"
    ts = make_ts([Track("video"), Track(language="jpn")])
    assert getattr(probe.read(save(FILM, "film")), "source", None) == "matroska"
    assert getattr(probe.read(save(make_avi([Track("video")]), "film.ts")), "source", None) == "avi"
    assert getattr(probe.read(save(ts, "film.mp4")), "source", None) == "mpegts"


def test_a_path_may_be_text_or_a_path_object(save: Save) -> None:
    """Both spellings of one file give one reading."""
    path = save(FILM)
    assert probe.read(str(path)) == probe.read(path)


@pytest.mark.parametrize(
    "name", [b"two\nlines.mkv", b"caf\xe9.mkv", "日本語 \t.mkv".encode(), b" .mkv", b"-x"]
)
@pytest.mark.parametrize("data", [FILM, b"no media"], ids=["film", "rubbish"])
def test_any_file_name_is_readable(tmp_path: Path, name: bytes, data: bytes) -> None:
    """Newlines and names that are not UTF-8, through the header readers and through libmediainfo."""
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(data)
    expected = Heard if data is FILM else Unreadable
    assert isinstance(probe.read(path), expected)


@pytest.mark.parametrize(
    ("data", "name", "part"),
    [
        (FILM, "film.iso", "disc images"),
        (FILM, "Film.ISO", "disc images"),
        (FILM, "film.img", "disc images"),
        (b"http://example.com/film", "film.strm", ".strm"),
        (FILM, "BDMV/STREAM/00001.m2ts", "disc folders"),
        (FILM, "bdmv/index.mkv", "disc folders"),
        (FILM, "Film/video_ts/VTS_01_1.VOB", "disc folders"),
        (bytes(32769) + b"CD001" + bytes(3000), "film.mkv", "disc images"),
        (bytes(32769) + b"BEA01" + bytes(3000), "film.mkv", "disc images"),
    ],
)
def test_discs_and_streams_are_refused_with_their_own_reason(
    tmp_path: Path, data: bytes, name: str, part: str
) -> None:
    """Images by name and by content, folders by a component of the path, .strm without opening it."""
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    reading = probe.read(path)
    assert isinstance(reading, Unreadable)
    assert reading.cause is Cause.FORMAT
    assert part in reading.reason


def test_a_disc_folder_is_a_whole_component(tmp_path: Path) -> None:
    """A title that merely contains the letters is a film like any other."""
    path = tmp_path / "The BDMV Story.mkv"
    path.write_bytes(FILM)
    assert isinstance(probe.read(path), Heard)


def test_refusal_by_name_needs_no_file() -> None:
    """Nothing is opened: the reason stands even where there is no such file."""
    assert cause("/nowhere/film.strm") is Cause.FORMAT


def test_what_is_not_there_is_missing(tmp_path: Path) -> None:
    """A name that nothing has, and a link that leads nowhere, which is said."""
    assert cause(tmp_path / "none.mkv") is Cause.MISSING
    (tmp_path / "link.mkv").symlink_to(tmp_path / "none.mkv")
    reading = probe.read(tmp_path / "link.mkv")
    assert isinstance(reading, Unreadable)
    assert reading.cause is Cause.MISSING
    assert "link" in reading.reason


def test_what_is_no_regular_file_fails_at_once(tmp_path: Path) -> None:
    """A folder, a pipe nobody writes to, a socket, devices, a circle of links, a file as a folder."""
    os.mkfifo(tmp_path / "pipe.mkv")
    (tmp_path / "circle.mkv").symlink_to(tmp_path / "circle.mkv")
    (tmp_path / "film.mkv").write_bytes(FILM)
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(tmp_path)  # the path of a socket may not be long
        try:
            listener.bind("socket.mkv")
        finally:
            os.chdir(here)
        assert cause(tmp_path / "socket.mkv") is Cause.FAILED
    for path in (tmp_path, tmp_path / "pipe.mkv", tmp_path / "circle.mkv", tmp_path / "film.mkv" / "x.mkv"):
        assert cause(path) is Cause.FAILED, path
    for device in ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/tty"):
        assert cause(device) is Cause.FAILED, device


@pytest.mark.parametrize("name", ["a\0b.mkv", "\ud800.mkv", "x" * 5000])
def test_impossible_names_fail(name: str) -> None:
    """A NUL, a lone surrogate, a name longer than any file system takes."""
    assert cause(name) is Cause.FAILED


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become a user who may read nothing"
)
def test_a_file_that_another_user_hides_is_denied(tmp_path: Path) -> None:
    """Tried as another user, since root may read everything."""
    hidden = tmp_path / "hidden.mkv"
    hidden.write_bytes(FILM)
    hidden.chmod(0)
    code = (
        "import os, sys\n"
        "from taggarr.probe import read\n"
        "read('/')\n"  # everything is imported before the user changes
        "os.chdir(sys.argv[1])\n"
        "os.setuid(65534)\n"
        "print(read('hidden.mkv').cause.value)\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout == "denied\n"


@pytest.mark.parametrize(
    ("error", "expected"),
    [(1, Cause.DENIED), (13, Cause.DENIED), (5, Cause.FAILED), (116, Cause.FAILED), (None, Cause.FAILED)],
)
def test_errors_of_the_system_become_causes(save: Save, error: int | None, expected: Cause) -> None:
    """EPERM, EACCES, EIO, ESTALE and an error without a number, raised while the fallback looks."""
    del save
    failure = OSError(error, os.strerror(error)) if error else OSError("strange")
    got = reader.failure(failure, "/nowhere/film.mkv")
    assert got.cause is expected
    assert got.reason


def test_a_folder_that_answers_as_on_windows_is_a_folder(tmp_path: Path) -> None:
    """Windows refuses to open a folder as if it were forbidden."""
    assert reader.failure(PermissionError(13, "denied"), str(tmp_path)).cause is Cause.FAILED


@pytest.mark.parametrize("name", ["film.mkv", "film.mp4", "film.avi"])
def test_an_empty_file_is_damaged(save: Save, name: str) -> None:
    """Nothing in it is a fact about its content."""
    assert probe.read(save(b"", name)) == Unreadable("it is empty", Cause.DAMAGED)


@pytest.mark.parametrize("data", [b"x", b"text, not a film\n" * 100, bytes(50_000), b"PK\3\4" + bytes(90)])
def test_what_no_reader_knows_is_of_an_unknown_format(save: Save, data: bytes) -> None:
    """Text, zeros and archives are no silent films."""
    assert probe.read(save(data)) == Unreadable("no reader knows its format", Cause.FORMAT)


def test_ten_terabytes(tmp_path: Path) -> None:
    """A sparse file as large as any disk, with a film's header and with nothing in it."""
    film = tmp_path / "film.mkv"
    write_matroska(film, [Track("video"), Track(language="jpn")], MKVMERGE, pad_to_bytes=1 << 30)
    empty = tmp_path / "empty.mkv"
    empty.touch()
    try:
        os.truncate(film, 10 << 40)
        os.truncate(empty, 10 << 40)
    except OSError:
        os.truncate(film, 1 << 40)  # file systems with smaller limits
        os.truncate(empty, 1 << 40)
    assert isinstance(probe.read(film), Heard)
    assert cause(empty) in (Cause.FORMAT, Cause.DEADLINE)


def test_a_file_that_shrinks_while_it_is_read_is_damaged(tmp_path: Path) -> None:
    """The end that was there a moment ago is gone."""
    path = tmp_path / "film.mkv"
    write_matroska(path, [Track("video", codec_private_bytes=200_000), Track(language="jpn")])
    fd = os.open(path, os.O_RDONLY)
    try:
        source = Source(fd)
        source.load(0, 1)
        os.truncate(path, 20_000)
        assert reader.opened(source, fd) == Unreadable(
            "it ends inside its track list: it is damaged or still being written", Cause.DAMAGED
        )
    finally:
        os.close(fd)


def test_the_deadline_is_a_reason(tmp_path: Path) -> None:
    """Past its time a file is given up before the next read; the first read is always made."""
    path = tmp_path / "film.mkv"
    write_matroska(path, [Track("video", codec_private_bytes=200_000), Track(language="jpn")])
    fd = os.open(path, os.O_RDONLY)
    try:
        got = reader.opened(Source(fd, deadline_s=-1), fd)
    finally:
        os.close(fd)
    assert isinstance(got, Unreadable)
    assert got.cause is Cause.DEADLINE


def test_the_caps_are_hard(tmp_path: Path) -> None:
    """The 401st read and the byte after 8 MB are refused."""
    path = tmp_path / "file"
    path.write_bytes(bytes(9 << 20))
    fd = os.open(path, os.O_RDONLY)
    try:
        source = Source(fd)
        for at in range(400):
            source.load(at, 1, 1)
        with pytest.raises(Capped):
            source.load(0, 1, 1)
        source = Source(fd)
        source.load(0, 8 << 20)
        with pytest.raises(Capped):
            source.load(0, 1, 1)
    finally:
        os.close(fd)


class Dribbling(Source):
    """A network share that gives a few bytes at a time."""

    at_once = 3

    def _read(self, offset: int, size: int) -> bytes:
        return super()._read(offset, min(size, self.at_once))


def test_short_reads_are_completed(tmp_path: Path) -> None:
    """What a read leaves out is asked for again, until the file ends; a file is not cut because of it."""
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    fd = os.open(path, os.O_RDONLY)
    try:
        source = Dribbling(fd)
        source.load(1, 8)
        assert (source.buf, source.base, source.reads) == (b"12345678", 1, 3)
        source.load(8, 5)
        assert (source.buf, source.base, source.reads) == (b"89", 8, 5)
        source.load(1 << 62, 1)
        assert source.buf == b""
        assert (source.lacks(10), source.lacks(11)) == (False, True)
    finally:
        os.close(fd)


class Trickling(Dribbling):
    """A network share that gives 200 bytes at a time."""

    at_once = 200


@pytest.mark.parametrize("make", [make_matroska, make_mp4, make_avi])
def test_a_share_that_dribbles_changes_nothing(save: Save, make: Callable[..., bytes]) -> None:
    """Short reads are taken for the end of the file only where nothing follows."""
    fd = os.open(save(make([Track("video"), Track(language="jpn", title="Stereo")])), os.O_RDONLY)
    try:
        whole, slow = reader.opened(Source(fd), fd), reader.opened(Trickling(fd), fd)
    finally:
        os.close(fd)
    assert isinstance(slow, Heard)
    assert slow == whole


def test_the_fallback_is_asked_for_regular_files_only(save: Save) -> None:
    """What a header reader claims never reaches libmediainfo, nor does what is no file."""
    asked: list[str] = []

    def ask(path: str) -> Reading:
        asked.append(path)
        return Heard((), "mediainfo")

    ogg = save(make_ogg("jpn"), "film.avi")
    for path in (save(FILM), save(FILM[:50], "cut.mkv"), save(b"", "empty.avi"), ogg, Path("/dev/zero")):
        reader.read(path, ask)
    assert asked == [str(ogg)]
