"""A small library of which everything is known: what each file holds, and which tags people put on each title."""

import os
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from taggarr.simulator import RadarrSimulator, SonarrSimulator
from taggarr.simulator.collection import audio
from taggarr.simulator.media import Track, make_matroska

COMMENTARY = Track("audio", "eng", title="Commentary", commentary=True)

KINDS: dict[str, tuple[Sequence[Track] | bytes, frozenset[str] | None]] = {
    "dubbed": (audio("jpn", "eng"), frozenset({"jpn", "eng"})),
    "twice": (audio("jpn", "eng", "ger"), frozenset({"jpn", "eng", "ger"})),
    "plain": (audio("jpn"), frozenset({"jpn"})),
    "talk": ([*audio("jpn"), COMMENTARY], frozenset({"jpn"})),
    "french": (audio("jpn", "fre"), frozenset({"jpn", "fre"})),
    "damaged": (b"\x1a\x45\xdf\xa3 this was a film once", None),
}
"""What a file of each kind is made of, and what a listener hears in it: None, nobody can tell."""

MIXTURES = (
    ("dubbed",),
    ("dubbed", "plain"),
    ("plain", "talk"),
    ("french",),
    ("dubbed", "french"),
    ("twice",),
    ("twice", "dubbed"),
    ("dubbed", "damaged"),
    ("damaged",),
    ("talk",),
)
"""The kinds of the files of a title."""

TAGS = (
    (),
    ("keep",),
    ("dub", "keep"),
    ("kids", "wrong-dub", "4k"),
    ("4k", "semi-dub", "keep", "dub"),
    ("dubbed", "kids"),
    ("as-it-was", "keep", "partly"),
)
"""What titles are tagged with before the first scan, in this order."""

NFOS = (
    None,
    "<{root}>\n  <title>{title}</title>\n  <tag>keep</tag>\n</{root}>\n",
    "<{root}>\r\n  <title>{title}</title>\r\n  <genre>Drama</genre>\r\n  <tag>wrong-dub</tag>\r\n</{root}>\r\n",
    '\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<{root}><title>{title}</title></{root}>\nhttps://example.org/1',
)


@dataclass(frozen=True, slots=True)
class Title:
    """A series or a movie: its files by relative path, each of one of `KINDS`; its tags in order; its NFO."""

    name: str
    files: tuple[tuple[str, str], ...]
    tags: tuple[str, ...] = ()
    nfo: str | None = None
    gone: bool = False
    """The arr lists it no longer."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The titles of one arr, in the order of their ids: 1, 2, 3 and so on."""

    arr: str
    titles: tuple[Title, ...]

    @property
    def nfo_name(self) -> str:
        return "tvshow.nfo" if self.arr == "tv" else "movie.nfo"


def first(series: int, movies: int, episodes: int) -> tuple[Shelf, Shelf]:
    """A library as the first scan meets it; always the same for the same sizes."""
    chance = random.Random(f"{series} {movies} {episodes}")
    shows = tuple(
        Title(
            f"Show {number:03}",
            tuple(
                (f"Season {at // 12 + 1:02}/S{at // 12 + 1:02}E{at % 12 + 1:02}.mkv", kind)
                for at, kind in enumerate(_kinds(number, chance.randint(1, 2 * episodes - 1), chance))
            ),
            TAGS[number % len(TAGS)],
            _nfo(number, "tvshow"),
        )
        for number in range(series)
    )
    films = tuple(
        Title(
            f"Film {number:03}",
            ((f"Film {number:03}.mkv", MIXTURES[number % len(MIXTURES)][0]),) if number % 11 else (),
            TAGS[(number + number // 7) % len(TAGS)],
            _nfo(number, "movie"),
        )
        for number in range(movies)
    )
    return Shelf("tv", shows), Shelf("films", films)


def later(shelf: Shelf) -> Shelf:
    """The same library after some time: files were replaced, some are new, some titles have gone."""

    def changed(number: int, title: Title) -> Title:
        if number % 7 == 3 and title.files:
            path, kind = title.files[0]
            other = "french" if kind != "french" else "dubbed"
            title = replace(title, files=((path, other), *title.files[1:]))
        if number % 7 == 5 and shelf.arr == "tv":
            title = replace(title, files=(*title.files, ("Season 09/S09E01.mkv", "plain")))
        return replace(title, gone=number % 9 == 4)

    return replace(shelf, titles=tuple(changed(number, title) for number, title in enumerate(shelf.titles)))


def _kinds(number: int, count: int, chance: random.Random) -> list[str]:
    kinds = MIXTURES[number % len(MIXTURES)]
    return [kinds[at] if at < len(kinds) else chance.choice(kinds) for at in range(max(count, len(kinds)))]


def _nfo(number: int, root: str) -> str | None:
    text = NFOS[number % len(NFOS)]
    return None if text is None else text.format(root=root, title=f"Number {number}")


class Media:
    """The files of a library: each a link to one of few, so that thousands cost nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = folder / "kinds"
        self._made.mkdir(parents=True)
        self.sizes: dict[str, int] = {}
        for name, (content, _) in KINDS.items():
            data = content if isinstance(content, bytes) else make_matroska(list(content))
            data += b"\xec\x80" * list(KINDS).index(name) if not isinstance(content, bytes) else b""
            (self._made / name).write_bytes(data)  # empty Void elements: no two kinds have the same size
            self.sizes[name] = len(data)

    def lay_out(self, shelf: Shelf) -> None:
        """Bring the files of a shelf to what it says. NFO files are nobody's business here."""
        for title in shelf.titles:
            for path, kind in title.files:
                at = self.folder(shelf, title) / path
                at.parent.mkdir(parents=True, exist_ok=True)
                at.unlink(missing_ok=True)
                os.link(self._made / kind, at)

    def folder(self, shelf: Shelf, title: Title) -> Path:
        return self._folder / shelf.arr / title.name

    def root(self, shelf: Shelf) -> Path:
        return self._folder / shelf.arr


def fill(arr: SonarrSimulator | RadarrSimulator, shelf: Shelf, media: Media) -> None:
    """List a shelf in its arr."""
    arr.add_root(str(media.root(shelf)))
    for title in shelf.titles:
        path = str(media.folder(shelf, title))
        if isinstance(arr, SonarrSimulator):
            number = arr.add_series(title.name, path)
        else:
            number = arr.add_movie(title.name, path)
        list_files(arr, number, title, media)


def list_files(arr: SonarrSimulator | RadarrSimulator, number: int, title: Title, media: Media) -> None:
    """List the files of a title that has none yet."""
    for at, (name, kind) in enumerate(title.files):
        _list_file(arr, number, at, name, media.sizes[kind])


def _list_file(
    arr: SonarrSimulator | RadarrSimulator, number: int, at: int, name: str, size_bytes: int
) -> None:
    """The arr knows nothing of its audio: whoever wants to know has to look."""
    if isinstance(arr, RadarrSimulator):
        arr.set_movie_file(number, name, size=size_bytes, audio_languages=None)
        return
    season = int(name.partition("/")[0].rpartition(" ")[2])
    arr.add_episode_file(
        number, name, season=season, episodes=[at + 1], size=size_bytes, audio_languages=None
    )


def bring(arr: SonarrSimulator | RadarrSimulator, shelf: Shelf, media: Media) -> None:
    """Bring what an arr lists to what its shelf holds now: files replaced or added, titles gone."""
    for number, title in enumerate(shelf.titles, 1):
        if title.gone:
            _remove(arr, number)
            continue
        known = {file.relative_path: file for file in arr.files.values() if file.item_id == number}
        for at, (name, kind) in enumerate(title.files):
            if name not in known:
                _list_file(arr, number, at, name, media.sizes[kind])
            elif known[name].size == media.sizes[kind]:
                continue
            elif isinstance(arr, SonarrSimulator):
                arr.reprobe_file(known[name].id, size=media.sizes[kind], audio_languages=None)
            else:
                _list_file(arr, number, at, name, media.sizes[kind])


def _remove(arr: SonarrSimulator | RadarrSimulator, number: int) -> None:
    if isinstance(arr, SonarrSimulator):
        arr.remove_series(number)
    else:
        arr.remove_movie(number)
