"""Random nights: any order of postings that offices may try, the refused ones left out."""

from collections.abc import Sequence
from random import Random

from hypothesis import strategies as st

from projections.state.records import ContestRecord, CountRecord
from projections.state.results import proposal
from tests import builders as b
from tests.support.gwt import Command
from tests.unit.projections.nights import Office

_FIRST = ("ao-first",)
"""Members of the 特定枠, who have no line on a sheet."""

Try = tuple[str, int, int, tuple[int, ...]]
"""What, on which contest, in which unit, with which figures."""

_WHAT = {
    "interim": 5, "final": 5, "correct": 5, "confirm": 2, "return": 2, "turnout": 3,
    "turnout-final": 3, "turnout-correct": 2, "withdraw": 1, "declare": 3, "lot": 2, "revise": 2,
    "pause": 1, "resume": 4, "note": 1,
}  # fmt: skip
_TRIES_MAX = 25

SEEDS = st.integers(0, 2**32 - 1)
"""A night each: drawn whole, because lists of tries would nearly all be refused."""


def random_night(defined: Sequence[Command], seed: int) -> Office:
    """Try postings at random, then bring every count to its end and declare, then try on."""
    source = Random(seed)
    office = Office(*defined)
    if source.randrange(3) == 0:
        # May leave a contest without a poll.
        _try(office, "withdraw", source.randrange(100), source.randrange(100), source)
    office.tries(b.OPEN)
    _play(office, source, source.randrange(_TRIES_MAX))
    office.tries(b.RESUME)
    _finish(office, source)
    _play(office, source, source.randrange(_TRIES_MAX))
    office.tries(b.CLOSE)
    return office


def _play(office: Office, source: Random, number: int) -> None:
    for what in source.choices(list(_WHAT), list(_WHAT.values()), k=number):
        _try(office, what, source.randrange(100), source.randrange(100), source)


def _finish(office: Office, source: Random) -> None:
    for place, contest in enumerate(office.night.contests.values()):
        for number, count in enumerate(contest.counts.values()):
            _try(office, "turnout-final", place, number, source)
            if not count.settled:
                _try(office, "correct" if count.final else "final", place, number, source)
    for place in range(len(office.night.contests)):
        for what in ("lot", "declare", "lot", "declare"):
            _try(office, what, place, 0, source)


def _try(office: Office, what: str, place: int, number: int, source: Random) -> None:
    figures = tuple(source.randrange(5) for _ in range(12))
    command = _command(office, (what, place, number, figures))
    if command is not None:
        office.tries(command)


def _command(office: Office, attempt: Try) -> Command | None:
    what, contest_number, unit_number, figures = attempt
    contests = list(office.night.contests.values())
    contest = contests[contest_number % len(contests)]
    unit = contest.facts.units[unit_number % len(contest.facts.units)]
    if what in _COURSE:
        return _COURSE[what]
    if what.startswith("turnout"):
        return _turnout(what, contest.counts[unit], figures)
    if what in {"withdraw", "declare", "revise", "lot"}:
        return _decision(office, what, contest, unit_number)
    return _report(office, what, contest.counts[unit], figures)


_COURSE = {"pause": b.PAUSE, "resume": b.RESUME, "note": b.NOTE, "close": b.CLOSE}


def _report(office: Office, what: str, count: CountRecord, figures: tuple[int, ...]) -> Command:
    contest, unit = count.contest.facts.id, count.unit
    if what == "confirm":
        return b.confirm(contest, unit)
    if what == "return":
        return b.give_back(contest, unit)
    sheet = _sheet(office, contest, figures, may_be_short=what == "interim")
    if what == "correct":
        number = count.latest.originator_version if count.latest is not None else 1
        final = count.final or bool(figures[0] % 2)
        return b.correction(sheet, contest, unit, supersedes=number, final=final)
    return b.tally(sheet, contest, unit, final=what == "final")


def _decision(office: Office, what: str, contest: ContestRecord, number: int) -> Command | None:
    contest_id = contest.facts.id
    if what == "withdraw":
        people = _options(office, contest_id)
        return b.withdraw(contest_id, people[number % len(people)], day=b.EVE)
    decided = proposal(office.night, contest)
    if what == "lot":
        between = decided.lot_between
        return b.lot(contest_id, *reversed(between)) if between else None
    if decided.outcome is None:
        return None
    named = (*decided.outcome.elected, *decided.outcome.dismissed)
    return b.declare(contest_id, *named, reason="訂正" if what == "revise" else "")


def _options(office: Office, contest_id: str) -> list[str]:
    contest = office.night.contests[contest_id]
    members = (
        member.id
        for option in contest.options.values()
        for member in getattr(option, "members", ())
    )
    return [*contest.options, *members]


def _sheet(
    office: Office, contest_id: str, figures: tuple[int, ...], *, may_be_short: bool
) -> dict[str, object]:
    """A sheet; an interim one may have votes alone, and lists without their members."""
    contest = office.night.contests[contest_id]
    standing = [each for each in _options(office, contest_id) if each not in contest.withdrawn]
    if contest.facts.kind != "upper-list":
        standing = [each for each in standing if each in contest.options]
    by_list = may_be_short and contest.facts.kind == "upper-list" and figures[10] == 0
    without = [each for each in standing if each not in contest.options] if by_list else _FIRST
    votes = {
        each: figures[place % 12] * 100
        for place, each in enumerate(standing)
        if each not in without
    }
    if contest.facts.kind != "justices":
        sheet = b.sheet(votes, invalid=figures[11])
        sheet |= {"list_totals": True} if by_list else {}
        return b.votes_alone(sheet) if may_be_short and figures[9] == 0 else sheet
    valid = 800
    return b.review_sheet({each: (own, 400 - own) for each, own in votes.items()}, valid)


def _turnout(what: str, count: CountRecord, figures: tuple[int, ...]) -> Command:
    contest_id, unit, turnout = count.contest.facts.id, count.unit, count.turnout
    voters = (1000 + figures[0] * 100, 1000 + figures[1] * 100)
    reported = b.figures((4000, 4000), voters)
    final = what == "turnout-final"
    if what != "turnout-correct":
        return b.turnout(reported, contest_id, unit, final=final)
    latest = turnout.history[-1][1].originator_version if turnout.history else 1
    posted = b.turnout(reported, contest_id, unit, final=turnout.final or bool(figures[2] % 2))
    named = {"command": "correct-turnout", "reason": "男女の入れ違い", "supersedes": latest}
    return {**posted, **named, "as_of": b.AT_23}
