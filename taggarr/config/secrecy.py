"""What no message may show: keys of arrs, passwords, and whatever looks like one.

Secret is the value of a key that is called like `api_key`, what stands for a `${…}`, and the parts of an
address that hold passwords: before `@`, behind `?` and behind `#`. A mask is of one length, whatever it hides.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

MASK = "********"

Span = tuple[int, int]
"""Begin and end of a part of a text."""

LONGEST = 2000  # characters; a longer text is hidden as a whole, so that looking at it takes no time
_WORDS = ("apikey", "password", "passwd", "passphrase", "secret", "token", "credential", "authorization")
_NEAR = 0.8  # `ap_key`, `api_kye`, `apikeys`
_LETTERS = re.compile(r"[^\W_]+")
_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_LOOKS_SECRET = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        r"([0-9A-Fa-f]{32,})",
        r"(?<![A-Za-z0-9])(?=(?:[A-Za-z]*\d){4})(?=\d*[A-Za-z])([A-Za-z0-9]{24,})",
        r"://(.*)@",
        r"([^\s/@:'\"{\[,]+:[^\s/@]+)@(?=\S)",
        r"://[^\s?#]*[?#]([^\s'\",}\]]*)",
        r"(?i)(?:[?&]\w+|\b(?:api[-_ ]?key|password|token|secret))\s*=\s*(\S+)",
        r"(?i)\bapi[-_ ]?key[\s:]+(\S.*)",
        rf"\$\{{{_NAME}:-([^{{}}]+)",
        rf"(?<!\$)\$\{{(?!{_NAME}(?::-[^{{}}]*)?\}}|file:/[^{{}}]*\}}|\}})([^}}]+)",
    )
)

_ADDRESS = re.compile(
    r"[a-z][a-z0-9+.-]*://|(?:localhost|\[[0-9a-f:.]+\]|[\w-]+(?:\.[\w-]+)+|[\w-]+(?=:\d))(?::\d+)?(?:/|$)",
    re.IGNORECASE,
)


def masked(text: str) -> str:
    """`text` with masks over what looks like a secret."""
    return covered(text, hidden(text))[0]


def covered(text: str, spans: Iterable[Span], place: int = 0) -> tuple[str, int]:
    """`text` with a mask over each of `spans`, and where the character at `place` is then."""
    shown, done = "", 0
    moved = place
    for begin, end in sorted(spans):
        if end <= done:
            continue
        if begin > done or not done:
            shown += text[done:begin] + MASK
        if place >= end:
            moved = len(shown) + place - end
        elif place >= begin:
            moved = len(shown) - len(MASK)
        done = end
    return shown + text[done:], moved


def hidden(text: str) -> list[Span]:
    """The parts of `text` that look like secrets."""
    if len(text) > LONGEST:
        return [(0, len(text))]
    return [match.span(1) for pattern in _LOOKS_SECRET for match in pattern.finditer(text)]


def looks_like_address(text: str) -> bool:
    """Whether `text` may be shown where an address belongs; anything else there may be an API key."""
    return bool(_ADDRESS.match(text)) and ("://" in text or not set("?#@") & set(text))


@lru_cache(maxsize=4096)
def is_secret(key: str) -> bool:
    """Whether a key of this name holds a secret: `api_key`, what is nearly spelt so, and words like `token`."""
    word = "".join(_LETTERS.findall(key.casefold()))
    if any(each in word for each in _WORDS) or word.endswith("key") or word == "api":
        return True
    return is_api_key(word)


def is_api_key(key: str) -> bool:
    """Whether `api_key` was probably meant."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - needed only where something is wrong

    word = "".join(_LETTERS.findall(key.casefold()))
    return len(word) < 12 and SequenceMatcher(None, word, "apikey").ratio() >= _NEAR
