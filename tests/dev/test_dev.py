"""The one entry for developers, on machines that lack something."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The files that `dev.py` needs before anything is installed."""
    for name in ("dev.py", "pyproject.toml", "requirements.lock", "requirements-test.lock"):
        shutil.copy(PROJECT / name, tmp_path / name)
    return tmp_path


def run(clone: Path, *arguments: str, python: str = sys.executable, **environment: str) -> tuple[int, str]:
    done = subprocess.run(
        [python, str(clone / "dev.py"), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
    return done.returncode, done.stdout + done.stderr


def test_without_a_command_it_says_what_there_is(clone: Path) -> None:
    """The commands are listed, and nothing is installed."""
    code, text = run(clone)
    assert code == 2
    assert "dev.py demo" in text
    assert "dev.py test" in text
    assert not (clone / ".venv").exists()


def test_unknown_command_installs_nothing(clone: Path) -> None:
    """A typing error costs no minute of installing."""
    assert run(clone, "tset")[0] == 2
    assert not (clone / ".venv").exists()


def test_missing_ensurepip_names_the_package(clone: Path, tmp_path: Path) -> None:
    """Debian ships Python without ensurepip: the package to install is named, and nothing is left behind."""
    lacking = tmp_path / "lacking"
    lacking.mkdir()
    (lacking / "ensurepip.py").write_text("raise ImportError('not here')\n")
    code, text = run(clone, "demo", PYTHONPATH=str(lacking))
    assert code == 1
    assert f"apt install python{sys.version_info.major}.{sys.version_info.minor}-venv" in text
    assert "Traceback" not in text
    assert not (clone / ".venv").exists()


def test_old_python_is_refused_with_a_sentence(clone: Path) -> None:
    """An interpreter below 3.11 gets a sentence instead of a syntax error."""
    found = (shutil.which(f"python3.{minor}") for minor in range(10, 6, -1))
    old = next((one for one in found if one and _runs(one)), None)
    if old is None:
        pytest.skip("no Python older than 3.11 on this machine")
    code, text = run(clone, "test", python=old)
    assert code == 1
    assert "needs Python 3.11 or newer" in text


def test_lock_files_name_every_dependency() -> None:
    """What pyproject.toml asks for stands in the lock files, and the one for tests holds all of the other."""
    import tomllib  # noqa: PLC0415 - only this test reads it

    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    locked = {path: _names(PROJECT / path) for path in ("requirements.lock", "requirements-test.lock")}
    asked = {_name(line) for line in project["project"]["dependencies"]}
    tested = {_name(line) for line in project["dependency-groups"]["test"]}
    assert asked <= locked["requirements.lock"]
    assert asked | tested | locked["requirements.lock"] <= locked["requirements-test.lock"]


def _runs(python: str) -> bool:
    return subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0


def _names(path: Path) -> set[str]:
    lines = path.read_text().splitlines()
    return {_name(line) for line in lines if line and not line.startswith((" ", "#"))}


def _name(requirement: str) -> str:
    return (
        requirement.partition(">=")[0].partition("==")[0].strip().lower().replace("_", "-").replace(".", "-")
    )
