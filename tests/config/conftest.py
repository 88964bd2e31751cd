"""Configuration files on the disk, and loading them without this machine's environment."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from taggarr.config import Config, load

Load = Callable[..., Config]

TV = "instances:\n  tv: {type: sonarr, url: http://tv:8989, api_key: abc}\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the configuration of a test stands."""
    return tmp_path / "taggarr.yaml"


@pytest.fixture
def load_text(file: Path, tmp_path: Path) -> Load:
    """Load a text as configuration file, with an environment of its own; one instance is added if asked for."""

    def loaded(text: str, environ: Mapping[str, str] | None = None) -> Config:
        file.write_text(text, encoding="utf-8")
        return load(file, environ or {}, data_dir=tmp_path / "data")

    return loaded


@pytest.fixture
def tv(load_text: Load) -> Load:
    """The same, with one Sonarr called tv behind the text."""

    def loaded(text: str, environ: Mapping[str, str] | None = None) -> Config:
        return load_text(f"{text}\n{TV}", environ)

    return loaded
