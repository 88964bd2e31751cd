"""Configuration files that are made to hang or to break what reads them."""

from pathlib import Path

import pytest

from taggarr.config import ConfigErrors, load
from taggarr.core.errors import ConfigError


@pytest.mark.parametrize(
    "text",
    [
        "x: &x {<<: *x}\n",
        "x: &x {a: 1, <<: [*x, *x]}\n",
        "x0: &x0 {}\n"
        + "".join(f"x{n}: &x{n} {{<<: [{', '.join([f'*x{n - 1}'] * 9)}]}}\n" for n in range(1, 19)),
    ],
)
def test_merges_without_end_are_refused(tmp_path: Path, text: str):
    """`<<` that leads back to itself, or doubles and doubles, is named as what it is, at once."""
    (tmp_path / "c.yaml").write_text(text, "utf-8")
    with pytest.raises(ConfigError, match="too many values, or they are nested too deeply"):
        load(tmp_path / "c.yaml", {}, data_dir=tmp_path)


@pytest.mark.parametrize(
    "line",
    [
        "a" * 200_000 + "!",
        "a " * 100_000 + "!",
        "://" * 60_000,
        "api_key " * 25_000,
        "${" * 90_000,
        "x: " * 80_000,
    ],
)
def test_a_line_that_is_hard_to_look_at_is_refused(tmp_path: Path, line: str):
    """A file of one line of a shape that takes patterns an age; what is shown of it is a mask."""
    (tmp_path / "c.yaml").write_text(f'"{line}": @\n{line}\n  x', "utf-8")
    with pytest.raises(ConfigErrors) as refused:
        load(tmp_path / "c.yaml", {}, data_dir=tmp_path)
    (problem,) = refused.value.problems
    assert problem.excerpt is None or set(problem.excerpt.text) <= set("*")


def test_many_lines_that_are_hard_to_look_at_are_refused(tmp_path: Path):
    """The same, in lines that are short enough to be shown."""
    lines = "".join(f"{'a' * 480} {'b' * 480}!{number}: '{'://' * 20}'\n" for number in range(120))
    (tmp_path / "c.yaml").write_text(lines, "utf-8")
    with pytest.raises(ConfigErrors) as refused:
        load(tmp_path / "c.yaml", {}, data_dir=tmp_path)
    assert len(refused.value.problems) == 121
