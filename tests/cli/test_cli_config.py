"""`taggarr config check`: the loading checks, for people and for programs."""

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


def test_a_missing_file_is_a_problem(call, tmp_path):
    """It is named, with line and column null."""
    result = call("config", "check", "--json", "-c", tmp_path / "none.yaml")
    assert result.code == 2
    assert (result.json[0]["source"], result.json[0]["line"]) == (f"{tmp_path}/none.yaml", None)
