"""`taggarr explain`: verdict, evidence, rule, planned change, and what became of the last one."""

import contextlib
import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from taggarr.cli.explain_text import print_answer
from taggarr.cli.rule_words import FILE_RULES, ITEM_RULES
from taggarr.core.record import Action, Intent, Outcome, Result, Target
from taggarr.scan.unkept import UnkeptJournal
from taggarr.simulator.collection import audio
from taggarr.simulator.media import Track
from taggarr.store.lock import scanner


def lines_of(result):
    return [" ".join(line.split()) for line in result.out.splitlines()]


def test_the_whole_answer_for_people(scanned):
    """Title, verdict with its rule in words, who says what, seasons, plan, last change, deciding file."""
    result = scanned.run("explain", "half")
    assert (result.code, result.err) == (0, "")
    lines = lines_of(result)
    assert lines[:3] == [
        "Half (2020): series 2 of tv",
        "verdict ◐ semi-dub: English is missing in 1 of 2 files (S01E02)",
        "rule 3 any finding is semi-dub, or dub and original both occur",
    ]
    for line in (
        "original Japanese (Sonarr says so)",
        "targets English (config.yaml:1)",
        "policy as built in",
        f"folder {scanned.folder}/tv/Half",
        "Specials ▲ wrong-dub (1 file, does not count)",
        "season 1 ◐ semi-dub (2 files)",
        "tags now semi-dub",
        "a scan would change nothing: everything is as it should be",
        "finding ○ original: Japanese is heard, which is the original; English is",
        "rule 8 the original is heard",
        "read by matroska",
        "1 Japanese yes the file says “jpn” jpn, A_AAC, 2 channels, default",
        "… and 2 more files (--all shows them)",
    ):
        assert line in lines
    assert any(
        line.startswith("last change add tag semi-dub at 20") and line.endswith("applied") for line in lines
    )
    assert any(line.startswith("S01E02 /") for line in lines)
    assert not any(line.startswith(("S01E01", "S00E01")) for line in lines)
    assert max(map(len, result.out.splitlines())) <= 80 + len(str(scanned.folder))


def test_a_track_that_does_not_count_says_why(scanned):
    """The commentary trap: English is there, and does not count."""
    lines = lines_of(scanned.run("explain", "Original"))
    row = next(line for line in lines if line.startswith("2 English no not counted: commentary"))
    assert "eng, “Commentary”," in row


def test_every_fact_of_a_track_is_shown(place):
    """What it is taken for, and all that its container states, for people and for programs."""
    facts = {"title": "All", "channels": 6, "default": True, "original": True, "commentary": True}
    facts |= {"visual_impaired": True, "hearing_impaired": True, "forced": True, "enabled": False}
    place.collection.movie("Film", [Track("audio", None), Track("audio", "jpn", bcp47="ja-JP", **facts)])
    place.collection.movie("Dubbed", [Track("audio", "ger", dub=True)], name="Dubbed.mp4")
    (item,) = place.run("explain", "Film", "--json").json["items"]
    first, track = item["files"][0]["tracks"]
    assert (first["language"], first["languageSource"]) == ("eng", "default")
    assert track == track | {
        "position": 2,
        "language": "jpn",
        "bcp47": "ja-JP",
        "languageSource": "stated",
        "title": "All",
        "codec": "A_AAC",
        "channels": 6,
        "default": True,
        "original": True,
        "commentary": True,
        "visualImpaired": True,
        "hearingImpaired": True,
        "forced": True,
        "enabled": False,
        "dub": None,
    }
    (dubbed,) = place.run("explain", "Dubbed", "--json").json["items"]
    assert dubbed["files"][0]["tracks"][0]["dub"] is True
    shown = place.run("explain", "Film").out
    for words in ("eng (not stated),", "ja-JP / jpn,", "“All”,", "A_AAC,", "6 channels,"):
        assert words in " ".join(shown.split())
    for flag in ("default", "original", "commentary", "for the blind", "for the deaf", "forced", "disabled"):
        assert all(word in shown for word in flag.split())
    assert "dub" in place.run("explain", "Dubbed").out.partition("As stated")[2]


def test_unknown_says_why_and_plans_nothing(scanned):
    """What is not known changes no tag."""
    lines = lines_of(scanned.run("explain", "Broken"))
    assert "verdict ? unknown: not known in the only file: its first header is" in lines
    assert "rule 4 any finding is unknown" in lines
    assert "a scan would change nothing: what is not known changes no tag" in lines
    assert "last change none" in lines


def test_a_path_to_a_file_shows_that_file(scanned):
    """Also one that does not count."""
    path = scanned.folder / "tv" / "Half" / "Specials" / "Half - S00E01.mkv"
    lines = lines_of(scanned.run("explain", path))
    assert "finding ▲ wrong-dub: German is heard; English is missing; this season does" in lines
    assert not any(line.startswith("S01E0") for line in lines)


def test_several_items_are_each_shown_briefly(scanned):
    """A title of two instances: both, and how to choose; an instance by name is one of them."""
    result = scanned.run("explain", "bebop")
    lines = lines_of(result)
    assert result.code == 0
    assert "Bebop (2020): series 1 of tv" in lines
    assert "Bebop (2020): movie 2 of films" in lines
    assert (
        "Several titles are meant: name one by its folder, or choose with --instances; --json shows all."
        in lines
    )
    assert not any(line.startswith("policy") for line in lines)
    only = lines_of(scanned.run("explain", "bebop", "-i", "films"))
    assert only[0] == "Bebop (2020): movie 2 of films"
    assert any(line.startswith("policy") for line in only)


def test_json_carries_everything(scanned):
    """The same facts, camelCase, with every file and track."""
    answer = scanned.run("explain", "half", "--json").json
    assert list(answer) == ["query", "items", "remembered", "near", "errors", "notes"]
    (item,) = answer["items"]
    assert {key: item[key] for key in ("instance", "kind", "id", "title", "verdict", "rule", "label")} == {
        "instance": "tv",
        "kind": "series",
        "id": 2,
        "title": "Half",
        "verdict": "semi-dub",
        "rule": 3,
        "label": "semi-dub",
    }
    assert (item["original"], item["originalName"], item["targets"]) == ("ja", "Japanese", ["en"])
    assert item["policy"]["targetLanguages"] == ["en"]
    assert item["policy"]["tags"] == {
        "dub": "dub",
        "semi": "semi-dub",
        "wrong": "wrong-dub",
        "original": None,
    }
    assert item["policy"]["unmonitoredSeasons"] == "include"
    assert item["policy"]["exclude"]["seriesTypes"] == []
    assert item["seasons"] == [
        {"number": 0, "verdict": "wrong-dub", "files": 1, "counted": False},
        {"number": 1, "verdict": "semi-dub", "files": 2, "counted": True},
    ]
    assert [(file["episodes"], file["counted"], file["verdict"], file["rule"]) for file in item["files"]] == [
        ([1], False, "wrong-dub", 7),
        ([1], True, "dub", 5),
        ([2], True, "original", 8),
    ]
    track = item["files"][1]["tracks"][1]
    assert (track["language"], track["takenFor"], track["counted"], track["evidence"], track["note"]) == (
        "eng",
        "en",
        True,
        "stated",
        "the file says “eng”",
    )
    assert item["plan"] == {"tags": [], "nfos": [], "rest": None, "reason": None}
    (last,) = item["lastChanges"]
    assert (last["action"], last["name"], last["result"]) == ("add", "semi-dub", "applied")


def test_nothing_found_offers_what_is_near(scanned):
    """Exit code 2, and titles that may have been meant."""
    result = scanned.run("explain", "Bebob")
    assert (result.code, result.out) == (2, "")
    assert (
        result.err == "taggarr: no title, path or id of the chosen instances is 'Bebob'; near: Bebop (2020)\n"
    )
    answer = scanned.run("explain", "Bebob", "--json")
    assert (answer.code, answer.json["near"], answer.json["items"]) == (2, ["Bebop (2020)"], [])


def test_nothing_found_says_who_was_not_asked(place):
    """An instance that is turned off may be where it is."""
    place.configure(films=", enabled: false")
    result = place.run("explain", "Film")
    assert result.code == 2
    assert result.err.endswith("is 'Film' (not asked: films)\n")
    assert place.radarr.log.entries == []


def test_before_the_first_scan_it_looks_and_leaves_no_trace(place):
    """The plan is that of the coming scan; no tag, no NFO, no scan and no reading is written."""
    nfo = "<tvshow>\n  <title>Bebop</title>\n</tvshow>\n"
    place.fill()
    place.configure("target_languages: [en], add_tag_to_genre: true")
    lines = lines_of(place.run("explain", "bebop", "-i", "tv"))
    assert "a scan would add the tag dub" in lines
    path = place.folder / "tv" / "Bebop" / "tvshow.nfo"
    assert "tvshow.nfo: +dub, +genre Dub" in place.run("explain", "bebop", "-i", "tv").out.replace(
        "\n" + 16 * " ", ""
    )
    nfos = place.run("explain", "bebop", "-i", "tv", "--json").json["items"][0]["plan"]["nfos"]
    assert nfos == [
        {"path": str(path), "addTags": ["dub"], "removeTags": [], "addGenres": ["Dub"], "removeGenres": []}
    ]
    answer = place.run("explain", "wrong", "--json").json
    assert answer["items"][0]["plan"]["tags"] == [
        {"label": "wrong-dub", "action": "add"},
        {"label": "dub", "action": "remove"},
    ]
    assert (place.sonarr.log.writes, path.read_text()) == ([], nfo)
    assert place.run("history", "--json").json == []
    assert place.run("export").json == []
    first = place.run("scan", "--json").json
    assert (first["scan"], first["instances"]["tv"]["filesRead"]) == (1, 8)


def test_it_works_beside_a_scan_and_settles_nothing_of_it(place):
    """The folder is in use, and a change of that scan is on its way: explain leaves both alone."""
    place.collection.movie("Film", audio("jpn", "eng"))
    place.run("scan")
    with contextlib.closing(sqlite3.connect(place.data / "taggarr.db")) as database, database:
        database.execute("DELETE FROM outcomes")
    with scanner(place.data, "taggarr scan"):
        assert "not known yet" in place.run("explain", "Film").out
    assert "not known yet" in place.run("history").out
    (change,) = place.run("history", "--json").json
    assert (change["name"], change["result"], change["settledAt"]) == ("dub", None, None)


def test_a_preview_that_would_change_something_is_a_defect():
    """What looks only may neither send nor settle a change: that fails loudly."""
    journal = UnkeptJournal()
    assert (journal.intend([]), journal.settle([]), journal.unsettled()) == ([], None, [])
    with pytest.raises(AssertionError, match="sends no change"):
        journal.intend([Intent(1, "Film", Target.TAG, Action.ADD, "dub", (), ("dub",), "dub", "")])
    with pytest.raises(AssertionError, match="settles no change"):
        journal.settle([Outcome(1, Result.APPLIED)])


def test_the_profile_in_force_is_named(place):
    """The values are those of the profile, by its name."""
    more = "profiles:\n  anime: {match: {series_types: [anime]}, target_languages: [de], specials: include}\n"
    place.configure(more=more)
    place.collection.series("Show", {"Season 01/S01E01.mkv": audio("jpn", "ger")}, series_type="anime")
    lines = lines_of(place.run("explain", "Show"))
    assert "targets German (config.yaml:6, profile anime)" in lines
    start = lines.index("policy profile anime")
    assert lines[start + 1] == "specials: include (config.yaml:6, profile anime)"
    item = place.run("explain", "Show", "--json").json["items"][0]
    assert (item["profile"], item["policy"]["specials"]) == ("anime", "include")


@pytest.mark.parametrize(
    ("defaults", "tv", "reason"),
    [
        ("target_languages: [en], exclude: {titles: [Show]}", "", "its title is “Show”"),
        ("target_languages: [en]", ", root_path: {folder}/elsewhere", "is in none of the configured roots"),
    ],
)
def test_what_is_left_out_says_why(place, defaults, tv, reason):
    """An excluded title, and one outside of the roots: no verdict, the reason, and nothing planned."""
    (place.folder / "elsewhere").mkdir()
    place.configure(defaults, tv=tv.format(folder=place.folder))
    place.collection.series("Show", {"Season 01/S01E01.mkv": audio("jpn", "eng")}, tags=["dub"])
    result = place.run("explain", "Show")
    assert result.code == 0
    assert "a scan would leave it alone, with the tags that it has" in lines_of(result)
    item = place.run("explain", "Show", "--json").json["items"][0]
    assert (item["verdict"], item["rule"], item["files"]) == (None, None, [])
    assert reason in item["excluded"]


def test_a_dry_run_in_the_configuration_is_told(place):
    """A scan would only show the plan."""
    place.configure("target_languages: [en], dry_run: true")
    place.collection.movie("Film", audio("jpn", "eng"), original="Unknown")
    lines = lines_of(place.run("explain", "Film"))
    start = lines.index("a scan would add the tag dub")
    assert " ".join(lines[start + 1 : start + 3]) == (
        "only show this: the configuration says dry_run: true (config.yaml:1)"
    )
    assert "policy dry_run: true (config.yaml:1)" in lines
    assert "original not known (Radarr says “Unknown”)" in lines


def test_quick_mode_tells_what_was_not_read(place):
    """Files that the sample left out have no finding."""
    place.configure("target_languages: [en], quick_mode: true")
    place.collection.series("Show", {f"Season 01/S01E0{n}.mkv": audio("jpn", "eng") for n in (1, 2)})
    item = place.run("explain", "Show", "--json").json["items"][0]
    assert item["sampled"] is True
    assert [(file["verdict"], file["reason"]) for file in item["files"]] == [
        ("dub", "Japanese and English are heard"),
        (None, "quick mode reads one file of each season"),
    ]
    assert place.run("explain", place.folder / "tv" / "Show" / "Season 01" / "S01E02.mkv").code == 0


def test_an_assumed_file_is_shown_first(place):
    """Where a dub rests on something assumed, those files are what a person wants to see."""
    episodes = {"Season 01/S01E01.mkv": audio("jpn", "eng"), "Season 01/S01E02.mp4": audio("und", "eng")}
    place.configure("target_languages: [en, ja]")
    place.collection.series("Show", episodes)
    lines = lines_of(place.run("explain", "Show"))
    assert any(line.startswith("S01E0") for line in lines)


def test_a_parked_label_says_so(place):
    """A label that the arr keeps undoing: the plan rests, with the likely cause."""
    place.collection.movie("Film", audio("jpn", "eng"))
    for _ in range(4):
        result = place.run("scan")
        place.radarr.set_tags(1, [])
    assert "films: Film: the arr undid our change of the tag “dub” in 3 scans running" in result.err
    item = place.run("explain", "Film", "--json").json["items"][0]
    assert item["plan"]["rest"] == "parked"
    assert "change nothing: the arr undid our change of" in place.run("explain", "Film").out


def test_an_arr_that_cannot_be_asked_leaves_what_is_stored(place):
    """The last scan's verdict and last change, the reason of the failure, exit code 1."""
    place.fill()
    place.run("scan")
    place.sonarr.api_key = "changed"
    result = place.run("explain", "Half")
    answer = place.run("explain", "Half", "--json")
    unheard_of = place.run("explain", "Nothing")
    lines = lines_of(result)
    assert result.code == 1
    assert lines[:2] == [
        "Half (2020): series 2 of tv, as the last scan saw it",
        "verdict ◐ semi-dub: English is missing in 1 of 2 files (S01E02)",
    ]
    assert "refuses the API key (401): copy it from Sonarr > Settings > General > Security" in result.err
    assert (answer.code, answer.json["items"]) == (1, [])
    (remembered,) = answer.json["remembered"]
    assert (remembered["verdict"], remembered["lastChanges"][0]["name"]) == ("semi-dub", "semi-dub")
    assert answer.json["errors"][0]["instance"] == "tv"
    assert answer.json["errors"][0]["code"] == "unauthorized"
    assert (unheard_of.code, unheard_of.out) == (1, "No earlier scan knew 'Nothing'.\n")


def test_titles_cannot_move_the_cursor(place):
    """Control characters and reversals of a title are written out."""
    place.collection.movie("Film", audio("jpn", "eng"), original="Japanese")
    place.radarr.rows[1].title = "Fi\x1b[2Jlm\u202e"
    place.radarr.rows[1].text = None
    out = place.run("explain", "1", "-i", "films").out
    assert "\x1b" not in out
    assert "Fi\\x1b[2Jlm\\u202e" in out


def test_a_folder_that_is_gone_is_unknown(place):
    """The reason names what the disk says."""
    place.collection.series("Show", {"Season 01/S01E01.mkv": audio("jpn", "eng")})
    shutil.rmtree(place.folder / "tv")
    place.configure("target_languages: [en], audio_source: files")
    file = place.run("explain", "Show", "--json").json["items"][0]["files"][0]
    assert (file["verdict"], file["error"], file["reader"]) == ("unknown", "there is no such file", None)


def test_every_fact_of_the_text_is_in_the_json(scanned, capsys):
    """The text is made of nothing but the JSON: printed from there, it is the same."""
    for query in ("half", "original", "broken", "bebop", "wrong"):
        answer = scanned.run("explain", query, "--json").json
        for options in ([], ["--all"]):
            capsys.readouterr()
            print_answer(answer, every_file=bool(options))
            assert scanned.run("explain", query, *options).out == capsys.readouterr().out


def test_targets_that_nobody_named_are_built_in(place):
    """English, and so it says."""
    place.configure("")
    place.collection.movie("Film", audio("jpn", "eng"))
    lines = lines_of(place.run("explain", "Film"))
    assert "targets English (built in)" in lines
    assert "policy as built in" in lines


def test_every_file_is_shown_on_request(scanned):
    """Those that do not count, too."""
    lines = lines_of(scanned.run("explain", "half", "--all"))
    places = [line[:6] for line in lines if line.startswith("S0")]
    assert places == ["S00E01", "S01E01", "S01E02"]
    assert not any(line.startswith("…") for line in lines)


RULES = re.compile(r"^\| (\d) \| (.+?) \| .+ \|$", re.MULTILINE)


@pytest.mark.parametrize(
    ("heading", "rules"), [("## Finding of one file", FILE_RULES), ("## Verdict of an item", ITEM_RULES)]
)
def test_the_rules_say_what_is_documented(heading, rules):
    """Number and words are those of the reference."""
    text = (Path(__file__).parents[2] / "docs" / "reference" / "tagging.md").read_text("utf-8")
    section = text.partition(heading)[2].partition("\n## ")[0]
    assert {int(number): words.replace("`", "") for number, words in RULES.findall(section)} == rules


def test_where_each_value_comes_from(place, monkeypatch):
    """A line, a variable, a profile, or nothing but the program; in the text, those that are not built in."""
    monkeypatch.setenv("TAGGARR__DEFAULTS__UNTAGGED", "unknown")
    monkeypatch.setenv("WRONG", "no-dub")
    more = 'profiles:\n  "my anime":\n    match: {series_types: [anime]}\n    extra_languages: flag\n'
    place.configure(
        'target_languages: [en], specials: ignore, tags: {wrong: "${WRONG}"}',
        tv=", exclude: {genres: [Talk]}",
        more=more,
    )
    place.collection.series("Show", {"Season 01/S01E01.mkv": audio("jpn", "eng")}, series_type="anime")
    lines = lines_of(place.run("explain", "Show"))
    start = lines.index("policy profile my anime")
    assert lines[start + 1 : start + 5] == [
        "tags.wrong: no-dub (${WRONG} in config.yaml:1)",
        "untagged: unknown (variable TAGGARR__DEFAULTS__UNTAGGED)",
        "extra_languages: flag (config.yaml:8, profile my anime)",
        "exclude.genres: [Talk] (config.yaml:3)",
    ]
    item = place.run("explain", "Show", "--json").json["items"][0]
    flat = {
        f"{key}.{inner}" if isinstance(value, dict) else key
        for key, value in item["policy"].items()
        for inner in (value if isinstance(value, dict) else [""])
    }
    assert item["origins"].keys() == flat
    written = {"kind": "file", "profile": None, "source": str(place.data / "config.yaml"), "variables": []}
    assert item["origins"]["specials"] == {
        **written,
        "builtIn": True,
        "where": "defaults.specials",
        "line": 1,
        "column": 46,
    }
    assert item["origins"]["exclude.genres"] == {
        **written,
        "builtIn": False,
        "where": "instances.tv.exclude.genres",
        "line": 3,
        "column": item["origins"]["exclude.genres"]["column"],
    }
    assert item["origins"]["writeNfo"] == {
        "builtIn": True,
        "kind": "default",
        "where": "defaults.write_nfo",
        "profile": None,
        "source": None,
        "line": None,
        "column": None,
        "variables": [],
    }


@pytest.mark.parametrize(
    ("defaults", "tv", "line"),
    [
        ("exclude: {titles: [Show]}", "", "left out by defaults.exclude.titles (config.yaml:1)"),
        ("target_genre: Anime", "", "left out by defaults.target_genre (config.yaml:1)"),
        ("", ", exclude: {tags: [keep]}", "left out by instances.tv.exclude.tags (config.yaml:3)"),
        ("", ", root_path: {elsewhere}", "left out by instances.tv.root_path (config.yaml:3)"),
        ("", ", root_paths: [{elsewhere}]", "left out by instances.tv.root_paths (config.yaml:3)"),
    ],
)
def test_what_leaves_a_title_out_is_named_with_its_place(place, defaults, tv, line):
    """The key that a person has to change, and its line."""
    elsewhere = place.folder / "elsewhere"
    elsewhere.mkdir()
    place.configure(
        f"target_languages: [en], {defaults}".removesuffix(", "), tv=tv.replace("{elsewhere}", str(elsewhere))
    )
    place.collection.series("Show", {}, tags=["keep"])
    assert line in lines_of(place.run("explain", "Show"))
    item = place.run("explain", "Show", "--json").json["items"][0]
    assert f"left out by {item['excludedBy']['where']} (config.yaml:{item['excludedBy']['line']})" == line


def test_where_the_arr_disagrees_with_the_file(place):
    """Its list may be older than the file; that file is shown, whatever it decides."""
    place.collection.series("Show", {f"Season 01/S01E0{n}.mkv": audio("jpn", "eng") for n in range(1, 4)})
    place.sonarr.files[3].audio.languages = "jpn/ger"
    place.sonarr.rows[1].text = None
    lines = lines_of(place.run("explain", "Show"))
    assert any(line.startswith("S01E03 ") for line in lines)
    assert "but the arr lists Japanese and German, the file has Japanese and" in lines
    file = place.run("explain", "Show", "--json").json["items"][0]["files"][2]
    assert file["arrAudio"] == {"languages": ["jpn", "ger"], "tracks": 2}
    assert file["disagreement"] == "the arr lists Japanese and German, the file has Japanese and English"


def test_an_original_that_is_heard_nowhere_may_be_wrong(place):
    """What to type where the arr's original is; not where two languages may be it."""
    place.collection.movie("It's", audio("kor"), original="English")
    place.collection.movie("Two", audio("kor", "ger"), original="English")
    item = place.run("explain", "1", "--json").json["items"][0]
    assert item["advice"] == {
        "text": "Korean is the original; then:",
        "command": "taggarr override 'It'\"'\"'s (2020)' -i films --original ko",
    }
    lines = lines_of(place.run("explain", "1"))
    start = lines.index("perhaps Korean is the original; then:")
    assert lines[start + 1].startswith("taggarr override 'It'")
    assert place.run("explain", "2", "--json").json["items"][0]["advice"] is None


@pytest.mark.parametrize(
    "name",
    ["Dune 2021", "dune (2021)", "tmdb:500002", "imdb:tt2000062", "/{folder}/movies/Dune 2"],
)
def test_a_title_is_found_by_what_tells_it_apart(place, name):
    """Its year, a catalogue's number, its folder."""
    place.collection.movie("Dune", audio("eng"), year=1984)
    number = place.radarr.add_movie("Dune", str(place.folder / "movies" / "Dune 2"), year=2021)
    result = place.run("explain", name.replace("/{folder}", str(place.folder)))
    assert lines_of(result)[0] == f"Dune (2021): movie {number} of films"
    several = place.run("explain", "Dune")
    assert "Dune (1984): movie 1 of films" in lines_of(several)
    wrong = place.run("explain", "The Düne 2020")
    assert wrong.err.endswith("near: Dune (1984), Dune (2021)\n")


def test_all_that_the_last_scan_changed_is_shown(place):
    """A label that came and one that went, and the NFO."""
    place.collection.movie("Film", audio("jpn", "eng"), tags=["wrong-dub"], nfo="<movie>\n</movie>\n")
    place.run("scan")
    lines = lines_of(place.run("explain", "Film"))
    start = next(n for n, line in enumerate(lines) if line.startswith("last change add tag dub at"))
    assert lines[start + 1].startswith("remove tag wrong-dub at")
    assert any(line.startswith("edit nfo movie.nfo at") for line in lines)
    changes = place.run("explain", "Film", "--json").json["items"][0]["lastChanges"]
    assert [(change["action"], change["target"]) for change in changes] == [
        ("add", "tag"),
        ("remove", "tag"),
        ("edit", "nfo"),
    ]
