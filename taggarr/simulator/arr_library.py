"""The state of a simulated arr that both products share, and the Python calls that build and read it."""

import random
from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count, takewhile
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from taggarr.simulator.arr_commands import UNFINISHED, Command, CommandKeys, CommandQueue
from taggarr.simulator.arr_editor import Edit
from taggarr.simulator.arr_errors import gone, invalid, locked, rows_missing
from taggarr.simulator.arr_nfo import KodiConsumer
from taggarr.simulator.arr_rows import AutoTagRule, Event, MediaFile, Row, auto_tagged, join, now
from taggarr.simulator.arr_surroundings import Surroundings
from taggarr.simulator.arr_tags import LINK_KINDS, TagTable
from taggarr.simulator.http_messages import Body

RowT = TypeVar("RowT", bound=Row)
FileT = TypeVar("FileT", bound=MediaFile)

_IDLE_COMMANDS = (
    "Housekeeping",
    "RssSync",
    "Backup",
    "CheckHealth",
    "MessagingCleanup",
    "ApplicationUpdateCheck",
)


class Library(Surroundings, Generic[RowT, FileT]):
    """Items, tags, rules, commands and history of one arr. Every public call is thread-safe."""

    kind: ClassVar[str]
    """`series` or `movie`, as in the API's paths."""
    tag_links: ClassVar[tuple[str, ...]] = LINK_KINDS
    """What a tag may be tied to, as the product's `/tag/detail` names it."""
    item_commands: ClassVar[Mapping[str, CommandKeys]]

    def __init__(
        self,
        *,
        version: str,
        languages: Mapping[str, int],
        strict_labels: bool,
        required_labels: bool,
        postgres: bool,
        roots: Sequence[str],
        shuffle_seed: int | None,
    ) -> None:
        super().__init__(version, roots)
        self.languages = languages
        self.postgres = postgres
        self.rules: list[AutoTagRule] = []
        self.events: list[Event] = []
        self.rows: dict[int, RowT] = {}
        self.files: dict[int, FileT] = {}
        self.tags = TagTable(strict=strict_labels, required=required_labels, postgres=postgres)
        self.kodi = KodiConsumer(self.kind)
        self.commands = CommandQueue(
            {**self.item_commands, **dict.fromkeys(_IDLE_COMMANDS, CommandKeys())},
            self._started,
            self._finished,
            unknown_is_bad_request=self.app == "Sonarr" and self.major >= 5,
        )
        self._shuffle = None if shuffle_seed is None else random.Random(shuffle_seed)  # noqa: S311 - an order
        self._list: Body | None = None
        self._row_ids = count(1)
        self._file_ids = count(1)

    # Tags, as a person sets and sees them

    def tags_of(self, item_id: int) -> set[str]:
        """The labels of an item; an id without a tag shows as `#7`."""
        with self._lock:
            return {self.tags.labels.get(number, f"#{number}") for number in self.rows[item_id].tags}

    def ordered_tags(self, item_id: int) -> list[str]:
        """The labels of an item in the order in which they came."""
        with self._lock:
            return self.labels_of(self.rows[item_id])

    def all_tags(self) -> dict[int, set[str]]:
        """The labels of every item, by its id."""
        with self._lock:
            return {number: self.tags_of(number) for number in self.rows}

    def set_tags(self, item_id: int, labels: Iterable[str]) -> None:
        """Give an item exactly these labels, past all rules."""
        with self._lock:
            self._store_tags(self.rows[item_id], self._tag_ids(labels))

    def add_tag(self, item_id: int, label: str) -> None:
        """Give an item one more label, whatever else happens to it at this moment."""
        with self._lock:
            row = self.rows[item_id]
            self._store_tags(row, list(dict.fromkeys([*row.tags, *self._tag_ids([label])])))

    def use_tag(self, label: str, **ids: Iterable[int]) -> int:
        """Say what else uses a tag, by the keys of `/tag/detail`: `use_tag("dub", delayProfileIds=[1])`; its id.

        That is all that is known of a delay profile. A rule that acts comes from `add_auto_tag`. Raises
        ValueError for a key that the product does not have.
        """
        with self._lock:
            if unknown := set(ids) - set(self.tag_links):
                raise ValueError(f"{self.app} knows no {', '.join(sorted(unknown))}, only {self.tag_links}")
            number = self.tags.ensure(label)
            links = self.tags.links.setdefault(number, {})
            for kind, numbers in ids.items():
                links[kind] = [*links.get(kind, []), *numbers]
            return number

    def tag_uses(self, number: int) -> dict[str, list[int]]:
        """The ids of all that uses a tag, by the keys of `/tag/detail`."""
        links = self.tags.links.get(number, {})
        uses = {kind: list(links.get(kind, [])) for kind in self.tag_links}
        uses["notificationIds"] += self.connect.tagged(number)
        uses["autoTagIds"] += [rule.id for rule in self.rules if number in (*rule.tags, rule.tag)]
        tagged = [row.id for row in self.rows.values() if number in row.tags]
        return uses | {"seriesIds" if self.kind == "series" else "movieIds": tagged}

    def add_auto_tag(
        self,
        name: str,
        labels: Iterable[str],
        *,
        remove_automatically: bool = False,
        genres: Iterable[str] = (),
        tag: str | None = None,
    ) -> int:
        """Add an auto-tag rule; it acts on every later update of an item, not at once."""
        with self._lock:
            needed = None if tag is None else self.tags.ensure(tag)
            number = len(self.rules) + 1
            ids = tuple(self._tag_ids(labels))
            self.rules.append(AutoTagRule(number, name, ids, remove_automatically, tuple(genres), needed))
            return number

    def housekeeping(self) -> None:
        """Delete the tags that nothing uses."""
        with self._lock:
            self.tags.sweep({number for number in self.tags.labels if any(self.tag_uses(number).values())})

    # Commands, as the arr itself runs them

    def hold_commands(self, status: str | None) -> None:
        """Keep commands that come from now on `queued` or `started`; None: run them at once."""
        with self._lock:
            self.commands.hold = status

    def start_command(self, name: str, ids: Sequence[int] = (), *, queued: bool = False) -> int:
        """Let the arr start a command of its own (no ids: on everything); it runs until it is finished."""
        keys = self.item_commands.get(name, CommandKeys())
        body: dict[str, Any] = {"name": name}
        if keys.objects:
            body[keys.objects] = [{keys.one: number} for number in ids]
        elif keys.many:
            body[keys.many] = list(ids)
        elif keys.one and ids:
            body[keys.one] = ids[0]
        with self._lock:
            command = self.commands.add(body, "scheduled")
            if not queued:
                self.commands.start(command.id)
            return command.id

    def finish_command(self, number: int, status: str = "completed") -> None:
        """Bring a command to its end and do its work: a Sonarr refresh writes back the tags it once read."""
        with self._lock:
            if self.commands.commands[number].status == "queued":
                self.commands.start(number)
            self.commands.finish(number, status)

    def finish_commands(self) -> None:
        """Finish all that are queued or started."""
        with self._lock:
            for number, command in self.commands.commands.items():
                if command.status in UNFINISHED:
                    self.finish_command(number)

    # Other settings

    def enable_kodi(self, *, nfo: bool = True, movie_nfo: bool = False, url: bool = False) -> None:
        """Turn the Kodi consumer on: from now on, a rescan writes NFO files into real folders.

        Not `nfo`: it is on, but only for images.
        """
        with self._lock:
            self.kodi.enabled, self.kodi.nfo = True, nfo
            self.kodi.movie_nfo, self.kodi.url = movie_nfo, url

    def move_item(self, item_id: int, path: str, *, folder: Path | None = None) -> None:
        """Move an item to another folder."""
        with self._lock:
            row = self.rows[item_id]
            row.path, row.folder = path, folder or row.folder
            self._touch(row)

    def rename_file(self, file_id: int, relative_path: str) -> None:
        """Rename a file: id, count and size stay."""
        with self._lock:
            file = self.files[file_id]
            row, previous = self.rows[file.item_id], file.relative_path
            file.relative_path = relative_path
            self.events.append(Event(now(), "renamed", file.item_id, file))
            self._touch(row)
        self._tell_of(row, ["onRename"], "Rename", lambda: self._renamed_part(row, file, previous))

    def file_path(self, file_id: int) -> str:
        """The path of a file as the arr has it."""
        with self._lock:
            file = self.files[file_id]
            return join(self.rows[file.item_id].path, file.relative_path)

    # For the HTTP side

    def ordered(self) -> list[RowT]:
        """The rows as the database returns them: by row id, or shuffled as Postgres may."""
        rows = list(self.rows.values())
        if self._shuffle is not None:
            self._shuffle.shuffle(rows)
        return rows

    def edit(self, edit: Edit, *, interrupted: bool, undone: bool) -> list[RowT]:
        """Apply a bulk edit. Rows are looked up and validated before the first is written.

        An interrupted edit leaves half of the rows written, but Sonarr 5 has a transaction around it; one that
        is undone leaves all as they were.
        """
        wanted = set(edit.ids)
        rows = [row for row in self.ordered() if row.id in wanted]
        if len(rows) != len(edit.ids):
            raise rows_missing(len(edit.ids), len(rows))
        for row in rows:
            if row.quality_profile_id != 1:
                message = "Quality Profile does not exist"
                raise invalid(
                    "QualityProfileId", message, row.quality_profile_id, "QualityProfileExistsValidator"
                )
        written = [] if undone else rows
        if interrupted:
            written = [] if self.app == "Sonarr" and self.major >= 5 else rows[: (len(rows) + 1) // 2]
        for row in written:
            row.tags = edit.applied_to(row.tags)
            row.monitored = row.monitored if edit.monitored is None else edit.monitored
            self._store_tags(row, auto_tagged(row, self.rules))
        if interrupted:
            raise locked()
        return rows

    def labels_of(self, row: RowT) -> list[str]:
        """The labels of an item; ids that dangle have none."""
        return [self.tags.labels[number] for number in row.tags if number in self.tags.labels]

    def language(self, name: str) -> str:
        """What a language from the metadata source becomes: one that this version does not know is English."""
        return name if name in self.languages else "English"

    def row(self, number: int) -> RowT:
        """The item of this id, else the refusal of an operation that needs it."""
        if number not in self.rows:
            raise gone(self.kind.capitalize(), number)
        return self.rows[number]

    def _tag_ids(self, labels: Iterable[str]) -> list[int]:
        return list(dict.fromkeys(self.tags.ensure(label) for label in labels))

    def _store_tags(self, row: RowT, tags: list[int]) -> None:
        row.tags = tags
        self._touch(row)

    def _touch(self, row: RowT) -> None:
        row.text = None
        self._list = None

    def _add_row(self, row: RowT) -> int:
        self.rows[row.id] = row
        self._list = None
        return row.id

    def _remove_row(self, item_id: int) -> RowT:
        row = self.rows.pop(item_id)
        self.files = {number: file for number, file in self.files.items() if file.item_id != item_id}
        self._list = None
        return row

    def _add_file(self, file: FileT) -> int:
        self.files[file.id] = file
        self.events.append(Event(file.added, "imported", file.item_id, file))
        self._touch(self.rows[file.item_id])
        return file.id

    def _remove_file(self, file_id: int) -> FileT:
        file = self.files.pop(file_id)
        self.events.append(Event(now(), "deleted", file.item_id, file))
        self._touch(self.rows[file.item_id])
        return file

    def _started(self, command: Command) -> None:
        command.before = {row.id: list(row.tags) for row in self._subjects(command)}

    def _finished(self, command: Command) -> bool:
        """Do the work. In Sonarr 4, an id that is gone fails the command and leaves out those behind it."""
        ids, gone = command.ids or [], False
        if command.name == "Housekeeping":
            self.housekeeping()
        elif command.name.startswith(("Refresh", "Rescan")):
            gone = self.app == "Sonarr" and self.major < 5 and any(each not in self.rows for each in ids)
            for row in self._subjects(command, until_gone=gone):
                if command.name.startswith("Refresh"):
                    self._refresh(row, command)
                self._write_nfo(row)
        return not gone

    def _subjects(self, command: Command, *, until_gone: bool = False) -> list[RowT]:
        if command.ids is None:
            return list(self.rows.values())
        present = takewhile if until_gone else filter
        return [self.rows[number] for number in present(self.rows.__contains__, command.ids)]

    @abstractmethod
    def _refresh(self, row: RowT, command: Command) -> None:
        """What a refresh does to the tags; `command.before` is what it read at its start."""
        ...

    @abstractmethod
    def _write_nfo(self, row: RowT) -> None:
        """What the Kodi consumer does after a scan of the item's folder."""
        ...

    # Webhooks

    def _tell_of(
        self, row: RowT, flags: Sequence[str], event: str, build: Callable[[], dict[str, Any]] = dict
    ) -> None:
        """Send an event of an item to whoever wants it; `build` makes what the body has beside the item."""
        self._tell(flags, event, lambda: self._item_part(row) | build(), row.tags)

    @abstractmethod
    def _item_part(self, row: RowT) -> dict[str, Any]:
        """What webhooks say of an item."""
        ...

    @abstractmethod
    def _renamed_part(self, row: RowT, file: FileT, previous: str) -> dict[str, Any]:
        """What they say of a file that had another relative path before."""
        ...
