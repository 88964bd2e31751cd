"""Files made by the programs that people use, checked against what was asked for and what these programs say.

Known disagreements, and why ours is right: ffprobe names no region or script, and does not tell a stated
English from the default of the specification; mkvmerge takes the tkhd bit of MP4 for "enabled" and so marks
all tracks but the first as disabled, though MP4 writers clear it on every track that is not the default.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from taggarr import probe
from taggarr.core.media import AudioTrack, Heard, LanguageSource

NEEDED = ("ffmpeg", "ffprobe", "mkvmerge", "mkvpropedit")
pytestmark = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in NEEDED), reason="ffmpeg or mkvtoolnix is not installed"
)

SOURCES = [
    "-f",
    "lavfi",
    "-i",
    "testsrc=size=32x32:rate=5:duration=1",
    "-f",
    "lavfi",
    "-i",
    "sine=duration=1",
]
MAPPED = ["-map", "0:v", "-map", "1:a", "-map", "1:a"]
STATED = ["-metadata:s:a:0", "language=jpn", "-metadata:s:a:1", "language=eng"]
STATED += ["-metadata:s:a:1", "title=Director's Commentary", "-disposition:a:0", "default"]


def run(*command: str | Path) -> bytes:
    return subprocess.run(command, check=True, capture_output=True).stdout


def ffmpeg(path: Path, *options: str) -> Path:
    run("ffmpeg", "-v", "error", "-y", *SOURCES, *MAPPED, *STATED, *options, path)
    return path


def audio(path: Path) -> list[dict[str, Any]]:
    """The audio streams that ffprobe sees."""
    streams = json.loads(run("ffprobe", "-v", "error", "-show_streams", "-of", "json", path))["streams"]
    return [stream for stream in streams if stream["codec_type"] == "audio"]


def tracks(path: Path, source: str) -> tuple[AudioTrack, ...]:
    reading = probe.read(path)
    assert isinstance(reading, Heard), reading
    assert reading.source == source
    return reading.tracks


@pytest.mark.parametrize(
    ("name", "options", "source"),
    [
        ("a.mkv", ("-c:v", "mpeg4", "-c:a", "ac3"), "matroska"),
        ("a.webm", ("-c:v", "libvpx", "-c:a", "libopus"), "matroska"),
        ("live.webm", ("-c:v", "libvpx", "-c:a", "libopus", "-live", "1", "-f", "webm"), "matroska"),
        ("a.mp4", ("-c:v", "mpeg4", "-c:a", "aac"), "mp4"),
        ("first.mp4", ("-c:v", "mpeg4", "-c:a", "aac", "-movflags", "+faststart"), "mp4"),
        ("live.mp4", ("-c:v", "mpeg4", "-c:a", "aac", "-movflags", "+frag_keyframe+empty_moov"), "mp4"),
        ("a.mov", ("-c:v", "mpeg4", "-c:a", "aac", "-ac", "6"), "mp4"),
        ("ac3.mp4", ("-c:v", "mpeg4", "-c:a", "ac3", "-ac", "6"), "mp4"),
        ("eac3.mp4", ("-c:v", "mpeg4", "-c:a", "eac3", "-ac", "2"), "mp4"),
        ("a.m4v", ("-c:v", "mpeg4", "-c:a", "aac", "-f", "mp4"), "mp4"),
    ],
)
def test_files_of_ffmpeg(tmp_path: Path, name: str, options: tuple[str, ...], source: str) -> None:
    """Language, title, default and channels of every container that a header reader claims."""
    path = ffmpeg(tmp_path / name, *options)
    first, second = tracks(path, source)
    assert (first.language, second.language) == ("jpn", "eng")
    assert (first.title, second.title) == (None, "Director's Commentary")
    assert (first.default, second.default) == (True, False)
    assert [first.channels, second.channels] == [stream["channels"] for stream in audio(path)]


@pytest.mark.parametrize(
    ("name", "options", "language"),
    [
        ("a.avi", ("-c:v", "mpeg4", "-c:a", "mp2"), (None, None)),
        ("a.ts", ("-c:v", "mpeg2video", "-c:a", "mp2"), ("ja", "en")),
        ("a.wmv", ("-c:v", "wmv2", "-c:a", "wmav2"), ("ja", "en")),
        ("a.mpg", ("-c:v", "mpeg2video", "-c:a", "mp2"), (None, None)),
    ],
)
def test_other_containers_go_to_libmediainfo(
    tmp_path: Path, name: str, options: tuple[str, ...], language: tuple[str | None, str | None]
) -> None:
    """What a container cannot state stays unknown; no track is lost."""
    first, second = tracks(ffmpeg(tmp_path / name, *options), "mediainfo")
    assert (first.language, second.language) == language


def test_roles_of_ffmpeg(tmp_path: Path) -> None:
    """ffmpeg writes dispositions as Matroska flags and as DASH roles."""
    options = ("-c:v", "mpeg4", "-c:a", "aac")
    flags = (
        "-disposition:a:0",
        "default+dub+visual_impaired",
        "-disposition:a:1",
        "comment+hearing_impaired",
    )
    first, second = tracks(ffmpeg(tmp_path / "a.mp4", *options, *flags), "mp4")
    assert (first.dub, first.visual_impaired, first.commentary) == (True, True, False)
    assert (second.commentary, second.hearing_impaired, second.dub) == (True, True, False)
    first, second = tracks(ffmpeg(tmp_path / "a.mkv", *options, *flags), "matroska")
    assert (first.dub, first.visual_impaired, first.commentary) == (None, True, False)
    assert (second.commentary, second.hearing_impaired) == (True, True)


@pytest.fixture
def merged(tmp_path: Path) -> Path:
    """A file by mkvmerge with a regional tag, a title and every flag of its second track set."""
    source = ffmpeg(tmp_path / "source.mkv", "-c:v", "mpeg4", "-c:a", "aac")
    path = tmp_path / "merged.mkv"
    flags = [f"--{name}-flag" for name in ("original", "commentary", "visual-impaired", "hearing-impaired")]
    options = [part for flag in flags for part in (flag, "2:1")]
    options += ["--language", "1:en", "--language", "2:pt-BR", "--track-name", "2:Português 5.1"]
    options += ["--track-enabled-flag", "2:0", "--forced-display-flag", "2:1"]
    run("mkvmerge", "-q", "-o", path, *options, source)
    return path


def test_files_of_mkvmerge(merged: Path) -> None:
    """Everything that mkvmerge was told, as it identifies the file itself."""
    first, second = tracks(merged, "matroska")
    assert (first.language or "eng", first.bcp47) == ("eng", "en")
    assert first.language_source is LanguageSource.STATED
    assert (second.language, second.bcp47, second.title) == ("por", "pt-BR", "Português 5.1")
    assert (second.original, second.commentary, second.visual_impaired) == (True, True, True)
    assert (second.hearing_impaired, second.forced, second.enabled) == (True, True, False)
    said = [
        track for track in json.loads(run("mkvmerge", "-J", merged))["tracks"] if track["type"] == "audio"
    ]
    for ours, theirs in zip((first, second), (track["properties"] for track in said), strict=True):
        assert ours.bcp47 == theirs["language_ietf"]
        assert (ours.language or "eng") == theirs["language"]
        assert (ours.title, ours.default, ours.enabled, ours.forced) == (
            theirs.get("track_name"),
            theirs["default_track"],
            theirs["enabled_track"],
            theirs["forced_track"],
        )


def test_a_track_list_that_mkvpropedit_moved(merged: Path) -> None:
    """A title that does not fit moves the list to the end of the file; an outdated one may stay in a void."""
    title = "A very long title, " * 400 + "indeed"
    run("mkvpropedit", "-q", merged, "--edit", "track:a1", "--set", f"name={title}", "--set", "language=ger")
    first, second = tracks(merged, "matroska")
    assert (first.title, first.bcp47) == (title, "de")
    assert second.bcp47 == "pt-BR"


def test_a_track_without_a_language_element(tmp_path: Path) -> None:
    """mkvmerge leaves the element out for English and writes `und` for unknown; ffprobe hides the difference."""
    source = ffmpeg(tmp_path / "source.mkv", "-c:v", "mpeg4", "-c:a", "aac")
    path = tmp_path / "merged.mkv"
    languages = ("--disable-language-ietf", "--language", "1:eng", "--language", "2:und")
    run("mkvmerge", "-q", "-o", path, *languages, source)
    first, second = tracks(path, "matroska")
    assert (first.language, first.language_source) == ("eng", LanguageSource.DEFAULT)
    assert (second.language, second.language_source) == ("und", LanguageSource.STATED)
    assert [stream["tags"].get("language") for stream in audio(path)] == ["eng", None]


def test_mp4_tracks_are_never_disabled(tmp_path: Path) -> None:
    """In the MP4 file both tracks are enabled; mkvmerge's copy says otherwise, and is taken at its word."""
    path = ffmpeg(tmp_path / "a.mp4", "-c:v", "mpeg4", "-c:a", "aac")
    copy = tmp_path / "copy.mkv"
    run("mkvmerge", "-q", "-o", copy, path)
    assert [track.enabled for track in tracks(path, "mp4")] == [True, True]
    assert [track.enabled for track in tracks(copy, "matroska")] == [True, False]
