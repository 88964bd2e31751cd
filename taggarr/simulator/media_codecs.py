"""Just enough of each codec for a file that other programs accept: ids, private data and one silent frame."""

from dataclasses import dataclass
from functools import cache

SAMPLE_RATE_HZ = 48_000
WIDTH, HEIGHT = 64, 64

AVC_CONFIGURATION = bytes.fromhex(
    "0164000affe100186764000aacd94426c044000003000400000300c83c48965801000668ebe3cb22c0fdf8f800"
)
_AVC_FRAME = bytes.fromhex("0000001f658884002bfffef6737c0a6b6db0952e0576f696372d3cef59a07c03fc6501")
_VP9_FRAME = bytes.fromhex("824983420003f003f60038241c184a000030600000673fffff564564eecc00")
_AAC_SILENCE = {
    1: bytes.fromhex("01182007"),
    2: bytes.fromhex("211004608c1c"),
    6: bytes.fromhex("011820010880230460231004608c0c230000e0"),
    8: bytes.fromhex("011820010880230460231004608c04a2008c11818460001c"),
}
_AC3_MODES = {1: (1, 0), 2: (2, 0), 3: (3, 0), 4: (6, 0), 5: (7, 0), 6: (7, 1)}
"""Channels → (acmod, lfeon) of AC-3 and E-AC-3."""


@dataclass(frozen=True, slots=True)
class Codec:
    """The ids of a codec in Matroska and MP4."""

    matroska_id: str
    sample_entry: str


CODECS = {
    "aac": Codec("A_AAC", "mp4a"),
    "ac3": Codec("A_AC3", "ac-3"),
    "eac3": Codec("A_EAC3", "ec-3"),
    "dts": Codec("A_DTS", "dtsc"),
    "truehd": Codec("A_TRUEHD", "mlpa"),
    "flac": Codec("A_FLAC", "fLaC"),
    "opus": Codec("A_OPUS", "Opus"),
    "mp3": Codec("A_MPEG/L3", "mp4a"),
    "avc": Codec("V_MPEG4/ISO/AVC", "avc1"),
    "vp9": Codec("V_VP9", "vp09"),
    "srt": Codec("S_TEXT/UTF8", "tx3g"),
}
USUAL = {"audio": "aac", "video": "avc", "subtitle": "srt"}


def codec_of(name: str) -> Codec:
    """The ids of a codec by its name; an unknown name is taken for the container's own id."""
    return CODECS.get(name) or Codec(name, name)


@cache
def frame(name: str, channels: int) -> bytes:
    """One frame of silence or black; zeros for a codec whose frames nobody needs to look at."""
    match name:
        case "aac":
            return _AAC_SILENCE.get(channels, bytes(8))
        case "opus":
            return _opus_frame(channels)
        case "avc":
            return _AVC_FRAME
        case "vp9":
            return _VP9_FRAME
        case _:
            return bytes(8)


def _opus_frame(channels: int) -> bytes:
    """Silence of 20 ms. With more than two channels it has one stream each, all but the last self-delimited."""
    if channels == 2:
        return b"\xfc\xff\xfe"
    return b"\xf8\x02\xff\xfe" * (channels - 1) + b"\xf8\xff\xfe"


def audio_specific_config(channels: int) -> bytes:
    """AAC-LC at 48 kHz (ISO 14496-3, 1.6.2.1)."""
    channel_configuration = 7 if channels == 8 else channels & 7
    return (2 << 11 | 3 << 7 | channel_configuration << 3).to_bytes(2, "big")


def opus_channel_mapping(channels: int) -> bytes:
    """Mapping family 0 for mono and stereo, else family 1 with one stream a channel."""
    if channels <= 2:
        return b"\0"
    return bytes((1, channels, 0, *range(channels)))


def flac_stream_info(channels: int) -> bytes:
    """The STREAMINFO metadata block, marked as the last one."""
    packed = SAMPLE_RATE_HZ << 44 | (channels - 1) << 41 | 15 << 36
    return b"\x80\0\0\x22" + b"\x10\0\x10\0" + bytes(6) + packed.to_bytes(8, "big") + bytes(16)


def dolby_configuration(channels: int, *, enhanced: bool) -> bytes:
    """The payload of a `dac3`, or of a `dec3` with one independent substream (ETSI TS 102 366, annex F)."""
    acmod, lfeon = _AC3_MODES.get(channels, (7, 1))
    if enhanced:
        return (32 << 3).to_bytes(2, "big") + bytes((16 << 1, acmod << 1 | lfeon, 0))
    return (8 << 17 | acmod << 11 | lfeon << 10).to_bytes(3, "big")


def matroska_private(name: str, channels: int) -> bytes:
    """The CodecPrivate of a codec; empty where it needs none."""
    match name:
        case "aac":
            return audio_specific_config(channels)
        case "flac":
            return b"fLaC" + flac_stream_info(channels)
        case "opus":
            rate = SAMPLE_RATE_HZ.to_bytes(4, "little")
            return b"OpusHead\1" + bytes((channels, 0, 0)) + rate + b"\0\0" + opus_channel_mapping(channels)
        case "avc":
            return AVC_CONFIGURATION
        case _:
            return b""
