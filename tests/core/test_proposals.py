"""Path mappings that are proposed: tables of libraries, and what holds for every one."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from taggarr.core.paths import PathMapping, folder_name, to_local
from taggarr.core.proposals import merged, needless, propose, rivals


def mappings(*pairs: tuple[str, str]) -> tuple[PathMapping, ...]:
    return tuple(PathMapping(arr, local) for arr, local in pairs)


TV = ["/data/tv/Bebop/S01/a.mkv", "/data/tv/Monster/S01/b.mkv"]
MORE_TV = [*TV, "/data/tv/Dark/c.mkv"]
FILMS = ["/data/films/Akira/Akira.mkv", "/data/films/Ikiru/Ikiru.mkv"]


def moved(paths: list[str], arr: str, local: str) -> list[str]:
    return [local + path.removeprefix(arr) for path in paths]


@pytest.mark.parametrize(
    ("arr", "here", "roots", "proposed"),
    [
        pytest.param(
            TV, moved(TV, "/data/tv", "/srv/shows"), ["/data/tv"], [("/data/tv", "/srv/shows")], id="one root"
        ),
        pytest.param(
            TV, moved(TV, "/data/tv", "/srv/shows"), ["/data/tv/"], [("/data/tv", "/srv/shows")], id="slash"
        ),
        pytest.param(
            ["/data/tv/Bebop", "/data/tv/Monster"],
            ["/srv/shows/Bebop", "/srv/shows/Monster"],
            ["/data/tv"],
            [("/data/tv", "/srv/shows")],
            id="folders of items",
        ),
        pytest.param(
            ["/data/tv/Bebop"],
            ["/srv/shows/Bebop/S01/a.mkv"],
            ["/data/tv"],
            [("/data/tv", "/srv/shows")],
            id="a folder above a file that is here",
        ),
        pytest.param(
            TV,
            moved(TV, "/data", "/mnt/media"),
            ["/data/tv"],
            [("/data", "/mnt/media")],
            id="names that agree",
        ),
        pytest.param(
            ["/tv/Bebop/a.mkv"], ["/mnt/nas/tv/Bebop/a.mkv"], ["/tv"], [("/tv", "/mnt/nas/tv")], id="not /"
        ),
        pytest.param(
            ["/data/tv/Bebop/a.mkv"], ["/tv/Bebop/a.mkv"], ["/data/tv"], [("/data/tv", "/tv")], id="not to /"
        ),
        pytest.param(["/Bebop/a.mkv"], ["/tv/Bebop/a.mkv"], ["/"], [("/", "/tv")], id="a root that is /"),
        pytest.param(["/tv/Bebop/a.mkv"], ["/Bebop/a.mkv"], ["/tv"], [("/tv", "/")], id="here it is /"),
        pytest.param(
            [*TV, *FILMS],
            [*moved(TV, "/data", "/m"), *moved(FILMS, "/data", "/m")],
            ["/data/tv", "/data/films"],
            [("/data", "/m")],
            id="two roots, one mapping",
        ),
        pytest.param(
            [*TV, *FILMS],
            [*moved(TV, "/data", "/m"), *moved(FILMS, "/data", "/n")],
            ["/data/tv", "/data/films"],
            [("/data/films", "/n/films"), ("/data/tv", "/m/tv")],
            id="two roots in two places",
        ),
        pytest.param(
            [*TV, *FILMS],
            [*TV, *moved(FILMS, "/data", "/n")],
            ["/data/tv", "/data/films"],
            [("/data/films", "/n/films")],
            id="one root is fine",
        ),
        pytest.param(
            ["/data/Bebop/a.mkv", "/data/anime/Monster/b.mkv"],
            ["/m/Bebop/a.mkv", "/n/Monster/b.mkv"],
            ["/data", "/data/anime"],
            [("/data", "/m"), ("/data/anime", "/n")],
            id="a root in a root",
        ),
        pytest.param(
            ["/data/Bebop/a.mkv", "/data/anime/Monster/b.mkv"],
            ["/m/Bebop/a.mkv", "/m/anime/Monster/b.mkv"],
            ["/data", "/data/anime"],
            [("/data", "/m")],
            id="a root in a root, one mapping",
        ),
        pytest.param(
            ["/data/Bebop/a.mkv", "/data/anime/Monster/b.mkv"],
            ["/m/Bebop/a.mkv", "/data/anime/Monster/b.mkv"],
            ["/data", "/data/anime"],
            [],
            id="a root in a root that is fine: nothing can be said without moving it",
        ),
        pytest.param(
            ["/data/films/Akira/a.mkv", "/data/tv/Bebop/b.mkv", "/data/tv/anime/Monster/c.mkv"],
            ["/m/films/Akira/a.mkv", "/m/Bebop/b.mkv", "/x/y/tv/anime/Monster/c.mkv"],
            ["/data/films", "/data/tv", "/data/tv/anime"],
            [("/data/films", "/m/films"), ("/data/tv", "/m"), ("/data/tv/anime", "/x/y/tv/anime")],
            id="all that lead astray grow at once",
        ),
        pytest.param(
            ["/tv/X/Bebop/a.mkv"], ["/m/Bebop/a.mkv"], ["/tv/X"], [("/tv/X", "/m")], id="a root called X"
        ),
        pytest.param(
            [r"D:\TV\Show\x.mkv", r"D:\TV\Anime\Monster\y.mkv"],
            ["/m/Show/x.mkv", "/n/Monster/y.mkv"],
            [r"d:\tv", r"D:\TV\Anime"],
            [("D:/TV/Anime", "/n"), ("d:/tv", "/m")],
            id="a root in a root, in another case",
        ),
        pytest.param(
            [r"D:\TV\Show\S01\x.mkv"],
            ["/media/tv/Show/S01/x.mkv"],
            [r"D:\TV"],
            [("D:/TV", "/media/tv")],
            id="Windows",
        ),
        pytest.param(
            [r"D:\TV\Show\x.mkv"], ["/media/TV/Show/x.mkv"], ["d:/tv/"], [("d:/tv", "/media/TV")], id="case"
        ),
        pytest.param(
            [r"D:\TV\Show\x.mkv"],
            ["/media/TV/Show/x.mkv"],
            [r"D:\TV"],
            [("D:/", "/media")],
            id="a whole drive",
        ),
        pytest.param(
            [r"\\nas\tv\Show\x.mkv"],
            ["/m/tv/Show/x.mkv"],
            [r"\\nas\tv"],
            [("//nas/tv", "/m/tv")],
            id="a share",
        ),
        pytest.param(
            [r"\\nas\media\tv\Show\x.mkv"],
            ["/m/tv/Show/x.mkv"],
            [r"\\nas\media\tv"],
            [("//nas/media", "/m")],
            id="below a share",
        ),
        pytest.param(
            ["/tv/Show/X.mkv"],
            ["/m/show/x.mkv"],
            ["/tv"],
            [("/tv", "/m")],
            id="other case, where none is exact",
        ),
        pytest.param(["/tv/show/x.mkv"], ["/m/Show/X.mkv"], ["/tv"], [("/tv", "/m")], id="other case here"),
        pytest.param(
            ["/tv/Show/x.mkv"],
            ["/m/Show/x.mkv", "/n/show/x.mkv"],
            ["/tv"],
            [("/tv", "/m")],
            id="exact before other case",
        ),
        pytest.param(
            ["/tv/\u0130/x.mkv"], ["/m/i\u0307/x.mkv"], ["/tv"], [("/tv", "/m")], id="folding changes lengths"
        ),
        pytest.param(TV, TV, ["/data/tv"], [], id="all is here"),
        pytest.param(TV, [], ["/data/tv"], [], id="nothing is here"),
        pytest.param([], ["/m/x.mkv"], ["/data/tv"], [], id="nothing is asked"),
        pytest.param(["/other/Bebop/a.mkv"], ["/m/Bebop/a.mkv"], ["/data/tv"], [], id="outside of all roots"),
        pytest.param(["/data/tv"], ["/m/tv"], ["/data/tv"], [], id="a root itself tells nothing"),
        pytest.param(
            TV, [*moved(TV, "/data", "/m"), *moved(TV, "/data", "/backup")], ["/data/tv"], [], id="two copies"
        ),
        pytest.param(
            TV,
            [*moved(TV, "/data", "/m"), *moved(TV[:1], "/data", "/backup")],
            ["/data/tv"],
            [("/data", "/m")],
            id="half a copy",
        ),
        pytest.param(
            [f"/tv/{n}/x{n}.mkv" for n in range(5)],
            ["/backup/0/x0.mkv"],
            ["/tv"],
            [],
            id="a stray copy of one",
        ),
        pytest.param(
            [f"/tv/{n}/x{n}.mkv" for n in range(4)],
            ["/m/0/x0.mkv"],
            ["/tv"],
            [("/tv", "/m")],
            id="one in four",
        ),
        pytest.param(
            ["/tv/Bebop/S01/a.mkv"], ["/m/Other/S01/a.mkv"], ["/tv"], [], id="the item's folder has to agree"
        ),
        pytest.param(
            MORE_TV,
            [*TV, "/backup/tv/Dark/c.mkv"],
            ["/data/tv"],
            [],
            id="a lost file that a backup has",
        ),
    ],
)
def test_a_library_without_mappings(
    arr: list[str], here: list[str], roots: list[str], proposed: list[tuple[str, str]]
) -> None:
    """What is proposed where nothing is mapped yet."""
    assert propose(arr, here, roots) == mappings(*proposed)


@pytest.mark.parametrize(
    ("arr", "here", "roots", "given", "proposed"),
    [
        pytest.param(
            TV, moved(TV, "/data", "/m"), ["/data/tv"], [("/data", "/m")], [], id="in force and right"
        ),
        pytest.param(
            TV,
            moved(TV, "/data", "/m"),
            ["/data/tv"],
            [("/data", "/old")],
            [("/data", "/m")],
            id="takes its place",
        ),
        pytest.param(
            TV,
            moved(TV, "/data", "/m"),
            ["/data/tv"],
            [("/data/tv", "/old")],
            [("/data/tv", "/m/tv")],
            id="a longer one that is wrong takes the shorter one's paths",
        ),
        pytest.param(
            [*TV, *FILMS],
            [*moved(TV, "/data", "/m"), *moved(FILMS, "/data", "/n")],
            ["/data/tv", "/data/films"],
            [("/data", "/m")],
            [("/data/films", "/n/films")],
            id="what is right by one in force stays right",
        ),
        pytest.param(TV, TV, ["/data/tv"], [("/x", "/y")], [], id="one for other folders"),
        pytest.param(
            [r"D:\TV\A\x.mkv"],
            ["/m/A/x.mkv"],
            [r"D:\TV"],
            [("d:/tv", "/old")],
            [("D:/TV", "/m")],
            id="other case",
        ),
        pytest.param(TV, TV, ["/data/tv"], [("/data", "/old")], [], id="never the identity"),
    ],
)
def test_a_library_with_mappings(
    arr: list[str],
    here: list[str],
    roots: list[str],
    given: list[tuple[str, str]],
    proposed: list[tuple[str, str]],
) -> None:
    """What is proposed beside the mappings in force."""
    assert propose(arr, here, roots, mappings(*given)) == mappings(*proposed)


@pytest.mark.parametrize(
    ("arr", "here", "doubtful"),
    [
        (TV, [*moved(TV, "/data", "/m"), *moved(TV, "/data", "/backup")], ["/backup/tv", "/m/tv"]),
        (TV, [*moved(TV, "/data", "/m"), *moved(TV[:1], "/data", "/a")], []),
        (TV, moved(TV, "/data", "/m"), []),
        (TV, [], []),
        (TV, [*TV[:1], *moved(TV[1:], "/data", "/m")], ["/data/tv", "/m/tv"]),
        (MORE_TV, [*moved(MORE_TV, "/data", "/m"), *moved(TV, "/data", "/a")], ["/m/tv", "/a/tv"]),
        (MORE_TV, [*TV, *moved(MORE_TV[2:], "/data", "/backup")], []),
    ],
)
def test_folders_between_which_a_person_has_to_choose(
    arr: list[str], here: list[str], doubtful: list[str]
) -> None:
    """They are named by root, the likeliest first; where one has twice the votes, there is no doubt."""
    assert rivals(arr, here, ["/data/tv"]) == ({"/data/tv": doubtful} if doubtful else {})
    if doubtful:
        assert propose(arr, here, ["/data/tv"]) == ()


@pytest.mark.parametrize(
    ("here", "given", "found"),
    [
        (TV, [("/data", "/old")], [("/data", "/old")]),
        (TV, [("/x", "/y"), ("/data", "/m"), ("/data/tv", "/old")], [("/data/tv", "/old")]),
        (TV, [("/data", "/data")], []),
        (TV, [], []),
        (moved(TV, "/data", "/m"), [("/data", "/old")], []),
        ([*TV, *moved(TV, "/data", "/m")], [("/data", "/old")], []),
        ([], [("/data", "/old")], []),
    ],
)
def test_mappings_that_lead_away_from_what_is_right(
    here: list[str], given: list[tuple[str, str]], found: list[tuple[str, str]]
) -> None:
    """The longest one is to blame; where it is not sure that the files are where the arr says, none is."""
    assert needless(TV, here, ["/data/tv"], mappings(*given)) == list(mappings(*found))


def test_proposals_among_the_mappings_in_force() -> None:
    """One takes the place of that of the same folder, in whatever case Windows writes it."""
    given = mappings(("/a", "/1"), ("d:/tv", "/2"))
    assert merged(given, mappings(("D:/TV", "/3"))) == mappings(("/a", "/1"), ("D:/TV", "/3"))
    assert merged(given, ()) == given


WORDS = st.text("abAB é.", min_size=1, max_size=3).filter(lambda word: word.strip(". ") == word)
FOLDERS = st.lists(WORDS, min_size=1, max_size=3).map(lambda parts: "/" + "/".join(parts))


@st.composite
def libraries(draw: st.DrawFn) -> tuple[dict[str, str], list[str]]:
    """Roots of an arr with their places here, none of them in another, and files below the roots."""
    roots = draw(st.lists(FOLDERS, min_size=1, max_size=3, unique=True))
    places = draw(st.lists(FOLDERS, min_size=len(roots), max_size=len(roots), unique=True))
    files = []
    for number, root in enumerate(roots):
        for item in range(draw(st.integers(1, 3))):
            inner = draw(st.lists(WORDS, max_size=2))
            files.append("/".join([root, f"title {number}-{item}", *inner, f"file {number}-{item}.mkv"]))
    return dict(zip(roots, places, strict=True)), files


def apart(folders: list[str]) -> bool:
    return not any(one != other and f"{one}/".startswith(f"{other}/") for one in folders for other in folders)


def place_of(path: str, places: dict[str, str]) -> str:
    root = max((root for root in places if path.startswith(f"{root}/")), key=len)
    return places[root] + path.removeprefix(root)


@given(libraries())
def test_a_moved_library_is_mapped_back_exactly(library: tuple[dict[str, str], list[str]]) -> None:
    """Wherever the roots lie here, every path is led there, with no more mappings than roots."""
    places, files = library
    assume(apart(list(places)))
    here = [place_of(path, places) for path in files]
    assume(not set(files) & set(here))
    proposed = propose(files, here, list(places))
    assert [to_local(path, proposed) for path in files] == here
    assert len(proposed) <= len(places)


@given(libraries(), st.data())
def test_a_proposal_never_takes_away_what_was_right(
    library: tuple[dict[str, str], list[str]], data: st.DataObject
) -> None:
    """Roots that are where the arr says stay there, or nothing is proposed; none is an identity or in force."""
    places, files = library
    fine = data.draw(st.sets(st.sampled_from(sorted(places))))
    places = {root: root if root in fine else place for root, place in places.items()}
    here = [place_of(path, places) for path in files]
    given = data.draw(
        st.lists(st.builds(PathMapping, FOLDERS, FOLDERS), max_size=2, unique_by=lambda m: m.arr)
    )
    proposed = propose(files, here, list(places), given)
    after = merged(given, proposed)
    for path in files:
        if to_local(path, given) in here:
            assert to_local(path, after) in here
    assert all(one.arr != one.local and one not in given for one in proposed)


@given(libraries())
def test_a_proposal_cannot_be_shorter(library: tuple[dict[str, str], list[str]]) -> None:
    """With one root alone, the names before what is mapped differ, or there is nothing before."""
    places, files = library
    root = next(iter(places))
    mine = [path for path in files if path.startswith(f"{root}/")]
    (proposed,) = propose(mine, [place_of(path, {root: "/here" + root}) for path in mine], [root])
    agree = folder_name(proposed.arr) == folder_name(proposed.local)
    assert not agree or proposed.arr.count("/") == 1
