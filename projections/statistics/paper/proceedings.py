"""Data sheets for the minutes of a count (開票録) and of an election council (選挙録).

They are not the minutes themselves, which people write and sign (POEA 70, 83): they are the figures
that belong into them, each with the position of the log at which anybody can look them up.
"""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from aggregates.counting.count_events import (
    CountConfirmed,
    CountOpened,
    CountReturned,
    TallyCorrected,
    TallyEvent,
    TallyFinalised,
)
from aggregates.counting.pool_division import pool_cut, pool_nobody
from aggregates.election.contests.contest_facts import CAUSES
from aggregates.election.geography import PLACES
from aggregates.election.tally import Tally
from aggregates.law.lots import Lots
from aggregates.reference.japan_time import JAPAN_TIME
from projections.state.records import ContestRecord, CountRecord
from projections.state.statutory_lines import contest_full_seats, needs_re_election
from projections.state.sums import stated_figure
from projections.statistics.ledger import Ledger
from projections.statistics.paper.minutes_fields import (
    COUNCIL_BLANKS,
    COUNCIL_SIGNERS,
    COUNT_BLANKS,
    COUNT_SIGNERS,
    invalid_reasons,
    keeping,
    law_lines,
)
from projections.statistics.paper.vote_rows import (
    option_names,
    vote_heads,
    vote_rows,
    votes_text,
)
from projections.statistics.seat_changes import seat_changes


class DataSheet(NamedTuple):
    """One sheet.

    Attributes:
        kind: 開票録 or 選挙録.
        prefecture: Code of the prefecture it is filed under; empty for what spans several.
        title: Contest, and counting district.
        position: Position whose receipt proves it; 0 while nothing is final.
        facts: Label and value.
        heads: Headings of the votes.
        votes: Rows of votes.
        course: What was reported when: time, what, office, position.
        blanks: What is written in by hand.
        signers: Who signs.
    """

    kind: str
    prefecture: str
    title: str
    position: int
    facts: tuple[tuple[str, str], ...]
    heads: tuple[str, ...]
    votes: tuple[tuple[str, ...], ...]
    course: tuple[tuple[str, ...], ...]
    blanks: tuple[str, ...]
    signers: tuple[str, ...]


def sheets(ledger: Ledger) -> Iterator[DataSheet]:
    """Every count that has reported, then every contest."""
    for contest in ledger.state.contests.values():
        for count in contest.counts.values():
            if count.tally is not None:
                yield _count(ledger, contest, count)
        yield _contest(ledger, contest)


def _count(ledger: Ledger, contest: ContestRecord, count: CountRecord) -> DataSheet:
    unit = ledger.register.units[count.unit]
    return DataSheet(
        kind="開票録",
        prefecture=unit.prefecture,
        title=f"{contest.facts.name}　{unit.name}開票区",
        position=max((at for at, e in count.history if isinstance(e, TallyEvent)), default=0),
        facts=tuple(_sheet(count)),
        heads=vote_heads(contest),
        votes=tuple(vote_rows(ledger, contest, count.tally.votes if count.tally else {}, count)),
        course=tuple(_course(count)),
        blanks=COUNT_BLANKS,
        signers=COUNT_SIGNERS,
    )


def _sheet(count: CountRecord) -> Iterator[tuple[str, str]]:
    tally = count.tally
    if tally is None:
        return
    votes = (
        ("A 候補者等の得票総数", sum(tally.votes.values())),
        ("B 按分の際切り捨てた票数", stated_figure(tally, "cut")),
        ("C いずれの候補者等にも属さない票数", stated_figure(tally, "nobody")),
    )
    for label, value in votes:
        yield label, votes_text(value) + _mark(label, tally)
    yield from _pools(count, tally)
    people = (
        ("D 有効投票数（A＋B＋C）", tally.valid),
        ("E 無効投票数", tally.invalid),
        ("F 投票総数（D＋E）", tally.ballots),
        ("G 持ち帰りと思われる票数", stated_figure(tally, "taken_away")),
        ("H 不受理票数", stated_figure(tally, "rejected")),
        ("I 投票者数（F＋G＋H）", tally.voters),
    )
    for label, number in people:
        yield label, "—" if number is None else f"{number:,}{_mark(label, tally)}"
        if label.startswith("E"):
            yield from invalid_reasons(tally)
    if count.latest is not None:
        yield "この時点", f"{count.latest.as_of.astimezone(JAPAN_TIME):%Y-%m-%d %H:%M}"
    yield "状態", _STATES[count.state]
    yield "保存", keeping(count.contest, "71条")


def _pools(count: CountRecord, tally: Tally) -> Iterator[tuple[str, str]]:
    """What was shared, between whom, and what was left; or why the sheet does not say."""
    for pool in tally.pools:
        names = option_names(count.contest, tuple(each.option for each in pool.sharers))
        parts = [
            f"{name} {votes_text(each.share)}（按分前 {votes_text(each.own)}）"
            for name, each in zip(names, pool.sharers, strict=True)
        ]
        left = f"切捨て {votes_text(pool_cut(pool))}、属さない {votes_text(pool_nobody(pool))}"
        yield f"按分票「{pool.name}」{pool.ballots:,}票", "、".join([*parts, left])
    if tally.pools_unstated:
        yield "按分の内訳がない理由", tally.pools_unstated


def _mark(label: str, tally: Tally) -> str:
    """推計 behind a figure that was spread, by the letter before its name."""
    return "（推計）" if _FIELDS.get(label[0]) in tally.estimated else ""


_FIELDS = {
    "B": "cut",
    "C": "nobody",
    "D": "valid",
    "E": "invalid",
    "F": "ballots",
    "G": "taken_away",
    "H": "rejected",
    "I": "voters",
}
_STATES = {
    "none": "未着",
    "interim": "中間",
    "final": "確定",
    "confirmed": "確定（都道府県が確認済み）",
    "returned": "差戻し中",
}


def _course(count: CountRecord) -> Iterator[tuple[str, ...]]:
    for position, event in count.history:
        words = {
            CountOpened: "開票開始（零票の報告）",
            TallyFinalised: "確定の報告",
            TallyCorrected: "訂正",
            CountConfirmed: "都道府県の確認",
            CountReturned: "差戻し",
        }
        said = words.get(type(event), "中間の報告")
        reason = getattr(event, "reason", "")
        text = f"{said}：{reason}" if reason else said
        time = f"{event.timestamp.astimezone(JAPAN_TIME):%Y-%m-%d %H:%M:%S}"
        yield time, text, event.provenance.office, f"{position:,}"


def _contest(ledger: Ledger, contest: ContestRecord) -> DataSheet:
    only = contest.facts.prefectures[0] if contest.local else ""
    return DataSheet(
        kind="選挙録",
        prefecture=only,
        title=contest.facts.name,
        position=contest.declared_at,
        facts=tuple(_decision(ledger, contest)),
        heads=vote_heads(contest),
        votes=tuple(vote_rows(ledger, contest, contest.sums().votes)),
        course=(),
        blanks=COUNCIL_BLANKS,
        signers=COUNCIL_SIGNERS,
    )


def _decision(ledger: Ledger, contest: ContestRecord) -> Iterator[tuple[str, str]]:
    sums, turnout = contest.sums(), contest.turnout()
    yield "選挙の種類", contest.rule.report or contest.rule.name
    if contest.facts.causes is not msgspec.UNSET:
        repeats = contest.facts.repeats
        again = "" if repeats is msgspec.UNSET else f"（{repeats} の再選挙）"
        yield "選挙の事由", "、".join(CAUSES[each] for each in contest.facts.causes) + again
    places = "、".join(PLACES[code] for code in contest.facts.prefectures)
    yield "区域", places if len(contest.facts.prefectures) < _NAMED else "全国"
    if contest.facts.seats:
        yield "選挙すべき数", f"{contest.facts.seats}"
        yield "議員定数", f"{contest_full_seats(ledger.state, contest)}"
    if contest.facts.long_seats is not msgspec.UNSET:
        yield "うち任期の長い議員", f"{contest.facts.long_seats}"
    partial = f"（{turnout.units:,}のうち{turnout.reporting:,}）"
    some = partial if turnout.reporting < turnout.units else ""
    some += "（途中）" if turnout.final < turnout.reporting else ""
    some += "（推計を含む）" if turnout.estimated else ""
    yield "当日有権者数", _or_unknown(turnout.electors.total, turnout.reporting, some)
    yield "投票者数", _or_unknown(turnout.voters.total, turnout.reporting, some)
    for name, field, figure in (
        ("有効投票数", "valid", sums.valid),
        ("無効投票数", "invalid", sums.invalid),
    ):
        note = "（推計を含む）" if field in sums.estimated else ""
        yield name, _or_unknown(figure, sums.stating, note)
    yield "確定した開票区", f"{sums.final:,} / {sums.units:,}"
    yield from law_lines(ledger.state, contest)
    yield "保存", keeping(contest, "83条")
    if contest.uncontested:
        yield "投票", "無投票（公職選挙法第100条）"
    yield from _lots(ledger, contest, contest.lots)
    if contest.declared is not None:
        yield "当選人", "、".join(_winners(contest, contest.declared.elected)) or "なし"
        if contest.declared.long_terms:
            long = option_names(contest, contest.declared.long_terms)
            yield "任期の長い議員の当選人", "、".join(long)
        if contest.declared.dismissed:
            yield "罷免", "、".join(option_names(contest, contest.declared.dismissed))
        if contest.declared.vacant:
            follows = "（再選挙）" if needs_re_election(ledger.state, contest) else ""
            yield "当選人の不足", f"{contest.declared.vacant}人{follows}"
    yield from seat_changes(ledger, contest)


def _or_unknown(figure: int, reporting: int, note: str = "") -> str:
    return f"{figure:,}{note}" if reporting else "—"


_NAMED = 12


def _lots(ledger: Ledger, contest: ContestRecord, lots: Lots) -> Iterator[tuple[str, str]]:
    for order in lots.values():
        drawn = [ledger.party_name(name) if name in ledger.register.parties else name
                 for name in option_names(contest, order)]  # fmt: skip
        yield "くじ（先順位から）", "、".join(drawn)


def _winners(contest: ContestRecord, elected: tuple[str, ...]) -> Iterator[str]:
    """Names with votes, as the report on winners has them (POEA 101(1), 101-3(1))."""
    votes = contest.sums().votes
    for option, name in zip(elected, option_names(contest, elected), strict=True):
        known = option in votes and not contest.uncontested
        yield f"{name}（{votes_text(votes[option])}票）" if known else name
