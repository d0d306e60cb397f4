"""Courses of elections that use what later rules added: together every event of theirs."""

from tests.builders.amendments import (
    add_contest,
    add_units,
    amend_candidate,
    amend_contest,
    amend_justice,
    amend_list,
    amend_party,
    amend_poll_option,
    amend_unit,
    reorder,
)
from tests.builders.decisions import declare, finals, set_aside
from tests.builders.definitions import (
    CHANGE_RULES,
    CLOSE,
    DISTRICT,
    OPEN,
    REGISTER,
    candidates,
    contest,
    justices,
    member,
    no_poll,
    options,
    party_list,
    withdraw,
)
from tests.builders.naming import BLOCK, DISTRICT_1, JUSTICES, A, B
from tests.builders.reports import sheet, tally
from tests.builders.succession import depart, succeed
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

AMENDED: tuple[Command, ...] = (
    DISTRICT[0],
    CHANGE_RULES,
    *DISTRICT[1:-1],
    contest(BLOCK, seats=1, block="tokyo"),
    party_list(BLOCK, "ao", member("ao-1", 1), party="ao"),
    party_list(BLOCK, "aka", member("aka-1", 1), party="aka"),
    contest(JUSTICES, seats=0),
    justices(JUSTICES, "j1"),
    OPEN,
    amend_candidate(DISTRICT_1, A, "正しい名"),
    amend_list(BLOCK, "ao", member("ao-1", 1), name="青い名簿", party="ao"),
    amend_justice(JUSTICES, "j1", "正しい名"),
    reorder(DISTRICT_1, B, A),
    add_units("13103"),
    amend_unit("13103", "港区"),
    amend_party("ao", "青い党"),
    amend_contest(DISTRICT_1, ["13101", "13102", "13103"]),
    add_contest("mayor/13101", ["13101"], "m-1", "m-2"),
)
"""Every definition changed after counting was opened."""

COUNCIL = "municipal-assembly/13101"
SUCCEEDED: tuple[Command, ...] = (
    DISTRICT[0],
    CHANGE_RULES,
    *DISTRICT[1:-3],
    contest(COUNCIL, ["13101"], 1, full_seats=30),
    candidates(COUNCIL, A, B),
    OPEN,
    tally(sheet({A: 60, B: 40}), COUNCIL),
    declare(COUNCIL, A),
    depart(COUNCIL, A),
    succeed(COUNCIL, A, B),
)
"""A winner who is gone after the poll, and who moves up."""

POLL: tuple[Command, ...] = (
    *REGISTER,
    contest("ordinance-poll/1", seats=0),
    options("ordinance-poll/1", "a", "b"),
    {**CHANGE_RULES, "rules": 3},
    amend_poll_option("ordinance-poll/1", "a", "正しい案"),
)
"""A poll with options of its own, one of them amended."""

LATER_NIGHTS: tuple[tuple[Command, ...], ...] = (NO_POLL, SET_ASIDE, AMENDED, SUCCEEDED, POLL)
