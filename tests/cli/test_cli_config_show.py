"""`taggarr config show`: the values in force, each with where it comes from, and no secret."""

import pytest

from taggarr.config import load
from taggarr.config.in_force import Shown
from taggarr.config.schema import every_key

LAYERED = """\
scan: {workers: 8}
logging: {level: debug, path: logs/x.log}
defaults:
  target_languages: [de]
  specials: include
  tags: {dub: d-dub}
  dry_run: false
  schedule: 0 4 * * *
instances:
  tv:
    type: sonarr
    url: http://tv:8989
    api_key: hunter2
    timeout_s: 12.5
    root_path: /tv
    path_mappings: [{arr: /a, local: /b}]
    untagged: German
    run_interval_seconds: 60
  films: {type: radarr, url: http://films, api_key: "${FILMS_KEY}", enabled: no, root_paths: [/a, /b]}
profiles:
  anime: {match: {series_types: [anime]}, specials: ignore, tags: {semi: half}}
  nothing: {}
"""
VARIABLES = {
    "FILMS_KEY": "hunter2 and more".replace(" ", "-"),
    "TAGGARR__SCAN__INSTANCE_WORKERS": "2",
    "TAGGARR__INSTANCES__TV__EXCLUDE": "{titles: [A, 'B, C']}",
}


@pytest.fixture
def shown(nowhere, monkeypatch, call):
    """What `config show` prints of a configuration, with variables."""

    def print_it(text: str, environ: dict[str, str], *options: str):
        (nowhere / "taggarr.yaml").write_text(text)
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        return call("config", "show", *options)

    return print_it


def row(value, kind="default", where=None, line=None, variables=(), built_in=False, secret=False):
    """A value as the JSON has it, but for its place in the line; `where` as far as it is not the built-in one's."""
    return {
        "value": value,
        "kind": kind,
        **({"where": where} if where else {}),
        "line": line,
        "variables": list(variables),
        "builtIn": built_in,
        "secret": secret,
    }


def same(found, expected):
    """Whether a value of the JSON is the `expected` one."""
    return {name: found[name] for name in expected} == expected


JSON = [
    ("scan.workers", row(8, "file", "scan.workers", 1)),
    (
        "scan.instanceWorkers",
        row(2, "environment", "scan.instance_workers", None, ["TAGGARR__SCAN__INSTANCE_WORKERS"]),
    ),
    ("scan.executor", row("threads", built_in=True)),
    ("logging.level", row("debug", "file", "logging.level", 2)),
    ("logging.format", row("text", built_in=True)),
    ("instances.tv.type", row("sonarr", "file", "instances.tv.type", 11, built_in=None)),
    ("instances.tv.apiKey", row("********", "file", "instances.tv.api_key", 13, built_in=None, secret=True)),
    ("instances.tv.timeoutS", row(12.5, "file", "instances.tv.timeout_s", 14)),
    ("instances.tv.rootPath", row("/tv", "file", "instances.tv.root_path", 15)),
    (
        "instances.tv.pathMappings",
        row([{"arr": "/a", "local": "/b"}], "file", "instances.tv.path_mappings", 16),
    ),
    ("instances.tv.untagged", row("de", "file", "instances.tv.untagged", 17)),
    ("instances.tv.runIntervalSeconds", row(60, "file", "instances.tv.run_interval_seconds", 18)),
    ("instances.tv.targetLanguages", row(["de"], "file", "defaults.target_languages", 4)),
    ("instances.tv.tags.dub", row("d-dub", "file", "defaults.tags.dub", 6)),
    ("instances.tv.tags.semi", row("semi-dub", built_in=True)),
    ("instances.tv.dryRun", row(False, "file", "defaults.dry_run", 7, built_in=True)),
    (
        "instances.tv.exclude.titles",
        row(
            ["A", "B, C"],
            "environment",
            "instances.tv.exclude.titles",
            None,
            ["TAGGARR__INSTANCES__TV__EXCLUDE"],
        ),
    ),
    ("instances.tv.exclude.tags", row([], built_in=True)),
    ("instances.films.enabled", row(False, "file", "instances.films.enabled", 19)),
    (
        "instances.films.apiKey",
        row(
            "********",
            "environment",
            "instances.films.api_key",
            19,
            ["FILMS_KEY"],
            built_in=None,
            secret=True,
        ),
    ),
    ("instances.films.rootPaths", row(["/a", "/b"], "file", "instances.films.root_paths", 19)),
    ("instances.films.schedule", row("0 4 * * *", "file", "defaults.schedule", 8)),
    ("instances.films.writeStateJson", row(False, built_in=True)),
    (
        "instances.tv.profiles.anime.match.seriesTypes",
        row(["anime"], "file", "profiles.anime.match.series_types", 21),
    ),
    ("instances.tv.profiles.anime.match.genres", row([], built_in=True)),
    (
        "instances.tv.profiles.anime.specials",
        row("ignore", "file", "profiles.anime.specials", 21, built_in=True),
    ),
    ("instances.tv.profiles.anime.tags.semi", row("half", "file", "profiles.anime.tags.semi", 21)),
    ("instances.tv.profiles.anime.untagged", row("de", "file", "instances.tv.untagged", 17)),
    ("instances.films.profiles.anime.untagged", row("original", built_in=True)),
    ("instances.tv.profiles.nothing.specials", row("include", "file", "defaults.specials", 5)),
]


def test_every_value_is_in_the_json_with_its_origin(shown, nowhere):
    """Value, key, line, variables; whether it is the one that is built in, and whether it is masked."""
    result = shown(LAYERED, VARIABLES, "--json")
    assert (result.code, result.err) == (0, "")
    assert "hunter2" not in result.out
    for where, expected in JSON:
        found = result.json
        for part in where.split("."):
            found = found[part]
        assert same(found, expected), where
    assert result.json["source"] == f"{nowhere}/taggarr.yaml"
    assert result.json["logging"]["path"]["value"] == f"{result.json['dataDir']}/logs/x.log"


def test_every_key_is_shown(nowhere):
    """Each key of the configuration that is in force, in its section."""
    (nowhere / "c.yaml").write_text(LAYERED)
    settings = load("c.yaml", VARIABLES)
    shown = Shown(settings)
    instance = shown.instance("tv")
    names = {f"instances.NAME.{each.key}" for each in instance.values}
    names |= {f"instances.NAME.{each.key}" for each in shown.instance("films").values}
    names |= {f"profiles.NAME.{each.key}" for each in instance.profiles["anime"].values}
    names |= {f"scan.{each.key}" for each in shown.scan().values}
    names |= {f"logging.{each.key}" for each in shown.logging().values}
    assert names == {key for key, _ in every_key() if not key.startswith("defaults.")}


TABLE = """\
instance films
   key                    value             from
   type                   radarr            line 19
   url                    http://films      line 19
   api_key                ********          ${FILMS_KEY} in line 19
*  enabled                false             line 19
   tls_verify             true              built in
   timeout_s              60                built in
*  root_paths             [/a, /b]          line 19
   path_mappings          []                built in
*  schedule               0 4 * * *         line 8, defaults
   write_state_json       false             built in
*  target_languages       [de]              line 4, defaults
*  tags.dub               d-dub             line 6, defaults
"""


def test_a_table_for_people(shown, nowhere):
    """Section by section; what is not as built in has a mark; of a profile, what it says itself."""
    result = shown(LAYERED, VARIABLES)
    assert (result.code, result.err) == (0, "")
    assert "hunter2" not in result.out
    assert result.out.startswith(f"{nowhere}/taggarr.yaml, with the data folder {nowhere}")
    squeezed = [" ".join(line.split()) for line in result.out.splitlines()]
    expected = [" ".join(line.split()) for line in TABLE.splitlines()]
    start = squeezed.index("instance films")
    assert squeezed[start : start + len(expected)] == expected
    for line in (
        "* instance_workers 2 variable TAGGARR__SCAN__INSTANCE_WORKERS",
        "* path_mappings [{arr: /a, local: /b}] line 16",
        "* timeout_s 12.5 line 14",
        "path null built in",
    ):
        assert (line in squeezed) == (line != "path null built in")
    profile = squeezed.index("instance tv, where profile anime applies")
    assert squeezed[profile + 1 : profile + 6] == [
        "key value from",
        "* match.series_types [anime] line 21, profile",
        "* tags.semi half line 21, profile",
        "specials ignore line 21, profile",
        "",
    ]
    assert squeezed[squeezed.index("instance tv, where profile nothing applies") + 1] == "nothing of its own"


@pytest.mark.parametrize("columns", ["30", "60", "200"])
def test_it_fits_the_terminal(shown, monkeypatch, columns):
    """Narrow ones wrap, wide ones do not; nothing is cut."""
    monkeypatch.setenv("COLUMNS", columns)
    result = shown(LAYERED, VARIABLES)
    tables = [line for line in result.out.splitlines()[1:] if not line.startswith("instance ")]
    assert max(map(len, tables)) <= int(columns)
    assert "…" not in result.out
    if columns == "200":
        assert any("exclude.titles" in line and "[A, B, C]" in line for line in tables)


def test_only_the_named_instances(shown):
    """`-i` chooses; a name that nobody has is an error."""
    result = shown(LAYERED, VARIABLES, "-i", "films", "--json")
    assert list(result.json["instances"]) == ["films"]
    assert "instance tv" not in shown(LAYERED, {}, "-i", "films").out
    result = shown(LAYERED, {}, "-i", "no")
    assert (result.code, result.err) == (
        2,
        "taggarr: no instance is called `no`; the configuration has tv, films\n",
    )


def test_a_wrong_configuration_is_told_as_check_does(shown, call):
    """The same sentences, or the same JSON, and exit code 2."""
    for options in ((), ("--json",)):
        result = shown(LAYERED.replace("workers: 8", "workers: 0"), VARIABLES, *options)
        assert result.code == 2
        assert result == call("config", "check", *options)


REFERENCES = """\
scan: {workers: "${N}"}
logging: {path: "${P}/x.log"}
defaults:
  target_languages: "${L}"
  target_genre: ${G}
  exclude: {titles: [shown, "${T}"]}
  dry_run: ${UNSET:-yes}
instances:
  tv: {type: "${Y}", url: "${U}", api_key: k, root_paths: ["${P}", /shown], path_mappings: [{arr: "${P}", local: /shown}]}
"""


def test_what_stands_for_a_reference_is_not_shown(shown):
    """Numbers, words, lists and parts of lists: the variable is named instead, and what stands beside it is shown."""
    values = {
        "N": "7",
        "P": "/hunter2",
        "L": "de,fr",
        "G": "hunter2",
        "T": "hunter2",
        "Y": "sonarr",
        "U": "http://hunter2",
    }
    values["TAGGARR__DEFAULTS__TAGS__DUB"] = "${T}"
    result = shown(REFERENCES, values, "--json")
    assert result.code == 0
    assert "hunter2" not in result.out + shown(REFERENCES, values).out
    tv = result.json["instances"]["tv"]
    assert same(
        result.json["scan"]["workers"],
        row("********", "environment", "scan.workers", 1, ["N"], secret=True),
    )
    assert tv["targetLanguages"]["value"] == ["********", "********"]
    assert tv["targetGenre"]["value"] == tv["dryRun"]["value"] == tv["tags"]["dub"]["value"] == "********"
    assert tv["exclude"]["titles"]["value"] == ["shown", "********"]
    assert tv["rootPaths"]["value"] == ["********", "/shown"]
    assert tv["pathMappings"]["value"] == [{"arr": "********", "local": "/shown"}]
    assert tv["tags"]["dub"]["variables"] == ["TAGGARR__DEFAULTS__TAGS__DUB"]
    empty = shown(REFERENCES, {**values, "G": ""}, "--json").json["instances"]["tv"]
    assert empty["targetGenre"]["value"] is None
