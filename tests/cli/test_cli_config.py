"""`taggarr config check`: the loading checks, for people and for programs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

WRONG = """\
defaults: {target_languages: [klingonish]}
instances:
  tv: {type: sonarr, url: http://localhost, api_key: 0123456789abcdef0123456789abcdef, colour: red}
"""


@pytest.mark.parametrize(
    ("films", "holds"), [("", "2 instances"), (", enabled: false", "2 instances, 1 turned off")]
)
def test_a_good_configuration_is_one_sentence(place, films, holds):
    """Its file and what it holds, exit code 0; no arr is asked, no file made."""
    place.configure(films=films)
    result = place.run("config check")
    assert (result.code, result.err) == (0, "")
    assert result.out == f"{place.data}/config.yaml: nothing is wrong; it has {holds}.\n"
    assert place.sonarr.log.entries == []
    assert [path.name for path in place.data.iterdir()] == ["config.yaml"]


def test_one_instance_is_one(place, call, tmp_path):
    """The sentence counts."""
    config = tmp_path / "one.yaml"
    config.write_text(WRONG.replace(", colour: red", "").replace("klingonish", "ja"))
    assert call("config", "check", "-c", config).out.endswith("it has 1 instance.\n")


def test_a_good_configuration_is_an_empty_array(place):
    """`--json` prints the problems: none."""
    result = place.run("config check", "--json")
    assert (result.code, result.json, result.err) == (0, [], "")


def test_every_problem_is_named_with_its_place(place, call):
    """One line a problem on standard error, exit code 2."""
    (place.data / "config.yaml").write_text(WRONG)
    result = place.run("config check", "--log-level", "debug")
    assert (result.code, result.out) == (2, "")
    first, second = result.err.splitlines()
    assert first.startswith(f"{place.data}/config.yaml:1:")
    assert "klingonish" in first
    assert second.startswith(f"{place.data}/config.yaml:3:")
    assert "colour" in second


def test_problems_as_json(place):
    """Key, sentence, value, suggestion, file, line and column."""
    (place.data / "config.yaml").write_text(WRONG.replace("klingonish", "jap"))
    result = place.run("config check", "--json")
    assert (result.code, result.err) == (2, "")
    first, second = result.json
    assert list(first) == [
        *(
            "where",
            "message",
            "found",
            "allowed",
            "choices",
            "suggestion",
            "source",
            "line",
            "column",
            "level",
        )
    ]
    assert (first["where"], first["line"]) == ("defaults.target_languages[0]", 1)
    assert (first["found"], first["allowed"]) == (
        "`jap`",
        "a code such as `en` or `pt-BR`, or an English name",
    )
    assert {"type", "url", "target_languages"} <= set(second["choices"])
    assert "ja" in first["suggestion"]
    assert (second["line"], second["source"]) == (3, f"{place.data}/config.yaml")


ALLOWED = [
    ("scan: {workers: 0}", "scan.workers", "a whole number from 1 to 64", []),
    (
        "defaults: {write_nfo: 1}",
        "defaults.write_nfo",
        "`auto`, `always` or `never`",
        ["auto", "always", "never"],
    ),
    ("defaults: {dry_run: 1}", "defaults.dry_run", "`true` or `false`", ["true", "false"]),
    ("defaults: {tags: {dub: A}}", "defaults.tags.dub", "letters `a` to `z`, digits and `-`", []),
    (
        "defaults: {tags: {dubs: a}}",
        "defaults.tags.dubs",
        "a mapping of keys to values",
        ["dub", "semi", "wrong", "original"],
    ),
    (
        "defaults: {schedule: x}",
        "defaults.schedule",
        "a cron expression of five fields: minute, hour, day, month and weekday, or `null`",
        [],
    ),
    (
        "scan: 1",
        "scan",
        "a mapping of keys to values",
        ["workers", "instance_workers", "executor", "verify_files"],
    ),
    ("profiles: 1", "profiles", "a mapping of names to mappings", []),
    ("profiles: {a: {match: {roots: [x]}}}", "profiles.a.match.roots[0]", "an absolute path", []),
]


@pytest.mark.parametrize(("text", "where", "allowed", "choices"), ALLOWED)
def test_a_problem_says_what_is_allowed(call, tmp_path, text, where, allowed, choices):
    """In words, and as a list where there is something to choose from."""
    config = tmp_path / "c.yaml"
    config.write_text(f"{text}\ninstances: {{tv: {{type: sonarr, url: 'http://tv', api_key: k}}}}\n")
    (problem,) = call("config", "check", "--json", "-c", config).json
    assert [problem[name] for name in ("where", "allowed", "choices")] == [where, allowed, choices]


def test_a_path_that_leads_nowhere_takes_nothing(call, tmp_path):
    """YAML that is broken has no key, and nothing is allowed at it."""
    config = tmp_path / "c.yaml"
    config.write_text("a: [\n")
    (problem,) = call("config", "check", "--json", "-c", config).json
    assert (problem["where"], problem["allowed"], problem["choices"]) == ("", "", [])


def test_the_schema_is_printed(call, nowhere):
    """Without any configuration, as JSON that says what it is."""
    result = call("config", "schema")
    assert (result.code, result.err) == (0, "")
    assert result.json["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert result.json["properties"]["scan"]["properties"]["workers"]["default"] == 4


GOOD = b"instances: {tv: {type: sonarr, url: 'http://tv', api_key: abc}}\n"
BOMB = b"a: &a [x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (name, name, b", ".join([b"*%c" % (name - 1)] * 9)) for name in b"bcdefgh"
)
STRANGE = {
    "fifty megabytes": b"#" * 50_000_000,
    "an alias bomb": BOMB,
    "binary junk": bytes(range(256)) * 20,
    "UTF-16": GOOD.decode().encode("utf-16"),
    "an empty file": b"",
    "a byte order mark alone": b"\xef\xbb\xbf",
}


READING = [
    *("scan", "explain x", "override x --original ko", "export", "history", "doctor"),
    *("config check", "config show", "config migrate"),
]
"""Every command that reads the configuration."""


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize("content", STRANGE.values(), ids=STRANGE)
def test_a_file_that_is_no_configuration_is_refused(call, tmp_path, command, content):
    """One sentence with the file's name and exit code 2, whatever the command; no data folder is made."""
    config = tmp_path / "c.yaml"
    config.write_bytes(content)
    result = call(*command.split(), "-c", config, "--data-dir", tmp_path / "data")
    assert (result.code, result.out) == (2, "")
    (line,) = result.err.splitlines()
    assert line.removeprefix("taggarr: ").startswith(str(config))
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("command", READING)
def test_a_variable_for_no_key_is_refused(call, tmp_path, monkeypatch, command):
    """One sentence with its name and exit code 2, whatever the command; no data folder is made."""
    monkeypatch.setenv("TAGGARR__SCAN__WORKRS", "8")
    config = tmp_path / "c.yaml"
    config.write_bytes(GOOD)
    result = call(*command.split(), "-c", config, "--data-dir", tmp_path / "data")
    assert (result.code, result.out) == (2, "")
    assert result.err.removeprefix("taggarr: ") == (
        "environment variable TAGGARR__SCAN__WORKRS: this names no key of the configuration: `scan` has no key "
        "`workrs`; did you mean `workers`?\n"
    )
    assert not (tmp_path / "data").exists()


def test_what_is_no_file_is_refused_at_once(call, tmp_path):
    """A folder, a pipe that nobody writes to, a device."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path, kind in ((tmp_path, "folder"), (pipe, "named pipe"), (Path("/dev/zero"), "device")):
        result = call("scan", "-c", path, "--data-dir", tmp_path / "data")
        assert result.code == 2
        assert result.err.startswith(f"taggarr: {path}: this is a {kind}, not a configuration file")


def test_a_file_that_this_user_may_not_read_is_refused(tmp_path):
    """As another user, in a process of its own."""
    config = tmp_path / "c.yaml"
    config.write_bytes(GOOD)
    config.chmod(0)
    code = (
        "import os, sys; from taggarr import cli; import taggarr.cli.config_problems, taggarr.cli.scan\n"
        "user = os.geteuid()\n"
        "if user == 0:\n    os.seteuid(65534)\n"
        "code = cli.run(['scan', '-c', sys.argv[1], '--data-dir', sys.argv[1] + '.data'])\n"
        "os.seteuid(user)  # what measures coverage writes at the end\n"
        "sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(config)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"taggarr: {config}: the file cannot be read: Permission denied\n"


def test_a_missing_file_is_a_problem(call, tmp_path):
    """It is named, with line and column null."""
    result = call("config", "check", "--json", "-c", tmp_path / "none.yaml")
    assert result.code == 2
    assert (result.json[0]["source"], result.json[0]["line"]) == (f"{tmp_path}/none.yaml", None)
