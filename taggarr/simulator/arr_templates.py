"""Indented JSON by filling in the blanks: a shape is encoded once, an item costs one string operation.

A library has 50,000 files; `json.dumps(…, indent=2)` takes a hundred times as long for each.
"""

import json
import random
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from json.encoder import encode_basestring as quote
from typing import Any

from taggarr.simulator.http_messages import Body

__all__ = ["Blank", "Template", "dedented", "dumped", "json_list", "prose", "quote", "quoted_list"]


@dataclass(frozen=True, slots=True)
class Blank:
    """A place in a shape; it is filled with encoded JSON."""

    name: str


class Template:
    """A shape with blanks. `depth` is the nesting (2 spaces each) at which the text will stand."""

    def __init__(self, shape: Mapping[str, Any], depth: int) -> None:
        text = json.dumps(shape, indent=2, ensure_ascii=False, default=lambda blank: f"\0{blank.name}\0")
        text = text.replace("%", "%%").replace("\n", "\n" + "  " * depth)
        self._text = re.sub(r'"\\u0000(\w+)\\u0000"', r"%(\1)s", text)

    def fill(self, values: Mapping[str, str | int | float]) -> str:
        """The text; each value is encoded JSON, or a number."""
        return self._text % values


def json_list(elements: Iterable[str], depth: int = 0) -> str:
    """An indented list of encoded elements, standing at `depth`."""
    outer = "\n" + "  " * depth
    joined = f",{outer}  ".join(elements)
    return f"[{outer}  {joined}{outer}]" if joined else "[]"


def quoted_list(texts: Iterable[str], depth: int) -> str:
    """An indented list of strings."""
    return json_list(map(quote, texts), depth)


def dedented(element: str) -> str:
    """An element of a top-level list as a text of its own. JSON strings hold no line breaks."""
    return element.replace("\n  ", "\n")


def dumped(value: object) -> Body:
    """A JSON body without a template."""
    return Body(json.dumps(value, indent=2, ensure_ascii=False).encode())


_SYLLABLES = (
    "ka",
    "ri",
    "mo",
    "ten",
    "shu",
    "la",
    "ver",
    "dan",
    "quo",
    "bel",
    "ith",
    "nor",
    "zu",
    "fae",
    "gor",
)


def prose(seed: int, words: int) -> str:
    """A text that is the same for a seed and compresses about as real overviews do."""
    chance = random.Random(seed)  # noqa: S311 - filler, no secret
    syllables = iter(chance.choices(_SYLLABLES, k=words * 3))
    text = ["".join(islice(syllables, 1 + index % 5)) for index in range(words)]
    return " ".join(text).capitalize() + "."
