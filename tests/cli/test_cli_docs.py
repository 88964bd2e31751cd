"""The reference of the command line against the commands: both ways."""

import re
from pathlib import Path

import click
import pytest

from taggarr import cli
from taggarr.cli import COMMANDS, taggarr
from taggarr.cli.export import COLUMNS

REFERENCE = (Path(__file__).parents[2] / "docs" / "reference" / "cli.md").read_text("utf-8")
SECTIONS = {
    title.split()[0] if not title.startswith("config ") else " ".join(title.split()[:2]): (title, text)
    for title, text in re.findall(
        r"^## `taggarr ([^`]+)`\n(.*?)(?=^## |\Z)", REFERENCE, re.MULTILINE | re.DOTALL
    )
}
EVERYWHERE = {"-c", "--config", "--data-dir", "--log-level", "-h", "--help"}


def commands() -> dict[str, click.Command]:
    """Every command that does something, by its words."""
    found = {}
    context = click.Context(taggarr)
    for name in COMMANDS:
        command = taggarr.get_command(context, name)
        if isinstance(command, click.Group):
            found |= {f"{name} {inner}": each for inner, each in command.commands.items()}
        else:
            found[name] = command
    return found


def options_of(command):
    options = [each for each in command.params if isinstance(each, click.Option)]
    return {name for option in options for name in option.opts}


def documented(text):
    rows = re.findall(r"^\| (`-[^|]*(?:\\\|[^|]*)*) \|", text, re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`(--?[a-z][a-z-]*)", row)}


def test_every_command_has_a_section_and_nothing_else_has():
    """Commands of commands stand with both words."""
    assert SECTIONS.keys() == commands().keys()


@pytest.mark.parametrize("name", commands())
def test_the_options_of_each_command(name):
    """Every option is in the table of its command, and every option in the table exists."""
    assert documented(SECTIONS[name][1]) == options_of(commands()[name]) - EVERYWHERE


def test_the_options_of_all_commands():
    """They stand once, at the top; `demo` alone makes its own configuration."""
    top = REFERENCE.partition("## Exit codes")[0]
    assert documented(top) == EVERYWHERE
    for name, command in commands().items():
        if name != "demo":
            assert options_of(command) >= EVERYWHERE - {"-h", "--help"}, name


@pytest.mark.parametrize("name", commands())
def test_the_argument_of_each_command(name):
    """The heading shows what the command takes."""
    arguments = [each.metavar for each in commands()[name].params if isinstance(each, click.Argument)]
    assert SECTIONS[name][0] == " ".join([name, *arguments])


@pytest.mark.parametrize("name", commands())
def test_the_choices_of_options(name):
    """What an option may be stands beside it."""
    for option in commands()[name].params:
        if isinstance(option.type, click.Choice) and option.name != "log_level":
            choices = "\\|".join(option.type.choices)
            assert f"{option.opts[0]} {choices}`" in SECTIONS[name][1]


def test_every_exit_code_is_documented():
    """The table has those of the code, and no other."""
    table = REFERENCE.partition("## Exit codes")[2].partition("\n## ")[0]
    codes = {cli.DONE, cli.FAILED, cli.USAGE, cli.GUARD, cli.INTERRUPTED, cli.TERMINATED}
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)} == codes


def has(text, *names):
    """Whether the text lists these names, in this order."""
    return ", ".join(names) in re.sub(r"\[\]", "", " ".join(text.split())).replace("`", "")


def test_the_json_of_export(scanned):
    """The columns as documented."""
    assert has(SECTIONS["export"][1], *COLUMNS)


def test_the_json_of_history(scanned):
    """The fields as documented."""
    assert has(SECTIONS["history"][1], *scanned.run("history", "--json").json[0])


def test_the_json_of_scan(place):
    """The fields as documented, one level after the other."""
    summary = place.run("scan", "--json").json
    text = SECTIONS["scan"][1]
    assert has(text, *list(summary)[:2])
    assert has(text, *summary["instances"]["tv"])
    assert all(f"`{word}`" in text for word in summary["instances"]["tv"]["verdicts"])
    assert all(f"`{word}`" in text for word in summary["instances"]["tv"]["changes"])


def test_the_json_of_explain(scanned):
    """The fields as documented, of the answer, an item, a file, a track and the plan."""
    text = SECTIONS["explain"][1]
    answer = scanned.run("explain", "Half", "--json").json
    item = answer["items"][0]
    file = item["files"][0]
    probed = set(scanned.run("probe", "--json", file["path"]).json["tracks"][0])
    assert has(text, *answer)
    assert has(text, *item)
    assert has(text, *file)
    assert all(f"`{name}`" in text for name in file["tracks"][0].keys() - probed)
    assert all(f"`{name}`" in text for name in item["plan"])


def test_the_json_of_override(scanned):
    """The fields as documented, of the answer and of the title."""
    text = SECTIONS["override"][1]
    answer = scanned.run("override", "Half", "--json").json
    assert has(text, *answer)
    assert has(text, *answer["item"])


def test_the_json_of_probe(scanned):
    """The fields of a file and of a track as documented."""
    path = next(scanned.folder.rglob("*.mkv"))
    row = scanned.run("probe", "--json", path).json
    assert all(f"`{name}" in SECTIONS["probe"][1] for name in row)
    assert has(SECTIONS["probe"][1], *row["tracks"][0])


def test_the_json_of_config_show(place):
    """The fields as documented, and those of a value."""
    text = SECTIONS["config show"][1]
    shown = place.run("config show", "--json").json
    assert has(text, *shown)
    assert has(text, *shown["scan"]["workers"])


def test_the_json_of_config_check(place):
    """The fields of a problem as documented."""
    (place.data / "config.yaml").write_text("nope: 1\n")
    text = SECTIONS["config check"][1]
    assert all(f"`{name}`" in text for name in place.run("config check", "--json").json[0])
