"""Where audio languages come from: the files, the arr, or both."""

from typing import TYPE_CHECKING, Any

import pytest

from taggarr.simulator.collection import audio, write
from taggarr.simulator.media import Track

if TYPE_CHECKING:
    from conftest import House

DUBBED, ORIGINAL = audio("jpn", "eng"), audio("jpn")
COMMENTARY = [*ORIGINAL, Track("audio", "eng", title="Commentary")]


def test_the_arr_alone_needs_no_media(house: "House") -> None:
    """`audio_source: arr`: nothing is mounted here, and Radarr's one list is enough."""
    house.defaults["audio_source"] = "arr"
    cases: dict[str, tuple[Any, int | None, set[str]]] = {
        "Dub": ("jpn/eng", None, {"dub"}),
        "Original": ("jpn", None, set()),
        "Wrong": ("jpn/ger", None, {"wrong-dub"}),
        "Bibliographic": ("jpn/eng/fre", None, {"dub"}),
        "One of two untagged": ("eng", 2, {"dub"}),
        "All untagged": ("", 2, set()),
        "Without media info": (None, None, {"semi-dub"}),
        "Without audio": ("", 0, {"semi-dub"}),
        "Only und": ("und", None, set()),
        "Und beside": ("und/ger", None, {"wrong-dub"}),
    }
    for title, (languages, streams, tags) in cases.items():
        known = ["semi-dub"] if tags == {"semi-dub"} else []
        movie = house.radarr.add_movie(title, f"/nowhere/{title}", tags=known)
        house.radarr.set_movie_file(movie, f"{title}.mkv", audio_languages=languages, audio_streams=streams)
        series = house.sonarr.add_series(f"{title}, the series", f"/nowhere/{title}", tags=known)
        house.sonarr.add_episode_file(series, "S01E01.mkv", audio_languages=languages, audio_streams=streams)
    summary = house.scan().instances
    assert house.tags() == {title: tags for title, (_, _, tags) in cases.items()} | {
        f"{title}, the series": tags for title, (_, _, tags) in cases.items()
    }
    assert [one.files_read for one in summary.values()] == [0, 0]
    assert house.asked("films")[:4] == ["system/status", "tag", "movie", "language"]
    assert house.asked("tv").count("episodefile") == len(cases)
    house.forget_requests()
    again = house.scan().instances
    assert [one.requests for one in again.values()] == [4, 4]
    assert [one.planned for one in again.values()] == [0, 0]


def test_arr_data_that_change_are_noticed(house: "House") -> None:
    """The arr read the file again: its size changed, so its list is asked for."""
    house.defaults["audio_source"] = "arr"
    series = house.sonarr.add_series("Show", "/nowhere/Show")
    file = house.sonarr.add_episode_file(series, "S01E01.mkv", audio_languages="jpn")
    house.scan()
    house.sonarr.reprobe_file(file, size=2_000_000, audio_languages="jpn/eng")
    house.scan()
    assert house.tags()["Show"] == {"dub"}


@pytest.mark.parametrize(
    ("content", "name", "source", "size", "tags"),
    [
        (COMMENTARY, "a.mkv", "files", None, set()),
        (COMMENTARY, "a.mkv", "auto", None, set()),
        (COMMENTARY, "a.mkv", "arr", None, {"dub"}),
        (b"", "a.mkv", "auto", 0, {"semi-dub"}),
        (b"\x1a\x45\xdf\xa3half", "a.mkv", "auto", None, {"semi-dub"}),
        (DUBBED, "a.iso", "auto", None, {"dub"}),
        (DUBBED, "a.iso", "files", None, {"semi-dub"}),
        (b"http://192.0.2.1/x\n", "a.strm", "auto", None, {"dub"}),
        (b"http://192.0.2.1/x\n", "a.strm", "auto", 77_777, {"semi-dub"}),
        (None, "a.mkv", "auto", None, {"dub"}),
        (None, "a.mkv", "files", None, {"semi-dub"}),
    ],
    ids=[
        "the file is the better witness",
        "also under auto",
        "the arr cannot tell a commentary",
        "an empty file is damaged",
        "a damaged file stays unread",
        "nobody reads a disc image",
        "and files alone say nothing",
        "nobody opens a stream",
        "unless the arr speaks of another size",
        "what is not here",
        "stays unknown to files alone",
    ],
)
def test_which_source_stands(
    house: "House", content: Any, name: str, source: str, size: int | None, tags: set[str]
) -> None:
    """A movie that carries semi-dub and of which the arr says jpn/eng, by what lies on the disk."""
    house.defaults["audio_source"] = source
    folder = house.shelf.movies / "Film"
    on_disk = 1_000_000 if content is None else write(folder / name, content)
    movie = house.radarr.add_movie("Film", str(folder), tags=["semi-dub"])
    house.radarr.set_movie_file(
        movie, name, size=on_disk if size is None else size, audio_languages="jpn/eng"
    )
    house.scan()
    assert house.tags()["Film"] == tags


def test_what_was_heard_stands_before_the_arrs_word(house: "House") -> None:
    """The share is away: the file's own answer of yesterday knows the commentary, the arr does not."""
    house.shelf.movie("Film", COMMENTARY)
    house.scan()
    (house.shelf.movies / "Film" / "Film.mkv").unlink()
    assert house.scan().instances["films"].verdicts["original"] == 1
    assert house.tags()["Film"] == set()
    # Another file of the arr's is another story.
    house.radarr.set_movie_file(1, "Film.mkv", size=5_000_000, audio_languages="jpn/eng")
    house.scan()
    assert house.tags()["Film"] == {"dub"}


def test_an_instance_may_take_another_source(house: "House") -> None:
    """The arr's word for what is far away, the files for what is here."""
    house.instances["films"]["audio_source"] = "arr"
    house.shelf.movie("Film", COMMENTARY)
    house.shelf.series("Show", {"Season 01/S01E01.mkv": COMMENTARY})
    house.scan()
    assert house.tags() == {"Film": {"dub"}, "Show": set()}


def test_a_link_that_leads_nowhere_is_told_from_a_file_that_is_not_there(house: "House") -> None:
    """Both are missing; what to do about them is not the same."""
    house.defaults["audio_source"] = "files"
    for title in ("Gone", "Linked"):
        house.shelf.movie(title, DUBBED)
        (house.shelf.movies / title / f"{title}.mkv").unlink()
    (house.shelf.movies / "Linked" / "Linked.mkv").symlink_to(house.folder / "nowhere.mkv")
    reasons = dict(house.scan("films").instances["films"].attention)
    assert "there is no such file" in reasons["Gone"]
    assert "its link leads to a file that is not there" in reasons["Linked"]
