"""Seats by party: declared ones, and those of lists on the votes so far."""

from collections.abc import Iterable, Mapping

from aggregates.counting.outcome import Outcome
from aggregates.election.ballot import Candidate, PartyList
from aggregates.law.lists.apportionment import Apportionment
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.state.results import project_seats, proposal


class SeatTable:
    """Seats by party over contests.

    Attributes:
        declared: By declaration.
        projected: Declared where declared; else of lists on the votes so far, and of candidates
            what the law says once every figure is final. So both are of the same contests.
    """

    def __init__(self, state: ElectionState, contests: Iterable[ContestRecord]) -> None:
        self.declared: dict[str, int] = {}
        self.projected: dict[str, int] = {}
        for contest in contests:
            self._add(state, contest)

    def _add(self, state: ElectionState, contest: ContestRecord) -> None:
        if contest.declared is not None:
            seats = _by_option(contest, contest.declared)
            _add_by_party(self.declared, contest, seats)
            _add_by_party(self.projected, contest, seats)
        elif contest.is_list:
            _add_by_party(self.projected, contest, project_by_list(state, contest) or {})
        else:
            law = proposal(state, contest).outcome
            _add_by_party(self.projected, contest, _by_option(contest, law) if law else {})


def project_by_list(state: ElectionState, contest: ContestRecord) -> Mapping[str, int] | None:
    """Seats per list on the votes so far; None without a vote, or where a lot is to be drawn."""
    projected = project_seats(state, contest)
    return projected.seats if isinstance(projected, Apportionment) else None


def _by_option(contest: ContestRecord, declared: Outcome) -> dict[str, int]:
    return declared.list_seats if contest.is_list else dict.fromkeys(declared.elected, 1)


def _add_by_party(table: dict[str, int], contest: ContestRecord, seats: Mapping[str, int]) -> None:
    for option_id, number in seats.items():
        option = contest.options[option_id]
        if isinstance(option, Candidate | PartyList) and number:
            table[option.party] = table.get(option.party, 0) + number
