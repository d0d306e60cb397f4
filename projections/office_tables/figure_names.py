"""Names of figures on tally sheets and turnout reports, as counting systems write them.

The letters are those of the statutory counting record (開票録): D = A + B + C, F = D + E,
I = F + G + H.
"""

from typing import Final, Literal, NamedTuple

from aggregates.election.tally import InvalidReason
from aggregates.reference.name_folding import fold_width

Kind = Literal["votes", "no", "sum", "figure", "reason", "turnout", "pool", "share", "own"]


class FigureItem(NamedTuple):
    """What a number is about.

    Attributes:
        kind: Votes of an option; blank ballots for a justice; the sum A; a figure of the sheet;
            invalid ballots of one reason; a figure of the turnout; shared ballots, what one gets of
            them, and what one has without them (`pool_items.py`).
        name: The option, or the field.
    """

    kind: Kind
    name: str


THOUSANDTHS: Final = frozenset({"cut", "nobody"})
"""Figures that have decimals, as votes have."""

DISMISS, KEEP = "罷免を可とする", "罷免を可としない"
"""Endings of an item that name the two numbers of a justice."""

_FIGURES: Final = {
    "cut": (
        "按分切捨", "按分の際切り捨てた票数", "按分の際切り捨てた票", "按分切捨票", "切捨票数",
        "按分の際切捨てた票数", "按分の際切捨てた票", "按分切捨て", "按分切捨て票数",
        "按分切捨票数",
    ),
    "nobody": (
        "いずれにも属さない", "いずれの候補者にも属さない票", "いずれの候補者にも属さない票数",
        "いずれの政党等にも属さない票数", "いずれにも属さない票",
    ),
    "valid": ("有効", "有効投票", "有効投票数"),
    "invalid": ("無効", "無効投票", "無効投票数"),
    "ballots": ("投票総数",),
    "taken_away": (
        "持帰り", "持ち帰り", "持帰り票", "持ち帰りと思われる票", "持ち帰りと思われる票数",
        "持帰り票数", "持ち帰り票", "持ち帰り票数", "持帰りと思われる票数",
    ),
    "rejected": ("不受理", "不受理票", "不受理と決定した票数", "不受理票数"),
    "voters": ("投票者数", "投票者総数"),
}  # fmt: skip
_SUMS: Final = ("得票総数", "候補者の得票総数", "得票数計")
REASONS: Final[dict[InvalidReason, str]] = {
    "not-official-paper": "所定の用紙を用いないもの",
    "not-a-candidate": "候補者でない者の氏名を記載したもの",
    "may-not-stand": "候補者となることができない者の氏名を記載したもの",
    "party-not-entitled": "届出のできない政党等の候補者の氏名を記載したもの",
    "several-names": "二人以上の氏名を記載したもの",
    "not-eligible": "被選挙権のない候補者の氏名を記載したもの",
    "anything-besides-the-name": "氏名のほか他事を記載したもの",
    "not-own-hand": "氏名を自書しないもの",
    "unclear-whom": "何人を記載したか確認し難いもの",
    "blank": "白紙投票",
    "scribble": "雑事を記載したもの",
    "mark-or-sign": "記号・符号を記載したもの",
}
"""Why a ballot is invalid (POEA 68), as counting records word it."""
_TURNOUT: Final = {
    "electors": ("有権者数", "当日有権者数"),
    "voters": ("投票者数",),
    "overseas_electors": ("在外有権者数",),
    "overseas_voters": ("在外投票者数",),
}
METHODS: Final = {
    "on_the_day": "当日投票者数",
    "early": "期日前投票者数",
    "absentee": "不在者投票者数",
}
"""Voters by way of voting: field -> item of a table."""
_SEXES: Final = {"男": "male", "女": "female"}


def _by_name() -> dict[str, FigureItem]:
    found: dict[str, FigureItem] = {}
    for field, words in _FIGURES.items():
        found |= {word: FigureItem("figure", field) for word in words}
    found |= {word: FigureItem("sum", "votes") for word in _SUMS}
    for reason, word in REASONS.items():
        found |= {
            f"無効（{word}）": FigureItem("reason", reason),
            f"無効：{word}": FigureItem("reason", reason),
        }
    for field, words in _TURNOUT.items():
        for sex, code in _SEXES.items():
            for word in words:
                item = FigureItem("turnout", f"{field}.{code}")
                found |= {f"{word}（{sex}）": item, f"{word}{sex}": item, f"{sex}{word}": item}
    found |= {word: FigureItem("turnout", f"by_method.{field}") for field, word in METHODS.items()}
    return {fold_width(word): item for word, item in found.items()}


FIGURES: Final = _by_name()
"""Every name, without what is a matter of width, with what it means."""
