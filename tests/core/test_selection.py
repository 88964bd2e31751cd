"""Which files are due, and which reading of a file stands."""

from dataclasses import replace

import pytest

from taggarr.core import selection
from taggarr.core.language import parse
from taggarr.core.media import (
    ARR,
    ArrAudio,
    AudioTrack,
    Cause,
    File,
    Heard,
    Item,
    Kind,
    LanguageSource,
    Reading,
    Season,
    Stat,
    Unreadable,
)
from taggarr.core.policy import AudioSource, Counted, Policy
from taggarr.core.selection import KnownFile, KnownFiles, Mode

STAT = Stat(1000, 5)
HEARD = Heard((AudioTrack(1, "jpn"),), "matroska")
OLDER = Heard((AudioTrack(1, "eng"),), "matroska")
DAMAGED = Unreadable("cut", Cause.DAMAGED)
ODD = Unreadable("no reader knows it", Cause.FORMAT)
GONE = Unreadable("there is no such file", Cause.MISSING)
POLICY = Policy(targets=(parse("en"),))


def file(number: int = 1, **changes: object) -> File:
    made = File(number, f"/tv/Show/S01/E{number:02}.mkv", f"S01/E{number:02}.mkv", 1000, 1, (number,))
    return replace(made, **changes)  # type: ignore[arg-type]  # any field


@pytest.mark.parametrize(
    ("known", "stat", "mode", "due"),
    [
        (None, STAT, Mode.UPDATE, True),
        (KnownFile(file()), STAT, Mode.UPDATE, True),
        (KnownFile(file(), "", STAT, HEARD), STAT, Mode.UPDATE, False),
        (KnownFile(file(), "", STAT, DAMAGED), STAT, Mode.UPDATE, False),
        (KnownFile(file(), "", STAT, HEARD), Stat(1001, 5), Mode.UPDATE, True),
        (KnownFile(file(), "", STAT, HEARD), Stat(1000, 6), Mode.UPDATE, True),
        (KnownFile(file(), "", STAT, HEARD), STAT, Mode.REWRITE, True),
    ],
)
def test_what_is_due(known: KnownFile | None, stat: Stat, mode: Mode, due: bool) -> None:
    """New, changed and never read files are due, and every file in write mode 1."""
    assert selection.is_due(known, stat, mode) is due


def test_known_file_is_found_by_id_through_a_rename() -> None:
    """The same arr file under another name keeps what is known of it."""
    known = KnownFile(file(7), "", STAT, HEARD)
    assert KnownFiles([known]).of(file(7, path="/tv/Show/S01/new.mkv"), STAT) is known


def test_known_file_is_found_by_path_when_the_arr_imported_it_anew() -> None:
    """(path, size, mtime) hold although the arr gave the file another id."""
    known = KnownFile(file(7), "", STAT, HEARD)
    assert KnownFiles([known]).of(file(8, path=known.file.path), STAT) is known
    assert KnownFiles([known]).of(file(8, path="/elsewhere"), STAT) is None


def test_files_that_swapped_names_are_told_apart_by_their_stat() -> None:
    """Where id and path point to different files, the one whose stat agrees is meant."""
    one, other = KnownFile(file(1), "", Stat(1, 1), HEARD), KnownFile(file(2), "", Stat(2, 2), OLDER)
    known = KnownFiles([one, other])
    assert known.of(file(1, path=other.file.path), Stat(2, 2)) is other
    assert known.of(file(1, path=other.file.path), Stat(1, 1)) is one
    assert known.of(file(1, path=other.file.path), Stat(3, 3)) is one
    assert known.of(file(1)) is one


@pytest.mark.parametrize(
    ("fresh", "known", "kept"),
    [
        (HEARD, None, KnownFile(file(), "/l", STAT, HEARD)),
        (DAMAGED, KnownFile(file(), "", STAT, OLDER), KnownFile(file(), "/l", STAT, DAMAGED)),
        (ODD, None, KnownFile(file(), "/l", STAT, ODD)),
        (GONE, None, KnownFile(file(), "/l")),
        (GONE, KnownFile(file(), "", Stat(9, 9), OLDER), KnownFile(file(), "/l", Stat(9, 9), OLDER)),
        (GONE, KnownFile(file(2), "", Stat(9, 9), OLDER), KnownFile(file(), "/l")),
        (None, KnownFile(file(), "", STAT, OLDER), KnownFile(file(), "/l", STAT, OLDER)),
        (None, KnownFile(file(2), "", STAT, OLDER), KnownFile(file(), "/l", STAT, OLDER)),
        (None, None, KnownFile(file(), "/l")),
    ],
)
def test_what_is_remembered(fresh: Reading | None, known: KnownFile | None, kept: KnownFile) -> None:
    """Readings by content are kept; one by circumstance leaves the same arr file's last one in place."""
    assert selection.remember(file(), "/l", STAT, fresh, known) == kept


ARR_SAYS = Heard((AudioTrack(1, "jpn", language_source=LanguageSource.STATED),), ARR)
LISTED = file(audio=ArrAudio(("jpn",), 1))
NO_DATA = Unreadable("the arr has no audio data for this file", Cause.NO_DATA)


@pytest.mark.parametrize(
    ("listed", "fresh", "disk_size", "known", "source", "stands"),
    [
        # What was heard stands, and so does damage.
        (LISTED, HEARD, 1000, None, "auto", HEARD),
        (LISTED, DAMAGED, 1000, KnownFile(LISTED, "", STAT, OLDER), "auto", DAMAGED),
        # By circumstance, or of an unknown format: the last Heard of the same arr file, else arr data.
        (LISTED, GONE, None, KnownFile(LISTED, "", STAT, OLDER), "auto", OLDER),
        (LISTED, ODD, 1000, KnownFile(LISTED, "", STAT, OLDER), "auto", OLDER),
        (LISTED, GONE, None, None, "auto", ARR_SAYS),
        (LISTED, ODD, 1000, None, "auto", ARR_SAYS),
        (LISTED, GONE, None, KnownFile(LISTED, "", STAT, DAMAGED), "auto", ARR_SAYS),
        (LISTED, GONE, None, KnownFile(LISTED, "", Stat(999, 5), OLDER), "auto", ARR_SAYS),
        (LISTED, GONE, None, KnownFile(file(2), "", STAT, OLDER), "auto", ARR_SAYS),
        (LISTED, GONE, None, KnownFile(LISTED), "auto", ARR_SAYS),
        # Only while the arr speaks of the file that is on the disk.
        (LISTED, ODD, 1001, KnownFile(LISTED, "", STAT, OLDER), "auto", ODD),
        (file(), GONE, None, None, "auto", GONE),
        # The other two sources.
        (LISTED, GONE, None, KnownFile(LISTED, "", STAT, OLDER), "files", GONE),
        (LISTED, ODD, 1000, None, "files", ODD),
        (LISTED, HEARD, 1000, None, "files", HEARD),
        (LISTED, HEARD, 1000, KnownFile(LISTED, "", STAT, OLDER), "arr", ARR_SAYS),
        (file(), HEARD, 1000, KnownFile(LISTED, "", STAT, OLDER), "arr", NO_DATA),
    ],
)
def test_which_reading_stands(
    listed: File, fresh: Reading, disk_size: int | None, known: KnownFile | None, source: str, stands: Reading
) -> None:
    """`audio_source` as the rules have it."""
    assert selection.standing(listed, fresh, disk_size, known, AudioSource(source)) == stands


@pytest.mark.parametrize(
    ("languages", "streams", "heard"),
    [
        (("jpn", "eng"), 2, ("jpn", "eng")),
        (("jpn",), 3, ("jpn", None, None)),
        ((), 1, (None,)),
        (("jpn", "eng"), 1, ("jpn", "eng")),
        (("",), 1, ("",)),
        ((), 0, ()),
        (("jpn",), 0, ()),
    ],
)
def test_arr_data_become_tracks(
    languages: tuple[str, ...], streams: int, heard: tuple[str | None, ...]
) -> None:
    """A language each, an unlabelled track for each that is not named, none where the arr counts none."""
    reading = selection.heard_by_arr(file(audio=ArrAudio(languages, streams)))
    assert isinstance(reading, Heard)
    assert tuple(track.language for track in reading.tracks) == heard
    assert [track.position for track in reading.tracks] == list(range(1, len(heard) + 1))
    assert all(
        (track.language_source is LanguageSource.STATED) is bool(track.language) for track in reading.tracks
    )


# Quick mode

SHOW = Item("tv", Kind.SERIES, 1, "Show", "/tv/Show", seasons=(Season(1), Season(2, monitored=False)))


def turns(
    files: list[File], unreadable: set[int] = frozenset(), policy: Policy = POLICY, item: Item = SHOW
) -> list[list[int]]:
    """The ids that are asked for, turn by turn."""
    known: dict[int, Reading] = {}
    asked: list[list[int]] = []
    while turn := selection.sample(item, files, policy, known):
        asked.append([one.id for one in turn])
        known |= {one.id: GONE if one.id in unreadable else HEARD for one in turn}
    return asked


def test_one_file_of_each_counted_season_is_sampled() -> None:
    """The lowest number of each season, Specials left out by default."""
    files = [file(3), file(2), file(5, season=2), file(6, season=2), file(1, season=0)]
    assert turns(files) == [[2, 5]]
    assert turns(files, policy=replace(POLICY, specials=Counted.INCLUDE)) == [[1, 2, 5]]
    assert turns(files, policy=replace(POLICY, unmonitored_seasons=Counted.IGNORE)) == [[2]]


def test_unreadable_file_passes_the_turn() -> None:
    """The first readable file counts, however many fail before it."""
    assert turns([file(1), file(2), file(3), file(9, season=2)], unreadable={1, 2}) == [[1, 9], [2], [3]]
    assert turns([file(1), file(2)], unreadable={1, 2}) == [[1], [2]]


def test_files_without_numbers_are_sampled_by_name() -> None:
    """Numbered files come first, the others in the order of their names."""
    files = [
        file(1, episodes=(), relative_path="b.mkv"),
        file(2, episodes=(), relative_path="a.mkv"),
        file(3),
    ]
    assert turns(files) == [[3]]
    assert turns(files[:2]) == [[2]]


def test_movie_has_one_turn() -> None:
    """A movie's one file is its sample."""
    movie = Item("films", Kind.MOVIE, 1, "Film", "/m/Film")
    assert turns([file(1, season=None)], item=movie) == [[1]]


def test_known_readings_need_no_sample() -> None:
    """A season with a file that was heard is not asked for again."""
    assert selection.sample(SHOW, [file(1), file(2)], POLICY, {1: HEARD}) == []
    assert [one.id for one in selection.sample(SHOW, [file(1), file(2)], POLICY, {2: HEARD})] == [1]


@pytest.mark.parametrize(
    ("number", "specials", "unmonitored", "counts"),
    [
        (0, "ignore", "include", False),
        (0, "include", "ignore", True),
        (1, "ignore", "ignore", True),
        (2, "ignore", "include", True),
        (2, "ignore", "ignore", False),
        (7, "ignore", "ignore", True),
    ],
)
def test_which_seasons_count(number: int, specials: str, unmonitored: str, counts: bool) -> None:
    """Specials by their own policy alone; a season that the arr does not list counts."""
    policy = replace(POLICY, specials=Counted(specials), unmonitored_seasons=Counted(unmonitored))
    assert selection.season_counts(SHOW, number, policy) is counts
