"""The lists of words and codes are data, and each says where it comes from."""

import ast
import inspect
from collections.abc import Iterator
from types import ModuleType

import pytest

from taggarr.core import language_codes, language_names, region_names, title_languages, title_words
from taggarr.core.language import parse
from taggarr.core.titles import read_title

MODULES = [language_codes, language_names, region_names, title_languages, title_words]


def lists(module: ModuleType) -> Iterator[tuple[str, str]]:
    """The name of each list that is written out in a module, with what is said below it."""
    body = ast.parse(inspect.getsource(module)).body
    for statement, below in zip(body, [*body[1:], None], strict=True):
        if not isinstance(statement, ast.Assign | ast.AnnAssign) or not _is_written_out(statement.value):
            continue
        target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
        said = below.value if isinstance(below, ast.Expr) else None
        yield ast.unparse(target), str(said.value) if isinstance(said, ast.Constant) else ""


def _is_written_out(value: ast.expr | None) -> bool:
    """Whether it is text, or values one by one, and not made from another list."""
    if isinstance(value, ast.Call) and len(value.args) == 1:
        return isinstance(value.args[0], ast.Set | ast.List | ast.Tuple)
    if isinstance(value, ast.Dict):
        return bool(value.keys)
    return isinstance(value, ast.Set | ast.List | ast.Tuple | ast.Constant)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_each_list_names_its_source(module: ModuleType) -> None:
    """In the sentence below it, which begins with `Source:`."""
    found = dict(lists(module))
    assert found
    assert [name for name, said in found.items() if "Source: " not in said] == []


def test_the_lists_are_seen() -> None:
    """A list that the walk passes over would need no source."""
    names = {name for module in MODULES for name, _ in lists(module)}
    assert names >= {"COMMENTARY", "CODEC", "LANGUAGES", "CODES", "NO_CODES", "_ISO_3166_1", "BIBLIOGRAPHIC"}


@pytest.mark.parametrize(
    ("title", "tag"),
    [
        ("库尔德语", "ku"),  # 德语 is German
        ("南非荷兰语", "af"),  # 荷兰语 is Dutch
        ("Tiếng Do Thái", "he"),  # Thái is Thai
        ("日文", "ja"),
        ("英文 5.1", "en"),
        ("튀르키예어", "tr"),
        ("urduca", "ur"),
        ("Ουκρανικά", "uk"),
        ("Irisch", "ga"),
        ("الهولندية", "nl"),
        ("เขมร", "km"),
        ("Georgiana", None),
        ("Frans", None),
        ("Pools", None),
        ("Román", None),
        ("Turks", None),
        ("Irish Pub", None),
    ],
)
def test_names_of_languages_in_other_languages(title: str, tag: str | None) -> None:
    """As the CLDR has them; not those that are a person, a place or an ordinary word elsewhere."""
    assert read_title(title).language == (parse(tag) if tag else None)
