"""The answers fit the products' own API descriptions."""

import json
import os
from pathlib import Path

import jsonschema
import pytest

from taggarr.simulator import RadarrSimulator, SonarrSimulator

_ROOT = Path(__file__).parents[2]
SPECS = (_ROOT / os.environ.get("TAGGARR_ARR_SPECS", "../shared/arr")).resolve() / "openapi"
pytestmark = pytest.mark.skipif(
    not SPECS.is_dir(),
    reason="the products' API descriptions are not here (TAGGARR_ARR_SPECS names their folder)",
)


def filled_sonarr(version):
    """A Sonarr with something of everything."""
    sonarr = SonarrSimulator(version=version, roots=["/tv"])
    series = sonarr.add_series("A", "/tv/A", seasons={0: 1, 1: 2}, genres=["Anime"], tags=["dub"])
    sonarr.add_episode_file(series, "Season 1/a.mkv", audio_languages="jpn/eng")
    sonarr.add_episode_file(series, "Season 1/b.mkv", episodes=[2], audio_languages=None)
    return furnished(sonarr, "RescanSeries")


def filled_radarr(version):
    """A Radarr with something of everything."""
    radarr = RadarrSimulator(version=version, roots=["/movies"])
    radarr.add_movie("A", "/movies/A")
    radarr.set_movie_file(radarr.add_movie("B", "/movies/B", genres=["Crime"], tags=["dub"]), "b.mkv")
    return furnished(radarr, "RescanMovie")


def furnished(simulator, command):
    """The parts that both have."""
    simulator.add_auto_tag("rule", ["dub"], genres=["Anime"], tag="mine")
    simulator.use_tag("mine", delayProfileIds=[1], indexerIds=[2], autoTagIds=[3])
    simulator.add_root(str(SPECS.parent), free_bytes=1)
    simulator.add_root("/gone", accessible=False)
    simulator.add_path_mapping("nas", "/downloads/", "/data/downloads/")
    simulator.add_health("RootFolderCheck", "error", "Missing")
    simulator.finish_command(simulator.start_command(command, [1]))
    simulator.start_command("Backup", queued=True)
    return simulator


SONARR = "sonarr-v4.0.19-api-v3.json"
SONARR_5 = "sonarr-v5develop-api-v3.json"
RADARR = "radarr-v6.1.0-api-v3.json"
SHARED = {
    "/api/v3/system/status": "SystemResource",
    "/api/v3/rootfolder": "RootFolderResource",
    "/api/v3/rootfolder/2": "RootFolderResource",
    "/api/v3/diskspace": "DiskSpaceResource",
    "/api/v3/remotepathmapping": "RemotePathMappingResource",
    "/api/v3/tag": "TagResource",
    "/api/v3/tag/1": "TagResource",
    "/api/v3/tag/detail": "TagDetailsResource",
    "/api/v3/tag/detail/1": "TagDetailsResource",
    "/api/v3/command": "CommandResource",
    "/api/v3/metadata": "MetadataResource",
    "/api/v3/language": "LanguageResource",
    "/api/v3/health": "HealthResource",
    "/api/v3/autotagging": "AutoTaggingResource",
    "/api/v3/autotagging/1": "AutoTaggingResource",
    "/api/v3/qualityprofile": "QualityProfileResource",
    "/api/v3/history/since?date=2020-01-01": "HistoryResource",
}
OF_SONARR = {
    **SHARED,
    "/api/v3/series": "SeriesResource",
    "/api/v3/series/1": "SeriesResource",
    "/api/v3/episodefile?seriesId=1": "EpisodeFileResource",
    "/api/v3/episodefile/2": "EpisodeFileResource",
    "/api/v3/episode?seriesId=1": "EpisodeResource",
}
OF_RADARR = {
    **SHARED,
    "/api/v3/movie": "MovieResource",
    "/api/v3/movie/2": "MovieResource",
    "/api/v3/moviefile?movieId=2": "MovieFileResource",
}


def check(document, answer, resource):
    """Validate an answer, or each element of a list that is not empty.

    Sonarr's description has two parts that its recorded answers do not follow: a command's body lacks the
    keys of the command's own, and a health message's link is an object.
    """
    elements = answer.json if isinstance(answer.json, list) else [answer.json]
    assert elements
    schema = {"$ref": f"#/components/schemas/{resource}", "components": document["components"]}
    validator = jsonschema.Draft7Validator(schema)
    for element in elements:
        if resource == "CommandResource":
            element["body"] = {
                key: element["body"][key] for key in element["body"] if "series" not in key.lower()
            }
            element["body"].pop("movieId", None)
        element.pop("wikiUrl", None)
        validator.validate(element)


@pytest.mark.parametrize(
    ("fill", "version", "name", "resources"),
    [
        (filled_sonarr, "4.0.19.2979", SONARR, OF_SONARR),
        (filled_sonarr, "5.0.0.100", SONARR_5, OF_SONARR),
        (filled_radarr, "6.1.0.10500", RADARR, OF_RADARR),
    ],
)
def test_every_answer_fits_the_description(ask, fill, version, name, resources):
    """No unknown key and no wrong type anywhere."""
    document = json.loads((SPECS / name).read_text())
    with fill(version) as simulator:
        for path, resource in resources.items():
            if path.partition("?")[0].rsplit("/", 1)[0] != "/api/v3/tag":
                plain = path.partition("?")[0]
                known = plain if plain in document["paths"] else f"{plain.rsplit('/', 1)[0]}/{{id}}"
                assert "get" in document["paths"][known]
            check(document, ask(simulator.url, path), resource)
        kind = simulator.kind
        edit = {"seriesIds" if kind == "series" else "movieIds": [1], "tags": [1]}
        assert "put" in document["paths"][f"/api/v3/{kind}/editor"]
        answer = ask(simulator.url, f"/api/v3/{kind}/editor", "PUT", edit)
        check(document, answer, "SeriesResource" if kind == "series" else "MovieResource")
        check(document, ask(simulator.url, "/ping"), "PingResource")


@pytest.mark.parametrize(
    ("simulator", "key"),
    [
        (SonarrSimulator(), "sonarr_v4.0.19"),
        (SonarrSimulator(version="5.0.0.100"), "sonarr_v5_develop"),
        (RadarrSimulator(), "radarr_6.1.0"),
    ],
)
def test_the_language_tables_are_those_of_the_products(simulator, key):
    """Every id and name, and no other."""
    table = json.loads((SPECS.parent / "languages_ids.json").read_text())[key]
    assert simulator.languages == {entry["name"]: entry["id"] for entry in table}


def test_items_have_the_keys_of_recorded_ones(ask):
    """What the recordings always hold is there."""
    payloads = SPECS.parent / "payloads" / "ruddarr"
    with filled_sonarr("4.0.19.2979") as sonarr, filled_radarr("6.1.0.10500") as radarr:
        pairs = [
            (ask(sonarr.url, "/api/v3/series").json, "series.json"),
            (ask(radarr.url, "/api/v3/movie/2").json, "movies.json"),
            (ask(sonarr.url, "/api/v3/episodefile?seriesId=1").json, "series-episode-files.json"),
            (ask(radarr.url, "/api/v3/moviefile?movieId=2").json, "movie-files.json"),
        ]
    for ours, name in pairs:
        recorded = json.loads((payloads / name).read_text())
        always = set.intersection(*(set(element) for element in recorded))
        first = ours[0] if isinstance(ours, list) else ours
        assert always <= set(first), name
