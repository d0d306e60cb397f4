"""Seats by place in Japan: blocks of the House (annexed table 2), districts of the Upper House (3).

Rows begin where somebody checked them; nothing is guessed for an earlier polling day.
"""

from collections.abc import Mapping

from aggregates.rule_package.kind_rule import Block, RegularSeats

_BLOCKS = (
    ("hokkaido", "北海道", "01"),
    ("tohoku", "東北", "02 03 04 05 06 07"),
    ("kita-kanto", "北関東", "08 09 10 11"),
    ("minami-kanto", "南関東", "12 14 19"),
    ("tokyo", "東京都", "13"),
    ("hokuriku-shinetsu", "北陸信越", "15 16 17 18 20"),
    ("tokai", "東海", "21 22 23 24"),
    ("kinki", "近畿", "25 26 27 28 29 30"),
    ("chugoku", "中国", "31 32 33 34 35"),
    ("shikoku", "四国", "36 37 38 39"),
    ("kyushu", "九州", "40 41 42 43 44 45 46 47"),
)
_PREFECTURES = 47
_JOINT = (("31", "32"), ("36", "39"))
"""鳥取・島根 and 徳島・高知 are one district each (合同選挙区)."""
_SEVERAL = {
    "01": 3, "08": 2, "11": 4, "12": 3, "13": 6, "14": 4, "22": 2, "23": 4, "26": 2, "27": 4,
    "28": 3, "34": 2, "40": 3,
}  # fmt: skip


def _blocks(*seats: int | None) -> tuple[Block, ...]:
    return tuple(
        Block(id=name, name=word, prefectures=tuple(codes.split()), seats=own)
        for (name, word, codes), own in zip(_BLOCKS, seats, strict=True)
    )


def _districts(several: Mapping[str, int]) -> tuple[RegularSeats, ...]:
    joined = {code for joint in _JOINT for code in joint}
    codes = [f"{number:02d}" for number in range(1, _PREFECTURES + 1)]
    alone = [
        RegularSeats(prefectures=(code,), seats=several.get(code, 1))
        for code in codes
        if code not in joined
    ]
    return (*alone, *(RegularSeats(prefectures=joint, seats=1) for joint in _JOINT))


BLOCKS_OF_UNKNOWN_SEATS = _blocks(*[None] * len(_BLOCKS))
# Older than this election, but checked for no earlier one; 180 seats.
BLOCKS_OF_2014 = _blocks(8, 14, 20, 22, 17, 11, 21, 29, 11, 6, 21)
# Amendment of 2017 (平成29年法律第58号), the elections of 2017 and 2021; 176 seats.
BLOCKS_OF_2017 = _blocks(8, 13, 19, 22, 17, 11, 21, 28, 11, 6, 20)
# Amendment of 2022 (令和4年法律第89号), the elections of 2024 and 2026; 176 seats.
BLOCKS_OF_2022 = _blocks(8, 12, 19, 23, 19, 10, 21, 28, 10, 6, 20)

# Amendment of 2018 (平成30年法律第75号), from the regular election of 2019 on; 148 seats in both
# halves of the House, of which a regular election fills one.
UPPER_DISTRICTS_OF_2018 = _districts(_SEVERAL)
