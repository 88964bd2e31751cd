"""Season and episode numbers from file names, for where the arr's data do not carry them.

Nothing here decides a verdict: the numbers name files to the user and put them into viewing order.
"""

import re
from dataclasses import dataclass

from taggarr.core.media import File


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a file name says: the season, where it names one itself, and the episodes in order."""

    season: int | None = None
    episodes: tuple[int, ...] = ()


_NOT_AFTER = r"(?<![A-Za-z0-9])"
_SEASONAL = re.compile(
    _NOT_AFTER + r"S(?P<season>\d{1,4})[ ._-]*E(?:P)?(?P<first>\d{1,4})"
    r"(?P<more>(?:(?:[ ._+&-]*(?:EP?|S\d{1,4}E)\d{1,4})|(?:-\d{1,4}(?![\dpi])))*)",
    re.IGNORECASE,
)
_CROSS = re.compile(
    r"(?<![\dA-Za-z])(?P<season>\d{1,2})x(?P<first>\d{2,4})"
    r"(?P<more>(?:(?:[ ._-]*(?:\d{1,2}x|x)\d{2,4})|(?:-\d{2,4}(?![\dpi])))*)(?![\dA-Za-z])",
    re.IGNORECASE,
)
_SPECIAL = re.compile(
    _NOT_AFTER + r"(?:SP|Specials?|OVA|OAD)[ ._-]*(?P<first>\d{1,3})(?P<more>)(?![\dA-Za-z])", re.IGNORECASE
)
_WORD = re.compile(
    _NOT_AFTER + r"(?:E|Ep|Episode|Folge|Episodio|Épisode|Odc|Odcinek)[ ._#-]*(?P<first>\d{1,4})"
    r"(?P<more>-\d{1,4}|(?:[ ._+&-]*E\d{1,4})*)(?![\dA-Za-z])"
    r"|第(?P<cjk>\d{1,4})[話话集回]",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d[ ._-](?:0[1-9]|1[0-2])[ ._-](?:0[1-9]|[12]\d|3[01])(?!\d)")
_NOISE = re.compile(
    r"\[[^\]]*\]|\([^)]*\)|\{[^}]*\}"  # groups, years, checksums
    r"|(?<![A-Za-z0-9])(?:\d{3,4}[pi]|\d{3,4}x\d{3,4}|[xh][ .]?26[45]|\d{1,2}[ -]?bits?|[1-9]k|mp[34]|ac3|eac3"
    r"|(?:ddp?|dd\+|aac|dts|flac|truehd|opus)?[ .]?[1-7]\.[0-2])(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_NUMBER = r"(?P<first>\d{1,4})(?:v\d)?(?P<more>(?:-\d{1,4})?)"
_DASHED = re.compile(r"[ ._]-[ ._]*" + _NUMBER + r"[ ._]*(?=$|-[ ._])")
_LEADING = re.compile(r"^#?" + _NUMBER + r"(?=$|[ ._-])")
_DASHED_LOOSELY = re.compile(r"[ ._]-[ ._]*" + _NUMBER + r"(?=$|[ ._])")
_LAST = re.compile(r"(?:^|.*[ ._#-])" + _NUMBER + r"[ ._]*$", re.DOTALL)

_MOST = 200  # episodes in one file; a longer range is a misread name


def numbers(relative_path: str) -> Numbers:
    """Read the name of a file (the last part of its path, `/` or `\\\\`).

    Known are `S01E02`, `S01E01E02`, `S01E01-E03`, `1x02`, `Episode 2`, specials (`SP1`, season 0), and plain
    or absolute numbers (`02.mkv`, `Show - 102 [1080p].mkv`). Dates, years, resolutions and codecs are none.
    """
    stem = re.split(r"[/\\]", relative_path)[-1]
    stem = re.sub(r"\.[A-Za-z][A-Za-z0-9]{1,4}$", "", stem)
    for pattern in (_SEASONAL, _CROSS):
        if found := pattern.search(stem):
            return Numbers(int(found["season"]), _episodes(found["first"], found["more"]))
    stem = _NOISE.sub(" ", _DATE.sub(" ", stem)).strip()
    if found := _WORD.search(stem):
        return Numbers(None, _episodes(found["first"] or found["cjk"], found["more"] or ""))
    for pattern in (_DASHED, _LEADING, _SPECIAL, _DASHED_LOOSELY, _LAST):
        if (found := pattern.search(stem)) and not _is_year(found["first"], stem):
            season = 0 if pattern is _SPECIAL else None
            return Numbers(season, _episodes(found["first"], found["more"]))
    return Numbers()


def episode_numbers(relative_path: str, season: int | None = None) -> tuple[int, ...]:
    """The episodes that a file holds; empty where its name names none, or speaks of another season."""
    named = numbers(relative_path)
    if None not in (named.season, season) and named.season != season:
        return ()
    return named.episodes


def place(file: File) -> str:
    """What the user calls a file: `S01E03`, `S01E01-E02`, else its name."""
    episodes = file.episodes or episode_numbers(file.relative_path, file.season)
    if file.season is None or not episodes:
        return re.split(r"[/\\]", file.relative_path)[-1]
    first, last = episodes[0], episodes[-1]
    return f"S{file.season:02}E{first:02}" + (f"-E{last:02}" if last != first else "")


def reading_order(file: File) -> tuple[int, bool, int, str]:
    """Sorts files as they are watched: by season, then by episode number, those without one by name."""
    episodes = file.episodes or episode_numbers(file.relative_path, file.season)
    season = -1 if file.season is None else file.season
    return (season, not episodes, episodes[0] if episodes else 0, file.relative_path)


def _episodes(first: str, more: str) -> tuple[int, ...]:
    """`01` and `E02-E04` → 1, 2, 3, 4: a dash spans (and says nothing where it cannot), anything else lists."""
    found = [int(first)]
    for dash, number in re.findall(r"(-?)[ ._+&]*(?:[Ss]\d+[Ee]|\d{1,2}[Xx]|[A-Za-z]*)(\d+)", more):
        last, this = found[-1], int(number)
        if not dash:
            found.append(this)
        elif this <= last + _MOST:
            found += range(last + 1, this + 1)
    return tuple(sorted(set(found)))


def _is_year(number: str, stem: str) -> bool:
    """A year in a name is no episode, unless the name is nothing else (`1999.mkv` of a long show)."""
    return re.fullmatch(r"(?:19|20)\d\d", number) is not None and stem.strip() != number
