"""`taggarr probe`: tables for people, one JSON object a line for programs."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from taggarr.simulator.collection import audio, write
from taggarr.simulator.media import Track

TRACKS = [
    Track("video"),
    Track("audio", "jpn", bcp47="ja-JP", title="Stereo [bold]x[/]", default=True),
    Track("audio", None, default=False),
    Track("audio", "eng", title="Kommentar\x1b[31m", commentary=True, enabled=False, default=False),
]


@pytest.fixture
def media(tmp_path):
    """A folder with a readable file, a damaged one, a silent one, and things that are no videos."""
    write(tmp_path / "b" / "two.MKV", TRACKS)
    write(tmp_path / "a.mp4", audio("ger"))
    write(tmp_path / "b" / "broken.mkv", b"\x1a\x45\xdf\xa3")
    write(tmp_path / "c" / "silent.mkv", [Track("video")])
    write(tmp_path / "c" / "poster.jpg", b"picture")
    write(tmp_path / "named.bin", audio("fre"))
    return tmp_path


def test_json_is_one_object_a_line(call, media):
    """Folders are walked in sorted order, files are taken by extension whatever its case, and the code is 0."""
    result = call("probe", "--json", media)
    rows = [json.loads(line) for line in result.out.splitlines()]
    assert (result.code, result.err) == (0, "")
    assert [(row["path"], row["reader"], row["error"]) for row in rows] == [
        (f"{media}/a.mp4", "mp4", None),
        (f"{media}/b/broken.mkv", None, "its first header is damaged"),
        (f"{media}/b/two.MKV", "matroska", None),
        (f"{media}/c/silent.mkv", "matroska", None),
    ]
    assert (rows[1]["tracks"], rows[3]["tracks"]) == ([], [])


def test_a_track_is_given_as_the_container_states_it(call, media):
    """Every field of the contract, camelCase, with the format's default marked as such."""
    row = json.loads(call("probe", "--json", media / "b" / "two.MKV").out)
    assert list(row) == ["path", "reader", "error", "tracks"]
    assert row["tracks"][0] == {
        "position": 1,
        "language": "jpn",
        "bcp47": "ja-JP",
        "languageSource": "stated",
        "title": "Stereo [bold]x[/]",
        "codec": "A_AAC",
        "channels": 2,
        "default": True,
        "original": False,
        "commentary": False,
        "visualImpaired": False,
        "hearingImpaired": False,
        "forced": False,
        "enabled": True,
        "dub": None,
    }
    second, third = row["tracks"][1:]
    assert (second["language"], second["bcp47"], second["languageSource"]) == ("eng", None, "default")
    assert (third["commentary"], third["enabled"], third["title"]) == (True, False, "Kommentar\x1b[31m")


def test_a_named_file_is_read_whatever_its_name(call, media):
    """The extension matters in folders only."""
    assert json.loads(call("probe", "--json", media / "named.bin").out)["reader"] == "matroska"


def test_a_path_that_is_not_there_is_a_row_with_its_reason(call, media):
    """Nothing is passed over in silence, and the other files are still read."""
    result = call("probe", "--json", media / "none.mkv", media / "a.mp4")
    rows = [json.loads(line) for line in result.out.splitlines()]
    assert result.code == 0
    assert rows[0] == {
        "path": f"{media}/none.mkv",
        "reader": None,
        "error": "there is no such file",
        "tracks": [],
    }
    assert rows[1]["error"] is None


def test_people_get_a_table(call, media):
    """Tracks with what is stated, flags in words, control characters written out, markup left as it is."""
    result = call("probe", media / "b")
    assert result.out.splitlines() == [
        f"{media}/b/broken.mkv",
        "  not readable: its first header is damaged",
        f"{media}/b/two.MKV  (matroska)",
        "  #  Language          Title              Codec  Channels  Flags",
        "  1  ja-JP / jpn       Stereo [bold]x[/]  A_AAC  2         default",
        "  2  eng (not stated)                     A_AAC  2",
        "  3  eng               Kommentar\\x1b[31m  A_AAC  2         commentary, disabled",
    ]


FACTS = {
    "language": "jpn",
    "bcp47": "ja-JP",
    "title": "Everything",
    "channels": 6,
    "default": True,
    "original": True,
    "commentary": True,
    "visual_impaired": True,
    "hearing_impaired": True,
    "forced": True,
    "enabled": False,
}


def test_every_fact_of_a_track_is_shown(call, tmp_path):
    """For people and for programs: all that a Matroska track can state, and the dub role that MP4 has."""
    write(tmp_path / "all.mkv", [Track("audio", None), Track("audio", **FACTS)])
    write(tmp_path / "dub.mp4", [Track("audio", "ger", dub=True)])
    result = call("probe", tmp_path / "all.mkv", tmp_path / "dub.mp4", "--json")
    (_, track), (dub,) = [json.loads(line)["tracks"] for line in result.out.splitlines()]
    assert track == {
        "position": 2,
        "language": "jpn",
        "bcp47": "ja-JP",
        "languageSource": "stated",
        "title": "Everything",
        "codec": "A_AAC",
        "channels": 6,
        "default": True,
        "original": True,
        "commentary": True,
        "visualImpaired": True,
        "hearingImpaired": True,
        "forced": True,
        "enabled": False,
        "dub": None,
    }
    assert (dub["language"], dub["dub"]) == ("ger", True)
    lines = [line.split("  ") for line in call("probe", tmp_path).out.splitlines()]
    shown = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    assert ["1", "eng (not stated)", "A_AAC", "2", "default"] in shown
    flags = "default, original, commentary, for the blind, for the deaf, forced, disabled"
    words = " ".join(word for line in shown for word in line)
    assert shown[3][:5] == ["2", "ja-JP / jpn", "Everything", "A_AAC", "6"]
    assert all(flag in words for flag in flags.split(", "))
    assert shown[-1][-1] == "default, dub"


def test_a_file_without_audio_says_so(call, media):
    """No table, one sentence."""
    assert call("probe", media / "c").out.endswith("silent.mkv  (matroska)\n  no audio track\n")


def test_an_unlabelled_track_is_a_dash(call, tmp_path):
    """Where the container states nothing and has no default, nothing is made up."""
    write(tmp_path / "x.mp4", audio(None))
    row = json.loads(call("probe", "--json", tmp_path).out)["tracks"][0]
    assert (row["language"], row["languageSource"]) == ("und", "stated")
    assert "  1  und" in call("probe", tmp_path).out


def test_a_folder_without_videos_says_so(call, tmp_path):
    """Empty output would look like a failure."""
    result = call("probe", tmp_path)
    assert (result.code, result.out, result.err) == (0, "", "taggarr: there is no video file\n")


def test_links_in_folders(call, media):
    """A link to a file is read, a link to a folder is not followed: it may lead in circles."""
    folder = media / "links"
    folder.mkdir()
    (folder / "loop").symlink_to(folder)
    (folder / "file.mkv").symlink_to(media / "b" / "two.MKV")
    (folder / "gone.mkv").symlink_to(media / "gone")
    rows = [json.loads(line) for line in call("probe", "--json", folder).out.splitlines()]
    assert [(row["path"], row["error"]) for row in rows] == [
        (f"{folder}/file.mkv", None),
        (f"{folder}/gone.mkv", "its link leads to a file that is not there"),
    ]


AS_NOBODY = """
import os, sys
from taggarr.cli import run
*command, known, unknown = sys.argv[1:]
run([*command, known])  # imports what it needs: it may lie in a folder of root's
print("as nobody", flush=True)
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
sys.exit(run([*command, unknown]))
"""


def test_a_folder_that_may_not_be_read_is_a_row(media):
    """A folder without permission is not an empty folder; root, who may read every one, is somebody else here."""
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to others
        folder = Path(name)
        folder.chmod(0o755)
        shutil.copytree(media, folder / "media")
        (folder / "media").chmod(0o755)
        (folder / "media" / "b").chmod(0)
        command = [sys.executable, "-c", AS_NOBODY, "probe", "--json", media, folder / "media"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        (folder / "media" / "b").chmod(0o700)
    rows = [json.loads(line) for line in done.stdout.partition("as nobody\n")[2].splitlines()]
    assert [row["path"] for row in rows] == [
        f"{folder}/media/{each}" for each in ("a.mp4", "b", "c/silent.mkv")
    ]
    assert (rows[1]["reader"], rows[1]["tracks"]) == (None, [])
    assert rows[1]["error"].startswith("this user may not read it")


def test_a_folder_that_vanishes_is_a_row(call, tmp_path):
    """A folder that cannot be listed is named with the reason: here its path is longer than systems allow."""
    deep = tmp_path
    inner = os.open(tmp_path, os.O_RDONLY)
    for _ in range(20):
        os.mkdir("d" * 250, dir_fd=inner)
        below = os.open("d" * 250, os.O_RDONLY, dir_fd=inner)
        os.close(inner)
        inner = below
        deep /= "d" * 250
    os.close(inner)
    rows = [json.loads(line) for line in call("probe", "--json", tmp_path).out.splitlines()]
    assert [row["error"] for row in rows] == ["it could not be read: File name too long"]
    assert str(deep).startswith(rows[0]["path"])


def test_names_that_are_no_utf_8_survive(call, tmp_path):
    """JSON carries the very bytes (`\\udcXX`), the table shows them as escapes."""
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9 \xe6\x97\xa5.mkv")
    write_here = tmp_path / "x.mkv"
    write(write_here, audio("jpn"))
    write_here.rename(path)
    result = call("probe", "--json", tmp_path)
    assert os.fsencode(json.loads(result.out)["path"]) == os.fsencode(path)
    assert "caf\\udce9 日.mkv" in result.out
    assert "caf\\udce9 日.mkv" in call("probe", tmp_path).out


def test_json_does_not_speak_to_the_terminal(call, tmp_path):
    """Eight-bit escapes and reversals in a name are escaped; whoever decodes the JSON has the same name."""
    path = tmp_path / "a\x9b31m\x7f\u202e\x1b[0m\n.mkv"
    write(path, audio("jpn"))
    result = call("probe", "--json", tmp_path)
    assert result.out.removesuffix("\n").isprintable()
    assert json.loads(result.out)["path"] == str(path)


def test_json_is_utf_8(call, tmp_path):
    """Names of all scripts stand as they are."""
    write(tmp_path / "日本.mkv", audio("jpn"))
    assert "日本.mkv" in call("probe", "--json", tmp_path).out


def test_the_options_of_all_commands_are_taken(call, media):
    """`-c` and `--data-dir` may be given as everywhere; nothing is read from them."""
    result = call("probe", "-c", "/none", "--data-dir", "/none", "--log-level", "debug", media / "a.mp4")
    assert result.code == 0
