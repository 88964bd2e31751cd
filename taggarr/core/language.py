"""Languages as Taggarr compares them: a canonical primary language with an optional member or region.

The only place that knows how a language may be written. The rules are in `docs/reference/tagging.md`.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache

from taggarr.core.language_codes import (
    BIBLIOGRAPHIC,
    COLLECTIVE,
    GRANDFATHERED,
    MACRO_OF,
    PRIVATE,
    RETIRED,
    SERBO_CROATIAN,
)
from taggarr.core.language_names import ALIASES, ALPHA_2, NAMES
from taggarr.core.region_names import (
    LATIN_AMERICA,
    REGION_ALIASES,
    REGIONS,
    REPLACED_REGIONS,
    SPANISH_REGIONS,
)


@dataclass(frozen=True, slots=True)
class Language:
    """A language after folding: `ja`, `pt-BR`, `es-419`, `yue` (a member of `zh`). Sorted by its tag.

    `primary` is the ISO 639-1 code where there is one, else that of 639-3; of a member, its macrolanguage.
    `region` (ISO 3166-1, or 419) and `member` exclude each other.
    """

    primary: str
    member: str | None = None
    region: str | None = None

    def __post_init__(self) -> None:
        if self.member and self.region:
            raise ValueError(f"a member takes no region: {self.member}, {self.region}")

    def __str__(self) -> str:
        if self.region:
            return f"{self.primary}-{self.region}"
        return self.member or self.primary

    def __lt__(self, other: "Language") -> bool:
        return str(self) < str(other)

    @property
    def bare(self) -> bool:
        """Whether it names neither a member nor a region."""
        return self.member is None and self.region is None


class NoLanguage(Enum):
    """What a language field may say instead of a language."""

    UNLABELLED = "unlabelled"  # nothing, empty, `und`
    NEUTRAL = "neutral"  # `mul`, `mis`, `qaa`-`qtz`, anything that names no language
    NO_SPEECH = "no speech"  # `zxx`


class Match(Enum):
    """How a heard language satisfies a wanted one."""

    EXACT = "exact"
    ASSUMED = "assumed"  # its region or member is not known


_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*-*")
_QUALIFIED_NAME = re.compile(r"([^()\[\]]+)[(\[]([^()\[\]]+)[)\]]")
_SPECIAL = {
    "mis": NoLanguage.NEUTRAL,
    "mul": NoLanguage.NEUTRAL,
    "und": NoLanguage.UNLABELLED,
    "zxx": NoLanguage.NO_SPEECH,
}
_SPECIAL_NAMES = {
    "undetermined": NoLanguage.UNLABELLED,
    "no linguistic content": NoLanguage.NO_SPEECH,
    "unknown": NoLanguage.NEUTRAL,
    "original": NoLanguage.NEUTRAL,
    "any": NoLanguage.NEUTRAL,  # as a code it would be a language of the Ivory Coast
}
_SCRIPT_NAMES = frozenset({"simplified", "traditional", "latin", "cyrillic", "modern"})
_FLEMISH = Language("nl", region="BE")
_LONGEST = 100  # characters; whatever is longer is no name of a language


@lru_cache(maxsize=4096)
def parse(text: str | None) -> Language | NoLanguage:
    """The language that a code, a BCP 47 tag, an English name or a name of the arrs stands for."""
    written = (text or "").strip(" \t\r\n\0")
    if not written:
        return NoLanguage.UNLABELLED
    if len(written) > _LONGEST:
        return NoLanguage.NEUTRAL
    tag = written.lower().replace("_", "-")
    if (named := _by_name(written)) is not None:
        return named
    tag = GRANDFATHERED.get(tag, tag)
    return _by_tag(tag) if _TAG.fullmatch(tag) else NoLanguage.NEUTRAL


def parse_original(name: str | None) -> Language | None:
    """The original language by the arr's name for it; None for `Unknown`, `Original`, `Any` and the like."""
    found = parse(name)
    return found if isinstance(found, Language) else None


def name(language: Language) -> str:
    """The English name, which `parse` understands; the code itself for languages that have no name here."""
    if language == _FLEMISH:
        return "Flemish"
    code = language.member or language.primary
    bare_name = NAMES.get(code, code)
    if language.region is None:
        return bare_name
    return f"{bare_name} ({REGIONS.get(language.region, language.region)})"


def matches(wanted: Language, heard: Language, unknown_region_accepted: bool) -> Match | None:
    """Whether `heard` satisfies `wanted`, and whether its region or member had to be assumed for it."""
    if not same_original(wanted, heard):
        return None
    if wanted.bare or (wanted.member, wanted.region) == (heard.member, heard.region):
        return Match.EXACT
    if wanted.region == "419" and heard.region in LATIN_AMERICA:
        return Match.EXACT
    if heard.bare or (heard.region == "419" and wanted.region in LATIN_AMERICA):
        return Match.ASSUMED if unknown_region_accepted else None
    return None


def same_original(original: Language, heard: Language) -> bool:
    """Whether both are one language, regions and members aside; `sh` is one with `sr`, `hr`, `bs` and `cnr`."""
    if original.primary == heard.primary:
        return True
    if original.primary == "sh":
        return heard.primary in SERBO_CROATIAN
    return heard.primary == "sh" and original.primary in SERBO_CROATIAN


def differ(a: Language, b: Language) -> bool:
    """Whether both name a region or a member of one language, and not the same one.

    `419` and the countries in it never differ.
    """
    if a.bare or b.bare or not same_original(a, b):
        return False
    if "419" in (a.region, b.region) and {a.region, b.region} <= LATIN_AMERICA | {"419"}:
        return False
    return (a.member, a.region) != (b.member, b.region)


def suggest(text: str) -> list[Language]:
    """What a wrong name or code was probably meant to be: best first, three at most."""
    from difflib import get_close_matches  # noqa: PLC0415 - needed only where a setting is wrong

    wrong = _folded(text)
    names = _names()
    close = [_MISTAKEN[wrong]] if wrong in _MISTAKEN else []
    if len(wrong) > 3:
        close += [tag for known, tag in names.items() if known.startswith(wrong)]
    close += [names[known] for known in get_close_matches(wrong, names, n=3, cutoff=0.75)]
    found = (parse(tag) for tag in dict.fromkeys(close))
    return list(dict.fromkeys(language for language in found if isinstance(language, Language)))[:3]


_MISTAKEN = {
    "br": "pt-BR",
    "cn": "zh",
    "cz": "cs",
    "dk": "da",
    "esp": "es",
    "gr": "el",
    "jap": "ja",
    "jp": "ja",
    "kr": "ko",
    "se": "sv",
    "ua": "uk",
    "us": "en-US",
}
"""Country codes and abbreviations that are often written for a language."""


_PLAIN = str.maketrans("łøđıæœ\u2010", "lodiao-")


def plain(text: str) -> str:
    """Text for comparison: without case, and without the accents of Latin, Greek and Cyrillic letters."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f")
    return unicodedata.normalize("NFC", letters).translate(_PLAIN)


def _folded(name: str) -> str:
    return " ".join(re.findall(r"\w+", plain(name)))


def _by_tag(tag: str) -> Language | NoLanguage:
    subtags = tag.split("-")
    first = subtags[0]
    if first in PRIVATE:
        return parse(PRIVATE[first])
    primary = _canonical(first)
    if primary is None:
        return _SPECIAL.get(first, NoLanguage.NEUTRAL)
    if primary in MACRO_OF:
        return Language(MACRO_OF[primary], member=primary)
    if len(subtags) > 1 and len(subtags[1]) == 3:  # an extended language: `zh-yue`
        member = ALPHA_2.get(subtags[1], subtags[1])
        if MACRO_OF.get(member) == primary:
            return Language(primary, member=member)
    return Language(primary, region=_region(primary, subtags[1:]))


def _canonical(code: str) -> str | None:
    if code in _SPECIAL or code in COLLECTIVE or "qaa" <= code <= "qtz":
        return None
    code = RETIRED.get(code) or BIBLIOGRAPHIC.get(code) or code
    code = ALPHA_2.get(code, code)
    if code in NAMES or code in MACRO_OF:
        return code
    return _registered(code)


def _registered(code: str) -> str | None:
    """The current code for a rare one (`aam` → `aas`), None if no language has it."""
    from langcodes import Language as Tag  # noqa: PLC0415 - costs 30 ms, and few libraries hold such a code

    found = Tag.get(code)
    return found.language if found.is_valid() else None


def _region(primary: str, subtags: list[str]) -> str | None:
    for subtag in subtags:
        if len(subtag) == 1:  # extensions and private use follow
            return None
        if (len(subtag) == 2 and subtag.isalpha()) or (len(subtag) == 3 and subtag.isdigit()):
            code = _meant(primary, REPLACED_REGIONS.get(subtag.upper(), subtag.upper()))
            return code if code in REGIONS else None
    return None


def _meant(primary: str, region: str) -> str:
    return SPANISH_REGIONS.get(region, region) if primary == "es" else region


@cache
def _names() -> dict[str, str]:
    """Folded name → tag."""
    known = {_folded(english): code for code, english in NAMES.items()}
    return known | {_folded(english): tag for english, tag in ALIASES.items()}


@cache
def _region_names() -> dict[str, str]:
    """Folded name, and code in lower case → region."""
    known = {code.lower(): code for code in REGIONS} | {k.lower(): v for k, v in REPLACED_REGIONS.items()}
    known |= {_folded(english): code for code, english in REGIONS.items()}
    return known | {_folded(english): code for english, code in REGION_ALIASES.items()}


def _by_name(written: str) -> Language | NoLanguage | None:
    key = _folded(written)
    if key in _SPECIAL_NAMES:
        return _SPECIAL_NAMES[key]
    if key in _names():
        return _by_tag(_names()[key].lower())
    qualified = _QUALIFIED_NAME.fullmatch(written)
    return _by_qualified_name(*qualified.groups()) if qualified else None


def _by_qualified_name(plain: str, qualifier: str) -> Language | None:
    """`Portuguese (Brazil)`, `Chinese (Cantonese)`, `Chinese (Traditional)`."""
    language = parse(plain)
    if not isinstance(language, Language) or not language.bare:
        return None
    key = _folded(qualifier)
    if key in _SCRIPT_NAMES:
        return language
    if region := _region_names().get(key):
        return Language(language.primary, region=_meant(language.primary, region))
    member = parse(qualifier)
    if isinstance(member, Language) and member.primary == language.primary and member.region is None:
        return member
    return None
