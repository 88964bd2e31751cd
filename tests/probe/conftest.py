"""Shared by the tests of the probe: files on disk, and an end to the worker processes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from taggarr import probe


@pytest.fixture(autouse=True, scope="session")
def _no_workers_left() -> Iterator[None]:
    yield
    probe.close()


@pytest.fixture
def save(tmp_path: Path) -> Callable[..., Path]:
    """Write bytes into a file below the test's folder, and give its path."""

    def write(data: bytes, name: str = "film.mkv") -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write
