"""What is wrong with a configuration: every problem a value, all of them raised together."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from taggarr.config.excerpt import Excerpt, Excerpts
from taggarr.config.secrecy import MASK, is_api_key, is_secret, masked
from taggarr.core.errors import ConfigError

KeyPath = tuple[str | int, ...]
"""The way to a value: names of mappings, indexes (from 0) of lists."""

_PLAIN_NAME = re.compile(r"[^\s.\[\]]+(?: [^\s.\[\]]+)*")
_LONGEST_SHOWN = 120


class Mark(NamedTuple):
    """A place in the file: line and column, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or that works and is to be written in another way (`level` is `warning`).

    `where` is the key path (`instances.tv.url`), empty where the whole file is meant. `found` is what
    stands there, shortened and without secrets. `message` is a sentence without its full stop,
    `suggestion` what to do about it. `source` names the file or the environment variable; line and column
    are None where the value does not come from the file, and so is `excerpt`, the line itself. `allowed` says what
    the key takes, `choices` are the words that it takes, or the keys that there are. `withheld`: what stands there
    may be a secret.
    """

    where: str
    message: str
    found: str = ""
    suggestion: str | None = None
    source: str = ""
    line: int | None = None
    column: int | None = None
    path: KeyPath = field(default=(), repr=False)
    withheld: bool = field(default=False, repr=False)
    allowed: str = ""
    choices: tuple[str, ...] = ()
    excerpt: Excerpt | None = None
    level: Literal["error", "warning"] = "error"

    @property
    def sentence(self) -> str:
        """The message with its suggestion."""
        return f"{self.message}; {self.suggestion}" if self.suggestion else self.message

    @property
    def located_message(self) -> str:
        """The message with its place, without the suggestion."""
        return self._located(self.message)

    def __str__(self) -> str:
        return f"{'warning: ' if self.level == 'warning' else ''}{self._located(self.sentence)}"

    def _located(self, text: str) -> str:
        place = self.source if self.line is None else f"{self.source}:{self.line}:{self.column}"
        return ": ".join(part for part in (place, self.where, text) if part)


class ConfigErrors(ConfigError):
    """Every problem of one configuration, in the order of the file, then those of the environment.

    Warnings come after what is wrong.
    """

    def __init__(self, source: str, problems: Iterable[Problem], lines: Excerpts | None = None) -> None:
        self.problems = tuple(_with_excerpt(each, lines) for each in in_order(problems))
        super().__init__(source, "\n".join(map(str, self.problems)))

    def __str__(self) -> str:
        return self.problem


def broken(
    source: str,
    message: str,
    suggestion: str | None = None,
    mark: Mark | None = None,
    lines: Excerpts | None = None,
) -> ConfigErrors:
    """The error of a file that cannot be used at all."""
    line, column = mark or (None, None)
    problem = Problem("", message, suggestion=suggestion, source=source, line=line, column=column)
    return ConfigErrors(source, [problem], lines)


def _with_excerpt(problem: Problem, lines: Excerpts | None) -> Problem:
    if lines is None or problem.line is None or problem.column is None:
        return problem
    excerpt = lines.at(problem.line, problem.column, withheld=problem.withheld)
    return replace(problem, excerpt=excerpt if excerpt.text.strip() else None)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """What is wrong before warnings, each in the order of the file and then of the environment."""
    return tuple(sorted(problems, key=_place))


def _place(problem: Problem) -> tuple[bool, bool, int, int]:
    return problem.level == "warning", problem.line is None, problem.line or 0, problem.column or 0


def key_text(path: KeyPath) -> str:
    """`instances.tv.path_mappings[0].arr`; names that would read as something else are quoted."""
    return _joined(path)


def shown_key(path: KeyPath) -> str:
    """The same as a message shows it: long names shortened, and no name that is or holds a secret."""
    end = next((end for end in range(1, len(path) + 1) if holds_secrets(path[:end])), len(path))
    below = (part if isinstance(part, int) else MASK for part in path[end:])
    names = (part if isinstance(part, int) else clipped(part) for part in path[:end])
    return _joined((*names, *below))


def _joined(path: KeyPath) -> str:
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            plain = _PLAIN_NAME.fullmatch(part) and MASK not in part and not part.endswith("…")
            name = part if plain else f'"{part}"'
            text += f".{name}" if text else name
    return text


def last_name(path: KeyPath) -> str:
    """The last name of `path` as a message shows it."""
    return MASK if holds_secrets(path[:-1]) else clipped(str(path[-1]))


def holds_secrets(path: KeyPath) -> bool:
    """Whether what stands at `path` is not to be shown: it, or a mapping around it, is called like a secret.

    Instances and profiles may be called as their owner likes, but not like an API key.
    """
    for index, part in enumerate(path):
        named = index == 1 and path[0] in ("instances", "profiles") and len(path) > 2
        if isinstance(part, str) and (is_api_key(part) if named else is_secret(part)):
            return True
    return False


def clipped(text: str) -> str:
    """`text` fit for one line: shortened, control characters escaped, what looks like a secret masked."""
    text = masked(text)
    if len(text) > _LONGEST_SHOWN:
        text = f"{text[:_LONGEST_SHOWN]}…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The suggestion that names the one of `known` that was probably meant, if any is near enough."""
    from difflib import get_close_matches  # noqa: PLC0415 - needed only where something is wrong

    near = get_close_matches(word.casefold().replace("-", "_"), list(known), n=1, cutoff=0.6)
    return f"did you mean `{near[0]}`?" if near else None


def one_of_these(word: str, known: Sequence[str]) -> str | None:
    """The same, else all that there are; None where there is nothing."""
    few = f"there are {', '.join(map(clipped, known))}" if known else None
    return did_you_mean(word, known) or (
        few if len(known) < 10 else "`taggarr config schema` lists all that there are"
    )
