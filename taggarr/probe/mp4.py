"""Audio tracks of MP4, M4V, MOV and 3GP files, from the movie box alone.

Sources: ISO/IEC 14496-12 (boxes; `elng`, `kind`), the QuickTime File Format Specification (`name`, `tagc`,
Macintosh language codes, the zero that may end user data). Sample tables are stepped over, never read.
"""

from struct import Struct

from taggarr.core.media import AudioTrack, LanguageSource
from taggarr.probe.mp4_channels import channels
from taggarr.probe.mp4_language import language
from taggarr.probe.source import LAST_OFFSET, MAX_TRACKS, STEP_BYTES, TEXT_BYTES, Ambiguous, Refused, Source

FIRST_BOXES = frozenset({b"ftyp", b"styp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot", b"moof"})
"""What such a file begins with (the four bytes after the size of its first box)."""

_FEW_READS, _BULK_BYTES = 16, 64 * 1024

_CONTAINER = 0
_INSIDE: dict[bytes, dict[bytes, int]] = {
    b"trak": {b"tkhd": 4, b"mdia": _CONTAINER, b"udta": _CONTAINER, b"elng": TEXT_BYTES},
    b"mdia": {b"mdhd": 36, b"hdlr": 12, b"elng": TEXT_BYTES, b"minf": _CONTAINER},
    b"minf": {b"stbl": _CONTAINER},
    b"stbl": {b"stsd": 2048},
    b"udta": {b"name": TEXT_BYTES, b"kind": TEXT_BYTES, b"tagc": TEXT_BYTES, b"elng": TEXT_BYTES},
}
"""Of each container, the boxes that matter and how many bytes of them are worth taking."""

_BESIDE_TRACKS = frozenset(
    {b"mvhd", b"iods", b"mvex", b"udta", b"meta", b"uuid", b"free", b"skip", b"wide", b"pssh", b"ainf"}
    | {b"clip", b"ctab", b"prfl", b"odaf"}
)
"""What a movie box holds besides its tracks; where none of these is audio, anything else may have been one."""

_USER_DATA = _INSIDE[b"udta"]
_DATA = (b"mdat", b"moof")
_TERMINATOR = bytes(4)
_HEADER = Struct(">I4s")
_BROKEN = "its index is damaged"
_CUT = "it ends inside its index: it is damaged or still being written"

_DASH, _TVA = b"urn:mpeg:dash:role:2011", b"urn:tva:metadata:cs:AudioPurposeCS:2007"
_COMMENTARY = frozenset({(_DASH, b"commentary"), (_TVA, b"3"), (_TVA, b"4"), (b"public.auxiliary-content",)})
_VISUAL = frozenset({(_DASH, b"description"), (_TVA, b"1"), (b"public.accessibility.describes-video",)})
_HEARING = frozenset(
    {(_DASH, b"caption"), (_DASH, b"enhanced-audio-intelligibility"), (_TVA, b"2")}
    | {(b"public.accessibility.enhances-speech-intelligibility",)}
)
_DUB = frozenset({(_DASH, b"dub"), (b"public.translation.dubbed",), (b"public.translation.voice-over",)})
_ORIGINAL = (b"public.original-content",)
"""Roles as `kind` (scheme, value) and `tagc` (characteristic) state them. Sources: ISO/IEC 23009-1 table 34,
ETSI TS 102 822-3-1 (AudioPurposeCS), AVFoundation's media characteristics; `caption` on an audio track is
how ffmpeg writes "hearing impaired"."""


class _Track:
    """What the boxes of one `trak` say."""

    __slots__ = ("boxes", "other", "roles")

    def __init__(self) -> None:
        self.other = False
        """Whether the track is known to hold something else than sound."""
        self.boxes: dict[bytes, bytes] = {}
        self.roles: set[tuple[bytes, ...]] = set()

    def keep(self, kind: bytes, content: bytes) -> None:
        """Of a repeated box the first counts, but a track may have several roles."""
        if kind == b"kind":
            scheme, _, value = content[4:].partition(b"\0")
            self.roles.add((scheme, value.split(b"\0", 1)[0]))
        elif kind == b"tagc":
            self.roles.add((content.strip(b"\0 "),))
        else:
            self.boxes.setdefault(kind, content)
            if kind == b"hdlr":
                self.other = self.boxes[kind][8:12] != b"soun"


def read(source: Source) -> tuple[AudioTrack, ...]:
    """The audio tracks of a file that begins with one of `FIRST_BOXES`.

    Raises `Unread` for a damaged file, `Ambiguous` where the index is compressed or in another file, and where
    it names no audio but something unknown.
    """
    pos = 0
    while pos < LAST_OFFSET:
        here = _box(source, pos, LAST_OFFSET)
        if here is None:
            break
        kind, data, pos = here
        if kind == b"moov":
            tracks = _movie(source, data, pos)
            _check_end(source, pos)
            return tracks
    raise Refused("it ends before its index: it is damaged or still being written")


def _check_end(source: Source, pos: int) -> None:
    """Refuse a file that is known to end before its index (at `pos`) or its data do.

    Costs nothing where the file is whole. Where data follow a large index, their end is not known.
    """
    cut = source.lacks(pos)
    while not cut and source.known_end is not None:
        i = pos - source.base
        size, kind = _HEADER.unpack_from(source.buf, i) if 0 <= i <= len(source.buf) - 8 else (0, b"")
        if size < 8:
            break  # the end of what was read, the last box, a 64-bit one, or junk at the end
        pos += size
        cut = kind in _DATA and source.lacks(pos)
    if cut:
        raise Refused("it ends before its content does: it is damaged or still being written")


def _box(source: Source, pos: int, end: int) -> tuple[bytes, int, int] | None:
    """(type, offset of the content, offset behind it) of the box at `pos`; None where the file ends.

    `end` is where the parent ends, `LAST_OFFSET` where that is not known.
    """
    i = pos - source.base
    if not 0 <= i <= len(source.buf) - 8:
        _load(source, pos, 8)
        i = 0
    if len(source.buf) - i < 8:
        return None
    size, kind = _HEADER.unpack_from(source.buf, i)
    data = pos + 8
    if size == 1:
        size = _long_size(source, pos)
        data = pos + 16
    elif size == 0 and end == LAST_OFFSET:
        return kind, data, LAST_OFFSET
    after = pos + size
    if after < data or after > end:
        raise Refused(_BROKEN)
    return kind, data, after


def _load(source: Source, pos: int, need: int) -> None:
    """Move the window to `pos`. Many tracks that lie close together are taken in bulk, for reads are counted."""
    in_bulk = source.reads > _FEW_READS and pos <= source.base + len(source.buf)
    source.load(pos, need, _BULK_BYTES if in_bulk else STEP_BYTES)


def _long_size(source: Source, pos: int) -> int:
    """The 64-bit size that follows the type of the box at `pos`."""
    return int.from_bytes(_content(source, pos + 8, 8), "big")


def _movie(source: Source, pos: int, end: int) -> tuple[AudioTrack, ...]:
    tracks: list[AudioTrack] = []
    seen = 0
    unclear = False
    while pos <= end - 8:
        here = _box(source, pos, end)
        if here is None:
            if end == LAST_OFFSET:
                break
            raise Refused(_CUT)
        kind, data, pos = here
        if kind in (b"cmov", b"rmra"):
            raise Ambiguous
        if kind != b"trak":
            unclear = unclear or kind not in _BESIDE_TRACKS
            continue
        seen += 1
        track = _track(source, data, pos)
        if not track.other:
            tracks.append(_audio(track, len(tracks) + 1))
            if len(tracks) > MAX_TRACKS:
                raise Refused("it names more audio tracks than any film has: it is damaged")
    if not seen:
        raise Refused("its index names no tracks: it is damaged or still being written")
    if unclear and not tracks:
        raise Ambiguous
    return tuple(tracks)


def _track(source: Source, pos: int, end: int) -> _Track:
    """What one track's boxes say; one without a handler could be anything."""
    track = _Track()
    _fill(track, source, pos, end, _INSIDE[b"trak"])
    if b"hdlr" not in track.boxes:
        raise Refused(_BROKEN)
    if end > source.base + len(source.buf):  # its sample tables were stepped over: are they there?
        source.load(end - 1, 1, STEP_BYTES)
        if not source.buf:
            raise Refused(_CUT)
    return track


def _fill(track: _Track, source: Source, pos: int, end: int, inside: dict[bytes, int]) -> None:
    """Keep what matters of the boxes between `pos` and `end`; a rest too small for a box is padding."""
    while pos <= end - 8 and not track.other:
        i = pos - source.base
        if not 0 <= i <= len(source.buf) - 8:
            _load(source, pos, 8)
            i = 0
            if len(source.buf) < 8:
                raise Refused(_CUT)
        # The common box is taken apart here, without a call: here goes the time of a scan.
        size, kind = _HEADER.unpack_from(source.buf, i)
        data, after = pos + 8, pos + size
        if size == 1:
            data, after = pos + 16, pos + _long_size(source, pos)
        elif size == 0 and inside is _USER_DATA:
            return  # QuickTime's terminator
        if after < data or after > end:
            raise Refused(_BROKEN)
        take = inside.get(kind)
        if take == _CONTAINER:
            _fill(track, source, data, after, _INSIDE[kind])
        elif take:
            track.keep(kind, _content(source, data, min(take, after - data)))
            if kind == b"stsd":
                return  # only sample tables follow
        pos = after


def _content(source: Source, pos: int, size: int) -> bytes:
    """`size` bytes at `pos`."""
    i = pos - source.base
    if i + size > len(source.buf):
        _load(source, pos, size)
        i = 0
    content = source.buf[i : i + size]
    if len(content) < size:
        raise Refused(_CUT)
    return content


def _audio(track: _Track, position: int) -> AudioTrack:
    boxes, roles = track.boxes, track.roles
    code = language(_packed_language(boxes.get(b"mdhd", b"")))
    bcp47 = _text(boxes.get(b"elng", b"").removeprefix(_TERMINATOR))
    entry = boxes.get(b"stsd", b"")[8:]
    header = boxes.get(b"tkhd")
    return AudioTrack(
        position=position,
        language=code,
        bcp47=bcp47,
        language_source=LanguageSource.STATED if code or bcp47 else LanguageSource.NONE,
        title=_text(boxes.get(b"name", b"")),
        codec=entry[4:8].decode("latin-1").strip("\0 ") or None,
        channels=channels(entry),
        default=header[3] & 1 == 1 if header else None,
        original=True if _ORIGINAL in roles else None,
        commentary=not roles.isdisjoint(_COMMENTARY),
        visual_impaired=not roles.isdisjoint(_VISUAL),
        hearing_impaired=not roles.isdisjoint(_HEARING),
        forced=None,
        enabled=True,
        dub=not roles.isdisjoint(_DUB),
    )


def _packed_language(header: bytes) -> int:
    """The language field of a media header: behind times of 4 bytes each in version 0, of 8 in version 1."""
    offset = 32 if header[:1] == b"\1" else 20
    if len(header) < offset + 2:
        raise Refused(_BROKEN)
    return int.from_bytes(header[offset : offset + 2], "big")


def _text(content: bytes) -> str | None:
    return content.split(b"\0", 1)[0].decode("utf-8", "replace") or None
