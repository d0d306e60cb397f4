"""Polls with options: sheets, majority and quorum by kind (worked examples T23 to T25)."""

import msgspec
import pytest

from aggregates.counting.declaration import Declaration
from aggregates.counting.outcome import Outcome
from aggregates.election.contests.contest import Contest
from aggregates.errors import (
    ContestNotFinal,
    DeclarationDiffersFromLaw,
    ElectionIsClosed,
    ElectionUndecided,
    ElectorsUnknown,
    OptionOfAnotherKind,
    VotesNotWhole,
)
from aggregates.law.majority import adopted_by_most, adopted_over_half
from aggregates.rule_package.japan import JAPAN
from tests import builders as b
from tests.support.gwt import Command, Log

REFERENDUM = "national-referendum/1"
HALF = "ordinance-poll-half/1"
REGISTER = (b.election(), b.unit(b.CHIYODA))
OPTIONS = ("a", "b", "c")


def poll(contest: str, votes: dict[str, int], invalid: int = 0, *extra: Command) -> Log:
    """A poll in one unit, with its final sheet; the given comes before counting opens."""
    log = Log().given(*REGISTER, b.contest(contest, [b.CHIYODA], seats=0), *extra, b.OPEN)
    return log.given(b.tally(b.sheet(votes, invalid=invalid), contest))


def decided(log: Log, contest: str) -> Outcome | None:
    return log.find(Declaration, f"declaration/{contest}").outcome


@pytest.mark.parametrize(("yes", "adopted"), [(5_000, ()), (5_001, ("yes",)), (4_999, ("no",))])
def test_t23_a_referendum_is_carried_by_more_than_half(yes: int, adopted: tuple[str, ...]) -> None:
    log = poll(REFERENDUM, {"yes": yes, "no": 5_000}, 200)

    log.refuses(DeclarationDiffersFromLaw, b.declare(REFERENDUM, *(() if adopted else ("yes",))))
    log.post(b.declare(REFERENDUM, *adopted))

    assert decided(log, REFERENDUM) == Outcome(adopted=adopted)


@pytest.mark.parametrize(
    "kind", [row.kind for row in JAPAN.kinds if row.ballot == "options" and row.answers]
)
def test_every_kind_with_answers_asks_for_yes_or_no(kind: str) -> None:
    contest = f"{kind}/1"
    log = poll(contest, {"yes": 2, "no": 1})

    assert list(log.find(Contest, f"contest/{contest}").options) == ["yes", "no"]
    assert log.post(b.declare(contest, "yes"))


def turnout(electors: int, voters: int) -> Command:
    return b.turnout(b.figures((electors, 0), (voters, 0)), HALF, b.CHIYODA)


def half() -> Log:
    return Log().given(
        *REGISTER, b.contest(HALF, [b.CHIYODA], seats=0), b.options(HALF, *OPTIONS), b.OPEN
    )


def test_t24_below_the_quorum_the_boxes_stay_closed_and_nothing_is_decided() -> None:
    log = half()
    log.refuses(ContestNotFinal, b.declare(HALF))
    log.given(turnout(10_001, 5_000))

    log.post(b.declare(HALF))

    assert decided(log, HALF) == Outcome(quorum_missed=True)
    assert log.post(b.CLOSE)


def test_boxes_that_stayed_closed_are_counted_when_a_correction_reaches_the_quorum() -> None:
    log = half()
    log.post(turnout(10_001, 5_000))
    log.refuses(ElectionUndecided, b.CLOSE)
    log.post(b.declare(HALF))
    log.post(b.CLOSE)
    found = b.tally(b.sheet({"a": 2_000, "b": 3_001, "c": 0}), HALF)
    log.refuses(ElectionIsClosed, found)

    log.post(b.turnout_correction(b.figures((10_001, 0), (5_001, 0)), contest_id=HALF))
    log.refuses(ContestNotFinal, b.declare(HALF, "b", reason="更正"))
    log.post(found)
    log.refuses(ElectionIsClosed, found)
    log.post(b.declare(HALF, "b", reason="更正"))

    assert decided(log, HALF) == Outcome(adopted=("b",))


def test_t24_with_enough_voters_the_boxes_are_opened() -> None:
    log = half()
    sheet = b.tally(b.sheet({"a": 2_000, "b": 3_000, "c": 1}), HALF)
    log.given(sheet)
    log.refuses(ElectorsUnknown, b.declare(HALF, "b"))
    log.given(turnout(10_001, 5_001))

    log.post(b.declare(HALF, "b"))

    assert decided(log, HALF) == Outcome(adopted=("b",))


@pytest.mark.parametrize(("ballots", "dismissed"), [(9_999, ()), (10_000, ("j1",))])
def test_t25_a_hundredth_of_the_registered_electors(
    ballots: int, dismissed: tuple[str, ...]
) -> None:
    """Of the roll that the act names, not of the electors of the day."""
    day = b.turnout(b.figures((900_000, 0), (10_000, 0)), b.JUSTICES, b.CHIYODA)
    review = b.contest(b.JUSTICES, [b.CHIYODA], seats=0, registered_electors=1_000_000)
    sheet = b.review_sheet({"j1": (5_001, ballots - 5_001)}, ballots)
    log = Log().given(*REGISTER, review, b.justices(b.JUSTICES, "j1"), b.OPEN, day)
    log.given(b.tally(sheet, b.JUSTICES), b.declare(b.JUSTICES, *dismissed))

    assert decided(log, b.JUSTICES) == Outcome(dismissed=dismissed)


def test_no_ballot_of_a_poll_is_divided() -> None:
    log = Log().given(*REGISTER, b.contest(REFERENDUM, [b.CHIYODA], seats=0), b.OPEN)
    sheet = b.sheet({"yes": 2, "no": 1})
    sheet = {**sheet, "votes": {"yes": 2_500, "no": 500}}

    log.refuses(VotesNotWhole, b.tally(sheet, REFERENDUM))


def test_what_a_kind_asks_is_not_asked_otherwise() -> None:
    log = Log().given(*REGISTER, b.contest(REFERENDUM, [b.CHIYODA], seats=0))

    log.refuses(OptionOfAnotherKind, b.options(REFERENDUM, "x", "y"))
    log.refuses(OptionOfAnotherKind, b.candidates(REFERENDUM, "x"))


def test_equal_votes_adopt_nothing() -> None:
    assert adopted_over_half({"yes": 1, "no": 1}) is None
    assert adopted_by_most({"a": 2, "b": 2, "c": 1}) is None
    assert adopted_by_most({"a": 0}) is None


def test_old_outcomes_keep_their_bytes() -> None:
    assert msgspec.json.encode(Outcome(elected=("a",))) == b'{"elected":["a"]}'
