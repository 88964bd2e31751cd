"""Sample descriptions and sample tables of MP4."""

import struct
from dataclasses import dataclass

from taggarr.simulator.media_codecs import (
    AVC_CONFIGURATION,
    HEIGHT,
    SAMPLE_RATE_HZ,
    USUAL,
    WIDTH,
    audio_specific_config,
    codec_of,
    dolby_configuration,
    flac_stream_info,
    opus_channel_mapping,
)
from taggarr.simulator.media_track import Track
from taggarr.simulator.mp4_boxes import BoxWriter, u16, u32, u64

TIMES = {"audio": (SAMPLE_RATE_HZ, 1024), "video": (25_000, 1000), "subtitle": (1000, 1000)}
"""Kind → (timescale, duration of a sample)."""


@dataclass(frozen=True, slots=True)
class Run:
    """The samples of one track: all of one size, the same number in every chunk but the last."""

    sample_bytes: int
    samples: int
    samples_a_chunk: int
    chunks: int

    def samples_in(self, chunk: int) -> int:
        """How many samples lie in this chunk, counted from 0."""
        return min(self.samples_a_chunk, self.samples - chunk * self.samples_a_chunk)


def sample_table(
    boxes: BoxWriter, description: bytes, run: Run, delta: int, offsets: list[int], *, wide: bool
) -> bytes:
    """The `stbl`: every size and chunk offset written out, as in a real film; empty for an empty run."""
    number = u64 if wide else u32
    groups = []
    if run.samples:
        groups = [u32(1) + u32(run.samples_in(0)) + u32(1)]
        if run.chunks > 1 and run.samples_in(run.chunks - 1) != run.samples_a_chunk:
            groups.append(u32(run.chunks) + u32(run.samples_in(run.chunks - 1)) + u32(1))
    times = [u32(run.samples) + u32(delta)] if run.samples else []
    return boxes.box(
        "stbl",
        boxes.full("stsd", u32(1), description),
        boxes.full("stts", u32(len(times)), *times),
        boxes.full("stsc", u32(len(groups)), *groups),
        boxes.full("stsz", u32(0), u32(run.samples), u32(run.sample_bytes) * run.samples),
        boxes.full("co64" if wide else "stco", u32(len(offsets)), *map(number, offsets)),
    )


def sample_description(boxes: BoxWriter, track: Track, version: int = 0) -> bytes:
    """The one entry of `stsd`; `version` is that of a sound description."""
    codec = track.codec or USUAL[track.kind]
    entry = codec_of(codec).sample_entry
    head = bytes(6) + u16(1)
    more = bytes(track.codec_private_bytes)
    if track.kind == "video":
        size = u16(WIDTH) + u16(HEIGHT) + u32(72 << 16) * 2 + u32(0) + u16(1)
        configuration = boxes.box("avcC", AVC_CONFIGURATION, more) if codec == "avc" else b""
        return boxes.box(entry, head, bytes(16), size, bytes(32), u16(24), b"\xff\xff", configuration)
    if track.kind == "subtitle":
        fonts = boxes.box("ftab", u16(1), u16(1), b"\5Serif")
        style = u16(0) * 2 + u16(1) + bytes((0, 16)) + b"\xff" * 4
        return boxes.box(entry, head, u32(0), b"\1\xff", bytes(4), bytes(8), style, fonts)
    channels = 2 if track.channels is None else track.channels
    unused = boxes.box("free", more) if more else b""
    configuration = _audio_configuration(boxes, codec, channels)
    return boxes.box(entry, head, _sound(version, channels), configuration, unused)


def _sound(version: int, channels: int) -> bytes:
    """The fields of a sound description. QuickTime's version 2 moves rate and channels behind constants."""
    head = u16(version) + bytes(6)
    rate = u32(SAMPLE_RATE_HZ << 16)
    if version == 2:
        constants = u16(3) + u16(16) + b"\xff\xfe" + u16(0) + u32(1 << 16)
        real = u32(72) + struct.pack(">d", SAMPLE_RATE_HZ) + u32(channels) + u32(0x7F000000)
        return head + constants + real + u32(16) + u32(0) * 3
    if version == 1:
        packets = u32(1024) + u32(0) + u32(2 * channels) + u32(2)
        return head + u16(channels) + u16(16) + b"\xff\xfe" + u16(0) + rate + packets
    return head + u16(channels) + u16(16) + bytes(4) + rate


def _audio_configuration(boxes: BoxWriter, codec: str, channels: int) -> bytes:
    match codec:
        case "aac" | "mp3":
            return _elementary_stream(boxes, codec, channels)
        case "ac3" | "eac3":
            kind = "dac3" if codec == "ac3" else "dec3"
            return boxes.box(kind, dolby_configuration(channels, enhanced=codec == "eac3"))
        case "flac":
            return boxes.full("dfLa", flac_stream_info(channels))
        case "opus":
            mapping = opus_channel_mapping(channels)
            return boxes.box("dOps", bytes((0, channels)), u16(0), u32(SAMPLE_RATE_HZ), u16(0), mapping)
        case _:
            return b""


def _elementary_stream(boxes: BoxWriter, codec: str, channels: int) -> bytes:
    """An `esds`: nested descriptors of one-byte lengths (ISO 14496-1, 7.2.6)."""
    specific = b"\5\2" + audio_specific_config(channels) if codec == "aac" else b""
    object_type = 0x40 if codec == "aac" else 0x6B
    decoder = bytes((object_type, 0x15)) + bytes(11) + specific
    stream = u16(0) + b"\0" + b"\4" + bytes((len(decoder),)) + decoder + b"\6\1\2"
    return boxes.full("esds", b"\3" + bytes((len(stream),)) + stream)
