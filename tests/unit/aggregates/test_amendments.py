"""Changing what was defined: recorded with its reason, and nothing is lost in silence."""

import pytest

from aggregates import errors as e
from aggregates.counting.declaration import Declaration
from aggregates.counting.outcome import Outcome
from aggregates.election.amendment_events import CandidateAmended, ContestAmended
from aggregates.election.contests.contest import Contest
from aggregates.election.identifiers import contest_stream, declaration_stream
from aggregates.rules import THIRD_RULES
from tests import builders as b
from tests.builders import amendments as am
from tests.support import offices as o
from tests.support.gwt import Command, Log

ONE, TWO = "13101.1", "13101.2"
SHEET = b.sheet({b.A: 5, b.B: 4})
COUNTED = (*b.DISTRICT, *b.finals(b.DISTRICT_1, SHEET, SHEET))
DEFINED = b.DISTRICT[:-1]


def contest_of(log: Log, contest: str = b.DISTRICT_1) -> Contest:
    return log.find(Contest, contest_stream(contest))


def outcome_of(log: Log, contest: str = b.DISTRICT_1) -> Outcome | None:
    return log.find(Declaration, declaration_stream(contest)).outcome


class TestNames:
    def test_before_and_after_are_recorded_with_the_reason(self) -> None:
        log = b.log_of(*DEFINED)

        (event,) = log.post(am.amend_candidate(b.DISTRICT_1, b.A, "正しい名", kana="ただしい"))

        assert isinstance(event, CandidateAmended)
        assert (event.before.name, event.after.name) == (b.A.upper(), "正しい名")
        assert event.reason == am.REASON
        assert contest_of(log).options[b.A].name == "正しい名"

    def test_reports_given_before_are_answered_before_anybody_is_declared(self) -> None:
        log = b.log_of(*COUNTED, am.amend_candidate(b.DISTRICT_1, b.A, "正しい名"))

        refusal = log.refuses(e.CountsDoubtful, b.declare(b.DISTRICT_1, b.A))
        assert refusal.facts["units"] == (b.CHIYODA, b.CHUO)

        fixed = b.correction(b.sheet({b.A: 6, b.B: 3}), supersedes=2, unit_code=b.CHUO)
        log.given(b.confirm(), fixed, b.declare(b.DISTRICT_1, b.A))
        assert outcome_of(log) == Outcome(elected=(b.A,))

    def test_a_confirmed_count_is_confirmed_again(self) -> None:
        log = b.log_of(*COUNTED, b.confirm(), am.reorder(b.DISTRICT_1, b.B, b.A))

        assert log.post(b.confirm())
        log.refuses(e.CountAlreadyConfirmed, b.confirm())

    def test_another_party_or_reading_makes_nothing_doubtful(self) -> None:
        log = b.log_of(*COUNTED)
        log.post(am.amend_candidate(b.DISTRICT_1, b.A, b.A.upper(), party="ao", kana="かな"))

        assert log.post(b.declare(b.DISTRICT_1, b.A))

    def test_the_order_of_the_ballot(self) -> None:
        log = b.log_of(*DEFINED, am.reorder(b.DISTRICT_1, b.B, b.A))

        assert list(contest_of(log).options) == [b.B, b.A]


class TestUnits:
    def split(self, *set_aside: str) -> tuple[Command, ...]:
        units = [ONE, TWO, b.CHUO]
        return am.add_units(ONE, TWO), am.amend_contest(b.DISTRICT_1, units, set_aside=set_aside)

    def test_a_unit_is_split_while_counting(self) -> None:
        log = b.log_of(*b.DISTRICT, *self.split())

        sheets = [b.tally(SHEET, unit_code=unit) for unit in (ONE, TWO, b.CHUO)]
        log.given(*sheets, b.declare(b.DISTRICT_1, b.A))

        assert outcome_of(log) == Outcome(elected=(b.A,))
        log.refuses(e.UnitUnknown, b.tally(SHEET))

    def test_reports_of_the_unit_that_leaves_are_named_or_it_stays(self) -> None:
        log = b.log_of(*COUNTED)
        add, amend = self.split()
        log.post(add)

        refusal = log.refuses(e.ReportsWouldBeLost, amend)
        assert refusal.facts["units"] == (b.CHIYODA,)

        events = log.post(self.split(b.CHIYODA)[1])
        assert isinstance(events[0], ContestAmended)
        assert events[0].set_aside == (b.CHIYODA,)

    def test_units_are_merged(self) -> None:
        log = b.log_of(*b.DISTRICT)

        log.given(am.amend_contest(b.DISTRICT_1, [b.CHUO]))
        log.given(b.tally(SHEET, unit_code=b.CHUO), b.declare(b.DISTRICT_1, b.A), b.CLOSE)

        assert log.topics()[-1] == "election.closed"

    def test_a_unit_that_comes_back_has_its_reports(self) -> None:
        log = b.log_of(*COUNTED)

        log.given(
            am.amend_contest(b.DISTRICT_1, [b.CHUO], set_aside=(b.CHIYODA,)),
            am.amend_contest(b.DISTRICT_1, [b.CHIYODA, b.CHUO]),
            b.declare(b.DISTRICT_1, b.A),
        )

        assert log.topics().count("count.opened") == 2


class TestContests:
    def test_a_forgotten_one_is_added_and_counted(self) -> None:
        log = b.log_of(*b.DISTRICT)

        log.given(am.add_contest("mayor/13101", [b.CHIYODA], "m-1", "m-2"))
        log.given(
            b.tally(b.sheet({"m-1": 6, "m-2": 4}), "mayor/13101"), b.declare("mayor/13101", "m-1")
        )

        assert outcome_of(log, "mayor/13101") == Outcome(elected=("m-1",))

    def test_a_forgotten_one_on_which_nobody_votes_has_no_counts(self) -> None:
        log = b.log_of(*b.DISTRICT)

        events = log.post(am.add_contest("mayor/13101", [b.CHIYODA], "m-1"))

        assert [event.TOPIC for event in events][-1] == "contest.added-late"
        assert log.post(b.declare("mayor/13101", "m-1"))

    def test_the_seats_are_others_and_the_law_follows(self) -> None:
        council = "municipal-assembly/13101"
        log = b.log_of(
            *b.REGISTER,
            b.contest(council, [b.CHIYODA], 1),
            b.candidates(council, "a", "b", "c"),
            b.OPEN,
            b.tally(b.sheet({"a": 60, "b": 30, "c": 10}), council),
        )

        log.given(am.amend_contest(council, [b.CHIYODA], 2), b.declare(council, "a", "b"))

        assert outcome_of(log, council) == Outcome(elected=("a", "b"))

    def test_a_contest_without_a_poll_cannot_get_one_once_counting_is_open(self) -> None:
        council = "municipal-assembly/13101"
        log = b.log_of(
            *b.REGISTER,
            b.contest(council, [b.CHIYODA], 2),
            b.candidates(council, "a", "b"),
            b.OPEN,
        )

        log.refuses(e.ContestMalformed, am.amend_contest(council, [b.CHIYODA], 1))
        assert log.post(am.amend_contest(council, [b.CHIYODA], 3))


@pytest.mark.parametrize(
    "command",
    [
        am.amend_candidate(b.DISTRICT_1, b.A, "正しい名"),
        am.reorder(b.DISTRICT_1, b.B, b.A),
        am.amend_contest(b.DISTRICT_1, [b.CHIYODA, b.CHUO], name="第一区"),
        am.add_contest("mayor/13101", [b.CHIYODA], "m-1"),
        am.add_units(ONE),
        am.amend_unit(b.CHIYODA, "千代田区"),
        am.amend_party("ao", "青い党"),
    ],
    ids=lambda command: str(command["command"]),
)
class TestWhoMay:
    def test_two_persons_once_counting_is_open(self, command: Command) -> None:
        log = Log()
        for each in (o.founded(), *b.DISTRICT[1:]):
            log.post(each, office="trial")
        keys = (o.keyid("nation-a"), o.keyid("nation-b"))

        log.refuses(e.TwoPersonsNeeded, command, signers=keys[:1])
        assert log.post(command, signers=keys)

    def test_not_under_the_first_rules(self, command: Command) -> None:
        Log(rules=1).given(*b.DISTRICT).refuses(e.RulesTooEarly, command)

    def test_not_during_a_pause_nor_after_closing(self, command: Command) -> None:
        b.log_of(*b.DISTRICT, b.PAUSE).refuses(e.ElectionPaused, command)
        log = b.log_of(*COUNTED, b.declare(b.DISTRICT_1, b.A), b.CLOSE)
        log.refuses(e.ElectionIsClosed, command)


REFUSED: tuple[tuple[type[e.Refusal], Command], ...] = (
    (e.CandidateUnknown, am.amend_candidate(b.DISTRICT_1, "nobody", "名")),
    (e.CandidateUnknown, am.amend_justice(b.DISTRICT_1, b.A, "名")),
    (e.CandidateUnknown, am.reorder(b.DISTRICT_1, b.A)),
    (e.CandidateUnknown, am.reorder(b.DISTRICT_1, b.A, b.A)),
    (e.PartyUnknown, am.amend_candidate(b.DISTRICT_1, b.A, "名", party="ki")),
    (e.PartyUnknown, am.amend_party("ki", "木の党")),
    (e.AmendmentChangesNothing, am.amend_candidate(b.DISTRICT_1, b.A, b.A.upper())),
    (e.AmendmentChangesNothing, am.reorder(b.DISTRICT_1, b.A, b.B)),
    (e.AmendmentChangesNothing, am.amend_contest(b.DISTRICT_1, [b.CHIYODA, b.CHUO])),
    (e.AmendmentChangesNothing, am.amend_unit(b.CHIYODA, f"開票区{b.CHIYODA}")),
    (e.AmendmentChangesNothing, am.amend_party("ao", "ao党")),
    (e.ContestMalformed, am.amend_contest(b.DISTRICT_1, [b.CHUO], 3)),
    (e.ContestMalformed, {**am.amend_contest(b.DISTRICT_2, [b.CHUO]), "contest": b.DISTRICT_1}),
    (e.ContestMalformed, {**am.add_contest("mayor/1", [b.CHUO]), "contest": "mayor/2"}),
    (e.ContestAlreadyDefined, am.add_contest(b.DISTRICT_1, [b.CHUO], "c")),
    (e.UnitUnknown, am.amend_contest(b.DISTRICT_1, ["13109"])),
    (e.UnitUnknown, am.amend_unit("13109", "名")),
    (e.UnitUnknown, am.amend_unit(b.CHIYODA, "千代田区", prefecture="14")),
    (e.UnitAlreadyRegistered, am.add_units(b.CHIYODA)),
)


@pytest.mark.parametrize(("refusal", "command"), REFUSED)
def test_what_cannot_be_changed_is_refused(refusal: type[e.Refusal], command: Command) -> None:
    b.log_of(*b.DISTRICT).refuses(refusal, command)


def _covering(*municipalities: str, kind: str = "counting-district") -> Command:
    facts = {"code": b.CHUO, "name": "開票区", "prefecture": "13", "kind": kind}
    amended = {**facts, "municipalities": list(municipalities)}
    return {"command": "amend-unit", "amended": amended, "reason": am.REASON}


@pytest.mark.parametrize("night", [DEFINED, b.DISTRICT])
@pytest.mark.parametrize("amended", [_covering("13102", b.CHIYODA), _covering(kind="prefecture")])
def test_a_unit_is_not_amended_into_another_of_its_contest(
    night: tuple[Command, ...], amended: Command
) -> None:
    b.log_of(*night).refuses(e.ContestMalformed, amended)

    assert b.log_of(*night).post(_covering("13102", "13103"))
    earlier = b.log_of(*night, rules=THIRD_RULES)
    assert earlier.post(amended)


@pytest.mark.parametrize(
    "command", [am.add_units(ONE), am.add_contest("mayor/13101", [b.CHIYODA], "m-1")]
)
def test_before_counting_things_are_registered_and_not_added(command: Command) -> None:
    b.log_of(*DEFINED).refuses(e.CountingNotOpen, command)


def test_members_of_a_list_stay_the_same_persons() -> None:
    members = (b.member("ao-1", 1), b.member("ao-2", 2))
    log = b.log_of(
        *b.REGISTER,
        b.contest(b.BLOCK, seats=1, block="tokyo"),
        b.party_list(b.BLOCK, "ao", *members, party="ao"),
    )

    log.refuses(e.CandidateUnknown, am.amend_list(b.BLOCK, "ao", members[0], party="ao"))
    same_rank = (b.member("ao-1", 1), b.member("ao-2", 1))
    log.refuses(e.ListMalformed, am.amend_list(b.BLOCK, "ao", *same_rank, party="ao"))
    assert log.post(am.amend_list(b.BLOCK, "ao", *members, name="青い名簿", party="ao"))


class TestAnOptionOfAPoll:
    POLL = "ordinance-poll/1"
    DEFINED = (b.contest(POLL, [b.CHIYODA], seats=0), b.options(POLL, "a", "b"))
    COUNTED = b.tally(b.sheet({"a": 2, "b": 1}), POLL)

    def test_reports_before_are_doubtful_until_their_office_answers(self) -> None:
        log = b.log_of(*b.REGISTER, *self.DEFINED, b.OPEN, self.COUNTED)

        [event] = log.post(am.amend_poll_option(self.POLL, "a", "建て替える"))
        log.refuses(e.CountsDoubtful, b.declare(self.POLL, "a"))
        log.given(b.confirm(self.POLL))

        assert (event.TOPIC, log.post(b.declare(self.POLL, "a")) != []) == (
            "contest.option-amended", True
        )  # fmt: skip

    def test_what_is_not_its_own_stays(self) -> None:
        """賛成 and 反対 stand in the package; an id that nobody registered is none."""
        log = b.log_of(*b.REGISTER, *self.DEFINED, b.contest("special-law/1", seats=0))

        log.refuses(e.OptionOfAnotherKind, am.amend_poll_option("special-law/1", "yes", "可"))
        log.refuses(e.CandidateUnknown, am.amend_poll_option(self.POLL, "c", "名"))
        log.refuses(e.AmendmentChangesNothing, am.amend_poll_option(self.POLL, "a", "a案"))

    def test_rules_2_do_not_know_it(self) -> None:
        log = b.log_of(*b.REGISTER, *self.DEFINED, rules=2)

        log.refuses(e.RulesTooEarly, am.amend_poll_option(self.POLL, "a", "名"))

    def test_a_forgotten_poll_comes_with_its_options(self) -> None:
        log = b.log_of(*b.REGISTER, *self.DEFINED, b.OPEN)
        added = am.add_contest("ordinance-poll/2", [b.CHUO], seats=0)
        options = [{"id": each, "name": f"{each}案"} for each in ("a", "b")]

        late = {**added, "candidates": [], "options": options}
        answered = am.add_contest("special-law/1", [b.CHUO], seats=0)
        log.refuses(e.OptionOfAnotherKind, {**answered, "candidates": [], "options": options})
        earlier = b.log_of(*b.REGISTER, *self.DEFINED, b.OPEN, rules=2)
        earlier.refuses(e.RulesTooEarly, late)
        log.post(late)

        assert log.post(b.tally(b.sheet({"a": 2, "b": 1}), "ordinance-poll/2", b.CHUO))
