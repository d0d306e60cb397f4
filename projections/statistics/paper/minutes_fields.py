"""What 開票録 and 選挙録 have besides figures: what people write in by hand, and who signs.

From the articles that the electoral law has on them; the forms annexed to the Ordinance (form 26
and form 27) were not read, which every sheet says.
"""

from collections.abc import Iterator
from typing import Final

from aggregates.election.tally import Tally
from projections.office_tables.figure_names import REASONS
from projections.state.election_state import ElectionState
from projections.state.records import ContestRecord
from projections.state.statutory_lines import printed_line, statutory_lines
from projections.statistics.paper.vote_rows import votes_text

COUNT_BLANKS: Final = (
    "開票の場所",
    "開票を開始した日時",
    "開票を終了した日時",
    "投票箱の数・投票録の数",
    "仮投票・不在者投票の受理・不受理の決定（法66条1項・令71条）",
    "点検の方法・二人による同一候補者の得票の計算（令72条）",
    "効力の決定（法67条）で問題となった投票",
    "異議・中断その他開票の経過",
    "得票数の朗読または掲示の日時（令73条・84条）",
    "この写しを添えた報告の日時・宛先（法66条3項・令74条）",
)
"""Written by hand into 開票録 (POEA 65, 66, 67, 70; EO 71-74)."""

COUNCIL_BLANKS: Final = (
    "選挙会の場所",
    "選挙会を開始した日時",
    "選挙会を終了した日時",
    "開票管理者からの報告を受けた日時（全開票区がそろった日時。法80条）",
    "当選人の住所（法101条・101条の3）",
    "くじの方法・引いた者の職名",
    "異議・中断その他選挙会の経過",
    "当選人への告知・告示の日時（法101条以下）",
    "上級機関への報告の日時・宛先（法108条）",
)
"""Written by hand into 選挙録 (POEA 80, 83, 95(2), 101-101-3, 108)."""

COUNT_SIGNERS: Final = ("開票管理者", "開票立会人", "開票立会人", "開票立会人")
COUNCIL_SIGNERS: Final = ("選挙長", "選挙立会人", "選挙立会人", "選挙立会人")

UNVERIFIED: Final = (
    "公職選挙法施行規則の様式（第26号 開票録、第27号 選挙録）の欄の順序と文言は、"
    "この資料では確かめていません。"
    "様式にあってここにない欄、無効投票の内訳の並び、国民審査・国民投票・住民投票の録の様式は、"
    "各選挙管理委員会の様式によってください。"
)


def keeping(contest: ContestRecord, article: str) -> str:
    """How long the minutes are kept (POEA 71, 83; RJ 24, 28, 31)."""
    if contest.rule.ballot == "justices":
        return "5年間（最高裁判所裁判官国民審査法24条・28条・31条）"
    return f"当該選挙に係る任期間（公職選挙法{article}）"


def invalid_reasons(tally: Tally) -> Iterator[tuple[str, str]]:
    """E by statutory reason; one row that says so where nobody stated it."""
    if tally.invalid is None:
        return
    if tally.invalid_by_reason is None:
        yield "無効の内訳", "報告されていない"
        return
    mark = "（推計）" if "invalid" in tally.estimated else ""
    for reason, word in REASONS.items():
        if reason in tally.invalid_by_reason:
            yield f"　うち{word}", f"{tally.invalid_by_reason[reason]:,}{mark}"


def law_lines(state: ElectionState, contest: ContestRecord) -> Iterator[tuple[str, str]]:
    """法定得票数 and 供託物没収点 on the figures so far; a dash where there is none."""
    lines = statutory_lines(state, contest)
    mark = "（推計）" if "valid" in contest.sums().estimated else ""
    rule = contest.rule.thresholds
    if rule.minimum_divisor is not None:
        yield "法定得票数", _line(None if lines is None else printed_line(lines.minimum), mark)
    if rule.deposit_divisor is not None:
        yield "供託物没収点", _line(None if lines is None else printed_line(lines.deposit), mark)


def _line(thousandths: int | None, mark: str) -> str:
    return votes_text(thousandths) + ("" if thousandths is None else mark)
