"""The command line as a whole: words, options, exit codes, and how it ends."""

import io
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from taggarr import __version__
from taggarr.cli import COMMANDS, main, run
from taggarr.simulator.collection import audio
from taggarr.store.lock import scanner


def test_help_names_every_command(call):
    """`taggarr -h` shows each command with what it does."""
    result = call("-h")
    assert result.code == 0
    for name, sentence in COMMANDS.items():
        assert name in result.out
        assert sentence.split(":")[0].split("(")[0].strip()[:30] in result.out


@pytest.mark.parametrize("command", [*COMMANDS, "config check"])
def test_every_command_says_what_it_does(call, command):
    """`-h` after each command word explains it and its options."""
    result = call(*command.split(), "-h")
    assert result.code == 0
    assert result.out.startswith(f"Usage: taggarr {command}")


def test_version(call):
    """`--version` names the version."""
    assert call("--version").out == f"taggarr, version {__version__}\n"


def test_the_entry_point_ends_the_process(monkeypatch, capsys):
    """`main` exits with the code of the command line, whatever standard output is."""
    monkeypatch.setattr(sys, "argv", ["taggarr", "probe"])
    with redirect_stdout(io.StringIO()), pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "Missing argument" in capsys.readouterr().err


def test_no_command_and_no_configuration_shows_the_help(call, nowhere):
    """Without a command and without a configuration: the help on standard error, exit code 2."""
    result = call()
    assert (result.code, result.out) == (2, "")
    assert "Usage: taggarr" in result.err
    assert "-h, --help" in result.err
    assert "no configuration file was found. Looked for\n" in result.err
    assert result.err.count("`taggarr config init`") == 1
    assert str(nowhere / "taggarr.yaml") in result.err.replace("\n", "")


def test_no_command_scans_where_a_configuration_is_found(call, place, nowhere, monkeypatch):
    """Without a command, `taggarr` is `taggarr scan`."""
    place.collection.movie("Film", audio("jpn", "eng"))
    monkeypatch.setenv("TAGGARR_DATA_DIR", str(place.data))
    result = call()
    assert (result.code, place.radarr.all_tags()) == (0, {1: {"dub"}})
    assert "films: 1 movie, 1 file\n" in result.out


def test_the_earlier_options_work_without_a_command(call, place, nowhere):
    """`-c`, `-i`, `--write-mode`, `--quick` and `--dry-run` are those of `scan`."""
    place.collection.movie("Film", audio("jpn", "eng"))
    place.collection.series("Show", {"Season 01/S01E01.mkv": audio("jpn", "eng")})
    config = ["-c", place.data / "config.yaml", "--data-dir", place.data]
    tried = call(*config, "-i", "films", "--write-mode", "1", "--quick", "--dry-run")
    assert tried.code == 0
    assert "This was a dry run" in tried.out
    assert (place.radarr.all_tags(), place.sonarr.log.entries) == ({1: set()}, [])
    assert call(*config, "--instances", "films").code == 0
    assert place.radarr.all_tags() == {1: {"dub"}}


def test_options_without_a_configuration_are_refused(call, nowhere):
    """`taggarr --dry-run` where no configuration is: the places that were looked at, exit code 2."""
    result = call("--dry-run")
    assert result.code == 2
    assert "there is no configuration file; looked for" in result.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["scna"], "there is no command `scna`; did you mean `taggarr scan`?"),
        (["help"], "there are scan, explain, probe"),
        (["scan", "--nope"], "No such option"),
        (["scan", "--write-mode", "3"], "'3' is not one of '0', '1', '2'"),
        (["scan", "extra"], "unexpected extra argument"),
        (["probe"], "Missing argument"),
        (["explain"], "Missing argument"),
        (["export", "--format", "xml"], "'xml' is not one of 'json', 'csv', 'state'"),
        (["history", "--since", "yesterday"], "'yesterday' is neither a time"),
        (["history", "--scan", "9" * 30], "no scan has that number"),
        (["history", "--scan", "one"], "'one' is not a valid integer"),
        (["history", "--scan", "0"], "no scan has that number; `taggarr history` names them"),
        (["config", "nope"], "No such command 'nope'"),
        (["--quick", "scan"], "No command stands first, so this was read as `taggarr scan …`."),
        (["explain", "Half", "Moon"], 'in quotes: taggarr explain "Half Moon"'),
    ],
)
def test_usage_errors_end_with_2(call, arguments, sentence):
    """Whatever is not understood is named, and the exit code is 2."""
    result = call(*arguments)
    assert (result.code, result.out) == (2, "")
    assert sentence in result.err


@pytest.mark.parametrize("command", ["scan", "explain Film", "export", "history", "config check"])
def test_a_wrong_configuration_ends_with_2(call, tmp_path, command):
    """Every problem is named with its place, nothing is touched, and the exit code is 2."""
    config = tmp_path / "config.yaml"
    config.write_text("instances:\n  tv: {type: sonar, url: http://x, api_key: 'a b c', colour: red}\n")
    result = call(*command.split(), "-c", config, "--data-dir", tmp_path)
    assert (result.code, result.out) == (2, "")
    assert f"{config}:2:" in result.err
    assert "instances.tv.type" in result.err
    assert "colour" in result.err
    assert [path.name for path in tmp_path.iterdir()] == ["config.yaml"]


def test_an_instance_that_does_not_exist_ends_with_2(place):
    """`--instances` names instances of the configuration."""
    result = place.run("scan", "-i", "tv,nope")
    assert (result.code, result.out) == (2, "")
    assert "no instance is called `nope`; the configuration has tv, films" in result.err
    assert place.run("scan", "-i", ",").code == 2


def test_a_data_folder_in_use_ends_with_1(place):
    """A second scan says who holds the folder."""
    with scanner(place.data, "taggarr scan --loop"):
        result = place.run("scan")
    assert (result.code, result.out) == (1, "")
    assert "is in use by `taggarr scan --loop`" in result.err


def test_a_data_folder_that_cannot_be_used_ends_with_1(place, call, tmp_path):
    """A file in the place of the data folder is named."""
    (tmp_path / "file").write_text("")
    result = call("scan", "-c", place.data / "config.yaml", "--data-dir", tmp_path / "file")
    assert result.code == 1
    assert f"{tmp_path}/file" in result.err


def test_an_unforeseen_error_is_one_line(capsys, tmp_path):
    """What nobody foresaw ends with 1 and one line instead of a traceback."""
    closed = io.TextIOWrapper(io.BytesIO())
    closed.close()
    with redirect_stdout(closed):
        assert run(["probe", "--json", str(tmp_path / "none.mkv")]) == 1
    assert capsys.readouterr().err.startswith("taggarr: an unforeseen error, please report it (ValueError: ")


def test_a_shell_gets_its_completion(call, monkeypatch):
    """`_TAGGARR_COMPLETE=zsh_source taggarr` prints the script that completes command lines."""
    monkeypatch.setenv("_TAGGARR_COMPLETE", "zsh_source")
    result = call("scan")
    assert (result.code, result.err) == (0, "")
    assert "#compdef taggarr" in result.out
    monkeypatch.setenv("_TAGGARR_COMPLETE", "nope_source")
    assert call("scan").code == 1


def _taggarr(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "taggarr", *map(str, arguments)]


@pytest.mark.parametrize("files", [1, 2000])
def test_a_reader_that_goes_away_is_no_failure(tmp_path: Path, files):
    """`taggarr probe … | head -1` ends quietly, with little output and with more than a pipe holds."""
    command = _taggarr("probe", "--json", *[tmp_path / "none.mkv"] * files)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    with process.stderr as stderr:
        assert (stderr.read(), process.wait(20)) == (b"", 0)


def test_a_terminal_without_the_signs_gets_escapes(scanned):
    """Where the output's encoding lacks a sign, it is written as an escape; nothing fails."""
    done = subprocess.run(
        _taggarr("explain", "Half", "--data-dir", scanned.data),
        env={"PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "latin-1:strict"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert rb"\u25d0 semi-dub: English" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "unneeded"),
    [
        (["--help"], {"pydantic", "sqlalchemy", "httpcore2", "msgspec", "rich", "ruamel", "langcodes"}),
        (["probe", "--json", "x.mkv"], {"pydantic", "sqlalchemy", "httpcore2", "rich", "ruamel"}),
        (["config", "check"], {"sqlalchemy", "httpcore2", "rich", "taggarr.simulator"}),
        (["export", "-c", "CONFIG"], {"httpcore2", "rich", "pymediainfo", "taggarr.scan"}),
    ],
)
def test_a_command_imports_only_what_it_uses(place, arguments, unneeded):
    """Start-up stays quick because heavy libraries are imported where they are used."""
    code = "import sys; from taggarr.cli import run; run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    arguments = [str(place.data / "config.yaml") if each == "CONFIG" else each for each in arguments]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={"PATH": "/usr/bin:/bin", "TAGGARR_DATA_DIR": str(place.data)},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stderr.split())
    assert "taggarr.cli" in loaded
    assert not unneeded & loaded
