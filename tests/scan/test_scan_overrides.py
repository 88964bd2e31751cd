"""What a person said of single items, in scans: applied, followed, and never to a stranger."""

import json
from typing import TYPE_CHECKING

import pytest

from taggarr.core.language import Language
from taggarr.core.media import Item, Kind
from taggarr.core.override import Override
from taggarr.simulator.collection import audio
from taggarr.store import overrides
from taggarr.store.db import FILE_NAME, Database
from taggarr.wiring.library import register
from taggarr.wiring.scanner import utc_now

if TYPE_CHECKING:
    from .conftest import House

DE, EN, KO = (Language(code) for code in ("de", "en", "ko"))
TVDB, TMDB = 300_000, 500_000
"""What the simulated arrs add to a row's number, to make a catalogue id of it."""


def say(house: "House", name: str, item_id: int, override: Override, catalogue_id: int | None = None) -> None:
    """Set the override of one item, as the command does."""
    kind = Kind.SERIES if name == "tv" else Kind.MOVIE
    base = TVDB if kind is Kind.SERIES else TMDB
    number = catalogue_id or base + item_id
    item = Item(name, kind, item_id, "Said", "/x", tvdb_id=number, tmdb_id=number)
    config = house.config()
    database = Database(config.data_dir / FILE_NAME)
    try:
        overrides.change(database, register(config, database)[name], item, lambda _: override, utc_now())
    finally:
        database.close()


@pytest.mark.parametrize(
    ("override", "label", "verdict", "original"),
    [
        (Override(), "wrong-dub", "wrong-dub", "ja"),
        (Override(original=KO), None, "original", "ko"),
        (Override(targets=(KO,)), "dub", "dub", "ja"),
        (Override(original=EN, targets=(KO, DE)), "semi-dub", "semi-dub", "en"),
        (Override(excluded=False), "wrong-dub", "wrong-dub", "ja"),
    ],
)
def test_what_a_person_says_is_judged_by(
    house: "House", override: Override, label: str | None, verdict: str, original: str
) -> None:
    """Original and targets of the one title; its neighbour of the same make stays what it was."""
    house.shelf.series("Show", {"Season 01/S01E01.mkv": audio("kor")})
    house.shelf.series("Twin", {"Season 01/S01E01.mkv": audio("kor")})
    house.shelf.movie("Film", audio("kor"))
    say(house, "tv", 1, override)
    say(house, "films", 1, override)
    house.scan()
    tags = {label} if label else set()
    assert house.tags() == {"Show": tags, "Twin": {"wrong-dub"}, "Film": tags}
    for record in (house.records("tv")["Show"], house.records("films")["Film"]):
        assert (record.verdict, record.original, record.item.original) == (verdict, original, "Japanese")


def test_the_next_scan_judges_anew_and_reads_nothing(house: "House") -> None:
    """No file changed, and the verdict does; the scan after it writes nothing. Taken away, all is as before."""
    house.shelf.series("Show", {"Season 01/S01E01.mkv": audio("kor")})
    house.scan("tv")
    say(house, "tv", 1, Override(original=KO))
    again = house.scan("tv").instances["tv"]
    assert (again.files_read, again.applied, house.tags()["Show"]) == (0, 1, set())
    house.forget_requests()
    quiet = house.scan("tv").instances["tv"]
    assert (quiet.planned, quiet.files_read, house.writes()) == (0, 0, [])
    assert "episodefile" not in house.asked("tv")
    say(house, "tv", 1, Override())
    house.scan("tv")
    assert house.tags()["Show"] == {"wrong-dub"}


def test_a_persons_english_is_no_doubt(house: "House") -> None:
    """The arr says English when it knows no better; a person means it, and the doubt is gone."""
    house.shelf.movie("Film", audio("bre"), original="English")
    house.scan("films")
    assert house.records("films")["Film"].verdict == "unknown"
    say(house, "films", 1, Override(original=EN))
    house.scan("films")
    assert house.records("films")["Film"].verdict == "wrong-dub"


def test_an_item_that_a_person_excludes_keeps_its_labels(house: "House") -> None:
    """It is not looked at; in write mode 2 its labels go, and the override stays."""
    house.shelf.movie("Film", audio("jpn", "eng"), tags=["wrong-dub"])
    say(house, "films", 1, Override(excluded=True))
    summary = house.scan("films", inspect=True).instances["films"]
    assert (summary.items, summary.files_read, house.tags()["Film"]) == (0, 0, {"wrong-dub"})
    assert summary.inspections[0].excluded.key == "override"
    assert house.records("films")["Film"].reason == "you said so with `taggarr override`"
    assert summary.notes == [], "it is not the configuration that leaves everything out"
    house.scan("films", mode=2)
    assert house.tags()["Film"] == set()
    house.scan("films")
    assert house.tags()["Film"] == set()


@pytest.mark.parametrize(
    "defaults",
    [{"exclude": {"titles": ["Show"]}}, {"target_genre": "Anime"}, {"exclude": {"tags": ["keep"]}}],
)
def test_an_item_that_a_person_includes_is_judged(house: "House", defaults: dict) -> None:
    """Whatever the configuration leaves out; the other titles stay left out."""
    house.defaults |= defaults
    for _ in range(2):
        house.shelf.series("Show", {"Season 01/S01E01.mkv": audio("jpn", "eng")}, tags=["keep"])
    say(house, "tv", 2, Override(excluded=False))
    house.scan("tv")
    assert house.sonarr.all_tags() == {1: {"keep"}, 2: {"keep", "dub"}}


def test_an_override_follows_the_title(house: "House") -> None:
    """Renamed, moved, added anew under another number: it is that title by its number at TheTVDB."""
    house.shelf.series("Show", {"Season 01/S01E01.mkv": audio("kor")}, tvdb=4711)
    say(house, "tv", 1, Override(original=KO), catalogue_id=4711)
    house.scan("tv")
    row = house.sonarr.rows[1]
    (house.shelf.tv / "Show").rename(house.shelf.tv / "Other")
    row.title = "Other"
    house.sonarr.move_item(1, str(house.shelf.tv / "Other"))
    house.scan("tv")
    assert house.records("tv")["Other"].verdict == "original"
    house.sonarr.remove_series(1)
    house.scan("tv")
    house.shelf.series("Anew", {"Season 01/S01E01.mkv": audio("kor")}, tvdb=4711)
    house.scan("tv")
    assert house.records("tv")["Anew"].verdict == "original"


def test_an_override_is_not_the_strangers_who_has_the_number_now(house: "House") -> None:
    """An arr that was restored gives a number to another title."""
    house.shelf.series("Show", {"Season 01/S01E01.mkv": audio("kor")}, tvdb=1)
    house.shelf.series("Gone", {"Season 01/S01E01.mkv": audio("kor")}, tvdb=2)
    say(house, "tv", 1, Override(original=KO), catalogue_id=2)
    house.scan("tv")
    assert {title: record.verdict for title, record in house.records("tv").items()} == {
        "Show": "wrong-dub",
        "Gone": "original",
    }


def test_an_override_survives_a_new_name_of_the_instance(house: "House") -> None:
    """The state is that of the server, whatever it is called."""
    house.shelf.series("Show", {"Season 01/S01E01.mkv": audio("kor")})
    say(house, "tv", 1, Override(original=KO))
    house.instances = {"series": house.instances["tv"]}
    house.scan("series")
    assert house.records("series")["Show"].verdict == "original"


def test_the_log_tells_of_overrides(house: "House", caplog: pytest.LogCaptureFixture) -> None:
    """Which, and what they say."""
    house.shelf.movie("Film", audio("kor"))
    say(house, "films", 1, Override(original=KO, targets=(DE,)))
    with caplog.at_level("DEBUG", "taggarr.scan"):
        house.scan("films")
    assert "judged under an override: original Korean, targets German" in caplog.messages


def test_an_item_outside_the_roots_shows_its_override(house: "House") -> None:
    """It is told what was said of it, and why nothing comes of that."""
    house.shelf.movie("Film", audio("kor"))
    (house.folder / "elsewhere").mkdir()
    house.instances["films"]["root_path"] = str(house.folder / "elsewhere")
    say(house, "films", 1, Override(original=KO))
    (one,) = house.scan("films", items=("Film",)).instances["films"].inspections
    assert (one.excluded.key, one.kept.override, one.original.language) == ("root_path", Override(KO), KO)


def test_the_state_file_is_under_the_override(house: "House") -> None:
    """Episode by episode, as `export --format state` has it; a new override brings a new file."""
    house.defaults["write_state_json"] = True
    house.shelf.series("Show", {"Season 01/S01E01.mkv": audio("jpn", "ger")})
    house.scan("tv")
    path = house.shelf.tv / "taggarr.json"

    def season() -> tuple[list[str], list[str]]:
        (entry,) = json.loads(path.read_text())["series"].values()
        return entry["seasons"]["Season 01"]["dub"], entry["seasons"]["Season 01"]["missing_dub"]

    assert season() == ([], ["E01:en"])
    say(house, "tv", 1, Override(targets=(DE,)))
    house.scan("tv")
    assert season() == (["E01:de"], [])
