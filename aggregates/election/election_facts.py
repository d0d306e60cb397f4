"""What is fixed once about an election, and who manages it (選挙の管理, POEA 5).

The managing office founds the log, defines the contests, confirms counts, records lots and
declares. Without a word it is the nation's; a prefecture or a municipality that holds an election
of its own needs nobody above it.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal

import msgspec

from aggregates.election.identifiers import ElectionId, Environment, Text
from aggregates.election.office import Role
from aggregates.rule_package.kind_rule import ManagingRole

FOUNDING_ROLES: Mapping[ManagingRole, frozenset[Role]] = MappingProxyType(
    {
        "nation": frozenset({"nation", "prefecture"}),
        "prefecture": frozenset({"prefecture", "municipality"}),
        "municipality": frozenset({"municipality", "prefecture"}),
    }
)
"""Offices that may be there from the first entry."""


class ElectionFacts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is fixed once about an election.

    Attributes:
        id: Slug that is part of every public address: `house50`.
        name: 第50回衆議院議員総選挙.
        environment: `live` or `rehearsal`; in every document, page and file.
        polling_day: Decides which thresholds and seats of the law are in force.
        unsigned: A rehearsal may allow postings without a signature; a live election never.
        managed_by: Who manages it, where it is not the nation: a prefecture or a municipality
            that holds an election of its own (POEA 5).
        replay: 再現: a past election, recorded afterwards from what was published of it. Moments
            of its reports are made up, and nothing is counted as done on its night.
    """

    id: ElectionId
    name: Text
    environment: Environment
    polling_day: date
    unsigned: bool = False
    managed_by: Literal["prefecture", "municipality"] | msgspec.UnsetType = msgspec.UNSET
    replay: Literal[True] | msgspec.UnsetType = msgspec.UNSET

    @property
    def is_replay(self) -> bool:
        """Whether the election was recorded afterwards from a publication."""
        return self.replay is True

    @property
    def managing_role(self) -> ManagingRole:
        """The role of the office that manages it: the nation's without a word."""
        return "nation" if self.managed_by is msgspec.UNSET else self.managed_by
