"""Kodi NFO files (`tvshow.nfo`, `movie.nfo`, `<file>.nfo`), edited in place byte for byte.

Nothing here raises: what went wrong is a `NfoProblem`, and the file is then as it was before. No NFO is ever
created. A symbolic link stays, its target is edited.
"""

import errno
import os
from pathlib import Path
from typing import Final

from taggarr.core.media import Kind
from taggarr.core.nfo_edit import NfoCause, NfoContent, NfoEdit, NfoEdited, NfoOutcome, NfoProblem
from taggarr.nfo.access import check_access
from taggarr.nfo.disk import discard_leftover, load, replace
from taggarr.nfo.document import NotEditableError, edited, parse

__all__ = ["edit", "paths_for", "read", "refusal"]

_TRIES: Final = 3
_NOT_THERE: Final = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG)
_NOT_ALLOWED: Final = (errno.EACCES, errno.EPERM, errno.EROFS)
_FULL: Final = (errno.ENOSPC, errno.EDQUOT)


def paths_for(kind: Kind, folder: Path, video: Path | None = None) -> tuple[Path, ...]:
    """Return where the NFO files of an item would stand; each that exists is to be edited.

    A series has `tvshow.nfo` in its folder. A movie has `movie.nfo` in its folder and, beside its video file
    if there is one, an NFO of the video's name. Nothing outside the folder is an item's own, and a folder that
    is no whole path (an arr on Windows, a broken row) would lie wherever this process was started.
    """
    if not folder.is_absolute():
        return ()
    if kind is Kind.SERIES:
        return (folder / "tvshow.nfo",)
    names = [folder / "movie.nfo"]
    if video is not None and _lies_below(video, folder):
        names.append(video.with_suffix(".nfo"))
    return tuple(dict.fromkeys(names))


def _lies_below(video: Path, folder: Path) -> bool:
    return folder in video.parents and ".." not in video.relative_to(folder).parts


def read(path: Path) -> NfoContent | NfoProblem:
    """Return the tags and genres of the NFO at `path`. Nothing is written."""
    try:
        raw, _ = load(_target(path))
        return parse(raw).content
    except (NotEditableError, OSError) as error:
        return _problem(path, error)


def refusal(path: Path) -> NfoProblem | None:
    """Return why this process would not be allowed to edit the NFO at `path`; None where it may try."""
    try:
        target = _target(path)
        check_access(target, target.stat())
    except OSError as error:
        return _problem(path, error)
    return None


def edit(path: Path, change: NfoEdit) -> NfoOutcome:
    """Make the NFO at `path` hold what `change` adds and lack what it removes; write only what differs.

    The edit starts over if somebody else writes the file meanwhile, and gives up after three times.
    """
    try:
        for _ in range(_TRIES):
            target = _target(path)
            raw, seen = load(target)
            discard_leftover(target)
            before = parse(raw)
            after = edited(before, change)
            if after is before or replace(target, after.raw, seen):
                return NfoEdited(str(path), before.content, after.content)
    except (NotEditableError, OSError) as error:
        return _problem(path, error)
    return NfoProblem(
        str(path),
        NfoCause.FAILED,
        "another program changed it each time it was to be edited; the next scan tries again",
    )


def _target(path: Path) -> Path:
    """The file that symbolic links at `path` lead to."""
    try:
        return Path(os.path.realpath(path, strict=True))
    except ValueError:  # a name that no file can have: NUL, characters that the system cannot encode
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)) from None


def _problem(path: Path, error: NotEditableError | OSError) -> NfoProblem:
    cause, reason = _explain(error)
    return NfoProblem(str(path), cause, reason)


def _explain(error: NotEditableError | OSError) -> tuple[NfoCause, str]:
    if isinstance(error, NotEditableError):
        return NfoCause.UNEDITABLE, f"{error}, so it is left alone"
    if error.errno in _NOT_THERE:
        return NfoCause.MISSING, "there is no such file"
    if error.errno == errno.ELOOP:
        return NfoCause.UNEDITABLE, "it is a symbolic link that leads to itself, so it is left alone"
    if error.errno in _NOT_ALLOWED:
        return NfoCause.UNWRITABLE, (
            f"this process may not edit it ({error.strerror}); give the user that runs Taggarr access to the "
            "file and its folder, or set write_nfo: never"
        )
    if error.errno in _FULL:
        return NfoCause.FAILED, f"its disk is full ({error.strerror}); the next scan tries again"
    return NfoCause.FAILED, f"it could not be read or written ({error.strerror}); the next scan tries again"
