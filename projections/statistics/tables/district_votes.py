"""3(13) and the lines: votes of every candidate, deposit lines, statutory minimum."""

import re
from fractions import Fraction

import msgspec

from aggregates.election.contests.contest_facts import CAUSES
from aggregates.election.identifiers import VOTE
from projections.state.records import ContestRecord
from projections.state.statutory_lines import (
    contest_full_seats,
    needs_re_election,
    printed_line,
    statutory_lines,
)
from projections.statistics.ledger import Ledger, place_name
from projections.statistics.nominations import Nominee, readable_names
from projections.statistics.partial_notes import line_notes, vote_notes
from projections.statistics.table import Cell, Column, Table, columns, keys
from projections.statistics.tables.list_tables import margin
from projections.statistics.tiers import INDEPENDENT, ReportTier

_STANDINGS = {"new": "新", "incumbent": "前", "former": "元", None: ""}
_SEXES = {"male": "男", "female": "女", None: ""}
_PLACE = keys(("election_id", "選挙"), ("prefecture", "都道府県"), ("district_no", "選挙区"))


def candidates(ledger: Ledger, tier: ReportTier) -> Table:
    """Every candidate with particulars, votes and, if dual, 惜敗率."""
    rows = tuple(_candidate(ledger, person) for person in ledger.people(tier))
    return Table(
        id=f"{tier.code}_candidates",
        number="3(13)",
        title=f"候補者別得票数（{tier.word}）",
        columns=(
            *_PLACE,
            Column("order_in_district", "届出順", "count", key=True),
            Column("elected", "当選", "flag"),
            Column("result_mark", "当落"),
            *columns(
                "text",
                ("name_display", "氏名"),
                ("name_kanji", "本名"),
                ("name_kana", "ふりがな"),
            ),
            Column("age", "年齢", "count"),
            *columns("text", ("gender", "性別"), ("party_raw", "党派の届出"), ("party", "党派")),
            Column("party_is_certified", "届出政党", "flag"),
            *columns("text", ("status", "新前元"), ("occupation", "職業")),
            Column("votes", "得票数", "votes"),
            Column("dual_candidacy", "重複立候補", "flag"),
            Column("sekihai_rate", "惜敗率", "thousandths"),
            Column("sekihai_excluded", "供託物没収点未満", "flag"),
        ),
        rows=rows,
        notes=(*_withdrawn(ledger, tier), *_line_notes(ledger, tier), *_vote_notes(ledger, tier)),
        readable=readable_names(ledger.people(tier)),
    )


def _candidate(ledger: Ledger, person: Nominee) -> tuple[Cell, ...]:
    party = ledger.register.parties.get(person.party)
    declared = person.contest.declared is not None
    below = person.is_dual and person.result is not None and person.result.below_deposit
    return (
        *_place(ledger, person.contest),
        person.order,
        # Nobody has won or lost before the election council says so.
        person.elected if declared else None,
        ("当" if person.elected else "落") if declared else "",
        person.filed_name,
        person.registered_name,
        person.kana,
        person.age,
        _SEXES[person.stated_sex],
        person.label,
        party.name if party is not None else INDEPENDENT,
        person.nominated,
        _STANDINGS[person.standing],
        person.occupation,
        person.votes,
        person.is_dual,
        margin(person.result),
        below,
    )


def _withdrawn(ledger: Ledger, tier: ReportTier) -> tuple[str, ...]:
    words = {"withdrawn": "辞退", "died": "死亡", "dismissed": "却下"}
    gone = [
        f"{contest.facts.name} {contest.options[option].name}（{words[cause]}）"
        for contest in ledger.contests(tier)
        for option, cause in contest.withdrawn.items()
        if option in contest.options
    ]
    empty = [c.facts.name for c in ledger.contests(tier) if c.uncontested]
    notes = []
    if gone:
        notes.append(f"立候補の後に候補者でなくなった者：{'、'.join(gone)}")
    notes += [
        f"{contest.facts.name}：{'・'.join(CAUSES[each] for each in contest.facts.causes)}"
        for contest in ledger.contests(tier)
        if contest.facts.causes is not msgspec.UNSET
    ]
    if empty:
        notes.append(f"無投票の選挙区：{'、'.join(empty)}")
    vacant = [
        f"{c.facts.name}（{c.declared.vacant}人{_re_election(ledger, c)}）"
        for c in ledger.contests(tier)
        if c.declared is not None and c.declared.vacant
    ]
    if vacant:
        notes.append(f"当選人が定数に足りない選挙区：{'、'.join(vacant)}")
    notes += [
        f"任期の長い議員の当選人（{c.facts.name}）："
        f"{'、'.join(c.options[each].name for each in c.declared.long_terms)}"
        for c in ledger.contests(tier)
        if c.declared is not None and c.declared.long_terms
    ]
    return tuple(notes)


def _re_election(ledger: Ledger, contest: ContestRecord) -> str:
    return "・再選挙" if needs_re_election(ledger.state, contest) else ""


def lines(ledger: Ledger, tier: ReportTier) -> Table:
    """供託物没収点 of every contest."""
    rows = [
        (*_place(ledger, contest), printed_line(found.deposit) if found is not None else None)
        for contest in ledger.contests(tier)
        for found in (statutory_lines(ledger.state, contest),)
    ]
    return Table(
        id=f"{tier.code}_districts",
        number="3(13)",
        title=f"選挙区別供託物没収点（{tier.word}）",
        columns=(*_PLACE, Column("deposit_forfeit_point", "供託物没収点", "thousandths")),
        rows=tuple(rows),
        notes=_line_notes(ledger, tier),
    )


def _line_notes(ledger: Ledger, tier: ReportTier) -> tuple[str, ...]:
    return line_notes(contest.sums() for contest in ledger.contests(tier))


def _vote_notes(ledger: Ledger, tier: ReportTier) -> tuple[str, ...]:
    """Where nobody votes, no report is missing."""
    return vote_notes(each.sums() for each in ledger.contests(tier) if not each.uncontested)


def thresholds(ledger: Ledger, tier: ReportTier) -> Table:
    """法定得票数 and who is above and below the lines, by contest."""
    people: dict[str, list[Nominee]] = {}
    for person in ledger.people(tier):
        people.setdefault(person.contest.facts.id, []).append(person)
    rows: list[tuple[Cell, ...]] = []
    for contest in ledger.contests(tier):
        found = statutory_lines(ledger.state, contest)
        votes = [person.votes for person in people.get(contest.facts.id, [])]
        rows.append(
            (
                *_place(ledger, contest),
                contest.facts.name,
                contest.facts.seats,
                contest_full_seats(ledger.state, contest),
                found.valid // VOTE if found is not None else None,
                printed_line(found.minimum) if found is not None else None,
                printed_line(found.deposit) if found is not None else None,
                len(votes),
                _below(found.minimum, votes) if found is not None else None,
                _below(found.deposit, votes) if found is not None else None,
            )
        )
    return Table(
        id=f"{tier.code}_thresholds",
        number="3(13)",
        title=f"選挙区別法定得票数・供託物没収点・没収者数（{tier.word}）",
        columns=(
            *_PLACE,
            Column("contest", "選挙区名"),
            *columns(
                "count",
                ("seats", "選挙すべき数"),
                ("full_seats", "議員定数"),
                ("valid_votes", "有効投票数"),
            ),
            *columns(
                "thousandths",
                ("statutory_minimum", "法定得票数"),
                ("deposit_forfeit_point", "供託物没収点"),
            ),
            *columns(
                "count",
                ("candidates", "候補者数"),
                ("below_minimum", "法定得票数未満"),
                ("deposits_forfeited", "供託物没収"),
            ),
        ),
        rows=tuple(rows),
        notes=(
            "法定得票数・供託物没収点は、小数点以下4桁を切り捨てて示しています。",
            *_line_notes(ledger, tier),
        ),
    )


def _below(line: Fraction | None, votes: list[int | None]) -> int | None:
    """How many do not reach a line, compared exactly; None where there is none."""
    return None if line is None else sum(own is not None and own < line for own in votes)


def _place(ledger: Ledger, contest: ContestRecord) -> tuple[Cell, ...]:
    prefecture = place_name(contest.facts.prefectures)
    return ledger.election_id, prefecture, district_number(contest.facts.id)


def district_number(contest: str) -> str:
    """The number of a district by its id: `house-district/13-01` is 1; else what names it."""
    slug = contest.partition("/")[2]
    number = re.fullmatch(r"[0-9]{2}-0*([0-9]+)", slug)
    return number[1] if number else slug
