"""One NFO has one writer, whichever paths lead to it, and whoever that is."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from taggarr.probe.disk import LocalDisk
from taggarr.simulator import SonarrSimulator
from taggarr.simulator.collection import audio, write

if TYPE_CHECKING:
    from conftest import House

DUBBED = audio("jpn", "eng")
TVSHOW = "<tvshow>\n  <title>A</title>\n</tvshow>\n"
TAGGED = "<tvshow>\n  <title>A</title>\n  <tag>dub</tag>\n</tvshow>\n"
GENRE = "<tvshow>\n  <title>A</title>\n  <tag>dub</tag>\n  <genre>Dub</genre>\n</tvshow>\n"
MOVIE = "<movie>\n  <title>A</title>\n</movie>\n"


def _dots(house: "House") -> Path:
    (house.shelf.tv / "Dark").mkdir()
    return house.shelf.tv / "Dark" / ".." / "Ok"


def _dots_last(house: "House") -> Path:
    (house.shelf.tv / "Ok" / "Season 01").mkdir(parents=True)
    return house.shelf.tv / "Ok" / "Season 01" / ".."


def _linked_folder(house: "House") -> Path:
    (house.shelf.tv / "Linked").symlink_to("Ok")
    return house.shelf.tv / "Linked"


def _linked_root(house: "House") -> Path:
    (house.folder / "also").symlink_to(house.shelf.tv)
    return house.folder / "also" / "Ok"


def _linked_twice(house: "House") -> Path:
    (house.folder / "also").symlink_to(house.shelf.tv)
    (house.shelf.tv / "Linked").symlink_to(house.folder / "also" / "Ok")
    return house.folder / "also" / "Linked"


WAYS = [_dots, _dots_last, _linked_folder, _linked_root, _linked_twice]
Way = Callable[["House"], Path]


def both(house: "House", way: Way, first: str = "alias", **arrs: SonarrSimulator) -> None:
    """`Ok`, a dub, and the same folder by another path, whose original says that it is none; `first` has id 1."""
    alias = way(house)
    titles = {"plain": ("Dub", house.shelf.tv / "Ok", "Japanese"), "alias": ("Original", alias, "English")}
    for name in sorted(titles, key=first.__ne__):
        title, path, original = titles[name]
        arr = arrs.get(name, house.sonarr)
        number = arr.add_series(title, str(path), original=original)
        size = write(house.shelf.tv / "Ok" / "Season 01" / "S01E01.mkv", DUBBED)
        arr.add_episode_file(number, "Season 01/S01E01.mkv", season=1, episodes=[1], size=size)
    (house.shelf.tv / "Ok" / "tvshow.nfo").write_text(TVSHOW)


def nfo(house: "House") -> str:
    return (house.shelf.tv / "Ok" / "tvshow.nfo").read_text()


@pytest.mark.parametrize("first", ["plain", "alias"])
@pytest.mark.parametrize("way", WAYS)
def test_one_folder_by_two_paths_has_one_writer(house: "House", way: Way, first: str) -> None:
    """The title with the lower id writes, the other leaves the NFO alone and says so, and a rerun plans nothing."""
    both(house, way, first)
    summary = house.scan("tv").instances["tv"]
    second = {"plain": "Original", "alias": "Dub"}[first]
    assert [note for note in summary.notes if "another title" in note] == [
        f"the NFO files of 1 title are left to another title of the same folder; the first: {second}"
    ]
    assert nfo(house) == {"plain": TAGGED, "alias": TVSHOW}[first]
    assert house.tags() == {"Dub": {"dub"}, "Original": set()}
    for scan in ({}, {"items": (second,)}, {"mode": 1}):
        assert house.scan("tv", **scan).instances["tv"].planned == 0
    house.scan("tv", mode=2)
    assert nfo(house) == TVSHOW


@pytest.fixture
def second(house: "House") -> Iterator[SonarrSimulator]:
    """Another Sonarr, `anime`, behind `tv` in the configuration."""
    with SonarrSimulator() as made:
        house.instances["anime"] = {"type": "sonarr", "url": made.url, "api_key": made.api_key}
        yield made


def swap(house: "House") -> None:
    """`anime` comes first in the configuration, or `tv` again."""
    house.instances = dict(reversed(house.instances.items()))


@pytest.mark.parametrize("way", WAYS)
def test_one_folder_in_two_instances_has_one_writer(
    house: "House", second: SonarrSimulator, way: Way
) -> None:
    """The instance that comes first in the configuration, whatever the folder is called there; scanned or not."""
    both(house, way, plain=second)
    for _ in range(2):
        summary = house.scan("tv", "anime").instances
        assert summary["anime"].notes == [
            "the NFO files of 1 title are left to tv, which has the same folders and comes first in the "
            "configuration"
        ]
        assert nfo(house) == TVSHOW
    assert [one.planned for one in summary.values()] == [0, 0]
    assert house.scan("anime").instances["anime"].planned == 0
    swap(house)
    house.scan("tv", "anime")
    assert nfo(house) == TAGGED
    assert [one.planned for one in house.scan("tv", "anime").instances.values()] == [0, 0]


def test_a_folder_that_is_mounted_twice_has_one_writer(house: "House", tmp_path: Path) -> None:
    """As a container may have it: `/tv` and `/data/tv` are one folder, and no link says so."""
    mounted = house.folder / "mounted"
    mounted.mkdir()
    done = subprocess.run(
        ["mount", "--bind", str(house.shelf.tv), str(mounted)], check=False, capture_output=True, text=True
    )
    if done.returncode:
        pytest.skip(f"this process may not mount: {done.stderr.strip()}")
    try:
        both(house, lambda _: mounted / "Ok")
        house.scan("tv")
        assert nfo(house) == TVSHOW
        assert house.scan("tv").instances["tv"].planned == 0
    finally:
        subprocess.run(["umount", str(mounted)], check=True)


def test_the_nfo_of_one_video_by_two_paths_has_one_writer(house: "House") -> None:
    """`<file>.nfo` like `movie.nfo`: the first movie writes it."""
    folder = house.shelf.movies / "Film"
    house.shelf.movie("Film", DUBBED)
    (folder / "Film.nfo").write_text(MOVIE)
    (house.shelf.movies / "Linked").symlink_to("Film")
    twin = house.radarr.add_movie("Twin", str(house.shelf.movies / "Linked"), original="English")
    house.radarr.set_movie_file(twin, "Film.mkv", size=(folder / "Film.mkv").stat().st_size)
    house.scan("films")
    assert "<tag>dub</tag>" in (folder / "Film.nfo").read_text()
    assert house.scan("films").instances["films"].planned == 0


def test_a_title_that_writes_no_nfo_keeps_nobody_from_it(house: "House") -> None:
    """The first title of a folder is under `write_nfo: never`: the second one writes."""
    both(house, _linked_folder)
    house.profiles = {"none": {"match": {"roots": [str(house.shelf.tv / "Linked")]}, "write_nfo": "never"}}
    house.scan("tv")
    assert nfo(house) == TAGGED


class Blind(LocalDisk):
    """A disk that cannot say where folders lie."""

    def places(self, folder: str, names: Any) -> dict[str, str]:
        return {}


def test_where_nobody_can_say_where_folders_lie_their_paths_are_compared(house: "House") -> None:
    """Two titles of one path are still told."""
    both(house, lambda _: house.shelf.tv / "Ok")
    house.disk = Blind()
    assert [note for note in house.scan("tv").instances["tv"].notes if "another title" in note]
    assert nfo(house) == TVSHOW


# The genre that is ours


@pytest.fixture(params=["one path", "two paths"])
def handed_over(request: Any, house: "House", second: SonarrSimulator) -> "House":
    """Both instances hold `Ok`, which is a dub in both; `tv` wrote its genre, then `anime` came first."""
    house.defaults["add_tag_to_genre"] = True
    path = house.shelf.tv / "Ok" if request.param == "one path" else _linked_root(house)
    house.shelf.series("Ok", {"Season 01/S01E01.mkv": DUBBED}, nfo=TVSHOW)
    number = second.add_series("Ok", str(path))
    size = (house.shelf.tv / "Ok" / "Season 01" / "S01E01.mkv").stat().st_size
    second.add_episode_file(number, "Season 01/S01E01.mkv", season=1, episodes=[1], size=size)
    house.scan("tv", "anime")
    assert nfo(house) == GENRE
    swap(house)
    return house


def test_our_genre_is_known_to_the_next_writer(handed_over: "House") -> None:
    """What one instance added, the next one may take away."""
    handed_over.instances["anime"]["add_tag_to_genre"] = False
    handed_over.scan("tv", "anime")
    assert nfo(handed_over) == TAGGED
    assert [one.planned for one in handed_over.scan("tv", "anime").instances.values()] == [0, 0]


def test_our_genre_is_known_to_the_former_writer_again(handed_over: "House") -> None:
    """There and back: `anime` takes it away and adds it, and `tv` may take it away once it is first again."""
    handed_over.instances["anime"]["add_tag_to_genre"] = False
    handed_over.scan()
    handed_over.instances["anime"]["add_tag_to_genre"] = True
    handed_over.scan()
    assert nfo(handed_over) == GENRE
    swap(handed_over)
    handed_over.defaults["add_tag_to_genre"] = False
    handed_over.scan()
    assert nfo(handed_over) == TAGGED


def test_a_genre_of_others_is_not_ours_by_a_change_of_writer(handed_over: "House") -> None:
    """`anime` took ours away; then a person writes the same genre, and the writer changes: it stays."""
    handed_over.instances["anime"]["add_tag_to_genre"] = False
    handed_over.scan()
    (handed_over.shelf.tv / "Ok" / "tvshow.nfo").write_text(GENRE)
    handed_over.defaults["add_tag_to_genre"] = False
    handed_over.scan()
    assert nfo(handed_over) == GENRE
    swap(handed_over)
    handed_over.scan()
    assert nfo(handed_over) == GENRE


@pytest.mark.parametrize(
    "names", [[], ["tv", "anime"], ["anime", "tv"]], ids=["both", "former first", "next first"]
)
def test_mode_two_takes_the_genre_away_whoever_writes_now(handed_over: "House", names: list[str]) -> None:
    """In one pass, or in one for each instance in either order: the NFO is as it was."""
    for chosen in [[name] for name in names] or [[]]:
        handed_over.scan(*chosen, mode=2)
    assert nfo(handed_over) == TVSHOW
    assert (handed_over.records("tv"), handed_over.records("anime")) == ({}, {})


def test_the_former_writers_mode_two_leaves_the_genre_known(handed_over: "House") -> None:
    """`anime` has been scanned and writes; `tv` forgets its titles, and the genre is still ours to remove."""
    handed_over.scan("anime", preview=True)
    handed_over.scan("tv", mode=2)
    assert nfo(handed_over) == GENRE
    handed_over.scan("anime", mode=2)
    assert nfo(handed_over) == TVSHOW


def test_a_title_that_moves_to_another_instance_keeps_its_genre_ours(
    house: "House", second: SonarrSimulator
) -> None:
    """`tv` no longer lists it and forgets it; `anime`, which does now, may take the genre away."""
    house.defaults["add_tag_to_genre"] = True
    house.shelf.series("Ok", {"Season 01/S01E01.mkv": DUBBED}, nfo=TVSHOW)
    house.scan()
    house.sonarr.remove_series(1)
    number = second.add_series("Ok", str(house.shelf.tv / "Ok"))
    size = (house.shelf.tv / "Ok" / "Season 01" / "S01E01.mkv").stat().st_size
    second.add_episode_file(number, "Season 01/S01E01.mkv", season=1, episodes=[1], size=size)
    house.scan("tv")
    assert house.records("tv") == {}
    house.scan(mode=2)
    assert nfo(house) == TVSHOW


@pytest.mark.parametrize("way", [_linked_folder, lambda house: house.shelf.tv / "Ok"], ids=["link", "same"])
def test_our_genre_is_known_to_the_next_title(house: "House", way: Way) -> None:
    """The writer within an instance changes, too: a title with a lower id comes to the folder, and goes."""
    house.defaults["add_tag_to_genre"] = True
    both(house, way, "alias")
    house.sonarr.move_item(1, str(house.shelf.tv / "Elsewhere"))
    house.scan("tv")
    assert nfo(house) == GENRE
    house.sonarr.move_item(
        1, str(way(house)) if way is not _linked_folder else str(house.shelf.tv / "Linked")
    )
    house.scan("tv")
    assert nfo(house) == TVSHOW
    assert house.scan("tv").instances["tv"].planned == 0


def test_an_nfo_that_cannot_be_read_at_the_change_of_writer_keeps_its_genre(handed_over: "House") -> None:
    """Broken for a while: what was known of it goes to the next writer."""
    path = handed_over.shelf.tv / "Ok" / "tvshow.nfo"
    path.write_text("<tvshow><title>A")
    handed_over.scan("tv", "anime")
    path.write_text(GENRE)
    handed_over.defaults["add_tag_to_genre"] = False
    handed_over.scan("tv", "anime")
    assert nfo(handed_over) == TAGGED


def test_a_genre_that_was_gone_at_the_change_of_writer_is_not_ours(handed_over: "House") -> None:
    """Somebody took it out before; whoever writes it after that, writes their own."""
    path = handed_over.shelf.tv / "Ok" / "tvshow.nfo"
    handed_over.defaults["add_tag_to_genre"] = False
    path.write_text(TAGGED)
    handed_over.scan("tv", "anime")
    path.write_text(GENRE)
    handed_over.scan("tv", "anime")
    assert nfo(handed_over) == GENRE


def test_what_another_title_writes_now_did_not_move(house: "House") -> None:
    """A movie that leaves `movie.nfo` to another one has not renamed it: a genre in its own NFO is not ours."""
    house.defaults["add_tag_to_genre"] = True
    first = house.radarr.add_movie("One", str(house.folder / "elsewhere"))
    house.shelf.movie("Two", DUBBED, nfo=MOVIE)
    house.scan("films")
    flat = house.shelf.movies / "Two"
    assert "<genre>Dub</genre>" in (flat / "movie.nfo").read_text()
    house.radarr.move_item(first, str(flat))
    house.radarr.set_movie_file(first, "One.mkv", size=write(flat / "One.mkv", DUBBED))
    theirs = MOVIE.replace("</title>", "</title>\n  <tag>dub</tag>\n  <genre>Dub</genre>")
    (flat / "Two.nfo").write_text(theirs)
    house.scan("films")
    house.defaults["add_tag_to_genre"] = False
    house.scan("films")
    assert (flat / "Two.nfo").read_text() == theirs
    assert "<genre>" not in (flat / "movie.nfo").read_text()
