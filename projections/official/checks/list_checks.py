"""Tables of the blocks: list votes, seats, D'Hondt quotients, members elected in their order."""

from collections.abc import Iterable

from aggregates.election.geography import PREFECTURES
from aggregates.law.lists.apportionment import apportion, quotient_as_printed
from aggregates.law.lists.dual_candidacy import ListMember, eligible_members
from projections.documents.models import decimal
from projections.official.checks.comparison_book import Book
from projections.official.checks.district_checks import (
    district_result,
    margin_cell,
    printed_margin_ratio,
)
from projections.official.checks.ledger_checks import (
    RecordedLedger,
    party_rows,
    place_name,
    prefectures_in_row,
)
from projections.official.register.official_register import (
    ListBlock,
    ListedMember,
    ListStanding,
)
from projections.official.tables.official_rows import ALL_PARTIES, OTHERS, party_key
from projections.official.tables.official_tables import OfficialRow
from projections.official.tables.place_names import parse_block


def check_lists(ledger: RecordedLedger, book: Book) -> None:
    """Compare every table of the blocks."""
    for block in ledger.plan.register.blocks:
        votes = ledger.results.votes(block.id)
        for standing in block.lists:
            _list(ledger, book, block, standing, votes.get(standing.party_list.id, 0))
    _quotients(ledger, book)
    _votes_by_block(ledger, book)
    _votes_by_prefecture(ledger, book)
    _votes_of_the_nation(ledger, book)


def _list(
    ledger: RecordedLedger, book: Book, block: ListBlock, standing: ListStanding, votes: int
) -> None:
    party_list, row = standing.party_list, standing.row
    key = f"{block.block.name} {party_list.name}"
    seats = ledger.results.list_seats(block.id).get(party_list.id, 0)
    book.compare("pr_party_blocks", f"{key} 得票数", decimal(row.votes), decimal(votes))
    book.compare("pr_party_blocks", f"{key} 当選人数", str(row.seats), str(seats))
    members = {each.member.id for each in standing.members}
    winners = [each for each in ledger.results.elected_options(block.id) if each in members]
    for listed in standing.members:
        _member(ledger, book, key, listed, winners)


def _member(
    ledger: RecordedLedger, book: Book, list_key: str, listed: ListedMember, winners: list[str]
) -> None:
    table, key = "pr_list_entries", f"{list_key} {listed.row.name}"
    member = listed.member
    ours = str(winners.index(member.id) + 1) if member.id in winners else ""
    order = listed.row.elected_order
    book.compare(table, f"{key} 当選順位", "" if order is None else str(order), ours)
    official = "当" if listed.row.elected else "落"
    book.compare(table, f"{key} 当落", official, "当" if member.id in winners else "落")
    if member.dual is not None:
        result = district_result(ledger, member.dual.contest, member.dual.candidate)
        cell = listed.row.row, "sekihai_rate"
        book.compare(
            table, f"{key} 惜敗率", margin_cell(cell[0]), printed_margin_ratio(result), cell
        )


def _seat_ranks(ledger: RecordedLedger, block: ListBlock) -> dict[tuple[str, int], int]:
    """(party, divisor) -> rank of the seat it won, on our votes."""
    votes = ledger.results.votes(block.id)
    eligible = {each.party_list.id: _eligible(ledger, each) for each in block.lists}
    votes = {each: votes.get(each, 0) for each in eligible}
    awards = apportion(votes, block.seats, eligible).awards
    party = {each.party_list.id: each.row.party for each in block.lists}
    return {(party[award.party], award.divisor): award.rank for award in awards}


def _eligible(ledger: RecordedLedger, standing: ListStanding) -> int:
    members = [each.member for each in standing.members]
    results = {
        m.id: district_result(ledger, m.dual.contest, m.dual.candidate)
        for m in members
        if m.dual is not None
    }
    listed = [ListMember(m.id, m.rank, m.dual.contest if m.dual else None) for m in members]
    return len(eligible_members(listed, results))


def _quotients(ledger: RecordedLedger, book: Book) -> None:
    """Every printed quotient and rank; every seat of ours must be printed too."""
    table = "dhondt_quotients"
    rows = ledger.plan.folder.tables[table]
    for block in ledger.plan.register.blocks:
        own = [row for row in rows if parse_block(row, "block") == block.block.id]
        ranks = _seat_ranks(ledger, block)
        votes = ledger.results.votes(block.id)
        for row in own:
            divisor, party = row.whole("divisor"), party_key(row.text("party"))
            key = f"{block.block.name} {row.text('party')} ÷{divisor}"
            found = block.find_list(party)
            ours = votes.get(found.party_list.id, 0) if found is not None else 0
            quotient = decimal(quotient_as_printed(ours, max(divisor, 1)))
            book.compare(table, f"{key} 商", decimal(row.votes("quotient")), quotient)
            rank = str(ranks.pop((party, divisor), ""))
            book.compare(table, f"{key} 順位", row.text("seat_rank"), rank)
        for (party, divisor), rank_left in ranks.items():
            key = f"{block.block.name} {party} ÷{divisor} 順位"
            book.compare(table, key, "", str(rank_left))


def _votes_by_block(ledger: RecordedLedger, book: Book) -> None:
    table = "party_votes_by_block"
    blocks = {block.block.id: block for block in ledger.plan.register.blocks}
    for row in party_rows(ledger.plan.folder.tables[table], "votes"):
        block = blocks.get(parse_block(row, "block"))
        votes = ledger.results.votes(block.id) if block is not None else {}
        ours = sum(votes.values()) if row.flag("is_total_row") else _party_votes(ledger, votes, row)
        key = f"{row.text('block')} {row.text('party')}"
        book.compare(table, key, decimal(row.votes("votes")), decimal(ours))


def _votes_by_prefecture(ledger: RecordedLedger, book: Book) -> None:
    table = "party_votes_by_block_pref"
    for row in party_rows(ledger.plan.folder.tables[table], "votes"):
        votes = ledger.sheets("pr", prefectures_in_row(row)).votes
        total = row.text("party") == ALL_PARTIES
        ours = sum(votes.values()) if total else _party_votes(ledger, votes, row)
        key = f"{place_name(row)} {row.text('party')}"
        book.compare(table, key, decimal(row.votes("votes")), decimal(ours))


def _votes_of_the_nation(ledger: RecordedLedger, book: Book) -> None:
    table = "party_votes_pr_total"
    rows = party_rows(ledger.plan.folder.tables[table], "votes")
    votes = ledger.sheets("pr", PREFECTURES).votes
    named = {party_key(row.text("party")) for row in rows}
    for row in rows:
        if row.text("party") == ALL_PARTIES:
            ours = sum(votes.values())
        elif row.text("party") == OTHERS:
            ours = sum(_votes_without_column(ledger, votes, named))
        else:
            ours = _party_votes(ledger, votes, row)
        book.compare(table, f"全国 {row.text('party')}", decimal(row.votes("votes")), decimal(ours))


def _party_votes(ledger: RecordedLedger, votes: dict[str, int], row: OfficialRow) -> int:
    party = party_key(row.text("party"))
    return sum(own for each, own in votes.items() if ledger.lists[each].row.party == party)


def _votes_without_column(
    ledger: RecordedLedger, votes: dict[str, int], named: set[str]
) -> Iterable[int]:
    return (own for each, own in votes.items() if ledger.lists[each].row.party not in named)
