"""A log is verified under the rule package that it names, and under no other."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from aggregates.base import Event
from aggregates.election.election_events import ElectionDefined
from aggregates.rule_package.japan import JAPAN
from aggregates.rule_package.package import package_bytes
from aggregates.rules import CURRENT_RULES
from infra.adapters.event_log import Log
from infra.adapters.event_log.event_codec import canonical
from infra.services.auditing.bundle_writer import export
from infra.services.auditing.decision_replay import ReplayedLog, replay_decisions
from infra.services.auditing.log_entries import AuditEntry
from infra.services.auditing.sources.audit_difference import AuditDifference
from infra.services.auditing.sources.open_source import open_source
from infra.services.auditing.time_bounds import TimeBounds
from infra.services.auditing.verification import verify
from tests import builders as b
from tests.support.amended_package import AMENDED
from tests.support.rule_package import election_with
from tests.support.signed_events import signed_entries, signed_events_of
from tests.unit.infra.services.auditing.published import Published

POLL = "citizens-poll/1"
TAMA = "house-block/tama"
EVENTS = signed_events_of(
    {**election_with(AMENDED), "rules": CURRENT_RULES},
    b.parties("ao"),
    b.unit(b.CHIYODA),
    b.contest(TAMA, [b.CHIYODA], seats=4, block="tama"),
    b.party_list(TAMA, "ao", b.member("ao-1"), party="ao"),
    b.contest(POLL, [b.CHIYODA], seats=0),
    b.OPEN,
)
BOUNDS = TimeBounds(EVENTS[-1].timestamp)


def _replayed(events: Sequence[Event]) -> ReplayedLog:
    return replay_decisions(signed_entries(events), BOUNDS)


def _defined() -> ElectionDefined:
    first = EVENTS[0]
    assert isinstance(first, ElectionDefined)
    return first


def test_a_log_of_another_package_is_decided_again_byte_for_byte() -> None:
    replayed = _replayed(EVENTS)

    assert replayed.events == list(EVENTS)
    assert (replayed.recomputed, replayed.recorded) == (len(EVENTS), 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"rule_package_sha256": "0" * 64},
        {"rule_package": msgspec.structs.replace(AMENDED, name="別の規則")},
        {"rule_package": msgspec.UNSET, "rule_package_sha256": ""},
    ],
)
def test_a_package_that_was_not_signed_is_named(changes: dict[str, object]) -> None:
    with pytest.raises(AuditDifference):
        _replayed([msgspec.structs.replace(_defined(), **changes), *EVENTS[1:]])


def test_a_package_of_a_later_release_is_recorded_and_not_recomputed() -> None:
    """Unless its founders signed another one: then it is a forgery."""
    entries = signed_entries(EVENTS)
    first = msgspec.json.decode(entries[0].state)
    first["rule_package"]["kinds"][0]["ballot"] = "ranked"
    forged = AuditEntry(1, entries[0].topic, canonical(first))
    with pytest.raises(AuditDifference, match="rule package"):
        replay_decisions([forged, *entries[1:]], BOUNDS)

    del first["provenance"]["envelope"]
    unsigned = AuditEntry(1, entries[0].topic, canonical(first))
    replayed = replay_decisions([unsigned], BOUNDS)
    assert (replayed.recomputed, replayed.recorded) == (0, 1)


def test_a_bundle_has_the_package_and_is_verified_with_it(log: Log, tmp_path: Path) -> None:
    night = Published(log, tmp_path / "data")
    night.grow(election_with(AMENDED), b.unit(b.CHIYODA), b.contest(POLL, [b.CHIYODA], seats=0))
    bundle = tmp_path / "bundle"
    export(log, night.public, bundle)
    assert (bundle / "rules.json").read_bytes() == package_bytes(AMENDED)

    with open_source(str(bundle)) as source:
        assert verify(source).documents
    (bundle / "rules.json").write_bytes(package_bytes(JAPAN))
    with open_source(str(bundle)) as source, pytest.raises(AuditDifference, match=r"rules\.json"):
        verify(source)
