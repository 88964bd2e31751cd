"""Problems of the configuration as lines of text: with the line of the file on a terminal."""

import shutil
import sys
from collections.abc import Iterator
from typing import Any
from unicodedata import combining, east_asian_width

from taggarr.config import ConfigErrors, Excerpt, Problem
from taggarr.logs import neutral

_INDENT = 4
_TAB = "    "
_CUT = "…"


def told(errors: ConfigErrors, before: str = "") -> Iterator[str]:
    """A line for each problem, beginning with `before`. On a terminal, what stands there follows, marked."""
    terminal = sys.stderr.isatty()
    width = shutil.get_terminal_size().columns
    for problem in errors.problems:
        yield before + neutral(str(problem))
        if terminal and problem.excerpt:
            yield from marked(problem.excerpt, width)


def marked(excerpt: Excerpt, width: int) -> Iterator[str]:
    """The line, and below it a caret under the place; what does not fit into `width` cells is cut off around it."""
    cells = [_shown(character) for character in excerpt.text]
    begin, end = _window([_width(cell) for cell in cells], excerpt.place, max(width - _INDENT, 20))
    shown = cells[begin:end]
    place = excerpt.place - begin
    if begin:
        shown[0] = _CUT
    if end < len(cells):
        shown[-1] = _CUT
    strip = 0 if begin else len("".join(shown[:place])) - len("".join(shown[:place]).lstrip())
    line = "".join(shown)
    yield " " * _INDENT + line[strip:].rstrip()
    yield " " * (_INDENT + sum(map(_width, shown[:place])) - strip) + "^"


def _shown(character: str) -> str:
    return _TAB if character == "\t" else neutral(character)


def _width(cell: str) -> int:
    return sum(0 if combining(c) else 2 if east_asian_width(c) in ("W", "F") else 1 for c in cell)


def _window(widths: list[int], place: int, room: int) -> tuple[int, int]:
    """Begin and end of the characters to show: all, or as many on both sides of `place` as there is room for."""
    if sum(widths) <= room:
        return 0, len(widths)
    begin = end = place
    used = 0
    room -= 2  # the marks of a cut may be wider than what they stand for
    while True:
        left = widths[begin - 1] if begin else None
        right = widths[end] if end < len(widths) else None
        if left is not None and used + left <= room and (place - begin <= end - place or right is None):
            begin -= 1
            used += left
        elif right is not None and used + right <= room:
            end += 1
            used += right
        else:
            return begin, end


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem as JSON has it."""
    return {
        "where": problem.where,
        "message": problem.message,
        "found": problem.found,
        "allowed": problem.allowed,
        "choices": problem.choices,
        "suggestion": problem.suggestion,
        "source": problem.source,
        "line": problem.line,
        "column": problem.column,
        "level": problem.level,
    }
