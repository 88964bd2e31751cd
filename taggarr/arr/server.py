"""What Sonarr and Radarr answer alike: who they are, their languages, root folders, commands, NFO settings."""

import hashlib
from collections.abc import Iterable, Sequence

import msgspec

from taggarr.arr import wire
from taggarr.arr.domain import without_separator
from taggarr.arr.http import Api
from taggarr.core import language
from taggarr.core.arr import ArrInfo, Busy, RootFolder
from taggarr.core.errors import ArrProtocol

_REWRITES_ROWS = frozenset(
    {"RefreshSeries", "RescanSeries", "RefreshMovie", "RescanMovie", "MoveSeries", "MoveMovie"}
)
_REWRITES_ROWS_PREFIXES = ("Rename", "BulkMove")


def check(api: Api, oldest: int) -> ArrInfo:
    """See that the right product answers, in the major version `oldest` or a later one."""
    status = api.get("/system/status", wire.STATUS)
    address = api.address
    app, version = address.quoted(status.app_name), address.quoted(status.version)
    if app.lower() != address.app.lower():
        raise ArrProtocol(
            address.instance,
            f"{address.url} is {app or 'another product'}, not {address.app}: check url and type",
        )
    major = version.partition(".")[0]
    if major.isdecimal() and int(major) < oldest:
        raise ArrProtocol(
            address.instance, f"{address.app} {version} is too old: version {oldest} or later is needed"
        )
    return ArrInfo(address.app, version)


def languages(api: Api) -> frozenset[str]:
    """The primary languages on the product's list, after folding; `Unknown`, `Any`, `Original` are none."""
    parsed = (language.parse(listed.name or "") for listed in api.get("/language", wire.LANGUAGES))
    return frozenset(one.primary for one in parsed if isinstance(one, language.Language))


def root_folders(api: Api) -> tuple[RootFolder, ...]:
    """The root folders. Slow: the arr walks each of them, up to 5 s."""
    return tuple(
        RootFolder(without_separator(root.path), root.accessible, root.free_space)
        for root in api.get("/rootfolder", wire.ROOTS)
    )


def busy(api: Api) -> Busy:
    """What started commands work on that write whole rows as read at their start, and so undo an edit of tags."""
    ids: set[int] = set()
    for command in api.get("/command", wire.COMMANDS):
        if command.status == "started" and _rewrites_rows(command.name):
            named = command.body.item_ids() if command.body else frozenset()
            if not named:
                return Busy(everything=True)
            ids |= named
    return Busy(ids=frozenset(ids))


def _rewrites_rows(command: str) -> bool:
    return command in _REWRITES_ROWS or command.startswith(_REWRITES_ROWS_PREFIXES)


def tagging_rules(api: Api) -> str:
    """A digest of the auto-tagging rules, the same as long as they are."""
    rules = api.get("/autotagging", wire.TAGGING_RULES)
    return hashlib.sha256(msgspec.json.encode(rules, order="deterministic")).hexdigest()[:16]


def kodi_consumers(api: Api) -> Sequence[wire.Metadata]:
    """The arr's Kodi metadata writers that are turned on."""
    found = api.get("/metadata", wire.METADATA)
    return [one for one in found if one.implementation == "XbmcMetadata" and one.enable]


def rescan(api: Api, command: str, id_key: str, item_ids: Iterable[int]) -> None:
    """Start `command` once per item: it takes one id, and without one it scans the whole library."""
    for item_id in dict.fromkeys(item_ids):
        api.post("/command", {"name": command, id_key: item_id}, wire.COMMAND)
