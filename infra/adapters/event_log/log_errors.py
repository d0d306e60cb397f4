"""What can go wrong with the log itself. None of these says anything about a posting's content."""


class LogUnavailable(Exception):  # noqa: N818 - it says what is the case
    """The log cannot be reached or written now.

    Whether the posting was recorded is unknown. Send it again with the same submission id: it is
    recorded once, and the answer is then the original one.
    """


class LogClosed(LogUnavailable):
    """This process closes its log and takes nothing more."""


class LogFull(LogUnavailable):
    """The disk of the database is full: the posting is not recorded.

    Send it again, with the same submission id, when there is room.
    """


class ClockRefused(LogUnavailable):
    """The clock of this machine contradicts the log: nothing is recorded until it is set right.

    Send the posting again, with the same submission id, when it is.
    """


class ClockAhead(ClockRefused):
    """This machine's clock is ahead of the database's: nothing is recorded until it is set right.

    The time of the log never goes back, so one entry from a clock that is wrong by a day would
    stamp everybody's entries of that day.
    """

    def __init__(self, *, ahead_seconds: float) -> None:
        self.ahead_seconds = ahead_seconds
        super().__init__(
            f"this machine's clock is {ahead_seconds:.0f} s ahead of the database's;"
            " set it right (NTP) and nothing else needs to be done"
        )


class EventUnreadable(ValueError):  # noqa: N818
    """A row of the log has an unknown topic, or its state is not that of its topic."""


class LogBroken(Exception):  # noqa: N818
    """The log contradicts itself or what was read of it before; nobody may go on reading it."""


class GapInLog(LogBroken):
    """Positions were not consecutive."""

    def __init__(self, *, expected: int, found: int) -> None:
        self.expected = expected
        self.found = found
        super().__init__(f"position {expected} was to follow, position {found} was found")


class LogWentBack(LogBroken):
    """The log ends before a position that was read before: another or a restored database."""

    def __init__(self, *, read: int, last: int) -> None:
        self.read = read
        self.last = last
        super().__init__(f"position {read} was read before, but the log ends at {last}")
