"""Which logs a database holds: one schema per election and environment."""

from typing import Self, cast, get_args

import msgspec
import psycopg

from aggregates.election.identifiers import Environment
from infra.adapters.postgres.statements import Statements


class LogNotChosen(LookupError):  # noqa: N818 - it says what is missing
    """The database holds no log, or several, and nobody said which."""


class LogName(msgspec.Struct, frozen=True, order=True):
    """One election in one environment.

    Attributes:
        election: Id of the election; it never contains an underscore.
        environment: `live` or `rehearsal`.
    """

    election: str
    environment: Environment

    @property
    def schema(self) -> str:
        """The schema that holds this log: `house50_live`."""
        return f"{self.election.replace('-', '_')}_{self.environment}"

    @classmethod
    def from_schema(cls, schema: str) -> Self | None:
        """The log that a schema holds by its name, or None."""
        election, _, environment = schema.rpartition("_")
        if not election or environment not in get_args(Environment):
            return None
        return cls(election.replace("_", "-"), cast("Environment", environment))


def log_names(conninfo: str) -> list[LogName]:
    """Every log in a database, sorted."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        rows = connection.execute(Statements("schemas")["log_schemas"]).fetchall()
    names = (LogName.from_schema(schema) for (schema,) in rows)
    return sorted(name for name in names if name is not None)


def choose_log(
    conninfo: str, election: str = "", environment: Environment | None = None
) -> LogName:
    """The log that is meant: the only one that fits what is known.

    Raises:
        LogNotChosen: None fits, or several do; names them.
    """
    found = log_names(conninfo)
    fitting = [
        name
        for name in found
        if election in ("", name.election) and environment in (None, name.environment)
    ]
    if len(fitting) == 1:
        return fitting[0]
    asked = f"選挙 {election or 'すべて'}、環境 {environment or 'すべて'}"
    raise _not_one(asked, len(fitting), found)


def served_log(found: list[LogName]) -> LogName | None:
    """The log that is served where nobody said which: a live one before its rehearsal.

    Raises:
        LogNotChosen: There are logs of several elections; names them.
    """
    if len({name.election for name in found}) > 1:
        raise _not_one("選挙 すべて、環境 すべて", len(found), found)
    return min(found, default=None)


def _not_one(asked: str, fitting: int, found: list[LogName]) -> LogNotChosen:
    there = "、".join(f"{name.election}（{name.environment}）" for name in found) or "なし"
    return LogNotChosen(
        f"指定（{asked}）に合う記録が {fitting} 件あります。"
        f"このデータベースにある記録: {there}。"
        "KAIHYO_ELECTION と KAIHYO_ENVIRONMENT で一つを指定してください。"
    )
