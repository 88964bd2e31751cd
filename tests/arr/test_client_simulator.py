"""The clients against the simulated products: lists, edits and faults from end to end."""

import pytest

from taggarr.arr import RadarrClient, SonarrClient
from taggarr.core.arr import ArrInfo, Busy, NfoConsumer
from taggarr.core.errors import ArrProtocol, ArrRejected, ArrUnauthorized, ArrUnreachable
from taggarr.core.media import ArrAudio
from taggarr.simulator import FaultKind, RadarrSimulator, SonarrSimulator


@pytest.fixture(params=["4.0.19.2979", "5.0.0.1"])
def library(request):
    """A Sonarr with two series, on either major version."""
    with SonarrSimulator(version=request.param, roots=["/tv"], url_base="/sonarr") as simulator:
        frieren = simulator.add_series("Frieren", "/tv/Frieren", tags=["anime"], seasons={1: 2})
        simulator.add_episode_file(
            frieren, "Season 01/S01E01-E02.mkv", episodes=(1, 2), audio_languages=["jpn", None]
        )
        simulator.add_series("Bluey", "/tv/Bluey", original="English")
        yield simulator


def _sonarr(simulator, naps, **options):
    return SonarrClient(
        "tv", simulator.url, options.pop("key", simulator.api_key), sleep=naps.append, **options
    )


def test_a_library_from_end_to_end(library, naps):
    """Check, list, files, add, list again, remove: the tags of others stay where they are."""
    with _sonarr(library, naps) as sonarr:
        assert sonarr.check() == ArrInfo("Sonarr", library.version)
        frieren, bluey = sonarr.items().items
        assert (frieren.title, frieren.original, frieren.tags, frieren.root) == (
            "Frieren",
            "Japanese",
            ("anime",),
            "/tv",
        )
        (file,) = sonarr.files(frieren, episodes=True)
        assert (file.season, file.episodes, file.path) == (1, (1, 2), "/tv/Frieren/Season 01/S01E01-E02.mkv")
        assert file.audio in (ArrAudio(("jpn",), 2), ArrAudio(("jpn", "und"), 2))
        assert sonarr.files(bluey) == ()
        edited = sonarr.edit([frieren.id, bluey.id], "Dub", add=True)
        assert {key: set(tags) for key, tags in edited.items()} == {
            frieren.id: {"anime", "dub"},
            bluey.id: {"dub"},
        }
        assert set(sonarr.items().items[0].tags) == {"anime", "dub"}
        assert sonarr.edit([frieren.id], "dub", add=False) == {frieren.id: ("anime",)}
    assert library.all_tags() == {frieren.id: {"anime"}, bluey.id: {"dub"}}
    assert naps == []


def test_a_tag_that_housekeeping_took_away_is_made_again(library, naps):
    """Ids are looked up by each list anew: a label that lost its tag gets a new one."""
    with _sonarr(library, naps) as sonarr:
        first = sonarr.items().items[0].id
        sonarr.edit([first], "dub", add=True)
        sonarr.edit([first], "dub", add=False)
        library.housekeeping()
        sonarr.items()
        sonarr.edit([first], "dub", add=True)
        assert "dub" in sonarr.items().items[0].tags
    assert library.tags_of(first) == {"anime", "dub"}


def test_an_auto_tag_rule_shows_in_the_answer(library, naps):
    """A label that a rule takes away in the same call is not among the tags afterwards."""
    library.add_auto_tag("dubs", ["dub"], remove_automatically=True, genres=["Documentary"])
    with _sonarr(library, naps) as sonarr:
        (item, _) = sonarr.items().items
        assert sonarr.edit([item.id], "dub", add=True) == {item.id: ("anime",)}


def test_a_series_that_is_gone_refuses_its_batch(library, naps):
    """Nothing of the batch is done, and the caller can split it."""
    with _sonarr(library, naps) as sonarr:
        frieren, bluey = sonarr.items().items
        library.remove_series(bluey.id)
        with pytest.raises(ArrRejected) as caught:
            sonarr.edit([frieren.id, bluey.id], "dub", add=True)
        assert caught.value.status == 500
        assert library.tags_of(frieren.id) == {"anime"}
        assert "dub" in sonarr.edit([frieren.id], "dub", add=True)[frieren.id]


@pytest.mark.parametrize(
    "kind",
    [
        FaultKind.ERROR,
        FaultKind.UNAVAILABLE,
        FaultKind.THROTTLED,
        FaultKind.CLOSED,
        FaultKind.RESET,
        FaultKind.RESET_AFTER,
        FaultKind.TRUNCATED,
        FaultKind.HALF_APPLIED,
    ],
)
def test_an_edit_survives_a_passing_fault(library, naps, kind):
    """Whether the change was applied or not, the second try ends in the state that was asked for."""
    with _sonarr(library, naps) as sonarr:
        ids = [item.id for item in sonarr.items().items]
        library.faults.script(kind, method="PUT", seconds=0)
        edited = sonarr.edit(ids, "dub", add=True)
    assert all("dub" in tags for tags in edited.values())
    assert all("dub" in tags for tags in library.all_tags().values())
    assert len(naps) == 1


@pytest.mark.parametrize("kind", [FaultKind.NOT_JSON, FaultKind.HTML, FaultKind.REDIRECT, FaultKind.MOVED])
def test_an_edit_does_not_believe_a_stranger(library, naps, kind):
    """What is not the arr's answer confirms nothing and is not asked twice."""
    with _sonarr(library, naps) as sonarr:
        ids = [item.id for item in sonarr.items().items]
        library.faults.script(kind, method="PUT", seconds=0)
        with pytest.raises(ArrProtocol):
            sonarr.edit(ids, "dub", add=True)
    assert naps == []


def test_a_dripping_list_ends(library, naps):
    """The call's time is over before the list is."""
    library.faults.script(FaultKind.DRIPPING, path="*/series", seconds=5)
    with (
        _sonarr(library, naps, timeout_s=0.3) as sonarr,
        pytest.raises(ArrUnreachable, match=r"within 0\.3 s"),
    ):
        sonarr.items()


def test_the_gates_of_the_product(library, naps):
    """A wrong key, a missing URL base and a server that is starting are told apart."""
    with _sonarr(library, naps, key="wrong") as sonarr, pytest.raises(ArrUnauthorized):
        sonarr.check()
    bare = library.url.removesuffix("/sonarr")
    with SonarrClient("tv", bare, library.api_key) as sonarr, pytest.raises(ArrProtocol) as caught:
        sonarr.check()
    assert str(caught.value) == f"tv: {bare} is not the whole address: write {library.url} in url"
    library.starting = True
    with _sonarr(library, naps) as sonarr, pytest.raises(ArrUnreachable, match="starting up"):
        sonarr.check()


@pytest.mark.parametrize("ui", ["page", "login"])
def test_a_wrong_url_base_reaches_only_the_pages(naps, ui):
    """A path that is not the API's gives the product's own page, or its login: the sentence speaks of the URL base."""
    with (
        SonarrSimulator(ui=ui) as simulator,
        SonarrClient("tv", simulator.url + "/wrong", simulator.api_key) as sonarr,
        pytest.raises(ArrProtocol, match="URL base in url"),
    ):
        sonarr.check()


def test_movies_from_end_to_end(naps):
    """Radarr: list with files, edit, what it is busy with, its NFO writer, a rescan of one movie."""
    with (
        RadarrSimulator(roots=["/movies"]) as simulator,
        RadarrClient("films", simulator.url, simulator.api_key) as radarr,
    ):
        film = simulator.add_movie("Your Name", "/movies/Your Name (2016)", tags=["anime"])
        simulator.set_movie_file(film, "Your Name.mkv", audio_languages="jpn/eng")
        bare = simulator.add_movie("Suzume", "/movies/Suzume (2022)")
        with (
            pytest.raises(ArrProtocol, match="is Radarr, not Sonarr"),
            SonarrClient("tv", simulator.url, simulator.api_key) as wrong,
        ):
            wrong.check()
        assert radarr.check().app == "Radarr"
        one, two = radarr.items().items
        assert [(file.path, file.audio) for file in one.files] == [
            ("/movies/Your Name (2016)/Your Name.mkv", ArrAudio(("jpn", "eng"), 2))
        ]
        assert (two.id, two.files, radarr.files(two)) == (bare, (), ())
        assert radarr.edit([film], "dub", add=True) == {film: ("anime", "dub")}
        assert radarr.nfo_consumer() == NfoConsumer()
        simulator.enable_kodi(movie_nfo=True)
        assert radarr.nfo_consumer() == NfoConsumer(enabled=True, movie_nfo=True)
        assert radarr.busy() == Busy()
        simulator.start_command("RefreshMovie", [film])
        assert radarr.busy() == Busy(ids=frozenset({film}))
        simulator.finish_commands()
        simulator.hold_commands("started")
        radarr.rescan([bare])
        assert radarr.busy() == Busy(ids=frozenset({bare}))
        assert "ja" in radarr.languages()
        assert [root.path for root in radarr.root_folders()] == ["/movies"]


def test_sonarrs_commands_and_writer(library, naps):
    """Sonarr: a rescan of one series is that series' alone, and the Kodi consumer is seen."""
    with _sonarr(library, naps) as sonarr:
        frieren, _ = sonarr.items().items
        library.hold_commands("started")
        sonarr.rescan([frieren.id])
        assert sonarr.busy() == Busy(ids=frozenset({frieren.id}))
        library.finish_commands()
        assert sonarr.nfo_consumer() == NfoConsumer()
        library.enable_kodi()
        assert sonarr.nfo_consumer() == NfoConsumer(enabled=True)
        assert "ja" in sonarr.languages()
        assert [root.path for root in sonarr.root_folders()] == ["/tv"]


@pytest.mark.parametrize(
    ("simulator", "client"), [(SonarrSimulator, SonarrClient), (RadarrSimulator, RadarrClient)]
)
def test_the_auto_tagging_rules_have_a_digest(simulator, client, naps):
    """The digest stays while the rules do, and changes with them."""
    with simulator() as arr, client("arr", arr.url, arr.api_key, sleep=naps.append) as asked:
        none = asked.tagging_rules()
        assert asked.tagging_rules() == none
        arr.add_auto_tag("Anime", ["dub"], remove_automatically=True, genres=["Anime"])
        one = asked.tagging_rules()
        assert one != none
        assert asked.tagging_rules() == one
