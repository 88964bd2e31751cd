"""What a report may not show: secrets, and where servers are."""

import re
from collections.abc import Callable, Iterable
from urllib.parse import quote

MASK = "********"

_SHORTEST = 4
"""A shorter value would black out half of the text, and is no secret of anything."""

_STOP = r"\s?#\"'<>`()"
_URL = re.compile(
    rf"(?i)\b([a-z][a-z0-9+.-]*)://((?:[^{_STOP}/\[\]]*@)?\[[0-9a-f:.%]*\](?::\d*)?|[^{_STOP}/\[\]]*)"
    rf"([^{_STOP},;]*)([?#][^\s\"'<>`(),;]*)?"
)
_KEY_LIKE = re.compile(r"\b[0-9A-Fa-f]{32,}\b")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Redactor:
    """Makes texts fit to be sent to strangers; one host is `host-1` throughout.

    `secrets` are masked wherever they stand, `hosts` too where they stand by themselves. `mask` masks what
    looks like a secret.
    """

    def __init__(self, secrets: Iterable[str], hosts: Iterable[str], mask: Callable[[str], str]) -> None:
        spelt = {form for secret in secrets for form in (secret, quote(secret, safe=""), quote(secret))}
        longest_first = sorted((one for one in spelt if len(one) >= _SHORTEST), key=len, reverse=True)
        self._secrets = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None
        self._hosts: dict[str, str] = {}
        self._mask = mask
        for host in hosts:
            self._name(host)

    def __call__(self, text: str) -> str:
        """`text` without secrets; of an address, scheme, port and path are left."""
        text = self._mask(text)
        if self._secrets:
            text = self._secrets.sub(MASK, text)
        text = _KEY_LIKE.sub(MASK, text)
        text = _URL.sub(self._reduced, text)
        if self._hosts:
            known = "|".join(map(re.escape, sorted(self._hosts, key=len, reverse=True)))
            text = re.sub(
                rf"(?i)(?<![\w.-])({known})(?![\w-]|\.\w)", lambda match: self._name(match[1]), text
            )
        return text

    def _reduced(self, match: re.Match[str]) -> str:
        scheme, place, path, _ = match.groups()
        host, port = _parted(place.rpartition("@")[2])
        shown = host if host in _LOOPBACK else self._name(host)
        return f"{scheme}://{f'[{shown}]' if ':' in shown else shown}{port}{path}"

    def _name(self, host: str) -> str:
        key = host.casefold()
        if not key or key in _LOOPBACK or MASK in key:
            return host
        return self._hosts.setdefault(key, f"host-{len(self._hosts) + 1}")


def _parted(place: str) -> tuple[str, str]:
    """Host and `:port`."""
    if place.startswith("["):
        host, _, port = place[1:].partition("]")
        return host, port
    host, colon, port = place.partition(":")
    return host, colon + port
