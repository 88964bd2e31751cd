"""What the format tag of an AVI sound header stands for.

Sources: RFC 2361 and Microsoft's mmreg.h; tags above 0x2000 that are not in them are those that writers of AVI
files use (AC-3, DTS, Vorbis). `WAVE_FORMAT_EXTENSIBLE` keeps the tag at the beginning of a GUID.
"""

from struct import Struct

_EXTENSIBLE = 0xFFFE
_SUB_FORMAT = 24
_TAG_IN_GUID = bytes.fromhex("000000001000800000aa00389b71")
"""What follows a 16-bit tag in a sub-format (KSDATAFORMAT_SUBTYPE_WAVEFORMATEX)."""
_HEADER = Struct("<HH")

_NAMES = {
    0x0001: "PCM",
    0x0002: "ADPCM",
    0x0003: "PCM",
    0x0006: "A-law",
    0x0007: "mu-law",
    0x0008: "DTS",
    0x0011: "ADPCM",
    0x0031: "GSM 6.10",
    0x0050: "MP2",
    0x0055: "MP3",
    0x0092: "AC-3",
    0x00FF: "AAC",
    0x0160: "WMA",
    0x0161: "WMA",
    0x0162: "WMA Pro",
    0x0163: "WMA Lossless",
    0x1600: "AAC",
    0x1602: "AAC",
    0x1610: "AAC",
    0x2000: "AC-3",
    0x2001: "DTS",
    0x566F: "Vorbis",
    0x674F: "Vorbis",
    0x6750: "Vorbis",
    0x6751: "Vorbis",
    0x676F: "Vorbis",
    0x6770: "Vorbis",
    0x6771: "Vorbis",
    0x704F: "Opus",
    0xA106: "AAC",
    0xF1AC: "FLAC",
}


def codec_and_channels(header: bytes) -> tuple[str | None, int | None]:
    """The codec and the channel count of a WAVEFORMAT structure (it may be cut); None for what is not stated.

    A tag that has no name here is shown as the number that it is.
    """
    if len(header) < _HEADER.size:
        return None, None
    tag, channels = _HEADER.unpack_from(header)
    if tag == _EXTENSIBLE and header[_SUB_FORMAT + 2 :] == _TAG_IN_GUID:
        tag = int.from_bytes(header[_SUB_FORMAT : _SUB_FORMAT + 2], "little")
    return _NAMES.get(tag, f"0x{tag:04X}"), channels or None
