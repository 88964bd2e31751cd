"""The library in the shape of the earlier `taggarr.json`."""

import time
from datetime import UTC, datetime, timedelta, timezone
from zlib import crc32

import pytest

from taggarr.core.language import Language
from taggarr.core.legacy_state import StoredItem, legacy_state, legacy_text
from taggarr.core.media import (
    ArrAudio,
    AudioTrack,
    Cause,
    File,
    Heard,
    Item,
    Kind,
    LanguageSource,
    Stat,
    Unreadable,
)
from taggarr.core.policy import AudioSource, Policy
from taggarr.core.record import ItemRecord
from taggarr.core.selection import KnownFile

EN = Policy((Language("en"),))
AT = datetime(2026, 1, 31, 10, 0, 0, 123456, tzinfo=UTC)


def heard(*languages):
    tracks = [
        AudioTrack(position, language, language_source=LanguageSource.STATED)
        for position, language in enumerate(languages, 1)
    ]
    return Heard(tuple(tracks), "matroska")


def known(name, reading, *, season=1, episodes=(), mtime_s=1672531200, audio=None):
    file = File(crc32(name.encode()), f"/tv/Show/{name}", name, 100, season, episodes, audio)
    stat = None if reading is None else Stat(100, mtime_s * 10**9)
    return KnownFile(file, file.path, stat, reading)


def series(*files, policy=EN, original="Japanese", **record):
    item = Item("tv", Kind.SERIES, 1, "Show", "/arr/Show (2010)", original=original)
    values = {"original": "ja", "verdict": "semi-dub", "label": "semi-dub"} | record
    return StoredItem(ItemRecord(item, "/media/tv/Show (2010)", **values), files, policy)


def season(*files, name="Season 01", **values):
    state = legacy_state([series(*files, **values)], AT)
    return state["series"]["/media/tv/Show (2010)"]["seasons"][name]


def test_the_documented_example():
    """The very text of the earlier version: indented by two, lists on one line, no line end at the end."""
    one = series(
        known("Season 01/S01E01.mkv", heard("jpn", "eng"), episodes=(1,)),
        known("Season 01/S01E02.mkv", heard("jpn"), episodes=(2,)),
    )
    assert (
        legacy_text(legacy_state([one], AT))
        == """\
{
  "version": "0.8.0",
  "series": {
    "/media/tv/Show (2010)": {
      "display_name": "Show (2010)",
      "tag": "semi-dub",
      "last_scan": "2026-01-31T10:00:00.123456Z",
      "original_language": "japanese",
      "seasons": {
        "Season 01": {
          "episodes": 2,
          "original_dub": ["E01", "E02"],
          "dub": ["E01:en"],
          "missing_dub": ["E02:en"],
          "unexpected_languages": [],
          "last_modified": 1672531200.0,
          "status": "semi-dub"
        }
      },
      "last_modified": 1672531200.0
    }
  },
  "movies": {}
}"""
    )


def test_a_movie():
    """Languages as codes in place of the seasons; a label that is not there is `none`."""
    item = Item("films", Kind.MOVIE, 7, "Élan", "/arr/Élan", original="French")
    record = ItemRecord(item, "/movies/Élan", original="fr", verdict="original", languages=("fr", "pt-BR"))
    state = legacy_state([StoredItem(record, [known("Élan.mkv", heard("fra"), season=None)], EN)], AT)
    assert state == {
        "version": "0.8.0",
        "series": {},
        "movies": {
            "/movies/Élan": {
                "display_name": "Élan",
                "tag": "none",
                "last_scan": "2026-01-31T10:00:00.123456Z",
                "original_language": "french",
                "languages": ["fr", "pt-BR"],
                "last_modified": 1672531200.0,
            }
        },
    }
    assert '"languages": ["fr", "pt-BR"],' in legacy_text(state)
    assert '"display_name": "Élan"' in legacy_text(state)


def test_what_was_never_judged_is_left_out():
    """Excluded items have no verdict."""
    assert legacy_state([series(verdict=None)], AT) == {"version": "0.8.0", "series": {}, "movies": {}}


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (None, None),
        (datetime(2026, 1, 31, 10, 0, tzinfo=UTC), "2026-01-31T10:00:00.000000Z"),
        (datetime(2026, 1, 31, 12, 0, tzinfo=timezone(timedelta(hours=2))), "2026-01-31T10:00:00.000000Z"),
    ],
)
def test_the_time_of_the_last_scan(at, shown):
    """In UTC, with microseconds."""
    (entry,) = legacy_state([series()], at)["series"].values()
    assert entry["last_scan"] == shown


def test_the_time_of_the_last_scan_is_in_utc_wherever_the_machine_stands(elsewhere):
    """Not in the machine's zone."""
    (entry,) = legacy_state([series()], datetime(2026, 1, 31, 10, 0, tzinfo=UTC))["series"].values()
    assert entry["last_scan"] == "2026-01-31T10:00:00.000000Z"


@pytest.fixture
def elsewhere(monkeypatch):
    """The machine's time zone is nine hours ahead of UTC."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "JST-9")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize(
    ("readings", "status"),
    [
        ([heard("jpn", "eng"), heard("jpn", "eng")], "fully-dub"),
        ([heard("jpn", "eng"), heard("jpn")], "semi-dub"),
        ([heard("jpn"), heard("jpn")], "original"),
        ([heard("jpn", "eng"), heard("jpn", "deu")], "wrong-dub"),
        ([heard("jpn"), Unreadable("it is empty", Cause.DAMAGED)], "unknown"),
        ([None], "unknown"),
    ],
)
def test_the_status_of_a_season(readings, status):
    """The four words of the earlier version, and `unknown`, which it could not say."""
    files = [
        known(f"Season 01/S01E0{n}.mkv", reading, episodes=(n,)) for n, reading in enumerate(readings, 1)
    ]
    assert season(*files)["status"] == status


def test_several_languages_in_one_episode():
    """Codes in order, with comma and blank between; foreign languages once, in order."""
    policy = Policy((Language("fr"), Language("en"), Language("de"), Language("es")))
    found = season(
        known("Season 01/S01E01.mkv", heard("jpn", "fra", "eng", "ita"), episodes=(1,)),
        known("Season 01/S01E02.mkv", heard("ita", "dan"), episodes=(2,)),
        policy=policy,
    )
    assert found["dub"] == ["E01:en, fr"]
    assert found["missing_dub"] == ["E01:de, es", "E02:de, en, es, fr"]
    assert found["unexpected_languages"] == ["da", "it"]
    assert found["original_dub"] == ["E01"]


def test_what_is_not_known_is_not_missing():
    """An unreadable file counts as an episode and is in none of the lists."""
    found = season(known("Season 01/S01E01.mkv", Unreadable("it is empty", Cause.DAMAGED), episodes=(1,)))
    assert (found["episodes"], found["dub"], found["missing_dub"], found["original_dub"]) == (1, [], [], [])


def test_an_original_that_is_not_known_is_not_heard():
    """Without an original no episode has it; the target is heard all the same."""
    found = season(known("Season 01/S01E01.mkv", heard("kor", "eng"), episodes=(1,)), original="Unknown")
    assert found["original_dub"] == []
    assert found["dub"] == ["E01:en"]


@pytest.mark.parametrize(("verdict", "status"), [("unknown", "unknown"), ("wrong-dub", "wrong-dub")])
def test_the_doubt_about_english_is_that_of_the_last_scan(verdict, status):
    """The arr's "English" may mean "not known": whether it did is read from the item's verdict."""
    file = known("Season 01/S01E01.mkv", heard("tel"), episodes=(1,))
    found = season(file, original="English", verdict=verdict, label=None)
    assert found["status"] == status


def test_the_original_is_the_one_that_was_judged_by():
    """What is stored beside the item wins over the arr's name for it."""
    file = known("Season 01/S01E01.mkv", heard("kor"), episodes=(1,))
    state = legacy_state([series(file)], AT)
    assert state["series"]["/media/tv/Show (2010)"]["seasons"]["Season 01"]["original_dub"] == []
    item = series(file)
    judged = ItemRecord(item.record.item, item.record.local, original="ko", verdict="original")
    state = legacy_state([StoredItem(judged, [file], EN)], AT)
    assert state["series"]["/media/tv/Show (2010)"]["seasons"]["Season 01"]["original_dub"] == ["E01"]


@pytest.mark.parametrize(
    ("name", "number", "key"),
    [
        ("Season 01/S01E01.mkv", 1, "Season 01"),
        ("Season 1\\S01E01.mkv", 1, "Season 1"),
        ("Staffel 2/Extras/S02E01.mkv", 2, "Staffel 2"),
        ("S03E01.mkv", 3, "Season 03"),
        ("Specials/S00E01.mkv", 0, "Specials"),
        ("S00E01.mkv", 0, "Specials"),
    ],
)
def test_seasons_are_named_by_their_folder(name, number, key):
    """A flat folder gets the names that the arrs use."""
    (entry,) = legacy_state([series(known(name, heard("jpn"), season=number))], AT)["series"].values()
    assert list(entry["seasons"]) == [key]


@pytest.mark.parametrize(
    ("name", "episodes", "shown"),
    [
        ("Season 01/Show.S01E07.mkv", (7,), "E07"),
        ("Season 01/Show.S01E07E08.mkv", (7, 8), "E07"),
        ("Season 01/Show - 112.mkv", (112,), "E112"),
        ("Season 01/Show.Making.Of.mkv", (), "Show.Making.Of"),
    ],
)
def test_episodes_are_named_by_their_number(name, episodes, shown):
    """One entry a file: its first episode, else the name without its ending."""
    assert season(known(name, heard("jpn"), episodes=episodes))["original_dub"] == [shown]


def test_files_are_in_the_order_of_watching():
    """Whatever the order of the store; seasons by name."""
    files = [
        known(f"Season 0{s}/{s}x{e}.mkv", heard("jpn"), season=s, episodes=(e,))
        for s in (2, 1)
        for e in (10, 9)
    ]
    (entry,) = legacy_state([series(*files)], AT)["series"].values()
    assert list(entry["seasons"]) == ["Season 01", "Season 02"]
    assert entry["seasons"]["Season 01"]["original_dub"] == ["E09", "E10"]


def test_the_newest_file_gives_the_time():
    """In seconds, of the season and of the whole; 0 where no file was ever looked at."""
    one = series(
        known("Season 01/a.mkv", heard("jpn"), mtime_s=100),
        known("Season 01/b.mkv", heard("jpn"), mtime_s=200),
        known("Season 02/c.mkv", heard("jpn"), season=2, mtime_s=150),
        known("Season 03/d.mkv", None, season=3),
    )
    (entry,) = legacy_state([one], AT)["series"].values()
    times = {name: found["last_modified"] for name, found in entry["seasons"].items()}
    assert times == {"Season 01": 200.0, "Season 02": 150.0, "Season 03": 0.0}
    assert entry["last_modified"] == 200.0


def test_arr_data_stand_in_where_the_policy_says_so():
    """By `audio_source: arr` always, by `auto` for what was never read, by `files` never."""
    file = known("Season 01/S01E01.mkv", None, episodes=(1,), audio=ArrAudio(("jpn", "eng"), 2))
    for source, status in (("arr", "fully-dub"), ("auto", "fully-dub"), ("files", "unknown")):
        policy = Policy((Language("en"),), audio_source=AudioSource(source))
        assert season(file, policy=policy)["status"] == status, source
    read = known("Season 01/S01E01.mkv", heard("jpn"), episodes=(1,), audio=ArrAudio(("jpn", "eng"), 2))
    assert (
        season(read, policy=Policy((Language("en"),), audio_source=AudioSource.ARR))["status"] == "fully-dub"
    )


def test_a_sample_is_what_was_read():
    """Quick mode: files that were left out are no episodes of unknown audio."""
    files = (
        known("Season 01/S01E01.mkv", heard("jpn", "eng"), episodes=(1,)),
        known("Season 01/S01E02.mkv", None, episodes=(2,)),
    )
    assert (season(*files, sampled=True)["status"], season(*files, sampled=True)["episodes"]) == (
        "fully-dub",
        1,
    )
    assert (season(*files)["status"], season(*files)["episodes"]) == ("unknown", 2)
