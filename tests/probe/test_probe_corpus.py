"""Many files of every format, in many languages and with all flags: everything that was stated is read."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from taggarr import probe
from taggarr.core.media import Heard, LanguageSource
from taggarr.simulator.media import (
    AVI,
    AVI_OF_FFMPEG,
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
    make_avi,
    make_matroska,
    make_mp4,
    make_ts,
)

Save = Callable[..., Path]

LANGUAGES = [
    "jpn",
    "eng",
    "ger",
    "deu",
    "fre",
    "fra",
    "spa",
    "por",
    "ita",
    "rus",
    "chi",
    "zho",
    "kor",
    "ara",
    "hin",
    "tha",
    "vie",
    "tur",
    "pol",
    "dut",
    "nld",
    "swe",
    "nor",
    "nob",
    "dan",
    "fin",
    "cze",
    "ces",
    "hun",
    "rum",
    "ron",
    "bul",
    "gre",
    "ell",
    "heb",
    "ukr",
    "hrv",
    "srp",
    "slv",
    "slo",
    "slk",
    "lit",
    "lav",
    "est",
    "ice",
    "isl",
    "ind",
    "may",
    "msa",
    "tam",
    "tel",
    "kan",
    "mal",
    "ben",
    "urd",
    "per",
    "fas",
    "cat",
    "glg",
    "baq",
    "eus",
    "wel",
    "cym",
    "gle",
    "afr",
    "swa",
    "fil",
    "tgl",
    "lat",
    "und",
    "mul",
    "zxx",
    "mis",
    "qaa",
    "yue",
    "cmn",
]
TAGS = [
    *(None, "pt-BR", "es-419", "zh-Hant-TW", "fr-CA", "en-GB", "sr-Latn", "ja", "yue-HK", "de-CH-1996"),
    *("x-klingon", "i-default", "und", "en-US-x-twain", "sgn-ase", "mn-Cyrl-MN", "zh-cmn-Hans-CN"),
]
TITLES = [
    None,
    "Stereo",
    "Director's Commentary",
    "日本語",
    "Português (5.1) — dublado",
    "العربية",
    "x" * 300,
]
COUNT = 32 * 9
A_FILE = 9
"""AVI has a place for the languages of nine tracks."""


def corpus() -> list[list[Track]]:
    """Tracks in files of nine: every language with several tags and titles, every combination of flags."""
    tracks = []
    for i in range(COUNT):
        original, commentary, visual, hearing, forced = (bool(i >> bit & 1) for bit in range(5))
        tracks.append(
            Track(
                language=LANGUAGES[i % len(LANGUAGES)],
                bcp47=TAGS[i % len(TAGS)],
                title=TITLES[i % len(TITLES)],
                default=i % 3 == 0,
                enabled=i % 4 != 0,
                original=original,
                commentary=commentary,
                visual_impaired=visual,
                hearing_impaired=hearing,
                forced=forced,
                dub=i % 5 == 0,
            )
        )
    return [tracks[at : at + A_FILE] for at in range(0, COUNT, A_FILE)]


MATROSKA = ("original", "commentary", "visual_impaired", "hearing_impaired", "forced", "enabled", "default")
STATES: dict[Any, tuple[str, ...]] = {
    make_matroska: ("language", "bcp47", "title", *MATROSKA),
    make_mp4: (
        *("language", "bcp47", "title", "default", "dub"),
        *("commentary", "visual_impaired", "hearing_impaired"),
    ),
    make_avi: ("language", "title", "default"),
    make_ts: ("language", "visual_impaired", "hearing_impaired"),
}
"""What each format has a place for."""

FORMATS: dict[str, tuple[Any, Any]] = {
    "mkvmerge": (make_matroska, MKVMERGE),
    "mkv of ffmpeg": (make_matroska, FFMPEG),
    "webm": (make_matroska, WEBM),
    "live webm": (make_matroska, LIVE_WEBM),
    "mkv with its tracks at the end": (make_matroska, TRACKS_AT_END),
    "mp4": (make_mp4, MP4),
    "mp4 with its index first": (make_mp4, FASTSTART),
    "fragmented mp4": (make_mp4, FRAGMENTED),
    "m4v": (make_mp4, M4V),
    "mov": (make_mp4, QUICKTIME),
    "avi": (make_avi, AVI),
    "avi of ffmpeg": (make_avi, AVI_OF_FFMPEG),
    "ts": (make_ts, replace(TS, frames=0)),
    "ts of DVB": (make_ts, replace(DVB, frames=0)),
    "m2ts": (make_ts, replace(M2TS, frames=0)),
}


def fits(make: Any, track: Track) -> Track:
    """The track as the format can state it: a transport stream has one audio type, and AVI free text, of which codes for no language are none."""
    if make is make_ts:
        return replace(track, hearing_impaired=track.hearing_impaired and not track.visual_impaired)
    if make is make_avi and track.language in {"qaa", "mul", "mis", "zxx", "und"}:
        return replace(track, language="jpn")
    return track


@pytest.mark.parametrize("name", FORMATS)
def test_everything_that_was_stated_is_read(save: Save, name: str) -> None:
    """Languages, tags, titles and flags of 288 tracks, as far as the format has a place for them."""
    make, layout = FORMATS[name]
    for film in corpus():
        film = [fits(make, track) for track in film]  # noqa: PLW2901 - the same film, as it can be
        reading = probe.read(save(make([Track("video"), *film], layout)))
        assert isinstance(reading, Heard)
        assert [track.position for track in reading.tracks] == list(range(1, A_FILE + 1))
        for read, stated in zip(reading.tracks, film, strict=True):
            expected = {field: getattr(stated, field) for field in STATES[make]}
            if make is make_avi and stated.default:
                expected["default"] = None  # it has a flag for "not by default" alone
            assert {field: getattr(read, field) for field in expected} == expected
            known = read.language or read.bcp47
            assert read.language_source is (LanguageSource.STATED if known else LanguageSource.NONE)
