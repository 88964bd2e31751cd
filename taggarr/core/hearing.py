"""Which wanted languages are heard, and by which of the languages that a file has."""

from collections.abc import Sequence

from taggarr.core.language import Language, Match, matches


def hear(
    targets: Sequence[Language], heard: Sequence[Language], unknown_region_accepted: bool
) -> dict[int, tuple[int, Match]]:
    """Index of each target that is heard → index of the track that satisfies it, and how.

    Exact matches come first, and one track may be that of several targets (`pt` and `pt-BR` by `pt-BR`).
    Then each track's one assumed match goes so that as many targets as possible are heard; where not all
    can be, the earlier ones are.
    """
    found: dict[int, tuple[int, Match]] = {}
    assumable: dict[int, list[int]] = {}
    for target, wanted in enumerate(targets):
        judged = [matches(wanted, language, unknown_region_accepted) for language in heard]
        if Match.EXACT in judged:
            found[target] = (judged.index(Match.EXACT), Match.EXACT)
        else:
            assumable[target] = [track for track, match in enumerate(judged) if match]
    taken: dict[int, int] = {}  # track -> the target that it is assumed for
    for target in assumable:
        _assign(target, assumable, taken, set())
    return found | {target: (track, Match.ASSUMED) for track, target in taken.items()}


def _assign(target: int, assumable: dict[int, list[int]], taken: dict[int, int], tried: set[int]) -> bool:
    """Give `target` a track, moving earlier targets to other tracks where that helps (augmenting path).

    A target that has a track keeps one, so targets served in order are also the ones that win ties.
    """
    for track in sorted(assumable[target], key=taken.__contains__):  # free ones first
        if track in tried:
            continue
        tried.add(track)
        if track not in taken or _assign(taken[track], assumable, taken, tried):
            taken[track] = target
            return True
    return False
