"""Rows as values of the types that their columns are declared with: SQLite lets any column hold anything."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, cast

import msgspec
from sqlalchemy import Row, Table


def shape(table: Table, **types: Any) -> type[msgspec.Struct]:
    """What a row of `table` has, in order; `types` are those of further columns, and narrower ones."""
    declared = {str(column.name): _type(column) for column in table.columns}
    made = msgspec.defstruct(table.name, list((declared | types).items()), array_like=True, frozen=True)
    msgspec.json.Decoder(made)  # to learn the type now: threads that do so at once crash (see `codec`)
    return made


def checked(rows: Iterable[Row[Any]], of: type[msgspec.Struct]) -> Iterator[Any]:
    """The rows in their shape. Raises `ValueError`, which names the column, at the first that does not fit."""
    try:
        for row in rows:
            yield msgspec.convert(tuple(row), of)
    except msgspec.ValidationError as error:
        names = of.__struct_fields__
        named = re.sub(r"\$\[(\d+)\]", lambda at: f"{of.__name__}.{names[int(at[1])]}", str(error))
        raise ValueError(named) from error


def _type(column: Any) -> Any:
    declared = cast("type", column.type.python_type)
    return declared | None if column.nullable else declared
