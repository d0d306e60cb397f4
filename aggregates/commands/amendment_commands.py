"""What offices can ask for to change a definition: each with its reason, kept before and after."""

from typing import Annotated

import msgspec

from aggregates.commands.command import CommandBase
from aggregates.election.ballot import Candidate, Justice, Party, PartyList, PollOption
from aggregates.election.contests.contest_facts import ContestFacts
from aggregates.election.geography import Unit
from aggregates.election.identifiers import ContestId, OptionId, Reason, UnitCode

_Units = Annotated[tuple[UnitCode, ...], msgspec.Meta(max_length=400)]


class AmendCandidate(CommandBase, frozen=True, kw_only=True, tag="amend-candidate"):
    """Correct what is registered of a candidate; the id stays."""

    contest: ContestId
    candidate: Candidate
    reason: Reason


class AmendList(CommandBase, frozen=True, kw_only=True, tag="amend-list"):
    """Correct what is registered of a list and its members; their ids stay."""

    contest: ContestId
    party_list: PartyList
    reason: Reason


class AmendJustice(CommandBase, frozen=True, kw_only=True, tag="amend-justice"):
    """Correct what is registered of a justice; the id stays."""

    contest: ContestId
    justice: Justice
    reason: Reason


class AmendOption(CommandBase, frozen=True, kw_only=True, tag="amend-option"):
    """Correct what is registered of an option of a poll; the id stays."""

    contest: ContestId
    option: PollOption
    reason: Reason


class ReorderBallot(CommandBase, frozen=True, kw_only=True, tag="reorder-ballot"):
    """Correct the order of candidates, lists or justices.

    Attributes:
        contest: The contest.
        order: Every one of them, in the order of the ballot notice.
        reason: Why.
    """

    contest: ContestId
    order: Annotated[tuple[OptionId, ...], msgspec.Meta(min_length=1, max_length=200)]
    reason: Reason


class AmendContest(CommandBase, frozen=True, kw_only=True, tag="amend-contest"):
    """Correct what is defined of a contest: name, seats, place, units; id and kind stay.

    Attributes:
        contest: Its id.
        facts: The whole definition as it is right.
        reason: Why.
        set_aside: Units taken off the contest that have reported: exactly those, so that no
            figure is lost unnoticed.
    """

    contest: ContestId
    facts: ContestFacts
    reason: Reason
    set_aside: _Units = ()


class AddContest(CommandBase, frozen=True, kw_only=True, tag="add-contest"):
    """Add a contest that was forgotten, with its ballot, after counting was opened."""

    contest: ContestId
    facts: ContestFacts
    reason: Reason
    candidates: Annotated[tuple[Candidate, ...], msgspec.Meta(max_length=200)] = ()
    lists: Annotated[tuple[PartyList, ...], msgspec.Meta(max_length=60)] = ()
    justices: Annotated[tuple[Justice, ...], msgspec.Meta(max_length=15)] = ()
    options: Annotated[tuple[PollOption, ...], msgspec.Meta(max_length=20)] = ()


class AddUnits(CommandBase, frozen=True, kw_only=True, tag="add-units"):
    """Add units after counting was opened: a part that was split off, or one forgotten."""

    units: Annotated[tuple[Unit, ...], msgspec.Meta(min_length=1, max_length=400)]
    reason: Reason


class AmendUnit(CommandBase, frozen=True, kw_only=True, tag="amend-unit"):
    """Correct what is registered of a unit; code and prefecture stay."""

    amended: Unit
    reason: Reason


class AmendParty(CommandBase, frozen=True, kw_only=True, tag="amend-party"):
    """Correct what is registered of a party; the id stays."""

    party: Party
    reason: Reason


AmendmentCommand = (
    AmendCandidate
    | AmendList
    | AmendJustice
    | AmendOption
    | ReorderBallot
    | AmendContest
    | AddContest
    | AddUnits
    | AmendUnit
    | AmendParty
)
