"""The arr's audio data beside the file's own."""

import pytest

from taggarr.core.disagreement import disagreement
from taggarr.core.media import ARR, ArrAudio, AudioTrack, Cause, Heard, Unreadable


def heard(*languages: str | None, source: str = "matroska") -> Heard:
    return Heard(tuple(AudioTrack(n, language) for n, language in enumerate(languages, start=1)), source)


@pytest.mark.parametrize(
    ("listed", "count", "reading", "sentence"),
    [
        (("jpn", "eng"), 2, heard("jpn", "eng"), None),
        (("eng", "jpn"), 2, heard("jpn", "eng"), None),
        (("jpn",), 1, heard("jpn", "eng"), "the arr lists Japanese, the file has Japanese and English"),
        (
            ("jpn", "eng"),
            2,
            heard("jpn", "ger"),
            "the arr lists Japanese and English, the file has Japanese and German",
        ),
        (("jpn", "eng"), 2, heard("jpn"), "the arr lists Japanese and English, the file has Japanese"),
        (("jpn",), 2, heard("jpn", None), None),
        (("jpn", "und"), 2, heard("jpn", "und"), None),
        (("jpn", "jpn"), 2, heard("jpn", "jpn"), None),
        (("jpn",), 1, heard("jpn", "jpn"), "the arr counts 1 audio track, the file has 2 audio tracks"),
        ((), 0, heard(), None),
        ((), 0, heard("und"), "the arr counts 0 audio tracks, the file has 1 audio track"),
        ((), 1, heard("jpn"), "the arr lists no language, the file has Japanese"),
        (("jpn",), 1, heard(None), "the arr lists Japanese, the file has no language"),
        (("zho",), 1, heard("yue"), None),
        (("por",), 1, heard("pt-BR"), None),
        (("srp",), 1, heard("hbs"), None),
        (("por",), 2, heard("pt-BR", "pt-BR"), None),
        (
            ("ger", "deu"),
            2,
            heard("pt-BR", "pt-BR"),
            "the arr lists German, the file has Portuguese (Brazil)",
        ),
        (("jpn",), 1, heard("eng", source=ARR), None),
        (("jpn",), 1, Unreadable("broken", Cause.DAMAGED), None),
        (("jpn",), 1, None, None),
    ],
)
def test_where_arr_and_file_disagree(
    listed: tuple[str, ...], count: int, reading: Heard | Unreadable | None, sentence: str | None
) -> None:
    """Languages first, then the number of tracks; what was not read disagrees with nobody."""
    assert disagreement(ArrAudio(listed, count), reading) == sentence


def test_the_newer_code_of_a_track_is_what_it_states() -> None:
    """The BCP 47 tag wins, as it does in judging."""
    reading = Heard((AudioTrack(1, "mul", bcp47="ko"),), "matroska")
    assert disagreement(ArrAudio(("kor",), 1), reading) is None


def test_without_arr_data_nobody_disagrees() -> None:
    """The arr may not have looked at the file yet."""
    assert disagreement(None, heard("jpn")) is None
