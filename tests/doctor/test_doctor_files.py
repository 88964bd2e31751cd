"""Roots and files: whether they are here and can be read."""

import contextlib
import os
import threading
from pathlib import Path

import pytest

from taggarr.core.media import Cause, Heard, Unreadable
from taggarr.doctor.listing import spread
from taggarr.simulator.collection import audio
from taggarr.simulator.media import make_ogg
from taggarr.wiring.doctor import Doctor
from taggarr.wiring.first_look import first_look


def test_a_library_that_is_fine(one_series):
    """Every check is ok, and each is there once."""
    checks = one_series.checks()
    assert checks.bad == set()
    assert checks.one("files", "tv").message == (
        f"{one_series.folder}/tv: 2 of 2 files looked for are here and were read"
    )
    names = [(check.instance, check.name) for check in checks]
    assert len(names) == len(set(names))
    assert {name for _, name in names} == {
        *("configuration", "data-folder", "disk-space", "lock", "database", "log", "libmediainfo"),
        *("connection", "clock", "files", "kodi", "label-uses"),
    }
    assert one_series.sonarr.log.entries
    assert {entry.method for entry in one_series.sonarr.log.entries} == {"GET"}
    assert [path.name for path in one_series.data.iterdir()] == ["config.yaml"]


def test_files_that_are_not_here(one_series):
    """A file that the arr lists and the disk lacks is named; the others are counted."""
    tv = one_series.folder / "tv"
    (tv / "Bebop" / "S01" / "Bebop - S01E02.mkv").unlink()
    found = one_series.checks().one("files", "tv")
    assert (found.level, found.message) == (
        "warning",
        f"{tv}: 1 of 2 files looked for are here; not here: {tv}/Bebop/S01/Bebop - S01E02.mkv",
    )
    assert found.cure == "have Sonarr rescan its disk, or see what path_mappings lead to"


@pytest.mark.parametrize(("there", "said"), [(True, ""), (False, "; there is no such folder here")])
def test_no_file_is_here(one_series, there, said):
    """That is an error, and whether the folder itself is here is said; nothing is proposed without need."""
    tv = one_series.folder / "tv"
    tv.rename(one_series.folder / ".gone")
    if there:
        tv.mkdir()
    checks = one_series.checks()
    assert checks.bad == {("tv", "files", "error")}
    assert checks.one("files", "tv").message == f"{tv}: none of the 2 files looked for is here{said}"
    assert "path_mappings" in (checks.one("files", "tv").cure or "")


def test_files_that_say_nothing(one_series):
    """A damaged file is no matter of the configuration; `probe` says more."""
    (one_series.folder / "tv" / "Bebop" / "S01" / "Bebop - S01E01.mkv").write_bytes(b"")
    found = one_series.checks().one("files", "tv")
    assert (found.level, found.message.partition("here; ")[2]) == (
        "ok",
        "1 of them cannot be understood (`taggarr probe` says why)",
    )


def test_a_file_that_cannot_be_read_by_circumstance(one_series):
    """The reason of the disk is passed on."""
    file = one_series.folder / "tv" / "Bebop" / "S01" / "Bebop - S01E01.mkv"
    file.unlink()
    file.mkdir()
    found = one_series.checks().one("files", "tv")
    assert found.level == "warning"
    assert found.message.endswith(f"{file}: it is a folder, not a file")


def test_a_file_that_only_libmediainfo_reads_is_left_to_its_own_check(one_series):
    """Whether that library is here or not, the files' check is ok."""
    (one_series.folder / "tv" / "Bebop" / "S01" / "Bebop - S01E01.mkv").write_bytes(make_ogg("jpn"))
    one_series.disk = Unavailing()
    assert one_series.checks().level("files", "tv") == "ok"


class Unavailing:
    """A disk on which every file needs libmediainfo, which is not there."""

    def is_folder(self, path):
        return True

    def refusal(self, path):
        return None

    def read(self, path):
        return Unreadable("only libmediainfo could read it", Cause.READER)

    def find(self, wanted, near):
        return iter(())


def test_a_root_without_files(clinic):
    """An empty root is fine, and one that is not here is a warning: nothing can be looked for."""
    clinic.sonarr.add_root(str(clinic.folder / "here"))
    clinic.sonarr.add_root("/nowhere/tv")
    (clinic.folder / "here").mkdir()
    clinic.sonarr.add_series("Empty", f"{clinic.folder}/here/Empty")
    clinic.movie("Film", "/films", clinic.folder / "films")
    clinic.radarr.add_movie("Wanted", "/films/Wanted")
    checks = clinic.checks()
    nowhere, here = checks.named("files", "tv")
    assert (nowhere.level, here.level) == ("warning", "ok")
    assert "the folder is here; Sonarr lists no file in it yet" in here.message
    assert "/nowhere/tv: there is no such folder here" in nowhere.message


def test_the_data_of_the_arr_need_no_files(one_series):
    """With `audio_source: arr` nothing is looked for."""
    one_series.defaults = {"audio_source": "arr"}
    (one_series.folder / "tv").rename(one_series.folder / "elsewhere")
    checks = one_series.checks()
    assert checks.bad == set()
    assert (
        "not looked at, Sonarr's own data are used (audio_source: arr)" in checks.one("files", "tv").message
    )


def test_a_root_that_the_arr_cannot_reach(clinic):
    """What the arr says of its own roots is passed on."""
    clinic.sonarr.add_root("/gone", accessible=False)
    checks = clinic.checks("tv")
    assert checks.level("roots", "tv") == "warning"
    assert "Sonarr itself cannot reach its root folder /gone" in checks.one("roots", "tv").message


def test_roots_that_hold_nothing(one_series):
    """Configured roots in which no title lies, not even by its folder's name, are an error."""
    one_series.instances["tv"]["root_path"] = "/elsewhere"
    checks = one_series.checks()
    assert checks.one("roots", "tv").message == "none of the 1 titles of Sonarr lies in /elsewhere"
    assert checks.level("files", "tv") == "error"


def test_titles_outside_of_the_roots_are_not_looked_for(one_series):
    """Another root of the same arr may be another instance's business."""
    one_series.sonarr.add_root("/other")
    number = one_series.sonarr.add_series("Far", "/other/Far")
    one_series.sonarr.add_episode_file(number, "S01/Far - S01E01.mkv")
    one_series.instances["tv"]["root_path"] = str(one_series.folder / "tv")
    assert one_series.checks().bad == set()


def test_folders_that_a_scan_finds_by_their_names(one_series):
    """A root that the arr names differently is found by the names of the folders in it, as a scan finds it."""
    (one_series.folder / "tv").rename(one_series.folder / "shows")
    one_series.instances["tv"]["root_path"] = str(one_series.folder / "shows")
    checks = one_series.checks()
    assert checks.bad == {("tv", "roots", "warning")}
    assert "by the names of their folders alone" in checks.one("roots", "tv").message


def test_a_large_library_is_sampled(clinic):
    """Some 20 files of a root are looked for, spread over its titles, with a request for each title at most."""
    clinic.instances.pop("films")
    clinic.sonarr.add_root("/tv")
    for number in range(60):
        clinic.series(f"Show {number:02}", "/tv", clinic.folder, {f"S01/{n}.mkv": None for n in range(5)})
    found = clinic.checks().one("files", "tv")
    assert found.message.startswith("/tv: none of the 20 files looked for")
    asked = [entry.query_string for entry in clinic.sonarr.log.entries if entry.path.endswith("/episodefile")]
    assert len(asked) == 10
    assert len(set(asked)) == 10


@pytest.mark.parametrize(
    ("count", "taken"),
    [(0, []), (1, [0]), (3, [0, 3, 6]), (4, [0, 2, 5, 7]), (10, list(range(10))), (11, list(range(10)))],
)
def test_a_sample_is_spread(count, taken):
    """At even distances, in order; all of what is not more than asked for."""
    assert list(spread(range(10), count)) == taken


class Hanging(Unavailing):
    """A disk that answers for nothing below one folder until the test is over."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.over = threading.Event()

    def read(self, path):
        if path.startswith(self.folder) and path.endswith("E02.mkv"):
            self.over.wait()
        return Heard((), "matroska")


def test_a_share_that_hangs(clinic):
    """The file that does not answer is named, and every other check goes on."""
    for folder in ("dead", "alive"):
        root = str(clinic.folder / folder)
        clinic.sonarr.add_root(root)
        files = {f"S01/{folder} - S01E0{n}.mkv": audio("jpn") for n in (1, 2)}
        clinic.series(folder, root, clinic.folder / folder, files)
    clinic.disk = disk = Hanging(clinic.folder / "dead")
    checks = clinic.checks(disk_s=0.5)
    disk.over.set()
    assert checks.bad == {("tv", "files", "error")}
    alive, dead = checks.named("files", "tv")
    assert alive.level == "ok"
    assert dead.message == (
        f"{clinic.folder}/dead/dead/S01/dead - S01E02.mkv did not answer within 0.5 s after 1 of 2 files: "
        "the disk or share hangs"
    )


def test_a_share_that_hangs_at_once(one_series):
    """Nothing was counted before."""
    one_series.disk = disk = Hanging(one_series.folder)
    disk.read = lambda path: disk.over.wait()
    checks = one_series.checks(disk_s=0.2)
    disk.over.set()
    assert "did not answer within 0.2 s: the disk" in checks.one("files", "tv").message


def test_a_root_that_hangs_at_the_first_look_is_not_here(clinic):
    """`config init` waits for a share for so long, and then says that the folder is not here."""
    clinic.sonarr.add_root("/dead")
    over = threading.Event()
    disk = clinic.narrow()
    disk.is_folder = lambda folder: over.wait()
    seen = first_look(clinic.config(), lambda config: Doctor(config, disk, disk_s=0.2))
    over.set()
    assert (seen.roots, seen.unplaced) == (("/dead",), ("/dead",))


@pytest.fixture
def stranger(ordinary):
    """`with stranger(clinic):` be an ordinary user; all that is imported later was imported before."""

    @contextlib.contextmanager
    def become(clinic):
        clinic.checks()
        if os.geteuid() == 0:
            for path in (clinic.folder, *clinic.folder.parents):
                path.chmod(path.stat().st_mode | 0o005)
        with ordinary():
            yield

    return become


def test_folders_and_files_that_may_not_be_read(one_series, stranger):
    """As an ordinary user: a file, and then the root, that this process may not read."""
    tv = one_series.folder / "tv"
    (tv / "Bebop" / "S01" / "Bebop - S01E01.mkv").chmod(0)
    doctor = one_series.doctor()
    with stranger(one_series):
        found = one_series.run(doctor).one("files", "tv")
    assert found.level == "error"
    assert found.message == (
        f"{tv}: this user may not read 1 of 2 files looked for; first: {tv}/Bebop/S01/Bebop - S01E01.mkv"
    )
    assert "give the user that runs Taggarr the right to read" in found.cure
    (tv / "Bebop" / "S01" / "Bebop - S01E01.mkv").chmod(0o644)
    tv.chmod(0o311)
    with stranger(one_series):
        found = one_series.run(doctor).one("files", "tv")
    assert found.level == "error"
    assert found.message.endswith(f"are here; {tv}: this user may not list it: check its owner and mode")


def test_an_empty_root_that_may_not_be_read(clinic, stranger):
    """It is an error also where nothing is looked for in it."""
    root = clinic.folder / "tv"
    root.mkdir(mode=0)
    clinic.sonarr.add_root(str(root))
    doctor = clinic.doctor()
    with stranger(clinic):
        found = clinic.run(doctor, "tv").one("files", "tv")
    assert (found.level, found.message) == (
        "error",
        f"{root}: this user may not list it: check its owner and mode",
    )


@pytest.mark.parametrize(("write_nfo", "level"), [("auto", "warning"), ("always", "error"), ("never", None)])
def test_nfo_files_that_may_not_be_edited(one_series, write_nfo, level, stranger):
    """As an ordinary user: by `write_nfo` a warning, an error, or nobody's business."""
    nfo = one_series.folder / "tv" / "Bebop" / "tvshow.nfo"
    nfo.write_text("<tvshow/>")
    nfo.chmod(0o444)
    one_series.defaults = {"write_nfo": write_nfo}
    doctor = one_series.doctor()
    with stranger(one_series):
        found = one_series.run(doctor).named("nfo", "tv")
    assert [check.level for check in found] == ([] if level is None else [level])
    for check in found:
        assert "1 of 1 NFO files cannot be edited" in check.message
        assert "set write_nfo: never" in check.message


def test_nfo_files_that_may_be_edited(one_series):
    """They are counted, once each."""
    (one_series.folder / "tv" / "Bebop" / "tvshow.nfo").write_text("<tvshow/>")
    assert one_series.checks().one("nfo", "tv").message == "1 of 1 NFO files looked for may be edited"
