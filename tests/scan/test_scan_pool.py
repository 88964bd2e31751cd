"""The pool: what hangs is given up, what goes on is not held up, and nothing is lost or heard twice."""

import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from taggarr.scan.pool import Done, Job, Pool

DEADLINE_S = 0.2


@pytest.fixture
def pool() -> Iterator[Pool]:
    """Two threads, and a deadline that tests can wait for."""
    made = Pool(2, DEADLINE_S)
    yield made
    made.close()


@pytest.fixture
def hanging() -> Iterator[threading.Event]:
    """Jobs that wait for it hang until the test is over."""
    event = threading.Event()
    yield event
    event.set()


def job(key: Any, work: Callable[[], Any], share: str = "/tv") -> Job:
    return Job(key, share, f"{share}/{key}", work)


def results(done: Iterator[Done]) -> dict[Any, Any]:
    """What came back, by key; a lost job is "lost"."""
    found: dict[Any, Any] = {}
    for one in done:
        assert one.job.key not in found, "each job comes back once"
        found[one.job.key] = "lost" if one.lost else one.result
    return found


def readers() -> set[threading.Thread]:
    """The threads of pools."""
    return {thread for thread in threading.enumerate() if thread.name == "taggarr-reader"}


def wait_until(holds: Callable[[], bool]) -> None:
    """Threads end a moment after they were let go."""
    for _ in range(1000):
        if holds():
            return
        threading.Event().wait(0.01)
    pytest.fail("it never came to hold")


def test_every_job_comes_back_once(pool: Pool) -> None:
    """More jobs than threads and turns: each is done exactly once."""
    jobs = [job(number, lambda number=number: number * 2) for number in range(500)]
    assert results(pool.run(jobs)) == {number: number * 2 for number in range(500)}


def test_no_jobs_are_no_work(pool: Pool) -> None:
    """Nothing to do ends at once."""
    assert list(pool.run([])) == []


def test_what_hangs_is_given_up_and_the_others_go_on(pool: Pool, hanging: threading.Event) -> None:
    """One job that never answers is lost; those that its thread had taken with it are done by others."""
    jobs = [job("hangs", hanging.wait), *(job(number, lambda: "done") for number in range(100))]
    found = results(pool.run(jobs))
    assert found.pop("hangs") == "lost"
    assert found == dict.fromkeys(range(100), "done")


def test_after_two_losses_a_share_is_not_tried(pool: Pool, hanging: threading.Event) -> None:
    """A dead share costs two deadlines, however many files are on it, and other shares lose nothing."""
    tried: list[int] = []

    def hang(number: int) -> None:
        tried.append(number)
        hanging.wait()

    jobs = [job(number, lambda number=number: hang(number), "/dead") for number in range(300)]
    jobs += [job(f"good {number}", lambda: "done", "/good") for number in range(50)]
    found = results(pool.run(jobs))
    assert len(found) == 350
    assert {found[number] for number in range(300)} == {"lost"}
    assert {found[f"good {number}"] for number in range(50)} == {"done"}
    assert len(tried) <= 4, "two were lost, and two were on their way when the second was"
    # Neither is the next thing that is asked of it.
    assert results(pool.run([job("next", lambda: tried.append(-1), "/dead")])) == {"next": "lost"}
    assert -1 not in tried


def test_a_share_is_tried_again_once_its_threads_have_come_back(pool: Pool) -> None:
    """A new scan forgives a share, but not while threads still hang in it: they would only become more."""
    back = threading.Event()
    gone = threading.Semaphore(0)

    def hang() -> None:
        back.wait()
        gone.release()

    assert set(results(pool.run([job(n, hang, "/nas") for n in range(2)])).values()) == {"lost"}
    pool.forgive()
    assert results(pool.run([job("while they hang", lambda: "done", "/nas")])) == {"while they hang": "lost"}
    back.set()
    for _ in range(2):
        gone.acquire()

    def tried_again() -> bool:
        pool.forgive()
        return results(pool.run([job("again", lambda: "done", "/nas")])) == {"again": "done"}

    wait_until(tried_again)  # the threads are back; that they say so takes a moment more


def test_a_share_is_forgiven_a_slow_job(pool: Pool, hanging: threading.Event) -> None:
    """One loss alone gives up that one job, in this scan and the next."""
    assert results(pool.run([job("slow", hanging.wait), job("fast", lambda: "done")])) == {
        "slow": "lost",
        "fast": "done",
    }
    assert results(pool.run([job("fast", lambda: "done")])) == {"fast": "done"}


def test_who_comes_back_late_is_not_heard(pool: Pool) -> None:
    """A result that comes after its job was given up is dropped, and the rest of its turn is done once."""
    before = readers()
    late = threading.Event()
    done: list[int] = []
    jobs = [job("late", lambda: late.wait() and "too late")]
    jobs += [job(number, lambda number=number: done.append(number)) for number in range(40)]
    stream = pool.run(jobs)
    found = {}
    for one in stream:
        found[one.job.key] = one.lost
        if one.lost:
            late.set()
    assert found == {"late": True} | dict.fromkeys(range(40), False)
    wait_until(lambda: len(readers()) <= len(before))  # the late one has been replaced, and is gone
    assert sorted(done) == list(range(40))


def test_an_error_is_raised_where_the_job_came_from(pool: Pool) -> None:
    """A job that fails unforeseen fails its caller, and the pool goes on for others."""

    def fail() -> None:
        raise ZeroDivisionError("unforeseen")

    with pytest.raises(ZeroDivisionError, match="unforeseen"):
        list(pool.run([job("bad", fail), *(job(n, list) for n in range(50))]))
    assert results(pool.run([job("good", lambda: "done")])) == {"good": "done"}


def test_callers_share_the_threads(pool: Pool) -> None:
    """A small run beside a long one comes to its end while that still goes on: callers take turns."""
    enough, started = threading.Event(), threading.Event()
    long_jobs = [job(number, lambda: enough.wait(0.001)) for number in range(5_000)]
    finished: list[Done] = []

    def long_run() -> None:
        for done in pool.run(long_jobs):
            finished.append(done)
            started.set()
            if enough.is_set():
                return

    thread = threading.Thread(target=long_run)
    thread.start()
    started.wait()
    found = results(pool.run([job(n, lambda: "done", "/films") for n in range(60)]))
    enough.set()
    thread.join()
    assert found == dict.fromkeys(range(60), "done")
    assert len(finished) < len(long_jobs)


def test_threads_that_hang_for_a_caller_who_left_are_replaced(pool: Pool, hanging: threading.Event) -> None:
    """A caller may stop listening while its jobs hang in every thread: others still get theirs done."""
    first = pool.run([job(n, hanging.wait, f"/dead {n}") for n in range(40)])
    assert next(first).lost
    first.close()
    assert results(pool.run([job("other", lambda: "done", "/good")])) == {"other": "done"}


def test_the_process_ends_although_a_thread_hangs() -> None:
    """Nobody can take a hanging thread back, so it may not hold the process either."""
    program = """
        import threading
        from taggarr.scan.pool import Job, Pool
        pool = Pool(2, 0.1)
        print([done.lost for done in pool.run([Job(1, "/", "/x", threading.Event().wait)])])
        pool.close()
    """
    command = [sys.executable, "-c", textwrap.dedent(program)]
    ended = subprocess.run(command, check=False, capture_output=True, text=True, timeout=30)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "[True]\n", "")


def test_closing_lets_the_threads_go() -> None:
    """A closed pool leaves no thread behind, and what it was given before is still done."""
    before = readers()
    pool = Pool(3, DEADLINE_S)
    assert results(pool.run([job(n, lambda: "done") for n in range(20)])) == dict.fromkeys(range(20), "done")
    assert len(readers() - before) == 3
    pool.close()
    wait_until(lambda: readers() <= before)
