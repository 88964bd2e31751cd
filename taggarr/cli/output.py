"""How commands print: JSON, tables that fit the terminal, and files written whole or not at all."""

import os
import re
import shutil
import stat
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from taggarr.logs import json_text, neutral


def print_json(value: Any, *, lines: bool = False) -> None:
    """One JSON value on standard output, in UTF-8; `lines`: on one line."""
    click.echo(json_bytes(value, lines=lines), nl=False)


def json_bytes(value: Any, *, lines: bool = False) -> bytes:
    """JSON text with its line end. Bytes of names that are no UTF-8 are `\\udcXX`, and nothing speaks to a terminal."""
    return json_text(value, indent=None if lines else 2).encode() + b"\n"


def camel(key: str) -> str:
    """A key path of the configuration as JSON has it: `exclude.seriesTypes`."""
    return re.sub(r"_([a-z])", lambda match: match[1].upper(), key)


def nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by key paths (`tags.dub`) as mappings in mappings, the keys as JSON has them."""
    made: dict[str, Any] = {}
    for key, value in values.items():
        *around, last = camel(key).split(".")
        inner = made
        for part in around:
            inner = inner.setdefault(part, {})
        inner[last] = value
    return made


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, indent: int = 0) -> None:
    """A table as wide as the terminal (80 columns elsewhere); what does not fit is wrapped, never cut."""
    from rich.table import Table  # noqa: PLC0415 - 60 ms that JSON need not pay

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, overflow="fold")
    _print(table, rows, indent)


def print_fields(rows: Iterable[Sequence[str]], *, indent: int = 2) -> None:
    """Names with their values, one below the other; a long value is wrapped beside its name."""
    from rich.table import Table  # noqa: PLC0415 - as above

    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    _print(grid, rows, indent)


def _print(table: Any, rows: Iterable[Sequence[str]], indent: int) -> None:
    from rich.console import Console  # noqa: PLC0415 - as above
    from rich.padding import Padding  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    for row in rows:
        table.add_row(*(Text(neutral(cell)) for cell in row))
    console = Console(highlight=False, soft_wrap=False)
    with console.capture() as capture:
        console.print(Padding(table, (0, 0, 0, indent)))
    for line in capture.get().splitlines():
        click.echo(line.rstrip())


def moment(at: datetime | None) -> str | None:
    """A time as JSON has it: ISO 8601 in UTC, with `Z`."""
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def shown_moment(at: datetime) -> str:
    """A time as people read it: local, to the minute."""
    return at.astimezone().strftime("%Y-%m-%d %H:%M")


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step, so that nobody sees half of it. A pipe or a device is written to.

    The mode of a file that is there already stays. Raises `click.FileError`.
    """
    try:
        with suppress(FileNotFoundError):
            if not stat.S_ISREG(path.stat().st_mode):
                path.write_bytes(content)  # by its own name: `/dev/stdout` may lead to one that no file has
                return
        target = path.resolve()
        part = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            with part.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                shutil.copymode(target, part)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise click.FileError(neutral(str(path)), error.strerror or str(error)) from error


def write_new(path: Path, content: bytes) -> None:
    """Put `content` at `path`, for its owner alone to read, where nothing is yet: whole, or not at all.

    Raises `click.UsageError` where something is there, `click.FileError` where it cannot be written.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    made = False
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))  # takes the name
        made = True
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except FileExistsError as error:
        if not os.path.lexists(path):
            raise click.FileError(neutral(str(path)), f"{neutral(str(path.parent))} is no folder") from error
        there = f"{neutral(str(path))} is there already and is not written over; name another file"
        raise click.UsageError(there) from error
    except OSError as error:
        if made:
            for each in (part, path):
                each.unlink(missing_ok=True)
        raise click.FileError(neutral(str(path)), error.strerror or str(error)) from error
