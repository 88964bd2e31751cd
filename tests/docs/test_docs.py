"""The documentation and the small print of the code, held against what is there."""

import ast
import io
import re
import subprocess
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from taggarr import cli

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
OVERRIDE = "TAGGARR__SECTION__KEY"
MOST_WORDS = 400


def named(page: Path) -> str:
    """A page as a test is named after it."""
    return page.relative_to(ROOT).as_posix()


@cache
def text_of(name: str) -> str:
    """The text of a file of the project."""
    return (ROOT / name).read_text("utf-8")


def files_of_the_project() -> list[str]:
    """What git keeps; where there is no git, all but hidden folders."""
    git = ["git", "ls-files", "-z"]
    try:
        listed = subprocess.run(git, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):
        listed = [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*")]
        listed = [name for name in listed if not name.startswith(".") and "__pycache__" not in name]
    return sorted(name for name in listed if (ROOT / name).is_file())


def python_files(*folders: str) -> list[str]:
    """The Python files in some folders, and `dev.py`."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return ["dev.py", *sorted(path.relative_to(ROOT).as_posix() for path in found)]


# README and the two commands


def test_the_readme_is_short():
    """Four hundred words at most; everything else is in `docs`."""
    assert len(text_of("README.md").split()) <= MOST_WORDS


def test_the_readme_leads_with_the_two_commands():
    """They are the first code that a reader meets."""
    first = re.search(r"```\n(.*?)```", text_of("README.md"), re.DOTALL)
    assert first is not None
    assert re.findall(r"^python3 dev\.py (\w+)", first[1], re.MULTILINE) == ["demo", "test"]


def test_the_readme_shows_what_the_demo_prints(capsys):
    """Each line of its picture is a line of the demo, in that order."""
    picture = re.search(r"```text\n(.*?)```", text_of("README.md"), re.DOTALL)
    assert picture is not None
    assert cli.run(["demo"]) == cli.DONE
    printed = iter(capsys.readouterr().out.splitlines())
    assert [line for line in picture[1].splitlines() if line not in printed] == []


def test_every_command_of_the_entry_is_described():
    """CONTRIBUTING has a row for each command of `dev.py`, and for no other."""
    described = re.findall(r"^\| `python3 dev\.py (\w+)` \|", text_of("CONTRIBUTING.md"), re.MULTILINE)
    offered = re.findall(
        r"^ +python3 dev\.py (\w+)", ast.get_docstring(ast.parse(text_of("dev.py"))) or "", re.MULTILINE
    )
    assert sorted(described) == sorted(offered)
    assert set(offered) == {"demo", "test", "bench", "fuzz", "mutate", "torture", "lock"}


# Links, paths, commands, variables


def links(page: Path) -> Iterator[str]:
    """The targets of a page's links, code left out."""
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
    yield from re.findall(r"\]\(([^)\s]+)\)", prose)


def anchors(page: Path) -> set[str]:
    """The names that headings get: lower case, blanks as hyphens, everything else dropped."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_somewhere(page):
    """Files and headings that a page links to are there; what is elsewhere is asked for encrypted."""
    for link in links(page):
        target, _, anchor = link.partition("#")
        if "://" in target:
            assert target.startswith("https://"), link
            continue
        there = (page.parent / target).resolve() if target else page
        assert there.is_file(), f"{named(page)}: {link}"
        assert not anchor or anchor in anchors(there), f"{named(page)}: {link}"


def test_every_page_can_be_found():
    """Each page is linked to from the index of the documentation or from the README."""
    index = ROOT / "docs" / "index.md"
    linked = {
        (page.parent / link.partition("#")[0]).resolve()
        for page in (index, ROOT / "README.md")
        for link in links(page)
    }
    assert [named(page) for page in PAGES if page not in linked and page.name != "README.md"] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_file_that_is_named_exists(page):
    """A path of the project between backticks leads to a file or a folder."""
    paths = re.findall(r"`((?:taggarr|tests|docs|bench)/[\w./-]*)`", page.read_text("utf-8"))
    assert [path for path in paths if not (ROOT / path).exists()] == []


def command_lines(text: str) -> list[list[str]]:
    """The command lines of `taggarr` in code, as words."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    code = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    code += [line for kind, block in blocks if kind != "yaml" for line in block.splitlines()]
    calls = [re.fullmatch(r"(?:\$ )?(?:\.venv/bin/)?taggarr +([a-z].*)", line) for line in code]
    return [re.sub(r" +#.*", "", call[1]).split() for call in calls if call]


def options_of(words: list[str]) -> set[str]:
    """The options that the command of a command line takes."""
    context = click.Context(cli.taggarr, info_name="taggarr")
    command = cli.taggarr.get_command(context, words[0])
    while isinstance(command, click.Group) and len(words) > 1:
        words = words[1:]
        command = command.get_command(context, words[0])
    assert command is not None, words
    return {option for parameter in command.params for option in parameter.opts} | {"-h", "--help"}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_command_that_is_named_exists(page):
    """Commands, subcommands and options between backticks are those of the command line."""
    for words in command_lines(page.read_text("utf-8")):
        assert words[0] in cli.COMMANDS, words
        options = {
            re.split("[=|]", word)[0].strip("[]") for word in words[1:] if word.startswith(("-", "[-"))
        }
        assert options <= options_of(words), words


def variables(text: str) -> set[str]:
    """The environment variables of Taggarr in a text; every override by its key is one and the same."""
    found = re.findall(r"TAGGARR_[A-Z0-9_]*[A-Z0-9]", text)
    return {OVERRIDE if name.startswith("TAGGARR__") else name for name in found}


def test_every_environment_variable_is_documented():
    """What the product knows and what tests read is what the pages name, and nothing else is."""
    known = "".join(re.findall(r"[\"']TAGGARR_\w*", "".join(map(text_of, python_files("taggarr", "bench")))))
    read = re.findall(
        r"environ(?:\.get\(|\[)[\"'](TAGGARR_\w+)", "".join(map(text_of, python_files("tests")))
    )
    asked = variables(known) | variables(" ".join(read))
    documented = {name for page in PAGES for name in variables(page.read_text("utf-8"))}
    assert documented == asked | {OVERRIDE}


# Decisions and changes


@pytest.mark.parametrize("page", DECISIONS, ids=named)
def test_every_decision_has_its_parts(page):
    """Context, decision and consequences on one page, the good ones and the bad ones too."""
    text = page.read_text("utf-8")
    assert re.match(rf"# {page.name[:4]}: \S", text)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    consequences = re.findall(r"^- (\w+):", text.partition("## Consequences")[2], re.MULTILINE)
    assert set(consequences) == {"Good", "Bad"}
    assert len(text.splitlines()) <= 60


def test_decisions_are_numbered_and_listed():
    """One after the other, and the index names each by its title."""
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    listed = re.findall(r"^- \[(.+)\]\(decisions/(.+)\)$", text_of("docs/index.md"), re.MULTILINE)
    assert listed == [(page.read_text("utf-8").splitlines()[0][2:], page.name) for page in DECISIONS]


def test_the_changelog_has_its_form():
    """What is not released stands first, under the headings of Keep a Changelog."""
    headings = re.findall(r"^(##+) (.+)$", text_of("CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == ("##", "[Unreleased]")
    kinds = {title for level, title in headings if level == "###"}
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


# What stands nowhere

# Written in pieces, so that this file does not hold what it looks for.
ELSEWHERE = [
    *(f"/{folder}/" for folder in ("work", "root")),
    *("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "registry." + "npm"),
    *("TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error"),
]


def test_nothing_of_one_machine_and_nothing_unfinished_is_kept():
    """No path of a machine, no registry of packages and no word for unfinished work in any file of the project."""
    looked_for = re.compile("|".join(rf"(?<!\w){re.escape(words)}" for words in ELSEWHERE))
    found = []
    for name in files_of_the_project():
        text = (ROOT / name).read_bytes().decode("utf-8", "replace")
        found += [f"{name}: {hit}" for hit in looked_for.findall(text)]
    assert found == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_no_page_names_a_temporary_folder(page):
    """What a page shows was not copied from where somebody tried it."""
    assert "/tm" + "p/" not in page.read_text("utf-8")


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock"])
def test_lock_files_hold_pins_and_hashes_alone(name):
    """Each requirement has a version and hashes, and none an address to load it from."""
    text = text_of(name)
    requirements = re.findall(r"^(?![ #])(.+?)(?: \\)?$", text, re.MULTILINE)
    assert len(requirements) > 10
    assert [
        line for line in requirements if not re.match(r"[\w.-]+(?:\[[\w,]+\])?==[\w.+!]+(?: ; .+)?$", line)
    ] == []
    assert text.count("==") >= len(requirements)
    assert "://" not in text


@pytest.mark.parametrize("folder", ["taggarr", "bench"])
def test_every_exception_to_a_check_has_its_reason(folder):
    """`noqa` and `type: ignore` name what they allow, and say on the same line why; `pragma` too."""
    bare = []
    for name in python_files(folder):
        tokens = tokenize.generate_tokens(io.StringIO(text_of(name)).readline)
        comments = [(token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT]
        bare += [f"{name}:{line}: {comment}" for line, comment in comments if lacks_reason(comment)]
    assert bare == []


def lacks_reason(comment: str) -> bool:
    """Whether a comment allows something without saying what, or why."""
    rest, allowed = re.subn(
        r"noqa: [A-Z]+\d+(?:, [A-Z]+\d+)*|type: ignore\[[\w-]+\]|pragma: no (?:cover|branch)", "", comment
    )
    if re.search(r"noqa|type: ignore|pragma:", rest):
        return True
    return bool(allowed) and len(re.findall(r"[A-Za-z]{2,}", rest)) < 2


@pytest.mark.parametrize(
    ("comment", "lacking"),
    [
        ("# noqa: S603 - our own interpreter", False),
        ("# type: ignore[override]  # looked up anew", False),
        ("# pragma: no cover - Windows has none", False),
        ("# a remark", False),
        ("# noqa", True),
        ("# noqa: S603", True),
        ("# noqa: ARG002, N802", True),
        ("# type: ignore", True),
        ("# type: ignore[override]", True),
        ("# pragma: no cover", True),
    ],
)
def test_a_reason_is_known_from_its_absence(comment, lacking):
    """Codes alone are no reason."""
    assert lacks_reason(comment) is lacking
