"""Papers after a decision: 当選人の告示, 当選の告知 and 当選証書 of each winner; results of polls.

What the log does not know is left to be written by hand: the day of the notice, number of the
notice and of a certificate, addresses (POEA 101(1), 101-3(1)). The wording is ours: no form was
read, which every paper says.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from projections.state.records import ContestRecord
from projections.state.results import is_contradicted
from projections.statistics.ledger import Ledger
from projections.statistics.paper.vote_rows import (
    option_names,
    vote_heads,
    vote_rows,
    votes_text,
)
from projections.statistics.paper.winner_announcements import (
    ElectedPerson,
    WinnerAnnouncement,
    announcement,
    announcing_body,
)
from projections.statistics.printed_figures import japanese_date

HEADS: Final = ("当選人の氏名", "党派", "得票数", "住所（手で書く欄）")
CONTRADICTED: Final = (
    "決定の後に記録された数字は、この決定と違う結果になります。"
    "選挙会の決定を確かめてから使ってください。"
)
UNVERIFIED: Final = (
    "文言と欄の順序は、法令の様式と照らしていません。各選挙管理委員会の様式によってください。"
    "告示の日と番号、当選人の住所はこの記録にないので、手で書きます。"
)


class WinnerPaper(NamedTuple):
    """One page.

    Attributes:
        prefecture: Code of the prefecture it is filed under; empty for what spans several.
        kind: 当選人の告示, 当選の告知, 当選証書 or 投票の結果の告示.
        title: The contest.
        recipient: Whom a letter or a certificate is for; empty for a notice.
        sentence: What is said.
        heads: Headings of the rows.
        rows: Winners with votes, or options with votes; none on letters.
        body: Who says it.
        note: What has to be known before it is used; empty for nothing.
    """

    prefecture: str
    kind: str
    title: str
    recipient: str
    sentence: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    body: str
    note: str


def winner_papers(ledger: Ledger) -> Iterator[WinnerPaper]:
    """Every paper of every contest that is decided, in order of the contests."""
    for contest in ledger.state.contests.values():
        said = announcement(ledger, contest)
        if said is not None:
            yield from _papers(ledger, said)
        elif contest.declared is not None:
            yield _result(ledger, contest)


def _papers(ledger: Ledger, said: WinnerAnnouncement) -> Iterator[WinnerPaper]:
    winners = [each for each in said.elected if not each.replaces]
    successors = [each for each in said.elected if each.replaces]
    yield _paper(said, "当選人の告示", _notice_sentence(ledger, said, winners))._replace(
        heads=HEADS, rows=tuple(map(_row, winners))
    )
    for each in successors:
        sentence = (
            f"{_held_election(ledger, said.contest)}の当選人{each.replaces}について欠員が生じ、"
            f"繰上補充により次の者が当選人と定められたので、{said.article}の規定により告示する。"
        )
        paper = _paper(said, "当選人の告示（繰上補充）", sentence)
        yield paper._replace(heads=HEADS, rows=(_row(each),))
    for each in said.elected:
        yield _letter(ledger, said, each)
        yield _certificate(ledger, said, each)


def _paper(said: WinnerAnnouncement, kind: str, sentence: str) -> WinnerPaper:
    contest = said.contest
    return WinnerPaper(
        prefecture=contest.facts.prefectures[0] if contest.local else "",
        kind=kind,
        title=contest.facts.name,
        recipient="",
        sentence=sentence,
        heads=(),
        rows=(),
        body=said.body,
        note=CONTRADICTED if said.contradicted else "",
    )


def _held_election(ledger: Ledger, contest: ContestRecord) -> str:
    day = contest.facts.held_on(ledger.facts.polling_day)
    return f"{japanese_date(day)}執行の{_full_name(contest)}"


def _full_name(contest: ContestRecord) -> str:
    """What is held, whatever the contest is called: 架空市長選挙, 都道府県議会議員選挙（第1区）."""
    name = contest.facts.name
    if name.endswith(("選挙", "投票", "審査")):
        return name
    return (
        f"{name}選挙" if name.endswith(("長", "知事", "議員")) else f"{contest.rule.name}（{name}）"
    )


def _notice_sentence(ledger: Ledger, said: WinnerAnnouncement, winners: list[ElectedPerson]) -> str:
    contest = said.contest
    vacant = contest.declared.vacant if contest.declared is not None else 0
    held = _held_election(ledger, contest)
    if not winners:
        return f"{held}において当選人がないので、公職選挙法第106条第2項の規定により告示する。"
    no_poll = "投票を行わず（公職選挙法第100条）、" if contest.uncontested else ""
    short = f"当選人は定数に{vacant}人足りない（公職選挙法第106条第2項）。" if vacant else ""
    told = f"次の者が当選人と定められたので、{said.article}の規定により告示する。"
    return f"{held}において、{no_poll}{told}{short}"


def _row(each: ElectedPerson) -> tuple[str, ...]:
    term = {"long": "（任期の長い議員）", "short": "（任期の短い議員）"}.get(each.term, "")
    return f"{each.name}{term}", each.party, votes_text(each.votes), ""


def _letter(ledger: Ledger, said: WinnerAnnouncement, each: ElectedPerson) -> WinnerPaper:
    sentence = (
        f"あなたは、{_held_election(ledger, said.contest)}において当選人と定められたので、"
        f"{said.article}の規定により告知します。"
    )
    return _paper(said, "当選の告知", sentence)._replace(recipient=f"{each.certified_name}　様")


def _certificate(ledger: Ledger, said: WinnerAnnouncement, each: ElectedPerson) -> WinnerPaper:
    sentence = (
        f"{_held_election(ledger, said.contest)}において当選人と定められたことを証し、"
        "公職選挙法第105条の規定によりこの証書を付与する。"
    )
    return _paper(said, "当選証書", sentence)._replace(recipient=each.certified_name)


def _result(ledger: Ledger, contest: ContestRecord) -> WinnerPaper:
    """The result of a poll with options, or of the review of justices."""
    sums, declared = contest.sums(), contest.declared
    is_review = contest.rule.ballot == "justices"
    chosen = () if declared is None else declared.dismissed if is_review else declared.adopted
    names = "、".join(option_names(contest, chosen)) or "なし"
    told = f"罷免を可とされた裁判官：{names}" if is_review else f"可決された選択肢：{names}"
    source = f"（{contest.rule.source}）" if contest.rule.source else ""
    rows = tuple(vote_rows(ledger, contest, sums.votes)) if sums.reporting else ()
    heads = vote_heads(contest)
    if not is_review:
        heads = ("選択肢", heads[-1])
        rows = tuple((row[0], row[-1]) for row in rows)
    return WinnerPaper(
        prefecture=contest.facts.prefectures[0] if contest.local else "",
        kind="審査の結果の告示" if is_review else "投票の結果の告示",
        title=contest.facts.name,
        recipient="",
        sentence=f"{_held_election(ledger, contest)}の結果は、次のとおりである。{told}{source}",
        heads=heads,
        rows=rows,
        body=announcing_body(ledger, contest),
        note=CONTRADICTED if is_contradicted(ledger.state, contest) else "",
    )
