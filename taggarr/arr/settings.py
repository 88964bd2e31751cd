"""What else an arr does with labels: the rules that set them, and what they switch on and off."""

from collections.abc import Sequence
from typing import Any

import msgspec

from taggarr.arr import wire
from taggarr.arr.http import Api
from taggarr.core.arr import LabelUse


class TagDetail(wire.Wire):
    """`GET /tag/detail` (`TagDetailsResource.cs`); the products and their versions differ in a few names."""

    label: str
    delay_profile_ids: list[wire.Number] | None = None
    restriction_ids: list[wire.Number] | None = None  # Sonarr's release profiles
    release_profile_ids: list[wire.Number] | None = None  # Radarr's
    excluded_release_profile_ids: list[wire.Number] | None = None  # Sonarr 5
    indexer_ids: list[wire.Number] | None = None
    download_client_ids: list[wire.Number] | None = None
    import_list_ids: list[wire.Number] | None = None
    notification_ids: list[wire.Number] | None = None
    auto_tag_ids: list[wire.Number] | None = None


class AutoTagging(wire.Wire):
    """`GET /autotagging`."""

    id: wire.Number
    name: str = ""


_TAG_DETAILS = msgspec.json.Decoder(list[TagDetail])
_AUTO_TAGGING = msgspec.json.Decoder(list[AutoTagging])

_WORDS = (
    ("delay_profile_ids", "delay profile"),
    ("restriction_ids", "release profile"),
    ("release_profile_ids", "release profile"),
    ("excluded_release_profile_ids", "release profile"),
    ("indexer_ids", "indexer"),
    ("download_client_ids", "download client"),
    ("import_list_ids", "import list"),
    ("notification_ids", "connection"),
)


def label_uses(api: Api) -> tuple[LabelUse, ...]:
    """Every label with what uses it beside items: two requests, the second where there is a rule."""
    details = api.get("/tag/detail", _TAG_DETAILS)
    names: dict[int, str] = {}
    if any(detail.auto_tag_ids for detail in details):
        names = {
            rule.id: api.address.quoted(rule.name) or f"#{rule.id}"
            for rule in api.get("/autotagging", _AUTO_TAGGING)
        }
    return tuple(
        LabelUse(
            detail.label.lower(),
            rules=tuple(names.get(rule, f"#{rule}") for rule in detail.auto_tag_ids or ()),
            others=_others(detail),
        )
        for detail in details
    )


def _others(detail: TagDetail) -> tuple[tuple[str, int], ...]:
    """How many of each kind of thing a label belongs to, by the kind's word."""
    counts: dict[str, int] = {}
    for field, word in _WORDS:
        ids: Sequence[Any] = getattr(detail, field) or ()
        if ids:
            counts[word] = counts.get(word, 0) + len(ids)
    return tuple(counts.items())
