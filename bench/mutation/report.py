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
                only_sentences or only_texts_differ(sound, mutated),
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


def only_texts_differ(sound: ast.FunctionDef, mutated: ast.FunctionDef) -> bool:
    """Whether two functions do the same but for texts with a blank in them: sentences for the user."""
    return _without_sentences(sound) == _without_sentences(mutated)


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
    """Print survivors and totals; whether all were tried and at least `least` percent of what counts was killed."""
    counted = [mutant for mutant in found if not mutant.wording]
    survivors = [mutant for mutant in counted if not mutant.killed and mutant.exit_code is not None]
    for mutant in survivors:
        note = " (no test reaches it)" if mutant.exit_code in NO_TESTS else ""
        print(f"\n{mutant.name}{note}\n{mutant.diff}")
    made = Counter(mutant.module for mutant in found)
    totals = Counter(mutant.module for mutant in counted)
    killed = Counter(mutant.module for mutant in counted if mutant.killed)
    print(f"\n{'module':<18}{'made':>8}{'wording':>9}{'count':>8}{'killed':>8}{'%':>8}")
    for module, total in sorted(made.items()):
        print(_row(module, total, totals[module], killed[module]))
    print(_row("all", len(found), len(counted), killed.total()))
    percent = 100 * killed.total() / max(len(counted), 1)
    untried = len(counted) - len(survivors) - killed.total()
    print(f"\n{len(found) - len(counted)} mutants change only wording and are left out.")
    print(f"{killed.total()} of {len(counted)} were killed ({percent:.1f} %), {len(survivors)} survived.")
    if untried:
        print(f"{untried} were not tried.")
    if percent < least:
        print(f"That is less than {least} %.")
    return percent >= least and not untried


def _row(name: str, made: int, counted: int, killed: int) -> str:
    percent = f"{100 * killed / counted:.1f}" if counted else ""
    return f"{name:<18}{made:>8}{made - counted:>9}{counted:>8}{killed:>8}{percent:>8}"
