"""A damaged database: found as a scan or an undo begins, and reported with the way back."""

import contextlib
import sqlite3

import pytest

from taggarr.simulator.collection import audio


@pytest.mark.parametrize("command", ["scan", "undo", "scan --loop"])
def test_damage_is_found_before_anything_rests_on_it(place, command):
    """Even where this scan would never read that page: nothing is asked, sent or made anew."""
    place.collection.movie("Film", audio("jpn", "eng"))
    assert place.run("scan").code == 0
    path = place.data / "taggarr.db"
    with contextlib.closing(sqlite3.connect(path)) as database:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'ix_overrides_instance_id'"
        (page,) = database.execute(query).fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    place.radarr.log.clear()
    result = place.run(command)
    assert result.code == 1
    [line] = [line for line in result.err.splitlines() if str(path) in line]
    assert "it is damaged (" in line
    assert "put the newest backup in its place, or move it away (with the `-wal` and `-shm` files" in line
    assert place.radarr.log.entries == []
    assert path.read_bytes() == content
    path.rename(path.with_suffix(".broken"))
    assert place.run("scan").code == 0
