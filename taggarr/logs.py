"""The log: standard error or a rotated file, as text or JSON; secrets masked, and who is meant on each line.

`with about(instance="tv", item="Dark")` puts both on every line that is logged inside. The subject is a
context variable: a thread pool does not inherit it, so hand work to a pool as `pool.submit(carried(read), path)`.
"""

import json
import logging
import os
import re
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar, copy_context
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, Literal, ParamSpec, TextIO, TypeVar
from urllib.parse import quote

from taggarr.core.errors import ConfigError

FILE_SIZE_BYTES = 5 * 1024 * 1024
FILES_KEPT = 5
"""Rotated files beside the current one."""

_MASK = "********"
_SHORTEST_SECRET = 4  # a shorter text would black out half of the log, and is no key of anything
_SECRET_PATTERNS = (
    re.compile(r"(?i)((?:api[-_ ]?key|access[-_]?token|password)[\"']?\s*=\s*[\"']?)[^\s&\"',;)}\]]+"),
    re.compile(r"(?i)((?:api[-_ ]?key|access[-_]?token|password)[\"']?:\s*[\"']?)[^\s&\"',;)}\]]{8,}"),
    re.compile(r"(?i)(authorization[\"']?[=:]\s*[\"']?(?:bearer |basic )?)[^\s\"',;)}\]]+"),
    re.compile(r"(://[^\s/:@]*:)[^\s/@]+(?=@)"),
)
_STRANGE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

P = ParamSpec("P")
R = TypeVar("R")


_subject: ContextVar[tuple[str | None, str | None]] = ContextVar("taggarr_log_subject", default=(None, None))
"""The instance and the item that a line is about."""


@contextmanager
def about(*, instance: str | None = None, item: str | None = None) -> Iterator[None]:
    """Name the subject of the lines inside; what is not given stays as it is outside."""
    outer_instance, outer_item = _subject.get()
    token = _subject.set((instance or outer_instance, item or outer_item))
    try:
        yield
    finally:
        _subject.reset(token)


def carried(function: Callable[P, R]) -> Callable[P, R]:
    """`function`, to be called in another thread with the subject that holds here and now."""
    context = copy_context()

    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        return context.copy().run(function, *args, **kwargs)

    return call


def set_up(
    *,
    level: str = "info",
    path: Path | None = None,
    form: Literal["text", "json"] = "text",
    secrets: Collection[str] = (),
    shown: Collection[str] = (),
) -> None:
    """Send the process's log to standard error, or to the file at `path`, from now on.

    What the loggers `shown` say at INFO and above is shown by the command itself: on standard error it would
    stand twice, so it goes to a file only. Libraries speak from WARNING on. Raises `ConfigError` where the
    file cannot be written.
    """
    handler = _file(path) if path else _StandardError(tuple(shown))
    handler.setFormatter(_Lines(form, secrets))
    root = logging.getLogger()
    for old in [each for each in root.handlers if isinstance(each, _StandardError | _RotatedFile)]:
        root.removeHandler(old)
        with suppress(OSError):  # a full disk was told of when it was met
            old.close()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("taggarr").setLevel(level.upper())


def file_at(path: Path) -> Path:
    """The file of a log at `path`: a folder gets `taggarr.log`."""
    return path / "taggarr.log" if os.path.isdir(path) else path  # noqa: PTH112 - Path's raises where a parent is hidden


def problem(path: Path | None) -> str | None:
    """Why the log at `path` cannot be written; None where it can, or goes to standard error. Nothing is made."""
    if path is None:
        return None
    place = file_at(path)
    if os.path.lexists(place) and not os.access(place, os.W_OK):
        return f"the log {place} cannot be written by this user"
    folder = place.parent
    while not os.path.lexists(folder) and folder != folder.parent:
        folder = folder.parent
    if not os.path.isdir(folder) or not os.access(folder, os.W_OK | os.X_OK):  # noqa: PTH112 - as above
        return f"the log {place} cannot be written: this user may not make files in {folder}"
    return None


def masking(secrets: Collection[str]) -> Callable[[str], str]:
    """What masks `secrets`, and whatever looks like one, in a text."""
    return _Lines("text", secrets).masked


def _file(path: Path) -> "_RotatedFile":
    """The handler for `path`; a folder gets `taggarr.log`."""
    try:
        target = file_at(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        return _RotatedFile(target)
    except OSError as error:
        raise ConfigError("logging.path", f"`{path}` cannot be written: {error.strerror}") from error


class _StandardError(logging.StreamHandler[TextIO]):
    """Standard error as it is when a line is written, not when the log was set up."""

    def __init__(self, shown: tuple[str, ...] = ()) -> None:
        logging.Handler.__init__(self)
        self.addFilter(lambda record: record.levelno < logging.INFO or not record.name.startswith(shown))

    @property
    def stream(self) -> TextIO:  # type: ignore[override]  # looked up anew for each line, as in logging
        return sys.stderr


class _RotatedFile(RotatingFileHandler):
    """A log file. When it cannot be written any more, that is said once on standard error."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            maxBytes=FILE_SIZE_BYTES,
            backupCount=FILES_KEPT,
            encoding="utf-8",
            errors="backslashreplace",
        )
        self._told = False

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 - as logging calls it
        if not self._told:
            self._told = True
            error = sys.exc_info()[1]
            cause = error.strerror if isinstance(error, OSError) else error
            sys.stderr.write(f"The log file {self.baseFilename} cannot be written: {cause}{os.linesep}")


class _Lines(logging.Formatter):
    """One record, one line of text or JSON; a traceback follows indented, or as a field."""

    def __init__(self, form: str, secrets: Collection[str]) -> None:
        super().__init__()
        self.json = form == "json"
        spellings = {spelt for secret in secrets for spelt in (secret, quote(secret, safe=""))}
        longest_first = sorted(
            (each for each in spellings if len(each) >= _SHORTEST_SECRET), key=len, reverse=True
        )
        self.secrets = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        time = (
            datetime.fromtimestamp(record.created, UTC)
            .isoformat(timespec="milliseconds")
            .replace("+00:00", "Z")
        )
        message = neutral(self.masked(record.getMessage()))
        instance, item = (neutral(self.masked(each)) if each else None for each in _subject.get())
        error = [neutral(each) for each in self.masked(self._error(record)).splitlines()]
        if self.json:
            fields = {
                "time": time,
                "level": record.levelname.lower(),
                "logger": record.name,
                "instance": instance,
                "item": item,
                "message": message,
                "error": "\n".join(error) or None,
            }
            return json_text(fields)
        who = ": ".join(each for each in (instance, item) if each)
        line = f"{time} {record.levelname:<7} {record.name}: {f'[{who}] ' if who else ''}{message}"
        return "\n".join([line, *(f"    {each}" for each in error)])

    def masked(self, text: str) -> str:
        """`text` without the secrets of the configuration, and without what looks like one."""
        if self.secrets:
            text = self.secrets.sub(_MASK, text)
        for pattern in _SECRET_PATTERNS:
            text = pattern.sub(rf"\1{_MASK}", text)
        return text

    def _error(self, record: logging.LogRecord) -> str:
        parts = []
        if record.exc_info:
            parts.append(self.formatException(record.exc_info))
        if record.stack_info:
            parts.append(self.formatStack(record.stack_info))
        return "\n".join(parts)


def neutral(text: str) -> str:
    """`text` on one line, with control characters and reversals of direction written out (`\\x1b`)."""
    return _STRANGE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def json_text(value: Any, *, indent: int | None = None) -> str:
    """`value` as JSON, non-ASCII as it is, but for what would speak to a terminal: that is escaped, and so the same."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _STRANGE.sub(lambda match: match[0] if match[0] == "\n" else f"\\u{ord(match[0]):04x}", text)
