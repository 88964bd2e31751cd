"""What surrounds the library: root folders, disks, health, mapped paths, versions and the clock."""

from email.utils import parsedate_to_datetime

import pytest

from taggarr.simulator import RadarrSimulator, SonarrSimulator

API = "/api/v3"


def test_root_folders_tell_what_is_in_them(sonarr, ask, tmp_path):
    """Space, and the folders that belong to no item; of a root that is gone, neither is known."""
    for name in ("a Mine", "B Stray", "@eaDir"):
        (tmp_path / name).mkdir()
    (tmp_path / "file.txt").touch()
    sonarr.add_root("/data/tv", folder=tmp_path, free_bytes=5)
    sonarr.add_root(str(tmp_path))
    sonarr.add_root("/gone", accessible=False)
    sonarr.add_series("Mine", "/data/tv/a Mine")
    plain, mapped, real, gone = ask(sonarr.url, f"{API}/rootfolder").json
    assert (plain["path"], plain["accessible"], plain["unmappedFolders"]) == ("/tv", True, [])
    assert mapped == {
        "path": "/data/tv",
        "accessible": True,
        "freeSpace": 5,
        "unmappedFolders": [{"name": "B Stray", "path": "/data/tv/B Stray", "relativePath": "B Stray"}],
        "id": 2,
    }
    assert [each["name"] for each in real["unmappedFolders"]] == ["a Mine", "B Stray"]
    assert gone == {"path": "/gone", "accessible": False, "id": 4}
    assert ask(sonarr.url, f"{API}/rootfolder/2").json == mapped


def test_disks_are_those_of_the_roots(radarr, ask):
    """And the one that the arr itself lies on; what cannot be reached has no size."""
    radarr.add_root("/gone", accessible=False)
    radarr.add_root("/full", free_bytes=0)
    disks = {disk["path"]: disk for disk in ask(radarr.url, f"{API}/diskspace").json}
    assert list(disks) == ["/movies", "/full", "/"]
    assert disks["/full"]["freeSpace"] == 0
    assert all(disk["freeSpace"] < disk["totalSpace"] for disk in disks.values())


def test_mapped_paths_are_listed(sonarr, ask):
    """What a download client calls a folder, and what the arr does."""
    sonarr.add_path_mapping("nas", "/downloads/", "/data/downloads/")
    expected = {"host": "nas", "remotePath": "/downloads/", "localPath": "/data/downloads/", "id": 1}
    assert ask(sonarr.url, f"{API}/remotepathmapping").json == [expected]
    assert ask(sonarr.url, f"{API}/remotepathmapping/1").json == expected


@pytest.mark.parametrize("name", ["rootfolder", "remotepathmapping", "metadata", "autotagging", "command"])
def test_one_setting_that_is_not_there_is_a_problem(radarr, ask, name):
    """GET by id is 404, whatever it is of."""
    answer = ask(radarr.url, f"{API}/{name}/77")
    assert (answer.status, answer.json["title"]) == (404, "Not Found")


def test_health_messages_link_to_the_wiki(radarr, ask):
    """Source, level, sentence and link."""
    radarr.add_health("RootFolderCheck", "error", "Missing root folder: /movies")
    assert ask(radarr.url, f"{API}/health").json == [
        {
            "source": "RootFolderCheck",
            "type": "error",
            "message": "Missing root folder: /movies",
            "wikiUrl": "https://wiki.servarr.com/radarr/system#rootfoldercheck",
        }
    ]


def test_the_clock_of_an_arr_may_be_wrong(sonarr, ask):
    """The `Date` of every answer follows it, also where there is no key."""
    right = parsedate_to_datetime(ask(sonarr.url, "/ping").headers["Date"])
    sonarr.clock_skew_s = -7200
    wrong = parsedate_to_datetime(ask(sonarr.url, f"{API}/tag", headers={}).headers["Date"])
    assert sonarr.clock_skew_s == -7200
    assert (right - wrong).total_seconds() > 3600


def test_a_broken_database_shows_in_ping(sonarr, ask):
    """500 with a body of its own."""
    sonarr.database_fails = True
    answer = ask(sonarr.url, "/ping", headers={})
    assert (answer.status, answer.json) == (500, {"status": "Error"})


@pytest.mark.parametrize("product", [SonarrSimulator, RadarrSimulator])
@pytest.mark.parametrize("version", ["3.0.10.1567", "4.0.19.2979-develop", "develop", ""])
def test_an_arr_may_call_itself_anything(ask, product, version):
    """Any text is a version, in the body and in the header, and can change while it runs; so can the name."""
    with product(version=version) as simulator:
        simulator.instance_name = "Anime at home"
        answer = ask(simulator.url, f"{API}/system/status")
        assert (answer.json["version"], answer.headers["X-Application-Version"]) == (version, version)
        assert (answer.json["appName"], answer.json["instanceName"]) == (simulator.app, "Anime at home")
        simulator.version = "99.1"
        assert ask(simulator.url, f"{API}/system/status").json["version"] == "99.1"
