"""What surrounds the library of a simulated arr: root folders, health, disks, and the paths that it maps."""

import re
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from taggarr.simulator.arr_rows import join, parent
from taggarr.simulator.arr_webhooks_connect import Connect

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
        """The names of the folders in it, as the arr sorts them; none where it is not here, or may not be listed."""
        try:
            names = [entry.name for entry in (self.folder or Path(self.path)).iterdir() if entry.is_dir()]
        except OSError:
            return []
        return sorted((name for name in names if name.lower() not in _NO_TITLES), key=str.lower)


class Surroundings(ABC):
    """Settings that items are not part of, and who is told of events. Every public call is thread-safe.

    `instance_name` is what the user calls the arr. `database_fails`: `/ping` says so.
    """

    app: ClassVar[str]
    webhook_events: ClassVar[Mapping[str, tuple[int, ...]]]
    webhook_headers_since: ClassVar[tuple[int, ...]]

    def __init__(self, version: str, roots: Sequence[str]) -> None:
        self.version = version
        numbers = version_numbers(version)
        self.major = numbers[0]
        self.connect = Connect(
            self.app,
            [flag for flag, since in self.webhook_events.items() if numbers >= since],
            headers=numbers >= self.webhook_headers_since,
            trial=lambda: self._event("Test", self._trial_event()),
        )
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
        found = {"source": source, "type": level, "message": message, "wikiUrl": wiki}
        with self._lock:
            self.health.append(found)
        self._tell_health("onHealthIssue", "Health", found)

    def clear_health(self, source: str) -> None:
        """Take back the messages of a source: it is well again."""
        with self._lock:
            gone = [each for each in self.health if each["source"] == source]
            self.health = [each for each in self.health if each["source"] != source]
        for each in gone:
            self._tell_health("onHealthRestored", "HealthRestored", each)

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

    def _tell(
        self,
        flags: Sequence[str],
        event: str,
        build: Callable[[], dict[str, Any]],
        tags: Iterable[int] | None = None,
    ) -> None:
        """Send an event to whoever wants it. Call it without the lock: the receiver may ask back.

        What cannot be delivered is lost, as in the arrs, and they do not pause for those who fail.
        """
        wanting = self.connect.wanting(flags, tags)
        if wanting:
            with self._lock:
                body = self._event(event, build())
            for notification in wanting:
                notification.target.send(body)

    def _tell_health(self, flag: str, event: str, message: dict[str, str]) -> None:
        wider = {"error": [flag], "warning": [flag, "includeHealthWarnings"]}.get(message["type"])
        if wider:
            named = {"level": "type", "message": "message", "type": "source", "wikiUrl": "wikiUrl"}
            self._tell(wider, event, lambda: {key: message[known] for key, known in named.items()})

    def _event(self, event: str, body: dict[str, Any]) -> dict[str, Any]:
        """The frame of every event. Sonarr leaves its address out of those that are about itself."""
        bare = event == "HealthRestored" or (event == "Health" and self.app == "Sonarr")
        address = {} if bare else {"applicationUrl": ""}
        return {**body, "eventType": event, "instanceName": self.instance_name, **address}

    @abstractmethod
    def _trial_event(self) -> dict[str, Any]:
        """What a test event is about."""
        ...


def version_numbers(version: str) -> tuple[int, ...]:
    """The numbers that a version starts with: (6, 0, 0, 10217); (0,) where there is none."""
    found = re.match(r"\d+(\.\d+)*", version)
    return tuple(map(int, found[0].split("."))) if found else (0,)
