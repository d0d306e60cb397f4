"""What the fold remembers: mutable, in memory, derived from events alone."""

from typing import NamedTuple

from aggregates.base import Event
from aggregates.counting.count_events import TallyCorrected
from aggregates.counting.declaration import DeclarationSetAside, OutcomeRevised
from aggregates.counting.turnout import TurnoutCorrected
from aggregates.election.ballot import Party
from aggregates.election.election_events import Phase
from aggregates.election.election_facts import ElectionFacts
from aggregates.election.geography import Unit
from aggregates.election.key import KeyState
from aggregates.election.office import OfficeFacts
from aggregates.election.particulars import PreviousContest, PreviousElection
from aggregates.rule_package.japan import JAPAN
from aggregates.rule_package.kind_rule import KindRule
from aggregates.rule_package.package import RulePackage
from aggregates.rules import FIRST_RULES
from projections.state.event_history import EventSource
from projections.state.recorded_moments import RecordedMoments
from projections.state.records import ContestRecord, CountRecord
from projections.state.survey_records import SurveyRecord


class ElectionRecord:
    """The election and its register."""

    def __init__(
        self, facts: ElectionFacts, *, rules: int = FIRST_RULES, package: RulePackage = JAPAN
    ) -> None:
        self.facts = facts
        self.rules = rules
        self.package = package
        self.phase: Phase = "defined"
        self.pause_reason = ""
        self.units: dict[str, Unit] = {}
        self.parties: dict[str, Party] = {}
        self.previous = PreviousElection()
        self.previous_contests: dict[str, PreviousContest] = {}

    def rule(self, kind: str) -> KindRule:
        """What the package of this log says of a kind on the polling day."""
        return self.package.rule(kind, self.facts.polling_day)


class Correction(NamedTuple):
    """A correction with the figures before and after it, by field.

    Attributes:
        position: Position of the correction.
        replaces: Position of what it replaced.
        event: The correction.
        before: Figures that stood; votes in thousandths; None where a sheet did not state one.
        after: Figures that stand now.
        estimated_before: Fields of `before` that were spread over units, not counted there.
        estimated_after: Fields of `after`, likewise.
    """

    position: int
    replaces: int
    event: TallyCorrected | TurnoutCorrected | OutcomeRevised | DeclarationSetAside
    before: dict[str, int | None]
    after: dict[str, int | None]
    estimated_before: frozenset[str] = frozenset()
    estimated_after: frozenset[str] = frozenset()


class Amendment(NamedTuple):
    """A change of a definition, with its fields before and after as people read them.

    Attributes:
        position: Position of the change.
        event: The change.
        contest: The contest; empty for the register.
        about: Option, unit or party; empty for the contest itself.
        before: Fields that stood.
        after: Fields that stand now.
    """

    position: int
    event: Event
    contest: str
    about: str
    before: dict[str, str]
    after: dict[str, str]


class KeyRecord:
    """A key of an office and the positions between which it may sign.

    Attributes:
        enrolled_at: Position at which it was asked for, by `enrolled_by`.
        approved_at: Position from whose next on it may sign; None while it waits.
        ended_at: Position from which on it is no longer valid; None while it is.
    """

    __slots__ = (
        "approved_at", "approved_by", "ended_at", "enrolled_at", "enrolled_by", "keyid", "office",
        "predecessor", "public_key", "reason", "state", "successor",
    )  # fmt: skip

    def __init__(
        self, keyid: str, office: str, public_key: str, enrolled_by: str, enrolled_at: int
    ) -> None:
        self.keyid = keyid
        self.office = office
        self.public_key = public_key
        self.enrolled_by = enrolled_by
        self.enrolled_at = enrolled_at
        self.state: KeyState = "pending"
        self.approved_at: int | None = None
        self.approved_by = ""
        self.ended_at: int | None = None
        self.reason = ""
        self.predecessor = ""
        self.successor = ""


class OfficeRecord:
    """An office of the register with its keys, in order of enrolment."""

    __slots__ = ("facts", "founder", "keys", "registered_at")

    def __init__(self, facts: OfficeFacts, founder: bool, registered_at: int) -> None:  # noqa: FBT001 - a fact
        self.facts = facts
        self.founder = founder
        self.registered_at = registered_at
        self.keys: list[KeyRecord] = []


class ElectionState:
    """The state of the fold.

    Args:
        source: Where events are found again; None to hold those of counts in memory.

    Attributes:
        source: Where events are found again.
        position: Position of the last event applied; 0 before the first.
        versions: Public document -> position of the last event that changed it.
        ballots_at: Position of the last event that changed parties, contests or ballots.
        times: When each position was recorded; `times[0]` belongs to position 1.
        contests: Every contest by id, in order of definition.
        by_prefecture: Contests by each prefecture they are held in, in the same order.
        by_block: The contest of each block.
        by_unit: Counts of each unit, in the same order.
        dependents: By contest: the list contests whose members are candidates there as well.
        corrections: Every correction of tallies, turnouts and declarations, the oldest first.
        amendments: Every change of a definition, the oldest first.
        course: (position, event) of opening, pauses, noted changes, closing.
        counts: Every count by its stream.
        surveys: Every survey by id, in the order of publication.
        turnouts: The same counts by the stream of their turnout.
        offices: Every office by id, in order of registration.
        keys: Every key by its stream.
    """

    def __init__(self, source: EventSource | None = None) -> None:
        self.source = source
        self.position = 0
        self.versions: dict[str, int] = {}
        self.ballots_at = 0
        self.times = RecordedMoments()
        self.election: ElectionRecord | None = None
        self.contests: dict[str, ContestRecord] = {}
        self.by_prefecture: dict[str, list[ContestRecord]] = {}
        self.by_block: dict[str, ContestRecord] = {}
        self.by_unit: dict[str, list[CountRecord]] = {}
        self.dependents: dict[str, dict[str, ContestRecord]] = {}
        self.corrections: list[Correction] = []
        self.amendments: list[Amendment] = []
        self.course: list[tuple[int, Event]] = []
        self.counts: dict[str, CountRecord] = {}
        self.turnouts: dict[str, CountRecord] = {}
        self.surveys: dict[str, SurveyRecord] = {}
        self.offices: dict[str, OfficeRecord] = {}
        self.keys: dict[str, KeyRecord] = {}

    def register(self) -> ElectionRecord:
        """The election with its register.

        Raises:
            LookupError: The log is empty.
        """
        if self.election is None:
            raise LookupError("the log holds no election yet")
        return self.election

    def touch(self, position: int, *documents: str) -> None:
        """These documents change at this position."""
        for document in documents:
            self.versions[document] = position

    def change_ballots(self, position: int) -> None:
        """Who stands, or what they are called, changes at this position."""
        self.ballots_at = position
        self.touch(position, "candidates")

    def correct(self, correction: "Correction") -> None:
        """Remember a correction."""
        self.corrections.append(correction)
        self.versions["corrections"] = correction.position
