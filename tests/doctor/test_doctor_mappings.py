"""Paths that differ: what is proposed, pasted as it stands, makes the next scan read every file."""

import contextlib
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from taggarr.cli import run
from taggarr.config import load
from taggarr.core.paths import PathMapping
from taggarr.doctor.mappings import as_yaml
from taggarr.probe import folders
from taggarr.simulator.collection import audio
from taggarr.wiring.doctor import CheckedDisk, Doctor

HEAD = """\
defaults:
  target_languages: [en]
instances:
"""
INSTANCE = """\
{indent}{name}:
{indent}{indent}type: {type}
{indent}{indent}url: {url}
{indent}{indent}api_key: {key}
"""


def episodes(title, count=2):
    return {f"Season 01/{title} - S01E{n:02}.mkv": audio("jpn", "eng") for n in range(1, count + 1)}


@pytest.fixture
def shifted(clinic):
    """Series in two roots, one of them in the other, and films, all of them elsewhere than the arrs say."""
    for root in ("/data/tv", "/data/tv/anime"):
        clinic.sonarr.add_root(root)
    clinic.radarr.add_root("/data/films")
    media = clinic.folder / "my media"
    for title in ("Dark", "1899"):
        clinic.series(title, "/data/tv", media / "shows", episodes(title))
    for title in ("Bebop", "Monster: a ${story}"):
        clinic.series(title, "/data/tv/anime", media / "anime", episodes(title))
    for title in ("Akira", "Ikiru"):
        clinic.movie(title, "/data/films", media / "films")
    return clinic


def written(clinic, indent="  "):
    """A configuration in blocks, as people write it."""
    text = HEAD
    for name, kind, arr in (("tv", "sonarr", clinic.sonarr), ("films", "radarr", clinic.radarr)):
        text += INSTANCE.format(indent=indent, name=name, type=kind, url=arr.url, key=arr.api_key)
    clinic.data.mkdir(exist_ok=True)
    path = clinic.data / "config.yaml"
    path.write_text(text)
    return path


def examined(clinic):
    """The checks of the configuration as it stands in the file."""
    return clinic.run(
        Doctor(load(clinic.data / "config.yaml", {}, data_dir=clinic.data), clinic.disk or clinic.narrow())
    )


def command(*arguments):
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([str(each) for each in arguments])
    return code, out.buffer.getvalue().decode()


@pytest.mark.parametrize("indent", ["  ", "    ", " "])
def test_a_proposal_pasted_as_it_stands_makes_every_file_be_read(shifted, indent):
    """By the command itself: its lines put below the instance's keys, and the scan after it reads all files."""
    path = written(shifted, indent)
    code, out = command("doctor", "--data-dir", shifted.data)
    assert code == 1
    lines = path.read_text().splitlines()
    for name, arr in (("films", shifted.radarr), ("tv", shifted.sonarr)):
        shown = out.partition(f"\n{name}\n")[2].partition("\n\n")[2].partition("\n\n")[0]
        assert shown.lstrip().startswith("path_mappings:"), out
        at = next(number for number, line in enumerate(lines) if line.strip() == f"url: {arr.url}")
        lines[at + 2 : at + 2] = shown.splitlines()
    path.write_text("\n".join(lines) + "\n")
    assert command("doctor", "--data-dir", shifted.data)[0] == 0
    code, out = command("scan", "--json", "--data-dir", shifted.data)
    assert code == 0
    for name, files in (("tv", 8), ("films", 2)):
        told = json.loads(out)["instances"][name]
        assert (told["filesListed"], told["filesRead"]) == (files, files)
        assert told["verdicts"]["unknown"] == 0


def test_names_that_would_speak_to_the_terminal(clinic):
    """Reversals of direction are written out, and YAML reads them back."""
    clinic.sonarr.add_root("/data/tv")
    clinic.series("Dark", "/data/tv", clinic.folder / "my\u202e shows", episodes("Dark"))
    path = written(clinic)
    _, out = command("doctor", "-i", "tv", "--data-dir", clinic.data)
    assert "\u202e" not in out
    pasted = out.partition("\n\n    path_mappings:")[2].partition("\n\n")[0]
    text = path.read_text()
    path.write_text(text.replace("    type: sonarr\n", f"    type: sonarr\n    path_mappings:{pasted}\n"))
    mapped = load(path, {}, data_dir=clinic.data).instance("tv").path_mappings
    assert mapped == (PathMapping("/data/tv", f"{clinic.folder}/my\u202e shows"),)


def test_what_is_proposed(shifted):
    """The sentence, the cure and the lines of an instance."""
    written(shifted)
    checks = examined(shifted)
    media = shifted.folder / "my media"
    tv, films = checks.one("path-mappings", "tv"), checks.one("path-mappings", "films")
    assert tv.level == "error"
    assert tv.message == "8 of 8 files are not where Sonarr says, and lie elsewhere on this machine"
    assert tv.cure == "paste these lines below the other keys of `tv`"
    assert tv.yaml == (
        "    path_mappings:\n"
        f'      - {{arr: "/data/tv", local: "{media}/shows"}}\n'
        f'      - {{arr: "/data/tv/anime", local: "{media}/anime"}}'
    )
    assert films.yaml == f'    path_mappings:\n      - {{arr: "/data", local: "{media}"}}'
    assert checks.bad == {
        *(("tv", "files", "error"), ("tv", "path-mappings", "error")),
        *(("films", "files", "error"), ("films", "path-mappings", "error")),
    }


def test_mappings_in_force_are_among_the_lines(shifted):
    """What is right by them stays, what is wrong is replaced, and the lines take the place of the old ones."""
    path = written(shifted)
    media = shifted.folder / "my media"
    old = f"    path_mappings: [{{arr: /data/tv, local: '{media}/shows'}}, {{arr: /data/tv/anime, local: /wrong}}]\n"
    text = path.read_text().replace("type: sonarr\n", f"type: sonarr\n{old}")
    path.write_text(text)
    checks = examined(shifted)
    assert [check.level for check in checks.named("files", "tv")] == ["ok", "error"]
    found = checks.one("path-mappings", "tv")
    assert found.cure == "put these lines in the place of path_mappings of `tv`"
    assert found.yaml == (
        "    path_mappings:\n"
        f'      - {{arr: "/data/tv", local: "{media}/shows"}}\n'
        f'      - {{arr: "/data/tv/anime", local: "{media}/anime"}}'
    )
    assert found.message.startswith("4 of 4 files")
    path.write_text(text.replace(old, f"{found.yaml}\n"))
    assert examined(shifted).named("path-mappings", "tv") == []


def test_a_windows_arr(clinic):
    """Drives and backslashes are mapped to a folder here."""
    clinic.sonarr.add_root("D:\\TV")
    for title in ("Dark", "1899"):
        clinic.series(title, "D:\\TV", clinic.folder / "tv", episodes(title))
    path = written(clinic)
    found = examined(clinic).one("path-mappings", "tv")
    assert found.yaml == f'    path_mappings:\n      - {{arr: "D:/TV", local: "{clinic.folder}/tv"}}'
    at = path.read_text().index("  films:")
    path.write_text(f"{path.read_text()[:at]}{found.yaml}\n{path.read_text()[at:]}")
    assert examined(clinic).level("files", "tv") == "ok"


def test_an_instance_in_braces(clinic):
    """Its keys stand on a line, so the mappings do too."""
    clinic.sonarr.add_root("/data/tv")
    clinic.series("Dark", "/data/tv", clinic.folder / "shows", episodes("Dark"))
    found = clinic.checks().one("path-mappings", "tv")
    assert found.yaml == f'path_mappings: [{{arr: "/data/tv", local: "{clinic.folder}/shows"}}]'
    assert found.cure == "paste these lines below the other keys of `tv`, inside of its braces"


@pytest.mark.parametrize("change", [lambda path: path.unlink(), lambda path: path.write_text("")])
def test_a_configuration_that_changed_since_it_was_read(clinic, change):
    """The lines are as deep as they usually are."""
    clinic.sonarr.add_root("/data/tv")
    clinic.series("Dark", "/data/tv", clinic.folder / "shows", episodes("Dark"))
    config = clinic.config()
    change(config.source)
    found = clinic.run(Doctor(config, clinic.narrow()))
    assert found.one("path-mappings", "tv").yaml.startswith("    path_mappings:\n      - ")


def test_an_instance_that_has_no_place_in_the_file(clinic):
    """One that comes from the environment: the lines are as deep as they usually are."""
    clinic.sonarr.add_root("/data/tv")
    clinic.series("Dark", "/data/tv", clinic.folder / "shows", episodes("Dark"))
    found = clinic.run(Doctor(replace(clinic.config(), origins={}), clinic.narrow()))
    assert found.one("path-mappings", "tv").yaml.startswith("    path_mappings:\n      - ")


def test_two_copies(clinic):
    """Where two folders hold the same titles, a person has to choose between them."""
    clinic.sonarr.add_root("/data/tv")
    for place in ("disk", "backup"):
        clinic.sonarr.rows.clear()
        clinic.series("Dark", "/data/tv", clinic.folder / place, episodes("Dark"))
    found = clinic.checks("tv").one("path-mappings", "tv")
    assert found.message == (
        "the files of /data/tv are not where Sonarr says, and several folders of this machine hold them: "
        f"{clinic.folder}/backup, {clinic.folder}/disk"
    )
    assert (found.level, found.yaml) == ("error", None)
    assert found.cure == "name the one that you mean in path_mappings of `tv`"


def test_an_empty_root_that_is_here_stays_where_it_is(clinic):
    """A shorter mapping would lead it away."""
    arr, real = clinic.folder / "arr", clinic.folder / "real"
    for name in ("tv", "empty"):
        clinic.sonarr.add_root(f"{arr}/{name}")
    (arr / "empty").mkdir(parents=True)
    clinic.series("Dark", f"{arr}/tv", real / "tv", episodes("Dark"))
    found = clinic.checks("tv").one("path-mappings", "tv")
    assert found.yaml == f'path_mappings: [{{arr: "{arr}/tv", local: "{real}/tv"}}]'


def test_a_mapping_that_nobody_needs(clinic):
    """The files are where the arr says; the mapping is what hides them."""
    tv = clinic.folder / "tv"
    clinic.sonarr.add_root(str(tv))
    clinic.series("Dark", str(tv), tv, episodes("Dark"))
    clinic.instances["tv"]["path_mappings"] = [{"arr": str(clinic.folder), "local": "/media"}]
    checks = clinic.checks("tv")
    found = checks.one("path-mappings", "tv")
    assert found.message == (
        f"files are where Sonarr says, and path_mappings leads from {clinic.folder} to /media"
    )
    assert (found.level, found.yaml) == ("error", None)
    assert found.cure == "take that mapping out of path_mappings of `tv`"


def test_one_root_of_two_is_found(clinic):
    """What can be proposed is, and the other root's files are said to be lost all the same."""
    for root in ("/data/tv", "/data/anime"):
        clinic.sonarr.add_root(root)
    clinic.series("Dark", "/data/tv", clinic.folder / "shows", episodes("Dark"))
    clinic.series("Bebop", "/data/anime", clinic.folder / "lost", dict.fromkeys(episodes("Bebop")))
    checks = clinic.checks("tv")
    assert [check.level for check in checks.named("files", "tv")] == ["error", "error"]
    found = checks.one("path-mappings", "tv")
    assert found.message.startswith("2 of 4 files")
    assert found.yaml == f'path_mappings: [{{arr: "/data/tv", local: "{clinic.folder}/shows"}}]'


def test_one_of_two_copies_is_near(clinic):
    """The one in a folder that the configuration names is meant."""
    clinic.sonarr.add_root("/data/tv")
    for place in ("disk", "backup"):
        clinic.sonarr.rows.clear()
        clinic.series("Dark", "/data/tv", clinic.folder / place, episodes("Dark"))
    clinic.disk = CheckedDisk()
    clinic.instances["films"]["root_path"] = str(clinic.folder / "disk")
    clinic.disk.find = lambda wanted, near: folders.find(wanted, near[:1], starts=[str(clinic.folder)])
    assert f'local: "{clinic.folder}/disk"' in clinic.checks("tv").one("path-mappings", "tv").yaml


def test_a_folder_without_the_files_proposes_nothing(clinic):
    """A folder of the title's name alone, without any of its files, is no proof."""
    clinic.sonarr.add_root("/data/tv")
    clinic.series("Dark", "/data/tv", clinic.folder / "tv", dict.fromkeys(episodes("Dark")))
    (clinic.folder / "tv" / "Dark").mkdir(parents=True)
    assert clinic.checks("tv").bad == {("tv", "files", "error")}


@pytest.mark.parametrize(
    ("indent", "text"),
    [
        (None, 'path_mappings: [{arr: "/a", local: "/b: \\"$${c}\\""}, {arr: "D:/", local: "/é"}]'),
        (0, 'path_mappings:\n  - {arr: "/a", local: "/b: \\"$${c}\\""}\n  - {arr: "D:/", local: "/é"}'),
        (
            3,
            '   path_mappings:\n     - {arr: "/a", local: "/b: \\"$${c}\\""}\n     - {arr: "D:/", local: "/é"}',
        ),
    ],
)
def test_mappings_as_yaml(indent, text):
    """Quoted, and with nothing in them that would stand for a variable."""
    assert as_yaml([PathMapping("/a", '/b: "${c}"'), PathMapping("D:/", "/é")], indent) == text


def search(folder: Path, wanted, *near, **options):
    """What is found near, and what in all."""
    stages = folders.find(wanted, [str(each) for each in near], starts=[str(folder)], **options)
    return [{str(Path(path).relative_to(folder)) for path in stage} for stage in stages]


@pytest.fixture
def tree(tmp_path):
    for file in ("a/b/Dark/S01/x.mkv", "c/dark/S01/x.mkv", "c/.hidden/Dark/S01/x.mkv", "d/Other/y.mkv"):
        (tmp_path / file).parent.mkdir(parents=True)
        (tmp_path / file).touch()
    return tmp_path


def test_looking_for_lost_files(tree):
    """Folders of the wanted name in any case, and the files in them; hidden folders are left out."""
    _, found = search(tree, {"Dark/S01/x.mkv", "Dark/S01/none.mkv"})
    assert found == {"a/b/Dark", "a/b/Dark/S01/x.mkv", "c/dark", "c/dark/S01/x.mkv"}
    assert search(tree, {"Dark"})[1] == {"a/b/Dark", "c/dark"}


def test_what_is_near_comes_first(tree):
    """Then the whole machine, with what is near."""
    near = {"a/b/Dark", "a/b/Dark/S01/x.mkv"}
    assert search(tree, {"Dark/S01/x.mkv"}, tree / "a") == [near, near | {"c/dark", "c/dark/S01/x.mkv"}]


def test_circles_and_folders_that_are_not_there(tree):
    """Links lead in circles, starts may be files or missing, and names may be none at all."""
    (tree / "a" / "loop").symlink_to(tree)
    found = search(tree, {"Other/y.mkv"}, tree / "none", tree / "d/Other/y.mkv", "nul\0")
    assert found == [set(), {"d/Other", "d/Other/y.mkv"}]


def test_the_search_is_bounded(tree):
    """By names, by time, and by how deep folders lie."""
    assert search(tree, {"Dark"}, tree, entries=0) == [set(), set()]
    assert search(tree, {"Dark"}, tree, time_s=0) == [set(), set()]
    deep = tree.joinpath(*"123456789", "Deep")
    deep.mkdir(parents=True)
    assert search(tree, {"Deep"})[1] == set()


def test_what_cannot_be_listed(tree):
    """A folder can; a file and what is not there cannot, and say why."""
    assert folders.refusal(str(tree)) is None
    assert folders.refusal(str(tree / "d/Other/y.mkv")) == "it cannot be listed: Not a directory"
    assert folders.refusal(str(tree / "none")) == "it cannot be listed: No such file or directory"


def test_where_media_may_lie():
    """Mount points, with the blanks in their names, and common places; the rest of the disk comes last."""
    starts = list(folders._starts())
    assert {"/media", "/mnt", "/data"} <= set(starts)
    assert starts[-1] == "/"


def test_mount_points(tmp_path):
    """Those of the system are left out, and escapes undone."""
    table = tmp_path / "mounts"
    table.write_text(
        "overlay / overlay rw 0 0\nproc /proc proc rw 0 0\nshm /dev/shm tmpfs rw 0 0\n"
        "nas:/tv /mnt/my\\040tv nfs rw 0 0\nnas:/x /mnt/a\\134b nfs rw 0 0\n"
    )
    assert list(folders._mount_points(str(table))) == ["/mnt/my tv", "/mnt/a\\b"]
    assert list(folders._mount_points(str(tmp_path / "none"))) == []
