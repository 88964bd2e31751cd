"""The slice of the configuration that the rules need, per item.

Keys and their meaning: `docs/reference/configuration.md`. Values are those of the configuration file.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from taggarr.core.language import Language


class Untagged(StrEnum):
    """What the first unlabelled track is taken for (or a `Language` for every unlabelled track)."""

    ORIGINAL = "original"
    UNKNOWN = "unknown"


class UnknownRegion(StrEnum):
    """Whether a language heard without a region satisfies a target that names one."""

    ACCEPT = "accept"
    REJECT = "reject"


class ExtraLanguages(StrEnum):
    """Whether a language that is neither the original nor a target makes a wrong dub by itself."""

    ALLOW = "allow"
    FLAG = "flag"


class Counted(StrEnum):
    """Whether Specials, or unmonitored seasons, take part in a verdict."""

    INCLUDE = "include"
    IGNORE = "ignore"


class AudioSource(StrEnum):
    """Where audio languages are taken from."""

    AUTO = "auto"
    FILES = "files"
    ARR = "arr"


class WriteNfo(StrEnum):
    """Whether NFO files are edited."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Labels:
    """The tag text that the user chose for each verdict; `original` is None unless the user names one."""

    dub: str = "dub"
    semi: str = "semi-dub"
    wrong: str = "wrong-dub"
    original: str | None = None


@dataclass(frozen=True, slots=True)
class Exclude:
    """Items that are left alone: any one criterion that holds excludes. Compared without case."""

    tags: tuple[str, ...] = ()
    series_types: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    unmonitored: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """Every rule value in force for one item. `targets` is never empty."""

    targets: tuple[Language, ...]
    labels: Labels = field(default_factory=Labels)
    target_genre: str | None = None
    add_tag_to_genre: bool = False
    write_nfo: WriteNfo = WriteNfo.AUTO
    audio_source: AudioSource = AudioSource.AUTO
    untagged: Untagged | Language = Untagged.ORIGINAL
    unknown_region: UnknownRegion = UnknownRegion.ACCEPT
    extra_languages: ExtraLanguages = ExtraLanguages.ALLOW
    count_original_as_dub: bool = False
    specials: Counted = Counted.IGNORE
    unmonitored_seasons: Counted = Counted.INCLUDE
    quick_mode: bool = False
    dry_run: bool = False
    exclude: Exclude = field(default_factory=Exclude)


@dataclass(frozen=True, slots=True)
class Match:
    """When a profile applies: every key that is given must hold, any one of its values will do.

    `arr_tags`, `series_types` and `genres` are compared without case; `roots` are folders as the arr or
    this machine names them.
    """

    arr_tags: tuple[str, ...] = ()
    series_types: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """An instance's policies: `base`, and the profiles over it in the order of the file.

    Each profile's `Policy` is complete: the instance's values with the profile's keys over them.
    """

    base: Policy
    profiles: tuple[tuple[str, Match, Policy], ...] = ()

    @property
    def policies(self) -> tuple[Policy, ...]:
        """The instance's own policy, then those of its profiles."""
        return (self.base, *(policy for _, _, policy in self.profiles))
