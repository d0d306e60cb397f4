"""Deposits (供託物) in yen: what a nomination costs (POEA 92), and what of it is lost (93, 94).

Amounts are data with a polling day. A person's deposit is lost as a whole, below the line of
`thresholds.deposit_line` or by giving up; a list's is lost as far as it won too few seats.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal

from aggregates.law.refusals import Unlawful, natural
from aggregates.law.thresholds import ContestKind, Dated, in_force

Municipality = Literal["designated-city", "city", "town"]
"""指定都市; other cities and the special wards (POEA 266); towns and villages."""

_REFORM = date(1994, 12, 25)
_SEATS_COUNT = 2
"""Twice as many members as were elected keep their deposit (POEA 94(1)(ii), 94(3))."""

_PERSONS: Mapping[ContestKind, int] = MappingProxyType(
    {
        "house-district": 3_000_000,  # POEA 92(1)(i)
        "upper-district": 3_000_000,  # (ii)
        "prefectural-assembly": 600_000,  # (iii)
        "governor": 3_000_000,  # (iv)
    }
)
_LOCAL: Mapping[tuple[ContestKind, Municipality], Dated[int]] = MappingProxyType(
    {
        ("municipal-assembly", "designated-city"): ((_REFORM, 500_000),),  # POEA 92(1)(v)
        ("mayor", "designated-city"): ((_REFORM, 2_400_000),),  # (vi)
        ("municipal-assembly", "city"): ((_REFORM, 300_000),),  # (vii)
        ("mayor", "city"): ((_REFORM, 1_000_000),),  # (viii)
        # (ix), since the amendment of 2020 (令和2年法律第45号); before it nothing was asked for.
        ("municipal-assembly", "town"): ((_REFORM, 0), (date(2020, 12, 12), 150_000)),
        ("mayor", "town"): ((_REFORM, 500_000),),  # (x)
    }
)
LIST_MEMBER = 6_000_000
"""For every member of a list (POEA 92(2) and (3))."""
DUAL_MEMBER = 3_000_000
"""For a member of a House list who also stands in a district of the same election (POEA 92(2))."""

_TOKYO = "13"
_CITIES_FROM, _TOWNS_FROM = 200, 300


class NoDepositForKind(Unlawful):
    """No deposit is set for one nomination in this kind of contest."""

    code = "no-deposit-for-kind"


def municipality_class(code: str) -> Municipality:
    """Return what a municipality is by its five-digit code (JIS X 0402, as assigned).

    101 to 199 are designated cities with their wards, in Tokyo the special wards; 201 to 299
    cities; from 301 on towns and villages.
    """
    number = int(code[2:])
    if number > _TOWNS_FROM:
        return "town"
    if number > _CITIES_FROM or code.startswith(_TOKYO):
        return "city"
    return "designated-city"


def deposit(kind: ContestKind, polling_day: date, municipality: Municipality | None = None) -> int:
    """Return the deposit of one candidate in yen (POEA 92(1)).

    Args:
        kind: a kind of contest in which persons stand.
        polling_day: picks the amount in force.
        municipality: what the municipality is, for mayors and municipal assemblies.

    Raises:
        NoDepositForKind: for lists, for justices, and where the municipality is not given.
        NoRuleInForce: for a polling day before the tables begin.
    """
    if kind in _PERSONS:
        return in_force(((_REFORM, _PERSONS[kind]),), polling_day, kind)
    if municipality is None or (kind, municipality) not in _LOCAL:
        raise NoDepositForKind(kind=kind)
    return in_force(_LOCAL[kind, municipality], polling_day, kind)


def list_deposit(members: int, dual: int) -> int:
    """Return the deposit of a list in yen (POEA 92(2), for the Upper House 92(3)).

    Args:
        members: everybody on the list as it was filed.
        dual: how many of them stand in a district as well.
    """
    return natural("members", members - dual) * LIST_MEMBER + natural("dual", dual) * DUAL_MEMBER


def list_forfeit(deposited: int, district_winners: int, list_winners: int) -> int:
    """Return what a list loses of its deposit, in yen (POEA 94(1), for the Upper House 94(3)).

    Three million for each of its members who won a district and six million for twice as many
    as it won seats come back; the rest is lost, and nothing where they cover the deposit.

    Args:
        deposited: from `list_deposit`.
        district_winners: members who won a district at the same election; 0 for the Upper House.
        list_winners: seats the list won.
    """
    kept = natural("district_winners", district_winners) * DUAL_MEMBER
    kept += natural("list_winners", list_winners) * _SEATS_COUNT * LIST_MEMBER
    return max(natural("deposited", deposited) - kept, 0)
