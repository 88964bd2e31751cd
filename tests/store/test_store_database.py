"""The database file: how it is opened, written by many at once, and what is said when it cannot be used."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import textwrap
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from sqlalchemy import text

from taggarr.core.errors import StoreError
from taggarr.core.media import Item, Kind
from taggarr.core.record import Batch, ItemRecord
from taggarr.store.birth import is_there
from taggarr.store.db import MIGRATIONS, Database
from taggarr.store.instances import InstanceAddress, register
from taggarr.store.items import InstanceMemory
from taggarr.store.problems import Replaced, of_database

PROJECT = Path(__file__).resolve().parents[2]


def run(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", textwrap.dedent(script), *map(str, arguments)]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False)


def pragma_in(database: Database, name: str, *, durable: bool) -> object:
    with database.write(durable=durable) as connection:
        return connection.execute(text(f"PRAGMA {name}")).scalar()


def problem(path: Path) -> str:
    """What is said when the database at `path` is opened."""
    with pytest.raises(StoreError) as raised:
        Database(path, wait_s=0.05)
    assert raised.value.path in (str(path), str(path.parent))
    return raised.value.problem


@pytest.mark.parametrize(("name", "value"), [("journal_mode", "wal"), ("foreign_keys", 1)])
def test_every_connection_is_set_up(path: Path, name: str, value: object):
    """The database is in WAL mode and keeps its foreign keys, when it is made and ever after."""
    for _ in range(2):
        database = Database(path)
        with database.read():  # so that the next one is another connection
            assert pragma_in(database, name, durable=False) == value
        assert pragma_in(database, name, durable=False) == value
        database.close()


def test_what_goes_out_is_synced_and_readings_are_not(database: Database):
    """A durable transaction syncs with FULL (2), any other with NORMAL (1), whichever came before."""
    levels = [pragma_in(database, "synchronous", durable=durable) for durable in (False, True, False, True)]
    assert levels == [1, 2, 1, 2]


def test_a_waiting_writer_waits_half_a_minute(database: Database):
    """A writer waits for its turn for 30 seconds."""
    assert pragma_in(database, "busy_timeout", durable=False) == 30_000


def test_a_file_that_points_nowhere_is_not_kept(database: Database):
    """A row of an instance that does not exist is refused."""
    orphan = ItemRecord(item=Item("tv", Kind.SERIES, 1, "Show", "/tv/Show"), local="/tv/Show")
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        InstanceMemory(database, 99, "tv").save(Batch(records=(orphan,)))


def test_a_failed_transaction_leaves_nothing(database: Database):
    """What a transaction wrote before it failed is not kept."""
    with suppress(KeyError), database.write() as connection:
        connection.execute(text("INSERT INTO instances (name, type, url) VALUES ('a', 'b', 'c')"))
        raise KeyError
    with database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM instances")).scalar() == 0


def test_a_reader_sees_one_state(database: Database):
    """What is written while a reader reads is seen by the next one, and the reader holds no writer up."""
    count = text("SELECT count(*) FROM instances")
    with database.read() as reader:
        before = reader.execute(count).scalar()
        register(database, [InstanceAddress("tv", "sonarr", "http://tv")])
        assert (before, reader.execute(count).scalar()) == (0, 0)
    with database.read() as reader:
        assert reader.execute(count).scalar() == 1


def test_many_threads_lose_nothing(database: Database):
    """Eight threads that read a number and write the next one end at their sum."""
    register(database, [InstanceAddress("tv", "sonarr", "0")])

    def work() -> None:
        for durable in [True, False] * 10:
            with database.write(durable=durable) as connection:
                number = int(connection.execute(text("SELECT url FROM instances")).scalar_one())
                connection.execute(text("UPDATE instances SET url = :url"), {"url": str(number + 1)})

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as connection:
        assert connection.execute(text("SELECT url FROM instances")).scalar() == "160"


def test_many_processes_lose_nothing(path: Path):
    """Three processes that open the same new database at once and count up in it end at their sum."""
    script = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from sqlalchemy import text
        import taggarr.store.migrations
        from taggarr.store.db import Database
        print("ready", flush=True)
        sys.stdin.readline()
        database = Database(Path(sys.argv[1]))
        with database.write() as connection:
            row = "INSERT INTO instances (name, type, url) SELECT 'tv', 'sonarr', '0'"
            connection.execute(text(row + " WHERE NOT EXISTS (SELECT 1 FROM instances)"))
        for _ in range(40):
            with database.write() as connection:
                number = int(connection.execute(text("SELECT url FROM instances")).scalar_one())
                connection.execute(text("UPDATE instances SET url = :url"), {"url": str(number + 1)})
        database.close()
        """
    )
    command = [sys.executable, "-c", script, str(path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    writers = [subprocess.Popen(command, cwd=PROJECT, text=True, **pipes) for _ in range(3)]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    assert [writer.communicate(timeout=60)[1] for writer in writers] == ["", "", ""]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT url FROM instances").fetchall() == [("120",)]


def test_the_data_folder_is_made(tmp_path: Path):
    """A data folder that is not there yet is made, and nobody else may read the database."""
    path = tmp_path / "a?b" / "c#d %20" / "taggarr.db"
    Database(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_up_to_date_database_opens_without_alembic(path: Path):
    """Alembic is slow to import, so only a database that has to be changed asks for it."""
    script = """
        import sys
        from pathlib import Path
        from taggarr.store.db import Database
        Database(Path(sys.argv[1])).close()
        print("alembic" in sys.modules)
    """
    assert [run(script, path).stdout for _ in range(2)] == ["True\n", "False\n"]


def test_a_file_of_something_else_is_refused(path: Path):
    """A file that is no SQLite database is named with the way back, and stays as it is."""
    path.write_bytes(b"This is a diary, not a database. " * 100)
    assert "it is not an SQLite database: put the newest backup in its place" in problem(path)
    assert path.read_bytes() == b"This is a diary, not a database. " * 100


def test_a_damaged_database_is_refused(path: Path):
    """A database whose pages are damaged is named with the way back, and stays as it is."""
    Database(path).close()
    sound = path.read_bytes()
    damaged = sound[:100] + b"\xff" * 3000 + sound[3100:]
    path.write_bytes(damaged)
    assert "it is damaged: put the newest backup in its place" in problem(path)
    assert path.read_bytes() == damaged


def test_damage_that_shows_later_is_named(path: Path):
    """Damage in rows that are read only later is named just so."""
    database = Database(path)
    register(database, [InstanceAddress("tv", "sonarr", "http://tv")])
    with database.read() as connection:
        query = text("SELECT rootpage FROM sqlite_master WHERE name = 'instances'")
        page = connection.execute(query).scalar_one()
    database.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    database = Database(path)
    with pytest.raises(StoreError, match="it is damaged: put the newest backup in its place"):
        register(database, [InstanceAddress("tv", "sonarr", "http://tv")])
    database.close()


def test_all_of_it_can_be_looked_at(path: Path):
    """Damage in a page that nobody may ever read is found by looking for it, and a sound database is sound."""
    database = Database(path)
    database.demand_whole()
    with database.read() as connection:
        query = text("SELECT rootpage FROM sqlite_master WHERE name = 'ix_changes_item'")
        page = connection.execute(query).scalar_one()
    database.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    damaged = path.read_bytes()
    database = Database(path)
    with pytest.raises(
        StoreError, match=r"it is damaged \(.+\): put the newest backup in its place, or move it away"
    ):
        database.demand_whole()
    database.close()
    assert path.read_bytes() == damaged


def test_a_database_of_another_program_is_refused(path: Path):
    """An SQLite database of somebody else gets none of our tables."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE Series (Id INTEGER)")
    assert "it is a database of another program: move it away" in problem(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("Series",)]


def test_a_folder_in_its_place_is_named(path: Path):
    """A folder where the database should be is named."""
    path.mkdir()
    assert "a folder is in the place of the database: move it away" in problem(path)


def test_a_file_in_place_of_the_data_folder_is_named(tmp_path: Path):
    """A file where the data folder should be is named, and so is one further up."""
    (tmp_path / "file").touch()
    assert "a file is in the way of the folder" in problem(tmp_path / "file" / "taggarr.db")
    assert "a part of the path is a file" in problem(tmp_path / "file" / "below" / "taggarr.db")


def test_a_locked_database_is_named(path: Path, database: Database):
    """Where another process does not let go of the database, the user is told so."""
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        other = Database(path, wait_s=0.05)
        with pytest.raises(StoreError, match="another process holds it: end that process") as raised:
            register(other, [InstanceAddress("tv", "sonarr", "http://tv")])
        other.close()
        holder.execute("ROLLBACK")
    assert raised.value.path == str(path)


def test_a_value_that_is_no_text_is_named(database: Database):
    """A text that no encoding can hold is an error of the store, not a crash."""
    with pytest.raises(StoreError, match="a value could not be kept or read back"):
        register(database, [InstanceAddress("tv\udc80", "sonarr", "http://tv")])


def taken_away(path: Path) -> None:
    path.unlink()


def replaced(path: Path) -> None:
    other = Database(path.with_name("other.db"))
    other.close()
    path.with_name("other.db").replace(path)


def folder_gone(path: Path) -> None:
    path.parent.rename(path.parent.with_name("moved"))


def folder_replaced_by_a_file(path: Path) -> None:
    folder_gone(path)
    path.parent.write_text("a file")


@pytest.mark.parametrize("away", [taken_away, replaced, folder_gone, folder_replaced_by_a_file])
@pytest.mark.parametrize("durable", [True, False])
def test_a_database_that_is_taken_away_is_not_written(
    tmp_path: Path, away: Callable[[Path], None], durable: bool
):
    """SQLite would go on writing a file that nobody will ever open again; no new one is made."""
    path = tmp_path / "data" / "taggarr.db"
    database = Database(path)
    register(database, [InstanceAddress("tv", "sonarr", "http://tv")])
    away(path)
    with pytest.raises(Replaced, match="removed or replaced while Taggarr had it open") as raised:
        pragma_in(database, "synchronous", durable=durable)
    with database.read() as one, pytest.raises(Replaced), database.read():  # the second is a new connection
        assert one.execute(text("SELECT count(*) FROM instances")).scalar() == 1
    database.close()
    assert raised.value.path == str(path)
    assert path.exists() is (away is replaced)


def test_a_database_that_cannot_be_looked_at_is_not_written(tmp_path: Path):
    """Where nobody can tell whether the database is still there, the folder is named."""
    path = tmp_path / "data" / "taggarr.db"
    database = Database(path)
    folder_gone(path)
    path.parent.symlink_to(path.parent)
    with pytest.raises(StoreError, match=r"the data folder cannot be used: .* levels of symbolic links"):
        pragma_in(database, "synchronous", durable=True)
    database.close()


def test_an_emptied_database_is_refused(path: Path):
    """An empty file is no beginning: what was in it is not silently begun anew."""
    Database(path).close()
    path.write_bytes(b"")
    assert "it is empty: put the newest backup in its place" in problem(path)
    assert path.read_bytes() == b""


def test_a_beginning_that_fails_leaves_nothing(tmp_path: Path):
    """Neither the database nor what it was made from is left where its schema could not be made."""
    migrations = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, migrations)
    (migrations / "versions" / "0002_no.py").write_text(
        'revision = "0002"\ndown_revision = "0001"\n\ndef upgrade():\n    raise ValueError("no")\n'
    )
    with pytest.raises(StoreError, match="could not be kept or read back"):
        Database(tmp_path / "data" / "taggarr.db", migrations=migrations, head="0002")
    assert list((tmp_path / "data").iterdir()) == []


AT_THE_LINK = """
    import shutil, sys
    from pathlib import Path
    path, links, first = Path(sys.argv[1]), sys.argv[2] == "links", sys.argv[3:]
    def at_the_link(event, arguments):
        if event == "os.link":
            for other in first:
                shutil.copy(other, path)
            if sys.argv[2] == "lost":
                Path(arguments[0]).unlink()
            if not links:
                raise PermissionError(1, "Operation not permitted")
    from taggarr.store.db import Database
    sys.addaudithook(at_the_link)
    Database(path).close()
    print(sorted(each.name for each in path.parent.iterdir()))
"""
"""Make a database where hard links are refused, or where somebody else is first, or both."""


@pytest.mark.measured
@pytest.mark.parametrize("links", ["links", "none"])
def test_the_first_who_begins_wins(tmp_path: Path, path: Path, links: str):
    """A database that somebody else made meanwhile is the one that is opened; ours goes."""
    other = tmp_path / "other" / "taggarr.db"
    database = Database(other)
    register(database, [InstanceAddress("tv", "sonarr", "http://tv")])
    database.close()
    assert run(AT_THE_LINK, path, links, other).stdout == "['other', 'taggarr.db']\n"
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM instances").fetchall() == [("tv",)]


@pytest.mark.measured
def test_a_beginning_that_is_taken_away_is_said(path: Path):
    """Whatever the system says of the name is said of the folder."""
    said = run(AT_THE_LINK, path, "lost")
    assert f"{path.parent}: the data folder cannot be used" in said.stderr
    assert list(path.parent.iterdir()) == []


@pytest.mark.measured
def test_a_file_system_without_links_will_do(path: Path):
    """FAT and some shares know no hard links."""
    said = run(AT_THE_LINK, path, "none")
    assert said.stdout == "['taggarr.db']\n", said.stderr
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT * FROM instances").fetchall() == []


def test_a_link_that_leads_nowhere_yet_is_filled(tmp_path: Path):
    """A database may be put elsewhere by a link before it is there; a link to itself is no database."""
    (tmp_path / "disk").mkdir()
    (tmp_path / "taggarr.db").symlink_to(tmp_path / "disk" / "real.db")
    Database(tmp_path / "taggarr.db").close()
    assert [each.name for each in (tmp_path / "disk").iterdir()] == ["real.db"]
    (tmp_path / "loop.db").symlink_to(tmp_path / "loop.db")
    assert "it cannot be opened" in problem(tmp_path / "loop.db")
    (tmp_path / "lost.db").symlink_to(tmp_path / "unmounted" / "real.db")
    assert "unmounted/real.db, whose folder is not there: mount it, or remove the link" in problem(
        tmp_path / "lost.db"
    )


def test_what_cannot_be_looked_at_may_be_there(tmp_path: Path):
    """Nothing is there only where the system says so."""
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "file").touch()
    found = [is_there(tmp_path / name) for name in ("file", "none", "none/below", "file/below", "loop/below")]
    assert found == [True, False, False, False, True]


AS_NOBODY = """
    import os, sys
    from pathlib import Path
    import taggarr.store.migrations
    from taggarr.core.errors import StoreError
    from taggarr.store.db import Database
    from taggarr.store.instances import InstanceAddress, register
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    for folder in sys.argv[1:]:
        try:
            database = Database(Path(folder) / "taggarr.db")
            register(database, [InstanceAddress("tv", "sonarr", "http://tv")])
        except StoreError as error:
            print(error)
"""
"""Open and write databases without root's rights, which know no read-only folder."""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users can reach; pytest's own are closed to them."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_a_folder_or_database_without_the_rights_is_named(open_folder: Path):
    """What this user may not write or read is named, with what to do; nothing is made anew."""
    bare, unwritable, unreadable = (open_folder / name for name in ("bare", "unwritable", "unreadable"))
    bare.mkdir()
    Database(unwritable / "taggarr.db").close()
    (unwritable / "taggarr.db").chmod(0o444)
    Database(unreadable / "taggarr.db").close()
    (unreadable / "taggarr.db").chmod(0)
    for folder in (bare, unwritable, unreadable):
        folder.chmod(0o555)
    said = run(AS_NOBODY, bare, unwritable, unreadable)
    left = [sorted(path.name for path in folder.iterdir()) for folder in (bare, unwritable, unreadable)]
    for folder in (bare, unwritable, unreadable):
        folder.chmod(0o755)
    sentences = said.stdout.splitlines()
    assert len(sentences) == 3, said.stderr
    assert sentences[0] == (
        f"{bare}: the data folder cannot be used: give this user the right to read and write it, or name "
        "another folder with --data-dir (Permission denied)"
    )
    assert "give this user the right to" in sentences[1]
    assert "give this user the right to read and write the file and its folder" in sentences[2]
    assert left == [[], ["taggarr.db"], ["taggarr.db"]]


@pytest.fixture
def small_disk(tmp_path: Path, mount_small: Callable[[Path, str], None]) -> Path:
    """A disk of 600 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount_small(folder, "600k")
    return folder


def shows(number: int) -> tuple[ItemRecord, ...]:
    """A batch of items, some 200 kB of text."""
    ids = range(number * 100, number * 100 + 100)
    return tuple(
        ItemRecord(item=Item("tv", Kind.SERIES, one, "Show", "/tv"), local="/tv", reason="x" * 2000)
        for one in ids
    )


def test_a_full_disk_keeps_what_was_stored(small_disk: Path):
    """On a full disk a batch is refused as a whole, with what to do; the earlier ones stay."""
    database = Database(small_disk / "taggarr.db")
    number = register(database, [InstanceAddress("tv", "sonarr", "http://tv")])["tv"]
    memory = InstanceMemory(database, number, "tv")
    memory.save(Batch(records=shows(0)))
    too_many = tuple(record for number in range(1, 9) for record in shows(number))
    with pytest.raises(StoreError, match="the disk is full: make room and scan again") as raised:
        memory.save(Batch(records=too_many))
    assert raised.value.path == str(small_disk / "taggarr.db")
    assert list(memory.records()) == list(range(100))
    database.close()


def test_a_disk_without_room_to_open_a_database_is_named(small_disk: Path):
    """SQLite calls it an I/O error: it wants more than the database's own file."""
    path = small_disk / "taggarr.db"
    Database(path).close()
    ballast = os.open(small_disk / "ballast", os.O_WRONLY | os.O_CREAT)
    with suppress(OSError):
        while os.write(ballast, b"x" * 4096):
            pass
    os.close(ballast)
    assert "the disk is full: make room and scan again" in problem(path)
    (small_disk / "ballast").unlink()
    Database(path).close()


def test_a_read_only_file_system_is_named(small_disk: Path):
    """Of an existing database, and of a folder that has none."""
    there, new = small_disk / "there" / "taggarr.db", small_disk / "new" / "taggarr.db"
    there.parent.mkdir()
    new.parent.mkdir()
    Database(there).close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for path in (there, new):
        assert "its file system is read-only: mount it so that it can be written" in problem(path)


def test_a_folder_that_is_gone_has_no_disk_to_blame(tmp_path: Path):
    """What SQLite says is all there is to say."""
    path = tmp_path / "gone" / "taggarr.db"
    with pytest.raises(sqlite3.OperationalError) as raised:
        sqlite3.connect(path)
    assert of_database(path, raised.value).problem.startswith("it cannot be opened: give this user the right")


def test_a_disk_without_room_for_a_database_is_named(small_disk: Path):
    """A database that cannot be made for want of room is named, with what to do."""
    (small_disk / "films").write_bytes(
        b"x" * (os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize)
    )
    assert "the disk is full: make room and scan again" in problem(small_disk / "taggarr.db")
    os.truncate(small_disk / "films", 0)
    Database(small_disk / "taggarr.db").close()
