"""What a unit answered to the same questionnaire in the election before, as a proposal.

Offices are asked for the same things every time. Where the database still holds the log of the
election before, of the same environment, its answers are offered beside the fields; they are read
and never written, and nothing of them goes into this log unless an officer takes it over.
"""

import threading
from typing import NamedTuple

from aggregates.election.election_events import ElectionDefined
from aggregates.surveys.survey import AnswerGiven, Questionnaire, Values, answer_stream
from infra.adapters.event_log.event_codec import decode
from infra.adapters.event_log.event_log import Log
from infra.adapters.event_log.log_reader import LogReader
from infra.adapters.postgres.schemas import LogName, log_names
from infra.adapters.postgres.statements import Statements


class _Before(NamedTuple):
    """The log of the election before."""

    reader: LogReader
    statement: bytes


class EarlierAnswers:
    """Reads the log of the election before, from any thread.

    Args:
        log: The log of this election.
    """

    def __init__(self, log: Log) -> None:
        self._log = log
        self._lock = threading.Lock()
        self._looked = False
        self._before: _Before | None = None

    def find(self, questionnaire: Questionnaire, unit: str) -> Values:
        """Item -> what the unit answered last, for items that take the same kind of answer."""
        before = self._find_before()
        if before is None:
            return {}
        stream = answer_stream(questionnaire.id, unit)
        rows = before.reader.ask(
            lambda cursor: cursor.execute(before.statement, ([stream],)).fetchall()
        )
        events = (decode(topic, state) for topic, state in rows)
        given = [event for event in events if isinstance(event, AnswerGiven)]
        values = given[-1].values if given else {}
        return {
            item.id: values[item.id]
            for item in questionnaire.items
            if item.id in values and isinstance(values[item.id], int) == item.is_number
        }

    def close(self) -> None:
        """Close the connection."""
        if self._before is not None:
            self._before.reader.close()

    def _find_before(self) -> _Before | None:
        """The election before is looked for once: it does not change while this one runs."""
        with self._lock:
            if not self._looked:
                self._before = self._look()
                self._looked = True
            return self._before

    def _look(self) -> _Before | None:
        own = _first_event(self._log.reader)
        if own is None:
            return None
        logs: list[tuple[str, LogName]] = []
        for name in log_names(self._log.conninfo):
            if name.environment == self._log.name.environment and name != self._log.name:
                reader = LogReader(self._log.conninfo, name.schema)
                defined = _first_event(reader)
                reader.close()
                day = defined.election.polling_day if defined is not None else None
                if day is not None and day < own.election.polling_day:
                    logs.append((day.isoformat(), name))
        if not logs:
            return None
        schema = max(logs)[1].schema
        statements = Statements("log", schema=schema, channel=schema)
        return _Before(LogReader(self._log.conninfo, schema), statements["load_streams"])


def _first_event(reader: LogReader) -> ElectionDefined | None:
    """The first event of a log."""
    rows = reader.read(0, 1)
    event = decode(rows[0].topic, rows[0].state) if rows else None
    return event if isinstance(event, ElectionDefined) else None
