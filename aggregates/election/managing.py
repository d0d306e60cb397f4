"""Who manages an election (選挙の管理, POEA 5): which offices found it, and what is theirs.

The managing office founds the log, defines the contests, confirms counts, records lots and
declares. Without a word it is the nation's; a prefecture or a municipality that holds an election
of its own needs nobody above it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

from aggregates.election.identifiers import ContestKind
from aggregates.election.office import Role

ManagingRole = Literal["nation", "prefecture", "municipality"]

_MUNICIPAL: frozenset[ContestKind] = frozenset({"mayor", "municipal-assembly"})
_PREFECTURAL: frozenset[ContestKind] = frozenset(
    {"governor", "prefectural-assembly", "house-district", "upper-district"}
)

CONTESTS_MANAGED: Mapping[ManagingRole, frozenset[ContestKind]] = MappingProxyType(
    {
        # POEA 5: lists; judicial review act 9. Every other election may be held in its log too.
        "nation": frozenset(get_args(ContestKind)),
        # POEA 5: a prefecture's own and the districts of both Houses; POEA 119(2): those of its
        # municipalities that it holds together with its own.
        "prefecture": _PREFECTURAL | _MUNICIPAL,
        # POEA 5: the commission of a municipality, alone; of a designated city also for its wards
        # (POEA 269).
        "municipality": _MUNICIPAL,
    }
)
"""Kinds of contest that may be held in the log of a managing office."""

FOUNDING_ROLES: Mapping[ManagingRole, frozenset[Role]] = MappingProxyType(
    {
        "nation": frozenset({"nation", "prefecture"}),
        "prefecture": frozenset({"prefecture", "municipality"}),
        "municipality": frozenset({"municipality", "prefecture"}),
    }
)
"""Offices that may be there from the first entry."""
