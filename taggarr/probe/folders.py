"""Looking for media where the configuration does not say that they lie: bounded, and never hanging."""

import os
import stat
import sys
import threading
import time
from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

ENTRIES = 200_000
TIME_S = 8.0
DEPTH = 6
"""Names that are looked at in all, seconds, and how many folders deep: media lie near the top of a disk."""

_COMMON: tuple[str, ...] = (
    *("/media", "/mnt", "/data", "/srv", "/tv", "/movies", "/anime", "/films", "/shows"),
    *("/storage", "/share", "/Volumes", "/home", "/root", "/opt"),
)
_NEVER = frozenset(
    ("/proc", "/sys", "/dev", "/run", "/usr", "/etc", "/var", "/bin", "/sbin", "/boot", "/snap")
)


def refusal(path: str) -> str | None:
    """Why the folder at `path` cannot be listed; None where it can."""
    try:
        with os.scandir(path) as entries:
            next(entries, None)
    except PermissionError:
        return "this user may not list it: check its owner and mode"
    except OSError as error:
        return f"it cannot be listed: {error.strerror}"
    return None


def find(
    wanted: Collection[str],
    near: Sequence[str],
    *,
    starts: Sequence[str] | None = None,
    time_s: float = TIME_S,
    entries: int = ENTRIES,
) -> Iterator[Sequence[str]]:
    """The paths on this machine that end in one of `wanted` (`Show/Season 01/x.mkv`) or in its first part.

    First what is in the folders `near`, then what is there and in `starts`: mount points, common places, the rest
    of the disk. Each has a thread of its own, so one that hangs keeps nobody else; after `time_s` for either
    what was found is the answer.
    """
    yield _searched(wanted, near, entries, time_s)
    others = list(_starts()) if starts is None else starts
    yield _searched(wanted, [*near, *others], entries, time_s)


def _searched(wanted: Collection[str], starts: Sequence[str], entries: int, time_s: float) -> Sequence[str]:
    search = _Search(wanted, starts, entries, time.monotonic() + time_s)
    threads = [
        threading.Thread(target=search.walk, args=(start,), name="taggarr-search", daemon=True)
        for start in search.starts
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, search.until - time.monotonic()))
    return tuple(dict.fromkeys(list(search.found)))


class _Search:
    """What the threads share. Lists and sets grow by single steps, which threads may do at once."""

    def __init__(self, wanted: Collection[str], starts: Sequence[str], entries: int, until: float) -> None:
        self.found: deque[str] = deque()
        self.until = until
        self.starts = dict.fromkeys(os.path.normpath(start) for start in starts)
        self._left = entries
        self._seen: set[tuple[int, int]] = set()
        self._by_first = _by_first(wanted)

    def walk(self, start: str) -> None:
        """Look through `start`, the nearest folders first. Another start is looked through by its own thread."""
        waiting = deque([(start, 0)])
        while waiting and self._left > 0 and time.monotonic() < self.until:
            folder, depth = waiting.popleft()
            with suppress(OSError, ValueError):
                if not self._is_new(folder):
                    continue
                for name in self._folders(folder):
                    path = os.path.join(folder, name)  # noqa: PTH118 (Path costs more, 200,000 times)
                    if depth < DEPTH and path not in _NEVER and path not in self.starts:
                        waiting.append((path, depth + 1))

    def _is_new(self, folder: str) -> bool:
        """Whether it is a folder that no thread has been in: links and bind mounts lead in circles."""
        seen = os.stat(folder)  # noqa: PTH116 (as above)
        key = (seen.st_dev, seen.st_ino)
        if not stat.S_ISDIR(seen.st_mode) or key in self._seen:
            return False
        self._seen.add(key)
        return True

    def _folders(self, folder: str) -> Iterator[str]:
        """The folders in a folder in which to look on; those with a wanted name are looked at at once."""
        with os.scandir(folder) as entries:
            for entry in entries:
                self._left -= 1
                if entry.name.casefold() in self._by_first:
                    self._note(folder, entry.name)
                elif not entry.name.startswith(".") and entry.is_dir():
                    yield entry.name

    def _note(self, folder: str, first: str) -> None:
        self.found.append(os.path.join(folder, first))  # noqa: PTH118 (as above)
        for rest in self._by_first[first.casefold()]:
            path = os.path.join(folder, first, rest)  # noqa: PTH118 (as above)
            if rest and os.path.lexists(path):
                self.found.append(path)


def _by_first(wanted: Collection[str]) -> Mapping[str, Collection[str]]:
    """What follows the first part of each wanted path, by that part; parts are compared without case."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in wanted:
        first, _, rest = path.partition("/")
        found[first.casefold()].add(rest)
    return found


def _starts() -> Iterator[str]:
    yield from _mount_points()
    yield from _COMMON
    if sys.platform == "win32":  # pragma: no cover - the other systems have one tree
        yield from (f"{letter}:\\" for letter in "CDEFGHIJKLMNOPQRSTUVWXYZ")
    else:
        with suppress(OSError):
            yield from (f"/{name}" for name in sorted(os.listdir("/")) if name.startswith("volume"))  # noqa: PTH208 (a name is wanted)
        yield "/"


def _mount_points(table: str = "/proc/mounts") -> Iterator[str]:
    """Where disks and shares are mounted, but for those of the system."""
    with suppress(OSError):
        for line in Path(table).read_text("utf-8", "surrogateescape").splitlines():
            _, point, *_ = line.split(" ")
            for code, character in (("\\040", " "), ("\\011", "\t"), ("\\134", "\\")):
                point = point.replace(code, character)
            top = f"/{point.split('/')[1]}"
            if point != "/" and top not in _NEVER:
                yield point
