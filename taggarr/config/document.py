"""A configuration as plain data, with the place and the origin of every value."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from taggarr.config.excerpt import Excerpts
from taggarr.config.problems import (
    ConfigErrors,
    KeyPath,
    Mark,
    Problem,
    clipped,
    holds_secrets,
    in_order,
    key_text,
    shown_key,
)
from taggarr.config.secrecy import MASK


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
    (`TV_KEY`, `file:/run/secrets/tv`), which also have their line. `secret`: it stands for a `${…}`, so it is not shown.
    """

    kind: str
    line: int | None = None
    column: int | None = None
    variables: tuple[str, ...] = ()
    secret: bool = False


DEFAULT = Origin("default")


def place_text(variables: Sequence[str], written: str | None) -> str:
    """`${KEY} in line 4`, `line 4`, `variable DRY_RUN`; `written` is the place in the file."""
    if written is None:
        return f"variable {', '.join(variables)}" if variables else "built in"
    names = ", ".join(f"${{{name}}}" for name in variables)
    return f"{names} in {written}" if names else written


@dataclass(slots=True)
class Document:
    """The data of one configuration, the marks of its keys and values, and what is wrong so far.

    `overridden` holds the values that a variable of the environment replaced, `substituted` those with `${…}`.
    `tolerated` are values that are kept as an earlier version took them, with a warning, though they would be
    refused today.
    """

    source: str
    text: str = field(default="", repr=False)
    data: dict[str, Any] = field(default_factory=dict)
    keys: dict[KeyPath, Mark] = field(default_factory=dict)
    values: dict[KeyPath, Mark] = field(default_factory=dict)
    overridden: dict[KeyPath, str] = field(default_factory=dict)
    substituted: dict[KeyPath, tuple[str, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    refused: set[KeyPath] = field(default_factory=set)
    tolerated: set[KeyPath] = field(default_factory=set)

    def refuse(
        self,
        path: KeyPath,
        message: str,
        *,
        found: str = "",
        suggestion: str | None = None,
        key: bool = False,
        withheld: bool = False,
    ) -> None:
        """Note a problem at the value of `path` (at its key), or at the nearest thing around it.

        `withheld`: what stands there may be a secret.
        """
        self.refused.add(path)
        self.problems.append(self._problem(path, message, found, suggestion, key=key, withheld=withheld))

    def warn(
        self,
        path: KeyPath,
        message: str,
        *,
        found: str = "",
        suggestion: str | None = None,
        key: bool = False,
    ) -> None:
        """Note what works and is to be written in another way, at the same place as `refuse` would."""
        problem = self._problem(path, message, found, suggestion, key=key)
        self.warnings.append(replace(problem, level="warning"))

    def _problem(
        self,
        path: KeyPath,
        message: str,
        found: str,
        suggestion: str | None,
        *,
        key: bool,
        withheld: bool = False,
    ) -> Problem:
        variable = self.variable(path)
        line, column = (None, None) if variable else self._mark(path, key=key)
        source = f"environment variable {variable}" if variable else self.source
        found = "" if holds_secrets(path[:-1] if key else path) else found
        asked = path[:-1] if key else path
        return Problem(shown_key(path), message, found, suggestion, source, line, column, asked, withheld)

    def origin(self, path: KeyPath) -> Origin:
        """Where the value at `path`, which the configuration holds, comes from."""
        variable = self.variable(path)
        names = self._references(path)
        if variable:
            return Origin("environment", variables=(variable,), secret=bool(names))
        line, column = self.values[path]
        return Origin("environment" if names else "file", line, column, names, secret=bool(names))

    def origins(self) -> dict[str, Origin]:
        """Where each value comes from, by key path; lists and mappings have an origin of their own as well."""
        paths = _paths(self.data, ())
        known = (path for path in paths if path in self.values or self.variable(path))
        return {key_text(path): self.origin(path) for path in known}

    def errors(self, allowed_at: Callable[[KeyPath], tuple[str, tuple[str, ...]]]) -> ConfigErrors:
        """All problems and warnings as an error, as `told` has them.

        `allowed_at` tells what a key takes, and the words or keys to choose from.
        """
        problems = [replace(each, **_allowed(each, allowed_at)) for each in self.problems]
        return ConfigErrors(
            self.source, self.told([*problems, *self.warnings]), Excerpts(self.text, self._secrets)
        )

    def told(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """`problems` as they may be shown: what stands at a key for secrets is masked wherever else it stands, too."""
        secrets = self._secrets
        return in_order(_without(each, secrets) for each in problems)

    @property
    def _secrets(self) -> Sequence[str]:
        return sorted(set(_secrets(self.data, ())), key=len, reverse=True)

    def shown(self, path: KeyPath, text: str) -> str:
        """`text`, which stands at `path`, as a message names it: never what stands for a `${…}`."""
        names = self._references(path)
        if not names:
            return f"`{clipped(text)}`"
        return f"what {' and '.join(f'`${{{clipped(name)}}}`' for name in names)} stands for"

    def override(self, path: KeyPath, value: object, variable: str) -> None:
        """Put `value`, which the environment gives, at `path`."""
        inner: Any = self.data
        for part in path[:-1]:
            if not isinstance(inner.get(part), dict):
                inner[part] = {}
            inner = inner[part]
        inner[path[-1]] = value
        self._forget(self.overridden, path)
        self.overridden[path] = variable

    def _references(self, path: KeyPath) -> tuple[str, ...]:
        around = (self.substituted.get(path[:end]) for end in range(len(path), 0, -1))
        return next(filter(None, around), ())

    def variable(self, path: KeyPath) -> str | None:
        """The variable of the environment that gave the value at `path`, or what is around it."""
        inside = (self.overridden.get(path[:end]) for end in range(len(path), 0, -1))
        return next(filter(None, inside), None)

    def drop(self, path: KeyPath) -> Any:
        """Take what stands at `path` out of the data, with its marks; what stood there."""
        inner: Any = self.data
        for part in path[:-1]:
            inner = inner[part]
        for known in (self.keys, self.values):
            self._forget(known, path)
        return inner.pop(path[-1])

    def move(self, path: KeyPath, to: KeyPath) -> None:
        """Put what stands at `path` at `to`, as if it had been written there in the same line of the file.

        Beside where it stood, it keeps its place in the order of keys.
        """
        marks = [
            (
                known,
                {(*to, *inner[len(path) :]): known[inner] for inner in known if inner[: len(path)] == path},
            )
            for known in (self.keys, self.values)
        ]
        around: Any = self.data
        for part in path[:-1]:
            around = around[part]
        order = [to[-1] if name == path[-1] else name for name in around]
        value = self.drop(path)
        inner: Any = self.data
        for part in to[:-1]:
            inner = inner.setdefault(part, {})
        inner[to[-1]] = value
        if inner is around:
            kept = {name: around[name] for name in order}
            around.clear()
            around.update(kept)
        for known, moved in marks:
            known.update(moved)

    @staticmethod
    def _forget(known: dict[KeyPath, Any], path: KeyPath) -> None:
        for inner in [each for each in known if each[: len(path)] == path]:
            del known[inner]

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


_SHORTEST_SECRET = 6  # a shorter one would black out words of our own


def _paths(value: Any, path: KeyPath) -> Iterator[KeyPath]:
    """The paths of all values below `path`."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for part, inner in inside:
        yield (*path, part)
        yield from _paths(inner, (*path, part))


def _secrets(value: Any, path: KeyPath) -> Iterator[str]:
    """The texts at keys that hold secrets, but for words and addresses, which stand there by mistake."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _secrets(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _secrets(inner, (*path, index))
    elif holds_secrets(path):
        text = str(getattr(value, "text", value))
        if len(text) >= _SHORTEST_SECRET and not text.isalpha() and "://" not in text:
            yield text


def _allowed(
    problem: Problem, allowed_at: Callable[[KeyPath], tuple[str, tuple[str, ...]]]
) -> dict[str, Any]:
    return dict(zip(("allowed", "choices"), allowed_at(problem.path), strict=True)) if problem.where else {}


def _without(problem: Problem, secrets: Sequence[str]) -> Problem:
    def masked(text: str) -> str:
        for secret in secrets:
            text = text.replace(secret, MASK)
        return text

    return replace(
        problem,
        where=masked(problem.where),
        message=masked(problem.message),
        found=masked(problem.found),
        suggestion=masked(problem.suggestion) if problem.suggestion else None,
    )
