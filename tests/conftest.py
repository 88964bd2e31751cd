"""What all tests share."""

import contextlib
import functools
import inspect
import os
import sys
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


AuditListener = Callable[[str, tuple[object, ...]], None]

_listeners: list[AuditListener] = []


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    for listener in _listeners:
        listener(event, arguments)


@pytest.fixture(scope="session")
def audit_hook() -> None:
    """Python's own notice of what is about to happen on the disk; a hook cannot be removed, so there is one."""
    sys.addaudithook(_hear)


@pytest.fixture
def on_audit(audit_hook: None) -> Iterator[Callable[[AuditListener], None]]:
    """Call a function before each audited operation (`open`, `os.rename`, `os.chmod` …) of this test."""
    yield _listeners.append
    _listeners.clear()
