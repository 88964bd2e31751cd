"""The transport streams of the maker, taken apart by a walk of their own."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from taggarr.simulator.media import DVB, M2TS, TS, Track, TsLayout, make_ts, write_ts

TRACKS = [Track("video"), Track("audio", "jpn"), Track("audio", "ger", codec="ac3"), Track("subtitle")]
LAYOUTS = {
    "ts": TS,
    "dvb": DVB,
    "m2ts": M2TS,
    "204": replace(TS, packet_bytes=204),
    "late": replace(TS, late=7),
    "split": replace(M2TS, section_bytes=9),
    "several": replace(TS, programs=(TRACKS[1:],), before=((),), copies=2),
}


def packets(data: bytes, layout: TsLayout) -> list[bytes]:
    """The packets of a file, each of which begins with a sync byte."""
    start = layout.packet_bytes - 188 if layout.packet_bytes == 192 else 0
    assert len(data) % layout.packet_bytes == 0
    found = [data[at : at + 188] for at in range(start, len(data), layout.packet_bytes)]
    assert {packet[0] for packet in found} == {0x47}
    return found


def pid_of(packet: bytes) -> int:
    return int.from_bytes(packet[1:3], "big") & 0x1FFF


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_packets_are_whole_and_counted(layout: TsLayout) -> None:
    """Every packet of a stream has the next counter, and its adaptation field ends inside of it."""
    found = packets(make_ts(TRACKS, layout), layout)
    counters: dict[int, int] = {}
    for packet in found:
        counter = counters[pid_of(packet)] = (counters.get(pid_of(packet), -1) + 1) & 15
        assert packet[3] & 15 == counter
        assert packet[3] & 0x10
        assert not packet[3] & 0x20 or packet[4] < 183
    frames = Counter(pid_of(packet) for packet in found)
    assert [frames[0x100 + i] for i in range(len(TRACKS))] == [10] * 4


def test_a_file_may_be_filled_up(tmp_path: Path) -> None:
    """The size is exact; what is smaller than the stream is refused."""
    path = tmp_path / "film.ts"
    write_ts(path, TRACKS, pad_to_bytes=5_000_000)
    assert path.stat().st_size == 5_000_000
    with pytest.raises(ValueError, match="cannot be smaller"):
        make_ts(TRACKS, pad_to_bytes=1)


def test_a_language_is_text() -> None:
    """A number is a statement of MP4."""
    with pytest.raises(TypeError, match="is text"):
        make_ts([Track(language=7)])


def test_the_codec_of_a_track_may_be_a_stream_type() -> None:
    """As in the program map, or private data with a descriptor."""
    assert b"\x82\xe1\x00" in make_ts([Track(codec="0x82")])
    assert b"\x06\xe1\x00\xf0\x03\x6a\x01\x00" in make_ts([Track(codec="ac3")], DVB)
