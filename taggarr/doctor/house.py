"""What Taggarr needs on its own machine: its folder, its database, its log, libmediainfo."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from taggarr.core.counting import counted
from taggarr.core.errors import StoreError
from taggarr.core.facts import DatabaseFacts, FolderFacts, StoredScan
from taggarr.doctor.check import Check, error, ok, warning
from taggarr.doctor.ports import Home

LIBMEDIAINFO = "libmediainfo"
FOLDER = "data-folder"
SPACE = "disk-space"
LOCK = "lock"
DATABASE = "database"
LAST_SCAN = "last-scan"
LOG = "log"

LOW_BYTES = 100 << 20
FULL_BYTES = 10 << 20


def libmediainfo(home: Home) -> Check:
    """What only libmediainfo reads is unreadable without."""
    problem = home.libmediainfo_problem()
    if problem is None:
        return ok(LIBMEDIAINFO, None, "libmediainfo works: WMV, FLV and other formats can be read")
    return warning(
        LIBMEDIAINFO,
        None,
        f"libmediainfo cannot be used ({problem}): Matroska, WebM, MP4, MOV, AVI and MPEG-TS are read without it, all other formats are not",
        "install libmediainfo (Debian: apt install libmediainfo0v5), or the pymediainfo wheel that brings it",
    )


def folder(home: Home) -> Iterator[Check]:
    """The data folder, the space on its disk, and who works in it."""
    facts = home.folder()
    if facts.problem:
        yield error(
            FOLDER,
            None,
            f"{facts.path}: {facts.problem}",
            "give this user the right to read and write it, or name another folder with --data-dir",
        )
    elif facts.exists:
        yield ok(FOLDER, None, f"{facts.path} can be written")
    else:
        yield ok(FOLDER, None, f"{facts.path} is not there yet; the first scan makes it")
    yield from _space(facts)
    holder = home.holder()
    yield ok(LOCK, None, f"{holder} is at work" if holder else "no scan is running")


def _space(facts: FolderFacts) -> Iterator[Check]:
    free = facts.free_bytes
    if free is None:
        return
    message = f"{free >> 20} MB are free on the disk of {facts.path}"
    cure = "make room: without it nothing can be kept of a scan"
    if free < FULL_BYTES:
        yield error(SPACE, None, message, cure)
    elif free < LOW_BYTES:
        yield warning(SPACE, None, message, cure)
    else:
        yield ok(SPACE, None, message)


def database(home: Home, now: datetime) -> Iterator[Check]:
    """The database and the last scan that it knows of."""
    try:
        facts = home.database()
    except StoreError as failure:
        yield error(DATABASE, None, str(failure))
        return
    if facts is None:
        yield ok(DATABASE, None, "there is none yet; the first scan makes it")
        return
    yield _of_database(facts)
    if facts.scans:
        yield _of_scan(facts.scans[0], now, running=home.holder() is not None)
    elif not facts.damage and not facts.newer:
        yield ok(LAST_SCAN, None, "nothing was scanned yet")


def _of_database(facts: DatabaseFacts) -> Check:
    if facts.damage:
        return error(
            DATABASE,
            None,
            f"{facts.path} is damaged: {facts.damage[0]}",
            "put the newest backup in its place, or move it away (with the `-wal` and `-shm` files beside it) to start "
            "anew: everything is read again then, and the labels in the arrs stay as they are",
        )
    if facts.newer:
        return error(
            DATABASE,
            None,
            f"{facts.path} was written by a newer Taggarr (schema {facts.schema})",
            "install that version again, or put a backup from before the upgrade in its place",
        )
    if facts.schema != facts.newest:
        told = f"has schema {facts.schema}" if facts.schema else "is empty"
        return ok(DATABASE, None, f"{facts.path} {told}; the next scan brings it to {facts.newest}")
    return ok(DATABASE, None, f"{facts.path} is whole (schema {facts.schema})")


def _of_scan(last: StoredScan, now: datetime, *, running: bool) -> Check:
    what = f"{'preview' if last.preview else 'scan'} {last.id}"
    if last.ended_at is None:
        began = f"{what} began {_ago(now - last.started_at)}"
        if running:
            return ok(LAST_SCAN, None, f"{began} and goes on")
        return warning(
            LAST_SCAN, None, f"{began} and was cut off", "scan again: it settles what is left of that one"
        )
    told = f"{what} ended {_ago(now - last.ended_at)}"
    failed = [
        f"{name}: {one['error']['message']}"
        for name, one in ((last.summary or {}).get("instances") or {}).items()
        if one.get("error")
    ]
    if failed:
        return warning(LAST_SCAN, None, f"{told}, and not all went well: {'; '.join(failed)}")
    return ok(LAST_SCAN, None, told)


def _ago(age: timedelta) -> str:
    minutes = int(age.total_seconds()) // 60
    for count, word in ((minutes // 1440, "day"), (minutes // 60, "hour"), (minutes, "minute")):
        if count > 0:
            return f"{counted(count, word)} ago"
    return "just now"


def log(home: Home) -> Check:
    """Whether the log has a place."""
    problem = home.log_problem()
    if problem is None:
        return ok(LOG, None, "the log can be written")
    return error(LOG, None, problem, "name another file in logging.path, or leave it out for standard error")
