"""Makes small AVI files, in the shapes that real writers leave behind and in broken ones.

Chunks and rules: Microsoft's "AVI RIFF File Reference" and the OpenDML AVI File Format Extensions 1.02.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from taggarr.simulator.media_codecs import SAMPLE_RATE_HZ
from taggarr.simulator.media_track import Piece, Track, filler_bytes, join, save, size_of, text

_FORMAT_TAGS = {
    "pcm": 0x0001,
    "mp2": 0x0050,
    "mp3": 0x0055,
    "aac": 0x00FF,
    "wma": 0x0161,
    "ac3": 0x2000,
    "dts": 0x2001,
    "vorbis": 0x674F,
    "flac": 0xF1AC,
}
_EXTENSIBLE = 0xFFFE
_GUID_OF_TAGS = bytes.fromhex("000000001000800000aa00389b71")
_KINDS = {"audio": b"auds", "video": b"vids", "subtitle": b"txts"}
_FRAMES = {"audio": b"wb", "video": b"dc", "subtitle": b"tx"}
_WIDTH, _HEIGHT = 32, 32
_MOST = 0xFFFF_FFFF
_PART_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class AviLayout:
    """How a file is laid out. Change a named layout with `dataclasses.replace`.

    The language of a track is written into `IAS1` to `IAS9` of an INFO list at `info`; AVI has no other place.
    `index_bytes` is what each stream reserves for an OpenDML index, `title` the place of `strn` beside it.
    `junk_bytes` stand before the header list. `riff_bytes` is the size that the file claims (None: the true
    one), `announced` the number of streams (None: the true one). `second_headers` is another header list behind
    the first, `noise` puts JUNK and unknown lists (whose content looks like streams) everywhere. `extensible`
    keeps the format tag in a GUID. `together` writes the streams as DV cameras do, sound and picture in one.
    A file that is filled up past 1 GB goes on in `AVIX` parts. `overstate` names the chunk or list whose size
    is `overstate_by` bytes too large.
    """

    info: Literal["after", "before", "end"] = "after"
    index_bytes: int = 0
    title: Literal["first", "before-index", "after-index"] = "before-index"
    junk_bytes: int = 0
    riff_bytes: int | None = None
    announced: int | None = None
    second_headers: Sequence[Track] = ()
    noise: bool = False
    extensible: bool = False
    together: bool = False
    overstate: str | None = None
    overstate_by: int = 16


AVI = AviLayout()
AVI_OF_FFMPEG = AviLayout(index_bytes=4120)


def make_avi(tracks: Sequence[Track], layout: AviLayout = AVI, *, pad_to_bytes: int | None = None) -> bytes:
    """A whole file, of exactly `pad_to_bytes` where that is given (ValueError if it is too small)."""
    return join(_File(tracks, layout).pieces(pad_to_bytes))


def write_avi(
    path: Path, tracks: Sequence[Track], layout: AviLayout = AVI, *, pad_to_bytes: int | None = None
) -> None:
    """Write such a file; its filler is a hole, so gigabytes cost nothing."""
    save(path, _File(tracks, layout).pieces(pad_to_bytes))


def chunk(kind: str, *parts: bytes, more: int = 0) -> bytes:
    """One chunk, filled up to an even length; `more` is how much too large its size is."""
    content = b"".join(parts)
    return kind.encode("latin-1") + _u32(len(content) + more) + content + bytes(len(content) & 1)


def chunks(kind: str, *parts: bytes, more: int = 0) -> bytes:
    """One list of chunks."""
    return chunk("LIST", kind.encode("latin-1"), *parts, more=more)


class _File:
    def __init__(self, tracks: Sequence[Track], layout: AviLayout) -> None:
        self._tracks = tracks
        self._layout = layout
        decoy = chunks("strl", _stream_header(Track("audio")), chunk("strn", b"not this one"))
        self._noise = chunk("JUNK", decoy) + chunks("odd ", decoy) if layout.noise else b""

    def pieces(self, pad_to_bytes: int | None) -> list[Piece]:
        """The parts of the file in order: the first, the filler of its film, the index, further parts."""
        layout = self._layout
        info, headers = self._info(), self._headers(self._tracks)
        if layout.second_headers:
            headers += self._headers(layout.second_headers)
        before = info if layout.info == "before" else b""
        after = info if layout.info == "after" else b""
        junk = chunk("JUNK", bytes(layout.junk_bytes)) if layout.junk_bytes else b""
        front = b"AVI " + before + self._noise + junk + headers + self._noise + after
        frames = b"".join(
            chunk(f"{number:02d}"[-2:] + _FRAMES[track.kind].decode(), bytes(8))
            for number, track in enumerate(self._tracks)
        )
        entries = [
            f"{number:02d}"[-2:].encode() + _FRAMES[track.kind] + _u32(16) + _u32(4 + 16 * number) + _u32(8)
            for number, track in enumerate(self._tracks)
        ]
        back = chunk("idx1", *entries) + (info if layout.info == "end" else b"")
        fixed = 20 + len(front) + len(frames) + len(back)  # two headers, and the kind of the film's list
        filler = 0 if pad_to_bytes is None else filler_bytes(pad_to_bytes, fixed)
        inside = min(filler, _PART_BYTES)
        film = b"LIST" + _u32(4 + len(frames) + inside) + b"movi" + frames
        size = fixed - 8 + inside if layout.riff_bytes is None else layout.riff_bytes
        first: list[Piece] = [b"RIFF" + _u32(size) + front + film, inside, back]
        return first + _further_parts(pad_to_bytes - size_of(first) if pad_to_bytes else 0)

    def _chunk(self, kind: str, *parts: bytes) -> bytes:
        return chunk(kind, *parts, more=self._more(kind))

    def _more(self, kind: str) -> int:
        return self._layout.overstate_by if kind == self._layout.overstate else 0

    def _headers(self, tracks: Sequence[Track]) -> bytes:
        layout = self._layout
        count = len(tracks) if layout.announced is None else layout.announced
        times = [200_000, 0, 0, 0x10, 1, 0]
        main = self._chunk("avih", *map(_u32, [*times, count, 0, _WIDTH, _HEIGHT]), bytes(16))
        streams = b"".join(self._stream(track) for track in tracks)
        extended = chunks("odml", chunk("dmlh", _u32(1), bytes(244)))
        return chunks("hdrl", main, self._noise, streams, extended, more=self._more("hdrl"))

    def _stream(self, track: Track) -> bytes:
        layout = self._layout
        header = self._chunk("strh", _stream_header(track, together=layout.together)[8:])
        title = b"" if track.title is None else self._chunk("strn", text(track.title), b"\0")
        index = self._chunk("indx", bytes(layout.index_bytes)) if layout.index_bytes else b""
        parts = [header, self._chunk("strf", _format(track, layout)), self._noise, index]
        parts.insert({"first": 0, "before-index": 3, "after-index": 4}[layout.title], title)
        return chunks("strl", *parts, track.extra, more=self._more("strl"))

    def _info(self) -> bytes:
        languages = [track.language for track in self._tracks if track.kind == "audio"]
        named = [
            self._chunk(f"IAS{number}", text(language), b"\0")
            for number, language in enumerate(languages, 1)
            if isinstance(language, str | bytes)
        ]
        if not named:
            return b""
        return chunks("INFO", *named, chunk("ISFT", b"taggarr simulator\0"), more=self._more("INFO"))


def _further_parts(left: int) -> list[Piece]:
    """What does not fit into the first part: `AVIX` parts of 1 GB, the last as long as the rest is."""
    parts: list[Piece] = []
    while left >= 24:
        content = min(left, _PART_BYTES) - 24
        parts += [b"RIFF" + _u32(content + 16) + b"AVIXLIST" + _u32(content + 4) + b"movi", content]
        left -= content + 24
    return [*parts, left]


def _stream_header(track: Track, *, together: bool = False) -> bytes:
    kind = b"iavs" if together else _KINDS[track.kind]
    handler = b"XVID" if track.kind == "video" else bytes(4)
    flags = 1 if track.default is False else 0
    scale, rate = (1, SAMPLE_RATE_HZ) if track.kind == "audio" else (1, 5)
    numbers = map(_u32, (flags, 0, 0, scale, rate, 0, 1, 8, _MOST, 1 if track.kind == "audio" else 0))
    return chunk("strh", kind, handler, *numbers, bytes(8))


def _format(track: Track, layout: AviLayout) -> bytes:
    """A BITMAPINFOHEADER or a WAVEFORMATEX; of a subtitle, nothing."""
    if track.kind == "video":
        size = _u32(_WIDTH) + _u32(_HEIGHT)
        return _u32(40) + size + _u16(1) + _u16(24) + b"XVID" + _u32(_WIDTH * _HEIGHT * 3) + bytes(16)
    if track.kind == "subtitle":
        return b""
    name = track.codec or "mp3"
    tag = _FORMAT_TAGS[name] if name in _FORMAT_TAGS else int(name, 16)
    channels = track.channels or 0
    block = _u16(channels * 2) if name == "pcm" else _u16(1)
    rest = _u16(channels) + _u32(SAMPLE_RATE_HZ) + _u32(16_000) + block + _u16(16)
    private = bytes(track.codec_private_bytes)
    if layout.extensible:
        guid = _u16(tag) + _GUID_OF_TAGS
        return _u16(_EXTENSIBLE) + rest + _u16(22 + len(private)) + _u16(16) + _u32(0) + guid + private
    return _u16(tag) + rest + _u16(len(private)) + private


def _u16(value: int) -> bytes:
    return value.to_bytes(2, "little")


def _u32(value: int) -> bytes:
    return value.to_bytes(4, "little")
