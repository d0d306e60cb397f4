"""Units are held against the register of municipality codes that the log names (rules 4)."""

from typing import get_args

import msgspec
import pytest

from aggregates.election.amendment_events import UnitAmended, UnitsAdded
from aggregates.election.election_events import ElectionDefined, RulesChanged, UnitsRegistered
from aggregates.election.units.municipality_check import UnitNotice, UnitNoticeCode
from aggregates.errors import MunicipalityAbolished, MunicipalityExchanged, MunicipalityUnknown
from aggregates.reference import municipality_register
from aggregates.reference.municipality_register import FIRST_REGISTER, find_register
from aggregates.rules import FOURTH_RULES, THIRD_RULES
from infra.adapters.event_log.event_codec import canonical
from tests import builders as b
from tests.support.gwt import Command, Log
from tests.unit.aggregates.municipality_cases import add, amend, place, register

OUTSIDE = UnitNotice(code="polling-day-outside-register")
AFTER_THE_SPAN = b.election(polling_day="2026-02-08")
UNKNOWN = place("u", "13199")
UNHEARD_OF = UnitNotice(code="municipality-not-in-register", unit="u", municipality="13199")


def _register(log: Log, unit: dict[str, object]) -> UnitsRegistered:
    (event,) = log.post(register(unit))
    assert isinstance(event, UnitsRegistered)
    return event


@pytest.mark.parametrize(
    "unit",
    [
        place("13101", "13101", name="千代田区"),
        place("13101.1", name="千代田区"),
        place("u", "13102", "13103", name="千代田区"),
        place("u", "22131", prefecture="22") | {"municipalities": ["22138"], "name": "中央区"},
        place("hall-a", name="中央区"),
        place("01-012", prefecture="01"),
        place("p13", name="港区") | {"kind": "prefecture"},
    ],
)
def test_what_the_register_confirms_is_recorded_as_it_ever_was(unit: dict[str, object]) -> None:
    event = _register(b.log_of(b.election()), unit)

    assert event.notices == ()
    assert b"notices" not in canonical(event)


def test_a_day_outside_the_span_is_warned_of_and_a_code_that_nobody_knows() -> None:
    log = b.log_of(AFTER_THE_SPAN, b.unit(b.CHUO))

    assert _register(log, place("m", "13103")).notices == (OUTSIDE,)
    assert _register(log, UNKNOWN).notices == (OUTSIDE, UNHEARD_OF)
    assert _register(log, place("hall-a")).notices == ()
    (amended,) = log.post(amend({**UNKNOWN, "name": "別の名"}))
    assert isinstance(amended, UnitAmended)
    assert amended.notices == (OUTSIDE, UNHEARD_OF)


def test_every_notice_of_units_has_a_case() -> None:
    assert {OUTSIDE.code, UNHEARD_OF.code} == set(get_args(UnitNoticeCode))


def test_units_of_the_night_have_the_same_notices() -> None:
    log = b.log_of(AFTER_THE_SPAN, *b.DISTRICT[1:])

    (added,) = log.post(add(UNKNOWN))

    assert isinstance(added, UnitsAdded)
    assert added.notices == (OUTSIDE, UNHEARD_OF)


def test_earlier_rules_ask_no_register() -> None:
    log = b.log_of(b.election(), rules=THIRD_RULES)

    assert _definition(log).municipality_register_sha256 == ""
    assert _register(log, UNKNOWN).notices == ()


def test_a_log_that_comes_to_rules_4_names_the_register_from_there_on() -> None:
    log = b.log_of(b.election(), rules=THIRD_RULES)
    log.post(register(UNKNOWN))

    (changed,) = log.post({"command": "change-rules", "rules": FOURTH_RULES})

    assert isinstance(changed, RulesChanged)
    assert changed.municipality_register_sha256 == FIRST_REGISTER
    log.refuses(MunicipalityUnknown, register(place("v", "13199")))


@pytest.mark.parametrize("stated", [{}, {"municipality_register": FIRST_REGISTER}])
def test_a_log_names_the_first_register_where_its_founders_state_no_other(
    stated: Command,
) -> None:
    log = b.log_of({**b.election(), **stated})

    assert _definition(log).municipality_register_sha256 == FIRST_REGISTER


def test_a_refusal_says_what_became_of_the_code() -> None:
    log = b.log_of(b.election())

    gone = log.refuses(MunicipalityAbolished, register(place("h", "22135", prefecture="22")))
    swapped = log.refuses(MunicipalityExchanged, register(place("u", "13101", name="中央区")))

    assert "浜松市中央区（221384）、浜松市浜名区（221392）" in str(gone)
    assert "「131016」は千代田区です。中央区は 131024 です" in str(swapped)


def test_a_register_that_was_changed_after_its_release_is_not_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = "2" * 64
    assert find_register("1" * 64) is None
    monkeypatch.setitem(municipality_register._FILES, other, "municipality_codes.json")

    with pytest.raises(ValueError, match="not the register that was released"):
        find_register(other)


def _definition(log: Log) -> ElectionDefined:
    event = log.store.entries[0].event()
    assert isinstance(event, ElectionDefined)
    assert msgspec.json.decode(canonical(event)).get("municipality_register_sha256", "") == (
        event.municipality_register_sha256
    )
    return event
