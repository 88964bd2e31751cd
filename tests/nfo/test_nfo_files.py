"""Which files are NFO files, and what is not a file that can be edited."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from taggarr import nfo
from taggarr.core.media import Kind
from taggarr.core.nfo_edit import NfoCause, NfoContent, NfoEdit, NfoEdited, NfoProblem
from taggarr.nfo.disk import MAX_BYTES

Names = Callable[[Path], list[str]]

DUB = NfoEdit(add_tags=("dub",))
BEFORE = b"<movie>\n  <year/>\n</movie>\n"
AFTER = b"<movie>\n  <year/>\n  <tag>dub</tag>\n</movie>\n"


@pytest.mark.parametrize(
    ("kind", "video", "expected"),
    [
        (Kind.SERIES, None, ("/m/A/tvshow.nfo",)),
        (Kind.SERIES, "/m/A/s01e01.mkv", ("/m/A/tvshow.nfo",)),
        (Kind.MOVIE, None, ("/m/A/movie.nfo",)),
        (Kind.MOVIE, "/m/A/A.1999.x264.mkv", ("/m/A/movie.nfo", "/m/A/A.1999.x264.nfo")),
        (Kind.MOVIE, "/m/A/disc/A.mkv", ("/m/A/movie.nfo", "/m/A/disc/A.nfo")),
        (Kind.MOVIE, "/m/A/movie.mkv", ("/m/A/movie.nfo",)),
        (Kind.MOVIE, "/m/A/VIDEO_TS", ("/m/A/movie.nfo", "/m/A/VIDEO_TS.nfo")),
    ],
)
def test_an_item_has_nfo_files_of_fixed_names(
    kind: Kind, video: str | None, expected: tuple[str, ...]
) -> None:
    """A series has one place for its NFO; a movie has two, which are one where the video is `movie.*`."""
    paths = nfo.paths_for(kind, Path("/m/A"), Path(video) if video else None)
    assert tuple(map(str, paths)) == expected


@pytest.mark.parametrize(
    "name",
    ["movie.nfo", "no/such/folder/movie.nfo", "file/movie.nfo", "x" * 300, "nul\0.nfo", "dangling.nfo"],
)
def test_a_missing_nfo_is_said_and_never_created(tmp_path: Path, names: Names, name: str) -> None:
    """No such file, folder or possible name: missing, and the folder stays as it was."""
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "dangling.nfo").symlink_to("nowhere")
    there = names(tmp_path)
    problem = NfoProblem(str(tmp_path / name), NfoCause.MISSING, "there is no such file")
    assert nfo.read(tmp_path / name) == problem
    assert nfo.edit(tmp_path / name, DUB) == problem
    assert names(tmp_path) == there


def test_a_folder_a_pipe_and_a_link_loop_are_not_editable(tmp_path: Path) -> None:
    """They have the name of an NFO and are none; the pipe is not waited for."""
    folder, pipe, loop = (tmp_path / name for name in ("folder.nfo", "pipe.nfo", "loop.nfo"))
    folder.mkdir()
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    root = tmp_path / "root.nfo"
    root.symlink_to("/")
    for path, reason in (
        (folder, "it is a folder"),
        (root, "it is a folder"),
        (pipe, "it is not a regular file"),
        (loop, "it is a symbolic link that leads to itself"),
    ):
        problem = NfoProblem(str(path), NfoCause.UNEDITABLE, f"{reason}, so it is left alone")
        assert nfo.read(path) == problem
        assert nfo.edit(path, DUB) == problem


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    """Beyond the limit it is not an NFO; at the limit it is edited."""
    path = tmp_path / "movie.nfo"
    path.write_bytes(b"<movie/>".ljust(MAX_BYTES))
    assert isinstance(nfo.read(path), NfoContent)
    path.write_bytes(b"<movie/>".ljust(MAX_BYTES + 1))
    problem = NfoProblem(str(path), NfoCause.UNEDITABLE, "it is larger than 8 MB, so it is left alone")
    assert nfo.read(path) == problem
    assert nfo.edit(path, DUB) == problem


def test_a_symbolic_link_stays_and_its_target_is_edited(tmp_path: Path, names: Names) -> None:
    """The target gets the new bytes in its own folder; both links of the chain stay what they were."""
    target = tmp_path / "store" / "a.nfo"
    target.parent.mkdir()
    target.write_bytes(BEFORE)
    middle, link = tmp_path / "middle.nfo", tmp_path / "movie.nfo"
    middle.symlink_to("store/a.nfo")
    link.symlink_to(middle)
    assert isinstance(nfo.edit(link, DUB), NfoEdited)
    assert target.read_bytes() == AFTER
    assert not target.is_symlink()
    assert middle.readlink() == Path("store/a.nfo")
    assert link.readlink() == middle
    assert names(target.parent) == ["a.nfo"]


def test_another_hard_link_keeps_the_old_bytes(tmp_path: Path) -> None:
    """A copy that a torrent client still shares through a hard link must not change under it."""
    shared, path = tmp_path / "shared.nfo", tmp_path / "movie.nfo"
    shared.write_bytes(BEFORE)
    os.link(shared, path)
    assert isinstance(nfo.edit(path, DUB), NfoEdited)
    assert path.read_bytes() == AFTER
    assert shared.read_bytes() == BEFORE


def test_names_of_any_length_and_bytes_are_edited(tmp_path: Path, names: Names) -> None:
    """The temporary file's name does not grow with the NFO's, nor mind its bytes."""
    for name in ("x" * 251 + ".nfo", os.fsdecode(b"\xff\xe9.nfo")):
        path = tmp_path / name
        path.write_bytes(BEFORE)
        assert isinstance(nfo.edit(path, DUB), NfoEdited)
        assert path.read_bytes() == AFTER
    assert len(names(tmp_path)) == 2
