"""The database file: opened, brought up to date, and the one seam where its errors are translated."""

import re
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from taggarr.core.errors import StoreError
from taggarr.store import problems
from taggarr.store.birth import make

FILE_NAME = "taggarr.db"

HEAD = "0001"
"""The newest migration; a test compares it with the migrations folder."""

MIGRATIONS = Path(__file__).parent / "migrations"

WAIT_S = 30.0
"""How long a transaction waits for its turn before the database counts as locked."""

KEYS_AT_ONCE = 500

Key = TypeVar("Key")


class Database:
    """One SQLite file in WAL mode. Thread-safe; every writing transaction is `BEGIN IMMEDIATE`.

    A plain BEGIN takes the write lock only at the first write and then fails at once when somebody else
    wrote in between (measured: 511 of 1,800 concurrent writes lost); IMMEDIATE waits its turn.
    """

    def __init__(
        self, path: Path, *, wait_s: float = WAIT_S, migrations: Path = MIGRATIONS, head: str = HEAD
    ) -> None:
        """Open or create the database and bring it to the schema `head`. Raises `StoreError`."""
        self.path = path
        self._opened: tuple[int, int] | None = None
        with self._translated():
            make(path, lambda new: self._fill(new, migrations))
        self._engine = _engine(lambda: self._connect(wait_s))
        try:
            with self._translated():
                self._bring_to(head, migrations)
                self._opened = _identity(path)  # while a connection of the pool keeps the file from vanishing
        except BaseException:
            self._engine.dispose()
            raise

    def close(self) -> None:
        self._engine.dispose()

    def demand_whole(self) -> None:
        """Look at all of it, before anything goes out that rests on it. Raises `StoreError`.

        Measured: 0.2 s for 250,000 files (114 MB).
        """
        with self.read() as connection:
            found = [str(line) for line in connection.execute(text("PRAGMA quick_check(5)")).scalars()]
        if found != ["ok"]:
            raise problems.damaged(self.path, found[0])

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads: it sees one state of the database and blocks no writer."""
        with self._translated(), self._engine.connect() as connection:
            connection.info["begin"] = "BEGIN"
            with connection.begin():
                yield connection

    @contextmanager
    def write(self, *, durable: bool = False) -> Iterator[Connection]:
        """A transaction that is committed at the end. `durable`: synced to the disk before it returns.

        Measured: a commit costs 44 µs with synchronous NORMAL and 278 µs with FULL, so readings, which can
        be made again, go without; what goes out to an arr does not.
        """
        with self._translated(), self._engine.connect() as connection:
            self._demand_in_place()
            connection.info["begin"] = "BEGIN IMMEDIATE"
            pragma(connection, "synchronous", "FULL" if durable else "NORMAL")
            with connection.begin():
                yield connection

    def _demand_in_place(self) -> None:
        """See that the path still names the file that is open, and not another one or none.

        SQLite does not notice, and what it writes then is gone with its last connection. Raises `Replaced`.
        """
        if self._opened is not None and _identity(self.path) != self._opened:
            raise problems.Replaced(str(self.path))

    def _connect(self, wait_s: float) -> sqlite3.Connection:
        self._demand_in_place()  # the pool may connect at any time
        return _connection(self.path, wait_s)

    def _fill(self, new: Path, migrations: Path) -> None:
        """Make the schema in the file `new`, which becomes the database once it has it."""
        from taggarr.store.migrations import upgrade  # noqa: PLC0415 (see below)

        engine = _engine(lambda: _connection(new, WAIT_S))
        try:
            upgrade(engine, self.path, None, migrations)
        finally:
            engine.dispose()

    def _bring_to(self, head: str, migrations: Path) -> None:
        version = self._version()
        if version == head:
            return
        # Alembic costs 150 ms to import: only when there is something to do.
        from taggarr.store.migrations import upgrade  # noqa: PLC0415 (see above)

        try:
            upgrade(self._engine, self.path, version, migrations)
        except SQLAlchemyError as error:
            problem = problems.of_database(self.path, error).problem
            left = "it could not be brought to this version's schema and is as it was before"
            raise StoreError(str(self.path), f"{left}; {problem}") from error

    def _version(self) -> str:
        """The migration that the file stands at."""
        with self.read() as connection:
            query = text("SELECT name FROM sqlite_master WHERE type = 'table'")
            tables = set(connection.execute(query).scalars())
            version = None
            if "alembic_version" in tables:
                version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if not isinstance(version, str) or not re.fullmatch(r"\d{4}", version):
            raise problems.without_version(self.path, tables)
        return version

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error, ValueError, OverflowError, RecursionError) as error:
            raise problems.of_database(self.path, error) from error


def pragma(connection: Connection, name: str, value: str) -> None:
    """Set a pragma for this and the later transactions of a connection; call it outside a transaction."""
    if connection.info.get(name) == value:
        return
    # Past SQLAlchemy, which would begin a transaction, and within one these pragmas do nothing.
    dbapi = connection.connection.dbapi_connection
    assert isinstance(dbapi, sqlite3.Connection)
    dbapi.execute(f"PRAGMA {name} = {value}").close()
    connection.info[name] = value


def parts(keys: Iterable[Key]) -> Iterator[list[Key]]:
    """Different keys, in lists that fit into the bound variables of one statement."""
    ordered = list(dict.fromkeys(keys))
    for start in range(0, len(ordered), KEYS_AT_ONCE):
        yield ordered[start : start + KEYS_AT_ONCE]


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file `path` names: None for none, and on Windows, which lets nobody take away an open file."""
    if sys.platform == "win32":  # pragma: no cover - the tests' systems are others
        return None
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise problems.of_folder(path.parent, error) from error
    return found.st_dev, found.st_ino


def _connection(path: Path, wait_s: float) -> sqlite3.Connection:
    """A connection to a file that is there: SQLite would make an empty one in the place of one that is not."""
    name = path.absolute().as_posix().encode("utf-8", "surrogateescape")
    root = "file://" if name.startswith(b"/") else "file:///"  # Windows has its drives there
    return sqlite3.connect(f"{root}{quote(name)}?mode=rw", uri=True, timeout=wait_s, check_same_thread=False)


def _engine(connect: Callable[[], sqlite3.Connection]) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=connect,
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=-1,  # a thread waits for its turn to write, never for a connection
    )

    @event.listens_for(engine, "connect")
    def _connect(dbapi: sqlite3.Connection, _record: Any) -> None:
        dbapi.isolation_level = None  # transactions are begun below, not by the driver
        dbapi.execute("PRAGMA journal_mode = WAL").close()
        dbapi.execute("PRAGMA synchronous = NORMAL").close()
        dbapi.execute("PRAGMA foreign_keys = ON").close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.info["begin"])

    return engine
