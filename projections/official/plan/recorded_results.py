"""What the log made of the postings, as plain data that can be compared with the tables."""

from collections.abc import Mapping
from dataclasses import dataclass

from aggregates.counting.outcome import Outcome
from aggregates.election.ballot import Sex
from aggregates.election.particulars import Particulars
from projections.election_projection import ElectionProjection
from projections.state.sums import SheetSums, TurnoutSums


@dataclass(frozen=True, slots=True)
class Results:
    """Results of a night.

    Attributes:
        sheets: Contest -> prefecture -> sums of the latest sheets.
        turnouts: Contest -> prefecture -> sums of the latest turnouts.
        outcomes: Contest -> what was declared.
        events: Events of the log.
        people: Contest -> option -> what was recorded of it beyond the nomination.
    """

    sheets: Mapping[str, Mapping[str, SheetSums]]
    turnouts: Mapping[str, Mapping[str, TurnoutSums]]
    outcomes: Mapping[str, Outcome]
    events: int
    people: Mapping[str, Mapping[str, Particulars]]

    def votes(self, contest: str) -> dict[str, int]:
        """Votes per option of a contest, in thousandths."""
        votes: dict[str, int] = {}
        for sums in self.sheets.get(contest, {}).values():
            for option, own in sums.votes.items():
                votes[option] = votes.get(option, 0) + own
        return votes

    def sexes(self, contest: str) -> dict[str, Sex | None]:
        """Sex per option as recorded beyond the nomination, inferred ones among them."""
        return {option: known.sex for option, known in self.people.get(contest, {}).items()}

    def elected_options(self, contest: str) -> tuple[str, ...]:
        """Who was declared elected, in the order of the declaration."""
        outcome = self.outcomes.get(contest)
        return outcome.elected if outcome is not None else ()

    def list_seats(self, contest: str) -> dict[str, int]:
        """Seats declared per list."""
        outcome = self.outcomes.get(contest)
        return outcome.list_seats if outcome is not None else {}


def results_from(night: ElectionProjection) -> Results:
    """Take from the fold what is compared."""
    return Results(
        sheets={
            contest: {code: group.sums() for code, group in record.groups.items()}
            for contest, record in night.contests.items()
        },
        turnouts={
            contest: {code: group.turnout() for code, group in record.groups.items()}
            for contest, record in night.contests.items()
        },
        outcomes={
            contest: record.declared
            for contest, record in night.contests.items()
            if record.declared is not None
        },
        events=night.position,
        people={contest: record.particulars for contest, record in night.contests.items()},
    )
