"""`taggarr probe`: the audio tracks of files, as Taggarr reads them."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from taggarr import logs
from taggarr.cli import DONE
from taggarr.cli.output import print_json, print_table
from taggarr.cli.streams import unread
from taggarr.core.counting import counted
from taggarr.core.media import AudioTrack, LanguageSource, Reading, Unreadable
from taggarr.logs import neutral
from taggarr.wiring.tracks import Tracks

VIDEOS = re.compile(
    r"\.(3gp|asf|avi|divx|dv|dvr-ms|f4v|flv|iso|m2ts|m2v|m4v|mk3d|mkv|mov|mp4|mpeg|mpg|mts|mxf|nuv|ogm|ogv|qt"
    r"|rm|rmvb|strm|ts|vob|webm|wmv|wtv)",
    re.IGNORECASE,
)
"""What is taken from folders, by the end of its name. Named files are read whatever they are called."""

_MOST_ROWS = 200
"""Tracks of one file that people are shown. No film has so many; a broken file may have ten thousand."""

_FLAGS = {
    "default": "default",
    "original": "original",
    "dub": "dub",
    "commentary": "commentary",
    "visualImpaired": "for the blind",
    "hearingImpaired": "for the deaf",
    "forced": "forced",
}


@click.command("probe")
@click.argument("paths", nargs=-1, required=True, metavar="FILE|FOLDER…")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option("-c", "--config", "_config", metavar="FILE", expose_value=False, help="Not needed here.")
@click.option("--data-dir", "_data_dir", metavar="DIR", expose_value=False, help="Not needed here.")
@click.option(
    "--log-level",
    type=click.Choice(["debug", "info", "warning", "error"]),
    help="The least severe messages to log.",
)
def command(paths: tuple[str, ...], as_json: bool, log_level: str | None) -> int:
    """Show the audio tracks of files as Taggarr reads them; folders are searched for video files.

    Needs no configuration. A file that cannot be read is shown with the reason, and is no failure.
    """
    logs.set_up(level=log_level or "info")
    shown = 0
    with closing(Tracks()) as tracks:
        for path, reading in _readings(tracks, paths):
            shown += 1
            if as_json:
                print_json(reading_json(path, reading), lines=True)
            else:
                _print(path, reading)
            if unread():  # nobody waits for the rest, which may be a long way
                break
    if not shown:
        click.echo("taggarr: there is no video file", err=True)
    return DONE


def reading_json(path: str, reading: Reading) -> dict[str, Any]:
    """One file as `probe --json` prints it."""
    if isinstance(reading, Unreadable):
        return {"path": path, "reader": None, "error": reading.reason, "tracks": []}
    rows = [track_json(track) for track in reading.tracks]
    return {"path": path, "reader": reading.source, "error": None, "tracks": rows}


def track_json(track: AudioTrack) -> dict[str, Any]:
    """A track as its container states it."""
    return {
        "position": track.position,
        "language": track.language,
        "bcp47": track.bcp47,
        "languageSource": track.language_source.value,
        "title": track.title,
        "codec": track.codec,
        "channels": track.channels,
        "default": track.default,
        "original": track.original,
        "commentary": track.commentary,
        "visualImpaired": track.visual_impaired,
        "hearingImpaired": track.hearing_impaired,
        "forced": track.forced,
        "enabled": track.enabled,
        "dub": track.dub,
    }


def _readings(tracks: Tracks, paths: tuple[str, ...]) -> Iterator[tuple[str, Reading]]:
    for path in paths:
        beside = str(Path(path).parent)
        folder = tracks.is_folder(path, beside)
        if folder is True:
            yield from _below(tracks, path, share=path)
        else:
            yield path, folder or tracks.read(path, beside)


def _below(tracks: Tracks, folder: str, share: str) -> Iterator[tuple[str, Reading]]:
    """The videos in a folder and below, by name. Links to folders are not followed: they may lead in circles."""
    entries = tracks.entries(folder, share)
    if isinstance(entries, Unreadable):
        yield folder, entries
        return
    for name, is_folder in entries:
        path = os.path.join(folder, name)  # noqa: PTH118 - the folder as it was written, `./` and all
        if is_folder:
            yield from _below(tracks, path, share)
        elif VIDEOS.fullmatch(Path(name).suffix):
            yield path, tracks.read(path, share)


def _print(path: str, reading: Reading) -> None:
    if isinstance(reading, Unreadable):
        click.secho(neutral(path), bold=True)
        click.echo(f"  not readable: {neutral(reading.reason)}")
        return
    click.secho(neutral(path), bold=True, nl=False)
    click.echo(f"  ({reading.source})")
    if not reading.tracks:
        click.echo("  no audio track")
        return
    print_table(
        ("#", "Language", "Title", "Codec", "Channels", "Flags"),
        [_row(track) for track in reading.tracks[:_MOST_ROWS]],
        indent=2,
    )
    more = len(reading.tracks) - _MOST_ROWS
    if more > 0:
        click.echo(f"  … and {counted(more, 'more track')} (--json shows all of them)")


def _row(track: AudioTrack) -> tuple[str, ...]:
    facts = track_json(track)
    channels = str(track.channels) if track.channels is not None else ""
    return (
        str(track.position),
        language_words(facts) or "–",
        track.title or "",
        track.codec or "",
        channels,
        ", ".join(flag_words(facts)),
    )


def language_words(track: Mapping[str, Any]) -> str:
    """The language that a track of `track_json` states, both ways where they differ; empty for none."""
    if track["languageSource"] == LanguageSource.DEFAULT:
        return f"{track['language']} (not stated)"
    return " / ".join(dict.fromkeys(text for text in (track["bcp47"], track["language"]) if text))


def flag_words(track: Mapping[str, Any]) -> Sequence[str]:
    """The flags that are set on a track of `track_json`, in words."""
    flags = [word for name, word in _FLAGS.items() if track[name]]
    return flags if track["enabled"] else [*flags, "disabled"]
