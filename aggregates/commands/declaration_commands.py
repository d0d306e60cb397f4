"""What an election council asks for about winners: to record a lot, to declare, to set aside."""

from typing import Annotated, TypeAlias

import msgspec

from aggregates.commands.command import CommandBase
from aggregates.counting.declaration import Lot, SettingAsideGround
from aggregates.counting.winners.disputed import HiddenInvalid
from aggregates.election.identifiers import ContestId, OptionId, Reason, Text, UnitCode


class RecordLot(CommandBase, frozen=True, kw_only=True, tag="record-lot"):
    """A lot that people drew between equals."""

    contest: ContestId
    lot: Lot


class Declare(CommandBase, frozen=True, kw_only=True, tag="declare"):
    """Decide the winners: exactly those whom the law names on the recorded counts.

    Attributes:
        contest: The contest.
        elected: Candidates or members the council declares; for justices those dismissed.
        long_terms: Who of them has the long term, where an Upper House election fills seats of
            both terms (POEA 115); exactly those whom the law names.
        reason: Only for a revision: why the earlier decision is replaced.
    """

    contest: ContestId
    elected: tuple[OptionId, ...]
    reason: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    long_terms: tuple[OptionId, ...] = ()


class SetAsideDeclaration(CommandBase, frozen=True, kw_only=True, tag="set-aside-declaration"):
    """A decision or a judgment took the declared winners back; two persons sign.

    Attributes:
        contest: The contest.
        ground: By which procedure.
        decision: Which decision: authority, day, number.
        reason: What it found.
        area: Units that vote again, where a part of the election is invalid (rules 3; POEA 205).
        hidden_invalid: Invalid ballots that were counted, of which nobody can say for whom they
            were (rules 3; POEA 209-2).
    """

    contest: ContestId
    ground: SettingAsideGround
    decision: Text
    reason: Reason
    area: Annotated[tuple[UnitCode, ...], msgspec.Meta(max_length=2000)] = ()
    hidden_invalid: Annotated[tuple[HiddenInvalid, ...], msgspec.Meta(max_length=200)] = ()


DeclarationCommand: TypeAlias = RecordLot | Declare | SetAsideDeclaration
