"""No way to be wrong about the configuration shows a secret: a canary in every field, through every kind of error."""

import contextlib
import io
import json
from pathlib import Path

import pytest

from taggarr.cli import run
from taggarr.config.schema import every_key

CANARY = "canarybird"  # letters alone: no mask knows it for a key by its look
KEYS = [key for key, _ in every_key()]
RIGHT = {"type": "sonarr", "url": "http://127.0.0.1:1", "api_key": "0123456789abcdef"}


class Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def said(nowhere, monkeypatch):
    """Everything that the commands say about a configuration text, in an environment; none of them accepts it."""

    def everything(
        text: str, environ: dict[str, str] | None = None, commands: list[str] | None = None
    ) -> str:
        Path("c.yaml").write_text(text, "utf-8")
        with monkeypatch.context() as patch:
            for name, value in (environ or {}).items():
                patch.setenv(name, value)
            outcomes = [_output(*command.split(), "-c", "c.yaml") for command in commands or COMMANDS]
        assert {code for code, _ in outcomes} == {2}, outcomes
        return "\n".join(output for _, output in outcomes)

    return everything


CHECKS = ["config check", "config check --json"]
COMMANDS = [*CHECKS, "config show", "scan --log-level debug"]
"""The last two say what the first does, in the same words; so they are not asked everywhere."""


def _output(*arguments: str) -> tuple[int, str]:
    out, err = (Terminal(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(arguments)
    return code, (out.buffer.getvalue() + err.buffer.getvalue()).decode()


def file_with(*each: dict[str, object]) -> str:
    """A configuration as JSON, which is YAML: values by key path, in instances and profiles of their own."""
    made: dict = {"instances": {}}
    for number, values in enumerate(each):
        made["instances"][f"tv{number}"] = dict(RIGHT)
        for key, value in values.items():
            *around, last = key.replace("NAME", f"tv{number}").split(".")
            inner = made
            for part in around:
                inner = inner.setdefault(part, {})
            inner[last] = value
    return json.dumps(made, indent=1)


SHAPES = {
    "a word": CANARY,
    "words": f"Some {CANARY} words, and more",
    "an address": f"http://{CANARY}:8989",
    "the address of an API": f"http://h/{CANARY}/api/v3",
    "a password": f"http://me:{CANARY}@h",
    "a query": f"http://h/?apikey={CANARY}",
    "a folder": f"/media/{CANARY}",
    "another folder": f"media/{CANARY}",
    "a list": f"en,{CANARY},Portuguese {CANARY}",
    "a label": f"{CANARY.upper()}",
    "strange": f"\x1b{CANARY}\n",
    "fields": f"0 4 * * {CANARY}",
    "another": f"${{{CANARY}}}",
}
FORMS = {
    "a variable": "${CANARY}",
    "a file": "${file:FILE}",
    "a default": None,
    "a part": "x ${CANARY}/",
}


@pytest.mark.parametrize(
    ("shape", "form"),
    [(shape, form) for shape in SHAPES for form in FORMS if form == "a variable" or SHAPES[shape] == CANARY]
    + [("words", "a default"), ("a list", "a default"), ("strange", "a file"), ("an address", "a part")],
)
def test_what_stands_for_a_reference_never_shows(said, tmp_path, shape, form):
    """At every key of the configuration at once, alone and in lists: as variable, file, default and part of a text.

    The plain word stands in each way at each key; other shapes take turns, so that each way meets some at each key,
    and all of them stand where an address belongs.
    """
    secret = tmp_path / "secret"
    secret.write_text(SHAPES[shape], "utf-8")
    written = FORMS[form] or f"${{UNSET:-{SHAPES[shape].replace('}', '')}}}"
    written = written.replace("FILE", str(secret))
    mappings = [{"arr": f"/{written}", "local": "x"}, {"arr": f"/{written}", "local": written}]
    values = [mappings, [written], written]
    if SHAPES[shape] == CANARY:
        values = [[[written]], {written: written}, *values]
        content = file_with(*(dict.fromkeys(KEYS, value) for value in values))
    else:
        turn = list(SHAPES).index(shape)
        each = {key: values[(turn + at) % len(values)] for at, key in enumerate(KEYS)}
        content = file_with(each | {"instances.NAME.url": written})
    output = said(content, {"CANARY": SHAPES[shape]}, COMMANDS if shape == "a word" else CHECKS)
    assert CANARY not in output.lower().replace(f"${{{CANARY}", "")


@pytest.mark.parametrize(
    "text", [f"http://me:{CANARY}@h", f"http://h/x?apikey={CANARY}", f"http://h#{CANARY}", f"${{{CANARY}"]
)
def test_the_secret_parts_of_an_address_never_show(said, text):
    """Name and password, query and fragment, at every key; a reference that is never closed too."""
    values = ([text], {"arr": text}, [{"arr": text, "local": text}], text)
    assert CANARY not in said(file_with(*(dict.fromkeys(KEYS, value) for value in values)), commands=CHECKS)


NAMES = [
    "api_key",
    "apikey",
    "api-key",
    "API_KEY",
    "apiKey",
    "api key",
    "ap_key",
    "api_kye",
    "sonarr_api_key",
]
NAMES += ["password", "token", "client_secret", "key", "Api"]
SECTIONS = ["", "defaults.", "instances.", "instances.NAME.", "instances.NAME.tags.", "profiles.NAME.match."]


@pytest.mark.parametrize("name", NAMES)
def test_what_stands_at_a_key_for_secrets_never_shows(said, name):
    """However the key is spelt and wherever it stands: as text, list, mapping, and as the name of a key."""
    values = [f"{CANARY} x", [CANARY], {CANARY: CANARY}, {"x": {CANARY: 1}}, [{CANARY: "${UNSET}"}], CANARY]
    everywhere = ({f"{section}{name}": value for section in SECTIONS} for value in values)
    assert CANARY not in said(file_with(*everywhere), commands=CHECKS)


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("name", ["api_key={}", "api_key {}", "apikey:{}", "x?apikey={}"])
def test_a_secret_that_runs_into_the_name_of_its_key_never_shows(said, section, name):
    """`api_key=…`, where `api_key: …` was meant."""
    assert CANARY not in said(file_with({f"{section}{name.format(CANARY)}": None, "scan.workers": 0}))


SWAPPED = [
    ("instances.NAME.url", CANARY),
    ("instances.NAME.url", f"{CANARY}-{CANARY}"),
    ("instances.NAME.url", f"{CANARY}?x"),
    ("instances.NAME.url", f"{CANARY}@h"),
    ("instances.NAME.url", [f"{CANARY}:8989@h"]),
    ("instances.NAME.api_key", f"{CANARY} {CANARY}"),
]


@pytest.mark.parametrize(("key", "value"), SWAPPED)
def test_a_key_where_the_address_belongs_never_shows(said, key, value):
    """Short keys, and keys that are not of 32 hexadecimal digits."""
    assert CANARY not in said(file_with({key: value, "scan.workers": 0}))


def test_a_key_that_stands_elsewhere_too_never_shows(said):
    """What stands at `api_key` is masked in the message about another value, and in the name of a key."""
    key = f"{CANARY}-7"
    values = {"scan.executor": f"x{key}", key: 1, "instances.NAME.api_key": key}
    assert CANARY not in said(file_with(values))


LINES = [
    f"api_key: *{CANARY}",
    f"api_key: !{CANARY} }}",
    f"api_key: !{CANARY}!x y",
    f"api_key: @{CANARY}",
    f"api_key: %{CANARY}",
    f'api_key: "{CANARY}',
    f"api_key: '{CANARY}",
    f'api_key: "\\{CANARY}"',
    f'api_key: "\\U{CANARY}"',
    f"api_key: {CANARY}: {CANARY}: x",
    f"api_key: [{CANARY}",
    f"api_key: {{{CANARY}",
    f"api_key: {{{CANARY}: {CANARY}, {CANARY}: 2}}",
    f"api_key: {CANARY}\t: x",
    f"api_key: |{CANARY}",
    f"api_key: >{CANARY}\n    x",
    f"api_key: ? {CANARY}",
    f"api_key: - {CANARY}",
    f"api_key: !!int {CANARY} x",
    f"api_key: !!binary {CANARY}",
    f"api_key: ${{{CANARY}",
    f"api_key: ${{{CANARY}}}",
    f"api_key: ${{{CANARY} x}}",
    f"api_key: ${{file:{CANARY}}}",
    f"api_key: ${{{CANARY.upper()[:-1]}_X:-{CANARY} x}}",
    f"api_key:\n      {CANARY} @\n    : x",
    f"api_key: |\n      {CANARY}\n     {CANARY}\n   x",
    f"api_key: {CANARY}\n    api_key: {CANARY}",
    f"api_key {CANARY}",
    f"api_key={CANARY}",
    f"apikey: {CANARY} @: [",
    f"url: http://me:{CANARY}@h: x",
    f"url: [http://h/?a={CANARY}",
    f"url: 'http://h/?a={CANARY}",
    f"url: {CANARY}",
]


@pytest.mark.parametrize("line", LINES)
def test_a_line_that_is_no_yaml_never_shows_its_key(said, line):
    """Syntax errors in the line of a key, before and behind it, and in one mapping on one line."""
    more = "    type: sonar\n"
    assert CANARY not in said(f"instances:\n  tv:\n    {line}\n{more}")
    assert CANARY not in said(f"instances:\n  tv:\n{more}    {line}\n")
    assert CANARY not in said(f"instances:\n  tv: {{type: @x, {line}}}\n")
    assert CANARY not in said(f"instances:\n  tv: {{{line}, type: @x}}\n")
    assert CANARY not in said(f"instances:\n\ttv:\n    {line}\n")


VARIABLES = [
    ("TAGGARR__INSTANCES__TV__API_KEY", f"{CANARY} x"),
    ("TAGGARR__INSTANCES__TV__API_KEY", f"[{CANARY}"),
    ("TAGGARR__INSTANCES__TV__API_KEY", f"{{{CANARY}: 1, {CANARY}: 2}}"),
    ("TAGGARR__INSTANCES__TV__API_KEY", f"${{{CANARY}"),
    ("TAGGARR__INSTANCES__TV__APIKEY", CANARY),
    ("TAGGARR__INSTANCES__TV", f"{{api_key: {CANARY}, apikey: {CANARY}, api_key: {CANARY}}}"),
    ("TAGGARR__INSTANCES__TV", f"{{api_key: *{CANARY}}}"),
    ("TAGGARR__INSTANCES__TV", f"{{api_key: !{CANARY}}}"),
    ("TAGGARR__INSTANCES__TV", f"{{type: sonarr, url: {CANARY}, api_key: {CANARY}}}"),
    ("TAGGARR__INSTANCES", f"{{tv: {{apikey: {CANARY}}}}}"),
    ("TAGGARR__INSTANCES__TV__URL", f"http://me:{CANARY}@h"),
    ("TAGGARR__INSTANCES__TV__URL", CANARY),
    ("TAGGARR__SCAN__WORKERS", f"${{UNSET:-{CANARY}}}"),
    ("TAGGARR__DEFAULTS__TARGET_LANGUAGES", f"en,${{UNSET:-{CANARY}}}"),
]


@pytest.mark.parametrize(("name", "value"), VARIABLES)
def test_a_key_in_a_variable_never_shows(said, name, value):
    """Overrides of a key, of the mapping around it, and references in overrides."""
    assert CANARY not in said(file_with({"scan.executor": "x"}), {name: value})
