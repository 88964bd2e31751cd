"""`taggarr` without a command, where the environment variables of an earlier version stand in for a file."""

from typing import NamedTuple

import click
from click.core import ParameterSource

from taggarr.config import EarlierStart
from taggarr.core.selection import Mode

_SHARED = {"config_path", "data_dir", "log_level"}


class Turn(NamedTuple):
    """What to do: a loop or one scan, in which mode, and in which mode the loop goes on."""

    loop: bool
    mode: Mode
    later: Mode = Mode.UPDATE


def turn(start: EarlierStart, context: click.Context, mode: Mode, *, loop: bool) -> Turn | None:
    """What `start` makes of a call of `scan`; None where nothing is to be done but to wait.

    It holds where no command word was given. START_RUNNING begins a loop, in which the options of the command
    line hold for each pass and WRITE_MODE for the first one. Write mode 2 and single items are one scan: what
    the command line asks for by name is no matter of every two hours.
    """
    if context.obj is None:
        if start.write_mode:
            _say(f"WRITE_MODE={start.write_mode} is ignored where a command is given; --write-mode says it.")
        return Turn(loop, mode)
    given = {
        name for name in context.params if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    }
    if not start.loop and not given - _SHARED:
        return None
    asked = "write_mode" in given
    once = context.params["items"] or (asked and mode is Mode.REMOVE)
    if start.loop and once:
        _say("This is one scan; START_RUNNING does not repeat it.")
    loop = loop or (start.loop and not once)
    if asked:
        return Turn(loop, mode, mode if start.loop and loop else Mode.UPDATE)
    if start.write_mode:
        mode = Mode(start.write_mode)
        _say(
            f"WRITE_MODE={mode.value} holds for {'the first pass only: ' + _AFTER[mode] if loop else 'this scan.'}"
        )
    return Turn(loop, mode)


_AFTER = {
    Mode.REWRITE: "the passes after it read what is new or changed.",
    Mode.REMOVE: "the passes after it tag again. To keep the tags away, stop this and run "
    "`taggarr scan --write-mode 2`.",
}


def _say(sentence: str) -> None:
    click.echo(sentence, err=True)
