"""A rule package: the rows of all kinds of contest that one log can have."""

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Annotated, get_args

import msgspec

from aggregates.law.deposits import Municipality
from aggregates.law.refusals import NoRuleInForce
from aggregates.rule_package.kind_rule import KindRule, Row, Slug, Words

_DEPOSITORS = frozenset({"any", *get_args(Municipality)})
_canonical = msgspec.json.Encoder(order="sorted")


class RulePackage(Row, frozen=True, kw_only=True):
    """What the law of a country, or the ordinance of a place, says of kinds of contest.

    Attributes:
        id: `japan`.
        name: What people call it.
        kinds: Rows in the order in which pages and reports show kinds; of one kind the oldest
            first.
    """

    id: Slug
    name: Words
    kinds: Annotated[tuple[KindRule, ...], msgspec.Meta(min_length=1, max_length=200)]

    def find_rule(self, kind: str, polling_day: date) -> KindRule | None:
        """The row of a kind in force on a polling day; None where the package has none."""
        found = None
        for row in self.kinds:
            if row.kind == kind and row.since <= polling_day:
                found = row
        return found

    def rule(self, kind: str, polling_day: date) -> KindRule:
        """The row of a kind in force on a polling day.

        Raises:
            NoRuleInForce: The package does not know the kind, or not on that day.
        """
        found = self.find_rule(kind, polling_day)
        if found is None:
            raise NoRuleInForce(what=kind, polling_day=polling_day.isoformat())
        return found

    def rules_on(self, polling_day: date) -> dict[str, KindRule]:
        """Every kind that can be held on a polling day, in the order of the package."""
        return {row.kind: row for row in self.kinds if row.since <= polling_day}

    def dual_kinds(self) -> frozenset[str]:
        """Kinds in which members of lists may stand as well, with the kinds of these lists."""
        pairs = ({row.kind, row.dual_kind} for row in self.kinds if row.dual_kind)
        return frozenset[str]().union(*pairs)

    def is_of_diet(self, rule: KindRule) -> bool:
        """Whether a kind elects members of the Diet.

        The House by districts and lists in which one can stand at once, the Upper House where one
        election fills seats of two terms: no local body knows either.
        """
        return rule.kind in self.dual_kinds() or rule.joins_terms

    def knows(self, kind: str) -> bool:
        """Whether it has a row of the kind, on whatever day."""
        return any(row.kind == kind for row in self.kinds)


def package_bytes(package: RulePackage) -> bytes:
    """The package as it is published: its canonical JSON (RFC 8785)."""
    return _canonical.encode(package)


def package_sha256(package: RulePackage) -> str:
    """SHA-256 of the published bytes, in hexadecimal."""
    return hashlib.sha256(package_bytes(package)).hexdigest()


def package_fault(package: RulePackage) -> str:
    """What contradicts itself in a package, in Japanese; empty when nothing does."""
    return next(_faults(package), "")


def _faults(package: RulePackage) -> Iterator[str]:
    last: dict[str, KindRule] = {}
    for row in package.kinds:
        before = last.get(row.kind)
        if before is not None and before.since >= row.since:
            yield f"{row.kind}：施行日の順ではありません（{row.since.isoformat()}）"
        if before is not None and before.ballot != row.ballot:
            yield f"{row.kind}：投票用紙の種類は変えられません"
        last[row.kind] = row
        yield from _row_faults(package, row)


def _row_faults(package: RulePackage, row: KindRule) -> Iterator[str]:
    persons, options = row.ballot == "persons", row.ballot == "options"
    has_seats = row.is_list or persons
    checks = (
        (has_seats == (row.seats != "none"), "定数の有無が投票用紙の種類と合いません"),
        (persons or row.minimum_divisor is None, "法定得票数は候補者の選挙にだけあります"),
        (persons or row.deposit_divisor is None, "供託物没収点は候補者の選挙にだけあります"),
        (_no_poll_fits(row), "無投票の条件が投票用紙の種類と合いません"),
        (_succession_fits(row), "繰上補充の方法が投票用紙の種類と合いません"),
        (options or not row.answers, "選択肢は賛否を問う投票にだけあります"),
        (len(row.answers) != 1, "選択肢が一つしかありません"),
        (len({each.id for each in row.answers}) == len(row.answers), "選択肢が重複しています"),
        (row.ballot in {"options", "justices"} or row.quorum is None, "成立要件は置けません"),
        (_quorum_fits(row), "成立要件の割合が1を超えます"),
        (row.ballot == "lists" or not row.dual_kind, "重複立候補は拘束名簿にだけあります"),
        (not row.dual_kind or package.knows(row.dual_kind), f"種類 {row.dual_kind} がありません"),
        (len({each.id for each in row.blocks}) == len(row.blocks), "ブロックが重複しています"),
        (_missing_fits(row), "再選挙の要件が定まりません"),
        (row.deposits.keys() <= _DEPOSITORS, "供託金の区分が知られていません"),
    )
    yield from (f"{row.kind}：{said}" for holds, said in checks if not holds)


def _no_poll_fits(row: KindRule) -> bool:
    if row.ballot == "persons":
        return row.no_poll in {"never", "candidates"}
    if row.is_list:
        return row.no_poll in {"never", "members", "members-or-one-list"}
    return row.no_poll == "never"


def _succession_fits(row: KindRule) -> bool:
    if row.ballot == "persons":
        return row.succession in {"none", "with-minimum", "lot-losers"}
    return row.succession == "none" or (row.is_list and row.succession == "list-order")


def _quorum_fits(row: KindRule) -> bool:
    return row.quorum is None or row.quorum.share[0] <= row.quorum.share[1]


def _missing_fits(row: KindRule) -> bool:
    missing = row.missing
    return missing is None or (missing.at_least is None) != (missing.more_than is None)
