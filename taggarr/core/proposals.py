"""Which path mappings would make the arr's paths those of this machine: a vote; pure, on strings."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from taggarr.core.paths import PathMapping, folder_name, is_under, parent, tidy, to_local

_RIVALS = 2
"""A folder wins a vote with this many times the votes of the next one; two copies of a library are a draw."""

_SHARE = 4
"""One in so many of a root's paths has to be found in a folder: a stray copy of one title is no library."""


def propose(
    arr_paths: Iterable[str],
    local_paths: Iterable[str],
    roots: Collection[str],
    mappings: Sequence[PathMapping] = (),
) -> tuple[PathMapping, ...]:
    """The shortest mappings that lead from `arr_paths` to `local_paths`; none where that is in doubt.

    `arr_paths` are a sample of files, or of items' folders, as the arr names them, and `roots` the root
    folders that hold them. `local_paths` are files and folders that are on this machine; the folders above
    each are known with it. What follows the root has to be the same here, case-sensitive where anything is.

    `mappings` are those in force. A path that is here by them says that its root is right as it is. A proposal
    with the `arr` of one in force takes its place; the others stay, and what they do right stays right.
    """
    places = {
        root: folders[0]
        for root, folders in _places(arr_paths, local_paths, roots, mappings).items()
        if len(folders) == 1
    }
    moved = {root: to for root, to in places.items() if to not in (to_local(root, mappings), root)}
    proposed = _Shortest(places, moved, mappings).found()
    return tuple(sorted(proposed, key=lambda one: one.arr))


def rivals(
    arr_paths: Iterable[str],
    local_paths: Iterable[str],
    roots: Collection[str],
    mappings: Sequence[PathMapping] = (),
) -> Mapping[str, Sequence[str]]:
    """The roots for which nothing is proposed because several folders hold what they hold: those folders."""
    found = _places(arr_paths, local_paths, roots, mappings)
    return {root: folders for root, folders in found.items() if len(folders) > 1}


def needless(
    arr_paths: Iterable[str],
    local_paths: Iterable[str],
    roots: Collection[str],
    mappings: Sequence[PathMapping],
) -> Sequence[PathMapping]:
    """The mappings in force that lead a root away from where the arr says that it is, and where it is."""
    found = _places(arr_paths, local_paths, roots, mappings)
    right = [root for root, folders in found.items() if list(folders) == [root]]
    astray = [root for root in right if to_local(root, mappings) != root]
    leading = [
        max((m for m in mappings if is_under(root, m.arr)), key=lambda m: len(m.arr)) for root in astray
    ]
    return [one for one in mappings if one in leading]


def merged(mappings: Sequence[PathMapping], proposed: Sequence[PathMapping]) -> tuple[PathMapping, ...]:
    """The mappings of an instance once `proposed` are among them: one takes the place of that with its `arr`."""
    kept = (one for one in mappings if not any(_same(one.arr, other.arr) for other in proposed))
    return (*kept, *proposed)


class _Here:
    """The files and folders of this machine, by the last part of their paths."""

    def __init__(self, local_paths: Iterable[str]) -> None:
        self.paths: set[str] = set()
        for path in map(tidy, local_paths):
            while path not in self.paths:
                self.paths.add(path)
                path = parent(path)  # noqa: PLW2901 - on to what holds it, which is known then, too
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for path in self.paths:
            self._by_name[folder_name(path).casefold()].append(path)

    def folders(self, rest: str) -> set[str]:
        """The folders that hold `rest`; those that hold it in other case only where none does exactly."""
        named = self._by_name.get(folder_name(rest).casefold(), ())
        exact = [path for path in named if path.endswith(f"/{rest}")]
        folded = f"/{rest}".casefold()
        found = exact or [path for path in named if path.casefold().endswith(folded)]
        # By parts, not by length: folding may change a text's length.
        return {tidy("/".join(path.split("/")[: -1 - rest.count("/")]) + "/") for path in found}


def _places(
    arr_paths: Iterable[str],
    local_paths: Iterable[str],
    roots: Collection[str],
    mappings: Sequence[PathMapping],
) -> Mapping[str, Sequence[str]]:
    """Each root with the folders that it may be on this machine."""
    here = _Here(local_paths)
    return {root: _votes(here, root, paths, mappings) for root, paths in _by_root(arr_paths, roots).items()}


def _by_root(paths: Iterable[str], roots: Collection[str]) -> Mapping[str, Collection[str]]:
    """Each path with the deepest root that holds it."""
    deepest_first = sorted(map(tidy, roots), key=len, reverse=True)
    found: dict[str, set[str]] = defaultdict(set)
    for path in map(tidy, paths):
        root = next((root for root in deepest_first if is_under(path, root)), None)
        if root is not None and not _same(root, path):
            found[root].add(path)
    return found


def _votes(here: _Here, root: str, paths: Collection[str], mappings: Sequence[PathMapping]) -> Sequence[str]:
    """The folders that may be a root on this machine, the likeliest first: one is sure, several are rivals."""
    votes: Counter[str] = Counter()
    for path in paths:
        if to_local(path, mappings) in here.paths:
            votes[to_local(root, mappings)] += 1
        else:
            votes.update(here.folders(_rest(path, root)))
    ranked = sorted(votes, key=lambda folder: (-votes[folder], folder))
    if not ranked or votes[ranked[0]] * _SHARE < len(paths):
        return ()
    return [folder for folder in ranked if votes[folder] * _RIVALS > votes[ranked[0]]]


def _same(one: str, other: str) -> bool:
    return is_under(one, other) and is_under(other, one)


def _rest(path: str, root: str) -> str:
    return path.split("/", root.rstrip("/").count("/") + 1)[-1]


class _Shortest:
    """The mappings of roots, each cut to the shortest that leaves all other roots where they belong."""

    def __init__(
        self, places: Mapping[str, str], moved: Mapping[str, str], mappings: Sequence[PathMapping]
    ) -> None:
        """`places` says where each root lies here, and `moved` which of them take a mapping of their own."""
        self._places = dict(places)
        self._mappings = mappings
        self._forms = {root: list(_forms(root, local))[::-1] for root, local in moved.items()}
        """For each root the mappings that would do for it alone, the shortest first."""

    def found(self) -> set[PathMapping]:
        """Begin with the shortest; whichever leads a root astray grows, and one that cannot is given up."""
        while astray := self._astray():
            growing = [root for root in astray if len(self._forms[root]) > 1]
            for root in growing:
                del self._forms[root][0]
            for root in () if growing else astray:
                del self._forms[root], self._places[root]
        return self._chosen()

    def _chosen(self) -> set[PathMapping]:
        return {forms[0] for forms in self._forms.values()}

    def _astray(self) -> set[str]:
        """The roots whose mappings take part in leading a root elsewhere than it lies."""
        chosen = self._chosen()
        applied = merged(self._mappings, tuple(chosen))
        found: set[str] = set()
        for root, place in self._places.items():
            holding = [one for one in applied if is_under(root, one.arr)]
            leading = {one for one in holding if all(len(one.arr) >= len(other.arr) for other in holding)}
            if any(to_local(root, [one]) != place for one in leading):
                found |= {each for each, forms in self._forms.items() if each == root or forms[0] in leading}
        return found


def _forms(arr: str, local: str) -> Iterator[PathMapping]:
    """The mapping of a folder, then those of the folders above as long as their names agree.

    That of a whole file system (`/`) or of all shares of a server says too much.
    """
    yield PathMapping(arr, local)
    while folder_name(arr) == folder_name(local):
        arr, local = parent(arr), parent(local)
        if any(folder == "/" or folder.rpartition("/")[0] == "/" for folder in (arr, local)):
            return
        yield PathMapping(arr, local)
