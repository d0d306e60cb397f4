"""A rule package: rows of kinds with dates, whole and without contradictions."""

from datetime import date

import msgspec
import pytest

from aggregates.law.refusals import NoRuleInForce
from aggregates.rule_package.japan import JAPAN
from aggregates.rule_package.kind_rule import KindRule, Quorum
from aggregates.rule_package.package import (
    RulePackage,
    package_bytes,
    package_fault,
    package_sha256,
)
from tests.support.rule_package import FILE, readable_package

DAY = date(2026, 11, 29)
PACKAGE_OF_FIRST_LOGS = "62e99165d3b23655d4347c340170c5e803bdff5add314f02d4cb29186a0b3350"
"""Logs that name no package rest on it: whoever changes a row changes what was decided."""


def test_logs_without_a_package_of_their_own_rest_on_this_one() -> None:
    assert package_sha256(JAPAN) == PACKAGE_OF_FIRST_LOGS
    assert package_fault(JAPAN) == ""


def test_the_readable_file_is_the_package() -> None:
    assert FILE.read_bytes() == readable_package()
    assert msgspec.json.decode(FILE.read_bytes(), type=RulePackage) == JAPAN
    assert msgspec.json.decode(package_bytes(JAPAN), type=RulePackage) == JAPAN


def test_a_later_row_replaces_an_earlier_one_from_its_day_on() -> None:
    before, after = (
        JAPAN.rule("municipal-assembly", day) for day in (date(2020, 12, 11), date(2020, 12, 12))
    )

    assert (before.deposits["town"], after.deposits["town"]) == (0, 150_000)


def test_nothing_is_guessed_of_an_unknown_kind_or_an_earlier_day() -> None:
    for kind, day in (("mayor", date(1990, 1, 1)), ("house-senate", DAY)):
        with pytest.raises(NoRuleInForce):
            JAPAN.rule(kind, day)


def _changed(kind: str, **changes: object) -> RulePackage:
    rows = [
        msgspec.structs.replace(row, **changes) if row.kind == kind else row for row in JAPAN.kinds
    ]
    return msgspec.structs.replace(JAPAN, kinds=tuple(rows))


def _of(rule: KindRule, *, times: int) -> RulePackage:
    return RulePackage(id="x", name="x", kinds=(rule,) * times)


@pytest.mark.parametrize(
    "package",
    [
        _of(JAPAN.rule("mayor", DAY), times=2),
        _changed("mayor", seats="none"),
        _changed("upper-list", minimum_divisor=6),
        _changed("upper-list", deposit_divisor=6),
        _changed("mayor", no_poll="members"),
        _changed("upper-list", no_poll="candidates"),
        _changed("justices", no_poll="candidates"),
        _changed("mayor", succession="list-order"),
        _changed("justices", succession="lot-losers"),
        _changed("mayor", quorum=Quorum(share=(1, 2))),
        _changed("ordinance-poll-half", quorum=Quorum(share=(2, 1))),
        _changed("mayor", dual_kind="governor"),
        _changed("house-block", dual_kind="house-senate"),
        _changed("mayor", answers=JAPAN.rule("head-recall", DAY).answers),
        _changed("head-recall", answers=JAPAN.rule("head-recall", DAY).answers[:1]),
        _changed("mayor", deposits={"village": 1}),
    ],
)
def test_a_package_that_contradicts_itself_is_named(package: RulePackage) -> None:
    assert package_fault(package)
