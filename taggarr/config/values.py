"""How each kind of value is written: one function a kind, from what YAML or the environment gave to ours.

Each takes plain data (`None`, text, numbers, flags, lists, mappings), returns the typed value, and raises
`Refused` with the sentence for the user.
"""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlsplit

from taggarr.config.document import LooseText, WrittenFloat, WrittenInt
from taggarr.config.problems import clipped, did_you_mean
from taggarr.config.secrecy import looks_like_address
from taggarr.config.settings import Secret
from taggarr.core import language
from taggarr.core.language import Language
from taggarr.core.paths import tidy
from taggarr.core.policy import Untagged

Choice = TypeVar("Choice", bound=StrEnum)
Value = TypeVar("Value")

_FLAGS = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
}
_KEY_LIKE = re.compile(r"[0-9A-Fa-f]{32}")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_DRIVE_OR_SHARE = re.compile(r"[A-Za-z]:[\\/]|\\\\")


class SeriesType(StrEnum):
    """The series types of Sonarr."""

    STANDARD = "standard"
    DAILY = "daily"
    ANIME = "anime"


class Refused(ValueError):
    """A value that its key does not take: what is wrong with it, and what may help.

    `withheld`: the value may be a secret at the wrong place, so nothing shows it.
    """

    def __init__(self, message: str, suggestion: str | None = None, *, withheld: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.suggestion = suggestion
        self.withheld = withheld


def shown(value: object) -> str:
    """`value` as a message names it: shortened, and never what came out of a `${…}`."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, dict | list):
        return "a list" if isinstance(value, list) else "a mapping"
    if isinstance(value, LooseText) and value.written is not None:
        return f"what `{clipped(value.written)}` stands for"
    return f"`{clipped(_written(value))}`"


def _from_reference(value: object) -> bool:
    """Whether it stands for a `${…}`."""
    return isinstance(value, LooseText) and value.written is not None


def _written(value: object) -> str:
    return value.text if isinstance(value, WrittenInt | WrittenFloat) else str(value)


def optional(kind: Callable[[object], Value]) -> Callable[[object], Value | None]:
    """`kind`, or nothing: `null`, `~`, or an empty variable."""

    def read(value: object) -> Value | None:
        nothing = value is None or (
            isinstance(value, LooseText) and value.strip().lower() in ("", "~", "null")
        )
        return None if nothing else kind(value)

    return read


def given(value: object) -> object:
    """`value`, if it is one."""
    if value is None or (isinstance(value, str) and not value.strip()):
        raise Refused("the value is empty", "write one, or leave the line out")
    return value


def text(value: object) -> str:
    """Text of one line; numbers are taken as they were written."""
    given(value)
    if isinstance(value, bool | dict | list):
        hint = "put it in quotes" if isinstance(value, bool) else None
        raise Refused(f"{shown(value)} stands where text belongs", hint)
    written = _written(value).strip()
    if _CONTROL.search(written):
        raise Refused(f"{shown(value)} holds control characters")
    return written


def flag(value: object) -> bool:
    """True or false; the words yes, no, on and off too."""
    if isinstance(given(value), bool):
        return bool(value)
    found = _FLAGS.get(value.strip().lower()) if isinstance(value, str) else None
    if found is None:
        raise Refused(f"{shown(value)} is neither `true` nor `false`")
    return found


def whole(low: int, high: int) -> Callable[[object], int]:
    """A whole number from `low` to `high`."""

    def read(value: Any) -> int:
        given(value)
        if isinstance(value, LooseText) and re.fullmatch(r"\s*[+-]?\d{1,18}\s*", value):
            value = WrittenInt(value)
            value.text = str(int(value))
        integral = isinstance(value, WrittenFloat) and value.is_integer()
        number = (integral or isinstance(value, int)) and not isinstance(value, bool)
        if not (number and low <= value <= high):
            raise Refused(f"{shown(value)} is not a whole number from {low} to {high}")
        return int(value)

    return read


def seconds(value: object) -> float:
    """A time-out: above 0, at most an hour."""
    given(value)
    try:
        found = float(value) if isinstance(value, int | float | LooseText) else None
    except (ValueError, OverflowError):
        found = None
    if found is None or isinstance(value, bool):
        raise Refused(f"{shown(value)} is not a number of seconds")
    if not 0 < found <= 3600:
        raise Refused(f"{shown(value)} is not above 0 and at most 3600 seconds")
    return found


def one_of(choices: type[Choice]) -> Callable[[object], Choice]:
    """One of the words of `choices`, in any case."""
    words = [str(choice) for choice in choices]

    def read(value: object) -> Choice:
        given(value)
        word = value.strip().lower() if isinstance(value, str) else ""
        if word not in words:
            allowed = " or ".join(words) if len(words) < 3 else f"one of {', '.join(words)}"
            raise Refused(f"{shown(value)} is not {allowed}", did_you_mean(word, words))
        return choices(word)

    return read


def listed(value: object) -> object:
    """A list; nothing is an empty one, and text from the environment is split at its commas."""
    if value is None:
        return []
    if isinstance(value, LooseText):
        return [LooseText(part.strip(), value.written) for part in value.split(",") if part.strip()]
    if not isinstance(value, list):
        hint = "put `- ` before it" if isinstance(value, dict) else f"write `[{clipped(_written(value))}]`"
        raise Refused(f"{shown(value)} stands where a list belongs", hint)
    return value


def targets(value: object) -> object:
    """A list of languages, or one text with commas."""
    if isinstance(value, str) and not isinstance(value, LooseText):
        value = LooseText(value)
    if value is None or listed(value) == []:
        raise Refused("no target language is named", "name at least one, such as `[en]`")
    return listed(value)


def speech(value: object) -> Language:
    """A language by code or name, made canonical."""
    written = text(value)
    found = language.parse(written)
    if isinstance(found, Language):
        return found
    near = [f"{language.name(each)} ({each})" for each in language.suggest(written)]
    hint = (
        f"did you mean {' or '.join(near)}?"
        if near
        else "write a code such as `en` or `pt-BR`, or an English name"
    )
    raise Refused(f"{shown(value)} names no language", hint)


def untagged(value: object) -> Untagged | Language:
    """`original`, `unknown`, or a language."""
    word = text(value).lower()
    if word in list(Untagged):
        return Untagged(word)
    try:
        return speech(value)
    except Refused as refused:
        message = f"{shown(value)} is neither `original` nor `unknown` nor a language"
        raise Refused(message, did_you_mean(word, list(Untagged)) or refused.suggestion) from None


def folder(value: object) -> str:
    """An absolute path, of this system or of another (the arr's); as `core.paths.tidy` writes it."""
    written = text(value)
    if not written.startswith("/") and not _DRIVE_OR_SHARE.match(written):
        raise Refused(
            f"{shown(value)} is not an absolute path", "begin it with `/`, or a drive such as `D:\\`"
        )
    return tidy(written)


def tls_verify(value: object) -> bool | str:
    """Whether certificates are checked, or the path of a CA bundle to check them with."""
    if isinstance(given(value), bool) or (isinstance(value, str) and value.strip().lower() in _FLAGS):
        return flag(value)
    if isinstance(value, str) and (value.strip().startswith("/") or _DRIVE_OR_SHARE.match(value.strip())):
        return text(value)
    raise Refused(f"{shown(value)} is neither `true` nor `false` nor the absolute path of a CA bundle")


def url(value: object) -> str:
    """The address of an arr, with its URL base if it has one; without the last slash."""
    written = text(value)
    if _KEY_LIKE.fullmatch(written):
        raise Refused("this looks like an API key, not an address", "write it at `api_key`", withheld=True)
    if not looks_like_address(written):
        what = shown(value) if _from_reference(value) else "this"
        raise Refused(f"{what} is not an http or https address", _ADDRESS, withheld=True)
    try:
        parts = urlsplit(written)
        port = parts.port
    except ValueError:
        raise Refused(f"{shown(value)} is not a valid address", _ADDRESS) from None
    if parts.username is not None or parts.password is not None:
        raise Refused(
            "an address with a name or password before `@` is not accepted", "remove that part", withheld=True
        )
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", written):
        raise Refused(f"{shown(value)} is not an http or https address", _ADDRESS)
    if port == 0 or parts.query or parts.fragment or "?" in written or "#" in written:
        raise Refused(f"{shown(value)} is not the address of a server alone", _ADDRESS)
    if api := re.search(r"/api(/v\d+)?/*$", parts.path, re.IGNORECASE):
        whole = f"{parts.scheme}://{parts.netloc}{parts.path[: api.start()]}"
        hint = f"leave `{api[0]}` out" if _from_reference(value) else f"write `{clipped(whole)}`"
        raise Refused(f"{shown(value)} names the API, which is found without that", hint)
    return f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/")


_ADDRESS = "write one such as `http://localhost:8989`, with the URL base if the arr has one"


def api_key(value: object) -> Secret:
    """An API key; no message ever shows it."""
    try:
        written = text(value)
    except Refused as refused:
        message = refused.message if value is None or value == "" else "this is not the text of an API key"
        raise Refused(message, _COPY, withheld=True) from None
    if "://" in written:
        raise Refused("this looks like an address, not an API key", "write it at `url`", withheld=True)
    if not re.fullmatch(r"[!-~]+", written):
        raise Refused("an API key has no blanks and no special letters", _COPY, withheld=True)
    return Secret(written)


_COPY = "copy it from Settings → General of the arr"


def cron(value: object) -> str:
    """A cron expression of five fields, such as `0 4 * * *`."""
    from datetime import UTC, datetime  # noqa: PLC0415 - few configurations have a schedule

    from cronsim import CronSim, CronSimError  # noqa: PLC0415 - as above

    written = text(value)
    if len(written.split()) != 5:
        raise Refused(f"{shown(value)} is not a cron expression of five fields", _CRON)
    try:
        CronSim(written, datetime(2000, 1, 1, tzinfo=UTC))
    except CronSimError as error:
        raise Refused(f"{shown(value)} is not a cron expression: {error}", _CRON) from error
    return written


_CRON = "write minute, hour, day, month and weekday, such as `0 4 * * *` for four in the morning"


def mapping_list(value: object) -> object:
    """A list of mappings; those of the environment are YAML."""
    if isinstance(value, LooseText) and value.strip():
        raise Refused(f"{shown(value)} stands where a list belongs", "write `[{arr: /tv, local: /media/tv}]`")
    return listed(value)


def section(value: Any) -> Any:
    """A mapping; a key with nothing below it is an empty one."""
    return {} if value is None or (isinstance(value, LooseText) and not value.strip()) else value
