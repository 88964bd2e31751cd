"""Read the audio tracks of one file: refuse what is no media file, sniff, and ask the reader that fits.

A header reader claims a file by its first bytes, whatever its name, and its answer stands. What none
claims, and what a header alone cannot tell, goes to libmediainfo.
"""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import PurePath

from taggarr.core.media import Cause, Heard, Reading, Unreadable
from taggarr.probe import avi, matroska, mp4, mpegts
from taggarr.probe.source import FIRST_BYTES, Ambiguous, Source, Unread

_FLAGS = os.O_RDONLY
for _name in ("O_NONBLOCK", "O_NOCTTY", "O_BINARY"):  # a FIFO must not hang the open; the last is Windows'
    _FLAGS |= getattr(os, _name, 0)

_IMAGES = (".iso", ".img")
_FOLDERS = ("bdmv", "video_ts")
_VOLUME_OFFSET, _VOLUMES = 32769, (b"CD001", b"BEA01", b"NSR02", b"NSR03")
"""Volume descriptors of ISO 9660 (ECMA-119) and UDF (ECMA-167): sector 16, behind one byte of type."""

_DISC_IMAGE = Unreadable("disc images are not read", Cause.FORMAT)
_DISC_FOLDER = Unreadable("disc folders (BDMV, VIDEO_TS) are not read", Cause.FORMAT)
_STREAM = Unreadable("a .strm file only points to a stream, which is never opened", Cause.FORMAT)
_IRREGULAR = Unreadable("it is not a regular file but a pipe, a socket or a device", Cause.FAILED)

NOT_THERE = Unreadable("there is no such file", Cause.MISSING)

_BY_ERROR = {
    errno.ENOENT: NOT_THERE,
    errno.EACCES: Unreadable("this user may not read it: check its owner and mode", Cause.DENIED),
    errno.EPERM: Unreadable("this user may not read it: check its owner and mode", Cause.DENIED),
    errno.EISDIR: Unreadable("it is a folder, not a file", Cause.FAILED),
    errno.ELOOP: Unreadable("its link leads in a circle", Cause.FAILED),
    errno.ENOTDIR: Unreadable("a part of its path is not a folder", Cause.FAILED),
    errno.ESPIPE: _IRREGULAR,
    errno.ENXIO: _IRREGULAR,
    errno.ENODEV: _IRREGULAR,
}


def read(path: str | os.PathLike[str], fallback: Callable[[str], Reading]) -> Reading:
    """The audio tracks of the file at `path`, or why they are not known. Never raises.

    `fallback` is asked for a regular file that no header reader claims.
    """
    name = os.fspath(path)
    refused = _refused_by_name(name)
    if refused:
        return refused
    try:
        fd = os.open(name, _FLAGS)
        try:
            reading = opened(Source(fd), fd)
        finally:
            os.close(fd)
    except OSError as error:
        return failure(error, name)
    except ValueError:  # a NUL or a lone surrogate: no file system has such a name
        return Unreadable("its name cannot be a file name", Cause.FAILED)
    return fallback(name) if reading is None else reading


def _refused_by_name(name: str) -> Unreadable | None:
    lowered = name.lower()
    if lowered.endswith(_IMAGES):
        return _DISC_IMAGE
    if lowered.endswith(".strm"):
        return _STREAM
    if ("bdmv" in lowered or "video_ts" in lowered) and not set(_FOLDERS).isdisjoint(PurePath(lowered).parts):
        return _DISC_FOLDER
    return None


def opened(source: Source, fd: int) -> Reading | None:
    """The reading of an open file; None where libmediainfo has to look. Lets `OSError` through."""
    try:
        source.load(0, 16, FIRST_BYTES)
        head = source.buf
        if not head:
            return _regular(fd) or Unreadable("it is empty", Cause.DAMAGED)
        claimed = _claimed(source, head)
        if claimed:
            return claimed
        source.load(_VOLUME_OFFSET, 1, 5)
        if source.buf.startswith(_VOLUMES):
            return _DISC_IMAGE
    except Unread as unread:
        return Unreadable(unread.reason, unread.cause)
    except Ambiguous:
        pass
    return _regular(fd)


def _claimed(source: Source, head: bytes) -> Heard | None:
    """What the header reader says that knows these first bytes; None where none does."""
    if avi.claims(head):
        return Heard(avi.read(source), "avi")
    if head[4:8] in mp4.FIRST_BOXES:
        return Heard(mp4.read(source), "mp4")
    start = matroska.claim(head)
    if start is not None:
        return Heard(matroska.read(source, start), "matroska")
    packets = mpegts.claim(source)
    return None if packets is None else Heard(mpegts.read(source, *packets), "mpegts")


def _regular(fd: int) -> Unreadable | None:
    return None if stat.S_ISREG(os.fstat(fd).st_mode) else _IRREGULAR


def failure(error: OSError, name: str) -> Unreadable:
    """What an error of the operating system says of the file called `name`."""
    if error.errno == errno.ENOENT and os.path.islink(name):  # noqa: PTH114 - Path's raises where a parent is hidden
        return Unreadable("its link leads to a file that is not there", Cause.MISSING)
    if error.errno == errno.EACCES and os.path.isdir(name):  # noqa: PTH112 - Path's raises where a parent is hidden
        return _BY_ERROR[errno.EISDIR]  # Windows refuses to open a folder as if it were forbidden
    known = _BY_ERROR.get(error.errno or 0)
    return known or Unreadable(f"it could not be read: {error.strerror or error}", Cause.FAILED)
