"""The sheet for the wall of a counting place (中間発表): how a contest stands, any kind."""

from collections.abc import Iterator
from typing import NamedTuple

from aggregates.reference.japan_time import JAPAN_TIME
from projections.state.records import ContestRecord
from projections.statistics.ledger import Ledger
from projections.statistics.paper.vote_rows import vote_heads, vote_rows


class WallNotice(NamedTuple):
    """One sheet.

    Attributes:
        prefecture: Code of the prefecture it is filed under; empty for what spans several.
        kind: 中間発表, 確定発表, or 無投票.
        title: The contest.
        moment: The latest moment that a sheet states; a dash before the first report.
        progress: How many counting districts have reported, and how many are final.
        heads: Headings of the votes.
        votes: Everybody on the ballot; a dash before the first report.
        sums: Valid, invalid and all ballots.
        note: What a reader must know of the figures; empty for nothing.
    """

    prefecture: str
    kind: str
    title: str
    moment: str
    progress: str
    heads: tuple[str, ...]
    votes: tuple[tuple[str, ...], ...]
    sums: tuple[tuple[str, str], ...]
    note: str


def wall_notices(ledger: Ledger) -> Iterator[WallNotice]:
    """One sheet per contest, in order of the contests."""
    for contest in ledger.state.contests.values():
        yield _notice(ledger, contest)


def _notice(ledger: Ledger, contest: ContestRecord) -> WallNotice:
    sums = contest.sums()
    moments = [count.as_of for count in contest.counts.values() if count.as_of is not None]
    is_final = sums.final == sums.units and not sums.contested
    kind = "無投票" if contest.uncontested else "確定発表" if is_final else "中間発表"
    moment = f"{max(moments).astimezone(JAPAN_TIME):%m月%d日 %H時%M分}現在" if moments else "—"
    votes = tuple(vote_rows(ledger, contest, sums.votes))
    if not sums.reporting:
        words = 1 if contest.rule.ballot == "justices" else 2
        votes = tuple((*row[:words], *["—"] * (len(row) - words)) for row in votes)
    return WallNotice(
        prefecture=contest.facts.prefectures[0] if contest.local else "",
        kind=kind,
        title=contest.facts.name,
        moment=moment,
        progress=f"開票区 {sums.units:,} のうち報告 {sums.reporting:,}（確定 {sums.final:,}）",
        heads=vote_heads(contest),
        votes=votes,
        sums=tuple(_sums(contest)),
        note=_note(contest),
    )


def _sums(contest: ContestRecord) -> Iterator[tuple[str, str]]:
    sums = contest.sums()
    for label, field, figure in (
        ("有効投票", "valid", sums.valid),
        ("無効投票", "invalid", sums.invalid),
        ("投票総数", "ballots", sums.ballots),
    ):
        mark = "（推計）" if field in sums.estimated else ""
        yield label, f"{figure:,}{mark}" if sums.stating else "—"


def _note(contest: ContestRecord) -> str:
    sums = contest.sums()
    said = []
    if sums.votes_alone:
        said.append(
            f"有効・無効・投票総数は、得票だけを報告した{sums.votes_alone:,}開票区を含みません。"
        )
    if sums.list_totals:
        said.append(f"{sums.list_totals:,}開票区は名簿ごとの合計だけの報告です。")
    if sums.contested:
        said.append(f"{sums.contested:,}開票区の数字は確認中です。")
    if contest.uncontested:
        said.append("投票は行われません（公職選挙法100条）。")
    return "".join(said)
