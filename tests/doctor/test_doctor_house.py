"""Taggarr's own folder, database and log: looked at, never made or changed."""

import json
import os
import shutil
import sqlite3
import threading
from datetime import UTC, datetime, timedelta

import pytest

from taggarr import cli, logs
from taggarr.core.facts import DatabaseFacts, FolderFacts, StoredScan
from taggarr.core.language import Language
from taggarr.core.media import Kind
from taggarr.core.policy import Policy, Rules
from taggarr.doctor import house
from taggarr.doctor.instance import Machine
from taggarr.doctor.ports import Subject
from taggarr.doctor.run import run
from taggarr.store import inspection, lock
from taggarr.store.db import HEAD
from taggarr.wiring.library import open_database

NOW = datetime(2026, 1, 10, 12, tzinfo=UTC)
NOWHERE = Machine(None, None, (), 0.1)


class FakeHome:
    """A home in which everything is well, but for what a test sets."""

    def __init__(self, **facts):
        self.facts = {
            "folder": FolderFacts("/config", exists=True, problem=None, free_bytes=1 << 40),
            "holder": None,
            "database": None,
            "log_problem": None,
            "libmediainfo_problem": None,
        } | facts

    def __getattr__(self, name):
        return lambda: self.facts[name]


def checked(**facts):
    return {check.name: check for check in run([], FakeHome(**facts), NOWHERE, NOW, ())}


def test_a_home_that_is_fine():
    """All is ok, and each check says what was looked at."""
    checks = checked()
    assert {check.level.value for check in checks.values()} == {"ok"}
    assert {name: check.message for name, check in checks.items()} == {
        "data-folder": "/config can be written",
        "disk-space": "1048576 MB are free on the disk of /config",
        "lock": "no scan is running",
        "database": "there is none yet; the first scan makes it",
        "log": "the log can be written",
        "libmediainfo": "libmediainfo works: WMV, FLV and other formats can be read",
    }


@pytest.mark.parametrize(
    ("free", "level"),
    [
        (100 << 20, "ok"),
        ((100 << 20) - 1, "warning"),
        (10 << 20, "warning"),
        ((10 << 20) - 1, "error"),
        (0, "error"),
    ],
)
def test_the_space_on_the_disk(free, level):
    """A warning below 100 MB, an error below 10 MB."""
    found = checked(folder=FolderFacts("/config", True, None, free))["disk-space"]
    assert (found.level, found.message) == (level, f"{free >> 20} MB are free on the disk of /config")


def test_space_that_nobody_knows():
    """Nothing is said."""
    assert "disk-space" not in checked(folder=FolderFacts("/config", False, None, None))


@pytest.mark.parametrize(
    ("name", "facts", "level", "said"),
    [
        (
            "data-folder",
            {"folder": FolderFacts("/c", True, "it is wrong", 1 << 40)},
            "error",
            "/c: it is wrong",
        ),
        (
            "data-folder",
            {"folder": FolderFacts("/c", False, None, 1 << 40)},
            "ok",
            "/c is not there yet; the first scan makes it",
        ),
        ("lock", {"holder": "`taggarr scan` (process 7)"}, "ok", "`taggarr scan` (process 7) is at work"),
        ("log", {"log_problem": "the log is full"}, "error", "the log is full"),
        (
            "libmediainfo",
            {"libmediainfo_problem": "no such library"},
            "warning",
            "libmediainfo cannot be used (no such library): Matroska, WebM, MP4, MOV, AVI and MPEG-TS are read without it, all "
            "other formats are not",
        ),
    ],
)
def test_what_may_be_wrong_at_home(name, facts, level, said):
    """Each with its level and its sentence; what is wrong has a cure."""
    found = checked(**facts)[name]
    assert (found.level, found.message) == (level, said)
    assert (found.cure is None) == (level == "ok")


def database(**facts):
    return DatabaseFacts("/config/taggarr.db", **({"schema": HEAD, "newest": HEAD} | facts))


def scanned(*, hours=3.0, **values):
    end = {"ended_at": NOW - timedelta(hours=hours), "summary": {"instances": {}}}
    return StoredScan(7, NOW - timedelta(hours=hours + 1), **(end | values))


@pytest.mark.parametrize(
    ("facts", "level", "said"),
    [
        (database(), "ok", f"/config/taggarr.db is whole (schema {HEAD})"),
        (
            database(schema="0000"),
            "ok",
            f"/config/taggarr.db has schema 0000; the next scan brings it to {HEAD}",
        ),
        (database(schema=None), "ok", f"/config/taggarr.db is empty; the next scan brings it to {HEAD}"),
        (
            database(newer=True, schema="9"),
            "error",
            "/config/taggarr.db was written by a newer Taggarr (schema 9)",
        ),
        (
            database(damage=("row 1 is lost", "row 2")),
            "error",
            "/config/taggarr.db is damaged: row 1 is lost",
        ),
    ],
)
def test_the_database(facts, level, said):
    """Its schema and its damage."""
    checks = checked(database=facts)
    assert (checks["database"].level, checks["database"].message) == (level, said)
    assert (checks["database"].cure is None) == (level == "ok")
    assert ("last-scan" in checks) == (level == "ok")


FAILED = {"instances": {"tv": {"error": {"code": "arr", "message": "it is down"}}, "films": {"error": None}}}


@pytest.mark.parametrize(
    ("scan", "holder", "level", "said"),
    [
        (scanned(), None, "ok", "scan 7 ended 3 hours ago"),
        (scanned(hours=0), None, "ok", "scan 7 ended just now"),
        (scanned(hours=1 / 60), None, "ok", "scan 7 ended 1 minute ago"),
        (scanned(hours=24), None, "ok", "scan 7 ended 1 day ago"),
        (scanned(hours=60, preview=True), None, "ok", "preview 7 ended 2 days ago"),
        (scanned(summary=None), None, "ok", "scan 7 ended 3 hours ago"),
        (
            scanned(summary=FAILED),
            None,
            "warning",
            "scan 7 ended 3 hours ago, and not all went well: tv: it is down",
        ),
        (scanned(ended_at=None, summary=None), None, "warning", "scan 7 began 4 hours ago and was cut off"),
        (
            scanned(ended_at=None, summary=None),
            "`taggarr scan`",
            "ok",
            "scan 7 began 4 hours ago and goes on",
        ),
    ],
)
def test_the_last_scan(scan, holder, level, said):
    """How long ago it was, and what came of it."""
    found = checked(database=database(scans=(scan,)), holder=holder)["last-scan"]
    assert (found.level, found.message) == (level, said)


def test_the_newest_scan_is_the_last():
    """Older ones are for the report."""
    scans = (scanned(summary=FAILED), scanned(hours=50))
    assert checked(database=database(scans=scans))["last-scan"].level == "warning"


def test_a_database_without_a_scan():
    """Said, as far as the database can be read."""
    assert checked(database=database())["last-scan"].message == "nothing was scanned yet"


def test_a_disk_of_our_own_that_hangs():
    """Each look at home that does not end is an error; the others are made."""
    home, over = FakeHome(), threading.Event()
    home.log_problem = over.wait
    checks = {check.name: check for check in run([], home, NOWHERE, NOW, (), home_s=0.2)}
    over.set()
    assert {name for name, check in checks.items() if check.level != "ok"} == {"log"}
    assert checks["log"].message.startswith("this check did not end within 0.2 s")


def test_an_instance_that_never_ends():
    """Its checks are given up as a whole."""
    over = threading.Event()
    subject = Subject(
        "tv", "Sonarr", Kind.SERIES, True, Rules(Policy((Language("en"),))), (), (), (), -6.7, 4, over.wait
    )
    checks = {check.name: check for check in run([subject], FakeHome(), NOWHERE, NOW, ())}
    over.set()
    assert checks["late"].level == "error"
    assert checks["late"].message.startswith("its checks did not end within 0.")


# The real folder, database and lock


@pytest.fixture
def scanned_once(clinic):
    """A data folder with one scan in it."""
    clinic.sonarr.add_series("Empty", "/tv/Empty")
    clinic.config()
    assert cli.run(["scan", "--data-dir", str(clinic.data)]) == 0
    return clinic


def test_a_data_folder_after_a_scan(scanned_once):
    """The database is whole and tells of its scan; nothing is made or changed by looking."""
    before = {path.name for path in scanned_once.data.iterdir()}
    checks = scanned_once.checks()
    assert {name for _, name, _ in checks.bad} == {"files"}
    assert checks.one("database").message == f"{scanned_once.data}/taggarr.db is whole (schema {HEAD})"
    assert checks.one("last-scan").message == "scan 1 ended just now"
    assert inspection.inspect(scanned_once.data).verdicts == {"tv": {"original": 1}}
    assert {path.name for path in scanned_once.data.iterdir()} - {
        "taggarr.db-wal",
        "taggarr.db-shm",
    } == before


def test_a_look_beside_a_writer(scanned_once):
    """A scan that writes at this moment neither waits nor is waited for."""
    opened = open_database(scanned_once.config())
    with opened.write():
        checks = scanned_once.checks()
    opened.close()
    assert checks.level("database") == "ok"


def test_nothing_is_made_where_nothing_is(tmp_path):
    """Neither folder, lock nor database."""
    data = tmp_path / "data"
    assert inspection.inspect(data) is None
    assert lock.holder(data) is None
    facts = inspection.folder(data)
    assert (facts.exists, facts.problem) == (False, None)
    assert facts.free_bytes == pytest.approx(shutil.disk_usage(tmp_path).free, rel=0.2)
    assert not data.exists()


def test_a_damaged_database(scanned_once):
    """Whether SQLite sees it at once or by its check, it is an error with the way back."""
    path = scanned_once.data / "taggarr.db"
    whole = path.read_bytes()
    half = len(whole) // 2
    path.write_bytes(whole[:half] + b"\xff" * 4096 + whole[half + 4096 :])
    damaged = scanned_once.checks().one("database")
    path.write_bytes(b"this is no database, and never was one")
    junk = scanned_once.checks().one("database")
    path.unlink()
    path.mkdir()
    folder = scanned_once.checks().one("database")
    assert {one.level.value for one in (damaged, junk, folder)} == {"error"}
    assert "newest backup" in (damaged.cure or damaged.message)
    assert "is not an SQLite database: put the newest backup in its place" in junk.message
    assert "a folder is in the place of the database" in folder.message


def test_databases_that_are_not_of_this_version(tmp_path):
    """An empty one, one of another program, and one of a newer Taggarr."""
    path = tmp_path / "taggarr.db"
    with sqlite3.connect(path) as made:
        made.execute("CREATE TABLE alembic_version (version_num TEXT)")
    assert (inspection.inspect(tmp_path).schema, inspection.inspect(tmp_path).newer) == (None, False)
    with sqlite3.connect(path) as made:
        made.execute("INSERT INTO alembic_version VALUES ('9999')")
    made.close()
    facts = inspection.inspect(tmp_path)
    assert (facts.schema, facts.newer, facts.scans) == ("9999", True, ())
    path.unlink()
    path.touch()
    assert inspection.inspect(tmp_path).schema is None


def test_who_is_at_work(tmp_path):
    """The holder is named, a name that a killed process left is not believed, and nobody loses the lock by it."""
    with lock.scanner(tmp_path, "taggarr scan --loop"):
        assert lock.holder(tmp_path).startswith(f"`taggarr scan --loop` (process {os.getpid()}, since ")
        (tmp_path / lock.FILE_NAME).write_text("x")
        assert lock.holder(tmp_path) == "another process"
    assert lock.holder(tmp_path) is None
    (tmp_path / lock.FILE_NAME).write_text(json.dumps({"purpose": "x", "pid": 1, "since": "y"}))
    assert lock.holder(tmp_path) is None
    with lock.scanner(tmp_path, "taggarr scan"):
        pass


def test_a_data_folder_that_cannot_be_used(tmp_path):
    """A file in its way, and folders in which an ordinary user may not write."""
    (tmp_path / "file").touch()
    assert inspection.folder(tmp_path / "file").problem == f"{tmp_path}/file is in the way: it is no folder"
    assert (
        inspection.folder(tmp_path / "file" / "data").problem
        == f"{tmp_path}/file is in the way: it is no folder"
    )


def test_a_data_folder_that_may_not_be_written(clinic, ordinary):
    """As an ordinary user: a folder that is there, and one that cannot be made."""
    shut = clinic.folder / "shut"
    shut.mkdir(mode=0o555)
    open_to_others(clinic.folder)
    with ordinary():
        there, made = inspection.folder(shut).problem, inspection.folder(shut / "data").problem
    assert there == "this user may not write there"
    assert made == f"this user may not make it in {shut}"


def open_to_others(folder):
    """Let the user that root becomes in a test come to `folder`; an ordinary user is at home there."""
    if os.geteuid() == 0:
        for path in (folder, *folder.parents):
            path.chmod(path.stat().st_mode | 0o055)


def test_a_log_that_may_not_be_written(clinic):
    """As an ordinary user, by the real user id too: the file itself."""
    log = clinic.folder / "taggarr.log"
    log.touch(0o444)
    open_to_others(clinic.folder)
    root = os.geteuid() == 0
    if root:
        real = os.getuid()
        os.setresuid(65534, 65534, 0)
    try:
        told = logs.problem(clinic.folder)
    finally:
        if root:
            os.setresuid(real, 0, 0)
    assert told == f"the log {log} cannot be written by this user"


def test_a_log_that_cannot_be_written(clinic):
    """The log's own place is checked, not used: a folder that is a file, a file that is a folder's."""
    clinic.more = {"logging": {"path": "logs/taggarr.log"}}
    assert clinic.checks().level("log") == "ok"
    assert not (clinic.data / "logs").exists()
    (clinic.data / "logs").touch()
    found = clinic.checks().one("log")
    assert (found.level, "may not make files in" in found.message) == ("error", True)
    (clinic.data / "logs").unlink()
    (clinic.data / "logs").mkdir()
    (clinic.data / "logs" / "taggarr.log").touch()
    assert clinic.checks().level("log") == "ok"


def test_free_space_of_a_disk_that_does_not_tell(tmp_path):
    """A link that leads nowhere has no disk; a folder that is not there yet has that of the one above."""
    (tmp_path / "data").symlink_to(tmp_path / "none")
    assert inspection.folder(tmp_path / "data").free_bytes is None
    assert inspection.folder(tmp_path / ("x" * 300)).free_bytes is not None


def test_house_limits_are_those_of_the_documentation():
    """100 MB and 10 MB."""
    assert (house.LOW_BYTES, house.FULL_BYTES) == (100 * 1024 * 1024, 10 * 1024 * 1024)
