"""A simulated arr in a process of its own, so that it does not share an interpreter with its client."""

import contextlib
import multiprocessing
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from operator import attrgetter
from typing import Any

from taggarr.simulator.arr import ArrSimulator

_REPORTED = (AttributeError, KeyError, TypeError, ValueError)


class RemoteSimulator:
    """The parent's handle: `url`, `api_key`, and `call` for everything else."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.url: str = self.call("url")
        self.api_key: str = self.call("api_key")

    def call(self, name: str, *args: object, **kwargs: object) -> Any:
        """Call or read a member of the simulator: `call("tags_of", 3)`, `call("log.entries")`.

        Raises what the member raised. What is returned was pickled.
        """
        self._connection.send((name, args, kwargs))
        result, error = self._connection.recv()
        if error is not None:
            raise error
        return result


@contextlib.contextmanager
def in_process(
    build: Callable[..., ArrSimulator[Any, Any]], *args: object, **kwargs: object
) -> Iterator[RemoteSimulator]:
    """Run `build(*args, **kwargs)` in a fresh process; `build` must be importable there.

    `SonarrSimulator` itself will do, and is then filled by `call`; a whole library is built faster by a
    function that does it over there.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, build, args, kwargs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield RemoteSimulator(ours)
    finally:
        ours.close()
        process.join()
        process.close()


def serve(
    connection: Connection,
    build: Callable[..., ArrSimulator[Any, Any]],
    args: tuple[object, ...],
    kwargs: dict[str, object],
) -> None:
    """The child's side: serve HTTP and answer the parent's calls until it hangs up."""
    with connection, build(*args, **kwargs) as simulator, contextlib.suppress(EOFError):
        while True:
            name, call_args, call_kwargs = connection.recv()
            try:
                member = attrgetter(name)(simulator)
                result = member(*call_args, **call_kwargs) if callable(member) else member
            except _REPORTED as error:
                connection.send((None, error))
            else:
                connection.send((result, None))
