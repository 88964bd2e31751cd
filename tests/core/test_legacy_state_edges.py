"""`taggarr.json` of items and files of which little is known."""

import pytest

from taggarr.core.language import Language
from taggarr.core.legacy_state import StoredItem, legacy_state
from taggarr.core.media import ArrAudio, AudioTrack, Cause, File, Heard, Item, Kind, Reading, Stat, Unreadable
from taggarr.core.policy import ExtraLanguages, Policy, Untagged
from taggarr.core.record import ItemRecord
from taggarr.core.selection import KnownFile

EN = Policy((Language("en"),))
BOTH = Heard((AudioTrack(1, "jpn"), AudioTrack(2, "eng")), "matroska")
THREE = Heard((AudioTrack(1, "jpn"), AudioTrack(2, "eng"), AudioTrack(3, "deu")), "matroska")
UNLABELLED = Heard((AudioTrack(1),), "matroska")


def item(record: ItemRecord, reading: Reading | None, size_bytes: int, policy: Policy) -> StoredItem:
    file = File(1, "/tv/Show/S01E01.mkv", "S01E01.mkv", 100, 1, (1,), ArrAudio(("eng",), 1))
    stat = None if reading is None else Stat(size_bytes, 0)
    return StoredItem(record, [KnownFile(file, file.path, stat, reading)], policy)


def record(name: str = "Show", **values: object) -> ItemRecord:
    show = Item("tv", Kind.SERIES, 1, name, f"/tv/{name}", original="Japanese")
    return ItemRecord(show, f"/tv/{name}", **{"original": "ja", "verdict": "dub", **values})  # type: ignore[arg-type]  # any field


def season(
    reading: Reading | None, size_bytes: int = 100, policy: Policy = EN, **values: object
) -> dict[str, object]:
    state = legacy_state([item(record(**values), reading, size_bytes, policy)], None)
    (found,) = state["series"]["/tv/Show"]["seasons"].values()
    return dict(found)


def test_item_without_a_verdict_does_not_end_the_list():
    """What was never judged is left out, what comes after it is not."""
    items = [
        item(record(name, verdict=verdict), BOTH, 100, EN) for name, verdict in (("A", None), ("B", "dub"))
    ]
    assert list(legacy_state(items, None)["series"]) == ["/tv/B"]


def test_original_is_the_arrs_where_none_was_kept():
    """An item that was kept without its original language has the arr's."""
    assert season(BOTH, original=None)["original_dub"] == ["E01"]


def test_sampled_season_without_a_reading_is_unknown():
    """Quick mode has read nothing of it."""
    found = season(None, sampled=True)
    assert (found["episodes"], found["status"]) == (0, "unknown")


@pytest.mark.parametrize(("size_bytes", "status"), [(100, "fully-dub"), (200, "unknown")])
def test_arr_data_stand_only_for_the_file_on_the_disk(size_bytes: int, status: str):
    """Where no reader knows the format, the arr's data do, unless they are of another file."""
    odd = Unreadable("no reader knows it", Cause.FORMAT)
    assert season(odd, size_bytes)["status"] == status


@pytest.mark.parametrize(
    ("reading", "policy", "dub"),
    [
        (UNLABELLED, Policy(EN.targets, untagged=Untagged.UNKNOWN), []),
        (THREE, Policy(EN.targets, extra_languages=ExtraLanguages.FLAG), ["E01:en"]),
    ],
)
def test_dub_lists_what_is_heard(reading: Reading, policy: Policy, dub: list[str]):
    """A wrong dub may hear a target, too; where no language is known, none is heard."""
    assert season(reading, policy=policy)["dub"] == dub
