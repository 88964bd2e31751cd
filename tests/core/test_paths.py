"""Paths of other machines and of this one, as texts."""

import pytest

from taggarr.core.media import File, Item, Kind
from taggarr.core.paths import PathMapping, file_below, folder_name, is_under, overlap, parent, tidy, to_local


@pytest.mark.parametrize(
    ("path", "tidied"),
    [
        ("/tv/Show", "/tv/Show"),
        ("/tv/Show/", "/tv/Show"),
        ("/tv//Show///", "/tv/Show"),
        ("/", "/"),
        ("///", "/"),
        ("", ""),
        ("/tv/AC\\DC", "/tv/AC\\DC"),
        ("/tv/back\\", "/tv/back\\"),
        ("/x:/y", "/x:/y"),
        ("/:\\y", "/:\\y"),
        (" /tv", " /tv"),
        ("C:\\TV\\Show\\", "C:/TV/Show"),
        ("C:\\TV/Show", "C:/TV/Show"),
        ("c:/TV/", "c:/TV"),
        ("C:\\", "C:/"),
        ("C:/", "C:/"),
        ("C:", "C:/"),
        ("C:\\\\TV", "C:/TV"),
        ("C:name", "C:name"),
        ("9:\\TV", "9:\\TV"),
        ("\\\\nas\\tv\\", "//nas/tv"),
        ("\\\\nas\\tv\\\\Show", "//nas/tv/Show"),
        ("//nas/tv/", "//nas/tv"),
    ],
)
def test_tidy(path: str, tidied: str):
    """One slash between parts, none at the end, and backslashes only where they are part of a name."""
    assert tidy(path) == tidied
    assert tidy(tidied) == tidied


@pytest.mark.parametrize(
    ("path", "folder", "under"),
    [
        ("/tv/Show", "/tv", True),
        ("/tv/Show", "/tv/", True),
        ("/tv", "/tv/", True),
        ("/tv/", "/tv", True),
        ("/tv2/Show", "/tv", False),
        ("/tv", "/tv/Show", False),
        ("/TV/Show", "/tv", False),
        ("/tv/Show", "/", True),
        ("/", "/", True),
        ("/tv/Show", "", False),
        ("", "", False),
        ("tv/Show", "/", False),
        ("/tv/AC\\DC", "/tv/AC", False),
        ("/:/TV", "/:/tv", False),
        ("C:\\TV\\Show", "c:/tv", True),
        ("C:\\TVs\\Show", "C:\\TV", False),
        ("C:\\TV\\Show", "C:\\", True),
        ("C:\\TV\\Show", "D:\\", False),
        ("C:\\TV\\Show", "/", False),
        ("\\\\NAS\\TV\\Show", "\\\\nas\\tv", True),
        ("\\\\NAS\\TV\\Show", "//nas/tv/", True),
        ("\\\\NAS\\TV\\Show", "\\\\nas\\t", False),
        ("//nas/tv", "/nas/tv", False),
        ("//nas/tv", "/", False),
    ],
)
def test_is_under(path: str, folder: str, under: bool):
    """A path lies under a folder by whole parts; only Windows does not look at case."""
    assert is_under(path, folder) is under


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("/tv", "/tv", True),
        ("/tv", "/tv/anime", True),
        ("/tv", "/tv2", False),
        ("C:\\TV", "c:\\tv\\anime", True),
    ],
)
def test_overlap(one: str, other: str, both: bool):
    """Two folders overlap where either holds the other."""
    assert overlap(one, other) is both
    assert overlap(other, one) is both


@pytest.mark.parametrize(
    ("path", "mappings", "local"),
    [
        ("/tv/Show", [], "/tv/Show"),
        ("C:\\TV\\Show", [], "C:\\TV\\Show"),
        ("/movies/Film", [("/tv", "/mnt/tv")], "/movies/Film"),
        ("/tv/Show", [("/tv", "/mnt/tv")], "/mnt/tv/Show"),
        ("/tv/Show/", [("/tv/", "/mnt/tv/")], "/mnt/tv/Show"),
        ("/tv", [("/tv", "/mnt/tv")], "/mnt/tv"),
        ("/tv2/Show", [("/tv", "/mnt/tv")], "/tv2/Show"),
        ("/data/tv/Show", [("/data", "/a"), ("/data/tv", "/b")], "/b/Show"),
        ("/data/tv/Show", [("/data/tv", "/b"), ("/data", "/a")], "/b/Show"),
        ("/data/films/A", [("/data/tv", "/b"), ("/data", "/a")], "/a/films/A"),
        ("/tv/Show", [("/tv", "/first"), ("/tv/", "/second")], "/first/Show"),
        ("/tv/Show", [("/", "/mnt/nas")], "/mnt/nas/tv/Show"),
        ("/tv/Show", [("/tv", "/")], "/Show"),
        ("/tv/Show", [("/", "/")], "/tv/Show"),
        ("C:\\TV\\Show\\S1", [("c:\\tv", "/mnt/tv")], "/mnt/tv/Show/S1"),
        ("C:\\TV\\Show", [("C:\\", "/mnt/c")], "/mnt/c/TV/Show"),
        ("D:\\TV\\Show", [("C:\\", "/mnt/c")], "D:\\TV\\Show"),
        ("\\\\NAS\\Media\\TV\\Show", [("//nas/media", "/mnt/media")], "/mnt/media/TV/Show"),
        ("C:\\\u0130\\Show", [("c:\\i\u0307", "/mnt/tv")], "/mnt/tv/Show"),
        ("/tv/AC\\DC", [("/tv", "/mnt")], "/mnt/AC\\DC"),
        ("/tv/Show", [("/tv", "Z:\\TV\\")], "Z:\\TV\\/Show"),
        ("/tv/Show", [("", "/mnt")], "/tv/Show"),
    ],
)
def test_to_local(path: str, mappings: list[tuple[str, str]], local: str):
    """The longest mapping that holds a path moves it; the rest of the path is kept as it is written."""
    assert to_local(path, [PathMapping(arr, here) for arr, here in mappings]) == local


@pytest.mark.parametrize(
    ("path", "name", "above"),
    [
        ("/tv/Show", "Show", "/tv"),
        ("/tv/Show/", "Show", "/tv"),
        ("/tv", "tv", "/"),
        ("/", "", "/"),
        ("/tv/AC\\DC", "AC\\DC", "/tv"),
        ("C:\\TV\\Show", "Show", "C:/TV"),
        ("C:\\TV", "TV", "C:/"),
        ("C:\\", "", "C:/"),
        ("\\\\nas\\tv\\Show", "Show", "//nas/tv"),
        ("name", "name", "name"),
    ],
)
def test_the_last_part_and_what_holds_it(path: str, name: str, above: str):
    """The last part of a path and the folder that holds it; a root holds itself."""
    assert folder_name(path) == name
    assert parent(path) == above


@pytest.mark.parametrize(
    ("item_path", "file_path", "folder", "local"),
    [
        ("/tv/Show", "/tv/Show/Season 1/a.mkv", "/mnt/tv/Show", "/mnt/tv/Show/Season 1/a.mkv"),
        ("/tv/Show/", "/tv/Show/a.mkv", "/elsewhere/Show/", "/elsewhere/Show/a.mkv"),
        ("C:\\TV\\Show", "c:\\tv\\show\\S1\\a.mkv", "/mnt/Show", "/mnt/Show/S1/a.mkv"),
        ("/tv/Show", "/tv/Show 2/a.mkv", "/mnt/tv/Show", "/mapped/Show 2/a.mkv"),
        ("/tv/Show", "/other/a.mkv", "/mnt/tv/Show", "/other/a.mkv"),
        ("/tv/Show", "/tv/Show/S1//a.mkv", "/mnt", "/mnt/S1/a.mkv"),
        ("C:/TV/Show", "C:/TV/Show/S1\\a.mkv", "/mnt", "/mnt/S1/a.mkv"),
        ("/tv/Show", "/tv/Show/AC\\DC.mkv", "/mnt", "/mnt/AC\\DC.mkv"),
        ("/tv/Show", "/tv/Show/SpaceX/", "/mnt", "/mnt/SpaceX"),
    ],
)
def test_a_file_below_its_item(item_path: str, file_path: str, folder: str, local: str):
    """A file lies in the item's folder as it is found here; one outside of it where the mappings say."""
    item = Item("tv", Kind.SERIES, 1, "Show", item_path)
    file = File(1, file_path, "a.mkv", 1)
    assert file_below(item, file, folder, [PathMapping("/tv", "/mapped")]) == local
