"""Words that depend on a number."""

import pytest

from taggarr.core.counting import counted


@pytest.mark.parametrize(("count", "told"), [(0, "0 files"), (1, "1 file"), (2, "2 files"), (11, "11 files")])
def test_things_are_counted(count, told):
    """One has no `s`."""
    assert counted(count, "file") == told
