"""Courses of elections that use what later rules added: together every event of theirs."""

from tests.builders.decisions import declare, finals, set_aside
from tests.builders.definitions import CHANGE_RULES, CLOSE, DISTRICT, no_poll, withdraw
from tests.builders.naming import DISTRICT_1, A, B
from tests.builders.reports import sheet
from tests.support.gwt import Command

NO_POLL: tuple[Command, ...] = (
    DISTRICT[0],
    CHANGE_RULES,
    *DISTRICT[1:-1],
    withdraw(DISTRICT_1, A),
    no_poll(DISTRICT_1),
)
"""From the first rules to the second, and one contest on which nobody votes."""

SET_ASIDE: tuple[Command, ...] = (
    DISTRICT[0],
    CHANGE_RULES,
    *DISTRICT[1:],
    *finals(DISTRICT_1, sheet({A: 5, B: 4}), sheet({A: 5, B: 4})),
    declare(DISTRICT_1, A),
    CLOSE,
    set_aside(DISTRICT_1),
)
"""Closed, and the winner taken back by a judgment."""

LATER_NIGHTS: tuple[tuple[Command, ...], ...] = (NO_POLL, SET_ASIDE)
