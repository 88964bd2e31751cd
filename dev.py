#!/usr/bin/env python3
"""Makes the environment and calls the tools that people know; standard library only.

    python3 dev.py demo            try Taggarr on a simulated Sonarr and Radarr
    python3 dev.py test [ARG ...]  everything that CI runs; with arguments: pytest with them
    python3 dev.py bench [ARG ...] figures on a large library (`bench -h` says which sizes);
                                   `bench probe`: reading files, beside libmediainfo
    python3 dev.py fuzz [ARG ...]  damaged media files without end, for the readers (`fuzz -h`)
    python3 dev.py mutate          mutation testing of the rules
    python3 dev.py torture [ARG ...]
                                   scans under faults and kills (`torture -h` says how many)
    python3 dev.py lock            write the lock files anew from pyproject.toml

Each tool also runs by itself from `.venv/bin`: pytest, ruff, mypy, lint-imports, mutmut.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
RUNTIME, TESTING = "requirements.lock", "requirements-test.lock"
DEBIAN_PACKAGES = {"ffmpeg": "ffmpeg", "mkvmerge": "mkvtoolnix", "strace": "strace"}
"""Programs that tests with real media use, and the packages that hold them."""


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is the one that older ones get to see
        return stop(f"Taggarr needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    command, arguments = (sys.argv[1] if len(sys.argv) > 1 else ""), sys.argv[2:]
    tools = {
        "demo": ["taggarr", "demo"],
        "bench": ["bench"],
        "fuzz": ["bench.fuzz"],
        "mutate": ["bench.mutation"],
        "torture": ["bench.torture"],
        "test": ["pytest"],
    }
    if command not in (*tools, "lock"):
        print(__doc__)
        return 2
    os.chdir(ROOT)
    install(RUNTIME if command == "demo" else TESTING)
    if command == "lock":
        return lock()
    if command == "test" and not arguments:
        return test()
    if (command, arguments[:1]) == ("bench", ["probe"]):
        install_debian_packages("some figures will be missing")
    return run(PYTHON, "-m", *tools[command], *arguments)


def test() -> int:
    """Every check; all of them run, and the first failure decides the exit code."""
    install_debian_packages()
    # Hundreds of processes are started: each would compile Taggarr anew where no bytecode may be kept.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    # Tests that wait for processes lie side by side: whoever has none left takes some of the other's.
    pytest = [PYTHON, "-m", "pytest", "-n", "auto", "--dist", "worksteal", "-m"]
    steps: dict[str, list[object]] = {
        "lint": [BIN / "ruff", "check", "."],
        "format": [BIN / "ruff", "format", "--check", "."],
        "types": [BIN / "mypy"],
        "imports": [BIN / "lint-imports"],
        # Coverage counts without the tests that some machines have to skip, so that it is the same on all.
        "tests": [*pytest, "not optional", "--cov", "--cov-report=term"],
        "tests that a machine may have to skip": [*pytest, "optional"],
    }
    failed = []
    for name, step in steps.items():
        started = time.monotonic()
        code = run(*step)
        print(
            f"== {name}: {'failed' if code else 'passed'} in {time.monotonic() - started:.0f} s\n", flush=True
        )
        if code:
            failed.append(name)
    print(f"Failed: {', '.join(failed)}" if failed else "Everything passed.")
    return 1 if failed else 0


def install(lock_file: str) -> None:
    """Make `.venv` hold exactly what the lock file names, and Taggarr itself; nothing if it does already."""
    lock_path = ROOT / lock_file
    wanted = hashlib.sha256(lock_path.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp = VENV / "installed"
    done = stamp.read_text().split() if stamp.is_file() else []
    if PYTHON.is_file() and wanted in done:
        return
    if not PYTHON.is_file():
        make_environment()
    print(f"Installing what {lock_file} names ...", flush=True)
    pip = [PYTHON, "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    # Nothing is left to resolve, and what nobody asks to resolve cannot find a newer release: pip 23 does
    # for a package that another one wants with an extra, and then refuses it, for it has no hash.
    must_run(*pip, "--no-deps", "--require-hashes", "-r", lock_path)
    must_run(*pip, "--no-deps", "--editable", ROOT, TAGGARR_UI="skip")
    # The lock file for tests holds all of the other.
    stamp.write_text(
        "\n".join([*done, wanted]) if lock_file == RUNTIME else "\n".join([wanted, _hash_of(RUNTIME)])
    )


def _hash_of(lock_file: str) -> str:
    return hashlib.sha256(
        (ROOT / lock_file).read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    ).hexdigest()


def make_environment() -> None:
    try:
        import ensurepip  # noqa: F401, PLC0415 - only asked whether it is there
        import venv  # noqa: PLC0415 - Debian ships Python without these two
    except ImportError:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        sys.exit(
            stop(
                f"This Python has no `venv` or no `ensurepip`. On Debian and Ubuntu: apt install python{version}-venv "
                "(or python3-venv); then run this again."
            )
        )
    print("Making .venv ...", flush=True)
    venv.create(VENV, with_pip=True, clear=VENV.exists())


def install_debian_packages(without: str = "some tests will be skipped") -> None:
    """What tests with real media need, where this user may install it; else it is said what comes of that."""
    missing = [package for program, package in DEBIAN_PACKAGES.items() if shutil.which(program) is None]
    if not missing:
        return
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        print(f"Not installed, so {without}: {', '.join(missing)}", flush=True)
        return
    print(f"Installing {', '.join(missing)} ...", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", *missing]):
        if subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=environment).returncode:
            print(f"`{' '.join(command)}` failed; {without}.", flush=True)
            return


def lock() -> int:
    """Pin everything, with hashes, for every platform and without addresses."""
    pin = [
        BIN / "uv",
        "pip",
        "compile",
        "--universal",
        "--generate-hashes",
        "--no-emit-index-url",
        "--no-header",
    ]
    pin += ["--quiet", "--upgrade", "--python-version", "3.11", "pyproject.toml"]
    return run(*pin, "-o", RUNTIME) or run(*pin, "--group", "test", "-o", TESTING)


def run(*command: object) -> int:
    print("$", " ".join(_shown(part) for part in command), flush=True)
    try:
        return subprocess.run([str(part) for part in command], check=False).returncode
    except KeyboardInterrupt:
        return 130


def must_run(*command: object, **environment: str) -> None:
    done = subprocess.run([str(part) for part in command], env={**os.environ, **environment}, check=False)
    if done.returncode:
        sys.exit(stop(f"`{' '.join(_shown(part) for part in command)}` failed; see above."))


def _shown(part: object) -> str:
    return str(part.relative_to(ROOT)) if isinstance(part, Path) and part.is_relative_to(ROOT) else str(part)


def stop(reason: str) -> int:
    print(reason, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
