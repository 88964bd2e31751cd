"""An arr that forgets most of what it had, for one scan: nothing of ours goes with it."""

from collections.abc import Iterator

import pytest

from bench.torture import amnesia
from bench.torture.house import House, build


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """So many titles that the guard cares."""
    with build(tmp_path_factory.mktemp("amnesia"), **amnesia.SIZE) as made:
        amnesia.settle(made)
        yield made


@pytest.mark.parametrize("name", ["tv", "films"])
@pytest.mark.parametrize("forget", [amnesia.forgets_files, amnesia.forgets_titles])
def test_what_an_arr_forgets_is_kept(house: House, forget, name: str) -> None:
    """No tag, no NFO and no record goes; the guard says why, and the next scan finds all as it was."""
    assert forget(house, name) == []
