"""The first configuration file of a new owner: only what had to be asked, and the switch that keeps it from writing."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from taggarr.config import values
from taggarr.config.settings import ArrType
from taggarr.config.syntax import literal_text, scalar_text
from taggarr.core.language import Language, name
from taggarr.core.paths import PathMapping


@dataclass(frozen=True, slots=True)
class StarterInstance:
    """One Sonarr or Radarr. `url` and `api_key` are as they were given, references (`${…}`) included.

    `mappings` say where the arr's folders lie here; `unplaced` are root folders of which nobody could tell.
    """

    name: str
    type: ArrType
    url: str
    api_key: str = field(repr=False)
    mappings: tuple[PathMapping, ...] = ()
    unplaced: tuple[str, ...] = ()


def starter(targets: Sequence[Language], instances: Sequence[StarterInstance]) -> str:
    """The text of the file. It loads, and holds the keys and the comments that a newcomer needs."""
    wanted = ", ".join(map(str, targets))
    named = ", ".join(name(target) for target in targets)
    lines = [
        "# Written by `taggarr config init`. `taggarr config check` says what is wrong with it after a change,",
        "# and taggarr.example.yaml shows every key that may stand here.",
        "",
        "defaults:",
        f"  target_languages: [{wanted}]    # the languages that you want to hear: {named}",
        "  dry_run: true             # scans only show what they would do; remove this line to let them write",
        "  # tags: {dub: dub, semi: semi-dub, wrong: wrong-dub}    # the tag of each verdict",
        "  # specials: include       # let Specials (season 0) count, too",
        "",
        "instances:",
    ]
    for one in instances:
        lines += _instance(one)
    return "\n".join(lines) + "\n"


def _instance(one: StarterInstance) -> list[str]:
    lines = [
        f"  {scalar_text(one.name)}:",
        f"    type: {one.type.value}",
        f"    url: {scalar_text(one.url)}",
        f"    api_key: {scalar_text(one.api_key)}",
    ]
    if one.mappings:
        lines.append("    path_mappings:            # where its folders lie on this machine")
        for mapping in one.mappings:
            lines += [
                f"      - arr: {literal_text(mapping.arr)}",
                f"        local: {literal_text(mapping.local)}",
            ]
    if one.unplaced:
        folders = ", ".join(map(literal_text, one.unplaced))
        lines.append(
            f"    # Not on this machine under their own names: {folders}. If they lie elsewhere here, add:"
        )
        lines += [] if one.mappings else ["    # path_mappings:"]
        for folder in one.unplaced:
            lines += [f"    #   - arr: {literal_text(folder)}", "    #     local: /where/it/lies/here"]
    return lines


def may_stand(path: str) -> bool:
    """Whether a configuration can name this folder: none may hold control characters."""
    try:
        return values.text(path) == path
    except values.Refused:
        return False
