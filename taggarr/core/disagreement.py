"""Where the arr's own audio data say something else than the file."""

from taggarr.core import wording
from taggarr.core.language import Language, parse, same_original
from taggarr.core.media import ARR, ArrAudio, Heard, Reading


def disagreement(audio: ArrAudio | None, reading: Reading | None) -> str | None:
    """What the arr lists for a file and what the file says of itself, as a sentence; None where they agree.

    Only languages that tracks state are compared, regions and members aside: the arr leaves unlabelled tracks
    out, and knows nothing of titles. It says nothing where the file was not read.
    """
    if audio is None or not isinstance(reading, Heard) or reading.source == ARR:
        return None
    listed = _languages(*audio.languages)
    stated = _languages(*(track.bcp47 or track.language for track in reading.tracks))
    if not (_covers(listed, stated) and _covers(stated, listed)):
        return f"the arr lists {_names(listed)}, the file has {_names(stated)}"
    if audio.stream_count != len(reading.tracks):
        return f"the arr counts {_tracks(audio.stream_count)}, the file has {_tracks(len(reading.tracks))}"
    return None


def _languages(*codes: str | None) -> list[Language]:
    found = (parse(code) for code in codes)
    return list(dict.fromkeys(language for language in found if isinstance(language, Language)))


def _covers(ours: list[Language], theirs: list[Language]) -> bool:
    return all(any(same_original(one, other) for one in ours) for other in theirs)


def _names(languages: list[Language]) -> str:
    return wording.names(languages) or "no language"


def _tracks(count: int) -> str:
    return "1 audio track" if count == 1 else f"{count} audio tracks"
