"""What an owner of an earlier version sees: their file, or their environment variables, and the earlier start."""

import contextlib
import os
import pty
import resource
import signal
import stat

import pytest

from taggarr.simulator.collection import audio

DUBBED = audio("jpn", "eng")


@pytest.fixture
def environ(place, nowhere, monkeypatch):
    """The environment of 0.4 for the simulated arrs, and no configuration file; sets further variables."""
    (place.data / "config.yaml").unlink()

    def set_all(**more):
        variables = {
            "SONARR_URL": place.sonarr.url,
            "SONARR_API_KEY": place.sonarr.api_key,
            "RADARR_URL": place.radarr.url,
            "RADARR_API_KEY": place.radarr.api_key,
            "TAGGARR_DATA_DIR": str(place.data),
        }
        for name, value in (variables | more).items():
            monkeypatch.setenv(name, value)

    set_all()
    return set_all


OLD = """\
defaults:
  target_languages: en
  log_level: WARNING
  tags: {{dub: Dub}}
instances:
  films: {{type: radarr, url: "{url}", api_key: {key}, root_path: {root}, colour: red}}
"""


@pytest.fixture
def old_file(place):
    """A file of 0.8 in the data folder."""
    text = OLD.format(url=place.radarr.url, key=place.radarr.api_key, root=f"{place.folder}/movies")
    (place.data / "config.yaml").write_text(text)
    return place.data / "config.yaml"


def test_a_library_that_0_8_tagged_gets_no_write(place, old_file):
    """Its labels are what the arr has, in small letters; each warning is one line, and the scan goes on."""
    place.collection.movie("Film", DUBBED, tags=["dub", "mine"])
    result = place.run("scan")
    assert (result.code, place.radarr.all_tags()) == (0, {1: {"dub", "mine"}})
    assert "changes: 0 planned" in result.out
    warnings = [line for line in result.err.splitlines() if line.startswith("warning: ")]
    assert [line.split(": ")[2] for line in warnings] == [
        "defaults.log_level",
        "defaults.tags.dub",
        "instances.films.colour",
    ]
    assert "`taggarr config migrate` shows the file as it is written today.\n" in result.err


def test_labels_that_an_arr_would_not_make_today_are_known(place, old_file):
    """`semi_dub` is on the title, and stays; where the verdict differs, it is taken away like any of ours."""
    old_file.write_text(old_file.read_text().replace("dub: Dub", "dub: my_dub, semi: semi dub"))
    same = place.collection.movie("Same", DUBBED, tags=["my_dub"])
    other = place.collection.movie("Other", audio("jpn"), tags=["my_dub", "semi dub", "mine"])
    assert place.run("scan").code == 0
    assert place.radarr.all_tags() == {same: {"my_dub"}, other: {"mine"}}


@pytest.mark.parametrize("command", ["scan --dry-run", "explain Film", "export", "history", "config check"])
def test_every_command_says_the_warnings_once(place, old_file, command):
    """On standard error, so that the answer stays clean."""
    place.collection.movie("Film", DUBBED)
    result = place.run(command)
    assert result.err.count("warning: ") == 3
    assert "warning: " not in result.out


def test_a_check_with_warnings_alone_is_good(place, old_file):
    """Exit code 0, and their number; as JSON each has its level."""
    result = place.run("config check")
    assert result.code == 0
    assert result.out == f"{old_file}: nothing is wrong, but 3 warnings; it has 1 instance.\n"
    listed = place.run("config check", "--json")
    assert (listed.code, listed.err) == (0, "")
    assert [(one["level"], one["line"]) for one in listed.json] == [
        ("warning", 3),
        ("warning", 4),
        ("warning", 6),
    ]
    old_file.write_text(old_file.read_text().replace("target_languages: en", "target_languages: klingonish"))
    wrong = place.run("config check", "--json")
    assert (wrong.code, [one["level"] for one in wrong.json]) == (2, ["error"] + ["warning"] * 3)
    assert place.run("config check").err.count("\nwarning: ") == 3


def test_one_warning_is_one(place, old_file):
    """The sentence counts."""
    old_file.write_text(old_file.read_text().replace("Dub}", "dub}").replace(", colour: red", ""))
    assert "nothing is wrong, but 1 warning; it has" in place.run("config check").out


def test_warnings_of_the_environment_alone_name_no_file(place, environ, call):
    """There is none that could be written anew."""
    environ(TAG_DUB="Dub")
    result = call("config", "check")
    assert result.out == "environment: nothing is wrong, but 1 warning; it has 2 instances.\n"
    assert result.err.startswith(
        "warning: environment variable TAG_DUB: defaults.tags.dub: `Dub` is taken in small"
    )
    assert "migrate" not in result.err


def test_the_demo_never_sees_the_real_arrs(place, environ, call, monkeypatch):
    """Variables that lead to a real library do not lead the demo there."""
    environ(TAG_DUB="real", SONARR_URL="http://127.0.0.1:9")
    result = call("demo", "--json")
    assert result.code == 0
    assert result.json["first"]["instances"]["series"]["error"] is None
    assert place.radarr.log.entries == []


# Without a command and without a file


def until(process, words):
    """What a process said, up to the line that holds `words`."""
    said = ""
    while words not in said:
        line = process.stderr.readline()
        assert line, said
        said += line
    return said


def end(process, number=signal.SIGTERM):
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    return process.returncode, out, err


def test_it_scans_at_once_and_then_again_and_again(place, environ, call):
    """START_RUNNING is `true` unless it says otherwise; options hold for each pass."""
    film = place.collection.movie("Film", DUBBED)
    environ(RUN_INTERVAL_SECONDS="1")
    assert "WRITE_MODE" not in call("scan", "--dry-run").err
    process = place.start("--dry-run", "--json")
    lines = [process.stdout.readline() for _ in range(2)]
    code, _, _ = end(process)
    assert code == 143
    assert all('"planned": 1, "applied": 0' in line for line in lines)
    assert place.radarr.all_tags() == {film: set()}


def test_without_an_option_it_is_the_same_loop(place, environ):
    """Nothing but the variables is needed."""
    film = place.collection.movie("Film", DUBBED)
    process = place.start()
    said = until(process, "Next scan at ")
    assert end(process, signal.SIGINT)[0] == 130
    assert place.radarr.all_tags() == {film: {"dub"}}
    assert "WRITE_MODE" not in said


def test_a_write_mode_of_the_environment_holds_for_the_first_pass(place, environ):
    """It says so; the pass after it has nothing to read."""
    place.collection.movie("Film", DUBBED)
    environ(RUN_INTERVAL_SECONDS="1", WRITE_MODE="1", START_RUNNING="false")
    assert '"filesRead": 1' in place.start("--json", "-i", "radarr").communicate(timeout=30)[0]
    environ(START_RUNNING="true")
    process = place.start("--json", "-i", "radarr")
    lines = [process.stdout.readline() for _ in range(2)]
    _, _, err = end(process)
    assert ['"filesRead": 1' in line for line in lines] == [True, False]
    assert err.startswith(
        "WRITE_MODE=1 holds for the first pass only: the passes after it read what is new or changed.\n"
    )


def test_a_write_mode_of_the_command_line_holds_for_each_pass(place, environ):
    """As every option does; it stands above the variable."""
    place.collection.movie("Film", DUBBED)
    environ(RUN_INTERVAL_SECONDS="1", WRITE_MODE="2")
    process = place.start("--json", "-i", "radarr", "--write-mode", "1")
    lines = [process.stdout.readline() for _ in range(2)]
    _, _, err = end(process)
    assert ['"filesRead": 1' in line for line in lines] == [True] * 2
    assert "WRITE_MODE" not in err


def test_removal_by_the_environment_is_one_pass(place, environ):
    """The tags go, and the next pass gives them back, which is said beforehand."""
    film = place.collection.movie("Film", DUBBED, tags=["dub", "mine"])
    environ(WRITE_MODE="2")
    process = place.start()
    said = until(process, "Next scan at ")
    end(process)
    assert place.radarr.all_tags() == {film: {"mine"}}
    assert said.startswith(
        "WRITE_MODE=2 holds for the first pass only: the passes after it tag again. To keep the tags away, stop this "
        "and run `taggarr scan --write-mode 2`.\n"
    )


@pytest.mark.measured
def test_removal_by_the_command_line_is_one_scan(place, environ):
    """It is never repeated; nor is a scan of one title."""
    film = place.collection.movie("Film", DUBBED, tags=["dub"])
    process = place.start("--write-mode", "2")
    assert "This is one scan; START_RUNNING does not repeat it.\n" in process.communicate(timeout=30)[1]
    assert (process.returncode, place.radarr.all_tags()) == (0, {film: set()})
    process = place.start("--item", "Film")
    process.communicate(timeout=30)
    assert (process.returncode, place.radarr.all_tags()) == (0, {film: {"dub"}})


def test_start_running_false_with_an_option_is_one_scan(place, environ, call):
    """In the write mode of the environment, unless the option is that; both kinds of options go through."""
    film = place.collection.movie("Film", DUBBED, tags=["dub"])
    environ(START_RUNNING="False", WRITE_MODE="2")
    tried = call("--dry-run")
    assert (tried.code, place.radarr.all_tags()) == (0, {film: {"dub"}})
    assert "WRITE_MODE=2 holds for this scan.\n" in tried.err
    assert "would remove dub from 1" in tried.out
    assert call("--write-mode", "0").out.count("changes: 0 planned") == 2
    assert place.radarr.all_tags() == {film: {"dub"}}


@pytest.mark.measured
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_start_running_false_waits_for_whoever_comes(place, environ, number, code):
    """It says so once, asks no arr, holds no lock, and ends when it is told to; a log level is no scan."""
    place.collection.movie("Film", DUBBED)
    environ(START_RUNNING="false", WRITE_MODE="1")
    process = place.start("--log-level", "debug")
    said = until(process, "`docker exec NAME taggarr scan`.\n")
    assert said.startswith("START_RUNNING is not `true`: this process waits, and you scan when you want to")
    assert place.radarr.log.entries == []
    by_hand = place.run("scan", "-i", "radarr")
    assert (by_hand.code, "1 movie" in by_hand.out) == (0, True)
    assert "WRITE_MODE=1 is ignored where a command is given; --write-mode says it.\n" in by_hand.err
    assert end(process, number) == (code, "", "taggarr: stopped\n")


def test_a_loop_that_is_asked_for_is_one(place, environ):
    """`--loop` where START_RUNNING is off."""
    environ(START_RUNNING="false")
    process = place.start("--loop", "--write-mode", "1")
    until(process, "Next scan at ")
    assert end(process)[0] == 143


def test_half_an_address_is_named(environ, call, monkeypatch):
    """The variable that is missing, exit code 2, no help that hides it."""
    monkeypatch.delenv("RADARR_API_KEY")
    result = call()
    assert (result.code, result.out) == (2, "")
    assert result.err == (
        "taggarr: environment variable RADARR_API_KEY: it is not set, and RADARR_URL is: no configuration file was "
        "found, so both are needed; set RADARR_API_KEY, or write a configuration file\n"
    )


def test_beside_a_file_nothing_starts_by_itself(place, old_file, call, nowhere, monkeypatch):
    """A variable that was left behind neither loops nor strips: it is ignored, and named."""
    film = place.collection.movie("Film", DUBBED, tags=["dub"])
    for name, value in {
        "TAGGARR_DATA_DIR": str(place.data),
        "START_RUNNING": "true",
        "WRITE_MODE": "2",
        "RADARR_API_KEY": place.radarr.api_key,
    }.items():
        monkeypatch.setenv(name, value)
    result = call()
    assert (result.code, place.radarr.all_tags()) == (0, {film: {"dub"}})
    assert "variable START_RUNNING: it is ignored: it holds only where no configuration file is" in result.err
    assert "variable WRITE_MODE: it is ignored: it holds only where no configuration file is" in result.err
    assert "RADARR_API_KEY" not in result.err


# config migrate


def test_migrate_shows_the_new_file_and_why(place, old_file):
    """The file on standard output, what was changed on standard error; nothing is written."""
    place.collection.movie("Film", DUBBED)
    result = place.run("config migrate")
    assert result.code == 0
    assert "tags: {dub: dub}" in result.out
    assert result.out.endswith("\nlogging:\n  level: WARNING\n")
    assert "colour" not in result.out
    assert result.err.splitlines()[-1] == (
        "line 6: instances.films.colour: there is no key `colour` here: it is ignored, as earlier versions did; "
        "left out"
    )
    assert len(result.err.splitlines()) == 3
    assert [path.name for path in place.data.iterdir()] == ["config.yaml"]


def test_migrate_writes_a_new_file_for_its_owner_alone(place, old_file, tmp_path, call):
    """With `--out`: mode 0600, in a folder that is made, without warnings, and the same to a scan."""
    film = place.collection.movie("Film", DUBBED)
    new = tmp_path / "new" / "taggarr.yaml"
    result = call("config", "migrate", old_file, "--out", new)
    assert result.code == 0
    assert result.out == new.read_text()
    assert stat.S_IMODE(new.stat().st_mode) == 0o600
    assert result.err.endswith(
        f"Written to {new}. Check it with `taggarr config check --config {new}`, then put it in the place of "
        f"{old_file}.\n"
    )
    scanned = place.run("scan", "-c", new)
    assert (scanned.code, place.radarr.all_tags()) == (0, {film: {"dub"}})
    assert "warning" not in scanned.err


@pytest.mark.parametrize("there", ["file", "link", "folder"])
def test_migrate_writes_over_nothing(place, old_file, tmp_path, call, there):
    """Whatever is there stays, a link that leads nowhere too."""
    target = tmp_path / "there"
    {
        "file": lambda: target.write_text("mine"),
        "link": lambda: target.symlink_to(tmp_path / "nothing"),
        "folder": target.mkdir,
    }[there]()
    result = call("config", "migrate", old_file, "--out", target)
    assert result.code == 2
    assert f"{target} is there already and is not written over; name another file" in result.err
    assert not (tmp_path / "nothing").exists()
    assert there != "file" or target.read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_named(place, old_file, tmp_path, call):
    """A file in its place."""
    (tmp_path / "file").write_text("")
    result = call("config", "migrate", old_file, "--out", tmp_path / "file" / "new.yaml")
    assert result.code == 1
    assert f"{tmp_path}/file/new.yaml" in result.err
    assert f"{tmp_path}/file is no folder" in result.err


def test_a_name_that_cannot_be_is_named(old_file, tmp_path, call):
    """Nothing was begun, and nothing is removed."""
    result = call("config", "migrate", old_file, "--out", tmp_path / ("x" * 300))
    assert result.code == 1
    assert result.err.endswith("x': File name too long\n"), result.err
    assert list(tmp_path.glob("*x*")) == []


def test_a_full_disk_leaves_nothing_half_written(old_file, tmp_path, call):
    """What was begun is removed again."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        result = call("config", "migrate", old_file, "--out", tmp_path / "new.yaml")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert result.code == 1
    assert f"{tmp_path}/new.yaml" in result.err
    assert "File too large" in result.err
    assert not (tmp_path / "new.yaml").exists()


def test_a_file_of_today_needs_no_migration(place):
    """It says so, and prints nothing."""
    result = place.run("config migrate")
    assert (result.code, result.out) == (0, "")
    assert (
        result.err == f"{place.data}/config.yaml: nothing in it is written in an earlier way; it can stay.\n"
    )


def test_the_environment_is_written_as_a_file(place, environ, call, tmp_path):
    """No key is in it; while the variables are still there, they say the same and are silent."""
    environ(
        TARGET_LANGUAGES="en,ja",
        ROOT_TV_PATH="/tv",
        START_RUNNING="true",
        DRY_RUN="yes",
        TARGET_GENRE_MOVIES="x",
    )
    new = place.data / "config.yaml"
    result = call("config", "migrate", "--out", new)
    assert result.code == 0
    assert "api_key: ${SONARR_API_KEY}" in new.read_text()
    assert place.sonarr.api_key not in result.out + result.err
    assert "TARGET_LANGUAGES: now `defaults.target_languages`; remove the variable\n" in result.err
    assert result.err.endswith("then remove the variables that are said to go.\n")
    checked = call("config", "check")
    assert checked.out == f"{new}: nothing is wrong, but 1 warning; it has 2 instances.\n"
    assert checked.err.startswith("warning: environment variable START_RUNNING: it is ignored")


def test_variables_that_hold_above_the_file_are_told_of(place, old_file, monkeypatch):
    """They are no part of the new file."""
    monkeypatch.setenv("TARGET_LANGUAGES", "ja")
    result = place.run("config migrate")
    assert "target_languages: en" in result.out
    assert (
        "warning: environment variable TARGET_LANGUAGES: defaults.target_languages: this variable"
        in result.err
    )


def test_variables_that_describe_nothing_are_told_of(environ, call, monkeypatch):
    """They are not in the new file either."""
    for name in ("RADARR_URL", "RADARR_API_KEY"):
        monkeypatch.delenv(name)
    environ_more = {"ROOT_MOVIE_PATH": "/movies", "TAG_DUB": "Dub"}
    for name, value in environ_more.items():
        monkeypatch.setenv(name, value)
    result = call("config", "migrate")
    assert "radarr" not in result.out
    assert "warning: environment variable ROOT_MOVIE_PATH: it is ignored" in result.err
    assert "TAG_DUB: now `defaults.tags.dub`; remove the variable\n" in result.err
    assert "warning: environment variable TAG_DUB" not in result.err


def test_what_cannot_be_migrated_ends_with_2(place, old_file, call):
    """A wrong file, one that a person has to change, and one that is named twice."""
    assert call("config", "migrate", old_file, "-c", old_file).code == 2
    text = old_file.read_text()
    old_file.write_text(text.replace("defaults:", "x: &x 1\ndefaults:\n  run_interval_seconds: *x"))
    anchored = place.run("config migrate")
    assert (anchored.code, anchored.out) == (2, "")
    assert "this is written in a way that a person has to change (anchors, aliases, merges)" in anchored.err
    assert "taggarr: warning: " in anchored.err
    old_file.write_text(text.replace("radarr", "radar"))
    wrong = place.run("config migrate")
    assert (wrong.code, wrong.out) == (2, "")
    assert "instances.films.type: `radar` is not sonarr or radarr" in wrong.err


def on_terminal(place, answer, *arguments):
    """What a command says where all of its streams are a terminal, on which `answer` is typed."""
    ours, theirs = pty.openpty()
    process = place.start(*arguments, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    os.write(ours, f"{answer}\n".encode())
    said = b""
    with contextlib.suppress(OSError):  # the process is gone, and the terminal with it
        while part := os.read(ours, 65536):
            said += part
    os.close(ours)
    assert process.wait(20) == 0
    return said.decode()


@pytest.mark.measured
@pytest.mark.parametrize(("answer", "written"), [("y", True), ("n", False)])
def test_on_a_terminal_it_asks(place, old_file, answer, written):
    """Beside the old file, after a yes; with a no nothing is written."""
    done = on_terminal(place, answer, "config", "migrate")
    new = place.data / "config.new.yaml"
    assert f"Write it to {new}?" in done
    assert new.exists() is written
    assert ("Written to" in done) is written
