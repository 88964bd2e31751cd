"""How many channels an MP4 audio sample entry has.

The entry's own count is often the template value 2, so the codec's configuration is asked first.
Sources: ISO/IEC 14496-12 (sample entries), 14496-14 and 14496-3 (esds, AAC), ETSI TS 102 366 annex F (AC-3),
the Opus encapsulation note, QuickTime File Format Specification (sound descriptions version 1 and 2).
"""

import struct
from struct import unpack_from

_ENTRY_BYTES = 36  # box header, reserved, reference, and the twenty bytes of version 0
_VERSION_1_BYTES = 16

_AAC = (None, 1, 2, 3, 4, 5, 6, 8, None, None, None, 7, 8, None, 8)
"""Channels by AAC channel configuration; 0 and the reserved values say nothing."""
_AC3 = (2, 1, 2, 3, 3, 4, 4, 5)
"""Full-bandwidth channels by AC-3 channel mode (`acmod`); the low-frequency one comes on top."""

_ES, _DECODER_CONFIG, _DECODER_SPECIFIC = 3, 4, 5


def channels(entry: bytes) -> int | None:
    """The channel count of a sample entry (from its box header on; it may be cut)."""
    try:
        version, stated = unpack_from(">H6xH", entry, 16)
        if version == 2:
            (stated,) = unpack_from(">I", entry, 48)
            return stated or None
        found = _configured(entry, _ENTRY_BYTES + (_VERSION_1_BYTES if version == 1 else 0))
    except (struct.error, IndexError):
        return None
    return found or stated or None


def _configured(entry: bytes, pos: int) -> int | None:
    """The count in the first codec configuration box behind `pos`."""
    while pos + 8 <= len(entry):
        size, kind = unpack_from(">I4s", entry, pos)
        if size < 8:
            break
        parse = _PARSERS.get(kind)
        if parse:
            return parse(entry[pos + 8 : pos + size])
        pos += size
    return None


def _esds(box: bytes) -> int | None:
    """Elementary stream descriptor: tags with sizes of up to four bytes, nested three deep."""
    pos = 4
    while pos < len(box):
        tag = box[pos]
        size = 0
        for _ in range(4):
            pos += 1
            size = size << 7 | box[pos] & 0x7F
            if box[pos] < 0x80:
                break
        pos += 1
        if tag == _ES:
            flags = box[pos + 2]
            pos += 5 if flags & 0x80 else 3  # the stream that it depends on
            pos += 1 + box[pos] if flags & 0x40 else 0  # an address
            pos += 2 if flags & 0x20 else 0  # the stream that keeps its time
        elif tag == _DECODER_CONFIG:
            if box[pos] != 0x40:  # not AAC: what follows is another codec's
                return None
            pos += 13
        elif tag == _DECODER_SPECIFIC:
            return _audio_specific(box[pos : pos + size])
        else:
            pos += size
    return None


def _audio_specific(config: bytes) -> int | None:
    """AudioSpecificConfig: object type (5 bits, escaped by 31), frequency (4, escaped by 15), channels (4)."""
    bits = int.from_bytes(config[:8].ljust(8, b"\0"), "big")
    left = 64 - 5
    if bits >> left == 31:
        left -= 6
    left -= 4
    if bits >> left & 15 == 15:
        left -= 24
    configuration = bits >> left - 4 & 15
    return _AAC[configuration] if configuration < len(_AAC) else None


def _dac3(box: bytes) -> int:
    bits = int.from_bytes(box[:3], "big")
    return _AC3[bits >> 11 & 7] + (bits >> 10 & 1)


def _dec3(box: bytes) -> int:
    """The first independent substream; what a dependent one adds to it (7.1) is left out."""
    bits = int.from_bytes(box[2:5], "big")
    return _AC3[bits >> 9 & 7] + (bits >> 8 & 1)


def _dops(box: bytes) -> int:
    return box[1]


_PARSERS = {b"esds": _esds, b"dac3": _dac3, b"dec3": _dec3, b"dOps": _dops}
