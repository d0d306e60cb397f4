"""Deposits in yen, and what of them is lost (POEA 92 to 94): by party, and list by list."""

from collections.abc import Iterator
from typing import NamedTuple

from aggregates.election.ballot import Member, PartyList
from aggregates.law.deposits import (
    ListAmounts,
    Municipality,
    NoDepositForKind,
    deposit,
    list_deposit,
    list_forfeit,
    municipality_class,
)
from aggregates.rule_package.kind_rule import ListDeposit
from projections.state.records import ContestRecord
from projections.state.results import district_standing
from projections.state.statutory_lines import statutory_lines
from projections.statistics.ledger import Ledger, block_name
from projections.statistics.nominations import standing_candidates, withdrawals
from projections.statistics.partial_notes import line_notes
from projections.statistics.table import TOTAL, Cell, Column, Table, columns, keys
from projections.statistics.tiers import ReportTier

_CODE_DIGITS = 5
_GIVEN_UP = frozenset({"withdrawn", "dismissed"})
"""Causes that cost the deposit (POEA 93(2), 94(2)); death does not."""

_BASIS = (
    "供託物は公職選挙法第92条、没収は第93条及び第94条により計算した額です（円）。"
    "立候補を辞退し、又は届出を却下された者の分を含み、死亡した者の分は没収しません。"
)
_UNDECIDED = "当選人がまだ決まっていない選挙区の分は、没収に含みません：{}"


class Stake(NamedTuple):
    """The deposit behind one candidate or one list.

    Attributes:
        column: Party under which tables count it.
        yen: Deposited; None where the law sets no amount for such a place.
        lost: Of it forfeited; None before the contest is decided.
        people: Candidates it stands for.
    """

    column: str
    yen: int | None
    lost: int | None
    people: int = 1


def by_party(ledger: Ledger, tier: ReportTier) -> Table:
    """Party: candidates, deposits, how many lose something, and how much."""
    stakes = [stake for contest in ledger.contests(tier) for stake in _stakes(ledger, contest)]
    found = {stake.column for stake in stakes}
    order = dict.fromkeys((*ledger.columns(tier), *(stake.column for stake in stakes)))
    place = (ledger.election_id, tier.code)
    rows: list[tuple[Cell, ...]] = [
        (*place, ledger.party_name(party), *_sums([s for s in stakes if s.column == party]))
        for party in order
        if party in found
    ]
    rows.append((*place, TOTAL, *_sums(stakes)))
    return Table(
        id=f"deposits_{tier.code}",
        number="3(13)",
        title=f"党派別供託額・没収額（{tier.word}）",
        columns=(
            *keys(("election_id", "選挙"), ("tier", "選挙の種類"), ("party", "党派")),
            Column("candidates", "名簿登載者数" if tier.lists else "候補者数", "count"),
            Column("forfeiting", "没収のある名簿数" if tier.lists else "没収者数", "count"),
            *columns("count", ("deposited", "供託額"), ("forfeited", "没収額")),
        ),
        rows=tuple(rows),
        notes=(*_notes(ledger, tier), *line_notes(c.sums() for c in ledger.contests(tier))),
    )


def _sums(stakes: list[Stake]) -> tuple[int, int, int, int]:
    return (
        sum(stake.people for stake in stakes),
        sum(bool(stake.lost) for stake in stakes),
        sum(stake.yen or 0 for stake in stakes),
        sum(stake.lost or 0 for stake in stakes),
    )


def _stakes(ledger: Ledger, contest: ContestRecord) -> Iterator[Stake]:
    for option in contest.options.values():
        if isinstance(option, PartyList):
            account = _account(ledger, contest, option)
            yield Stake(option.party, account.deposited, account.lost, account.members)
    yen = _amount(ledger, contest)
    standing = tuple(standing_candidates(ledger.state, contest))
    lines = statutory_lines(ledger.state, contest)
    line = lines.deposit if lines is not None else None
    for person in standing:
        lost = yen if line is not None and person.votes is not None and person.votes < line else 0
        yield Stake(person.column, yen, None if contest.declared is None else lost)
    for person, cause in withdrawals(ledger.state, contest):
        yield Stake(person.column, yen, yen if cause in _GIVEN_UP else 0)


def _amount(ledger: Ledger, contest: ContestRecord) -> int | None:
    """Deposit of one candidate; None where the law sets none or the place is not known."""
    place = municipality(ledger, contest)
    try:
        return deposit(contest.rule.deposits, place)
    except NoDepositForKind:
        return None


def municipality(ledger: Ledger, contest: ContestRecord) -> Municipality | None:
    """What the municipality of a mayor or assembly is, by the codes of its units."""
    for unit in contest.facts.units:
        covered = ledger.register.units[unit].municipalities
        code = covered[0] if covered else unit[:_CODE_DIGITS]
        if len(code) == _CODE_DIGITS and code.isdigit():
            return municipality_class(code)
    return None


class Account(NamedTuple):
    """The deposit of one list.

    Attributes:
        members: On the list as it was filed.
        dual: Of them candidates of a district as well.
        deposited: Yen.
        district_winners: Members who won their district; None before all are decided.
        seats: Seats the list won; None before.
        lost: Yen forfeited; None before.
    """

    members: int
    dual: int
    deposited: int
    district_winners: int | None
    seats: int | None
    lost: int | None


def by_list(ledger: Ledger, tier: ReportTier) -> Table:
    """Every list: its members, deposit, winners, and what is lost."""
    rows: list[tuple[Cell, ...]] = []
    for contest in ledger.contests(tier):
        for option in contest.options.values():
            if isinstance(option, PartyList):
                block = block_name(contest)
                place = (ledger.election_id, block, ledger.party_name(option.party))
                rows.append((*place, *_account(ledger, contest, option)))
    return Table(
        id=f"deposits_{tier.code}_lists",
        number="3(12)",
        title=f"名簿届出政党等別供託額・没収額（{tier.word}）",
        columns=(
            *keys(("election_id", "選挙"), ("block", "ブロック"), ("party", "党派")),
            Column("members", "名簿登載者数", "count"),
            Column("dual", "うち重複立候補", "count"),
            Column("deposited", "供託額", "count"),
            Column("district_winners", "小選挙区の当選人", "count"),
            Column("seats", "名簿の当選人", "count"),
            Column("forfeited", "没収額", "count"),
        ),
        rows=tuple(rows),
        notes=_notes(ledger, tier),
    )


def _account(ledger: Ledger, contest: ContestRecord, option: PartyList) -> Account:
    dual = [member for member in option.members if member.dual is not None]
    rule = contest.rule.list_deposit or ListDeposit(member=0)
    amounts = ListAmounts(rule.member, rule.dual)
    deposited = list_deposit(len(option.members), len(dual), amounts)
    sizes = (len(option.members), len(dual), deposited)
    if option.id in contest.withdrawn:
        return Account(*sizes, 0, 0, deposited)  # POEA 94(2)
    won = [_is_district_winner(ledger, member) for member in dual]
    if contest.declared is None or None in won:
        return Account(*sizes, None, None, None)
    seats = contest.declared.list_seats.get(option.id, 0)
    winners = sum(bool(each) for each in won)
    return Account(*sizes, winners, seats, list_forfeit(deposited, winners, seats, amounts))


def _is_district_winner(ledger: Ledger, member: Member) -> bool | None:
    """Whether a dual candidate won the district; None before it is decided."""
    if member.dual is None:
        return False
    standing = district_standing(ledger.state, member.dual.contest)
    return None if standing is None else member.dual.candidate in standing.elected


def _notes(ledger: Ledger, tier: ReportTier) -> tuple[str, ...]:
    waiting = [c.facts.name for c in ledger.contests(tier) if c.declared is None]
    if not waiting:
        return (_BASIS,)
    return (_BASIS, _UNDECIDED.format("、".join(waiting)))
