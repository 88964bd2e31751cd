"""MPEG-TS and M2TS: what the program map states comes out, wherever and however it is sent."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from taggarr import probe
from taggarr.core.media import AudioTrack, Cause, Heard, LanguageSource, Reading, Unreadable
from taggarr.probe import mpegts, reader
from taggarr.probe.mpegts_streams import program_of
from taggarr.probe.source import Ambiguous, Source
from taggarr.simulator.media import DVB, M2TS, MKVMERGE, TS, Track, TsLayout, make_matroska, make_ts, write_ts
from taggarr.simulator.ts_writer import Writer, association, program_map, section, stream

Save = Callable[..., Path]

VIDEO = Track("video")
PLAIN = AudioTrack(
    position=1,
    language="jpn",
    language_source=LanguageSource.STATED,
    codec="AAC",
    visual_impaired=False,
    hearing_impaired=False,
)
NONE = replace(PLAIN, language=None, language_source=LanguageSource.NONE)
UNASKED = Heard((), "nobody")
"""What the fallback of these tests says: a header reader did not answer."""


def read(path: Path) -> Reading:
    return reader.read(path, lambda _: UNASKED)


def heard(reading: Reading) -> tuple[AudioTrack, ...]:
    assert isinstance(reading, Heard), reading
    assert reading.source == "mpegts"
    return reading.tracks


def languages(reading: Reading) -> list[str | None]:
    return [track.language for track in heard(reading)]


def descriptor(tag: int, *content: int | bytes) -> bytes:
    data = b"".join(bytes((part,)) if isinstance(part, int) else part for part in content)
    return bytes((tag, len(data))) + data


@pytest.mark.parametrize(
    ("track", "expected"),
    [
        (Track(language="jpn"), [PLAIN]),
        (Track(), [NONE]),
        (Track(language="und"), [replace(PLAIN, language="und")]),
        (Track(language="Fre"), [replace(PLAIN, language="Fre")]),
        (Track(language="qaa"), [replace(PLAIN, language="qaa")]),
        (Track(language=b"\0\0\0\0"), [NONE]),
        (Track(language=b"   \0"), [NONE]),
        (Track(language=b"\xff\xff\xff\0"), [NONE]),
        (Track(language=b""), [NONE]),
        (Track(language=b"jp"), [NONE]),
        (Track(language=b"jpn"), [NONE]),
        (Track(language=b"jpn\0en"), [PLAIN]),
        (Track(language=b"jpn\1"), [PLAIN]),
        (Track(language="jpn", hearing_impaired=True), [replace(PLAIN, hearing_impaired=True)]),
        (Track(language="jpn", visual_impaired=True), [replace(PLAIN, visual_impaired=True)]),
        (Track(language="jpn,eng"), [PLAIN, replace(PLAIN, position=2, language="eng")]),
        (Track(language="jpn,jpn"), [PLAIN]),
        (Track(language=b"jpn\0jpn\3"), [PLAIN, replace(PLAIN, position=2, visual_impaired=True)]),
        (Track(language="jpn", extra=descriptor(0x0A, b"eng\0")), [PLAIN]),
        (Track(language="jpn", extra=descriptor(0x7F, 0x06, 0x85)), [replace(PLAIN, visual_impaired=True)]),
        (Track(language="jpn", extra=descriptor(0x7F, 0x06, 0x8A)), [replace(PLAIN, hearing_impaired=True)]),
        (Track(language="jpn", extra=descriptor(0x7F, 0x06, 0x0E)), [replace(PLAIN, visual_impaired=True)]),
        (Track(language="jpn", extra=descriptor(0x7F, 0x06, 0x83, b"eng")), [PLAIN]),
        (Track(extra=descriptor(0x7F, 0x06, 0x83, b"jpn")), [PLAIN]),
        (Track(extra=descriptor(0x7F, 0x06, 0x82, b"jpn")), [NONE]),
        (Track(extra=descriptor(0x7F, 0x06, 0x83, b"jp")), [NONE]),
        (
            Track(language=b"   \3", extra=descriptor(0x7F, 0x06, 0x83, b"jpn")),
            [replace(PLAIN, visual_impaired=True)],
        ),
        (Track(language="jpn", extra=descriptor(0x7F, 0x06) + descriptor(0x7F)), [PLAIN]),
        (
            Track(language="jpn", extra=descriptor(0x7C, 0x50, 0x80, 0x48)),
            [replace(PLAIN, commentary=False, visual_impaired=True)],
        ),
        (
            Track(language="jpn", extra=descriptor(0x7C, 0x50, 0x80, 0x41)),
            [replace(PLAIN, commentary=False, hearing_impaired=True)],
        ),
        (Track(language="jpn", extra=descriptor(0x7C, 0x50, 0x80, 0x03)), [replace(PLAIN, channels=2)]),
        (Track(language="jpn", extra=descriptor(0x7C, 0x50)), [PLAIN]),
        (Track(language="jpn", extra=descriptor(0x7C, 0x50, 0x00, 0x48)), [PLAIN]),
    ],
)
@pytest.mark.parametrize("layout", [TS, M2TS], ids=["ts", "m2ts"])
def test_a_track_is_what_its_descriptors_state(
    save: Save, track: Track, expected: list[AudioTrack], layout: TsLayout
) -> None:
    """Languages, what they are for, and the first of what is repeated."""
    assert list(heard(read(save(make_ts([VIDEO, track], layout))))) == expected


AC3 = replace(PLAIN, codec="AC-3")
MAIN = replace(AC3, commentary=False)


@pytest.mark.parametrize(
    ("kind", "said", "expected"),
    [
        (0x06, descriptor(0x6A, 0x80, 0b0000_0000), replace(MAIN, channels=1)),
        (0x06, descriptor(0x6A, 0x80, 0b0100_0010), replace(MAIN, channels=2)),
        (0x06, descriptor(0x6A, 0x80, 0b0100_0100), MAIN),
        (0x06, descriptor(0x6A, 0x80, 0b0001_0100), replace(MAIN, visual_impaired=True)),
        (0x06, descriptor(0x6A, 0x80, 0b0101_1100), replace(MAIN, hearing_impaired=True)),
        (0x06, descriptor(0x6A, 0x80, 0b0010_1100), replace(MAIN, commentary=True)),
        (0x06, descriptor(0x6A, 0x00, 0b0010_1100), AC3),
        (0x06, descriptor(0x6A, 0x80), AC3),
        (0x06, descriptor(0x6A), AC3),
        (0x06, descriptor(0x7A, 0x80, 0b0010_1100), replace(MAIN, codec="E-AC-3", commentary=True)),
        (
            0x87,
            descriptor(0xCC, 0xC0, 0b1010_1010),
            replace(MAIN, codec="E-AC-3", commentary=True, channels=2),
        ),
        (0x87, descriptor(0xCC, 0xC0), replace(AC3, codec="E-AC-3")),
        (0x81, descriptor(0x81, 8, 0, 0b0000_0101), replace(MAIN, channels=2)),
        (0x81, descriptor(0x81, 8, 0, 0b0000_1111), MAIN),
        (0x81, descriptor(0x81, 8, 0, 0b0100_1111), replace(MAIN, visual_impaired=True)),
        (0x81, descriptor(0x81, 8, 0, 0b0110_1111), replace(MAIN, hearing_impaired=True)),
        (0x81, descriptor(0x81, 8, 0, 0b1010_0010), replace(MAIN, commentary=True, channels=1)),
        (0x81, descriptor(0x81, 8, 0), AC3),
        (0x81, descriptor(0x81, 8, 0, 0b1111, 0xFF, 0, 0, 0xBF, b"eng"), MAIN),
    ],
)
def test_the_service_that_an_ac3_track_is(save: Save, kind: int, said: bytes, expected: AudioTrack) -> None:
    """DVB's and ATSC's descriptors tell commentary and audio description, and the channels up to two."""
    track = Track(language="jpn", codec=hex(kind), extra=said)
    assert heard(read(save(make_ts([VIDEO, track])))) == (expected,)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((8, 0, 0b1111, 0xFF, 0, 0, 0xBF, b"eng"), "eng"),
        ((8, 0, 0b0001, 0xFF, 0xFF, 0, 0, 0xBF, b"eng"), "eng"),
        ((8, 0, 0b1111, 0xFF, 0, 5, b"AB", 0xBF, b"eng"), "eng"),
        ((8, 0, 0b1111, 0xFF, 0, 0, 0x3F, b"eng"), None),
        ((8, 0, 0b1111, 0xFF, 0, 0, 0xBF, b"en"), None),
        ((8, 0, 0b1111, 0xFF, 0, 0), None),
        ((8, 0, 0b1111, 0xFF, 0), None),
        ((8, 0, 0b1111, 0xFF), None),
        ((8, 0, 0b1111, 0xFF, 0, 0xFF, 0xBF, b"eng"), None),
    ],
)
def test_the_language_of_an_american_ac3_track(
    save: Save, said: tuple[int | bytes, ...], expected: str | None
) -> None:
    """It may stand in the descriptor of the codec, behind a text of any length, or be left out."""
    track = Track(codec="ac3", extra=descriptor(0x81, *said))
    assert languages(read(save(make_ts([VIDEO, track])))) == [expected]


def test_the_language_of_the_codec_goes_before_that_of_the_supplement(save: Save) -> None:
    """Both stand in for a language descriptor that is not there."""
    own = descriptor(0x81, 8, 0, 0b1111, 0xFF, 0, 0, 0xBF, b"eng")
    track = Track(codec="ac3", extra=own + descriptor(0x7F, 0x06, 0x83, b"jpn"))
    assert languages(read(save(make_ts([VIDEO, track])))) == ["eng"]


def registered(name: str) -> bytes:
    return descriptor(0x05, name.encode())


AUDIO = {
    "mpeg 1": (0x03, b"", "MPEG Audio"),
    "mpeg 2": (0x04, b"", "MPEG Audio"),
    "aac": (0x0F, b"", "AAC"),
    "latm": (0x11, b"", "AAC"),
    "raw aac": (0x1C, b"", "AAC"),
    "mpeg-h": (0x2D, b"", "MPEG-H 3D Audio"),
    "ac-3 of atsc": (0x81, b"", "AC-3"),
    "e-ac-3 of atsc": (0x87, b"", "E-AC-3"),
    "dts": (0x8A, b"", "DTS"),
    "encrypted for hls": (0xC1, b"", "AC-3"),
    "dvb ac-3": (0x06, descriptor(0x6A), "AC-3"),
    "dvb e-ac-3": (0x06, descriptor(0x7A), "E-AC-3"),
    "dvb dts": (0x06, descriptor(0x7B, bytes(5)), "DTS"),
    "dvb aac": (0x06, descriptor(0x7C, 0x50), "AAC"),
    "dvb ac-4": (0x06, descriptor(0x7F, 0x15, 0), "AC-4"),
    "dvb dts-hd": (0x06, descriptor(0x7F, 0x0E, 0), "DTS-HD"),
    "with a component tag": (0x06, descriptor(0x52, 1) + descriptor(0x6A), "AC-3"),
    "opus": (0x06, registered("Opus") + descriptor(0x7F, 0x80, 6), "Opus"),
    "registered ac-3": (0x06, registered("AC-3"), "AC-3"),
    "registered e-ac-3": (0x06, registered("EAC3"), "E-AC-3"),
    "registered dts": (0x82, registered("DTS1"), "DTS"),
    "registered twice": (0x06, registered("XXXX") + registered("BSSD"), "PCM"),
    "aac, whatever is registered": (0x0F, registered("AC-3"), "AAC"),
    "of a blu-ray": (0x83, registered("HDMV"), "TrueHD"),
}
OTHER = {
    "mpeg 2 video": (0x02, b""),
    "avc": (0x1B, b""),
    "hevc": (0x24, b""),
    "vc-1": (0xEA, b""),
    "registered vc-1": (0x06, registered("VC-1")),
    "sections": (0x05, b""),
    "dsm-cc": (0x0B, b""),
    "metadata": (0x15, registered("ID3 ")),
    "splice points": (0x86, registered("CUEI")),
    "teletext": (0x06, descriptor(0x56, b"eng\x09\0")),
    "subtitles": (0x06, descriptor(0x59, b"eng\x10\0\1\0\1")),
    "japanese captions": (0x06, descriptor(0x52, 0x30) + descriptor(0xFD, 0, 8, 0x3D)),
    "data with a format": (0x06, registered("KLVA")),
    "subtitles in xml": (0x06, descriptor(0x7F, 0x20, b"eng\0")),
}
UNCLEAR = {
    "private": (0x06, b""),
    "private with a language": (0x06, descriptor(0x0A, b"eng\0") + descriptor(0x52, 1)),
    "private with an unknown format": (0x06, registered("XXXX")),
    "private on a blu-ray": (0x06, registered("HDMV")),
    "lpcm or video": (0x80, b""),
    "dts or subtitles": (0x82, b""),
    "truehd": (0x83, b""),
    "e-ac-3": (0x84, b""),
    "dts-hd": (0x85, b""),
    "dts-hd or splice points": (0x86, b""),
    "secondary": (0xA1, b""),
    "nobody's": (0xF3, b""),
    "a new one": (0x60, b""),
}


@pytest.mark.parametrize("name", AUDIO)
def test_what_is_audio(save: Save, name: str) -> None:
    """By stream type, registered format or descriptor."""
    kind, said, codec = AUDIO[name]
    track = Track(language="jpn", codec=hex(kind), extra=said)
    (found,) = heard(read(save(make_ts([VIDEO, track]))))
    assert (found.codec, found.language) == (codec, "jpn")


@pytest.mark.parametrize("name", OTHER)
def test_what_is_not_audio(save: Save, name: str) -> None:
    """Video, text and data are no tracks, and leave no doubt."""
    kind, said = OTHER[name]
    tracks = [VIDEO, Track(codec=hex(kind), extra=said), Track(language="jpn")]
    assert heard(read(save(make_ts(tracks)))) == (PLAIN,)


@pytest.mark.parametrize("name", UNCLEAR)
def test_what_may_be_audio_is_left_to_libmediainfo(save: Save, name: str) -> None:
    """A number that each means otherwise is no reason to guess, whatever else is in the file."""
    kind, said = UNCLEAR[name]
    tracks = [VIDEO, Track(language="jpn"), Track(codec=hex(kind), extra=said)]
    assert read(save(make_ts(tracks))) == UNASKED
    assert read(save(make_ts(tracks[1:], replace(TS, absent=1)))) == UNASKED


BLURAY: dict[int, str | None] = {
    0x80: "LPCM",
    0x81: "AC-3",
    0x82: "DTS",
    0x83: "TrueHD",
    0x84: "E-AC-3",
    0x85: "DTS-HD",
}
BLURAY |= {0x86: "DTS-HD", 0xA1: "E-AC-3", 0xA2: "DTS-HD", 0x90: None, 0x91: None, 0x92: None}


@pytest.mark.parametrize(("kind", "codec"), BLURAY.items())
@pytest.mark.parametrize(
    "layout", [M2TS, replace(M2TS, formats=()), replace(TS, formats=("HDMV",))], ids=["both", "192", "format"]
)
def test_on_a_blu_ray_the_types_are_its_own(
    save: Save, kind: int, codec: str | None, layout: TsLayout
) -> None:
    """Told by the packets or by the registered format; most name no language, which is not English."""
    track = Track(codec=hex(kind), extra=registered("AC-3"))
    found = heard(read(save(make_ts([VIDEO, track], layout), "00001.m2ts")))
    assert found == ((replace(NONE, codec=codec),) if codec else ())


@pytest.mark.parametrize("kind", [0x80, 0x82, 0x86])
def test_in_american_television_they_are_not_audio(save: Save, kind: int) -> None:
    """Video, subtitles and splice points, where the program says whose numbers these are."""
    tracks = [VIDEO, Track(codec=hex(kind)), Track(language="jpn")]
    assert heard(read(save(make_ts(tracks, replace(TS, formats=("GA94", "CUEI")))))) == (PLAIN,)


def test_a_stream_that_is_listed_twice_is_one_track(save: Save) -> None:
    """The first entry counts."""
    first, second = stream(0x0F, 0x101, b"\x0a\4jpn\0"), bytearray(stream(0x0F, 0x101, b"\x0a\4eng\0"))
    second[1] &= 0x1F  # the bits above the PID are reserved
    streams = first + second
    program = program_of(program_map(1, streams), bluray=False)
    assert (program.streams, program.tracks) == (1, (PLAIN,))


LAYOUTS = {
    "ts": TS,
    "dvb": DVB,
    "m2ts": M2TS,
    "with checksums": replace(TS, packet_bytes=204),
    "junk first": replace(TS, junk=b"\x47junk" * 70),
    "a cut packet first": replace(M2TS, junk=b"\x47" + bytes(100)),
    "much junk first": replace(TS, junk=bytes(15_000)),
    "late tables": replace(TS, late=80),
    "very late tables": replace(M2TS, late=5_000),
    "the map before the table": replace(TS, map_first=True),
    "the map before the table, late": replace(TS, map_first=True, late=200),
    "split sections": replace(TS, section_bytes=5),
    "split in the size": replace(TS, section_bytes=2),
    "a pointer": replace(TS, pointer=100),
    "every packet twice": replace(TS, doubled=True, section_bytes=20),
    "a wrong checksum first": replace(TS, copies=2, spoilt="checksum"),
    "tables that do not hold yet": replace(TS, copies=2, spoilt="not-yet"),
    "tables with errors": replace(M2TS, copies=3, spoilt="error", late=90),
    "scrambled tables": replace(TS, copies=2, spoilt="scrambled"),
    "sections with a hole": replace(TS, copies=2, spoilt="lost", section_bytes=12),
    "sections that are cut": replace(TS, copies=2, spoilt="short", section_bytes=12),
    "maps that are not there": replace(TS, absent=9),
    "other programs behind": replace(TS, programs=((VIDEO, Track(language="deu")), (VIDEO,))),
    "radio before": replace(TS, before=((Track(language="deu"),), ())),
    "no frames": replace(TS, frames=0),
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_the_layout_of_the_stream_does_not_matter(save: Save, layout: TsLayout) -> None:
    """The same tracks come out of every layout."""
    english = Track(language="eng", visual_impaired=True)
    path = save(make_ts([VIDEO, Track(language="jpn"), Track("subtitle"), english], layout))
    assert heard(read(path)) == (PLAIN, replace(PLAIN, position=2, language="eng", visual_impaired=True))


def test_a_file_begins_with_two_packets_at_least(save: Save) -> None:
    """Two are enough to be claimed, and one is nobody's."""
    data = make_ts([VIDEO, Track(language="jpn")])
    assert heard(read(save(data[: 2 * 188]))) == (PLAIN,)
    assert read(save(data[:188])) == UNASKED
    assert read(save(b"G")) == UNASKED


def test_a_lost_packet_does_not_end_the_reading(save: Save) -> None:
    """Where the packets do not follow each other, the next ones are looked for."""
    late = make_ts([VIDEO, Track(language="jpn")], replace(TS, late=100))
    assert heard(read(save(late[:2_000] + late[2_050:]))) == (PLAIN,)
    assert heard(read(save(late[:2_000] + bytes(30_000) + late[2_000:]))) == (PLAIN,)


def test_a_section_may_end_where_the_next_begins(save: Save) -> None:
    """The pointer leads to the next section, and what stands before it is the end of the one before."""
    film = Writer(TS)
    entries = b"".join(stream(0x0F, 0x101 + i, b"\x0a\x04jpn\0") for i in range(30))
    whole = program_map(1, stream(0x1B, 0x100) + entries)
    packets = [*film.section_packets(0, association({1: 0x1001}))]
    packets.append(film.packet(0x1001, b"\0" + whole[:183], starts=True))
    tail = whole[183:]
    ends = film.packet(0x1001, bytes((len(tail),)) + tail + whole[: 183 - len(tail)], starts=True)
    assert len(tail) < 183
    assert len(heard(read(save(b"".join([*packets, ends]))))) == 30
    rest = whole[183 - len(tail) :]
    again = film.packet(0x1001, rest[:184]) + film.packet(0x1001, rest[184:])
    assert isinstance(read(save(b"".join([packets[0], ends]))), Unreadable)
    assert len(heard(read(save(b"".join([packets[0], ends, again]))))) == 30


def test_many_tracks_are_all_read(save: Save) -> None:
    """A map as large as a section may be, over six packets."""
    found = heard(read(save(make_ts([VIDEO, *[Track(language="jpn")] * 80]))))
    assert [track.position for track in found] == list(range(1, 81))


def test_a_film_without_sound_is_heard_without_tracks(save: Save) -> None:
    """Silence is a reading, not a failure."""
    assert read(save(make_ts([VIDEO]))) == Heard((), "mpegts")
    assert read(save(make_ts([Track("subtitle")]))) == Heard((), "mpegts")


def test_the_first_program_with_video_counts(save: Save) -> None:
    """Before it comes none; without video it is the first with audio, and then one with anything."""

    def lay(*programs: list[Track]) -> Reading:
        return read(save(make_ts(programs[0], replace(TS, programs=programs[1:], copies=2))))

    jpn, deu = Track(language="jpn"), Track(language="deu")
    assert languages(lay([jpn], [VIDEO, deu], [VIDEO, jpn])) == ["deu"]
    assert languages(lay([jpn], [VIDEO], [VIDEO, jpn])) == []
    assert languages(lay([Track("subtitle")], [], [jpn], [deu])) == ["jpn"]
    assert languages(lay([Track("subtitle")], [])) == []
    assert languages(lay([], [Track("subtitle")])) == []
    assert lay([Track("subtitle")], [Track(codec="private")]) == UNASKED
    assert lay([Track(codec="private")], [jpn]) == UNASKED


@pytest.mark.parametrize("layout", [TS, replace(TS, absent=3, copies=2)], ids=["all seen", "seen again"])
def test_no_more_is_read_than_has_to_be(tmp_path: Path, layout: TsLayout) -> None:
    """Video may still come, until all maps were seen or one comes round again: the others are not in the file."""
    path = tmp_path / "film.ts"
    write_ts(path, [Track(language="jpn")], layout, pad_to_bytes=100 << 20)
    fd = os.open(path, os.O_RDONLY)
    try:
        source = Source(fd)
        assert languages(reader.opened(source, fd) or UNASKED) == ["jpn"]
        assert source.reads == 1
    finally:
        os.close(fd)


def send(*sections: tuple[int, bytes]) -> bytes:
    """A stream of these sections, each with the PID that it is sent on."""
    film = Writer(TS)
    return b"".join(packet for pid, whole in sections for packet in film.section_packets(pid, whole))


RADIO = program_map(1, stream(0x0F, 0x101, b"\x0a\x04deu\0"))
FILM = program_map(2, stream(0x1B, 0x100) + stream(0x0F, 0x101, b"\x0a\x04jpn\0"))


def test_only_maps_that_are_named_count(save: Save) -> None:
    """By number and PID; several may be sent on one PID, and a later table may name more."""
    both = association({1: 0x1001, 2: 0x1001})
    assert languages(read(save(send((0, both), (0x1001, RADIO), (0x1001, FILM))))) == ["jpn"]
    assert languages(read(save(send((0, both), (0x1001, RADIO), (0x1001, RADIO), (0x1001, FILM))))) == ["deu"]
    one = association({1: 0x1001})
    assert languages(read(save(send((0, one), (0x1001, FILM), (0x1001, RADIO))))) == ["deu"]
    two = association({2: 0x1002})
    gone = association({1: 0x1003})
    assert languages(read(save(send((0, gone), (0, two), (0x1002, FILM))))) == ["jpn"]
    other = section(0x42, 1, bytes(20))
    assert languages(read(save(send((0, one), (0x1001, other), (0x1001, RADIO))))) == ["deu"]


def test_an_association_that_names_no_program_is_passed_over(save: Save) -> None:
    """The network's own entry, PIDs that no map can have, other tables in its place; the next one counts."""
    nothing = [
        (0, association({0: 0x10})),
        (0, association({1: 0, 2: 0x0F, 3: 0x1FFF})),
        (0, program_map(2, stream(0x1B, 0x100))),
        (0, association({1: 0x1001}, current=False)),
    ]
    assert languages(read(save(send(*nothing, (0, association({1: 0x1001})), (0x1001, RADIO))))) == ["deu"]
    for entry in nothing:
        reading = read(save(send(entry, entry)))
        assert reading == Unreadable(
            "no table of programs is in its first 8 MB: it is damaged", Cause.DAMAGED
        )


DATA = make_ts([VIDEO, Track(language="jpn")])
DAMAGED = {
    **{
        f"only spoilt: {how}": make_ts([VIDEO, Track()], replace(TS, spoilt=how))
        for how in ("checksum", "not-yet")
    },
    **{f"only {how}": make_ts([VIDEO, Track()], replace(TS, spoilt=how)) for how in ("error", "scrambled")},
    "only halves of sections": make_ts([VIDEO, Track()], replace(TS, spoilt="lost", section_bytes=12)),
    "no association": DATA[188:],
    "no map": DATA[:188] + DATA[2 * 188 :],
    "an empty map": make_ts([], replace(TS, late=4)),
    "no programs at all": make_ts([VIDEO, Track()], replace(TS, late=100))[: 99 * 188],
    "nothing but sync": b"G" * 50_000,
    "adaptation fields past the packet": (b"\x47\x40\0\x30\xff" + bytes(183)) * 20,
    "pointers past the packet": (b"\x47\x40\0\x10\xff" + bytes(183)) * 20,
    "sections of nothing": (b"\x47\x40\0\x10\0" + bytes(183)) * 20,
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED.keys())
def test_damage_is_never_an_empty_list(save: Save, data: bytes) -> None:
    """A broken file is unreadable by its content, with a sentence."""
    reading = probe.read(save(data))
    assert isinstance(reading, Unreadable), reading
    assert reading.cause is Cause.DAMAGED
    assert reading.reason.endswith("damaged") or "damaged or" in reading.reason


def lying(streams: bytes, descriptors: bytes = b"") -> bytes:
    """The packets of a film whose map is this, with a checksum that is right."""
    packets = bytearray(DATA)
    whole = program_map(1, streams, descriptors)
    packets[188 + 5 : 2 * 188] = whole.ljust(183, b"\xff")
    return bytes(packets)


LIES = {
    "a stream past the map": stream(0x0F, 0x101)[:-2] + b"\xf0\x09",
    "descriptors past the stream": stream(0x0F, 0x101, b"\x0a\x09jpn\0"),
    "half a stream": stream(0x0F, 0x101) + b"\x0f",
    "a descriptor without a size": stream(0x0F, 0x101, b"\x0a"),
    "half a size": stream(0x0F, 0x101)[:-1],
}


@pytest.mark.parametrize("streams", LIES.values(), ids=LIES.keys())
def test_a_map_that_lies_is_damaged(save: Save, streams: bytes) -> None:
    """A child that ends past its parent, under a checksum that is right."""
    assert heard(read(save(lying(stream(0x0F, 0x101, b"\x0a\x04jpn\0"))))) == (PLAIN,)
    damaged = Unreadable("its track list is damaged", Cause.DAMAGED)
    assert read(save(lying(streams))) == damaged
    assert read(save(lying(b"", b"\x05\x30HDMV"))) == damaged


@pytest.mark.parametrize("zeros", [False, True], ids=["packets", "zeros"])
def test_eight_megabytes_without_tables_are_enough(tmp_path: Path, zeros: bool) -> None:
    """The search for tables ends at the cap, with a reason of its own; a large file is not read whole."""
    path = tmp_path / "film.ts"
    path.write_bytes((b"\x47\x01\x00\x10" + bytes(184)) * (20 if zeros else 60_000))
    os.truncate(path, 1 << 30)
    fd = os.open(path, os.O_RDONLY)
    try:
        source = Source(fd, deadline_s=600)
        reading = reader.opened(source, fd)
    finally:
        os.close(fd)
    assert reading == Unreadable("no table of programs is in its first 8 MB: it is damaged", Cause.DAMAGED)
    assert source.bytes_read <= 8 << 20
    assert source.reads <= 20


def test_a_time_that_looks_like_a_packet(save: Save) -> None:
    """The bytes before the packets of M2TS may be anything."""
    data = bytearray(make_ts([VIDEO, Track(language="jpn")], replace(M2TS, late=3)))
    data[::192] = b"\x47" * len(data[::192])
    assert heard(read(save(bytes(data)))) == (PLAIN,)


@pytest.mark.parametrize(("code", "channels"), [(0, None), (1, 1), (6, 6), (8, 8), (9, None), (0x82, None)])
def test_channels_of_opus(save: Save, code: int, channels: int | None) -> None:
    """The numbers up to eight are what they say."""
    track = Track(language="jpn", codec="0x6", extra=registered("Opus") + descriptor(0x7F, 0x80, code))
    assert heard(read(save(make_ts([VIDEO, track])))) == (replace(PLAIN, codec="Opus", channels=channels),)


def test_what_only_looks_like_packets_is_not_claimed(save: Save) -> None:
    """Sync bytes have to stand where packets begin, and other formats are asked first."""
    assert read(save(b"\x47" + bytes(50_000))) == UNASKED
    assert read(save(bytes(4) + b"\x47" + bytes(50_000))) == UNASKED
    assert read(save(bytes(100) + DATA[: 4 * 188])) == UNASKED
    reading = read(save(make_matroska([VIDEO, Track(language="eng")], MKVMERGE)))
    assert getattr(reading, "source", None) == "matroska"


class Trickling(Source):
    """A network share that gives 100 bytes at a time."""

    def _read(self, offset: int, size: int) -> bytes:
        return super()._read(offset, min(size, 100))


@pytest.mark.parametrize("layout", [TS, M2TS], ids=["ts", "m2ts"])
def test_a_share_that_dribbles_changes_nothing(save: Save, layout: TsLayout) -> None:
    """Short reads are taken for the end of the file only where nothing follows."""
    fd = os.open(save(make_ts([VIDEO, Track(language="jpn")], replace(layout, late=30))), os.O_RDONLY)
    try:
        assert heard(reader.opened(Trickling(fd), fd) or UNASKED) == (PLAIN,)
    finally:
        os.close(fd)


def test_an_unclear_program_raises_inside_only(save: Save) -> None:
    """The reader itself says that it cannot tell; the chain turns that into the question to libmediainfo."""
    fd = os.open(save(make_ts([VIDEO, Track(codec="private")])), os.O_RDONLY)
    try:
        source = Source(fd)
        source.load(0, 16)
        with pytest.raises(Ambiguous):
            mpegts.read(source, 0, 188)
    finally:
        os.close(fd)
