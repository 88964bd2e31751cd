"""Configuration files that are made to hang or to break what reads them."""

from pathlib import Path

import pytest

from taggarr.config import load
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
