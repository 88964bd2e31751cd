"""The line that a problem is about, with a caret under the place: on a terminal, and without any secret."""

import contextlib
import io
import os
import pty
import subprocess
import sys

import pytest

from taggarr.cli import run
from taggarr.cli.config_problems import marked
from taggarr.config import ConfigErrors, load

TV = "instances:\n  tv: {type: sonarr, url: http://tv:8989, api_key: abc}\n"


class Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def shown(tmp_path):
    """The marked lines of all problems of a text, on a terminal of some width."""

    def lines(text: str, width: int = 80) -> list[str]:
        (tmp_path / "c.yaml").write_text(text, "utf-8")
        with pytest.raises(ConfigErrors) as refused:
            load(tmp_path / "c.yaml", {})
        return [
            line for each in refused.value.problems if each.excerpt for line in marked(each.excerpt, width)
        ]

    return lines


LINES = [
    ("defaults:\n  dry_run: flase\n", "dry_run: flase", "         ^"),
    ("scan:\n    workers:  0\n", "workers:  0", "          ^"),
    (
        "defaults: {target_genre: ふりがな, dry_run: 9}\n",
        "defaults: {target_genre: ふりがな, dry_run: 9}",
        " " * 44 + "^",
    ),
    (
        "defaults: {target_genre: e\u0301, dry_run: 9}\n",
        "defaults: {target_genre: e\u0301, dry_run: 9}",
        " " * 37 + "^",
    ),
    ("defaults: {\tdry_run:\t9}\n", "defaults: {    dry_run:    9}", " " * 27 + "^"),
    ("scan:\n\tworkers: 1\n", "    workers: 1", "^"),
    ("defaults: {target_genre: 'A\n", "defaults: {target_genre: 'A", " " * 25 + "^"),
    (
        "defaults: {target_genre: \u202ex, dry_run: 9}\n",
        "defaults: {target_genre: \\u202ex, dry_run: 9}",
        " " * 43 + "^",
    ),
    ("defaults:\r\n  dry_run: 7\r\n", "dry_run: 7", "         ^"),
    ("scan: {workers: 1}\rdefaults: [@\r", "defaults: [@", "           ^"),
]


@pytest.mark.parametrize(("text", "line", "caret"), LINES)
def test_the_caret_stands_under_the_place(shown, text, line, caret):
    """Indentation is left out; tabs, wide letters, accents and escapes count as wide as they are."""
    more = "" if "'A" in text else TV
    assert shown(text + more)[:2] == [f"    {line}", f"    {caret}"]


@pytest.mark.parametrize(
    ("width", "line", "caret"),
    [
        (40, "…xxxxxxxxxxxxxxxx: flase, yyyyyyyyyyy…", "                  ^"),
        (24, "…xxxxxx: flase, y…", "         ^"),
        (3, "…xxxxxx: flase, y…", "         ^"),
    ],
)
def test_a_long_line_is_cut_around_the_place(shown, width, line, caret):
    """On both sides, as wide as the terminal; a very narrow one gets some all the same."""
    text = f"defaults: {{ dry_run: flase, {'y' * 200}: 1 }}\n"
    first, second = shown(text + TV, width)[:2]
    assert len(first) <= max(width, 24)
    assert first[len(second) - 1 :].startswith("flase"[: len(first)])
    assert (first[4] == "…", first.endswith("…")) == (True, True)


def test_a_place_at_either_end_is_cut_on_one_side(shown):
    """The first key of a long line, and its last."""
    start, caret, end, last = shown(
        f"defaultss: {{{'y' * 200}: 1}}\ndefaults: {{target_genre: {'y' * 200}, dry_run: 9}}\n{TV}", 40
    )
    assert start.startswith("    defaultss")
    assert (start.endswith("…"), caret) == (True, "    ^")
    assert end.startswith("    …")
    assert end.endswith("dry_run: 9}")
    assert end[len(last) - 1] == "9"


MASKED = [
    (
        "instances:\n  tv: {type: sonar, url: http://tv, api_key: abc}\n",
        "tv: {type: sonar, url: http://tv, api_key: ********",
    ),
    ("instances:\n  tv: {api_key: abc, type: sonar, url: http://tv}\n", "tv: {api_key: ********"),
    ("instances:\n  tv:\n    type: sonarr\n    url: hunter2\n    api_key: abc\n", "url: ********"),
    ("instances:\n  tv:\n    type: sonarr\n    url:\n      hunter2\n    api_key: abc\n", "********"),
    ("scan: {executor: 'x${A:-hunter2}'}\n" + TV, "scan: {executor: 'x${A:-********}'}"),
    (
        "instances:\n  tv:\n    type: sonarr\n    url: http://me:hunter2@h/\n    api_key: abc\n",
        "url: ********",
    ),
    (
        "instances:\n  tv: {type: sonarr, url: http://tv, apikey: hunter2}\n",
        "tv: {type: sonarr, url: http://tv, apikey: ********",
    ),
    ("instances:\n  tv:\n    api_key:\n      hunter2 @\n      : x: y\n", "********"),
    ("? api_key\n: hunter2: x: y\n", "********"),
]


@pytest.mark.parametrize(("text", "line"), MASKED)
def test_secrets_in_the_line_are_masked(shown, text, line):
    """Whatever stands at a key for secrets, to the end of the line and in the lines that belong to it."""
    lines = shown(text)
    assert f"    {line}" in lines
    assert "hunter2" not in "".join(lines)


def test_a_caret_in_a_masked_part_stands_at_its_beginning(shown):
    """The place of what is not shown, and the one behind it."""
    before, at = shown("instances:\n  tv:\n    type: sonarr\n    url: http://tv\n    api_key: a b\n")
    assert (before, at) == ("    api_key: ********", "             ^")
    line, caret, *_ = shown(f"scan: {{executor: '{'a' * 40 and '0123456789abcdef' * 3}', workers: 0}}\n{TV}")
    assert line == "    scan: {executor: '********', workers: 0}"
    assert caret == "                     ^"
    *_, line, caret = shown(f"scan: {{executor: '{'0123456789abcdef' * 3}', workers: 0}}\n{TV}")
    assert line[len(caret) - 1] == "0"


def test_an_empty_line_is_not_shown(shown):
    """A file that ends too early is wrong where nothing stands."""
    assert shown("defaults: [\n") == []


def test_a_line_without_end_is_not_shown(shown):
    """What cannot be looked at whole is masked whole."""
    assert shown(f"defaults: {{target_genre: {'é' * 3000}, dry_run: 9}}\n{TV}") == ["    ********", "    ^"]


@pytest.mark.parametrize("command", ["config check", "scan"])
def test_only_a_terminal_shows_the_line(nowhere, command):
    """Elsewhere, and in JSON, a problem is one line."""
    (nowhere / "taggarr.yaml").write_text(f"scan: {{workers: many}}\n{TV}")
    outputs = []
    for stream in (Terminal, io.TextIOWrapper):
        err = stream(io.BytesIO(), "utf-8", write_through=True)
        with contextlib.redirect_stderr(err):
            assert run(command.split()) == 2
        outputs.append(err.buffer.getvalue().decode().splitlines())
    terminal, other = outputs
    assert terminal == [*other, "    scan: {workers: many}", "                    ^"]
    assert len(other) == 1


def test_a_real_terminal_shows_the_line(nowhere):
    """Through a pseudo-terminal, as a person sees it."""
    (nowhere / "taggarr.yaml").write_text(f"scan: {{workers: many}}\n{TV}")
    ours, theirs = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "taggarr", "config", "check"], stderr=theirs, cwd=nowhere, check=False
    )
    os.close(theirs)
    said = b""
    with contextlib.suppress(OSError):  # the other side is closed
        while part := os.read(ours, 1000):
            said += part
    os.close(ours)
    assert said.decode().splitlines()[1:] == ["    scan: {workers: many}", "                    ^"]
