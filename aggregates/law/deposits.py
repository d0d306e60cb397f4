"""Deposits (供託物) in yen: what a nomination costs (POEA 92), and what of it is lost (93, 94).

Amounts stand in rule packages. A person's deposit is lost as a whole, below the line of
`thresholds.deposit_line` or by giving up; a list's is lost as far as it won too few seats.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from aggregates.law.refusals import Unlawful, natural

Municipality = Literal["designated-city", "city", "town"]
"""指定都市; other cities and the special wards (POEA 266); towns and villages."""

_SEATS_COUNT = 2
"""Twice as many members as were elected keep their deposit (POEA 94(1)(ii), 94(3))."""

_TOKYO = "13"
_CITIES_FROM, _TOWNS_FROM = 200, 300


class ListAmounts(NamedTuple):
    """Yen for a member of a list (POEA 92(2) and (3)).

    Attributes:
        member: of any.
        dual: of a House list, who also stands in a district of the same election.
    """

    member: int
    dual: int


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


def deposit(amounts: Mapping[str, int], municipality: Municipality | None = None) -> int:
    """Return the deposit of one candidate in yen (POEA 92(1)).

    Args:
        amounts: by what the municipality is; under `any` where it does not matter.
        municipality: what the municipality is, for mayors and municipal assemblies.

    Raises:
        NoDepositForKind: for lists, for justices, and where the municipality is not given.
    """
    found = amounts.get("any", None if municipality is None else amounts.get(municipality))
    if found is None:
        raise NoDepositForKind(municipality=municipality or "")
    return found


def list_deposit(members: int, dual: int, amounts: ListAmounts) -> int:
    """Return the deposit of a list in yen (POEA 92(2), for the Upper House 92(3)).

    Args:
        members: everybody on the list as it was filed.
        dual: how many of them stand in a district as well.
        amounts: yen of one member.
    """
    single = natural("members", members - dual) * amounts.member
    return single + natural("dual", dual) * amounts.dual


def list_forfeit(
    deposited: int, district_winners: int, list_winners: int, amounts: ListAmounts
) -> int:
    """Return what a list loses of its deposit, in yen (POEA 94(1), for the Upper House 94(3)).

    Three million for each of its members who won a district and six million for twice as many
    as it won seats come back; the rest is lost, and nothing where they cover the deposit.

    Args:
        deposited: from `list_deposit`.
        district_winners: members who won a district at the same election; 0 for the Upper House.
        list_winners: seats the list won.
        amounts: yen of one member.
    """
    kept = natural("district_winners", district_winners) * amounts.dual
    kept += natural("list_winners", list_winners) * _SEATS_COUNT * amounts.member
    return max(natural("deposited", deposited) - kept, 0)
