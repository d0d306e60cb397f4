"""Refusals of definitions and of the course of the election."""

import msgspec

from aggregates import errors as e
from aggregates.rule_package.japan import JAPAN
from aggregates.rules import FIRST_RULES
from tests import builders as b
from tests.builders import amendments as am
from tests.builders.succession import depart, succeed
from tests.support import offices as o
from tests.support.gwt import Command
from tests.support.rule_package import election_with
from tests.unit.aggregates.refusal_case import FINAL, FINALS, TURNOUT, VOTES, Case

_MEMBERS = (b.member("ao-1", 1), b.member("ao-2", 2))
_BLOCK = (*b.REGISTER, b.contest(b.BLOCK, seats=3, block="tokyo"))
_UPPER = (*b.REGISTER, b.contest(b.UPPER, seats=3))
_DEFINED = (*b.REGISTER, b.contest(b.DISTRICT_1))
_BROKEN = msgspec.structs.replace(JAPAN, kinds=(*JAPAN.kinds, JAPAN.kinds[0]))
_UNCONTESTED = (*_DEFINED, b.candidates(b.DISTRICT_1, b.A), b.OPEN)
_TURNOUT = b.turnout(b.figures((10, 10), (5, 5)))
_LONELY_DUAL = b.party_list(b.BLOCK, "ao", b.member("ao-1", 1, dual=(b.DISTRICT_1, "nobody")))

_CLOSED = (*b.DISTRICT, *FINALS, b.declare(b.DISTRICT_1, b.A), b.CLOSE)
_SET_ASIDE = b.set_aside(b.DISTRICT_1)
_HIDDEN = [{"unit": b.CHIYODA, "ballots": 1_000_000}]

_LIVE: dict[str, object] = {
    "environment": "live",
    "signers": (o.keyid("nation-a"), o.keyid("nation-b")),
}
_MOVED = (
    o.founded(unsigned=False, environment="live"),
    *b.REGISTER[1:],
    b.contest(b.DISTRICT_1, polling_day="2024-11-01"),
    b.candidates(b.DISTRICT_1, b.A, b.B),
)
"""A live election whose poll comes five days after the clock of these tests."""

DEFINITIONS: tuple[Case, ...] = (
    Case(e.ElectionNotDefined, (), b.OPEN),
    Case(e.ElectionAlreadyDefined, (b.election(),), b.election()),
    Case(e.ElectionUnknown, (), b.election(id="house51")),
    Case(e.ElectionUnknown, b.REGISTER, b.OPEN, {"election": "house51"}, "posting"),
    Case(e.WrongEnvironment, (), b.election(environment="live")),
    Case(e.WrongEnvironment, b.REGISTER, b.OPEN, {"environment": "live"}, "posting"),
    Case(
        e.UnsignedLiveElection,
        (),
        b.election(environment="live", unsigned=True),
        {"environment": "live"},
    ),
    Case(e.CountingNotOpen, _DEFINED, FINAL),
    Case(e.CountingNotOpen, b.DISTRICT[:-1], b.declare(b.DISTRICT_1, b.A), name="declare"),
    Case(e.CountingNotOpen, b.REGISTER, b.PAUSE, name="pause"),
    Case(e.CountingAlreadyOpen, b.DISTRICT, b.OPEN),
    Case(e.CountingAlreadyOpen, b.DISTRICT, b.unit("13103"), name="units"),
    Case(e.CountingAlreadyOpen, b.DISTRICT, b.contest(b.GOVERNOR), name="contest"),
    Case(e.CountingAlreadyOpen, b.DISTRICT, b.candidates(b.DISTRICT_1, "c"), name="candidates"),
    Case(e.ElectionPaused, (*b.DISTRICT, b.PAUSE), FINAL),
    Case(e.ElectionPaused, (*b.DISTRICT, b.PAUSE), b.PAUSE, name="pause"),
    Case(e.ElectionPaused, (*b.DISTRICT, b.PAUSE), b.CLOSE, name="close"),
    Case(e.ElectionUndecided, b.DISTRICT, b.CLOSE),
    Case(e.ElectionUndecided, (*b.DISTRICT, *FINALS), b.CLOSE, name="undeclared"),
    Case(e.NothingToRevise, b.DISTRICT, _SET_ASIDE),
    Case(e.HiddenInvalidBeyondVotes, _CLOSED, {**_SET_ASIDE, "hidden_invalid": _HIDDEN}),
    Case(e.DepartureNotAfterPolling, b.DISTRICT, depart(b.DISTRICT_1, b.A, "2024-10-27")),
    *(
        Case(e.DayNotReached, (), when, _LIVE, earlier=tuple((each, _LIVE) for each in _MOVED))
        for when in (
            depart(b.DISTRICT_1, b.A, "2024-11-10"),
            b.withdraw(b.DISTRICT_1, b.A, day="2024-10-30"),
        )
    ),
    Case(e.WithdrawalDayUnstated, b.DISTRICT, b.withdraw(b.DISTRICT_1, b.A)),
    Case(e.WithdrawnAfterPolling, b.DISTRICT, b.withdraw(b.DISTRICT_1, b.A, day="2024-10-28")),
    Case(
        e.WithdrawnAfterPolling,
        b.DISTRICT[:-1],
        b.withdraw(b.DISTRICT_1, b.A, day="2024-10-27"),
        name="on the day",
    ),
    Case(
        e.RulesTooEarly,
        b.DISTRICT,
        b.withdraw(b.DISTRICT_1, b.A, day=b.EVE),
        name="withdraw",
        rules=FIRST_RULES,
    ),
    Case(
        e.SeatNotVacant,
        (*b.DISTRICT, *FINALS, b.declare(b.DISTRICT_1, b.A)),
        succeed(b.DISTRICT_1, b.A, b.B),
    ),
    Case(
        e.SuccessorDiffersFromLaw,
        (*b.DISTRICT, *FINALS, b.declare(b.DISTRICT_1, b.A), depart(b.DISTRICT_1, b.A)),
        succeed(b.DISTRICT_1, b.A, b.B),
    ),
    Case(e.AmendmentChangesNothing, b.DISTRICT, am.amend_party("ao", "ao党")),
    Case(
        e.ReportsWouldBeLost,
        (*b.DISTRICT, FINAL),
        am.amend_contest(b.DISTRICT_1, [b.CHUO]),
    ),
    Case(
        e.PollingDayPastRecords,
        (*b.DISTRICT, FINAL),
        am.amend_contest(b.DISTRICT_1, [b.CHIYODA, b.CHUO], polling_day="2024-11-01"),
    ),
    Case(
        e.CountsDoubtful,
        (*b.DISTRICT, *FINALS, am.reorder(b.DISTRICT_1, b.B, b.A)),
        b.declare(b.DISTRICT_1, b.A),
    ),
    Case(
        e.TwoPersonsNeeded,
        (o.founded(), *b.REGISTER[1:], b.contest(b.DISTRICT_1), b.candidates(b.DISTRICT_1, b.A)),
        b.set_aside(b.DISTRICT_1),
        {"signers": (o.keyid("nation-a"),)},
    ),
    Case(e.RulePackageMalformed, (), election_with(_BROKEN)),
    Case(e.RulesTooEarly, _CLOSED[:-1], _SET_ASIDE, name="set aside", rules=FIRST_RULES),
    Case(e.RulesTooEarly, _UNCONTESTED[:-1], b.no_poll(b.DISTRICT_1), rules=FIRST_RULES),
    Case(e.PollNeeded, b.DISTRICT[:-1], b.no_poll(b.DISTRICT_1)),
    Case(
        e.NoPollAlreadyAnnounced,
        (*_UNCONTESTED[:-1], b.no_poll(b.DISTRICT_1)),
        b.no_poll(b.DISTRICT_1),
    ),
    Case(
        e.PollingDayNotReached,
        (
            b.election(polling_day="2024-10-29"),
            *b.REGISTER[1:],
            b.contest(b.DISTRICT_1),
            b.candidates(b.DISTRICT_1, b.A),
        ),
        b.declare(b.DISTRICT_1, b.A),
    ),
    Case(
        e.AlreadyDeclared,
        (*_UNCONTESTED[:-1], b.declare(b.DISTRICT_1, b.A)),
        b.candidates(b.DISTRICT_1, "c"),
        name="nomination",
    ),
    Case(e.RulesNotLater, b.DISTRICT, b.CHANGE_RULES),
    Case(e.RulesUnknown, b.DISTRICT, {"command": "change-rules", "rules": 99}),
    Case(e.ElectionNotPaused, b.DISTRICT, b.RESUME),
    Case(e.ElectionIsClosed, _CLOSED, FINAL),
    Case(e.ElectionIsClosed, _CLOSED, b.turnout(TURNOUT), name="turnout"),
    Case(e.ElectionIsClosed, _CLOSED, b.NOTE, name="note"),
    Case(e.ElectionIsClosed, _CLOSED, b.parties("ki"), name="parties"),
    Case(e.ElectionIsClosed, _CLOSED, b.withdraw(b.DISTRICT_1, b.A), name="withdraw"),
    Case(e.UnitUnknown, b.REGISTER, b.contest(b.DISTRICT_1, ["13103"])),
    Case(e.UnitUnknown, b.DISTRICT, b.tally(b.sheet(VOTES), unit_code="13103")),
    Case(e.UnitUnknown, b.DISTRICT, b.turnout(TURNOUT, unit_code="13103"), name="turnout"),
    Case(e.UnitAlreadyRegistered, b.REGISTER, b.unit(b.CHIYODA)),
    Case(e.PartyUnknown, _DEFINED, b.candidates(b.DISTRICT_1, "c", party="ki")),
    Case(e.PartyUnknown, _BLOCK, b.party_list(b.BLOCK, "ki", *_MEMBERS, party="ki"), name="list"),
    Case(
        e.PartyUnknown,
        _BLOCK,
        b.party_list(b.BLOCK, "ao", b.member("ao-1", party="ki")),
        name="member",
    ),
    Case(e.PartyAlreadyRegistered, b.REGISTER, b.parties("ao")),
    Case(e.PartyAlreadyRegistered, b.REGISTER, b.parties("ki", "ki"), name="twice in one"),
    Case(e.ContestUnknown, b.DISTRICT, b.tally(b.sheet(VOTES), b.DISTRICT_2)),
    Case(e.ContestAlreadyDefined, _DEFINED, b.contest(b.DISTRICT_1)),
    Case(e.OptionOfAnotherKind, _DEFINED, b.party_list(b.DISTRICT_1, "ao", *_MEMBERS)),
    Case(e.OptionOfAnotherKind, _BLOCK, b.candidates(b.BLOCK, "c")),
    Case(e.OptionOfAnotherKind, _BLOCK, b.justices(b.BLOCK, "j1")),
    Case(
        e.OptionOfAnotherKind,
        b.DISTRICT,
        b.tally(b.sheet(VOTES, no={})),
        name="blanks outside the review",
    ),
    Case(e.OptionAlreadyRegistered, _DEFINED, b.candidates(b.DISTRICT_1, "c", "c")),
    Case(e.NameUnreadable, _DEFINED, b.candidates(b.DISTRICT_1, "c", name="甲野\u200b太郎")),
    Case(
        e.NamesAlike,
        (*_DEFINED, b.candidates(b.DISTRICT_1, b.A, name="甲野　太郎")),
        b.candidates(b.DISTRICT_1, b.B, name="甲野 太郎"),
    ),
    Case(
        e.OptionAlreadyRegistered,
        (*_BLOCK, b.party_list(b.BLOCK, "ao", *_MEMBERS)),
        b.party_list(b.BLOCK, "aka", _MEMBERS[0]),
        name="member of two lists",
    ),
    Case(
        e.OptionAlreadyRegistered,
        (*_BLOCK, b.party_list(b.BLOCK, "ao", *_MEMBERS)),
        b.party_list(b.BLOCK, "ao-1", b.member("x", 1)),
        name="list named as a member",
    ),
    Case(
        e.OptionAlreadyRegistered,
        (*_BLOCK, b.party_list(b.BLOCK, "ao", *_MEMBERS)),
        b.party_list(b.BLOCK, "aka", b.member("ao", 1)),
        name="member named as a list",
    ),
    Case(e.DualCandidateUnknown, (*_BLOCK, _LONELY_DUAL), b.OPEN, name="no district"),
    Case(
        e.DualCandidateUnknown,
        (*_BLOCK, b.contest(b.DISTRICT_1), b.candidates(b.DISTRICT_1, b.A), _LONELY_DUAL),
        b.OPEN,
        name="no candidate",
    ),
    Case(e.ContestUncontested, _UNCONTESTED, FINAL),
    Case(e.ContestUncontested, _UNCONTESTED, b.confirm()),
    Case(
        e.ContestUncontested, _UNCONTESTED, b.turnout(b.figures((10, 10), (5, 5))), name="turnout"
    ),
)


def _malformed(name: str, when: Command, *given: Command) -> Case:
    return Case(e.ContestMalformed, (*b.REGISTER, *given), when, name=name)


_ELSEWHERE = b.unit("14101", "14")
_WHOLE = b.unit("p13", kind="prefecture")

CONTEST_FORM: tuple[Case, ...] = (
    _malformed("kind", b.contest(b.DISTRICT_1, kind="governor")),
    _malformed("unit twice", b.contest(b.DISTRICT_1, [b.CHUO, b.CHUO])),
    _malformed("no unit", b.contest(b.DISTRICT_1, [])),
    _malformed("no prefecture", b.contest(b.DISTRICT_1, [b.CHUO], prefectures=[])),
    _malformed("order", b.contest(b.GOVERNOR, prefectures=["14", "13"])),
    _malformed("prefecture twice", b.contest(b.GOVERNOR, prefectures=["13", "13"])),
    _malformed("two seats", b.contest(b.DISTRICT_1, seats=2)),
    _malformed("no seat", b.contest(b.UPPER, seats=0)),
    _malformed("unknown kind", b.contest("house-senate/1")),
    _malformed("seats of justices", b.contest(b.JUSTICES, seats=1)),
    _malformed("no block", b.contest(b.BLOCK, seats=3)),
    _malformed("unknown block", b.contest(b.BLOCK, seats=3, block="edo")),
    _malformed("block of a district", b.contest(b.DISTRICT_1, block="tokyo")),
    _malformed("unit elsewhere", b.contest(b.DISTRICT_1, ["14101"]), _ELSEWHERE),
    _malformed("unit within another", b.contest(b.GOVERNOR, ["p13", b.CHUO]), _WHOLE),
    Case(
        e.ContestMalformed,
        (b.election(polling_day="1990-02-18"), b.unit(b.CHIYODA), b.unit(b.CHUO)),
        b.contest(b.DISTRICT_1),
        name="no law in force",
    ),
)

_DUAL = ("governor/13", "g1")

LIST_FORM: tuple[Case, ...] = tuple(
    Case(e.ListMalformed, given, b.party_list(contest, "ao", *members), name=name)
    for name, given, contest, members in (
        ("shared rank", _BLOCK, b.BLOCK, (b.member("m", 1), b.member("n", 1))),
        ("priority", _BLOCK, b.BLOCK, (b.member("m", 1, priority=1),)),
        ("dual elsewhere", _BLOCK, b.BLOCK, (b.member("m", 1, dual=_DUAL),)),
        ("dual", _UPPER, b.UPPER, (b.member("m", dual=_DUAL),)),
        ("same priority", _UPPER, b.UPPER, (b.member("m", priority=1), b.member("n", priority=1))),
    )
)
