"""Lists that cannot be understood, as a whole or in single rows."""

import threading
from typing import TYPE_CHECKING, Any

import pytest

from taggarr.config import load
from taggarr.core.selection import Mode
from taggarr.scan.job import ScanRequest
from taggarr.simulator import FaultKind, SonarrSimulator
from taggarr.simulator.collection import Collection, audio, write
from taggarr.wiring.scanner import open_scanner

if TYPE_CHECKING:
    from conftest import Prey

DUBBED = audio("jpn", "eng")


def test_one_odd_answer_is_one_title_that_is_not_known(tmp_path):
    """The other titles get their tags, and the next scan asks again."""
    with SonarrSimulator() as sonarr:
        collection = Collection(tmp_path, sonarr)
        for title in ("One", "Two", "Three"):
            collection.series(title, {"Season 01/S01E01.mkv": audio("jpn", "eng")})
        sonarr.faults.script(FaultKind.HTML, method="GET", path="/api/v3/episodefile", times=1)
        configuration = tmp_path / "taggarr.yaml"
        configuration.write_text(
            f'instances:\n  tv: {{type: sonarr, url: "{sonarr.url}", api_key: {sonarr.api_key}}}\n'
        )
        settings = load(configuration, {}, data_dir=tmp_path / "data")
        with open_scanner(settings, threading.Event()) as scanner:
            first = scanner.scan(ScanRequest(), ["tv"]).instances["tv"]
            tagged = sum(tags == {"dub"} for tags in sonarr.all_tags().values())
            second = scanner.scan(ScanRequest(), ["tv"]).instances["tv"]
        assert (first.error, len(first.attention), tagged) == (None, 1, 2)
        assert "could not be fetched" in first.attention[0][1]
        assert (second.error, second.attention) == (None, [])
        assert sonarr.all_tags() == {1: {"dub"}, 2: {"dub"}, 3: {"dub"}}


ODD: list[dict[str, Any]] = [
    {"path": None},
    {"title": None},
    {"monitored": "yes"},
    {"tags": {}},
    {"genres": [5]},
    {"originalLanguage": []},
]


def bent(number: int | None, values: dict[str, Any]) -> Any:
    """A bend that puts `values` into the row of that id."""
    return lambda rows: [row | values if row["id"] == number else row for row in rows]


def fill(prey: "Prey") -> None:
    """Three series and three movies that carry a label which is not theirs, and a scan that knows them."""
    for title in ("One", "Two", "Three"):
        prey.shelf.series(title, {"Season 01/S01E01.mkv": DUBBED})
        prey.shelf.movie(f"{title}, the film", DUBBED)
    prey.scan()
    for number in (1, 2, 3):
        prey.sonarr.set_tags(number, ["semi-dub", "mine"])
        prey.radarr.set_tags(number, ["semi-dub", "mine"])


@pytest.mark.parametrize("values", [*ODD, {"seasons": [None]}, {"statistics": 1}], ids=str)
def test_an_odd_series_is_left_alone(prey: "Prey", values: dict[str, Any]):
    """It is named and keeps its tags and what is known of it; the others are scanned; once mended, it is, too."""
    fill(prey)
    prey.sonarr.bends["/series"] = bent(2, values)
    for mode in (Mode.UPDATE, Mode.REWRITE):
        tv = prey.scan(mode=mode).instances["tv"]
        assert (tv.error, tv.guard, tv.items, tv.failed) == (None, None, 2, 0)
        (note,) = tv.notes
        assert note.startswith("1 title of the arr's list could not be understood and was left alone: id 2, ")
        assert prey.tags()["Two"] == {"semi-dub", "mine"}
        assert prey.tags()["One"] == prey.tags()["Three"] == {"dub", "mine"}
        assert set(prey.records("tv")) == {1, 2, 3}
    del prey.sonarr.bends["/series"]
    tv = prey.scan().instances["tv"]
    assert (tv.items, tv.notes, tv.files_read) == (3, [], 0)
    assert prey.tags()["Two"] == {"dub", "mine"}


@pytest.mark.parametrize("values", [*ODD, {"hasFile": 5}], ids=str)
def test_an_odd_movie_is_left_alone(prey: "Prey", values: dict[str, Any]):
    """The same for Radarr's list."""
    fill(prey)
    prey.radarr.bends["/movie"] = bent(2, values)
    films = prey.scan().instances["films"]
    assert (films.error, films.items, len(films.notes)) == (None, 2, 1)
    assert "left alone: id 2, " in films.notes[0]
    assert prey.tags()["Two, the film"] == {"semi-dub", "mine"}
    assert prey.tags()["One, the film"] == prey.tags()["Three, the film"] == {"dub", "mine"}
    assert set(prey.records("films")) == {1, 2, 3}


def test_several_odd_rows_are_counted(prey: "Prey"):
    """The first is named."""
    fill(prey)
    prey.sonarr.bends["/series"] = lambda rows: [
        row | {"path": None} if row["id"] > 1 else row for row in rows
    ]
    (note,) = prey.scan().instances["tv"].notes
    assert note.startswith(
        "2 titles of the arr's list could not be understood and were left alone; the first: id 2, path is null"
    )


def test_a_row_without_an_id_may_be_any_title(prey: "Prey"):
    """Nothing is forgotten while it is there; what is no longer listed is, once it is gone."""
    fill(prey)
    prey.sonarr.bends["/series"] = lambda rows: [rows[0], {"title": "?"}]
    tv = prey.scan().instances["tv"]
    assert (tv.error, tv.items) == (None, 1)
    assert "left alone: id is missing" in tv.notes[0]
    assert set(prey.records("tv")) == {1, 2, 3}
    prey.sonarr.bends["/series"] = lambda rows: [rows[0], rows[1] | {"path": None}]
    prey.scan()
    assert set(prey.records("tv")) == {1, 2}, "the third is neither listed nor in an odd row"


def test_mode_two_forgets_no_title_that_is_not_understood(prey: "Prey"):
    """Its labels are still there, so what is known of it waits for the next try."""
    fill(prey)
    prey.sonarr.bends["/series"] = bent(2, {"path": None})
    prey.scan(mode=Mode.REMOVE)
    assert prey.tags()["Two"] == {"semi-dub", "mine"}
    assert (set(prey.records("tv")), prey.records("films")) == ({2}, {})
    del prey.sonarr.bends["/series"]
    prey.scan(mode=Mode.REMOVE)
    assert prey.tags()["Two"] == {"mine"}
    assert prey.records("tv") == {}


@pytest.mark.parametrize("answer", [{}, None, [], [[]]])
def test_a_list_of_another_shape_fails_its_instance(prey: "Prey", answer: Any):
    """Not a list, or not one row that is understood; an empty list is one, and the guard's business."""
    fill(prey)
    prey.sonarr.bends["/series"] = lambda _: answer
    tv = prey.scan().instances["tv"]
    assert (tv.error is None) is (answer == [])
    assert answer == [] or tv.error[0] == "protocol"
    assert prey.tags()["Two"] == {"semi-dub", "mine"}


def test_an_odd_title_that_is_asked_for_is_named(prey: "Prey"):
    """`--item` says that it is left alone, and why; not that there is no such title."""
    fill(prey)
    prey.sonarr.bends["/series"] = bent(2, {"path": None})
    tv = prey.scan(items=("Two",)).instances["tv"]
    assert (tv.items, tv.unknown) == (0, {})
    assert [(one.item.title, one.excluded.reason) for one in tv.inspections] == [
        ("Two", "its row in the arr's list could not be understood, or is missing")
    ]


def test_an_odd_writer_of_an_nfo_stays_its_writer(prey: "Prey"):
    """Two titles of one folder: the second does not write the NFO because the first one's row is odd."""
    flat = prey.shelf.movies / "flat"
    for title, content in (("One", DUBBED), ("Two", audio("jpn", "ger"))):
        movie = prey.radarr.add_movie(title, str(flat))
        prey.radarr.set_movie_file(movie, f"{title}.mkv", size=write(flat / f"{title}.mkv", content))
    (flat / "movie.nfo").write_text("<movie><title>A</title></movie>")
    prey.scan()
    written = (flat / "movie.nfo").read_text()
    assert "<tag>dub</tag>" in written
    prey.radarr.bends["/movie"] = bent(1, {"title": None})
    films = prey.scan().instances["films"]
    assert films.planned == 0
    assert (flat / "movie.nfo").read_text() == written


def test_a_change_that_waits_for_its_outcome_waits_for_its_row(prey: "Prey"):
    """The answer to an edit was lost, and then the row is odd: nobody says that the item is gone."""
    prey.shelf.series("One", {"Season 01/S01E01.mkv": DUBBED})
    prey.shelf.series("Two", {"Season 01/S01E01.mkv": DUBBED})
    prey.sonarr.faults.script(FaultKind.RESET_AFTER, method="PUT", times=3)
    prey.scan()
    assert [change.outcome for change in prey.history()] == [None, None]
    prey.sonarr.bends["/series"] = bent(2, {"path": None})
    prey.scan()
    assert [change.outcome is None for change in prey.history()] == [False, True]
    del prey.sonarr.bends["/series"]
    prey.scan()
    assert [str(change.outcome.result) for change in prey.history() if change.outcome] == ["applied"] * 2


def test_odd_files_leave_their_movies_unknown(prey: "Prey"):
    """However many movies have one: the instance goes on, and each says why it is not known."""
    for number in range(5):
        prey.shelf.movie(f"Odd {number}", DUBBED, tags=["semi-dub"])
    prey.shelf.movie("Good", DUBBED)
    prey.radarr.bends["/movie"] = lambda rows: [
        row | {"movieFile": row["movieFile"] | {"size": None}} if row["title"] != "Good" else row
        for row in rows
    ]
    prey.radarr.bends["/moviefile"] = lambda rows: [row | {"size": None} for row in rows]
    films = prey.scan().instances["films"]
    assert (films.error, films.items, films.notes) == (None, 6, [])
    assert [title for title, _ in films.attention] == [f"Odd {number}" for number in range(5)]
    assert "a file that could not be understood (id 1, size is null)" in films.attention[0][1]
    assert prey.tags() == {f"Odd {number}": {"semi-dub"} for number in range(5)} | {"Good": {"dub"}}


def test_odd_files_leave_their_series_unknown(prey: "Prey"):
    """One odd row in the list of each of five series: five series are not known, the sixth is."""
    for number in range(5):
        prey.shelf.series(f"Odd {number}", {"S01E01.mkv": DUBBED, "S01E02.mkv": DUBBED}, tags=["semi-dub"])
    good = prey.shelf.series("Good", {"S01E01.mkv": DUBBED})
    prey.sonarr.bends["/episodefile"] = lambda rows: [
        row if row["seriesId"] == good else row | {"size": None} for row in rows
    ]
    tv = prey.scan().instances["tv"]
    assert (tv.error, tv.items, len(tv.attention)) == (None, 6, 5)
    assert prey.tags() == {f"Odd {number}": {"semi-dub"} for number in range(5)} | {"Good": {"dub"}}


def test_mode_two_forgets_no_movie_whose_file_is_odd(prey: "Prey"):
    """Nobody knows what its own NFO is called, so what was written there is known for the next try."""
    prey.defaults["add_tag_to_genre"] = True
    prey.shelf.movie("Film", DUBBED)
    prey.shelf.movie("Other", DUBBED)
    nfo = prey.shelf.movies / "Film" / "Film.nfo"
    nfo.write_text("<movie>\n  <title>A</title>\n</movie>\n")
    before = nfo.read_text()
    prey.scan()
    assert "<genre>Dub</genre>" in nfo.read_text()
    prey.radarr.bends["/movie"] = bent(1, {"movieFile": 5})
    prey.scan(mode=Mode.REMOVE)
    assert prey.tags() == {"Film": set(), "Other": set()}
    assert set(prey.records("films")) == {1}
    del prey.radarr.bends["/movie"]
    prey.scan(mode=Mode.REMOVE)
    assert (nfo.read_text(), prey.records("films")) == (before, {})


def test_a_folders_name_that_an_odd_title_shares_is_nobodys(prey: "Prey"):
    """A title from elsewhere is not taken for the one of that name, whose row is odd at the moment."""
    prey.shelf.series("Show", {"Season 01/S01E01.mkv": DUBBED})
    other = prey.sonarr.add_series("Other", "/elsewhere/Show")
    prey.sonarr.add_episode_file(other, "Season 01/S01E01.mkv", season=1, episodes=[1], size=5)
    prey.shelf.series("Third", {"Season 01/S01E01.mkv": DUBBED})
    prey.roots["tv"] = str(prey.shelf.tv)
    assert prey.scan().instances["tv"].items == 2
    prey.sonarr.bends["/series"] = bent(1, {"path": None})
    assert prey.scan().instances["tv"].items == 1
    assert prey.tags() == {"Show": {"dub"}, "Other": set(), "Third": {"dub"}}
