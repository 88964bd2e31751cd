"""The reference and the example file against the models: every key documented, and nothing that is not one."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from taggarr.config import load
from taggarr.config.legacy_environment import VARIABLES
from taggarr.config.locate import DATA_DIR_VARIABLE
from taggarr.config.meanings import KEYS as MEANINGS
from taggarr.config.meanings import SECTIONS
from taggarr.config.schema import FileKeys, Keys, every_key, model_at
from taggarr.config.syntax import read

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "taggarr.example.yaml"
REFERENCE = (ROOT / "docs" / "reference" / "configuration.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `([a-zA-Z_.]+)` \| `?([^|`]+)`? \|", REFERENCE, re.MULTILINE))
SENTENCES = dict(re.findall(r"^\| `([a-zA-Z_.]+)` \| [^|]+ \| (.+) \|$", REFERENCE, re.MULTILINE))

EARLIER = {variable.name for variable in VARIABLES}
DEFAULTS = {key.removeprefix("defaults.") for key, _ in every_key() if key.startswith("defaults.")}
KEYS = {
    key: default
    for key, default in every_key()
    if key.startswith("defaults.") or key.split(".", 2)[-1] not in DEFAULTS
}
"""Every key once: those of `defaults` that may stand in instances and profiles too are documented there."""


def written(default: Any) -> str:
    """A default as the reference shows it."""
    if default is ...:
        return "required"
    if isinstance(default, tuple):
        return f"[{', '.join(map(str, default))}]"
    if isinstance(default, float):
        return f"{default:g}"
    return default if isinstance(default, str) else json.dumps(default)


def test_the_reference_documents_every_key_and_nothing_else():
    """The tables of the reference hold exactly the keys of the models."""
    assert {key for key in ROWS if "." in key} == set(KEYS)
    assert len(KEYS) == 45


@pytest.mark.parametrize("key", sorted(KEYS))
def test_the_reference_names_the_default_of_each_key(key):
    """The second column is the default of the model."""
    assert ROWS[key] == written(KEYS[key])


@pytest.mark.parametrize("key", sorted(KEYS))
def test_the_reference_says_of_each_key_what_editors_show(key):
    """The third column is the sentence that `taggarr config schema` gives, letter by letter."""
    assert SENTENCES[key] == MEANINGS[key]


@pytest.mark.parametrize("section", ["scan", "logging", "defaults", "instances", "profiles"])
def test_the_reference_says_of_each_section_what_editors_show(section):
    """The heading, too."""
    assert f"## `{section}`: {SECTIONS[section]}\n" in REFERENCE


@pytest.mark.parametrize(
    "mentioned", sorted(set(re.findall(r"(?:instances|profiles)\.NAME\.[a-z_.]+", REFERENCE)))
)
def test_a_key_that_the_text_mentions_exists(mentioned):
    """Keys named outside of the tables are keys too."""
    *around, last = mentioned.split(".")
    model = model_at(tuple(around))
    assert model is not None
    assert last in model.model_fields


def test_the_reference_names_every_variable():
    """Overrides, the data folder and those of earlier versions, in the section of variables, and no other."""
    section = REFERENCE.partition("## Environment variables")[2]
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", section, re.MULTILINE)) == {
        DATA_DIR_VARIABLE,
        "TAGGARR__SECTION__KEY",
        *EARLIER,
        "START_RUNNING",
        "WRITE_MODE",
    }


def test_the_reference_names_the_key_of_each_earlier_variable():
    """The second column begins with the key that the variable replaces."""
    section = REFERENCE.partition("## Environment variables")[2]
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| (?:`([a-z_.]+)`|the same)", section, re.MULTILINE))
    for variable in VARIABLES:
        where = ".".join([*(["instances", variable.arr] if variable.arr else []), *map(str, variable.key)])
        assert rows[variable.name] in (where, ""), variable.name


def test_the_example_loads():
    """Without any variable set, and it is what the reference promises."""
    config = load(EXAMPLE, {})
    assert [(each.name, each.type) for each in config.instances] == [
        ("sonarr-anime", "sonarr"),
        ("radarr", "radarr"),
    ]
    assert config.instances[0].rules.profiles[0][0] == "anime"


def test_the_example_shows_every_key():
    """Each key stands in the example: in its section, with a comment in its line."""
    text = EXAMPLE.read_text(encoding="utf-8")
    shown = {
        re.sub(r"^(instances|profiles)\.[^.]+", r"\1.NAME", key) for key in _leaves(read(EXAMPLE).data, "")
    }
    in_comments = {"defaults.schedule", "instances.NAME.root_paths"}
    assert set(KEYS) - shown <= in_comments
    assert "# schedule:" in text
    lines = text.splitlines()
    for key in KEYS:
        word = key.rpartition(".")[2]
        places = [index for index, line in enumerate(lines) if re.match(rf"\s*(# )?{word}:", line)]
        assert any("#" in lines[index].partition(":")[2] for index in places), key


def _leaves(value: Any, path: str) -> set[str]:
    if isinstance(value, dict):
        return {
            leaf for key, inner in value.items() for leaf in _leaves(inner, f"{path}.{key}" if path else key)
        }
    return {path}


def test_the_example_shows_the_defaults():
    """Outside of instances and profiles, the example changes nothing: copied as it is, it keeps every default."""
    file = FileKeys.model_validate(
        {key: value for key, value in read(EXAMPLE).data.items() if key in ("scan", "logging", "defaults")}
    )
    assert _values(file) == _values(FileKeys())


def _values(keys: Keys) -> dict[str, Any]:
    values = {name: getattr(keys, name) for name in type(keys).model_fields}
    return {name: _values(value) if isinstance(value, Keys) else value for name, value in values.items()}
