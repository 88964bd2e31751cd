"""The log: where it goes, what a line holds, and what it never holds."""

import json
import logging
import os
import re
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest

from taggarr import logs
from taggarr.core.errors import ConfigError

KEY = "0123456789abcdef/+=x"
log = logging.getLogger("taggarr.test")


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Leave the process's log as it was found."""
    root, ours = logging.getLogger(), logging.getLogger("taggarr")
    handlers, level, own_level = root.handlers[:], root.level, ours.level
    yield
    for each in [each for each in root.handlers if each not in handlers]:
        root.removeHandler(each)
        each.close()
    root.setLevel(level)
    ours.setLevel(own_level)


def fail(message: str) -> None:
    raise OSError(message)


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_text_goes_to_standard_error(capsys):
    """By default: time in UTC, level, logger and message, on the standard error of the moment."""
    logs.set_up()
    log.info("read %d files", 3)
    log.debug("not asked for")
    err = capsys.readouterr().err
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INFO    taggarr\.test: read 3 files\n", err)


def test_what_a_command_shows_itself_stands_in_the_file_only(tmp_path, capsys):
    """On standard error it would stand twice; what is below INFO is shown by nobody."""
    path = tmp_path / "t.log"
    for target in (None, path):
        logs.set_up(level="debug", path=target, shown=["taggarr.scan"])
        for name in ("taggarr.scan.run", "taggarr.arr"):
            logging.getLogger(name).warning("trouble in %s", name)
            logging.getLogger(name).debug("detail of %s", name)
    logs.set_up()
    error = capsys.readouterr().err
    assert "trouble in taggarr.arr" in error
    assert "detail of taggarr.scan.run" in error
    assert "trouble in taggarr.scan.run" not in error
    assert "trouble in taggarr.scan.run" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("level", "seen"),
    [
        ("debug", ["d", "i", "w", "e"]),
        ("info", ["i", "w", "e"]),
        ("warning", ["w", "e"]),
        ("error", ["e"]),
    ],
)
def test_the_level_decides_what_is_logged(tmp_path, level, seen):
    """Ours from the level on; libraries from WARNING on, whatever the level."""
    path = tmp_path / "t.log"
    logs.set_up(level=level, path=path)
    for name in ("debug", "info", "warning", "error"):
        getattr(log, name)(name[0])
    logging.getLogger("httpx2").info("GET /api?apikey=x")
    logging.getLogger("httpx2").warning("from a library")
    assert [line.rpartition(": ")[2] for line in lines(path)] == [*seen, "from a library"]


def test_json_is_one_object_a_line(tmp_path):
    """Every field is there, null where there is nothing; letters of all scripts stay readable."""
    path = tmp_path / "t.log"
    logs.set_up(path=path, form="json")
    log.info("plain")
    with logs.about(instance="tv", item="鬼滅の刃"):
        try:
            fail("bad\nthing")
        except OSError:
            log.exception("failed")
    plain, failed = (json.loads(line) for line in lines(path))
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", plain.pop("time"))
    assert plain == {
        "level": "info",
        "logger": "taggarr.test",
        "instance": None,
        "item": None,
        "message": "plain",
        "error": None,
    }
    assert (failed["instance"], failed["item"], failed["level"]) == ("tv", "鬼滅の刃", "error")
    assert failed["error"].startswith("Traceback (most recent call last):\n")
    assert failed["error"].endswith("OSError: bad\nthing")
    assert "鬼滅の刃" in path.read_text(encoding="utf-8")


def test_instance_and_item_stand_on_each_line(tmp_path):
    """Inside `about`, nested too, and no longer outside, also after an error."""
    path = tmp_path / "t.log"
    logs.set_up(path=path)

    def speak_and_fail() -> None:
        log.info("b")
        fail("out")

    with logs.about(instance="tv"):
        log.info("a")
        with pytest.raises(OSError, match="out"), logs.about(item="Dark (2017)"):
            speak_and_fail()
        with logs.about(instance="movies"):
            log.info("c")
    log.info("d")
    assert [line.split("taggarr.test: ")[1] for line in lines(path)] == [
        "[tv] a",
        "[tv: Dark (2017)] b",
        "[movies] c",
        "d",
    ]


def test_the_subject_is_carried_into_threads(tmp_path):
    """`carried` takes the subject along, into several threads at once; a bare thread has none."""
    path = tmp_path / "t.log"
    logs.set_up(path=path)
    both = threading.Barrier(2)

    def read(name: str, *, loud: bool = False) -> str:
        both.wait(10)
        log.info(name.upper() if loud else name)
        return name

    with ThreadPoolExecutor(2) as pool:
        with logs.about(instance="tv"):
            first = [pool.submit(logs.carried(read), "a"), pool.submit(logs.carried(read), "b", loud=True)]
            carried = logs.carried(read)
        assert [each.result() for each in first] == ["a", "b"]
        assert sorted(each.result() for each in [pool.submit(carried, "c"), pool.submit(read, "d")]) == [
            "c",
            "d",
        ]
        assert sorted(each.result() for each in [pool.submit(carried, "e"), pool.submit(carried, "f")]) == [
            "e",
            "f",
        ]
    said = sorted(line.split("taggarr.test: ")[1] for line in lines(path))
    assert said == sorted(["[tv] a", "[tv] B", "[tv] c", "d", "[tv] e", "[tv] f"])


MASKED = [
    (f"key {KEY} here", "key ******** here"),
    ("quoted 0123456789abcdef%2F%2B%3Dx here", "quoted ******** here"),
    ("GET http://tv:8989/api?apikey=hunter2hunter2&page=1", "GET http://tv:8989/api?apikey=********&page=1"),
    ("GET /api?page=1&ApiKey=h2", "GET /api?page=1&ApiKey=********"),
    ("{'X-Api-Key': 'hunter2hunter2'}", "{'X-Api-Key': '********'}"),
    ('{"apiKey": "hunter2hunter2", "a": 1}', '{"apiKey": "********", "a": 1}'),
    ("X-Api-Key: hunter2hunter2", "X-Api-Key: ********"),
    ("Authorization: Bearer abc.def", "Authorization: Bearer ********"),
    ("http://me:hunter2@tv:8989/", "http://me:********@tv:8989/"),
    ("a secret-too", "a ********"),
    ("instances.tv.api_key: this key is missing", "instances.tv.api_key: this key is missing"),
    ("no abc here, and the x stays", "no abc here, and the x stays"),
]


@pytest.mark.parametrize(("message", "expected"), MASKED)
@pytest.mark.parametrize("form", ["text", "json"])
def test_secrets_are_masked(tmp_path, form, message, expected):
    """What the configuration holds as secret, in each spelling, and what looks like one, in message and error."""
    path = tmp_path / "t.log"
    logs.set_up(path=path, form=form, secrets=[KEY, "secret", "secret-too", "abc"])
    with logs.about(item=message):
        try:
            fail(message)
        except OSError:
            log.exception("%s", message, stack_info=True)
    whole = path.read_text(encoding="utf-8")
    if form == "json":
        entry = json.loads(whole)
        assert (entry["message"], entry["item"]) == (expected, expected)
        assert f"OSError: {expected}\n" in entry["error"]
        assert "Stack (most recent call last):\n" in entry["error"]
    else:
        first, *rest = whole.splitlines()
        assert first.endswith(f"[{expected}] {expected}")
        assert f"    OSError: {expected}" in rest
        assert all(line.startswith("    ") for line in rest)
    assert KEY not in whole


def test_a_log_without_secrets_masks_nothing_by_accident(tmp_path):
    """No secrets, or an empty one, leave every line as it is."""
    path = tmp_path / "t.log"
    logs.set_up(path=path, secrets=["", "x"])
    log.info("xyz")
    assert lines(path)[0].endswith(": xyz")


STRANGE = [
    ("two\nlines", r"two\nlines"),
    ("\x1b[31mred\x07", r"\x1b[31mred\x07"),
    ("a\u202egnp.exe\u2028b", r"a\u202egnp.exe\u2028b"),
    ("caf\udce9.mkv", r"caf\udce9.mkv"),
    ("鬼滅 – é", "鬼滅 – é"),
]


@pytest.mark.parametrize(("message", "expected"), STRANGE)
def test_control_characters_are_written_out(tmp_path, message, expected):
    """A title cannot make a second line, move the cursor, or turn the reading direction around."""
    path = tmp_path / "t.log"
    logs.set_up(path=path)
    with logs.about(item=message):
        log.warning(message)
        log.warning("failed", exc_info=ValueError(message))
    first, second, *rest = lines(path)
    assert first.endswith(f"taggarr.test: [{expected}] {expected}")
    assert second.endswith("failed")
    assert all(line.startswith("    ") for line in rest)
    assert not set(path.read_text(encoding="utf-8")) & set("\x1b\x07\u202e\u2028")


def test_setting_up_again_replaces_the_log(tmp_path, capsys):
    """The second set-up closes the first file, and lines are written once."""
    first, second = tmp_path / "1.log", tmp_path / "2.log"
    logs.set_up()
    logs.set_up(path=first)
    logs.set_up(path=second)
    log.info("here")
    logs.set_up()
    log.info("there")
    assert lines(first) == []
    assert len(lines(second)) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_the_file_is_rotated(tmp_path):
    """Above the size, a new file is begun; only so many are kept."""
    path = tmp_path / "logs" / "t.log"
    logs.set_up(path=path)
    for number in range(logs.FILES_KEPT + 3):
        log.info("file %d", number)
        os.truncate(path, logs.FILE_SIZE_BYTES)
    log.info("the last")
    names = sorted(each.name for each in path.parent.iterdir())
    assert names == ["t.log", *(f"t.log.{number}" for number in range(1, logs.FILES_KEPT + 1))]
    assert [line.rpartition(": ")[2] for line in lines(path)] == ["the last"]
    assert b": file 7\n" in (path.parent / "t.log.1").read_bytes()


def test_a_folder_gets_a_file_of_ours(tmp_path):
    """`logging.path` may name a folder, as earlier versions had it."""
    logs.set_up(path=tmp_path)
    log.info("here")
    assert len(lines(tmp_path / "taggarr.log")) == 1


def test_a_log_that_cannot_be_opened_is_a_configuration_error(tmp_path):
    """The path and the reason are named, and the log stays where it was."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        logs.set_up(path=tmp_path / "file" / "t.log")
    assert str(refused.value) == f"logging.path: `{tmp_path}/file/t.log` cannot be written: File exists"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/dev/full exists on Linux alone")
def test_a_full_disk_is_told_once_and_stops_nothing(capsys):
    """The program goes on, and standard error says once why the log does not; so does what goes on after it."""
    logs.set_up(path=Path("/dev/full"))
    log.info("one")
    log.info("two")
    logs.set_up()
    log.info("three")
    first, second = capsys.readouterr().err.splitlines()
    assert first == "The log file /dev/full cannot be written: No space left on device"
    assert second.endswith(": three")


def test_a_wrong_logging_call_is_told_and_stops_nothing(tmp_path, capsys):
    """An error in the formatting of a line is no reason to fail."""
    logs.set_up(path=tmp_path / "t.log")
    (ours,) = [each for each in logging.getLogger().handlers if isinstance(each, RotatingFileHandler)]
    logging.getLogger().handlers = [ours]  # pytest's own would fail the test
    log.info("%d", "x")
    log.info("good")
    assert lines(tmp_path / "t.log")[0].endswith(": good")
    assert "cannot be written: %d format" in capsys.readouterr().err
