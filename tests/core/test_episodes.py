"""Season and episode numbers from file names."""

import pytest

from taggarr.core.episodes import episode_numbers, numbers, place, reading_order
from taggarr.core.media import File


@pytest.mark.parametrize(
    ("path", "season", "episodes"),
    [
        # the season and the episode are both named
        ("Season 01/Show - S01E01 - Pilot WEBDL-1080p.mkv", 1, (1,)),
        ("show.s01e01.mkv", 1, (1,)),
        ("show.s01e01e02.mkv", 1, (1, 2)),
        ("Show - S01E01E02E03.mkv", 1, (1, 2, 3)),
        ("Show - S01E01-E03 - Three.mkv", 1, (1, 2, 3)),
        ("Show - S01E01-03.mkv", 1, (1, 2, 3)),
        ("Show S01E01 - E02.mkv", 1, (1, 2)),
        ("Show - S01E05-S01E06.mkv", 1, (5, 6)),
        ("show.s01e05-s01e06.mkv", 1, (5, 6)),
        ("Show - 2X01-2X03.mkv", 2, (1, 2, 3)),
        ("Show - S01E07+E08.mkv", 1, (7, 8)),
        ("Show - S01E07E08-E10.mkv", 1, (7, 8, 9, 10)),
        ("Show - S01E01-ep03.mkv", 1, (1, 2, 3)),
        ("Show - S01 E04.mkv", 1, (4,)),
        ("Show.S01.E04.mkv", 1, (4,)),
        ("Show - S01EP04.mkv", 1, (4,)),
        ("Show - S2024E012.mkv", 2024, (12,)),
        ("Show - S01E01-1080p.mkv", 1, (1,)),
        ("Show - S01E01-720p.mkv", 1, (1,)),
        ("Show - S01E01-900.mkv", 1, (1,)),
        ("Show - S01E05-E03.mkv", 1, (5,)),
        ("Show - S01E02E01.mkv", 1, (1, 2)),
        ("Show - S01E01-E201.mkv", 1, tuple(range(1, 202))),
        ("Show - S01E01-E202.mkv", 1, (1,)),
        ("Show - S03E02 - 1x05 revisited.mkv", 3, (2,)),
        ("Specials/Show - S00E03 - Extra.mkv", 0, (3,)),
        ("Show 1x01.mkv", 1, (1,)),
        ("Show - 1x01x02.mkv", 1, (1, 2)),
        ("Show - 1x01-1x03.mkv", 1, (1, 2, 3)),
        ("Show - 1x01-03 - Title.mkv", 1, (1, 2, 3)),
        ("Show.12x104.mkv", 12, (104,)),
        ("Show S02\\Show S02E09.mkv", 2, (9,)),
        # the episode alone is named
        ("Season 1/01.mkv", None, (1,)),
        ("Season 1/01 - Pilot.mkv", None, (1,)),
        ("Season 1/05 - 13 Reasons.mkv", None, (5,)),
        ("Season 1/01-02.mkv", None, (1, 2)),
        ("Season 1/#7 Title.mkv", None, (7,)),
        ("Season 1/Episode 5.mkv", None, (5,)),
        ("Season 1/Folge 12 - Titel.mkv", None, (12,)),
        ("Show E05.mkv", None, (5,)),
        ("Show Ep 5-6.mkv", None, (5, 6)),
        ("Show E05E06.mkv", None, (5, 6)),
        ("番組 第05話.mkv", None, (5,)),
        ("[Group] Show - 012 [1080p][x265 10bit][A1B2C3D4].mkv", None, (12,)),
        ("[Group] Show - 012v2 (BD 1920x1080 FLAC).mkv", None, (12,)),
        ("[Group] 86 - 01 [720p].mkv", None, (1,)),
        ("Show - 05 - Area 51.mkv", None, (5,)),
        ("Show - 05 Title.mkv", None, (5,)),
        ("Show (2019) - 103.mkv", None, (103,)),
        ("Show 103.mkv", None, (103,)),
        ("Show.103.1080p.x264.DDP5.1.mkv", None, (103,)),
        ("1999.mkv", None, (1999,)),
        ("Specials/Show - SP1.mkv", 0, (1,)),
        ("Specials/Show OVA 2.mkv", 0, (2,)),
        ("Season 3/02 - Special 1.mkv", None, (2,)),
        # nothing is named
        ("Show - 2024-03-05 - Guest.mkv", None, ()),
        ("Show.2024.03.05.Guest.mkv", None, ()),
        ("Show 2024.mkv", None, ()),
        ("Show - Pilot 1080p h.264 5.1.mkv", None, ()),
        ("Pilot.mkv", None, ()),
        ("Show 1920x1080.mkv", None, ()),
        ("", None, ()),
    ],
)
def test_a_name_tells_its_season_and_its_episodes(
    path: str, season: int | None, episodes: tuple[int, ...]
) -> None:
    """The last part of a path is read the way people and the arrs write it."""
    found = numbers(path)

    assert (found.season, found.episodes) == (season, episodes)


@pytest.mark.parametrize(
    ("path", "season", "episodes"),
    [
        ("Show - S02E05.mkv", 2, (5,)),
        ("Show - S02E05.mkv", None, (5,)),
        ("Show - S02E05.mkv", 3, ()),
        ("Show - S00E05.mkv", 1, ()),
        ("Show - SP5.mkv", 0, (5,)),
        ("Season 4/07.mkv", 4, (7,)),
        ("Season 4/07.mkv", None, (7,)),
        ("Pilot.mkv", 1, ()),
    ],
)
def test_a_name_that_speaks_of_another_season_says_nothing(
    path: str, season: int | None, episodes: tuple[int, ...]
) -> None:
    """The arr's season is right, so numbers of another one are no numbers of this file."""
    assert episode_numbers(path, season) == episodes


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (File(1, "", "Season 1/Show - S01E03 - Title.mkv", 1, season=1), "S01E03"),
        (File(1, "", "Season 1/03.mkv", 1, season=1), "S01E03"),
        (File(1, "", "Show.s01e01e02.mkv", 1, season=1), "S01E01-E02"),
        (File(1, "", "whatever.mkv", 1, season=12, episodes=(104, 105, 106)), "S12E104-E106"),
        (File(1, "", "Season 1/Show - 2024-03-05.mkv", 1, season=1), "Show - 2024-03-05.mkv"),
        (File(1, "", "Season 2\\Show - S01E01.mkv", 1, season=2), "Show - S01E01.mkv"),
        (File(1, "", "Movie (2001).mkv", 1), "Movie (2001).mkv"),
        (File(1, "", "Movie 2.mkv", 1), "Movie 2.mkv"),
    ],
)
def test_a_file_is_called_by_its_episode(file: File, expected: str) -> None:
    """A user reads `S01E03`; a file without numbers keeps its name."""
    assert place(file) == expected


def test_files_are_ordered_as_they_are_watched() -> None:
    """Season first, then the number, then the name for those that have none."""
    files = [
        File(1, "", "b.mkv", 1, season=1),
        File(2, "", "10.mkv", 1, season=1),
        File(3, "", "9.mkv", 1, season=1),
        File(4, "", "a.mkv", 1, season=1),
        File(5, "", "z.mkv", 1, season=0, episodes=(99,)),
        File(6, "", "z.mkv", 1, season=1, episodes=(1,)),
        File(7, "", "movie.mkv", 1),
        File(8, "", "01.mkv", 1, season=2),
        File(9, "", "S03E01.mkv", 1, season=2),
    ]

    assert [file.id for file in sorted(files, key=reading_order)] == [7, 5, 6, 3, 2, 4, 1, 8, 9]
