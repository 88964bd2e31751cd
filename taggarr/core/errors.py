"""The errors that Taggarr raises, each knowing its subject.

TaggarrError
├── ConfigError       a setting is wrong; nothing was touched
├── ArrError          one Sonarr or Radarr instance
│   ├── ArrUnreachable    no answer, or one that says "later": transient, worth a retry
│   ├── ArrUnauthorized   the API key is missing or wrong
│   ├── ArrRejected       the arr understood the request and refused it
│   └── ArrProtocol       whatever answers there is not the API that was expected
│       └── ArrOddRow         it is, but for rows of this one answer
├── StoreError        the database could not be opened, read or written
├── NotFound          nothing is known by that name
└── Conflict          somebody else is at it: the data folder is held by another scan

Unreadable media is a value (`media.Unreadable`), never an exception.
"""

from dataclasses import dataclass


class TaggarrError(Exception):
    """Every foreseen failure. `str()` is a sentence for the user: what happened, to what, what to do."""

    code = "error"


@dataclass
class ConfigError(TaggarrError):
    """A wrong setting: `where` names the key (`instances.tv.url`) or the file, `problem` is the sentence."""

    where: str
    problem: str
    code = "configuration"

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}"


@dataclass
class ArrError(TaggarrError):
    """A failed call to the instance named `instance`; `problem` is the sentence that says what to do."""

    instance: str
    problem: str
    code = "arr"

    def __str__(self) -> str:
        return f"{self.instance}: {self.problem}"


class ArrUnreachable(ArrError):
    """No connection, a time-out, a cut answer, 429, 5xx: the same call may succeed later."""

    code = "unreachable"


class ArrUnauthorized(ArrError):
    """401 or 403: the API key is not the one of this arr."""

    code = "unauthorized"


@dataclass
class ArrRejected(ArrError):
    """The arr refused what was asked (400, 404, 409, 500 with a reason): asking again changes nothing.

    `rows`: because of single items of a bulk edit, of which nothing was done; without them, it goes through.
    """

    status: int = 0
    rows: bool = False
    code = "rejected"

    def __str__(self) -> str:
        return f"{self.instance}: {self.problem}"


class ArrProtocol(ArrError):
    """HTML, a redirect, broken JSON, another application: the address is not the API that was expected."""

    code = "protocol"


class ArrOddRow(ArrProtocol):
    """A list of the right shape with a row that cannot be understood: other answers are none the worse."""


@dataclass
class StoreError(TaggarrError):
    """The database at `path` could not be used; `problem` says why and what the way back is."""

    path: str
    problem: str
    code = "store"

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}"


@dataclass
class NotFound(TaggarrError):
    """Nothing is known by the name `subject`."""

    subject: str
    problem: str
    code = "not-found"

    def __str__(self) -> str:
        return self.problem


@dataclass
class Conflict(TaggarrError):
    """`subject` is in use by somebody else; `problem` says by whom."""

    subject: str
    problem: str
    code = "conflict"

    def __str__(self) -> str:
        return self.problem
