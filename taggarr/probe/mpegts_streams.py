"""What one program of a transport stream consists of, by its program map.

Sources: ISO/IEC 13818-1 (stream types; registration and language descriptors), ETSI EN 300 468 (DVB
descriptors, annexes D, H and J), ATSC A/52 annexes A and G (AC-3), ATSC A/53 and SCTE 54 (stream types from 0x80), the
format identifiers of the SMPTE registration authority; the stream types of Blu-ray as libbluray and ffmpeg know them.
"""

from typing import NamedTuple

from taggarr.core.media import AudioTrack, LanguageSource
from taggarr.probe.source import Refused

_VIDEO, _OTHER, _UNCLEAR = "video", "other", "unclear"
"""What a stream is, unless it is audio: then the name of the codec."""

_PRIVATE, _FIRST_USER_TYPE = 0x06, 0x80

_TYPES = (
    dict.fromkeys(
        (0x05, *range(0x08, 0x0F), *range(0x12, 0x1B), 0x1D, *range(0x25, 0x2A), 0x2C, 0x7F), _OTHER
    )
    | dict.fromkeys(
        (0x01, 0x02, 0x10, 0x1B, *range(0x1E, 0x25), 0x2A, 0x2B, *range(0x31, 0x37), 0x42), _VIDEO
    )
    | {0x03: "MPEG Audio", 0x04: "MPEG Audio", 0x0F: "AAC", 0x11: "AAC", 0x1C: "AAC"}
    | {0x2D: "MPEG-H 3D Audio", 0x2E: "MPEG-H 3D Audio"}
    | {0x81: "AC-3", 0x87: "E-AC-3", 0x8A: "DTS", 0xC1: "AC-3", 0xC2: "E-AC-3", 0xCF: "AAC"}
    | dict.fromkeys((0xD1, 0xD2, 0xD4, 0xDB, 0xEA), _VIDEO)
)
"""By ISO/IEC 13818-1; from 0x80 on, what everybody means by it. 0xC1, 0xC2, 0xCF and 0xDB are HLS's encrypted
ones, 0xD1 to 0xD4 Dirac and AVS, 0xEA is VC-1."""
_BLURAY = {0x80: "LPCM", 0x81: "AC-3", 0x82: "DTS", 0x83: "TrueHD", 0x84: "E-AC-3", 0x85: "DTS-HD"} | {
    0x86: "DTS-HD",
    0xA1: "E-AC-3",
    0xA2: "DTS-HD",
    0x90: _OTHER,
    0x91: _OTHER,
    0x92: _OTHER,
}
"""On a Blu-ray; elsewhere 0x80 is video, 0x82 subtitles, 0x86 splice points, or each another one's audio."""
_ATSC = {0x80: _VIDEO, 0x82: _OTHER, 0x86: _OTHER}
"""In American television."""
_ATSC_FORMATS = frozenset({b"GA94", b"CUEI", b"SCTE"})
_BLURAY_FORMAT = b"HDMV"

_FORMATS = (
    {b"AC-3": "AC-3", b"EAC3": "E-AC-3", b"AC-4": "AC-4", b"mlpa": "TrueHD", b"Opus": "Opus"}
    | {b"DTS1": "DTS", b"DTS2": "DTS", b"DTS3": "DTS", b"BSSD": "PCM"}
    | dict.fromkeys((b"HEVC", b"VVC ", b"VC-1", b"AV01", b"drac"), _VIDEO)
    | dict.fromkeys((b"CUEI", b"SCTE", b"KLVA", b"ID3 ", b"VANC"), _OTHER)
)
"""By registration descriptor."""

_REGISTRATION, _LANGUAGE = 0x05, 0x0A
_DVB_AC3, _DVB_EAC3, _DVB_DTS, _DVB_AAC, _EXTENSION = 0x6A, 0x7A, 0x7B, 0x7C, 0x7F
_SUPPLEMENTARY, _DTS_HD, _AC4, _DTS_UHD, _TTML, _OPUS = 0x7F06, 0x7F0E, 0x7F15, 0x7F21, 0x7F20, 0x7F80
"""An extension descriptor goes by its own tag behind that of all extensions."""
_ATSC_AC3, _ATSC_EAC3 = 0x81, 0xCC

_DESCRIBED = (
    {_DVB_AC3: "AC-3", _DVB_EAC3: "E-AC-3", _DVB_DTS: "DTS", _DVB_AAC: "AAC"}
    | {_DTS_HD: "DTS-HD", _AC4: "AC-4", _DTS_UHD: "DTS-HD"}
    # VBI data and teletext, teletext, subtitles, data broadcasts, applications, Japanese captions and data.
    | dict.fromkeys((0x45, 0x46, 0x56, 0x59, 0x66, 0x6F, 0xFD, _TTML), _OTHER)
)
"""What the descriptors of a stream of private data say that it is."""

_CLEAN_FOR_HEARING, _VISUAL_COMMENTARY = 2, 3
"""Audio types of the language descriptor. 1, "clean effects", ought to mean that nobody speaks; broadcasters
set it on their main tracks, so it says nothing."""
_MADE_FOR = {1: "visual", 2: "hearing", 3: "visual"}
"""Editorial classification (annex J): audio description, clean audio, spoken subtitles."""
_SERVICES = {2: "visual", 3: "hearing", 5: "commentary"}
"""Service types of AC-3."""
_AAC_SERVICES = dict.fromkeys((0x40, 0x44, 0x47, 0x48, 0x49, 0x4A), "visual") | dict.fromkeys(
    (0x41, 0x45), "hearing"
)
"""Component types of AAC (EN 300 468, stream content 6)."""

_DVB_CHANNELS = {0: 1, 1: 2, 2: 2, 3: 2}
_ATSC_CHANNELS = {0: 2, 1: 1, 2: 2, 8: 1}
_AAC_CHANNELS = {1: 1, 3: 2, 0x43: 2}
"""Channels where a descriptor tells their number; larger ones are told only as "more than"."""

_BROKEN = "its track list is damaged"


class Program(NamedTuple):
    """The streams of one program: how many, whether video is among them or any that may be audio or not."""

    streams: int
    video: bool
    unclear: bool
    tracks: tuple[AudioTrack, ...]


def program_of(section: bytes, *, bluray: bool) -> Program:
    """The program that a map describes (a section from its table id to its checksum). Raises `Refused`."""
    end = len(section) - 4
    _, formats, pos = _descriptors(section, 10, end)
    bluray = bluray or _BLURAY_FORMAT in formats
    special = _BLURAY if bluray else {} if _ATSC_FORMATS.isdisjoint(formats) else _ATSC
    kinds: dict[int, str] = {}
    tracks: list[AudioTrack] = []
    while pos < end:
        kind = section[pos]
        pid = int.from_bytes(section[pos + 1 : pos + 3], "big") & 0x1FFF
        said, formats, pos = _descriptors(section, pos + 3, end)
        if pid in kinds:
            continue  # of a repeated stream the first counts
        kinds[pid] = what = _what(kind, special, said, formats)
        if what not in (_VIDEO, _OTHER, _UNCLEAR):
            tracks += _tracks(what, said, len(tracks) + 1)
    found = kinds.values()
    return Program(len(kinds), _VIDEO in found, _UNCLEAR in found, tuple(tracks))


def _descriptors(section: bytes, pos: int, end: int) -> tuple[dict[int, bytes], list[bytes], int]:
    """The descriptors whose length stands at `pos` by tag (of a repeated one the first), the registered
    formats among them, and the offset behind them."""
    said: dict[int, bytes] = {}
    formats: list[bytes] = []
    size = int.from_bytes(section[pos : pos + 2], "big") & 0xFFF
    pos += 2
    after = pos + size
    if after > end:
        raise Refused(_BROKEN)
    while pos < after:
        tag, size = section[pos], section[pos + 1]
        content = section[pos + 2 : pos + 2 + size]
        pos += 2 + size
        if pos > after:
            raise Refused(_BROKEN)
        if tag == _REGISTRATION:
            formats.append(content[:4])
        elif tag == _EXTENSION and content:
            tag, content = tag << 8 | content[0], content[1:]
        said.setdefault(tag, content)
    return said, formats, after


def _what(kind: int, special: dict[int, str], said: dict[int, bytes], formats: list[bytes]) -> str:
    """What a stream is, by its type, and where that is anybody's, by what is said of it."""
    if kind in special:
        return special[kind]
    if kind == _PRIVATE or kind >= _FIRST_USER_TYPE:
        for name in formats:
            if name in _FORMATS:
                return _FORMATS[name]
            if name == _BLURAY_FORMAT and kind in _BLURAY:
                return _BLURAY[kind]
    if kind == _PRIVATE:
        return next((_DESCRIBED[tag] for tag in said if tag in _DESCRIBED), _UNCLEAR)
    return _TYPES.get(kind, _UNCLEAR)


def _tracks(codec: str, said: dict[int, bytes], position: int) -> list[AudioTrack]:
    """One track for each language of a stream: where it has two, each is in a channel of its own."""
    service, channels, own_language = _service(said)
    made_for = None
    supplementary = said.get(_SUPPLEMENTARY)
    if supplementary:
        made_for = _MADE_FOR.get(supplementary[0] >> 2 & 0x1F)
        if supplementary[0] & 1:
            own_language = own_language or _code(supplementary[1:4])
    return [
        AudioTrack(
            position=position + i,
            language=language,
            language_source=LanguageSource.STATED if language else LanguageSource.NONE,
            codec=codec,
            channels=channels,
            commentary=None if service is None else service == "commentary",
            visual_impaired=kind == _VISUAL_COMMENTARY or "visual" in (service, made_for),
            hearing_impaired=kind == _CLEAN_FOR_HEARING or "hearing" in (service, made_for),
        )
        for i, (language, kind) in enumerate(_languages(said.get(_LANGUAGE, b""), own_language))
    ]


def _languages(listed: bytes, otherwise: str | None) -> list[tuple[str | None, int]]:
    """(language, audio type) of each entry of a language descriptor; one entry where it has none."""
    entries = {
        (_code(listed[at : at + 3]) or otherwise, listed[at + 3]): None for at in range(0, len(listed) - 3, 4)
    }
    return list(entries) or [(otherwise, 0)]


def _code(letters: bytes) -> str | None:
    """Three letters as they are; None for anything else, which names no language."""
    return letters.decode("ascii") if len(letters) == 3 and letters.isalpha() else None


def _service(said: dict[int, bytes]) -> tuple[str | None, int | None, str | None]:
    """(what the track is for, channels, language) by the descriptor of its codec, as far as that tells.

    What it is for is "visual", "hearing", "commentary" or "" for a main service; None where that is not told.
    """
    for tag in (_DVB_AC3, _DVB_EAC3):
        flags = said.get(tag, b"\0")
        if len(flags) > 1 and flags[0] & 0x80:
            return _SERVICES.get(flags[1] >> 3 & 7, ""), _DVB_CHANNELS.get(flags[1] & 7), None
    if len(stated := said.get(_ATSC_EAC3, b"")) > 1:
        return _SERVICES.get(stated[1] >> 3 & 7, ""), _DVB_CHANNELS.get(stated[1] & 7), None
    if len(stated := said.get(_ATSC_AC3, b"")) > 2:
        channels = _ATSC_CHANNELS.get(stated[2] >> 1 & 15)
        return _SERVICES.get(stated[2] >> 5, ""), channels, _ac3_language(stated)
    if len(stated := said.get(_DVB_AAC, b"")) > 2 and stated[1] & 0x80:
        return _AAC_SERVICES.get(stated[2]), _AAC_CHANNELS.get(stated[2]), None
    if stated := said.get(_OPUS, b""):
        return None, stated[0] if 0 < stated[0] <= 8 else None, None
    return None, None, None


def _ac3_language(stated: bytes) -> str | None:
    """The language at the end of an ATSC AC-3 descriptor, which may end anywhere before it."""
    at = 5 if stated[2] >> 1 & 15 == 0 else 4  # a second code for dual mono
    at += 1  # the number or the association of the service
    text = stated[at] >> 1 if at < len(stated) else 0
    at += 1 + text
    return _code(stated[at + 1 : at + 4]) if at < len(stated) and stated[at] & 0x80 else None
