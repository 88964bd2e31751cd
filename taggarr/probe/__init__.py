"""Read the audio tracks of one video file."""

import os

from taggarr.core.media import Reading
from taggarr.probe import reader
from taggarr.probe.mediainfo import libmediainfo

__all__ = ["close", "read"]


def read(path: str | os.PathLike[str]) -> Reading:
    """The audio tracks of the file at `path`, or the reason why they are not known.

    Never raises: `Heard` (without tracks where the file has no audio) or `Unreadable`. Reads a few kilobytes
    (at most 400 reads, 8 MB, 2 s), never writes, and may be called from many threads. A file that is not
    Matroska, WebM, MP4, MOV, AVI or MPEG-TS goes to libmediainfo, which runs in worker processes.
    """
    return reader.read(path, libmediainfo.read)


def close() -> None:
    """End the worker processes, which otherwise end with this process; a later `read` starts them again."""
    libmediainfo.close()
