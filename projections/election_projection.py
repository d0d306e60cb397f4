"""The fold: one election night in memory, built from its events in one pass.

`apply` takes each event once, in the order of positions; it does no I/O and knows no clock, so a
replay of the log gives the same state, and the same documents to the byte, as the night itself.
It says which public documents an event changed by moving their version to its position.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar, cast

from aggregates.base import Event
from aggregates.counting import count_events as counts
from aggregates.counting import declaration as declarations
from aggregates.counting import succession
from aggregates.counting import turnout as turnouts
from aggregates.election import amendment_events as amendments
from aggregates.election import election_events as elections
from aggregates.election import key as keys
from aggregates.election import office as offices
from aggregates.election.contests import contest_events as contests
from aggregates.surveys import survey as surveys
from projections.state.election_state import ElectionState
from projections.state.handlers import amendment_handlers as on_amendment
from projections.state.handlers import contest_handlers as on_contest
from projections.state.handlers import count_handlers as on_count
from projections.state.handlers import declaration_handlers as on_declaration
from projections.state.handlers import election_handlers as on_election
from projections.state.handlers import office_handlers as on_office
from projections.state.handlers import survey_handlers as on_survey

TEvent = TypeVar("TEvent", bound=Event)


class PositionSkipped(ValueError):  # noqa: N818 - named after what happened
    """An event came out of order: the log has one order and no gaps."""


class ElectionProjection(ElectionState):
    """Every view of one election, kept up to date event by event."""

    def apply(self, event: Event, position: int) -> None:
        """Take the next event.

        Raises:
            PositionSkipped: The position does not follow the last one.
        """
        if position != self.position + 1:
            raise PositionSkipped(f"position {position} cannot follow {self.position}")
        _APPLY[type(event)](self, event, position)
        self.position = position
        self.times.append(event.timestamp)

    def apply_all(self, events: Iterable[tuple[int, Event]]) -> None:
        """Take many events in order."""
        for position, event in events:
            self.apply(event, position)

    def changed_since(self, position: int) -> list[tuple[int, str]]:
        """(version, document) of everything that changed after a position, oldest first."""
        return sorted(
            (version, document) for document, version in self.versions.items() if version > position
        )


def _nothing(state: ElectionState, event: Event, position: int) -> None:
    """Events that begin a stream and say nothing else."""


_Apply = Callable[[ElectionState, Event, int], None]


def _row(
    event: type[TEvent], apply: Callable[[ElectionState, TEvent, int], None]
) -> tuple[type[Event], _Apply]:
    """Pair an event with what it does; types are checked here, dispatch is by type."""
    return event, cast("_Apply", apply)


_APPLY: dict[type[Event], _Apply] = dict(
    (
        _row(elections.ElectionDefined, on_election.apply_defined),
        _row(elections.PartiesRegistered, on_election.apply_parties_registered),
        _row(elections.UnitsRegistered, on_election.apply_units_registered),
        _row(elections.CountingOpened, on_election.apply_counting_opened),
        _row(elections.ReceptionPaused, on_election.apply_paused),
        _row(elections.ReceptionResumed, on_election.apply_resumed),
        _row(elections.ChangeNoted, on_election.apply_change_noted),
        _row(elections.RulesChanged, on_election.apply_rules_changed),
        _row(elections.ElectionClosed, on_election.apply_closed),
        _row(contests.ContestDefined, on_contest.apply_contest_defined),
        _row(contests.CandidatesRegistered, on_contest.apply_candidates_registered),
        _row(contests.ListRegistered, on_contest.apply_list_registered),
        _row(contests.JusticesRegistered, on_contest.apply_justices_registered),
        _row(contests.OptionsRegistered, on_contest.apply_options_registered),
        _row(contests.CandidateWithdrawn, on_contest.apply_candidate_withdrawn),
        _row(contests.NoPollAnnounced, on_contest.apply_no_poll_announced),
        _row(contests.ParticularsRecorded, on_contest.apply_particulars_recorded),
        _row(amendments.CandidateAmended, on_amendment.apply_option_amended),
        _row(amendments.ListAmended, on_amendment.apply_option_amended),
        _row(amendments.JusticeAmended, on_amendment.apply_option_amended),
        _row(amendments.PollOptionAmended, on_amendment.apply_option_amended),
        _row(amendments.BallotReordered, on_amendment.apply_ballot_reordered),
        _row(amendments.ContestAmended, on_amendment.apply_contest_amended),
        _row(amendments.ContestAddedLate, on_amendment.apply_contest_added_late),
        _row(amendments.UnitsAdded, on_amendment.apply_units_added),
        _row(amendments.UnitAmended, on_amendment.apply_unit_amended),
        _row(amendments.PartyAmended, on_amendment.apply_party_amended),
        _row(elections.PreviousRecorded, on_election.apply_previous_recorded),
        _row(counts.CountOpened, on_count.apply_opened),
        _row(counts.TallyPosted, on_count.apply_interim),
        _row(counts.TallyFinalised, on_count.apply_finalised),
        _row(counts.TallyCorrected, on_count.apply_corrected),
        _row(counts.CountConfirmed, on_count.apply_confirmed),
        _row(counts.CountReturned, on_count.apply_returned),
        _row(turnouts.TurnoutBegun, _nothing),
        _row(turnouts.TurnoutReported, on_count.apply_turnout_reported),
        _row(turnouts.TurnoutFinalised, on_count.apply_turnout_finalised),
        _row(turnouts.TurnoutCorrected, on_count.apply_turnout_corrected),
        _row(surveys.SurveyPublished, on_survey.apply_published),
        _row(surveys.SurveyReminded, on_survey.apply_reminded),
        _row(surveys.AnswerBegun, _nothing),
        _row(surveys.AnswerGiven, on_survey.apply_given),
        _row(surveys.AnswerReturned, on_survey.apply_returned),
        _row(declarations.DeclarationBegun, _nothing),
        _row(declarations.LotDrawn, on_declaration.apply_lot_drawn),
        _row(declarations.OutcomeDeclared, on_declaration.apply_declared),
        _row(declarations.DeclarationSetAside, on_declaration.apply_set_aside),
        _row(succession.DepartureRecorded, on_declaration.apply_departure_recorded),
        _row(succession.SuccessorDeclared, on_declaration.apply_successor_declared),
        _row(declarations.OutcomeRevised, on_declaration.apply_revised),
        _row(offices.OfficeRegistered, on_office.apply_registered),
        _row(keys.KeyEnrolled, on_office.apply_enrolled),
        _row(keys.KeyFounded, on_office.apply_founded),
        _row(keys.KeyApproved, on_office.apply_approved),
        _row(keys.KeyRotated, on_office.apply_rotated),
        _row(keys.KeySucceeded, on_office.apply_succeeded),
        _row(keys.KeyRevoked, on_office.apply_revoked),
    )
)
