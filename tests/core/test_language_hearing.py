"""Which targets are heard where several could be, and by which track."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taggarr.core.hearing import hear
from taggarr.core.language import Language, Match, matches, parse

EXACT, ASSUMED = Match.EXACT, Match.ASSUMED


def langs(tags: str) -> list[Language]:
    return [language for language in map(parse, tags.split()) if isinstance(language, Language)]


@pytest.mark.parametrize(
    ("targets", "heard", "expected"),
    [
        ("en", "", {}),
        ("", "en", {}),
        ("en fr", "ja en", {0: (1, EXACT)}),
        ("en en-GB", "en-GB", {0: (0, EXACT), 1: (0, EXACT)}),
        ("pt pt-BR", "pt", {0: (0, EXACT), 1: (0, ASSUMED)}),
        # one bare track is one assumed match, the earlier target's
        ("pt-BR pt-PT", "ja pt", {0: (1, ASSUMED)}),
        ("pt-PT pt-BR", "ja pt", {0: (1, ASSUMED)}),
        # two bare tracks are two
        ("pt-BR pt-PT", "pt pt", {0: (0, ASSUMED), 1: (1, ASSUMED)}),
        ("pt-BR pt-PT", "pt pt pt", {0: (0, ASSUMED), 1: (1, ASSUMED)}),
        # exact comes first and leaves the bare track to the other
        ("pt-BR pt-PT", "pt pt-BR", {0: (1, EXACT), 1: (0, ASSUMED)}),
        ("pt-BR pt-PT", "pt-PT pt", {0: (1, ASSUMED), 1: (0, EXACT)}),
        # es-419 could only be es-MX, so the bare track goes to es-ES
        ("es-MX es-ES", "es es-419", {0: (1, ASSUMED), 1: (0, ASSUMED)}),
        ("es-MX es-ES", "es-419 es", {0: (0, ASSUMED), 1: (1, ASSUMED)}),
        ("es-MX es-AR es-ES", "es es-419", {0: (0, ASSUMED), 1: (1, ASSUMED)}),
        ("es-MX es-AR es-CL", "es-419", {0: (0, ASSUMED)}),
        ("es-ES es-MX es-AR", "es es es-419", {0: (0, ASSUMED), 1: (1, ASSUMED), 2: (2, ASSUMED)}),
        ("cmn yue", "zh zh-TW", {0: (0, ASSUMED)}),
    ],
)
def test_who_hears_what(targets: str, heard: str, expected: dict[int, tuple[int, Match]]) -> None:
    """Exact matches first, then as many targets as possible, the earlier ones where not all can be."""
    assert hear(langs(targets), langs(heard), True) == expected


def test_rejected_regions_are_not_heard() -> None:
    """With `unknown_region: reject` only exact matches remain."""
    assert hear(langs("pt-BR pt-PT en"), langs("pt en"), False) == {2: (1, EXACT)}


TAGS = st.sampled_from(["es", "es-419", "es-MX", "es-AR", "es-ES", "zh", "yue", "cmn", "zh-TW"])
LISTS = st.lists(TAGS, max_size=5).map(" ".join).map(langs)


@given(LISTS, LISTS)
def test_no_other_assignment_hears_more_or_earlier_targets(
    targets: list[Language], heard: list[Language]
) -> None:
    """Against every assignment that is possible: none hears more targets, or as many and earlier ones."""
    found = hear(targets, heard, True)
    exact = {t for t, w in enumerate(targets) if any(matches(w, h, True) is EXACT for h in heard)}
    assumed = {target: track for target, (track, match) in found.items() if match is ASSUMED}
    assert found.keys() - assumed.keys() == exact
    assert len(set(assumed.values())) == len(assumed)
    assert all(matches(targets[t], heard[h], True) is match for t, (h, match) in found.items())
    left = [t for t in range(len(targets)) if t not in exact]
    best: list[tuple[int, list[int]]] = [(0, [])]
    for size in range(1, len(left) + 1):
        for chosen in itertools.combinations(left, size):
            for tracks in itertools.permutations(range(len(heard)), size):
                if all(matches(targets[t], heard[h], True) for t, h in zip(chosen, tracks, strict=True)):
                    best.append((-size, list(chosen)))
                    break
    assert sorted(assumed) == min(best)[1]
