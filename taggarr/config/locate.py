"""Where the configuration file and the data folder are."""

import os
from collections.abc import Mapping
from pathlib import Path

from taggarr.config.problems import broken

DATA_DIR_VARIABLE = "TAGGARR_DATA_DIR"
FILE_NAME = "config.yaml"
LOCAL_NAME = "taggarr.yaml"


def data_dir(option: str | Path | None = None, environ: Mapping[str, str] | None = None) -> Path:
    """The data folder: `option`, else `TAGGARR_DATA_DIR`, else the user's config folder. Absolute; not made."""
    environ = os.environ if environ is None else environ
    named = option or environ.get(DATA_DIR_VARIABLE)
    if named:
        return expanded(named).absolute()
    from platformdirs import user_config_path  # noqa: PLC0415 - 10 ms that a named folder need not pay

    return user_config_path("taggarr", appauthor=False)


def candidates(folder: Path, environ: Mapping[str, str] | None = None) -> tuple[Path, ...]:
    """Where a configuration is looked for, first to last, when none is named. `folder` is the data folder.

    The folders that `XDG_CONFIG_HOME` and, on Windows, `APPDATA` name are those of earlier versions.
    """
    environ = os.environ if environ is None else environ
    named = [Path(environ[name]) for name in ("XDG_CONFIG_HOME", "APPDATA") if environ.get(name)]
    homes = [each / "taggarr" for each in named if each.is_absolute()]
    return (
        Path.cwd() / LOCAL_NAME,
        *(
            place / FILE_NAME
            for place in (folder, *homes, expanded("~/.config/taggarr"), Path("/etc/taggarr"))
        ),
    )


def find(folder: Path, environ: Mapping[str, str] | None = None) -> Path | None:
    """The first candidate that is there, whatever it is; None where none is."""
    return next((path for path in candidates(folder, environ) if os.path.lexists(path)), None)


def source(option: str | Path | None, folder: Path, environ: Mapping[str, str] | None = None) -> Path:
    """The configuration file to read: `option` (`--config`), else what is found. Raises `ConfigErrors`."""
    if option:
        return expanded(option).absolute()
    found = find(folder, environ)
    if found is None:
        looked = ", ".join(dict.fromkeys(map(str, candidates(folder, environ))))
        hint = "`taggarr config init` writes one; or name a file with --config"
        raise broken("configuration", f"there is no configuration file; looked for {looked}", hint)
    return found


def expanded(path: str | Path) -> Path:
    """`path` with `~` resolved; left as it is where the system knows no home folder."""
    return Path(os.path.expanduser(path))  # noqa: PTH111 - Path.expanduser raises where there is no home
