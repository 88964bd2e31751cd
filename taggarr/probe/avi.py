"""Audio tracks of AVI files, from the header list alone.

Sources: Microsoft's "AVI RIFF File Reference" and the OpenDML AVI File Format Extensions 1.02; `strn` and
`IAS1` to `IAS9` (the languages of the audio streams, in their order) from the RIFF tags that players and writers
share. AVI has no other statement of a language: `wLanguage` of a stream header holds whatever its writer left.
"""

from collections.abc import Iterator
from struct import Struct

from taggarr.core.language import Language, parse
from taggarr.core.media import AudioTrack, LanguageSource
from taggarr.probe.avi_codecs import codec_and_channels
from taggarr.probe.source import LAST_OFFSET, MAX_TRACKS, STEP_BYTES, TEXT_BYTES, Ambiguous, Refused, Source

_LIST, _HEADERS, _STREAM, _CONTENT, _INFO = b"LIST", b"hdrl", b"strl", b"movi", b"INFO"
_MAIN_HEADER = b"avih"
_FIRST_CHUNK = 12
_FIELDS = {b"strh": 12, b"strf": 40, b"strn": TEXT_BYTES}
"""Of each stream, the chunks that matter and how many bytes of them are worth taking."""
_STREAM_COUNT = slice(24, 28)
"""Where the main header says how many streams there are."""
_LANGUAGES = {b"IAS%d" % number: number for number in range(1, 10)}

_SOUND = b"auds"
_BOTH = b"iavs"
"""Sound and picture in one stream, as DV cameras write it: the header does not say what sound."""
_NOT_BY_DEFAULT = 1  # AVISF_DISABLED

_CHUNK = Struct("<4sI")
_BROKEN = "its track list is damaged"
_CUT = "it ends inside its track list: it is damaged or still being written"
_NO_TRACKS = "it has no track list: it is damaged or still being written"


def claims(head: bytes) -> bool:
    """Whether a file begins as an AVI file does. `AVIX`, which goes on with another part, is none by itself."""
    return head[8:12] == b"AVI " and head.startswith(b"RIFF")


def read(source: Source) -> tuple[AudioTrack, ...]:
    """The audio tracks of a file that `claims` took. Raises `Unread`, or `Ambiguous` for sound inside a picture stream.

    The size of the file as its first bytes state it is not looked at: it is 0 where a writer was stopped, and too
    large in a file that is cut, whose track list is whole all the same.
    """
    streams: list[dict[bytes, bytes]] | None = None
    languages: dict[int, str] = {}
    try:
        for kind, data, end in _lists(source):
            if kind == _HEADERS and streams is None:
                streams = _streams(source, data, end)
            elif kind == _INFO:
                languages = languages or _info(source, data, end)
    except Refused:
        if streams is None:
            raise
    if streams is None:
        raise Refused(_NO_TRACKS)
    if max(languages, default=0) > len(streams):
        languages = {}  # they were written for other tracks than these
    return tuple(_audio(fields, i, languages.get(i)) for i, fields in enumerate(streams, 1))


def _lists(source: Source) -> Iterator[tuple[bytes, int, int]]:
    """(kind, offset of the content, offset behind it) of the lists before the film itself."""
    for ident, data, end in _chunks(source, _FIRST_CHUNK, LAST_OFFSET):
        if ident == _LIST:
            kind = _content(source, data, min(4, end - data))
            if kind == _CONTENT:
                return
            yield kind, data + 4, end


def _chunks(source: Source, pos: int, parent_end: int) -> Iterator[tuple[bytes, int, int]]:
    """(identifier, offset of the content, offset behind it) of the chunks up to `parent_end`.

    A rest too small for a chunk is padding, and so is one that begins with zeros.
    """
    while pos <= parent_end - 8:
        i = pos - source.base
        if not 0 <= i <= len(source.buf) - 8:
            source.load(pos, 8, STEP_BYTES)
            i = 0
            if len(source.buf) < 8:
                raise Refused(_CUT if parent_end < LAST_OFFSET else _NO_TRACKS)
        ident, size = _CHUNK.unpack_from(source.buf, i)
        if ident == bytes(4):
            return
        after = pos + 8 + size
        if after > parent_end:
            raise Refused(_BROKEN)
        yield ident, pos + 8, after
        pos = after + (size & 1)


def _streams(source: Source, pos: int, end: int) -> list[dict[bytes, bytes]]:
    """What the audio streams of a header list state, by chunk."""
    announced = seen = 0
    sound: list[dict[bytes, bytes]] = []
    for ident, data, after in _chunks(source, pos, end):
        if ident == _MAIN_HEADER and not announced:
            header = _content(source, data, min(_STREAM_COUNT.stop, after - data))
            announced = int.from_bytes(header[_STREAM_COUNT], "little")
        elif ident == _LIST and _content(source, data, min(4, after - data)) == _STREAM:
            seen += 1
            fields = _stream(source, data + 4, after)
            if fields[b"strh"].startswith(_SOUND):
                sound.append(fields)
                if len(sound) > MAX_TRACKS:
                    raise Refused("it names more audio tracks than any film has: it is damaged")
    if end > source.base + len(source.buf):  # an index was stepped over: is it there?
        source.load(end - 1, 1, STEP_BYTES)
        if not source.buf:
            raise Refused(_CUT)
    if not seen:
        raise Refused(_NO_TRACKS)
    if announced > seen:
        raise Refused(f"it announces {announced} tracks and describes {seen}: it is damaged")
    return sound


def _stream(source: Source, pos: int, end: int) -> dict[bytes, bytes]:
    """The chunks of one stream that matter; of a repeated one, the first."""
    fields: dict[bytes, bytes] = {}
    for ident, data, after in _chunks(source, pos, end):
        take = _FIELDS.get(ident)
        if take and ident not in fields:
            fields[ident] = _content(source, data, min(take, after - data))
    kind = fields.get(b"strh", b"")[:4]
    if len(kind) < 4:
        raise Refused(_BROKEN)
    if kind == _BOTH:
        raise Ambiguous
    return fields


def _info(source: Source, pos: int, end: int) -> dict[int, str]:
    """The languages that an INFO list names, by the number of the audio track; nothing where it is damaged."""
    found: dict[int, str] = {}
    try:
        for ident, data, after in _chunks(source, pos, end):
            number = _LANGUAGES.get(ident)
            name = _text(_content(source, data, min(TEXT_BYTES, after - data))) if number else None
            if number and name:
                found.setdefault(number, name)
    except Refused:
        return {}
    return found


def _content(source: Source, pos: int, size: int) -> bytes:
    """`size` bytes at `pos`."""
    i = pos - source.base
    if i + size > len(source.buf):
        source.load(pos, size, STEP_BYTES)
        i = 0
    content = source.buf[i : i + size]
    if len(content) < size:
        raise Refused(_CUT)
    return content


def _audio(fields: dict[bytes, bytes], position: int, language: str | None) -> AudioTrack:
    """One track. A language that is none ("Stereo") is left out: the field is free text."""
    if not isinstance(parse(language), Language):
        language = None
    codec, channels = codec_and_channels(fields.get(b"strf", b""))
    flags = fields[b"strh"][8:9]
    return AudioTrack(
        position=position,
        language=language,
        language_source=LanguageSource.STATED if language else LanguageSource.NONE,
        title=_text(fields.get(b"strn", b"")),
        codec=codec,
        channels=channels,
        default=False if flags and flags[0] & _NOT_BY_DEFAULT else None,
    )


def _text(content: bytes) -> str | None:
    return content.split(b"\0", 1)[0].decode("utf-8", "replace") or None
