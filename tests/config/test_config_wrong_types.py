"""A value of the wrong type at every key, generated from the models: a problem at that key, never a traceback."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taggarr.config import ConfigErrors, Problem
from taggarr.config.schema import every_key

STRANGE = [
    "null",
    "true",
    "-1",
    "1.5",
    "''",
    "[]",
    "{}",
    "[[a]]",
    "{a: b}",
    "[{a: b}]",
    '"\\0"',
    "x y, z",
    "~",
    "9e999",
]
KEYS = [key for key, _ in every_key()]
INSTANCE = "{type: sonarr, url: 'http://tv', api_key: abc}"


def text_with(key: str, value: str) -> str:
    """A configuration that is right but for `key`."""
    path = key.replace("NAME", "tv").split(".")
    lines = [f"{'  ' * depth}{part}:" for depth, part in enumerate(path)]
    lines[-1] += f" {value}"
    if path[0] == "instances":
        kept = {"type": "sonarr", "url": "http://tv", "api_key": "abc"}
        return "\n".join(
            [*lines, *(f"    {name}: {text}" for name, text in kept.items() if name != path[-1])]
        )
    return "\n".join([*lines, f"instances: {{tv: {INSTANCE}}}"])


def problems_of(load_text, text: str) -> tuple[Problem, ...]:
    try:
        load_text(text)
    except ConfigErrors as error:
        return error.problems or (Problem("", "an error without a problem"),)
    return ()


@pytest.mark.parametrize("key", KEYS)
def test_a_value_of_the_wrong_type_is_a_problem_of_its_key(load_text, key):
    """Each strange value either has a meaning for the key, or is a problem with the key's own path and line."""
    found = {value: problems_of(load_text, text_with(key, value)) for value in STRANGE}
    own = key.replace("NAME", "tv")
    assert all(each.where.startswith(own) and each.line for problems in found.values() for each in problems)
    assert len([value for value, problems in found.items() if problems]) >= 3


SECTIONS = [
    ("scan: {}", "scan"),
    ("logging: {}", "logging"),
    ("defaults: {}", "defaults"),
    ("defaults: {{tags: {}}}", "defaults.tags"),
    ("defaults: {{exclude: {}}}", "defaults.exclude"),
    ("profiles: {}", "profiles"),
    ("profiles: {{anime: {}}}", "profiles.anime"),
    ("profiles: {{anime: {{match: {}}}}}", "profiles.anime.match"),
]


@pytest.mark.parametrize(("text", "where"), SECTIONS)
@pytest.mark.parametrize("value", ["true", "1", "x", "[a]"])
def test_a_section_that_is_no_mapping_is_a_problem_of_the_section(load_text, text, where, value):
    """Where keys belong below, anything else is refused at its place."""
    found = problems_of(load_text, f"{text.format(value)}\ninstances: {{tv: {INSTANCE}}}")
    assert [problem.where for problem in found] == [where]


@pytest.mark.parametrize("value", ["true", "1", "x", "[a]"])
def test_instances_that_are_no_mapping_are_a_problem(load_text, value):
    """The same for `instances` and for one of them."""
    assert [each.where for each in problems_of(load_text, f"instances: {value}")] == ["instances"]
    assert [each.where for each in problems_of(load_text, f"instances: {{tv: {value}}}")] == ["instances.tv"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="ab:{}[]&*!|>'\"%@`#-?,\n\t ${}<\\0~é", max_size=60))
def test_any_text_is_refused_with_sentences(load_text, text):
    """No text of these letters names an instance, so each ends in problems that say something."""
    assert all(problem.message for problem in problems_of(load_text, text))
    assert problems_of(load_text, text)
