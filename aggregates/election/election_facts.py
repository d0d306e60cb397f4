"""What is fixed once about an election."""

from datetime import date
from typing import Literal

import msgspec

from aggregates.election.identifiers import ElectionId, Environment, Text
from aggregates.election.managing import ManagingRole


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
    """

    id: ElectionId
    name: Text
    environment: Environment
    polling_day: date
    unsigned: bool = False
    managed_by: Literal["prefecture", "municipality"] | msgspec.UnsetType = msgspec.UNSET

    @property
    def managing_role(self) -> ManagingRole:
        """The role of the office that manages it: the nation's without a word."""
        return "nation" if self.managed_by is msgspec.UNSET else self.managed_by
