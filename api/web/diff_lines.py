"""Differences between two versions of a document, as people read them."""

from collections.abc import Mapping
from typing import NamedTuple

from api.web.filters import number, percent, votes
from projections.views.document_diff import FigureDifference, Leaf

PATH_WORDS = {
    "tiers": "選挙", "parties": "党派", "prefectures": "都道府県", "contests": "選挙区",
    "options": "候補者・名簿", "justices": "国民審査", "units": "開票区", "lists": "名簿",
    "members": "名簿登載者", "tables": "選挙", "national": "全国", "counts": "報告の数",
    "progress": "開票の進み", "sheet": "集計", "poll": "投票", "rates": "投票率", "tally": "集計",
    "votes": "得票", "no": "罷免を可としない票", "share_percent": "得票率", "rank": "順位",
    "counted_percent": "開票率", "final": "確定", "reporting": "報告あり",
    "contested": "確認中", "complete": "開票終了", "declared": "決定", "seats": "定数",
    "full_seats": "議員定数",
    "declared_seats": "決定議席", "projected_seats": "開票分での配分", "most_votes": "最多得票",
    "declared_by_party": "党派別の決定議席", "is_declared": "決定済み", "vacant": "欠員",
    "elected": "当選人", "electors": "有権者", "voters": "投票者", "abstainers": "棄権者",
    "overseas_electors": "在外の有権者", "overseas_voters": "在外の投票者",
    "male": "男", "female": "女", "total": "計", "valid": "有効投票", "invalid": "無効投票",
    "invalid_percent": "無効投票率", "ballots": "投票総数", "taken_away": "持ち帰りと思われる票",
    "rejected": "不受理", "cut": "按分の際切り捨てた票", "nobody": "いずれにも属さない票",
    "status": "状態", "as_of": "時点", "phase": "受付", "course": "経過", "updated_at": "更新",
    "reports": "報告", "turnout_reports": "投票の報告", "corrections": "訂正", "reason": "理由",
    "recorded_at": "記録した時刻", "office": "送信者", "topic": "内容", "law": "法律上の数",
    "statutory_minimum": "法定得票数", "deposit_line": "供託物没収点", "confirmed": "県が確認",
    "pools": "按分票", "sharers": "按分先", "own": "按分前の票", "share": "按分された票",
    "pools_unstated": "按分の内訳がない理由", "option": "候補者・名簿",
}  # fmt: skip
"""Names of fields on screens."""

_THOUSANDTHS = frozenset({
    "thousandths", "cut", "nobody", "own", "share", "statutory_minimum", "deposit_line",
})  # fmt: skip
_BY_OPTION = frozenset({"votes", "no"})


class DiffLine(NamedTuple):
    """One figure that differs.

    Attributes:
        path: Words from the outside in; ids of things are their names.
        old: As it was, written out; a dash where it was not there.
        new: As it is.
        change: The difference of two figures; empty where there is none.
        estimated: Which of `old` and `new` was spread over units, not counted there (推計).
    """

    path: tuple[str, ...]
    old: str
    new: str
    change: str
    estimated: tuple[str, ...]


def line(found: FigureDifference, names: Mapping[str, str]) -> DiffLine:
    """A difference as people read it."""
    path = tuple(
        names.get(part, PATH_WORDS.get(part, part)) for part in found.path if part != "thousandths"
    )
    return DiffLine(
        path,
        _format(found.path, found.old),
        _format(found.path, found.new),
        _change(found),
        found.estimated,
    )


def _change(found: FigureDifference) -> str:
    old, new = found.old, found.new
    if isinstance(old, bool) or not isinstance(old, int) or not isinstance(new, int):
        return ""
    shown = _format(found.path, new - old)
    return f"+{shown}" if new > old else shown


def _format(path: tuple[str, ...], value: Leaf) -> str:
    if value is None:
        return "—"
    if isinstance(value, bool):
        return "✓" if value else "—"
    if isinstance(value, int):
        return votes(value) if _is_votes(path) else number(value)
    if isinstance(value, float):
        return percent(value)
    return str(value)


def _is_votes(path: tuple[str, ...]) -> bool:
    return path[-1] in _THOUSANDTHS or (len(path) > 1 and path[-2] in _BY_OPTION)
