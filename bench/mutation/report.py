"""What became of the mutants, read from mutmut's files; and which of them change nothing but wording."""

import ast
import fnmatch
import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff

from bench.mutation.workspace import FOLDER, PROJECT

KILLED = frozenset({1, 3, -24, 24, 152, 36, 255})  # a test failed, pytest broke down, or time ran out
NO_TESTS = frozenset({5, 33})


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mutant: `name` as mutmut gives it, `diff` as text, `wording` if it changes only what a sentence says.

    `exit_code` is None where it was not tried.
    """

    name: str
    exit_code: int | None
    wording: bool
    diff: str

    @property
    def module(self) -> str:
        return self.name.split(".")[2]

    @property
    def killed(self) -> bool:
        return self.exit_code in KILLED


def mutants() -> Iterator[Mutant]:
    """All mutants that were made, with what became of each."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["taggarr-mutation"]
    for meta in sorted((FOLDER / "mutants" / "taggarr" / "core").glob("*.py.meta")):
        functions = _functions(meta.with_suffix("").read_text())
        for name, exit_code in json.loads(meta.read_text())["exit_code_by_key"].items():
            function = name.rpartition(".")[2]
            sound = functions[function.partition("__mutmut_")[0] + "__mutmut_orig"]
            mutated = functions[function]
            plain = name.partition("__mutmut_")[0].replace(".x_", ".").replace("ǁ", ".").replace(".x.", ".")
            only_sentences = any(fnmatch.fnmatch(plain, pattern) for pattern in settings["wording"])
            yield Mutant(
                name,
                exit_code,
                only_sentences or _without_sentences(sound) == _without_sentences(mutated),
                _diff(sound, mutated),
            )


def _functions(source: str) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)}


class _Sentences(ast.NodeTransformer):
    """Puts one and the same text in the place of every text that holds a blank."""

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return ast.Constant("…") if isinstance(node.value, str) and " " in node.value else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.expr:
        texts = [part.value for part in node.values if isinstance(part, ast.Constant)]
        return ast.Constant("…") if any(" " in str(text) for text in texts) else node


def _without_sentences(function: ast.FunctionDef) -> str:
    whole = ast.parse(ast.unparse(function)).body[0]
    assert isinstance(whole, ast.FunctionDef)
    whole.name = ""
    return ast.dump(_Sentences().visit(whole))


def _diff(sound: ast.FunctionDef, mutated: ast.FunctionDef) -> str:
    before, after = (
        ast.unparse(function).replace(function.name, function.name.partition("__mutmut_")[0]).splitlines()
        for function in (sound, mutated)
    )
    changes = list(unified_diff(before, after, lineterm="", n=0))[2:]
    return "\n".join(line for line in changes if not line.startswith("@@"))


def show(found: list[Mutant], least: float) -> bool:
    """Print survivors and totals; whether at least `least` percent of what counts was killed."""
    counted = [m for m in found if not m.wording and m.exit_code is not None]
    survivors = [m for m in counted if not m.killed]
    for mutant in survivors:
        note = " (no test reaches it)" if mutant.exit_code in NO_TESTS else ""
        print(f"\n{mutant.name}{note}\n{mutant.diff}")
    totals, killed = Counter(m.module for m in counted), Counter(m.module for m in counted if m.killed)
    print(f"\n{'module':<18}{'mutants':>8}{'killed':>8}{'%':>7}")
    for module, total in sorted(totals.items()):
        print(f"{module:<18}{total:>8}{killed[module]:>8}{100 * killed[module] / total:>7.1f}")
    percent = 100 * killed.total() / len(counted)
    wording = [m for m in found if m.wording]
    print(f"{'all':<18}{len(counted):>8}{killed.total():>8}{percent:>7.1f}\n")
    print(f"{len(found)} mutants; {len(wording)} of them change only wording and are left out")
    if untried := sum(1 for m in found if m.exit_code is None):
        print(f"{untried} were not tried")
    print(f"{len(counted)} count; {killed.total()} killed, {len(survivors)} survived: {percent:.1f} %")
    print("(survivors and why: docs/mutation.md)" if percent >= least else f"That is less than {least} %.")
    return percent >= least
