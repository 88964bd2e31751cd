"""Audio tracks of MPEG transport streams (TS, and M2TS as on a Blu-ray), from their tables alone.

A program association table (PAT) names the programs, and a map (PMT) the streams of each. Both come round
again all the time, so that what arrives damaged is waited for. Source: ISO/IEC 13818-1, sections 2.4.3 and
2.4.4. A stream has no end of its own: a file that was cut is as good as a whole one.
"""

import re
from collections.abc import Container, Iterator
from zlib import crc32

from taggarr.core.media import AudioTrack
from taggarr.probe.mpegts_streams import Program, program_of
from taggarr.probe.source import FIRST_BYTES, MAX_BYTES, Ambiguous, Refused, Source

SYNC = 0x47
_PACKET = 188
_STRIDES = ((188, 0), (192, 4), (204, 0))
"""Bytes from one packet to the next, and where the first begins: alone, with a time before it (M2TS), with
a checksum behind it (DVB)."""
_M2TS = 192

_SURE = 5
"""So many sync bytes in their places are no accident, wherever in the first read they begin."""
_SYNCED = {
    stride: re.compile(rb"(?s)\x47(?=(?:.{%d}\x47){%d})" % (stride - 1, _SURE - 1)) for stride, _ in _STRIDES
}
_LARGEST_STEP = 1 << 20

_PAT_PID = 0
_PAT_TABLE, _PMT_TABLE = 0, 2
_NETWORK = b"\0\0"
"""Number 0 is no program: it says where the network is described."""
_FIRST_FREE_PID, _NULL_PID = 0x10, 0x1FFF
_SECTION_HEADER, _CHECKSUM = 8, 4

_MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
"""Each byte with its bits in reverse: the checksum of sections is that of zlib, read from the other end."""
_NO_REMAINDER = 0xFFFFFFFF

_NO_PROGRAMS = "no table of programs is in its first 8 MB: it is damaged"
_NO_MAP = "no list of its tracks is in its first 8 MB: it is damaged"
_NO_STREAMS = "its track list is empty: it is damaged or still being written"


def claim(source: Source) -> tuple[int, int] | None:
    """Where the first packet begins, and how far it is to the next; None where this is no transport stream.

    Junk may stand before the first packet.
    """
    head = source.buf
    if SYNC in head[:5:4]:
        if len(head) < _SURE * _M2TS:  # a share may give less than was asked for
            source.load(0, _SURE * _M2TS)
            head = source.buf
        for stride, start in _STRIDES:
            syncs = head[start : _SURE * stride : stride]
            if len(syncs) > 1 and syncs.count(SYNC) == len(syncs):
                return start, stride
    for stride, synced in _SYNCED.items():
        match = synced.search(head)
        if match:
            return match.start(), stride
    return None


def read(source: Source, start: int, stride: int) -> tuple[AudioTrack, ...]:
    """The audio tracks of the stream whose first packet begins at `start`.

    They are those of one program, the first map with video. Which it is cannot be told better: a recording
    of one program keeps the table that names all those of its channel, and their maps are not in the file.
    Raises `Unread` for a damaged file, `Ambiguous` where a stream may be audio or not.
    """
    assemblies = {_PAT_PID: _Assembly()}
    programs: dict[bytes, int] = {}
    for _, section in _sections(source, start, stride, assemblies):
        programs = _programs(section)
        if programs:
            break
    else:
        raise Refused(_NO_PROGRAMS)
    # From the start of the window on, for the map may stand before the table that says where it is.
    program = _program(source, max(start, source.base), stride, programs)
    if program.unclear:
        raise Ambiguous
    return program.tracks


def _programs(section: bytes) -> dict[bytes, int]:
    """By its number, the PID of the map of each program that an association table names."""
    if section[0] != _PAT_TABLE:
        return {}
    entries = range(_SECTION_HEADER, len(section) - _CHECKSUM - 3, 4)
    named = {section[at : at + 2]: (section[at + 2] & 0x1F) << 8 | section[at + 3] for at in entries}
    named.pop(_NETWORK, None)
    return {number: pid for number, pid in named.items() if _FIRST_FREE_PID <= pid < _NULL_PID}


def _program(source: Source, start: int, stride: int, programs: dict[bytes, int]) -> Program:
    """The first program with video; where none has any, the first with audio, and then any that has streams.

    A map that comes round again shows that those not seen by then are not in the file.
    """
    seen: dict[bytes, Program] = {}
    assemblies = {pid: _Assembly() for pid in (_PAT_PID, *programs.values())}
    for pid, section in _sections(source, start, stride, assemblies):
        if pid == _PAT_PID:  # a recorder may have begun with another channel, and its table
            programs |= _programs(section)
            assemblies |= {new: _Assembly() for new in programs.values() if new not in assemblies}
            continue
        number = section[3:5]
        if section[0] != _PMT_TABLE or programs.get(number) != pid:
            continue
        if number in seen:
            break
        seen[number] = program = program_of(section, bluray=stride == _M2TS)
        if program.video:
            return program
        if len(seen) == len(programs):
            break
    if not seen:
        raise Refused(_NO_MAP)
    best = max(
        seen.values(), key=lambda program: (bool(program.tracks) or program.unclear, program.streams > 0)
    )
    if not best.streams:
        raise Refused(_NO_STREAMS)
    return best


def _sections(
    source: Source, start: int, stride: int, assemblies: dict[int, "_Assembly"]
) -> Iterator[tuple[int, bytes]]:
    """(PID, section) of those that arrived whole, that hold already, and whose checksum is right."""
    for packet in _packets(source, start, stride, assemblies):
        pid = (packet[1] & 0x1F) << 8 | packet[2]
        for section in assemblies[pid].add(packet):
            if (
                len(section) >= _SECTION_HEADER + _CHECKSUM
                and section[5] & 1
                and crc32(section.translate(_MIRRORED)) == _NO_REMAINDER
            ):
                yield pid, section


def _packets(source: Source, pos: int, stride: int, wanted: Container[int]) -> Iterator[bytes]:
    """The packets of the wanted streams from `pos` on, as far as the caps allow."""
    step = FIRST_BYTES
    i = pos - source.base
    while True:
        buf = source.buf
        last = len(buf) - _PACKET
        while i <= last:
            if buf[i] != SYNC:
                match = _SYNCED[stride].search(buf, i)
                i = match.start() if match else len(buf)
                continue
            if (buf[i + 1] & 0x1F) << 8 | buf[i + 2] in wanted:
                yield buf[i : i + _PACKET]
            i += stride
        step = min(2 * step, _LARGEST_STEP, MAX_BYTES - source.bytes_read)
        if step < _PACKET:
            return
        source.load(source.base + i, _PACKET, step)
        i = 0
        if len(source.buf) < _PACKET:
            return


class _Assembly:
    """Puts the sections of one stream together from its packets."""

    __slots__ = ("counter", "data")

    def __init__(self) -> None:
        self.data = b""
        """What has arrived of a section that is not whole."""
        self.counter = -1

    def add(self, packet: bytes) -> list[bytes]:
        """The sections that this packet completes."""
        control = packet[3]
        at = 5 + packet[4] if control & 0x20 else 4  # an adaptation field comes first
        if packet[1] & 0x80 or control & 0xD0 != 0x10 or at >= _PACKET:
            return []  # received with errors, scrambled, or nothing but an adaptation field
        if packet[1] & 0x40:  # a section begins where the pointer says, and before that one may end
            begin = at + 1 + packet[at]
            done = self._whole(self.data + packet[at + 1 : begin])
            self.data = packet[begin:]
        elif control & 15 == self.counter:
            return []  # a packet may be sent twice
        else:
            done = []
            self.data += packet[at:]  # where one was lost, the checksum will be wrong
        self.counter = control & 15
        return done + self._whole(self.data)

    def _whole(self, data: bytes) -> list[bytes]:
        """Take the whole sections off the front of `data`, and keep the rest, stuffing too."""
        done = []
        while len(data) > 2:
            size = 3 + ((data[1] & 15) << 8 | data[2])
            if size > len(data):
                break
            done.append(data[:size])
            data = data[size:]
        self.data = data
        return done
