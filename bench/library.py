"""A large library: series and movies of many kinds, written to a folder and listed by simulated arrs.

The same seed gives the same library, so the process that writes the files and those that simulate the arrs
each make it for themselves.
"""

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from taggarr.simulator import RadarrSimulator, SonarrSimulator
from taggarr.simulator.collection import audio
from taggarr.simulator.media import Track, make_matroska, make_mp4

COMMENTARY = Track("audio", "eng", title="Commentary", commentary=True)
KINDS: tuple[tuple[str, list[Track], str], ...] = (
    ("mkv", audio("jpn", "eng"), "jpn/eng"),
    ("mkv", audio("jpn"), "jpn"),
    ("mkv", audio("jpn", "ger"), "jpn/ger"),
    ("mkv", audio("jpn", "eng", "ger"), "jpn/eng/ger"),
    ("mkv", [*audio("jpn"), COMMENTARY], "jpn/eng"),
    ("mkv", audio("und"), ""),
    ("mkv", audio(None, "ger"), "eng/ger"),
    ("mp4", audio("jpn", "eng"), "jpn/eng"),
    ("mp4", audio("eng"), "eng"),
    ("mkv", [*audio("jpn"), Track("audio", "por", bcp47="pt-BR", title="Brazilian")], "jpn/por"),
)
WEIGHTS = (40, 20, 4, 12, 4, 3, 4, 6, 5, 2)
ORIGINALS = ("Japanese", "English", "Korean", "German", "Portuguese (Brazil)", "Norwegian")
NFO = "<{root}>\n  <title>{title}</title>\n  <genre>Drama</genre>\n</{root}>\n"


@dataclass(frozen=True, slots=True)
class Title:
    """One series or movie: its files by relative path, each of one of `KINDS`."""

    name: str
    original: str
    files: tuple[tuple[str, int, int, int], ...]  # relative path, season, episode, kind


def series(count: int, files_each: int) -> Iterator[Title]:
    """`count` series of `files_each` files in seasons of about twelve; most are of one kind throughout."""
    for number in range(count):
        chance = random.Random(number)
        usual = chance.choices(range(len(KINDS)), WEIGHTS)[0]
        files = []
        for index in range(files_each):
            kind = usual if chance.random() < 0.97 else chance.choices(range(len(KINDS)), WEIGHTS)[0]
            season, episode = index // 12 + 1, index % 12 + 1
            name = f"Season {season:02}/Show {number:05} - S{season:02}E{episode:02} - Title [WEBDL-1080p].{KINDS[kind][0]}"
            files.append((name, season, episode, kind))
        yield Title(f"Show {number:05}", chance.choice(ORIGINALS), tuple(files))


def movies(count: int) -> Iterator[Title]:
    """`count` movies of one file each."""
    for number in range(count):
        chance = random.Random(-1 - number)
        kind = chance.choices(range(len(KINDS)), WEIGHTS)[0]
        name = f"Movie {number:05} (2020) [Bluray-1080p].{KINDS[kind][0]}"
        yield Title(f"Movie {number:05} (2020)", chance.choice(ORIGINALS), ((name, 0, 0, kind),))


def contents() -> list[bytes]:
    """The bytes of a file of each kind, 3 KB."""
    return [
        make_mp4(tracks, pad_to_bytes=3000) if suffix == "mp4" else make_matroska(tracks, pad_to_bytes=3000)
        for suffix, tracks, _ in KINDS
    ]


def write(folder: Path, titles: Iterator[Title], nfo: str, root: str) -> int:
    """Write the files of titles below `folder`; how many."""
    made = contents()
    count = 0
    for title in titles:
        here = folder / title.name
        for season in sorted({name.rpartition("/")[0] for name, *_ in title.files}):
            (here / season).mkdir(parents=True, exist_ok=True)
        (here / nfo).write_text(NFO.format(root=root, title=title.name))
        for name, _, _, kind in title.files:
            descriptor = os.open(here / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
            os.write(descriptor, made[kind])
            os.close(descriptor)
            count += 1
    return count


def sonarr(folder: Path, count: int, files_each: int) -> SonarrSimulator:
    """A Sonarr that lists the series of `folder`."""
    sizes = [len(content) for content in contents()]
    arr = SonarrSimulator(roots=[str(folder)])
    for title in series(count, files_each):
        number = arr.add_series(
            title.name, str(folder / title.name), original=title.original, genres=["Drama"]
        )
        for name, season, episode, kind in title.files:
            arr.add_episode_file(
                number,
                name,
                season=season,
                episodes=[episode],
                size=sizes[kind],
                audio_languages=KINDS[kind][2],
                audio_streams=sum(track.kind == "audio" for track in KINDS[kind][1]),
            )
    return arr


def radarr(folder: Path, count: int) -> RadarrSimulator:
    """A Radarr that lists the movies of `folder`."""
    sizes = [len(content) for content in contents()]
    arr = RadarrSimulator(roots=[str(folder)])
    for title in movies(count):
        number = arr.add_movie(
            title.name, str(folder / title.name), original=title.original, genres=["Drama"]
        )
        for name, _, _, kind in title.files:
            arr.set_movie_file(
                number,
                name,
                size=sizes[kind],
                audio_languages=KINDS[kind][2],
                audio_streams=sum(track.kind == "audio" for track in KINDS[kind][1]),
            )
    return arr
