"""Values as texts: what goes in comes out, equal texts are one object, and what does not fit is refused."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taggarr.core.media import (
    ArrAudio,
    AudioTrack,
    Cause,
    File,
    Heard,
    Item,
    LanguageSource,
    Unreadable,
)
from taggarr.core.plan import Undone
from taggarr.store import codec

READINGS = st.from_type(Heard) | st.from_type(Unreadable)
ITEMS = st.builds(Item, files=st.none())


@given(READINGS)
def test_a_reading_comes_back(reading: Heard | Unreadable):
    """Every reading is decoded to an equal one."""
    text = codec.encode_reading(reading)
    codec.decode_reading.cache_clear()
    assert codec.decode_reading(text) == reading


@pytest.mark.parametrize("fact", [field.name for field in fields(AudioTrack)])
def test_every_fact_of_a_track_is_stored(fact: str):
    """Each by itself, beside a track that states nothing: none is left out, none spills into another."""
    values = {"position": 7, "language_source": LanguageSource.DEFAULT, "channels": 6, "enabled": False}
    values |= dict.fromkeys(("language", "bcp47", "title", "codec"), "jpn")
    track = AudioTrack(**{"position": 2, fact: values.get(fact, True)})
    assert track != AudioTrack(2)
    reading = Heard((AudioTrack(2), track), "matroska")
    text = codec.encode_reading(reading)
    codec.decode_reading.cache_clear()
    assert codec.decode_reading(text) == reading


@given(ITEMS, st.text())
def test_an_item_comes_back_without_its_files(item: Item, instance: str):
    """Every item is decoded to an equal one of the instance that holds it now; files are kept elsewhere."""
    listed = replace(item, files=(File(1, "/a", "a", 1),))
    assert codec.decode_item(codec.encode_item(listed), instance) == replace(item, instance=instance)


@given(st.from_type(Undone), st.none() | st.from_type(ArrAudio))
def test_small_values_come_back(undone: Undone, audio: ArrAudio | None):
    """What the arr undid, and the arr's audio data, are decoded to equal values."""
    assert codec.decode_undone(codec.encode_undone(undone)) == undone
    assert codec.decode_arr_audio(codec.encode_arr_audio(audio)) == audio


@given(st.lists(st.text()).map(tuple), st.lists(st.integers(-(2**63), 2**64 - 1)).map(tuple))
def test_lists_come_back(strings: tuple[str, ...], numbers: tuple[int, ...]):
    """Lists of texts and of numbers are decoded to equal ones."""
    assert codec.decode_strings(codec.encode_strings(strings)) == strings
    assert codec.decode_numbers(codec.encode_numbers(numbers)) == numbers


ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.datetimes(datetime(1970, 1, 2), datetime(9998, 12, 30), timezones=ZONES)  # noqa: DTZ001 - zones are added


@given(TIMES, TIMES)
def test_times_come_back_in_utc_and_sort_as_texts(one: datetime, other: datetime):
    """A time is decoded to the same moment in UTC, and texts sort as their times do."""
    texts = codec.encode_time(one), codec.encode_time(other)
    assert codec.decode_time(texts[0]) == one
    assert codec.decode_time(texts[0]).tzinfo is UTC
    assert (texts[0] < texts[1]) is (one < other)


@pytest.mark.parametrize(
    ("reading", "text"),
    [
        (Heard((), "mp4"), '{"source":"mp4","tracks":[]}'),
        (
            Heard((AudioTrack(1, "jpn", language_source=LanguageSource.STATED, default=True),), "matroska"),
            '{"source":"matroska","tracks":[{"position":1,"language":"jpn","language_source":"stated","default":true}]}',
        ),
        (
            Heard((AudioTrack(2, enabled=False, commentary=False),), "mp4"),
            '{"source":"mp4","tracks":[{"position":2,"commentary":false,"enabled":false}]}',
        ),
        (Unreadable("it is empty", Cause.DAMAGED), '{"reason":"it is empty","cause":"damaged"}'),
    ],
)
def test_the_texts_of_readings(reading: Heard | Unreadable, text: str):
    """The texts in users' databases are these, and stay readable; what is not stated takes no room."""
    assert codec.encode_reading(reading) == text
    assert codec.decode_reading(text) == reading


def test_unknown_fields_are_passed_over():
    """A field that this version does not know, written by a later one, is passed over."""
    text = '{"source":"mp4","loudness":3,"tracks":[{"position":1,"language":"jpn","sample_rate":48000}]}'
    assert codec.decode_reading(text) == Heard((AudioTrack(1, "jpn"),), "mp4")
    text = '{"instance":"tv","kind":"movie","id":1,"title":"A","path":"/a","runtime_min":90}'
    assert codec.decode_item(text, "tv").title == "A"


@pytest.mark.parametrize(
    ("decode", "text"),
    [
        (codec.decode_reading, '{"reason":"","cause":"haunted"}'),
        (codec.decode_reading, '{"source":"mp4","tracks":[{"language":"jpn"}]}'),
        (codec.decode_reading, "half a te"),
        (codec.decode_strings, "[1]"),
        (codec.decode_numbers, '["1"]'),
        (codec.decode_arr_audio, "{}"),
        (codec.decode_undone, "[]"),
        (codec.decode_time, "yesterday"),
        (codec.decode_time, "2026-01-02T12:00:00.000000"),
        (codec.decode_time, "0001-01-01T00:00:00.000000+00:00"),
        (codec.decode_time, "9999-12-31T23:59:59.000000+00:00"),
    ],
)
def test_a_text_that_does_not_fit_is_refused(decode, text: str):
    """A text that is not what was written is refused, never taken for something else."""
    with pytest.raises(ValueError, match=r"expected|got|missing|malformed|[Ii]nvalid"):
        decode(text)


def test_equal_texts_share_one_value():
    """Thousands of files with the same tracks cost the memory of one."""
    texts = ['{"source":"mp4","tracks":[{"position":1,"language":"eng"}]}', '["ja","en"]', "[1,2]"]
    for decode, text in zip(
        (codec.decode_reading, codec.decode_strings, codec.decode_numbers), texts, strict=True
    ):
        again = text[:3] + text[3:]
        assert again is not text
        assert decode(again) is decode(text)
