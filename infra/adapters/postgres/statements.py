"""SQL lives in .sql files, one name per statement.

A statement begins with `-- name: its_name` and may contain `{schema}`, which becomes the quoted
name of the schema of one log.
"""

import re
from functools import cache
from importlib.resources import files
from typing import LiteralString, cast

from psycopg.sql import SQL, Identifier

_NAME = re.compile(r"^-- name: (\w+)$", re.MULTILINE)


class StatementUnknown(LookupError):  # noqa: N818 - it says what is the case
    """A file of statements has no statement of this name."""


class Statements:
    """The statements of one file, for one schema."""

    def __init__(
        self, file: str, *, package: str = "infra.adapters.postgres", **names: str
    ) -> None:
        identifiers = {key: Identifier(name) for key, name in names.items()}
        self._file = file
        # Composed once: to quote the same names at every execution takes as long as to decide.
        self._composed = {
            name: SQL(text).format(**identifiers).as_bytes()
            for name, text in _texts(package, file).items()
        }

    def __getitem__(self, name: str) -> bytes:
        """One statement, its names quoted.

        Raises:
            StatementUnknown: The file has none of this name.
        """
        try:
            return self._composed[name]
        except KeyError:
            raise StatementUnknown(f"{self._file}.sql has no statement named {name}") from None


@cache
def _texts(package: str, file: str) -> dict[str, LiteralString]:
    text = files(package).joinpath("sql", f"{file}.sql").read_text(encoding="utf-8")
    parts = _NAME.split(text)[1:]
    # The text comes from a file of this package, never from a user.
    return {
        name: cast("LiteralString", body.strip().removesuffix(";"))
        for name, body in zip(parts[::2], parts[1::2], strict=True)
    }
