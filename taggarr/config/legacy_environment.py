"""The environment variables of earlier versions (0.4 to 0.8).

Where no file is, they are the configuration: instances called `sonarr` and `radarr`. Beside a file, each one
replaces the value of the key that it names, in `defaults` or in the one instance that it describes, and a
warning says so.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from taggarr.config import values
from taggarr.config.document import Document, LooseText
from taggarr.config.environment import override_name, references
from taggarr.config.legacy_file import LOG_LEVELS, label_change, log_file, lowered
from taggarr.config.problems import KeyPath, Problem, clipped
from taggarr.config.schema import model_at
from taggarr.config.settings import ArrType, EarlierStart, LogLevel

_START, _MODE = WITHOUT_KEY = ("START_RUNNING", "WRITE_MODE")


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable and its key: below the name of the `arr`'s instance, else from the top of the file.

    `kind` reads the text, as the key does with a value of the file.
    """

    name: str
    key: KeyPath
    kind: Callable[[object], Any]
    arr: ArrType | None = None

    @property
    def is_label(self) -> bool:
        """Whether it names the label of a verdict."""
        return "tags" in self.key


def _languages(value: object) -> tuple[Any, ...]:
    listed: Any = values.targets(value)
    return tuple(map(values.speech, listed))


_S, _R = ArrType.SONARR, ArrType.RADARR
VARIABLES = (
    Variable("SONARR_URL", ("url",), values.url, _S),
    Variable("SONARR_API_KEY", ("api_key",), values.api_key, _S),
    Variable("ROOT_TV_PATH", ("root_path",), values.folder, _S),
    Variable("TARGET_GENRE", ("target_genre",), values.text, _S),
    Variable("RADARR_URL", ("url",), values.url, _R),
    Variable("RADARR_API_KEY", ("api_key",), values.api_key, _R),
    Variable("ROOT_MOVIE_PATH", ("root_path",), values.folder, _R),
    Variable("TARGET_GENRE_MOVIES", ("target_genre",), values.text, _R),
    Variable("TARGET_LANGUAGES", ("defaults", "target_languages"), _languages),
    Variable("TAG_DUB", ("defaults", "tags", "dub"), values.text),
    Variable("TAG_SEMI", ("defaults", "tags", "semi"), values.text),
    Variable("TAG_WRONG", ("defaults", "tags", "wrong"), values.text),
    Variable("TAG_WRONG_DUB", ("defaults", "tags", "wrong"), values.text),
    Variable("ADD_TAG_TO_GENRE", ("defaults", "add_tag_to_genre"), values.flag),
    Variable("QUICK_MODE", ("defaults", "quick_mode"), values.flag),
    Variable("DRY_RUN", ("defaults", "dry_run"), values.flag),
    Variable("RUN_INTERVAL_SECONDS", ("defaults", "run_interval_seconds"), values.whole(1, 31_536_000)),
    Variable("LOG_LEVEL", ("logging", "level"), values.one_of(LogLevel)),
    Variable("LOG_PATH", ("logging", "path"), values.text),
)

Applied = list[tuple[KeyPath, str, bool]]
"""Keys with the variable that gave each its value, and whether that replaced what a file says."""


def names_an_arr(environ: Mapping[str, str]) -> bool:
    """Whether the environment holds the address or the key of an arr, as earlier versions wanted them."""
    return any(_given(environ, name) for arr in ArrType for name in _pair(arr))


def alone(document: Document, environ: Mapping[str, str]) -> tuple[Applied, EarlierStart]:
    """Fill `document` from the variables; they stand in for a file."""
    for arr in ArrType:
        url, key = (_given(environ, name) for name in _pair(arr))
        if url and key:
            document.override(("instances", arr.value, "type"), arr.value, _pair(arr)[0])
        elif url or key:
            _refuse_half(
                document, arr, missing=_pair(arr)[0 if key else 1], there=_pair(arr)[1 if key else 0]
            )
    applied: Applied = []
    for variable, text in _set(environ):
        if variable.arr is None:
            _apply(document, variable, variable.key, text, applied, beside=False)
        elif variable.arr.value in document.data.get("instances", {}):
            path = ("instances", variable.arr.value, *variable.key)
            _apply(document, variable, path, text, applied, beside=False)
        elif variable.name not in _pair(variable.arr):
            _ignore(document, variable.name, f"{' and '.join(_pair(variable.arr))} are not set")
    return applied, _start(document, environ)


def beside(document: Document, environ: Mapping[str, str]) -> Applied:
    """Let the variables replace values of a file that is there; what they replaced.

    A variable that the file itself names in a `${…}` is its own affair.
    """
    applied: Applied = []
    own = references(document.data)
    for variable, text in _set(environ):
        if variable.name in own:
            continue
        path = _place(document, variable)
        if path is not None:
            _apply(document, variable, path, text, applied, beside=True)
    if _given(environ, _START):
        hint = "`taggarr scan --loop` scans again and again"
        _ignore(document, _START, "it holds only where no configuration file is", hint)
    if _given(environ, _MODE) not in ("", "0"):
        hint = "`taggarr scan --write-mode` says it for one scan"
        _ignore(document, _MODE, "it holds only where no configuration file is", hint)
    return applied


def tell(document: Document, applied: Applied) -> None:
    """Say which variables hold above the file, and which do not hold, because `TAGGARR__…` names their key."""
    for path, name, replaces in applied:
        holder = document.variable(path)
        if holder != name:
            _ignore(document, name, f"{holder} names the same key")
        elif replaces:
            message = "this variable of earlier versions holds above the configuration file"
            document.warn(path, message, suggestion=f"write it there, or as {override_name(path)}")


def _pair(arr: ArrType) -> tuple[str, str]:
    return f"{arr.name}_URL", f"{arr.name}_API_KEY"


def _given(environ: Mapping[str, str], name: str) -> str:
    """The value of a variable; an empty one (`RADARR_URL=` in a compose file) is not set."""
    return environ.get(name, "").strip()


def _set(environ: Mapping[str, str]) -> Iterator[tuple[Variable, str]]:
    for variable in VARIABLES:
        if text := _given(environ, variable.name):
            yield variable, text


def _refuse_half(document: Document, arr: ArrType, *, missing: str, there: str) -> None:
    message = f"it is not set, and {there} is: no configuration file was found, so both are needed"
    source = f"environment variable {missing}"
    hint = f"set {missing}, or write a configuration file"
    document.problems.append(Problem("", message, suggestion=hint, source=source))
    document.refused.add(("instances", arr.value, "url"))


def _ignore(document: Document, name: str, why: str, suggestion: str = "remove it") -> None:
    source = f"environment variable {name}"
    document.warnings.append(
        Problem("", f"it is ignored: {why}", suggestion=suggestion, source=source, level="warning")
    )


def _place(document: Document, variable: Variable) -> KeyPath | None:
    """The key that a variable replaces in a file; None, and that it is ignored said, where there is none."""
    data = document.data
    if variable.arr is None:
        if any(
            not isinstance(at(document, variable.key[:end]) or {}, dict) for end in (1, len(variable.key) - 1)
        ):
            return None  # the file is wrong there, which is told
        defaults = data.get("defaults")
        if (
            variable.key[-1] == "run_interval_seconds"
            and isinstance(defaults, dict)
            and defaults.get("schedule")
        ):
            _ignore(document, variable.name, "`defaults.schedule` says when scans are")
            return None
        return variable.key
    listed = data.get("instances")
    instances = listed if isinstance(listed, dict) else {}
    names = [name for name, one in instances.items() if isinstance(one, dict) and _is(one, variable.arr)]
    if len(names) != 1:
        there = f"{len(names)} instances" if names else "no instance"
        why = f"the configuration file has {there} of the type {variable.arr.value}"
        _ignore(document, variable.name, why)
        return None
    if variable.key == ("root_path",) and instances[names[0]].get("root_paths"):
        _ignore(document, variable.name, f"`instances.{clipped(names[0])}.root_paths` names the folders")
        return None
    return ("instances", names[0], *variable.key)


def _is(instance: Mapping[str, Any], arr: ArrType) -> bool:
    return str(instance.get("type")).strip().lower() == arr.value


def _apply(
    document: Document, variable: Variable, path: KeyPath, text: str, applied: Applied, *, beside: bool
) -> None:
    value = LooseText(_read(variable, text).replace("${", "$${"))  # `${…}` had no meaning there
    taken = next((name for where, name, _ in applied if where == path), None)
    if taken is not None:
        if value != at(document, path):
            message = f"`{taken}` names the same key; keep one of the two"
            source = f"environment variable {variable.name}"
            document.problems.append(Problem("", message, source=source))
        return
    if beside and _same(document, variable, path, value):
        return
    document.override(path, value, variable.name)
    applied.append((path, variable.name, beside))
    if variable.is_label and (change := label_change(path, LooseText(text))):
        document.warn(path, change.message, suggestion=change.suggestion)
        document.tolerated.add(path)
    if variable.kind is values.flag and text.lower() not in ("true", "false"):
        hint = "write `true` or `false`"
        document.warn(path, f"`{clipped(text)}` counts as false, as in earlier versions", suggestion=hint)


def _read(variable: Variable, text: str) -> LooseText:
    """The value as its key takes it today."""
    if variable.kind is values.flag:
        return LooseText("true" if text.lower() == "true" else "false")
    if variable.is_label:
        return LooseText(lowered(text))
    if variable.key == ("logging", "path"):
        return LooseText(log_file(text))
    if variable.key == ("logging", "level"):
        return LooseText(LOG_LEVELS.get(text.lower(), text))
    return LooseText(text)


def at(document: Document, path: KeyPath) -> Any:
    """What the data hold at `path`; None where nothing is."""
    inner: Any = document.data
    for part in path:
        inner = inner.get(part) if isinstance(inner, dict) else None
    return inner


def _same(document: Document, variable: Variable, path: KeyPath, value: LooseText) -> bool:
    """Whether the file, or the built-in default where it is silent, says what the variable says."""
    there = at(document, path)
    try:
        if there is not None:
            return bool(variable.kind(there) == variable.kind(value))
        model = model_at(path[:-1])
        return model is not None and model.model_fields[str(path[-1])].default == variable.kind(value)
    except values.Refused:
        return False


def _start(document: Document, environ: Mapping[str, str]) -> EarlierStart:
    mode = _given(environ, _MODE) or "0"
    if mode not in ("0", "1", "2"):
        message = f"`{clipped(mode)}` is not 0, 1 or 2"
        document.problems.append(Problem("", message, source=f"environment variable {_MODE}"))
        mode = "0"
    return EarlierStart((_given(environ, _START) or "true").lower() == "true", int(mode))
