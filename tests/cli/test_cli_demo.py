"""`taggarr demo`: a small, telling library, scanned twice."""

import json


def test_the_demo_tells_what_the_product_does(call):
    """Every verdict with its reason, the traps, and that the second scan read one file only."""
    result = call("demo")
    assert (result.code, result.err) == (0, "")
    for text in (
        "● dub       Paper Lanterns (original: Japanese)",
        "◐ semi-dub  Half Moon Bay",
        "▲ wrong-dub The Wrong Ferry",
        "○ original  Talking Heads",
        "? unknown   Unfinished Download",
        "● dub       Rua das Flores (2019) (original: Portuguese (Brazil))",
        "track 2: not counted: commentary, by its title “Director's Commentary”",
        "tags  dub, watched-by-kim → watched-by-kim, wrong-dub",
        "NFO   movie.nfo now holds <tag>dub</tag> <genre>Dub</genre>",
        "NFO   there is none, and none is made",
        "11 of 11 files read",
        "Half Moon Bay: +dub, −semi-dub",
        "1 of 11 files read, 3 changes written: only what changed was read again.",
        "`taggarr config init`",
    ):
        assert text in result.out


def test_the_demo_as_json(call):
    """Both summaries, each as `scan --json`."""
    answer = call("demo", "--json").json
    assert list(answer) == ["first", "second"]
    first, second = (answer[name]["instances"]["series"] for name in ("first", "second"))
    assert first["verdicts"] == {"original": 1, "dub": 1, "semi-dub": 1, "wrong-dub": 1, "unknown": 1}
    assert (first["filesRead"], second["filesRead"]) == (8, 1)
    assert second["verdicts"]["dub"] == 2


def test_the_demo_can_be_kept(call, tmp_path):
    """In a new folder, to look around; one that holds something is refused."""
    result = call("demo", "--keep", tmp_path / "here")
    assert result.code == 0
    assert f"The demo library is in {tmp_path}/here; `taggarr probe {tmp_path}/here`" in result.out
    paths = [json.loads(line)["path"] for line in call("probe", "--json", tmp_path / "here").out.splitlines()]
    assert len(paths) == 11
    again = call("demo", "--keep", tmp_path / "here")
    assert (again.code, again.out) == (2, "")
    assert f"{tmp_path}/here is not empty" in again.err
