"""What an NFO says, what should change in it, and what became of that: values that the rules and the edge share."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class NfoContent:
    """The texts of the `<tag>` and `<genre>` elements directly below the root, stripped, in file order."""

    tags: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NfoEdit:
    """Which `<tag>` and `<genre>` texts an NFO should hold, and which it should not.

    Compared without case. A text that is both to be added and to be removed stays.
    """

    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    add_genres: tuple[str, ...] = ()
    remove_genres: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.add_tags or self.remove_tags or self.add_genres or self.remove_genres)


class NfoCause(StrEnum):
    """Why an NFO was not read or not edited."""

    MISSING = "missing"  # there is none: no failure, and none is created
    UNEDITABLE = (
        "uneditable"  # nobody may edit it: DOCTYPE, broken, only a link, a folder of that name; no failure
    )
    UNWRITABLE = "unwritable"  # this process may not: permission, ownership, read-only file system
    FAILED = "failed"  # input/output error, full disk, changed by somebody else while it was edited
    NO_ANSWER = "no-answer"  # the disk or share did not answer: whether it was edited is not known


@dataclass(frozen=True, slots=True)
class NfoProblem:
    """Why the NFO at `path` was not read or not edited; it is byte for byte as it was before."""

    path: str
    cause: NfoCause
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


@dataclass(frozen=True, slots=True)
class NfoEdited:
    """The NFO at `path` says what it should; it was written only if `before` and `after` differ."""

    path: str
    before: NfoContent
    after: NfoContent


NfoOutcome = NfoEdited | NfoProblem


def same_text(one: str, other: str) -> bool:
    """Whether two element texts are one label: without case and without the blanks around them."""
    return _key(one) == _key(other)


def needed(content: NfoContent, edit: NfoEdit) -> NfoEdit:
    """Return the part of `edit` that `content` does not fulfil yet; it is false where nothing is left to do."""
    return NfoEdit(
        add_tags=_absent(edit.add_tags, content.tags),
        remove_tags=_present(edit.remove_tags, content.tags, edit.add_tags),
        add_genres=_absent(edit.add_genres, content.genres),
        remove_genres=_present(edit.remove_genres, content.genres, edit.add_genres),
    )


def _absent(wanted: Iterable[str], there: Iterable[str]) -> tuple[str, ...]:
    known = {_key(text) for text in there}
    missing = {_key(text): text for text in wanted if _key(text) not in known}
    return tuple(missing.values())


def _present(unwanted: Iterable[str], there: Iterable[str], kept: Iterable[str]) -> tuple[str, ...]:
    found = {_key(text) for text in there} - {_key(text) for text in kept}
    surplus = {_key(text): text for text in unwanted if _key(text) in found}
    return tuple(surplus.values())


def _key(text: str) -> str:
    return text.strip().casefold()
