"""The guard: what looks like a mistake changes no label and forgets no title until somebody says so."""

import shutil
from typing import TYPE_CHECKING

import pytest

from taggarr.simulator.collection import audio, write

if TYPE_CHECKING:
    from conftest import House

    from taggarr.scan.job import InstanceSummary

DUBBED, ORIGINAL = audio("jpn", "eng"), audio("jpn")


def labelled(house: "House", losing: int, keeping: int) -> "InstanceSummary":
    """Tagged movies, some of which then turn out to have no dub; the scan that finds out."""
    for number in range(losing + keeping):
        house.shelf.movie(f"Film {number:02}", DUBBED)
    house.scan("films")
    for number in range(losing):
        write(house.shelf.movies / f"Film {number:02}" / f"Film {number:02}.mkv", ORIGINAL)
    return house.scan("films").instances["films"]


@pytest.mark.parametrize(
    ("losing", "keeping", "stops"),
    [(20, 0, False), (21, 0, True), (21, 20, True), (21, 21, False), (21, 22, False)],
)
def test_more_than_twenty_and_more_than_half(house: "House", losing: int, keeping: int, stops: bool) -> None:
    """Both have to hold: at the limit itself the labels go."""
    summary = labelled(house, losing, keeping)
    assert (summary.guard is not None, summary.applied) == (stops, 0 if stops else losing)
    bare = sum(not tags for tags in house.tags().values())
    assert bare == (0 if stops else losing)


@pytest.mark.parametrize(
    ("gone", "left", "stops"), [(20, 0, False), (21, 0, True), (21, 20, True), (21, 21, False)]
)
def test_forgetting_has_the_same_measure(house: "House", gone: int, left: int, stops: bool) -> None:
    """A list that suddenly lacks most titles keeps what is known of them; once they are back, nothing happened."""
    rows = [house.shelf.movie(f"Film {number:02}", DUBBED) for number in range(gone + left)]
    house.scan("films")
    taken = {number: house.radarr.rows[number] for number in rows[:gone]}
    for number in taken:
        house.radarr.remove_movie(number)
    house.forget_requests()
    summary = house.scan("films").instances["films"]
    assert (summary.guard is not None, len(house.records("films"))) == (stops, gone + left if stops else left)
    assert house.writes() == []
    if stops:
        assert summary.guard is not None
        assert summary.guard.startswith(f"{gone} of {gone + left} known items are no longer listed")


def test_a_yes_counts_once(house: "House") -> None:
    """What was let pass today is asked about again tomorrow."""
    assert labelled(house, 25, 0).guard is not None
    assert house.scan("films", yes=True).instances["films"].applied == 25
    for number in range(25):
        write(house.shelf.movies / f"Film {number:02}" / f"Film {number:02}.mkv", DUBBED)
    assert house.scan("films").instances["films"].applied == 25
    for number in range(25):
        write(house.shelf.movies / f"Film {number:02}" / f"Film {number:02}.mkv", ORIGINAL)
    assert house.scan("films").instances["films"].guard is not None
    assert set(map(frozenset, house.tags().values())) == {frozenset({"dub"})}


@pytest.mark.parametrize("source", ["auto", "files"])
@pytest.mark.parametrize("how", ["empty", "gone"])
def test_a_share_that_is_not_mounted_changes_nothing(house: "House", how: str, source: str) -> None:
    """An empty or missing root: labels, readings and records stay, and back again nothing is read or written."""
    house.defaults["audio_source"] = source
    for number in range(25):
        house.shelf.movie(f"Film {number:02}", DUBBED)
    house.scan("films")
    house.forget_requests()
    away = house.folder / "away"
    shutil.move(house.shelf.movies, away)
    if how == "empty":
        house.shelf.movies.mkdir()
    summary = house.scan("films").instances["films"]
    assert (summary.error, summary.planned, house.writes()) == (None, 0, [])
    assert "25 of 25 files could not be read" in " ".join(summary.notes)
    assert len(house.records("films")) == 25
    shutil.rmtree(house.shelf.movies, ignore_errors=True)
    shutil.move(away, house.shelf.movies)
    back = house.scan("films").instances["films"]
    assert (back.planned, back.files_read, house.writes()) == (0, 0, [])
    assert set(map(frozenset, house.tags().values())) == {frozenset({"dub"})}


def test_an_arr_that_has_lost_its_own_share_changes_nothing(house: "House") -> None:
    """It lists the titles and none of their files, which asks for no label: that is stopped."""
    rows = [house.shelf.movie(f"Film {number:02}", DUBBED) for number in range(25)]
    house.scan("films")
    for number in rows:
        house.radarr.remove_movie_file(number)
    summary = house.scan("films").instances["films"]
    assert summary.guard is not None
    assert summary.guard.startswith("25 of 25 labelled items would be left without any label")
    assert set(map(frozenset, house.tags().values())) == {frozenset({"dub"})}


def test_a_root_that_was_changed_forgets_nothing(house: "House") -> None:
    """A typing error in the configuration is not the end of what is known."""
    for number in range(25):
        house.shelf.movie(f"Film {number:02}", DUBBED)
    house.scan("films")
    house.instances["films"]["root_path"] = str(house.folder)
    assert house.scan("films").instances["films"].guard is None
    other = house.folder / "other"
    other.mkdir()
    house.instances["films"]["root_path"] = str(other)
    summary = house.scan("films").instances["films"]
    assert summary.guard is not None
    assert len(house.records("films")) == 25
    assert set(map(frozenset, house.tags().values())) == {frozenset({"dub"})}


def test_what_is_excluded_keeps_its_labels(house: "House") -> None:
    """So leaving out a whole library is nothing that the guard has to stop."""
    for number in range(25):
        house.shelf.movie(f"Film {number:02}", DUBBED)
    house.scan("films")
    house.defaults["exclude"] = {"unmonitored": True, "titles": [f"Film {number:02}" for number in range(25)]}
    summary = house.scan("films").instances["films"]
    assert (summary.guard, summary.planned) == (None, 0)
    assert set(map(frozenset, house.tags().values())) == {frozenset({"dub"})}
