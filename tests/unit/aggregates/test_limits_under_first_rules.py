"""A log of rules 1 is decided as it was: what rules 2 ask is neither refused nor noticed there."""

import pytest

from aggregates.counting.turnout import TurnoutEvent
from aggregates.errors import CorrectionChangesNothing
from aggregates.rules import FIRST_RULES
from tests import builders as b
from tests.support.gwt import Command, Log
from tests.unit.aggregates.limit_cases import EITHER_ORDER, MOMENTS, OVERLAPS
from tests.unit.aggregates.refusal_case import FINAL, VOTES, Case
from tests.unit.aggregates.turnout_notice_cases import HELD, TURNOUT_MET

ASKED_BEFORE = {"by a correction of the tally"}
"""Sheets were held against the electors under rules 1 as well."""


@pytest.mark.parametrize(
    "case",
    [case for case in (*EITHER_ORDER, *MOMENTS, *OVERLAPS) if case.name not in ASKED_BEFORE],
    ids=str,
)
def test_what_rules_2_refuse_passes(case: Case) -> None:
    b.log_of(*case.given, rules=FIRST_RULES).post(case.when)


@pytest.mark.parametrize(("given", "when", "_"), TURNOUT_MET.values(), ids=TURNOUT_MET.keys())
def test_turnout_bears_no_notice(given: tuple[Command, ...], when: Command, _: object) -> None:
    log = Log(rules=FIRST_RULES).given(*HELD, *given)

    event = log.post(when)[-1]

    assert isinstance(event, TurnoutEvent)
    assert event.notices == ()
    assert b'"notices"' not in log.store.entries[-1].data


def test_the_same_figures_of_a_later_moment_change_nothing() -> None:
    log = b.log_of(*b.DISTRICT, FINAL, rules=FIRST_RULES)

    log.refuses(CorrectionChangesNothing, b.correction(b.sheet(VOTES), as_of=b.AT_23))
    b.log_of(*b.DISTRICT, FINAL).post(b.correction(b.sheet(VOTES), as_of=b.AT_23))
