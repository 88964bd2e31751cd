"""Words that explanations and overrides share: titles, verdicts, languages."""

from collections.abc import Sequence
from typing import Any

from taggarr.cli.summary import MARKS
from taggarr.core.language import Language, name, parse
from taggarr.core.verdict import Verdict

Facts = dict[str, Any]


def heading(item: Facts) -> str:
    """`Dune (2021): movie 5 of films`."""
    year = item["year"]
    shown_year = f" ({year})" if year and f"({year})" not in item["title"] else ""
    return f"{item['title']}{shown_year}: {item['kind']} {item['id']} of {item['instance']}"


def verdict_text(facts: Facts) -> str:
    """`◐ semi-dub: English is missing in 1 of 2 files`; of what has no verdict, why."""
    if facts["verdict"] is None:
        return f"not judged: {facts['reason']}"
    return f"{MARKS[Verdict(facts['verdict'])]} {facts['verdict']}: {facts['reason']}"


def said_of(override: Facts | None) -> str:
    """What a person said of an item, in words."""
    parts = []
    if override and override["original"]:
        parts.append(f"the original is {named([override['original']])}")
    if override and override["targets"]:
        parts.append(f"the targets are {named(override['targets'])}")
    if override and override["excluded"] is not None:
        parts.append("leave it alone" if override["excluded"] else "judge it, whatever leaves it out")
    return "; ".join(parts) or "nothing"


def named(codes: Sequence[str]) -> str:
    """`Japanese, English`."""
    return ", ".join(language_name(code) or code for code in codes)


def language_name(code: str | None) -> str | None:
    """The English name of a language by its code."""
    language = parse(code) if code else None
    return name(language) if isinstance(language, Language) else None
