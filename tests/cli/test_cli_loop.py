"""When each instance of a loop is due."""

import time
from datetime import datetime, timedelta

import pytest

from taggarr.cli.loop import Rhythm, seconds_until
from taggarr.config import VerifyFiles, load


@pytest.fixture
def rhythm(tmp_path):
    """Makes the rhythm of two instances, one of them with these keys."""

    def make(keys, verify=VerifyFiles.ALWAYS):
        path = tmp_path / "config.yaml"
        path.write_text(
            "instances:\n"
            f"  tv: {{type: sonarr, url: http://a, api_key: 0123456789abcdef0123456789abcdef, {keys}}}\n"
            "  films: {type: radarr, url: http://b, api_key: 0123456789abcdef0123456789abcdef}\n"
        )
        return Rhythm(load(path, {}).instances, verify)

    return make


def not_at_all(delay):
    pytest.fail(f"nobody waits, but {delay} s were asked for")


def test_the_first_pass_is_at_once_and_whole(rhythm):
    """All instances, every file looked at, also where files are verified weekly."""
    for verify in VerifyFiles:
        assert rhythm("run_interval_seconds: 60", verify).next(not_at_all) == (["tv", "films"], True)


@pytest.mark.parametrize(
    ("keys", "most"),
    [("run_interval_seconds: 60", 60), ('schedule: "* * * * *"', 60), ("enabled: true", 7200)],
)
def test_the_next_pass_is_after_the_interval_or_by_the_schedule(rhythm, keys, most):
    """The instance that is due first decides how long to wait; whoever is told to stop finds nobody due."""
    waited = []

    def told_to_stop(delay):
        waited.append(delay)
        return True

    one = rhythm(keys)
    one.next(not_at_all)
    assert one.next(told_to_stop) == ([], False)
    assert len(waited) == 1
    assert 0 < waited[0] <= most


def test_an_instance_comes_when_its_own_time_has_come(rhythm):
    """The quick one alone, the slow one stays."""
    one = rhythm("run_interval_seconds: 1")
    one.next(not_at_all)
    one._due["tv"] -= 1
    assert one.next(not_at_all) == (["tv"], True)


@pytest.mark.parametrize(("verify", "again"), [("always", True), ("daily", False), ("weekly", False)])
def test_files_are_looked_at_as_often_as_configured(rhythm, verify, again):
    """Disks that sleep are left alone between."""
    one = rhythm("run_interval_seconds: 60", VerifyFiles(verify))
    one.next(not_at_all)
    one._due["tv"] -= 60
    assert one.next(not_at_all) == (["tv"], again)


@pytest.fixture
def berlin(monkeypatch):
    """The local time of a place that changes its clocks."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("schedule", "now", "hours"),
    [
        ("0 4 * * *", "2026-06-01T03:00", 1),
        ("0 4 * * *", "2026-06-01T04:00", 24),
        # 25 October 2026: the hour from 2 to 3 comes twice.
        ("0 4 * * *", "2026-10-24T04:00", 25),
        ("0 4 * * *", "2026-10-25T04:00", 24),
        ("30 2 * * *", "2026-10-24T02:30", 24),
        ("30 2 * * *", "2026-10-25T02:30", 25),
        # 29 March 2026: the hour from 2 to 3 is left out.
        ("0 4 * * *", "2026-03-28T04:00", 23),
    ],
)
def test_a_schedule_fires_once_a_day_also_when_clocks_change(berlin, schedule, now, hours):
    """From one time of the schedule to the next, in real hours."""
    assert seconds_until(schedule, datetime.fromisoformat(now)) == timedelta(hours=hours).total_seconds()


def test_a_wait_that_ends_early_makes_nobody_due(rhythm):
    """It waits for the rest; nothing is scanned before its time."""
    beat = rhythm("run_interval_seconds: 60")
    beat.next(not_at_all)
    waits = iter([False, True])
    assert beat.next(lambda _: next(waits)) == ([], False)
    assert list(waits) == []
