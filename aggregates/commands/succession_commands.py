"""What offices can ask for when somebody is gone after polling, and who moves up (繰上補充)."""

from datetime import date

from aggregates.commands.command import CommandBase
from aggregates.counting.declaration import Lot
from aggregates.counting.succession import DepartureCause
from aggregates.election.identifiers import ContestId, OptionId, Reason
from aggregates.law.succession import Stage


class RecordDeparture(CommandBase, frozen=True, kw_only=True, tag="record-departure"):
    """Somebody died or lost eligibility or office after the polling day; no vote changes.

    Attributes:
        contest: The contest.
        person: Candidate or list member, elected or not.
        cause: What happened.
        stage: Before taking office, by an election crime, or in the term.
        day: When; after the polling day. Before it a candidate is withdrawn.
        reason: On what it rests.
    """

    contest: ContestId
    person: OptionId
    cause: DepartureCause
    stage: Stage
    day: date
    reason: Reason


class DeclareSuccessor(CommandBase, frozen=True, kw_only=True, tag="declare-successor"):
    """The election council decides who moves up for a winner who is gone; two persons sign.

    Attributes:
        contest: The contest.
        departed: Whose seat it is.
        successor: Whom the law names.
        lot: Where equals contend: the order that people drew now.
        reason: On what it rests.
    """

    contest: ContestId
    departed: OptionId
    successor: OptionId
    reason: Reason
    lot: Lot | None = None


SuccessionCommand = RecordDeparture | DeclareSuccessor
