"""`audio_source: arr` where no media are mounted: what the arr says is enough, and nothing is missed."""

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from taggarr.simulator.collection import audio

if TYPE_CHECKING:
    from conftest import Place


@pytest.fixture
def unmounted(place: "Place") -> "Place":
    """A library whose root folders are not here, NFO files and all."""
    place.fill()
    place.configure("target_languages: [en], audio_source: arr, add_tag_to_genre: true")
    shutil.rmtree(place.collection.tv)
    shutil.rmtree(place.collection.movies)
    return place


def lists(place: "Place") -> dict[str, int]:
    """How often the arrs were asked for what they list, since the last time."""
    asked = [entry.path for arr in (place.sonarr, place.radarr) for entry in arr.log.entries]
    place.sonarr.log.clear()
    place.radarr.log.clear()
    paths = ("series", "episodefile", "episode", "movie", "moviefile")
    return {path: count for path in paths if (count := asked.count(f"/api/v3/{path}"))}


def test_a_scan_asks_for_lists_and_for_what_changed(unmounted: "Place") -> None:
    """One list of movies, one of series, and one of files for each series that changed; no word of the disk."""
    done = unmounted.run("scan")
    assert done.code == 0
    on_its_way = re.compile(r"(tv|films): (asking for|reading|deciding|applying)\b")
    assert [line for line in done.err.splitlines() if not on_its_way.match(line)] == [
        "tv: needs attention: Broken: not known in the only file: the arr has no audio data for this file"
    ]
    assert lists(unmounted) == {"series": 1, "episodefile": 5, "movie": 1}
    assert str(unmounted.folder) not in done.out + done.err
    assert unmounted.run("scan").code == 0
    assert lists(unmounted) == {"series": 1, "movie": 1}
    (file,) = [number for number, one in unmounted.sonarr.files.items() if "Wrong" in one.relative_path]
    unmounted.sonarr.reprobe_file(file, size=2_000_000, audio_languages="jpn/eng")
    unmounted.radarr.set_movie_file(2, "Bebop.mkv", size=2_000_000, audio_languages="jpn/eng")
    again = unmounted.run("scan", "--json").json["instances"]
    assert lists(unmounted) == {"series": 1, "episodefile": 1, "movie": 1}
    assert [one["verdicts"]["dub"] for one in again.values()] == [3, 2]
    assert not unmounted.collection.tv.exists()


def test_the_checks_miss_nothing(unmounted: "Place") -> None:
    """`doctor` finds nothing wrong, and says that it did not look."""
    done = unmounted.run("doctor", "--json")
    assert (done.code, done.json["errors"], done.json["warnings"]) == (0, 0, 0)
    said = [check["message"] for check in done.json["checks"] if check["name"] == "files"]
    assert len(said) == 2
    assert all("not looked at" in message and "(audio_source: arr)" in message for message in said)


def test_a_track_that_the_arr_does_not_name_is_shown(place: "Place") -> None:
    """It counts two tracks and names one language: the other is there, and is taken for nothing."""
    place.configure("target_languages: [en], audio_source: arr")
    movie = place.radarr.add_movie("Film", "/nowhere/Film")
    place.radarr.set_movie_file(movie, "Film.mkv", audio_languages="jpn", audio_streams=2)
    (item,) = place.run("explain", "Film", "--json").json["items"]
    (file,) = item["files"]
    assert file["arrAudio"] == {"languages": ["jpn"], "tracks": 2}
    assert [(track["language"], track["takenFor"]) for track in file["tracks"]] == [
        ("jpn", "ja"),
        (None, None),
    ]
    assert "2  –" in place.run("explain", "Film").out


@pytest.mark.parametrize("source", ["auto", "files"])
def test_where_both_speak_the_file_is_believed(place: "Place", source: str) -> None:
    """`explain` says what each of them has, and judges by the file."""
    place.configure(f"target_languages: [en], audio_source: {source}")
    place.collection.movie("Film", audio("jpn"))
    place.radarr.set_movie_file(1, "Film.mkv", size=place.radarr.rows[1].file.size, audio_languages="jpn/eng")
    (item,) = place.run("explain", "Film", "--json").json["items"]
    assert item["verdict"] == "original"
    assert item["files"][0]["disagreement"] == "the arr lists Japanese and English, the file has Japanese"
