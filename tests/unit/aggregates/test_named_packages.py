"""A log that names its rule package is decided by it and by nothing else: no program text changes.

The package here cuts the House to 420 seats with a block of its own, lowers the minimum of its
districts from a day on, and asks a question of its own, with three answers and a quorum.
"""

from datetime import date

import msgspec
import pytest

from aggregates.counting.declaration import Declaration
from aggregates.counting.outcome import Outcome
from aggregates.election.contests.contest import Contest
from aggregates.election.election import Election
from aggregates.election.election_events import ElectionDefined
from aggregates.errors import ContestMalformed, RulePackageMalformed, RulesTooEarly
from aggregates.rule_package.japan import JAPAN
from aggregates.rule_package.package import package_bytes, package_sha256
from aggregates.rules import SECOND_RULES
from tests import builders as b
from tests.support.amended_package import AMENDED
from tests.support.gwt import Log
from tests.support.rule_package import election_with
from tests.unit.projections.nights import Office

TAMA = "house-block/tama"
CITIZENS = "citizens-poll/1"
AKA = [b.member(f"aka-{rank}", rank=rank) for rank in range(1, 6)]
REGISTER = (election_with(AMENDED), b.parties("ao", "aka"), b.unit(b.CHIYODA))


def _log() -> Log:
    return Log().given(*REGISTER)


def _decided(log: Log, contest: str) -> Outcome | None:
    return log.find(Declaration, f"declaration/{contest}").outcome


def test_the_first_entry_holds_the_package_and_its_digest() -> None:
    (defined,) = Log().post(election_with(AMENDED))

    assert isinstance(defined, ElectionDefined)
    assert defined.rule_package == AMENDED
    assert defined.rule_package_sha256 == package_sha256(AMENDED)
    assert b'"id":"japan-420"' in package_bytes(AMENDED)


def test_a_log_that_names_none_keeps_its_bytes_and_is_decided_under_japans() -> None:
    for command in (b.election(), election_with(JAPAN)):
        log = Log()
        (defined,) = log.post(command)
        assert b"rule_package" not in msgspec.json.encode(defined)
        assert log.find(Election, "election").package == JAPAN


def test_the_house_has_420_seats_and_a_new_block() -> None:
    rule = AMENDED.rule("house-block", date(2024, 10, 27))
    assert sum(rule.block_seats().values()) + 289 == 420
    log = _log().given(
        b.contest(TAMA, [b.CHIYODA], seats=4, block="tama"),
        b.party_list(TAMA, "ao", b.member("ao-1"), party="ao"),
        b.party_list(
            TAMA, "aka", *(b.member(f"aka-{n}", rank=n) for n in range(1, 6)), party="aka"
        ),
        b.OPEN,
        b.tally(b.sheet({"ao": 30, "aka": 70}), TAMA),
        b.declare(TAMA, "ao-1", "aka-1", "aka-2", "aka-3"),
    )

    assert _decided(log, TAMA) == Outcome(
        elected=("aka-1", "aka-2", "aka-3", "ao-1"), list_seats={"aka": 3, "ao": 1}
    )
    Log().given(b.election(), *REGISTER[1:]).refuses(
        ContestMalformed, b.contest(TAMA, [b.CHIYODA], seats=4, block="tama")
    )


@pytest.mark.parametrize(
    ("defined", "outcome"),
    [
        (election_with(AMENDED), Outcome(elected=("c-1",))),
        (b.election(), Outcome(vacant=1)),
    ],
)
def test_a_lower_minimum_applies_from_its_day(defined: dict[str, object], outcome: Outcome) -> None:
    """16 of 100 are more than a tenth, and less than a sixth."""
    people = [f"c-{number}" for number in range(1, 9)]
    votes = {"c-1": 16, **dict.fromkeys(people[1:], 12)}
    log = Log().given(
        defined,
        b.unit(b.CHIYODA),
        b.contest(b.DISTRICT_1, [b.CHIYODA]),
        b.candidates(b.DISTRICT_1, *people),
        b.OPEN,
        b.tally(b.sheet(votes)),
        b.declare(b.DISTRICT_1, *outcome.elected),
    )

    assert _decided(log, b.DISTRICT_1) == outcome
    assert AMENDED.rule("house-district", date(2024, 9, 30)).minimum_divisor == 6


def test_a_kind_of_its_own_is_asked_counted_decided_and_shown() -> None:
    commands = (
        *REGISTER,
        b.contest(CITIZENS, [b.CHIYODA], seats=0),
        b.OPEN,
        b.turnout(b.figures((200, 200), (60, 40)), CITIZENS, b.CHIYODA),
        b.tally(b.sheet({"a": 20, "b": 60, "c": 20}), CITIZENS),
        b.declare(CITIZENS, "b"),
    )
    log, office = Log().given(*commands), Office(*commands)

    assert log.find(Contest, f"contest/{CITIZENS}").ballot == "options"
    assert _decided(log, CITIZENS) == Outcome(adopted=("b",))
    document = office.document(f"contests/{CITIZENS}")
    assert document["declared"] == {"adopted": ["b"]}
    assert [(row["name"], row.get("declared", False)) for row in document["options"]] == [
        ("a案", False),
        ("b案", True),
        ("c案", False),
    ]
    (tier,) = office.document("national")["tiers"]
    assert (tier["kind"], tier["parties"]) == ("citizens-poll", [])


def test_a_package_needs_rules_that_know_of_packages_and_contradicts_itself_nowhere() -> None:
    Log(rules=SECOND_RULES).refuses(RulesTooEarly, election_with(AMENDED))
    broken = msgspec.structs.replace(AMENDED, kinds=(*AMENDED.kinds, AMENDED.kinds[0]))
    Log().refuses(RulePackageMalformed, election_with(broken))
