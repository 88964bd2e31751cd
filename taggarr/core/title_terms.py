"""A track's title cut into the phrases that `title_words` and `title_languages` know, and other words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache

from taggarr.core.language import Language, parse, plain
from taggarr.core.language_codes import BIBLIOGRAPHIC
from taggarr.core.language_names import ALPHA_2
from taggarr.core.title_languages import CODES, LANGUAGES, NO_CODES, REGION_CODES, REGIONS
from taggarr.core.title_words import ARTICLE, CODEC, COMMENTARY, DESCRIPTION, FILLERS, MUSIC, NO_ROLE


class Role(Enum):
    """The part of a track that is not counted."""

    COMMENTARY = "commentary"
    DESCRIPTION = "audio description"
    MUSIC = "music and effects"


@dataclass(frozen=True, slots=True)
class Term:
    """A phrase of a title, or a word that says nothing (`known` is False).

    `part` numbers what stands together in brackets; it is 0 outside. `sound` marks codecs and channel counts.
    """

    text: str
    part: int = 0
    known: bool = True
    sound: bool = False
    role: Role | None = None
    names: tuple[Language, ...] = ()
    regions: tuple[Language, ...] = ()


_SOUND = "\x00"
_CODEC = re.compile(CODEC, re.VERBOSE)
_TAG = re.compile(r"(?<![^\W_])([a-z]{2})[-_]([a-z]{2}|419)(?![^\W_])")
_TOKEN = re.compile(
    r"(?P<open>[(\[{<【「『])|(?P<close>[)\]}>】」』])|(?P<stop>[,;/|:•·・]|\s[-\u2013\u2014]+\s)|(?P<and>[&+])"
    r"|(?P<word>[^\s()\[\]{}<>【】「」『』,;/|:•·・&+\-\u2013\u2014_.!?*#~=@\"“”„«»、。]+)"
)
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


def terms(title: str) -> list[Term]:
    """The title cut into known phrases, longest first, and other words."""
    text = _CODEC.sub(f" {_SOUND} ", plain(title))
    text = _TAG.sub(
        lambda tag: _tag_word(tag[1], tag[2]) if f"{tag[1]}-{tag[2]}" in _tags() else tag[0], text
    )
    text = _unspaced_words().sub(r" \g<0> ", text)
    return [term for part, words in _runs(text) for term in _cut(words, part)]


def _tag_word(language: str, region: str) -> str:
    return f"{language}\u2011{region}"  # a hyphen that does not part words


def _runs(text: str) -> Iterator[tuple[int, list[str]]]:
    """The words between two brackets, commas, slashes and the like; numbered in brackets, 0 outside."""
    depth = number = 0
    words: list[str] = []
    for token in _TOKEN.finditer(text):
        if token["word"] or token["and"]:
            words.append(token["word"] or "&")
            continue
        yield number if depth else 0, words
        words = []
        number += 1
        if token["open"]:
            depth += 1
        elif token["close"]:
            depth = max(depth - 1, 0)
    yield number if depth else 0, words


def _cut(words: list[str], part: int) -> Iterator[Term]:
    at = 0
    while at < len(words):
        key, term = _phrase_at(words, at)
        if term.names and at and words[at - 1] == ARTICLE:
            term = replace(term, names=())
        yield replace(term, part=part) if part else term
        at += len(key)


def _phrase_at(words: list[str], at: int) -> tuple[tuple[str, ...], Term]:
    for key, term in _phrases_by_first_word().get(words[at], ()):
        if tuple(words[at : at + len(key)]) == key:
            return key, term
    return (words[at],), Term(words[at], known=False)


@cache
def _phrases_by_first_word() -> dict[str, list[tuple[tuple[str, ...], Term]]]:
    """First word → (words, term), longest first."""
    index: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
    for key, term in sorted(_phrases().items(), key=lambda entry: -len(entry[0])):
        index.setdefault(key[0], []).append((key, term))
    return index


@cache
def _phrases() -> dict[tuple[str, ...], Term]:
    phrases: dict[tuple[str, ...], Term] = {(_SOUND,): Term(_SOUND, sound=True)}
    roles = {
        Role.COMMENTARY: COMMENTARY,
        Role.DESCRIPTION: DESCRIPTION,
        Role.MUSIC: MUSIC,
        None: NO_ROLE + "," + FILLERS,
    }
    for role, words in roles.items():
        for phrase in _split(words):
            phrases.setdefault(_key(phrase), Term(phrase, role=role))
    for language, phrase in _rows(LANGUAGES):
        phrases[_key(phrase)] = Term(phrase, names=(language,))
    for language, phrase in _rows(REGIONS):
        known = phrases.get(_key(phrase)) or Term(phrase)
        phrases[_key(phrase)] = replace(known, regions=(*known.regions, language))
    for tag, language in _tags().items():
        phrases[(_tag_word(*tag.split("-")),)] = Term(tag, names=(language,))
    return phrases


@cache
def _tags() -> dict[str, Language]:
    """`pt-br` and the like: the tags of the known regions, which count wherever they stand."""
    return {str(language).lower(): language for language, _ in _rows(REGIONS)}


@cache
def _unspaced_words() -> re.Pattern[str]:
    words = [
        word for phrase in _phrases() for word in phrase if len(phrase) == 1 and _UNSPACED.fullmatch(word)
    ]
    return re.compile("|".join(sorted(map(re.escape, words), reverse=True)))  # a word before its beginning


@cache
def codes_of_languages() -> dict[str, Language]:
    tags = {str(language): language for language, _ in _rows(LANGUAGES)}
    codes = dict(tags)
    codes |= {three: tags[two] for three, two in (ALPHA_2 | BIBLIOGRAPHIC).items() if two in tags}
    codes |= {code: tags[tag] for code, tag in CODES.items()}
    return {code: language for code, language in codes.items() if code not in NO_CODES}


@cache
def codes_of_regions() -> dict[str, tuple[Language, ...]]:
    codes: dict[str, tuple[Language, ...]] = {code: (_language(tag),) for code, tag in REGION_CODES.items()}
    for language in _tags().values():
        code = str(language.region).lower()
        codes[code] = (*codes.get(code, ()), language)
    return codes


def _rows(table: str) -> Iterator[tuple[Language, str]]:
    """(language, phrase) of the tables in `title_languages`."""
    for line in table.strip().replace("\n  ", " ").splitlines():
        tag, _, phrases = line.partition(": ")
        for phrase in _split(phrases):
            yield _language(tag), phrase


def _split(words: str) -> list[str]:
    return [phrase.strip() for phrase in words.split(",")]


def _key(phrase: str) -> tuple[str, ...]:
    return tuple(word for _, words in _runs(plain(phrase)) for word in words)


def _language(tag: str) -> Language:
    language = parse(tag)
    assert isinstance(language, Language)
    return language
