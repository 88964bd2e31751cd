"""The command line: one file for each command, imported only when it is called."""

import importlib
import logging
import os
import sys
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

import click

from taggarr import __version__
from taggarr.cli import streams
from taggarr.core.errors import ConfigError, NotFound, TaggarrError
from taggarr.logs import neutral

COMMANDS = {
    "scan": "Read, judge and tag: one scan, or a loop of them.",
    "explain": "Say why a title has its verdict, and what a scan would change.",
    "probe": "Show the audio tracks of files as Taggarr reads them.",
    "override": "Say what you know better about one title: its original, its targets.",
    "export": "Print the library with verdicts and languages.",
    "history": "Show what was changed, and when.",
    "undo": "Take back what a scan changed.",
    "doctor": "Check all that scans need, and say what mends it.",
    "config": "Write, check, show or describe the configuration.",
    "demo": "Try it on a simulated Sonarr and Radarr with real small files.",
}

DONE = 0
FAILED = 1
USAGE = 2
GUARD = 3
INTERRUPTED = 130
TERMINATED = 143


class _Commands(click.Group):
    """Imports a command's module when it is called: `taggarr --help` starts without any of them."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            near = get_close_matches(cmd_name, COMMANDS, n=1)
            hint = f"did you mean `taggarr {near[0]}`?" if near else f"there are {', '.join(COMMANDS)}"
            raise click.UsageError(f"there is no command `{neutral(cmd_name)}`; {hint}", ctx)
        module = importlib.import_module(f"taggarr.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as click calls it
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="`taggarr COMMAND -h` says what a command does. Without a command, `taggarr` scans.",
)
@click.version_option(__version__, prog_name="taggarr")
def taggarr() -> None:
    """Tell which films and series have their dub, and write it as tags into Sonarr and Radarr."""


def main() -> None:
    """The entry point: runs the command line and ends the process with its exit code."""
    streams.prepare()
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:  # noqa: PLR0911 - a return for each way to end
    """Run one command line; the exit code. What the user has to know is on standard error."""
    command_line = _with_command(list(arguments))
    if command_line is None:
        context = click.Context(taggarr, info_name="taggarr", **taggarr.context_settings)
        click.echo(f"{taggarr.get_help(context)}\n\n{_nothing_to_scan()}", err=True)
        return USAGE
    try:
        wordless = arguments if command_line[1:] == arguments else None
        result = taggarr.main(command_line, prog_name="taggarr", standalone_mode=False, obj=wordless)
    except click.ClickException as error:
        error.show()
        if arguments and command_line[1:] == arguments and isinstance(error, click.UsageError):
            click.echo("No command stands first, so this was read as `taggarr scan …`.", err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("taggarr: interrupted", err=True)
        return INTERRUPTED
    except TaggarrError as error:
        for line in _lines_of(error):
            click.echo(line, err=True)
        return USAGE if isinstance(error, ConfigError | NotFound) else FAILED
    except SystemExit as leaving:  # so click ends when it has written a completion script
        return leaving.code if isinstance(leaving.code, int) else DONE
    except Exception as error:
        logging.getLogger("taggarr").debug("an unforeseen error", exc_info=error)
        click.echo(
            f"taggarr: an unforeseen error, please report it ({type(error).__name__}: {neutral(str(error))}); "
            "`--log-level debug` shows where it comes from",
            err=True,
        )
        return FAILED
    return result if isinstance(result, int) else DONE


def _lines_of(error: TaggarrError) -> Iterable[str]:
    from taggarr.config import ConfigErrors  # noqa: PLC0415 - only where something is wrong

    if isinstance(error, ConfigErrors):
        from taggarr.cli.config_problems import told  # noqa: PLC0415 - as above

        return told(error, "taggarr: ")
    return (f"taggarr: {neutral(line)}" for line in str(error).splitlines())


def _with_command(arguments: list[str]) -> list[str] | None:
    """Without a command word, `taggarr` scans with the same options; None where nothing says what to scan."""
    if arguments and (not arguments[0].startswith("-") or arguments[0] in ("-h", "--help", "--version")):
        return arguments
    from taggarr import config  # noqa: PLC0415 - only where no command is given

    if arguments or config.find(config.data_dir()) is not None or config.names_an_arr(os.environ):
        return ["scan", *arguments]
    return None


def _nothing_to_scan() -> str:
    from taggarr import config  # noqa: PLC0415 - only where no command is given

    looked = "".join(
        f"\n  {neutral(str(path))}" for path in dict.fromkeys(config.candidates(config.data_dir()))
    )
    return (
        "There is nothing to scan yet: no configuration file was found. Looked for" + looked + "\n"
        "Write one (`taggarr config init` asks for what it needs, taggarr.example.yaml shows all of it), name one "
        "with --config, or try `taggarr demo`."
    )
