"""The rows of the log as entries of the tree."""

from collections.abc import Sequence

from infra.adapters.event_log.log_errors import GapInLog
from infra.adapters.event_log.log_reader import LogReader
from projections.feeds.public_entry import entry_bytes


class LogEntries:
    """Entries of one log, in the order of its positions (an `EntrySource`)."""

    def __init__(self, reader: LogReader) -> None:
        self._reader = reader

    def entries(self, start: int, limit: int) -> Sequence[bytes]:
        """At most `limit` entries from number `start` (from 0): entry n stands at position n + 1.

        Raises:
            GapInLog: A row is missing.
        """
        rows = self._reader.read(start, limit)
        for position, row in enumerate(rows, start=start + 1):
            if row.position != position:
                raise GapInLog(expected=position, found=row.position)
        return [entry_bytes(row.position, row.topic, row.state) for row in rows]
