"""What surrounds the library of a simulated arr: root folders, health, disks, and the paths that it maps."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from taggarr.simulator.arr_rows import join, parent

_FREE_BYTES = 13_751_310_237_696
_NO_TITLES = ("$recycle.bin", "system volume information", "recycler", "lost+found", "@eadir", ".recycle")


@dataclass(slots=True)
class Root:
    """A root folder. `folder` is the folder on this machine, where `path` is only what the arr believes."""

    path: str
    accessible: bool = True
    free_bytes: int = _FREE_BYTES
    folder: Path | None = None

    @property
    def subfolders(self) -> list[str]:
        """The names of the folders in it, as the arr sorts them; none where it is not on this machine."""
        folder = self.folder or Path(self.path)
        if not folder.is_dir():
            return []
        names = [entry.name for entry in folder.iterdir() if entry.is_dir()]
        return sorted((name for name in names if name.lower() not in _NO_TITLES), key=str.lower)


class Surroundings:
    """Settings that items are not part of. Every public call is thread-safe.

    `instance_name` is what the user calls the arr. `database_fails`: `/ping` says so.
    """

    app: ClassVar[str]

    def __init__(self, roots: Sequence[str]) -> None:
        self.instance_name = self.app
        self.database_fails = False
        self.root_folders = [Root(path) for path in roots]
        self.roots_end_with_slash = False
        self.health: list[dict[str, str]] = []
        self.path_mappings: list[dict[str, Any]] = []
        self._lock = threading.RLock()

    @property
    def roots(self) -> list[str]:
        """The paths of the root folders, as the arr has them."""
        return [root.path for root in self.root_folders]

    def add_root(
        self,
        path: str,
        *,
        accessible: bool = True,
        free_bytes: int = _FREE_BYTES,
        folder: Path | None = None,
    ) -> None:
        """Add a root folder; `folder` is the real one, where `path` is not one."""
        with self._lock:
            self.root_folders.append(Root(path, accessible, free_bytes, folder))

    def add_health(self, source: str, level: str, message: str) -> None:
        """Add a health message; `level` is `ok`, `notice`, `warning` or `error`."""
        wiki = f"https://wiki.servarr.com/{self.app.lower()}/system#{source.lower()}"
        with self._lock:
            self.health.append({"source": source, "type": level, "message": message, "wikiUrl": wiki})

    def add_path_mapping(self, host: str, remote: str, local: str) -> None:
        """Map a path of a download client on `host` to one of the arr's own."""
        with self._lock:
            number = len(self.path_mappings) + 1
            mapping = {"host": host, "remotePath": remote, "localPath": local, "id": number}
            self.path_mappings.append(mapping)

    def root_of(self, path: str) -> str:
        """The longest root above a path, else its parent."""
        below = [root for root in self.roots if path.startswith((join(root, ""), root.rstrip("\\/") + "/"))]
        return self.root_text(max(below, key=len) if below else parent(path))

    def root_text(self, root: str) -> str:
        """A root as this build writes it: older ones end with a slash."""
        plain = root.rstrip("\\/") or root
        return join(plain, "") if self.roots_end_with_slash else plain
