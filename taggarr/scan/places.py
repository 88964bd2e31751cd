"""Where folders physically lie: several paths may lead to one folder, and so to one NFO."""

from collections import defaultdict
from collections.abc import Mapping
from functools import partial

from taggarr.core.paths import folder_name, parent, tidy
from taggarr.scan.pool import Job, Pool
from taggarr.scan.ports import Disk


class Places:
    """One name for each folder, whichever path leads there. Thread-safe; shared by the instances of a scan.

    What a path was called first holds for the whole scan, so one path always equals itself.
    """

    def __init__(self, disk: Disk, pool: Pool) -> None:
        self._disk = disk
        self._pool = pool
        self._known: dict[str, str] = {}

    def of(self, folders: Mapping[str, str]) -> dict[str, str]:
        """The place of each folder; `folders` are their paths, each with its share.

        A folder that nobody can see is called by its path.
        """
        paths = {folder: tidy(folder) for folder in folders}
        unknown: dict[str, dict[str, str]] = defaultdict(dict)  # by the folder above, and the name in it
        shares: dict[str, str] = {}
        for folder, path in paths.items():
            if path not in self._known:
                above, slash, name = path.rpartition("/")
                unknown[above + slash][name] = path
                shares.setdefault(above + slash, folders[folder])
        jobs = [
            Job(names, shares[above], above, partial(self._disk.places, above, frozenset(names)))
            for above, names in unknown.items()
        ]
        for done in self._pool.run(jobs):
            seen = {} if done.lost else done.result
            for name, path in done.job.key.items():
                self._known.setdefault(path, seen.get(name, path))
        return {folder: self._known[path] for folder, path in paths.items()}

    def of_files(self, paths: Mapping[str, str]) -> dict[str, str]:
        """The place of each file, by that of its folder; `paths` come with their shares, too."""
        folders = self.of({parent(path): share for path, share in paths.items()})
        return {path: f"{folders[parent(path)]}/{folder_name(path)}" for path in paths}
