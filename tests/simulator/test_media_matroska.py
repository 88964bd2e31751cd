"""The Matroska files of the maker, taken apart by a walk of their own."""

import re
import struct
import zlib
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from taggarr.simulator.media import (
    FFMPEG,
    LIVE_WEBM,
    MKVMERGE,
    TRACKS_AT_END,
    WEBM,
    MatroskaLayout,
    Track,
    element,
    make_matroska,
    write_matroska,
)

ALL_UNKNOWN = replace(LIVE_WEBM, unknown_sizes=frozenset({"segment", "tracks", "clusters"}))
LAYOUTS = {
    "mkvmerge": MKVMERGE,
    "ffmpeg": FFMPEG,
    "tracks-at-end": TRACKS_AT_END,
    "webm": WEBM,
    "live": LIVE_WEBM,
    "all-unknown": ALL_UNKNOWN,
    "chained": replace(TRACKS_AT_END, seek="chained"),
    "voids-and-crc": replace(MKVMERGE, voids_in_tracks=True, crc=True, nul_padding=2),
}
TRACKS = [
    Track("video"),
    Track("audio", "jpn", tag_language="ger"),
    Track("audio", "ger", bcp47="de-AT", title="Österreich"),
    Track("subtitle", "eng"),
]
EBML, SEGMENT, SEEK_HEAD, SEEK = 0x1A45DFA3, 0x18538067, 0x114D9B74, 0x4DBB
INFO, TRACKS_ID, CLUSTER, CUES, TAGS = 0x1549A966, 0x1654AE6B, 0x1F43B675, 0x1C53BB6B, 0x1254C367
VOID, CRC_32, ENTRY, AUDIO, LANGUAGE = 0xEC, 0xBF, 0xAE, 0xE1, 0x22B59C
LEVEL_1 = {SEEK_HEAD, INFO, TRACKS_ID, CLUSTER, CUES, TAGS, VOID}
MASTERS = {
    EBML,
    SEGMENT,
    SEEK_HEAD,
    SEEK,
    INFO,
    TRACKS_ID,
    ENTRY,
    AUDIO,
    0xE0,
    CLUSTER,
    CUES,
    0xBB,
    0xB7,
    TAGS,
    0x7373,
    0x63C0,
    0x67C8,
}


@dataclass
class Node:
    """An element, where it starts, and its payload."""

    ident: int
    at: int
    payload_at: int
    end: int
    data: bytes

    @property
    def payload(self) -> bytes:
        return self.data[self.payload_at : self.end]

    @property
    def children(self) -> list["Node"]:
        return walk(self.data, self.payload_at, self.end)

    def all(self, ident: int) -> list["Node"]:
        return [child for child in self.children if child.ident == ident]

    def one(self, ident: int) -> "Node":
        [found] = self.all(ident)
        return found

    def number(self, ident: int) -> int:
        payload = self.one(ident).payload
        assert len(payload) <= 8
        return int.from_bytes(payload, "big")


def vint(data: bytes, at: int, *, keep_marker: bool = False) -> tuple[int, int]:
    width = 9 - data[at].bit_length()
    assert width <= 8, f"no EBML number at {at}"
    value = int.from_bytes(data[at : at + width], "big")
    return (value if keep_marker else value - (1 << 7 * width)), at + width


def walk(data: bytes, at: int, end: int) -> list[Node]:
    """The elements side by side; an unknown size reaches to the next element of level 1, or to the end."""
    nodes = []
    while at < end:
        start = at
        ident, at = vint(data, at, keep_marker=True)
        size_at = at
        size, at = vint(data, at)
        if size == (1 << 7 * (at - size_at)) - 1:
            stop = end if ident == SEGMENT else unknown_end(data, at, end)
        else:
            stop = at + size
        assert stop <= end, f"{ident:x} at {start} ends at {stop}, its parent at {end}"
        nodes.append(Node(ident, start, at, stop, data))
        at = stop
    return nodes


def unknown_end(data: bytes, at: int, end: int) -> int:
    while at < end:
        ident, size_at = vint(data, at, keep_marker=True)
        if ident in LEVEL_1 - {VOID}:
            return at
        size, payload_at = vint(data, size_at)
        at = payload_at + size
    return end


def segment_of(data: bytes) -> Node:
    [_, segment] = walk(data, 0, len(data))
    return segment


def entries_of(data: bytes) -> list[Node]:
    return segment_of(data).one(TRACKS_ID).all(ENTRY)


def seeks(head: Node) -> dict[int, int]:
    """What a SeekHead says: id → position in the Segment."""
    return {seek.number(0x53AB): seek.number(0x53AC) for seek in head.all(SEEK)}


def walk_all(node: Node) -> int:
    return 1 + sum(walk_all(child) for child in node.children) if node.ident in MASTERS else 1


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_is_whole(name: str) -> None:
    """Every element of a whole file ends where its parent does, and the Segment where the file does."""
    data = make_matroska(TRACKS, LAYOUTS[name])
    ebml, segment = walk(data, 0, len(data))
    assert (ebml.ident, segment.ident, segment.end) == (EBML, SEGMENT, len(data))
    assert walk_all(segment) > 40
    assert [entry.number(0x83) for entry in entries_of(data)] == [1, 2, 2, 17]
    assert [entry.number(0xD7) for entry in entries_of(data)] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        (MKVMERGE, [SEEK_HEAD, VOID, INFO, TRACKS_ID, CLUSTER, CUES, TAGS]),
        (FFMPEG, [SEEK_HEAD, VOID, INFO, TRACKS_ID, TAGS, CLUSTER, CUES]),
        (TRACKS_AT_END, [SEEK_HEAD, VOID, INFO, CLUSTER, CUES, TAGS, TRACKS_ID]),
        (LIVE_WEBM, [INFO, TRACKS_ID, CLUSTER]),
        (
            replace(MKVMERGE, seek="chained"),
            [SEEK_HEAD, VOID, INFO, TRACKS_ID, CLUSTER, CUES, TAGS, SEEK_HEAD],
        ),
        (replace(MKVMERGE, order=("tracks",)), [TRACKS_ID]),
    ],
)
def test_the_order_is_the_layouts(layout: MatroskaLayout, expected: list[int]) -> None:
    """The parts of the Segment lie in the order that the layout names."""
    assert [node.ident for node in segment_of(make_matroska(TRACKS, layout)).children] == expected


@pytest.mark.parametrize(
    ("track", "ident", "payloads"),
    [
        (Track(language="jpn"), LANGUAGE, [b"jpn"]),
        (Track(), LANGUAGE, []),
        (Track(language=b""), LANGUAGE, [b""]),
        (Track(language=b"\xff\xfe"), LANGUAGE, [b"\xff\xfe"]),
        (Track(bcp47="pt-BR"), 0x22B59D, [b"pt-BR"]),
        (Track(), 0x22B59D, []),
        (Track(title="日本"), 0x536E, ["日本".encode()]),
        (Track(title=b"caf\xe9"), 0x536E, [b"caf\xe9"]),
        (Track(), 0x88, []),
        (Track(default=False), 0x88, [b"\0"]),
        (Track(default=True), 0x88, [b"\1"]),
        (Track(enabled=False), 0xB9, [b"\0"]),
        (Track(forced=True), 0x55AA, [b"\1"]),
        (Track(hearing_impaired=True), 0x55AB, [b"\1"]),
        (Track(visual_impaired=True), 0x55AC, [b"\1"]),
        (Track(original=True), 0x55AE, [b"\1"]),
        (Track(commentary=True), 0x55AF, [b"\1"]),
        (Track(dub=True), 0x55AF, []),
        (Track(), 0x86, [b"A_AAC"]),
        (Track(codec="eac3"), 0x86, [b"A_EAC3"]),
        (Track(codec="A_MPEG/L2"), 0x86, [b"A_MPEG/L2"]),
        (Track("video"), 0x86, [b"V_MPEG4/ISO/AVC"]),
        (Track("video", codec="vp9"), 0x86, [b"V_VP9"]),
        (Track("subtitle"), 0x86, [b"S_TEXT/UTF8"]),
        (Track(channels=6), 0x63A2, [b"\x11\xb0"]),
        (Track(channels=8), 0x63A2, [b"\x11\xb8"]),
        (Track(codec="ac3"), 0x63A2, []),
        (Track(codec="ac3", codec_private_bytes=20_000), 0x63A2, [bytes(20_000)]),
        (Track(codec="opus", channels=1), 0x63A2, [b"OpusHead\1\1\0\0\x80\xbb\0\0\0\0\0"]),
        (Track(codec="opus", channels=3), 0x63A2, [b"OpusHead\1\3\0\0\x80\xbb\0\0\0\0\1\3\0\0\1\2"]),
        (
            Track(codec="flac", channels=6),
            0x63A2,
            [bytes.fromhex("664c614380000022100010000000000000000bb80af0") + bytes(20)],
        ),
        (Track(language="ger", extra=element(LANGUAGE, b"fre")), LANGUAGE, [b"ger", b"fre"]),
        (Track(extra=element(0x88)), 0x88, [b""]),
    ],
)
def test_a_track_states_its_fields(track: Track, ident: int, payloads: list[bytes]) -> None:
    """Each field becomes its element, None leaves it out, extra elements come last."""
    [entry] = entries_of(make_matroska([track]))
    assert [node.payload for node in entry.all(ident)] == payloads


def test_channels_and_picture_size() -> None:
    """Audio states its channels unless they are left out; video states its size."""
    video, six, silent = entries_of(make_matroska([Track("video"), Track(channels=6), Track(channels=None)]))
    assert (video.one(0xE0).number(0xB0), video.one(0xE0).number(0xBA)) == (64, 64)
    assert six.one(AUDIO).number(0x9F) == 6
    assert struct.unpack(">d", six.one(AUDIO).one(0xB5).payload) == (48000.0,)
    assert silent.one(AUDIO).all(0x9F) == []


def test_a_number_is_no_matroska_language() -> None:
    """The numbers that MP4 knows as languages are refused."""
    with pytest.raises(TypeError, match="32767"):
        make_matroska([Track(language=0x7FFF)])


@pytest.mark.parametrize("name", ["mkvmerge", "ffmpeg", "tracks-at-end", "webm", "chained", "voids-and-crc"])
def test_seek_heads_and_cues_tell_the_truth(name: str) -> None:
    """Every SeekHead entry and every cue names the place of such an element."""
    data = make_matroska(TRACKS, LAYOUTS[name], pad_to_bytes=3 << 20)
    segment = segment_of(data)
    there = {node.at - segment.payload_at: node.ident for node in segment.children}
    said = {ident: at for head in segment.all(SEEK_HEAD) for ident, at in seeks(head).items()}
    assert {ident: there.get(at) for ident, at in said.items()} == {ident: ident for ident in said}
    assert set(said) >= {INFO, TRACKS_ID, CUES, TAGS}
    cues = [cue.one(0xB7).number(0xF1) for cue in segment.one(CUES).all(0xBB)]
    assert cues == [node.at - segment.payload_at for node in segment.all(CLUSTER)]
    assert len(cues) == 3
    times = [cue.number(0xB3) for cue in segment.one(CUES).all(0xBB)]
    assert times == [cluster.number(0xE7) for cluster in segment.all(CLUSTER)] == [0, 1000, 2000]
    assert {cue.one(0xB7).number(0xF7) for cue in segment.one(CUES).all(0xBB)} == {1}


def test_a_chained_seek_head_names_only_the_second() -> None:
    """The first SeekHead names the second, and that one the rest."""
    segment = segment_of(make_matroska(TRACKS, LAYOUTS["chained"]))
    first, second = segment.all(SEEK_HEAD)
    assert seeks(first) == {SEEK_HEAD: second.at - segment.payload_at}
    assert set(seeks(second)) == {INFO, TRACKS_ID, CUES, TAGS}


def test_looping_seek_heads_name_each_other() -> None:
    """Nobody who only follows the SeekHeads ever comes to Tracks."""
    segment = segment_of(make_matroska(TRACKS, replace(TRACKS_AT_END, seek="loop")))
    first, second = segment.all(SEEK_HEAD)
    assert seeks(first) == {SEEK_HEAD: second.at - segment.payload_at}
    assert seeks(second) == {SEEK_HEAD: first.at - segment.payload_at}


@pytest.mark.parametrize("layout", [MKVMERGE, TRACKS_AT_END])
def test_wrong_seek_heads(layout: MatroskaLayout) -> None:
    """The place of Tracks can be another element, no element at all, or past the end; or not be told."""
    tracks_at = {}
    for seek in ("true", "info", "inside", "past-end"):
        data = make_matroska(TRACKS, replace(layout, seek=seek))
        segment = segment_of(data)
        tracks_at[seek] = seeks(segment.one(SEEK_HEAD))[TRACKS_ID]
    info_at = segment.one(INFO).at - segment.payload_at
    assert tracks_at["true"] == segment.one(TRACKS_ID).at - segment.payload_at
    assert tracks_at["info"] == info_at
    assert tracks_at["inside"] == info_at + 5
    assert tracks_at["past-end"] + segment.payload_at > len(data)
    assert segment_of(make_matroska(TRACKS, replace(layout, seek="missing"))).all(SEEK_HEAD) == []


def test_unknown_sizes() -> None:
    """Segment, Tracks and clusters can have the size that means "unknown", and only those asked for."""
    none, some, all_three = (
        make_matroska(TRACKS, layout)
        for layout in (replace(LIVE_WEBM, unknown_sizes=frozenset()), LIVE_WEBM, ALL_UNKNOWN)
    )
    marks = [
        SEGMENT.to_bytes(4, "big") + b"\1" + b"\xff" * 7,
        CLUSTER.to_bytes(4, "big") + b"\xff",
        TRACKS_ID.to_bytes(4, "big") + b"\xff",
    ]
    assert [[mark in data for mark in marks] for data in (none, some, all_three)] == [
        [False, False, False],
        [True, True, False],
        [True, True, True],
    ]


def test_checksums_are_right() -> None:
    """With `crc`, the masters start with the CRC-32 of the rest of their payload."""
    segment = segment_of(make_matroska(TRACKS, FFMPEG))
    for ident in (SEEK_HEAD, INFO, TRACKS_ID, CUES, TAGS):
        master = segment.one(ident)
        first = master.children[0]
        assert (first.ident, len(first.payload)) == (CRC_32, 4)
        assert int.from_bytes(first.payload, "little") == zlib.crc32(master.data[first.end : master.end])


def test_wide_sizes() -> None:
    """With `wide_sizes`, masters have sizes of eight bytes, as ffmpeg writes them."""
    wide = segment_of(make_matroska(TRACKS, FFMPEG)).one(TRACKS_ID)
    narrow = segment_of(make_matroska(TRACKS, MKVMERGE)).one(TRACKS_ID)
    assert (wide.payload_at - wide.at, wide.all(ENTRY)[0].payload_at - wide.all(ENTRY)[0].at) == (12, 9)
    assert narrow.payload_at - narrow.at == 6


def test_voids_hold_decoys() -> None:
    """Voids inside Tracks and its entries hold a Language, and the outer Void may hold old Tracks."""
    layout = replace(MKVMERGE, voids_in_tracks=True, old_tracks=(Track(language="rus"),))
    segment = segment_of(make_matroska([Track(language="jpn"), Track(language="ger")], layout))
    tracks = segment.one(TRACKS_ID)
    assert [child.ident for child in tracks.children] == [VOID, ENTRY, VOID, ENTRY]
    for entry, code in zip(tracks.all(ENTRY), (b"jpn", b"ger"), strict=True):
        assert [void.children[0].payload for void in entry.all(VOID)] == [b"xxx", b"xxx"]
        assert entry.one(LANGUAGE).payload == code
    old = walk(segment.data, segment.one(VOID).payload_at, segment.one(VOID).end - layout.void_bytes)
    assert [(node.ident, node.one(ENTRY).one(LANGUAGE).payload) for node in old] == [(TRACKS_ID, b"rus")]


def test_nul_padding() -> None:
    """Strings can be padded with NULs, as the specification allows."""
    data = make_matroska([Track(language="ger", bcp47="de", title="Ton")], replace(MKVMERGE, nul_padding=3))
    [entry] = entries_of(data)
    idents = (LANGUAGE, 0x22B59D, 0x536E, 0x86)
    assert [entry.one(ident).payload for ident in idents] == [
        b"ger\0\0\0",
        b"de\0\0\0",
        b"Ton\0\0\0",
        b"A_AAC\0\0\0",
    ]


def test_the_head_of_the_file() -> None:
    """Doctype and EBMLMaxIDLength are the layout's; junk stands before the EBML header."""
    plain = make_matroska(TRACKS)
    [header, _] = walk(plain, 0, len(plain))
    assert (header.one(0x4282).payload, header.number(0x42F2), header.number(0x42F3)) == (b"matroska", 4, 8)
    assert [header.number(ident) for ident in (0x4286, 0x42F7, 0x4287, 0x4285)] == [1, 1, 4, 2]
    webm = make_matroska(TRACKS, replace(WEBM, max_id_length=None))
    [header, _] = walk(webm, 0, len(webm))
    assert (header.one(0x4282).payload, header.all(0x42F2)) == (b"webm", [])
    assert make_matroska(TRACKS, replace(MKVMERGE, junk=b"junk\0")) == b"junk\0" + plain


def test_the_duration_is_a_second_a_cluster() -> None:
    """The Info counts in milliseconds and states a second for each cluster."""
    for clusters, size in ((1, None), (3, 3 << 20)):
        info = segment_of(make_matroska(TRACKS, pad_to_bytes=size)).one(INFO)
        assert info.number(0x2AD7B1) == 1_000_000
        assert struct.unpack(">d", info.one(0x4489).payload) == (clusters * 1000.0,)


def test_tags_name_their_track() -> None:
    """A LANGUAGE entry under Tags names the track's UID; without one there are no Tags."""
    segment = segment_of(make_matroska(TRACKS))
    [tag] = segment.one(TAGS).all(0x7373)
    simple = tag.one(0x67C8)
    assert tag.one(0x63C0).number(0x63C5) == segment.one(TRACKS_ID).all(ENTRY)[1].number(0x73C5)
    assert (simple.one(0x45A3).payload, simple.one(0x4487).payload) == (b"LANGUAGE", b"ger")
    assert segment_of(make_matroska([Track()])).all(TAGS) == []


def test_two_hundred_tracks_and_none() -> None:
    """A file may have more tracks than one byte can number, or none."""
    numbers = [entry.number(0xD7) for entry in entries_of(make_matroska([Track(language="eng")] * 200))]
    assert numbers == list(range(1, 201))
    assert entries_of(make_matroska([])) == []
    assert len(make_matroska([], pad_to_bytes=5000)) == 5000


@pytest.mark.parametrize("name", ["mkvmerge", "ffmpeg", "tracks-at-end", "all-unknown"])
@pytest.mark.parametrize("more_bytes", [0, 1, 2, 127, 128, 5000, (1 << 20) + 1, 3 << 20])
def test_padding_is_exact(name: str, more_bytes: int) -> None:
    """A padded file has the wanted size, is whole, and keeps its tracks."""
    wanted = len(make_matroska(TRACKS, LAYOUTS[name])) + more_bytes
    data = make_matroska(TRACKS, LAYOUTS[name], pad_to_bytes=wanted)
    assert len(data) == wanted
    assert walk_all(segment_of(data)) > 40
    assert len(entries_of(data)) == 4


def test_padding_that_cannot_be() -> None:
    """Too small a size, and a file without clusters, are refused."""
    least = len(make_matroska(TRACKS))
    with pytest.raises(
        ValueError, match=re.escape(f"smaller than {least} bytes; {least - 1} were asked for")
    ):
        make_matroska(TRACKS, pad_to_bytes=least - 1)
    with pytest.raises(ValueError, match="without clusters"):
        make_matroska(TRACKS, replace(MKVMERGE, order=("tracks",)), pad_to_bytes=5000)


def test_a_written_file_is_the_made_one(tmp_path: Path) -> None:
    """Writing gives the same bytes, and the filler takes no place on the disk."""
    write_matroska(tmp_path / "a.mkv", TRACKS, pad_to_bytes=4 << 20)
    assert (tmp_path / "a.mkv").read_bytes() == make_matroska(TRACKS, pad_to_bytes=4 << 20)
    write_matroska(tmp_path / "big.mkv", TRACKS, pad_to_bytes=2 << 30)
    state = (tmp_path / "big.mkv").stat()
    assert state.st_size == 2 << 30
    assert getattr(state, "st_blocks", 0) * 512 < 64 << 20


def test_frames_lie_one_by_one_where_programs_look() -> None:
    """A cluster has as many blocks of each track as asked, in order of time; the filler lies in the first track's."""
    data = make_matroska(TRACKS, replace(MKVMERGE, frames=4), pad_to_bytes=2 << 20)
    for cluster in segment_of(data).all(CLUSTER):
        blocks = [block.payload for block in cluster.all(0xA3)]
        assert [block[0] & 0x7F for block in blocks] == [2, 3, 4, 1] * 4
        assert [int.from_bytes(block[1:3], "big") for block in blocks[::4]] == [0, 250, 500, 750]
        pictures = blocks[3::4]
        assert all(len(block) > 250_000 for block in pictures)
        assert [int.from_bytes(block[4:8], "big") for block in pictures] == [
            len(block) - 8 for block in pictures
        ]


def test_the_middle_of_a_large_film_has_a_frame_a_second(tmp_path: Path) -> None:
    """Frames are spread over 64 MB at either end alone: a large file still takes next to no place."""
    path = tmp_path / "film.mkv"
    write_matroska(path, [Track("video")], replace(MKVMERGE, frames=4), pad_to_bytes=130 << 20)
    blocks = [len(cluster.all(0xA3)) for cluster in segment_of(path.read_bytes()).all(CLUSTER)]
    assert blocks == [4] * 64 + [1] * 2 + [4] * 64


@pytest.mark.parametrize("more_bytes", [1, 16, 5000])
def test_sizes_too_large(more_bytes: int) -> None:
    """An overstated element, and no other, ends that many bytes past its parent."""
    ends = {}
    for what in (None, "segment", "tracks", "entry", "child"):
        layout = replace(TRACKS_AT_END, overstate=what, overstate_by=more_bytes)
        data = make_matroska([Track(language="ger"), Track(language="eng")], layout)
        ends[what] = stated_ends(data)
    assert ends[None] == {"segment": 0, "tracks": 0, "entry": 0, "child": 0}
    for what in ("segment", "tracks", "entry", "child"):
        assert ends[what] == ends[None] | {what: more_bytes}


def stated_ends(data: bytes) -> dict[str, int]:
    """How far the last element of each level ends past its parent's true end: all of them end the file."""
    past, at = {}, data.index(SEGMENT.to_bytes(4, "big"))
    for level, ident in (("segment", SEGMENT), ("tracks", TRACKS_ID), ("entry", ENTRY)):
        at = data.rindex(ident.to_bytes((ident.bit_length() + 7) // 8, "big"), at)
        _, size_at = vint(data, at, keep_marker=True)
        size, payload_at = vint(data, size_at)
        past[level] = payload_at + size - len(data)
        at = payload_at
    while at < len(data):
        _, size_at = vint(data, at, keep_marker=True)
        size, payload_at = vint(data, size_at)
        at = payload_at + size
    return past | {"child": at - len(data)}


def test_frames_lie_in_the_clusters() -> None:
    """A cluster holds one block a track: its number, time 0, a key frame, the data."""
    tracks = [Track(codec=codec, channels=2) for codec in ("aac", "opus", "ac3")]
    tracks += [Track("video", codec="vp9"), Track("subtitle"), Track(codec="opus", channels=1)]
    cluster = segment_of(make_matroska(tracks)).one(CLUSTER)
    assert {block.payload[:8] for block in cluster.all(0xA3)} == {
        b"\x81\0\0\x80\x21\x10\x04\x60",
        b"\x82\0\0\x80\xfc\xff\xfe",
        b"\x83\0\0\x80\0\0\0\0",
        b"\x84\0\0\x80\x82\x49\x83\x42",
        b"\x85\0\0\x80Hell",
        b"\x86\0\0\x80\xf8\xff\xfe",
    }
