"""One instance: reached, its clock, its labels, its NFO writer; and two of them beside each other."""

import contextlib
import threading

import pytest

from taggarr.core.arr import ArrInfo, LabelUse, Listing, NfoConsumer
from taggarr.core.errors import ArrUnreachable
from taggarr.core.language import Language
from taggarr.core.media import Kind
from taggarr.core.policy import Policy, Rules
from taggarr.doctor.instance import Machine, examine
from taggarr.doctor.ports import Subject
from taggarr.doctor.tasks import Late, Task
from taggarr.simulator import FaultKind
from taggarr.simulator.collection import audio

NOT_CHECKED = "not checked: clock, lists, files, path mappings, NFO files, Kodi metadata, labels"


def test_an_instance_that_is_down(clinic):
    """Its error is that of a scan, what hangs on it is not checked, and the other instance is."""
    with clinic.sonarr.down():
        checks = clinic.checks()
    assert checks.bad == {("tv", "connection", "error"), ("tv", "not-checked", "warning")}
    assert checks.one("connection", "tv").message == (
        f"nothing listens at {clinic.sonarr.url}: is Sonarr running, and is the port right?"
    )
    assert checks.one("not-checked", "tv").message == NOT_CHECKED
    assert [check.name for check in checks if check.instance == "tv"] == ["connection", "not-checked"]
    assert checks.level("connection", "films") == "ok"


def test_the_wrong_application_key_and_certificates(clinic, tmp_path):
    """Each is told in the words of a scan."""
    clinic.instances["tv"]["url"] = clinic.radarr.url
    clinic.instances["films"]["api_key"] = "f" * 32
    clinic.instances["films"]["root_path"] = "/films"
    clinic.instances["tls"] = {
        "type": "sonarr",
        "url": "https://localhost:1",
        "api_key": "e" * 32,
        "tls_verify": str(tmp_path / "none.pem"),
    }
    clinic.instances["tv"]["root_path"] = "/tv"
    checks = clinic.checks()
    assert "is Radarr, not Sonarr: check url and type" in checks.one("connection", "tv").message
    assert "refuses the API key (401)" in checks.one("connection", "films").message
    assert "cannot be used as certificates" in checks.one("connection", "tls").message
    assert {check.level.value for check in checks.named("connection", "tls")} == {"error"}


def test_an_arr_that_drips_is_late(clinic):
    """Its own time-out ends it, and the rest goes on."""
    clinic.instances["tv"]["timeout_s"] = 0.5
    clinic.sonarr.faults.script(FaultKind.DRIPPING, path="*/series", seconds=30)
    checks = clinic.checks()
    assert checks.bad == {("tv", "lists", "error")}
    assert "gave no complete answer within 0.5 s" in checks.one("lists", "tv").message
    assert checks.level("kodi", "tv") == "ok"


@pytest.mark.parametrize(("path", "name"), [("*/metadata", "kodi"), ("*/tag/detail", "label-uses")])
def test_a_setting_that_cannot_be_had(clinic, path, name):
    """One error, in the words of the client; everything else is checked."""
    clinic.sonarr.faults.script(FaultKind.HTML, path=path)
    checks = clinic.checks()
    assert checks.bad == {("tv", name, "error")}
    assert "with a web page instead of JSON" in checks.one(name, "tv").message


class FakeArr:
    """An arr whose calls do as a test says; those named in `hang` never answer."""

    def __init__(self, *, ahead_s: float | None = 0.0, hang: str = "") -> None:
        self.ahead_s = ahead_s
        self.over = threading.Event()
        if hang:
            setattr(self, hang, lambda *_: self.over.wait())

    def check(self):
        return ArrInfo("Sonarr", "4.0")

    def nfo_consumer(self):
        return NfoConsumer()

    def label_uses(self):
        return (LabelUse("dub"),)

    def root_folders(self):
        return ()

    def items(self):
        return Listing()

    def files(self, item):
        raise ArrUnreachable("tv", "never asked")


def examined(arr, timeout_s=-4.9):
    """The checks of an instance at a fake arr; its limits are its time-out and five seconds."""
    subject = Subject(
        name="tv",
        app="Sonarr",
        kind=Kind.SERIES,
        enabled=True,
        rules=Rules(Policy((Language("en"),))),
        labels=frozenset({"dub"}),
        roots=(),
        mappings=(),
        timeout_s=timeout_s,
        indent=4,
        open=lambda: contextlib.nullcontext(arr),
    )
    found = examine(subject, Machine(None, None, (), 1.0))
    if hasattr(arr, "over"):
        arr.over.set()
    return {check.name: check for check in found.checks}


@pytest.mark.parametrize(
    ("ahead_s", "level", "said"),
    [
        (0.0, "ok", "the clocks of Sonarr and of this machine agree"),
        (60.0, "ok", "the clocks of Sonarr and of this machine agree"),
        (61.0, "warning", "the clock of Sonarr is 1 minute ahead of this machine's; which"),
        (-150.0, "warning", "the clock of Sonarr is 2 minutes behind this machine's; which"),
        (7_300.0, "warning", "is 2 hours ahead of"),
        (-90_000.0, "warning", "is 1 day behind"),
    ],
)
def test_the_clock(ahead_s, level, said):
    """More than a minute is worth a word, and nobody can say here whose clock is wrong."""
    found = examined(FakeArr(ahead_s=ahead_s), 1.0)["clock"]
    assert (found.level, said in found.message) == (level, True)


def test_a_clock_that_nobody_knows():
    """Without a date in the answers nothing is said."""
    assert "clock" not in examined(FakeArr(ahead_s=None), 1.0)


def test_an_arr_that_hangs_at_once():
    """It counts as not reached."""
    found = examined(FakeArr(hang="check"))
    assert found["connection"].message == "Sonarr did not answer within 0.1 s"
    assert found["not-checked"].level == "warning"


@pytest.mark.parametrize(("call", "name"), [("nfo_consumer", "kodi"), ("label_uses", "label-uses")])
def test_a_call_that_hangs(call, name):
    """The check that needs it says so, the others are made."""
    found = examined(FakeArr(hang=call))
    assert {each for each, check in found.items() if check.level == "error"} == {name}
    assert found[name].message == "Sonarr did not answer within 0.1 s"


def test_a_list_that_hangs():
    """It has twice the time."""
    found = examined(FakeArr(hang="items"), -2.4)
    assert {each for each, check in found.items() if check.level == "error"} == {"lists"}
    assert found["lists"].message == "Sonarr did not answer within 0.2 s"


def test_work_that_fails_fails_where_it_is_asked_for():
    """What the work raises is raised by `result`; what comes too late is not waited for."""
    with pytest.raises(ZeroDivisionError):
        Task(lambda: 1 / 0, 5).result()
    over = threading.Event()
    with pytest.raises(Late) as caught:
        Task(over.wait, 0.01).result()
    over.set()
    assert caught.value.limit_s == 0.01


def test_labels_that_rules_and_other_things_use(clinic):
    """Each label is named with what uses it; those of profiles count, those of nobody here do not."""
    clinic.more = {
        "profiles": {"anime": {"match": {"series_types": ["anime"]}, "tags": {"dub": "anime-dub"}}}
    }
    sonarr = clinic.sonarr
    sonarr.add_auto_tag("Old films", ["semi-dub"], remove_automatically=True, genres=["Noir"])
    sonarr.add_auto_tag("With dub", ["other"], tag="semi-dub")
    for kind in (
        "delayProfileIds",
        "restrictionIds",
        "indexerIds",
        "downloadClientIds",
        "importListIds",
        "notificationIds",
    ):
        sonarr.use_tag("anime-dub", **{kind: [1]})
    sonarr.use_tag("anime-dub", indexerIds=[2])
    sonarr.use_tag("strangers", indexerIds=[2])
    checks = clinic.checks("tv")
    assert checks.bad == {("tv", "auto-tags", "warning"), ("tv", "label-uses", "warning")}
    assert checks.one("auto-tags", "tv").message == (
        "the label semi-dub is used by 2 auto-tag rules of Sonarr: “Old films”, “With dub”; "
        "a rule that sets or removes it undoes what Taggarr writes"
    )
    assert checks.one("label-uses", "tv").message == (
        "the label anime-dub also belongs to 1 delay profile, 1 release profile, 2 indexers, 1 download client, "
        "1 import list, 1 connection of Sonarr: titles that get the label get these, too"
    )


def test_labels_that_nothing_else_uses(clinic):
    """Said with their names."""
    clinic.sonarr.use_tag("strangers", indexerIds=[2])
    assert clinic.checks().one("label-uses", "tv").message == (
        "nothing else in Sonarr uses the labels dub, semi-dub, wrong-dub"
    )


def test_the_kodi_writer(clinic):
    """On or off, under which name, and what follows for the genre."""
    off = clinic.checks()
    assert off.one("kodi", "tv").message.startswith("Sonarr writes no Kodi NFO files; Taggarr edits those")
    clinic.sonarr.enable_kodi()
    clinic.radarr.enable_kodi()
    on = clinic.checks()
    assert on.bad == set()
    assert "Sonarr writes Kodi metadata itself (tvshow.nfo)" in on.one("kodi", "tv").message
    assert "(an NFO named like the film)" in on.one("kodi", "films").message
    clinic.radarr.enable_kodi(movie_nfo=True)
    clinic.defaults = {"add_tag_to_genre": True}
    genre = clinic.checks()
    assert genre.level("kodi", "tv") == "warning"
    assert "(movie.nfo)" in genre.one("kodi", "films").message
    assert "the genre of add_tag_to_genre is lost each time" in genre.one("kodi", "films").message


@pytest.fixture
def twins(clinic):
    """Two instances of one Sonarr's folders, by two addresses."""
    clinic.sonarr.add_root(str(clinic.folder / "tv"))
    for title in ("Dark", "Bebop"):
        clinic.series(title, str(clinic.folder / "tv"), clinic.folder / "tv", {"S01/E01.mkv": audio("jpn")})
    clinic.instances["twin"] = clinic.instances["tv"] | {
        "url": clinic.sonarr.url.replace("127.0.0.1", "localhost")
    }
    return clinic


def test_two_instances_that_would_write_one_nfo(twins):
    """The first in the configuration writes, the other is told so."""
    checks = twins.checks()
    assert checks.bad == {("twin", "same-nfo", "warning")}
    assert checks.one("same-nfo", "twin").message == (
        f"2 folders of twin are also those of tv (first: {twins.folder}/tv/Bebop): tv writes the NFO files there, "
        "twin leaves them alone"
    )
    twins.sonarr.remove_series(1)
    assert "1 folder of twin" in twins.checks().one("same-nfo", "twin").message


@pytest.mark.parametrize("name", ["tv", "twin"])
def test_an_instance_that_writes_no_nfo_is_nobodys_rival(twins, name):
    """With `write_nfo: never` in either of the two there is one writer."""
    twins.instances[name]["write_nfo"] = "never"
    assert twins.checks().one("same-nfo").message == "no two instances would write the same NFO file"


def test_folders_of_an_instance_that_is_down_are_not_known(twins):
    """Of one alone nothing can be said."""
    with twins.radarr.down():
        twins.instances["twin"]["url"] = twins.radarr.url + "/x"
        checks = twins.checks("tv", "twin")
    assert checks.named("same-nfo") == checks.named("same-nfo", "twin") == []


def test_an_instance_that_is_turned_off(clinic):
    """It is not asked, unless it is named."""
    clinic.instances["tv"]["enabled"] = False
    checks = clinic.checks()
    assert checks.one("enabled", "tv").message == (
        "turned off: it is neither scanned nor checked, and its labels stay"
    )
    assert clinic.sonarr.log.entries == []
    assert clinic.checks("tv").level("connection", "tv") == "ok"


def test_what_is_legal_and_surprises(clinic):
    """A dry run that was forgotten, and a configuration in which nothing is turned on."""
    clinic.instances["tv"]["dry_run"] = True
    checks = clinic.checks()
    assert checks.bad == {("tv", "configuration", "warning")}
    remove = f"remove `dry_run: true` ({clinic.data}/config.yaml:1) once the plan is as you want it"
    assert checks.one("configuration", "tv").cure == remove
    assert clinic.checks("films").bad == set()
    for one in clinic.instances.values():
        one["enabled"] = False
    (told, whole) = clinic.checks().named("configuration")
    assert (told.level, "every instance is turned off" in told.message) == ("warning", True)
    assert whole.message.endswith("config.yaml can be read; it names 2 instances")


def test_what_is_written_in_an_earlier_way_is_a_warning(clinic):
    """A file of 0.8 works, and the doctor says what to write today, with its place."""
    clinic.defaults = {"log_level": "info"}
    for one in clinic.instances.values():
        one.pop("timeout_s")
        one["root_path"] = str(clinic.folder)
    first = clinic.checks().named("configuration")[0]
    assert (first.level.value, first.message, first.cure) == (
        "warning",
        f"{clinic.data}/config.yaml:1:15: defaults.log_level: this key has moved",
        "write `level: info` below `logging`",
    )
