"""Items, files and NFO files: kept, found again, and forgotten."""

import tracemalloc
from dataclasses import replace

import pytest
from sqlalchemy import text

from taggarr.core.errors import StoreError
from taggarr.core.media import ArrAudio, AudioTrack, Cause, File, Heard, Item, Kind, Season, Stat, Unreadable
from taggarr.core.plan import Held, NfoState, Undone
from taggarr.core.record import Batch, ItemRecord, NfoRecord
from taggarr.core.selection import KnownFile
from taggarr.store.db import Database
from taggarr.store.instances import InstanceAddress, register
from taggarr.store.items import InstanceMemory

HEARD = Heard((AudioTrack(1, "jpn"), AudioTrack(2, "eng", title="English 5.1", default=True)), "matroska")

FULL = ItemRecord(
    item=Item(
        "tv",
        Kind.SERIES,
        7,
        "Frieren",
        "/tv/Frieren",
        root="/tv",
        year=2023,
        original="Japanese",
        monitored=False,
        series_type="anime",
        genres=("Drama", "Animation"),
        tags=("dub", "seen"),
        seasons=(Season(0, monitored=False), Season(1)),
        fingerprint="/tv/Frieren|28|1000",
    ),
    local="/media/tv/Frieren",
    original="ja",
    verdict="semi-dub",
    rule=3,
    reason="2 of 28 files",
    label="semi-dub",
    sampled=True,
    full_label="dub",
    languages=("ja", "en"),
    missing=("de",),
    foreign=("fr",),
    problem="a file is damaged",
    undone=Undone("dub", 2, "dub", 5),
    file_count=28,
    held=Held("dub", 7),
)


def record(number: int, title: str = "Show") -> ItemRecord:
    return ItemRecord(item=Item("tv", Kind.SERIES, number, title, f"/tv/{number}"), local=f"/tv/{number}")


def known(number: int, name: str = "a.mkv") -> KnownFile:
    return KnownFile(File(number, f"/tv/{name}", name, 1))


def nfo(path: str, item_id: int, problem: str | None = None) -> NfoRecord:
    return NfoRecord(item_id, NfoState(path), None, problem)


def ids(found) -> dict[int, list[int]]:
    return {item_id: [one.file.id for one in files] for item_id, files in found.items()}


@pytest.mark.parametrize("one", [FULL, record(1)], ids=["everything", "nothing"])
def test_an_item_comes_back(memory: InstanceMemory, one: ItemRecord):
    """An item is read as it was written, with all that is known of it, and with nothing."""
    memory.save(Batch(records=(one,)))
    assert memory.records() == {one.item.id: one}


def test_an_item_is_kept_without_its_files(memory: InstanceMemory):
    """The files that an arr lists with a movie are rows of their own."""
    movie = replace(FULL, item=replace(FULL.item, files=(File(1, "/a", "a", 1),)))
    memory.save(Batch(records=(movie,)))
    assert memory.records() == {7: FULL}


@pytest.mark.parametrize(
    "one",
    [
        KnownFile(
            File(1, "/tv/a.mkv", "a.mkv", 5, 1, (1, 2), ArrAudio(("jpn", "eng"), 2)),
            "/media/tv/a.mkv",
            Stat(5, 1_700_000_000_000_000_001),
            HEARD,
        ),
        KnownFile(File(2, "/tv/b.mkv", "b.mkv", 2**62, 0)),
        KnownFile(File(3, "/tv/c.mkv", "c.mkv", 0), "/c", Stat(0, 0), Unreadable("empty", Cause.DAMAGED)),
        KnownFile(File(4, "/tv/d.mkv", "d.mkv", 1), "/d", Stat(1, 15 * 10**18), HEARD),
        KnownFile(File(5, "/tv/e.mkv", "e.mkv", 1), "/e", Stat(1, -(10**18)), HEARD),
    ],
    ids=["everything", "never read", "unreadable", "dated 2445", "dated 1938"],
)
def test_a_file_comes_back(memory: InstanceMemory, one: KnownFile):
    """A file is read as it was written, whatever is known of it and whenever it is dated."""
    memory.save(Batch(files=((7, one),)))
    assert memory.files([7]) == {7: [one]}


@pytest.mark.parametrize(
    "one",
    [
        NfoRecord(7, NfoState("/tv/a.nfo", ("dub", "Ünïcode"), ("Dub",), genre_ours=True), Stat(9, 10**19)),
        NfoRecord(7, NfoState("/tv/b.nfo"), None, "it has a DOCTYPE"),
    ],
)
def test_an_nfo_comes_back(memory: InstanceMemory, one: NfoRecord):
    """An NFO file is read as it was written."""
    memory.save(Batch(nfos=(one,)))
    assert memory.nfos([7]) == {7: [one]}


def test_what_is_saved_again_replaces(memory: InstanceMemory):
    """Saving an item, a file or an NFO file again keeps the later state."""
    memory.save(Batch(((1, known(10)),), (record(1, "Old"),), (nfo("/a.nfo", 1),)))
    memory.save(Batch(((1, known(10, "b.mkv")),), (record(1, "New"),), (nfo("/a.nfo", 2, "broken"),)))
    assert memory.records() == {1: record(1, "New")}
    assert memory.files([1, 2]) == {1: [known(10, "b.mkv")]}
    assert memory.nfos([1, 2]) == {2: [nfo("/a.nfo", 2, "broken")]}


def test_an_item_keeps_its_file_when_another_gets_the_id(memory: InstanceMemory):
    """Ids of files are told apart by item, in writing and in dropping: a restored arr gives them anew."""
    memory.save(Batch(((1, known(10, "a.mkv")), (2, known(20, "b.mkv")))))
    memory.save(Batch(((2, known(10, "c.mkv")),), gone_files=((2, 20), (1, 20))))
    assert memory.files([1, 2]) == {1: [known(10, "a.mkv")], 2: [known(10, "c.mkv")]}
    memory.save(Batch(gone_files=((2, 10),)))
    assert memory.files([1, 2]) == {1: [known(10, "a.mkv")]}


def test_files_and_nfos_are_dropped_with_a_batch(memory: InstanceMemory):
    """What is gone is dropped; what a batch drops and writes is there afterwards."""
    memory.save(
        Batch(files=tuple((1, known(n, f"{n}.mkv")) for n in range(1, 5)), nfos=(nfo("/a", 1), nfo("/b", 1)))
    )
    memory.save(
        Batch(files=((1, known(2, "2.mkv")),), gone_files=((1, 1), (1, 2), (1, 99)), gone_nfos=("/a", "/z"))
    )
    assert ids(memory.files([1])) == {1: [2, 3, 4]}
    assert memory.nfos([1]) == {1: [nfo("/b", 1)]}


def test_a_batch_is_kept_wholly_or_not_at_all(memory: InstanceMemory):
    """Where one row of a batch cannot be written, none is, and what it drops stays."""
    memory.save(Batch(files=((1, known(1)),)))
    unstorable = replace(record(1), reason="\ud800")
    with pytest.raises(StoreError, match="could not be kept"):
        memory.save(Batch(files=((1, known(2)),), records=(unstorable,), gone_files=((1, 1),)))
    assert ids(memory.files([1])) == {1: [1]}
    assert memory.records() == {}


def test_files_come_by_item_in_the_order_of_their_paths(memory: InstanceMemory):
    """Files are grouped by item and ordered by path; an item without files has no entry."""
    rows = ((2, known(1, "b.mkv")), (1, known(2, "c.mkv")), (2, known(3, "a.mkv")), (3, known(4)))
    memory.save(Batch(files=rows))
    assert ids(memory.files([2, 1, 2, 9])) == {2: [3, 1], 1: [2]}
    assert memory.files([]) == {}
    assert memory.nfos([1]) == {}


def test_more_items_than_a_statement_has_variables(memory: InstanceMemory, few_variables: int):
    """Files and NFO files of any number of items are found, dropped and forgotten; doubles do not count."""
    last = few_variables * 2
    many = [*range(1, last + 1), 1]
    memory.save(Batch(((1, known(1)), (last, known(2))), nfos=(nfo("/a", 1), nfo("/b", last))))
    assert ids(memory.files(many)) == {1: [1], last: [2]}
    assert memory.nfos(many) == {1: [nfo("/a", 1)], last: [nfo("/b", last)]}
    memory.save(Batch(gone_files=tuple((1, n) for n in many), gone_nfos=("/a", *map(str, many))))
    assert ids(memory.files(many)) == {last: [2]}
    memory.forget(many)
    assert memory.files(many) == {}
    assert memory.nfos(many) == {}


def test_instances_do_not_see_each_other(database: Database, memory: InstanceMemory):
    """The same arr ids in two instances are different things, in reading, writing and forgetting."""
    numbers = register(
        database,
        [
            InstanceAddress("tv", "sonarr", "http://tv:8989"),
            InstanceAddress("anime", "sonarr", "http://anime"),
        ],
    )
    other = InstanceMemory(database, numbers["anime"], "anime")
    memory.save(Batch(((1, known(1)),), (record(1),), (nfo("/a", 1),)))
    assert (other.records(), other.files([1]), other.nfos([1])) == ({}, {}, {})
    other.save(Batch(((1, known(1, "x.mkv")),), (record(1, "Other"),), (nfo("/b", 1),), (), ("/a",)))
    other.forget([1])
    assert memory.records() == {1: record(1)}
    assert memory.files([1]) == {1: [known(1)]}
    assert memory.nfos([1]) == {1: [nfo("/a", 1)]}


def test_a_renamed_instance_keeps_its_items_under_its_new_name(database: Database, instance_id: int):
    """Items carry the name that their instance has now."""
    InstanceMemory(database, instance_id, "tv").save(Batch(records=(record(1),)))
    [found] = InstanceMemory(database, instance_id, "series").records().values()
    assert found.item.instance == "series"


def test_forgetting_drops_everything_of_an_item(memory: InstanceMemory):
    """A forgotten item takes its files and NFO files along; others stay."""
    for number in (1, 2):
        memory.save(Batch(((number, known(number)),), (record(number),), (nfo(f"/{number}", number),)))
    memory.forget([1])
    assert list(memory.records()) == [2]
    assert ids(memory.files([1, 2])) == {2: [2]}
    assert memory.nfos([1, 2]) == {2: [nfo("/2", 2)]}


def test_forgetting_drops_the_files_that_a_cut_off_scan_left(memory: InstanceMemory):
    """Files whose item was never judged are kept for the next scan, and go when items are forgotten."""
    memory.save(Batch(files=((1, known(1)), (2, known(2))), records=(record(1),)))
    assert ids(memory.files([1, 2])) == {1: [1], 2: [2]}
    memory.forget([])
    assert ids(memory.files([1, 2])) == {1: [1]}


def test_a_row_that_cannot_be_read_back_is_named(database: Database, memory: InstanceMemory):
    """A row that somebody spoilt is an error of the store with the way back, not a crash."""
    memory.save(Batch(((1, known(1)),), (record(1),)))
    with database.write() as connection:
        connection.execute(text("UPDATE items SET listed = '{}'"))
        connection.execute(text("UPDATE files SET reading = 'x'"))
    with pytest.raises(StoreError, match=r"could not be kept or read back .*: put the newest backup"):
        memory.records()
    with pytest.raises(StoreError, match="could not be kept or read back"):
        memory.files([1])


def test_a_path_that_is_none_is_named(database: Database, memory: InstanceMemory):
    """Where our genre stands is asked of all NFO files at once."""
    memory.save(Batch(nfos=(NfoRecord(1, NfoState("/tv/A/tvshow.nfo", genre_ours=True)),)))
    with database.write() as connection:
        connection.execute(text("UPDATE nfos SET path = x'00'"))
    with pytest.raises(StoreError, match="could not be kept or read back"):
        memory.genres_ours()


def test_many_files_are_light(memory: InstanceMemory):
    """Files cost below 1.2 kB each, so 50,000 at once are below 60 MB: equal readings are one object."""
    count = 5_000
    rows = (
        (
            number // 25,
            KnownFile(
                File(
                    number,
                    f"/tv/Show {number // 25}/Season 01/E{number}.mkv",
                    f"Season 01/E{number}.mkv",
                    number,
                ),
                f"/media/tv/Show {number // 25}/Season 01/E{number}.mkv",
                Stat(number, number),
                HEARD,
            ),
        )
        for number in range(count)
    )
    memory.save(Batch(files=tuple(rows)))
    tracemalloc.start()
    found = memory.files(range(count))
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sum(len(files) for files in found.values()) == count
    assert len({id(one.reading) for files in found.values() for one in files}) == 1
    assert used < count * 1200


def test_a_genre_that_is_ours_outlives_its_title_and_its_instance(database: Database, memory: InstanceMemory):
    """Forgotten with their titles are the NFO files without it; the next writer knows of the others and takes them."""
    addresses = [InstanceAddress(name, "sonarr", f"http://{name}") for name in ("tv", "anime")]
    other = InstanceMemory(database, register(database, addresses)["anime"], "anime")
    ours = [NfoRecord(1, NfoState(path, genres=("Dub",), genre_ours=True)) for path in ("/a", "/b")]
    memory.save(Batch(records=(record(1),), nfos=(*ours, nfo("/c", 1))))
    memory.forget([1])
    assert memory.nfos([1]) == {1: ours}
    assert memory.genres_ours() == other.genres_ours() == {"/a", "/b"}
    other.save(Batch(nfos=(nfo("/a", 7),), taken_nfos=("/a", "/b")))
    assert (memory.nfos([1]), other.nfos([7])) == ({}, {7: [nfo("/a", 7)]})
    assert memory.genres_ours() == frozenset()
