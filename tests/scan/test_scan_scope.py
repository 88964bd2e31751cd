"""What a scan looks at: roots, mappings, folder names, exclusions, genres, profiles, names, instances."""

import os
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from taggarr.core import media
from taggarr.core.errors import NotFound
from taggarr.core.media import Stat
from taggarr.probe.disk import LocalDisk
from taggarr.simulator import RadarrSimulator
from taggarr.simulator.collection import audio, write

if TYPE_CHECKING:
    from conftest import House

DUBBED, ORIGINAL = audio("jpn", "eng"), audio("jpn")


def series(
    house: "House", title: str, path: str, folder: Path, *, content: Any = DUBBED, **listed: Any
) -> int:
    """A series that lies in `folder` here, while the arr calls its folder `path`."""
    number = house.sonarr.add_series(title, path, **listed)
    size = write(folder / "Season 01" / "S01E01.mkv", content)
    house.sonarr.add_episode_file(number, "Season 01/S01E01.mkv", size=size, audio_languages="jpn")
    return number


def tagged(house: "House") -> dict[str, set[str]]:
    """The tags of all titles after a scan of Sonarr, which must not fail."""
    summary = house.scan("tv").instances["tv"]
    assert (summary.error, summary.failed) == (None, 0)
    return house.tags()


# Where things lie


def test_a_path_mapping_leads_from_the_arrs_folders_to_ours(house: "House") -> None:
    """The arr runs in a container and calls its folder /data/tv."""
    house.instances["tv"]["path_mappings"] = [{"arr": "/data/tv", "local": str(house.shelf.tv)}]
    series(house, "Mapped", "/data/tv/Mapped", house.shelf.tv / "Mapped")
    assert tagged(house) == {"Mapped": {"dub"}}
    assert house.records("tv")["Mapped"].local == str(house.shelf.tv / "Mapped")


def test_an_arr_on_windows_is_mapped(house: "House") -> None:
    """Backslashes, a drive letter, and another case in the configuration."""
    house.instances["tv"]["path_mappings"] = [{"arr": "d:/media", "local": str(house.shelf.tv)}]
    series(house, "Fenster", "D:\\Media\\TV\\Fenster", house.shelf.tv / "TV" / "Fenster")
    assert tagged(house) == {"Fenster": {"dub"}}


def test_the_longest_mapping_wins(house: "House") -> None:
    """One folder of the arr may lie elsewhere than the one around it."""
    house.instances["tv"]["path_mappings"] = [
        {"arr": "/data", "local": str(house.shelf.tv / "rest")},
        {"arr": "/data/anime", "local": str(house.shelf.tv / "anime")},
    ]
    series(house, "Anime", "/data/anime/Anime", house.shelf.tv / "anime" / "Anime")
    series(house, "Rest", "/data/Rest", house.shelf.tv / "rest" / "Rest", content=ORIGINAL)
    assert tagged(house) == {"Anime": {"dub"}, "Rest": set()}


def test_only_items_below_the_roots_are_in_scope(house: "House") -> None:
    """One Sonarr with two root folders: an instance for one of them leaves the other alone."""
    anime, other = house.shelf.tv / "anime", house.shelf.tv / "other"
    house.instances["tv"]["root_path"] = str(anime)
    series(house, "In", str(anime / "In"), anime / "In")
    series(house, "Out", str(other / "Out"), other / "Out", tags=["semi-dub"])
    assert tagged(house) == {"In": {"dub"}, "Out": {"semi-dub"}}
    assert set(house.records("tv")) == {"In"}


def test_an_instance_may_have_several_roots(house: "House") -> None:
    """A root may be written as the arr names it or as this machine does."""
    one, two = house.shelf.tv / "one", house.shelf.tv / "two"
    house.instances["tv"]["root_paths"] = [str(one), str(two)]
    house.instances["tv"]["path_mappings"] = [{"arr": "/two", "local": str(two)}]
    series(house, "First", str(one / "First"), one / "First")
    series(house, "Second", "/two/Second", two / "Second")
    series(house, "Third", str(house.shelf.tv / "Third"), house.shelf.tv / "Third")
    assert tagged(house) == {"First": {"dub"}, "Second": {"dub"}, "Third": set()}


def test_one_arr_may_serve_two_instances(house: "House") -> None:
    """The same address with two roots: each item is judged by the instance that holds it."""
    one, two = house.shelf.tv / "one", house.shelf.tv / "two"
    base = house.instances.pop("tv")
    house.instances["english"] = base | {"root_path": str(one)}
    house.instances["german"] = base | {"root_path": str(two), "target_languages": ["de"]}
    series(house, "First", str(one / "First"), one / "First")
    series(house, "Second", str(two / "Second"), two / "Second")
    house.scan("english", "german")
    assert house.tags() == {"First": {"dub"}, "Second": {"wrong-dub"}}
    house.scan("english", "german")
    assert set(house.records("english")) == {"First"}
    assert set(house.records("german")) == {"Second"}


class TestByFolderName:
    """The last resort: the arr's whole path means nothing here, and no mapping is given."""

    @pytest.fixture
    def unmapped(self, house: "House") -> "House":
        house.instances["tv"]["root_paths"] = [str(house.shelf.tv / "a"), str(house.shelf.tv / "b")]
        house.defaults["audio_source"] = "files"
        (house.shelf.tv / "b").mkdir()
        return house

    def test_the_folder_of_that_name_is_taken(self, unmapped: "House") -> None:
        """Exactly one folder below the roots has the name."""
        series(unmapped, "Show", "/container/Show", unmapped.shelf.tv / "a" / "Show")
        assert tagged(unmapped) == {"Show": {"dub"}}

    def test_an_arr_on_windows_needs_no_mapping(self, unmapped: "House") -> None:
        """Its paths mean nothing here, but the name of the folder does."""
        series(unmapped, "Fenster", "D:\\TV\\Fenster", unmapped.shelf.tv / "b" / "Fenster")
        assert tagged(unmapped) == {"Fenster": {"dub"}}

    def test_no_folder_of_that_name_is_out_of_scope(self, unmapped: "House") -> None:
        """It lies nowhere below the roots, so it is not this instance's."""
        series(unmapped, "Show", "/container/Show", unmapped.shelf.tv / "c" / "Show", tags=["dub"])
        assert tagged(unmapped) == {"Show": {"dub"}}
        assert unmapped.records("tv") == {}

    def test_where_nobody_can_look_nothing_is_guessed(self, unmapped: "House") -> None:
        """A share that hangs may hold the folder of that name: the other one is not taken for it."""
        series(unmapped, "Show", "/container/Show", unmapped.shelf.tv / "a" / "Show")
        answer = threading.Event()

        class Hanging(LocalDisk):
            def is_folder(self, path: str) -> bool:
                return answer.wait() if path.startswith("/container") else super().is_folder(path)

        unmapped.disk, unmapped.deadline_s = Hanging(), 0.2
        assert tagged(unmapped) == {"Show": set()}
        answer.set()
        unmapped.disk = LocalDisk()
        assert tagged(unmapped) == {"Show": {"dub"}}

    def test_two_folders_of_that_name_are_none(self, unmapped: "House") -> None:
        """Ambiguity is not solved by taking the first."""
        series(unmapped, "Show", "/container/Show", unmapped.shelf.tv / "a" / "Show", tags=["semi-dub"])
        write(unmapped.shelf.tv / "b" / "Show" / "Season 01" / "S01E01.mkv", ORIGINAL)
        assert tagged(unmapped) == {"Show": {"semi-dub"}}
        assert unmapped.scan("tv").instances["tv"].items == 0

    def test_two_items_of_that_name_are_none(self, unmapped: "House") -> None:
        """Twins in the arr: neither may get the other's files."""
        series(unmapped, "One", "/container/x/Show", unmapped.shelf.tv / "a" / "Show")
        series(unmapped, "Two", "/container/y/show", unmapped.shelf.tv / "a" / "Show")
        assert tagged(unmapped) == {"One": set(), "Two": set()}

    def test_a_folder_at_the_whole_path_comes_first(self, unmapped: "House") -> None:
        """What lies where the arr says, outside the roots, is out of scope; its namesake below them is another."""
        elsewhere = unmapped.shelf.tv / "elsewhere" / "Show"
        series(unmapped, "Show", str(elsewhere), elsewhere)
        write(unmapped.shelf.tv / "a" / "Show" / "Season 01" / "S01E01.mkv", ORIGINAL)
        assert tagged(unmapped) == {"Show": set()}
        assert unmapped.scan("tv").instances["tv"].items == 0

    def test_what_was_found_so_is_not_forgotten_while_it_is_away(self, unmapped: "House") -> None:
        """An unmounted share takes neither the tag nor the memory; mounted again, nothing is read again."""
        root = unmapped.shelf.tv / "a"
        series(unmapped, "Show", "/container/Show", root / "Show")
        tagged(unmapped)
        root.rename(root.with_name("away"))
        assert tagged(unmapped) == {"Show": {"dub"}}
        assert unmapped.records("tv")["Show"].local == str(root / "Show")
        root.with_name("away").rename(root)
        back = unmapped.scan("tv").instances["tv"]
        assert (back.files_read, back.planned, back.attention) == (0, 0, [])

    def test_what_was_moved_to_another_root_is_found_there(self, unmapped: "House") -> None:
        """Exactly one folder has the name again: another one than before."""
        series(unmapped, "Show", "/container/Show", unmapped.shelf.tv / "a" / "Show")
        tagged(unmapped)
        (unmapped.shelf.tv / "a" / "Show").rename(unmapped.shelf.tv / "b" / "Show")
        assert unmapped.scan("tv").instances["tv"].files_read == 0
        assert unmapped.records("tv")["Show"].local == str(unmapped.shelf.tv / "b" / "Show")

    def test_what_became_ambiguous_is_left_alone(self, unmapped: "House") -> None:
        """A second folder of the name turns up: the tag stays, and nothing is forgotten."""
        series(unmapped, "Show", "/container/Show", unmapped.shelf.tv / "a" / "Show")
        tagged(unmapped)
        write(unmapped.shelf.tv / "b" / "Show" / "Season 01" / "S01E01.mkv", ORIGINAL)
        assert tagged(unmapped) == {"Show": {"dub"}}
        assert set(unmapped.records("tv")) == {"Show"}

    def test_a_root_that_is_named_no_more_is_forgotten(self, unmapped: "House") -> None:
        """The configuration put it out of scope: that is no accident, so it leaves the memory."""
        series(unmapped, "Show", "/container/Show", unmapped.shelf.tv / "a" / "Show")
        tagged(unmapped)
        unmapped.instances["tv"]["root_paths"] = [str(unmapped.shelf.tv / "b")]
        assert tagged(unmapped) == {"Show": {"dub"}}
        assert unmapped.records("tv") == {}


# What is left out


@pytest.mark.parametrize(
    ("exclude", "reason"),
    [
        ({"tags": ["Leave-Me"]}, "it carries the tag “Leave-Me”"),
        ({"series_types": ["anime"]}, "its series type is “anime”"),
        ({"genres": ["drama"]}, "it is of the genre “drama”"),
        ({"titles": ["left OUT"]}, "its title is “left OUT”"),
        ({"unmonitored": True}, "it is not monitored"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_is_excluded_is_left_alone(house: "House", exclude: dict[str, Any], reason: str) -> None:
    """An excluded item keeps its labels, and neither its list nor its files are looked at."""
    house.defaults["exclude"] = exclude
    odd = {"tags": ["leave-me", "wrong-dub"], "series_type": "anime", "genres": ["Drama"], "monitored": False}
    house.shelf.series("Left out", {"Season 01/S01E01.mkv": DUBBED}, **odd)
    house.shelf.series("Kept", {"Season 01/S01E01.mkv": DUBBED}, tags=["wrong-dub"])
    summary = house.scan(inspect=True).instances["tv"]
    assert house.tags() == {"Left out": {"leave-me", "wrong-dub"}, "Kept": {"dub"}}
    assert (summary.items, summary.files_read) == (1, 1)
    assert house.asked("tv").count("episodefile") == 1
    assert [one.excluded.reason for one in summary.inspections if one.item.title == "Left out"] == [reason]
    record = house.records("tv")["Left out"]
    assert (record.verdict, record.reason) == (None, reason)


def test_the_genre_filter_takes_the_arrs_genres_and_the_nfos(house: "House") -> None:
    """An NFO only ever adds a genre, and is never required."""
    house.defaults["target_genre"] = "anime"
    nfo = "<tvshow><title>A</title><genre>Anime</genre></tvshow>"
    episodes = {"Season 01/S01E01.mkv": DUBBED}
    house.shelf.series("By the arr", episodes, genres=["Anime"])
    house.shelf.series("By its NFO", episodes, genres=["Drama"], nfo=nfo)
    house.shelf.series("Neither", episodes, genres=["Drama"], nfo=nfo.replace("Anime", "Crime"))
    house.shelf.series("Broken NFO", episodes, nfo="<tvshow><genre>Anime")
    movie = "<movie><title>A</title><genre>Anime</genre></movie>"
    house.shelf.movie("By movie.nfo", DUBBED, nfo=movie)
    house.shelf.movie("By its own NFO", DUBBED)
    (house.shelf.movies / "By its own NFO" / "By its own NFO.nfo").write_text(movie)
    house.shelf.movie("Other", DUBBED, tags=["semi-dub"])
    house.scan()
    assert house.tags() == {
        "By the arr": {"dub"},
        "By its NFO": {"dub"},
        "Neither": set(),
        "Broken NFO": set(),
        "By movie.nfo": {"dub"},
        "By its own NFO": {"dub"},
        "Other": {"semi-dub"},
    }


@pytest.mark.parametrize("write_nfo", ["auto", "never"])
def test_the_genre_filter_reads_an_nfo_once(house: "House", write_nfo: str) -> None:
    """An NFO whose time and size are as they were is not read again, whether or not its title is left out."""
    house.defaults |= {"target_genre": "anime", "write_nfo": write_nfo}
    nfo = "<tvshow><title>A</title><genre>{}</genre></tvshow>"
    for title, genre in (("In", "Anime"), ("Out", "Crime")):
        house.shelf.series(title, {"Season 01/S01E01.mkv": DUBBED}, nfo=nfo.format(genre))
    summary = house.scan("tv").instances["tv"]
    assert (summary.items, house.tags()) == (1, {"In": {"dub"}, "Out": set()})
    path = house.shelf.tv / "Out" / "tvshow.nfo"
    seen = path.stat()
    path.write_text(nfo.format("Anime"))
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert house.scan("tv").instances["tv"].items == 1
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns + 1))
    assert house.scan("tv").instances["tv"].items == 2
    assert house.tags()["Out"] == {"dub"}
    assert ("<tag>dub</tag>" in path.read_text()) is (write_nfo == "auto")


def test_an_nfo_that_cannot_be_read_is_read_again(
    open_house: "House", ordinary: Callable[[], AbstractContextManager[None]]
) -> None:
    """Of what is kept of NFO files, nothing says that this one holds no genre: a permission shows in no file time."""
    open_house.defaults["target_genre"] = "anime"
    nfo = "<movie><title>A</title><genre>Anime</genre></movie>"
    open_house.shelf.movie("Film", DUBBED, nfo=nfo)
    path = open_house.shelf.movies / "Film" / "movie.nfo"
    path.chmod(0o000)
    with ordinary():
        films = open_house.scan("films").instances["films"]
    assert (films.items, "could not be read" in films.notes[0]) == (0, True)
    path.chmod(0o644)
    with ordinary():
        assert open_house.scan("films").instances["films"].items == 1


def test_the_genre_filter_takes_no_nfo_from_its_writer(house: "House") -> None:
    """Two instances hold one folder; the one that leaves its titles out forgets nothing for the one that writes."""
    house.shelf.movie("Film", DUBBED, nfo="<movie><title>A</title><genre>Crime</genre></movie>")
    house.instances["films"]["add_tag_to_genre"] = True
    folder = house.shelf.movies / "Film"
    path = folder / "movie.nfo"
    with RadarrSimulator() as second:
        movie = second.add_movie("Film", str(folder))
        second.set_movie_file(movie, "Film.mkv", size=(folder / "Film.mkv").stat().st_size)
        address = {"url": second.url, "api_key": second.api_key}
        house.instances["other"] = {"type": "radarr", "target_genre": "anime", **address}
        for name in ("films", "other"):
            house.scan(name)
        assert "<genre>Dub</genre>" in path.read_text()
        path.write_text(path.read_text().replace("<title>A<", "<title>AB<"))
        for name in ("other", "films", "other"):
            house.scan(name)
    write(folder / "Film.mkv", audio("jpn"))
    house.scan("films")
    assert "<genre>Dub</genre>" not in path.read_text()


class WithoutNfos(LocalDisk):
    """A disk on which no NFO can be looked at."""

    def stat(self, path: str) -> Stat | media.Unreadable:
        return (
            media.Unreadable("it is away", media.Cause.FAILED)
            if path.endswith(".nfo")
            else super().stat(path)
        )


def test_a_genre_that_nobody_can_read_is_not_taken_for_none(house: "House") -> None:
    """What is known of the title stays; what is left out for another reason is still left out for that."""
    house.defaults |= {"target_genre": "anime", "exclude": {"titles": ["Excluded"]}}
    nfo = "<tvshow><title>A</title><genre>Anime</genre></tvshow>"
    house.shelf.series("By its NFO", {"Season 01/S01E01.mkv": DUBBED}, nfo=nfo)
    house.shelf.series("Excluded", {}, nfo=nfo)
    house.scan("tv")
    before = house.records("tv")
    house.disk = WithoutNfos()
    tv = house.scan("tv").instances["tv"]
    assert (tv.items, tv.planned) == (0, 0)
    assert tv.notes[0].startswith(
        "the target genre may stand in NFO files that could not be read, so their titles are left alone: 1, the "
        "first: By its NFO. "
    )
    assert house.records("tv") == before
    assert before["By its NFO"].verdict == "dub"


def test_profiles_apply_in_their_order_over_the_instance(house: "House") -> None:
    """The first profile that matches decides, by tag, type, genre or root; what it leaves open is the instance's."""
    episodes = {"Season 01/S01E01.mkv": audio("jpn", "ger")}
    house.defaults["tags"] = {"dub": "dubbed"}
    house.profiles = {
        "tagged": {"match": {"arr_tags": ["german"]}, "target_languages": ["de"], "tags": {"dub": "deutsch"}},
        "anime": {"match": {"series_types": ["anime"], "genres": ["Animation"]}, "target_languages": ["de"]},
        "root": {"match": {"roots": [str(house.shelf.tv / "de")]}, "target_languages": ["de"]},
    }
    house.shelf.series("By tag", episodes, tags=["german"])
    house.shelf.series("By type and genre", episodes, series_type="anime", genres=["animation"])
    house.shelf.series("By type alone", episodes, series_type="anime")
    series(
        house,
        "By root",
        str(house.shelf.tv / "de" / "By root"),
        house.shelf.tv / "de" / "By root",
        content=audio("jpn", "ger"),
    )
    house.shelf.series("By none", episodes, tags=["deutsch"])
    assert tagged(house) == {
        "By tag": {"german", "deutsch"},
        "By type and genre": {"dubbed"},
        "By type alone": {"wrong-dub"},
        "By root": {"dubbed"},
        "By none": {"wrong-dub"},
    }


# What is asked for


@pytest.mark.parametrize(
    "name", ["Second", "second", "Second (2021)", "2", "{tv}/Second", "{tv}/Second/Season 01/S01E01.mkv"]
)
def test_single_items_are_found_by_title_path_or_id(house: "House", name: str) -> None:
    """Only what is named is asked for, read and changed, and nothing is forgotten of the others."""
    for title in ("First", "Second", "Third"):
        house.shelf.series(title, {"Season 01/S01E01.mkv": DUBBED}, year=2021)
    summary = house.scan("tv", items=(name.format(tv=house.shelf.tv),)).instances["tv"]
    assert (summary.items, summary.files_read) == (1, 1)
    assert house.tags() == {"First": set(), "Second": {"dub"}, "Third": set()}
    assert house.asked("tv").count("episodefile") == 1
    assert house.asked("tv").count("episode") == 1, "for single items, the arr names the episodes"
    house.scan("tv")
    house.scan("tv", items=("Third",))
    assert set(house.records("tv")) == {"First", "Second", "Third"}


def test_names_that_mean_nothing_are_told_with_what_is_near(house: "House") -> None:
    """A typing error gets a suggestion, an item outside the roots its reason."""
    inside, outside = house.shelf.tv / "in", house.shelf.tv / "out"
    house.instances["tv"]["root_path"] = str(inside)
    series(house, "Cowboy", str(inside / "Cowboy"), inside / "Cowboy")
    series(house, "Outlaw", str(outside / "Outlaw"), outside / "Outlaw")
    summary = house.scan("tv", items=("Cowboi", "Outlaw", "Cowboy")).instances["tv"]
    assert summary.unknown == {"Cowboi": ["Cowboy (2020)"]}
    (outlaw,) = summary.inspections
    assert outlaw.excluded.reason == f"its folder {outside / 'Outlaw'} is in none of the configured roots"


def test_an_instance_that_is_turned_off_is_not_asked(house: "House") -> None:
    """Its labels stay, until write mode 2 is asked for."""
    house.shelf.series("Show", {"Season 01/S01E01.mkv": DUBBED}, tags=["wrong-dub"])
    house.shelf.movie("Film", DUBBED)
    house.instances["tv"]["enabled"] = False
    house.scan()
    assert house.asked("tv") == []
    assert house.tags() == {"Show": {"wrong-dub"}, "Film": {"dub"}}
    house.scan("tv", "films", mode=2)
    assert house.tags() == {"Show": set(), "Film": set()}


def test_an_instance_that_nobody_knows_is_an_error(house: "House") -> None:
    """A name that the configuration does not have is refused before anything is asked."""
    with pytest.raises(NotFound, match="tv, films"):
        house.scan("movies")
    assert house.asked("films") == []


def test_the_summary_is_in_the_order_of_the_configuration(house: "House") -> None:
    """However the instances are named on the command line."""
    assert list(house.scan("films", "tv").instances) == ["tv", "films"]
