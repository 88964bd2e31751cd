"""An arr that lies: broken rows, ids given anew, paths that lead elsewhere."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from taggarr.simulator.collection import audio

if TYPE_CHECKING:
    from conftest import Prey

DUBBED = audio("jpn", "eng")
MOVIE = "<movie>\n  <title>A</title>\n</movie>\n"
TAGGED = "<movie>\n  <title>A</title>\n  <tag>dub</tag>\n</movie>\n"
HUGE = 1 << 64


def changed(**values: Any) -> Any:
    """A bend that puts `values` into every row."""
    return lambda rows: [row | values for row in rows]


@pytest.mark.parametrize(
    ("path", "bend"),
    [
        ("/series", changed(id=HUGE)),
        ("/series", changed(tags=[HUGE])),
        ("/series", lambda _: b'[{"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}]"),
    ],
)
def test_what_no_arr_sends_fails_its_instance_alone(prey: "Prey", path: str, bend: Any):
    """Numbers that no database takes and nesting that no decoder takes are a wrong answer of that arr."""
    prey.shelf.series("Show", {"Season 01/S01E01.mkv": DUBBED}, tags=["mine", "semi-dub"])
    prey.shelf.movie("Film", DUBBED)
    prey.sonarr.bends[path] = bend
    summary = prey.scan()
    assert summary.instances["tv"].error is not None
    assert summary.instances["tv"].error[0] == "protocol"
    assert summary.instances["films"].error is None
    assert prey.tags() == {"Show": {"mine", "semi-dub"}, "Film": {"dub"}}


@pytest.mark.parametrize("bend", [changed(id=-HUGE), changed(size=HUGE), changed(seasonNumber=HUGE)])
def test_a_list_of_files_that_no_arr_sends_leaves_its_title_unknown(prey: "Prey", bend: Any):
    """It keeps its tags and is named; the instance goes on."""
    prey.shelf.series("Show", {"Season 01/S01E01.mkv": DUBBED}, tags=["mine", "semi-dub"])
    prey.sonarr.bends["/episodefile"] = bend
    summary = prey.scan().instances["tv"]
    assert summary.error is None
    assert [title for title, _ in summary.attention] == ["Show"]
    assert prey.tags() == {"Show": {"mine", "semi-dub"}}


def test_an_item_that_is_listed_twice_counts_once(prey: "Prey"):
    """A doubled row of a list changes nothing: one item, one change each for the tag and the NFO."""
    prey.shelf.movie("Film", DUBBED, nfo=MOVIE)
    prey.radarr.bends["/movie"] = lambda rows: rows * 2
    films = prey.scan().instances["films"]
    assert (films.error, films.items, films.planned, films.applied) == (None, 1, 2, 2)
    assert [change.outcome is not None for change in prey.history()] == [True, True]


def test_file_ids_that_a_restored_arr_gives_anew_take_nothing_from_another_item(prey: "Prey"):
    """A series whose list did not change keeps its files, whoever has their old ids now."""
    episodes = {f"Season 01/S01E0{number}.mkv": DUBBED for number in (1, 2)}
    prey.shelf.series("A", episodes)
    second = prey.shelf.series("B", episodes)
    prey.scan()
    anew = {1: 3, 2: 4, 3: 1, 4: 2}
    prey.sonarr.bends["/episodefile"] = lambda rows: [row | {"id": anew.get(row["id"], 9)} for row in rows]
    prey.shelf.episode(second, prey.shelf.tv / "B", "Season 01/S01E03.mkv", DUBBED)
    for _ in range(3):
        prey.scan()
    assert prey.tags() == {"A": {"dub"}, "B": {"dub"}}


def test_two_titles_with_one_video_file_share_its_nfo(prey: "Prey"):
    """One NFO has one writer: the first title's verdict is written, and no second scan changes it back."""
    prey.shelf.movie("Film", DUBBED, nfo=MOVIE)
    prey.shelf.movie("Twin", DUBBED)
    (prey.shelf.movies / "Film" / "Film.nfo").write_text(MOVIE, "utf-8")

    def together(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        for row in rows:
            row["path"] = str(prey.shelf.movies / "Film")
            row["movieFile"] |= {"path": f"{row['path']}/Film.mkv", "relativePath": "Film.mkv"}
        rows[1]["originalLanguage"] = {"id": 1, "name": "English"}
        return rows

    prey.radarr.bends["/movie"] = together
    films = prey.scan().instances["films"]
    assert (films.error, films.planned, films.applied) == (None, 3, 3)
    assert prey.scan().instances["films"].planned == 0
    assert (prey.shelf.movies / "Film" / "Film.nfo").read_text("utf-8") == TAGGED


@pytest.mark.parametrize("relative", ["../../outside/v.mkv", "{outside}/v.mkv", "", "."])
def test_a_video_outside_the_folder_of_its_movie_brings_no_nfo(prey: "Prey", relative: str):
    """Only an NFO inside an item's folder is the item's, wherever the arr says that the video lies."""
    outside = prey.folder / "outside"
    outside.mkdir()
    (outside / "v.nfo").write_text(MOVIE, "utf-8")
    prey.shelf.movie("Film", DUBBED, nfo=MOVIE)
    (outside / "v.mkv").write_bytes((prey.shelf.movies / "Film" / "Film.mkv").read_bytes())
    beside = prey.shelf.movies / "Film.nfo"
    beside.write_text(MOVIE, "utf-8")
    relative = relative.format(outside=outside)

    def elsewhere(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        path = relative if relative.startswith("/") else f"{rows[0]['path']}/{relative}"
        rows[0]["movieFile"] |= {"path": path, "relativePath": relative}
        return rows

    prey.radarr.bends["/movie"] = elsewhere
    prey.scan()
    assert (outside / "v.nfo").read_text("utf-8") == MOVIE
    assert beside.read_text("utf-8") == MOVIE


@pytest.mark.parametrize("path", ["", "C:\\Movies\\Film", "Film"])
def test_a_folder_that_is_no_whole_path_has_no_nfo(
    prey: "Prey", tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
):
    """What lies in the folder that Taggarr was started in is nobody's NFO."""
    prey.shelf.movie("Film", DUBBED)
    start = tmp_path / "start"
    for folder in (start, start / "Film", start / "C:" / "Movies" / "Film"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "movie.nfo").write_text(MOVIE, "utf-8")
    monkeypatch.chdir(start)
    prey.radarr.bends["/movie"] = changed(path=path)
    assert prey.scan().instances["films"].error is None
    assert {nfo.read_text("utf-8") for nfo in start.rglob("movie.nfo")} == {MOVIE}
