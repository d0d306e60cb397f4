"""Whether nobody votes on a contest (無投票, POEA 100), as it is known before its counts open."""

from typing import Final

from aggregates.counting.count import Count
from aggregates.counting.declaration import Declaration
from aggregates.counting.race import opens_without_poll
from aggregates.decisions.declaration_decisions import build_race
from aggregates.decisions.repository import ElectionRepository
from aggregates.election.contests.contest import Contest
from aggregates.election.election import Election
from aggregates.election.identifiers import count_stream, declaration_stream
from aggregates.errors import ContestUncontested
from aggregates.rules import FIFTH_RULES

_ALWAYS_POLLED: Final = frozenset({"justices", "options"})
"""Ballots of which no package knows a contest without a poll."""


def is_no_poll_stated(repository: ElectionRepository, contest: Contest) -> bool:
    """Whether it need not be stated, was announced (POEA 100(5)), or the winners are declared."""
    if contest.no_poll_announced or contest.ballot not in {"lists", "open-lists"}:
        return True
    declared = repository.store.find(Declaration, declaration_stream(contest.facts.id))
    return declared is not None and declared.outcome is not None


def require_poll(repository: ElectionRepository, election: Election, contest: Contest) -> None:
    """Refuse turnout of a contest on which nobody votes, under rules 5.

    What was cast early before a poll fell away was reported while there was one, and is corrected.

    Raises:
        ContestUncontested: See there.
    """
    if election.rules < FIFTH_RULES:
        return
    if election.phase != "defined":
        first = count_stream(contest.facts.id, contest.facts.units[0])
        nobody_votes = repository.store.find(Count, first) is None
    else:
        nobody_votes = _falls_away(repository, election, contest)
    if nobody_votes:
        raise ContestUncontested(contest=contest.facts.id)


def _falls_away(repository: ElectionRepository, election: Election, contest: Contest) -> bool:
    """Whether nominations leave no poll; before there are any nobody knows."""
    # Every report of the day asks, and nearly always names alone answer.
    left = len(contest.options) - len(contest.withdrawn)
    if not contest.options or contest.ballot in _ALWAYS_POLLED:
        return False
    if contest.ballot == "persons" and left > contest.facts.seats:
        return False
    stated = is_no_poll_stated(repository, contest)
    if left > 0 and not stated:
        return False
    return opens_without_poll(build_race(election, contest, polled=False), stated=stated)
