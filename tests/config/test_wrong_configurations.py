"""Wrong configurations, each with the messages it gets: the cases are in `wrong_configurations.txt`."""

from pathlib import Path

import pytest

from taggarr.config import ConfigErrors

CASES = Path(__file__).with_name("wrong_configurations.txt").read_text(encoding="utf-8")


def cases() -> list[tuple[str, str, list[str]]]:
    found = []
    for case in CASES.removeprefix("=== ").split("\n=== "):
        title, _, rest = case.partition("\n")
        text, _, messages = rest.rpartition("---\n")
        found.append((title, text, messages.split("\n")))
    return found


@pytest.mark.parametrize(
    ("text", "messages"), [pytest.param(text, messages, id=title) for title, text, messages in cases()]
)
def test_a_wrong_configuration_is_refused_with_its_sentences(load_text, file, text, messages):
    """Each wrong file gets exactly the messages of its case, with line and column, in the order of the file."""
    with pytest.raises(ConfigErrors) as refused:
        load_text(text, {"HOME_OF_TESTS": "of no use"})
    said = [line.removeprefix(f"{file}:").strip() for line in str(refused.value).splitlines()]
    assert said == [message for message in messages if message]


def test_there_are_enough_cases():
    """The cases are read from the file, all of them: at least 60, each with a message and a title of its own."""
    assert len(cases()) >= 60
    assert len({title for title, _, _ in cases()}) == len(cases())
    assert all(any(messages) for _, _, messages in cases())


def test_a_problem_knows_its_parts(load_text, file):
    """Where, what was found, message, suggestion, file, line and column stand apart, for tools."""
    with pytest.raises(ConfigErrors) as refused:
        load_text("scan: {worker: 2}\ninstances:\n  tv: {type: sonar, url: http://tv, api_key: abc}\n")
    misspelt, sonar = refused.value.problems
    assert (misspelt.where, misspelt.line, misspelt.column) == ("scan.worker", 1, 8)
    assert (misspelt.found, misspelt.suggestion) == ("worker", "did you mean `workers`?")
    assert (sonar.source, sonar.found, sonar.message) == (
        str(file),
        "`sonar`",
        "`sonar` is not sonarr or radarr",
    )
    assert refused.value.where == str(file)
    assert refused.value.code == "configuration"


def test_no_message_shows_a_secret(load_text):
    """A key is never shown: not as a wrong value, not at a wrong place, not where a `${…}` stands for it."""
    key = "0123456789abcdef0123456789abcdef"
    with pytest.raises(ConfigErrors) as refused:
        load_text(
            f"instances:\n  tv: {{type: {key}, url: 'http://x/?apikey={key}', api_key: 'p w hunter2'}}\n"
            "  movies: {type: '${SECRET}', url: 'ftp://me:hunter2@x', api_key: [hunter2], timeout_s: '${SECRET}'}\n"
            f"{key}: 1\n",
            {"SECRET": "hunter2", "TAGGARR__INSTANCES__TV__API_KEY": "hunter2 hunter2"},
        )
    assert len(refused.value.problems) == 8
    everything = f"{refused.value!s} {refused.value!r} {refused.value.problems!r}"
    assert key not in everything
    assert "hunter2" not in everything
