"""Lines of progress, by a clock that the tests set."""

import pytest

from taggarr.cli.progress import Lines
from taggarr.scan.events import Phase, Progress


@pytest.mark.parametrize(
    ("told", "lines"),
    [
        ([(0, 0), (9, 90)], ["tv: reading 100 titles"]),
        ([(0, 0), (10, 10)], ["tv: reading 100 titles", "tv: reading: 10 of 100 titles, 10 files read"]),
        ([(0, 0), (10, 9), (59, 9)], ["tv: reading 100 titles"]),
        ([(0, 0), (60, 0)], ["tv: reading 100 titles"] * 2),
        (
            [(0, 0), (30, 9), (40, 11), (41, 50), (50, 51)],
            [
                "tv: reading 100 titles",
                "tv: reading: 11 of 100 titles, 11 files read",
                "tv: reading: 51 of 100 titles, 51 files read",
            ],
        ),
    ],
)
def test_lines_have_a_rhythm(capsys, told, lines):
    """One each ten seconds where a tenth was done, one each minute in any case; a short scan has but its phases."""
    now = 0.0
    listen = Lines(lambda: now)
    for now, done in told:  # noqa: B007 - the clock reads it
        listen(Progress("tv", Phase.READ, done, 100, done))
    listen(Progress("tv", Phase.END, 100, 100, 100))
    assert capsys.readouterr().err.splitlines() == lines


def test_instances_and_phases_have_lines_of_their_own(capsys):
    """A new phase is told at once, whatever was told before."""
    listen = Lines(lambda: 0.0)
    for name in ("tv", "films"):
        listen(Progress(name, Phase.FETCH, 0, 0))
        listen(Progress(name, Phase.APPLY, 0, 1))
    assert capsys.readouterr().err.splitlines() == [
        "tv: asking for the list",
        "tv: applying 1 title",
        "films: asking for the list",
        "films: applying 1 title",
    ]
