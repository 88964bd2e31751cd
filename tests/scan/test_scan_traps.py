"""A library of traps: what earlier tools got wrong, each title with the verdict written out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from taggarr.simulator.collection import Content, audio
from taggarr.simulator.media import (
    FRAGMENTED,
    LIVE_WEBM,
    TRACKS_AT_END,
    MatroskaLayout,
    Mp4Layout,
    Track,
    make_matroska,
    make_mp4,
    make_ogg,
    write_matroska,
)

if TYPE_CHECKING:
    from conftest import House

JA, EN = "jpn", "eng"
VIDEO = Track("video")
DUBBED = audio(JA, EN)
ORIGINAL = audio(JA)


def tracks(*each: Track) -> list[Track]:
    """A video track and these."""
    return [VIDEO, *each]


def a(language: str | None, title: str | None = None, **stated: Any) -> Track:
    """An audio track."""
    return Track("audio", language, title=title, **stated)


class Trap(NamedTuple):
    """A title, what it is made of, and what has to come out."""

    title: str
    content: Content | Mapping[str, Content] | None
    verdict: str
    tag: str | None
    listed: Mapping[str, Any] = {}
    name: str | None = None
    """A movie's file name."""


# Movies: one file, one finding. The original is Japanese and the target English unless `listed` says so.
MOVIES = [
    Trap("Plain original", ORIGINAL, "original", None),
    Trap("Plain dub", DUBBED, "dub", "dub"),
    Trap("Extra language does no harm", audio(JA, EN, "ger"), "dub", "dub"),
    Trap("Another dub", audio(JA, "ger"), "wrong-dub", "wrong-dub"),
    Trap("Another dub alone", audio("ger"), "wrong-dub", "wrong-dub"),
    # Tracks that do not count
    Trap("Commentary by flag", tracks(a(JA), a(EN, commentary=True)), "original", None),
    Trap("Commentary by title", tracks(a(JA), a(EN, "Director's Commentary")), "original", None),
    Trap(
        "Commentary in German words",
        tracks(a(JA), a(EN, "Audiokommentar mit dem Regisseur")),
        "original",
        None,
    ),
    Trap("Commentary in French words", tracks(a(JA), a(EN, "Commentaire audio")), "original", None),
    Trap("Commentary flag unset", tracks(a(JA), a(EN, "Commentary", commentary=False)), "original", None),
    Trap("Audio description by flag", tracks(a(JA), a(EN, visual_impaired=True)), "original", None),
    Trap("Audio description by title", tracks(a(JA), a(EN, "English Audio Description")), "original", None),
    Trap("Isolated score", tracks(a(JA), a(EN, "Isolated Score")), "original", None),
    Trap("Disabled track", tracks(a(JA), a(EN, enabled=False)), "original", None),
    Trap("MP4 commentary role", tracks(a(JA), a(EN, commentary=True)), "original", None, {}, "a.mp4"),
    Trap("MP4 description", tracks(a(JA), a(EN, visual_impaired=True)), "original", None, {}, "a.mp4"),
    Trap(
        "QuickTime description",
        tracks(a(JA), a(EN, characteristics=("public.accessibility.describes-video",))),
        "original",
        None,
        {},
        "a.mov",
    ),
    Trap("MP4 enabled bit says default", tracks(a(JA), a(EN, default=False)), "dub", "dub", {}, "a.mp4"),
    # Unlabelled tracks
    Trap("Unlabelled first is the original", audio("und", EN), "dub", "dub"),
    Trap("Unlabelled only", audio("und"), "original", None),
    Trap("Unlabelled second is nothing", audio(JA, "und"), "original", None),
    Trap("Unlabelled second hides no dub", audio(EN, "und"), "dub", "dub"),
    Trap("Unlabelled with a title", tracks(a(JA), a("und", "English 5.1")), "dub", "dub"),
    Trap("Unlabelled with a code", tracks(a(JA), a("und", "[ENG]")), "dub", "dub"),
    Trap("Unlabelled MP4", audio(None, EN), "dub", "dub", {}, "a.mp4"),
    # Matroska without a Language element is English by its specification
    Trap("Implied English", tracks(a(JA), a(None)), "dub", "dub"),
    Trap("Implied English but its title", tracks(a(JA), a(None, "Deutsch 5.1")), "wrong-dub", "wrong-dub"),
    Trap("Implied English alone", audio(None), "original", None, {"original": "English"}),
    # BCP 47 wins
    Trap("BCP 47 overrides", tracks(a(JA), a("ger", bcp47="en-US")), "dub", "dub"),
    Trap("BCP 47 overrides to nothing", tracks(a(JA), a(EN, bcp47="de")), "wrong-dub", "wrong-dub"),
    Trap("MP4 elng wins", tracks(a(JA), a("ger", bcp47="en-GB")), "dub", "dub", {}, "a.mp4"),
    Trap("Macintosh code", tracks(a(JA), Track("audio", 0)), "dub", "dub", {}, "a.mov"),  # 0 is English
    # Regions
    Trap(
        "Brazilian original",
        tracks(a("por", bcp47="pt-BR")),
        "original",
        None,
        {"original": "Portuguese (Brazil)"},
    ),
    Trap("Brazilian original bare", audio("por"), "original", None, {"original": "Portuguese (Brazil)"}),
    Trap("Norwegian original", audio("nob"), "original", None, {"original": "Norwegian"}),
    Trap("Nynorsk original", audio("nno"), "original", None, {"original": "Norwegian"}),
    Trap("Greek original", audio("gre"), "original", None, {"original": "Greek"}),
    Trap("Greek by the other code", audio("ell"), "original", None, {"original": "Greek"}),
    Trap("Flemish original", audio("dut"), "original", None, {"original": "Flemish"}),
    Trap("Cantonese original", tracks(a("yue")), "original", None, {"original": "Chinese"}),
    Trap("Mandarin original", tracks(a("chi", "Mandarin")), "original", None, {"original": "Chinese"}),
    Trap("Retired code", audio("heb", "eng"), "dub", "dub", {"original": "Hebrew"}),
    Trap(
        "Latin for Latin America", tracks(a(JA), a("spa", "Latino")), "dub", "dub", {"tags": ["want-es-419"]}
    ),
    Trap(
        "Mexico is in Latin America",
        tracks(a(JA), a("spa", bcp47="es-MX")),
        "dub",
        "dub",
        {"tags": ["want-es-419"]},
    ),
    Trap(
        "Castilian for Latin America",
        tracks(a(JA), a("spa", "Castellano")),
        "wrong-dub",
        "wrong-dub",
        {"tags": ["want-es-419"]},
    ),
    Trap("Bare Spanish is assumed", tracks(a(JA), a("spa")), "dub", "dub", {"tags": ["want-es-419"]}),
    Trap(
        "Canadian French for France",
        tracks(a(JA), a("fre", "VFQ")),
        "wrong-dub",
        "wrong-dub",
        {"tags": ["want-fr-fr"]},
    ),
    Trap("Dublado", tracks(a(JA), a("por", "Dublado [Brazil]")), "dub", "dub", {"tags": ["want-pt-br"]}),
    # Two targets
    Trap("Movie semi-dub", DUBBED, "semi-dub", "semi-dub", {"tags": ["want-en-fr"]}),
    Trap(
        "Movie semi-dub beside German", audio(JA, EN, "ger"), "semi-dub", "semi-dub", {"tags": ["want-en-fr"]}
    ),
    Trap("Both dubs", audio(JA, EN, "fre"), "dub", "dub", {"tags": ["want-en-fr"]}),
    Trap(
        "English original, French wanted too",
        audio(EN, "fre"),
        "dub",
        "dub",
        {"original": "English", "tags": ["want-en-fr"]},
    ),
    Trap(
        "English original, nothing else",
        audio(EN),
        "original",
        None,
        {"original": "English", "tags": ["want-en-fr"]},
    ),
    # The arr says English when it knows no better; Radarr knows Telugu
    Trap(
        "Arr's English, spoken Sinhala",
        audio("sin"),
        "unknown",
        None,
        {"original": "Sinhala", "tags": ["semi-dub"]},
    ),
    Trap("Arr's English, dubbed German", audio("ger"), "wrong-dub", "wrong-dub", {"original": "English"}),
    Trap(
        "Nobody knows the original", audio("kor"), "unknown", None, {"original": "Unknown", "tags": ["dub"]}
    ),
    Trap("Unknown original, wanted there", audio(EN, "kor"), "dub", "dub", {"original": "Unknown"}),
    Trap(
        "Original flag tells",
        tracks(a("kor", original=True), a(EN)),
        "dub",
        "dub",
        {"original": "Unknown"},
    ),
    # No speech, neutral codes
    Trap("No speech", audio("zxx"), "original", None),
    Trap("Several languages at once", audio("mul"), "unknown", None),
    Trap("Several languages beside the dub", audio("mul", EN), "dub", "dub"),
    # Containers
    Trap("Tracks at the end", make_matroska(DUBBED, TRACKS_AT_END), "dub", "dub"),
    Trap("Live WebM", make_matroska(DUBBED, LIVE_WEBM), "dub", "dub", {}, "a.webm"),
    Trap("MP4 index first", make_mp4(DUBBED, Mp4Layout(moov_first=True)), "dub", "dub", {}, "a.mp4"),
    Trap("MP4 index last", make_mp4(DUBBED, Mp4Layout(moov_first=False)), "dub", "dub", {}, "a.mp4"),
    Trap("MP4 in pieces", make_mp4(DUBBED, FRAGMENTED), "dub", "dub", {}, "a.mp4"),
    Trap(
        "MP4 with 64-bit sizes",
        make_mp4(DUBBED, Mp4Layout(wide_boxes=frozenset({"moov", "mdat"}))),
        "dub",
        "dub",
        {},
        "a.mp4",
    ),
    Trap("MP4 to the end", make_mp4(DUBBED, Mp4Layout(open_ended=True)), "dub", "dub", {}, "a.mp4"),
    Trap(
        "MP4 full of noise", make_mp4(DUBBED, Mp4Layout(noise=True, udta_depth=3)), "dub", "dub", {}, "a.mp4"
    ),
    Trap(
        "MP4 with a late elng",
        make_mp4(tracks(a(JA), a("ger", bcp47="en-US")), Mp4Layout(elng="last")),
        "dub",
        "dub",
        {},
        "a.mp4",
    ),
    Trap(
        "MP4 compressed index",
        make_mp4(DUBBED, Mp4Layout(brand="qt  ", compressed=True)),
        "dub",
        "dub",
        {},
        "a.mov",
    ),
    Trap(
        "MP4 track list past its end",
        make_mp4(DUBBED, Mp4Layout(overstate="moov", overstate_by=1 << 20)),
        "unknown",
        None,
        {},
        "a.mp4",
    ),
    Trap(
        "Old tracks in a void",
        make_matroska(DUBBED, MatroskaLayout(old_tracks=(a("ger"),), void_bytes=4000)),
        "dub",
        "dub",
    ),
    Trap(
        "Voids with languages",
        make_matroska(DUBBED, MatroskaLayout(voids_in_tracks=True, crc=True)),
        "dub",
        "dub",
    ),
    Trap(
        "Index that points past the end", make_matroska(DUBBED, MatroskaLayout(seek="past-end")), "dub", "dub"
    ),
    Trap("Index that leads in a circle", make_matroska(DUBBED, MatroskaLayout(seek="loop")), "dub", "dub"),
    Trap("Index in two steps", make_matroska(DUBBED, replace(TRACKS_AT_END, seek="chained")), "dub", "dub"),
    Trap("Padded with zeros", make_matroska(DUBBED, MatroskaLayout(nul_padding=6)), "dub", "dub"),
    Trap("Junk in front", make_matroska(DUBBED, MatroskaLayout(junk=b"\x00junk" * 20)), "dub", "dub"),
    Trap(
        "Track list past its end", make_matroska(DUBBED, MatroskaLayout(overstate="child")), "unknown", None
    ),
    Trap("Two hundred tracks", [*DUBBED, *(Track("subtitle", EN) for _ in range(200))], "dub", "dub"),
    Trap("A title that is not UTF-8", tracks(a(JA), a("und", b"Deutsch \xff")), "wrong-dub", "wrong-dub"),
    Trap("A language under Tags", tracks(a(JA), a("ger", tag_language=EN)), "wrong-dub", "wrong-dub"),
    Trap("A big codec header", tracks(a(JA, codec_private_bytes=300_000), a(EN)), "dub", "dub"),
    Trap("Matroska called MP4", make_matroska(DUBBED), "dub", "dub", {}, "a.mp4"),
    Trap("MP4 without a name's ending", make_mp4(DUBBED), "dub", "dub", {}, "film"),
    Trap("Wide characters", DUBBED, "dub", "dub", {}, "映画 — ünïcode's [1080p] (2020).mkv"),
    # What cannot be read changes nothing
    Trap("Empty file", b"", "unknown", "semi-dub", {"tags": ["semi-dub"]}),
    Trap("Half-written Matroska", make_matroska(DUBBED)[:90], "unknown", "dub", {"tags": ["dub"]}),
    Trap("Half-written MP4", make_mp4(DUBBED)[:300], "unknown", None, {}, "a.mp4"),
    Trap("Zeros", bytes(70_000), "unknown", None),
    Trap("A text", b"no such file, sorry\n" * 40, "unknown", None),
    Trap("A web page", b"<!doctype html><html><body>404</body></html>", "unknown", None),
    Trap("Without audio", [VIDEO], "unknown", "wrong-dub", {"tags": ["wrong-dub"]}),
    Trap("Disc image", make_matroska(DUBBED), "unknown", None, {}, "film.iso"),
    Trap("Blu-ray folder", make_matroska(DUBBED), "unknown", None, {}, "BDMV/STREAM/00000.m2ts"),
    Trap("DVD folder", make_matroska(DUBBED), "unknown", None, {}, "Video_TS/VTS_01_1.VOB"),
    Trap("Stream file", b"http://192.0.2.1/film.mkv\n", "unknown", None, {}, "film.strm"),
    # Nothing to judge
    Trap("No file", None, "original", None, {"tags": ["semi-dub", "mine"]}),
    # Tags of others stay, ours are swapped
    Trap("Swap", DUBBED, "dub", "dub", {"tags": ["a-tag", "wrong-dub", "z-tag"]}),
    Trap("Clean up", ORIGINAL, "original", None, {"tags": ["dub", "semi-dub", "wrong-dub", "a-tag"]}),
]

SERIES = [
    Trap("Flat folder", {"Flat folder - 01.mkv": DUBBED, "Flat folder - 02.mkv": ORIGINAL}, "semi-dub", "semi-dub"),
    Trap("Flat and original", {"E01.mkv": ORIGINAL, "E02.mkv": ORIGINAL}, "original", None),
    Trap("Bare numbers", {"Season 1/01.mkv": DUBBED, "Season 1/02.mkv": DUBBED}, "dub", "dub"),
    Trap("One x one", {"1x01.mkv": DUBBED, "1x02.mkv": DUBBED}, "dub", "dub"),
    Trap("Multi-episode", {"Season 01/S01E01E02.mkv": DUBBED, "Season 01/S01E03-E05.mkv": DUBBED}, "dub", "dub"),
    Trap("Two seasons", {"Season 01/S01E01.mkv": DUBBED, "Season 02/S02E01.mkv": ORIGINAL}, "semi-dub", "semi-dub"),
    Trap("One wrong file", {"Season 01/S01E01.mkv": DUBBED, "Season 01/S01E02.mkv": audio(JA, "ger")}, "wrong-dub", "wrong-dub"),
    Trap("Specials do not count", {"Season 01/S01E01.mkv": DUBBED, "Specials/S00E01.mkv": ORIGINAL}, "dub", "dub"),
    Trap(
        "Specials count here",
        {"Season 01/S01E01.mkv": DUBBED, "Specials/S00E01.mkv": ORIGINAL},
        "semi-dub",
        "semi-dub",
        {"tags": ["with-specials"]},
    ),
    Trap("Only specials", {"Specials/S00E01.mkv": DUBBED}, "original", None, {"tags": ["dub"]}),
    Trap("No episode yet", {}, "original", None, {"tags": ["dub", "mine"]}),
    Trap(
        "Unmonitored season counts",
        {"Season 01/S01E01.mkv": DUBBED, "Season 02/S02E01.mkv": ORIGINAL},
        "semi-dub",
        "semi-dub",
        {"seasons": 2, "unmonitored_seasons": [2]},
    ),
    Trap(
        "Unmonitored season left out",
        {"Season 01/S01E01.mkv": DUBBED, "Season 02/S02E01.mkv": ORIGINAL},
        "dub",
        "dub",
        {"seasons": 2, "unmonitored_seasons": [2], "tags": ["only-monitored"]},
    ),
    Trap("One unread file", {"Season 01/S01E01.mkv": DUBBED, "Season 01/S01E02.mkv": b""}, "unknown", "dub", {"tags": ["dub"]}),
    Trap(
        "Semi is seen despite an unread file",
        {"Season 01/S01E01.mkv": DUBBED, "Season 01/S01E02.mkv": ORIGINAL, "Season 01/S01E03.mkv": b""},
        "semi-dub",
        "semi-dub",
    ),
    Trap("A silent film among others", {"Season 01/S01E01.mkv": audio("zxx"), "Season 01/S01E02.mkv": DUBBED}, "dub", "dub"),
    # Sonarr knows no Telugu: it says English
    Trap("Arr's English for Telugu", {"Season 01/S01E01.mkv": audio("tel")}, "unknown", None, {"original": "Telugu", "tags": ["wrong-dub"]}),
    Trap("Arr's English for Telugu, dubbed", {"Season 01/S01E01.mkv": audio("tel", EN)}, "original", None, {"original": "Telugu"}),
    Trap("Anime", {"Anime - 001.mkv": DUBBED, "Anime - 1000.mkv": DUBBED}, "dub", "dub", {"series_type": "anime"}),
    Trap("Daily", {"Daily - 2020-01-01.mkv": audio(EN)}, "original", None, {"series_type": "daily", "original": "English"}),
    Trap("Ogg by libmediainfo", {"Season 01/S01E01.ogg": make_ogg("eng")}, "original", None, {"original": "English"}),
]  # fmt: skip

PROFILES = {
    "latin": {"match": {"arr_tags": ["want-es-419"]}, "target_languages": ["es-419"]},
    "france": {"match": {"arr_tags": ["want-fr-fr"]}, "target_languages": ["fr-FR"]},
    "brazil": {"match": {"arr_tags": ["want-pt-br"]}, "target_languages": ["pt-BR"]},
    "two": {"match": {"arr_tags": ["want-en-fr"]}, "target_languages": ["en", "fr"]},
    "specials": {"match": {"arr_tags": ["with-specials"]}, "specials": "include"},
    "monitored": {"match": {"arr_tags": ["only-monitored"]}, "unmonitored_seasons": "ignore"},
}
MANAGED = {"dub", "semi-dub", "wrong-dub"}


class Answer(NamedTuple):
    verdict: str
    tags: set[str]


@pytest.fixture(scope="module")
def answers(
    tmp_path_factory: pytest.TempPathFactory, build_house: Callable[[Path], Any]
) -> Iterator[dict[str, Answer]]:
    """Every title's verdict and tags after one scan."""
    with build_house(tmp_path_factory.mktemp("traps")) as house:
        house.profiles = PROFILES
        for trap in MOVIES:
            house.shelf.movie(trap.title, trap.content, name=trap.name, **trap.listed)
        for trap in SERIES:
            house.shelf.series(trap.title, trap.content, **trap.listed)
        _more(house)
        summary = house.scan(inspect=True)
        tags = house.tags()
        yield {
            one.item.title: Answer(one.verdict.verdict.value, tags[one.item.title])
            for instance in summary.instances.values()
            for one in instance.inspections
        }


def _more(house: "House") -> None:
    """Titles with more on the disk than a list of files can say."""
    shelf = house.shelf
    # Bonus files: bigger, dubbed, and not the arr's
    shelf.movie("Bonus", ORIGINAL)
    write_matroska(shelf.movies / "Bonus" / "Bonus-making-of.mkv", DUBBED, pad_to_bytes=50_000)
    shelf.series("Extras", {"Season 01/S01E01.mkv": ORIGINAL})
    write_matroska(shelf.tv / "Extras" / "Season 01" / "S01E01.bonus.mkv", audio("ger"))
    write_matroska(shelf.tv / "Extras" / "Season 01" / "sample.mkv", DUBBED)
    # Two versions of a movie: the arr's file counts
    shelf.movie("Two versions", DUBBED, name="Two versions - 2160p.mkv")
    write_matroska(shelf.movies / "Two versions" / "Two versions - 1080p.mkv", ORIGINAL)
    # A sparse file of 3 GB
    movie = shelf.movie("Huge", DUBBED)
    write_matroska(shelf.movies / "Huge" / "Huge.mkv", DUBBED, pad_to_bytes=3 << 30)
    house.radarr.set_movie_file(movie, "Huge.mkv", size=3 << 30)
    # Twins: one folder name under two roots
    for root, content in (("one", DUBBED), ("two", ORIGINAL)):
        folder = shelf.tv / root / "Twin"
        series = house.sonarr.add_series(f"Twin {root}", str(folder))
        shelf.episode(series, folder, "Season 01/S01E01.mkv", content)
    # Listed, and not on the disk
    series = house.sonarr.add_series("Gone", str(shelf.tv / "Gone"), tags=["dub"])
    house.sonarr.add_episode_file(series, "Season 01/S01E01.mkv", audio_languages=None)


MORE = [
    ("Bonus", "original", set()),
    ("Extras", "original", set()),
    ("Two versions", "dub", {"dub"}),
    ("Huge", "dub", {"dub"}),
    ("Twin one", "dub", {"dub"}),
    ("Twin two", "original", set()),
    ("Gone", "unknown", {"dub"}),
]


@pytest.mark.measured
@pytest.mark.parametrize("trap", [*MOVIES, *SERIES], ids=lambda trap: trap.title)
def test_trap(trap: Trap, answers: dict[str, Answer]) -> None:
    """A title that earlier tools got wrong gets its verdict, and exactly the tag of that verdict."""
    answer = answers[trap.title]
    assert answer.verdict == trap.verdict
    before = set(trap.listed.get("tags", ()))
    if trap.verdict == "unknown":
        assert answer.tags == before, "missing knowledge changes no tag"
    else:
        assert answer.tags == (before - MANAGED) | ({trap.tag} if trap.tag else set())


@pytest.mark.parametrize(("title", "verdict", "tags"), MORE, ids=[title for title, _, _ in MORE])
def test_trap_on_the_disk(title: str, verdict: str, tags: set[str], answers: dict[str, Answer]) -> None:
    """What the arr lists is judged, and nothing else that lies beside it."""
    assert answers[title] == Answer(verdict, tags)


def test_every_trap_was_scanned(answers: dict[str, Answer]) -> None:
    """No title is left out, so no trap passes unseen."""
    assert len(answers) == len(MOVIES) + len(SERIES) + len(MORE)
