"""The sentences that explain findings and verdicts to the user. Nothing here decides anything."""

from collections.abc import Collection, Sequence
from heapq import nsmallest

from taggarr.core.counting import counted
from taggarr.core.episodes import place, reading_order
from taggarr.core.language import Language, name
from taggarr.core.media import File

NO_AUDIO = "the file has no audio track"
NO_SPEECH = "nobody speaks: a track is marked as having no speech"
TURNED_AWAY = "its region is not known, so the policy “unknown_region: reject” leaves it out"
NO_ORIGINAL = "the original language is not known"
ENGLISH_IN_DOUBT = "the arr says that the original is English, which it also says when it knows no better"

_SHOWN = 3  # files that a reason names
_UNKNOWN = "the audio is not known: "


def names(languages: Sequence[Language]) -> str:
    """`Japanese, English and German`."""
    return _listed([name(language) for language in languages])


def unreadable(reason: str) -> str:
    return f"{_UNKNOWN}{reason}"


def nothing_known(rejected: Sequence[Language]) -> str:
    if rejected:
        return f"the only language heard is {names(rejected)}, and its region is not known"
    return "no track that counts has a known language"


def flagged(foreign: Sequence[Language]) -> str:
    return f"{_are_heard(foreign)}, neither the original nor wanted"


def dubbed(heard: Sequence[Language], missing: Sequence[Language], assumed: bool) -> str:
    return _are_heard(heard) + (", part of it assumed" if assumed else "") + _but_missing(missing)


def wrong(heard: Sequence[Language], missing: Sequence[Language], doubt: str | None) -> str:
    return _are_heard(heard) + _but_missing(missing) + (f"; {doubt}" if doubt else "")


def original_heard(
    heard: Sequence[Language], missing: Sequence[Language], assumed: bool, counts_as_dub: bool
) -> str:
    if assumed:
        return f"an unlabelled track is taken for the original, {names(heard)}{_but_missing(missing)}"
    if counts_as_dub:
        return f"{_are_heard(heard)}: the original, and all that is wanted"
    which = "which is the original" if len(heard) == 1 else "the original among them"
    return f"{_are_heard(heard)}, {which}{_but_missing(missing)}"


def neither(heard: Sequence[Language]) -> str:
    return f"{_are_heard(heard)}, which is neither the original nor a dub of it"


def nothing_counts(listed: int) -> str:
    if not listed:
        return "there is no file yet"
    return f"no file counts: {listed} in Specials or unmonitored seasons"


def item_wrong(
    foreign: Sequence[Language], missing: Sequence[Language], files: Sequence[File], total: int
) -> str:
    what = f"{names(foreign)} instead of {names(missing)}" if missing else f"unwanted: {names(foreign)}"
    return f"{what} {_where(files, total)}"


def item_semi(missing: Sequence[tuple[Language, Sequence[File]]], total: int) -> str:
    """`missing`: each target that some file lacks, with those files."""
    if not missing:
        return f"a dub in some of {counted(total, 'file')}, in others the original alone"
    return "; ".join(f"{name(language)} is missing {_where(files, total)}" for language, files in missing)


def item_unknown(files: Sequence[File], total: int, reasons: Collection[str], unread: int) -> str:
    """`files` are the unknown ones among the `total` that were looked at, `unread` counts the others."""
    if not files:
        return f"{counted(unread, 'file')} not read yet"
    why = "; ".join(sorted(reason.removeprefix(_UNKNOWN) for reason in reasons)[:2])
    return f"not known {_where(files, total)}: {why}"


def item_dub(languages: Sequence[Language], files: int, assumed: int) -> str:
    return f"{names(languages)} in {_all(files)}{_assumed(assumed, files)}"


def item_original(
    languages: Sequence[Language], missing: Sequence[Language], files: int, assumed: int
) -> str:
    if not languages:
        return f"nobody speaks in {_all(files)}"
    lacking = f", {names(missing)} in none" if missing else ""
    return f"only {names(languages)} in {_all(files)}{lacking}{_assumed(assumed, files)}"


def sampled(reason: str, read: int, files: int) -> str:
    return f"{reason} (quick mode: {read} of {files} files read)"


def _are_heard(languages: Sequence[Language]) -> str:
    return f"{names(languages)} {'is' if len(languages) == 1 else 'are'} heard"


def _but_missing(missing: Sequence[Language]) -> str:
    if not missing:
        return ""
    return f"; {names(missing)} {'is' if len(missing) == 1 else 'are'} missing"


def _where(files: Sequence[File], total: int) -> str:
    if len(files) == total:
        return f"in {_all(total)}"
    shown = [place(file) for file in nsmallest(_SHOWN, files, key=reading_order)]
    if len(files) > _SHOWN:
        shown.append(f"{len(files) - _SHOWN} more")
    return f"in {len(files)} of {total} files ({_listed(shown)})"


def _all(files: int) -> str:
    return "the only file" if files == 1 else f"all {files} files"


def _assumed(assumed: int, files: int) -> str:
    if not assumed:
        return ""
    return " (assumed)" if assumed == files else f" (assumed in {assumed})"


def _listed(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
