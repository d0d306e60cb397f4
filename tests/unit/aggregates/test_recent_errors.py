"""Errors of recent nights: what is refused, warned of, or put right where it comes to light.

A district divided on the polling day and a ballot found weeks later are played in
tests/acceptance/test_storm_night.py as well, over HTTP.
"""

from collections.abc import Mapping
from typing import ClassVar

import pytest

from aggregates import errors as e
from aggregates.counting.count_events import TallyCorrected, TallyEvent
from aggregates.counting.turnout import TurnoutEvent
from aggregates.rules import CURRENT_RULES
from tests import builders as b
from tests.builders import amendments as am
from tests.support.gwt import Command, Log
from tests.unit.projections.nights import Office

UNITS = (b.CHIYODA, b.CHUO, "13103")
THIRD = "13-01-c"


OPENED = (
    *b.REGISTER,
    b.unit(UNITS[2]),
    b.contest(b.DISTRICT_1, UNITS),
    b.candidates(b.DISTRICT_1, b.A, b.B, THIRD),
    b.OPEN,
)


def district(*commands: Command, rules: int = CURRENT_RULES) -> Log:
    """A House district of three units and three candidates, counting."""
    return b.log_of(*OPENED, *commands, rules=rules)


def votes(first: int, second: int, third: int) -> dict[str, int]:
    return {b.A: first, b.B: second, THIRD: third}


def codes(event: object) -> set[str]:
    assert isinstance(event, TallyEvent | TurnoutEvent)
    return {notice.code for notice in event.notices}


def test_two_candidates_exchanged_in_one_record_are_warned_of() -> None:
    around = b.sheet(votes(5_000, 1_500, 900), 60)
    log = district(*(b.tally(around, unit_code=unit) for unit in UNITS[:2]))

    [event] = log.post(b.tally(b.sheet(votes(1_400, 5_100, 920), 60), unit_code=UNITS[2]))

    assert "options-exchanged" in codes(event)


class TestVotesThatNobodyTyped:
    """25 votes of one candidate that were taken for invalid ballots."""

    AROUND = b.sheet(votes(900, 500, 25), 20)
    REASONS = (("blank", 12), ("not-a-candidate", 8))

    def test_a_field_left_empty_is_no_zero(self) -> None:
        log = district()
        without = b.sheet({b.A: 900, b.B: 500}, 45)

        refusal = log.refuses(e.CandidateMissing, b.tally(without))

        assert refusal.facts["options"] == (THIRD,)

    def test_a_zero_with_the_reasons_of_invalid_ballots_is_refused(self) -> None:
        """The reasons sum to 20: 25 ballots have none."""
        reasons = dict(self.REASONS)
        sheet = b.sheet(votes(900, 500, 0), 45, invalid_by_reason=reasons)

        district().refuses(e.ReasonsExceedInvalid, b.tally(sheet))

    def test_a_zero_where_others_have_a_share_is_warned_of(self) -> None:
        """From thirty votes on that the units near it let expect."""
        around = b.sheet(votes(900, 500, 35), 20)
        log = district(*(b.tally(around, unit_code=unit) for unit in UNITS[:2]))

        [event] = log.post(b.tally(b.sheet(votes(900, 500, 0), 55), unit_code=UNITS[2]))

        assert "option-left-out" in codes(event)

    @pytest.mark.parametrize(("rules", "warned"), [(2, set()), (3, {"option-left-out"})])
    def test_a_zero_where_twenty_five_are_expected_is_warned_of(
        self, rules: int, warned: set[str]
    ) -> None:
        """With a reason that hides the difference in the invalid ballots."""
        log = district(*(b.tally(self.AROUND, unit_code=unit) for unit in UNITS[:2]), rules=rules)

        [event] = log.post(b.tally(b.sheet(votes(900, 500, 0), 45), unit_code=UNITS[2]))

        assert codes(event) == warned


class TestAPoolDividedTheWrongWayRound:
    """Three ballots shared by 900 and 500: the larger share given to the smaller candidate."""

    OWN: ClassVar = {b.A: 900, b.B: 500, THIRD: 25}
    SHARES: ClassVar = {b.A: 1_928, b.B: 1_071}

    def sheet(self, first: int, second: int, *pools: Mapping[str, object]) -> dict[str, object]:
        divided = {b.A: 900_000 + first, b.B: 500_000 + second, THIRD: 25_000}
        figures = {"cut": 3_000 - first - second, "valid": 1_428, "ballots": 1_428, "voters": 1_428}
        return {**b.sheet({}), "votes": divided, **figures, "pools": list(pools)}

    def test_the_decision_divides_and_nobody_can_turn_it_round(self) -> None:
        sheet = b.sheet_with_pools(self.OWN, b.pool("同じ氏", 3, b.A, b.B))

        [event] = district().post(b.tally(sheet))

        assert isinstance(event, TallyEvent)
        [pool] = event.tally.pools
        assert {each.option: each.share for each in pool.sharers} == self.SHARES

    def test_a_division_that_is_sent_has_to_agree(self) -> None:
        first, second = self.SHARES[b.A], self.SHARES[b.B]
        turned = b.pool("同じ氏", 3, **{b.A: second, b.B: first})
        right = b.pool("同じ氏", 3, **{b.A: first, b.B: second})

        district().refuses(e.PoolShareDiffers, b.tally(self.sheet(second, first, turned)))
        assert district().post(b.tally(self.sheet(first, second, right)))

    def test_divided_figures_without_their_pools_are_asked_why(self) -> None:
        turned = self.sheet(self.SHARES[b.B], self.SHARES[b.A])

        district().refuses(e.PoolsUnstated, b.tally(turned))


class TestMoreBallotsThanVoters:
    VOTERS = b.turnout(b.figures((600, 600), (500, 499)))

    def test_a_final_sheet_that_says_so_itself_is_refused(self) -> None:
        sheet = b.sheet(votes(500, 300, 200), voters=999)

        district().refuses(e.SheetUnbalanced, b.tally(sheet))

    @pytest.mark.parametrize("turnout_comes_first", [True, False])
    def test_more_than_the_turnout_is_warned_of_in_either_order(
        self, *, turnout_comes_first: bool
    ) -> None:
        reports = [self.VOTERS, b.tally(b.sheet(votes(500, 300, 200)))]
        log = district()
        first, second = reports if turnout_comes_first else reversed(reports)

        log.given(first)
        last = log.post(second)[-1]

        assert "voters-differ-from-turnout" in codes(last)


class TestAnOverseasVoterCountedAsADomesticOne:
    """The sum is the same, so no sheet shows it: the roll does, and readers see both figures."""

    ROLL: ClassVar = {"overseas_electors": {"male": 3, "female": 2}}

    def figures(self, men: int, women: int) -> Command:
        abroad = {"overseas_voters": {"male": men, "female": women}}
        return b.figures((600, 600), (400, 400), **self.ROLL, **abroad)

    def misread(self) -> Office:
        """One of the three on the overseas roll stands among the domestic voters."""
        final = b.tally(b.sheet(votes(500, 290, 0), 10))
        night = Office(*OPENED, b.turnout(self.figures(1, 1)), final)
        assert night.document("corrections")["corrections"] == []
        return night

    def test_it_is_put_right_and_both_figures_are_public(self) -> None:
        night = self.misread()

        night.post(b.turnout_correction(self.figures(2, 1)))

        (shown,) = night.document("corrections")["corrections"]
        changes = {row["name"]: (row["old"], row["new"]) for row in shown["changes"]}
        assert changes == {"在外の投票者数（男）": (1, 2)}
        turnout = night.document(f"contests/{b.DISTRICT_1}")["poll"]
        assert (turnout["voters"]["total"], turnout["overseas_voters"]["total"]) == (800, 3)

    @pytest.mark.parametrize(("men", "women"), [(4, 1), (2, 3)])
    def test_more_than_stand_on_the_roll_are_refused_first_or_as_a_correction(
        self, men: int, women: int
    ) -> None:
        beyond = self.figures(men, women)

        refusal = district().refuses(e.VotersExceedElectors, b.turnout(beyond))
        assert "在外" in str(refusal.facts["field"])
        log = district(b.turnout(self.figures(1, 1)))
        log.refuses(e.VotersExceedElectors, b.turnout_correction(beyond))

    def test_more_abroad_than_voted_at_all_are_refused(self) -> None:
        abroad = {"overseas_voters": {"male": 2, "female": 1}}
        nobody = b.figures((600, 600), (1, 400), **self.ROLL, **abroad)

        refusal = district().refuses(e.VotersExceedElectors, b.turnout(nobody))

        assert refusal.facts["field"] == "在外の投票者・男"


def test_a_ballot_found_weeks_later_is_a_correction_with_a_revised_decision() -> None:
    sheets = (b.tally(b.sheet(votes(5, 4, 1)), unit_code=unit) for unit in UNITS)
    log = district(*sheets, b.declare(b.DISTRICT_1, b.A), b.CLOSE)
    found = b.correction(b.sheet(votes(5, 5, 1)), as_of="2024-11-17T14:00:00+09:00")

    log.refuses(e.ElectionIsClosed, b.tally(b.sheet(votes(5, 5, 1)), as_of=b.AT_23))
    [event] = log.post(found)

    assert isinstance(event, TallyCorrected)
    assert log.post(b.declare(b.DISTRICT_1, b.A, reason="見つかった一票を加える"))


def test_a_district_divided_on_the_polling_day_loses_no_box() -> None:
    box = b.tally(b.sheet(votes(50, 40, 10)), unit_code=UNITS[2], final=False)
    log = district(box, am.add_units("13104"))
    units = [*UNITS[:2], "13104"]

    log.refuses(e.ReportsWouldBeLost, am.amend_contest(b.DISTRICT_1, units))
    log.post(am.amend_contest(b.DISTRICT_1, [*UNITS, "13104"]))

    assert log.repository.count(log.repository.contest(b.DISTRICT_1), UNITS[2]).latest is not None
