"""Whether nobody votes on a contest (無投票, POEA 100), as it is known before its counts open."""

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
        # Before nominations nobody knows whether there is a poll.
        race = build_race(election, contest, polled=False)
        stated = is_no_poll_stated(repository, contest)
        nobody_votes = bool(contest.options) and opens_without_poll(race, stated=stated)
    if nobody_votes:
        raise ContestUncontested(contest=contest.facts.id)
