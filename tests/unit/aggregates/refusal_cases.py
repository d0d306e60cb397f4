"""One way, at least, into every refusal that a command can meet: given, when, refused."""

from dataclasses import dataclass, field

from aggregates import errors as e
from tests import builders as b
from tests.gwt import Command

VOTES = {b.A: 600, b.B: 300}
FINAL = b.tally(b.sheet(VOTES))
FINALS = (FINAL, b.tally(b.sheet(VOTES), unit_code=b.CHUO))
TURNOUT = b.figures((1000, 1000), (450, 500))
NOBODY_LEFT = b.sheet({b.A: 600}, invalid=300)


@dataclass(frozen=True)
class Case:
    """Given these postings, this one is refused so."""

    refusal: type[e.Refusal]
    given: tuple[Command, ...]
    when: Command
    circumstances: dict[str, object] = field(default_factory=dict)
    name: str = ""

    def __str__(self) -> str:
        return f"{self.refusal.code} {self.name or self.when['command']}"


_MEMBERS = (b.member("ao-1", 1), b.member("ao-2", 2))
_BLOCK = (*b.REGISTER, b.contest(b.BLOCK, seats=3, block="tokyo"))
_UPPER = (*b.REGISTER, b.contest(b.UPPER, seats=3))
_DEFINED = (*b.REGISTER, b.contest(b.DISTRICT_1))
_UNCONTESTED = (*_DEFINED, b.candidates(b.DISTRICT_1, b.A), b.OPEN)
_LONELY_DUAL = b.party_list(b.BLOCK, "ao", b.member("ao-1", 1, dual=(b.DISTRICT_1, "nobody")))

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
    Case(e.CountingNotOpen, _DEFINED, b.declare(b.DISTRICT_1, b.A), name="declare"),
    Case(e.CountingNotOpen, b.REGISTER, b.PAUSE, name="pause"),
    Case(e.CountingAlreadyOpen, b.DISTRICT, b.OPEN),
    Case(e.CountingAlreadyOpen, b.DISTRICT, b.unit("13103"), name="units"),
    Case(e.CountingAlreadyOpen, b.DISTRICT, b.contest(b.GOVERNOR), name="contest"),
    Case(e.CountingAlreadyOpen, b.DISTRICT, b.candidates(b.DISTRICT_1, "c"), name="candidates"),
    Case(e.ElectionPaused, (*b.DISTRICT, b.PAUSE), FINAL),
    Case(e.ElectionPaused, (*b.DISTRICT, b.PAUSE), b.PAUSE, name="pause"),
    Case(e.ElectionPaused, (*b.DISTRICT, b.PAUSE), b.CLOSE, name="close"),
    Case(e.ElectionNotPaused, b.DISTRICT, b.RESUME),
    Case(e.ElectionClosed, (*b.DISTRICT, b.CLOSE), FINAL),
    Case(e.ElectionClosed, (*b.DISTRICT, b.CLOSE), b.turnout(TURNOUT), name="turnout"),
    Case(e.ElectionClosed, (*b.DISTRICT, b.CLOSE), b.NOTE, name="note"),
    Case(e.ElectionClosed, (*b.DISTRICT, b.CLOSE), b.parties("ki"), name="parties"),
    Case(e.ElectionClosed, (*b.DISTRICT, b.CLOSE), b.withdraw(b.DISTRICT_1, b.A), name="withdraw"),
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


def _report(refusal: type[e.Refusal], name: str, when: Command, *given: Command) -> Case:
    return Case(refusal, (*b.DISTRICT, *given), when, name=name)


_INTERIM = b.tally(b.sheet(VOTES), final=False)
_FEWER = b.sheet({b.A: 500, b.B: 300})
_OLDER = "2024-10-27T21:59:00+09:00"
_REVIEW = (
    *b.REGISTER,
    b.contest(b.JUSTICES, seats=0),
    b.justices(b.JUSTICES, "j1", "j2"),
    b.OPEN,
)
_CAST = {"on_the_day": 500, "early": 400, "absentee": 49}

REPORTS: tuple[Case, ...] = (
    _report(e.CandidateUnknown, "tally", b.tally(b.sheet({**VOTES, "c": 0}))),
    _report(e.CandidateUnknown, "withdraw", b.withdraw(b.DISTRICT_1, "c")),
    _report(e.CandidateMissing, "tally", b.tally(b.sheet({b.A: 1}))),
    _report(e.CandidateWithdrawn, "tally", FINAL, b.withdraw(b.DISTRICT_1, b.B)),
    _report(
        e.CandidateWithdrawn,
        "again",
        b.withdraw(b.DISTRICT_1, b.B),
        b.withdraw(b.DISTRICT_1, b.B, "withdrawn"),
    ),
    _report(e.BallotChanged, "tally", b.tally(b.sheet(VOTES), ballot_sha256="0" * 64)),
    _report(e.SheetUnbalanced, "valid", b.tally(b.sheet(VOTES, valid=901, ballots=901))),
    _report(e.SheetUnbalanced, "ballots", b.tally(b.sheet(VOTES, ballots=901))),
    _report(e.SheetUnbalanced, "voters", b.tally(b.sheet(VOTES, voters=901))),
    _report(e.SheetUnbalanced, "correction", b.correction(b.sheet(VOTES, voters=901)), FINAL),
    _report(e.VotesNegative, "invalid", b.tally(b.sheet(VOTES, invalid=-1))),
    _report(e.VotesNegative, "votes", b.tally(b.sheet({b.A: -1, b.B: 1}))),
    _report(e.VotersMissing, "final", b.tally(b.sheet(VOTES, voters=None))),
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
    _report(e.CorrectionChangesNothing, "same", b.correction(b.sheet(VOTES)), FINAL),
    _report(e.SupersedesAnother, "first", b.correction(_FEWER, supersedes=1), FINAL),
    _report(e.CountAlreadyConfirmed, "again", b.confirm(), FINAL, b.confirm()),
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
        e.CorrectionChangesNothing, "turnout", b.turnout_correction(TURNOUT, final=False), _DAY
    ),
)

_TIED = b.finals(b.DISTRICT_1, b.sheet({b.A: 5, b.B: 5}), b.sheet({b.A: 5, b.B: 5}))
_WON = b.declare(b.DISTRICT_1, b.A)
_YES = b.review_sheet({"j1": (9, 1), "j2": (1, 9)}, 10)
_HOUSE_COUNTED = (*b.HOUSE, b.OPEN, *b.finals(b.BLOCK, *[b.sheet({"ao": 6, "aka": 4})] * 2))

DECISIONS: tuple[Case, ...] = (
    _report(e.ContestNotFinal, "declare", _WON, FINALS[0]),
    _report(e.ContestNotFinal, "returned", _WON, *FINALS, b.give_back()),
    _report(e.ContestNotFinal, "lot", b.lot(b.DISTRICT_1, b.A, b.B), FINALS[0]),
    _report(e.CountsOutdated, "withdrawn", _WON, *FINALS, b.withdraw(b.DISTRICT_1, b.B)),
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
    _report(e.AlreadyDeclared, "again", _WON, *FINALS, _WON),
    _report(e.NothingToRevise, "nothing declared", {**_WON, "reason": "訂正のため"}, *FINALS),
    _report(e.NothingToRevise, "same result", {**_WON, "reason": "訂正のため"}, *FINALS, _WON),
)

CASES = (*DEFINITIONS, *CONTEST_FORM, *LIST_FORM, *REPORTS, *TURNOUTS, *DECISIONS)

OUTSIDE_COMMANDS: tuple[e.Refusal, ...] = (
    # Raised while identifiers of a municipality are read, before there is a command.
    e.MunicipalityCodeInvalid(code="131010"),
    # Raised where the bytes of a posting are read and where events are written.
    e.CommandMalformed(detail="command: 未知の項目"),
    e.SubmissionReused(submission="submission-000001"),
    e.EntryTooLarge(size=70_000, limit=65_535),
)
