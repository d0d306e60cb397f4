"""The number of the rules: named by the first entry, changed by an entry, never lowered."""

import pytest

from aggregates.election.election_events import RulesChanged
from aggregates.errors import RulesNotLater, RulesUnknown
from aggregates.rules import CURRENT_RULES, FIRST_RULES, RECOMPUTABLE_RULES, SECOND_RULES
from projections.election_projection import ElectionProjection
from tests import builders as b
from tests.support.gwt import Log


def _recorded_rules(log: Log) -> int:
    projection = ElectionProjection()
    for position, entry in enumerate(log.store.entries, start=1):
        projection.apply(entry.event(), position)
    return projection.register().rules


def test_every_number_since_the_first_can_be_recomputed() -> None:
    assert frozenset(range(FIRST_RULES, CURRENT_RULES + 1)) == RECOMPUTABLE_RULES


def test_a_new_log_begins_under_the_current_rules() -> None:
    log = b.log_of(b.election())

    assert log.repository.election().rules == CURRENT_RULES
    assert _recorded_rules(log) == CURRENT_RULES


def test_a_log_that_names_no_number_was_written_under_the_first() -> None:
    log = b.log_of(b.election(), rules=FIRST_RULES)

    assert log.repository.election().rules == FIRST_RULES
    assert _recorded_rules(log) == FIRST_RULES


def test_an_entry_changes_the_rules_from_there_on() -> None:
    log = b.log_of(b.election(), rules=FIRST_RULES)

    (event,) = log.post(b.CHANGE_RULES)

    assert isinstance(event, RulesChanged)
    assert log.repository.election().rules == SECOND_RULES
    assert _recorded_rules(log) == SECOND_RULES


@pytest.mark.parametrize("rules", [FIRST_RULES, CURRENT_RULES])
def test_the_same_or_an_earlier_number_is_refused(rules: int) -> None:
    log = b.log_of(b.election())

    refusal = log.refuses(RulesNotLater, {"command": "change-rules", "rules": rules})

    assert refusal.facts == {"rules": rules, "here": CURRENT_RULES}


def test_a_number_that_this_release_does_not_carry_is_refused() -> None:
    unknown = CURRENT_RULES + 1

    refusal = b.log_of(b.election()).refuses(
        RulesUnknown, {"command": "change-rules", "rules": unknown}
    )

    assert refusal.facts == {"rules": unknown, "first": FIRST_RULES, "last": CURRENT_RULES}
