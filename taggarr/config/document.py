"""A configuration as plain data, with the place and the origin of every value."""

from dataclasses import dataclass, field
from typing import Any

from taggarr.config.problems import KeyPath, Mark, Problem, key_text


class WrittenInt(int):
    """An integer that remembers how it was written (`007`)."""

    text: str


class WrittenFloat(float):
    """A fraction that remembers how it was written (`1e5`)."""

    text: str


class LooseText(str):
    """Text from the environment: its key decides what it means (a number, a flag, a list with commas).

    `written` is what stands in the configuration, `${VAR}`, where the value itself must not be shown.
    """

    __slots__ = ("written",)
    written: str | None

    def __new__(cls, text: str, written: str | None = None) -> "LooseText":
        """Remember `written` beside the text."""
        made = super().__new__(cls, text)
        made.written = written
        return made


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from: `kind` is `default`, `file` or `environment`.

    `variables` names what it was taken from: `TAGGARR__SCAN__WORKERS`, or the names inside `${…}`
    (`TV_KEY`, `file:/run/secrets/tv`), which also have their line.
    """

    kind: str
    line: int | None = None
    column: int | None = None
    variables: tuple[str, ...] = ()


DEFAULT = Origin("default")


@dataclass(slots=True)
class Document:
    """The data of one configuration, the marks of its keys and values, and what is wrong so far.

    `overridden` holds the values that a `TAGGARR__…` variable replaced, `substituted` those with `${…}`.
    """

    source: str
    data: dict[str, Any] = field(default_factory=dict)
    keys: dict[KeyPath, Mark] = field(default_factory=dict)
    values: dict[KeyPath, Mark] = field(default_factory=dict)
    overridden: dict[KeyPath, str] = field(default_factory=dict)
    substituted: dict[KeyPath, tuple[str, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    refused: set[KeyPath] = field(default_factory=set)

    def refuse(
        self,
        path: KeyPath,
        message: str,
        *,
        found: str = "",
        suggestion: str | None = None,
        key: bool = False,
    ) -> None:
        """Note a problem at the value of `path` (at its key), or at the nearest thing around it."""
        self.refused.add(path)
        variable = self._variable(path)
        line, column = (None, None) if variable else self._mark(path, key=key)
        source = f"environment variable {variable}" if variable else self.source
        self.problems.append(Problem(key_text(path), message, found, suggestion, source, line, column))

    def origin(self, path: KeyPath) -> Origin:
        """Where the value at `path`, which the configuration holds, comes from."""
        variable = self._variable(path)
        if variable:
            return Origin("environment", variables=(variable,))
        line, column = self.values[path]
        variables = self.substituted.get(path, ())
        return Origin("environment" if variables else "file", line, column, variables)

    def override(self, path: KeyPath, value: object, variable: str) -> None:
        """Put `value`, which the environment gives, at `path`."""
        inner: Any = self.data
        for part in path[:-1]:
            if not isinstance(inner.get(part), dict):
                inner[part] = {}
            inner = inner[part]
        inner[path[-1]] = value
        self.overridden[path] = variable

    def _variable(self, path: KeyPath) -> str | None:
        inside = (self.overridden.get(path[:end]) for end in range(len(path), 0, -1))
        return next(filter(None, inside), None)

    def _mark(self, path: KeyPath, *, key: bool) -> Mark | tuple[None, None]:
        if key and path in self.keys:
            return self.keys[path]
        if path in self.values:
            return self.values[path]
        end = next((end for end in range(len(path) - 1, -1, -1) if path[:end] in self.values), None)
        if end is None:
            return None, None
        near = path[:end]
        return self.values[near] if isinstance(path[end], int) else self.keys.get(near, self.values[near])
