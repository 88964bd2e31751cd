"""Makes small Matroska and WebM files, in the shapes that real writers leave behind and in broken ones.

Ids and rules: RFC 8794 (EBML) and RFC 9559 (Matroska).
"""

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, starmap
from pathlib import Path
from typing import Literal

from taggarr.simulator.media_codecs import (
    HEIGHT,
    SAMPLE_RATE_HZ,
    USUAL,
    WIDTH,
    codec_of,
    frame,
    matroska_private,
)
from taggarr.simulator.media_track import Piece, Track, filler_bytes, join, save, size_of, text

EBML, SEGMENT, SEEK_HEAD, INFO, TRACKS = 0x1A45DFA3, 0x18538067, 0x114D9B74, 0x1549A966, 0x1654AE6B
CLUSTER, CUES, TAGS, VOID, CRC_32 = 0x1F43B675, 0x1C53BB6B, 0x1254C367, 0xEC, 0xBF
SIMPLE_BLOCK = 0xA3
TRACK_ENTRY, LANGUAGE, LANGUAGE_BCP47, NAME = 0xAE, 0x22B59C, 0x22B59D, 0x536E
FLAG_DEFAULT, FLAG_ENABLED, FLAG_FORCED = 0x88, 0xB9, 0x55AA
FLAG_HEARING_IMPAIRED, FLAG_VISUAL_IMPAIRED, FLAG_ORIGINAL, FLAG_COMMENTARY = 0x55AB, 0x55AC, 0x55AE, 0x55AF
CODEC_ID, CODEC_PRIVATE = 0x86, 0x63A2

CLUSTER_FILLER_BYTES = 1 << 20
"""A file that is filled up has a cluster (and a cue) for each of these."""
CLUSTER_MS = 1000
LOOKED_AT_BYTES = 64 << 20
"""So much at either end of a file holds its frames one by one; in between, a cluster holds one large frame."""

_SEGMENT_HEAD_BYTES = 12

_SECTION_IDS = {
    "info": INFO,
    "tracks": TRACKS,
    "cues": CUES,
    "tags": TAGS,
    "seek": SEEK_HEAD,
    "seek2": SEEK_HEAD,
}
_TRACK_TYPES = {"video": 1, "audio": 2, "subtitle": 17}

Section = Literal["seek", "void", "info", "tracks", "clusters", "cues", "seek2", "tags"]


@dataclass(frozen=True, slots=True)
class MatroskaLayout:
    """How a file is laid out. Change a named layout with `dataclasses.replace`.

    `order` names the parts of the Segment; `tags` is left out where no track has a `tag_language`.
    `seek` is what the first SeekHead says: `true`, `missing` (there is none), `chained` (it names only a
    second one, which names the rest; put at the end unless `order` has it), `loop` (two that name only each
    other), or a wrong place for Tracks: `info` (another element), `inside` (no element), `past-end`.
    `unknown_sizes`: of the Segment in eight bytes, of Tracks and clusters in one. `old_tracks` lie whole
    inside the Void. `voids_in_tracks`: Voids between and inside the entries, each holding a Language.
    `frames` is how many of each track a cluster has: programs that read frames go through them one by one.
    `overstate` makes one size `overstate_by` bytes too large: the Segment's, that of Tracks, of the last
    TrackEntry, or of that entry's last child.
    """

    order: tuple[Section, ...] = ("seek", "void", "info", "tracks", "clusters", "cues", "tags")
    doctype: str = "matroska"
    seek: Literal["true", "missing", "chained", "loop", "info", "inside", "past-end"] = "true"
    unknown_sizes: frozenset[Literal["segment", "tracks", "clusters"]] = frozenset()
    wide_sizes: bool = False
    crc: bool = False
    void_bytes: int = 120
    old_tracks: tuple[Track, ...] = ()
    voids_in_tracks: bool = False
    frames: int = 1
    nul_padding: int = 0
    junk: bytes = b""
    max_id_length: int | None = 4
    overstate: Literal["segment", "tracks", "entry", "child"] | None = None
    overstate_by: int = 16


MKVMERGE = MatroskaLayout()
FFMPEG = MatroskaLayout(
    order=("seek", "void", "info", "tracks", "tags", "clusters", "cues"), wide_sizes=True, crc=True
)
TRACKS_AT_END = MatroskaLayout(order=("seek", "void", "info", "clusters", "cues", "tags", "tracks"))
WEBM = MatroskaLayout(doctype="webm")
LIVE_WEBM = MatroskaLayout(
    order=("info", "tracks", "clusters"),
    doctype="webm",
    seek="missing",
    unknown_sizes=frozenset({"segment", "clusters"}),
)


def make_matroska(
    tracks: Sequence[Track], layout: MatroskaLayout = MKVMERGE, *, pad_to_bytes: int | None = None
) -> bytes:
    """A whole file, of exactly `pad_to_bytes` where that is given (ValueError if it is too small).

    A file without tracks has a Tracks element without entries.
    """
    return join(_file(tracks, layout, pad_to_bytes))


def write_matroska(
    path: Path, tracks: Sequence[Track], layout: MatroskaLayout = MKVMERGE, *, pad_to_bytes: int | None = None
) -> None:
    """Write such a file; its filler is a hole, so gigabytes cost nothing."""
    save(path, _file(tracks, layout, pad_to_bytes))


def element(ident: int, payload: bytes = b"", *, width: int = 0, overstate_by: int = 0) -> bytes:
    """One EBML element; `width` is the number of size bytes (0: as few as possible)."""
    size = _size(len(payload) + overstate_by, width)
    return ident.to_bytes((ident.bit_length() + 7) // 8, "big") + size + payload


def _size(size_bytes: int, width: int = 0) -> bytes:
    if not width:
        width = 1
        while size_bytes >= (1 << 7 * width) - 1:  # all ones means "unknown"
            width += 1
    return (size_bytes | 1 << 7 * width).to_bytes(width, "big")


def _number(ident: int, value: int, width: int = 0) -> bytes:
    return element(ident, value.to_bytes(width or max(1, (value.bit_length() + 7) // 8), "big"))


def _file(tracks: Sequence[Track], layout: MatroskaLayout, pad_to_bytes: int | None) -> list[Piece]:
    header = layout.junk + _ebml_header(layout)
    segment = _Segment(tracks, layout)
    if pad_to_bytes is None:
        body = segment.pieces(1, 0)
    elif "clusters" in layout.order:
        clusters = max(1, pad_to_bytes // CLUSTER_FILLER_BYTES)
        least_bytes = len(header) + _SEGMENT_HEAD_BYTES + size_of(segment.pieces(clusters, 0))
        body = segment.pieces(clusters, filler_bytes(pad_to_bytes, least_bytes))
    else:
        raise ValueError("a file without clusters cannot be filled up")
    size = size_of(body) + (layout.overstate_by if layout.overstate == "segment" else 0)
    unknown = "segment" in layout.unknown_sizes
    head = SEGMENT.to_bytes(4, "big") + (b"\x01" + b"\xff" * 7 if unknown else _size(size, 8))
    return [header + head, *body]


def _ebml_header(layout: MatroskaLayout) -> bytes:
    max_id = b"" if layout.max_id_length is None else _number(0x42F2, layout.max_id_length)
    return element(
        EBML,
        b"".join(
            (
                _number(0x4286, 1),
                _number(0x42F7, 1),
                max_id,
                _number(0x42F3, 8),
                element(0x4282, layout.doctype.encode()),
                _number(0x4287, 4),
                _number(0x4285, 2),
            )
        ),
    )


class _Segment:
    """The parts of one Segment. Their sizes do not depend on where they lie, so they are laid out first."""

    def __init__(self, tracks: Sequence[Track], layout: MatroskaLayout) -> None:
        self._tracks = tracks
        self._layout = layout
        order = [
            name
            for name in layout.order
            if not (name == "tags" and not any(track.tag_language is not None for track in tracks))
            and not (name == "seek" and layout.seek == "missing")
        ]
        if layout.seek in ("chained", "loop") and "seek2" not in order:
            order.append("seek2")
        self._order: list[Section] = order
        self._fixed = {"tracks": self._tracks_element(), "void": self._void(), "tags": self._tags()}

    def pieces(self, clusters: int, filler: int) -> list[Piece]:
        """The whole body, with the true positions in SeekHead and Cues."""
        bodies = {name: self._part(name, {}, [0] * clusters) for name in self._order if name != "clusters"}
        bodies_of_clusters = self._clusters(clusters, filler)
        positions: dict[str, int] = {}
        cluster_positions: list[int] = []
        at = 0
        for name in self._order:
            positions[name] = at
            if name != "clusters":
                at += len(bodies[name])
                continue
            for cluster in bodies_of_clusters:
                cluster_positions.append(at)
                at += size_of(cluster)
        positions["end"] = at
        result: list[Piece] = []
        for name in self._order:
            if name == "clusters":
                result += chain.from_iterable(bodies_of_clusters)
            elif name in ("seek", "seek2", "cues"):
                result.append(self._part(name, positions, cluster_positions))
            else:
                result.append(bodies[name])
        return result

    def _part(self, name: Section, positions: dict[str, int], cluster_positions: list[int]) -> bytes:
        match name:
            case "seek" | "seek2":
                return self._master(SEEK_HEAD, self._seek_entries(name, positions))
            case "cues":
                return self._master(CUES, b"".join(starmap(_cue_point, enumerate(cluster_positions))), 8)
            case "info":
                return self._info(len(cluster_positions))
            case _:
                return self._fixed[name]

    def _master(self, ident: int, payload: bytes, width: int = 0, overstate_by: int = 0) -> bytes:
        if self._layout.crc:
            payload = element(CRC_32, zlib.crc32(payload).to_bytes(4, "little")) + payload
        width = 8 if self._layout.wide_sizes else width
        return element(ident, payload, width=width, overstate_by=overstate_by)

    def _seek_entries(self, name: str, positions: dict[str, int]) -> bytes:
        seek = self._layout.seek
        if name == "seek" and seek in ("chained", "loop"):
            targets = ["seek2"]
        elif seek == "loop":
            targets = ["seek"]
        else:
            targets = [part for part in self._order if part in ("info", "tracks", "cues", "tags")]
        entries = b""
        for target in targets:
            position = positions.get(target, 0)
            if target == "tracks" and seek in ("info", "inside", "past-end"):
                position = {
                    "info": positions.get("info", 0),
                    "inside": positions.get("info", 0) + 5,
                    "past-end": positions.get("end", 0) + (1 << 20),
                }[seek]
            ident = element(0x53AB, _SECTION_IDS[target].to_bytes(4, "big"))
            entries += element(0x4DBB, ident + _number(0x53AC, position, 8))
        return entries

    def _info(self, clusters: int) -> bytes:
        writer = element(0x4D80, b"taggarr simulator") + element(0x5741, b"taggarr simulator")
        duration = element(0x4489, struct.pack(">d", float(max(1, clusters) * CLUSTER_MS)))
        return self._master(INFO, _number(0x2AD7B1, 1_000_000) + writer + duration)

    def _void(self) -> bytes:
        if self._layout.old_tracks:
            old = b"".join(_entry(n, track, MKVMERGE) for n, track in enumerate(self._layout.old_tracks, 1))
            return element(VOID, element(TRACKS, old) + bytes(self._layout.void_bytes))
        return element(VOID, bytes(self._layout.void_bytes))

    def _tracks_element(self) -> bytes:
        layout = self._layout
        entries = []
        for number, track in enumerate(self._tracks, 1):
            if layout.voids_in_tracks:
                entries.append(_decoy())
            entries.append(_entry(number, track, layout, last=number == len(self._tracks)))
        payload = b"".join(entries)
        if "tracks" in layout.unknown_sizes:
            return TRACKS.to_bytes(4, "big") + b"\xff" + payload
        return self._master(
            TRACKS, payload, overstate_by=layout.overstate_by if layout.overstate == "tracks" else 0
        )

    def _tags(self) -> bytes:
        tags = []
        for number, track in enumerate(self._tracks, 1):
            if track.tag_language is not None:
                targets = element(0x63C0, _number(0x63C5, number))
                name = element(0x45A3, b"LANGUAGE") + element(0x4487, track.tag_language.encode())
                tags.append(element(0x7373, targets + element(0x67C8, name)))
        return self._master(TAGS, b"".join(tags))

    def _clusters(self, count: int, filler: int) -> list[list[Piece]]:
        """The pieces of each cluster. The frames of its first track hold the filler."""
        looked_at = LOOKED_AT_BYTES // CLUSTER_FILLER_BYTES
        unknown = "clusters" in self._layout.unknown_sizes
        clusters = []
        for index in range(count):
            hole = filler // count + (filler % count if index == count - 1 else 0)
            frames = self._layout.frames if min(index, count - 1 - index) < looked_at else 1
            content: list[Piece] = [_number(0xE7, index * CLUSTER_MS, 4)]
            for at in range(frames):
                share = hole // frames + (hole % frames if at == frames - 1 else 0)
                content += self._blocks(at * CLUSTER_MS // frames, share)
            size = b"\xff" if unknown else _size(size_of(content), 8)
            clusters.append([CLUSTER.to_bytes(4, "big") + size, *content])
        return clusters

    def _blocks(self, time_ms: int, hole: int) -> list[Piece]:
        """A block of each track; the hole is the rest of the first track's frame."""
        if not self._tracks:
            return [VOID.to_bytes(1, "big") + _size(hole, 8), hole]
        first, *others = (
            _block_payload(number, track, time_ms, 0 if number > 1 else hole)
            for number, track in enumerate(self._tracks, 1)
        )
        ident = SIMPLE_BLOCK.to_bytes(1, "big")
        rest = b"".join(element(SIMPLE_BLOCK, block) for block in others)
        return [rest + ident + _size(len(first) + hole, 8) + first, hole]


def _cue_point(index: int, cluster_position: int) -> bytes:
    where = _number(0xF7, 1) + _number(0xF1, cluster_position, 8)
    return element(0xBB, _number(0xB3, index * CLUSTER_MS, 4) + element(0xB7, where))


def _block_payload(number: int, track: Track, time_ms: int, hole: int) -> bytes:
    codec = track.codec or USUAL[track.kind]
    data = b"Hello" if track.kind == "subtitle" else frame(codec, track.channels or 2)
    if codec == "avc":  # its size stands before it
        data = (len(data) - 4 + hole).to_bytes(4, "big") + data[4:]
    return _size(number) + time_ms.to_bytes(2, "big") + b"\x80" + data


def _decoy() -> bytes:
    return element(VOID, element(LANGUAGE, b"xxx"))


def _entry(number: int, track: Track, layout: MatroskaLayout, *, last: bool = False) -> bytes:
    children = _entry_children(number, track, layout)
    if last and layout.overstate == "child":
        children.append(element(0x9C, b"\0", overstate_by=layout.overstate_by))
    if layout.voids_in_tracks:
        children[2:2] = [_decoy()]
        children.append(_decoy())
    excess = layout.overstate_by if last and layout.overstate == "entry" else 0
    return element(TRACK_ENTRY, b"".join(children), width=8 if layout.wide_sizes else 0, overstate_by=excess)


def _entry_children(number: int, track: Track, layout: MatroskaLayout) -> list[bytes]:
    codec, channels = track.codec or USUAL[track.kind], track.channels or 2
    nuls = bytes(layout.nul_padding)
    if isinstance(track.language, int):
        raise TypeError(f"a Matroska language is text, not the number {track.language}")
    texts = (
        (LANGUAGE, track.language),
        (LANGUAGE_BCP47, track.bcp47),
        (NAME, track.title),
        (CODEC_ID, codec_of(codec).matroska_id),
    )
    flags = (
        (FLAG_DEFAULT, track.default),
        (FLAG_ENABLED, track.enabled),
        (FLAG_FORCED, track.forced),
        (FLAG_ORIGINAL, track.original),
        (FLAG_COMMENTARY, track.commentary),
        (FLAG_VISUAL_IMPAIRED, track.visual_impaired),
        (FLAG_HEARING_IMPAIRED, track.hearing_impaired),
    )
    private = matroska_private(codec, channels) + bytes(track.codec_private_bytes)
    children = [_number(0xD7, number), _number(0x73C5, number), _number(0x83, _TRACK_TYPES[track.kind])]
    children += [element(ident, text(value) + nuls) for ident, value in texts if value is not None]
    children += [_number(ident, value) for ident, value in flags if value is not None]
    if private:
        children.append(element(CODEC_PRIVATE, private))
    if track.kind == "audio":
        rate = element(0xB5, struct.pack(">d", SAMPLE_RATE_HZ))
        stated = b"" if track.channels is None else _number(0x9F, track.channels)
        children.append(element(0xE1, rate + stated))
    elif track.kind == "video":
        children.append(element(0xE0, _number(0xB0, WIDTH) + _number(0xBA, HEIGHT)))
    children.append(track.extra)
    return children
