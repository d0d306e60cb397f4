"""Japan's rule package: the one under which a log is decided that names none.

POEA is 公職選挙法, LAA 地方自治法, RF 日本国憲法の改正手続に関する法律; 95(1)(ii) reads
第95条第1項第2号.
`rules/japan.json` is the same as a file (`python -m tests.support.rule_package` writes it). Logs
rest on every row: a row is never changed, and an amendment of the law is a package of its own.
"""

from collections.abc import Mapping
from datetime import date
from functools import partial
from types import MappingProxyType

from aggregates.rule_package import japan_tables as tables
from aggregates.rule_package.japan_polls import POLLS
from aggregates.rule_package.kind_rule import Ballot, KindRule, ListDeposit, Missing
from aggregates.rule_package.package import RulePackage

_REFORM = date(1994, 12, 25)
"""The election system of the reform of 1994; nothing earlier was checked."""

_house_block = partial(
    KindRule,
    kind="house-block",
    name="比例代表",
    english="PR lists",
    tier="pr",
    ballot="lists",
    managed_by="nation",
    source="POEA 92(2), 94(1), 95-2, 97-2, 100(2), 110(1), 113(1), table 2",
    no_poll="members-or-one-list",
    missing=Missing(more_than=(1, 4)),
    succession="list-order",
    list_deposit=ListDeposit(member=6_000_000, dual=3_000_000),
    dual_kind="house-district",
)
_upper_district = partial(
    KindRule,
    kind="upper-district",
    name="選挙区",
    english="Districts",
    tier="district",
    ballot="persons",
    managed_by="prefecture",
    source="POEA 92(1)(ii), 93(1)(ii), 95(1)(ii), 97(1)(2), 100(4), 109, 115(1), table 3",
    minimum_divisor=6,
    deposit_divisor=8,
    divided_by="more-of-both",
    no_poll="candidates",
    missing=Missing(at_least=1),
    succession="with-minimum",
    deposits={"any": 3_000_000},
)
_head = partial(
    KindRule,
    ballot="persons",
    seats="one",
    full_seats="as-seats",
    minimum_divisor=4,
    deposit_divisor=10,
    no_poll="candidates",
    missing=Missing(at_least=1),
    succession="lot-losers",
)
_assembly = partial(
    KindRule,
    ballot="persons",
    full_seats="at-least-seats",
    minimum_divisor=4,
    deposit_divisor=10,
    divided_by="full-seats",
    no_poll="candidates",
    succession="with-minimum",
)
_municipal_assembly = partial(
    _assembly,
    kind="municipal-assembly",
    name="市区町村議会議員選挙",
    english="Municipal assembly",
    report="市区町村議会議員",
    managed_by="municipality",
    source="POEA 92(1)(v)(vii)(ix), 93(1)(iii), 95(1)(iii), 97(1)(2), 100(4), 113(1)(vi)",
    missing=Missing(more_than=(1, 6)),
)

_HOUSE = (
    KindRule(
        kind="house-district",
        since=_REFORM,
        name="小選挙区",
        english="Single-member districts",
        tier="smd",
        ballot="persons",
        managed_by="prefecture",
        source="POEA 92(1)(i), 93(1)(i), 95(1)(i), 97(1)(3), 100(1), 109",
        seats="one",
        full_seats="as-seats",
        minimum_divisor=6,
        deposit_divisor=10,
        no_poll="candidates",
        missing=Missing(at_least=1),
        succession="lot-losers",
        deposits={"any": 3_000_000},
    ),
    _house_block(since=_REFORM, blocks=tables.BLOCKS_OF_UNKNOWN_SEATS),
    _house_block(since=date(2014, 12, 14), blocks=tables.BLOCKS_OF_2014),
    _house_block(since=date(2017, 7, 16), blocks=tables.BLOCKS_OF_2017),
    _house_block(since=date(2022, 12, 28), blocks=tables.BLOCKS_OF_2022),
    KindRule(
        kind="justices",
        since=_REFORM,
        name="国民審査",
        english="Review of justices",
        tier="review",
        ballot="justices",
        managed_by="nation",
        source="最高裁判所裁判官国民審査法 9, 25(1), 32",
        seats="none",
        full_seats="as-seats",
    ),
)
_UPPER = (
    _upper_district(since=_REFORM),
    _upper_district(since=date(2018, 10, 25), regular_seats=tables.UPPER_DISTRICTS_OF_2018),
    KindRule(
        kind="upper-list",
        since=_REFORM,
        name="比例代表",
        english="PR lists",
        tier="list",
        ballot="open-lists",
        managed_by="nation",
        source="POEA 92(3), 94(3), 95-3, 97-2, 100(3), 110(1), 113(1)",
        no_poll="members",
        missing=Missing(more_than=(1, 4)),
        succession="list-order",
        list_deposit=ListDeposit(member=6_000_000),
    ),
)
_LOCAL = (
    _head(
        kind="governor",
        since=_REFORM,
        name="知事選挙",
        english="Governor",
        report="知事",
        managed_by="prefecture",
        source="POEA 92(1)(iv), 93(1)(iv), 95(1)(iv), 97(1)(3), 100(4), 109",
        deposits={"any": 3_000_000},
    ),
    _head(
        kind="mayor",
        since=_REFORM,
        name="市区町村長選挙",
        english="Mayor",
        report="市区町村長",
        managed_by="municipality",
        source="POEA 92(1)(vi)(viii)(x), 93(1)(iv), 95(1)(iv), 97(1)(3), 100(4), 109",
        deposits={"designated-city": 2_400_000, "city": 1_000_000, "town": 500_000},
    ),
    _assembly(
        kind="prefectural-assembly",
        since=_REFORM,
        name="都道府県議会議員選挙",
        english="Prefectural assembly",
        report="都道府県議会議員",
        managed_by="prefecture",
        source="POEA 92(1)(iii), 93(1)(iii), 95(1)(iii), 97(1)(2), 100(4), 113(1)(v)",
        missing=Missing(at_least=2),
        deposits={"any": 600_000},
    ),
    _municipal_assembly(
        since=_REFORM, deposits={"designated-city": 500_000, "city": 300_000, "town": 0}
    ),
    # Amendment of 2020 (令和2年法律第45号): before it towns and villages asked for nothing.
    _municipal_assembly(
        since=date(2020, 12, 12),
        deposits={"designated-city": 500_000, "city": 300_000, "town": 150_000},
    ),
)

JAPAN = RulePackage(id="japan", name="日本の選挙", kinds=(*_HOUSE, *_UPPER, *_LOCAL, *POLLS))
"""In force in every log that names no package of its own."""

JAPAN_BALLOTS: Mapping[str, Ballot] = MappingProxyType(
    {row.kind: row.ballot for row in JAPAN.kinds}
)
"""What is on the ballot of each kind; of a kind that has another a contest says so itself."""
