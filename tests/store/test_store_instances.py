"""Which stored state belongs to which configured instance."""

import pytest
from sqlalchemy import text

from taggarr.store.db import Database
from taggarr.store.instances import InstanceAddress, register


def address(words: str) -> InstanceAddress:
    """`tv@one` is a Sonarr called `tv` at `http://one`, `movies@two/radarr` a Radarr."""
    place, _, kind = words.partition("/")
    name, _, host = place.partition("@")
    return InstanceAddress(name, kind or "sonarr", f"http://{host}")


def registered(database: Database, words: str) -> dict[str, int]:
    return dict(register(database, [address(word) for word in words.split()]))


@pytest.mark.parametrize(
    ("before", "now", "ids"),
    [
        ("a@one b@two", "a@one b@two", {"a": 1, "b": 2}),
        ("a@one b@two", "b@two a@one", {"b": 2, "a": 1}),
        ("a@one", "a@one b@two", {"a": 1, "b": 2}),
        ("a@one b@two", "b@two", {"b": 2}),
        # renamed: the same server
        ("a@one", "b@one", {"b": 1}),
        ("a@one b@two", "b@one a@two", {"b": 1, "a": 2}),
        ("a@one b@two c@three", "b@one c@two a@three", {"b": 1, "c": 2, "a": 3}),
        ("a@one b@two", "b@one c@two", {"b": 1, "c": 2}),
        ("a@one b@two", "b@one", {"b": 1}),
        # moved: the same name
        ("a@one", "a@two", {"a": 1}),
        ("a@one b@two", "a@three b@four", {"a": 1, "b": 2}),
        ("a@one", "a@two b@one", {"a": 2, "b": 1}),
        ("a@one b@two", "b@one a@three", {"b": 1, "a": 3}),
        # two instances at one address
        ("a@one b@one", "a@one b@one", {"a": 1, "b": 2}),
        ("a@one b@one", "c@one b@one", {"c": 1, "b": 2}),
        ("a@one b@one", "b@one c@one", {"b": 2, "c": 1}),
        ("a@one b@one", "b@one a@one", {"b": 2, "a": 1}),
        ("a@one b@one", "a@two b@two", {"a": 1, "b": 2}),
        ("a@one", "b@one a@one", {"b": 2, "a": 1}),
        # another product is another instance
        ("a@one", "a@one/radarr", {"a": 2}),
        ("a@one", "b@one/radarr", {"b": 2}),
        ("a@one b@one/radarr", "b@one a@one/radarr", {"b": 1, "a": 2}),
    ],
)
def test_state_stays_with_its_server(database: Database, before: str, now: str, ids: dict[str, int]):
    """State stays with the server's address, else with the name; whatever else is new."""
    registered(database, before)
    assert registered(database, now) == ids
    assert registered(database, now) == ids


def names(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.execute(text("SELECT name FROM instances ORDER BY id")).scalars())


def test_an_instance_that_left_keeps_state_and_name_until_another_takes_it(database: Database):
    """Once its name is taken it is called a former one, and back at its address it has its state again."""
    registered(database, "a@one b@two")
    registered(database, "a@one")
    assert names(database) == ["a", "b"]
    registered(database, "b@one")
    assert names(database) == ["b", "b (former 2)"]
    assert registered(database, "b@one c@two") == {"b": 1, "c": 2}
    assert names(database) == ["b", "c"]


def test_registering_the_same_again_writes_nothing(database: Database):
    """A scan of an unchanged configuration leaves the database as it was."""
    registered(database, "a@one b@two")
    log = database.path.with_name("taggarr.db-wal")
    before = log.read_bytes()
    registered(database, "a@one b@two")
    assert log.read_bytes() == before
