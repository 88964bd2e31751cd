"""Audio tracks of Matroska and WebM files, from the Tracks element alone.

Source of every identifier and default: RFC 9559 (Matroska) and RFC 8794 (EBML). Elements are walked, never
searched for by their bytes: an outdated Tracks may lie inside a Void.
"""

from collections.abc import Iterator

from taggarr.core.media import AudioTrack, Cause, LanguageSource
from taggarr.probe.source import LAST_OFFSET, MAX_TRACKS, TEXT_BYTES, Refused, Source, Window

MAGIC = b"\x1a\x45\xdf\xa3"

DOC_TYPE = 0x4282
SEGMENT = 0x18538067
SEEK_HEAD, SEEK, SEEK_ID, SEEK_POSITION = 0x114D9B74, 0x4DBB, 0x53AB, 0x53AC
CLUSTER = 0x1F43B675
TRACKS, TRACK_ENTRY = 0x1654AE6B, 0xAE
VOID, CRC_32 = 0xEC, 0xBF
_AFTER_TRACKS = frozenset({SEEK_HEAD, CLUSTER, 0x1549A966, 0x1C53BB6B, 0x1254C367, 0x1043A770, 0x1941A469})
"""What may stand behind a track list: the other parts of a Segment (Info, Cues, Tags, Chapters, Attachments)."""

TRACK_TYPE, CODEC_ID, NAME = 0x83, 0x86, 0x536E
LANGUAGE, LANGUAGE_BCP47 = 0x22B59C, 0x22B59D
FLAG_ENABLED, FLAG_DEFAULT, FLAG_FORCED = 0xB9, 0x88, 0x55AA
FLAG_HEARING, FLAG_VISUAL = 0x55AB, 0x55AC
FLAG_ORIGINAL, FLAG_COMMENTARY = 0x55AE, 0x55AF
AUDIO, CHANNELS = 0xE1, 0x9F

AUDIO_TYPE = 2
_SILENT_TYPES = frozenset({1, 0x10, 0x11, 0x12, 0x20, 0x21})
"""Video, logo, subtitles, buttons, control, metadata. 3, "complex", may be anything; others are none."""

_ENTRY_FIELDS = frozenset(
    {TRACK_TYPE, CODEC_ID, NAME, LANGUAGE, LANGUAGE_BCP47, FLAG_ENABLED, FLAG_DEFAULT, FLAG_FORCED}
    | {FLAG_HEARING, FLAG_VISUAL, FLAG_ORIGINAL, FLAG_COMMENTARY, AUDIO}
)
_DOC_TYPES = ("matroska", "webm")
_HEADER_FIELDS = frozenset({DOC_TYPE})
_SEEK_FIELDS = frozenset({SEEK_ID, SEEK_POSITION})
_CHANNELS_FIELD = frozenset({CHANNELS})
_HEADER = 12  # the longest identifier (4 bytes) and the longest size (8)
_SEEKS = 16  # seek entries that are worth following

_CUT = "it ends inside its track list: it is damaged or still being written"
_HALF = "it ends before its content does: it is damaged or still being written"
_BROKEN = "its track list is damaged"
_NO_TRACKS = "it has no track list: it is damaged or still being written"


def claim(head: bytes) -> int | None:
    """The offset of the EBML header in the first bytes of a file, None where this is no Matroska.

    Junk may stand before the header; then the document type has to name Matroska or WebM.
    """
    start = head.find(MAGIC)
    while start > 0:
        try:
            if _doc_type(Window(head), start)[0] in _DOC_TYPES:
                return start
        except Refused:
            pass
        start = head.find(MAGIC, start + 1)
    return None if start < 0 else start


def read(source: Source, start: int) -> tuple[AudioTrack, ...]:
    """The audio tracks of the file whose EBML header stands at `start`. Raises `Unread`."""
    doc_type, pos = _doc_type(source, start)
    if doc_type not in _DOC_TYPES:
        raise Refused("it is an EBML document of another kind than Matroska", Cause.FORMAT)
    content, end = _segment(source, pos)
    tracks = _tracks(source, *_find_tracks(source, content, end))
    if source.lacks(end):
        raise Refused(_HALF)
    return tracks


def _doc_type(source: Window, start: int) -> tuple[str | None, int]:
    """What kind of document the EBML header at `start` names, and the offset behind the header."""
    here = _element(source, start)
    if here is None or here[1] is None:
        raise Refused("its first header is damaged")
    end = here[2] + here[1]
    return _text(_children(source, here[2], end, _HEADER_FIELDS).get(DOC_TYPE)), end


def _element(source: Window, pos: int) -> tuple[int, int | None, int] | None:
    """(identifier, size of the content, offset of the content) at `pos`; None where no element stands there.

    The size is None where the file says "unknown".
    """
    i = pos - source.base
    if not 0 <= i <= len(source.buf) - _HEADER:
        source.load(pos, _HEADER)
        i = 0
    buf = source.buf
    try:
        first = buf[i]
        if first < 0x10:
            return None
        width = 1 if first >= 0x80 else 2 if first >= 0x40 else 3 if first >= 0x20 else 4
        ident = int.from_bytes(buf[i : i + width], "big")
        size, i = _size(buf, i + width)
    except IndexError:
        return None
    return ident, size, source.base + i


def _size(buf: bytes, i: int) -> tuple[int | None, int]:
    """A data size of one to eight bytes at `i`, and the index behind it; None for "unknown" (all ones)."""
    first = buf[i]
    width = 9 - first.bit_length()
    after = i + width
    if width > 8 or after > len(buf):
        raise IndexError
    value = int.from_bytes(buf[i:after], "big") & ((1 << 7 * width) - 1)
    return (None if value == (1 << 7 * width) - 1 else value), after


def _children(  # noqa: C901, PLR0912 - one loop without a call an element: here goes the time of a scan
    source: Window, pos: int, end: int, wanted: frozenset[int]
) -> dict[int, bytes]:
    """The contents of the wanted elements between `pos` and `end`; of a repeated one, the first."""
    found: dict[int, bytes] = {}
    buf, base = source.buf, source.base
    i, stop, have = pos - base, end - base, len(buf)
    try:
        while i < stop:
            if i > have - _HEADER and have < stop:
                source.load(base + i, _HEADER)
                stop -= i
                buf, base, i, have = source.buf, source.base, 0, len(source.buf)
            ident = buf[i]
            if ident >= 0x80:
                i += 1
            elif ident >= 0x40:
                ident = ident << 8 | buf[i + 1]
                i += 2
            elif ident >= 0x10:
                width = 3 if ident >= 0x20 else 4
                ident = int.from_bytes(buf[i : i + width], "big")
                i += width
            else:
                raise Refused(_BROKEN)
            size = buf[i]
            if 0x80 <= size < 0xFF:
                size -= 0x80
                i += 1
            else:
                long, i = _size(buf, i)
                if long is None:
                    raise Refused(_BROKEN)
                size = long
            after = i + size
            if after > stop:
                raise Refused(_BROKEN)
            if ident in wanted and ident not in found:
                take = min(size, TEXT_BYTES)
                if i + take > have:
                    source.load(base + i, take)
                    after, stop = after - i, stop - i
                    buf, base, i, have = source.buf, source.base, 0, len(source.buf)
                    if have < take:
                        raise Refused(_CUT)
                found[ident] = buf[i : i + take]
            i = after
    except IndexError:
        raise Refused(_CUT) from None
    return found


def _segment(source: Window, pos: int) -> tuple[int, int]:
    """Where the Segment's content begins and ends; only Void and CRC-32 may stand before it."""
    for _ in range(8):
        here = _element(source, pos)
        if here is None:
            break
        ident, size, data = here
        if ident == SEGMENT:
            return data, LAST_OFFSET if size is None else data + size
        if ident not in (VOID, CRC_32) or size is None:
            break
        pos = data + size
    raise Refused("it breaks off after its first header: it is damaged or still being written")


def _find_tracks(source: Window, pos: int, end: int) -> tuple[int, int | None, int]:
    """Where the content of Tracks begins, its size (None: unknown), and where the Segment ends.

    The track list usually stands before the first Cluster. Where it does not, the seek heads are asked,
    and where these are wrong or missing, the Clusters are stepped over.
    """
    segment = pos
    heads: list[tuple[int, int]] = []
    while pos < end:
        here = _element(source, pos)
        if here is None:
            break
        ident, size, data = here
        if ident == TRACKS:
            return data, size, end
        if size is None and ident != CLUSTER:
            break
        # The blocks of a Cluster of unknown size follow as if they stood in the Segment itself.
        after = data if size is None else data + size
        if ident == SEEK_HEAD:
            heads.append((data, after))
        elif heads and (ident == CLUSTER or after > source.base + len(source.buf)):
            found = _follow(source, heads, segment, pos, end)
            if found:
                return found
            heads = []
        pos = after
    found = _follow(source, heads, segment, pos, end)
    if found:
        return found
    raise Refused(_NO_TRACKS)


def _follow(
    source: Window, heads: list[tuple[int, int]], segment: int, walked: int, end: int
) -> tuple[int, int | None, int] | None:
    """The track list that the seek heads name behind `walked`, through chained seek heads too."""
    targets = [target for head in heads for target in _targets(source, *head, segment)]
    seen: set[int] = set()
    for target in targets:  # grows on the way: a seek head may name another one
        # What was walked over already holds no track list, whatever a stale seek head says.
        if target in seen or not walked < target < end or len(seen) >= _SEEKS:
            continue
        seen.add(target)
        here = _element(source, target)
        if here is None:
            continue
        ident, size, data = here
        if ident == TRACKS and (size is None or data + size <= end):
            return data, size, end
        if ident == SEEK_HEAD and size is not None:
            targets.extend(_targets(source, data, data + size, segment))
    return None


def _targets(source: Window, pos: int, end: int, segment: int) -> list[int]:
    """The offsets at which one seek head names a track list, then those of other seek heads."""
    tracks: list[int] = []
    heads: list[int] = []
    try:
        while pos < end and len(tracks) + len(heads) < _SEEKS:
            here = _element(source, pos)
            if here is None or here[1] is None or here[2] + here[1] > end:
                break
            ident, size, data = here
            pos = data + (size or 0)
            if ident != SEEK:
                continue
            seek = _children(source, data, pos, _SEEK_FIELDS)
            named = int.from_bytes(seek.get(SEEK_ID, b""), "big")
            offset = segment + int.from_bytes(seek.get(SEEK_POSITION, b"")[:8], "big")
            if named == TRACKS:
                tracks.append(offset)
            elif named == SEEK_HEAD:
                heads.append(offset)
    except Refused:
        pass  # a broken seek head is as good as none
    return tracks + heads


def _tracks(source: Window, pos: int, list_size: int | None, segment_end: int) -> tuple[AudioTrack, ...]:
    """The audio tracks of the list at `pos`."""
    tracks: list[AudioTrack] = []
    entries = 0
    unclear = False
    for ident, data, end in _entries(source, pos, list_size, segment_end):
        if ident != TRACK_ENTRY:
            unclear = True
            continue
        entries += 1
        fields = _children(source, data, end, _ENTRY_FIELDS)
        kind = fields.get(TRACK_TYPE)
        if not kind:
            raise Refused(_BROKEN)
        number = int.from_bytes(kind, "big")
        if number == AUDIO_TYPE:
            tracks.append(_audio(fields, len(tracks) + 1))
            if len(tracks) > MAX_TRACKS:
                raise Refused("it names more audio tracks than any film has: it is damaged")
        elif number not in _SILENT_TYPES:
            unclear = True
    if not entries:
        raise Refused(_NO_TRACKS)
    if unclear and not tracks:
        raise Refused(_BROKEN)  # what is not known in it may have been the audio
    return tuple(tracks)


def _entries(
    source: Window, pos: int, list_size: int | None, segment_end: int
) -> Iterator[tuple[int, int, int]]:
    """What each element of the list is, and where its content begins and ends; padding is left out.

    A list of unknown size ends where another part of the Segment begins; with anything else, or with the
    file, it breaks off.
    """
    end = segment_end if list_size is None else pos + list_size
    if end > segment_end:
        raise Refused(_BROKEN)
    while pos < end:
        here = _element(source, pos)
        if here is None:
            rest = source.buf[pos - source.base :]
            raise Refused(_CUT if len(rest) < _HEADER else _BROKEN)
        ident, size, data = here
        if list_size is None and ident not in (TRACK_ENTRY, VOID, CRC_32):
            if ident not in _AFTER_TRACKS:
                raise Refused(_BROKEN)
            break
        if size is None or data + size > end:
            raise Refused(_BROKEN)
        pos = data + size
        if ident not in (VOID, CRC_32):
            yield ident, data, pos
    if pos > source.base + len(source.buf):
        source.load(pos - 1, 1)
        if not source.buf:
            raise Refused(_CUT)


def _audio(fields: dict[int, bytes], position: int) -> AudioTrack:
    bcp47 = _text(fields.get(LANGUAGE_BCP47))
    stated = fields.get(LANGUAGE)
    language = _text(stated)
    origin = LanguageSource.STATED
    if bcp47 is None and language is None:
        # Without the element, or with an empty one, the language is English by the specification; one
        # that holds nothing but padding says nothing.
        language, origin = (None, LanguageSource.NONE) if stated else ("eng", LanguageSource.DEFAULT)
    audio = fields.get(AUDIO, b"")
    channels = _children(Window(audio), 0, len(audio), _CHANNELS_FIELD).get(CHANNELS) if audio else None
    return AudioTrack(
        position=position,
        language=language,
        bcp47=bcp47,
        language_source=origin,
        title=_text(fields.get(NAME)),
        codec=_text(fields.get(CODEC_ID)),
        channels=int.from_bytes(channels[:8], "big") if channels else 1,
        default=_flag(fields, FLAG_DEFAULT, unset=True),
        original=_flag(fields, FLAG_ORIGINAL),
        commentary=_flag(fields, FLAG_COMMENTARY),
        visual_impaired=_flag(fields, FLAG_VISUAL),
        hearing_impaired=_flag(fields, FLAG_HEARING),
        forced=_flag(fields, FLAG_FORCED),
        enabled=_flag(fields, FLAG_ENABLED, unset=True),
    )


def _flag(fields: dict[int, bytes], ident: int, *, unset: bool = False) -> bool:
    value = fields.get(ident)
    return int.from_bytes(value, "big") != 0 if value else unset


def _text(value: bytes | None) -> str | None:
    """Text up to its first NUL; None where nothing is left."""
    if not value:
        return None
    return value.split(b"\0", 1)[0].decode("utf-8", "replace") or None
