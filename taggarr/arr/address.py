"""Where an instance answers: its URL taken apart, its key, and how both may be shown."""

import base64
import os
import re
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, quote, unquote, urlsplit

import httpcore2

from taggarr.core.errors import ConfigError

_PORTS = {"http": 80, "https": 443}
_UNPRINTABLE = re.compile(r"[^\x20-\x7e\xa0-\U0010ffff]+")
_DETAIL_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Address:
    """`instance` at `url`, which is `app`; `base` is the URL base, without a slash at its end.

    `url` is fit to be shown: user name and password are left out. `secrets` are never shown; `headers` carry
    them with every request.
    """

    instance: str
    app: str
    url: str
    scheme: str
    host: str
    port: int
    base: str
    secrets: tuple[str, ...] = field(repr=False)
    headers: tuple[tuple[bytes, bytes], ...] = field(repr=False)

    def target(self, path: str) -> httpcore2.URL:
        """The address of an API path such as `/series`, query included."""
        return httpcore2.URL(
            scheme=self.scheme.encode(),
            host=self.host.encode(),
            port=self.port,
            target=f"{self.base}/api/v3{path}".encode(),
        )

    def quoted(self, text: str) -> str:
        """What a server said, fit for one line of a message: no secrets, no control characters, not long."""
        for secret in self.secrets:
            text = text.replace(secret, "***")
        text = _UNPRINTABLE.sub(" ", text).strip()
        return text if len(text) <= _DETAIL_CHARACTERS else text[:_DETAIL_CHARACTERS] + "…"


def read_address(instance: str, app: str, url: str, api_key: str) -> Address:
    """Take `url` apart and check the key.

    A user name and password in the URL are for a proxy in front of the arr. Raises `ConfigError`.
    """
    key = api_key.strip()
    if not re.fullmatch(r"[!-~]+", key):
        raise ConfigError(
            f"instances.{instance}.api_key",
            f"this is not a key: copy it from {app} > Settings > General > Security",
        )
    parts = _split(instance, url)
    host = _ascii_host(parts)
    secrets = [key]
    own: list[tuple[bytes, bytes]] = [(b"X-Api-Key", key.encode())]
    if parts.username is not None:
        login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        own.append((b"Authorization", b"Basic " + base64.b64encode(login.encode())))
        secret = parts.password or parts.username  # a user name alone is a token
        secrets += [secret, unquote(secret)] if secret else []
    base = quote(parts.path.rstrip("/"), safe="/%")
    shown_host = f"[{host}]" if ":" in host else host
    port = parts.port or _PORTS[parts.scheme]
    shown_port = "" if port == _PORTS[parts.scheme] else f":{port}"
    return Address(
        instance=instance,
        app=app,
        url=f"{parts.scheme}://{shown_host}{shown_port}{base}",
        scheme=parts.scheme,
        host=host,
        port=port,
        base=base,
        secrets=tuple(secrets),
        headers=tuple(own),
    )


def _split(instance: str, url: str) -> SplitResult:
    problem = "write an address such as http://localhost:8989"
    try:
        parts = urlsplit(url.strip())
        usable = parts.scheme in _PORTS and bool(_ascii_host(parts)) and parts.port != 0
    except ValueError:  # a port that is no number, a broken IPv6 address, a host that cannot be encoded
        usable = False
    if not usable:
        raise ConfigError(f"instances.{instance}.url", problem)
    return parts


def _ascii_host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    return host if ":" in host else host.encode("idna").decode()


def tls_context(instance: str, verify: bool | str | os.PathLike[str]) -> ssl.SSLContext:
    """How certificates are checked: by the system's authorities, by those in a file or folder, or not at all.

    Raises `ConfigError` where the path cannot be used.
    """
    if verify is True:
        return httpcore2.default_ssl_context()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if verify is False:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context
    path = Path(verify)
    try:
        context.load_verify_locations(**{"capath" if path.is_dir() else "cafile": str(path)})
    except (OSError, ssl.SSLError) as error:
        raise ConfigError(
            f"instances.{instance}.tls_verify",
            f"{path} cannot be used as certificates: {error.strerror or error}",
        ) from error
    return context
