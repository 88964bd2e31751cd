"""AVI: what is stated comes out, wherever and however it is written; what is not stated is not made up."""

import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from taggarr import probe
from taggarr.core.media import AudioTrack, Cause, Heard, LanguageSource, Reading, Unreadable
from taggarr.probe import reader
from taggarr.probe.avi_codecs import codec_and_channels
from taggarr.simulator.media import (
    AVI,
    AVI_OF_FFMPEG,
    AviLayout,
    Track,
    chunk,
    chunks,
    make_avi,
    write_avi,
)

Save = Callable[..., Path]

VIDEO = Track("video")
PLAIN = AudioTrack(position=1, codec="MP3", channels=2)
FRENCH = replace(PLAIN, language="French", language_source=LanguageSource.STATED)


def heard(reading: object) -> tuple[AudioTrack, ...]:
    assert isinstance(reading, Heard), reading
    assert reading.source == "avi"
    return reading.tracks


@pytest.mark.parametrize(
    ("track", "expected"),
    [
        (Track(), PLAIN),
        (Track(language="French"), FRENCH),
        (Track(language="fre"), replace(FRENCH, language="fre")),
        (Track(language="pt-BR"), replace(FRENCH, language="pt-BR")),
        (Track(language=b"English\0Stereo"), replace(FRENCH, language="English")),
        (Track(language="Stereo"), PLAIN),
        (Track(language="und"), PLAIN),
        (Track(language=b"Fran\xe7ais"), PLAIN),
        (Track(language=""), PLAIN),
        (Track(title="Stereo"), replace(PLAIN, title="Stereo")),
        (Track(title="Odd"), replace(PLAIN, title="Odd")),
        (Track(title="日本語"), replace(PLAIN, title="日本語")),
        (Track(title=b"Caf\xe9\0\0\0junk"), replace(PLAIN, title="Caf�")),
        (Track(title=b"\0junk"), PLAIN),
        (Track(title=""), PLAIN),
        (Track(title="A", extra=chunk("strn", b"B")), replace(PLAIN, title="A")),
        (Track(extra=chunk("strd", b"strn\4\0\0\0none")), PLAIN),
        (Track(extra=chunk("strh", b"vids") + chunk("strf", bytes(40))), PLAIN),
        (Track(extra=bytes(7)), PLAIN),
        (Track(extra=bytes(40) + chunk("strn", b"padding")), PLAIN),
        (Track(default=False), replace(PLAIN, default=False)),
        (Track(default=True), PLAIN),
        (Track(channels=6), replace(PLAIN, channels=6)),
        (Track(channels=0), replace(PLAIN, channels=None)),
        (Track(codec="ac3", channels=6), replace(PLAIN, codec="AC-3", channels=6)),
        (Track(codec="0x4143"), replace(PLAIN, codec="0x4143")),
        (Track(codec_private_bytes=50_001), PLAIN),
    ],
)
def test_a_track_is_what_its_chunks_state(save: Save, track: Track, expected: AudioTrack) -> None:
    """Every field, its unset form and its first occurrence; a silent container is never English."""
    assert heard(probe.read(save(make_avi([VIDEO, track]), "film.avi"))) == (expected,)


LAYOUTS = {
    "plain": AVI,
    "room for an index": AVI_OF_FFMPEG,
    "a title before its stream": replace(AVI, title="first"),
    "a title behind the index": replace(AVI_OF_FFMPEG, title="after-index"),
    "an index of odd size": replace(AVI, index_bytes=20_001),
    "languages before the tracks": replace(AVI, info="before"),
    "junk before the tracks": replace(AVI, junk_bytes=100),
    "much junk before the tracks": replace(AVI, junk_bytes=30_000_001),
    "the size of a writer that was stopped": replace(AVI, riff_bytes=0),
    "a size past the end": replace(AVI, riff_bytes=0xFFFF_FFFF),
    "no count of streams": replace(AVI, announced=0),
    "a count that is too small": replace(AVI, announced=1),
    "two header lists": replace(AVI, second_headers=[VIDEO, Track(title="Second list")] * 4),
    "junk and unknown lists everywhere": replace(AVI, noise=True),
    "tags in a GUID": replace(AVI, extensible=True),
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
@pytest.mark.parametrize("size", [None, 40 << 20], ids=["small", "large"])
def test_the_layout_of_the_file_does_not_matter(tmp_path: Path, layout: AviLayout, size: int | None) -> None:
    """The same tracks come out of every layout."""
    path = tmp_path / "film.mkv"
    english = Track(language="eng", title="Commentary", codec="ac3", channels=6)
    write_avi(path, [VIDEO, Track(language="French"), english, Track("subtitle")], layout, pad_to_bytes=size)
    second = replace(FRENCH, position=2, language="eng", title="Commentary", codec="AC-3", channels=6)
    assert heard(probe.read(path)) == (FRENCH, second)


def test_more_than_four_gigabytes(tmp_path: Path) -> None:
    """OpenDML: the film goes on in further parts, which nobody needs to look at."""
    path = tmp_path / "film.avi"
    write_avi(path, [VIDEO, Track(language="French")], AVI_OF_FFMPEG, pad_to_bytes=5 << 30)
    assert path.stat().st_size == 5 << 30
    assert heard(probe.read(path)) == (FRENCH,)


def test_a_film_without_sound_is_heard_without_tracks(save: Save) -> None:
    """Silence is a reading, not a failure."""
    assert probe.read(save(make_avi([VIDEO]))) == Heard((), "avi")


def test_many_tracks_are_all_read(save: Save) -> None:
    """A list of a megabyte; beyond ten thousand the file counts as damaged."""
    assert len(heard(probe.read(save(make_avi([VIDEO, *[Track()] * 200], AVI_OF_FFMPEG))))) == 200
    assert len(heard(probe.read(save(make_avi([Track()] * 10_000))))) == 10_000
    reading = probe.read(save(make_avi([Track()] * 10_001)))
    assert isinstance(reading, Unreadable)
    assert reading.cause is Cause.DAMAGED


def test_languages_belong_to_tracks_by_number(save: Save) -> None:
    """A track that nobody named stays unlabelled; only nine can be named, and the first statement counts."""
    tracks = [Track(), Track(language="jpn"), *[Track(language="ger")] * 7, Track()]
    found = [track.language for track in heard(probe.read(save(make_avi([VIDEO, *tracks]))))]
    assert found == [None, "jpn", *["ger"] * 7, None]
    info = chunks("INFO", chunk("IAS1", b"jpn"), chunk("IAS1", b"eng"))
    data = make_avi([VIDEO, Track(language="ger")], replace(AVI, info="before"))
    (track,) = heard(probe.read(save(data[:12] + info + data[12:])))
    assert track.language == "jpn"


def test_languages_of_other_tracks_say_nothing(save: Save) -> None:
    """A copy with fewer tracks often keeps the names of all: which of them is left is not known."""
    data = make_avi([VIDEO, Track(language="jpn")], replace(AVI, info="before"))
    more = chunks("INFO", chunk("IAS1", b"eng\0"), chunk("IAS2", b"jpn\0"))
    assert heard(probe.read(save(data[:12] + more + data[12:]))) == (PLAIN,)


def test_languages_behind_the_film_are_not_looked_for(save: Save) -> None:
    """They would cost a read at the end of every file that names none."""
    assert heard(probe.read(save(make_avi([VIDEO, Track(language="jpn")], replace(AVI, info="end"))))) == (
        PLAIN,
    )


@pytest.mark.parametrize("info", ["before", "after"])
@pytest.mark.parametrize("broken", ["IAS1", "INFO"])
def test_a_damaged_list_of_languages_takes_no_track(save: Save, info: str, broken: str) -> None:
    """The tracks are known all the same; a name from a damaged list is not trusted."""
    layout = replace(AVI, info=info, overstate=broken, overstate_by=2_000)
    reading = probe.read(save(make_avi([VIDEO, Track(language="jpn")], layout)))
    if (info, broken) == ("before", "INFO"):
        assert isinstance(reading, Unreadable)  # where the next list begins is not known any more
    else:
        assert heard(reading) == (PLAIN,)


@pytest.mark.parametrize("form", [b"AVI ", b"AVIX", b"WAVE", b"AVI\x19"])
def test_only_the_first_part_of_a_film_is_claimed(save: Save, form: bytes) -> None:
    """A part that goes on with another file, and RIFF files of other kinds, are left to libmediainfo."""
    asked: list[str] = []

    def ask(path: str) -> Reading:
        asked.append(path)
        return Heard((), "mediainfo")

    data = make_avi([VIDEO, Track()])
    for start in (data[:8] + form + data[12:], b"\0" + data, b"RIFX" + data[4:]):
        reader.read(save(start), ask)
    assert len(asked) == (2 if form == b"AVI " else 3)


def test_sound_inside_the_picture_is_left_to_libmediainfo(save: Save) -> None:
    """DV cameras write one stream for both: its header does not say whether there is sound."""
    path = save(make_avi([VIDEO], replace(AVI, together=True)))
    assert reader.read(path, lambda _: Heard((PLAIN,), "mediainfo")) == Heard((PLAIN,), "mediainfo")


STRH = chunk("strh", b"auds", bytes(52))


def film(*headers: bytes) -> bytes:
    return b"RIFF\0\0\0\0AVI " + chunks("hdrl", *headers) + chunks("movi", bytes(100))


DAMAGED = {
    "a header of the file and nothing else": b"RIFF\0\0\0\0AVI ",
    "no header list": b"RIFF\0\0\0\0AVI " + chunk("JUNK", bytes(100)),
    "the film before the headers": b"RIFF\0\0\0\0AVI " + chunks("movi") + make_avi([VIDEO, Track()])[12:],
    "zeros": b"RIFF\0\0\0\0AVI " + bytes(5_000),
    "a list without a kind": b"RIFF\0\0\0\0AVI " + chunk("LIST") + chunk("LIST", b"hd"),
    "an empty header list": film(),
    "a header list without streams": film(chunk("avih", bytes(56))),
    "a stream without a header": film(chunks("strl", chunk("strf", bytes(18)))),
    "a stream whose header is too short": film(chunks("strl", chunk("strh", b"aud"))),
    "a stream without anything": film(chunks("strl", STRH), chunks("strl")),
    "a stream outside the header list": film() + chunks("strl", STRH),
    "more streams announced than described": make_avi([VIDEO, Track()], replace(AVI, announced=3)),
    **{
        f"{name} past its parent": make_avi(
            [VIDEO, Track(title="A")], replace(AVI, overstate=name, overstate_by=2000)
        )
        for name in ("hdrl", "avih", "strl", "strh", "strf", "strn")
    },
    "a title one byte past its stream": make_avi(
        [VIDEO, Track(title="A")], replace(AVI, overstate="strn", overstate_by=1)
    ),
    "a title without any of its bytes": film(chunks("strl", STRH, b"strn\4\0\0\0")),
    "an index past its stream": make_avi([VIDEO, Track()], replace(AVI_OF_FFMPEG, overstate="indx")),
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED.keys())
def test_damage_is_never_an_empty_list(save: Save, data: bytes) -> None:
    """A broken file is unreadable by its content, with a sentence."""
    reading = probe.read(save(data))
    assert isinstance(reading, Unreadable)
    assert reading.cause is Cause.DAMAGED
    assert "damaged" in reading.reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            make_avi([VIDEO, Track()], replace(AVI, announced=3)),
            "it announces 3 tracks and describes 2: it is damaged",
        ),
        (b"RIFF\0\0\0\0AVI ", "it has no track list: it is damaged or still being written"),
        (make_avi([VIDEO])[:150], "it ends inside its track list: it is damaged or still being written"),
        (film(chunks("strl")), "its track list is damaged"),
    ],
)
def test_damage_has_its_own_sentence(save: Save, data: bytes, reason: str) -> None:
    """Who has the file learns what is wrong with it."""
    assert probe.read(save(data)) == Unreadable(reason, Cause.DAMAGED)


def test_of_two_main_headers_the_first_counts(save: Save) -> None:
    """As everywhere, the first statement."""
    one, nine = (chunk("avih", bytes(24), bytes((count, 0, 0, 0)), bytes(28)) for count in (1, 9))
    assert heard(probe.read(save(film(one, nine, chunks("strl", STRH))))) == (AudioTrack(1),)
    assert isinstance(probe.read(save(film(nine, one, chunks("strl", STRH)))), Unreadable)


@pytest.mark.parametrize(("flags", "default"), [(0, None), (1, False), (0xFFFF_FFFE, None), (3, False)])
def test_only_one_flag_says_that_a_track_is_no_default(save: Save, flags: int, default: bool | None) -> None:
    """The others speak of palettes, or are not defined; one that is clear says nothing."""
    header = chunk("strh", b"auds", bytes(4), flags.to_bytes(4, "little"), bytes(44))
    assert heard(probe.read(save(film(chunks("strl", header))))) == (AudioTrack(1, default=default),)


def test_endless_small_chunks_run_into_a_cap(save: Save) -> None:
    """Reads, bytes or, on a slow machine, time: one of the caps ends the walk."""
    reading = probe.read(save(b"RIFF\0\0\0\0AVI " + chunk("JUNK") * 1_200_000))
    assert isinstance(reading, Unreadable)
    assert reading.cause in (Cause.DAMAGED, Cause.DEADLINE)


@pytest.mark.parametrize("layout", [AVI, replace(AVI, junk_bytes=20_000)], ids=["plain", "junk"])
def test_a_cut_is_noticed_where_it_takes_of_the_headers(save: Save, layout: AviLayout) -> None:
    """A download that stopped inside them is unreadable; behind them, all tracks are known."""
    data = make_avi([VIDEO, Track(title="Odd"), Track(codec="ac3")], layout)
    whole = heard(probe.read(save(data)))
    (size,) = struct.unpack_from("<I", data, data.index(b"hdrl") - 4)
    end = data.index(b"hdrl") + size
    for at in [*range(12, 400), *range(end - 400, len(data))]:
        reading = probe.read(save(data[:at]))
        if at >= end:
            assert heard(reading) == whole
        else:
            assert isinstance(reading, Unreadable), at
            assert reading.cause is Cause.DAMAGED


@pytest.mark.parametrize("missing", [0, 1])
def test_the_last_thing_in_the_headers_may_be_big(save: Save, missing: int) -> None:
    """What is stepped over has to be there."""
    data = b"RIFF\0\0\0\0AVI " + chunks("hdrl", chunks("strl", STRH), chunk("JUNK", bytes(50_000)))
    reading = probe.read(save(data[: len(data) - missing]))
    if missing:
        assert isinstance(reading, Unreadable)
        assert reading.cause is Cause.DAMAGED
    else:
        assert heard(reading) == (AudioTrack(1),)


def wave(tag: int, channels: int = 2, *, guid: bytes = b"") -> bytes:
    return struct.pack("<HHIIHH", tag, channels, 48_000, 16_000, 1, 16) + (
        struct.pack("<HHI", 22, 16, 0) + guid if guid else b""
    )


GUID = bytes.fromhex("000000001000800000aa00389b71")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (b"", (None, None)),
        (b"\x55\0\2", (None, None)),
        (b"\x55\0\2\0", ("MP3", 2)),
        (wave(0x0001), ("PCM", 2)),
        (wave(0x0050, 1), ("MP2", 1)),
        (wave(0x0055, 0), ("MP3", None)),
        (wave(0x00FF), ("AAC", 2)),
        (wave(0x0161), ("WMA", 2)),
        (wave(0x2000, 6), ("AC-3", 6)),
        (wave(0x2001, 6), ("DTS", 6)),
        (wave(0x674F), ("Vorbis", 2)),
        (wave(0x6771), ("Vorbis", 2)),
        (wave(0x0000), ("0x0000", 2)),
        (wave(0xFFFE), ("0xFFFE", 2)),
        (wave(0xFFFE, 6, guid=b"\x00\x20" + GUID), ("AC-3", 6)),
        (wave(0xFFFE, 6, guid=b"\x34\x12" + GUID), ("0x1234", 6)),
        (wave(0xFFFE, 6, guid=b"\x00\x20" + bytes(14)), ("0xFFFE", 6)),
        (wave(0xFFFE, 6, guid=b"\x00\x20" + GUID[:-1]), ("0xFFFE", 6)),
    ],
)
def test_codecs_and_channels(header: bytes, expected: tuple[str | None, int | None]) -> None:
    """By the tag of the format, also where it is kept in a GUID; a tag without a name is its number."""
    assert codec_and_channels(header) == expected
