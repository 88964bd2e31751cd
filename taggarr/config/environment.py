"""What the environment says: `TAGGARR__SECTION__KEY` overrides, and `${…}` inside values."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from taggarr.config import files
from taggarr.config.document import Document, LooseText
from taggarr.config.problems import (
    ConfigErrors,
    KeyPath,
    Problem,
    clipped,
    holds_secrets,
    one_of_these,
    shown_key,
)
from taggarr.config.syntax import yaml_value

PREFIX = "TAGGARR__"
SECRET_FILE_LIMIT = 64 * 1024
"""Bytes of a `${file:…}`: it holds one value."""

Keys = Callable[[KeyPath], tuple[str, ...] | None]
"""The keys of the mapping at a path; None where no mapping belongs there. Names of instances and profiles
are not among them: they are the owner's."""

_REFERENCE = re.compile(r"\$\$\{|\$\{([^{}]*)(\}?)")
_VARIABLE = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", re.DOTALL)


def apply_overrides(document: Document, environ: Mapping[str, str], keys: Keys) -> None:
    """Put the values of `TAGGARR__…` variables over those of the file; one that names no key is a problem."""
    taken: dict[KeyPath, str] = {}
    names = (name for name in environ if name.upper().startswith(PREFIX))
    for name in sorted(names, key=lambda name: (name.count("__"), name)):
        path = _path(name, document, keys)
        if path in taken:
            _refuse(document, name, f"`{clipped(taken[path])}` names the same key; keep one of the two")
        elif path:
            taken[path] = name
            try:
                document.override(path, _value(environ[name], path), name)
            except ConfigErrors as error:
                _refuse(document, name, f"the value is not usable: {error.problems[0].sentence}")


def substitute(document: Document, environ: Mapping[str, str]) -> None:
    """Replace `${VAR}`, `${VAR:-default}` and `${file:/path}` in every text; `$${` stands for `${`."""
    document.data = _Substitution(document, environ).replaced(document.data, ())


def references(value: Any) -> frozenset[str]:
    """The variables that are named by `${…}` anywhere in `value`."""
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return frozenset().union(*map(references, inner))
    if not isinstance(value, str):
        return frozenset()
    return frozenset(match[1].partition(":-")[0] for match in _REFERENCE.finditer(value) if match[1])


def override_name(path: KeyPath) -> str:
    """The variable that replaces the value at `path`."""
    return PREFIX + "__".join(_spelt(str(part)) for part in path)


def _path(variable: str, document: Document, keys: Keys) -> KeyPath | None:
    """The key path that `variable` names; None, and a problem noted, where there is no such key."""
    path: KeyPath = ()
    rest = variable.upper()[len(PREFIX) :]
    while rest or not path:
        fixed = keys(path)
        known = fixed or _names(document.data, path) if fixed is not None else ()
        fits = [name for name in known if f"{rest}__".startswith(f"{_spelt(name)}__")]
        if not fits:
            place = f"`{shown_key(path)}` has" if path else "there is"
            word = rest.partition("__")[0].lower()
            message = f"this names no key of the configuration: {place} no key `{clipped(word)}`"
            _refuse(document, variable, message, one_of_these(word, known), known)
            return None
        longest = max(len(_spelt(name)) for name in fits)
        name, *others = [name for name in fits if len(_spelt(name)) == longest]
        if others:
            _refuse(
                document,
                variable,
                f"this fits `{clipped(name)}` and `{clipped(others[0])}`; rename one of them",
            )
            return None
        path = (*path, name)
        rest = rest[longest + 2 :]
    return path


def _names(data: Any, path: KeyPath) -> tuple[str, ...]:
    for part in path:
        data = data.get(part) if isinstance(data, dict) else None
    return tuple(data) if isinstance(data, dict) else ()


def _spelt(name: str) -> str:
    return re.sub(r"\W", "_", name.upper())


def _refuse(
    document: Document,
    variable: str,
    message: str,
    suggestion: str | None = None,
    choices: tuple[str, ...] = (),
) -> None:
    source = f"environment variable {clipped(variable)}"
    document.problems.append(Problem("", message, suggestion=suggestion, source=source, choices=choices))


def _value(text: str, path: KeyPath) -> object:
    """Lists and mappings are YAML; everything else is text that its key understands."""
    return _loose(yaml_value(text, path)) if text.lstrip().startswith(("[", "{")) else LooseText(text)


def _loose(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _loose(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_loose(inner) for inner in value]
    return LooseText(value) if isinstance(value, str) else value


_HOW_TO = "write `${NAME}`, `${NAME:-default}` or `${file:/path}`, and `$${` for the characters themselves"


class _Substitution:
    """One pass over the values; what a reference yields is not looked at again."""

    def __init__(self, document: Document, environ: Mapping[str, str]) -> None:
        self.document = document
        self.environ = environ

    def replaced(self, value: Any, path: KeyPath) -> Any:
        if isinstance(value, dict):
            return {key: self.replaced(inner, (*path, key)) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.replaced(inner, (*path, index)) for index, inner in enumerate(value)]
        if isinstance(value, str) and "${" in value:
            return self._text(value, path)
        return value

    def _text(self, text: str, path: KeyPath) -> LooseText | str:
        used: list[str] = []

        def one(match: re.Match[str]) -> str:
            if match[1] is None:
                return "${"
            used.append(match[1].partition(":-")[0] if match[2] else "…")
            return self._reference(match, path)

        result = _REFERENCE.sub(one, text)
        if not used:
            return result
        self.document.substituted[path] = tuple(used)
        return LooseText(result, text)

    def _reference(self, match: re.Match[str], path: KeyPath) -> str:
        written = f"${{{match[1]}{match[2]}"
        variable = _VARIABLE.fullmatch(match[1])
        if match[2] and match[1].startswith("file:"):
            return self._file(match[1].removeprefix("file:"), path)
        if not match[2] or not variable:
            # What stands between the braces may be a secret that somebody pasted there.
            message = "this `${…}` is no reference" if match[2] else "a `${` opens here and is never closed"
            self.document.refuse(path, message, found=clipped(written), suggestion=_HOW_TO)
            return "?"
        name, default = variable.groups()
        value = self.environ.get(name)
        if default is not None:
            return value or str(default)
        if value is None:
            shown = "…" if holds_secrets(path) and not name.isupper() else clipped(name)
            hint = f"set it, or give a default: `${{{shown}:-…}}`"
            message = f"the environment variable {shown} is not set"
            self.document.refuse(path, message, found=clipped(written), suggestion=hint)
            return "?"
        return value

    def _file(self, name: str, path: KeyPath) -> str:
        try:
            return _content(Path(name))
        except OSError as error:
            problem = str(error.strerror)
        except ValueError as error:
            problem = "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else str(error)
        shown = f"the file `{clipped(name)}`" if name.startswith("/") else "what `${file:…}` names"
        self.document.refuse(path, f"{shown} cannot be used: {problem}")
        return "?"


def _content(path: Path) -> str:
    if not path.is_absolute():
        raise ValueError("the path is not absolute")
    content = files.content(path, SECRET_FILE_LIMIT + 1)
    if len(content) > SECRET_FILE_LIMIT:
        raise ValueError(f"it is larger than {SECRET_FILE_LIMIT // 1024} KiB")
    return content.decode("utf-8-sig").rstrip("\r\n")
