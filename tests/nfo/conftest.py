"""Ways to stand between an edit and the disk, and to be somebody else while editing."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from taggarr import nfo
from taggarr.core.nfo_edit import NfoEdit, NfoOutcome


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users can reach (pytest's own are private)."""
    with tempfile.TemporaryDirectory(prefix="taggarr-nfo-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


@pytest.fixture
def edit_as_other(
    ordinary: Callable[[], AbstractContextManager[None]],
) -> Callable[[Path, NfoEdit], NfoOutcome]:
    """`nfo.edit` as it goes for an ordinary user."""

    def edit(path: Path, change: NfoEdit) -> NfoOutcome:
        with ordinary():
            return nfo.edit(path, change)

    return edit


@pytest.fixture
def names() -> Callable[[Path], list[str]]:
    """The names in a folder, sorted."""
    return lambda folder: sorted(entry.name for entry in folder.iterdir())
