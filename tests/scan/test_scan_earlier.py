"""Moving in: the `taggarr.json` and the tags that earlier versions left."""

import json
import os
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from taggarr.simulator.collection import audio, write

if TYPE_CHECKING:
    from conftest import House

DUBBED, ORIGINAL, WRONG = audio("jpn", "eng"), audio("jpn"), audio("jpn", "ger")
NFO = "<tvshow>\n  <tag>{tag}</tag>\n  <title>A</title>\n</tvshow>\n"
GENRE = "<tvshow>\n  <genre>Dub</genre>\n  <tag>dub</tag>\n</tvshow>\n"
STATUS = {"dub": "fully-dub", "none": "original", "semi-dub": "semi-dub", "wrong-dub": "wrong-dub"}


def entry(folder: str, tag: str, status: str | None = None) -> dict[str, Any]:
    """What 0.8 wrote of a series."""
    season = {
        "episodes": 1,
        "original_dub": ["E01"],
        "dub": [],
        "missing_dub": [],
        "unexpected_languages": [],
        "last_modified": 1672531200.0,
        "status": status or STATUS.get(tag, "fully-dub"),
    }
    return {
        "display_name": folder,
        "tag": tag,
        "last_scan": "2026-01-31T10:00:00.123456Z",
        "original_language": "japanese",
        "seasons": {"Season 01": season},
        "last_modified": 1672531200.0,
    }


def movie(folder: str, tag: str) -> dict[str, Any]:
    """What 0.8 wrote of a movie."""
    return {
        "display_name": folder,
        "tag": tag,
        "last_scan": "2026-01-31T10:00:00.123456Z",
        "original_language": "japanese",
        "languages": ["ja", "en"],
        "last_modified": 1672531200.0,
    }


def leave(root: Path, series: Mapping[str, str] = {}, movies: Mapping[str, str] = {}, **more: Any) -> Path:
    """Write `taggarr.json` as 0.8 did in a container of its own: titles by the names of their folders."""
    state: dict[str, Any] = {"version": "0.8.0", **more}
    if series:
        state["series"] = {f"/media/tv/{name}": entry(name, tag) for name, tag in series.items()}
    if movies:
        state["movies"] = {f"/media/movies/{name}": movie(name, tag) for name, tag in movies.items()}
    path = root / "taggarr.json"
    path.write_text(json.dumps(state, indent=2, ensure_ascii=False), "utf-8")
    return path


def season(content: Any) -> dict[str, Any]:
    return {"Season 01/S01E01.mkv": content}


def test_a_library_that_agrees_gets_no_write(house: "House") -> None:
    """Tags, NFO files and genres as 0.8 left them: nothing is sent, nothing edited, nothing asked to be scanned."""
    house.defaults["add_tag_to_genre"] = True
    house.shelf.series("Dubbed", season(DUBBED), nfo=GENRE, tags=["dub", "mine"])
    house.shelf.series("Original", season(ORIGINAL), nfo="<tvshow/>", tags=["mine"])
    house.shelf.series("Wrong", season(WRONG), nfo=NFO.format(tag="wrong-dub"), tags=["wrong-dub"])
    house.shelf.movie("Film", DUBBED, nfo="<movie><tag>dub</tag><genre>Dub</genre></movie>", tags=["dub"])
    files = [
        leave(house.shelf.tv, {"Dubbed": "dub", "Original": "none", "Wrong": "wrong-dub"}),
        leave(house.shelf.movies, movies={"Film": "dub"}),
        *house.folder.rglob("*.nfo"),
    ]
    before = [(path, path.read_bytes(), path.stat().st_mtime_ns) for path in files]
    for mode in (0, 0, 1):
        summary = house.scan(mode=mode)
        assert {one.planned for one in summary.instances.values()} == {0}
    assert house.writes() == []
    assert [(path, path.read_bytes(), path.stat().st_mtime_ns) for path in files] == before


def test_labels_that_were_renamed_are_replaced(house: "House") -> None:
    """A label that only `taggarr.json` tells to be ours goes, in the arr and in NFO files; others stay."""
    house.shelf.series("Show", season(DUBBED), nfo=NFO.format(tag="English"), tags=["english", "mine"])
    house.shelf.series("Unlisted", season(DUBBED), tags=["english"])
    house.shelf.movie("Film", DUBBED, tags=["english", "dub"])
    leave(house.shelf.tv, {"Show": "English"})
    (notes,) = [one.notes for one in house.scan().instances.values() if one.notes]
    assert [note.partition(" of an earlier")[0] for note in notes] == [str(house.shelf.tv / "taggarr.json")]
    assert notes[0].endswith("1 titles; labels that are Taggarr's by it: english")
    assert house.tags() == {"Show": {"dub", "mine"}, "Unlisted": {"dub"}, "Film": {"english", "dub"}}
    assert "<tag>dub</tag>" in (house.shelf.tv / "Show" / "tvshow.nfo").read_text()
    assert "English" not in (house.shelf.tv / "Show" / "tvshow.nfo").read_text()


def test_both_kinds_in_one_file(house: "House") -> None:
    """Each instance takes the entries of its kind."""
    house.instances["films"]["path_mappings"] = [
        {"arr": str(house.shelf.movies), "local": str(house.shelf.tv)}
    ]
    house.shelf.series("Show", season(DUBBED), tags=["ours"])
    house.shelf.movie("Film", DUBBED, tags=["theirs", "ours"])
    leave(house.shelf.tv, {"Show": "ours"}, {"Film": "theirs"})
    (house.shelf.movies / "Film").rename(house.shelf.tv / "Film")
    house.scan()
    assert house.tags() == {"Show": {"dub"}, "Film": {"ours", "dub"}}


def test_a_preview_and_explain_plan_the_same_and_keep_nothing(house: "House") -> None:
    """A dry run, one by configuration too, shows what the scan then does; the import is that scan's."""
    house.shelf.series("Show", season(DUBBED), tags=["english"])
    leave(house.shelf.tv, {"Show": "english"})
    planned = []
    for dry_run, request in ((False, {"preview": True}), (True, {}), (False, {}), (False, {})):
        house.defaults["dry_run"] = dry_run
        tv = house.scan("tv", **request).instances["tv"]
        planned.append([change.label for plan in tv.plans for change in plan.tags])
        assert bool(tv.notes) == bool(planned[-1])
    assert planned == [["dub", "english"]] * 3 + [[]]
    assert house.tags() == {"Show": {"dub"}}


@pytest.mark.parametrize(
    ("earlier", "content", "reason"),
    [
        ("dub", WRONG, "taggarr.json says dub; German instead of English in the only file"),
        ("none", DUBBED, "taggarr.json says none; English and Japanese in the only file"),
    ],
)
def test_the_plan_says_what_the_earlier_version_said(
    house: "House", earlier: str, content: Any, reason: str
) -> None:
    """Where the verdict is another one, the reason names both, until it was applied."""
    tags = [] if earlier == "none" else [earlier]
    house.shelf.series("Show", season(content), tags=tags)
    leave(house.shelf.tv, {"Show": earlier})
    for request in ({"preview": True}, {"preview": True}, {}):
        (plan,) = house.scan("tv", **request).instances["tv"].plans
        assert plan.reason == reason
    assert [change.intent.reason for change in house.history()] == [reason] * len(plan.tags)
    write(house.shelf.tv / "Show" / "Season 01" / "S01E01.mkv", DUBBED if content is WRONG else WRONG)
    (plan,) = house.scan("tv").instances["tv"].plans
    assert "taggarr.json" not in plan.reason


def test_an_agreement_is_not_brought_up_later(house: "House") -> None:
    """Once a scan agreed, a change is the library's own."""
    house.shelf.series("Show", season(DUBBED), tags=["dub"])
    leave(house.shelf.tv, {"Show": "dub"})
    house.scan("tv")
    write(house.shelf.tv / "Show" / "Season 01" / "S01E01.mkv", WRONG)
    (plan,) = house.scan("tv").instances["tv"].plans
    assert "taggarr.json" not in plan.reason


@pytest.mark.parametrize(
    ("title", "tag", "wanted", "genre_stays"),
    [
        ("Show", "dub", True, False),  # dubbed by the file, and the genre asked for then and now
        ("Show", "none", True, True),  # the file says that it was not dubbed: it is somebody else's
        ("Other", "dub", True, True),  # the file does not know the title
        ("Show", "dub", False, True),  # nobody asks for genres
    ],
)
def test_whose_the_genre_is(house: "House", title: str, tag: str, wanted: bool, genre_stays: bool) -> None:
    """`<genre>Dub</genre>` is ours where the file shows that an earlier version wrote it, else it stays."""
    house.defaults["add_tag_to_genre"] = wanted
    house.shelf.series("Show", season(WRONG), nfo=GENRE, tags=["dub"])
    leave(house.shelf.tv, {title: tag})
    house.scan("tv")
    text = (house.shelf.tv / "Show" / "tvshow.nfo").read_text()
    assert "<tag>wrong-dub</tag>" in text
    assert ("<genre>Dub</genre>" in text) is genre_stays


def test_whose_the_genre_is_waits_for_the_title(house: "House") -> None:
    """An NFO that was only looked at for the genre filter was not looked at for whose its genre is."""
    house.defaults |= {"add_tag_to_genre": True, "target_genre": "anime"}
    house.shelf.series("Show", season(WRONG), nfo=GENRE, tags=["dub"], genres=["Crime"])
    leave(house.shelf.tv, {"Show": "dub"})
    for _ in range(2):
        house.scan("tv")
    nfo = house.shelf.tv / "Show" / "tvshow.nfo"
    assert nfo.read_text() == GENRE
    house.defaults["target_genre"] = None
    house.scan("tv")
    assert "<tag>wrong-dub</tag>" in nfo.read_text()
    assert "<genre>Dub</genre>" not in nfo.read_text()


def test_a_genre_that_a_person_writes_later_is_theirs(house: "House") -> None:
    """What an earlier version wrote is known from the first look; what comes after is not its own."""
    house.defaults["add_tag_to_genre"] = True
    house.shelf.series("Show", season(WRONG), nfo="<tvshow></tvshow>", tags=["dub"])
    leave(house.shelf.tv, {"Show": "dub"})
    house.scan("tv")
    nfo = house.shelf.tv / "Show" / "tvshow.nfo"
    nfo.write_text(nfo.read_text().replace("</tvshow>", "<genre>Dub</genre></tvshow>"))
    house.scan("tv")
    assert "<genre>Dub</genre>" in nfo.read_text()


def test_an_unchanged_rerun_looks_once_at_each_root(house: "House", stats: list[str]) -> None:
    """One `stat`, and the file is not opened again."""
    house.shelf.series("Show", season(DUBBED), tags=["dub"])
    path = leave(house.shelf.tv, {"Show": "dub"})
    house.scan("tv")
    text = path.read_bytes()
    seen = path.stat()
    path.write_bytes(b"x" * len(text))
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    stats.clear()
    assert house.scan("tv").instances["tv"].notes == []
    assert stats.count(str(path)) == 1
    assert [name for name in stats if name.endswith(".json")] == [str(path)]


def fifo(path: Path) -> None:
    os.mkfifo(path)


def loop(path: Path) -> None:
    path.symlink_to(path)


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)


NO_FILES: dict[str, tuple[Any, str]] = {
    "empty": (b"", "no valid JSON"),
    "cut off": (b'{"series": {"/media/tv/Show": {"tag": "engl', "no valid JSON (line 1, column"),
    "binary": (bytes(range(256)), "no text in UTF-8"),
    "UTF-16": ('{"series": {"/tv/Show": {"tag": "english"}}}'.encode("utf-16"), "no text in UTF-8"),
    "deep": (b'{"series":' * 100_000, "no valid JSON"),
    "NaN": (b'{"series": {"/tv/Show": NaN}}', "no valid JSON"),
    "another": (b'{"name": "something else"}', "neither `series` nor `movies`"),
    "a list": (b'{"series": ["/tv/Show"]}', "are no object"),
    "huge": (huge, "larger than 32 MB"),
    "a folder": (Path.mkdir, "it is a folder"),
    "a pipe": (fifo, "no regular file"),
    "a loop": (loop, "leads in a circle"),
}


@pytest.mark.parametrize(("made", "what"), NO_FILES.values(), ids=NO_FILES.keys())
def test_what_is_no_state_file_is_left_as_it_is(
    house: "House", made: Any, what: str, stats: list[str]
) -> None:
    """It is named with what is wrong with it, in every scan; the scan goes on, and nothing is written over it."""
    house.defaults["write_state_json"] = True
    house.shelf.series("Show", season(DUBBED), tags=["english"])
    path = house.shelf.tv / "taggarr.json"
    if isinstance(made, bytes):
        path.write_bytes(made)
    else:
        made(path)
    before = path.lstat()
    for mode in (0, 0, 1, 2):
        tv = house.scan("tv", mode=mode).instances["tv"]
        assert (tv.error, tv.failed) == (None, 0)
        (note,) = tv.notes
        assert note.startswith(str(path))
        assert what in note
        assert "as they are" in note
        assert house.tags()["Show"] == ({"english"} if mode == 2 else {"english", "dub"})
    after = path.lstat()
    assert (after.st_ino, after.st_size, after.st_mtime_ns) == (
        before.st_ino,
        before.st_size,
        before.st_mtime_ns,
    )
    if isinstance(made, bytes):
        assert path.read_bytes() == made


def test_a_mended_file_is_imported(house: "House") -> None:
    """Once a sound copy stands in its place, its labels are taken over."""
    house.shelf.series("Show", season(DUBBED), tags=["english"])
    path = house.shelf.tv / "taggarr.json"
    path.write_text("{")
    house.scan("tv")
    leave(house.shelf.tv, {"Show": "english"})
    (note,) = house.scan("tv").instances["tv"].notes
    assert "of an earlier version was imported" in note
    assert house.tags()["Show"] == {"dub"}
    path.write_text("{")
    house.sonarr.set_tags(1, ["english"])
    (note,) = house.scan("tv").instances["tv"].notes
    assert "is left as it is" in note
    assert house.tags()["Show"] == {"dub"}, "what was taken over once stays Taggarr's"


def test_a_file_that_may_not_be_read_is_tried_again(
    open_house: "House", ordinary: Callable[[], AbstractContextManager[None]]
) -> None:
    """Permission is no property of the content: the next scan has another try."""
    open_house.defaults["write_nfo"] = "never"
    open_house.shelf.series("Show", season(DUBBED), tags=["english"])
    path = leave(open_house.shelf.tv, {"Show": "english"})
    for each in open_house.shelf.tv.rglob("*"):
        each.chmod(0o755)
    path.chmod(0o000)
    (open_house.folder / "data").mkdir()
    (open_house.folder / "data").chmod(0o777)
    with ordinary():
        (note,) = open_house.scan("tv").instances["tv"].notes
    assert note.startswith(f"{path} could not be read: this process may not")
    assert open_house.tags()["Show"] == {"english", "dub"}
    path.chmod(0o644)
    with ordinary():
        (note,) = open_house.scan("tv").instances["tv"].notes
    assert "was imported" in note
    assert open_house.tags()["Show"] == {"dub"}


def test_a_tag_of_the_users_own_is_not_given_away(house: "House") -> None:
    """A file that calls every title "4k" takes that tag off none of them, and the note says what stays."""
    for number in range(4):
        house.shelf.series(f"Show {number}", season(WRONG), tags=["4k"] if number < 2 else ["hd"])
    leave(house.shelf.tv, {f"Show {number}": "4k" for number in range(4)})
    (imported, refused) = house.scan("tv").instances["tv"].notes
    assert imported.endswith("4 titles; labels that are Taggarr's by it: none")
    assert "names 4k as labels of Taggarr" in refused
    assert house.tags() == {f"Show {n}": {"wrong-dub", "4k" if n < 2 else "hd"} for n in range(4)}


def test_a_label_that_is_configured_needs_no_proof(house: "House") -> None:
    """It is Taggarr's already, so nothing is said of it."""
    house.defaults["tags"] = {"dub": "english"}
    house.shelf.series("Show", season(DUBBED))
    leave(house.shelf.tv, {"Show": "english"})
    (note,) = house.scan("tv").instances["tv"].notes
    assert "was imported" in note


def test_many_refused_labels_are_not_all_named(house: "House") -> None:
    """Five, and that there are more."""
    for number in range(7):
        house.shelf.series(f"Show {number}", season(DUBBED))
    leave(house.shelf.tv, {f"Show {number}": f"label-{number}" for number in range(7)})
    note = house.scan("tv").instances["tv"].notes[-1]
    assert "label-4 and more as labels" in note
    assert "label-5" not in note


def test_each_configured_root_has_its_file(house: "House") -> None:
    """Roots as the arr or this machine writes them; one that is no whole path here is passed over."""
    mapped = house.folder / "elsewhere"
    house.shelf.series("Show", season(DUBBED), tags=["english"])
    house.shelf.tv.rename(mapped)
    leave(mapped, {"Show": "english"})
    house.instances["tv"]["root_paths"] = [str(house.shelf.tv), "C:\\TV"]
    house.instances["tv"]["path_mappings"] = [{"arr": str(house.shelf.tv), "local": str(mapped)}]
    tv = house.scan("tv").instances["tv"]
    assert [note.partition(" of an")[0] for note in tv.notes] == [str(mapped / "taggarr.json")]
    assert house.tags()["Show"] == {"dub"}


def test_titles_without_a_root_are_looked_for_above_their_folder(house: "House") -> None:
    """An arr that names no root folder, or another one, leaves the folder that holds the title."""
    house.shelf.series("Show", season(DUBBED), tags=["english"])
    house.sonarr.roots.clear()
    leave(house.shelf.tv, {"Show": "english"})
    house.scan("tv")
    assert house.tags()["Show"] == {"dub"}


def test_a_guard_leaves_the_reason_to_the_next_scan(house: "House") -> None:
    """The import is kept, and the scan that goes on with --yes still says what was before."""
    names = [f"Show {number}" for number in range(21)]
    for name in names:
        house.shelf.series(name, season(ORIGINAL), tags=["dub"])
    leave(house.shelf.tv, dict.fromkeys(names, "dub"))
    assert house.scan("tv").instances["tv"].guard is not None
    tv = house.scan("tv", yes=True).instances["tv"]
    assert (tv.applied, tv.notes) == (21, [])
    assert {plan.reason for plan in tv.plans} == {
        "taggarr.json says dub; only Japanese in the only file, English in none"
    }


def test_labels_of_an_earlier_import_stay_ours(house: "House") -> None:
    """An earlier version that runs on and writes another label does not give the first one away."""
    house.shelf.series("Show", season(DUBBED), tags=["english"])
    leave(house.shelf.tv, {"Show": "english"})
    house.scan("tv")
    leave(house.shelf.tv, {"Show": "dub", "Gone": "dub"})
    house.sonarr.set_tags(1, ["english"])
    for notes in (1, 0):
        assert len(house.scan("tv").instances["tv"].notes) == notes
        assert house.tags()["Show"] == {"dub"}
