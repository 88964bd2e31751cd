"""`taggarr.json`, the state file of earlier versions: values that the rules, the scan and the edges share."""

from dataclasses import dataclass

from taggarr.core.media import Stat

FILE_NAME = "taggarr.json"

MAX_BYTES = 32 * 1024 * 1024
"""10,000 series with 250,000 episodes take 20 MB."""

MOST_VALUES = 2_000_000
"""Twice what those take; more would only fill the memory."""


@dataclass(frozen=True, slots=True)
class StateContent:
    """The bytes of a state file, and the `stat` that they belong to."""

    raw: bytes
    stat: Stat


@dataclass(frozen=True, slots=True)
class StateProblem:
    """Why a state file could not be read or written; it is byte for byte as it was before.

    `stat` is that of a file whose content is the cause: the problem holds until the file changes. None where
    the circumstances are, and the next scan may have more luck.
    """

    reason: str
    stat: Stat | None = None


@dataclass(frozen=True, slots=True)
class EarlierTag:
    """What an earlier version made of one title: its folder's `name`, and its `label`, None for `none`.

    `dubbed`: its seasons were all dubbed, so that `<genre>Dub</genre>` was written where that was asked for.
    """

    name: str
    label: str | None
    dubbed: bool = False


@dataclass(frozen=True, slots=True)
class StateImport:
    """The state file at `path` as one instance imported it, when it was as `stat` says.

    `labels` are Taggarr's from then on, and `tags` what the file says of single titles. `problem` says why
    it could not be imported, None where it was.
    """

    path: str
    stat: Stat
    labels: tuple[str, ...] = ()
    tags: tuple[EarlierTag, ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class StateWritten:
    """The state file at `path` as Taggarr last wrote it, or left it because it said the same already.

    `digests` are those of the contents that are Taggarr's own: of the last one, and of one that was on its
    way. `basis` stands for the rules that the content was made by, empty once what is known of the titles is
    something else.
    """

    path: str
    digests: tuple[str, ...] = ()
    stat: Stat | None = None
    basis: str = ""


def excess(raw: bytes) -> str | None:
    """What is too much about a content: it is not read then, and so not written either. None where nothing is."""
    if len(raw) > MAX_BYTES:
        return f"larger than {MAX_BYTES // 1024**2} MB"
    if sum(map(raw.count, (b",", b"[", b"{"))) > MOST_VALUES:
        return "of far more values than a library has"
    return None
