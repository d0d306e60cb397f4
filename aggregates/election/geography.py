"""The 47 prefectures, the 11 list blocks, and the units that report.

Prefecture codes and names: JIS X 0401. Blocks: POEA, annexed table 2.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Final, Literal

import msgspec

from aggregates.election.id_patterns import id_meta
from aggregates.election.identifiers import PlaceCode, Text, UnitCode
from aggregates.rule_package.japan_tables import BLOCKS_OF_2022 as JAPAN_BLOCKS
from aggregates.rule_package.kind_rule import Block

_NAMES = (
    "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 "
    "神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 "
    "大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 "
    "福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県"
)

PREFECTURES: dict[str, str] = {
    f"{number:02d}": name for number, name in enumerate(_NAMES.split(), start=1)
}
"""Prefecture code -> name, from north to south."""

NATION_PLACE = "00"
"""Where a unit lies that is the whole nation; only a replay has one."""

PLACES: dict[str, str] = {NATION_PLACE: "全国"} | PREFECTURES
"""Where a unit may lie -> name: the prefectures, and the nation as one."""

PREFECTURE_CODES: dict[str, str] = {name: code for code, name in PREFECTURES.items()}
"""Prefecture name -> code."""


BLOCKS: tuple[Block, ...] = JAPAN_BLOCKS
"""The blocks of the House as rehearsals and imports of Japan's elections name them."""

UnitKind = Literal["counting-district", "municipality", "district", "prefecture", "nation"]


class Unit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A reporting unit: a counting district, or what is posted as one on its behalf.

    Attributes:
        code: Stable id, unique across all levels: `13101`, `01102.1` (a part), `p13`.
        name: What people call it.
        prefecture: Code of the prefecture it lies in; `00` where it is the whole nation.
        kind: What it is; a municipality that has not joined may be posted within a larger unit.
        municipalities: JIS codes (five digits) of what it covers.
    """

    code: UnitCode
    name: Text
    prefecture: PlaceCode
    kind: UnitKind
    municipalities: tuple[Annotated[str, id_meta(r"[0-9]{5}")], ...] = ()


_PART: Final = re.compile(r"([0-9]{5})\.[0-9]+")
_MUNICIPALITY: Final = re.compile(r"[0-9]{5}")


def is_numbered_part(code: str) -> bool:
    """Whether a unit is named as a part of a municipality: `13101.1`."""
    return _PART.fullmatch(code) is not None


def covered_municipalities(unit: Unit) -> Iterator[str]:
    """JIS codes of what it covers; a unit that names none is known by its own code."""
    if unit.municipalities:
        yield from dict.fromkeys(unit.municipalities)
    elif (part := _PART.fullmatch(unit.code)) is not None:
        yield part[1]
    elif _MUNICIPALITY.fullmatch(unit.code) and unit.kind not in {"prefecture", "nation"}:
        yield unit.code


def prefectures_among(places: Iterable[str]) -> tuple[str, ...]:
    """The prefectures of places in which units lie, in order of code: the nation as one is none."""
    return tuple(sorted({place for place in places if place != NATION_PLACE}))
