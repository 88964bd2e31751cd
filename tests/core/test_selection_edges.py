"""Which of two known files is meant, and the order in which a season is sampled."""

from taggarr.core import selection
from taggarr.core.language import parse
from taggarr.core.media import ARR, ArrAudio, File, Heard, Item, Kind, Stat
from taggarr.core.policy import Policy
from taggarr.core.selection import KnownFile, KnownFiles

POLICY = Policy(targets=(parse("en"),))
STAT = Stat(1000, 5)


def file(number: int, name: str, *episodes: int, audio: ArrAudio | None = None) -> File:
    return File(number, f"/tv/Show/{name}", name, 1000, 1, episodes, audio)


def test_id_means_a_file_where_it_agrees_with_the_disk():
    """After a swap of names the id tells, as long as size and time are those that it was known with."""
    by_id = KnownFile(file(1, "a.mkv"), stat=STAT)
    by_path = KnownFile(file(2, "b.mkv"), stat=STAT)
    assert KnownFiles([by_id, by_path]).of(file(1, "b.mkv"), STAT) is by_id


def test_id_means_a_file_where_the_disk_is_not_asked():
    """Without a stat the path decides only for an id that is new."""
    by_id = KnownFile(file(1, "a.mkv"), stat=STAT)
    never_read = KnownFile(file(2, "b.mkv"))
    known = KnownFiles([by_id, never_read])
    assert known.of(file(1, "b.mkv")) is by_id
    assert known.of(file(3, "b.mkv")) is never_read


def test_season_is_sampled_by_episode_before_name():
    """The number in the name decides, and names order only what has none."""
    item = Item("tv", Kind.SERIES, 1, "Show", "/tv/Show")
    second, first, extra = file(1, "a - 2.mkv", 2), file(2, "b - 1.mkv", 1), file(3, "0 extra.mkv")
    assert selection.sample(item, [second, extra, first], POLICY, {}) == [first]
    assert selection.sample(item, [second, extra], POLICY, {}) == [second]
    assert selection.sample(item, [file(4, "z.mkv"), extra], POLICY, {}) == [extra]


def test_no_audio_by_the_arr_is_heard_from_the_arr():
    """A count of 0 is a reading like any other of the arr's."""
    assert selection.heard_by_arr(file(1, "a.mkv", audio=ArrAudio(("eng",), 0))) == Heard((), ARR)
