"""Matroska and WebM: what is stated comes out, wherever and however it is written."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from taggarr import probe
from taggarr.core.media import AudioTrack, Cause, Heard, LanguageSource, Unreadable
from taggarr.probe import matroska
from taggarr.probe.source import Source
from taggarr.simulator.media import (
    FFMPEG,
    LIVE_WEBM,
    MKVMERGE,
    TRACKS_AT_END,
    WEBM,
    MatroskaLayout,
    Track,
    element,
    make_matroska,
    write_matroska,
)

Save = Callable[..., Path]

VIDEO = Track("video")
PLAIN = AudioTrack(
    position=1,
    language="jpn",
    language_source=LanguageSource.STATED,
    codec="A_AAC",
    channels=2,
    default=True,
    original=False,
    commentary=False,
    visual_impaired=False,
    hearing_impaired=False,
    forced=False,
)
STATED, DEFAULT, NONE = LanguageSource.STATED, LanguageSource.DEFAULT, LanguageSource.NONE


def heard(reading: object) -> tuple[AudioTrack, ...]:
    assert isinstance(reading, Heard), reading
    assert reading.source == "matroska"
    return reading.tracks


@pytest.mark.parametrize(
    ("track", "expected"),
    [
        (Track(language="jpn"), PLAIN),
        (Track(), replace(PLAIN, language="eng", language_source=DEFAULT)),
        (Track(language=b""), replace(PLAIN, language="eng", language_source=DEFAULT)),
        (Track(language=b"\0\0\0"), replace(PLAIN, language=None, language_source=NONE)),
        (Track(language="und"), replace(PLAIN, language="und")),
        (Track(language="jpn\0\0"), PLAIN),
        (Track(language="por", bcp47="pt-BR"), replace(PLAIN, language="por", bcp47="pt-BR")),
        (Track(bcp47="zh-Hant-TW"), replace(PLAIN, language=None, bcp47="zh-Hant-TW")),
        (Track(language="jpn", bcp47=b""), PLAIN),
        (Track(language="not a code!"), replace(PLAIN, language="not a code!")),
        (Track(language="jpn", title="日本語"), replace(PLAIN, title="日本語")),
        (Track(language="jpn", title=b"Caf\xe9"), replace(PLAIN, title="Caf�")),
        (Track(language="jpn", title=""), PLAIN),
        (Track(language="jpn", title=b"Stereo\0\0"), replace(PLAIN, title="Stereo")),
        (Track(language="jpn", codec="dts", channels=6), replace(PLAIN, codec="A_DTS", channels=6)),
        (Track(language="jpn", channels=None), replace(PLAIN, channels=1)),
        (Track(language="jpn", default=False), replace(PLAIN, default=False)),
        (Track(language="jpn", default=True, original=True), replace(PLAIN, original=True)),
        (Track(language="jpn", commentary=True), replace(PLAIN, commentary=True)),
        (Track(language="jpn", commentary=False), PLAIN),
        (Track(language="jpn", visual_impaired=True), replace(PLAIN, visual_impaired=True)),
        (Track(language="jpn", hearing_impaired=True), replace(PLAIN, hearing_impaired=True)),
        (Track(language="jpn", forced=True), replace(PLAIN, forced=True)),
        (Track(language="jpn", enabled=False), replace(PLAIN, enabled=False)),
        (Track(language="jpn", extra=element(0x88) + element(0xB9) + element(0x55AF)), PLAIN),
        (Track(language="jpn", extra=element(0x22B59C, b"ger")), PLAIN),
        (Track(language="jpn", tag_language="ger"), PLAIN),
    ],
)
def test_a_track_is_what_its_entry_states(save: Save, track: Track, expected: AudioTrack) -> None:
    """Every element, its default, its empty form and its first occurrence."""
    assert heard(probe.read(save(make_matroska([VIDEO, track])))) == (expected,)


LAYOUTS = {
    "mkvmerge": MKVMERGE,
    "ffmpeg": FFMPEG,
    "webm": WEBM,
    "live": LIVE_WEBM,
    "live, tracks of unknown size": replace(
        LIVE_WEBM, unknown_sizes=frozenset({"segment", "tracks", "clusters"})
    ),
    "tracks at the end": TRACKS_AT_END,
    "chained seek heads": replace(TRACKS_AT_END, seek="chained"),
    "chained seek heads in a circle": replace(TRACKS_AT_END, seek="loop"),
    "no seek head": replace(TRACKS_AT_END, seek="missing"),
    "seek head names another element": replace(TRACKS_AT_END, seek="info"),
    "seek head names no element": replace(TRACKS_AT_END, seek="inside"),
    "seek head past the end": replace(TRACKS_AT_END, seek="past-end"),
    "seek head behind unknown clusters": replace(
        TRACKS_AT_END, unknown_sizes=frozenset({"segment", "clusters"})
    ),
    "unknown clusters without a seek head": replace(
        TRACKS_AT_END, unknown_sizes=frozenset({"segment", "clusters"}), seek="missing"
    ),
    "checksums": replace(MKVMERGE, crc=True),
    "an old track list in a void": replace(TRACKS_AT_END, old_tracks=(Track(language="ger"),), void_bytes=0),
    "voids between and inside the entries": replace(MKVMERGE, voids_in_tracks=True),
    "wide sizes": replace(MKVMERGE, wide_sizes=True),
    "padding": replace(MKVMERGE, nul_padding=3),
    "junk first": replace(MKVMERGE, junk=b"ICY 200 OK\r\n\r\n" + bytes(300)),
    "junk with the magic number first": replace(MKVMERGE, junk=b"x" + matroska.MAGIC * 3 + b"\x85junk!"),
    "junk with another document first": replace(
        MKVMERGE, junk=b"x" + matroska.MAGIC + b"\x89\x42\x82\x86recipe"
    ),
    "checksums in the seek head": replace(TRACKS_AT_END, crc=True),
    "a huge void": replace(MKVMERGE, void_bytes=200_000),
    "a huge void, no seek head": replace(MKVMERGE, void_bytes=200_000, seek="missing"),
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
@pytest.mark.parametrize("size", [None, 5 << 20], ids=["small", "large"])
def test_the_layout_of_the_file_does_not_matter(
    tmp_path: Path, layout: MatroskaLayout, size: int | None
) -> None:
    """The same two tracks come out of every layout, small or with clusters of megabytes."""
    path = tmp_path / "film.mkv"
    tracks = [VIDEO, Track(language="jpn"), Track(language="eng", title="Commentary", commentary=True)]
    write_matroska(path, tracks, layout, pad_to_bytes=size)
    second = replace(PLAIN, position=2, language="eng", title="Commentary", commentary=True)
    assert heard(probe.read(path)) == (PLAIN, second)


def test_a_big_private_part_is_stepped_over(tmp_path: Path) -> None:
    """Megabytes of CodecPrivate before and between audio tracks cost no bytes."""
    big = replace(VIDEO, codec_private_bytes=3_000_000)
    path = tmp_path / "film.mkv"
    write_matroska(path, [big, Track(language="jpn", codec_private_bytes=1_000_000), Track(language="ger")])
    fd = os.open(path, os.O_RDONLY)
    try:
        source = Source(fd)
        tracks = matroska.read(source, 0)
    finally:
        os.close(fd)
    assert [track.language for track in tracks] == ["jpn", "ger"]
    assert (source.reads, source.bytes_read) <= (4, 4 * 16 * 1024)


@pytest.mark.parametrize("count", [200, 10_000])
def test_many_tracks_are_all_read(save: Save, count: int) -> None:
    """No track is lost where the list needs many reads."""
    tracks = heard(probe.read(save(make_matroska([Track(language="jpn")] * count))))
    assert [track.position for track in tracks] == list(range(1, count + 1))
    assert {track.language for track in tracks} == {"jpn"}


def test_a_title_beyond_all_measure_is_cut(save: Save) -> None:
    """A text of 100 KB is shortened, and the fields behind it are still read."""
    (track,) = heard(probe.read(save(make_matroska([Track(language="jpn", title="x" * 100_000)]))))
    assert track == replace(PLAIN, title="x" * 16_384)


def test_a_film_without_sound_is_heard_without_tracks(save: Save) -> None:
    """Silence is a reading, not a failure."""
    assert probe.read(save(make_matroska([VIDEO, Track("subtitle")]))) == Heard((), "matroska")


ENTRIES = element(0xAE, element(0x83, b"\x02") + element(0x22B59C, b"jpn"))


def document(*parts: bytes, doc_type: bytes = b"matroska", tail: bytes = b"") -> bytes:
    header = element(0x1A45DFA3, element(0x4282, doc_type))
    return header + element(0x18538067, b"".join(parts), width=8) + tail


def seek(ident: int, offset: int) -> bytes:
    return element(
        0x4DBB, element(0x53AB, ident.to_bytes(4, "big")) + element(0x53AC, offset.to_bytes(4, "big"))
    )


CLUSTER = element(0x1F43B675, element(0xE7, b"\0") + element(0xEC, bytes(20_000)))

DAMAGED = {
    "no tracks element": document(element(0x1549A966, b"")),
    "no track in the list": make_matroska([]),
    "an entry past the list": make_matroska([VIDEO, Track()], replace(MKVMERGE, overstate="entry")),
    "a child past its entry": make_matroska([VIDEO, Track()], replace(MKVMERGE, overstate="child")),
    "a list past its segment": document(element(0x1654AE6B, ENTRIES, overstate_by=20)),
    "a list into its neighbour": make_matroska([VIDEO, Track()], replace(MKVMERGE, overstate="tracks")),
    "a segment past the file": make_matroska([VIDEO, Track()], replace(MKVMERGE, overstate="segment")),
    "an element past the segment": document(element(0xEC, b"", overstate_by=9), element(0x1654AE6B, ENTRIES)),
    "an element past the end": document(
        element(0x1549A966, b"", overstate_by=999), element(0x1654AE6B, ENTRIES)
    ),
    "an entry of unknown size": document(element(0x1654AE6B, b"\xae\xff" + bytes(40))),
    "a field of unknown size": document(element(0x1654AE6B, element(0xAE, b"\x83\xff" + bytes(40)))),
    "an identifier of five bytes in an entry": document(
        element(0x1654AE6B, element(0xAE, b"\x08" + bytes(40)))
    ),
    "an identifier of five bytes in the list": document(element(0x1654AE6B, b"\x08" + bytes(40))),
    "a size of nine bytes": document(element(0x1654AE6B, element(0xAE, b"\x83\x00" + bytes(40)))),
    "an element of unknown size": document(b"\x15\x49\xa9\x66\xff", element(0x1654AE6B, ENTRIES)),
    "an entry without a type": document(element(0x1654AE6B, element(0xAE, element(0x22B59C, b"jpn")))),
    "an empty type": document(element(0x1654AE6B, element(0xAE, element(0x83)))),
    "no segment": element(0x1A45DFA3, element(0x4282, b"matroska")),
    "something else for a segment": element(0x1A45DFA3, element(0x4282, b"webm")) + element(0x1549A966, b"1"),
    "many voids for a segment": element(0x1A45DFA3, element(0x4282, b"webm")) + element(0xEC) * 20,
    "a broken EBML header": matroska.MAGIC + b"\x00" * 50,
    "an EBML header of unknown size": matroska.MAGIC + b"\xff" + bytes(50),
    "a seek head that is broken": document(
        element(0x114D9B74, element(0x4DBB, b"\x08" * 30) + element(0x4DBB, b"")), CLUSTER
    ),
    "a seek head whose entry is cut": document(
        element(0x114D9B74, element(0x4DBB, b"", overstate_by=50)), CLUSTER
    ),
    "a seek head that names a list past the segment": document(
        element(0x114D9B74, seek(0x1654AE6B, 20_054)), CLUSTER, tail=element(0x1654AE6B, ENTRIES)
    ),
    "a list of unknown size with an entry that is cut": make_matroska(
        [VIDEO, Track()], replace(TRACKS_AT_END, unknown_sizes=frozenset({"segment", "tracks"}))
    )[:-5],
    "a list of unknown size that ends with the file": make_matroska(
        [VIDEO, Track()], replace(TRACKS_AT_END, unknown_sizes=frozenset({"segment", "tracks"}))
    ),
    "a list of unknown size with something else inside": document(
        b"\x16\x54\xae\x6b\xff" + ENTRIES,
        b"\x80\x80",
        CLUSTER,
    ),
    "a track of no known kind, and none of audio": document(
        element(0x1654AE6B, element(0xAE, element(0x83, b"\x42")))
    ),
    "something unknown in the list, and no audio": document(
        element(0x1654AE6B, element(0xAE, element(0x83, b"\x01")) + element(0xEF, ENTRIES))
    ),
    "a list of unknown size that ends in rubbish": make_matroska(
        [Track()], replace(TRACKS_AT_END, unknown_sizes=frozenset({"segment", "tracks"}))
    )
    + b"\x01rubbish at the end",
    "a private part that is cut": make_matroska([Track(codec_private_bytes=50_000)])[:30_000],
    "a long title that is cut": make_matroska([Track(title="x" * 40_000)])[:12_000],
    "too many tracks": make_matroska([Track(language="jpn")] * 10_001),
    "clusters without end": document(
        *[element(0x1F43B675, element(0xEC, bytes(20_000)), width=4)] * 450, element(0x1654AE6B, ENTRIES)
    ),
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED.keys())
def test_damage_is_never_an_empty_list(save: Save, data: bytes) -> None:
    """A broken file is unreadable by its content, with a sentence."""
    reading = probe.read(save(data))
    assert isinstance(reading, Unreadable)
    assert reading.cause is Cause.DAMAGED
    assert "damaged" in reading.reason


def test_every_cut_of_a_small_file_is_noticed(save: Save) -> None:
    """A file that is still being written is unreadable, wherever it ends."""
    data = make_matroska([VIDEO, Track(language="jpn"), Track(language="eng")])
    heard(probe.read(save(data)))
    causes = {size: probe.read(save(data[:size])) for size in range(4, len(data))}
    assert {
        size for size, got in causes.items() if got != Unreadable(getattr(got, "reason", ""), Cause.DAMAGED)
    } == set()


def test_a_large_file_that_lost_its_end_is_heard(tmp_path: Path) -> None:
    """Its track list is whole; that the rest is missing could only be seen by one more system call."""
    path = tmp_path / "film.mkv"
    write_matroska(path, [VIDEO, Track(language="jpn")], pad_to_bytes=5 << 20)
    os.truncate(path, 1 << 20)
    assert heard(probe.read(path)) == (PLAIN,)


def test_the_true_list_behind_a_stale_seek_head_is_found(save: Save) -> None:
    """A seek head that leads back into what was walked over is not followed into an outdated list."""
    stale = element(0x1654AE6B, element(0xAE, element(0x83, b"\x02") + element(0x22B59C, b"ger")))
    head = element(0x114D9B74, seek(0x1654AE6B, 50), width=8)
    void = element(0xEC, stale + bytes(100), width=4)
    offset = len(head) + 5
    head = element(0x114D9B74, seek(0x1654AE6B, offset), width=8)
    data = document(head, void, CLUSTER, element(0x1654AE6B, ENTRIES))
    start = data.index(stale) - data.index(head)
    assert start == offset
    assert [track.language for track in heard(probe.read(save(data)))] == ["jpn"]


def test_another_ebml_document_is_no_known_format(save: Save) -> None:
    """EBML alone does not make a Matroska file."""
    reading = probe.read(save(document(element(0x1654AE6B, ENTRIES), doc_type=b"recipe")))
    assert reading == Unreadable("it is an EBML document of another kind than Matroska", Cause.FORMAT)


def test_a_seek_head_leads_over_rubbish(save: Save) -> None:
    """Where the walk finds no element, the seek head still leads to the list, past its other entries."""
    tags = element(0x1254C367, bytes(40))
    rubbish = b"\x01rubbish"
    head = element(0x114D9B74, seek(0x1254C367, 0) + seek(0x1654AE6B, 0) * 2)
    at = len(head) + len(rubbish)
    head = element(0x114D9B74, seek(0x1254C367, at) + seek(0x1654AE6B, at) + seek(0x1654AE6B, at + len(tags)))
    data = document(head, rubbish, tags, element(0x1654AE6B, ENTRIES))
    assert [track.language for track in heard(probe.read(save(data)))] == ["jpn"]


@pytest.mark.parametrize("missing", [0, 1])
def test_the_last_thing_in_the_list_may_be_big(save: Save, missing: int) -> None:
    """What is stepped over at the end of the list has to be there."""
    private = element(0x63A2, bytes(100_000))
    entry = element(0xAE, element(0x83, b"\x02") + element(0x22B59C, b"jpn") + private)
    data = document(element(0xEC, bytes(10)), element(0x1654AE6B, entry))
    reading = probe.read(save(data[: len(data) - missing]))
    if missing:
        assert isinstance(reading, Unreadable)
        assert reading.cause is Cause.DAMAGED
    else:
        assert [track.language for track in heard(reading)] == ["jpn"]


def test_segment_may_follow_a_void(save: Save) -> None:
    """Void and CRC-32 may stand between the EBML header and the Segment."""
    header = element(0x1A45DFA3, element(0x4282, b"webm"))
    data = header + element(0xEC, bytes(30)) + element(0x18538067, element(0x1654AE6B, ENTRIES))
    assert [track.language for track in heard(probe.read(save(data)))] == ["jpn"]
