"""An election in memory whose decisions are checked by plain arithmetic as they are recorded.

Which contests it has, `played_contests` draws.
"""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import msgspec
from typing_extensions import override

from aggregates.base import Aggregate, CommandContext, Event, Provenance
from aggregates.commands import election_commands as c
from aggregates.counting.count import Count
from aggregates.counting.declaration import Declaration, OutcomeEvent
from aggregates.counting.succession import SuccessorDeclared
from aggregates.counting.turnout import Turnout, TurnoutFigures
from aggregates.decisions.command_table import decide
from aggregates.decisions.repository import ElectionRepository
from aggregates.election.contests.contest import Contest
from aggregates.election.identifiers import (
    contest_stream,
    count_stream,
    declaration_stream,
    turnout_stream,
)
from infra.adapters.memory.in_memory_store import InMemoryStore
from projections.election_projection import ElectionProjection
from projections.state.results import is_contradicted
from tests import builders as b
from tests.support import act_oracle
from tests.support.played_contests import (
    BLOCK,
    DISTRICT,
    DUAL,
    ORDINANCE,
    PLAYED,
    choose_contests,
)

_START = datetime(2025, 1, 5, tzinfo=UTC)


class _Store(InMemoryStore):
    """In memory, with every event."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Event] = []

    @override
    def put(self, aggregate: Aggregate) -> None:
        self.events += [each for each in aggregate.pending_events if isinstance(each, Event)]
        super().put(aggregate)


class PlayedElection:
    """Takes commands, and checks what they cause.

    Attributes:
        contests: Ids of its contests, the block last: it waits for its districts.
    """

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self.contests = choose_contests(self._random)
        self._store = _Store()
        self._repository = ElectionRepository(self._store)
        self._sent = 0
        self._holders: tuple[str, ...] = ()
        self._short: tuple[str, ...] = ()
        self._long: set[str] = set()
        self._define()

    def _check(self, event: Event) -> None:
        if isinstance(event, OutcomeEvent) and not event.outcome.uncontested:
            self._check_outcome(event)
        if isinstance(event, SuccessorDeclared):
            before, long, short = self._holders, self._long, self._short
            assert event.departed in before, f"{event.departed} held no seat"
            # POEA 115(9): a long seat goes to who won a short one first.
            moves = event.departed in long and event.successor in short
            assert moves or event.successor not in before, f"{event.successor} has a seat"

    def _check_outcome(self, event: OutcomeEvent) -> None:
        contest = self._contest(event.contest)
        found = self._declaration(event.contest)
        assert found is not None
        if found.is_uncounted:
            self._check_poll(event, {}, 0)
            return
        sheets = [self._final_sheet(event.contest, unit) for unit in contest.facts.units]
        votes = {each: sum(s.votes[each] for s in sheets) for each in contest.votable()}
        match contest.ballot:
            case "options":
                self._check_poll(event, votes, sum(sheet.ballots or 0 for sheet in sheets))
            case "lists":
                self._check_lists(event, votes)
            case "open-lists":
                self._check_open_lists(event, votes)
            case _:
                self._check_persons(event, votes, sum(sheet.valid or 0 for sheet in sheets))

    def _check_persons(self, event: OutcomeEvent, votes: dict[str, int], valid: int) -> None:
        played, found = PLAYED[event.contest], self._declaration(event.contest)
        assert found is not None
        act_oracle.require_elected(
            event.outcome.elected,
            votes,
            kind=played.kind,
            seats=played.seats,
            full_seats=played.divided_by,
            valid=valid,
            lots=found.lots.values(),
        )
        act_oracle.require_long_terms(
            event.outcome.long_terms,
            event.outcome.elected,
            votes,
            long_seats=played.long_seats,
            lots=found.lots.values(),
        )

    def _check_poll(self, event: OutcomeEvent, votes: dict[str, int], ballots: int) -> None:
        by_most = event.contest == ORDINANCE
        half = None
        if by_most:
            turnouts = self._final_turnouts(event.contest)
            half = Fraction(sum(each.electors.total for each in turnouts), 2)
            # Of closed boxes the voters are known, of opened ones the ballots.
            ballots = ballots or sum(each.voters.total for each in turnouts)
        act_oracle.require_adopted(
            event.outcome.adopted, votes, ballots, by_most=by_most, quorum=half
        )
        missed = half is not None and ballots < half
        assert event.outcome.quorum_missed == missed, f"{ballots} of {half}"

    def _check_open_lists(self, event: OutcomeEvent, votes: dict[str, int]) -> None:
        """Lists with their members by quotients; of a list who has the most votes (POEA 95-3)."""
        contest, outcome = self._contest(event.contest), event.outcome
        members = {
            party: [e for e in contest.members() if e.startswith(f"{party}-") and e in votes]
            for party in contest.votable() - contest.members().keys()
        }
        totals = {p: votes[p] + sum(votes[e] for e in own) for p, own in members.items()}
        able = {party: len(own) for party, own in members.items()}
        for named in (outcome.elected, outcome.long_terms):
            won = {party: len({*own} & {*named}) for party, own in members.items()}
            act_oracle.require_list_seats(won, totals, able)
            for party, own in members.items():
                chosen = [votes[e] for e in own if e in named]
                passed = [votes[e] for e in own if e not in named]
                assert not chosen or max(passed, default=0) <= min(chosen), f"order of {party}"
        # A list without a vote has no quotient.
        members_left = sum(able[party] for party, own in totals.items() if own)
        long_seats = min(PLAYED[event.contest].long_seats, members_left)
        assert len(outcome.long_terms) == long_seats, f"{outcome.long_terms} by {totals}"

    def _check_lists(self, event: OutcomeEvent, votes: dict[str, int]) -> None:
        district, contest = self._declaration(DISTRICT), self._contest(BLOCK)
        assert district is not None
        assert district.outcome is not None
        assert district.totals is not None
        own, valid = district.totals.votes, district.totals.valid
        assert isinstance(valid, int)
        able = {}
        for party in contest.votable():
            dual, only = f"{party}-1", f"{party}-2"
            stands = DUAL[party]
            # POEA 95-2(5), (6): not who won the district, nor who is below a tenth of its votes.
            kept = own.get(stands, 0) and own[stands] * 10 >= valid * 1000
            is_able = kept and stands not in district.outcome.elected
            able[party] = sum(
                (dual not in contest.withdrawn and bool(is_able), only not in contest.withdrawn)
            )
        won = {party: event.outcome.list_seats.get(party, 0) for party in able}
        act_oracle.require_list_seats(won, votes, able)

    def _final_turnouts(self, contest: str) -> list[TurnoutFigures]:
        streams = [turnout_stream(contest, unit) for unit in self._contest(contest).facts.units]
        found = [self._store.find(Turnout, stream) for stream in streams]
        return [each.latest for each in found if each is not None and each.latest is not None]

    def _final_sheet(self, contest: str, unit: str) -> Any:  # noqa: ANN401
        count = self._store.find(Count, count_stream(contest, unit))
        assert count is not None
        assert count.is_final, f"{contest} was declared before {unit} was final"
        assert count.state != "returned", f"{contest} was declared on a returned count"
        return count.latest

    def _require_shown(self) -> None:
        """The end as readers see it: nothing contradicts what was declared."""
        shown = ElectionProjection()
        shown.apply_all(enumerate(self._store.events, start=1))
        for contest in self.contests:
            found = self._declaration(contest)
            assert found is not None
            record = shown.contests[contest]
            assert record.declared == found.outcome
            assert {d: who for d, (_, who) in record.successors.items()} == found.successors
            assert not is_contradicted(shown, record), f"{contest} is contradicted"

    # --- posting ------------------------------------------------------------------------------

    def _define(self) -> None:
        defined = (command for each in self.contests for command in PLAYED[each].definitions())
        for command in (*b.REGISTER, *defined, b.OPEN):
            self._post(command)

    def _post(self, command: Any) -> None:  # noqa: ANN401
        self._sent += 1
        sent = {
            "election": "house50",
            "environment": "rehearsal",
            "office": "nation",
            "submission_id": f"submission-{self._sent:06d}",
            "command": command,
        }
        submission = msgspec.convert(sent, c.Submission)
        provenance = Provenance(office="nation", submission=submission.submission_id)
        at = _START + timedelta(seconds=self._sent)
        before = len(self._store.events)
        found = self._declaration(command.get("contest", ""))
        self._holders = found.holders() if found is not None else ()
        self._short = found.short_terms() if found is not None else ()
        self._long = {each for each in self._holders if each not in self._short}
        decide(self._repository, submission, CommandContext(provenance=provenance, at=at))
        for event in self._store.events[before:]:
            self._check(event)

    def _contest(self, contest: str) -> Contest:
        found = self._store.find(Contest, contest_stream(contest))
        assert found is not None
        return found

    def _declaration(self, contest: str) -> Declaration | None:
        return self._store.find(Declaration, declaration_stream(contest))

    def _chance(self, one_in: int) -> bool:
        return self._random.randrange(one_in) == 0
