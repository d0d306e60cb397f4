"""Names of things: elections, contests, units, options, offices.

Every identifier is plain ASCII so that the canonical form of an event (RFC 8785) is the same in
every language. Names that people read are never identifiers.
"""

import re
from collections.abc import Iterator
from typing import Annotated, Literal, NewType, Self, TypeAlias

import msgspec

from aggregates.election.id_patterns import id_meta
from aggregates.errors import MunicipalityCodeInvalid
from aggregates.rule_package.kind_rule import KindId

Environment = Literal["live", "rehearsal"]
ContestKind: TypeAlias = KindId

_SLUG = r"[a-z0-9][a-z0-9.-]{0,63}"

ElectionId: TypeAlias = Annotated[str, id_meta(r"[a-z][a-z0-9-]{0,31}")]
ContestId: TypeAlias = Annotated[str, id_meta(r"[a-z-]+/[a-z0-9][a-z0-9.-]{0,31}")]
UnitCode: TypeAlias = Annotated[str, id_meta(_SLUG)]
OptionId: TypeAlias = Annotated[str, id_meta(_SLUG)]
PartyId: TypeAlias = Annotated[str, id_meta(r"([a-z0-9][a-z0-9.-]{0,31})?")]
OfficeId: TypeAlias = Annotated[str, id_meta(_SLUG)]
SubmissionId: TypeAlias = Annotated[str, id_meta(r"[A-Za-z0-9][A-Za-z0-9._:/-]{7,99}")]
PrefectureCode: TypeAlias = Annotated[str, id_meta(r"(0[1-9]|[1-3][0-9]|4[0-7])")]
PlaceCode: TypeAlias = Annotated[str, id_meta(r"([0-3][0-9]|4[0-7])")]
"""A prefecture, or `00`: the nation as one, of which nothing smaller was published."""
Text: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
OptionalText: TypeAlias = Annotated[str, msgspec.Meta(max_length=200)]
Reason: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]

Thousandths = NewType("Thousandths", int)
"""Votes, exact to a thousandth: 1 vote is 1,000."""

VOTE = 1000
"""Thousandths in one vote."""


def count_stream(contest: str, unit: str) -> str:
    """The stream of one Count: one contest in one unit."""
    return f"count/{contest}/{unit}"


def turnout_stream(contest: str, unit: str) -> str:
    """The stream of one Turnout."""
    return f"turnout/{contest}/{unit}"


def contest_stream(contest: str) -> str:
    """The stream of one Contest."""
    return f"contest/{contest}"


def declaration_stream(contest: str) -> str:
    """The stream of one Declaration."""
    return f"declaration/{contest}"


def office_stream(office: str) -> str:
    """The stream of one Office."""
    return f"office/{office}"


def key_stream(keyid: str) -> str:
    """The stream of one Key."""
    return f"key/{keyid}"


ELECTION_STREAM = "election"
"""A log holds exactly one election, so its stream needs no name of its own."""


def contest_kind(contest: str) -> str:
    """The kind of a contest, the first part of its id: `house-district/13-01`."""
    return contest.partition("/")[0]


def _check_digit(five: str) -> str:
    """全国地方公共団体コード: 11 less the remainder of the weighted sum, last digit only."""
    weighted = sum(int(digit) * weight for digit, weight in zip(five, _weights(), strict=True))
    return str((11 - weighted % 11) % 10)


def _weights() -> Iterator[int]:
    return iter((6, 5, 4, 3, 2))


class MunicipalityCode(str):
    """全国地方公共団体コード with its check digit: `131016` is 千代田区.

    Raises:
        MunicipalityCodeInvalid: not six digits, or the last one does not check the others.
    """

    __slots__ = ()

    def __new__(cls, code: str) -> Self:
        """Take six digits and check them."""
        if not re.fullmatch(r"[0-9]{6}", code):
            raise MunicipalityCodeInvalid(code=code)
        if _check_digit(code[:5]) != code[5]:
            raise MunicipalityCodeInvalid(code=code)
        return super().__new__(cls, code)

    @classmethod
    def from_jis(cls, five: str) -> "MunicipalityCode":
        """Add the check digit to the five digits of JIS X 0401/0402."""
        return cls(five + _check_digit(five))
