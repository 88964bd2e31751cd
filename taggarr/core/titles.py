"""What a track's title says: its part (commentary, ...), the one language that it names, and a region.

Rules: sections "Languages" and "Which tracks count" of `docs/reference/tagging.md`. Codes of two or three
letters count only in brackets, beside nothing but words known here, or alone, beside nothing but codec names
and channel counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from taggarr.core.language import Language
from taggarr.core.region_names import LATIN_AMERICA
from taggarr.core.title_terms import Role, Term, codes_of_languages, codes_of_regions, terms
from taggarr.core.title_words import DESCRIPTION_CODE


@dataclass(frozen=True, slots=True)
class TitleFacts:
    """What a title says. `word` is the phrase that told the role, as the tables of words spell it.

    `language` is the one language named, with its region where the title tells one; None where none or
    several are named. `regions` are the regions and members told of any language: see `with_region`.
    """

    role: Role | None = None
    word: str | None = None
    language: Language | None = None
    regions: tuple[Language, ...] = ()


@lru_cache(maxsize=8192)
def read_title(title: str | None) -> TitleFacts:
    """The facts in a track's title; none of them where there is no title."""
    said = terms(title or "")
    roles = [(term.role, term.text) for term in said if term.role]
    names = [language for term in said for language in term.names]
    regions = [region for term in said for region in term.regions]
    named = {language.primary for language in names}
    for code in _counted_codes(said):
        if code == DESCRIPTION_CODE:
            roles.append((Role.DESCRIPTION, "AD"))
        told = codes_of_regions().get(code, ())
        within = [region for region in told if {region.primary} == named]
        language = codes_of_languages().get(code)
        regions += within or [
            region for region in told if language is None or language.primary != region.primary
        ]
        if language and not within:
            names.append(language)
    role, word = roles[0] if roles else (None, None)
    regions += [language for language in names if not language.bare]
    facts = TitleFacts(role, word, None, tuple(dict.fromkeys(regions)))
    spoken = {language.primary for language in names}
    if len(spoken) != 1:
        return facts
    return TitleFacts(role, word, with_region(Language(spoken.pop()), facts), facts.regions)


def with_region(language: Language, facts: TitleFacts) -> Language:
    """`language` with the region or member that its code lacks and its track's title tells.

    Two regions of one language tell none; a member goes before a region, a country before `419`.
    """
    told = [region for region in facts.regions if region.primary == language.primary]
    if not language.bare or not told:
        return language
    members = [region for region in told if region.member]
    countries = [region for region in told if region.region in LATIN_AMERICA]
    if countries:
        told = [region for region in told if region.region != "419"]
    candidates = members or told
    return candidates[0] if len(candidates) == 1 else language


def _counted_codes(said: list[Term]) -> Iterator[str]:
    """The codes that stand alone or in brackets."""
    codes = codes_of_languages().keys() | codes_of_regions().keys() | {DESCRIPTION_CODE}
    words = [term for term in said if not term.sound]
    for term in words:
        if term.text not in codes:
            continue
        beside = [other for other in words if other.part == term.part] if term.part else words
        if beside == [term] or (term.part and all(other.known or other.text in codes for other in beside)):
            yield term.text
