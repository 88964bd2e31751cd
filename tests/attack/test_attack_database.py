"""Damaged, foreign and forbidden databases under every command that opens one."""

import contextlib
import json
import os
import random
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from taggarr.cli import run
from taggarr.simulator.collection import audio
from taggarr.store.tables import metadata

if TYPE_CHECKING:
    from conftest import Prey

COMMANDS = [["export", "--format", "state"], ["history"], ["explain", "Show"], ["scan"]]

WAYS_BACK = (
    "put the newest backup in its place",
    "move it away",
    "give this user the right to",
    "install that version again",
    "whose folder is not there: mount it",
)

Damage = Callable[[Path], None]


def edit(path: Path, *statements: str, values: tuple[object, ...] = ()) -> None:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
        for statement in statements:
            database.execute(statement, values if "?" in statement else ())
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def cut(share: float) -> Damage:
    """Ends somewhere: at this share of its length."""

    def damage(path: Path) -> None:
        os.truncate(path, int(path.stat().st_size * share))

    return damage


def scribbled(seed: int, least: int, most: int) -> Damage:
    """One to fifty bytes between two offsets are others."""

    def damage(path: Path) -> None:
        chance = random.Random(seed)
        content = bytearray(path.read_bytes())
        for _ in range(chance.choice([1, 5, 50])):
            content[chance.randrange(least, min(most, len(content)))] = chance.randrange(256)
        path.write_bytes(content)

    return damage


def page_lost(number: int) -> Damage:
    """A page is noise."""

    def damage(path: Path) -> None:
        with path.open("r+b") as file:
            file.seek(number * 4096)
            file.write(random.Random(number).randbytes(4096))

    return damage


def wal_of_another(path: Path) -> None:
    """The `-wal` and `-shm` files beside it are those of another database, with the same salts or not."""
    other = path.with_name("other.db")
    with contextlib.closing(sqlite3.connect(other, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE t (x)")
        database.executemany("INSERT INTO t VALUES (?)", [("y" * 500,)] * 200)
        for end in ("-wal", "-shm"):
            shutil.copy(f"{other}{end}", f"{path}{end}")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    path.joinpath("precious").write_text("kept")


def link_to_nowhere(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.with_name("no") / "such" / "folder.db")


CERTAIN: dict[str, Damage] = {
    "empty": cut(0),
    "first-bytes-only": cut(0.0001),
    "half-a-page": cut(0.02),
    "half": cut(0.5),
    "no-header": scribbled(1, 0, 16),
    "unwritable-by-its-header": lambda path: path.write_bytes(
        (content := path.read_bytes())[:18] + b"\x07" + content[19:]
    ),
    "schema-page": page_lost(0),
    "folder": folder,
    "link-to-nowhere": link_to_nowhere,
    "another-program": lambda path: path.unlink() or edit(path, "CREATE TABLE Series (Id INTEGER)"),
    "newer": lambda path: edit(path, "UPDATE alembic_version SET version_num = '9999'"),
    "no-version": lambda path: edit(path, "DELETE FROM alembic_version"),
    "version-is-noise": lambda path: edit(path, "UPDATE alembic_version SET version_num = x'ff00'"),
    **{
        f"without-{table}": (lambda path, table=table: edit(path, f"DROP TABLE {table}"))
        for table in (
            "alembic_version",
            "instances",
            "items",
            "files",
            "nfos",
            "scans",
            "changes",
            "outcomes",
        )
    },
    **{
        f"without-{table}-{column}": (
            lambda path, table=table, column=column: edit(path, f'ALTER TABLE {table} DROP COLUMN "{column}"')
        )
        for table, column in (
            ("instances", "url"),
            ("items", "listed"),
            ("files", "reading"),
            ("scans", "ended_at"),
        )
    },
    "nothing-kept": lambda path: edit(
        path, "PRAGMA foreign_keys = OFF", *(f"DROP TABLE {t}" for t in TABLES), "VACUUM"
    ),
}
"""Some command has to meet it, and say so."""

TABLES = ("outcomes", "changes", "scans", "nfos", "files", "items", "instances", "alembic_version")

UNCERTAIN: dict[str, Damage] = {
    "nearly-whole": cut(0.97),
    "wal-of-another": wal_of_another,
    **{f"header-{seed}": scribbled(seed, 16, 100) for seed in range(8)},
    **{f"bytes-{seed}": scribbled(seed, 100, 10**9) for seed in range(16)},
    **{f"page-{number}": page_lost(number) for number in range(1, 12)},
}
"""SQLite may read past it."""

NOISE: tuple[object, ...] = (
    None,
    -1,
    2**63 - 1,
    1.5,
    b"\xff\xfe\x00",
    "",
    "\x00",
    "haunted",
    "null",
    "[1]",
    '["a"]',
    "{}",
    '{"x":' + "[" * 5000 + "]" * 5000 + "}",
    "9" * 5000,
    "9999-12-31T23:59:59.000000+00:00",
    "0001-01-01T00:00:00.000000+00:00",
    '{"instance":"tv","kind":"film","id":1,"title":"A","path":"/a"}',
    '{"instance":"tv","kind":"movie","id":99,"title":"A","path":"/a"}',
    '{"source":"x","tracks":[{"position":-5,"language":7}]}',
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, new_prey: Any) -> Iterator["Prey"]:
    """A library that was scanned once; one change waits for its outcome."""
    with new_prey(tmp_path_factory.mktemp("library")) as prey:
        nfo = "<tvshow><title>Show</title></tvshow>"
        prey.shelf.series("Show", {"Season 01/S01E01.mkv": audio("jpn", "eng")}, nfo=nfo)
        prey.shelf.series("Half", {f"Season 01/S01E0{n}.mkv": audio("jpn", *["eng"][n:]) for n in (0, 1)})
        prey.shelf.movie("Film", audio("jpn"))
        assert prey.scan().instances["tv"].failed == 0
        path = prey.folder / "data" / "taggarr.db"
        edit(path, "DELETE FROM outcomes WHERE change_id = (SELECT max(id) FROM changes)")
        shutil.copy(path, prey.folder / "sound.db")
        yield prey


@pytest.fixture
def path(library: "Prey") -> Iterator[Path]:
    """The sound database, to be damaged."""
    path = library.folder / "data" / "taggarr.db"
    _clear(path)
    shutil.copy(library.folder / "sound.db", path)
    yield path
    _clear(path)


def _clear(path: Path) -> None:
    for each in path.parent.glob(f"{path.name}*"):
        if each.is_dir():
            shutil.rmtree(each)
        else:
            each.unlink()


def codes(library: "Prey", path: Path, capsys: pytest.CaptureFixture[str]) -> dict[int, int]:
    """How often the commands end with which code; each failure is one of the database, with the way back."""
    found: dict[int, int] = {}
    before = _identity(path)
    for command in COMMANDS:
        code = run([*command, "--config", str(library.config()), "--data-dir", str(path.parent)])
        found[code] = found.get(code, 0) + 1
        said = capsys.readouterr().err
        assert "unforeseen" not in said, (command, said)
        assert code in (0, 1), (command, said)
        if code == 1:
            assert any(
                str(path) in line and any(w in line for w in WAYS_BACK) for line in said.splitlines()
            ), said
    assert _identity(path) == before
    return found


def _identity(path: Path) -> tuple[int, bool]:
    """Which file it is, and whether there is anything in it."""
    state = path.lstat()
    return state.st_ino, state.st_size == 0


@pytest.mark.parametrize("name", CERTAIN)
def test_damage_is_said_with_the_way_back(library: "Prey", path: Path, capsys, name: str):
    """Whoever needs what is gone says which file it is and what to do, with exit code 1."""
    CERTAIN[name](path)
    assert codes(library, path, capsys).get(1)


@pytest.mark.parametrize("name", UNCERTAIN)
def test_damage_that_may_go_unseen_is_never_unforeseen(library: "Prey", path: Path, capsys, name: str):
    """Flipped bytes, lost pages and foreign files beside it end in answers, or in the way back."""
    UNCERTAIN[name](path)
    codes(library, path, capsys)


def cells() -> list[tuple[str, str]]:
    """Every column of every table."""
    return [(table.name, column.name) for table in metadata.sorted_tables for column in table.columns]


@pytest.mark.parametrize(("table", "column"), cells())
def test_no_value_in_any_row_is_unforeseen(library: "Prey", path: Path, capsys, table: str, column: str):
    """A value of a wrong type, of no enumeration, of no size or no JSON, drawn for each column."""
    noise = random.Random(f"{table}.{column}").choice(NOISE)
    with contextlib.suppress(sqlite3.IntegrityError, sqlite3.OperationalError):  # some is refused
        edit(path, f'UPDATE {table} SET "{column}" = ? WHERE rowid = 1', values=(noise,))
    codes(library, path, capsys)


@pytest.mark.parametrize(("table", "column"), cells())
def test_no_value_in_any_row_is_unforeseen_to_undo(
    library: "Prey", path: Path, capsys, table: str, column: str
):
    """It answers, says what is wrong with the file, or that there was no such scan."""
    noise = random.Random(f"undo {table}.{column}").choice((*NOISE, 1, 2))
    with contextlib.suppress(sqlite3.IntegrityError, sqlite3.OperationalError):
        edit(path, f'UPDATE {table} SET "{column}" = ? WHERE rowid = 1', values=(noise,))
    code = run(["undo", "--dry-run", "--config", str(library.config()), "--data-dir", str(path.parent)])
    said = capsys.readouterr().err
    assert "unforeseen" not in said, (noise, said)
    assert code in (0, 1, 2), (noise, said)


@pytest.mark.parametrize(
    ("statement", "command"),
    [
        ("UPDATE items SET verdict = 'haunted'", "export"),
        ("UPDATE items SET listed = '{\"id\":1}'", "export"),
        ("UPDATE items SET title = x'ff'", "export"),
        ("UPDATE items SET languages = '[1]'", "export"),
        ("UPDATE items SET id = id + 70", "export"),
        ('UPDATE files SET reading = \'{"cause":"haunted"}\'', "export --format state"),
        ("UPDATE files SET mtime_ns = 'yesterday'", "export --format state"),
        ("UPDATE files SET season = 'one'", "export --format state"),
        ("UPDATE scans SET ended_at = 'yesterday'", "export --format state"),
        ("UPDATE scans SET ended_at = x'ff'", "export --format state"),
        ("UPDATE changes SET action = 'haunt'", "history"),
        ("UPDATE changes SET at = '9999-12-31T23:59:59.000000+00:00'", "history"),
        ("UPDATE changes SET at = '2026-01-01'", "history"),
        ("UPDATE outcomes SET result = 'haunted'", "history"),
        ("UPDATE outcomes SET after = '{'", "history"),
        ("UPDATE changes SET name = x'ff'", "scan"),
        ("UPDATE nfos SET tags = '{}'", "scan"),
        ("UPDATE nfos SET genre_ours = 'no'", "scan"),
        ("UPDATE changes SET verdict = 'haunted'", "history"),
        ("UPDATE changes SET catalogue_id = 'one'", "history"),
        ("UPDATE scans SET undoes = 'one'", "history"),
        ("UPDATE scans SET undoes = 'one'", "undo --dry-run"),
        ("UPDATE scans SET undoes = 1, summary = '{'", "undo --dry-run"),
        ("UPDATE scans SET undoes = 1", "undo --dry-run"),
        ("UPDATE scans SET undoes = 1, summary = '{\"complete\":1}'", "undo --dry-run"),
        ("UPDATE items SET held = '{}'", "scan"),
        ('UPDATE items SET held = \'{"verdict":1,"scan":1}\'', "scan"),
        ("UPDATE instances SET type = 'lidarr'", "history"),
        ("UPDATE instances SET url = x'00'", "history"),
    ],
)
def test_values_that_nobody_wrote_are_refused(
    library: "Prey", path: Path, capsys, statement: str, command: str
):
    """Nothing is taken for something else, and the column is named or the value shown."""
    edit(path, statement)
    arguments = [*command.split(), "--config", str(library.config()), "--data-dir", str(path.parent)]
    assert run(arguments) == 1
    said = capsys.readouterr()
    assert f"{path}: a value could not be kept or read back (" in said.err
    assert WAYS_BACK[0] in said.err


FORBIDDEN: dict[str, Damage] = {
    "unreadable": lambda path: path.chmod(0),
    "folder-shut": lambda path: path.parent.chmod(0),
    "folder-read-only": lambda path: path.parent.chmod(0o555) or path.chmod(0o444),
}


AS_NOBODY = """
import json, os, sys
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from taggarr.cli import run


def said(words):
    streams = [TextIOWrapper(BytesIO(), "utf-8", write_through=True) for _ in range(2)]
    with redirect_stdout(streams[0]), redirect_stderr(streams[1]):
        code = run(words)
    return [code, *(stream.buffer.getvalue().decode() for stream in streams)]


commands, sound, forbidden = json.loads(sys.argv[1])
os.environ["TAGGARR_DATA_DIR"] = sound
for command in commands:
    said(command)  # imports what it needs: it may lie in a folder of root's
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
os.environ["TAGGARR_DATA_DIR"] = forbidden
print(json.dumps([said(command) for command in commands]))
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users can reach; pytest's own are closed to them."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)


@pytest.fixture
def as_nobody(
    library: "Prey", path: Path, open_folder: Path
) -> Callable[[], list[tuple[list[str], int, str, str]]]:
    """Runs all commands as another user on a copy of the database in `open_folder`: code, output and errors of each."""
    data = open_folder / "data"
    data.mkdir()
    shutil.copy(path, data)
    if os.geteuid() == 0:
        os.chown(data, 65534, 65534)
        os.chown(data / path.name, 65534, 65534)
    shutil.copy(library.config(), open_folder)

    def call() -> list[tuple[list[str], int, str, str]]:
        commands = [[*command, "--config", str(open_folder / "config.yaml")] for command in COMMANDS]
        program = [sys.executable, "-c", AS_NOBODY, json.dumps([commands, str(path.parent), str(data)])]
        done = subprocess.run(program, stdout=subprocess.PIPE, text=True, timeout=60, check=True)
        return [(command, *said) for command, said in zip(COMMANDS, json.loads(done.stdout), strict=True)]

    return call


@pytest.mark.parametrize("name", FORBIDDEN)
def test_what_this_user_may_not_open_is_said(as_nobody, path: Path, open_folder: Path, name: str):
    """No right to the file or its folder: nothing is taken for an empty library, and nothing is begun anew."""
    copy = open_folder / "data" / path.name
    FORBIDDEN[name](copy)
    for command, code, _, said in as_nobody():
        assert code == 1, (command, said)
        assert re.search("^taggarr: .*: give this user the right to", said, re.MULTILINE), said
        assert "unforeseen" not in said
    copy.parent.chmod(stat.S_IRWXU)
    assert [each.name for each in copy.parent.glob("*.db")] == [path.name]
    assert copy.stat().st_size == path.stat().st_size


def test_a_read_only_file_is_read_and_not_written(as_nobody, path: Path, open_folder: Path):
    """What is known may still be looked at; a scan, which would have to write it down, says what it needs."""
    copy = open_folder / "data" / path.name
    copy.chmod(0o444)
    for command, code, answer, said in as_nobody():
        if command == ["scan"]:
            assert (code, answer) == (1, "")
            assert "it cannot be written: give this user the right to write the file" in said
        else:
            assert code == 0, (command, said)
            assert answer
