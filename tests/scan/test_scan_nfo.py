"""NFO files: written after the arr's change, by one writer, and healed when somebody else writes them."""

import hashlib
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from taggarr.core.media import Reading, Stat, Unreadable
from taggarr.core.record import Result, Target
from taggarr.probe.disk import LocalDisk
from taggarr.simulator import FaultKind, RadarrSimulator
from taggarr.simulator.collection import audio, write

if TYPE_CHECKING:
    from conftest import House

DUBBED, ORIGINAL, WRONG = audio("jpn", "eng"), audio("jpn"), audio("jpn", "ger")
TVSHOW = "<tvshow>\n  <title>A</title>\n</tvshow>\n"
MOVIE = "<movie>\n  <title>A</title>\n</movie>\n"
TAGGED = "<movie>\n  <title>A</title>\n  <tag>dub</tag>\n</movie>\n"
SEASON = {"Season 01/S01E01.mkv": DUBBED}


def nfo(house: "House", *parts: str) -> str:
    """The text of an NFO below the house's folder."""
    return house.folder.joinpath(*parts).read_text()


def test_tag_and_genre_follow_the_verdict(house: "House") -> None:
    """`<tag>` for each verdict's label, `<genre>Dub</genre>` exactly for dub, and only ours is taken away."""
    house.defaults["add_tag_to_genre"] = True
    house.shelf.series("Ours", SEASON, nfo=TVSHOW)
    theirs = TVSHOW.replace("</title>", "</title>\n  <genre>dub</genre>")
    house.shelf.series("Theirs", SEASON, nfo=theirs)
    house.scan()
    assert nfo(house, "tv", "Ours", "tvshow.nfo") == TVSHOW.replace(
        "</title>", "</title>\n  <tag>dub</tag>\n  <genre>Dub</genre>"
    )
    assert nfo(house, "tv", "Theirs", "tvshow.nfo").count("<genre>") == 1
    for title in ("Ours", "Theirs"):
        write(house.shelf.tv / title / "Season 01" / "S01E01.mkv", WRONG)
    house.scan()
    assert nfo(house, "tv", "Ours", "tvshow.nfo") == TVSHOW.replace(
        "</title>", "</title>\n  <tag>wrong-dub</tag>"
    )
    assert "<genre>dub</genre>" in nfo(house, "tv", "Theirs", "tvshow.nfo")
    house.scan(mode=2)
    assert nfo(house, "tv", "Ours", "tvshow.nfo") == TVSHOW
    assert nfo(house, "tv", "Theirs", "tvshow.nfo") == theirs


def test_both_nfo_files_of_a_movie_are_edited(house: "House") -> None:
    """`movie.nfo` and the one beside the video; none is made where there is none."""
    house.shelf.movie("Both", DUBBED, name="Both (2020).mkv", nfo=MOVIE)
    (house.shelf.movies / "Both" / "Both (2020).nfo").write_text(MOVIE)
    house.shelf.movie("Beside", DUBBED, name="deep/Beside.mp4")
    (house.shelf.movies / "Beside" / "deep" / "Beside.nfo").write_text(MOVIE)
    house.shelf.movie("None", DUBBED)
    summary = house.scan().instances["films"]
    assert summary.applied == 6
    assert nfo(house, "movies", "Both", "movie.nfo") == TAGGED
    assert nfo(house, "movies", "Both", "Both (2020).nfo") == TAGGED
    assert nfo(house, "movies", "Beside", "deep", "Beside.nfo") == TAGGED
    assert sorted(path.name for path in house.shelf.movies.rglob("*.nfo")) == [
        "Beside.nfo",
        "Both (2020).nfo",
        "movie.nfo",
    ]


def test_the_arr_comes_first(house: "House") -> None:
    """Where the tag did not arrive, the NFO is not touched; the next scan does both."""
    house.shelf.movie("Film", DUBBED, nfo=MOVIE)
    house.radarr.faults.script(FaultKind.UNAVAILABLE, method="PUT", times=3, retry_after="0")
    assert house.scan().instances["films"].failed == 1
    assert nfo(house, "movies", "Film", "movie.nfo") == MOVIE
    assert house.scan().instances["films"].applied == 2
    assert nfo(house, "movies", "Film", "movie.nfo") == TAGGED


def test_what_the_arr_rewrote_is_healed(house: "House") -> None:
    """A refresh writes the NFO anew, with our tag and without our genre: only the genre has to come back."""
    house.defaults["add_tag_to_genre"] = True
    house.sonarr.enable_kodi()
    series = house.shelf.series("Show", SEASON, nfo=TVSHOW)
    house.scan()
    house.sonarr.finish_command(house.sonarr.start_command("RefreshSeries", [series]))
    rewritten = nfo(house, "tv", "Show", "tvshow.nfo")
    assert "<tag>dub</tag>" in rewritten
    assert "<genre>Dub</genre>" not in rewritten
    summary = house.scan().instances["tv"]
    assert (summary.applied, summary.files_read) == (1, 0)
    assert "<genre>Dub</genre>" in nfo(house, "tv", "Show", "tvshow.nfo")
    assert house.scan().instances["tv"].planned == 0
    house.defaults["add_tag_to_genre"] = False
    house.scan()
    assert nfo(house, "tv", "Show", "tvshow.nfo") == rewritten


def test_a_renamed_nfo_keeps_our_genre_ours(house: "House") -> None:
    """The arr renames video and NFO together: what we wrote is still known to be ours."""
    house.defaults["add_tag_to_genre"] = True
    house.shelf.movie("Film", DUBBED, name="old.mkv")
    folder = house.shelf.movies / "Film"
    (folder / "old.nfo").write_text(MOVIE)
    house.scan()
    for suffix in (".mkv", ".nfo"):
        (folder / f"old{suffix}").rename(folder / f"new{suffix}")
    house.radarr.rename_file(1, "new.mkv")
    assert house.scan().instances["films"].planned == 0
    house.defaults["add_tag_to_genre"] = False
    house.scan()
    assert (folder / "new.nfo").read_text() == TAGGED


@pytest.mark.parametrize(
    ("text", "always"),
    [
        ('<!DOCTYPE movie [<!ENTITY a "b">]>\n<movie><title>A</title></movie>', True),
        ("<movie><title>A", True),
        ("https://www.themoviedb.org/movie/1", False),
        ("", False),
    ],
    ids=["doctype", "broken", "url", "empty"],
)
def test_an_nfo_that_nobody_may_edit_is_no_failure(house: "House", text: str, always: bool) -> None:
    """Also with `write_nfo: always`: it is left alone, and the tag is set in the arr."""
    house.defaults["write_nfo"] = "always" if always else "auto"
    house.shelf.movie("Film", DUBBED, nfo=text)
    summary = house.scan().instances["films"]
    assert (summary.failed, summary.notes) == (0, [])
    assert house.tags()["Film"] == {"dub"}
    assert nfo(house, "movies", "Film", "movie.nfo") == text


def test_never_touches_none(house: "House") -> None:
    """`write_nfo: never` does not even plan an edit."""
    house.defaults["write_nfo"] = "never"
    house.shelf.movie("Film", DUBBED, nfo=MOVIE)
    summary = house.scan().instances["films"]
    assert summary.planned == 1
    assert nfo(house, "movies", "Film", "movie.nfo") == MOVIE


class TestUnwritable:
    """Media that this process may read and not write, as it is often mounted into containers."""

    @pytest.fixture
    def read_only(
        self, open_house: "House", ordinary: Callable[[], AbstractContextManager[None]]
    ) -> Iterator["House"]:
        house = open_house
        with ordinary():
            for number in (1, 2):
                house.shelf.movie(f"Film {number}", DUBBED, nfo=MOVIE)
            for path in house.shelf.movies.iterdir():
                path.chmod(0o555)
            yield house
            for path in house.shelf.movies.iterdir():
                path.chmod(0o755)

    def test_auto_says_so_once_and_writes_nothing_down(self, read_only: "House") -> None:
        """The tags are set, the count is told, and scan after scan nothing is planned or tried."""
        summary = read_only.scan().instances["films"]
        assert (summary.planned, summary.applied, summary.failed) == (2, 2, 0)
        (note,) = summary.notes
        assert note.startswith("2 NFO files could not be written; the first: ")
        assert "this process may not edit it" in note
        assert {change.intent.target for change in read_only.history()} == {Target.TAG}
        again = read_only.scan().instances["films"]
        assert (again.planned, again.plans, len(again.notes)) == (0, [], 1)
        assert len(read_only.history()) == 2
        assert nfo(read_only, "movies", "Film 1", "movie.nfo") == MOVIE

    def test_auto_writes_as_soon_as_it_may(self, read_only: "House") -> None:
        """A permission that is mended shows in no file time, and yet the next scan writes."""
        read_only.scan()
        (read_only.shelf.movies / "Film 2").chmod(0o755)
        summary = read_only.scan().instances["films"]
        assert summary.applied == 1
        (note,) = summary.notes
        assert note.startswith("1 NFO file could not be written; the first: ")
        assert nfo(read_only, "movies", "Film 2", "movie.nfo") == TAGGED

    def test_always_makes_it_a_failure(self, read_only: "House") -> None:
        """Each is named, and in every scan."""
        read_only.defaults["write_nfo"] = "always"
        for _ in range(2):
            summary = read_only.scan().instances["films"]
            assert sorted(failure.title for failure in summary.failures) == ["Film 1", "Film 2"]
            assert all("this process may not edit it" in failure.error for failure in summary.failures)
        assert read_only.scan(preview=True).instances["films"].failed == 0

    def test_the_arr_is_asked_to_write_it(self, read_only: "House") -> None:
        """With its Kodi consumer on, Radarr rescans the changed items, each by its id, and no others."""
        read_only.radarr.enable_kodi(movie_nfo=True)
        read_only.radarr.set_tags(2, ["dub"])
        read_only.scan()
        commands = [body for path, body in read_only.writes() if path == "/command"]
        assert commands == [{"name": "RescanMovie", "movieId": 1}]
        read_only.forget_requests()
        read_only.scan()
        assert read_only.writes() == []

    def test_more_than_a_few_are_left_to_the_arr(self, read_only: "House") -> None:
        """A first scan asks for five rescans and says so: each is a command of its own, and the arr refreshes daily."""
        read_only.radarr.enable_kodi(movie_nfo=True)
        for number in range(3, 9):
            read_only.shelf.movie(f"Film {number}", DUBBED, nfo=MOVIE)
            (read_only.shelf.movies / f"Film {number}").chmod(0o555)
        summary = read_only.scan().instances["films"]
        commands = [body["movieId"] for path, body in read_only.writes() if path == "/command"]
        assert commands == [1, 2, 3, 4, 5]
        assert any(
            note.startswith("the arr was asked to write the NFO files of 5 of 8 titles")
            for note in summary.notes
        )
        batches = read_only.asked("films").count("movie/editor")
        assert summary.requests <= 2 * batches + 15

    @pytest.mark.parametrize("mode", [0, 1])
    def test_a_rescan_is_not_asked_for_twice(self, read_only: "House", mode: int) -> None:
        """The arr has written its tag and will never write our genre: whatever lacks only that asks for nothing."""
        read_only.defaults["add_tag_to_genre"] = True
        read_only.radarr.enable_kodi(movie_nfo=True)
        read_only.scan()
        assert [path for path, _ in read_only.writes()].count("/command") == 2
        for title in ("Film 1", "Film 2"):
            folder = read_only.shelf.movies / title
            folder.chmod(0o755)
            (folder / "movie.nfo").write_text(TAGGED)  # as Radarr does, which may
            folder.chmod(0o555)
        for _ in range(2):
            read_only.forget_requests()
            summary = read_only.scan(mode=mode).instances["films"]
            assert read_only.writes() == []
            assert (summary.planned, summary.failed, len(summary.notes)) == (0, 0, 1)
            assert summary.notes[0].startswith("2 NFO files could not be written; the first: ")

    def test_an_edit_beside_it_asks_for_no_rescan(self, read_only: "House") -> None:
        """Of two NFO files one lacks our genre and may be written: the other one's lack is the arr's as before."""
        read_only.defaults["add_tag_to_genre"] = True
        read_only.radarr.enable_kodi(movie_nfo=True)
        read_only.scan("films")
        folder = read_only.shelf.movies / "Film 1"
        folder.chmod(0o755)
        (folder / "movie.nfo").write_text(TAGGED)
        (folder / "movie.nfo").chmod(0o444)
        (folder / "Film 1.nfo").write_text(TAGGED)
        read_only.forget_requests()
        summary = read_only.scan("films").instances["films"]
        assert (summary.applied, summary.failed, read_only.writes()) == (1, 0, [])
        assert "<genre>Dub</genre>" in (folder / "Film 1.nfo").read_text()

    def test_an_arr_without_the_consumer_is_not_asked(self, read_only: "House") -> None:
        """A rescan would write nothing."""
        read_only.scan()
        assert [path for path, _ in read_only.writes() if path == "/command"] == []

    def test_an_arr_that_cannot_be_asked_is_no_failure(self, read_only: "House") -> None:
        """The tags are set; that the NFO waits is a note."""
        read_only.radarr.faults.script(FaultKind.HTML, path="*/metadata", times=9)
        summary = read_only.scan().instances["films"]
        assert summary.failed == 0
        assert any(note.startswith("the arr could not be asked") for note in summary.notes)

    def test_an_nfo_that_may_not_even_be_read(self, read_only: "House") -> None:
        """Nobody knows what it holds: under `always` that is a failure, under `auto` it is counted."""
        path = read_only.shelf.movies / "Film 1" / "movie.nfo"
        path.chmod(0o000)
        (note,) = read_only.scan().instances["films"].notes
        assert note.startswith("2 NFO files could not be written")
        read_only.defaults["write_nfo"] = "always"
        assert read_only.scan().instances["films"].failed == 2


class TestOneWriter:
    """Two Radarr instances, for two targets, that hold the same folders."""

    @pytest.fixture
    def second(self, house: "House") -> Iterator[RadarrSimulator]:
        with RadarrSimulator() as second:
            house.shelf.movie("Film", audio("jpn", "eng"), nfo=MOVIE)
            path = house.shelf.movies / "Film"
            movie = second.add_movie("Film", str(path))
            second.set_movie_file(movie, "Film.mkv", size=(path / "Film.mkv").stat().st_size)
            house.instances["german"] = {
                "type": "radarr",
                "url": second.url,
                "api_key": second.api_key,
                "target_languages": ["de"],
                "count_original_as_dub": True,
            }
            yield second

    def test_the_first_in_the_configuration_writes(self, house: "House", second: RadarrSimulator) -> None:
        """The other sets its tag in its arr, leaves the NFO alone, and says so; scan after scan."""
        for _ in range(2):
            summary = house.scan("german", "films").instances
            assert nfo(house, "movies", "Film", "movie.nfo") == TAGGED
            assert second.tags_of(1) == {"wrong-dub"}
            assert summary["german"].notes == [
                "the NFO files of 1 title are left to films, which has the same folders and comes first in the "
                "configuration"
            ]
            assert summary["films"].notes == []
        assert [one.planned for one in summary.values()] == [0, 0, 0][: len(summary)]

    def test_also_when_the_first_is_not_scanned(self, house: "House", second: RadarrSimulator) -> None:
        """Only the second is asked for: the NFO is still the other's."""
        house.scan("films")
        house.scan("german")
        assert nfo(house, "movies", "Film", "movie.nfo") == TAGGED

    def test_also_when_the_first_cannot_be_reached(self, house: "House", second: RadarrSimulator) -> None:
        """What it held when it was last seen is still its own."""
        house.scan("films")
        house.radarr.api_key = "another"
        summary = house.scan("films", "german").instances
        assert summary["films"].error is not None
        assert nfo(house, "movies", "Film", "movie.nfo") == TAGGED

    @pytest.mark.parametrize("key", [{"write_nfo": "never"}, {"enabled": False}], ids=["never", "off"])
    def test_the_second_writes_where_the_first_does_not(
        self, house: "House", second: RadarrSimulator, key: dict[str, object]
    ) -> None:
        """An instance that writes no NFO, or is turned off, claims none."""
        house.instances["films"] |= key
        house.scan()
        assert "<tag>wrong-dub</tag>" in nfo(house, "movies", "Film", "movie.nfo")
        assert "<tag>dub</tag>" not in nfo(house, "movies", "Film", "movie.nfo")

    def test_one_instance_at_a_time_does_not_wait_for_ever(
        self, house: "House", second: RadarrSimulator
    ) -> None:
        """Whatever the order on the command line, the configuration's is the one in which they run."""
        house.settings["instance_workers"] = 1
        house.scan("german", "films")
        assert nfo(house, "movies", "Film", "movie.nfo") == TAGGED

    def test_a_sonarr_and_a_radarr_do_not_meet(self, house: "House") -> None:
        """The same folder holds a tvshow.nfo and a movie.nfo: each has its writer."""
        house.shelf.movie("Both", DUBBED, nfo=MOVIE)
        folder = house.shelf.movies / "Both"
        (folder / "tvshow.nfo").write_text(TVSHOW)
        series = house.sonarr.add_series("Both", str(folder))
        house.shelf.episode(series, folder, "S01E01.mkv", WRONG)
        house.scan()
        assert (folder / "movie.nfo").read_text() == TAGGED
        assert "<tag>wrong-dub</tag>" in (folder / "tvshow.nfo").read_text()


def test_two_movies_of_one_folder_have_one_writer_of_its_nfo(house: "House") -> None:
    """A flat folder: the first movie writes `movie.nfo`, each its own NFO, and a rerun changes nothing."""
    flat = house.shelf.movies / "flat"
    for title, content in (("One", DUBBED), ("Two", WRONG)):
        movie = house.radarr.add_movie(title, str(flat))
        size = write(flat / f"{title}.mkv", content)
        house.radarr.set_movie_file(movie, f"{title}.mkv", size=size)
        (flat / f"{title}.nfo").write_text(MOVIE)
    (flat / "movie.nfo").write_text(MOVIE)
    summary = house.scan().instances["films"]
    assert summary.applied == 5
    assert [note for note in summary.notes if "another title" in note] == [
        "the NFO files of 1 title are left to another title of the same folder; the first: Two"
    ]
    assert (flat / "movie.nfo").read_text() == TAGGED
    assert (flat / "One.nfo").read_text() == TAGGED
    assert "<tag>wrong-dub</tag>" in (flat / "Two.nfo").read_text()
    assert house.scan().instances["films"].planned == 0
    assert house.scan(items=("Two",)).instances["films"].planned == 0
    house.scan(mode=2)
    assert (flat / "movie.nfo").read_text() == MOVIE


class Hanging(LocalDisk):
    """A disk on which some paths do not answer until `answer` is set; `tried` are those that were asked for."""

    def __init__(self, *parts: str) -> None:
        self.parts = parts
        self.answer = threading.Event()
        self.tried: list[str] = []

    def stat(self, path: str) -> Stat | Unreadable:
        self._wait(path)
        return super().stat(path)

    def read(self, path: str) -> Reading:
        self._wait(path)
        return super().read(path)

    def _wait(self, path: str) -> None:
        if any(part in path for part in self.parts):
            self.tried.append(path)
            self.answer.wait()


class TestHangingShare:
    """A root whose files do not answer."""

    @pytest.fixture
    def disk(self) -> Iterator[Hanging]:
        made = Hanging("/slow/")
        yield made
        made.answer.set()

    def _fill(self, house: "House") -> None:
        slow = house.folder / "slow"
        house.sonarr.add_root(str(slow))
        for number in range(40):
            folder = slow / f"Slow {number}"
            series = house.sonarr.add_series(folder.name, str(folder))
            house.shelf.episode(series, folder, "Season 01/S01E01.mkv", WRONG)
            (folder / "tvshow.nfo").write_text(TVSHOW)
        for number in range(20):
            house.shelf.series(f"Fast {number}", SEASON, nfo=TVSHOW)

    def test_the_scan_goes_on_without_it(self, house: "House", disk: Hanging) -> None:
        """Its titles are unknown with that reason, the others are done, and few of its files are tried."""
        house.defaults["audio_source"] = "files"
        self._fill(house)
        house.disk, house.deadline_s = disk, 0.3
        summary = house.scan().instances["tv"]
        assert summary.verdicts["unknown"] == 40
        assert summary.verdicts["dub"] == 20
        assert all("did not answer in time" in reason for _, reason in summary.attention)
        assert {title for title, tags in house.tags().items() if tags} == {f"Fast {n}" for n in range(20)}
        assert len(disk.tried) <= 6, "two losses, and what was on its way by then"
        disk.answer.set()
        house.disk, house.deadline_s = LocalDisk(), 30.0
        assert house.scan().instances["tv"].verdicts["wrong-dub"] == 40

    def test_what_the_arr_says_stands_in(self, house: "House", disk: Hanging) -> None:
        """Under `auto` the arr's data are enough for the verdict; the NFO waits for the share, with its genre."""
        house.defaults["add_tag_to_genre"] = True
        house.defaults["target_languages"] = ["de"]
        self._fill(house)
        house.disk, house.deadline_s = disk, 0.3
        summary = house.scan().instances["tv"]
        assert (summary.verdicts["dub"], summary.verdicts["unknown"], summary.failed) == (40, 0, 0)
        assert nfo(house, "slow", "Slow 0", "tvshow.nfo") == TVSHOW
        disk.answer.set()
        house.disk, house.deadline_s = LocalDisk(), 30.0
        house.scan()
        assert "<genre>Dub</genre>" in nfo(house, "slow", "Slow 0", "tvshow.nfo")

    def test_mode_two_keeps_what_it_could_not_reach(self, house: "House", disk: Hanging) -> None:
        """Tags go, and what is known of an NFO that could not be looked at stays, so that its genre can go later."""
        house.defaults |= {"add_tag_to_genre": True, "target_languages": ["de"]}
        self._fill(house)
        house.scan()
        house.disk, house.deadline_s = disk, 0.3
        house.scan(mode=2)
        assert set(map(frozenset, house.tags().values())) == {frozenset()}
        assert set(house.records("tv")) == {f"Slow {n}" for n in range(40)}
        disk.answer.set()
        house.disk, house.deadline_s = LocalDisk(), 30.0
        house.scan(mode=2)
        assert nfo(house, "slow", "Slow 0", "tvshow.nfo") == TVSHOW
        assert house.records("tv") == {}


def test_an_edit_that_was_cut_off_by_a_hanging_share_is_settled_later(house: "House") -> None:
    """The share hangs after the edit: nobody knows what became of it, until the next scan has looked."""
    house.defaults["add_tag_to_genre"] = True
    house.shelf.movie("Film", DUBBED, nfo=MOVIE)
    disk = Hanging()
    house.disk, house.deadline_s = disk, 0.3
    house.scan(preview=True)

    def hang(progress: object) -> None:
        if getattr(progress, "phase", None) == "apply":
            disk.parts = ("movie.nfo",)

    summary = house.scan("films", listen=hang).instances["films"]
    disk.answer.set()
    house.disk, house.deadline_s = LocalDisk(), 30.0
    assert (summary.failed, summary.applied) == (0, 1)
    edits = [change for change in house.history() if change.intent.target is Target.NFO]
    assert [change.outcome for change in edits] == [None]
    assert "<genre>Dub</genre>" in nfo(house, "movies", "Film", "movie.nfo")
    house.scan()
    (edit,) = [change for change in house.history() if change.intent.target is Target.NFO]
    assert edit.outcome is not None
    assert (edit.outcome.result, set(edit.outcome.after)) == (Result.APPLIED, {"dub", "genre:Dub"})
    house.defaults["add_tag_to_genre"] = False
    house.scan()
    assert nfo(house, "movies", "Film", "movie.nfo") == TAGGED, "the genre was known to be ours"


def test_a_genre_that_came_in_between_is_not_ours(house: "House") -> None:
    """Somebody else adds it between the look and the edit: it stays when the verdict changes."""
    house.defaults["add_tag_to_genre"] = True
    house.shelf.movie("Film", DUBBED, nfo=MOVIE)
    theirs = MOVIE.replace("</title>", "</title>\n  <genre>dub</genre>")

    def add(progress: object) -> None:
        if getattr(progress, "phase", None) == "apply":
            (house.shelf.movies / "Film" / "movie.nfo").write_text(theirs)

    house.scan("films", listen=add)
    assert nfo(house, "movies", "Film", "movie.nfo").count("<genre>") == 1
    house.defaults["add_tag_to_genre"] = False
    house.scan()
    assert "<genre>dub</genre>" in nfo(house, "movies", "Film", "movie.nfo")


def test_an_nfo_that_went_away_is_no_failure(house: "House") -> None:
    """Deleted between the look and the edit: there is nothing to write any more."""
    house.defaults["write_nfo"] = "always"
    house.shelf.movie("Film", DUBBED, nfo=MOVIE)

    def delete(progress: object) -> None:
        if getattr(progress, "phase", None) == "apply":
            shutil.rmtree(house.shelf.movies / "Film", ignore_errors=True)

    summary = house.scan("films", listen=delete).instances["films"]
    assert (summary.failed, summary.applied) == (0, 1)
    assert not Path(house.shelf.movies / "Film").exists()


def test_a_full_disk_is_a_note_or_a_failure(house: "House") -> None:
    """An edit that fails for reasons outside the file: counted under `auto`, named under `always`."""
    house.shelf.movie("Film", DUBBED, nfo=MOVIE)
    path = house.shelf.movies / "Film" / "movie.nfo"
    # A folder in the place of the temporary file makes every edit fail.
    digest = hashlib.sha256(path.name.encode()).hexdigest()[:12]
    (path.parent / f".taggarr-{digest}.tmp").mkdir()
    summary = house.scan().instances["films"]
    assert (summary.failed, len(summary.notes)) == (0, 1)
    house.defaults["write_nfo"] = "always"
    assert [failure.title for failure in house.scan().instances["films"].failures] == ["Film"]
    assert nfo(house, "movies", "Film", "movie.nfo") == MOVIE
