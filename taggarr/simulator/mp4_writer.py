"""Makes small MP4, MOV and M4V files, in the shapes that real writers leave behind and in broken ones.

Boxes and rules: ISO 14496-12, the QuickTime File Format specification, and the annexes that codecs have.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Literal

from taggarr.simulator.media_codecs import USUAL, frame
from taggarr.simulator.media_track import Piece, Track, filler_bytes, join, save, size_of, text
from taggarr.simulator.mp4_boxes import BoxWriter, u16, u32, u64
from taggarr.simulator.mp4_samples import TIMES, Run, sample_description, sample_table

DASH_ROLES = "urn:mpeg:dash:role:2011"
UNSPECIFIED_LANGUAGE = 0x7FFF
"""What QuickTime writes into `mdhd` where the language is not known."""

_HANDLERS = {
    "audio": (b"soun", b"SoundHandler"),
    "video": (b"vide", b"VideoHandler"),
    "subtitle": (b"sbtl", b"SubtitleHandler"),
}
_MATRIX = b"".join(map(u32, (1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)))
_SAMPLES_A_CHUNK = 50
_MORE_THAN_32_BITS = 0xF000_0000


@dataclass(frozen=True, slots=True)
class Mp4Layout:
    """How a file is laid out. Change a named layout with `dataclasses.replace`.

    `brand` is the major brand, None leaves `ftyp` out; `qt  ` also makes QuickTime's handlers and ends
    user data with a 32-bit zero. `elng` is the place of that box in `mdia`. `version` is that of mvhd, tkhd
    and mdhd, `sound_version` that of the sound descriptions (1 and 2 are QuickTime's). `samples` a track
    make the index as big as that of a long film. `fragmented` puts them into one `moof`, after `moov`. `compressed` is
    QuickTime's `cmov`, which needs the index last. `wide_boxes` get 64-bit sizes; `open_ended` gives the
    last box the size 0. `noise` puts free, skip and uuid boxes (whose content looks like boxes) everywhere.
    `udta_depth` puts as many nested boxes before a track's user data, the innermost holding a name that is
    not the track's. `overstate` names the box whose size is `overstate_by` bytes too large.
    """

    brand: str | None = "isom"
    moov_first: bool = False
    elng: Literal["first", "after-mdhd", "last"] = "after-mdhd"
    version: Literal[0, 1] = 0
    sound_version: Literal[0, 1, 2] = 0
    samples: int = 2
    fragmented: bool = False
    compressed: bool = False
    wide_boxes: frozenset[str] = frozenset()
    open_ended: bool = False
    noise: bool = False
    udta_depth: int = 0
    overstate: str | None = None
    overstate_by: int = 16


MP4 = Mp4Layout()
FASTSTART = Mp4Layout(moov_first=True)
M4V = Mp4Layout(brand="M4V ", moov_first=True)
QUICKTIME = Mp4Layout(brand="qt  ")
FRAGMENTED = Mp4Layout(brand="iso5", moov_first=True, fragmented=True)


def make_mp4(tracks: Sequence[Track], layout: Mp4Layout = MP4, *, pad_to_bytes: int | None = None) -> bytes:
    """A whole file, of exactly `pad_to_bytes` where that is given (ValueError if it is too small)."""
    return join(_file(tracks, layout, pad_to_bytes))


def write_mp4(
    path: Path, tracks: Sequence[Track], layout: Mp4Layout = MP4, *, pad_to_bytes: int | None = None
) -> None:
    """Write such a file; its filler is a hole, so gigabytes cost nothing."""
    save(path, _file(tracks, layout, pad_to_bytes))


def packed_language(language: str | bytes | int | None) -> int:
    """The 16 bits of `mdhd`: three letters of five bits each, or the number as it is."""
    if isinstance(language, int):
        return language
    letters = text(language or "und").decode()
    if len(letters) != 3 or not all("a" <= letter <= "z" for letter in letters):
        raise ValueError(f"MP4 packs three lower-case letters, not {letters!r}")
    first, second, third = (ord(letter) - 0x60 for letter in letters)
    return first << 10 | second << 5 | third


def _file(tracks: Sequence[Track], layout: Mp4Layout, pad_to_bytes: int | None) -> list[Piece]:
    if layout.compressed and (layout.moov_first or layout.fragmented):
        raise ValueError("a compressed moov has to be the last box: its size depends on the offsets in it")
    return _Movie(tracks, layout, (pad_to_bytes or 0) > _MORE_THAN_32_BITS).pieces(pad_to_bytes)


class _Movie:
    """One file. The size of the index does not depend on the offsets in it, so it is made twice."""

    def __init__(self, tracks: Sequence[Track], layout: Mp4Layout, wide: bool) -> None:
        self._tracks = tracks
        self._layout = layout
        self._moov_first = layout.moov_first or layout.fragmented
        self._wide = wide
        self._boxes = BoxWriter(layout.wide_boxes, layout.overstate, layout.overstate_by, layout.noise)
        frames = [_frame(track) for track in tracks]
        chunks = max(1, -(-layout.samples // _SAMPLES_A_CHUNK)) if layout.samples else 0
        self._runs = [Run(len(data), layout.samples, _SAMPLES_A_CHUNK, chunks) for data in frames]
        self._chunks = [
            data * run.samples_in(chunk)
            for chunk in range(chunks)
            for data, run in zip(frames, self._runs, strict=True)
        ]

    def pieces(self, pad_to_bytes: int | None) -> list[Piece]:
        """The top-level boxes in order."""
        if pad_to_bytes is None:
            return self._laid_out(0)
        return self._laid_out(filler_bytes(pad_to_bytes, size_of(self._laid_out(0))))

    def _laid_out(self, filler: int) -> list[Piece]:
        before = self._file_type() + self._boxes.noise_boxes()
        moov_size = 0
        if self._moov_first:
            moov_size = len(self._index([0] * len(self._chunks), is_last=False))
        data_size = sum(map(len, self._chunks)) + filler
        header = self._data_header(data_size, is_last=self._moov_first)
        share = filler // len(self._chunks) if self._chunks else 0
        media: list[Piece] = [header]
        offsets: list[int] = []
        at = len(before) + moov_size + len(header)
        for chunk in self._chunks:
            offsets.append(at)
            media += [chunk, share]
            at += len(chunk) + share
        media.append(filler - share * len(self._chunks))
        if self._moov_first:
            return [before, self._index(offsets, is_last=False), *media]
        return [before, *media, self._index(offsets, is_last=True)]

    def _file_type(self) -> bytes:
        brand = self._layout.brand
        if brand is None:
            return b""
        also = {"qt  ": "qt  ", "M4V ": "M4V mp42isom"}.get(brand, "isomiso2mp41")
        return self._boxes.box("ftyp", brand.encode(), u32(512), also.encode())

    def _data_header(self, data_size: int, *, is_last: bool) -> bytes:
        if self._layout.open_ended and is_last:
            return u32(0) + b"mdat"
        overstate = self._layout.overstate_by if self._layout.overstate == "mdat" else 0
        if self._wide or "mdat" in self._layout.wide_boxes:
            return u32(1) + b"mdat" + u64(data_size + 16 + overstate)
        return u32(data_size + 8 + overstate) + b"mdat"

    def _index(self, offsets: list[int], *, is_last: bool) -> bytes:
        """`moov` and, in a fragmented file, `moof`."""
        layout, boxes = self._layout, self._boxes
        in_moov = [] if layout.fragmented else offsets
        duration = layout.samples * 1000
        movie = boxes.header("mvhd", 0, layout.version, u32(1000), duration, _movie_rest(len(self._tracks)))
        traks = [
            self._trak(number, track, in_moov[number - 1 :: len(self._tracks)])
            for number, track in enumerate(self._tracks, 1)
        ]
        extends = self._extends() if layout.fragmented else b""
        parts = (boxes.noise_boxes(), movie, *traks, extends, self._movie_user_data())
        moov = boxes.box("moov", *parts)
        if layout.compressed:
            packed = u32(len(moov)) + zlib.compress(moov)
            moov = boxes.box("moov", boxes.box("cmov", boxes.box("dcom", b"zlib"), boxes.box("cmvd", packed)))
        if layout.open_ended and is_last:
            moov = u32(0) + moov[4:]
        return moov + (self._fragment(offsets) if layout.fragmented else b"")

    def _movie_user_data(self) -> bytes:
        """A film has a name of its own, which is no track's."""
        boxes = self._boxes
        value = boxes.box("data", u32(1), u32(0), b"The film")
        handler = boxes.full("hdlr", u32(0), b"mdirappl", bytes(9))
        meta = boxes.full("meta", handler, boxes.box("ilst", boxes.box("\xa9nam", value)))
        return boxes.box("udta", meta, boxes.box("name", b"The film"))

    def _trak(self, number: int, track: Track, offsets: list[int]) -> bytes:
        layout, boxes = self._layout, self._boxes
        first = next(index for index, other in enumerate(self._tracks, 1) if other.kind == track.kind)
        enabled = track.default if track.default is not None else number == first
        group, volume = {"audio": (1, 0x100), "video": (0, 0), "subtitle": (3, 0)}[track.kind]
        size = u32(64 << 16) * 2 if track.kind == "video" else bytes(8)
        rest = bytes(8) + u16(0) + u16(group) + u16(volume) + u16(0) + _MATRIX + size
        head = boxes.header(
            "tkhd", 3 if enabled else 2, layout.version, u32(number) + u32(0), layout.samples * 1000, rest
        )
        media = self._media(number, track, offsets)
        return boxes.box("trak", head, boxes.noise_boxes(), media, self._user_data(track), track.extra)

    def _media(self, number: int, track: Track, offsets: list[int]) -> bytes:
        layout, boxes = self._layout, self._boxes
        timescale, delta = TIMES[track.kind]
        language = u16(packed_language(track.language)) + u16(0)
        head = boxes.header("mdhd", 0, layout.version, u32(timescale), delta * layout.samples, language)
        kind, name = _HANDLERS[track.kind]
        quicktime = layout.brand == "qt  "
        handler = boxes.handler(b"mhlr" if quicktime else bytes(4), kind, name, pascal=quicktime)
        extended = b"" if track.bcp47 is None else boxes.full("elng", text(track.bcp47), b"\0")
        run = self._runs[number - 1] if offsets else Run(0, 0, _SAMPLES_A_CHUNK, 0)
        description = sample_description(boxes, track, layout.sound_version)
        table = sample_table(boxes, description, run, delta, offsets, wide=self._wide)
        parts = [boxes.noise_boxes(), head, handler, self._information(track, table)]
        parts.insert({"first": 0, "after-mdhd": 2, "last": 4}[layout.elng], extended)
        return boxes.box("mdia", *parts)

    def _information(self, track: Track, table: bytes) -> bytes:
        boxes = self._boxes
        media_header = {
            "audio": boxes.full("smhd", u32(0)),
            "video": boxes.full("vmhd", bytes(8), flags=1),
            "subtitle": boxes.full("nmhd"),
        }[track.kind]
        # QuickTime has a second handler here, which says nothing about the track's kind
        data_handler = (
            boxes.handler(b"dhlr", b"url ", b"DataHandler", pascal=True)
            if self._layout.brand == "qt  "
            else b""
        )
        location = boxes.box("dinf", boxes.full("dref", u32(1), boxes.full("url ", flags=1)))
        return boxes.box("minf", media_header, data_handler, location, table)

    def _user_data(self, track: Track) -> bytes:
        boxes = self._boxes
        parts = [_nested(boxes, self._layout.udta_depth), boxes.noise_boxes()]
        for role in roles_of(track):
            scheme, value = role if isinstance(role, tuple) else (DASH_ROLES, role)
            parts.append(boxes.full("kind", scheme.encode(), b"\0", value.encode(), b"\0"))
        parts += [boxes.box("tagc", value.encode()) for value in track.characteristics]
        if track.title is not None:
            parts.append(boxes.box("name", text(track.title)))
        if not any(parts):
            return b""
        return boxes.box("udta", *parts, bytes(4) if self._layout.brand == "qt  " else b"")

    def _extends(self) -> bytes:
        boxes = self._boxes
        per_track = (
            boxes.full("trex", *map(u32, (number, 1, 0, 0, 0))) for number in range(1, len(self._tracks) + 1)
        )
        return boxes.box("mvex", *per_track)

    def _fragment(self, offsets: list[int]) -> bytes:
        """One `moof`; its data offsets count from its own start (default-base-is-moof)."""
        size = len(self._fragment_at([0] * len(offsets)))
        first = size + len(self._data_header(0, is_last=True))
        return self._fragment_at([first + offset - offsets[0] for offset in offsets])

    def _fragment_at(self, starts: list[int]) -> bytes:
        boxes = self._boxes
        parts = [boxes.full("mfhd", u32(1))]
        for number, (track, run) in enumerate(zip(self._tracks, self._runs, strict=True), 1):
            _, delta = TIMES[track.kind]
            head = boxes.full("tfhd", u32(number), u32(delta), u32(run.sample_bytes), flags=0x020018)
            runs = [
                boxes.full("trun", u32(run.samples_in(chunk)), u32(start), flags=1)
                for chunk, start in zip(count(), starts[number - 1 :: len(self._tracks)])
            ]
            parts.append(boxes.box("traf", head, boxes.full("tfdt", u32(0)), *runs))
        return boxes.box("moof", *parts)


def roles_of(track: Track) -> tuple[str | tuple[str, str], ...]:
    """The roles that MP4 states for a track: those of its flags, and its own."""
    flags = (
        (track.commentary, "commentary"),
        (track.visual_impaired, "description"),
        (track.hearing_impaired, "caption"),
        (track.forced, "forced-subtitle"),
        (track.dub, "dub"),
    )
    return (*(role for flag, role in flags if flag), *track.roles)


def _frame(track: Track) -> bytes:
    if track.kind == "subtitle":
        return u16(5) + b"Hello"
    return frame(track.codec or USUAL[track.kind], track.channels or 2)


def _movie_rest(tracks: int) -> bytes:
    return u32(1 << 16) + u16(0x100) + bytes(10) + _MATRIX + bytes(24) + u32(tracks + 1)


def _nested(boxes: BoxWriter, depth: int) -> bytes:
    if not depth:
        return b""
    inner = boxes.box("name", b"not the title")
    for _ in range(depth):
        inner = boxes.box("udta", inner)
    return inner
