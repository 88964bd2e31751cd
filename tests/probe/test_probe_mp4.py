"""MP4, M4V and MOV: what is stated comes out, wherever and however it is written."""

import os
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from taggarr import probe
from taggarr.core.media import AudioTrack, Cause, Heard, LanguageSource, Unreadable
from taggarr.probe.mp4_channels import channels
from taggarr.probe.mp4_language import language
from taggarr.probe.reader import opened
from taggarr.probe.source import Source
from taggarr.simulator.media import (
    FASTSTART,
    FRAGMENTED,
    M4V,
    MP4,
    QUICKTIME,
    UNSPECIFIED_LANGUAGE,
    Mp4Layout,
    Track,
    box,
    make_mp4,
    write_mp4,
)

Save = Callable[..., Path]

VIDEO = Track("video")
PLAIN = AudioTrack(
    position=1,
    language="jpn",
    language_source=LanguageSource.STATED,
    codec="mp4a",
    channels=2,
    default=True,
    commentary=False,
    visual_impaired=False,
    hearing_impaired=False,
    dub=False,
)
NONE = LanguageSource.NONE
TVA = "urn:tva:metadata:cs:AudioPurposeCS:2007"


def heard(reading: object) -> tuple[AudioTrack, ...]:
    assert isinstance(reading, Heard), reading
    assert reading.source == "mp4"
    return reading.tracks


@pytest.mark.parametrize(
    ("track", "expected"),
    [
        (Track(language="jpn"), PLAIN),
        (Track(), replace(PLAIN, language="und")),
        (Track(language=UNSPECIFIED_LANGUAGE), replace(PLAIN, language=None, language_source=NONE)),
        (Track(language=11), PLAIN),
        (Track(language=0x3FF), replace(PLAIN, language=None, language_source=NONE)),
        (
            Track(language=UNSPECIFIED_LANGUAGE, bcp47="es-419"),
            replace(PLAIN, language=None, bcp47="es-419"),
        ),
        (Track(language="por", bcp47="pt-BR"), replace(PLAIN, language="por", bcp47="pt-BR")),
        (Track(language="jpn", bcp47=""), PLAIN),
        (Track(language="jpn", extra=box("elng", b"ja-JP\0")), replace(PLAIN, bcp47="ja-JP")),
        (Track(language="jpn", extra=box("udta", box("elng", b"\0\0\0\0ja\0"))), replace(PLAIN, bcp47="ja")),
        (Track(language="jpn", title="日本語"), replace(PLAIN, title="日本語")),
        (Track(language="jpn", title=b"Caf\xe9\0"), replace(PLAIN, title="Caf�")),
        (Track(language="jpn", title=""), PLAIN),
        (Track(language="jpn", title="A", extra=box("udta", box("name", b"B"))), replace(PLAIN, title="A")),
        (Track(language="jpn", extra=box("udta", bytes(4))), PLAIN),
        (Track(language="jpn", extra=box("udta", bytes(8), box("name", b"no"))), PLAIN),
        (Track(language="jpn", default=False), replace(PLAIN, default=False)),
        (Track(language="jpn", commentary=True), replace(PLAIN, commentary=True)),
        (Track(language="jpn", visual_impaired=True), replace(PLAIN, visual_impaired=True)),
        (Track(language="jpn", hearing_impaired=True), replace(PLAIN, hearing_impaired=True)),
        (Track(language="jpn", dub=True), replace(PLAIN, dub=True)),
        (
            Track(language="jpn", roles=("main", "commentary", "dub")),
            replace(PLAIN, commentary=True, dub=True),
        ),
        (Track(language="jpn", roles=(("urn:other", "dub"), "main", "alternate")), PLAIN),
        (Track(language="jpn", roles=((TVA, "1"),)), replace(PLAIN, visual_impaired=True)),
        (Track(language="jpn", roles=((TVA, "4"),)), replace(PLAIN, commentary=True)),
        (
            Track(language="jpn", characteristics=("public.accessibility.describes-video",)),
            replace(PLAIN, visual_impaired=True),
        ),
        (
            Track(language="jpn", characteristics=("public.auxiliary-content", "public.translation.dubbed")),
            replace(PLAIN, commentary=True, dub=True),
        ),
        (Track(language="jpn", characteristics=("public.original-content",)), replace(PLAIN, original=True)),
        (Track(language="jpn", channels=6), replace(PLAIN, channels=6)),
        (Track(language="jpn", channels=8), replace(PLAIN, channels=8)),
        (Track(language="jpn", codec="ac3", channels=6), replace(PLAIN, codec="ac-3", channels=6)),
        (Track(language="jpn", codec="eac3", channels=6), replace(PLAIN, codec="ec-3", channels=6)),
        (Track(language="jpn", codec="opus", channels=6), replace(PLAIN, codec="Opus", channels=6)),
        (Track(language="jpn", codec="mp3"), PLAIN),
    ],
)
@pytest.mark.parametrize("layout", [MP4, QUICKTIME], ids=["mp4", "quicktime"])
def test_a_track_is_what_its_boxes_state(
    save: Save, track: Track, expected: AudioTrack, layout: Mp4Layout
) -> None:
    """Every field, its unset form and its first occurrence."""
    assert heard(probe.read(save(make_mp4([VIDEO, track], layout), "film.mp4"))) == (expected,)


LAYOUTS = {
    "index last": MP4,
    "index first": FASTSTART,
    "m4v": M4V,
    "quicktime": QUICKTIME,
    "quicktime without a type": replace(QUICKTIME, brand=None),
    "index first of all": replace(FASTSTART, brand=None),
    "fragmented": FRAGMENTED,
    "64-bit times": replace(MP4, version=1),
    "language tag first": replace(MP4, elng="first"),
    "language tag last": replace(MP4, elng="last"),
    "64-bit sizes": replace(MP4, wide_boxes=frozenset({"mdat", "moov", "trak", "mdia", "stsd", "udta"})),
    "index up to the end": replace(MP4, open_ended=True),
    "data up to the end": replace(FASTSTART, open_ended=True),
    "free, skip and uuid everywhere": replace(MP4, noise=True),
    "deep user data": replace(MP4, udta_depth=500),
    "the index of a long film": replace(MP4, samples=20_000),
    "the index of a long film first": replace(FASTSTART, samples=20_000),
    "no samples": replace(MP4, samples=0),
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
@pytest.mark.parametrize("size", [None, 20 << 20], ids=["small", "large"])
def test_the_layout_of_the_file_does_not_matter(tmp_path: Path, layout: Mp4Layout, size: int | None) -> None:
    """The same tracks come out of every layout."""
    if layout.samples == 0 and size:
        size = None  # nothing that could be filled up
    path = tmp_path / "film.mkv"
    english = Track(language="eng", bcp47="en-GB", title="Commentary", commentary=True)
    write_mp4(path, [VIDEO, Track(language="jpn"), english, Track("subtitle")], layout, pad_to_bytes=size)
    second = replace(
        PLAIN, position=2, language="eng", bcp47="en-GB", title="Commentary", commentary=True, default=False
    )
    assert heard(probe.read(path)) == (PLAIN, second)


def test_more_than_four_gigabytes(tmp_path: Path) -> None:
    """A 64-bit media data box before the index."""
    path = tmp_path / "film.mp4"
    write_mp4(path, [VIDEO, Track(language="jpn")], pad_to_bytes=5 << 30)
    assert heard(probe.read(path)) == (PLAIN,)


def test_a_film_without_sound_is_heard_without_tracks(save: Save) -> None:
    """Silence is a reading, not a failure."""
    assert probe.read(save(make_mp4([VIDEO]))) == Heard((), "mp4")


def test_something_unknown_beside_silent_tracks_is_left_to_libmediainfo(save: Save) -> None:
    """A track whose box lost its name; where another one is audio, what is unknown is nobody's concern."""
    lost = make_mp4([Track(language="jpn"), VIDEO], FASTSTART).replace(b"trak", b"tr`k", 1)
    reading = probe.read(save(lost))
    assert isinstance(reading, Heard)
    assert reading.source == "mediainfo"
    heard_too = make_mp4([VIDEO, Track(language="jpn")], FASTSTART).replace(b"trak", b"tr`k", 1)
    assert [track.language for track in heard(probe.read(save(heard_too)))] == ["jpn"]


@pytest.mark.parametrize("layout", [MP4, FASTSTART], ids=["last", "first"])
def test_many_tracks_are_all_read(tmp_path: Path, layout: Mp4Layout) -> None:
    """Those of 200 long indexes one by one, those of 10,000 short ones in bulk, both within the caps."""
    path = tmp_path / "film"
    for count, samples in ((200, 20_000), (10_000, 2)):
        write_mp4(path, [Track(language="jpn")] * count, replace(layout, samples=samples))
        fd = os.open(path, os.O_RDONLY)
        source = Source(fd, deadline_s=60)
        try:
            reading = opened(source, fd)
        finally:
            os.close(fd)
        assert len(heard(reading)) == count
        assert source.reads < 300


def test_more_long_indexes_than_reads_are_refused(save: Save) -> None:
    """Past the cap nothing is guessed."""
    reading = probe.read(save(make_mp4([Track(language="jpn")] * 420, replace(FASTSTART, samples=8_000))))
    assert isinstance(reading, Unreadable)
    assert reading.cause in (Cause.DAMAGED, Cause.DEADLINE)


@pytest.mark.parametrize(
    "layout",
    [replace(MP4, compressed=True), replace(QUICKTIME, compressed=True)],
)
def test_a_compressed_index_is_left_to_libmediainfo(save: Save, layout: Mp4Layout) -> None:
    """What the header alone does not say is no reason to call a file damaged."""
    reading = probe.read(save(make_mp4([VIDEO, Track(language="jpn")], layout)))
    assert isinstance(reading, Heard)
    assert reading.source == "mediainfo"
    assert [track.language for track in reading.tracks] == ["ja"]


FTYP = box("ftyp", b"isom", bytes(4))
HDLR = box("hdlr", bytes(8), b"soun", bytes(13))
MDHD = box("mdhd", bytes(20), struct.pack(">H", 0x2A0E), bytes(2))


def movie(*boxes: bytes) -> bytes:
    return FTYP + box("moov", *boxes)


DAMAGED = {
    "no index": FTYP + box("mdat", bytes(100)),
    "data up to the end and no index": FTYP + struct.pack(">I4s", 0, b"mdat") + bytes(100),
    "an index without tracks": movie(box("mvhd", bytes(100))),
    "a track without a handler": movie(box("trak", box("mdia", MDHD))),
    "a track without a media header": movie(box("trak", box("mdia", HDLR))),
    "a media header that is too short": movie(box("trak", box("mdia", HDLR, box("mdhd", bytes(20))))),
    "a size that is too small": movie(struct.pack(">I4s", 7, b"trak") + bytes(20)),
    "a size of nothing in a track": movie(box("trak", struct.pack(">I4s", 0, b"mdia") + bytes(20))),
    "a long size that is too small": movie(struct.pack(">I4sQ", 1, b"trak", 15) + bytes(20)),
    "a long size that is cut": movie(struct.pack(">I4s", 1, b"trak")),
    "a long size in a track that is too small": movie(
        box("trak", struct.pack(">I4sQ", 1, b"mdia", 2) + bytes(20))
    ),
    "a top-level size that is too small": FTYP + struct.pack(">I4s", 3, b"free") + bytes(20),
    "a long top-level size of nothing": FTYP + struct.pack(">I4sQ", 1, b"free", 0) + bytes(20),
    "a long top-level size past every file": FTYP + struct.pack(">I4sQ", 1, b"mdat", 2**64 - 1) + bytes(20),
    "too many tracks": movie(
        box("trak", box("mdia", MDHD, HDLR)) * 10_001,
    ),
    **{
        f"{name} past its parent": make_mp4([VIDEO, Track()], replace(layout, overstate=name))
        for layout in (MP4, FASTSTART)
        for name in ("moov", "trak", "mdia", "minf", "stbl", "hdlr", "mdat")
        if (layout, name) != (MP4, "mdat")
    },
    "data past the index": make_mp4([VIDEO, Track()], replace(MP4, overstate="mdat", overstate_by=1 << 20)),
}


def test_endless_small_boxes_run_into_a_cap(save: Save) -> None:
    """Reads, bytes or, on a slow machine, time: one of the caps ends the walk."""
    reading = probe.read(save(FTYP + box("free") * 1_200_000))
    assert isinstance(reading, Unreadable)
    assert reading.cause in (Cause.DAMAGED, Cause.DEADLINE)


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED.keys())
def test_damage_is_never_an_empty_list(save: Save, data: bytes) -> None:
    """A broken file is unreadable by its content, with a sentence."""
    reading = probe.read(save(data))
    assert isinstance(reading, Unreadable)
    assert reading.cause is Cause.DAMAGED
    assert "damaged" in reading.reason


@pytest.mark.parametrize("layout", [MP4, FASTSTART, FRAGMENTED], ids=["last", "first", "fragmented"])
def test_every_cut_of_a_small_file_is_noticed(save: Save, layout: Mp4Layout) -> None:
    """A file that is still being written is unreadable, unless it ends just where a box of data begins."""
    data = make_mp4([VIDEO, Track(language="jpn"), Track(language="eng")], layout)
    heard(probe.read(save(data)))
    readable = {
        size
        for size in range(8, len(data))
        if getattr(probe.read(save(data[:size])), "cause", None) is not Cause.DAMAGED
    }
    starts = [data.find(kind) - 4 for kind in (b"moof", b"mdat") if kind in data]
    allowed = {size for start in starts for size in range(start, start + 8)}
    assert readable == (set() if layout is MP4 else allowed)


def test_a_cut_between_the_tracks_of_a_long_film_is_noticed(tmp_path: Path) -> None:
    """Sample tables are stepped over, but they have to be there."""
    data = make_mp4([VIDEO, Track(language="jpn")], replace(MP4, samples=20_000, brand="isom"))
    path = tmp_path / "film.mp4"
    tail = len(data) - data.rindex(b"udta") + 4
    for missing in (1 + tail, 2_000, 30_000, 60_000):
        path.write_bytes(data[:-missing])
        reading = probe.read(path)
        assert isinstance(reading, Unreadable)
        assert reading.cause is Cause.DAMAGED


@pytest.mark.parametrize("missing", [0, 1])
def test_the_last_thing_in_the_index_may_be_big(save: Save, missing: int) -> None:
    """Sample tables at the very end of the file are stepped over, and have to be there."""
    table = box("stbl", box("stsd", bytes(8)), box("stts", bytes(50_000)))
    data = movie(box("trak", box("mdia", MDHD, HDLR, box("minf", table))))
    reading = probe.read(save(data[: len(data) - missing]))
    if missing:
        assert isinstance(reading, Unreadable)
        assert reading.cause is Cause.DAMAGED
    else:
        assert [track.language for track in heard(reading)] == ["jpn"]


def test_junk_behind_the_last_box_does_no_harm(save: Save) -> None:
    """Some writers leave padding at the end."""
    for junk in (bytes(3), bytes(30), b"\0\0\0\x05junk, junk", b"\x7f\0\0\0junk"):
        assert heard(probe.read(save(make_mp4([VIDEO, Track(language="jpn")]) + junk))) == (PLAIN,)


def test_padding_too_small_for_a_box_is_stepped_over(save: Save) -> None:
    """A rest of less than eight bytes inside a container is no box."""
    data = movie(box("trak", box("mdia", MDHD, HDLR, bytes(5)), bytes(7)), bytes(4))
    (track,) = heard(probe.read(save(data)))
    assert track.language == "jpn"
    assert (track.default, track.codec, track.channels) == (None, None, None)


@pytest.mark.parametrize(
    ("packed", "expected"),
    [
        (0, "eng"),
        (2, "deu"),
        (19, "zho"),
        (33, "zho"),
        (34, "nld"),
        (53, "ron"),
        (82, "tgl"),
        (94, "epo"),
        (95, None),
        (127, None),
        (128, "cym"),
        (130, "cat"),
        (141, "afr"),
        (150, "aze"),
        (151, None),
        (0x3FF, None),
        (0x15C7, "eng"),
        (0x55C4, "und"),
        (0x7FFF, None),
        (0x7C00, None),
        (0x0400, None),
    ],
)
def test_language_codes(packed: int, expected: str | None) -> None:
    """Macintosh codes, packed letters, and what is neither."""
    assert language(packed) == expected


def entry(kind: bytes, stated: int, *boxes: bytes, version: int = 0, more: bytes = b"") -> bytes:
    fixed = bytes(8) + struct.pack(">H6xHH8x", version, stated, 16)
    return box(kind.decode("latin-1"), fixed[:8], fixed[8:], more, *boxes)


def esds(
    config: bytes, *, object_type: int = 0x40, flags: int = 0, extra: bytes = b"", wide: bool = False
) -> bytes:
    def tag(number: int, payload: bytes) -> bytes:
        size = bytes((0x80, 0x80, 0x80, len(payload))) if wide else bytes((len(payload),))
        return bytes((number,)) + size + payload

    decoder = tag(4, bytes((object_type,)) + bytes(12) + tag(5, config))
    return box("esds", bytes(4), tag(3, b"\0\1" + bytes((flags,)) + extra + decoder + tag(6, b"\2")))


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        (entry(b"mp4a", 2), 2),
        (entry(b"mp4a", 0), None),
        (entry(b"mp4a", 2, esds(b"\x12\x30")), 6),
        (entry(b"mp4a", 2, esds(b"\x12\x30", wide=True)), 6),
        (entry(b"mp4a", 2, box("free", b"xx"), esds(b"\x11\x88")), 1),
        (entry(b"mp4a", 2, esds(b"\x12\x38")), 8),
        (entry(b"mp4a", 2, esds(b"\x12\x00")), 2),
        (entry(b"mp4a", 3, esds(b"\x12\x78")), 3),
        (entry(b"mp4a", 2, esds(b"\xf8\x48\x60")), 3),
        (entry(b"mp4a", 2, esds(b"\x17\x80\x00\x00\x30")), 6),
        (entry(b"mp4a", 2, esds(b"\x12\x30", flags=0xE0, extra=b"\0\1\3url\0\2")), 6),
        (entry(b"mp4a", 2, esds(b"", object_type=0x6B)), 2),
        (entry(b"mp4a", 2, box("esds", bytes(4), b"\6\1\0")), 2),
        (entry(b"mp4a", 2, box("esds", bytes(4), b"\3")), None),
        (entry(b"mp4a", 2, box("esds", bytes(4), b"\3\xff\xff\xff\xff" + bytes(40))), None),
        (entry(b"mp4a", 2, struct.pack(">I4s", 3, b"esds")), 2),
        (entry(b"mp4a", 6, version=1, more=bytes(16)), 6),
        (entry(b"lpcm", 3, version=2, more=bytes(12) + struct.pack(">I", 8) + bytes(16)), 8),
        (entry(b"lpcm", 3, version=2, more=b""), None),
        (entry(b"ac-3", 2, box("dac3", b"\x10\x3d\xc0")), 6),
        (entry(b"ac-3", 2, box("dac3", b"\x10\x11\xc0")), 2),
        (entry(b"ec-3", 2, box("dec3", b"\x0c\x00\x20\x0f\x00")), 6),
        (entry(b"Opus", 2, box("dOps", b"\0\6")), 6),
        (entry(b"Opus", 2, box("dOps", b"\0")), None),
        (b"\0\0\0\x10mp4a", None),
        (b"", None),
    ],
)
def test_channels_of_a_sample_entry(description: bytes, expected: int | None) -> None:
    """The codec's configuration wins over the template value of the entry; rubbish says nothing."""
    assert channels(description) == expected
