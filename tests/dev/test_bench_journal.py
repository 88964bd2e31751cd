"""The figure of what the journal costs comes from scans that really change something."""

from pathlib import Path

from bench.journal import journal


def test_the_journal_is_measured_on_scans_that_tag(tmp_path: Path, capsys) -> None:
    """A small library, scanned with and without it in turns: one line, and nothing is left behind."""
    share = journal(2, 2, 2, tmp_path)
    said = capsys.readouterr().out
    assert said.startswith("journal ")
    assert f"{share:.1f} %" in said
    assert list(tmp_path.iterdir()) == []
