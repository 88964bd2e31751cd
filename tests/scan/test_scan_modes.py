"""Previews, write modes, quick mode and the guard."""

import os
from typing import TYPE_CHECKING, Any

import pytest

from taggarr.simulator.collection import audio, write

if TYPE_CHECKING:
    from conftest import House

    from taggarr.scan.job import InstanceSummary

DUBBED, ORIGINAL, WRONG = audio("jpn", "eng"), audio("jpn"), audio("jpn", "ger")
NFO = "<tvshow>\n  <title>A</title>\n</tvshow>\n"


def plans(summary: "InstanceSummary") -> dict[str, list[str]]:
    """What is planned, by title: `+dub`, `-semi-dub`, `tvshow.nfo`."""
    return {
        one.item.title: [
            *(f"{'+' if change.add else '-'}{change.label}" for change in one.tags),
            *(change.path.rpartition("/")[2] for change in one.nfos),
        ]
        for one in summary.plans
    }


def library(house: "House") -> None:
    house.shelf.series("Dub", {"Season 01/S01E01.mkv": DUBBED}, tags=["wrong-dub"], nfo=NFO)
    house.shelf.series("Half", {"Season 01/S01E01.mkv": DUBBED, "Season 01/S01E02.mkv": ORIGINAL})
    house.shelf.series("Original", {"Season 01/S01E01.mkv": ORIGINAL}, tags=["dub", "mine"])


# Previews


@pytest.mark.parametrize("how", ["request", "instance", "profile"])
def test_a_preview_shows_what_the_real_scan_then_does(house: "House", how: str) -> None:
    """Dry run from the command line, the instance or a profile: nothing is written, and then everything is."""
    library(house)
    if how == "instance":
        house.instances["tv"]["dry_run"] = True
    if how == "profile":
        house.profiles = {"all": {"match": {}, "dry_run": True}}
    for _ in range(2):
        shown = house.scan(preview=how == "request").instances["tv"]
        assert plans(shown) == {
            "Dub": ["+dub", "-wrong-dub", "tvshow.nfo"],
            "Half": ["+semi-dub"],
            "Original": ["-dub"],
        }
        assert (shown.planned, shown.applied, shown.failed) == (5, 0, 0)
        assert house.writes() == []
        assert (house.shelf.tv / "Dub" / "tvshow.nfo").read_text() == NFO
        assert house.history() == []
    house.instances["tv"].pop("dry_run", None)
    house.profiles = {}
    done = house.scan().instances["tv"]
    assert plans(done) == plans(shown)
    assert (done.planned, done.applied, done.files_read) == (5, 5, 0)
    assert house.tags() == {"Dub": {"dub"}, "Half": {"semi-dub"}, "Original": {"mine"}}
    assert "<tag>dub</tag>" in (house.shelf.tv / "Dub" / "tvshow.nfo").read_text()
    assert house.scan().instances["tv"].plans == []


def test_a_profile_previews_its_own_items_only(house: "House") -> None:
    """What the profile does not match is written."""
    library(house)
    house.profiles = {"mine": {"match": {"arr_tags": ["mine"]}, "dry_run": True}}
    summary = house.scan().instances["tv"]
    assert (summary.planned, summary.applied) == (5, 4)
    assert house.tags()["Original"] == {"dub", "mine"}


# Write modes


def test_mode_two_removes_what_taggarr_wrote(house: "House") -> None:
    """Managed labels, NFO tags, the genre of ours, and what was stored; nothing of anybody else's."""
    house.defaults["add_tag_to_genre"] = True
    library(house)
    foreign = "<tvshow>\n  <title>B</title>\n  <genre>Dub</genre>\n  <tag>mine</tag>\n</tvshow>\n"
    house.shelf.series("Theirs", {"Season 01/S01E01.mkv": DUBBED}, nfo=foreign)
    house.shelf.series("Left out", {"Season 01/S01E01.mkv": DUBBED}, tags=["dub"])
    house.defaults["exclude"] = {"titles": ["Left out"]}
    house.scan()
    assert "<genre>Dub</genre>" in (house.shelf.tv / "Dub" / "tvshow.nfo").read_text()
    summary = house.scan(mode=2).instances["tv"]
    assert (summary.failed, summary.guard, summary.files_read) == (0, None, 0)
    assert house.tags() == {title: {"mine"} if title == "Original" else set() for title in house.tags()}
    assert (house.shelf.tv / "Dub" / "tvshow.nfo").read_text() == NFO
    assert (house.shelf.tv / "Theirs" / "tvshow.nfo").read_text() == foreign
    assert house.records("tv") == {}
    assert house.history() != []
    assert house.scan().instances["tv"].files_read == 5


def test_mode_two_says_what_it_could_not_look_at(house: "House") -> None:
    """Its disk is away: the tags go, what stands in the NFO files is known for the next try, and that is said."""
    house.shelf.series("Dub", {"Season 01/S01E01.mkv": DUBBED}, nfo=NFO)
    house.shelf.series("Gone", {"Season 01/S01E01.mkv": DUBBED}, nfo=NFO)
    house.scan()
    (house.shelf.tv / "Gone" / "tvshow.nfo").unlink()
    away = house.folder / "away"
    house.shelf.tv.rename(away)
    notes = house.scan(mode=2).instances["tv"].notes
    assert [note for note in notes if "NFO" in note] == [
        "the NFO files of 2 titles could not be looked at, so what Taggarr wrote there stays; the first: Dub. "
        "Is the disk there? Run this again once it is"
    ]
    assert not any(house.tags().values())
    assert set(house.records("tv")) == {"Dub", "Gone"}
    away.rename(house.shelf.tv)
    assert not [note for note in house.scan(mode=2).instances["tv"].notes if "NFO" in note]
    assert (house.shelf.tv / "Dub" / "tvshow.nfo").read_text() == NFO
    assert house.records("tv") == {}


def test_mode_two_removes_labels_of_an_earlier_configuration(house: "House") -> None:
    """The history shows which labels are ours, also after they were renamed in the configuration."""
    library(house)
    house.defaults["tags"] = {"semi": "half-dubbed"}
    house.scan()
    assert house.tags()["Half"] == {"half-dubbed"}
    del house.defaults["tags"]
    house.scan(mode=2)
    assert house.tags()["Half"] == set()


def test_mode_two_of_single_items(house: "House") -> None:
    """Only what is named loses its labels and its memory."""
    library(house)
    house.scan()
    house.scan(mode=2, items=("Half",))
    assert house.tags() == {"Dub": {"dub"}, "Half": set(), "Original": {"mine"}}
    assert set(house.records("tv")) == {"Dub", "Original"}


def test_mode_two_as_a_preview_keeps_everything(house: "House") -> None:
    """Shown, not done, by command line or by configuration: labels and memory stay."""
    library(house)
    house.scan()
    tags = house.tags()
    shown = house.scan(mode=2, preview=True).instances["tv"]
    assert plans(shown) == {"Dub": ["-dub", "tvshow.nfo"], "Half": ["-semi-dub"]}
    house.instances["tv"]["dry_run"] = True
    house.scan(mode=2)
    assert house.tags() == tags
    assert set(house.records("tv")) == {"Dub", "Half", "Original"}


def test_mode_two_is_not_guarded_and_keeps_what_it_could_not_do(house: "House") -> None:
    """It removes on purpose; an item that the arr is working on is known for the next try."""
    numbers = [house.shelf.movie(f"Film {n}", DUBBED) for n in range(30)]
    house.scan()
    command = house.radarr.start_command("RefreshMovie", [numbers[3]])
    summary = house.scan(mode=2).instances["films"]
    assert (summary.guard, summary.applied, summary.postponed) == (None, 29, ["Film 3"])
    assert set(house.records("films")) == {"Film 3"}
    house.radarr.finish_command(command)
    house.scan(mode=2)
    assert set(map(frozenset, house.tags().values())) == {frozenset()}
    assert house.records("films") == {}


# Quick mode


def season(number: int, **episodes: Any) -> dict[str, Any]:
    """`season(1, E01=DUBBED)`: files of one season."""
    return {f"Season {number:02}/S{number:02}{name}.mkv": content for name, content in episodes.items()}


def test_quick_reads_one_file_of_each_season(house: "House") -> None:
    """The first by its number; the verdict says that it is a sample, and gets its label."""
    house.defaults["quick_mode"] = True
    house.shelf.series(
        "Long",
        season(1, E02=WRONG, E01=DUBBED, E03=WRONG)
        | season(2, E01=DUBBED, E02=DUBBED)
        | {"Specials/S00E01.mkv": DUBBED},
    )
    house.shelf.movie("Film", DUBBED)
    summary = house.scan(inspect=True).instances
    assert (summary["tv"].files_listed, summary["tv"].files_read) == (6, 2)
    (one,) = summary["tv"].inspections
    assert one.verdict is not None
    assert (one.verdict.verdict, one.verdict.sampled) == ("dub", True)
    assert house.tags() == {"Long": {"dub"}, "Film": {"dub"}}
    assert house.scan().instances["tv"].files_read == 0, "the next ones are not read one by one"


def test_quick_passes_over_what_cannot_be_read(house: "House") -> None:
    """The first readable file of a season counts, and what is broken is not forgotten."""
    house.defaults["quick_mode"] = True
    house.shelf.series("Long", season(1, E01=b"", E02=b"junk" * 99, E03=DUBBED, E04=DUBBED))
    summary = house.scan(inspect=True).instances["tv"]
    assert summary.files_read == 3
    assert summary.verdicts["unknown"] == 1, "a file that was looked at and is damaged is unknown"


def test_quick_reads_what_changed(house: "House") -> None:
    """A file that was read before, and is another now, is read in quick mode too."""
    house.shelf.series("Show", season(1, E01=DUBBED, E02=DUBBED))
    house.scan()
    house.defaults["quick_mode"] = True
    path = house.shelf.tv / "Show" / "Season 01" / "S01E02.mkv"
    write(path, WRONG)
    os.utime(path, ns=(1, 1))
    assert house.scan().instances["tv"].files_read == 1
    assert house.tags()["Show"] == {"wrong-dub"}


@pytest.mark.parametrize(
    ("before", "label", "sample", "rest", "after"),
    [
        (DUBBED, {"dub"}, ORIGINAL, DUBBED, {"semi-dub"}),
        (ORIGINAL, set(), DUBBED, ORIGINAL, {"semi-dub"}),
        (ORIGINAL, set(), DUBBED, WRONG, {"wrong-dub"}),
        (WRONG, {"wrong-dub"}, WRONG, WRONG, {"wrong-dub"}),
    ],
    ids=["dub", "original", "original-wrong", "agrees"],
)
def test_a_sample_never_overrules_a_full_verdict(
    house: "House", before: Any, label: set[str], sample: Any, rest: Any, after: set[str]
) -> None:
    """A new season whose sample says otherwise is read whole in the same scan; one that agrees is not."""
    series = house.shelf.series("Show", season(1, E01=before, E02=before))
    house.scan()
    assert house.tags()["Show"] == label
    house.defaults["quick_mode"] = True
    folder = house.shelf.tv / "Show"
    for name, content in season(2, E01=sample, E02=rest, E03=rest).items():
        house.shelf.episode(series, folder, name, content)
    agrees = sample is before
    assert house.scan().instances["tv"].files_read == (1 if agrees else 3)
    assert house.tags()["Show"] == after
    assert house.records("tv")["Show"].sampled is agrees


def test_samples_of_samples_do_not_wear_a_full_verdict_out(house: "House") -> None:
    """After samples that agreed, one that does not is still held against the full verdict."""
    series = house.shelf.series("Show", season(1, E01=ORIGINAL, E02=ORIGINAL))
    house.scan()
    house.defaults["quick_mode"] = True
    folder = house.shelf.tv / "Show"
    for number, content in ((2, ORIGINAL), (3, DUBBED)):
        for name, made in season(number, E01=content, E02=ORIGINAL).items():
            house.shelf.episode(series, folder, name, made)
        summary = house.scan().instances["tv"]
    assert summary.files_read == 3, "the sample, and the two files that no scan had read"
    assert house.records("tv")["Show"].sampled is False


# The guard


def guarded(house: "House", count: int) -> "InstanceSummary":
    """As many tagged movies whose files then turn out to have no dub."""
    for number in range(count):
        house.shelf.movie(f"Film {number:02}", DUBBED)
    house.scan("films")
    for number in range(count):
        write(house.shelf.movies / f"Film {number:02}" / f"Film {number:02}.mkv", ORIGINAL)
    return house.scan("films").instances["films"]


def test_the_guard_stops_what_would_unlabel_most_items(house: "House") -> None:
    """More than 20 and more than half: nothing is changed until somebody says so; other instances go on."""
    house.shelf.series("Show", season(1, E01=DUBBED))
    stopped = guarded(house, 25)
    assert stopped.guard is not None
    assert stopped.guard.startswith("25 of 25 labelled items would be left without any label")
    assert (stopped.applied, stopped.failed, stopped.planned) == (0, 0, 25)
    films = [f"Film {number:02}" for number in range(25)]
    assert all(house.tags()[title] == {"dub"} for title in films)
    both = house.scan().instances
    assert both["films"].guard is not None
    assert (both["tv"].guard, both["tv"].applied) == (None, 1)
    shown = house.scan("films", preview=True).instances["films"]
    assert shown.guard is None
    assert [note.split(",")[0] for note in shown.notes] == ["the guard would stop this"]
    assert house.scan("films", yes=True).instances["films"].applied == 25
    assert all(house.tags()[title] == set() for title in films)


def test_the_guard_lets_few_go(house: "House") -> None:
    """Twenty items may lose their labels, even if they are all."""
    summary = guarded(house, 20)
    assert (summary.guard, summary.applied) == (None, 20)


def test_the_guard_lets_a_minority_go(house: "House") -> None:
    """Twenty-one of more than twice as many labelled items, excluded ones among them, are no mistake."""
    for number in range(21):
        house.shelf.movie(f"Other {number}", ORIGINAL, tags=["dub"], genres=["Other"])
    house.defaults["exclude"] = {"genres": ["Other"]}
    summary = guarded(house, 21)
    assert (summary.guard, summary.applied) == (None, 21)


def test_another_label_is_no_loss(house: "House") -> None:
    """Where the targets change, labels are swapped: nobody is left without one."""
    for number in range(25):
        house.shelf.movie(f"Film {number}", DUBBED)
    house.scan("films")
    house.defaults["target_languages"] = ["en", "de"]
    summary = house.scan("films").instances["films"]
    assert (summary.guard, summary.applied) == (None, 50)


def test_forgetting_is_guarded_alike(house: "House") -> None:
    """An arr that suddenly lists next to nothing keeps what is known, until somebody says so."""
    numbers = [house.shelf.movie(f"Film {number}", DUBBED) for number in range(30)]
    house.scan("films")
    for number in numbers[:25]:
        house.radarr.remove_movie(number)
    for request in ({}, {"preview": True}):
        summary = house.scan("films", **request).instances["films"]
        assert len(house.records("films")) == 30
    assert summary.guard is None, "a preview forgets nothing, so nothing stops it"
    summary = house.scan("films").instances["films"]
    assert summary.guard is not None
    assert summary.guard.startswith("25 of 30 known items are no longer listed")
    assert house.scan("films", yes=True).instances["films"].guard is None
    assert len(house.records("films")) == 5


def test_twenty_may_be_forgotten(house: "House") -> None:
    """A small library may change wholly."""
    numbers = [house.shelf.movie(f"Film {number}", ORIGINAL) for number in range(20)]
    house.scan("films")
    for number in numbers:
        house.radarr.remove_movie(number)
    assert house.scan("films").instances["films"].guard is None
    assert house.records("films") == {}
