"""`taggarr doctor`: a table for people, JSON for programs, and the exit code."""

import os
import subprocess
import sys

import pytest

WRONG = "instances:\n  tv: {type: sonarr, url: http://localhost, api_key: x, colour: red}\n"


def test_a_table_by_instance(place):
    """Taggarr's own checks first, then those of each instance, then the count; 0 where nothing is wrong."""
    place.fill()
    result = place.run("doctor")
    assert result.code == 0
    assert result.err == ""
    groups = [line for line in result.out.splitlines() if line and not line.startswith(" ")]
    assert groups == ["Taggarr", "tv", "films", groups[-1]]
    assert groups[-1].startswith("Nothing is wrong; ")
    lines = {" ".join(line.split()) for line in result.out.splitlines()}
    assert "ok connection Sonarr 4.0.19.2979 answers, and takes the key" in lines
    assert "ok database there is none yet; the first scan makes it" in lines


def test_errors_and_their_cures(place):
    """The sentence that mends it stands below, and the exit code is 1."""
    place.sonarr.enable_kodi()
    place.configure("add_tag_to_genre: true, target_languages: [en]")
    with place.radarr.down():
        result = place.run("doctor")
    assert result.code == 1
    assert "  error    connection   nothing listens at" in result.out
    assert "→ mend the connection to films first" in result.out
    assert result.out.splitlines()[-1].startswith("1 error, 2 warnings; ")


def test_a_narrow_terminal_wraps(place, monkeypatch):
    """No line is longer than the terminal, and nothing is cut; the lines to be pasted are left as they are."""
    place.sonarr.add_root("/data/tv")
    number = place.sonarr.add_series("Dark", "/data/tv/Dark")
    place.sonarr.add_episode_file(number, "S01/Dark - S01E01.mkv")
    folder = place.folder / "a folder with a long name and many blanks in it"
    (folder / "Dark" / "S01").mkdir(parents=True)
    (folder / "Dark" / "S01" / "Dark - S01E01.mkv").touch()
    monkeypatch.setenv("COLUMNS", "40")
    out = place.run("doctor", "-i", "tv").out
    pasted = f'path_mappings: [{{arr: "/data/tv", local: "{folder}"}}]'
    assert pasted in out.splitlines()
    assert max(len(line) for line in out.splitlines() if line != pasted and str(place.data) not in line) <= 40
    assert "the one file looked for is not here" in " ".join(out.split())


def test_checks_as_json(place):
    """One object: every check with all its fields, and the counts."""
    place.sonarr.use_tag("dub", indexerIds=[1])
    result = place.run("doctor", "--json")
    assert (result.code, result.err) == (0, "")
    assert list(result.json) == ["checks", "errors", "warnings"]
    assert (result.json["errors"], result.json["warnings"]) == (0, 1)
    (found,) = (
        check for check in result.json["checks"] if check["name"] == "label-uses" and check["level"] != "ok"
    )
    assert list(found) == ["name", "level", "instance", "message", "cure", "yaml"]
    assert (found["instance"], found["yaml"]) == ("tv", None)


def test_some_instances_only(place):
    """Those that are named; others are not asked, and one that nobody knows is bad usage."""
    result = place.run("doctor", "--json", "-i", "films")
    assert {check["instance"] for check in result.json["checks"]} == {None, "films"}
    assert place.sonarr.log.entries == []
    unknown = place.run("doctor", "-i", "nope")
    assert (unknown.code, unknown.err) == (
        2,
        "taggarr: no instance is called `nope`; the configuration has tv, films\n",
    )
    assert place.run("doctor", "-i", ",").code == 2


def test_a_wrong_configuration(place):
    """All its problems, as `config check` shows them; nothing is checked."""
    (place.data / "config.yaml").write_text(WRONG)
    told = place.run("config check")
    result = place.run("doctor")
    assert (result.code, result.out, result.err) == (2, "", told.err)
    as_json = place.run("doctor", "--json")
    assert (as_json.code, as_json.json) == (2, {"problems": place.run("config check", "--json").json})
    assert place.run("doctor", "--report").code == 2


def test_json_and_a_report_exclude_each_other(place):
    """Each is one answer on standard output."""
    result = place.run("doctor", "--json", "--report")
    assert result.code == 2
    assert "--json and --report exclude each other" in result.err


def test_the_log_is_not_used_but_checked(place):
    """A log that cannot be written is an error among others, and not the end of the command."""
    place.configure(more="logging: {path: config.yaml/taggarr.log}\n")
    result = place.run("doctor")
    assert result.code == 1
    assert "error  log" in result.out


def test_marks_on_a_terminal(place):
    """Coloured marks instead of words, where somebody looks at it."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}
    environment.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "taggarr", "doctor", "--data-dir", str(place.data)]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        printed = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:  # nobody writes any more
                break
            if not part:
                break
            printed += part
    os.close(ours)
    assert process.returncode == 0
    text = printed.decode()
    assert "\x1b[32m✓" in text
    assert "  ok  " not in text


HUNG = """
import sys, time
from taggarr.config import load
from taggarr.wiring.doctor import CheckedDisk, Doctor

class Dead(CheckedDisk):
    def is_folder(self, path):
        time.sleep(3600)

checks = Doctor(load(sys.argv[1], data_dir=sys.argv[2]), Dead(), disk_s=0.2).checks()
print([check.name for check in checks if check.level != "ok"])
"""


def test_the_process_ends_although_a_share_hangs(place):
    """Nobody waits for the thread that does not come back."""
    place.fill()
    command = [sys.executable, "-c", HUNG, str(place.data / "config.yaml"), str(place.data)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout == "['files', 'files']\n"
