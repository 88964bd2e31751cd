"""The MP4, MOV and M4V files of the maker, taken apart by a walk of their own."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from taggarr.simulator.media import (
    FASTSTART,
    FRAGMENTED,
    M4V,
    MP4,
    QUICKTIME,
    UNSPECIFIED_LANGUAGE,
    Mp4Layout,
    Track,
    box,
    make_mp4,
    write_mp4,
)

LAYOUTS = {
    "mp4": MP4,
    "faststart": FASTSTART,
    "m4v": M4V,
    "quicktime": QUICKTIME,
    "fragmented": FRAGMENTED,
    "noise": replace(MP4, noise=True, version=1, udta_depth=5, elng="first"),
    "wide": replace(FASTSTART, wide_boxes=frozenset({"moov", "trak", "mdia", "mdhd", "elng", "mdat"})),
    "open-mdat": replace(FASTSTART, open_ended=True),
    "open-moov": replace(MP4, open_ended=True, brand=None, elng="last"),
    "many-samples": replace(MP4, samples=120),
    "whole-chunks": replace(FASTSTART, samples=100),
    "many-in-fragment": replace(FRAGMENTED, samples=120),
    "no-samples": replace(MP4, samples=0),
}
TRACKS = [
    Track("video"),
    Track("audio", "jpn"),
    Track("audio", "ger", bcp47="de-AT", title="Österreich", commentary=True),
    Track("subtitle", "eng"),
]
FRAME_STARTS = [b"\0\0\0\x1f\x65", b"\x21\x10\x04\x60\x8c\x1c", b"\x21\x10\x04\x60\x8c\x1c", b"\0\5Hello"]
CONTAINERS = {"moov", "trak", "mdia", "minf", "stbl", "dinf", "udta", "mvex", "moof", "traf"}


@dataclass
class Box:
    """A box, where it starts, and its payload."""

    kind: str
    at: int
    payload_at: int
    end: int
    data: bytes

    @property
    def payload(self) -> bytes:
        return self.data[self.payload_at : self.end]

    @property
    def children(self) -> list["Box"]:
        return boxes(self.data, self.payload_at, self.end)

    def all(self, path: str) -> list["Box"]:
        first, _, rest = path.partition("/")
        found = [child for child in self.children if child.kind == first]
        return [deep for child in found for deep in child.all(rest)] if rest else found

    def one(self, path: str) -> "Box":
        [found] = self.all(path)
        return found


def boxes(data: bytes, at: int, end: int) -> list[Box]:
    """The boxes side by side; QuickTime may end a list with a 32-bit zero."""
    found = []
    while at < end and data[at:end] != bytes(4):
        size, name = struct.unpack_from(">I4s", data, at)
        payload_at = at + 8
        if size == 1:
            [size] = struct.unpack_from(">Q", data, at + 8)
            payload_at += 8
        stop = end if size == 0 else at + size
        assert payload_at <= stop <= end, f"{name!r} at {at} ends at {stop}, its parent at {end}"
        found.append(Box(name.decode("latin-1"), at, payload_at, stop, data))
        at = stop
    return found


def file_of(data: bytes) -> Box:
    return Box("file", 0, 0, len(data), data)


def traks_of(data: bytes) -> list[Box]:
    return file_of(data).all("moov/trak")


def count_boxes(parent: Box) -> int:
    return 1 + sum(count_boxes(child) for child in parent.children) if parent.kind in CONTAINERS else 1


def sample_places(trak: Box) -> Iterator[int]:
    """Where each sample of a track lies, by its sample table."""
    table = trak.one("mdia/minf/stbl")
    stsz, stsc = table.one("stsz").payload, table.one("stsc").payload
    offsets = table.all("stco") + table.all("co64")
    width = {"stco": 4, "co64": 8}[offsets[0].kind]
    raw = offsets[0].payload
    chunks = [int.from_bytes(raw[i : i + width], "big") for i in range(8, len(raw), width)]
    sizes = [row[0] for row in struct.iter_unpack(">I", stsz[12:])]
    rows = list(struct.iter_unpack(">III", stsc[8:]))
    sample = 0
    for number, at in enumerate(chunks, 1):
        place = at
        for _ in range(next(count for first, count, _ in reversed(rows) if first <= number)):
            yield place
            place += sizes[sample]
            sample += 1
    assert sample == len(sizes)


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_is_whole(name: str) -> None:
    """Every box of a whole file ends where its parent does, and every track has its handler."""
    data = make_mp4(TRACKS, LAYOUTS[name])
    file = file_of(data)
    assert file.children[-1].end == len(data)
    assert sum(count_boxes(child) for child in file.children) > 60
    handlers = [trak.one("mdia/hdlr").payload[8:12] for trak in traks_of(data)]
    assert handlers == [b"vide", b"soun", b"soun", b"sbtl"]
    assert [trak.one("tkhd").payload[0] for trak in traks_of(data)] == [LAYOUTS[name].version] * 4


@pytest.mark.parametrize("name", sorted(set(LAYOUTS) - {"fragmented", "many-in-fragment", "no-samples"}))
@pytest.mark.parametrize("more_bytes", [0, 12_345])
def test_samples_lie_where_the_index_says(name: str, more_bytes: int) -> None:
    """Each sample of each track starts at its place in the file, padded or not."""
    layout = LAYOUTS[name]
    size = len(make_mp4(TRACKS, layout)) + more_bytes
    data = make_mp4(TRACKS, layout, pad_to_bytes=size)
    assert len(data) == size
    for trak, start in zip(traks_of(data), FRAME_STARTS, strict=True):
        places = list(sample_places(trak))
        assert len(set(places)) == layout.samples
        assert {data[at : at + len(start)] for at in places} == {start}
        times = trak.one("mdia/minf/stbl/stts").payload
        assert struct.unpack(">IIII", times)[:3] == (0, 1, layout.samples)


@pytest.mark.parametrize("name", ["fragmented", "many-in-fragment"])
def test_samples_of_a_fragment(name: str) -> None:
    """A fragmented file has no samples in `moov`; its runs count from the start of `moof`."""
    layout = LAYOUTS[name]
    data = make_mp4(TRACKS, layout, pad_to_bytes=30_000)
    file = file_of(data)
    assert [child.kind for child in file.children] == ["ftyp", "moov", "moof", "mdat"]
    assert [list(sample_places(trak)) for trak in traks_of(data)] == [[]] * 4
    assert len(file.all("moov/mvex/trex")) == 4
    for traf, start in zip(file.all("moof/traf"), FRAME_STARTS, strict=True):
        _, _, _, sample_bytes = struct.unpack(">IIII", traf.one("tfhd").payload)
        total = 0
        for run in traf.all("trun"):
            _, count, offset = struct.unpack(">III", run.payload)
            at = file.one("moof").at + offset
            assert all(data[at + i * sample_bytes :].startswith(start) for i in range(count))
            total += count
        assert total == layout.samples


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        (MP4, ["ftyp", "mdat", "moov"]),
        (FASTSTART, ["ftyp", "moov", "mdat"]),
        (replace(QUICKTIME, brand=None), ["mdat", "moov"]),
        (replace(FASTSTART, noise=True), ["ftyp", "free", "skip", "uuid", "moov", "mdat"]),
        (replace(FRAGMENTED, moov_first=False), ["ftyp", "moov", "moof", "mdat"]),
    ],
)
def test_the_order_is_the_layouts(layout: Mp4Layout, expected: list[str]) -> None:
    """`moov` stands first or last, `ftyp` can be missing."""
    assert [child.kind for child in file_of(make_mp4(TRACKS, layout)).children] == expected


@pytest.mark.parametrize(
    ("layout", "brand"), [(MP4, b"isom"), (M4V, b"M4V "), (QUICKTIME, b"qt  "), (FRAGMENTED, b"iso5")]
)
def test_brands(layout: Mp4Layout, brand: bytes) -> None:
    """The file type names the layout's brand."""
    assert file_of(make_mp4(TRACKS, layout)).one("ftyp").payload[:4] == brand


@pytest.mark.parametrize(
    ("language", "packed"),
    [
        ("jpn", 0x2A0E),
        ("eng", 0x15C7),
        (b"ger", 0x1CB2),
        ("und", 0x55C4),
        (None, 0x55C4),
        (UNSPECIFIED_LANGUAGE, 0x7FFF),
        (0, 0),
        (11, 11),
        (0x3FF, 0x3FF),
    ],
)
@pytest.mark.parametrize("version", [0, 1])
def test_languages(language: str | bytes | int | None, packed: int, version: int) -> None:
    """`mdhd` holds three packed letters, or the number that was asked for, in both versions."""
    layout = replace(MP4, version=version)
    [trak] = traks_of(make_mp4([Track("audio", language)], layout))
    payload = trak.one("mdia/mdhd").payload
    assert len(payload) == (24, 36)[version]
    assert int.from_bytes(payload[-4:-2], "big") == packed


@pytest.mark.parametrize("language", ["de", "JPN", "pt-BR", "é12"])
def test_languages_that_cannot_be_packed(language: str) -> None:
    """Only three lower-case letters can be packed."""
    with pytest.raises(ValueError, match=f"not '{language}'"):
        make_mp4([Track("audio", language)])


@pytest.mark.parametrize(
    ("elng", "expected"),
    [
        ("first", ["elng", "mdhd", "hdlr", "minf"]),
        ("after-mdhd", ["mdhd", "elng", "hdlr", "minf"]),
        ("last", ["mdhd", "hdlr", "minf", "elng"]),
    ],
)
def test_the_extended_language_stands_anywhere(elng: str, expected: list[str]) -> None:
    """`elng` is a full box with a NUL at the end of the tag, wherever it stands."""
    [trak] = traks_of(make_mp4([Track("audio", "por", bcp47="pt-BR")], replace(MP4, elng=elng)))
    assert [child.kind for child in trak.one("mdia").children] == expected
    assert trak.one("mdia/elng").payload == b"\0\0\0\0pt-BR\0"
    [trak] = traks_of(make_mp4([Track("audio", "por")], replace(MP4, elng=elng)))
    assert [child.kind for child in trak.one("mdia").children] == ["mdhd", "hdlr", "minf"]


@pytest.mark.parametrize(
    ("track", "kind", "payloads"),
    [
        (Track(title="日本"), "name", ["日本".encode()]),
        (Track(title=b"caf\xe9"), "name", [b"caf\xe9"]),
        (Track(commentary=True), "kind", [b"commentary"]),
        (Track(visual_impaired=True), "kind", [b"description"]),
        (Track(hearing_impaired=True), "kind", [b"caption"]),
        (Track(forced=True), "kind", [b"forced-subtitle"]),
        (Track(dub=True, commentary=False), "kind", [b"dub"]),
        (Track(dub=True, roles=("main",)), "kind", [b"dub", b"main"]),
        (
            Track(characteristics=("public.accessibility.describes-video", "public.x")),
            "tagc",
            [b"public.accessibility.describes-video", b"public.x"],
        ),
    ],
)
def test_user_data_of_a_track(track: Track, kind: str, payloads: list[bytes]) -> None:
    """Titles, roles and characteristics are boxes of the track's user data."""
    [trak] = traks_of(make_mp4([track]))
    full = b"\0\0\0\0urn:mpeg:dash:role:2011\0"
    expected = [full + payload + b"\0" if kind == "kind" else payload for payload in payloads]
    assert [child.payload for child in trak.one("udta").all(kind)] == expected


def test_roles_of_other_schemes_and_no_user_data() -> None:
    """A role may name its own scheme; a track that states nothing has no user data."""
    other, plain = traks_of(
        make_mp4([Track(roles=(("about:html-kind", "main-desc"),)), Track(original=True)])
    )
    assert other.one("udta/kind").payload == b"\0\0\0\0about:html-kind\0main-desc\0"
    assert plain.all("udta") == []


def test_deep_user_data() -> None:
    """The nested boxes come before the track's own, and hold a name that is not the track's."""
    [trak] = traks_of(make_mp4([Track(title="Ton")], replace(MP4, udta_depth=30)))
    nested, name = trak.one("udta").children
    assert (nested.kind, name.payload) == ("udta", b"Ton")
    for _ in range(29):
        nested = nested.one("udta")
    assert nested.one("name").payload == b"not the title"


@pytest.mark.parametrize(("version", "sizes"), [(0, [100, 84, 24]), (1, [112, 96, 36])])
def test_headers_have_their_fixed_fields(version: int, sizes: list[int]) -> None:
    """The three headers have the sizes of the specification, the unity matrix, and matching durations."""
    file = file_of(make_mp4([Track("video")], replace(MP4, version=version, samples=25)))
    movie, track, media = (
        file.one(f"moov/{path}").payload for path in ("mvhd", "trak/tkhd", "trak/mdia/mdhd")
    )
    assert [len(payload) for payload in (movie, track, media)] == sizes
    unity = struct.pack(">9I", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
    shift = 12 if version else 0
    assert movie[36 + shift : 72 + shift] == track[40 + shift : 76 + shift] == unity
    assert track[-8:] == struct.pack(">II", 64 << 16, 64 << 16)
    assert int.from_bytes(movie[-4:], "big") == 2
    width = 8 if version else 4
    durations = [payload[at : at + width] for payload, at in ((movie, 16), (track, 20), (media, 16))]
    if version:
        durations = [payload[at : at + 8] for payload, at in ((movie, 24), (track, 28), (media, 24))]
    assert [int.from_bytes(duration, "big") for duration in durations] == [25_000, 25_000, 25_000]
    assert not any(movie[4 : 4 + 2 * width] + track[4 : 4 + 2 * width] + media[-2:])


def test_video_and_media_headers() -> None:
    """A picture is 64 × 64 at 72 dpi; the data lie in this file; every size stands in the table."""
    [trak] = traks_of(make_mp4([Track("video")]))
    table = trak.one("mdia/minf/stbl")
    payload = table.one("stsd").payload
    [entry] = boxes(payload, 8, len(payload))
    assert entry.payload[24:36] == struct.pack(">HHII", 64, 64, 72 << 16, 72 << 16)
    assert [child.kind for child in boxes(payload, entry.payload_at + 78, entry.end)] == ["avcC"]
    location = trak.one("mdia/minf/dinf/dref").payload
    assert location == bytes.fromhex("00000000 00000001 0000000c 75726c20 00000001")
    assert trak.one("mdia/minf/vmhd").payload == b"\0\0\0\1" + bytes(8)
    assert table.one("stsz").payload == struct.pack(">IIIII", 0, 0, 2, 35, 35)


def test_the_enabled_bit() -> None:
    """Unless told otherwise, the first track of each kind is the enabled one, as writers do it."""
    tracks = [Track("video"), Track(), Track(), Track(default=True), Track("subtitle", default=False)]
    flags = [trak.one("tkhd").payload[3] for trak in traks_of(make_mp4(tracks))]
    assert flags == [3, 3, 2, 3, 2]


@pytest.mark.parametrize(
    ("codec", "channels", "entry", "configuration"),
    [
        (None, 2, b"mp4a", "05021190"),
        ("aac", 6, b"mp4a", "050211b0"),
        ("mp3", 2, b"mp4a", "040d6b15"),
        ("ac3", 6, b"ac-3", "0000000b64616333103c00"),
        ("ac3", 2, b"ac-3", "0000000b64616333101000"),
        ("eac3", 6, b"ec-3", "0000000d646563330100200f00"),
        ("opus", 2, b"Opus", "00000013644f7073000200000000bb80000000"),
        ("flac", 2, b"fLaC", "0000000080000022"),
        ("dts", 6, b"dtsc", ""),
        ("sowt", 2, b"sowt", ""),
    ],
)
def test_sound_descriptions(codec: str | None, channels: int, entry: bytes, configuration: str) -> None:
    """The sample entry has the codec's type, its channels, and its configuration."""
    [trak] = traks_of(make_mp4([Track(codec=codec, channels=channels)]))
    payload = trak.one("mdia/minf/stbl/stsd").payload
    [found] = boxes(payload, 8, len(payload))
    assert found.kind.encode() == entry
    assert found.payload[16:18] == bytes((0, channels))
    assert bytes.fromhex(configuration) in found.payload[28:]
    assert bool(configuration) == bool(boxes(payload, found.payload_at + 28, found.end))


def test_quicktime_sound_descriptions() -> None:
    """Version 1 adds four numbers, version 2 keeps the true channels elsewhere; boxes follow both."""
    for version, extra_bytes, stated, at in ((1, 16, 6, 16), (2, 36, 3, 42)):
        layout = replace(QUICKTIME, sound_version=version)
        [trak] = traks_of(make_mp4([Track(channels=6)], layout))
        payload = trak.one("mdia/minf/stbl/stsd").payload
        [entry] = boxes(payload, 8, len(payload))
        assert entry.payload[8:10] == bytes((0, version))
        assert entry.payload[16:18] == bytes((0, stated))
        assert 6 in entry.payload[at : at + 2]
        [esds] = boxes(payload, entry.payload_at + 28 + extra_bytes, entry.end)
        assert esds.kind == "esds"


def test_quicktime_ends_user_data_with_a_zero() -> None:
    """QuickTime's lists of user data may end with a 32-bit zero; MP4's have none."""
    [trak] = traks_of(make_mp4([Track(title="Ton")], QUICKTIME))
    assert trak.one("udta").payload[-7:] == b"Ton\0\0\0\0"
    [trak] = traks_of(make_mp4([Track(title="Ton")], MP4))
    assert trak.one("udta").payload[-3:] == b"Ton"


def test_big_private_data() -> None:
    """A codec's private data can be made big, for video and for sound; other video has none."""
    tracks = [Track("video", codec_private_bytes=9000), Track(codec="dts", codec_private_bytes=9000)]
    for trak in traks_of(make_mp4(tracks)):
        assert trak.one("mdia/minf/stbl/stsd").end - trak.one("mdia/minf/stbl/stsd").at > 9000
    [trak] = traks_of(make_mp4([Track("video", codec="vp9")]))
    assert b"avcC" not in trak.payload


def test_silent_channels() -> None:
    """Channels that are left out are written as two: a sample entry cannot leave them out."""
    assert make_mp4([Track(channels=None)]) == make_mp4([Track(channels=2)])


def test_quicktime_handlers() -> None:
    """QuickTime names the component, counts the letters of its name, and has a second handler in `minf`."""
    [trak] = traks_of(make_mp4([Track()], QUICKTIME))
    assert trak.one("mdia/hdlr").payload[4:12] == b"mhlrsoun"
    assert trak.one("mdia/hdlr").payload[24:] == b"\x0cSoundHandler"
    assert trak.one("mdia/minf/hdlr").payload[4:12] == b"dhlrurl "
    [trak] = traks_of(make_mp4([Track()], MP4))
    assert trak.one("mdia/hdlr").payload[4:12] == b"\0\0\0\0soun"
    assert trak.one("mdia/hdlr").payload[24:] == b"SoundHandler\0"
    assert trak.all("mdia/minf/hdlr") == []


def test_a_compressed_index() -> None:
    """`cmov` holds the very `moov` that the file would have had, deflated."""
    plain = file_of(make_mp4(TRACKS, QUICKTIME)).one("moov")
    packed = file_of(make_mp4(TRACKS, replace(QUICKTIME, compressed=True))).one("moov/cmov")
    assert packed.one("dcom").payload == b"zlib"
    size, data = packed.one("cmvd").payload[:4], packed.one("cmvd").payload[4:]
    assert zlib.decompress(data) == plain.data[plain.at : plain.end]
    assert int.from_bytes(size, "big") == plain.end - plain.at


@pytest.mark.parametrize("layout", [FASTSTART, FRAGMENTED, replace(FRAGMENTED, moov_first=False)])
def test_a_compressed_index_stands_last(layout: Mp4Layout) -> None:
    """A compressed index elsewhere is refused: its size would depend on the offsets in it."""
    with pytest.raises(ValueError, match="compressed moov"):
        make_mp4(TRACKS, replace(layout, compressed=True))


def test_open_ended_boxes() -> None:
    """The last box, and only that one, has the size 0."""
    for layout, kind in ((FASTSTART, b"mdat"), (MP4, b"moov"), (FRAGMENTED, b"mdat")):
        data = make_mp4(TRACKS, replace(layout, open_ended=True))
        assert data.count(b"\0\0\0\0" + kind) == 1
        assert file_of(data).children[-1].kind.encode() == kind
        assert data.count(b"\0\0\0\0moov") + data.count(b"\0\0\0\0mdat") == 1


def test_wide_boxes() -> None:
    """The named boxes have 64-bit sizes, the others do not."""
    data = make_mp4(TRACKS, replace(MP4, wide_boxes=frozenset({"trak", "mdat"})))
    file = file_of(data)
    assert {trak.payload_at - trak.at for trak in traks_of(data)} == {16}
    assert file.one("mdat").payload_at - file.one("mdat").at == 16
    assert file.one("moov").payload_at - file.one("moov").at == 8


def test_noise_holds_decoys() -> None:
    """Free, skip and uuid boxes stand at every level and hold what looks like an English `mdhd`."""
    file = file_of(make_mp4([Track(language="jpn", title="Ton")], replace(MP4, noise=True)))
    for path in ("", "moov/", "moov/trak/", "moov/trak/mdia/", "moov/trak/udta/"):
        for kind, skipped_bytes in (("free", 0), ("skip", 0), ("uuid", 16)):
            noise = file.one(path + kind)
            [decoy] = boxes(noise.data, noise.payload_at + skipped_bytes, noise.end)
            assert (decoy.kind, len(decoy.payload), decoy.payload[-4:-2]) == ("mdhd", 24, b"\x15\xc7")
    assert file.one("moov/trak/mdia/mdhd").payload[-4:-2] == b"\x2a\x0e"


def test_the_film_has_a_name_of_its_own() -> None:
    """The movie's user data names the film, flat and in iTunes' way; no track has that name."""
    file = file_of(make_mp4([Track(title="Ton")]))
    assert file.one("moov/udta/name").payload == b"The film"
    assert b"\xa9nam" in file.one("moov/udta/meta").payload
    assert file.one("moov/trak/udta/name").payload == b"Ton"


def test_extra_boxes_come_last() -> None:
    """Raw boxes are put at the end of their `trak`."""
    [trak] = traks_of(make_mp4([Track(title="Ton", extra=box("udta", box("name", b"Zwei")))]))
    assert [child.kind for child in trak.children] == ["tkhd", "mdia", "udta", "udta"]
    assert trak.all("udta/name")[1].payload == b"Zwei"


@pytest.mark.parametrize(
    "name", ["mp4", "faststart", "fragmented", "many-samples", "no-samples", "open-mdat"]
)
@pytest.mark.parametrize("more_bytes", [0, 1, 7, 100_000])
def test_padding_is_exact(name: str, more_bytes: int) -> None:
    """A padded file has the wanted size and is whole."""
    wanted = len(make_mp4(TRACKS, LAYOUTS[name])) + more_bytes
    data = make_mp4(TRACKS, LAYOUTS[name], pad_to_bytes=wanted)
    assert len(data) == wanted
    assert file_of(data).children[-1].end == wanted


def test_padding_that_cannot_be() -> None:
    """Too small a size is refused, with the smallest one."""
    least = len(make_mp4(TRACKS))
    with pytest.raises(ValueError, match=f"smaller than {least} bytes"):
        make_mp4(TRACKS, pad_to_bytes=least - 1)


def test_a_written_file_is_the_made_one(tmp_path: Path) -> None:
    """Writing gives the same bytes."""
    write_mp4(tmp_path / "a.mp4", TRACKS, pad_to_bytes=1 << 20)
    assert (tmp_path / "a.mp4").read_bytes() == make_mp4(TRACKS, pad_to_bytes=1 << 20)


@pytest.mark.parametrize("layout", [MP4, FASTSTART])
def test_more_than_four_gigabytes(tmp_path: Path, layout: Mp4Layout) -> None:
    """Past 4 GB the media data has a 64-bit size and the offsets are 64-bit; it takes no place on the disk."""
    path = tmp_path / "big.mp4"
    write_mp4(path, TRACKS, layout, pad_to_bytes=5 << 30)
    state = path.stat()
    assert state.st_size == 5 << 30
    assert getattr(state, "st_blocks", 0) * 512 < 1 << 20
    with path.open("rb") as file:
        start = file.read(4000)
        file.seek(-4000, 2)
        end = file.read()
    at = start.index(b"mdat")
    size = int.from_bytes(start[at + 4 : at + 12], "big")
    assert start[at - 4 : at] == b"\0\0\0\1"
    assert size > (5 << 30) - 4000
    index = start if layout.moov_first else end
    assert (index.count(b"co64"), index.count(b"stco")) == (4, 0)
    last = index.rindex(b"co64")
    [offset] = struct.unpack_from(">Q", index, last + 12)
    with path.open("rb") as file:
        file.seek(offset)
        assert file.read(7) == b"\0\5Hello"
    assert offset > 3 << 30


@pytest.mark.parametrize("kind", ["moov", "trak", "mdia", "mdhd", "elng", "udta", "mdat"])
def test_sizes_too_large(kind: str) -> None:
    """Boxes of the named type, and no others, state a size that is so much too large."""
    tracks = [Track("audio", "ger", bcp47="de", title="Ton")]
    right = make_mp4(tracks, MP4)
    wrong = make_mp4(tracks, replace(MP4, overstate=kind, overstate_by=1000))
    assert len(wrong) == len(right)
    changed = []
    for at in range(len(right) - 8):
        if right[at + 4 : at + 8] == kind.encode() and right[at : at + 4] != wrong[at : at + 4]:
            [before], [after] = struct.unpack_from(">I", right, at), struct.unpack_from(">I", wrong, at)
            changed.append(after - before)
    assert changed == [1000] * (2 if kind == "udta" else 1)
    assert sum(a != b for a, b in zip(right, wrong, strict=True)) <= 3 * len(changed)
