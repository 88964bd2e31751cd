"""Files made by the programs that people use, checked against what was asked for and what these programs say.

Known disagreements, and why ours is right: ffprobe names no region or script, and does not tell a stated
English from the default of the specification; mkvmerge takes the tkhd bit of MP4 for "enabled" and so marks
all tracks but the first as disabled, though MP4 writers clear it on every track that is not the default.
Of the Macintosh language codes in MOV, mkvmerge leaves some out.
In AVI, libmediainfo takes titles for Latin-1 (ffmpeg, and most writers of today, write UTF-8), takes any word for
a language, and keeps the names of tracks that a copy left behind; ffprobe names no language at all and looks for
streams in lists of any kind; both read a file with fewer streams than it announces as if it were whole.
Of a transport stream, libmediainfo tells neither audio description nor the second language of a track that has one
in each channel, and sorts the tracks by their numbers, where the list's order is what players go by; and like
ffprobe it counts the tracks of all programs, of which people see one.
"""

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from taggarr import probe
from taggarr.core.media import AudioTrack, Heard, LanguageSource, Unreadable
from taggarr.probe.mediainfo import libmediainfo
from taggarr.simulator.media import AVI, Track, write_avi

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
    """The file; its name tells the format unless an option does."""
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
    """Language, title, default and channels of every container that a header reader claims, as others see them."""
    path = ffmpeg(tmp_path / name, *options)
    first, second = tracks(path, source)
    assert (first.language, second.language) == ("jpn", "eng")
    assert (first.title, second.title) == (None, "Director's Commentary")
    assert (first.default, second.default) == (True, False)
    theirs = audio(path)
    assert [first.channels, second.channels] == [stream["channels"] for stream in theirs]
    assert [stream["tags"]["language"] for stream in theirs] == ["jpn", "eng"]
    said = libmediainfo.read(str(path))
    assert isinstance(said, Heard)
    assert [(track.language, track.title) for track in said.tracks] == [("ja", None), ("en", second.title)]
    identified = json.loads(run("mkvmerge", "-J", path))["tracks"]
    languages = [track["properties"].get("language") for track in identified if track["type"] == "audio"]
    if name != "a.mov":  # of the Macintosh codes there, mkvmerge does not know all
        assert languages == ["jpn", "eng"]


@pytest.mark.parametrize(
    ("name", "options", "language"),
    [
        ("private.m2ts", ("-c:v", "mpeg2video", "-c:a", "mp2", "-f", "mpegts"), ("ja", "en")),
        ("a.ts", ("-c:v", "mpeg2video", "-c:a", "dca", "-strict", "-2"), ("ja", "en")),
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


@pytest.mark.parametrize(
    ("codec", "options"),
    [
        ("MP2", ("-c:a", "mp2")),
        ("MP3", ("-c:a", "mp3")),
        ("AC-3", ("-c:a", "ac3", "-ac", "6")),
        ("AAC", ("-c:a", "aac", "-ac", "2")),
        ("PCM", ("-c:a", "pcm_s16le", "-ac", "2")),
        ("PCM", ("-c:a", "pcm_s24le", "-ac", "6")),
        ("DTS", ("-c:a", "dca", "-strict", "-2", "-ac", "6")),
        ("FLAC", ("-c:a", "flac")),
        ("WMA", ("-c:a", "wmav2")),
        ("MP3", ("-c:a", "mp3", "-reserve_index_space", "0")),
    ],
)
def test_avi_files_of_ffmpeg(tmp_path: Path, codec: str, options: tuple[str, ...]) -> None:
    """Title, channels and the languages that AVI has a place for; both other programs see the same tracks."""
    named = (
        "-metadata",
        "IAS1=French",
        "-metadata",
        "IAS2=jpn",
        "-metadata:s:a:0",
        "title=Version originale",
    )
    path = ffmpeg(tmp_path / "a.avi", "-c:v", "mpeg4", *named, *options)
    ours = tracks(path, "avi")
    assert [(track.language, track.title) for track in ours] == [
        ("French", "Version originale"),
        ("jpn", "Director's Commentary"),
    ]
    assert [track.codec for track in ours] == [codec] * 2
    theirs = audio(path)
    assert [track.channels for track in ours] == [stream["channels"] for stream in theirs]
    assert [track.title for track in ours] == [stream["tags"]["title"] for stream in theirs]
    said = libmediainfo.read(str(path))
    assert isinstance(said, Heard)
    assert [(track.title, track.language) for track in said.tracks] == [
        ("Version originale", "fr"),
        ("Director's Commentary", "ja"),
    ]
    assert [track.channels for track in said.tracks] == [track.channels for track in ours]


def test_an_avi_file_without_languages(tmp_path: Path) -> None:
    """ffmpeg drops what it was told of the tracks' languages: nothing is known, and nobody says English."""
    path = ffmpeg(tmp_path / "a.avi", "-c:v", "mpeg4", "-c:a", "mp3")
    for track in tracks(path, "avi"):
        assert (track.language, track.language_source) == (None, LanguageSource.NONE)
    said = libmediainfo.read(str(path))
    assert isinstance(said, Heard)
    assert [track.language for track in said.tracks] == [None, None]
    assert all("language" not in stream.get("tags", {}) for stream in audio(path))


def test_where_libmediainfo_is_wrong_about_avi(tmp_path: Path) -> None:
    """A title in UTF-8, a word that is no language, and names that were kept of tracks that were not."""
    title = ("-metadata:s:a:0", "title=Stéréo", "-metadata", "IAS1=Stereo")
    path = ffmpeg(tmp_path / "a.avi", "-c:v", "mpeg4", "-c:a", "mp3", *title)
    first, _ = tracks(path, "avi")
    assert (first.title, first.language) == ("Stéréo", None)
    said = libmediainfo.read(str(path))
    assert isinstance(said, Heard)
    assert (said.tracks[0].title, said.tracks[0].language) == ("StÃ©rÃ©o", "Stereo")
    both = ("-metadata", "IAS1=English", "-metadata", "IAS2=Japanese")
    named = ffmpeg(tmp_path / "named.avi", "-c:v", "mpeg4", "-c:a", "mp3", *both)
    copy = tmp_path / "copy.avi"
    run("ffmpeg", "-v", "error", "-i", named, "-map", "0:v", "-map", "0:a:1", "-c", "copy", copy)
    (japanese,) = tracks(copy, "avi")
    assert japanese.language is None
    said = libmediainfo.read(str(copy))
    assert isinstance(said, Heard)
    assert said.tracks[0].language == "en"


def test_where_others_do_not_see_the_damage_of_an_avi_file(tmp_path: Path) -> None:
    """A stream that is announced and not described is missing; a stream in an unknown list is none."""
    path = tmp_path / "a.avi"
    film = [Track("video"), Track(title="Stereo")]
    write_avi(path, film, replace(AVI, announced=3))
    assert isinstance(probe.read(path), Unreadable)
    said = libmediainfo.read(str(path))
    assert isinstance(said, Heard)
    assert (len(said.tracks), len(audio(path))) == (1, 1)
    write_avi(path, film, replace(AVI, noise=True))
    assert [track.title for track in tracks(path, "avi")] == ["Stereo"]
    streams = json.loads(run("ffprobe", "-v", "quiet", "-show_streams", "-of", "json", path))["streams"]
    assert len(streams) > len(film)


@pytest.mark.parametrize(
    ("codec", "options"),
    [
        ("mp2", ()),
        ("libmp3lame", ()),
        ("aac", ()),
        ("aac", ("-mpegts_flags", "latm")),
        ("ac3", ()),
        ("ac3", ("-mpegts_flags", "system_b")),
        ("ac3", ("-mpegts_m2ts_mode", "1")),
        ("eac3", ()),
        ("eac3", ("-mpegts_flags", "system_b")),
        ("eac3", ("-mpegts_m2ts_mode", "1")),
        ("dca", ("-mpegts_m2ts_mode", "1")),
        ("truehd", ("-mpegts_m2ts_mode", "1")),
        ("pcm_bluray", ("-mpegts_m2ts_mode", "1")),
        ("libopus", ()),
        ("s302m", ()),
        ("mp2", ("-streamid", "1:0x1000", "-mpegts_pmt_start_pid", "0x30")),
    ],
)
def test_transport_streams_of_ffmpeg(tmp_path: Path, codec: str, options: tuple[str, ...]) -> None:
    """Languages and audio types of every codec, as ffprobe and libmediainfo see them where they do."""
    encoded = ("-c:v", "mpeg2video", "-c:a", codec, "-ar", "48000", "-ac", "2", "-strict", "-2")
    flags = ("-disposition:a:0", "hearing_impaired", "-disposition:a:1", "visual_impaired")
    path = ffmpeg(tmp_path / "film", *encoded, *flags, *options, "-f", "mpegts")
    first, second = tracks(path, "mpegts")
    assert (first.language, second.language) == ("jpn", "eng")
    assert (first.hearing_impaired, first.visual_impaired) == (True, False)
    assert (second.hearing_impaired, second.visual_impaired) == (False, True)
    stated = [stream for stream in audio(path) if "language" in stream.get("tags", {})]
    assert [stream["tags"]["language"] for stream in stated] == ["jpn", "eng"]
    assert [stream["disposition"]["visual_impaired"] for stream in stated] == [0, 1]
    theirs = libmediainfo.read(str(path))
    assert isinstance(theirs, Heard)
    assert {track.language for track in theirs.tracks} == {"ja", "en"}  # in the order of their PIDs


def test_programs_of_ffmpeg(tmp_path: Path) -> None:
    """Of two programs the first with video counts; ffprobe and libmediainfo tell the tracks of both."""
    encoded = ("-c:v", "mpeg2video", "-c:a", "mp2")
    programs = ("-program", "title=radio:st=1", "-program", "title=film:st=0:st=2")
    path = ffmpeg(tmp_path / "film.ts", *encoded, *programs)
    assert [track.language for track in tracks(path, "mpegts")] == ["eng"]
    assert len(audio(path)) == 2


def test_a_transport_stream_without_languages(tmp_path: Path) -> None:
    """What is not stated is not English, here and there."""
    path = tmp_path / "film.ts"
    run("ffmpeg", "-v", "error", "-y", *SOURCES, *MAPPED, "-c:v", "mpeg2video", "-c:a", "ac3", path)
    assert [track.language for track in tracks(path, "mpegts")] == [None, None]
    assert [stream.get("tags") for stream in audio(path)] == [None, None]


@pytest.mark.parametrize("from_packet", [1, 2, 3, 150])
def test_a_recording_begins_anywhere(tmp_path: Path, from_packet: int) -> None:
    """A stream that was cut, within a packet too: the tables come round again."""
    path = ffmpeg(tmp_path / "film.ts", "-c:v", "mpeg2video", "-c:a", "mp2")
    path.write_bytes(path.read_bytes()[from_packet * 188 - 50 :])
    assert [track.language for track in tracks(path, "mpegts")] == ["jpn", "eng"]


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
