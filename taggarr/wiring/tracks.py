"""Reads single files and lists folders, without a configuration, and waits for no disk that hangs."""

import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from taggarr import probe
from taggarr.core.media import Reading, Unreadable
from taggarr.probe.reader import failure
from taggarr.scan.pool import JOB_DEADLINE_S, NO_ANSWER, Job, Pool

T = TypeVar("T")


class Tracks:
    """What one command line reads, one file after the other. Close it.

    Of each path a `share` is told, what hangs together with it: once two paths of a share did not answer in
    `deadline_s`, the others are not tried.
    """

    def __init__(self, deadline_s: float = JOB_DEADLINE_S) -> None:
        self._pool = Pool(1, deadline_s)

    def read(self, path: str, share: str) -> Reading:
        """The audio tracks of the file at `path`, or why they are not known."""
        return self._do(path, share, partial(probe.read, path))

    def is_folder(self, path: str, share: str) -> bool | Unreadable:
        """Whether a folder is at `path`, itself or by a link."""
        return self._do(
            path, share, partial(os.path.isdir, path)
        )  # Path.is_dir raises where a parent is hidden

    def entries(self, folder: str, share: str) -> Sequence[tuple[str, bool]] | Unreadable:
        """The names in a folder in order, and of each whether it is a folder itself (a link to one is none)."""
        return self._do(folder, share, partial(_entries, folder))

    def close(self) -> None:
        self._pool.close()
        probe.close()

    def _do(self, path: str, share: str, work: Callable[[], T | Unreadable]) -> T | Unreadable:
        (done,) = self._pool.run([Job(path, share, path, work)])
        result: T | Unreadable = NO_ANSWER if done.lost else done.result
        return result


def _entries(folder: str) -> Sequence[tuple[str, bool]] | Unreadable:
    try:
        with os.scandir(folder) as found:
            return sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in found)
    except OSError as error:
        return failure(error, "")  # nameless: that it is a folder is no reason here
