"""A log is verified by the register of municipality codes that it names, and by no other."""

from collections.abc import Iterator, Sequence

import msgspec
import pytest

from aggregates.base import Event
from aggregates.election.election_events import UnitsRegistered
from aggregates.election.units.municipality_check import UnitNotice
from aggregates.reference import municipality_register
from aggregates.reference.municipality_register import FIRST_REGISTER
from aggregates.rules import CURRENT_RULES, FOURTH_RULES, THIRD_RULES
from infra.services.auditing.decision_replay import ReplayedLog, replay_decisions
from infra.services.auditing.log_entries import AuditEntry, require_rule_data_signed
from infra.services.auditing.sources.audit_difference import AuditDifference
from infra.services.auditing.time_bounds import TimeBounds
from tests import builders as b
from tests.support.signed_events import signed_entries, signed_events_of

LATER = "0" * 64
"""Digest of a register that a later release has."""

DEFINED = {**b.election(polling_day="2026-02-08"), "rules": CURRENT_RULES}
STATED = {**DEFINED, "municipality_register": FIRST_REGISTER}
RAISED = {"command": "change-rules", "rules": FOURTH_RULES}


def _replay(events: Sequence[Event]) -> ReplayedLog:
    return replay_decisions(signed_entries(events), TimeBounds(events[-1].timestamp))


def _put(events: Sequence[Event], number: int, **changes: object) -> list[Event]:
    changed = msgspec.structs.replace(events[number], **changes)
    return [*events[:number], changed, *events[number + 1 :]]


def _find(events: Sequence[Event], topic: str) -> int:
    return next(number for number, event in enumerate(events) if topic == event.TOPIC)


@pytest.mark.parametrize("defined", [DEFINED, STATED])
@pytest.mark.parametrize("named", ["", LATER])
def test_another_register_than_was_signed_is_named(defined: dict[str, object], named: str) -> None:
    events = signed_events_of(defined, b.unit(b.CHIYODA))
    assert _replay(events).recomputed == len(events)

    with pytest.raises(AuditDifference, match="entry 1"):
        _replay(_put(events, 0, municipality_register_sha256=named))


@pytest.mark.parametrize("stated", [{}, {"municipality_register": FIRST_REGISTER}])
@pytest.mark.parametrize("named", ["", LATER])
def test_another_register_from_an_entry_on_is_named(stated: dict[str, object], named: str) -> None:
    events = signed_events_of({**DEFINED, "rules": THIRD_RULES}, {**RAISED, **stated})
    assert _replay(events).recomputed == len(events)

    number = _find(events, "election.rules-changed")
    with pytest.raises(AuditDifference, match=f"entry {number + 1}"):
        _replay(_put(events, number, municipality_register_sha256=named))


@pytest.mark.parametrize(
    "notices",
    [
        (),
        (UnitNotice(code="municipality-not-in-register", unit=b.CHIYODA, municipality="13101"),),
    ],
)
def test_an_invented_or_dropped_notice_of_units_is_named(notices: tuple[UnitNotice, ...]) -> None:
    events = signed_events_of(DEFINED, b.unit(b.CHIYODA))
    number = _find(events, "election.units-registered")
    registered = events[number]
    assert isinstance(registered, UnitsRegistered)
    assert [each.code for each in registered.notices] == ["polling-day-outside-register"]

    with pytest.raises(AuditDifference, match="notices"):
        _replay(_put(events, number, notices=notices))


@pytest.fixture
def without_register(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A release that does not carry the register by which a log was decided."""
    monkeypatch.setattr(municipality_register, "_FILES", {})
    municipality_register.find_register.cache_clear()
    yield
    municipality_register.find_register.cache_clear()


def test_a_register_that_a_release_does_not_carry_is_recorded_and_not_recomputed(
    request: pytest.FixtureRequest,
) -> None:
    """Unless another one was signed: then it is a forgery."""
    events = signed_events_of(STATED, b.unit(b.CHIYODA))
    raised = signed_events_of(
        {**DEFINED, "rules": THIRD_RULES},
        {**RAISED, "municipality_register": FIRST_REGISTER},
        b.unit(b.CHIYODA),
    )
    number = _find(raised, "election.rules-changed")
    request.getfixturevalue("without_register")

    whole, later = _replay(events), _replay(raised)

    assert (whole.recomputed, whole.recorded) == (0, len(events))
    assert (later.recomputed, later.recorded) == (number, len(raised) - number)
    assert later.rules == (THIRD_RULES, FOURTH_RULES)
    with pytest.raises(AuditDifference, match="municipality_register"):
        _replay(_put(events, 0, municipality_register_sha256=LATER))


@pytest.mark.parametrize(("rules", "named"), [(THIRD_RULES, FIRST_REGISTER), (FOURTH_RULES, "")])
def test_an_unsigned_log_names_a_register_exactly_where_its_rules_ask_one(
    rules: int, named: str
) -> None:
    first = signed_events_of(DEFINED)[0]
    unsigned = msgspec.structs.replace(first.provenance, envelope=None)
    facts = msgspec.structs.replace(first.election, unsigned=True)  # type: ignore[attr-defined]
    forged = _put(
        [first],
        0,
        provenance=unsigned,
        election=facts,
        rules=rules,
        municipality_register_sha256=named,
    )

    with pytest.raises(AuditDifference, match=r"register|none"):
        _replay(forged)


def test_an_unsigned_log_that_comes_to_these_rules_names_a_register() -> None:
    """Else nothing after it would be held against one."""
    events = signed_events_of({**DEFINED, "rules": THIRD_RULES}, RAISED)
    number = _find(events, "election.rules-changed")
    first, last = (
        msgspec.structs.replace(
            each, provenance=msgspec.structs.replace(each.provenance, envelope=None)
        )
        for each in (events[0], events[number])
    )
    facts = msgspec.structs.replace(first.election, unsigned=True)  # type: ignore[attr-defined]
    log = [msgspec.structs.replace(first, election=facts), last]
    assert _replay(log).recorded == 0

    with pytest.raises(AuditDifference, match="register"):
        _replay(_put(log, 1, municipality_register_sha256=""))


def test_a_register_that_is_stated_as_none_accuses_nobody() -> None:
    """Founders may write null where they name none; the package is one that is not read here."""
    package = {"of": "a later release"}
    state = msgspec.json.encode({"rules": FOURTH_RULES, "rule_package": package})
    body = {"command": {"rule_package": package, "municipality_register": None}}

    require_rule_data_signed(AuditEntry(1, "election.defined", state), msgspec.json.encode(body))
    other = msgspec.json.encode({"command": {"rule_package": {}, "municipality_register": None}})
    with pytest.raises(AuditDifference, match="rule package"):
        require_rule_data_signed(AuditEntry(1, "election.defined", state), other)
