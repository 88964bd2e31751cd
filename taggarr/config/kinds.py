"""What each kind of value is: as words for people, and as JSON Schema for editors.

`values` reads the kinds and decides; this describes what it takes. A test holds the two together. Patterns are those
that JavaScript and Python read alike.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

_CONTROL = r"\u0000-\u001f\u007f-\u009f\u2028\u2029"
_REFERENCE = r"\$\{(?:[A-Za-z_][A-Za-z0-9_]*(?::-[^{}]*)?|file:/[^{}]*)\}"
NO_REFERENCE = rf"(?:^|[^$])(?!{_REFERENCE})\$\{{"
"""A `${` that is no reference, in no way to write one."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`allowed` ends the sentence "here stands …"; `choices` are its words, where it has any.

    `forms` are the JSON Schemas of the ways to write it, besides `${…}`; `name` is what they are called there.
    `item` is the kind of what a list holds.
    """

    name: str
    allowed: str
    forms: tuple[Mapping[str, Any], ...]
    choices: tuple[str, ...] = ()
    examples: tuple[Any, ...] = ()
    item: "Kind | None" = None


def text_form(pattern: str) -> Mapping[str, Any]:
    """Text that holds `pattern` between blanks, and no broken reference."""
    return {"type": "string", "pattern": rf"^\s*(?:{pattern})\s*$", "not": {"pattern": NO_REFERENCE}}


REFERENCE: Mapping[str, Any] = {
    "description": "A value from the environment or from a file: ${NAME}, ${NAME:-default} or ${file:/path}.",
    "type": "string",
    "pattern": rf"(?:^|[^$]){_REFERENCE}",
    "not": {"pattern": NO_REFERENCE},
}
NAME = {
    "pattern": r"^[0-9A-Za-z_\u00aa-\uffff](?:[0-9A-Za-z_ \u00aa-\uffff-]{0,62}[0-9A-Za-z_\u00aa-\uffff-])?$"
}
"""Names of instances and profiles."""


def optional(kind: Kind) -> Kind:
    """`kind`, or nothing."""
    return replace(
        kind,
        name=f"{kind.name}OrNull",
        allowed=f"{kind.allowed}, or `null`",
        forms=(*kind.forms, {"type": "null"}),
    )


def list_of(name: str, items: str, item: Kind) -> Kind:
    """A list of `items`."""
    array = {"type": "array", "items": {"$ref": f"#/$defs/{item.name}"}}
    return Kind(name, f"a list of {items}", (array, {"type": "null"}), item=item, choices=item.choices)


def one_of(choices: type[StrEnum]) -> Kind:
    """One of some words."""
    words = tuple(str(choice) for choice in choices)
    name = choices.__name__[0].lower() + choices.__name__[1:]
    return Kind(name, _either(words), ({"enum": list(words)}, text_form(_any_case(words))), words)


def whole(name: str, low: int, high: int) -> Kind:
    """A whole number."""
    form = {"type": "integer", "minimum": low, "maximum": high}
    return Kind(name, f"a whole number from {low} to {high}", (form,))


def _either(words: Iterable[str]) -> str:
    *most, last = (f"`{word}`" for word in words)
    return f"{', '.join(most)} or {last}" if most else last


def _any_case(words: Iterable[str]) -> str:
    return "|".join(
        "".join(f"[{c.upper()}{c}]" if c.isalpha() else re.escape(c) for c in word) for word in words
    )


_LINE = rf"[^\s{_CONTROL}](?:[^{_CONTROL}]*[^\s{_CONTROL}])?"
_ABSOLUTE = rf"(?:/|[A-Za-z]:[\\/]|\\\\)[^{_CONTROL}]*"
_FLAG_FORMS = (
    {"type": "boolean"},
    text_form(_any_case(("true", "yes", "on", "1", "false", "no", "off", "0"))),
)

TEXT = Kind("text", "text of one line", (text_form(_LINE), {"type": "number"}))
FLAG = Kind("flag", "`true` or `false`", _FLAG_FORMS, ("true", "false"))
FOLDER = Kind("folder", "an absolute path", (text_form(_ABSOLUTE),), examples=("/media/tv",))
LABEL = Kind(
    "label",
    "letters `a` to `z`, digits and `-`",
    (text_form("[a-z0-9-]+"), {"type": "integer"}),
    examples=("semi-dub",),
)
SECONDS = Kind(
    "seconds",
    "a number of seconds above 0, at most 3600",
    ({"type": "number", "exclusiveMinimum": 0, "maximum": 3600},),
)
API_KEY = Kind(
    "apiKey",
    "the API key of the arr: letters, digits and signs, without blanks",
    (text_form("(?!.*://)[!-~]+"), {"type": "number"}),
    examples=("${SONARR_API_KEY}", "${file:/run/secrets/sonarr}"),
)
TLS_VERIFY = Kind(
    "tlsVerify",
    "`true`, `false`, or the absolute path of a CA bundle",
    (*_FLAG_FORMS, text_form(_ABSOLUTE)),
    ("true", "false"),
)
LANGUAGE = Kind(
    "language",
    "a code such as `en` or `pt-BR`, or an English name",
    ({"$ref": "#/$defs/languageName"}, text_form(_LINE)),
    examples=("en", "pt-BR", "German"),
)
LANGUAGES = replace(
    list_of("languages", "languages, or one text with commas", LANGUAGE),
    forms=(
        {"type": "array", "items": {"$ref": "#/$defs/language"}, "minItems": 1},
        text_form(rf"(?=.*[^\s,])[^{_CONTROL}]+"),
    ),
    examples=(["en", "pt-BR"], "en, de"),
)
UNTAGGED = Kind(
    "untagged",
    "`original`, `unknown`, or a language",
    ({"enum": ["original", "unknown"]}, *LANGUAGE.forms),
    ("original", "unknown"),
)
PATH_MAPPINGS = Kind(
    "pathMappings",
    "a list of `{arr: /tv, local: /media/tv}`",
    ({"type": "array", "items": {"$ref": "#/$defs/pathMapping"}}, {"type": "null"}),
    examples=([{"arr": "/tv", "local": "/media/tv"}],),
)

_HOST = rf"(?:\[[0-9A-Fa-f:.]+\]|[^\s/?#@:\[\]\\{_CONTROL}]+)"
_PORT = r"0*(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])"
_API = r"(?!(?:/[^\s?#]*)?/[Aa][Pp][Ii](?:/[Vv]\d+)?/*\s*$)"
URL = Kind(
    "url",
    "the http or https address of the arr, with its URL base if it has one",
    (text_form(rf"[Hh][Tt][Tt][Pp][Ss]?://{_HOST}(?::(?:{_PORT})?)?{_API}(?:/[^\s?#{_CONTROL}]*)?"),),
    examples=("http://localhost:8989", "https://example.org/sonarr"),
)


def _cron_field(number: str, more: str = "") -> str:
    """Terms with commas between: `*`, a number, a range of them, each with a step (`/2`) or without."""
    one = rf"(?:0*(?:{number}))"
    term = rf"(?:(?:\*|{one}(?:-{one})?{f'|{more}' if more else ''})(?:/0*[1-9]\d*)?)"
    return rf"{term}(?:,{term})*"


_CRON = " +".join(
    (
        _cron_field(r"[1-5]?\d"),
        _cron_field(r"1?\d|2[0-3]"),
        _cron_field(r"[1-9]|[12]\d|3[01]", "[Ll][Ww]?"),
        _cron_field(r"[1-9]|1[0-2]|[A-Za-z]{3}"),
        _cron_field(r"[0-7]|[A-Za-z]{3}", r"(?:0*[0-7]|[A-Za-z]{3})#0*[1-5]|0*[0-7][Ll]"),
    )
)
CRON = Kind(
    "cron",
    "a cron expression of five fields: minute, hour, day, month and weekday",
    (text_form(_CRON),),
    examples=("0 4 * * *",),
)
