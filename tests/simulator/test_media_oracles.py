"""What other programs say of the maker's files: libmediainfo, ffprobe and mkvmerge."""

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from pymediainfo import MediaInfo

from taggarr.simulator.media import (
    DVB,
    FASTSTART,
    FFMPEG,
    FRAGMENTED,
    LIVE_WEBM,
    M2TS,
    M4V,
    MKVMERGE,
    MP4,
    QUICKTIME,
    TRACKS_AT_END,
    TS,
    WEBM,
    Track,
    make_ogg,
    write_matroska,
    write_mp4,
    write_ts,
)

needs_mediainfo = pytest.mark.skipif(not MediaInfo.can_parse(), reason="libmediainfo is not installed")
needs_ffprobe = pytest.mark.skipif(not shutil.which("ffprobe"), reason="ffprobe is not installed")
needs_mkvmerge = pytest.mark.skipif(not shutil.which("mkvmerge"), reason="mkvmerge is not installed")

TRACKS = [
    Track("video", "und"),
    Track("audio", "jpn", title="日本", channels=6, original=True),
    Track("audio", "ger", title="Kommentar", commentary=True),
    Track("subtitle", "eng", forced=True),
]
MATROSKA = {
    "mkvmerge": MKVMERGE,
    "ffmpeg": FFMPEG,
    "tracks-at-end": TRACKS_AT_END,
    "webm": WEBM,
    "live": LIVE_WEBM,
    "chained": replace(TRACKS_AT_END, seek="chained"),
    "missing": replace(MKVMERGE, seek="missing"),
    "voids": replace(MKVMERGE, voids_in_tracks=True, crc=True, old_tracks=(Track(language="rus"),)),
    "nul-padding": replace(MKVMERGE, nul_padding=2),
    "no-max-id-length": replace(MKVMERGE, max_id_length=None),
}
MEDIAINFO_CANNOT = {"chained"}  # it does not follow a SeekHead to another one
MP4_LAYOUTS = {
    "mp4": MP4,
    "faststart": FASTSTART,
    "m4v": M4V,
    "quicktime": QUICKTIME,
    "sound-version-1": replace(QUICKTIME, sound_version=1),
    "sound-version-2": replace(QUICKTIME, sound_version=2),
    "fragmented": FRAGMENTED,
    "version-1-and-noise": replace(MP4, version=1, noise=True, udta_depth=4),
    "wide": replace(FASTSTART, wide_boxes=frozenset({"moov", "trak", "mdia", "mdhd", "mdat"})),
    "open-ended": replace(MP4, open_ended=True, brand=None),
    "compressed": replace(QUICKTIME, compressed=True),
}
TS_LAYOUTS = {
    "ts": TS,
    "dvb": DVB,
    "m2ts": M2TS,
    "split": replace(TS, section_bytes=20),
    "late": replace(TS, late=50, map_first=True, copies=2),
    "spoilt": replace(TS, spoilt="checksum", copies=2),
    "junk": replace(TS, junk=bytes(100)),
}


def ffprobe(path: Path) -> list[dict]:
    """The streams as ffprobe sees them; it must not complain about the container."""
    command = ["ffprobe", "-v", "warning", "-of", "json", "-show_streams", path]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stderr == ""
    return json.loads(done.stdout)["streams"]


def mediainfo(path: Path) -> list[tuple]:
    """(language, title, channels) of each audio track as libmediainfo sees them."""
    tracks = MediaInfo.parse(path, parse_speed=0).audio_tracks
    return [(track.language, track.title, track.channel_s) for track in tracks]


@needs_mediainfo
@pytest.mark.parametrize("name", sorted(set(MATROSKA) - MEDIAINFO_CANNOT))
def test_mediainfo_reads_matroska(tmp_path: Path, name: str) -> None:
    """libmediainfo finds both audio tracks in each layout."""
    write_matroska(tmp_path / "a.mkv", TRACKS, MATROSKA[name])
    assert mediainfo(tmp_path / "a.mkv") == [("ja", "日本", 6), ("de", "Kommentar", 2)]


@needs_mediainfo
@pytest.mark.parametrize("name", MP4_LAYOUTS)
def test_mediainfo_reads_mp4(tmp_path: Path, name: str) -> None:
    """libmediainfo finds both audio tracks in each layout."""
    write_mp4(tmp_path / "a.mp4", TRACKS, MP4_LAYOUTS[name])
    assert mediainfo(tmp_path / "a.mp4") == [("ja", "日本", 6), ("de", "Kommentar", 2)]


@needs_mediainfo
@pytest.mark.parametrize("name", TS_LAYOUTS)
def test_mediainfo_reads_ts(tmp_path: Path, name: str) -> None:
    """libmediainfo finds both audio tracks in each layout; a transport stream has no titles."""
    write_ts(tmp_path / "a.ts", TRACKS[:3], TS_LAYOUTS[name])
    assert mediainfo(tmp_path / "a.ts") == [("ja", None, 6), ("de", None, 2)]


@needs_ffprobe
@pytest.mark.parametrize("name", TS_LAYOUTS)
def test_ffprobe_reads_ts(tmp_path: Path, name: str) -> None:
    """ffprobe accepts each layout without a warning and finds languages and samples."""
    write_ts(tmp_path / "a.ts", TRACKS[:3], TS_LAYOUTS[name])
    streams = ffprobe(tmp_path / "a.ts")
    assert [stream["codec_name"] for stream in streams] == ["h264", "aac", "aac"]
    assert [stream["tags"]["language"] for stream in streams[1:]] == ["jpn", "ger"]
    assert [stream["channels"] for stream in streams[1:]] == [6, 2]


@needs_mediainfo
def test_mediainfo_reads_ogg(tmp_path: Path) -> None:
    """libmediainfo finds the language of the Ogg file."""
    (tmp_path / "a.ogv").write_bytes(make_ogg("ger"))
    assert mediainfo(tmp_path / "a.ogv") == [("de", None, 2)]


@needs_mediainfo
def test_mediainfo_takes_bcp47(tmp_path: Path) -> None:
    """The BCP 47 tag is found where libmediainfo looks for it."""
    tracks = [Track("audio", "por", bcp47="pt-BR")]
    write_matroska(tmp_path / "a.mkv", tracks)
    write_mp4(tmp_path / "a.mp4", tracks, replace(MP4, elng="last"))
    assert [mediainfo(tmp_path / name)[0][0] for name in ("a.mkv", "a.mp4")] == ["pt-BR", "pt-BR"]


@needs_ffprobe
@pytest.mark.parametrize("name", MATROSKA)
def test_ffprobe_reads_matroska(tmp_path: Path, name: str) -> None:
    """ffprobe accepts each layout without a warning and finds languages, titles and flags."""
    write_matroska(tmp_path / "a.mkv", TRACKS, MATROSKA[name])
    video, jpn, ger, subtitle = ffprobe(tmp_path / "a.mkv")
    assert [stream["codec_name"] for stream in (video, jpn, ger, subtitle)] == [
        "h264",
        "aac",
        "aac",
        "subrip",
    ]
    assert [stream["tags"]["language"] for stream in (jpn, ger, subtitle)] == ["jpn", "ger", "eng"]
    assert [stream["tags"]["title"] for stream in (jpn, ger)] == ["日本", "Kommentar"]
    assert [stream["channels"] for stream in (jpn, ger)] == [6, 2]
    assert [stream["disposition"]["original"] for stream in (jpn, ger)] == [1, 0]
    assert [stream["disposition"]["comment"] for stream in (jpn, ger)] == [0, 1]
    assert subtitle["disposition"]["forced"] == 1


@needs_ffprobe
@pytest.mark.parametrize("name", MP4_LAYOUTS)
def test_ffprobe_reads_mp4(tmp_path: Path, name: str) -> None:
    """ffprobe accepts each layout without a warning and finds languages, roles and samples."""
    write_mp4(tmp_path / "a.mp4", TRACKS, MP4_LAYOUTS[name])
    video, jpn, ger, subtitle = ffprobe(tmp_path / "a.mp4")
    assert [stream["codec_name"] for stream in (video, jpn, ger, subtitle)] == [
        "h264",
        "aac",
        "aac",
        "mov_text",
    ]
    assert [stream["tags"]["language"] for stream in (jpn, ger, subtitle)] == ["jpn", "ger", "eng"]
    assert [stream["channels"] for stream in (jpn, ger)] == [6, 2]
    assert [stream["disposition"]["comment"] for stream in (jpn, ger)] == [0, 1]
    assert subtitle["disposition"]["forced"] == 1


@needs_ffprobe
@pytest.mark.parametrize("codec", ["aac", "ac3", "eac3", "flac", "opus"])
def test_ffprobe_knows_the_codecs(tmp_path: Path, codec: str) -> None:
    """ffprobe takes each codec's description in both containers for what it is, with its six channels."""
    track = Track("audio", "eng", codec=codec, channels=6)
    write_matroska(tmp_path / "a.mkv", [track])
    write_mp4(tmp_path / "a.mp4", [track])
    for name in ("a.mkv", "a.mp4"):
        [stream] = ffprobe(tmp_path / name)
        assert (stream["codec_name"], stream["channels"]) == (codec, 6)


@needs_ffprobe
def test_ffprobe_knows_macintosh_languages(tmp_path: Path) -> None:
    """Language 11 of the Macintosh list is Japanese; 0x7FFF is none."""
    write_mp4(tmp_path / "a.mov", [Track("audio", 11), Track("audio", 0x7FFF)], QUICKTIME)
    japanese, none = ffprobe(tmp_path / "a.mov")
    assert (japanese["tags"]["language"], none["tags"].get("language")) == ("jpn", None)


@needs_mkvmerge
@pytest.mark.parametrize("name", MATROSKA)
def test_mkvmerge_reads_matroska(tmp_path: Path, name: str) -> None:
    """mkvmerge accepts each layout without a warning and finds every track."""
    write_matroska(tmp_path / "a.mkv", TRACKS, MATROSKA[name])
    command = ["mkvmerge", "-J", tmp_path / "a.mkv"]
    found = json.loads(subprocess.run(command, capture_output=True, timeout=60, check=True).stdout)
    assert (found["errors"], found["warnings"]) == ([], [])
    _, jpn, ger, _ = (track["properties"] for track in found["tracks"])
    assert [track["language"] for track in (jpn, ger)] == ["jpn", "ger"]
    assert [track["track_name"] for track in (jpn, ger)] == ["日本", "Kommentar"]
    assert [track.get("flag_original", False) for track in (jpn, ger)] == [True, False]
    assert [track.get("flag_commentary", False) for track in (jpn, ger)] == [False, True]
