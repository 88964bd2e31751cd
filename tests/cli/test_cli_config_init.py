"""`taggarr config init`: from an address and a key to a first dry run."""

import os
import signal
import stat

import pytest

from taggarr.simulator.collection import Collection, audio

DUBBED = audio("jpn", "eng")


def init(place, *arguments):
    """`config init` with the address and the key of the place's Sonarr, into a data folder that is still empty."""
    return place.run("config init", "--url", place.sonarr.url, "--api-key", place.sonarr.api_key, *arguments)


@pytest.fixture
def fresh(place):
    """A library without a configuration."""
    (place.data / "config.yaml").unlink()
    place.collection.series("Show", {"Season 01/S01E01.mkv": DUBBED})
    place.collection.movie("Film", DUBBED)
    return place


def both(place):
    """The options for Sonarr and Radarr."""
    arrs = (place.sonarr, place.radarr)
    return [option for arr in arrs for option in ("--url", arr.url, "--api-key", arr.api_key)]


def test_with_options_alone(fresh):
    """Both products are told apart, the file is the owner's alone, and the scan that is named is a dry run."""
    result = fresh.run("config init", *both(fresh), "--target-languages", "en, pt-BR")
    assert result.code == 0
    assert result.err.splitlines() == [
        "sonarr: Sonarr 4.0.19.2979 answers; looking for its files …",
        "radarr: Radarr 6.1.0.10500 answers; looking for its files …",
    ]
    path = fresh.data / "config.yaml"
    assert result.out.splitlines() == [
        f"sonarr: 1 series in 1 root folder: {fresh.folder}/tv",
        f"radarr: 1 movie in 1 root folder: {fresh.folder}/movies",
        f"Wrote {path}, which only you may read.",
        f"Next: `taggarr scan --data-dir {fresh.data}` reads the library and shows what it would do. "
        "Nothing is written yet.",
    ]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert fresh.run("config check").code == 0
    scan = fresh.run("scan")
    assert (scan.code, fresh.sonarr.log.writes, fresh.radarr.log.writes) == (0, [], [])
    assert f"To write, remove `dry_run: true` ({path}:6) and run `taggarr scan`." in scan.out


@pytest.mark.parametrize(("folder", "mapped"), [("/data/${HOME}", True), ("/data/t\x85v", False)])
def test_a_strange_folder_of_the_arr_makes_a_file_that_loads(place, tmp_path, folder, mapped):
    """A reference in its name is no reference, and one that no configuration can name is said to be not here."""
    (place.data / "config.yaml").unlink()
    place.collection = Collection(tmp_path, place.sonarr, None, arr_tv=folder)
    place.collection.series("Show", {"Season 01/S01E01.mkv": DUBBED})
    result = init(place, "--target-languages", "en")
    assert result.code == 0
    assert ("written as path_mappings" in result.out) is mapped
    assert ("is not on this machine" in result.out) is not mapped
    assert place.run("config check").code == 0
    assert place.run("scan", "--json").json["instances"]["sonarr"]["filesRead"] == mapped


def test_folders_that_lie_elsewhere_are_mapped(place, tmp_path):
    """What was found by the names of files is in the file as it is needed: the first scan reads them all."""
    place.collection = Collection(
        tmp_path, place.sonarr, place.radarr, arr_tv="/data/tv", arr_movies="D:\\Movies"
    )
    (place.data / "config.yaml").unlink()
    place.collection.series("Show", {"Season 01/S01E01.mkv": DUBBED, "Season 01/S01E02.mkv": DUBBED})
    place.collection.movie("Film", DUBBED)
    place.radarr.add_root("/films 2")
    place.radarr.use_tag("dub", delayProfileIds=[1])
    result = place.run("config init", *both(place), "--target-languages", "en")
    assert result.code == 0
    assert f"  its /data is {tmp_path} here: written as path_mappings" in result.out.splitlines()
    assert f"  its D:/Movies is {tmp_path}/movies here: written as path_mappings" in result.out.splitlines()
    missing = "  its /films 2 is not on this machine: mount it, or complete path_mappings in the file"
    assert missing in result.out.splitlines()
    assert "  warning: " in result.out
    assert "delay profile" in result.out
    scan = place.run("scan", "--json").json["instances"]
    assert [(one["filesRead"], one["verdicts"]["dub"]) for one in scan.values()] == [(2, 1), (1, 1)]


def test_a_second_instance_of_a_product_has_a_name_of_its_own(fresh):
    """Two Sonarrs are `sonarr` and `sonarr-2`."""
    again = ["--url", f"{fresh.sonarr.url}/", "--api-key", fresh.sonarr.api_key]
    result = init(fresh, *again, "--target-languages", "en")
    assert [line.partition(":")[0] for line in result.err.splitlines()] == ["sonarr", "sonarr-2"]


def test_a_reference_stays_one(fresh, monkeypatch):
    """The key of a variable is used, and not written down."""
    monkeypatch.setenv("MY_KEY", fresh.sonarr.api_key)
    arguments = ["--url", fresh.sonarr.url, "--api-key", "${MY_KEY}", "--target-languages", "en"]
    assert fresh.run("config init", *arguments).code == 0
    written = (fresh.data / "config.yaml").read_text()
    assert 'api_key: "${MY_KEY}"' in written
    assert fresh.sonarr.api_key not in written


@pytest.mark.parametrize("where", ["named", "found"])
def test_nothing_is_overwritten(fresh, nowhere, where):
    """A configuration that is there stays, also one that only would be read instead of the new one."""
    path = fresh.data / "config.yaml" if where == "named" else nowhere / "taggarr.yaml"
    path.write_text("old")
    result = init(fresh, "--target-languages", "en")
    assert (result.code, path.read_text()) == (2, "old")
    assert result.err == (
        f"taggarr: {path}: there is a configuration already, and it stays as it is; name another file with --config\n"
    )
    other = fresh.folder / "new folder" / "other.yaml"
    result = init(fresh, "--target-languages", "en", "--config", other)
    assert (result.code, other.is_file()) == (0, True)
    assert f"`taggarr scan --config '{other}' --data-dir {fresh.data}`" in result.out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "Error: name --url, --api-key and --target-languages; they are asked for on a terminal only"),
        (
            ["--url", "SONARR", "--url", "RADARR", "--api-key", "KEY", "--target-languages", "en"],
            2,
            "Error: give one --api-key for each --url: 1 for 2 now",
        ),
        (
            ["--url", "SONARR", "--api-key", "KEY", "--type", "radarr", "--target-languages", "en"],
            1,
            "taggarr: radarr: SONARR is Sonarr, not Radarr: check url and type",
        ),
        (
            ["--url", "SONARR", "--api-key", "wrong", "--target-languages", "en"],
            1,
            "taggarr: sonarr: SONARR refuses the API key (401): copy it from Sonarr > Settings > General > Security",
        ),
        (
            ["--url", "127.0.0.1:1/radarr", "--api-key", "KEY", "--target-languages", "en"],
            1,
            "taggarr: radarr: nothing listens at http://127.0.0.1:1/radarr: is Radarr running, and is the port right?",
        ),
        (
            ["--url", "ftp://nas", "--api-key", "KEY", "--target-languages", "en"],
            2,
            "taggarr: what was given: instances.sonarr.url: `ftp://nas` is not an http or https address; write one such as "
            "`http://localhost:8989`, with the URL base if the arr has one",
        ),
        (
            ["--url", "SONARR", "--api-key", "KEY", "--target-languages", "Portugese"],
            2,
            "taggarr: what was given: defaults.target_languages[0]: `Portugese` names no language; did you mean "
            "Portuguese (pt)?",
        ),
        (
            ["--url", "SONARR", "--api-key", "${NOPE}", "--target-languages", "en"],
            2,
            "taggarr: what was given: instances.sonarr.api_key: the environment variable NOPE is not set; set it, or "
            "give a default: `${NOPE:-…}`",
        ),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_is_written(fresh, nowhere, arguments, code, message):
    """Each mistake has its sentence."""
    names = {"SONARR": fresh.sonarr.url, "RADARR": fresh.radarr.url, "KEY": fresh.sonarr.api_key}
    result = fresh.run("config init", *(names.get(word, word) for word in arguments))
    for name, value in names.items():
        message = message.replace(name, value) if name != "KEY" else message
    assert (result.code, result.err.splitlines()[-1]) == (code, message)
    assert not (fresh.data / "config.yaml").exists()


def test_a_product_that_is_neither_is_named(fresh):
    """It was asked as a Sonarr and as a Radarr, and said something else."""
    fresh.sonarr.app = "Prowlarr"
    result = init(fresh, "--target-languages", "en")
    assert result.code == 1
    assert f"{fresh.sonarr.url} is Prowlarr, not Sonarr" in result.err


def test_a_folder_that_cannot_be_written_is_named(fresh):
    """The file that stands where the folder should be is not touched."""
    (fresh.folder / "file").write_text("x")
    result = init(fresh, "--target-languages", "en", "--config", fresh.folder / "file" / "config.yaml")
    assert result.code == 1
    assert f"{fresh.folder}/file/config.yaml" in result.err


@pytest.mark.measured
def test_on_a_terminal_it_asks(fresh, on_terminal):
    """Until there is an instance that answers; the key is not shown, and a language that nobody knows is asked again."""
    terminal = on_terminal(fresh, "config", "init")
    answers = [
        ("answer? [http://localhost:8989]:", "ftp://nas"),
        ("API key", "x"),
        ("\n`ftp://nas` is not an http or https address", ""),
        ("answer? [http://localhost:8989]:", fresh.radarr.url),
        ("API key", fresh.radarr.api_key),
        ("Another one? [y/N]:", "y"),
        ("answer? [http://localhost:8989]:", fresh.sonarr.url.removeprefix("http://")),
        ("API key", "wrong"),
        (f"\n{fresh.sonarr.url} refuses the API key (401): copy it from Sonarr", ""),
        (f"answer? [{fresh.sonarr.url.removeprefix('http://')}]:", "\n"),
        ("API key", fresh.sonarr.api_key),
        ("Another one? [y/N]:", "n"),
        ("hear (such as en, pt-BR, German)? [en]:", "Klingonish"),
        ("\n`Klingonish` names no language", ""),
        ("[en]:", "German"),
    ]
    for text, answer in answers:
        terminal.wait_for_next(text)
        if answer:
            terminal.type(answer if answer == "\n" else f"{answer}\n")
    code, out, seen = terminal.end()
    assert code == 0
    assert fresh.sonarr.api_key not in seen
    assert "radarr: Radarr 6.1.0.10500 answers" in seen
    assert out.splitlines()[0] == f"radarr: 1 movie in 1 root folder: {fresh.folder}/movies"
    written = (fresh.data / "config.yaml").read_text()
    assert "target_languages: [de]" in written
    assert written.index("type: radarr") < written.index("type: sonarr")


def test_the_other_product_is_offered_next(fresh, on_terminal):
    """After a Sonarr the usual address of a Radarr, and after both that of a Sonarr."""
    terminal = on_terminal(fresh, "config", "init")
    answers = [
        ("answer? [http://localhost:8989]:", fresh.sonarr.url),
        ("API key", fresh.sonarr.api_key),
        ("Another one? [y/N]:", "y"),
        ("answer? [http://localhost:7878]:", fresh.radarr.url),
        ("API key", fresh.radarr.api_key),
        ("Another one? [y/N]:", "y"),
    ]
    for text, answer in answers:
        terminal.wait_for_next(text)
        terminal.type(f"{answer}\n")
    terminal.wait_for_next("answer? [http://localhost:8989]:")
    terminal.process.send_signal(signal.SIGINT)
    assert terminal.end()[0] == 130


def test_on_a_terminal_the_key_of_an_option_is_asked_for(fresh, on_terminal):
    """So it need not stand in the history of the shell."""
    terminal = on_terminal(fresh, "config", "init", "--url", fresh.sonarr.url, "--target-languages", "en")
    terminal.wait_for_next("API key")
    terminal.type(f"{fresh.sonarr.api_key}\n")
    assert terminal.end()[0] == 0
    assert os.path.lexists(fresh.data / "config.yaml")


@pytest.mark.measured
def test_interrupted_it_leaves_nothing(fresh, on_terminal):
    """Ctrl-C at a question."""
    terminal = on_terminal(fresh, "config", "init")
    terminal.wait_for_next("answer?")
    terminal.process.send_signal(signal.SIGINT)
    assert terminal.end()[0] == 130
    assert not (fresh.data / "config.yaml").exists()
