"""Makes small MPEG transport streams (TS, and M2TS as on a Blu-ray), whole ones, odd ones and broken ones.

Packets, sections and tables: ISO/IEC 13818-1; descriptors: that and ETSI EN 300 468.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from taggarr.simulator.media_codecs import AVC_CONFIGURATION, USUAL, frame
from taggarr.simulator.media_track import Piece, Track, filler_bytes, join, save, size_of, text

PACKET_BYTES = 188
PAT_PID, SDT_PID, NULL_PID = 0, 0x11, 0x1FFF
FIRST_MAP_PID, FIRST_STREAM_PID = 0x1000, 0x100

_TYPES = {"avc": 0x1B, "mp2": 0x03, "mp3": 0x03, "aac": 0x0F, "latm": 0x11, "srt": 0x06, "private": 0x06} | {
    "lpcm": 0x80,
    "ac3": 0x81,
    "dts": 0x82,
    "truehd": 0x83,
    "eac3": 0x87,
    "opus": 0x06,
}
_DVB = {"ac3": b"\x6a\x01\x00", "eac3": b"\x7a\x01\x00", "dts": b"\x7b\x05\0\0\0\0\0"}
"""What makes private data audio in Europe."""
_STREAM_IDS = {"audio": 0xC0, "video": 0xE0, "subtitle": 0xBD}
_FRAME_TICKS = 3600
"""25 frames a second, in the 90 kHz of time stamps."""
_SAID = {"opus": b"\x05\x04Opus\x7f\x02\x80\x02", "srt": b"\x59\x08eng\x10\0\1\0\1"}


@dataclass(frozen=True, slots=True)
class TsLayout:
    """How a stream is laid out. Change a named layout with `dataclasses.replace`.

    `packet_bytes` is 188, 192 (M2TS: a time before each packet) or 204 (a checksum behind it). `formats` are
    registered for each program (`HDMV` is a Blu-ray). `dvb` makes AC-3 and DTS private data with descriptors.
    `programs` are further programs behind the first one, `before` those that stand before it, and `absent` is how many
    programs are named whose maps are not in the file. `junk` are bytes before the first packet, `late` is
    how many packets of other data come before the tables. `map_first` puts the maps before the table that
    names them. `section_bytes` is how much of a section each packet takes (the rest is an adaptation
    field); `pointer` bytes of an older section end in the packet in which one begins.
    `frames` of each track follow the tables. `doubled` sends every packet twice. `copies` is how often the tables come; `spoilt` says how the
    first copies of them (all but the last) are made useless.
    """

    packet_bytes: Literal[188, 192, 204] = 188
    formats: tuple[str, ...] = ()
    dvb: bool = False
    before: tuple[Sequence[Track], ...] = ()
    programs: tuple[Sequence[Track], ...] = ()
    absent: int = 0
    junk: bytes = b""
    late: int = 0
    map_first: bool = False
    section_bytes: int = PACKET_BYTES - 4
    pointer: int = 0
    frames: int = 10
    doubled: bool = False
    copies: int = 1
    spoilt: Literal["checksum", "not-yet", "error", "scrambled", "lost", "short", None] = None


TS = TsLayout()
DVB = TsLayout(dvb=True)
M2TS = TsLayout(packet_bytes=192, formats=("HDMV",))


def make_ts(tracks: Sequence[Track], layout: TsLayout = TS, *, pad_to_bytes: int | None = None) -> bytes:
    """A whole file, of exactly `pad_to_bytes` where that is given (ValueError if it is too small)."""
    return join(_file(tracks, layout, pad_to_bytes))


def write_ts(
    path: Path, tracks: Sequence[Track], layout: TsLayout = TS, *, pad_to_bytes: int | None = None
) -> None:
    """Write such a file; its filler is a hole, so gigabytes cost nothing."""
    save(path, _file(tracks, layout, pad_to_bytes))


def section(table: int, number: int, body: bytes, *, current: bool = True) -> bytes:
    """One section of a table with its checksum; `number` is a program or the stream as a whole."""
    head = bytes((table,)) + (0xB000 | len(body) + 9).to_bytes(2, "big") + number.to_bytes(2, "big")
    head += bytes((0xC1 if current else 0xC0, 0, 0))
    return head + body + _checksum(head + body)


def program_map(number: int, streams: bytes, descriptors: bytes = b"", *, current: bool = True) -> bytes:
    """The section that says what a program consists of: `streams` are put together by `stream`."""
    size = (0xF000 | len(descriptors)).to_bytes(2, "big")
    return section(2, number, b"\xe1\x00" + size + descriptors + streams, current=current)


def stream(kind: int, pid: int, descriptors: bytes = b"") -> bytes:
    """One stream of a program map."""
    size = (0xF000 | len(descriptors)).to_bytes(2, "big")
    return bytes((kind,)) + (0xE000 | pid).to_bytes(2, "big") + size + descriptors


def association(programs: dict[int, int], *, current: bool = True) -> bytes:
    """The section that names the programs (by number) and the PIDs of their maps."""
    body = b"".join(n.to_bytes(2, "big") + (0xE000 | pid).to_bytes(2, "big") for n, pid in programs.items())
    return section(0, 1, body, current=current)


def _checksum(data: bytes) -> bytes:
    """The CRC of sections: polynomial 0x04C11DB7, not reflected, starting from all ones."""
    checksum = 0xFFFFFFFF
    for byte in data:
        checksum ^= byte << 24
        for _ in range(8):
            checksum = (checksum << 1) ^ (0x04C11DB7 if checksum & 1 << 31 else 0)
        checksum &= 0xFFFFFFFF
    return checksum.to_bytes(4, "big")


def _file(tracks: Sequence[Track], layout: TsLayout, pad_to_bytes: int | None) -> list[Piece]:
    writer = Writer(layout)
    pieces: list[Piece] = [layout.junk, *(writer.framed(packet) for packet in writer.packets(tracks))]
    if pad_to_bytes is not None:
        pieces.append(filler_bytes(pad_to_bytes, size_of(pieces)))
    return pieces


@dataclass(slots=True)
class Writer:
    """Makes the packets of one file, and counts those of each stream."""

    layout: TsLayout
    counters: dict[int, int] = field(default_factory=dict)

    def framed(self, packet: bytes) -> bytes:
        """A packet as it stands in the file."""
        whole = {188: packet, 192: bytes(4) + packet, 204: packet + bytes(16)}[self.layout.packet_bytes]
        return whole * 2 if self.layout.doubled else whole

    def packets(self, tracks: Sequence[Track]) -> Iterator[bytes]:
        """The whole stream: other data, tables, and a frame of each track."""
        layout = self.layout
        programs = [*layout.before, tracks, *layout.programs]
        for _ in range(layout.late):
            yield self.packet(NULL_PID, b"\xff" * 184)
        for copy in range(layout.copies):
            last = copy == layout.copies - 1
            yield from self.tables(programs, spoilt=None if last and layout.copies > 1 else layout.spoilt)
        every = [track for streams in programs for track in streams]
        for at in range(layout.frames):
            for pid, track in enumerate(every, FIRST_STREAM_PID):
                yield self.frame(pid, track, at)

    def tables(self, programs: Sequence[Sequence[Track]], *, spoilt: str | None) -> Iterator[bytes]:
        """The tables once."""
        current = spoilt != "not-yet"
        pids = {n: FIRST_MAP_PID + n for n in range(1, len(programs) + self.layout.absent + 1)}
        network = {0: 0x10}
        sections = [(PAT_PID, association(network | pids, current=current))]
        pid = FIRST_STREAM_PID
        for number, tracks in enumerate(programs, 1):
            streams = b"".join(self.stream(pid + i, track) for i, track in enumerate(tracks))
            formats = b"".join(b"\x05\x04" + name.encode() for name in self.layout.formats)
            sections.append((pids[number], program_map(number, streams, formats, current=current)))
            pid += len(tracks)
        if self.layout.map_first:
            sections.append(sections.pop(0))
        for at, whole in sections:
            yield from self.spoil(list(self.section_packets(at, _spoil(whole, spoilt))), spoilt)

    def spoil(self, packets: list[bytes], spoilt: str | None) -> Iterator[bytes]:
        """The packets of one section, as they arrive."""
        for i, packet in enumerate(packets):
            if spoilt == "error":
                yield packet[:1] + bytes((packet[1] | 0x80,)) + packet[2:]
            elif spoilt == "scrambled":
                yield packet[:3] + bytes((packet[3] | 0x80,)) + packet[4:]
            elif spoilt != "lost" or i != len(packets) // 2:
                yield packet

    def section_packets(self, pid: int, whole: bytes) -> Iterator[bytes]:
        """A section in packets: where it begins stands in the first, behind what is left of another one."""
        data = bytes((self.layout.pointer,)) + b"\x55" * self.layout.pointer + whole
        size = self.layout.section_bytes
        for at in range(0, len(data), size):
            part = data[at : at + size]
            if size == PACKET_BYTES - 4:
                part = part.ljust(size, b"\xff")
            yield self.packet(pid, part, starts=at == 0)

    def packet(self, pid: int, payload: bytes, *, starts: bool = False, clock: bytes = b"") -> bytes:
        """One packet, filled up by an adaptation field; `clock` is what that holds."""
        counter = self.counters[pid] = (self.counters.get(pid, -1) + 1) & 15
        field_bytes = PACKET_BYTES - 4 - len(payload)
        adaptation = b""
        if field_bytes:
            body = (clock or b"\0").ljust(field_bytes - 1, b"\xff")[: field_bytes - 1]
            adaptation = bytes((field_bytes - 1,)) + body
        flags = (0x30 if field_bytes else 0x10) | counter
        return (
            b"\x47"
            + ((0x4000 if starts else 0) | pid).to_bytes(2, "big")
            + bytes((flags,))
            + adaptation
            + payload
        )

    def stream(self, pid: int, track: Track) -> bytes:
        """The entry of a track in the program map."""
        codec = track.codec or USUAL[track.kind]
        kind = _TYPES[codec] if codec in _TYPES else int(codec, 16)
        said = _SAID.get(codec, b"") + _languages(track)
        if self.layout.dvb and codec in _DVB:
            kind, said = _TYPES["private"], _DVB[codec] + said
        return stream(kind, pid, said + track.extra)

    def frame(self, pid: int, track: Track, at: int) -> bytes:
        """One frame of a track as a packetized elementary stream, in one packet."""
        codec, channels = track.codec or USUAL[track.kind], track.channels or 2
        data = frame(codec, channels)
        if codec == "aac":
            data = _adts_header(len(data), channels) + data
        elif codec == "avc":
            data = _annex_b(data)
        ticks = (at + 1) * _FRAME_TICKS
        stamp = bytes((0x21 | ticks >> 29 & 0x0E, ticks >> 22 & 0xFF, ticks >> 14 & 0xFE | 1))
        stamp += bytes((ticks >> 7 & 0xFF, ticks << 1 & 0xFE | 1))
        rest = b"\x80\x80\x05" + stamp + data
        ident = _STREAM_IDS[track.kind]
        size = 0 if track.kind == "video" else len(rest)
        clock = b"\x10" + (at * _FRAME_TICKS << 15 | 0x7E00).to_bytes(6, "big")
        whole = b"\0\0\1" + bytes((ident,)) + size.to_bytes(2, "big") + rest
        return self.packet(pid, whole, starts=True, clock=clock)


def _spoil(whole: bytes, spoilt: str | None) -> bytes:
    if spoilt == "checksum":
        return whole[:-1] + bytes((whole[-1] ^ 1,))
    return whole[:-8] if spoilt == "short" else whole


def _languages(track: Track) -> bytes:
    """The language descriptor: languages by commas, one audio type for all; bytes are its content as it is."""
    if track.language is None:
        return b""
    if isinstance(track.language, int):
        raise TypeError(f"a language of a transport stream is text, not the number {track.language}")
    content = track.language
    if isinstance(content, str):
        kind = bytes((3 if track.visual_impaired else 2 if track.hearing_impaired else 0,))
        content = b"".join(text(code) + kind for code in content.split(","))
    return bytes((0x0A, len(content))) + content


def _adts_header(frame_bytes: int, channels: int) -> bytes:
    """What stands before a frame of AAC-LC at 48 kHz (ISO/IEC 13818-7, 6.2)."""
    configuration = 7 if channels == 8 else channels
    size = frame_bytes + 7
    packed = 0xFFF1 << 40 | 1 << 38 | 3 << 34 | configuration << 30 | size << 13 | 0x7FF << 2
    return packed.to_bytes(7, "big")


def _annex_b(data: bytes) -> bytes:
    """An AVC frame with start codes instead of sizes, behind its parameter sets (ISO/IEC 14496-10, annex B)."""
    units = [b"\x09\xf0"]
    sps_bytes = int.from_bytes(AVC_CONFIGURATION[6:8], "big")
    units.append(AVC_CONFIGURATION[8 : 8 + sps_bytes])
    at = 8 + sps_bytes + 3
    units.append(AVC_CONFIGURATION[at : at + int.from_bytes(AVC_CONFIGURATION[at - 2 : at], "big")])
    units.append(data[4:])
    return b"".join(b"\0\0\0\1" + unit for unit in units)
