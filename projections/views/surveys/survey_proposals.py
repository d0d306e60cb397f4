"""What the election's own figures already answer: proposed to the officer, who sends it.

Offices retype figures of the night into the tables of the 結果調 for weeks. What they reported in
final sheets and turnouts is offered for the same items of the questionnaires that come along.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Literal

from aggregates.election.tally import InvalidReason, Tally
from aggregates.reference.japan_time import JAPAN_TIME
from aggregates.rule_package.kind_rule import KindRule
from aggregates.surveys.survey import Questionnaire, Values
from projections.state.election_state import ElectionState
from projections.state.records import CountRecord

_HOURS_MAX = 36
"""Times of an answer end at 35:59 of the polling day."""

_REASONS: dict[InvalidReason, str] = {
    "not-official-paper": "unofficial",
    "not-a-candidate": "not-candidate",
    "may-not-stand": "not-eligible",
    "party-not-entitled": "party-not-entitled",
    "several-names": "two-or-more",
    "not-eligible": "no-eligibility",
    "anything-besides-the-name": "besides-name",
    "not-own-hand": "not-own-hand",
    "unclear-whom": "unclear",
    "blank": "blank",
    "scribble": "scribble",
    "mark-or-sign": "mark",
}
"""Reason of a sheet -> item of the surveys of invalid ballots."""

_About = Literal["districts", "lists", "review"]
"""Of a general election: the districts in which members of lists stand as well, those lists, and
the review of justices."""

_INVALID: dict[str, _About] = {"invalid-districts": "districts", "invalid-lists": "lists"}
_FINISHED: dict[str, _About] = {
    "finished-districts": "districts",
    "finished-lists": "lists",
    "finished-review": "review",
}


def propose_answers(state: ElectionState, questionnaire: Questionnaire, unit: str) -> Values:
    """Item -> answer, for items that final figures of this unit answer."""
    counts = [count for count in state.by_unit.get(unit, ()) if count.settled]
    found = dict(_propose_answers(state, questionnaire.id, counts))
    return {item.id: found[item.id] for item in questionnaire.items if item.id in found}


def _propose_answers(
    state: ElectionState, survey: str, counts: list[CountRecord]
) -> Iterator[tuple[str, int | str]]:
    if survey in _INVALID:
        yield from _invalid(_about(state, counts, _INVALID[survey]))
    elif survey == "counting-staff":
        for item, about in _FINISHED.items():
            moments = [c.as_of for c in _about(state, counts, about) if c.as_of is not None]
            if moments:
                yield from _time(state, item, max(moments))
    elif survey == "early-voting-places":
        for count in _about(state, counts, "districts"):
            figures = count.turnout.figures
            if figures is not None and figures.by_method is not None:
                yield "voters", figures.by_method.early


def _about(state: ElectionState, counts: list[CountRecord], about: _About) -> list[CountRecord]:
    dual = state.register().package.dual_kinds()
    found: dict[_About, Callable[[KindRule], bool]] = {
        "districts": lambda rule: rule.ballot == "persons" and rule.kind in dual,
        "lists": lambda rule: rule.ballot == "lists",
        "review": lambda rule: rule.ballot == "justices",
    }
    return [count for count in counts if found[about](count.contest.rule)]


def _invalid(counts: list[CountRecord]) -> Iterator[tuple[str, int]]:
    sheets: list[Tally] = [count.tally for count in counts if count.tally is not None]
    if len(sheets) != 1:
        return
    if sheets[0].invalid is not None:
        yield "invalid", sheets[0].invalid
    for reason, item in _REASONS.items():
        if sheets[0].invalid_by_reason is not None:
            yield item, sheets[0].invalid_by_reason.get(reason, 0)


def _time(state: ElectionState, item: str, moment: datetime) -> Iterator[tuple[str, str]]:
    """The hour is counted from the polling day's midnight: 24:10 is ten past midnight."""
    day = state.register().facts.polling_day
    midnight = datetime(day.year, day.month, day.day, tzinfo=JAPAN_TIME)
    minutes = int((moment - midnight).total_seconds()) // 60
    if 0 <= minutes < _HOURS_MAX * 60:
        yield item, f"{minutes // 60:02}:{minutes % 60:02}"
