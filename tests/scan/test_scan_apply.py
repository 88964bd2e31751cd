"""Changes on their way into the arr: in batches, verified, and settled whatever happens in between."""

from typing import TYPE_CHECKING, Any

import pytest

from taggarr.core.plan import Rest
from taggarr.core.record import Result
from taggarr.scan.events import Phase, Progress
from taggarr.simulator import FaultKind
from taggarr.simulator.collection import audio, write

if TYPE_CHECKING:
    from conftest import House

    from taggarr.scan.job import InstanceSummary

DUBBED, ORIGINAL, WRONG = audio("jpn", "eng"), audio("jpn"), audio("jpn", "ger")


def movies(house: "House", count: int, **listed: Any) -> list[int]:
    """As many dubbed movies."""
    return [house.shelf.movie(f"Film {number}", DUBBED, **listed) for number in range(1, count + 1)]


def edits(house: "House") -> list[tuple[str, int]]:
    """The bulk edits sent to Radarr: mode, and how many ids."""
    return [
        (body["applyTags"], len(body["movieIds"])) for path, body in house.writes() if path == "/movie/editor"
    ]


def films(house: "House", **request: Any) -> "InstanceSummary":
    return house.scan("films", **request).instances["films"]


def test_labels_are_added_before_others_are_removed_in_batches_of_a_hundred(house: "House") -> None:
    """250 swaps are three additions and three removals, and nothing but these two labels is sent."""
    movies(house, 250, tags=["wrong-dub", "keep"])
    summary = films(house)
    assert edits(house) == [
        ("add", 100),
        ("add", 100),
        ("add", 50),
        ("remove", 100),
        ("remove", 100),
        ("remove", 50),
    ]
    assert set(map(frozenset, house.tags().values())) == {frozenset({"dub", "keep"})}
    assert (summary.planned, summary.applied, summary.failed) == (500, 500, 0)
    bodies = [body for path, body in house.writes() if path == "/movie/editor"]
    assert all(set(body) == {"movieIds", "tags", "applyTags"} and len(body["tags"]) == 1 for body in bodies)


def test_no_label_is_removed_where_its_successor_did_not_come(house: "House") -> None:
    """An item never stands without a label because something failed half-way."""
    movies(house, 3, tags=["wrong-dub"])
    house.radarr.faults.script(FaultKind.UNAVAILABLE, method="PUT", times=3, retry_after="0")
    summary = films(house)
    assert [mode for mode, _ in edits(house)] == ["add", "add", "add"]
    assert set(map(frozenset, house.tags().values())) == {frozenset({"wrong-dub"})}
    assert (summary.applied, summary.failed) == (0, 3)
    assert {failure.result for failure in summary.failures} == {Result.UNCONFIRMED}
    assert films(house).failed == 0
    assert set(map(frozenset, house.tags().values())) == {frozenset({"dub"})}


def test_what_stopped_an_item_stops_its_further_changes(house: "House") -> None:
    """Two stale labels: where the first could not be removed, the second is left for the next scan, too."""
    house.shelf.movie("Film", ORIGINAL, tags=["dub", "semi-dub"])
    house.radarr.faults.script(FaultKind.UNAVAILABLE, method="PUT", times=3, retry_after="0")
    assert films(house).failed == 1
    assert len(edits(house)) == 3
    assert house.tags()["Film"] == {"dub", "semi-dub"}
    assert films(house).applied == 2


def test_an_id_that_is_gone_costs_only_itself(house: "House") -> None:
    """A movie deleted while its batch was on its way: the arr refuses the whole batch, the rest is applied."""
    ids = movies(house, 120)

    def delete(progress: Progress) -> None:
        if progress.phase is Phase.DECIDE:
            house.radarr.remove_movie(ids[37])

    summary = films(house, listen=delete)
    assert set(map(frozenset, house.tags().values())) == {frozenset({"dub"})}
    (failure,) = summary.failures
    assert (failure.title, failure.what, failure.result) == ("Film 38", "add tag dub", Result.FAILED)
    assert "gone" in failure.error
    assert summary.applied == 119
    assert films(house).failed == 0


def test_an_item_that_the_arr_cannot_validate_costs_only_itself(house: "House") -> None:
    """One movie with a quality profile that is gone makes the arr refuse its whole batch."""
    movies(house, 9)
    house.shelf.movie("Odd", DUBBED, quality_profile_id=7)
    summary = films(house)
    assert [failure.title for failure in summary.failures] == ["Odd"]
    assert "Quality Profile does not exist" in summary.failures[0].error
    assert summary.applied == 9


def test_an_arr_that_refuses_everything_is_not_asked_for_ever(house: "House") -> None:
    """Where every row is refused, a batch is not taken apart to the last one."""
    movies(house, 130, quality_profile_id=7)
    summary = films(house)
    assert len(edits(house)) <= 2 * 33
    assert (summary.applied, summary.failed) == (0, 130)
    assert len({failure.title for failure in summary.failures}) == 130


def test_a_half_applied_edit_is_sent_again(house: "House") -> None:
    """500 "database is locked" with half of the rows written: adding again does no harm, so it is tried again."""
    movies(house, 10)
    house.radarr.faults.script(FaultKind.HALF_APPLIED, method="PUT", path="*/editor")
    summary = films(house)
    assert edits(house) == [("add", 10), ("add", 10)]
    assert (summary.applied, summary.failed) == (10, 0)


def test_an_answer_that_never_came_is_settled_by_the_next_scan(house: "House") -> None:
    """Applied, then reset, three times: unconfirmed now; the next scan sees that it holds and sends nothing."""
    movies(house, 2)
    house.radarr.faults.script(FaultKind.RESET_AFTER, method="PUT", path="*/editor", times=3)
    summary = films(house)
    assert [failure.result for failure in summary.failures] == [Result.UNCONFIRMED] * 2
    assert [change.outcome for change in house.history()] == [None, None]
    house.forget_requests()
    again = films(house)
    assert (again.planned, again.failed) == (0, 0)
    assert house.writes() == []
    outcomes = [change.outcome for change in house.history()]
    assert [outcome and (outcome.result, outcome.after) for outcome in outcomes] == [
        (Result.APPLIED, ("dub",))
    ] * 2


def test_an_answer_that_never_came_and_did_nothing_is_sent_again(house: "House") -> None:
    """Closed before it was applied: the next scan writes down that it failed, and does it."""
    movies(house, 1)
    house.radarr.faults.script(FaultKind.UNAVAILABLE, method="PUT", path="*/editor", times=3, retry_after="0")
    assert films(house).failed == 1
    assert films(house).applied == 1
    results = [change.outcome.result for change in house.history() if change.outcome]
    assert results == [Result.FAILED, Result.APPLIED]


def test_an_item_that_went_away_settles_its_change(house: "House") -> None:
    """A change without an answer on a movie that was deleted since is written down as failed."""
    (movie,) = movies(house, 1)
    house.radarr.faults.script(FaultKind.UNAVAILABLE, method="PUT", path="*/editor", times=3, retry_after="0")
    films(house)
    house.radarr.remove_movie(movie)
    films(house)
    (change,) = house.history()
    assert change.outcome is not None
    assert change.outcome.result is Result.FAILED
    assert change.outcome.error is not None
    assert "gone" in change.outcome.error


def test_a_number_that_is_another_title_now_settles_nothing_by_it(house: "House") -> None:
    """An arr restored from an old backup: the tags of the title that has the number now tell nothing."""
    (movie,) = movies(house, 1)
    house.radarr.faults.script(FaultKind.UNAVAILABLE, method="PUT", path="*/editor", times=3, retry_after="0")
    films(house)
    house.radarr.rows[movie].catalogue = 4242
    house.radarr.set_tags(movie, ["dub"])
    films(house)
    (change,) = house.history()
    assert change.outcome is not None
    assert (change.outcome.result, change.outcome.after) == (Result.FAILED, ())


def test_three_failed_calls_leave_the_rest_for_later(house: "House") -> None:
    """An arr that stopped answering is not asked for every batch; what was left is named."""
    movies(house, 450)
    house.radarr.faults.script(FaultKind.UNAVAILABLE, method="PUT", times=99, retry_after="0")
    summary = films(house)
    assert edits(house) == [("add", 100)] * 9, "three calls of three tries"
    assert len({failure.title for failure in summary.failures}) == 450
    left = [failure for failure in summary.failures if failure.result is Result.FAILED]
    assert len(left) == 150
    assert all(failure.error.startswith("not sent, left for the next scan: ") for failure in left)
    house.radarr.faults.clear()
    assert films(house).applied == 450


def test_a_key_that_is_refused_half_way_ends_it_at_once(house: "House") -> None:
    """401 is not tried again: the rest is left, and named."""
    movies(house, 150)

    def lock_out(progress: Progress) -> None:
        if progress.phase is Phase.DECIDE:
            house.radarr.api_key = "another"

    summary = films(house, listen=lock_out)
    assert len(house.radarr.log.of("*", "*/command")) == 1
    assert summary.failed == 150
    assert {failure.result for failure in summary.failures} == {Result.FAILED}


def test_an_item_that_the_arr_works_on_waits(house: "House") -> None:
    """A refresh that runs would undo our tag: that item is postponed and named, the others are done."""
    ids = movies(house, 3)
    command = house.radarr.start_command("RefreshMovie", [ids[1]])
    summary = films(house)
    assert summary.postponed == ["Film 2"]
    assert summary.failed == 0
    assert house.tags() == {"Film 1": {"dub"}, "Film 2": set(), "Film 3": {"dub"}}
    house.radarr.finish_command(command)
    assert films(house).postponed == []
    assert house.tags()["Film 2"] == {"dub"}


def test_an_arr_that_works_on_everything_gets_no_edit(house: "House") -> None:
    """A refresh of the whole library postpones every item."""
    movies(house, 3)
    house.radarr.start_command("RefreshMovie")
    summary = films(house)
    assert len(summary.postponed) == 3
    assert edits(house) == []


def test_a_refresh_that_undoes_our_tag_is_mended(house: "House") -> None:
    """Sonarr's refresh writes back the tags that it once read: the next scan adds ours again."""
    series = house.shelf.series("Show", {"Season 01/S01E01.mkv": DUBBED})
    house.scan()
    house.sonarr.set_tags(series, [])
    command = house.sonarr.start_command("RefreshSeries", [series])
    house.sonarr.set_tags(series, ["dub"])
    house.sonarr.finish_command(command)
    assert house.tags()["Show"] == set()
    summary = house.scan().instances["tv"]
    assert (summary.applied, summary.failed) == (1, 0)
    assert house.tags()["Show"] == {"dub"}


class TestAutoTagging:
    """A rule of the arr takes our label away in the same breath."""

    @pytest.fixture
    def ruled(self, house: "House") -> "House":
        movies(house, 1)
        house.shelf.movie("Other", WRONG)
        house.radarr.add_auto_tag("Kids", ["dub"], remove_automatically=True, genres=["Never"])
        return house

    def test_it_is_reported_by_name_and_parked_after_three_scans(self, ruled: "House") -> None:
        """Three scans try and say why it failed; the fourth leaves the label alone, and says so."""
        for _ in range(3):
            summary = films(ruled)
            (failure,) = summary.failures
            assert (failure.title, failure.what) == ("Film 1", "add tag dub")
            assert "auto-tagging rule" in failure.error
        for _ in range(2):
            ruled.forget_requests()
            parked = films(ruled)
            assert ruled.writes() == []
            assert (parked.failed, parked.planned) == (0, 0)
            (plan,) = parked.plans
            assert (plan.item.title, plan.rest) == ("Film 1", Rest.PARKED)
            assert "“dub”" in plan.reason
            assert "Settings > Tags" in plan.reason
            assert parked.requests <= 10
        assert ruled.tags()["Other"] == {"wrong-dub"}

    def test_it_is_tried_again_when_the_verdict_changes(self, ruled: "House") -> None:
        """Another verdict is another label, and that one may hold."""
        for _ in range(4):
            films(ruled)
        write(ruled.shelf.movies / "Film 1" / "Film 1.mkv", WRONG)
        assert films(ruled).failed == 0
        assert ruled.tags()["Film 1"] == {"wrong-dub"}

    def test_it_is_tried_again_when_the_rule_changes(self, ruled: "House") -> None:
        """Who mends the rule that the report named gets the label with the next scan."""
        ruled.shelf.movie("Film 2", DUBBED)
        for _ in range(4):
            films(ruled)
        assert ruled.asked("films").count("autotagging") == 1, "once a scan, not for each title"
        ruled.radarr.rules.clear()
        assert films(ruled).applied == 2
        assert ruled.tags()["Film 1"] == {"dub"}
        assert films(ruled).plans == []

    def test_it_is_tried_again_by_mode_one(self, ruled: "House") -> None:
        """Rewrite applies everything again."""
        for _ in range(4):
            films(ruled)
        assert films(ruled, mode=1).failed == 1

    def test_rules_that_cannot_be_asked_for_leave_it_parked(self, ruled: "House") -> None:
        """No answer about the rules is no reason to try again."""
        for _ in range(4):
            films(ruled)
        ruled.radarr.faults.script(FaultKind.HTML, path="*/autotagging", times=9)
        assert [plan.rest for plan in films(ruled).plans] == [Rest.PARKED]

    def test_a_label_that_is_put_back_is_counted_too(self, house: "House") -> None:
        """A rule that adds a label which is wrong: removed three times, then parked."""
        movies(house, 1, genres=["Action"], tags=["semi-dub"])
        house.radarr.add_auto_tag("Action", ["semi-dub"], genres=["Action"])
        for _ in range(3):
            summary = films(house)
        assert [failure.what for failure in summary.failures] == ["remove tag semi-dub"]
        assert [plan.rest for plan in films(house).plans] == [Rest.PARKED]

    def test_a_preview_counts_nothing(self, ruled: "House") -> None:
        """Looking does not park: only what was written and undone counts."""
        films(ruled)
        for _ in range(5):
            films(ruled, preview=True)
        assert [failure.what for failure in films(ruled).failures] == ["add tag dub"]


def test_another_title_with_the_number_is_not_parked(house: "House") -> None:
    """An arr restored from an old backup: what it undid was done to the title that had the number before."""
    (movie,) = movies(house, 1)
    house.radarr.faults.script(FaultKind.UNDONE, method="PUT", path="*/editor", times=3)
    for _ in range(3):
        films(house)
    assert [one.rest for one in films(house).plans] == [Rest.PARKED]
    house.radarr.rows[movie].catalogue = 4242
    house.radarr.set_tags(movie, ["keep"])  # which makes its list anew
    assert films(house).applied == 1


@pytest.mark.parametrize("looking", [False, True], ids=["", "with previews in between"])
def test_labels_that_people_keep_taking_away_are_parked(house: "House", looking: bool) -> None:
    """Between scans, too: three times running undone, then left alone; whether or not somebody looks meanwhile."""
    (movie,) = movies(house, 1)
    for _ in range(3):
        assert films(house).applied == 1
        house.radarr.set_tags(movie, [])
        if looking:
            films(house, preview=True)
    assert films(house).applied == 0
    assert house.tags()["Film 1"] == set()


def test_tag_numbers_may_change_between_scans(house: "House") -> None:
    """Housekeeping deletes unused tags, and a label comes back under another number."""
    movies(house, 1)
    films(house)
    films(house, mode=2)
    house.radarr.housekeeping()
    assert house.radarr.tags.labels == {}
    assert films(house).applied == 1
    assert house.tags()["Film 1"] == {"dub"}


def test_labels_are_compared_without_case(house: "House") -> None:
    """A tag that an old database holds in capitals is the same label: it is neither doubled nor missed."""
    (movie,) = movies(house, 1)
    house.radarr.set_tags(movie, ["dub", "wrong-dub"])
    for number, label in house.radarr.tags.labels.items():
        house.radarr.tags.labels[number] = label.upper()
    summary = films(house)
    assert [change.label for plan in summary.plans for change in plan.tags] == ["wrong-dub"]


def test_a_stop_ends_between_batches(house: "House") -> None:
    """A scan that is told to stop sends nothing more, and the next one does the rest."""
    movies(house, 250)

    def stop(progress: Progress) -> None:
        if progress.phase is Phase.APPLY and progress.done >= 100:
            house.stop.set()

    summary = house.scan("films", listen=stop)
    assert summary.interrupted
    assert edits(house) == [("add", 100)]
    house.stop.clear()
    assert films(house).applied == 150


@pytest.mark.parametrize("kind", [FaultKind.ERROR, FaultKind.UNAVAILABLE, FaultKind.HALF_APPLIED])
def test_what_is_not_about_rows_is_sent_again_whole(house: "House", kind: FaultKind) -> None:
    """An exception, a 503 and a locked database say nothing of single movies: taking the batch apart helps nobody."""
    movies(house, 10)
    house.radarr.faults.script(kind, method="PUT", path="*/editor", times=99, retry_after="0")
    summary = films(house)
    assert edits(house) == [("add", 10)] * 3
    assert [failure.result for failure in summary.failures] == [Result.UNCONFIRMED] * 10
    house.radarr.faults.clear()
    assert films(house).failed == 0
    assert set(map(frozenset, house.tags().values())) == {frozenset({"dub"})}


@pytest.mark.parametrize("kind", [FaultKind.NOT_JSON, FaultKind.HTML, FaultKind.REDIRECT, FaultKind.MOVED])
def test_an_answer_that_is_none_says_nothing_of_the_change(house: "House", kind: FaultKind) -> None:
    """A proxy spoke instead of the arr, maybe after it: the next scan looks, and the history is true."""
    movies(house, 3)
    house.radarr.faults.script(kind, method="PUT", path="*/editor")
    assert [failure.result for failure in films(house).failures] == [Result.UNCONFIRMED] * 3
    arrived = kind is FaultKind.NOT_JSON
    assert [bool(tags) for tags in house.tags().values()] == [arrived] * 3
    assert films(house).failed == 0
    assert set(map(frozenset, house.tags().values())) == {frozenset({"dub"})}
    results = [change.outcome.result for change in house.history() if change.outcome]
    assert results == [Result.APPLIED] * 3 if arrived else [Result.FAILED] * 3 + [Result.APPLIED] * 3


def test_a_web_page_in_between_does_not_end_it(house: "House") -> None:
    """One answer of a proxy costs one batch; three in a row, the rest."""
    movies(house, 450)
    house.radarr.faults.script(FaultKind.HTML, method="PUT", path="*/editor", nth=2)
    summary = films(house)
    assert edits(house) == [("add", 100)] * 4 + [("add", 50)]
    assert (summary.applied, summary.failed) == (350, 100)
