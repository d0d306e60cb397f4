"""Official figures of the general election of 2024, and the blocks of the law."""

import csv
from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.support.official import HOUSE50

LIST_BLOCKS = """\
block,prefectures,seats_2014,seats_2017_2021,seats_2024_2026
北海道,北海道,8,8,8
東北,青森県 岩手県 宮城県 秋田県 山形県 福島県,14,13,12
北関東,茨城県 栃木県 群馬県 埼玉県,20,19,19
南関東,千葉県 神奈川県 山梨県,22,22,23
東京都,東京都,17,17,19
北陸信越,新潟県 富山県 石川県 福井県 長野県,11,11,10
東海,岐阜県 静岡県 愛知県 三重県,21,21,21
近畿,滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県,29,28,28
中国,鳥取県 島根県 岡山県 広島県 山口県,11,11,10
四国,徳島県 香川県 愛媛県 高知県,6,6,6
九州,福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県,21,20,20
"""
"""POEA, annexed table 2, as it was on three polling days."""

Rows = list[dict[str, str]]
ReadTable = Callable[[str], Rows]


def thousandths(printed: str) -> int:
    """Read a printed decimal exactly."""
    return int(Decimal(printed) * 1000)


@pytest.fixture(scope="session")
def official_table() -> ReadTable:
    """Read one table of the publication of 2024."""

    def read(name: str) -> Rows:
        with (HOUSE50 / name).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    return read


@pytest.fixture(scope="session")
def list_blocks() -> Rows:
    """The 11 blocks with their prefectures and seats."""
    return list(csv.DictReader(LIST_BLOCKS.splitlines()))
