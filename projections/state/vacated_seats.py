"""Seats whose holders are gone and whom nobody succeeded, and when they are voted on."""

from datetime import date

from aggregates.law.election_days import joint_by_election_day
from aggregates.law.vacancies import re_election_follows
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.state.statutory_lines import contest_full_seats


def vacated_seats(contest: ContestRecord) -> tuple[str, ...]:
    """Holders of a seat who are gone and whom nobody succeeded, in the order recorded."""
    elected = contest.declared.elected if contest.declared is not None else ()
    holders = {*elected, *(successor for _, successor in contest.successors.values())}
    return tuple(
        person
        for person in contest.departures
        if person in holders and person not in contest.successors
    )


def diet_election_day(state: ElectionState, contest: ContestRecord) -> date | None:
    """The day on which vacated seats of the Diet are voted on, by the latest cause (POEA 33-2(2)).

    None where too few are vacant for an election of their own (113(1)), and for local bodies: the
    day is then set by their commission, within 50 days (34(1)).
    """
    vacated = vacated_seats(contest)
    if not vacated or not state.register().package.is_of_diet(contest.rule):
        return None
    empty = len(vacated) + (contest.declared.vacant if contest.declared is not None else 0)
    if not re_election_follows(contest.rule.re_election, empty, contest_full_seats(state, contest)):
        return None
    return joint_by_election_day(max(contest.departures[each][1].day for each in vacated))
