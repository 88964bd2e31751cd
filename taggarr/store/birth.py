"""How a database comes into being: whole, under its name, or not at all.

So an empty file under that name is never a beginning: something has emptied it, and nobody fills it anew.
"""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from taggarr.core.errors import StoreError
from taggarr.store import problems


def is_there(path: Path) -> bool:
    """Whether something is at `path`; also where it cannot be told, for then it is no beginning either."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def make(path: Path, fill: Callable[[Path], None]) -> None:
    """Where there is no file at `path`, let `fill` write one beside it, and give it that name.

    Nobody else may read it. Of several processes that begin at once, the first wins. Raises `StoreError`, and
    what `fill` raises.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        target = Path(os.path.realpath(path))  # Path.resolve raises where links lead in a circle
        if target.exists():
            if target.is_file() and target.stat().st_size == 0:  # opening it would write a header into it
                raise problems.without_version(path, ())
            return
        if target != path and not target.parent.is_dir():
            raise StoreError(
                str(path), f"it leads to {target}, whose folder is not there: mount it, or remove the link"
            )
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=target.parent)
        os.close(handle)
    except OSError as error:
        raise problems.of_folder(path.parent, error) from error
    new = Path(name)
    try:
        fill(new)
        _give_name(new, target)
    except OSError as error:
        raise problems.of_folder(path.parent, error) from error
    finally:
        for part in (new, Path(f"{name}-wal"), Path(f"{name}-shm"), Path(f"{name}-journal")):
            part.unlink(missing_ok=True)


def _give_name(new: Path, target: Path) -> None:
    try:
        os.link(new, target)
    except FileExistsError:
        return  # somebody else was first
    except OSError:  # a file system without links
        if not target.exists():
            new.replace(target)
