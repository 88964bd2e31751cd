"""The copy of the rules and their tests that mutmut works on.

mutmut mutates no decorated function, and a cache would hide what a mutant does. So in the copy `cache` and
`lru_cache` become `once`, and a property becomes a method that a property calls.
"""

import ast
import shutil
from pathlib import Path

from bench.mutation import once

PROJECT = Path(__file__).resolve().parents[2]
FOLDER = PROJECT / "build" / "mutation"

_CONFTEST = """
import resource

from hypothesis import settings

# A mutant that loops for ever and collects as it goes fails here, and soon.
resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))

settings.register_profile("mutation", max_examples=15, derandomize=True, database=None, deadline=None)
settings.load_profile("mutation")
"""


def prepare() -> None:
    """Make the copy, or bring what is there up to date: unchanged files keep their times and results."""
    for name in ("pyproject.toml", "docs/reference/tagging.md", "tests/nfo/test_nfo_needed.py"):
        _write(FOLDER / name, (PROJECT / name).read_text())
    _write(FOLDER / "tests" / "conftest.py", _CONFTEST)
    _write(FOLDER / "taggarr" / "__init__.py", (PROJECT / "taggarr" / "__init__.py").read_text())
    _write(FOLDER / "taggarr" / "once.py", Path(once.__file__).read_text())
    sources = {FOLDER / p.relative_to(PROJECT): undecorated(p.read_text()) for p in _python("taggarr/core")}
    tests = {FOLDER / p.relative_to(PROJECT): p.read_text() for p in _python("tests/core")}
    for folder in ("taggarr/core", "tests/core"):
        for path in (FOLDER / folder).glob("*.py"):
            if path not in sources | tests:
                path.unlink()
    for path, text in (sources | tests).items():
        _write(path, text)
    # mutmut copies what is missing there, and leaves alone what it finds.
    shutil.rmtree(FOLDER / "mutants" / "tests", ignore_errors=True)
    (FOLDER / "mutants" / "taggarr" / "once.py").unlink(missing_ok=True)


def _python(folder: str) -> list[Path]:
    return sorted((PROJECT / folder).glob("*.py"))


def _write(path: Path, text: str) -> None:
    if path.is_file() and path.read_text() == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def undecorated(source: str) -> str:
    """The same module, with its cached functions and properties as functions that mutmut takes."""
    lines = source.splitlines()
    after: list[str] = []
    for owner in ast.walk(ast.parse(source)):
        if not isinstance(owner, ast.Module | ast.ClassDef):
            continue
        for function in owner.body:
            if not isinstance(function, ast.FunctionDef) or not function.decorator_list:
                continue
            decorator = ast.unparse(function.decorator_list[0]).partition("(")[0]
            name, at = function.name, function.lineno - 1
            if decorator in {"cache", "lru_cache"}:
                after.append(f"{name} = once({name})")
            elif decorator == "property" and isinstance(owner, ast.ClassDef):
                lines[at] = lines[at].replace(f"def {name}(", f"def get_{name}(")
                after.append(f"{owner.name}.{name} = property(lambda self: self.get_{name}())")
            else:
                raise ValueError(f"mutmut passes over `{name}`, which is decorated with `{decorator}`")
            for decorated in function.decorator_list:
                for line in range(decorated.lineno - 1, decorated.end_lineno or decorated.lineno):
                    lines[line] = ""
    if after:
        after.insert(0, "from taggarr.once import once")
    return "\n".join([*lines, *after, ""])
