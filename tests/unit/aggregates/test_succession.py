"""Who dies after polling loses nobody a vote; who moves up is whom the law names."""

import pytest

from aggregates import errors as e
from aggregates.counting.declaration import Declaration
from aggregates.counting.outcome import Outcome
from aggregates.election.contests.contest import Contest
from aggregates.election.identifiers import contest_stream, declaration_stream
from tests import builders as b
from tests.builders.succession import depart, succeed
from tests.support import offices as o
from tests.support.gwt import Command, Log

COUNCIL = "municipal-assembly/13101"
MAYOR = "mayor/13101"


def council(best_loser: int, *more: Command) -> Log:
    """T8: a council of 30, V 15,649, minimum 130.408…; two seats are filled here."""
    votes = {"w-1": 9_000, "w-2": 6_000, "l-1": best_loser, "l-2": 100}
    low = {f"l-{n}": 100 for n in range(3, 6)}
    low["l-6"] = 0
    votes["w-1"] += 15_649 - sum(votes.values()) - sum(low.values())
    return b.log_of(
        *b.REGISTER,
        b.contest(COUNCIL, [b.CHIYODA], 2, full_seats=30),
        b.candidates(COUNCIL, *votes, "l-3", "l-4", "l-5", "l-6"),
        b.OPEN,
        b.tally(b.sheet(votes | low), COUNCIL),
        *more,
    )


def declaration_of(log: Log, contest: str = COUNCIL) -> Declaration:
    return log.find(Declaration, declaration_stream(contest))


DECLARED = b.declare(COUNCIL, "w-1", "w-2")


class TestAssemblies:
    def test_the_best_loser_with_the_minimum_moves_up_within_three_months(self) -> None:
        log = council(131, DECLARED, depart(COUNCIL, "w-1", "2025-01-15"))

        log.post(succeed(COUNCIL, "w-1", "l-1"))

        assert declaration_of(log).holders() == ("w-1", "w-2", "l-1")
        assert declaration_of(log).outcome == Outcome(elected=("w-1", "w-2"))

    @pytest.mark.parametrize(
        ("best_loser", "day"), [(129, "2025-01-15"), (131, "2025-02-04")], ids=["votes", "time"]
    )
    def test_below_the_minimum_or_later_nobody_does(self, best_loser: int, day: str) -> None:
        log = council(best_loser, DECLARED, depart(COUNCIL, "w-1", day))

        refusal = log.refuses(e.SuccessorDiffersFromLaw, succeed(COUNCIL, "w-1", "l-1"))

        assert refusal.facts == {"law": ()}

    def test_before_taking_office_there_is_no_limit_of_time(self) -> None:
        log = council(131, DECLARED, depart(COUNCIL, "w-1", "2025-02-04", "before-office"))

        assert log.post(succeed(COUNCIL, "w-1", "l-1"))

    def test_a_loser_who_is_gone_is_passed_over(self) -> None:
        gone = (depart(COUNCIL, "w-1"), depart(COUNCIL, "l-1"))
        log = council(131, DECLARED, *gone)

        assert log.refuses(e.SuccessorDiffersFromLaw, succeed(COUNCIL, "w-1", "l-1")).facts == {
            "law": ()
        }

    def test_a_seat_is_filled_once_and_a_successor_can_be_succeeded(self) -> None:
        log = council(131, DECLARED, depart(COUNCIL, "w-1"), succeed(COUNCIL, "w-1", "l-1"))

        log.refuses(e.SeatNotVacant, succeed(COUNCIL, "w-1", "l-2"))
        log.given(depart(COUNCIL, "l-1"))
        log.refuses(e.SuccessorDiffersFromLaw, succeed(COUNCIL, "l-1", "l-2"))


def test_a_death_after_polling_changes_no_vote_and_no_winner() -> None:
    before, after = council(131, DECLARED), council(131, depart(COUNCIL, "w-1"), DECLARED)

    assert declaration_of(before).outcome == declaration_of(after).outcome
    assert declaration_of(before).totals == declaration_of(after).totals


@pytest.mark.parametrize(
    ("defined", "contest", "gone"),
    [
        (b.DISTRICT, b.DISTRICT_1, b.A),
        ((*b.UPPER_LIST, b.OPEN), b.UPPER, "ao-2"),
        ((*b.UPPER_LIST, b.OPEN), b.UPPER, "ao"),
        ((*b.HOUSE, b.OPEN), b.JUSTICES, "j1"),
    ],
    ids=["candidate", "member", "list", "justice"],
)
def test_nobody_is_withdrawn_who_stood_on_the_polling_day(
    defined: tuple[Command, ...], contest: str, gone: str
) -> None:
    log = b.log_of(*defined)

    log.refuses(e.WithdrawalDayUnstated, b.withdraw(contest, gone))
    refusal = log.refuses(e.WithdrawnAfterPolling, b.withdraw(contest, gone, day="2024-10-28"))

    assert "record-departure" in str(refusal)
    if gone == "ao":
        log.refuses(e.CandidateUnknown, depart(contest, gone))
    else:
        assert log.post(depart(contest, gone))
    assert not log.find(Contest, contest_stream(contest)).withdrawn


class TestHeads:
    def mayor(self, first: int, second: int, *more: Command) -> Log:
        return b.log_of(
            *b.REGISTER,
            b.contest(MAYOR, [b.CHIYODA]),
            b.candidates(MAYOR, "m-1", "m-2"),
            b.OPEN,
            b.tally(b.sheet({"m-1": first, "m-2": second}), MAYOR),
            *more,
        )

    def test_nobody_moves_up_by_votes(self) -> None:
        """T9: the runner-up has 49 %; an election follows (POEA 114)."""
        log = self.mayor(51, 49, b.declare(MAYOR, "m-1"), depart(MAYOR, "m-1", cause="resigned"))

        log.refuses(e.SuccessorDiffersFromLaw, succeed(MAYOR, "m-1", "m-2"))

    def test_the_loser_of_a_lot_does(self) -> None:
        drawn = (b.lot(MAYOR, "m-1", "m-2"), b.declare(MAYOR, "m-1"))
        log = self.mayor(50, 50, *drawn, depart(MAYOR, "m-1"))

        assert log.post(succeed(MAYOR, "m-1", "m-2"))

    def test_a_lot_between_whom_later_figures_are_not_equal_made_no_loser(self) -> None:
        drawn = (b.lot(MAYOR, "m-1", "m-2"), b.declare(MAYOR, "m-1"))
        log = self.mayor(50, 50, *drawn)
        log.given(b.correction(b.sheet({"m-1": 51, "m-2": 50}), MAYOR))
        log.given(b.declare(MAYOR, "m-1", reason="訂正のため"), depart(MAYOR, "m-1"))

        log.refuses(e.SuccessorDiffersFromLaw, succeed(MAYOR, "m-1", "m-2"))

    def test_a_lot_that_nobody_calls_for_is_refused(self) -> None:
        drawn = (b.lot(MAYOR, "m-1", "m-2"), b.declare(MAYOR, "m-1"))
        log = self.mayor(50, 50, *drawn, depart(MAYOR, "m-1"))

        log.refuses(e.LotNotCalledFor, succeed(MAYOR, "m-1", "m-2", "m-2", "m-1"))


def test_equals_who_may_move_up_draw_a_lot_between_them_alone() -> None:
    log = council(131, DECLARED)
    even = {"w-1": 9_000, "w-2": 6_000, "l-1": 1_000, "l-2": 1_000}
    even |= {f"l-{n}": 0 for n in range(3, 7)}
    log.given(b.correction(b.sheet(even), COUNCIL))
    log.given(b.declare(COUNCIL, "w-1", "w-2", reason="訂正"), depart(COUNCIL, "w-1"))

    log.refuses(e.LotRequired, succeed(COUNCIL, "w-1", "l-1"))
    log.refuses(e.LotNotCalledFor, succeed(COUNCIL, "w-1", "l-1", "l-1", "l-3"))
    assert log.post(succeed(COUNCIL, "w-1", "l-2", "l-2", "l-1"))


def test_a_revision_that_elects_the_successor_leaves_one_seat_to_each() -> None:
    """What was found: l-1 had more votes than w-1, whose seat was filled meanwhile."""
    log = council(131, DECLARED, depart(COUNCIL, "w-1"), succeed(COUNCIL, "w-1", "l-1"))
    found = {"w-1": 500, "w-2": 6_000, "l-1": 8_000, "l-2": 400}
    found |= {f"l-{n}": 0 for n in range(3, 7)}
    log.given(b.correction(b.sheet(found), COUNCIL))

    log.post(b.declare(COUNCIL, "l-1", "w-2", reason="再点検の結果"))

    assert declaration_of(log).holders() == ("l-1", "w-2")
    assert declaration_of(log).departed_holders() == frozenset()


class TestLists:
    LISTS: tuple[Command, ...] = (
        *b.UPPER_LIST,
        b.OPEN,
        *(
            b.tally(
                b.sheet({"ao": 60, "aka": 20, "ao-1": 5, "ao-2": 5, "aka-1": 4, "aka-2": 2}),
                b.UPPER,
                unit,
            )
            for unit in (b.CHIYODA, b.CHUO)
        ),
    )

    def test_the_next_of_the_list_moves_up_and_equals_draw(self) -> None:
        log = b.log_of(*self.LISTS, b.lot(b.UPPER, "ao-2", "ao-1"))
        named = b.declare(b.UPPER, "aka-1", "ao-first", "ao-2")
        log.given(named, depart(b.UPPER, "aka-1", "2027-01-01"))

        log.post(succeed(b.UPPER, "aka-1", "aka-2"))

        log.given(depart(b.UPPER, "ao-first"), succeed(b.UPPER, "ao-first", "ao-1"))
        assert set(declaration_of(log, b.UPPER).holders()) >= {"aka-2", "ao-1"}


def test_equal_losers_draw_in_the_decision() -> None:
    log = b.log_of(
        *b.REGISTER,
        b.contest(COUNCIL, [b.CHIYODA], 1, full_seats=30),
        b.candidates(COUNCIL, "w", "x", "y"),
        b.OPEN,
        b.tally(b.sheet({"w": 60, "x": 20, "y": 20}), COUNCIL),
        b.declare(COUNCIL, "w"),
        depart(COUNCIL, "w"),
    )

    refusal = log.refuses(e.LotRequired, succeed(COUNCIL, "w", "x"))
    assert refusal.facts["between"] == ("x", "y")
    log.post(succeed(COUNCIL, "w", "y", "y", "x"))
    assert declaration_of(log).lots[frozenset({"x", "y"})] == ("y", "x")


@pytest.mark.parametrize("day", ["2024-10-26", "2024-10-27"])
def test_before_or_on_the_polling_day_it_is_another_procedure(day: str) -> None:
    council(131).refuses(e.DepartureNotAfterPolling, depart(COUNCIL, "w-1", day))


def test_who_is_not_on_the_ballot_is_refused() -> None:
    council(131).refuses(e.CandidateUnknown, depart(COUNCIL, "nobody"))


def test_nobody_succeeds_before_a_declaration_or_one_who_is_there() -> None:
    council(131).refuses(e.NothingToRevise, succeed(COUNCIL, "w-1", "l-1"))
    council(131, DECLARED).refuses(e.SeatNotVacant, succeed(COUNCIL, "w-1", "l-1"))


@pytest.mark.parametrize("command", [depart(COUNCIL, "w-1"), succeed(COUNCIL, "w-1", "l-1")])
def test_two_persons_sign_and_the_rules_are_the_second(command: Command) -> None:
    founded = Log()
    founded.post(o.founded())
    founded.refuses(e.TwoPersonsNeeded, command, signers=(o.keyid("nation-a"),))

    Log(rules=1).given(*b.DISTRICT).refuses(e.RulesTooEarly, command)


def test_years_after_closing() -> None:
    log = council(131, DECLARED, b.CLOSE, depart(COUNCIL, "w-1", "2027-01-01", "before-office"))

    assert log.post(succeed(COUNCIL, "w-1", "l-1"))


def test_under_rules_4_a_day_to_come_is_recorded() -> None:
    log = Log(environment="live", rules=4)
    both = (o.keyid("nation-a"), o.keyid("nation-b"))
    defined = (b.contest(MAYOR, [b.CHIYODA]), b.candidates(MAYOR, "m-1", "m-2"))
    for command in (o.founded(unsigned=False, environment="live"), *b.REGISTER[1:], *defined):
        log.post(command, signers=both)

    assert log.post(depart(MAYOR, "m-1", "2024-11-10"), signers=both)
