"""An election in memory whose decisions are checked by plain arithmetic as they are recorded.

A mayor, a council with more seats than are filled, a district and the block of its dual candidates,
and a governor on whom nobody votes.
"""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import msgspec
from typing_extensions import override

from aggregates.base import Aggregate, CommandContext, Event, Provenance
from aggregates.commands import election_commands as c
from aggregates.counting.count import Count
from aggregates.counting.declaration import Declaration, OutcomeEvent
from aggregates.counting.succession import SuccessorDeclared
from aggregates.decisions.command_table import decide
from aggregates.decisions.repository import ElectionRepository
from aggregates.election.contests.contest import Contest
from aggregates.election.identifiers import contest_stream, count_stream, declaration_stream
from infra.adapters.memory.in_memory_store import InMemoryStore
from projections.election_projection import ElectionProjection
from projections.state.results import is_contradicted
from tests import builders as b
from tests.support import act_oracle

MAYOR, COUNCIL, GOVERNOR = "mayor/13101", "municipal-assembly/13101", "governor/13"
DISTRICT, BLOCK = b.DISTRICT_1, b.BLOCK
CONTESTS = (MAYOR, COUNCIL, DISTRICT, GOVERNOR, BLOCK)
"""The block last: it waits for its districts."""
SEATS = {COUNCIL: 2, BLOCK: 2}
FULL: dict[str, Any] = {"full_seats": 8}
PEOPLE = {
    MAYOR: ("m-1", "m-2", "m-3"),
    COUNCIL: ("c-1", "c-2", "c-3", "c-4"),
    DISTRICT: ("d-1", "d-2"),
    GOVERNOR: ("g-1",),
    BLOCK: ("ao-1", "ao-2", "aka-1", "aka-2"),
}
LISTS = ("ao", "aka")
SPLIT = "13103"
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
    """Takes commands, and checks what they cause."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._store = _Store()
        self._repository = ElectionRepository(self._store)
        self._sent = 0
        self._holders: tuple[str, ...] = ()
        self._define()

    def _check(self, event: Event) -> None:
        if isinstance(event, OutcomeEvent) and not event.outcome.uncontested:
            self._check_outcome(event)
        if isinstance(event, SuccessorDeclared):
            before = self._holders
            assert event.departed in before, f"{event.departed} held no seat"
            assert event.successor not in before, f"{event.successor} has a seat"

    def _check_outcome(self, event: OutcomeEvent) -> None:
        contest = self._contest(event.contest)
        found = self._declaration(event.contest)
        assert found is not None
        sheets = [self._final_sheet(event.contest, unit) for unit in contest.facts.units]
        votes = {each: sum(s.votes[each] for s in sheets) for each in contest.votable()}
        if contest.ballot in {"lists", "open-lists"}:
            self._check_lists(event, votes)
            return
        act_oracle.require_elected(
            event.outcome.elected,
            votes,
            kind=contest.facts.kind,
            seats=contest.facts.seats,
            full_seats=8 if event.contest == COUNCIL else 1,
            valid=sum(sheet.valid or 0 for sheet in sheets),
            lots=found.lots.values(),
        )

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
            stands = {"ao": "d-1", "aka": "d-2"}[party]
            # POEA 95-2(5), (6): not who won the district, nor who is below a tenth of its votes.
            kept = own.get(stands, 0) and own[stands] * 10 >= valid * 1000
            is_able = kept and stands not in district.outcome.elected
            able[party] = sum(
                (dual not in contest.withdrawn and bool(is_able), only not in contest.withdrawn)
            )
        won = {party: event.outcome.list_seats.get(party, 0) for party in able}
        act_oracle.require_list_seats(won, votes, able)

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
        for contest in CONTESTS:
            found = self._declaration(contest)
            assert found is not None
            record = shown.contests[contest]
            assert record.declared == found.outcome
            assert {d: who for d, (_, who) in record.successors.items()} == found.successors
            assert not is_contradicted(shown, record), f"{contest} is contradicted"

    # --- posting ------------------------------------------------------------------------------

    def _define(self) -> None:
        units, ballots = [b.CHIYODA, b.CHUO], []
        for contest in (MAYOR, COUNCIL, DISTRICT, GOVERNOR):
            held = units if contest in {COUNCIL, DISTRICT} else units[:1]
            more = FULL if contest == COUNCIL else {}
            ballots.append(b.contest(contest, held, SEATS.get(contest, 1), **more))
            ballots.append(b.candidates(contest, *PEOPLE[contest]))
        ballots.append(b.contest(BLOCK, units, SEATS[BLOCK], block="tokyo"))
        for party, stands in zip(LISTS, PEOPLE[DISTRICT], strict=True):
            members = (
                b.member(f"{party}-1", 1, dual=(DISTRICT, stands)),
                b.member(f"{party}-2", 2),
            )
            ballots.append(b.party_list(BLOCK, party, *members, party=party))
        for command in (*b.REGISTER, *ballots, b.OPEN):
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
