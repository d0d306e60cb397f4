"""Refusals of tallies, turnout and declarations."""

from aggregates import errors as e
from aggregates.rules import SECOND_RULES
from tests import builders as b
from tests.support.gwt import Command
from tests.unit.aggregates.refusal_case import FINAL, FINALS, TURNOUT, VOTES, Case


def _report(refusal: type[e.Refusal], name: str, when: Command, *given: Command) -> Case:
    return Case(refusal, (*b.DISTRICT, *given), when, name=name)


def _shared(refusal: type[e.Refusal], name: str, sheet: dict[str, object]) -> Case:
    return _report(refusal, name, b.tally(sheet))


_POOL = b.pool("山田", 1, b.A, b.B)
_DIVIDED = b.pool("山田", 1, **{b.A: 666, b.B: 333})
_SHARED = {b.A: 2, b.B: 1}
_UPPER_LINES = {"ao": 9, "ao-1": 0, "ao-2": 0, "aka": 4, "aka-1": 0, "aka-2": 0}


def _upper(refusal: type[e.Refusal], name: str, *pools: Command) -> Case:
    sheet = b.sheet_with_pools(_UPPER_LINES, *pools)
    return Case(refusal, (*b.UPPER_LIST, b.OPEN), b.tally(sheet, b.UPPER), name=name)


POOLS: tuple[Case, ...] = (
    Case(
        e.PoolsMisplaced,
        b.DISTRICT,
        b.tally(b.sheet_with_pools(_SHARED, _POOL)),
        name="earlier rules",
        rules=SECOND_RULES,
    ),
    _shared(e.CandidateUnknown, "pool", b.sheet_with_pools(_SHARED, b.pool("山田", 1, b.A, "c"))),
    _shared(e.PoolMalformed, "twice", b.sheet_with_pools(_SHARED, _POOL, _POOL)),
    _shared(e.PoolMalformed, "one", b.sheet_with_pools(_SHARED, b.pool("山田", 1, b.A, b.A))),
    _shared(
        e.PoolMalformed,
        "own differs",
        b.sheet_with_pools(_SHARED, b.pool("山田", 1, (b.A, 3), b.B)),
    ),
    _shared(
        e.PoolMalformed,
        "half divided",
        b.sheet_with_pools(_SHARED, b.pool("山田", 1, b.B, **{b.A: 666})),
    ),
    _shared(e.PoolMalformed, "reason", b.sheet_with_pools(_SHARED, _POOL, pools_unstated="なし")),
    _upper(e.PoolMalformed, "own of the 特定枠", b.pool("青山", 1, "aka", "ao-first")),
    _upper(e.PoolMalformed, "own of a list", b.pool("あお", 1, "aka", "ao")),
    _upper(e.PoolMalformed, "more than the list", b.pool("青山", 1, "aka", ("ao-first", 10))),
    _upper(
        e.PoolMalformed,
        "two numbers",
        b.pool("青山", 1, "aka", ("ao-first", 2)),
        b.pool("青", 1, "aka", ("ao-first", 3)),
    ),
    _shared(
        e.PoolVotesNotWhole,
        "exchanged",
        b.divided_sheet({b.A: 2_333, b.B: 1_666}, 4, _DIVIDED, cut=1),
    ),
    _shared(
        e.PoolVotesNotWhole,
        "divided already",
        {**b.sheet_with_pools(_SHARED, _POOL), "votes": {b.A: 2_666, b.B: 1_333}},
    ),
    _shared(
        e.PoolShareDiffers,
        "round the wrong way",
        b.divided_sheet(
            {b.A: 2_333, b.B: 1_666}, 4, b.pool("山田", 1, **{b.A: 333, b.B: 666}), cut=1
        ),
    ),
    _shared(
        e.SheetUnbalanced, "cut", b.divided_sheet({b.A: 2_666, b.B: 1_333}, 4, _DIVIDED, cut=0)
    ),
    _shared(e.PoolsUnstated, "decimals", b.divided_sheet({b.A: 2_666, b.B: 1_333}, 4, cut=1)),
    _shared(e.SheetUnbalanced, "nobody", b.sheet_with_pools(_SHARED, _POOL, nobody=1_000)),
)
"""Of shared ballots."""

_INTERIM = b.tally(b.sheet(VOTES), final=False)
_FEWER = b.sheet({b.A: 500, b.B: 300})
_OLDER = "2024-10-27T21:59:00+09:00"
_REVIEW = (
    *b.REGISTER,
    b.contest(b.JUSTICES, seats=0),
    b.justices(b.JUSTICES, "j1", "j2"),
    b.OPEN,
)
_UPPER = (*b.UPPER_LIST, b.OPEN)
_LINES = ("ao", "ao-1", "ao-2", "aka", "aka-1", "aka-2")
_CAST = {"on_the_day": 500, "early": 400, "absentee": 49}

_ASKED = [{"code": "unlike-others-zero", "option": "c", "answer": "確かめた"}]

REPORTS: tuple[Case, ...] = (
    _report(e.AnswersMisplaced, "no such line", b.tally(b.sheet(VOTES), answers=_ASKED)),
    Case(
        e.AnswersMisplaced,
        b.DISTRICT,
        b.tally(b.sheet(VOTES), answers=[{**_ASKED[0], "option": b.A}]),
        name="earlier rules",
        rules=SECOND_RULES,
    ),
    _report(e.CandidateUnknown, "tally", b.tally(b.sheet({**VOTES, "c": 0}))),
    _report(e.CandidateUnknown, "withdraw", b.withdraw(b.DISTRICT_1, "c", day=b.EVE)),
    _report(e.CandidateMissing, "tally", b.tally(b.sheet({b.A: 1}))),
    _report(e.CandidateNotStanding, "tally", FINAL, b.withdraw(b.DISTRICT_1, b.B, day=b.EVE)),
    _report(
        e.CandidateNotStanding,
        "again",
        b.withdraw(b.DISTRICT_1, b.B, day=b.EVE),
        b.withdraw(b.DISTRICT_1, b.B, "withdrawn", day=b.EVE),
    ),
    _report(e.BallotChanged, "tally", b.tally(b.sheet(VOTES), ballot_sha256="0" * 64)),
    _report(e.SheetUnbalanced, "valid", b.tally(b.sheet(VOTES, valid=901, ballots=901))),
    _report(e.SheetUnbalanced, "ballots", b.tally(b.sheet(VOTES, ballots=901))),
    _report(e.SheetUnbalanced, "voters", b.tally(b.sheet(VOTES, voters=901))),
    _report(e.SheetUnbalanced, "correction", b.correction(b.sheet(VOTES, voters=901)), FINAL),
    _report(e.VotesNegative, "invalid", b.tally(b.sheet(VOTES, invalid=-1))),
    _report(e.VotesNegative, "votes", b.tally(b.sheet({b.A: -1, b.B: 1}))),
    _report(e.VotersMissing, "final", b.tally(b.sheet(VOTES, voters=None))),
    _report(e.BallotsUnstated, "final", b.tally(b.votes_alone(b.sheet(VOTES)))),
    _report(
        e.BallotsUnstated,
        "one of three",
        b.tally({**b.votes_alone(b.sheet(VOTES)), "valid": 900}, final=False),
    ),
    _report(e.ListTotalsMisplaced, "district", b.tally(b.sheet(VOTES, list_totals=True))),
    Case(
        e.ListTotalsMisplaced,
        _UPPER,
        b.tally(b.sheet({"ao": 9, "aka": 1}, list_totals=True), b.UPPER),
        name="final",
    ),
    Case(
        e.ListTotalsMisplaced,
        _UPPER,
        b.tally(b.sheet({"ao": 9, "aka": 1, "ao-1": 1}, list_totals=True), b.UPPER, final=False),
        name="with a member",
    ),
    Case(
        e.PriorityMemberHasVotes,
        _UPPER,
        b.tally(b.sheet({**dict.fromkeys(_LINES, 1), "ao-first": 1}), b.UPPER),
    ),
    *POOLS,
    _report(
        e.CountWentBackwards,
        "votes alone",
        b.tally(b.votes_alone(_FEWER), as_of=b.AT_23, final=False),
        _INTERIM,
    ),
    _report(
        e.ReasonsExceedInvalid,
        "tally",
        b.tally(b.sheet(VOTES, invalid=3, invalid_by_reason={"blank": 2})),
    ),
    _report(
        e.BallotsExceedElectors,
        "tally",
        FINAL,
        b.turnout(b.figures((400, 499), (0, 0)), final=False),
    ),
    _report(e.CountWentBackwards, "post", b.tally(_FEWER, as_of=b.AT_23), _INTERIM),
    _report(e.ReportOlderThanLast, "post", b.tally(b.sheet(VOTES), as_of=_OLDER), _INTERIM),
    _report(e.CountAlreadyFinal, "final twice", FINAL, FINAL),
    _report(e.CountAlreadyFinal, "interim after", _INTERIM, FINAL),
    _report(e.CountAlreadyFinal, "corrected back", b.correction(_FEWER, final=False), FINAL),
    _report(e.CountNotFinal, "none", b.confirm()),
    _report(e.CountNotFinal, "interim", b.confirm(), _INTERIM),
    _report(e.NothingToCorrect, "correct", b.correction(_FEWER)),
    _report(e.NothingToCorrect, "return", b.give_back()),
    _report(e.CorrectionChangesNothing, "same", b.correction(b.sheet(VOTES), as_of=b.AT_22), FINAL),
    _report(e.SupersedesAnother, "first", b.correction(_FEWER, supersedes=1), FINAL),
    _report(e.CountAlreadyConfirmed, "again", b.confirm(), FINAL, b.confirm()),
    _report(e.ReportNotLatest, "confirm", b.confirm(report=2), FINAL, b.correction(_FEWER)),
    _report(e.ReportNotLatest, "return", b.give_back(report=2), FINAL, b.correction(_FEWER)),
    Case(
        e.VotesNotWhole,
        _REVIEW,
        b.tally(
            {**b.review_sheet({"j1": (1, 9), "j2": (2, 8)}, 10), "votes": {"j1": 1, "j2": 2000}},
            b.JUSTICES,
        ),
    ),
    Case(
        e.SheetUnbalanced,
        _REVIEW,
        b.tally(b.review_sheet({"j1": (2, 9), "j2": (2, 8)}, 10), b.JUSTICES),
        name="more answers than ballots",
    ),
    Case(e.CandidateMissing, _REVIEW, b.tally(b.sheet({"j1": 0, "j2": 0}), b.JUSTICES)),
)

_DAY = b.turnout(TURNOUT, final=False)
_ABROAD = {"male": 5, "female": 0}


def _voters(name: str, figures: Command) -> Case:
    return _report(e.VotersExceedElectors, name, b.turnout(figures))


TURNOUTS: tuple[Case, ...] = (
    _voters("men", b.figures((10, 50), (11, 20))),
    _voters("women", b.figures((50, 10), (20, 11))),
    _voters("overseas", b.figures((50, 50), (20, 20), overseas_voters=_ABROAD)),
    _voters("overseas roll", b.figures((4, 50), (0, 0), overseas_electors=_ABROAD)),
    _voters(
        "overseas among voters",
        b.figures((50, 50), (4, 0), overseas_electors=_ABROAD, overseas_voters=_ABROAD),
    ),
    _report(e.VotersByMethodUnbalanced, "sum", b.turnout({**TURNOUT, "by_method": _CAST})),
    _report(e.TurnoutAlreadyFinal, "again", b.turnout(TURNOUT), b.turnout(TURNOUT)),
    _report(
        e.TurnoutAlreadyFinal,
        "corrected back",
        b.turnout_correction(TURNOUT, final=False),
        b.turnout(TURNOUT),
    ),
    _report(
        e.TurnoutWentBackwards,
        "one sex",
        b.turnout(b.figures((1000, 1000), (449, 600)), as_of=b.AT_23),
        _DAY,
    ),
    _report(e.ReportOlderThanLast, "turnout", b.turnout(TURNOUT, as_of=_OLDER), _DAY),
    _report(e.NothingToCorrect, "turnout", b.turnout_correction(TURNOUT)),
    _report(e.SupersedesAnother, "turnout", b.turnout_correction(TURNOUT, supersedes=1), _DAY),
    _report(
        e.CorrectionChangesNothing,
        "turnout",
        b.turnout_correction(TURNOUT, final=False, as_of=b.AT_22),
        _DAY,
    ),
)

_TIED = b.finals(b.DISTRICT_1, b.sheet({b.A: 5, b.B: 5}), b.sheet({b.A: 5, b.B: 5}))
_WON = b.declare(b.DISTRICT_1, b.A)
_YES = b.review_sheet({"j1": (9, 1), "j2": (1, 9)}, 10)
_JOINT = (
    *b.REGISTER,
    b.contest("upper-district/13", [b.CHIYODA], 2, long_seats=1),
    b.candidates("upper-district/13", b.A, b.B, "c"),
    b.OPEN,
    b.tally(b.sheet({b.A: 5, b.B: 4, "c": 3}), "upper-district/13"),
)
_HOUSE_COUNTED = (*b.HOUSE, b.OPEN, *b.finals(b.BLOCK, *[b.sheet({"ao": 6, "aka": 4})] * 2))

DECISIONS: tuple[Case, ...] = (
    _report(e.ContestNotFinal, "declare", _WON, FINALS[0]),
    _report(e.ContestNotFinal, "returned", _WON, *FINALS, b.give_back()),
    _report(e.ContestNotFinal, "lot", b.lot(b.DISTRICT_1, b.A, b.B), FINALS[0]),
    _report(e.CountsOutdated, "withdrawn", _WON, *FINALS, b.withdraw(b.DISTRICT_1, b.B, day=b.EVE)),
    Case(e.DistrictsNotDeclared, _HOUSE_COUNTED, b.declare(b.BLOCK, "ao-1", "ao-2", "aka-1")),
    Case(e.ElectorsUnknown, (*_REVIEW, *b.finals(b.JUSTICES, _YES, _YES)), b.declare(b.JUSTICES)),
    _report(e.LotRequired, "declare", _WON, *_TIED),
    _report(e.LotNotCalledFor, "nobody equal", b.lot(b.DISTRICT_1, b.A, b.B), *FINALS),
    _report(e.LotNotCalledFor, "another", b.lot(b.DISTRICT_1, b.A), *_TIED),
    _report(e.LotNotCalledFor, "twice named", b.lot(b.DISTRICT_1, b.A, b.B, b.B), *_TIED),
    _report(e.LotNotCalledFor, "empty", b.lot(b.DISTRICT_1), *FINALS),
    _report(e.DeclarationDiffersFromLaw, "loser", b.declare(b.DISTRICT_1, b.B), *FINALS),
    _report(e.DeclarationDiffersFromLaw, "nobody", b.declare(b.DISTRICT_1), *FINALS),
    _report(e.DeclarationDiffersFromLaw, "twice", b.declare(b.DISTRICT_1, b.A, b.A), *FINALS),
    Case(e.LongTermsDifferFromLaw, _JOINT, b.declare("upper-district/13", b.A, b.B)),
    _report(e.AlreadyDeclared, "again", _WON, *FINALS, _WON),
    _report(e.NothingToRevise, "nothing declared", {**_WON, "reason": "訂正のため"}, *FINALS),
    _report(e.NothingToRevise, "same result", {**_WON, "reason": "訂正のため"}, *FINALS, _WON),
)
