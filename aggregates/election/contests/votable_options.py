"""What the options of a contest ask of every sheet: who has votes, and who need not stand on it."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from aggregates.election.ballot import Member, Option, PartyList
from aggregates.election.identifiers import OptionId


@dataclass(frozen=True, slots=True)
class VotableOptions:
    """What a sheet is held against, at one version of a contest's stream.

    Attributes:
        version: Number of the event after which it is so.
        votable: Ids that have votes on a sheet.
        members: Ids of all members of lists.
        priority: Of these, the members of the 特定枠.
        lines: Of these, the ids that every sheet must have: without the members of the 特定枠.
        sha256: Digest of the contest and the votable ids.
    """

    version: int
    votable: frozenset[OptionId]
    members: frozenset[OptionId]
    priority: frozenset[OptionId]
    lines: frozenset[OptionId]
    sha256: str


def votable_options(
    contest: str, version: int, options: Mapping[OptionId, Option], votable: frozenset[OptionId]
) -> VotableOptions:
    """What the options of a contest ask of a sheet."""
    members = list_members(options)
    priority = frozenset(name for name, each in members.items() if each.priority is not None)
    return VotableOptions(
        version=version,
        votable=votable,
        members=frozenset(members),
        priority=priority,
        lines=votable - priority,
        sha256=ballot_sha256(contest, votable),
    )


def ballot_sha256(contest: str, votable: Iterable[OptionId]) -> str:
    """Digest of a ballot, which a sheet names: of the contest and the ids one can vote for."""
    lines = "\n".join(sorted(votable))
    return hashlib.sha256(f"{contest}\n{lines}".encode()).hexdigest()


def list_members(options: Mapping[OptionId, Option]) -> dict[OptionId, Member]:
    """Every member of the lists among options, by id."""
    return {
        member.id: member
        for option in options.values()
        if isinstance(option, PartyList)
        for member in option.members
    }


def votable_ids(
    options: Mapping[OptionId, Option], withdrawn: Collection[OptionId], *, with_members: bool
) -> frozenset[OptionId]:
    """Ids that a sheet has votes for: options that stand, and members of lists that have some.

    Members fall with their list.
    """
    standing = {key: option for key, option in options.items() if key not in withdrawn}
    members = list_members(standing) if with_members else {}
    return frozenset(standing.keys() | members.keys()).difference(withdrawn)
