"""Which state is whose: instances that are renamed or move keep what is known of them."""

from typing import TYPE_CHECKING

import pytest

from taggarr.simulator.collection import audio
from taggarr.wiring.library import open_library

if TYPE_CHECKING:
    from conftest import House

DUBBED = audio("jpn", "eng")
NFO = "<movie>\n  <title>A</title>\n</movie>\n"


def changed(house: "House", how: str) -> str:
    """Rename the instance `films`, give it another address, or both; its name then."""
    films = house.instances.pop("films")
    if how != "renamed":
        films["url"] = films["url"].replace("127.0.0.1", "localhost")
    name = "films" if how == "moved" else "movies"
    house.instances[name] = films
    return name


def known(house: "House", name: str) -> set[str]:
    return set(house.records(name))


@pytest.mark.parametrize("how", ["renamed", "moved"])
def test_a_renamed_or_moved_instance_keeps_everything(house: "House", how: str) -> None:
    """Nothing is read or written again, its former labels are still ours, and its changes can be undone."""
    house.shelf.movie("Film", DUBBED, nfo=NFO)
    house.scan("films")
    name = changed(house, how)
    house.forget_requests()
    summary = house.scan(name).instances[name]
    assert (summary.files_read, summary.planned, house.writes()) == (0, 0, [])
    assert known(house, name) == {"Film"}
    assert {change.instance for change in house.history()} == {name}
    house.defaults["tags"] = {"dub": "dubbed"}
    assert house.scan(name).instances[name].applied == 3
    assert house.tags() == {"Film": {"dubbed"}}
    house.undo()
    house.undo(1)
    assert house.tags() == {"Film": set()}
    assert (house.shelf.movies / "Film" / "movie.nfo").read_text() == NFO
    assert [plan.rest for plan in house.scan(name).instances[name].plans] == ["held"]


def test_another_name_at_another_address_is_another_instance(house: "House") -> None:
    """Nobody can tell that it is the same: it is read anew, nothing is written on a guess, and nothing is lost."""
    house.shelf.movie("Film", DUBBED, nfo=NFO)
    house.scan("films")
    before = dict(house.instances["films"])
    name = changed(house, "both")
    house.forget_requests()
    summary = house.scan(name).instances[name]
    assert (summary.files_read, summary.planned, house.writes()) == (1, 0, [])
    assert house.tags() == {"Film": {"dub"}}
    del house.instances[name]
    house.instances["films"] = before
    summary = house.scan("films").instances["films"]
    assert (summary.files_read, summary.planned) == (0, 0)
    with open_library(house.config()) as library:
        assert library is not None
        assert {change.instance for change in library.history()} == {"films"}


def test_two_instances_that_swap_their_names_keep_their_own(house: "House") -> None:
    """The address tells which is which: a number means another title in each."""
    house.shelf.movie("Film", DUBBED)
    house.instances["other"] = {
        **house.instances["films"],
        "url": house.instances["films"]["url"].replace("127.0.0.1", "localhost"),
        "root_path": str(house.folder / "other"),
    }
    house.instances["films"]["root_path"] = str(house.shelf.movies)
    (house.folder / "other").mkdir()
    house.scan()
    films, other = house.instances["films"], house.instances["other"]
    house.instances |= {"films": other, "other": films}
    house.forget_requests()
    summary = house.scan("films", "other")
    assert {name: one.files_read for name, one in summary.instances.items()} == {"films": 0, "other": 0}
    assert (known(house, "films"), known(house, "other")) == (set(), {"Film"})
    assert house.writes() == []
