"""The JSON Schema against the loader: what the one accepts the other loads, and what it refuses does not load."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from taggarr.config import ConfigErrors, Problem, load
from taggarr.config.json_schema import json_schema
from taggarr.config.meanings import KEYS as MEANINGS
from taggarr.config.meanings import SECTIONS as SECTION_MEANINGS
from taggarr.config.meanings import meaning
from taggarr.config.schema import every_key, keys_at, kind_at
from taggarr.config.syntax import read

ROOT = Path(__file__).parents[2]
SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
KEYS = [key for key, _ in every_key()]
INSTANCE = {"type": "sonarr", "url": "http://tv", "api_key": "abc"}

UNSEEN = {
    "names no language": "the languages that there are fill a table of thousands of codes and spellings",
    "nor `unknown` nor a language": "the same",
    "is the same label as": "labels are compared over all layers",
    "by case alone": "the same",
    "has the same address": "the folders of two instances are compared",
    "is mapped a second time": "two entries of a list are compared",
    "stands here a second time": "a schema sees one key where one is given twice",
    "a YAML tag": "a schema sees values without their tags",
    "`<<` takes a mapping": "merges are resolved before a schema sees them",
    "cannot be a key": "a schema sees mappings whose keys are texts",
    "is not a cron expression: Bad": "days that no month has, and ranges that end before they begin",
    r"^`[\d.e+-]+` is no label": "whether a number is a label depends on how it is written",
}
"""What the schema cannot see: messages about documents that it accepts, each with its reason."""


def problems(path: Path, environ: dict[str, str]) -> list[Problem]:
    """What the loader says against a file."""
    try:
        load(path, environ)
    except ConfigErrors as error:
        return list(error.problems)
    return []


def unseen(problem: Problem, data: Any) -> bool:
    """Whether a schema cannot see it: for its reason, or because it is about what a reference stands for."""
    for part in problem.path:
        if isinstance(data, str):  # a text with commas, of which one part is wrong
            break
        data = data[part]
    return "${" in str(data) or any(re.search(one, problem.sentence) for one in UNSEEN)


def agree(path: Path, environ: dict[str, str] | None = None) -> bool:
    """Whether the schema accepts a file; the loader has to say the same, but for what the schema cannot see."""
    data = read(path).data
    found = problems(path, environ or {})
    wrong = [error.message for error in VALIDATOR.iter_errors(data)]
    assert found or not wrong, wrong
    assert wrong or all(unseen(each, data) for each in found), found
    return not wrong


def test_the_committed_schema_is_that_of_the_models():
    """`docs/taggarr.schema.json` is what `taggarr config schema` prints."""
    committed = (ROOT / "docs" / "taggarr.schema.json").read_text("utf-8")
    assert json.loads(committed) == SCHEMA, "write it anew: taggarr config schema > docs/taggarr.schema.json"
    Draft202012Validator.check_schema(SCHEMA)


def test_the_example_names_the_schema_and_fits_it():
    """Editors find it by the first line."""
    example = ROOT / "taggarr.example.yaml"
    first = example.read_text("utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=docs/taggarr.schema.json"
    assert agree(example)


@pytest.mark.parametrize("page", ["docs/tutorial.md", "docs/reference/configuration.md"])
def test_what_the_pages_show_fits_the_schema(page, file):
    """Each YAML block of the documentation that is a whole configuration."""
    blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / page).read_text("utf-8"), re.DOTALL)
    whole = [block for block in blocks if "instances:" in block]
    assert whole
    for block in whole:
        file.write_text(block, "utf-8")
        assert agree(file)


WRONG = (
    Path(__file__)
    .with_name("wrong_configurations.txt")
    .read_text("utf-8")
    .removeprefix("=== ")
    .split("\n=== ")
)


def test_the_schema_refuses_wrong_configurations(file):
    """All that are YAML, but for those whose messages are about what the schema cannot see."""
    accepted, refused = [], 0
    for case in WRONG:
        title, _, rest = case.partition("\n")
        file.write_text(rest.rpartition("---\n")[0], "utf-8")
        try:
            read(file)
        except ConfigErrors:
            continue
        if agree(file):
            accepted.append(title)
        else:
            refused += 1
    assert refused >= 85, accepted
    assert len(accepted) <= 25


SPELLINGS = [
    (
        "defaults.target_languages",
        ["en, ger", ["English", "pt-BR", "Portuguese (Brazil)"], "no", "${L:-de,fr}"],
    ),
    ("defaults.tags.dub", ["2024", 7, "a-b", " dubbed ", "${D:-x}"]),
    ("defaults.tags.original", [None, "original"]),
    ("defaults.tags", [None, {}]),
    ("defaults.target_genre", [2024, 1.5, "Anime", None, "$${x}", "a ${G:-b} $"]),
    ("defaults.dry_run", [True, "yes", "NO", " on ", "1", "${F:-off}"]),
    ("defaults.write_nfo", ["Never", "auto"]),
    ("defaults.untagged", ["Original", "unknown", "German"]),
    ("defaults.exclude.series_types", [None, [], ["Anime", "daily"], "${S:-anime}"]),
    ("defaults.exclude.titles", [["The Good, the Bad", 7]]),
    (
        "defaults.schedule",
        [None, "0 4 * * *", "*/5 0-6 L,1,15/2 jan-MAR mon#2", "0  4 1,2 * 5L", "0 0 LW 12 SUN-TUE/2"],
    ),
    ("defaults.run_interval_seconds", [60, 0x10, 8.0, "${R:-60}"]),
    ("scan.workers", [1, 64, "${W:-8}"]),
    ("logging.path", ["logs/x.log", None, 5]),
    ("instances.NAME.type", ["Radarr", "${T:-sonarr}"]),
    (
        "instances.NAME.url",
        [
            "https://tv.example/sonarr/",
            "HTTP://[::1]:8989",
            "http://tv:065535/a@b",
            "http://api",
            "http://tv:",
        ],
    ),
    ("instances.NAME.api_key", ["abc", 123, 12.5, " abc ", "~!x"]),
    ("instances.NAME.tls_verify", [False, "no", "/etc/ssl/ca.pem", "C:\\ca.pem"]),
    ("instances.NAME.timeout_s", [12.5, 3600, "${T:-5}"]),
    ("instances.NAME.root_path", ["/tv", "D:\\TV\\", "\\\\server\\tv", None]),
    ("instances.NAME.root_paths", [["/a", "/b"], [], None, "${P:-/a,/b}"]),
    ("instances.NAME.path_mappings", [[], None, [{"arr": "C:/tv", "local": "/tv"}]]),
    ("profiles.NAME.match.roots", [["/anime/"]]),
    ("profiles.NAME", [None, {}, {"dry_run": True}]),
    ("profiles", [None, {}]),
    ("scan", [None]),
]


@pytest.mark.parametrize(("key", "spellings"), SPELLINGS)
def test_every_spelling_that_loads_is_accepted(key, spellings, file):
    """Numbers as text, words in any case, comma lists, references, nothing."""
    for value in spellings:
        file.write_text(document({key: value}), "utf-8")
        assert problems(file, {}) == []
        assert agree(file), value


@pytest.mark.parametrize("key", KEYS)
def test_the_examples_load(key, file):
    """What the schema gives as examples for a key, and the default that it names."""
    kind = kind_at(tuple(key.replace("NAME", "tv").split(".")))
    for value in (
        *kind.examples,
        *kind.choices,
        f"${{UNSET:-{kind.choices[0]}}}" if kind.choices else "${X}",
    ):
        written = [value] if kind.item and not isinstance(value, list) and "," not in value else value
        file.write_text(document({key: written}), "utf-8")
        assert agree(file), value


def document(values: dict[str, Any]) -> str:
    """A configuration as JSON, which is YAML, with `values` by key path beside one instance."""
    made: dict[str, Any] = {"instances": {"tv": dict(INSTANCE)}}
    for key, value in values.items():
        *around, last = key.replace("NAME", "tv").split(".")
        inner = made
        for part in around:
            inner = inner.setdefault(part, {}) if isinstance(inner, dict) else None
        if isinstance(inner, dict):
            inner[last] = value
    return json.dumps(made, ensure_ascii=False)


WORDS = [
    "",
    " ",
    "x",
    "en",
    "en,de",
    "true",
    "Yes",
    "1",
    "007",
    "a b",
    "A-b",
    "/tv",
    "tv/",
    "C:\\x",
    "\\\\s\\t",
    "a\nb",
]
WORDS += [
    "http://h",
    "https://h:1/x",
    "http://h/api",
    "ftp://h",
    "http://u@h",
    "http://h:0",
    "http://h:99999",
    "http://h?x",
]
WORDS += [
    "0 4 * * *",
    "0 25 * * *",
    "0 4 * *",
    "* * 1-5 * 8",
    "5-1 * * * *",
    "* * 31 2 *",
    "*/0 * * * *",
    "@daily",
]
WORDS += [
    "${V}",
    "x${V}",
    "${V",
    "$${V",
    "${V} ${",
    "${ V}",
    "${file:x}",
    "${file:/nowhere}",
    "$$${V}",
    "${V:-}",
    "null",
]
WORDS += [
    "auto",
    "Anime",
    "arr",
    "sonarr",
    "info",
    "text",
    "always",
    "original",
    "ignore",
    "accept",
    "flag",
    "é",
    "\u3000x",
]
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, 1, 64, 65, -1, 3600, 3601, 10**30, 0.5, 8.0, 1e300]),
    st.sampled_from(WORDS),
    st.text(alphabet="aZ09 -_./:$\\{}é@?#*,\t", max_size=8),
)
VALUES = st.one_of(
    SCALARS,
    st.lists(SCALARS, max_size=3),
    st.dictionaries(st.sampled_from(["arr", "local", "dub", "x"]), SCALARS, max_size=2),
    st.lists(st.fixed_dictionaries({"arr": SCALARS, "local": SCALARS}), max_size=2),
)
PLACES = [
    *KEYS,
    "scan",
    "logging",
    "defaults.tags",
    "instances.NAME",
    "profiles",
    "profiles.NAME",
    "profiles.NAME.match",
]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(PLACES), VALUES, max_size=3))
def test_schema_and_loader_agree(file, values):
    """On any document of good and strange values at any keys."""
    file.write_text(document(values), "utf-8")
    agree(file, {"V": "x"})


NAMES = ["tv", "Sonarr 4k", "a-b_c", "", " x", "x ", "a.b", "x" * 64, "x" * 65, "é", "-a", "a-", "1"]


@pytest.mark.parametrize("name", NAMES)
def test_names_are_those_that_load(name, file):
    """Of instances and profiles."""
    file.write_text(json.dumps({"instances": {name: INSTANCE}}), "utf-8")
    agree(file)
    file.write_text(json.dumps({"instances": {"tv": INSTANCE}, "profiles": {name: {}}}), "utf-8")
    agree(file)


def test_every_key_is_described_once():
    """The schema has each key with its sentence, and the sentences have no key that does not exist."""
    described = dict(_descriptions(SCHEMA, ""))
    for key in KEYS:
        assert described.pop(key) == meaning(key)
    assert all(meaning(key) == sentence for key, sentence in described.items())
    assert set(MEANINGS) <= set(KEYS)
    for section in SECTION_MEANINGS.keys() - {
        "",
        "instances.NAME.path_mappings.arr",
        "instances.NAME.path_mappings.local",
    }:
        assert keys_at(tuple(section.split("."))) is not None


def _descriptions(schema: dict[str, Any], key: str) -> list[tuple[str, str]]:
    found = [(key, schema["description"])] if key else []
    for name, inner in schema.get("properties", {}).items():
        found += _descriptions(inner, f"{key}.{name}" if key else name)
    if key in ("instances", "profiles"):
        named = {"description": meaning(key), **schema["additionalProperties"]}
        found += [each for each in _descriptions(named, f"{key}.NAME") if each[0] != f"{key}.NAME"]
    return found
