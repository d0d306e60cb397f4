"""Courses of elections that use what later rules added: together every event of theirs."""

from tests.builders.definitions import CHANGE_RULES, DISTRICT, no_poll, withdraw
from tests.builders.naming import DISTRICT_1, A
from tests.support.gwt import Command

NO_POLL: tuple[Command, ...] = (
    DISTRICT[0],
    CHANGE_RULES,
    *DISTRICT[1:-1],
    withdraw(DISTRICT_1, A),
    no_poll(DISTRICT_1),
)
"""From the first rules to the second, and one contest on which nobody votes."""

LATER_NIGHTS: tuple[tuple[Command, ...], ...] = (NO_POLL,)
