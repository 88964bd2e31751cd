"""`undo`: the inverse of what a scan changed, with the guarantees of a scan."""

import os
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest

from taggarr.core.errors import NotFound
from taggarr.core.media import Stat, Unreadable
from taggarr.core.plan import Held, Rest
from taggarr.core.record import Action, Result, Target
from taggarr.core.undo import NOT_KNOWN_YET, UNCLEAR, UNSEEN
from taggarr.probe.disk import LocalDisk
from taggarr.scan.unkept import UnkeptJournal
from taggarr.simulator import FaultKind
from taggarr.simulator.collection import audio, write
from taggarr.wiring.scanner import open_scanner

if TYPE_CHECKING:
    from conftest import House

    from taggarr.scan.job import ScanSummary
    from taggarr.scan.undo import InstanceUndone

DUBBED, ORIGINAL, WRONG = audio("jpn", "eng"), audio("jpn"), audio("jpn", "ger")
NFO = "<tvshow>\n  <title>Dub</title>\n  <tag>mine</tag>\n</tvshow>\n"
BEFORE = {"Dub": {"wrong-dub", "keep"}, "Half": set(), "Original": {"dub"}, "Film": set()}
AFTER = {"Dub": {"dub", "keep"}, "Half": {"semi-dub"}, "Original": set(), "Film": {"dub"}}


def library(house: "House") -> None:
    house.shelf.series("Dub", {"Season 01/S01E01.mkv": DUBBED}, tags=["wrong-dub", "keep"], nfo=NFO)
    house.shelf.series("Half", {"Season 01/S01E01.mkv": DUBBED, "Season 01/S01E02.mkv": ORIGINAL})
    house.shelf.series("Original", {"Season 01/S01E01.mkv": ORIGINAL}, tags=["dub"])
    house.shelf.movie("Film", DUBBED)


def nfo(house: "House") -> str:
    return (house.shelf.tv / "Dub" / "tvshow.nfo").read_text()


def left(one: "InstanceUndone") -> list[str]:
    return [f"{each.title}: {each.what}: {each.reason}" for each in one.left]


def held(summary: "ScanSummary") -> list[str]:
    return sorted(
        plan.item.title for one in summary.instances.values() for plan in one.plans if plan.rest is Rest.HELD
    )


# What is taken back


def test_everything_is_as_it_was_before_the_scan(house: "House") -> None:
    """Tags come back and go, foreign ones stay, and the NFO is byte for byte what it was."""
    library(house)
    house.scan()
    assert (house.tags(), nfo(house) == NFO) == (AFTER, False)
    undone = house.undo()
    assert (house.tags(), nfo(house)) == (BEFORE, NFO)
    assert (undone.number, undone.scan, undone.complete) == (2, 1, True)
    tv = undone.instances["tv"]
    assert (tv.summary.planned, tv.summary.applied, tv.summary.failed, tv.left) == (5, 5, 0, [])


def test_it_is_written_like_a_scan(house: "House") -> None:
    """Batches of at most a hundred, additions before removals, and a row for each change with its reason."""
    for number in range(120):
        house.shelf.movie(f"Film {number}", DUBBED, tags=["wrong-dub"])
    house.scan("films")
    house.forget_requests()
    house.undo()
    edits = [(body["applyTags"], len(body["movieIds"])) for path, body in house.writes() if "editor" in path]
    assert edits == [("add", 100), ("add", 20), ("remove", 100), ("remove", 20)]
    rows = [change for change in house.history() if change.undoes == 1]
    assert len(rows) == 240
    first = rows[0].intent
    assert (first.action, first.name, first.before, first.after) == (
        Action.ADD,
        "wrong-dub",
        ("dub",),
        ("dub", "wrong-dub"),
    )
    assert (first.verdict, first.reason) == ("dub", "undo of scan 1")
    assert {change.outcome and change.outcome.result for change in rows} == {Result.APPLIED}


def test_what_is_sent_is_in_the_journal_before(house: "House") -> None:
    """An arr that goes away leaves open rows; the next scan settles them and puts nothing back."""
    library(house)
    house.scan()
    house.radarr.faults.script(FaultKind.RESET_AFTER, method="PUT", path="*/editor", times=3)
    undone = house.undo().instances["films"]
    assert [(one.what, one.result) for one in undone.summary.failures] == [
        ("remove tag dub", Result.UNCONFIRMED)
    ]
    assert (undone.failed, undone.complete) == (True, False)
    assert [(c.scan_id, c.intent.name) for c in house.history() if c.outcome is None] == [(2, "dub")]
    assert held(house.scan()) == ["Dub", "Film", "Half", "Original"]
    assert house.tags() == BEFORE
    assert [change for change in house.history() if change.outcome is None] == []


def test_an_arr_that_is_down_stops_no_other(house: "House") -> None:
    """It is named, and the next `undo` goes on with the same scan."""
    library(house)
    house.scan()
    with house.radarr.down():
        undone = house.undo()
    films = undone.instances["films"]
    assert films.summary.error is not None
    assert films.summary.error[0] == "unreachable"
    assert (undone.complete, films.failed, undone.instances["tv"].complete) == (False, True, True)
    assert house.tags() == BEFORE | {"Film": {"dub"}}
    rest = house.undo()
    assert (rest.scan, rest.instances["tv"].done, rest.complete) == (1, 5, True)
    assert house.tags() == BEFORE


def test_what_the_arr_refuses_is_named_and_not_held(house: "House") -> None:
    """The others are taken back; the one that was not is no different from before."""
    library(house)
    ids = [house.shelf.movie(f"More {number}", DUBBED) for number in range(3)]
    house.scan()
    house.radarr.rows[ids[1]].quality_profile_id = 7
    undone = house.undo().instances["films"]
    assert [failure.title for failure in undone.summary.failures] == ["More 1"]
    assert house.tags()["More 1"] == {"dub"}
    assert [title for title, record in house.records("films").items() if record.held is None] == ["More 1"]
    assert house.records("films")["Film"].held == Held("dub", 2)


def test_titles_that_the_arr_works_on_wait_for_another_undo(house: "House") -> None:
    """No scan does it later, so it is a failure, and said how to go on."""
    library(house)
    house.scan()
    command = house.radarr.start_command("RefreshMovie", [1])
    undone = house.undo()
    assert (undone.instances["films"].summary.postponed, undone.instances["films"].failed) == (["Film"], True)
    assert (undone.complete, house.tags()["Film"]) == (False, {"dub"})
    house.radarr.finish_command(command)
    assert house.undo().scan == 1
    assert house.tags() == BEFORE


def test_what_could_not_be_sent_names_the_way_on(house: "House") -> None:
    """The next scan does not do it; another undo does."""
    library(house)
    house.scan()
    house.radarr.faults.script(FaultKind.UNAVAILABLE, path="*/command", times=3, retry_after="0")
    [failure] = house.undo().instances["films"].summary.failures
    assert failure.error.startswith("not sent, left for `taggarr undo 1`: ")


def test_a_preview_writes_nothing(house: "House") -> None:
    """Neither to the arrs nor to the history, nor is anything held."""
    library(house)
    house.scan()
    house.forget_requests()
    shown = house.undo(preview=True)
    assert (shown.number, shown.complete) == (0, False)
    assert (shown.instances["tv"].summary.planned, shown.instances["tv"].previewed) == (5, 3)
    assert (house.writes(), house.tags(), len(house.history())) == ([], AFTER, 6)
    assert held(house.scan()) == []


@pytest.mark.parametrize("where", ["instance", "profile"])
def test_dry_run_holds_for_undo_too(house: "House", where: str) -> None:
    """A configuration that says dry_run writes nothing, whoever asks."""
    library(house)
    house.scan()
    if where == "instance":
        house.instances["tv"]["dry_run"] = True
    else:
        house.profiles = {"all": {"match": {"roots": [str(house.shelf.tv)]}, "dry_run": True}}
    undone = house.undo()
    assert house.tags() == AFTER | {"Film": set()}
    tv = undone.instances["tv"]
    assert (tv.previewed, tv.complete, tv.failed, undone.complete) == (3, False, False, False)


def test_the_guard_does_not_apply(house: "House") -> None:
    """It looks for accidents; an undo is asked for."""
    for number in range(30):
        house.shelf.movie(f"Film {number}", DUBBED)
    house.scan("films")
    assert house.undo().complete
    assert set(map(frozenset, house.tags().values())) == {frozenset()}


def test_write_mode_2_can_be_undone(house: "House") -> None:
    """Labels, NFO tags and genres come back, and nothing of it is held."""
    house.defaults["add_tag_to_genre"] = True
    library(house)
    house.scan()
    written = nfo(house)
    assert "<genre>Dub</genre>" in written
    house.scan(mode=2)
    assert nfo(house) == NFO
    undone = house.undo()
    assert (undone.scan, undone.complete) == (2, True)
    assert house.tags() == AFTER
    assert sorted(nfo(house).split()) == sorted(written.split())
    summary = house.scan()
    assert (held(summary), summary.instances["tv"].planned) == ([], 0)
    house.scan(mode=2)
    assert nfo(house) == NFO  # the genre is ours again


# What is left alone


def test_what_somebody_changed_since_is_left_alone_and_listed(house: "House") -> None:
    """One tag, one text of an NFO at a time: the rest of the title is taken back."""
    library(house)
    house.scan()
    ids = {row.title: row.id for row in house.sonarr.rows.values()}
    house.sonarr.set_tags(ids["Dub"], ["keep", "own"])
    house.sonarr.set_tags(ids["Original"], ["dub"])
    path = house.shelf.tv / "Dub" / "tvshow.nfo"
    path.write_text(NFO.replace("mine", "other"))
    undone = house.undo().instances["tv"]
    assert left(undone) == [
        "Dub: +dub: somebody has removed it since",
        "Original: −dub: somebody has put it back since",
        "Dub: tvshow.nfo: +dub: somebody has removed it since",
    ]
    assert not undone.failed
    tags = house.tags()
    assert (tags["Dub"], tags["Half"], tags["Original"]) == ({"keep", "own", "wrong-dub"}, set(), {"dub"})
    assert path.read_text() == NFO.replace("mine", "other")


def test_what_a_later_scan_changed_is_left_alone(house: "House") -> None:
    """It is named, and undoing both, the later one first, goes all the way back."""
    library(house)
    house.scan()
    write(house.shelf.tv / "Half" / "Season 01" / "S01E02.mkv", DUBBED)
    house.scan()
    assert house.tags()["Half"] == {"dub"}
    undone = house.undo(1)
    assert left(undone.instances["tv"]) == ["Half: +semi-dub: scan 2 has changed it since"]
    assert house.tags()["Half"] == {"dub"}
    house.undo(2)
    assert house.tags()["Half"] == {"semi-dub"}
    house.undo(1)
    assert house.tags() == BEFORE


def test_titles_that_are_gone_or_another_are_left_alone(house: "House") -> None:
    """An arr restored from an old backup gives ids to other titles: nothing is written on a guess."""
    library(house)
    gone = house.shelf.movie("Gone", DUBBED)
    house.scan()
    house.radarr.remove_movie(gone)
    other = next(row for row in house.sonarr.rows.values() if row.title == "Dub")
    other.title, other.catalogue = "Somebody", 4242
    undone = house.undo()
    assert left(undone.instances["films"]) == ["Gone: +dub: the arr does not list the title any more"]
    assert [
        line.partition(": +")[2] or line.partition(": −")[2] for line in left(undone.instances["tv"])
    ] == [
        "dub: its number is that of another title now: Somebody",
        "wrong-dub: its number is that of another title now: Somebody",
        "dub: its number is that of another title now: Somebody",
    ]
    assert house.tags()["Somebody"] == AFTER["Dub"]
    assert nfo(house) != NFO
    assert (undone.complete, house.tags()["Half"]) == (True, set())


def test_a_row_that_nobody_understands_waits_for_another_undo(house: "House") -> None:
    """It may be there, so nothing is said to be gone, and nothing is written on a guess."""
    library(house)
    house.shelf.movie("Other", ORIGINAL)
    house.scan()
    house.radarr.rows[1].text = '{"id": 1}'
    undone = house.undo().instances["films"]
    assert left(undone) == [f"Film: +dub: {UNCLEAR}"]
    assert (undone.failed, len(undone.summary.notes), house.tags()["Film"]) == (True, 1, {"dub"})
    house.radarr.rows[1].text = None
    house.radarr.set_tags(2, ["new"])  # which makes its list anew
    assert house.undo().scan == 1
    assert house.tags() == BEFORE | {"Other": {"new"}}


@pytest.mark.parametrize("how", ["gone", "doctype", "never"])
def test_an_nfo_that_cannot_be_changed_back_is_listed(house: "House", how: str) -> None:
    """That is no failure, and its title's tags are taken back."""
    library(house)
    house.scan()
    path = house.shelf.tv / "Dub" / "tvshow.nfo"
    reason = {
        "gone": "the file is not there any more",
        "doctype": "DOCTYPE",
        "never": "the configuration says write_nfo: never",
    }[how]
    if how == "gone":
        path.unlink()
    if how == "doctype":
        path.write_text('<!DOCTYPE x SYSTEM "y">' + NFO)
    if how == "never":
        house.defaults["write_nfo"] = "never"
    undone = house.undo().instances["tv"]
    [line] = left(undone)
    assert line.startswith("Dub: tvshow.nfo: +dub: ")
    assert reason in line
    assert (undone.failed, house.tags()) == (False, BEFORE)


class Hanging(LocalDisk):
    """A disk on which NFO files do not answer until `answer` is set."""

    def __init__(self) -> None:
        self.answer = threading.Event()

    def stat(self, path: str) -> Stat | Unreadable:
        if path.endswith(".nfo"):
            self.answer.wait()
        return super().stat(path)


def test_an_nfo_that_nobody_could_look_at_waits_for_another_undo(house: "House") -> None:
    """A share that hangs holds up nothing else, and the next `undo` goes on with the same scan."""
    library(house)
    house.scan()
    house.disk, house.deadline_s = Hanging(), 0.3
    undone = house.undo()
    assert left(undone.instances["tv"]) == [f"Dub: tvshow.nfo: +dub: {UNSEEN}"]
    assert (undone.instances["tv"].failed, undone.complete, house.tags()) == (True, False, BEFORE)
    house.disk.answer.set()
    house.disk, house.deadline_s = LocalDisk(), 30.0
    rest = house.undo()
    assert (rest.scan, rest.instances["tv"].summary.applied, nfo(house)) == (1, 1, NFO)


def test_an_nfo_on_a_disk_that_is_missing_waits_for_another_undo(house: "House") -> None:
    """Its folder is gone as well, so nobody knows that the file is; it is changed back when the disk is there again."""
    library(house)
    house.scan()
    house.shelf.tv.rename(house.folder / "away")
    house.shelf.tv.mkdir()  # an empty mount point
    undone = house.undo()
    assert left(undone.instances["tv"]) == [f"Dub: tvshow.nfo: +dub: {UNSEEN}"]
    assert (undone.instances["tv"].failed, undone.complete, house.tags()) == (True, False, BEFORE)
    house.shelf.tv.rmdir()
    (house.folder / "away").rename(house.shelf.tv)
    rest = house.undo()
    assert (rest.scan, rest.complete, nfo(house)) == (1, True, NFO)


def test_a_change_that_nobody_could_settle_is_left_for_later(house: "House") -> None:
    """Whether it came through is not known while its NFO cannot be looked at."""
    library(house)
    house.disk, house.deadline_s = Slow(), 0.3
    house.scan()
    assert [c.intent.target for c in house.history() if c.outcome is None] == [Target.NFO]
    house.disk.answer.set()
    waiting = Hanging()
    house.disk = waiting
    undone = house.undo()
    assert left(undone.instances["tv"]) == [f"Dub: tvshow.nfo: +dub: {NOT_KNOWN_YET}"]
    assert undone.instances["tv"].failed
    waiting.answer.set()
    house.disk, house.deadline_s = LocalDisk(), 30.0
    assert house.undo().complete
    assert (house.tags(), nfo(house)) == (BEFORE, NFO)


class Slow(LocalDisk):
    """A disk that hangs after an NFO was edited: the second look at it does not come back."""

    def __init__(self) -> None:
        self.answer = threading.Event()
        self._seen: list[str] = []

    def stat(self, path: str) -> Stat | Unreadable:
        if path.endswith(".nfo"):
            self._seen.append(path)
            if self._seen.count(path) > 1:
                self.answer.wait()
        return super().stat(path)


class TestReadOnlyNfos:
    """NFO files that this process may read and not write."""

    @pytest.fixture
    def read_only(self, open_house: "House", ordinary: Any) -> Any:
        with ordinary():
            open_house.shelf.movie("Film", DUBBED, nfo="<movie>\n  <title>A</title>\n</movie>\n")
            open_house.scan()
            folder = open_house.shelf.movies / "Film"
            folder.chmod(0o555)
            yield open_house
            folder.chmod(0o755)

    @pytest.mark.parametrize("preview", [True, False])
    def test_auto_says_so(self, read_only: "House", preview: bool) -> None:
        """The tag is taken back, the NFO told of; trying again goes on with it."""
        undone = read_only.undo(preview=preview).instances["films"]
        [note] = undone.summary.notes
        assert note.startswith("1 NFO file could not be written; the first: ")
        assert (undone.failed, undone.complete) == (False, False)
        assert read_only.tags()["Film"] == ({"dub"} if preview else set())

    def test_always_makes_it_a_failure(self, read_only: "House") -> None:
        """As in a scan."""
        read_only.defaults["write_nfo"] = "always"
        undone = read_only.undo().instances["films"]
        assert [failure.what.partition(" ")[0] for failure in undone.summary.failures] == ["edit"]
        assert undone.failed


# What is chosen


def test_an_undo_can_be_undone(house: "House") -> None:
    """The undo of the undo writes everything again and holds nothing; its own undo does hold."""
    library(house)
    house.scan()
    house.undo()
    again = house.undo()
    assert (again.number, again.scan) == (3, 2)
    assert house.tags() == AFTER
    assert "<tag>dub</tag>" in nfo(house)
    assert house.scan().instances["tv"].plans == []
    house.undo(3)
    assert (house.tags(), nfo(house)) == (BEFORE, NFO)
    house.scan()
    assert house.tags() == BEFORE


def test_the_instances_can_be_chosen(house: "House") -> None:
    """Each has its own last change; one that is turned off is asked, too."""
    library(house)
    house.scan("tv")
    house.scan("films")
    house.instances["tv"]["enabled"] = False
    undone = house.undo(None, "tv")
    assert (undone.scan, list(undone.instances)) == (1, ["tv"])
    assert house.tags() == BEFORE | {"Film": {"dub"}}
    assert house.undo(None, "films").scan == 2
    assert house.tags() == BEFORE


def test_scans_that_changed_nothing_do_not_count(house: "House") -> None:
    """Nor do previews, nor changes that failed."""
    house.shelf.movie("Film", DUBBED)
    house.scan()
    house.shelf.movie("Odd", DUBBED, quality_profile_id=7)
    assert house.scan().instances["films"].failed == 1
    house.scan(preview=True)
    assert house.undo().scan == 1


def test_nothing_changed_yet(house: "House") -> None:
    """There is nothing to take back, and a number that no scan has is not found."""
    house.scan()
    with open_scanner(house.config(), house.stop) as scanner:
        assert scanner.last_changed(["tv", "films"]) is None
        assert scanner.changes_of(1) == []
        with pytest.raises(NotFound, match="there was no scan 2"):
            scanner.changes_of(2)


def test_an_undo_that_was_killed_is_gone_on_with(house: "House") -> None:
    """It never said that it was complete."""
    library(house)
    house.scan()
    house.sonarr.faults.script(FaultKind.UNAVAILABLE, path="*/command", times=3, retry_after="0")
    killed(house, "return", "arr/tags.py", "edit", 1)
    house.sonarr.faults.clear()  # the kill may have come before Sonarr was asked as often
    assert house.undo().scan == 1
    assert house.tags() == BEFORE


# What is held


def test_an_undone_title_is_held(house: "House") -> None:
    """The next scans do not write the same again, tell why, and count no failure."""
    library(house)
    house.scan()
    house.undo()
    for _ in range(4):
        summary = house.scan()
        assert house.tags() == BEFORE
        assert held(summary) == ["Dub", "Film", "Half", "Original"]
        assert not any(one.planned or one.failed or one.attention for one in summary.instances.values())
    [plan] = summary.instances["films"].plans
    assert plan.reason == (
        "undo 2 took back what a scan had changed here, so it is left alone until the verdict changes; "
        "`taggarr scan --item` with its title, or undoing the undo, releases it"
    )


def test_another_verdict_releases_a_title(house: "House") -> None:
    """And only that title; back at the old verdict it is written like any other."""
    library(house)
    house.scan()
    house.undo()
    episode = house.shelf.tv / "Half" / "Season 01" / "S01E02.mkv"
    write(episode, DUBBED)
    assert held(house.scan()) == ["Dub", "Film", "Original"]
    assert house.tags() == BEFORE | {"Half": {"dub"}}
    write(episode, ORIGINAL)
    house.scan()
    assert house.tags()["Half"] == {"semi-dub"}


def test_what_is_not_known_releases_nothing(house: "House") -> None:
    """A file that is damaged for a while makes the verdict unknown, and then it is the old one."""
    house.shelf.movie("Film", DUBBED)
    house.scan()
    house.undo()
    path = next((house.shelf.movies / "Film").glob("*.mkv"))
    whole = path.read_bytes()
    path.write_bytes(b"\x1a\x45\xdf\xa3")
    assert house.scan().instances["films"].attention
    path.write_bytes(whole)
    assert held(house.scan()) == ["Film"]
    assert house.tags()["Film"] == set()


@pytest.mark.parametrize("request_", [{"items": ("Film",), "release": True}, {"mode": 1}])
def test_who_asks_for_a_title_gets_it(house: "House", request_: dict[str, Any]) -> None:
    """By its name, or by asking for everything again; a preview shows that, and releases nothing."""
    house.shelf.movie("Film", DUBBED)
    house.scan()
    house.undo()
    for _ in range(2):
        shown = house.scan(preview=True, **request_)
        assert (held(shown), shown.instances["films"].planned) == ([], 1)
    assert held(house.scan()) == ["Film"]
    assert held(house.scan(items=("Film",))) == ["Film"]  # a scan of one title that nobody asked for
    assert house.scan(**request_).instances["films"].applied == 1
    assert house.tags()["Film"] == {"dub"}
    assert house.scan().instances["films"].plans == []


def test_a_title_that_is_left_out_stays_held(house: "House") -> None:
    """What the configuration leaves out for a while is as it was when it comes back."""
    house.shelf.movie("Film", DUBBED)
    house.scan()
    house.undo()
    house.defaults["exclude"] = {"titles": ["Film"]}
    house.scan()
    house.defaults["exclude"] = {}
    assert held(house.scan()) == ["Film"]
    assert house.tags()["Film"] == set()


def test_another_title_with_the_number_is_not_held(house: "House") -> None:
    """The hold was of the title, and not of the arr's number."""
    number = house.shelf.movie("Film", DUBBED)
    house.scan()
    house.undo()
    house.radarr.rows[number].catalogue = 4242
    assert held(house.scan()) == []
    assert house.tags()["Film"] == {"dub"}


def test_a_label_that_was_renamed_since(house: "House") -> None:
    """The old label comes back by undo and stays while held; once released, the new one takes its place."""
    house.shelf.movie("Film", DUBBED)
    house.scan()
    house.defaults["tags"] = {"dub": "dubbed"}
    house.scan()
    assert house.tags()["Film"] == {"dubbed"}
    house.undo()
    assert house.tags()["Film"] == {"dub"}
    assert held(house.scan()) == ["Film"]
    assert house.tags()["Film"] == {"dub"}
    house.scan(items=("Film",), release=True)
    assert house.tags()["Film"] == {"dubbed"}


def test_a_held_title_is_not_parked(house: "House") -> None:
    """What undo took away is not taken for something that the arr undid."""
    house.shelf.movie("Film", DUBBED)
    house.scan()
    house.undo()
    for _ in range(4):
        house.scan()
    assert house.records("films")["Film"].undone.times == 0


def test_an_inspection_knows_no_journal() -> None:
    """It stands beside a scan, and looks at nobody's changes."""
    journal = UnkeptJournal()
    assert (journal.of_scan(1), journal.since(1)) == ([], [])


# Stopped and killed

CHILD = """
import os, signal, sys, threading

event, file, function, nth, *arguments = sys.argv[1:]
left = int(nth)


def profile(frame, kind, argument):
    global left
    code = frame.f_code
    if kind == event and code.co_name == function and code.co_filename.endswith(file):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


import taggarr.cli.undo
from taggarr.cli import run

threading.setprofile(profile)
sys.setprofile(profile)
sys.exit(run(["undo", "1", "--yes", *arguments]))
"""


def killed(house: "House", *point: str | int) -> None:
    """Run `taggarr undo 1` and kill it at this point."""
    house.config()
    data = house.folder / "data"
    ended = subprocess.run(
        [
            sys.executable,
            "-c",
            CHILD,
            *map(str, point),
            "--data-dir",
            str(data),
            "-c",
            str(data / "config.yaml"),
        ],
        check=False,
        capture_output=True,
        timeout=60,
        env=os.environ | {"COVERAGE_PROCESS_START": ""},
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()


@pytest.mark.parametrize(
    "point",
    [
        ("return", "store/scans.py", "begin", 1),
        ("return", "store/items.py", "save", 1),
        ("return", "store/journal.py", "intend", 1),
        ("return", "arr/tags.py", "edit", 1),
        ("return", "store/journal.py", "settle", 1),
        ("return", "arr/tags.py", "edit", 3),
        ("call", "scan/records.py", "remember_tags", 1),
        ("call", "nfo/disk.py", "_keep_attributes", 1),
        ("call", "nfo/disk.py", "_sync_folder", 1),
        ("call", "scan/nfos.py", "after_edit", 1),
        ("call", "store/scans.py", "end", 1),
    ],
    ids=lambda point: f"{point[1]} {point[2]} {point[3]}",
)
def test_a_kill_and_another_undo_end_as_one(house: "House", point: tuple[str | int, ...]) -> None:
    """Killed anywhere, a scan in between puts nothing back, and another undo does the rest."""
    house.settings["instance_workers"] = 1
    library(house)
    house.scan()
    killed(house, *point)
    between, text = house.tags(), nfo(house)
    assert all(tags in (BEFORE[t], AFTER[t], BEFORE[t] | AFTER[t]) for t, tags in between.items())
    house.scan()
    assert (house.tags(), nfo(house)) == (between, text)
    house.undo(1)
    assert (house.tags(), nfo(house)) == (BEFORE, NFO)
    assert [change for change in house.history() if change.outcome is None] == []
    assert held(house.scan()) == ["Dub", "Film", "Half", "Original"]
    assert house.tags() == BEFORE


def test_a_stop_leaves_the_rest_to_another_undo(house: "House") -> None:
    """Told to stop before anything goes out, it writes nothing, holds nothing, and is not complete."""
    library(house)
    house.scan()
    house.stop.set()
    undone = house.undo()
    assert (undone.complete, house.tags()) == (False, AFTER)
    house.stop.clear()
    assert held(house.scan()) == []
    assert house.undo().complete
    assert house.tags() == BEFORE
