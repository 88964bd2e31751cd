"""The demo shows what the product does, by itself, and leaves nothing behind."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from taggarr.cli import run


def test_demo_shows_every_verdict_and_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    """Each title with verdict, reason and tags before and after; the second scan reads one file."""
    assert run(["demo"]) == 0
    text = capsys.readouterr().out
    for expected in (
        "● dub       Paper Lanterns (original: Japanese)",
        "◐ semi-dub  Half Moon Bay (original: Japanese)",
        "tags  none → semi-dub",
        "▲ wrong-dub The Wrong Ferry (original: Japanese)",
        "tags  dub, watched-by-kim → watched-by-kim, wrong-dub",
        "○ original  Talking Heads (original: Japanese)",
        "not counted: commentary, by its title “Director's Commentary”",
        "? unknown   Unfinished Download (original: Japanese)",
        "● dub       Rua das Flores (2019) (original: Portuguese (Brazil))",
        "NFO   there is none, and none is made",
        "11 of 11 files read",
        "Half Moon Bay: +dub, −semi-dub",
        "1 of 11 files read",
        "`taggarr config init`",
    ):
        assert expected in text


def test_demo_json_holds_both_scans(capsys: pytest.CaptureFixture[str]) -> None:
    """`{first, second}`, each as `scan --json`; all changes applied, nothing failed."""
    assert run(["demo", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert list(shown) == ["first", "second"]
    series, movies = (shown["first"]["instances"][name] for name in ("series", "movies"))
    assert series["verdicts"] == {"original": 1, "dub": 1, "semi-dub": 1, "wrong-dub": 1, "unknown": 1}
    assert movies["verdicts"] == {"original": 1, "dub": 2, "semi-dub": 0, "wrong-dub": 0, "unknown": 0}
    assert [one["filesRead"] for one in shown["first"]["instances"].values()] == [8, 3]
    assert [one["filesRead"] for one in shown["second"]["instances"].values()] == [1, 0]
    for scan in shown.values():
        for one in scan["instances"].values():
            assert one["changes"]["applied"] == one["changes"]["planned"]
            assert (one["changes"]["failed"], one["error"]) == (0, None)


def test_demo_leaves_nothing_behind(tmp_path: Path) -> None:
    """In a process of its own, the demo ends by itself with 0 and its temporary folder is gone."""
    environment = {**os.environ, "TMPDIR": str(tmp_path), "HOME": str(tmp_path)}
    command = [sys.executable, "-m", "taggarr", "demo", "--json"]
    done = subprocess.run(
        command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=100
    )
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []


def test_demo_keeps_its_library_on_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--keep` leaves media, NFO files and database to look at, in a folder that was empty."""
    folder = tmp_path / "kept"
    assert run(["demo", "--keep", str(folder)]) == 0
    assert (folder / "tv" / "Paper Lanterns" / "Season 01" / "Paper Lanterns - S01E01.mkv").is_file()
    assert "<tag>dub</tag>" in (folder / "tv" / "Paper Lanterns" / "tvshow.nfo").read_text()
    assert (folder / "data" / "taggarr.db").is_file()
    assert f"The demo library is in {folder}" in capsys.readouterr().out
    assert run(["demo", "--keep", str(folder)]) == 2
    assert "is not empty" in capsys.readouterr().err
