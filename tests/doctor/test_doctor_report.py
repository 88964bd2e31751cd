"""The report: what it tells, and what it never shows."""

import json
import platform
import resource
import signal
import sqlite3
import stat
from datetime import UTC, datetime

import click
import pytest

from taggarr import cli
from taggarr.cli.output import write_new
from taggarr.config import load
from taggarr.core.facts import DatabaseFacts, StoredScan
from taggarr.doctor.check import Check, Level
from taggarr.doctor.redaction import Redactor
from taggarr.doctor.report import Surroundings, text
from taggarr.wiring.doctor import Doctor
from taggarr.wiring.library import open_database, register
from taggarr.wiring.report import redactor, surroundings


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("nothing to hide", "nothing to hide"),
        ("key s3cr3t/x and s3cr3t%2Fx", "key ******** and ********"),
        ("S3CR3T/X is another", "S3CR3T/X is another"),
        ("http://nas:8989/sonarr is down", "http://host-1:8989/sonarr is down"),
        ("https://other.example/x?apikey=1#y, then", "https://host-2/x, then"),
        ("http://user:pw@nas/x", "http://host-1/x"),
        ("http://user@nas", "http://host-1"),
        ("(http://nas:1)", "(http://host-1:1)"),
        (
            "http://localhost:1/b http://127.0.0.1:2 http://[::1]:3/c",
            "http://localhost:1/b http://127.0.0.1:2 http://[::1]:3/c",
        ),
        ("http://[fe80::1]:8989/x", "http://host-2:8989/x"),
        ("http://10.0.0.1 http://10.0.0.2 http://10.0.0.1", "http://host-2 http://host-3 http://host-2"),
        ("no host named NAS is known", "no host named host-1 is known"),
        ("nas, nas. (nas)", "host-1, host-1. (host-1)"),
        ("nasty nas.example vault-nas", "nasty nas.example vault-nas"),
        ("0123456789abcdef0123456789abcdef", "********"),
        ("smb://nas/share", "smb://host-1/share"),
        ("a://", "a://"),
    ],
)
def test_a_text_is_redacted(raw, shown):
    """Secrets in every spelling, hosts by number, of addresses scheme, port and path."""
    assert Redactor(["s3cr3t/x", "abc"], ["nas", "", "localhost"], lambda each: each)(raw) == shown


def test_nothing_is_known_to_hide():
    """Without secrets and hosts only what looks like them is hidden."""
    assert Redactor([], [], str.upper)("a http://b/c") == "A HTTP://host-1/C"
    assert Redactor([], [], str.upper)("a") == "A"


def test_what_a_report_tells():
    """Every part, in blocks that nothing in them can end."""
    begin, end = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), datetime(2026, 1, 2, 4, tzinfo=UTC)
    summary = {"instances": {"tv": {"items": 3, "changes": {"planned": 1}, "error": None}}}
    database = DatabaseFacts(
        "/db",
        "1",
        "1",
        scans=(StoredScan(8, begin), StoredScan(7, begin, end, preview=True, summary=summary)),
        verdicts={"tv": {"dub": 2, "unknown": 1}},
    )
    checks = [
        Check("files", Level.ERROR, "tv", "lost", "look", "a:\n  b"),
        Check("log", Level.OK, None, "fine"),
    ]
    around = Surroundings({"taggarr": "1.0"}, {"scan.workers": "4"}, database, ["one", "````", "  two"])
    told = text(checks, around, lambda each: each.replace("lost", "found"))
    assert told.startswith("# Taggarr report\n\nThis is for a bug report. It holds titles and paths")
    blocks = [part.split("\n", 1)[1] for part in told.split("\n## ")[1:]]
    assert [part.split("\n", 1)[0] for part in told.split("\n## ")[1:]] == [
        *("Versions", "Checks", "Settings", "Verdicts", "Last scans", "Log")
    ]
    assert [block.strip() for block in blocks] == [
        "```text\ntaggarr: 1.0\n```",
        "```text\nerror   tv: files: found\n        -> look\n        a:\n          b\nok      Taggarr: log: fine\n```",
        "```text\nscan.workers: 4\n```",
        "```text\ntv: dub 2, unknown 1\n```",
        "```text\n8: from 2026-01-02T03:04:05+00:00 not ended\n"
        "7: from 2026-01-02T03:04:05+00:00 to 2026-01-02T04:00:00+00:00, a preview\n"
        "    tv: items 3, changes (planned 1)\n```",
        "`````text\none\n````\n  two\n`````",
    ]


def test_a_report_without_database_and_log():
    """What is not there is said."""
    told = text([], Surroundings({}, {}, None, None), str)
    assert told.count("```text\nnothing\n```") == 5
    assert "it goes to standard error" in told


CANARIES = {
    "key": "canarykey0canarykey0",
    "environment": "canary-in-a-variable",
    "default": "canarydefaultcanary",
    "file": "canary-in-a-file",
    "override": "canary-over-the-file",
    "stranger": "canary-of-nobody-here",
}


@pytest.fixture
def full(clinic, monkeypatch):
    """A configuration with a secret wherever one may stand, repeated by log and database."""
    secret = clinic.folder / "secret.txt"
    secret.write_text(CANARIES["file"] + "\n")
    monkeypatch.setenv("TV_GENRE", CANARIES["environment"])
    monkeypatch.setenv("SOME_API_TOKEN", CANARIES["stranger"])
    monkeypatch.setenv("TAGGARR__INSTANCES__TV__API_KEY", CANARIES["override"])
    monkeypatch.setenv("TAGGARR__SCAN__WORKERS", "8")
    url = "http://nas-canary.example:8989/sonarr"
    clinic.data.mkdir()
    (clinic.data / "config.yaml").write_text(
        "logging: {path: taggarr.log}\n"
        "defaults: {target_genre: '${TV_GENRE}'}\n"
        "instances:\n"
        f"  tv: {{type: sonarr, url: '{url}', api_key: x, timeout_s: 1}}\n"
        f"  films: {{type: radarr, url: '{url}', api_key: {CANARIES['key']}, timeout_s: 1, enabled: false, root_path: /a}}\n"
        f"  more: {{type: radarr, url: 'http://localhost:1', api_key: '${{NONE:-{CANARIES['default']}}}', timeout_s: 1, "
        f"root_path: '/m/${{file:{secret}}}', path_mappings: [{{arr: '/${{TV_GENRE}}', local: /here}}]}}\n"
        f"profiles: {{p: {{match: {{genres: [G]}}, tags: {{dub: p-dub}}}}}}\n"
    )
    text = (
        (clinic.data / "config.yaml")
        .read_text()
        .replace("api_key: x,", "api_key: xxxxxxxxxx, root_path: /b,")
    )
    (clinic.data / "config.yaml").write_text(text)
    said = " ".join(CANARIES.values())
    (clinic.data / "taggarr.log").write_text(
        f"old line\n{said}\nGET {url}/api?apikey=older-canary-key\nhttp://u:canary-pass@nas-canary.example/\n\x1b[31mred\n"
    )
    return clinic


def test_no_secret_is_ever_in_a_report(full):
    """Keys, values of variables and of files, passwords in addresses: in settings, checks, log and database."""
    config = load(full.data / "config.yaml", data_dir=full.data)
    opened = open_database(config)
    register(config, opened)
    opened.close()
    with sqlite3.connect(full.data / "taggarr.db") as connection:
        summary = {"instances": {"tv": {"error": {"message": " ".join(CANARIES.values())}}}}
        connection.execute(
            "INSERT INTO scans (started_at, ended_at, mode, quick, preview, summary) VALUES (?, ?, 0, 0, 0, ?)",
            ("2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00+00:00", json.dumps(summary)),
        )
    connection.close()
    doctor = Doctor(config, full.narrow())
    told = doctor.report(doctor.checks())
    assert "canary" not in told
    assert "scan 1 ended" in told
    assert "\\x1b[31mred" in told
    assert "http://host-1:8989/sonarr" in told
    assert platform.node() not in told or platform.node() == "localhost"


REFERENCES = """\
logging: {path: "${LOG}"}
defaults:
  target_genre: "${GENRE}"
  tags: {dub: "${DUB}", semi: "${SEMI}", wrong: "${WRONG}", original: "${ORIGINAL}"}
  exclude: {tags: ["${TAG}"], genres: ["${OUT}"], titles: ["${TITLE}"]}
instances:
  tv:
    type: sonarr
    url: %s
    api_key: "${KEY}"
    timeout_s: 5
    root_paths: ["${ROOT}"]
    path_mappings: [{arr: "${ARR}", local: "${LOCAL}"}]
profiles:
  p: {match: {arr_tags: ["${TAG}"], genres: ["${OUT}"], roots: ["${ROOT}"]}, tags: {dub: "${OTHER}"}}
"""


def test_no_reference_is_ever_in_a_report(clinic, monkeypatch):
    """At every key that takes a text: in the settings, and in what the checks say of an arr that answers."""
    texts = ("GENRE", "DUB", "SEMI", "WRONG", "ORIGINAL", "TAG", "OUT", "TITLE", "KEY", "OTHER")
    clinic.sonarr.api_key = "canary-key-0"
    for number, name in enumerate(texts):
        monkeypatch.setenv(name, f"canary-{name.lower()}-{number}")
    monkeypatch.setenv("KEY", clinic.sonarr.api_key)
    for name in ("LOG", "ROOT", "ARR", "LOCAL"):
        monkeypatch.setenv(name, str(clinic.folder / f"canary-{name.lower()}"))
    clinic.series("Bebop", str(clinic.folder / "canary-arr"), clinic.folder / "canary-local", {"1.mkv": None})
    clinic.sonarr.use_tag("canary-dub-1", indexerIds=[1])
    clinic.data.mkdir()
    (clinic.data / "config.yaml").write_text(REFERENCES % clinic.sonarr.url)
    config = load(clinic.data / "config.yaml", data_dir=clinic.data)
    doctor = Doctor(config, clinic.narrow())
    checks = doctor.checks()
    assert "canary-dub-1" in str(checks)
    assert "canary-root" in str(checks)
    assert "canary" not in doctor.report(checks)


def test_the_settings_of_a_report(full):
    """Every value in force by its key, as `config show` has it: what stands for a `${…}` is masked, its name is not."""
    told = surroundings(load(full.data / "config.yaml", data_dir=full.data)).settings
    masked = {key: value for key, value in told.items() if "********" in value}
    for key, shown in {
        "instances.tv.api_key": "******** (from TAGGARR__INSTANCES__TV__API_KEY)",
        "instances.tv.target_genre": "******** (from TV_GENRE)",
        "instances.films.target_genre": "******** (from TV_GENRE)",
        "instances.tv with profiles.p.target_genre": "******** (from TV_GENRE)",
        "instances.more.root_path": f"******** (from file:{full.folder}/secret.txt)",
        "instances.more.path_mappings": "[{arr: ********, local: /here}]",
        "instances.more.api_key": "******** (from NONE)",
        "instances.films.api_key": "********",
    }.items():
        assert masked.pop(key) == shown
    assert {key for key in masked if "target_genre" not in key} == set()
    assert told["instances.tv.root_path"] == "/b"
    assert told["instances.tv.tags.dub"] == "dub"
    assert told["instances.tv with profiles.p.tags.dub"] == "p-dub"
    assert told["instances.tv with profiles.p.match.genres"] == "[G]"
    assert (told["instances.tv.enabled"], told["instances.films.enabled"]) == ("true", "false")
    assert told["instances.tv.run_interval_seconds"] == "7200"
    assert told["instances.tv.timeout_s"] == "1"
    assert told["scan.workers"] == "8 (from TAGGARR__SCAN__WORKERS)"


def test_what_earlier_variables_say_is_shown(tmp_path, monkeypatch):
    """They are all the settings of whoever has no file; the key to the arr is masked."""
    given = {
        "SONARR_URL": "http://nas:8989",
        "SONARR_API_KEY": "canary-of-0.4",
        "ROOT_TV_PATH": "/media/series",
        "TARGET_LANGUAGES": "en,de",
    }
    monkeypatch.chdir(tmp_path)
    for name, value in {**given, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    config = load(data_dir=tmp_path)
    told = surroundings(config).settings
    assert told["instances.sonarr.root_path"] == "/media/series (from ROOT_TV_PATH)"
    assert told["instances.sonarr.target_languages"] == "[en, de] (from TARGET_LANGUAGES)"
    hidden = redactor(config)("\n".join(map(": ".join, told.items())))
    assert "sonarr.url: http://host-1:8989 (from SONARR_URL)" in hidden
    assert "root_path: /media/series" in hidden
    assert "canary" not in hidden


def test_a_report_is_neutral(clinic):
    """Names cannot speak to the terminal, nor begin lines of their own."""
    told = clinic.doctor().report([Check("files", Level.OK, "tv", "a\x1b[31m\u202eb")])
    assert "a\\x1b[31m\\u202eb" in told


def test_path_mappings_in_a_report(clinic):
    """As the file has them."""
    clinic.instances["tv"]["path_mappings"] = [{"arr": "/a", "local": "/b"}]
    told = surroundings(clinic.config()).settings
    assert told["instances.tv.path_mappings"] == "[{arr: /a, local: /b}]"


def test_a_secret_file_that_went_away(full):
    """What it held cannot be masked any more where it stands; the report is written all the same."""
    config = load(full.data / "config.yaml", data_dir=full.data)
    (full.folder / "secret.txt").write_text("short")
    assert redactor(config)("a short one") == "a short one"
    (full.folder / "secret.txt").unlink()
    assert redactor(config)(CANARIES["environment"]) == "********"


def test_the_versions_of_a_report(clinic):
    """Taggarr, Python, platform, SQLite, and every library that Taggarr needs."""
    versions = surroundings(clinic.config()).versions
    assert {"taggarr", "python", "platform", "sqlite", "container", "click", "pydantic", "sqlalchemy"} <= set(
        versions
    )
    assert versions["python"] == platform.python_version()


def test_the_log_of_a_report(clinic):
    """Its last lines; a file that cannot be read is said to be so."""
    clinic.more = {"logging": {"path": "x.log"}}
    config = clinic.config()
    assert surroundings(config).log == ["it cannot be read: No such file or directory"]
    (clinic.data / "x.log").write_text("".join(f"line {number}\n" for number in range(9000)))
    log = surroundings(config).log
    assert (len(log), log[0], log[-1]) == (100, "line 8900", "line 8999")


def test_a_report_beside_a_damaged_database(clinic):
    """The check tells of it; the report has nothing of it."""
    config = clinic.config()
    (clinic.data / "taggarr.db").write_bytes(b"junk that is no database at all")
    assert surroundings(config).database is None


# The file


def written(clinic, *arguments):
    clinic.config()
    return cli.run(["doctor", "--data-dir", str(clinic.data), *map(str, arguments)])


def test_a_report_in_a_file(clinic, capsys):
    """Whole, for its owner alone, and never over a file that is there."""
    target = clinic.folder / "report.md"
    assert written(clinic, "--report", target) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"{target} is written; look through it before you send it\n"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert target.read_text().startswith("# Taggarr report\n")
    target.write_text("mine")
    assert written(clinic, "--report", target) == 2
    assert "is there already and is not written over; name another file" in capsys.readouterr().err
    assert target.read_text() == "mine"
    (clinic.folder / "link").symlink_to(clinic.folder / "elsewhere")
    assert written(clinic, "--report", clinic.folder / "link") == 2
    assert not (clinic.folder / "elsewhere").exists()
    assert [path.name for path in clinic.folder.iterdir() if "part" in path.name] == []


def test_a_report_that_cannot_be_written(clinic, capsys):
    """A sentence names the file, and nothing is left."""
    (clinic.folder / "file").touch()
    assert written(clinic, "--report", clinic.folder / "file" / "report.md") == 1
    assert f"Could not open file '{clinic.folder}/file/report.md'" in capsys.readouterr().err


def test_a_report_that_a_full_disk_cuts_off(clinic):
    """What was begun is taken away again."""
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, old[1]))
    try:
        with pytest.raises(click.FileError, match="File too large"):
            write_new(clinic.folder / "report.md", b"x" * 1000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, handler)
    assert list(clinic.folder.iterdir()) == []


@pytest.mark.parametrize("arguments", [["--report"], ["--report", "-"], ["--report", "-i", "tv"]])
def test_a_report_on_standard_output(clinic, capsys, arguments):
    """Where no file is named, other options may follow."""
    assert written(clinic, *arguments) == 0
    assert capsys.readouterr().out.startswith("# Taggarr report\n")
