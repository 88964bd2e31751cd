"""`taggarr override`: said of exactly one title, kept, shown with what it changes, and followed."""

import csv
import io
import shlex
import shutil
import signal
import time

import pytest

from taggarr.simulator import FaultKind
from taggarr.simulator.collection import audio
from taggarr.store.lock import scanner

SAID = ("original", "targets", "excluded")


@pytest.fixture
def korean(place):
    """A library with a Korean film that Radarr calls English, and a twin of its name in Sonarr."""
    place.collection.movie("Film", audio("kor"), original="English")
    place.collection.movie("Other", audio("jpn", "eng"))
    place.collection.series("Twin", {"Season 01/S01E01.mkv": audio("jpn", "ger")})
    place.run("scan")
    return place


def lines_of(result):
    return [" ".join(line.split()) for line in result.out.splitlines()]


def said(place, name="Film"):
    """What is kept of a title, as `explain` tells it."""
    kept = place.run("explain", name, "--json").json["items"][0]["override"]
    return None if kept is None else {key: kept[key] for key in SAID}


def test_it_is_kept_and_tells_what_it_changes(korean):
    """Verdict and plan before and after, through the same code as `explain`; then the scan writes it."""
    result = korean.run("override", "Film", "--original", "korean")
    assert (result.code, result.err) == (0, "")
    assert lines_of(result) == [
        "Film (2020): movie 1 of films",
        "you say the original is Korean",
        "before ▲ wrong-dub: Korean is heard; English is missing",
        "now ○ original: Korean is heard, which is the original; English is",
        "missing",
        "original Korean (you said so; Radarr says English)",
        "targets English (config.yaml:1)",
        "a scan would remove the tag wrong-dub",
        "The next scan writes it; --clear takes back what you said. At once:",
        "taggarr scan --item 'Film (2020)' -i films",
    ]
    assert korean.radarr.tags_of(1) == {"wrong-dub"}, "it writes nothing itself"
    scan = korean.run("scan", "--json").json["instances"]["films"]
    assert (scan["filesRead"], scan["changes"]["applied"]) == (0, 1)
    assert korean.radarr.tags_of(1) == set()
    assert korean.run("scan", "--json").json["instances"]["films"]["changes"]["planned"] == 0


def test_without_options_it_shows_what_was_said_and_what_that_does(korean):
    """Beside what the title would be without it; where nothing was said, how to."""
    assert lines_of(korean.run("override", "Film")) == [
        "Film (2020): movie 1 of films",
        "you say nothing",
        "now ▲ wrong-dub: Korean is heard; English is missing",
        "original English (Radarr says so)",
        "targets English (config.yaml:1)",
        "a scan would change nothing: everything is as it should be",
        "Say what you know better: --original L, --targets A,B, --exclude or --include.",
    ]
    korean.run("override", "Film", "--targets", "ko")
    lines = lines_of(korean.run("override", "Film"))
    assert lines[1:4] == [
        "you say the targets are Korean",
        "without it ▲ wrong-dub: Korean is heard; English is missing",
        "now ● dub: Korean is heard",
    ]
    assert "targets Korean (you said so; else English)" in lines


def test_what_is_not_said_again_stays(korean):
    """One option after the other; `--clear` takes all away, or all but what comes with it."""
    korean.run("override", "Film", "--original", "Korean")
    korean.run("override", "Film", "--targets", "de, fr,German", "--exclude")
    assert said(korean) == {"original": "ko", "targets": ["de", "fr"], "excluded": True}
    korean.run("override", "Film", "--include")
    assert said(korean) == {"original": "ko", "targets": ["de", "fr"], "excluded": False}
    korean.run("override", "Film", "--clear", "--original", "ja")
    assert said(korean) == {"original": "ja", "targets": [], "excluded": None}
    result = korean.run("override", "Film", "--clear")
    assert lines_of(result)[1:3] == ["you say nothing", "you said the original is Japanese"]
    assert lines_of(result)[-1] == "There is nothing to be written."
    assert said(korean) is None


def test_excluded_it_keeps_its_labels(korean):
    """And is told to be left alone."""
    result = korean.run("override", "Film", "--exclude")
    lines = lines_of(result)
    assert "you say leave it alone" in lines
    assert "now not judged: you said so with `taggarr override`" in lines
    assert "a scan would leave it alone, with the tags that it has" in lines
    assert lines[-1] == "The next scan goes by it; --clear takes back what you said."
    korean.run("scan")
    assert korean.radarr.tags_of(1) == {"wrong-dub"}
    explained = lines_of(korean.run("explain", "Film"))
    assert "left out by override" in explained
    assert "you said leave it alone" in explained


def test_included_it_is_judged_whatever_leaves_it_out(korean):
    """The configuration's exclusion is named before, the verdict after."""
    korean.configure("target_languages: [en], exclude: {titles: [Other]}")
    lines = lines_of(korean.run("override", "Other", "--include"))
    assert "before not judged: its title is “Other”" in lines
    assert "now ● dub: Japanese and English are heard" in lines


def test_in_a_dry_run_nothing_is_promised(korean):
    """The next scan only shows it."""
    korean.configure("target_languages: [en], dry_run: true")
    lines = lines_of(korean.run("override", "Film", "--original", "ko"))
    assert lines[-1] == "The next scan goes by it; --clear takes back what you said."


def test_json_says_the_same(korean):
    """What holds, what held, and the explanation before and after."""
    first = korean.run("override", "Film", "--original", "ko", "--json").json
    second = korean.run("override", "Film", "--targets", "ko", "--json").json
    shown = korean.run("override", "Film", "--json").json
    assert first["item"] == {"instance": "films", "kind": "movie", "id": 1, "title": "Film", "year": 2020}
    assert (first["query"], first["known"], first["previous"]) == ("Film", "listed", None)
    assert {key: first["override"][key] for key in SAID} == {
        "original": "ko",
        "targets": [],
        "excluded": None,
    }
    assert first["override"]["at"].endswith("Z")
    assert (first["before"]["verdict"], first["after"]["verdict"]) == ("wrong-dub", "original")
    assert first["after"]["plan"]["tags"] == [{"label": "wrong-dub", "action": "remove"}]
    assert second["previous"] == first["override"]
    assert (second["before"]["verdict"], second["after"]["verdict"]) == ("original", "original")
    assert (shown["before"]["verdict"], shown["after"]["verdict"]) == ("wrong-dub", "original")
    assert (shown["override"], shown["previous"]) == (second["override"], None)
    nothing = korean.run("override", "Other", "--json").json
    assert (nothing["override"], nothing["before"], nothing["after"]["verdict"]) == (None, None, "dub")


@pytest.mark.parametrize("options", [["--original", "ko"], []])
def test_several_titles_are_never_meant(korean, options):
    """They are listed with how to choose, and nothing is kept."""
    result = korean.run("override", "1", *options)
    assert result.code == 2
    assert lines_of(result)[0] == "Twin (2020): series 1 of tv"
    assert "Film (2020): movie 1 of films" in lines_of(result)
    assert result.err == (
        "taggarr: nothing was changed, for several titles are meant: Twin (tv 1), Film (films 1)\n"
    )
    answer = korean.run("override", "1", *options, "--json").json
    assert (answer["item"], len(answer["items"])) == (None, 2)
    assert (said(korean), said(korean, "Twin")) == (None, None)
    assert korean.run("override", "1", "-i", "films", "--original", "ko").code == 0
    assert (said(korean)["original"], said(korean, "Twin")) == ("ko", None)


def test_no_title_offers_what_is_near(korean):
    """Exit code 2, and who was not asked."""
    result = korean.run("override", "Flim", "-i", "films", "--exclude")
    assert (result.code, result.out) == (2, "")
    assert result.err == (
        "taggarr: no title, path or id of the chosen instances is 'Flim'; near: Film (2020) (not asked: tv)\n"
    )
    assert korean.run("override", "Flim", "--json").json["near"] == ["Film (2020)"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--original", "Koraen"], "`Koraen` names no language; did you mean Korean (ko)?"),
        (["--original", "unknown"], "`unknown` names no language; write a code such as `en` or `pt-BR`"),
        (["--original", "none"], "`none` names no language"),
        (["--original", ""], "the value is empty; write one"),
        (["--targets", "en,jp"], "`jp` names no language; did you mean Japanese (ja)?"),
        (["--targets", " , "], "no target language is named; name at least one"),
        (["--targets", "zxx"], "`zxx` names no language"),
        (["--exclude", "--include"], "--exclude and --include say the opposite; give one of the two"),
        (["Two"], 'name one title, a longer one in quotes: taggarr override "Film Two"'),
    ],
)
def test_what_cannot_be_said_is_refused(korean, options, sentence):
    """With what was probably meant, before anything is asked or kept."""
    korean.radarr.log.clear()
    result = korean.run("override", "Film", *options)
    assert result.code == 2
    assert sentence in " ".join(result.err.split())
    assert korean.radarr.log.entries == []
    assert said(korean) is None


def test_it_works_beside_a_scan(korean):
    """The scan holds the data folder for hours; the override is kept at once, and taken up by the next one."""
    with scanner(korean.data, "taggarr scan"):
        assert korean.run("override", "Film", "--original", "ko").code == 0
    assert said(korean)["original"] == "ko"


def test_an_arr_that_cannot_be_asked_is_not_waited_for(korean):
    """A title that an earlier scan knew keeps what is said; what that changes is not known yet."""
    korean.radarr.api_key = "changed"
    result = korean.run("override", "Film", "-i", "films", "--original", "ko")
    assert result.code == 1
    assert lines_of(result) == [
        "Film (2020): movie 1 of films",
        "you say the original is Korean",
        "What that changes is not known yet, for films could not be asked; the next scan goes by it.",
    ]
    assert "refuses the API key (401)" in result.err
    answer = korean.run("override", "Film", "--json").json
    assert (answer["known"], answer["before"], answer["after"]) == ("remembered", None, None)
    assert answer["override"]["original"] == "ko"
    remembered = korean.run("explain", "Film")
    assert "you said the original is Korean" in lines_of(remembered)
    unheard_of = korean.run("override", "Nothing", "--exclude")
    assert (unheard_of.code, unheard_of.out) == (1, "")
    assert "taggarr: nothing was changed, for no earlier scan knew that title\n" in unheard_of.err


def test_an_arr_that_goes_down_in_between_leaves_it_unknown(korean):
    """What was looked at before stands, what comes after is not made up; what was said is kept."""
    korean.radarr.faults.script(FaultKind.HTML, path="/api/v3/movie", nth=2)
    result = korean.run("override", "Film", "--original", "ko")
    assert result.code == 1
    assert lines_of(result)[2:] == [
        "before ▲ wrong-dub: Korean is heard; English is missing",
        "What that changes is not known yet, for films could not be asked; the next scan goes by it.",
    ]
    assert "taggarr: films: " in result.err
    assert said(korean)["original"] == "ko"


def test_a_title_that_is_gone_keeps_its_override(korean):
    """It is shown and can be taken away, and holds again when the title is added anew."""
    korean.run("override", "Film", "--original", "ko")
    korean.radarr.remove_movie(1)
    korean.run("scan")
    result = korean.run("override", "Film (2020)")
    assert result.code == 0
    assert lines_of(result) == [
        "Film (2020): movie 1 of films",
        "you say the original is Korean",
        "films lists no title of that name now; should it come back, this holds again.",
    ]
    refused = korean.run("override", "Film", "--exclude")
    assert refused.code == 2
    assert "films lists “Film” no longer" in refused.err
    shutil.rmtree(korean.folder / "movies" / "Film")
    number = korean.collection.movie("Film", audio("kor"), original="English", tmdb=500_001)
    assert number != 1
    assert said(korean)["original"] == "ko"
    korean.radarr.remove_movie(number)
    cleared = korean.run("override", "tmdb:500001", "--clear")
    assert lines_of(cleared)[1:3] == ["you say nothing", "you said the original is Korean"]
    assert korean.run("override", "Film").code == 2


def test_the_series_of_a_gone_title_is_found_by_its_catalogue_id(korean):
    """TheTVDB's for series."""
    korean.run("override", "Twin", "--exclude")
    korean.sonarr.remove_series(1)
    assert korean.run("override", "tvdb:300001", "--json").json["known"] == "gone"


def test_the_advice_of_explain_can_be_typed(korean):
    """The original that is heard nowhere is put right by it; what a person has said is not doubted."""
    words = shlex.split(korean.run("explain", "Film", "--json").json["items"][0]["advice"]["command"])
    assert korean.run(words[1], *words[2:-1], "ja").code == 0
    assert korean.run("explain", "Film", "--json").json["items"][0]["advice"] is None
    assert korean.run(words[1], *words[2:]).code == 0
    assert korean.run("explain", "Film", "--json").json["items"][0]["verdict"] == "original"


def test_notes_of_the_scan_are_told(korean):
    """A folder that is gone hides behind what was read before; whoever says something should know."""
    shutil.rmtree(korean.folder / "movies" / "Film")
    result = korean.run("override", "Film")
    assert result.code == 0
    assert "taggarr: films: 1 of 1 files could not be read on this machine" in result.err


def test_the_log_tells_who_said_what(korean):
    """One line for each change, with what it was."""
    log = korean.folder / "taggarr.log"
    text = (korean.data / "config.yaml").read_text()
    (korean.data / "config.yaml").write_text(f"logging: {{path: {log}}}\n{text}")
    result = korean.run("override", "Film", "--original", "ko", "--targets", "de")
    assert result.err == ""
    assert "[films: Film] the override is now: original Korean, targets German; it was: nothing" in (
        log.read_text()
    )


def test_the_export_shows_it(korean):
    """As an object in JSON, as a text in CSV; `state` judges by it."""
    korean.run("override", "Film", "--original", "ko", "--targets", "de,fr", "--include")
    film, other = korean.run("export").json[1:]
    assert (film["title"], film["override"]) == (
        "Film",
        {"original": "ko", "targets": ["de", "fr"], "excluded": False},
    )
    assert other["override"] is None
    rows = csv.DictReader(io.StringIO(korean.run("export", "--format", "csv").out))
    assert {row["title"]: row["override"] for row in rows} == {
        "Twin": "",
        "Film": "original=ko targets=de,fr excluded=false",
        "Other": "",
    }
    korean.run("override", "Twin", "--targets", "de")
    state = korean.run("export", "--format", "state").json
    season = state["series"][str(korean.folder / "tv" / "Twin")]["seasons"]["Season 01"]
    assert (season["status"], season["dub"]) == ("fully-dub", ["E01:de"])


@pytest.mark.measured
def test_stopped_while_it_looks_it_keeps_nothing(korean):
    """Nothing was said yet; it ends as a scan does."""
    korean.radarr.log.clear()
    korean.radarr.faults.script(FaultKind.SLOW, path="/api/v3/movie", seconds=0.5)
    process = korean.start("override", "Film", "--exclude")
    deadline = time.monotonic() + 20
    while not any(entry.path == "/api/v3/movie" for entry in korean.radarr.log.entries):
        assert process.poll() is None, process.communicate(timeout=20)
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=20)
    assert (process.returncode, out) == (143, "")
    assert said(korean) is None
