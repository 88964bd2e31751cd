"""The line of a file that a problem is about, fit to be shown: what is or may be a secret is masked."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from taggarr.config.secrecy import LONGEST, Span, covered, hidden, is_secret, looks_like_address

_LINE_END = re.compile(r"\r\n|\n|\r")
_BEGINS_LIKE_A_KEY = re.compile(r"\s*(?:[-?] +)*[\"']?\w[\w .-]*[\"']?\s*:(?:\s|$)")
_NAME = re.compile(r"(?<![\w.-])(\w[\w.-]*+(?: \w[\w.-]*+)?+)[\"']?\s*+(?:[:=]\s*|$)")
_ADDRESS = re.compile(r"(?i)\burl[\"']?\s*[:=]\s*[\"']?([^\"',}]+)")


class Excerpt(NamedTuple):
    """A line as it may be shown, and the place in it: characters before."""

    text: str
    place: int


def lines_of(text: str) -> list[str]:
    """The lines as YAML counts them."""
    return _LINE_END.split(text)


class Excerpts:
    """The lines of a file without its secrets. `secrets` are texts that are masked wherever they stand."""

    def __init__(self, text: str, secrets: Sequence[str] = ()) -> None:
        self._lines = list(_hidden_parts(lines_of(text)))
        self._secrets = secrets

    def at(self, line: int, column: int, *, withheld: bool = False) -> Excerpt:
        """The line number `line`, with the place `column`; both count from 1. `withheld`: nothing from there on."""
        text, parts = self._lines[line - 1]
        begin = min(column - 1, len(text))
        spans = [*parts, *(span for secret in self._secrets for span in _places(secret, text))]
        if withheld:
            spans.append((begin, len(text)))
        return Excerpt(*covered(text, spans, begin))


def _hidden_parts(lines: Sequence[str]) -> Iterator[tuple[str, list[Span]]]:
    """Each line with what must not be shown of it.

    What stands at a key for secrets is hidden to the end of its line, and so are the lines below it that
    may belong to it: a text or a list of several lines, also where the file is no YAML.
    """
    secret_at: int | None = None
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if not line.strip():
            yield line, []
        elif secret_at is not None and (indent > secret_at or not _BEGINS_LIKE_A_KEY.match(line)):
            yield line, [(indent, len(line))]
        elif len(line) > LONGEST:
            secret_at = indent
            yield line, [(0, len(line))]
        else:
            ends = (match.end() for match in _NAME.finditer(line) if is_secret(match[1]))
            secret = next(ends, None)
            secret_at = None if secret is None else indent
            yield line, [*hidden(line), *_addresses(line), *([(secret, len(line))] if secret else [])]


def _addresses(line: str) -> Iterator[Span]:
    return (match.span(1) for match in _ADDRESS.finditer(line) if not looks_like_address(match[1].strip()))


def _places(secret: str, text: str) -> Iterator[Span]:
    return (match.span() for match in re.finditer(re.escape(secret), text))
