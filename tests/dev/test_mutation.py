"""What `dev.py mutate` does around mutmut: the copy it works on, and which mutants do not count."""

import ast

import pytest

from bench.mutation.once import once
from bench.mutation.report import only_texts_differ
from bench.mutation.workspace import undecorated

CACHED = """
from functools import cache, lru_cache

@lru_cache(maxsize=10)
def twice(number):
    return number * 2

class Box:
    def __init__(self, size):
        self.size = size

    @property
    def big(self):
        return self.size > twice(4)
"""


def test_copy_does_the_same_without_decorators():
    """mutmut passes over decorated functions, so none is left, and all still works."""
    text = undecorated(CACHED)
    assert "@" not in text
    names: dict[str, type] = {}
    exec(text.replace("from taggarr.once", "from bench.mutation.once"), names)
    box = names["Box"]
    assert (box(9).big, box(8).big) == (True, False)


def test_decorator_that_is_not_known_is_refused():
    """A function that mutmut would pass over unsaid stops the run."""
    with pytest.raises(ValueError, match="`odd`"):
        undecorated("@some.wrapper\ndef odd(): ...\n")


def test_results_are_kept_for_one_mutant(monkeypatch: pytest.MonkeyPatch):
    """The next mutant is asked anew; while tests are mapped, so is the next test."""
    asked: list[int] = []
    ask = once(asked.append)
    for mutant, test in [("", "a"), ("", "b"), ("m1", "b"), ("m1", "c"), ("stats", "c"), ("stats", "d")]:
        monkeypatch.setenv("MUTANT_UNDER_TEST", mutant)
        monkeypatch.setenv("PYTEST_CURRENT_TEST", test)
        ask(1)
        ask(1)
    assert len(asked) == 4


@pytest.mark.parametrize(
    ("sound", "mutated", "wording"),
    [
        ("return 'no file yet'", "return 'XXno file yetXX'", True),
        ("return f'{a} is heard'", "return f'{b} is heard'", True),
        ("return 'dub'", "return 'XXdubXX'", False),
        ("return f'{a}-{b}'", "return f'{b}-{b}'", False),
        ("note = 'no file yet'", "note = None", False),
        ("return f(1, 'no file')", "return f(2, 'no file')", False),
    ],
)
def test_only_texts_with_a_blank_are_wording(sound: str, mutated: str, wording: bool):
    """A word may be a label or a key; a sentence is for people."""
    functions = [
        ast.parse(f"def {name}():\n    {body}").body[0] for name, body in (("a", sound), ("b", mutated))
    ]
    one, other = functions
    assert isinstance(one, ast.FunctionDef)
    assert isinstance(other, ast.FunctionDef)
    assert only_texts_differ(one, other) is wording
