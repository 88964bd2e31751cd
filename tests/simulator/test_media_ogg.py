"""The Ogg file of the maker."""

import struct

import pytest

from taggarr.simulator.media import make_ogg


def ogg_checksum(page: bytes) -> int:
    """The CRC of Ogg by long division: polynomial 0x04C11DB7, 32 zero bits appended."""
    value = int.from_bytes(page + bytes(4), "big")
    for bit in range(value.bit_length() - 1, 31, -1):
        if value >> bit & 1:
            value ^= 0x104C11DB7 << (bit - 32)
    return value


@pytest.mark.parametrize("title", [None, "Hallo", "x" * 600])
def test_pages_are_whole(title: str | None) -> None:
    """Three pages with right checksums: the head, the comments, the only frame."""
    data = make_ogg("ger", title=title)
    packets, at = [], 0
    while at < len(data):
        magic, version, kind, granule, serial, sequence, checksum, segments = struct.unpack_from(
            "<4sBBqIIIB", data, at
        )
        lacing = data[at + 27 : at + 27 + segments]
        end = at + 27 + segments + sum(lacing)
        page = data[at : at + 22] + bytes(4) + data[at + 26 : end]
        assert (magic, version, serial, sequence) == (b"OggS", 0, 1, len(packets))
        assert (kind, granule) == ((2, 0), (0, 0), (4, 960))[sequence]
        assert checksum == ogg_checksum(page)
        assert lacing[-1] < 255
        packets.append(data[at + 27 + segments : end])
        at = end
    head, comments, _ = packets
    assert head[:10] == b"OpusHead\1\2"
    assert comments[:8] == b"OpusTags"
    assert (b"LANGUAGE=ger" in comments, b"TITLE=" in comments) == (True, title is not None)
    count_at = 12 + len(b"taggarr simulator")
    assert comments[count_at] == (1 if title is None else 2)
