"""What an arr does with labels beside showing them, and what its clock says."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from taggarr.core.arr import LabelUse
from taggarr.core.errors import ArrProtocol

DETAILS = [
    {
        "label": "Dub",
        "delayProfileIds": [1],
        "importListIds": [1, 2],
        "notificationIds": [],
        "restrictionIds": [4],
        "excludedReleaseProfileIds": [5],
        "indexerIds": [],
        "downloadClientIds": [7],
        "autoTagIds": [2, 9],
        "seriesIds": [1],
        "id": 3,
    },
    {"label": "keep", "id": 4},
]


def test_what_uses_a_label(fake, sonarr):
    """Kinds are counted, Sonarr 5's two kinds of release profiles as one; a rule that is gone keeps its number."""
    fake.on("GET", "/tag/detail", fake.json(DETAILS))
    fake.on("GET", "/autotagging", fake.json([{"id": 2, "name": "By\x1bgenre"}, {"id": 3, "name": "Other"}]))
    dub, keep = sonarr.label_uses()
    assert dub == LabelUse(
        "dub",
        rules=("By genre", "#9"),
        others=(("delay profile", 1), ("release profile", 2), ("download client", 1), ("import list", 2)),
    )
    assert keep == LabelUse("keep")


def test_radarr_names_release_profiles_otherwise(fake, radarr):
    """Without a rule that uses a label, the rules are not asked for."""
    fake.on("GET", "/tag/detail", fake.json([{"label": "dub", "releaseProfileIds": [1], "id": 1}]))
    assert radarr.label_uses() == (LabelUse("dub", others=(("release profile", 1),)),)
    assert [request.target for request in fake.requests] == ["/api/v3/tag/detail"]


def test_a_rule_without_a_name(fake, sonarr):
    """It is told by its number."""
    fake.on("GET", "/tag/detail", fake.json([{"label": "dub", "autoTagIds": [2], "id": 1}]))
    fake.on("GET", "/autotagging", fake.json([{"id": 2, "name": ""}]))
    assert sonarr.label_uses()[0].rules == ("#2",)


def test_another_answer_is_refused(fake, sonarr):
    """As everywhere: what is not the products' answer is an error, and not an empty list."""
    fake.on("GET", "/tag/detail", fake.json([{"id": 1}]))
    with pytest.raises(ArrProtocol, match="GET /tag/detail"):
        sonarr.label_uses()


def dated(text: str) -> bytes:
    body = b'{"appName":"Sonarr","version":"4.0"}'
    head = f"HTTP/1.1 200 OK\r\nDate: {text}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def test_the_clock_of_the_server(fake, sonarr):
    """By the date of its last answer; before the first, and without a date that can be read, nobody knows."""
    assert sonarr.ahead_s is None
    now = datetime.now(UTC)
    ahead = format_datetime(now + timedelta(hours=1), usegmt=True)
    behind = format_datetime((now - timedelta(hours=2)).replace(tzinfo=None))  # `-0000`
    fake.on("GET", "/system/status", dated(ahead), dated(behind), dated("yesterday"), dated(""))
    sonarr.check()
    assert sonarr.ahead_s == pytest.approx(3600, abs=30)
    sonarr.check()
    assert sonarr.ahead_s == pytest.approx(-7200, abs=30)
    sonarr.check()
    assert sonarr.ahead_s is None


def test_the_clock_of_a_silent_server(fake, radarr):
    """An answer without a date says nothing."""
    fake.on("GET", "/system/status", fake.json({"appName": "Radarr", "version": "6.0"}))
    radarr.check()
    assert radarr.ahead_s is None
