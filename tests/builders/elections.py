"""Whole small elections, ready to be posted."""

from aggregates.rules import CURRENT_RULES
from tests.builders.definitions import REGISTER, candidates, contest, justices, member, party_list
from tests.builders.naming import (
    BLOCK,
    CHIYODA,
    CHUO,
    DISTRICT_1,
    DISTRICT_2,
    GOVERNOR,
    JUSTICES,
    UPPER,
)
from tests.support.gwt import Command, Log

HOUSE: tuple[Command, ...] = (
    *REGISTER,
    contest(DISTRICT_1, [CHIYODA]),
    candidates(DISTRICT_1, "d1-ao", "d1-aka"),
    contest(DISTRICT_2, [CHUO]),
    candidates(DISTRICT_2, "d2-ao", "d2-aka"),
    contest(BLOCK, seats=3, block="tokyo"),
    party_list(
        BLOCK,
        "ao",
        member("ao-1", 1, dual=(DISTRICT_1, "d1-ao")),
        member("ao-2", 1, dual=(DISTRICT_2, "d2-ao")),
        member("ao-3", 3),
        party="ao",
    ),
    party_list(
        BLOCK,
        "aka",
        member("aka-1", 1, dual=(DISTRICT_1, "d1-aka")),
        member("aka-2", 1, dual=(DISTRICT_2, "d2-aka")),
        member("aka-3", 3),
        party="aka",
    ),
    contest(JUSTICES, seats=0),
    justices(JUSTICES, "j1", "j2"),
)
"""A House election before counting: two districts, a block with dual candidates, two justices."""

UPPER_LIST: tuple[Command, ...] = (
    *REGISTER,
    contest(UPPER, seats=3),
    party_list(
        UPPER, "ao", member("ao-1"), member("ao-2"), member("ao-first", priority=1), party="ao"
    ),
    party_list(UPPER, "aka", member("aka-1"), member("aka-2"), party="aka"),
)
"""An Upper House list election before counting, with one member in the 特定枠."""

GOVERNOR_RACE: tuple[Command, ...] = (
    *REGISTER,
    contest(GOVERNOR),
    candidates(GOVERNOR, "g1", "g2", "g3", "g4", "g5"),
)
"""A governor's election with five candidates before counting."""


def log_of(*commands: Command, rules: int = CURRENT_RULES) -> Log:
    return Log(rules=rules).given(*commands)
