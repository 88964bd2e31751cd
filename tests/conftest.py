"""What all tests share."""

import contextlib
import functools
import inspect
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what may be skipped somewhere as `optional`: coverage is reached without it."""
    for item in items:
        if isinstance(item, pytest.Function) and _may_skip(item):
            item.add_marker("optional")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Leave the processes that a test starts unmeasured, unless it is marked `measured`: that makes each 0.4 s longer."""
    if item.get_closest_marker("measured"):
        return (yield)
    measuring = {
        name: os.environ.pop(name) for name in list(os.environ) if name.startswith("COVERAGE_PROCESS_")
    }
    try:
        return (yield)
    finally:
        os.environ.update(measuring)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Write lone surrogates out in what a test captured: reports of parallel workers travel as UTF-8."""
    report = yield
    report.sections = [
        (title, text.encode("utf-8", "backslashreplace").decode("utf-8")) for title, text in report.sections
    ]
    return report


def _may_skip(item: pytest.Function) -> bool:
    if any(item.iter_markers("skipif")) or any(item.iter_markers("skip")):
        return True
    fixtures = [
        definition.func
        for definitions in item._fixtureinfo.name2fixturedefs.values()
        for definition in definitions
    ]
    return any(_skips(function) for function in (item.function, *fixtures))


@functools.cache  # a function is asked about once for each of its cases, and a fixture for each test
def _skips(function: Callable[..., object]) -> bool:
    try:
        source = inspect.getsource(function)
    except (OSError, TypeError):
        return False
    return "pytest.skip(" in source or "importorskip(" in source


@pytest.fixture(scope="session")
def arr_specs() -> Path:
    """The folder with the arrs' own API descriptions and recorded payloads."""
    folder = Path(os.environ.get("TAGGARR_ARR_SPECS", PROJECT.parent / "shared" / "arr"))
    if not folder.is_dir():
        pytest.skip(f"no recorded arr data at {folder} (set TAGGARR_ARR_SPECS to their folder)")
    return folder


@pytest.fixture
def ordinary() -> Callable[[], AbstractContextManager[None]]:
    """`with ordinary():` be an ordinary user for a while, where the tests are run by root, who may everything."""
    return _ordinary


@contextlib.contextmanager
def _ordinary() -> Iterator[None]:
    if os.geteuid() != 0:
        yield
        return
    group, groups = os.getegid(), os.getgroups()
    os.setgroups([])
    os.setegid(65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(group)
        os.setgroups(groups)


@pytest.fixture
def mount_small() -> Iterator[Callable[[Path, str], None]]:
    """Put a disk of this size (`600k`) over a folder, for the time of the test."""
    mounted: list[Path] = []

    def mount(folder: Path, size: str) -> None:
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        try:
            done = subprocess.run(command, capture_output=True, check=False)
        except FileNotFoundError:
            pytest.skip("there is no `mount` here, so there is no small disk to fill")
        if done.returncode != 0:
            pytest.skip("this user may not mount a small disk to fill")
        mounted.append(folder)

    yield mount
    for folder in mounted:
        subprocess.run(["umount", str(folder)], check=True)


AuditListener = Callable[[str, tuple[object, ...]], None]


@pytest.fixture
def on_audit() -> Callable[[AuditListener], None]:
    """Call a function before each audited operation (`open`, `os.rename`, `os.chmod` …) of this test.

    Python removes no such hook, and with one in place threads that coverage traces may fail to start (CPython
    refuses a trace function while a hook hears of another). So a test that asks for this runs in a fork.
    """
    return sys.addaudithook


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that listens to the interpreter in a process of its own."""
    if "on_audit" not in pyfuncitem.fixturenames:
        return None
    wanted = inspect.signature(pyfuncitem.obj).parameters
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in wanted})
            code = 0
        except BaseException:  # noqa: BLE001 - whatever it is, the parent tells of it
            os.write(writing, traceback.format_exc().encode("utf-8", "backslashreplace")[:32768])
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as said:
        text = said.read()
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
        pytest.fail(text or "the process of this test died", pytrace=False)
    return True
