"""An earlier configuration, written as it is today: a file by changing what has changed and no other byte.

Comments, order, quotes and `${…}` stay. Of the environment variables a file is made; its keys to the arrs stay
in the variables.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taggarr.config import environment, legacy_environment, legacy_file, syntax
from taggarr.config.checks import check, label_today
from taggarr.config.document import Document
from taggarr.config.legacy_file import Change
from taggarr.config.legacy_splice import Splice, Unforeseen
from taggarr.config.problems import ConfigErrors, KeyPath, Problem, broken, key_text
from taggarr.config.settings import ENVIRONMENT
from taggarr.config.validation import validated

_RENAMES = "the next scan gives titles this tag, and takes the earlier one from those that Taggarr tagged"


@dataclass(frozen=True, slots=True)
class Migration:
    """The text of the new file, and what was changed and why, a line each."""

    text: str
    notes: tuple[str, ...]


def migration(source: Path, environ: Mapping[str, str]) -> Migration | None:
    """The configuration at `source` (`ENVIRONMENT` for none) as it is written today; None where it is already.

    It is one that loads. Raises `ConfigErrors` where a person has to write what is to be changed.
    """
    return _of_environment(environ) if source == ENVIRONMENT else _of_file(source, environ)


def _of_file(source: Path, environ: Mapping[str, str]) -> Migration | None:
    text = syntax.text_of(source)
    document = syntax.parsed(text, str(source))
    if not legacy_file.is_earlier(document.data):
        return None
    changes = legacy_file.modernise(document)
    wanted = _copied(document.data)
    environment.substitute(document, environ)
    changes += legacy_file.lower_labels(document)
    if not changes:
        return None
    for change in changes:
        if change.kind == "leave":
            raise broken(document.source, f"{key_text(change.path)}: {change.message}", change.suggestion)
        if change.kind == "write":
            _put(wanted, change.path, change.text)
    splice = Splice(text)
    try:
        new = splice.changed(changes)
        there = syntax.parsed(new, "").data
    except (Unforeseen, ConfigErrors):
        there = None
    if not _alike(there, wanted):
        message = "this is written in a way that a person has to change (anchors, aliases, merges)"
        problem = Problem("", message, suggestion="see the warnings", source=document.source)
        raise ConfigErrors(document.source, [problem, *document.warnings])
    _must_load(new, environ)
    lines = [problem.line or 0 for problem in document.warnings]
    notes = sorted(zip(lines, (_note(change, splice) for change in changes), strict=True))
    return Migration(new, tuple(f"line {line}: {note}" for line, note in notes))


def _must_load(text: str, environ: Mapping[str, str]) -> None:
    """Raises `ConfigErrors` where the new file would be refused: labels that are the same now, for instance."""
    document = syntax.parsed(text, "the new file")
    environment.substitute(document, environ)
    check(document, validated(document))
    if document.problems:
        raise ConfigErrors(document.source, document.problems)


def _note(change: Change, splice: Splice) -> str:
    done = {
        "drop": "now a comment" if change.path in splice.commented else "left out",
        "move": f"now `{key_text(change.to)}`",
        "write": f"now `{change.text}`",
    }[change.kind]
    if change.kind == "move" and change.text is not None:
        done += f", and says `{change.text}`"
    if change.renames:
        done += f": {_RENAMES}"
    return f"{key_text(change.path)}: {change.message}; {done}"


def _copied(value: Any) -> Any:
    return {key: _copied(inner) for key, inner in value.items()} if isinstance(value, dict) else value


def _put(data: dict[str, Any], path: KeyPath, value: object) -> None:
    for part in path[:-1]:
        data = data[str(part)]
    data[str(path[-1])] = value


def _alike(one: Any, other: Any) -> bool:
    """Whether two documents say the same; a section without keys says nothing."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_alike(one[key], other[key]) for key in one)
    return bool(one == other) or (not one and not other and {type(one), type(other)} <= {dict, type(None)})


# The environment


def _of_environment(environ: Mapping[str, str]) -> Migration:
    document = Document(str(ENVIRONMENT))
    applied, _ = legacy_environment.alone(document, environ)
    names = {path: name for path, name, _ in applied}
    data, notes = _copied(document.data), []
    for path, name in names.items():
        written, note = _written(path, name, str(legacy_environment.at(document, path)))
        _put(data, path, written)
        notes.append(f"{name}: {note}")
    said = "it has no key; `taggarr scan --loop` is the loop, --write-mode the mode of one scan"
    notes += [f"{name}: {said}" for name in legacy_environment.WITHOUT_KEY if environ.get(name, "").strip()]
    lines = ["# Made by `taggarr config migrate` from the environment variables of an earlier version."]
    for section in ("logging", "defaults", "instances"):
        lines += _lines(section, data.get(section, {}), "")
    text = "\n".join(lines) + "\n"
    _must_load(text, environ)
    return Migration(text, tuple(notes))


def _written(path: KeyPath, name: str, text: str) -> tuple[str, str]:
    """The value of a variable as YAML, and what to say of it."""
    where = key_text(path)
    if path[-1] == "api_key":
        return f"${{{name}}}", f"`{where}` takes the key from there; leave the variable where it is"
    note = f"now `{where}`; remove the variable"
    if path[-1] == "target_languages":
        return (
            f"[{', '.join(syntax.scalar_text(part.strip()) for part in text.split(',') if part.strip())}]",
            note,
        )
    if "tags" in path and label_today(text) != text:
        return syntax.scalar_text(label_today(text)), f"{note}; `{text}` is no label today: {_RENAMES}"
    if path[-1] in ("dry_run", "quick_mode", "add_tag_to_genre", "run_interval_seconds"):
        return text, note
    return syntax.scalar_text(text), note


def _lines(key: str, value: Any, indent: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{indent}{key}: {value}"]
    inner = [line for name, each in value.items() for line in _lines(name, each, f"{indent}  ")]
    return [f"{indent}{key}:", *inner] if inner else []
