"""Takes the place of `functools.cache` in the copy that mutmut works on."""

import os
from collections.abc import Callable
from functools import wraps
from typing import Any


def once(function: Callable[..., Any]) -> Callable[..., Any]:
    """Keep results like a cache, but never those of another mutant.

    mutmut forks a process for each mutant from one in which all tests have run, so a real cache would answer
    with what the sound code found. While it notes which test calls what, no test may live on another's calls.
    """
    kept: dict[Any, Any] = {}
    kept_for: list[str] = []

    @wraps(function)
    def kept_or_called(*arguments: Any) -> Any:
        mutant = os.environ.get("MUTANT_UNDER_TEST", "")
        scope = [mutant, os.environ.get("PYTEST_CURRENT_TEST", "") if mutant == "stats" else ""]
        if kept_for != scope:
            kept.clear()
            kept_for[:] = scope
        if arguments not in kept:
            kept[arguments] = function(*arguments)
        return kept[arguments]

    kept_or_called.cache_clear = kept.clear  # type: ignore[attr-defined] # as functools names it
    return kept_or_called
