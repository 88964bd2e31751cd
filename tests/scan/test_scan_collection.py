"""The maker of libraries for the demo and the tests: what lies on the disk is what the arr lists."""

from pathlib import Path

from taggarr import probe
from taggarr.core.media import Heard
from taggarr.simulator import RadarrSimulator, SonarrSimulator
from taggarr.simulator.collection import Collection, audio


def test_a_collection_may_have_one_arr(tmp_path: Path) -> None:
    """Files are listed with their sizes, seasons, episodes, and the languages that ffprobe would find."""
    with SonarrSimulator() as sonarr:
        shelf = Collection(tmp_path, sonarr)
        number = shelf.series(
            "Show", {"Season 02/S02E13.mkv": audio(None, "und"), "Specials/S00E01.mp4": audio(None)}
        )
        shelf.episode(number, shelf.tv / "Show", "07.mkv", b"", season=3, episodes=[7, 8], size=5)
        listed = [
            (
                file.season,
                file.episodes,
                file.relative_path,
                file.audio and (file.audio.languages, file.audio.streams),
            )
            for file in sonarr.files.values()
        ]
        assert listed == [
            (2, (13,), "Season 02/S02E13.mkv", ("eng", 2)),
            (0, (1,), "Specials/S00E01.mp4", ("", 1)),
            (3, (7, 8), "07.mkv", None),
        ]
        assert [file.size for file in sonarr.files.values()][2] == 5
        assert sonarr.roots == [str(tmp_path / "tv")]


def test_a_movie_lies_beside_its_nfo(tmp_path: Path) -> None:
    """The file can be read, and a movie may have none."""
    with RadarrSimulator() as radarr:
        shelf = Collection(tmp_path, None, radarr)
        shelf.movie("Film", audio("jpn", "eng"), nfo="<movie/>")
        shelf.movie("None", None)
        reading = probe.read(tmp_path / "movies" / "Film" / "Film.mkv")
        assert isinstance(reading, Heard)
        assert [track.language for track in reading.tracks] == ["jpn", "eng"]
        assert (tmp_path / "movies" / "Film" / "movie.nfo").read_text() == "<movie/>"
        assert list(radarr.files) == [1]
