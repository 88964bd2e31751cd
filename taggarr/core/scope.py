"""Which policy holds for an item, and whether the item is left alone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from taggarr.core.media import Item
from taggarr.core.override import NOTHING, Override
from taggarr.core.paths import is_under
from taggarr.core.policy import Match, Policy, Rules

OVERRIDE = "override"
"""`Exclusion.key` where a person said of the item itself that it is to be left alone."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Why an item is left alone, as a sentence's end (`it carries the tag “keep”`), and the key that says so.

    `key` is a path of the configuration's (`exclude.tags`, `target_genre`), or `override`.
    """

    key: str
    reason: str


def policy_for(item: Item, rules: Rules, local_path: str | None = None) -> Policy:
    """The policy of the first profile that matches, else the instance's own.

    `local_path` is the item's folder on this machine: a profile's roots may be written either way.
    """
    return _in_force(item, rules, local_path)[1]


def profile_for(item: Item, rules: Rules, local_path: str | None = None) -> str | None:
    """The name of the profile whose policy holds; None where none matches."""
    return _in_force(item, rules, local_path)[0]


def _in_force(item: Item, rules: Rules, local_path: str | None) -> tuple[str | None, Policy]:
    found = ((name, policy) for name, match, policy in rules.profiles if _matches(match, item, local_path))
    return next(found, (None, rules.base))


def excluded(
    item: Item, policy: Policy, nfo_genres: Sequence[str] = (), override: Override = NOTHING
) -> Exclusion | None:
    """Why an item is left alone; None where it is not. What a person says of the item itself goes first."""
    if override.excluded is not None:
        return Exclusion(OVERRIDE, "you said so with `taggarr override`") if override.excluded else None
    exclude = policy.exclude
    if exclude.unmonitored and not item.monitored:
        return Exclusion("exclude.unmonitored", "it is not monitored")
    for key, wanted, present, what in (
        ("tags", exclude.tags, item.tags, "it carries the tag"),
        ("series_types", exclude.series_types, _series_type(item), "its series type is"),
        ("genres", exclude.genres, item.genres, "it is of the genre"),
        ("titles", exclude.titles, [item.title], "its title is"),
    ):
        if found := _common(wanted, present):
            return Exclusion(f"exclude.{key}", f"{what} “{found}”")
    if lacks_genre(item, policy, nfo_genres):
        return Exclusion("target_genre", f"it is not of the genre “{policy.target_genre}”")
    return None


def lacks_genre(item: Item, policy: Policy, nfo_genres: Sequence[str] = ()) -> bool:
    """Whether the genre filter leaves an item out. The genres of its NFO only ever add to the arr's."""
    if policy.target_genre is None:
        return False
    return _common([policy.target_genre], [*item.genres, *nfo_genres]) is None


def _matches(match: Match, item: Item, local_path: str | None) -> bool:
    """Whether every key that is given holds; of one key's values any."""
    if match.arr_tags and not _common(match.arr_tags, item.tags):
        return False
    if match.series_types and not _common(match.series_types, _series_type(item)):
        return False
    if match.genres and not _common(match.genres, item.genres):
        return False
    paths = [item.path, *([local_path] if local_path else [])]
    return not match.roots or any(is_under(path, root) for path in paths for root in match.roots)


def _series_type(item: Item) -> Sequence[str]:
    """The one that a series has; none for a movie."""
    return [item.series_type] if item.series_type else []


def _common(wanted: Collection[str], present: Collection[str]) -> str | None:
    """The first wanted text that is present, compared without case and surrounding blanks."""
    folded = {text.strip().casefold() for text in present}
    return next((text for text in wanted if text.strip().casefold() in folded), None)
